"""Whose text it is: the municipality that an "our town" and a council without a name mean."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zmpwatch.extract.structure.layout import Segment
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.uniform.cleantext import CleanText
from zmpwatch.extract.uniform.folding import fold_letters
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.phrases import BESIDE_ANOTHER, TOLD_FROM
from zmpwatch.model import Municipality
from zmpwatch.register import load_register

__all__ = ["home_of", "is_aside", "town_of_site"]

_TITLE = 300
"""Within how many letters a page says whose it is."""


def town_of_site(site: Municipality | None, folded: str) -> Municipality | None:
    """Whose site an address spells: the town of a longer name that the page spells out, rather than a village.

    "umostrow.pl" is that of Ostrów Wielkopolski where the page has that name, though there is a gmina of Ostrów.
    """
    if site is None or site.is_city:
        return site
    begins = f"{fold_letters(site.name)} "
    register = load_register()
    for place in re.finditer(rf"(?<!\w){re.escape(begins)}\w+", folded[:_TITLE]) if begins in folded[:_TITLE] else ():
        cities = [m for m in register.bearers(register.folded_forms.get(place[0], ())) if m.is_city]
        if len(cities) == 1:
            return cities[0]
    return site


def home_of(
    text: CleanText, towns: Sequence[Town], site: Municipality | None, parts: Sequence[Segment]
) -> tuple[Municipality | None, str | None]:
    """Whose text it is: the site's municipality, else who is named in the head, as a council, and most often."""
    if site is not None:
        return site, site.name
    scores: dict[str, float] = {}
    known: dict[str, Municipality | None] = {}
    head = parts[0].end if parts else 0
    supervised = _FROM_ABOVE.match(text.folded) is not None
    for index, town in enumerate(towns):
        if town.role is Role.PLACE or is_aside(text.folded, town.start):
            continue
        if town.role is Role.PLAIN and _FROM_OR_TO.search(text.folded, max(0, town.start - 4), town.start) is not None:
            scores[town.name] = max(scores.get(town.name, 0.0), _NEAR_HOME)
            known.setdefault(town.name, town.municipality)
            continue
        weight = {Role.COUNCIL: 4.0, Role.OFFICIAL: 1.5, Role.PLAIN: 1.0}.get(town.role, 0.0)
        if town.start < head:
            weight += 2.0
        elif town.start < 400:
            weight += 1.0
        if index == 0:
            weight += 1.0
        line = text.text[text.text.rfind("\n", 0, town.start) + 1 : town.start]
        rest = text.folded[town.end : town.end + 16]
        if not line.strip() and re.match(r"\s?[,.]\s*(?:dnia\s+)?\d", rest):
            if supervised:
                continue  # where the voivode sits
            weight += 4.0  # a dateline
        scores[town.name] = scores.get(town.name, 0.0) + weight
        if known.get(town.name) is None:
            known[town.name] = town.municipality
    if not scores:
        return None, None
    name, best = max(scores.items(), key=lambda item: item[1])
    return (known[name], name) if best >= 1.0 else (None, None)


_FROM_ABOVE = lazy(
    r"\W*(?:wojewoda|wojewodzki\s+sad|naczelny\s+sad|sad\s+rejonowy|regionaln\w+\s+izb\w|samorzadowe\s+kolegium|prokurat\w+|starosta)(?!\w)"
)
"""How papers begin that somebody else writes about a council's resolution."""


def is_aside(folded: str, place: int) -> bool:
    """Whether a town is only named beside another, as where somebody writes from, or as the seat of a body."""
    low = max(0, place - 34)
    lead = folded[low:place].rstrip()
    return (
        BESIDE_ANOTHER.search(folded, low, place) is not None
        or (lead.endswith((" z", " ze")) and TOLD_FROM.search(folded, low, place) is not None)
        or (lead.endswith((" w", " jest")) and _SEAT_OF_A_BODY.search(folded, low, place) is not None)
    )


_FROM_OR_TO = lazy(r"(?<!\w)(?:ze?|do)\s$")
_NEAR_HOME = 1.0
"""Where a letter comes from, or goes to, is as a rule the seat of another: anybody else named goes before it."""
_SEAT_OF_A_BODY = lazy(
    r"siedzib\w{1,2}\s+(?:(?:jego|jej|zwiazku|zmp|stowarzyszenia|organizacji|biura)\s+)?(?:jest|w)\s+$", "siedzib"
)
"""Where a body has its seat, the text need not be at home."""

"""Towns called by the first word of their name where another town has that word for its whole name.

"Krosno Odrzańskie przystąpi do Związku. Krosno liczy …" speaks of one town, and a page of Ożarów Mazowiecki that says
"Ożarów" of its own. A list that names both, or somebody who tells of both side by side, means both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zmpwatch.extract.towns.homonyms import in_a_row
from zmpwatch.extract.towns.town import Role, Town
from zmpwatch.extract.uniform.cleantext import CleanText
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import Municipality

__all__ = ["by_whole_names"]

_PRESIDENT = lazy(r"(?<!\w)prezyden\w+\s+(?:miasta\s+)?$", "prezyden")
"""Heads large towns only, none of which has a name of two words that begins with another's."""


def by_whole_names(text: CleanText, towns: Sequence[Town], near: Municipality | None) -> list[Town]:
    """The mentions, each first word for the one longer name that the text has told before, or that is the site's."""
    told: dict[str, Municipality] = {}
    apart: set[str] = set()
    if near is not None and near.is_city:
        _tell(told, near)
    found: list[Town] = []
    for index, town in enumerate(towns):
        longer = told.get(town.name)
        if longer is None or town.name in apart or not _may_be_short(text, towns, index):
            if longer is None or in_a_row(text, towns, index):
                apart.add(town.name)  # told by itself, or beside others: both are meant
            if town.municipality is not None and town.municipality.is_city:
                _tell(told, town.municipality)
            found.append(town)
        else:
            found.append(replace(town, name=longer.name, municipality=longer, names=(longer.name,)))
    return found


def _tell(told: dict[str, Municipality], municipality: Municipality) -> None:
    head, _, rest = municipality.name.partition(" ")
    if rest:
        told.setdefault(head, municipality)


def _may_be_short(text: CleanText, towns: Sequence[Town], index: int) -> bool:
    town = towns[index]
    if town.role is Role.PLACE or in_a_row(text, towns, index):
        return False
    return _PRESIDENT.search(text.folded, max(0, town.start - 24), town.start) is None

"""Voivodeships over the names of a list, and which town of a name they mean."""

from __future__ import annotations

from functools import cache

from zmpwatch.extract.towns.finding import Town
from zmpwatch.extract.uniform.folding import fold_letters
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import Municipality
from zmpwatch.register import Found, load_register

__all__ = ["REGION_LABEL", "REGION_LINE", "REGION_WORDS", "in_region", "region_named"]

_VOIVODESHIPS = [
    "dolnoslaskie",
    "kujawsko-pomorskie",
    "lubelskie",
    "lubuskie",
    "lodzkie",
    "malopolskie",
    "mazowieckie",
    "opolskie",
    "podkarpackie",
    "podlaskie",
    "pomorskie",
    "slaskie",
    "swietokrzyskie",
    "warminsko-mazurskie",
    "wielkopolskie",
    "zachodniopomorskie",
]
REGION_WORDS = "|".join(dict.fromkeys(word for name in _VOIVODESHIPS for word in name.split("-")))
"""The words of their names, as a part of patterns."""
REGION_LINE = lazy(
    r"(?:^|[^\w-])(?:woj\w*\.?\s+)?(?P<name>"
    + "|".join(sorted(_VOIVODESHIPS, key=len, reverse=True))
    + r")(?![\w-])\s*(?:[(:-]?\s*\d{0,3}\s*\w{0,12}\s*\)?)?\s*:?\s*$",
    "kie",
)
REGION_LABEL = lazy(
    r"\W*(?:\d+\W+)?(?:woj\w*\.?\s+)?(?:" + "|".join(_VOIVODESHIPS) + r")(?:\s*\(\d+\s?\w*\))?\s*(?:-|\|)\s"
)
_NAMED = lazy(
    r"(?<![\w-])(?P<stem>"
    + "|".join(v[:-1] for v in sorted(_VOIVODESHIPS, key=len, reverse=True))
    + r")(?:e|ego|im|iego)(?![\w-])"
)


@cache
def _voivodeships() -> dict[str, str]:
    """Names without diacritics → names of voivodeships."""
    return {fold_letters(name): name for name in {m.voivodeship for m in load_register()}}


def region_named(label: str) -> str | None:
    """The voivodeship that a folded label names: "lubelskie" of "miasta w lubelskim:"."""
    named = _NAMED.search(label)
    return named["stem"] + "e" if named is not None else None


def in_region(town: Town, region: str | None) -> Municipality | None:
    """The municipality of a name in the voivodeship that a list gives it."""
    if region is None:
        return town.municipality
    full = _voivodeships().get(region)
    answer = load_register().lookup(town.name, voivodeship=full, prefer_town=True)
    return answer.municipality if isinstance(answer, Found) else town.municipality

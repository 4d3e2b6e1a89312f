"""Hands raised in a ballot: "rękę podniosło wtedy 12", "w górę poszło 11 rąk"."""

from __future__ import annotations

import re

from zmpwatch.extract.words.lazy import lazy

__all__ = ["hands_as_votes"]

_HANDS = lazy(
    r"(?<!\w)(?:rek[ea]|rece)\s+(?:\w+\s+){0,2}?podnios\w+|(?<!\w)podnios\w+\s+(?:\w+\s+){0,2}?(?:rek[ea]|rece)(?!\w)"
    r"|(?<!\w)w\s+gore\s+(?:poszl|powedrowal|podnios)\w+(?=\s+[\w-]+\s+(?:rak|rece|reka))"
)
_NOT_FOR = lazy(r"przeciw|wstrzym")
_NEAR = 40
"""How many letters before them what hands were raised for may stand."""


def hands_as_votes(region: str) -> str:
    """The text with "za" where hands were raised, in as many letters."""
    if "podnios" not in region and "w gore" not in region:
        return region
    return _HANDS.sub(lambda match: _for_it(region, match), region)


def _for_it(region: str, match: re.Match[str]) -> str:
    """Hands raised are votes for, in as many letters, unless it is told what else they were raised for."""
    lead = region[max(0, match.start() - _NEAR) : match.start()]
    return match[0] if _NOT_FOR.search(lead) else "za".ljust(len(match[0]))

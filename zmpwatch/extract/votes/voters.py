"""Numbers in a ballot that count no votes on a side: "Za: radni nr 1, 2, 7", "Nieobecni: 1", "Oddano głosów: 20"."""

from __future__ import annotations

import re
from itertools import pairwise

from zmpwatch.extract.words.lazy import lazy

__all__ = ["without_voters"]

_ROW = r"\d{1,2}(?:(?:\s?,\s?|\s?-\s?|\s+(?:i|oraz)\s+)\d{1,2})"
_NO_TALLY = r"(?!\d)(?![^\S\n]+(?:za|przeciw\w*|wstrzym\w*|glos\w*)(?!\w))"
_VOTERS = lazy(
    rf"(?<!\w)radn(?:y|a|i|e)\s*:?\s*nr\s?{_ROW}*{_NO_TALLY}|(?<!\w)radn(?:y|a)\s+\d{{1,2}}(?=\s*[,;)\n]|\s*$)"
    rf"|(?<!\w)radni\s*:?\s*{_ROW}+{_NO_TALLY}",
    "radn",
)
_NUMBERED = lazy(rf"[:-]\s*nr\s?{_ROW}*{_NO_TALLY}", "nr")
_LISTED = lazy(r"[:-]\s*(?P<row>\d{1,2}(?:\s?,\s?\d{1,2}){2,40})(?!\s?[,:]?\d)")
_TURNOUT = lazy(
    r"(?<!\w)(?:(?:nie)?obecn\w+|(?:nie)?glosujac\w+|oddan\w+\s+glos\w+|uprawnion\w+(?:\s+do\s+glosowania)?|brak\s+glosu|nie\s+glosowal\w*|nie\s+(?:oddal|wzie)\w+\s+(?:glosu|udzialu)"
    r"|sklad\w*\s+rady|kworum)\s?[:=-]\s?\d{1,3}(?:\s?/\s?\d{1,3})?(?![\d:])",
    *("glos", "obecn", "uprawnion", "udzialu", "=rady", "kworum"),
)
"""How many could vote and how many came."""
_SEVERAL = lazy(r"\d\s?,\s?\d{1,2}\s?,\s?\d")
_DIGITS = re.compile(r"\d+")


def without_voters(region: str) -> str:
    """The folded text of a ballot with blanks where it numbers or counts those who voted, in as many letters."""
    region = _TURNOUT.sub(_blank, region)
    if "radn" in region:
        region = _VOTERS.sub(_blank, region)
    if "nr" in region:
        region = _NUMBERED.sub(_blank, region)
    if _SEVERAL.search(region) is not None:
        region = _LISTED.sub(lambda match: _blank(match) if _rising(match["row"]) else match[0], region)
    return region


def _rising(row: str) -> bool:
    """Whether numbers rise from one to the next, as those of voters do, and no result of a ballot."""
    numbers = [int(number) for number in _DIGITS.findall(row)]
    return all(one < two for one, two in pairwise(numbers))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])

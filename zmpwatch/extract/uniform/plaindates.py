"""Days in figures, written in words: "14.03.2024" and "2024-03-14" as "14 marca 2024".

A day in figures has full stops and hyphens, at which a sentence or an entry may seem to end, and looks like other
numbers: "5 II 2019" like five votes. The rules get one way of writing; offsets stay true.
"""

from __future__ import annotations

from collections.abc import Iterator

from zmpwatch.extract.dates.forms import ROMAN
from zmpwatch.extract.words.lazy import lazy

__all__ = ["days_in_figures"]

_YEAR = r"(?:1[89]|20)\d\d"
_IN_FIGURES = lazy(
    r"(?<![\w/.,-])(?:(?P<day>0?[1-9]|[12]\d|3[01])"
    r"(?:\.\s?(?:(?P<month>0?[1-9]|1[0-2])\.|(?P<roman>[ivx]{1,4})[. ])\s?|\s(?P<apart>[ivx]{1,4})\s)"
    rf"(?P<year>{_YEAR})(?!\d|[/-]|\.\d)"
    rf"|(?P<iso_year>{_YEAR})-(?P<iso_month>0[1-9]|1[0-2])-(?P<iso_day>0[1-9]|[12]\d|3[01])(?![\d-]))"
)
_SHAPE = bytes(48 if 48 <= code < 58 else 120 if chr(code) in "ivx" else code for code in range(256))
"""All digits alike, and the letters of Roman months."""
_SIGNS = (b".0000", b". 0000", b"x 0000", b"x.0000", b"0000-00-00")
"""What stands in each such day; quick to look for."""
_BEFORE, _BEHIND = 12, 14
"""How far a day reaches from the begin of such a sign, with what tells where it begins and ends."""
_MONTHS = (
    *("stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca"),
    *("lipca", "sierpnia", "września", "października", "listopada", "grudnia"),
)


def days_in_figures(folded: str) -> Iterator[tuple[int, int, str]]:
    """Where such days stand in a folded text, and what they are in words."""
    shape = folded.encode("ascii", "replace").translate(_SHAPE)
    end = 0
    for place in sorted(place for sign in _SIGNS for place in _places(shape, sign)):
        match = _IN_FIGURES.search(folded, max(end, place - _BEFORE), place + _BEHIND)
        if match is None:
            continue
        written = match["roman"] or match["apart"]
        month = ROMAN.get(written, 0) if written else int(match["month"] or match["iso_month"])
        if month:
            end = match.end()
            day, year = int(match["day"] or match["iso_day"]), match["year"] or match["iso_year"]
            yield match.start(), end, f"{day} {_MONTHS[month - 1]} {year}"


def _places(shape: bytes, sign: bytes) -> Iterator[int]:
    place = shape.find(sign)
    while place >= 0:
        yield place
        place = shape.find(sign, place + 1)

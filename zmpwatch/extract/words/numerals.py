"""Whole numbers in digits and in words, with their offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

from zmpwatch.extract.words.beginnings import matches_at
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.lexicon import load_table
from zmpwatch.extract.words.tokens import NUMBER, kind_of_tokens, marked

__all__ = ["Number", "find_numbers"]

_DIGITS = lazy(
    r"(?<![\w/.,:-])(?P<int>\d{1,3}(?:[ ]\d{3}){1,3}|\d{1,9})(?P<dec>[.,]\d{1,6})?"
    r"(?P<dot>\.)?(?:-?(?P<suffix>tego|tej|ta|te|ego|mu|stym|tym|ym|ty|sty|szym|szy|sza|szej|sze|gim|gi|ga|giej|gie|cim|ci|cia|ciej|cie|th|st|nd|rd)(?!\w))?(?![\w/])"
)


@dataclass(slots=True)
class Number:
    """A number of a text: its value, and whether it is an ordinal, stands before a full stop, or was a word."""

    start: int
    end: int
    value: int
    ordinal: bool = False
    dotted: bool = False
    word: bool = False
    decimal: bool = False


@cache
def _words() -> dict[str, tuple[int, bool]]:
    """Number words, folded → value and whether ordinal."""
    table: dict[str, tuple[int, bool]] = {}
    for row in load_table("numerals.csv"):
        for form in row["forms"].split():
            table[form] = (int(row["value"]), row["kind"] == "ordinal")
    return table


_IN_WORDS = kind_of_tokens(lambda token: token in _words())


def find_numbers(folded: str, least: int = 0) -> Iterator[Number]:
    """Yield the numbers of folded text in order; number words that follow each other are added up.

    Args:
        folded: the folded text.
        least: smaller numbers are left out.
    """
    found = [*_in_digits(folded, least), *_in_words(folded)]
    yield from sorted((n for n in found if n.value >= least) if least else found, key=attrgetter("start"))


_SHORT = 500
"""In a shorter text numbers are found faster at every letter than at the words it would have to be cut into."""


def _digits(folded: str, least: int) -> Iterator[re.Match[str]]:
    if len(folded) < _SHORT:
        return _DIGITS.finditer(folded)
    numbers = marked(folded, NUMBER)
    if least:  # "1 020" goes on behind a blank
        numbers = [
            (digits, place)
            for digits, place in numbers
            if int(digits) >= least or folded[place + len(digits) + 1 : place + len(digits) + 2].isdigit()
        ]
    return matches_at(_DIGITS, folded, [place for _, place in numbers])


def _in_digits(folded: str, least: int) -> Iterator[Number]:
    for match in _digits(folded, least):
        whole, decimals, dot, suffix = match.groups()
        start, end = match.span()
        if dot is not None and suffix is None:
            end = match.start("dot")
        value = int(whole.replace(" ", ""))
        yield Number(start, end, value, suffix is not None, dot is not None, False, decimals is not None)


def _in_words(folded: str) -> Iterator[Number]:
    table = _words()
    run: list[tuple[int, int, int, bool]] = []
    for word, start in marked(folded, _IN_WORDS):
        value, ordinal = table[word]
        if run and not (run[-1][2] > value and _fits(run[-1][2], value) and folded[run[-1][1] : start].isspace()):
            yield _sum(run)
            run = []
        run.append((start, start + len(word), value, ordinal))
    if run:
        yield _sum(run)


def _fits(before: int, value: int) -> bool:
    """As in "trzysta" may be followed by "siedemdziesiąt" or "trzy", "siedemdziesiąt" by "trzy" only."""
    return (before >= 100 and value < 100) or (20 <= before < 100 and 0 < value < 10)


def _sum(run: list[tuple[int, int, int, bool]]) -> Number:
    return Number(run[0][0], run[-1][1], sum(part[2] for part in run), ordinal=run[-1][3], word=True)

"""Where the words and numbers of a folded text stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from zmpwatch.extract.lazy import lazy

__all__ = ["digits", "tokens", "words"]

_TOKEN = lazy(r"\d+|[a-z]+")
_WORD = lazy(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BEYOND_ASCII = lazy(r"[^\x00-\x7f]")
_BLANKED = bytes(code if chr(code) in "-0123456789abcdefghijklmnopqrstuvwxyz" else 32 for code in range(256))
"""What stands for each byte when a text is cut up at blanks."""

_Token = tuple[str, int]
_Cut = tuple[list[_Token], list[_Token], list[int]]
_SHORT = 500
"""A shorter text is a piece of a document that one reader asks for once."""


def tokens(folded: str) -> Sequence[_Token]:
    """Runs of digits and of plain letters, each with its offset."""
    return _cut_of(folded)[0]


def words(folded: str) -> Sequence[_Token]:
    """Words of letters, those joined by hyphens as one, each with its offset."""
    return _cut_of(folded)[1]


def digits(folded: str) -> Sequence[int]:
    """Where runs of digits stand."""
    return _cut_of(folded)[2]


def _cut_of(folded: str) -> _Cut:
    return _cut(folded) if len(folded) < _SHORT else _cut_once(folded)


@lru_cache(maxsize=4)
def _cut_once(folded: str) -> _Cut:
    """Kept, since several ask for those of one document."""
    return _cut(folded)


def _cut(folded: str) -> _Cut:
    """Tokens, words and places of digits; several times as fast as by patterns where letters and digits are plain."""
    if not folded.isascii() and any(map(str.isalnum, set(_BEYOND_ASCII.findall(folded)))):
        found = list(_matches(_TOKEN, folded))
        return found, list(_matches(_WORD, folded)), [place for token, place in found if not token.isalpha()]
    runs = folded.encode("ascii", "replace").translate(_BLANKED).decode("ascii").split()
    found = []
    named: list[_Token] = []
    numbers: list[int] = []
    find, place = folded.find, 0
    for run in runs:
        place = find(run, place)
        if run.isalpha():
            pair = (run, place)
            found.append(pair)
            named.append(pair)
        elif run.isdigit():
            found.append((run, place))
            numbers.append(place)
        else:
            parts = list(_matches(_TOKEN, run, place))
            found.extend(parts)
            numbers.extend(start for part, start in parts if not part.isalpha())
            named.extend(_matches(_WORD, run, place))
        place += len(run)
    return found, named, numbers


def _matches(pattern: re.Pattern[str], text: str, offset: int = 0) -> Iterator[_Token]:
    return ((match[0], offset + match.start()) for match in pattern.finditer(text))

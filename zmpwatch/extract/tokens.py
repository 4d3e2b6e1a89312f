"""Where the words and numbers of a folded text stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from zmpwatch.extract.lazy import lazy

__all__ = ["tokens", "words"]

_TOKEN = lazy(r"\d+|[a-z]+")
_WORD = lazy(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BEYOND_ASCII = lazy(r"[^\x00-\x7f]")
_BLANKED = bytes(code if chr(code) in "-0123456789abcdefghijklmnopqrstuvwxyz" else 32 for code in range(256))
"""What stands for each byte when a text is cut up at blanks."""

_Token = tuple[str, int]
_SHORT = 500
"""A shorter text is a piece of a document that one reader asks for once."""


def tokens(folded: str) -> Sequence[_Token]:
    """Runs of digits and of plain letters, each with its offset."""
    return _cut_of(folded)[0]


def words(folded: str) -> Sequence[_Token]:
    """Words of letters, those joined by hyphens as one, each with its offset."""
    return _cut_of(folded)[1]


def _cut_of(folded: str) -> tuple[list[_Token], list[_Token]]:
    return _cut(folded) if len(folded) < _SHORT else _cut_once(folded)


@lru_cache(maxsize=4)
def _cut_once(folded: str) -> tuple[list[_Token], list[_Token]]:
    """Kept, since several ask for those of one document."""
    return _cut(folded)


def _cut(folded: str) -> tuple[list[_Token], list[_Token]]:
    """Tokens and words, found several times as fast as by patterns where all letters and digits are plain ones."""
    if not folded.isascii() and any(map(str.isalnum, set(_BEYOND_ASCII.findall(folded)))):
        return list(_matches(_TOKEN, folded)), list(_matches(_WORD, folded))
    runs = folded.encode("ascii", "replace").translate(_BLANKED).decode("ascii").split()
    found: list[_Token] = []
    named: list[_Token] = []
    find, place = folded.find, 0
    for run in runs:
        place = find(run, place)
        if run.isalpha():
            pair = (run, place)
            found.append(pair)
            named.append(pair)
        elif run.isdigit():
            found.append((run, place))
        else:
            found.extend(_matches(_TOKEN, run, place))
            named.extend(_matches(_WORD, run, place))
        place += len(run)
    return found, named


def _matches(pattern: re.Pattern[str], text: str, offset: int = 0) -> Iterator[_Token]:
    return ((match[0], offset + match.start()) for match in pattern.finditer(text))

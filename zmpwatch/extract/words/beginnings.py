"""Matches of patterns that begin with a word, tried at the words that begin alike instead of at every letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from zmpwatch.extract.words.tokens import ask_anew, kind_of_tokens, marked

__all__ = ["beginning_with", "matches_at"]

_asked_for: set[str] = set()
_BEGINS = kind_of_tokens(lambda token: bool(_begun([(token, 0)], _asked_for)))
"""Words that begin as any pattern asked for does."""


def _begun(tokens: Iterable[tuple[str, int]], beginnings: Iterable[str]) -> list[int]:
    """Where the words stand that begin so, or are a letter that may stand off from the rest of its word."""
    letters = tuple(one for one in beginnings if len(one) == 1)
    stems = tuple(one for one in beginnings if len(one) > 1)
    return [place for token, place in tokens if token.startswith(stems) or token in letters]


def beginning_with(pattern: re.Pattern[str], folded: str, beginnings: Iterable[str]) -> Iterator[re.Match[str]]:
    """The same matches as `pattern.finditer(folded)`.

    Args:
        pattern: matches at the beginning of a word only.
        folded: the folded text.
        beginnings: the first letters of all words that a match may begin with, or one letter that stands alone.
    """
    beginnings = frozenset(beginnings)
    if not beginnings <= _asked_for:
        _asked_for.update(beginnings)
        ask_anew()
    return matches_at(pattern, folded, _begun(marked(folded, _BEGINS), beginnings))


def matches_at(pattern: re.Pattern[str], folded: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """Matches that begin at these places, which are in order; each after the end of the one before."""
    match_at = pattern.match
    end = 0
    for place in places:
        if place >= end:
            match = match_at(folded, place)
            if match is not None:
                yield match
                end = match.end()

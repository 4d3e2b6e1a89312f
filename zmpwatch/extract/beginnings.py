"""Matches of patterns that begin with a word, tried at the words that begin alike instead of at every letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from zmpwatch.extract.tokens import ask_anew, kind_of_tokens, marked

__all__ = ["beginning_with", "matches_at"]

_asked_for: set[str] = set()
_BEGINS = kind_of_tokens(lambda token: _begins(token, _asked_for))
"""Words that begin as any pattern asked for does."""


def _begins(token: str, beginnings: Iterable[str]) -> bool:
    """Whether a word begins so, or is a letter that may stand off from the rest of its word."""
    return any(token.startswith(letters) if len(letters) > 1 else token == letters for letters in beginnings)


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
    places = [place for token, place in marked(folded, _BEGINS) if _begins(token, beginnings)]
    return matches_at(pattern, folded, places)


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

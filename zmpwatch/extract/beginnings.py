"""Matches of patterns that begin with a word, tried at the words that begin alike instead of at every letter."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from zmpwatch.extract.tokens import tokens

__all__ = ["beginning_with", "matches_at"]

_LETTERS = 2


@lru_cache(maxsize=2)
def _starts(folded: str) -> Mapping[str, Sequence[int]]:
    """Where words stand, by their first two letters; of a lone letter by that."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for token, place in tokens(folded):
        places[token[:_LETTERS]].append(place)
    return places


def beginning_with(pattern: re.Pattern[str], folded: str, beginnings: Iterable[str]) -> Iterator[re.Match[str]]:
    """The same matches as `pattern.finditer(folded)`.

    Args:
        pattern: matches at the beginning of a word only.
        folded: the folded text.
        beginnings: the first two letters of all words that a match may begin with, or one letter that stands alone.
    """
    starts = _starts(folded)
    return matches_at(
        pattern, folded, sorted(place for letters in set(beginnings) for place in starts.get(letters, ()))
    )


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

"""Where the words and numbers of a folded text stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from zmpwatch.extract.lazy import lazy

__all__ = ["split_up", "tokens"]

_TOKEN = lazy(r"(\d+|[a-z]+)")


@lru_cache(maxsize=8)
def tokens(folded: str) -> Sequence[tuple[str, int]]:
    """Runs of digits and of plain letters, each with its offset; kept, since several ask for those of a document."""
    return list(split_up(_TOKEN, folded))


def split_up(pattern: re.Pattern[str], text: str) -> Iterator[tuple[str, int]]:
    """Matches and their offsets, several times as fast as by `finditer`.

    Args:
        pattern: one group around the whole pattern, and no other.
        text: what to look through.
    """
    pieces = pattern.split(text)  # what lies between matches, a match, what lies between …
    ends = list(accumulate(map(len, pieces)))
    return zip(pieces[1::2], ends[::2], strict=False)

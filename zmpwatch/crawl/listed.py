"""What a sitemap listed: a few bytes an address, enough to tell which addresses are new the next time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from hashlib import sha1

__all__ = ["MOST_NEW", "marks_of", "new_among"]

_BYTES = 5
"""Of the hash: among 20,000 addresses a new one is taken for an old one once in 50 million times."""
_MOST = 20_000
"""Nothing is kept of longer lists: 100 kB a sitemap are enough."""
MOST_NEW = 30
"""More addresses than these are no news: the site has been moved, or its addresses are written differently."""


def _mark(url: str) -> bytes:
    return sha1(url.encode(), usedforsecurity=False).digest()[:_BYTES]


def marks_of(urls: Collection[str]) -> bytes | None:
    """The marks of a list; None where it is too long.

    >>> len(marks_of(["https://a.example/1", "https://a.example/2"]))
    10
    """
    return b"".join(sorted({_mark(url) for url in urls})) if len(urls) <= _MOST else None


def new_among(urls: Sequence[str], before: bytes | None) -> frozenset[str]:
    """The addresses that were not listed before; none where that is not known, or nearly all seem new.

    >>> before = marks_of(["https://a.example/1"])
    >>> new_among(["https://a.example/1", "https://a.example/2"], before)
    frozenset({'https://a.example/2'})
    >>> new_among(["https://a.example/2"], None)
    frozenset()
    """
    if before is None:
        return frozenset()
    known = {before[i : i + _BYTES] for i in range(0, len(before), _BYTES)}
    new = frozenset(url for url in urls if _mark(url) not in known)
    return new if len(new) <= MOST_NEW else frozenset()

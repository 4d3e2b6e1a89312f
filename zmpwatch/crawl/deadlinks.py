"""Links that lead to nothing: where one after another does, the rest is asked for ever more seldom, and never given up.

A list of 200 pages that were moved away would else use up a visit, be it that the server says 404 or shows some page
for any address. The next page that is there proves the place alive.
"""

from __future__ import annotations

import zlib
from collections import Counter

from zmpwatch.crawl.traps import kindred_of
from zmpwatch.model import Trap, TrapKind

__all__ = ["DeadLinks"]

_ROW = 8
"""So many links of one place in a row that lead to nothing make it suspect."""
_SELDOM = 10
"""After so many more, no seldomer: one in two thousand."""
_MOST = 20_000
"""Links that are remembered: a hostile site makes up new ones without end."""


class DeadLinks:
    """What the links of one visit led to, by their kind and by the page they stand on.

    After eight in a row that lead to nothing one in two further links of their place is asked for, then one in four and
    so on: of 200 dead links some 15 cost a request. What is left out waits for later visits.

    Args:
        seed: tells one visit from the next: others are asked for in each.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._row: Counter[str] = Counter()
        self._left: set[str] = set()
        self._told: dict[str, Trap] = {}

    def absent(self, url: str, source: str | None) -> None:
        """Take note of a link that led to nothing.

        Args:
            url: where it led.
            source: the page it stands on.
        """
        for place in _places(url, source):
            self._row[place] += 1

    def alive(self, url: str, source: str | None) -> None:
        """Take note of a link that led to a page."""
        for place in _places(url, source):
            self._row.pop(place, None)

    def is_suspect(self, url: str, source: str | None) -> bool:
        """Whether enough links of a place led to nothing, and none to a page since."""
        return max(self._row[place] for place in _places(url, source)) >= _ROW

    def leaves_out(self, url: str, source: str | None) -> bool:
        """Whether a link is left out this time; counts it where it is."""
        if not self._row:
            return False
        place = max(_places(url, source), key=self._row.__getitem__)
        beyond = self._row[place] - _ROW
        if beyond < 0 or zlib.crc32(f"{self._seed} {url}".encode()) % (2 << min(beyond, _SELDOM)) == 0:
            return False
        if len(self._left) < _MOST:
            self._left.add(url)
        self._told.setdefault(place, Trap(TrapKind.DEAD, (source or url)[:300])).left += 1
        return True

    def waits(self, url: str) -> bool:
        """Whether a link was left out in this visit."""
        return url in self._left

    def told(self) -> list[Trap]:
        """The places whose links were left out, in order."""
        return list(self._told.values())


def _places(url: str, source: str | None) -> list[str]:
    kind = f"kind {kindred_of(url)[0].place}"
    return [kind] if source is None else [f"page {source}", kind]

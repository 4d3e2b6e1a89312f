"""A limit a network address: hundreds of towns may lie on one machine of one vendor."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

__all__ = ["AddressGate"]

_REMEMBERED = 10_000


class AddressGate:
    """Lets so many requests to one IP address be under way at once, each begun a share of the delay after the last.

    One object serves all visits of a run; its methods run in one event loop.

    Args:
        at_once: requests under way to one address.
        delay: seconds between two requests to one host; those to one address begin `delay` / `at_once` / 2 apart.
    """

    def __init__(self, at_once: int, delay: float) -> None:
        self._at_once, self._gap = at_once, delay / at_once / 2
        self._slots: dict[str, asyncio.Semaphore] = {}
        self._next: dict[str, float] = {}

    @asynccontextmanager
    async def passed(self, address: str) -> AsyncIterator[None]:
        """Wait for a turn at an address, and hold it."""
        if len(self._slots) > _REMEMBERED:
            self._forget()
        async with self._slots.setdefault(address, asyncio.Semaphore(self._at_once)):
            if self._gap:
                now = monotonic()
                turn = max(now, self._next.get(address, 0.0))
                self._next[address] = turn + self._gap
                if turn > now:
                    await asyncio.sleep(turn - now)
            yield

    def _forget(self) -> None:
        now = monotonic()
        # a slot that is not all free is held or waited for
        for address in [a for a, slot in self._slots.items() if slot._value == self._at_once]:
            if self._next.get(address, 0.0) <= now:
                del self._slots[address]
                self._next.pop(address, None)

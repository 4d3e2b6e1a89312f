"""The two clocks of a daemon: the wall clock says what is due, the monotonic clock measures waits.

A wait is never longer than a minute or so; after each the wall clock is read anew. So a machine that slept, and a wall
clock that was set, are noticed within that time, and no wait ends too late because somebody set the clock back.
"""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol

__all__ = ["Clocks", "SystemClocks"]


class Clocks(Protocol):
    """What the daemon knows of time; tests bring one of their own."""

    def now(self) -> datetime:
        """The present by the wall clock, in UTC."""

    def elapsed(self) -> float:
        """Seconds since some moment; never goes back."""

    async def wait(self, event: asyncio.Event, seconds: float) -> bool:
        """Wait until `event` is set, at most so many seconds; returns whether it is."""


class SystemClocks:
    """The clocks of this machine."""

    def now(self) -> datetime:
        """The present by the wall clock, in UTC."""
        return datetime.now(UTC)

    def elapsed(self) -> float:
        """Seconds of the monotonic clock; it stands while the machine is suspended."""
        return time.monotonic()

    async def wait(self, event: asyncio.Event, seconds: float) -> bool:
        """Wait until `event` is set, at most so many seconds; returns whether it is."""
        try:
            await asyncio.wait_for(event.wait(), max(0.0, seconds))
        except TimeoutError:
            return event.is_set()
        return True

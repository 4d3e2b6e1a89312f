"""When a host may be asked again: never by two visits at once, not within the delay, and not before it said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from zmpwatch.service.visiting import Place

__all__ = ["Hosts"]


class Hosts:
    """What visits have left behind at the hosts they asked."""

    def __init__(self) -> None:
        self._rest: dict[Place, float] = {}
        self._held: dict[Place, datetime] = {}

    def let_rest(self, places: Iterable[Place], until: float) -> None:
        """A visit has ended: its hosts are left alone until `until`, in seconds of the monotonic clock."""
        self._rest.update(dict.fromkeys(places, until))

    def hold(self, places: Iterable[Place], until: datetime) -> None:
        """A host asked to be left alone until then (Retry-After)."""
        self._held.update(dict.fromkeys(places, until))

    def free_at(
        self, places: Iterable[Place], asked: frozenset[Place], now: datetime, elapsed: float
    ) -> datetime | None:
        """When all these may be asked; None while one of them is among those that are being `asked`."""
        free = now
        for place in places:
            if place in asked:
                return None
            held = self._held.get(place)
            if held is not None and held > now:
                free = max(free, held)
            rest = self._rest.get(place, 0.0) - elapsed
            if rest > 0:
                free = max(free, now + timedelta(seconds=rest))
        return free

"""Requests of the last 24 hours, which a budget bounds."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

__all__ = ["Spending"]

_DAY = timedelta(days=1)


class Spending:
    """What visits have sent. `begun` is when the watch began, and `before` what was sent in the 24 hours before it."""

    def __init__(self, begun: datetime, before: int) -> None:
        self._spent: deque[tuple[datetime, int]] = deque([(begun, before)])

    def add(self, at: datetime, requests: int) -> None:
        """A visit that ended then has sent so many."""
        self._spent.append((at, requests))

    def today(self, now: datetime) -> int:
        """How many were sent in the 24 hours before `now`."""
        while self._spent and now - self._spent[0][0] > _DAY:
            self._spent.popleft()
        return sum(requests for _, requests in self._spent)

"""Clocks a test moves: time stands while something is under way, and jumps to the next wake-up when nothing is."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class SimulatedClocks:
    """`drive` makes time pass. `set_wall` sets the wall clock alone, `sleep_machine` lets the monotonic clock stand."""

    def __init__(self, start: datetime = datetime(2027, 3, 1, 8, tzinfo=UTC)) -> None:
        self._wall, self._monotonic = start, 1000.0
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()
        self._looks = 0

    def now(self) -> datetime:
        """Every look costs a microsecond, so that no two moments are one."""
        self._looks += 1
        return self._wall + timedelta(microseconds=self._looks)

    def elapsed(self) -> float:
        return self._monotonic

    def set_wall(self, moment: datetime) -> None:
        self._wall = moment

    def sleep_machine(self, span: timedelta) -> None:
        self._wall += span

    async def wait(self, event: asyncio.Event, seconds: float) -> bool:
        if event.is_set():
            await asyncio.sleep(0)
            return True
        alarm: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (self._monotonic + max(seconds, 0.0), next(self._numbers), alarm))
        waiter = asyncio.ensure_future(event.wait())
        try:
            await asyncio.wait({waiter, alarm}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiter.cancel()
            if not alarm.done():
                alarm.cancel()
        return event.is_set()

    def advance(self) -> None:
        """Jump to the earliest wake-up."""
        while self._waiting and self._waiting[0][2].done():
            heapq.heappop(self._waiting)
        if not self._waiting:
            return
        deadline, _, alarm = heapq.heappop(self._waiting)
        step = max(0.0, deadline - self._monotonic)
        self._monotonic += step
        self._wall += timedelta(seconds=step)
        alarm.set_result(None)

    async def drive(
        self,
        until: Callable[[], bool],
        busy: Callable[[], bool] = lambda: False,
        *,
        real_seconds: float = 60.0,
    ) -> None:
        """Let time pass until it is true; while `busy` says so only real time passes."""
        end = time.monotonic() + real_seconds
        while not until():
            if time.monotonic() > end:
                raise AssertionError(f"in vain for {real_seconds} s; simulated: {self._wall}")
            for _ in range(20):
                await asyncio.sleep(0)
            if busy():
                await asyncio.sleep(0.005)  # what is busy runs in real time, in threads
            elif not until():
                self.advance()

"""Empties the outbox: after each cycle, and every few seconds for what falls due by itself (digests, retries)."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from zmpwatch.errors import StoreError
from zmpwatch.schedule.board import Board
from zmpwatch.schedule.clocks import Clocks
from zmpwatch.schedule.supervision import Task
from zmpwatch.service.delivering import DeliveryReport

__all__ = ["Courier"]

logger = logging.getLogger(__name__)

LOOK_AGAIN = 15.0
"""Seconds between two looks into the outbox when nothing calls."""

_LEAVE = 1.0
"""Seconds rounds under way have to write down what became of their messages."""

_AT_ONCE = 4
"""Rounds side by side: one that waits for a silent receiver does not hold up what is new."""


class Courier:
    """Runs `deliver` in threads of its own, and `publish` beside it; `call` makes it look at once.

    `deliver` leases what it sends, so rounds side by side never send the same; it is given an event that tells it to
    end soon.
    """

    def __init__(
        self,
        deliver: Callable[[threading.Event], DeliveryReport],
        publish: Callable[[], None],
        clocks: Clocks,
        board: Board,
        stop: asyncio.Event,
        reported: Callable[[DeliveryReport], None],
    ) -> None:
        self._deliver, self._publish, self._reported = deliver, publish, reported
        self._clocks, self._board, self._stop = clocks, board, stop
        self._called = asyncio.Event()
        self._rounds: set[asyncio.Future[DeliveryReport]] = set()
        self._published: asyncio.Future[None] | None = None
        self._told = threading.Event()
        self._threads = ThreadPoolExecutor(_AT_ONCE + 1, thread_name_prefix="deliver")

    @property
    def busy(self) -> bool:
        """Whether something is being delivered, or was called for."""
        return bool(self._rounds) or self._published is not None or (self._called.is_set() and not self._stop.is_set())

    def call(self) -> None:
        """Something may be due."""
        self._called.set()

    async def run(self, task: Task) -> None:
        """Deliver until `stop` is set."""
        stopping = asyncio.ensure_future(self._stop.wait())
        stopping.add_done_callback(lambda _: self.call())
        try:
            while not self._stop.is_set():
                task.beat()
                if len(self._rounds) < _AT_ONCE:
                    self._called.clear()
                    self._round()
                await self._clocks.wait(self._called, LOOK_AGAIN)
            self._told.set()
            if self._rounds:
                await asyncio.wait(self._rounds, timeout=_LEAVE)
        finally:
            stopping.cancel()
            self._threads.shutdown(wait=False)

    def _round(self) -> None:
        loop = asyncio.get_running_loop()
        running = loop.run_in_executor(self._threads, self._deliver, self._told)
        self._rounds.add(running)
        running.add_done_callback(self._ended)
        if self._published is None:
            # beside the deliveries: a folder that can't be written keeps no alert from going out
            self._published = loop.run_in_executor(self._threads, self._publish)
            self._published.add_done_callback(self._written)

    def _written(self, published: asyncio.Future[None]) -> None:
        self._published = None
        if not published.cancelled() and not self._stop.is_set() and (error := published.exception()) is not None:
            logger.error("the feeds were not written: %s: %s", type(error).__name__, error)

    def _ended(self, running: asyncio.Future[DeliveryReport]) -> None:
        self._rounds.discard(running)
        if running.cancelled() or self._stop.is_set():
            return
        error = running.exception()
        if error is not None:
            if not isinstance(error, StoreError):
                logger.error("delivering failed", exc_info=error)
            else:
                logger.error("nothing was delivered: %s", error)
            return
        report = running.result()
        for line in report.lines:
            logger.info("delivery: %s", line)
        self._reported(report)
        if report.changes:
            # the operator is to hear of what was given up
            self.call()

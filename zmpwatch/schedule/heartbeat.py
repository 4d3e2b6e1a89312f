"""The dead man's switch: an address outside is called while all is well, and its silence is the alarm.

Whatever stops the watch (a dead process, a loop that is stuck, a machine that is gone, a path that no longer brings an
alert through) stops the calls, and the service behind the address tells the operator by a way of its own. So nothing is
ever sent there when something is wrong: silence says it, even when nobody is left to speak.
"""

from __future__ import annotations

import asyncio
import logging
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from typing import IO, Any

from zmpwatch.schedule.board import Board, Outcome
from zmpwatch.schedule.clocks import Clocks
from zmpwatch.schedule.supervision import Task
from zmpwatch.service.canary import CanaryResult

__all__ = ["Heartbeat", "call_address"]

logger = logging.getLogger(__name__)

AT_LEAST_EVERY = 900.0
"""Seconds: while all is well the address is called this often, though no site is due."""

AT_MOST_EVERY = 60.0
"""Seconds between two calls."""

CANARY_HOLDS = 600.0
"""Seconds for which the result of the end-to-end test stands."""

CANARY_WITHOUT_ADDRESS = 6 * 3600.0
"""Seconds between two end-to-end tests where no address is called."""

_TIMEOUT = 10.0


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect is no answer: a login page or a parked domain would else pass for the service."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> None:
        """Follow nothing."""


def call_address(url: str, *, user_agent: str, canary: str) -> str | None:
    """GET the heartbeat address; returns what went wrong, without the address, or None.

    The header ``X-Zmpwatch-Canary`` tells the result of the end-to-end test.
    """
    headers = {"User-Agent": user_agent, "X-Zmpwatch-Canary": canary}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - the configuration takes http and https only
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=_TIMEOUT) as answer:
            answer.read(64 * 1024)
            return None if 200 <= answer.status < 300 else f"status {answer.status}"
    except urllib.error.HTTPError as error:
        with error:
            return f"status {error.code}"
    except urllib.error.URLError as error:
        reason = error.reason
        return (reason.strerror if isinstance(reason, OSError) else None) or type(reason).__name__
    except (OSError, HTTPException, ValueError) as error:
        return type(error).__name__


class Heartbeat:
    """Calls the address after each healthy cycle, once the end-to-end test has passed.

    `address` gives the configured address of the moment, `trouble` tells the operator of a test that failed.
    """

    def __init__(
        self,
        address: Callable[[], str | None],
        canary: Callable[[], CanaryResult],
        user_agent: Callable[[], str],
        clocks: Clocks,
        board: Board,
        stop: asyncio.Event,
        trouble: Callable[[str, str, str], None],
    ) -> None:
        self._address, self._canary, self._user_agent = address, canary, user_agent
        self._clocks, self._board, self._stop, self._trouble = clocks, board, stop, trouble
        self._ended = asyncio.Event()
        self._tested: float | None = None
        self._called: float | None = None
        self.busy = False

    def cycle_closed(self) -> None:
        """A cycle has ended."""
        self._ended.set()

    async def run(self, task: Task) -> None:
        """Call until `stop` is set."""
        stopping = asyncio.ensure_future(self._stop.wait())
        stopping.add_done_callback(lambda _: self._ended.set())
        try:
            while not self._stop.is_set():
                task.beat()
                await self._clocks.wait(self._ended, AT_LEAST_EVERY)
                self._ended.clear()
                if self._stop.is_set():
                    break
                self.busy = True
                try:
                    await self._beat()
                finally:
                    self.busy = False
        finally:
            stopping.cancel()

    async def _beat(self) -> None:
        """Test and call, when all is well and it is time."""
        cycle, elapsed, url = self._board.last_cycle, self._clocks.elapsed(), self._address()
        if cycle is None or not cycle.healthy or not self._board.healthy:
            return
        if self._called is not None and elapsed - self._called < AT_MOST_EVERY:
            return
        if not await self._tested_well(CANARY_HOLDS if url else CANARY_WITHOUT_ADDRESS):
            return
        if url is None:
            return
        result = str(self._board.canary.detail if self._board.canary else "")
        wrong = await asyncio.to_thread(
            call_address, url, user_agent=self._user_agent(), canary=f"ok; {result}".encode("ascii", "replace").decode()
        )
        self._called = elapsed
        self._board.heartbeat = Outcome(wrong is None, self._clocks.now(), wrong or "")
        if wrong is not None:
            logger.warning("the heartbeat address was not reached: %s", wrong)
        else:
            logger.debug("the heartbeat address was called")

    async def _tested_well(self, holds: float) -> bool:
        known = self._board.canary
        if (
            known is not None
            and known.ok
            and self._tested is not None
            and self._clocks.elapsed() - self._tested < holds
        ):
            return True
        result = await asyncio.to_thread(self._canary)
        self._tested = self._clocks.elapsed()
        self._board.canary = Outcome(result.ok, self._clocks.now(), str(result))
        if result.ok:
            logger.info("end-to-end test passed: %s", result, extra={"seconds": round(result.seconds, 3)})
        else:
            logger.error("end-to-end test failed: %s", result)
            self._trouble("end-to-end test", "own pages did not come through; the heartbeat is silent", str(result))
        return result.ok

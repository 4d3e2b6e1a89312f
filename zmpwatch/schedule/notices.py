"""Tells the operator of trouble with the watch itself: through the outbox, and past it when the database refuses."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from zmpwatch.errors import StoreError
from zmpwatch.model import Change, ChangeKind
from zmpwatch.schedule.clocks import Clocks
from zmpwatch.service.visiting import Visiting

__all__ = ["Notices"]

logger = logging.getLogger(__name__)

AGAIN_AFTER = 3600.0
"""Seconds in which trouble with one part is told once."""


class Notices:
    """Trouble with one part of the watch is told once an hour at most; writing it down never holds up its caller.

    `visiting` gives the configuration of the moment, `redact` keeps secrets out of error texts, `told` is called when a
    delivery is due.
    """

    def __init__(
        self,
        visiting: Callable[[], Visiting],
        redact: Callable[[str], str],
        clocks: Clocks,
        told: Callable[[], None],
    ) -> None:
        self._visiting, self._redact, self._clocks, self._told = visiting, redact, clocks, told
        self._last: dict[str, float] = {}
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="notices")
        self._loop = asyncio.get_running_loop()

    def trouble(self, part: str, state: str, detail: str) -> None:
        """Tell that a part of the watch is in this state."""
        elapsed = self._clocks.elapsed()
        if elapsed - self._last.get(part, -AGAIN_AFTER) < AGAIN_AFTER:
            return
        self._last[part] = elapsed
        now = self._clocks.now()
        change = Change(
            kind=ChangeKind.WATCH_FAILED,
            at=now,
            dedup_key=f"{ChangeKind.WATCH_FAILED}:{part}:{now.isoformat()}",
            after={"part": part, "state": self._redact(state), "problems": [self._redact(detail)]},
        )
        self._thread.submit(self._tell, self._visiting(), change)

    def well_again(self, part: str) -> None:
        """The part works; new trouble with it is told at once."""
        self._last.pop(part, None)

    def close(self) -> None:
        """Wait for nothing; what is being told ends by itself."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _tell(self, visiting: Visiting, change: Change) -> None:
        try:
            try:
                visiting.tell_operator(change)
            except StoreError:
                visiting.tell_directly(change)
                return
            if not self._loop.is_closed():
                self._loop.call_soon_threadsafe(self._told)
        except Exception:
            # it runs in a thread nobody asks for its result
            logger.exception("the operator could not be told: %s", change.after)

"""Cycles: visits whose news is judged and told together, as long as it takes and no longer."""

from __future__ import annotations

import logging

from zmpwatch.model import Purpose
from zmpwatch.plural import counted
from zmpwatch.schedule.board import Board, CycleSummary
from zmpwatch.schedule.clocks import Clocks
from zmpwatch.service.confirming import LONGEST_WAIT
from zmpwatch.service.visiting import OpenCycle, Visiting

__all__ = ["Cycles"]

logger = logging.getLogger(__name__)

CYCLE = 60.0
"""Seconds after the first visit of a cycle has ended in which it is judged though other visits still run."""


class Cycles:
    """The cycle that is open, and since when stored visits wait to be judged.

    Args:
        clocks: the present.
        board: where cycles are shown.
        unjudged: whether visits wait since before the watch began.
    """

    def __init__(self, clocks: Clocks, board: Board, *, unjudged: bool) -> None:
        self._clocks, self._board = clocks, board
        self._open: OpenCycle | None = None
        self._since: float | None = clocks.elapsed() if unjudged else None

    @property
    def waiting(self) -> bool:
        """Whether stored visits wait to be judged."""
        return self._since is not None

    def open(self, visiting: Visiting) -> OpenCycle:
        """The cycle in which the next visit begins."""
        if self._open is None:
            self._open = visiting.open_cycle()
        return self._open

    def leave(self) -> None:
        """Begin the next visit in another cycle: with new rules, what those under way bring is judged by these."""
        self._open = None

    def stored(self, elapsed: float) -> None:
        """A visit was stored."""
        if self._since is None:
            self._since = elapsed

    def left(self, elapsed: float, *, running: bool) -> float | None:
        """Seconds until the cycle is judged at the latest; None when nothing waits."""
        return None if self._since is None else self._since + _longest(running=running) - elapsed

    def over(self, elapsed: float, *, running: bool, awaited: bool) -> bool:
        """Whether to judge now: nothing runs and no confirmation is awaited, or that takes too long."""
        left = self.left(elapsed, running=running)
        return left is not None and (not (running or awaited) or left <= 0)

    async def close(self, visiting: Visiting) -> CycleSummary:
        """Judge what the visits have brought.

        Raises:
            StoreError: the database refused; they still wait.
        """
        closing = self.open(visiting)
        changes = await closing.judge()
        self._since = None
        # visits still under way go on in the cycle they began in; what they bring is judged in the next
        self.leave()
        routine = [visit for visit in closing.cycle.visits if visit.purpose is Purpose.ROUTINE]
        healthy = sum(visit.verdict.healthy for visit in routine)
        summary = CycleSummary(closing.cycle.started, self._clocks.now(), len(routine), healthy, len(changes))
        self._board.cycles += 1
        if routine:
            self._board.last_cycle = summary
        logger.info(
            "cycle: %s, %d of them healthy, %s",
            counted(len(routine), "visit"),
            healthy,
            counted(len(changes), "change"),
            extra={"visits": len(routine), "healthy": healthy, "changes": [str(change.kind) for change in changes]},
        )
        return summary


def _longest(*, running: bool) -> float:
    """Seconds that a cycle stays open: while visits run, or for a confirmation that is near."""
    return CYCLE if running else 2 * LONGEST_WAIT.total_seconds()

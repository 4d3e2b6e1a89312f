"""A database that refuses: nothing is begun for a while, longer each time."""

from __future__ import annotations

import logging

from zmpwatch.errors import StoreError
from zmpwatch.schedule.board import Board, Outcome
from zmpwatch.schedule.clocks import Clocks

__all__ = ["Refusals"]

logger = logging.getLogger(__name__)

_FIRST, _LONGEST = 5.0, 300.0
"""Seconds of the first pause, and of the longest."""


class Refusals:
    """Refusals of the database in a row: a fault of ours, never of a site."""

    def __init__(self, clocks: Clocks, board: Board) -> None:
        self._clocks, self._board = clocks, board
        self._number = 0
        self._again = 0.0

    def left(self, elapsed: float) -> float:
        """Seconds for which nothing is to be begun."""
        return self._again - elapsed

    def note(self, error: StoreError) -> None:
        """The database has refused."""
        self._number += 1
        pause = min(_FIRST * 2 ** (self._number - 1), _LONGEST)
        self._again = self._clocks.elapsed() + pause
        self._board.database = Outcome(False, self._clocks.now(), str(error))
        logger.error("the database refuses, again in %.0f s: %s", pause, error)

    def over(self) -> None:
        """The database has done what it was asked."""
        if self._number:
            logger.warning("the database is well again")
        self._number = 0
        if self._board.database is None or not self._board.database.ok:
            self._board.database = Outcome(True, self._clocks.now())

"""The lock of a run that takes long: made sure of now and then, for it may be lost without our doing."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import Self

from zmpwatch.errors import DatabaseLocked, StoreError
from zmpwatch.service.opening import Lock

__all__ = ["Holding", "make_sure"]

logger = logging.getLogger(__name__)

SURE_FOR = 10.0
"""Seconds between two looks at the lock."""


async def make_sure(lock: Lock) -> None:
    """Take the lock again where it was lost: on a server it ends with the connection that holds it.

    Raises:
        DatabaseLocked: it was lost, and another process has it now.
    """
    try:
        lost = await asyncio.to_thread(lock.renew)
    except DatabaseLocked as error:
        raise DatabaseLocked(f"the lock on the database was lost, and another zmpwatch has it now: {error}") from error
    except StoreError as error:
        logger.error("whether the lock on the database is held can't be told: %s", error)  # noqa: TRY400 - said, not traced
    else:
        if lost:
            logger.warning("the lock on the database was lost, and is ours again")


class Holding:
    """``async with Holding(lock, stop):`` makes sure of the lock while the block runs.

    When another process has taken it, `stop` is set, and the block ends in DatabaseLocked at its next `check` or its
    end, whichever comes first: what it has not stored by then, it must not store.
    """

    def __init__(self, lock: Lock, stop: asyncio.Event) -> None:
        self._lock, self._stop = lock, stop
        self._lost: DatabaseLocked | None = None
        self._over = asyncio.Event()
        self._looking: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._looking = asyncio.create_task(self._look())
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        # not cancelled: a look under way would go on in its thread, on a lock that is let go of meanwhile
        self._over.set()
        if self._looking is not None:
            await self._looking
        if kind is None and self._lost is not None:
            raise self._lost

    async def check(self) -> None:
        """Look at the lock now.

        Raises:
            DatabaseLocked: it was lost, and another process has or had it.
        """
        if self._lost is None:
            await make_sure(self._lock)
        else:
            raise self._lost

    async def _look(self) -> None:
        while self._lost is None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), SURE_FOR)
                return
            try:
                await make_sure(self._lock)
            except DatabaseLocked as error:
                self._lost = error
                self._stop.set()

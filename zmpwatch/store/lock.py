"""A lock between processes: one crawl at a time on one database."""

from __future__ import annotations

import fcntl
import logging
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, text

from zmpwatch.errors import DatabaseLocked, StoreError

__all__ = ["ADVISORY_KEY", "Lock", "exclusive_on_file", "exclusive_on_server"]

logger = logging.getLogger(__name__)

ADVISORY_KEY = zlib.crc32(b"zmpwatch exclusive")
"""The advisory lock of PostgreSQL that keeps others from crawling."""


ADVICE = "; wait for it to end, or stop its watch"


class Lock(Protocol):
    """A lock that is held. It may be lost without our doing: who holds it for long makes sure of it now and then."""

    def renew(self) -> bool:
        """Make sure that it is ours, and take it again where it was lost; returns whether it had been.

        Raises:
            DatabaseLocked: it was lost, and another process has it now.
            StoreError: the database does not say.
        """


@contextmanager
def exclusive_on_file(database: Path) -> Iterator[Lock]:
    """Hold ``<database>.lock``; the system lets go of it when the process ends, however it ends.

    Raises:
        DatabaseLocked: another process holds it.
        StoreError: the lock file can't be made.
    """
    lock = _FileLock(database)
    try:
        yield lock
    finally:
        lock.release()


class _FileLock:
    def __init__(self, database: Path) -> None:
        self._database = database
        self._path = database.with_name(database.name + ".lock")
        self._descriptor = self._taken()

    def renew(self) -> bool:
        """Lost is a lock whose file was removed or replaced: others would lock the file that bears the name now."""
        held = os.fstat(self._descriptor)
        try:
            found = self._path.stat()
        except FileNotFoundError:
            found = None
        except OSError as error:
            raise StoreError(f"{self._path}: can't be looked at: {error.strerror}") from error
        if found is not None and (found.st_dev, found.st_ino) == (held.st_dev, held.st_ino):
            return False
        descriptor = self._taken()
        os.close(self._descriptor)
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        # the file stays: removing it would let two processes lock two files of one name
        os.close(self._descriptor)

    def _taken(self) -> int:
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise StoreError(f"{self._path}: can't be made: {error.strerror}") from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = _holder(descriptor)
            os.close(descriptor)
            raise DatabaseLocked(f"{self._database}: in use by another zmpwatch{holder}{ADVICE}") from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        return descriptor


def _holder(descriptor: int) -> str:
    pid = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip()
    return f" (process {pid})" if pid.isdigit() else ""


@contextmanager
def exclusive_on_server(engine: Engine, where: str) -> Iterator[Lock]:
    """Hold an advisory lock of PostgreSQL; the server lets go of it when the connection ends.

    Raises:
        DatabaseLocked: another process holds it.
    """
    lock = _ServerLock(engine, where)
    try:
        yield lock
    finally:
        lock.release()


class _ServerLock:
    def __init__(self, engine: Engine, where: str) -> None:
        self._engine, self._where = engine, where
        self._connection: Connection | None = self._taken()

    def renew(self) -> bool:
        """Lost is a lock whose connection ended: the server was started anew, the network broke, somebody ended it."""
        try:
            if self._connection is not None and self._is_held(self._connection):
                return False
        except StoreError as error:
            logger.warning("%s: the connection that holds the lock has ended: %s", self._where, error)
        self._drop()
        self._connection = self._taken()
        return True

    def release(self) -> None:
        if self._connection is None:
            return
        try:
            self._connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": ADVISORY_KEY})
            self._connection.commit()
        except StoreError as error:
            logger.debug("%s: the server had let go of the lock: %s", self._where, error)
        self._drop()

    def _taken(self) -> Connection:
        connection, got = self._engine.connect(), False
        try:
            got = bool(connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": ADVISORY_KEY}).scalar())
            connection.commit()
        finally:
            if not got:
                connection.close()
        if not got:
            raise DatabaseLocked(f"{self._where}: in use by another zmpwatch{ADVICE}")
        return connection

    @staticmethod
    def _is_held(connection: Connection) -> bool:
        # asked of the server, not of the connection: what shares connections out (a pooler) may have given it away
        held = text(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid() "
            "AND classid = 0 AND objid = CAST(:key AS oid) AND objsubid = 1"
        )
        found = connection.execute(held, {"key": str(ADVISORY_KEY)}).scalar()
        connection.commit()
        return bool(found)

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()

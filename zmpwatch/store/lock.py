"""A lock between processes: one crawl at a time on one database."""

from __future__ import annotations

import fcntl
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text

from zmpwatch.errors import DatabaseLocked, StoreError

__all__ = ["exclusive_on_file", "exclusive_on_server"]

ADVISORY_KEY = zlib.crc32(b"zmpwatch exclusive")


@contextmanager
def exclusive_on_file(database: Path) -> Iterator[None]:
    """Hold ``<database>.lock``; the system lets go of it when the process ends, however it ends.

    Raises:
        DatabaseLocked: another process holds it.
        StoreError: the lock file can't be made.
    """
    path = database.with_name(database.name + ".lock")
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(f"{path}: can't be made: {error.strerror}") from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DatabaseLocked(f"{database}: in use by another zmpwatch{_holder(descriptor)}") from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        # the file stays: removing it would let two processes lock two files of one name
        os.close(descriptor)


def _holder(descriptor: int) -> str:
    pid = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip()
    return f" (process {pid})" if pid.isdigit() else ""


@contextmanager
def exclusive_on_server(engine: Engine, where: str) -> Iterator[None]:
    """Hold an advisory lock of PostgreSQL; the server lets go of it when the connection ends.

    Raises:
        DatabaseLocked: another process holds it.
    """
    with engine.connect() as connection:
        got = connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": ADVISORY_KEY}).scalar()
        connection.commit()
        if not got:
            raise DatabaseLocked(f"{where}: in use by another zmpwatch")
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": ADVISORY_KEY})
            connection.commit()

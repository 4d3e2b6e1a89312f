"""Backups of a SQLite history: taken while others write, proven before they replace the one before.

A backup is a database file with a folder ``archive`` beside it. The database is copied by SQLite itself as it stands
at one moment; the archive is completed with the pages the copy cites, by hard link where both lie on one file system
(an archived file is never written again, only removed), by copy elsewhere. Then the copy is checked like the original:
database, chain, archive. Only then it takes the name of the backup before; killed at any moment, the old one stays.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from zmpwatch.errors import ArchiveError, StoreError
from zmpwatch.store.archive import Archive, sync_folder
from zmpwatch.store.chain import Head, hash_at
from zmpwatch.store.integrity import Integrity
from zmpwatch.store.lock import exclusive_on_file

STEP = 8_192
"""Pages copied in one step: 32 MB, a fraction of a second on most disks."""

PAUSE = 0.01
"""Seconds between two steps, for commits that wait."""

RESTARTS = 5
"""How often the copy may be begun anew before it is made in one step."""

__all__ = ["Backup", "complete_archive", "copy_database", "only_one", "replace_backup", "rewritten"]


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup as it was proven: `pages` were new in its archive, `bytes` is the size of its database."""

    path: Path
    found: Integrity
    pages: int
    bytes: int


@contextmanager
def only_one(target: Path) -> Iterator[Path]:
    """Yield the name under which the new backup is made; nobody else makes one there meanwhile.

    What a killed backup left is removed before, what this one leaves after.

    Raises:
        DatabaseLocked: another process is making a backup there.
        StoreError: the folder can't be made or written.
    """
    partial = target.with_name(target.name + ".partial")
    files = [partial.with_name(partial.name + ending) for ending in ("", "-journal", "-wal", "-shm")]
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{target.parent}: can't be made: {error.strerror}") from error
    with exclusive_on_file(target):
        try:
            _remove(files)
            partial.touch(mode=0o600)
            yield partial
        finally:
            _remove(files)


def _remove(files: list[Path]) -> None:
    for file in files:
        file.unlink(missing_ok=True)


def copy_database(connection: Connection, partial: Path) -> None:
    """Copy the database as it stands at one moment; what is committed after that is not in it.

    With a rollback journal commits may come between two steps, so that no copy, however long it takes, keeps a crawl
    waiting; SQLite then begins anew. Where too many come, it is copied in one step, and a commit waits for its end.

    Raises:
        StoreError: the copy can't be written.
    """
    source = connection.connection.driver_connection
    if not isinstance(source, sqlite3.Connection):
        raise StoreError("only a SQLite database is backed up by zmpwatch")
    try:
        with closing(sqlite3.connect(partial)) as copy:
            try:
                in_steps = source.execute("PRAGMA journal_mode").fetchone()[0] != "wal"
                source.backup(copy, pages=STEP if in_steps else -1, progress=_Restarts(), sleep=PAUSE)
            except _TooOften:
                source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        _sync(partial)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{partial}: can't be written: {error}") from error


class _TooOften(Exception):
    """The copy was begun anew too often."""


class _Restarts:
    """Told after each step of a copy; gives up when it was begun anew too often."""

    def __init__(self) -> None:
        self._left: int | None = None
        self._begun = 0

    def __call__(self, status: int, remaining: int, total: int) -> None:  # noqa: ARG002 - as sqlite3 calls it
        if self._left is not None and remaining >= self._left:
            self._begun += 1
            if self._begun > RESTARTS:
                raise _TooOften
        self._left = remaining


def complete_archive(source: Archive, target: Archive, cited: list[str], gone: list[str]) -> int:
    """Bring the pages the copy cites into its archive, and take out what was taken down; return how many came.

    Raises:
        ArchiveError: a page is missing in the source, or can't be written.
    """
    came = 0
    for sha256 in cited:
        path = target.path(sha256)
        try:
            if _has_whole(source.path(sha256), path):
                continue
            target.make_folder(path.parent)
            _link_or_copy(source.path(sha256), path)
        except FileNotFoundError as error:
            raise ArchiveError(f"{source.path(sha256)}: missing from the archive") from error
        except OSError as error:
            raise ArchiveError(f"{path}: can't be written: {error.strerror or error}") from error
        came += 1
    for sha256 in gone:
        target.remove(sha256)
    return came


def _has_whole(source: Path, target: Path) -> bool:
    """Whether the backup has a page by name and size; what it holds is read when all is checked."""
    try:
        there = target.stat()
    except FileNotFoundError:
        return False
    try:
        return there.st_size == source.stat().st_size
    except FileNotFoundError:
        return True  # lost here, and all the more worth keeping there


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        if source.exists():
            target.unlink(missing_ok=True)
        target.hardlink_to(source)
    except FileNotFoundError:
        raise
    except OSError:  # another file system, or one without hard links
        partial = target.with_name(f".new-{target.name}")
        shutil.copyfile(source, partial)
        _sync(partial)
        partial.replace(target)
    sync_folder(target.parent)


def replace_backup(partial: Path, target: Path) -> None:
    """Give the proven copy the name of the backup; the old one is gone at the same moment.

    Raises:
        StoreError: it can't be renamed.
    """
    try:
        partial.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise StoreError(f"{target}: can't be replaced: {error.strerror}") from error


def rewritten(connection: Connection, before: Head) -> bool:
    """Return whether a chain no longer holds the head it once had: its history was rewritten or cut off."""
    return before.seq > 0 and hash_at(connection, before.seq) != before.hash


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

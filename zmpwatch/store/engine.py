"""The engine: connection settings of SQLite, transactions, and errors in our own words."""

from __future__ import annotations

import logging
import sqlite3
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from zmpwatch.errors import DatabaseLocked, StoreError

__all__ = ["TRIES", "Journal", "choose_journal", "open_engine", "parse_url", "reading", "set_journal", "writing"]

logger = logging.getLogger(__name__)

WRITE_KEY = zlib.crc32(b"zmpwatch write")
"""The advisory lock of PostgreSQL that a writing transaction holds."""

TRIES = 6
"""How often a lock is tried for on SQLite before it is given up."""

LEAST_SQLITE = (3, 37, 0)
"""The first SQLite with STRICT tables."""

WAL_BUG = ((3, 7, 0), (3, 51, 2))
WAL_BUG_FIXED_WITHIN = frozenset({(3, 50, 7)})
"""Between these versions (both included) a checkpoint can corrupt a WAL database (docs/faults.md 99)."""

_LOCKED = {"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL"}
_SAID = {
    "SQLITE_FULL": "the disk is full; nothing of this transaction was kept",
    "SQLITE_NOTADB": "is not a SQLite database",
    "SQLITE_CORRUPT": "the database is damaged; restore a backup",
    "SQLITE_READONLY": "can't be written (no rights, or a read-only file system)",
    "SQLITE_CANTOPEN": "can't be opened (no rights, or the folder is missing)",
    "SQLITE_IOERR": "the disk refused to read or write",
}


@dataclass(frozen=True, slots=True)
class Journal:
    """The journal mode a database is run in, and why."""

    mode: str
    reason: str


def choose_journal(version: tuple[int, int, int]) -> Journal:
    """Return WAL where this version of the SQLite library is safe with it, DELETE elsewhere (docs/faults.md 99)."""
    name = ".".join(map(str, version))
    first, last = WAL_BUG
    if first <= version <= last and version not in WAL_BUG_FIXED_WITHIN:
        return Journal(
            "delete",
            f"SQLite {name} can corrupt a WAL database (versions {'.'.join(map(str, first))} to "
            f"{'.'.join(map(str, last))} but 3.50.7); a rollback journal is safe",
        )
    return Journal("wal", f"SQLite {name} is safe with WAL: readers and the writer do not wait for each other")


def parse_url(url: str) -> tuple[URL, Path | None]:
    """Return the parsed URL, and the file of a SQLite database (None on a server).

    Raises:
        StoreError: the URL is malformed, of an unknown kind, or names a SQLite database in memory.
    """
    try:
        parsed = make_url(url)
        parsed.get_dialect()
    except (ArgumentError, NoSuchModuleError) as error:
        # neither the URL nor the library's words about it may be shown: they hold the password
        kind = url.partition("://")[0] if "://" in url else "it"
        raise StoreError(f"the key database is no database URL that can be used: {kind[:40]!r}") from error
    if parsed.get_backend_name() != "sqlite":
        return parsed, None
    if parsed.database in {None, "", ":memory:"} or str(parsed.database).startswith("file:"):
        raise StoreError(f"{url!r}: the history needs a file, as in sqlite:///var/zmpwatch.db")
    return parsed, Path(str(parsed.database))


def open_engine(url: URL, *, busy_timeout: float) -> Engine:
    """Return an engine whose errors are `StoreError`s and whose transactions begin where we say.

    `busy_timeout` is how long one try to get a lock takes, in seconds; on SQLite `TRIES` are made: with a rollback
    journal whoever reads for long (an analyst's own query) keeps commits waiting, and those keep new readers waiting.
    Nothing is read or written yet.

    Raises:
        StoreError: the driver for this kind of database is not installed, or the SQLite library is too old.
    """
    where = url.render_as_string(hide_password=True)
    sqlite = url.get_backend_name() == "sqlite"
    if sqlite:
        where = str(url.database)
        if sqlite3.sqlite_version_info < LEAST_SQLITE:
            raise StoreError(f"{where}: SQLite {sqlite3.sqlite_version} is too old; 3.37 or newer is needed")
    try:
        # a server may have been restarted since a connection was last used
        engine = create_engine(
            url, connect_args={"timeout": TRIES * busy_timeout} if sqlite else {}, pool_pre_ping=not sqlite
        )
    except ImportError as error:
        raise StoreError(f"{where}: the driver is not installed: {error}") from error

    @event.listens_for(engine, "handle_error")
    def translate(context: ExceptionContext) -> None:
        if isinstance(context.original_exception, Exception) and not context.is_pre_ping:  # not Ctrl-C
            raise _in_our_words(context.original_exception, where) from context.original_exception

    if sqlite:

        @event.listens_for(engine, "connect")
        def settle(connection: Any, record: Any) -> None:  # noqa: ARG001 - SQLAlchemy's event
            # sqlite3's own transaction handling would commit before DDL and begin late (SQLAlchemy docs, "SQLite")
            connection.isolation_level = None
            try:
                _settle_sqlite(connection)
            except sqlite3.Error as error:
                raise _in_our_words(error, where) from error

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            writes = _writes(connection)
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            # whoever writes tries several times, and says so in between; whoever reads can only wait
            raw.execute(f"PRAGMA busy_timeout={int(1000 * busy_timeout * (1 if writes else TRIES))}").close()
            if writes:
                _patiently(partial(connection.exec_driver_sql, "BEGIN IMMEDIATE"), where, busy_timeout)
            else:
                connection.exec_driver_sql("BEGIN")

        def commit(connection: Any) -> None:
            # SQLite keeps a transaction whose commit found a reader: it may be committed again
            _patiently(connection.commit, where, busy_timeout)

        engine.dialect.do_commit = commit  # type: ignore[assignment, method-assign]

    else:

        @event.listens_for(engine, "begin")
        def queue(connection: Connection) -> None:
            # one writer at a time, as on SQLite: rows are linked in the order of their ids (`zmpwatch.store.chain`)
            if _writes(connection):
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(busy_timeout * 1000)}")
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITE_KEY})")

    return engine


def _patiently(work: Callable[[], object], where: str, busy_timeout: float) -> None:
    """Do what needs a lock, `TRIES` times; each try waits for `busy_timeout` seconds."""
    for tried in range(1, TRIES + 1):
        try:
            work()
        except (DatabaseLocked, sqlite3.OperationalError) as error:
            if tried == TRIES or not (isinstance(error, DatabaseLocked) or _is_locked(error)):
                raise
            logger.warning(
                "%s: another process has read or written for %.0f s; waiting (up to %.0f s)",
                *(where, tried * busy_timeout, TRIES * busy_timeout),
            )
        else:
            return


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("zmpwatch_write", False))


def reading(engine: Engine) -> Connection:
    """Return a connection for reading: it never waits for another reader."""
    return engine.connect()


def writing(engine: Engine) -> Connection:
    """Return a connection whose transactions take the write lock at once, so that they can't fail half-way for it."""
    return engine.connect().execution_options(zmpwatch_write=True)


def set_journal(engine: Engine, journal: Journal) -> None:
    """Put the SQLite file into this journal mode, if it is in another; the mode is a property of the file.

    Raises:
        DatabaseLocked: somebody else has the database open in the other mode.
    """
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        try:
            found = cursor.execute("PRAGMA journal_mode").fetchone()[0]
            if found != journal.mode:
                found = cursor.execute(f"PRAGMA journal_mode={journal.mode}").fetchone()[0]
            if found != journal.mode:
                raise StoreError(f"{engine.url.database}: stays in journal mode {found}, {journal.mode} is needed")
        except sqlite3.Error as error:
            raise _in_our_words(error, str(engine.url.database)) from error
        finally:
            cursor.close()
    finally:
        raw.close()


def _settle_sqlite(connection: sqlite3.Connection) -> None:
    for pragma in (
        "foreign_keys=ON",
        # FULL in WAL mode; with a rollback journal also the journal's removal, which is the commit, reaches the disk
        "synchronous=EXTRA",
        "trusted_schema=OFF",
        "cell_size_check=ON",
        # so that INSERT OR REPLACE can't pass by the triggers that refuse DELETE
        "recursive_triggers=ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _in_our_words(error: BaseException, where: str) -> StoreError:
    """Translate a driver's error; the text is one line for the person at the terminal."""
    name = getattr(error, "sqlite_errorname", None)
    if name is None:
        return _of_server(error, where)
    base = "_".join(name.split("_")[:2])
    if _is_locked(error):
        return DatabaseLocked(f"{where}: locked by another process for too long ({name}); nothing was changed")
    said = _SAID.get(base)
    return StoreError(f"{where}: {said} ({name})" if said else f"{where}: {error} ({name})")


def _is_locked(error: BaseException) -> bool:
    name = getattr(error, "sqlite_errorname", None) or ""
    return "_".join(name.split("_")[:2]) in _LOCKED


def _of_server(error: BaseException, where: str) -> StoreError:
    """Translate by SQLSTATE (PostgreSQL): lock_not_available, deadlock and serialization failures are locks."""
    state = getattr(error, "sqlstate", None) or getattr(error, "pgcode", None)
    text = " ".join(str(error).split()) or type(error).__name__
    if state in {"55P03", "40P01", "40001"}:
        return DatabaseLocked(f"{where}: {text} ({state})")
    return StoreError(f"{where}: {text} ({state})" if state else f"{where}: {text}")

"""The store: one database, one archive."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, Engine, text

from zmpwatch.errors import StoreError
from zmpwatch.store.archive import Archive
from zmpwatch.store.engine import Journal, choose_journal, open_engine, parse_url, reading, set_journal, writing
from zmpwatch.store.lock import exclusive_on_file, exclusive_on_server
from zmpwatch.store.migrate import HEAD, bring_to_head
from zmpwatch.store.reader import Reader
from zmpwatch.store.writer import Writer

__all__ = ["Store"]


class Store(Reader):
    """The history: ask it directly, write it inside ``with store.write() as tx``. May be used from several threads.

    ::

        with Store.open("sqlite:///var/zmpwatch.db", Path("var/archive")) as store:
            with store.write() as tx:
                visit = tx.add_visit(...)
            store.count_belief("zmp")
    """

    def __init__(self, engine: Engine, archive: Archive, where: str, database: Path | None, journal: Journal) -> None:
        self.archive = archive
        self._engine = engine
        self._where = where
        self._database = database
        self._journal = journal

    @classmethod
    def open(cls, url: str, archive: Path, *, create: bool = True, busy_timeout: float = 10.0) -> Store:
        """Open the database, bring its schema up to date, and return the store.

        `busy_timeout` is how long to wait for another process's lock, in seconds. With `create` False a database that
        is not there is an error.

        Raises:
            DatabaseTooNew: a newer zmpwatch wrote it; it is left untouched.
            DatabaseLocked: another process holds it for longer than `busy_timeout`.
            StoreError: it can't be opened or made, or is something else.
        """
        parsed, database = parse_url(url)
        where = str(database) if database else parsed.render_as_string(hide_password=True)
        if database is not None:
            _make_place(database, create=create)
        engine = open_engine(parsed, busy_timeout=busy_timeout)
        try:
            bring_to_head(engine, where)
            journal = Journal("server", f"{engine.dialect.name} keeps its own log")
            if database is not None:
                journal = choose_journal(sqlite3.sqlite_version_info)
                set_journal(engine, journal)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, Archive(archive), where, database, journal)

    def close(self) -> None:
        """Close all connections; the store may not be used any more."""
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def write(self) -> Iterator[Writer]:
        """Open a transaction: kept when the block ends, undone when it raises.

        Raises:
            DatabaseLocked: another process writes for longer than `busy_timeout`; nothing was changed.
            StoreError: the database refused (disk full, damaged); nothing was changed.
        """
        with writing(self._engine) as connection, connection.begin():
            yield Writer(connection)

    def exclusive(self) -> AbstractContextManager[None]:
        """Keep other processes from crawling on this database while the block runs; readers are not kept out.

        Raises:
            DatabaseLocked: another process is in such a block.
        """
        if self._database is not None:
            return exclusive_on_file(self._database)
        return exclusive_on_server(self._engine, self._where)

    def describe(self) -> dict[str, str]:
        """Return what an operator wants to know: database, library, schema, journal mode and why it was chosen."""
        dialect = self._engine.dialect.name
        return {
            "database": self._where,
            "library": f"SQLite {sqlite3.sqlite_version}" if dialect == "sqlite" else dialect,
            "schema": HEAD,
            "journal_mode": self._journal.mode,
            "reason": self._journal.reason,
            "archive": str(self.archive.folder),
        }

    def check(self, *, thorough: bool = False) -> list[str]:
        """Return what is wrong with the database file, one line each; empty when nothing is.

        `thorough` also compares every index with its table (minutes on a large history).
        """
        if self._engine.dialect.name != "sqlite":
            return []
        with self._reading() as connection:
            found = connection.execute(text("PRAGMA integrity_check" if thorough else "PRAGMA quick_check")).scalars()
            problems = [line for line in found if line != "ok"]
            problems += [
                f"{row[0]} row {row[1]} points to a missing row of {row[2]}"
                for row in connection.execute(text("PRAGMA foreign_key_check"))
            ]
        return problems

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with reading(self._engine) as connection:
            yield connection


def _make_place(database: Path, *, create: bool) -> None:
    """See that the database's folder is there; SQLite makes the file itself.

    Raises:
        StoreError: there is no database and none shall be made, or its folder can't be made.
    """
    try:
        if database.exists():
            return
        if not create:
            raise StoreError(f"{database}: there is no database")
        database.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{database}: can't be made: {error.strerror}") from error

"""The store: one database, one archive."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from datetime import datetime, tzinfo
from pathlib import Path
from types import TracebackType
from typing import Literal

from sqlalchemy import Connection, Engine, text

from zmpwatch.errors import DatabaseLocked, StoreError
from zmpwatch.model.days import WARSAW
from zmpwatch.store.archive import Archive
from zmpwatch.store.backup import Backup, complete_archive, copy_database, only_one, replace_backup, rewritten
from zmpwatch.store.chain import Head, head_of
from zmpwatch.store.engine import Journal, choose_journal, open_engine, parse_url, reading, set_journal, writing
from zmpwatch.store.habits import SiteHabits, habits_since, requests_since
from zmpwatch.store.integrity import Integrity, check_archive, check_chain, check_triggers, cited_pages
from zmpwatch.store.lock import Lock, exclusive_on_file, exclusive_on_server
from zmpwatch.store.migrate import CHAINED_SINCE, HEAD, bring_to_head, current_revision
from zmpwatch.store.reader import Reader
from zmpwatch.store.records import Forgetting
from zmpwatch.store.takedown import removable
from zmpwatch.store.writer import Writer

__all__ = ["Store"]

logger = logging.getLogger(__name__)

COPIES = ("proof", "export")
"""What copies of the database are made for; see `Store.still`."""


class Store(Reader):
    """The history: ask it directly, write it inside ``with store.write() as tx``. May be used from several threads.

    ::

        with Store.open("sqlite:///var/zmpwatch.db", Path("var/archive")) as store:
            with store.write() as tx:
                visit = tx.add_visit(...)
            store.count_belief("zmp")
    """

    def __init__(
        self,
        engine: Engine,
        archive: Archive,
        where: str,
        database: Path | None,
        journal: Journal,
        zone: tzinfo = WARSAW,
    ) -> None:
        self.zone = zone
        self.archive = archive
        self._engine = engine
        self._where = where
        self._database = database
        self._journal = journal

    @classmethod
    def open(
        cls, url: str, archive: Path, *, create: bool = True, busy_timeout: float = 10.0, zone: tzinfo = WARSAW
    ) -> Store:
        """Open the database, bring its schema up to date, and return the store.

        `busy_timeout` is how long to wait for another process's lock, in seconds. With `create` False a database that
        is not there is an error. In `zone` a moment is a day.

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
        return cls(engine, Archive(archive), where, database, journal, zone)

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
            writer = Writer(connection, self.zone)
            yield writer
            writer.link()

    def exclusive(self) -> AbstractContextManager[Lock]:
        """Keep other processes from crawling on this database while the block runs; readers are not kept out.

        A block that runs for long makes sure of the lock it is given now and then (`Lock.renew`).

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

    def verify(self) -> Integrity:
        """Prove that the whole history is what was stored: database, triggers, chain, archive. Reads all of it.

        The first problem of the chain names the first bad row. Nothing is raised for damage: it is what is looked for.
        With a rollback journal a copy is proven, where one can be made: a reader that takes minutes would keep every
        visit from being stored.
        """
        with self.still("proof") as still:
            found = still._prove()
            found.problems = [problem.replace(still._where, self._where) for problem in found.problems]
            return found

    @contextmanager
    def still(self, purpose: Literal["proof", "export"]) -> Iterator[Store]:
        """Yield the history as it is now, for reading that may take its time: nobody waits for it to end.

        With a rollback journal that is a copy beside the database, where one can be made; a long reader of the database
        itself would keep every visit from being stored. `purpose` names the copy: there is one of each at a time.
        """
        with ExitStack() as stack:
            still = self
            if self._database is not None and self._journal.mode != "wal":
                try:
                    still = stack.enter_context(self._copied(self._database, purpose))
                except StoreError as error:
                    logger.warning("%s: read in its place, commits may have to wait: %s", self._where, error)
            yield still

    @contextmanager
    def _copied(self, database: Path, purpose: str) -> Iterator[Store]:
        with only_one(database.with_name(f"{database.name}.{purpose}")) as partial:
            with self._reading() as connection:
                copy_database(connection, partial)
            with Store.open(f"sqlite:///{partial}", self.archive.folder, create=False, zone=self.zone) as copy:
                yield copy

    def _sweep(self) -> None:
        """Remove copies that killed processes left (`still`): they hold words that are gone by now."""
        if self._database is None:
            return
        for purpose in COPIES:
            with suppress(DatabaseLocked), only_one(self._database.with_name(f"{self._database.name}.{purpose}")):
                """One that is being read removes its copy itself."""

    def _prove(self) -> Integrity:
        problems = []
        try:
            problems += self.check(thorough=True)
        except StoreError as error:
            problems.append(str(error))
        found = Integrity()
        try:
            with self._reading() as connection:
                problems += check_triggers(connection)
                found = check_chain(connection)
                found.archived, missing = check_archive(connection, self.archive)
                found.problems += missing
        except StoreError as error:
            problems.append(str(error))
        found.problems = problems + found.problems
        return found

    def habits(self, since: datetime) -> dict[str, SiteHabits]:
        """Return what every site has done in the visits since, by name."""
        with self._reading() as connection:
            return habits_since(connection, since)

    def requests_since(self, since: datetime) -> int:
        """Return how many requests visits of all kinds have sent since."""
        with self._reading() as connection:
            return requests_since(connection, since)

    def head(self) -> Head:
        """Return the end of the hash chain: noted elsewhere, it shows later whether history was rewritten."""
        with self._reading() as connection:
            return head_of(connection)

    def forget(self, url: str, reason: str, now: datetime) -> Forgetting:
        """Take a page down: remove its archived bytes and all words quoted from it; facts and a tombstone stay.

        May be repeated: after a crash between database and archive the second call removes what was left.

        Raises:
            StoreError: nothing in the history came from this address, or the database refused.
            ArchiveError: the words are gone, but bytes could not be removed.
        """
        with self.write() as tx:
            takedown, quotes = tx.take_down(url, reason, now)
            if not takedown:
                raise StoreError(f"{url}: nothing in the history came from this address")
        with self._reading() as connection:
            free, needed = removable(connection, takedown.hashes)
        removed = [sha256 for sha256 in free if self.archive.remove(sha256)]
        self._sweep()
        return Forgetting(url, len(takedown.snapshots), quotes, tuple(removed), needed)

    def back_up(self, target: Path) -> Backup:
        """Write a backup while others may write; return what was proven of it.

        The old backup stays until the new one is checked. It also stays when it shows that history was rewritten since:
        then one of the two is not what was stored, and a person must look.

        Raises:
            DatabaseLocked: another process is making a backup there.
            StoreError: this is no SQLite database, something is wrong with the history, or the copy can't be written.
            ArchiveError: an archived page is missing, or can't be copied.
        """
        if self._database is None:
            raise StoreError(
                f"{self._where}: back up a server's database with its own tools (pg_dump), and the archive"
            )
        if target.exists() and self._database.exists() and target.samefile(self._database):
            raise StoreError(f"{target}: is the database itself")
        archive = Archive(target.parent / "archive")
        if archive.folder.resolve() == self.archive.folder.resolve():
            raise StoreError(f"{archive.folder}: is the archive itself; put the backup into a folder of its own")
        with only_one(target) as partial:
            with self._reading() as connection:
                copy_database(connection, partial)
            with Store.open(f"sqlite:///{partial}", archive.folder, create=False) as copy:
                with copy._reading() as connection:
                    cited, gone = cited_pages(connection)
                    if target.exists():
                        _refuse_rewritten(connection, target)
                pages = complete_archive(self.archive, archive, sorted(cited), sorted(gone))
                found = copy._prove()
            if found.problems:
                more = f" (and {len(found.problems) - 1} more)" if len(found.problems) > 1 else ""
                raise StoreError(f"{self._where}: not backed up: {found.problems[0]}{more}")
            size = partial.stat().st_size
            replace_backup(partial, target)
        return Backup(target, found, pages, size)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with reading(self._engine) as connection:
            yield connection


def _refuse_rewritten(connection: Connection, target: Path) -> None:
    """See that the chain still holds the head of the backup before.

    Raises:
        StoreError: it does not.
    """
    url = parse_url(f"sqlite:///{target}")[0]
    engine = open_engine(url, busy_timeout=1.0)
    try:
        with reading(engine) as before:
            head = head_of(before) if current_revision(before) in CHAINED_SINCE else None
    finally:
        engine.dispose()
    if head is not None and rewritten(connection, head):
        raise StoreError(
            f"{target}: kept: its head {head} is not in the chain any more, so history was rewritten or cut off since; "
            "compare the two before you move it away"
        )


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

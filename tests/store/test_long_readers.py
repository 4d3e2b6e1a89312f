"""Whoever reads for long keeps nobody from storing visits: two processes on one file."""

from __future__ import annotations

import logging
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from waiting import wait_until

from zmpwatch.service.exporting import export
from zmpwatch.store import Store, backup
from zmpwatch.store.engine import TRIES
from zmpwatch.store.reader import Reader

from .factories import store_visit, visit
from .processes import start

NOW = datetime(2025, 3, 7, 12, tzinfo=UTC)
IMPATIENT = "900"
"""Milliseconds a writer waits for a lock before it gives a visit up."""
LONG = 2.5
"""Seconds: longer than that."""


@contextmanager
def writing_meanwhile(database: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that stores visits and gives up when it has to wait."""
    child = start("write_impatiently", database, IMPATIENT)
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        yield child
    finally:
        if child.poll() is None:
            child.kill()
        child.wait()


def stored_by(child: subprocess.Popen[str]) -> int:
    said, _ = child.communicate(timeout=30)
    assert said.strip().isdecimal(), f"a visit was refused: {said}"
    return int(said)


def test_an_export_that_takes_long_refuses_no_visit(
    store: Store, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        store_visit(store, number)
    real = Reader.views

    def slowly(reader: Reader, wanted: Mapping[str, Sequence[str]]) -> dict[str, list[tuple[Any, ...]]]:
        """As on a slow disk: the read transaction stays open."""
        with reader._reading() as connection:
            connection.exec_driver_sql("SELECT COUNT(*) FROM visits").scalar()
            time.sleep(LONG)
            return real(reader, wanted)

    monkeypatch.setattr(Reader, "views", slowly)
    with writing_meanwhile(database) as child:
        written = export(store, "jsonl", tmp_path / "export", "zmp", NOW)
        assert stored_by(child) > 1
    assert written[tmp_path / "export" / "v_visits.jsonl"] >= 3
    assert not list(database.parent.glob("*.partial*")), "the copy is gone"
    assert store.check() == []


def test_a_backup_that_takes_long_refuses_no_visit(
    store: Store, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        store_visit(store, number)
    # a page at a time, with more pauses than a writer has patience for
    monkeypatch.setattr(backup, "STEP", 1)
    monkeypatch.setattr(backup, "PAUSE", 0.02)
    monkeypatch.setattr(backup, "RESTARTS", 1_000_000)
    pages = sqlite3.connect(database).execute("PRAGMA page_count").fetchone()[0]
    assert pages * backup.PAUSE > int(IMPATIENT) / 1000
    with writing_meanwhile(database) as child:
        wait_until(lambda: len(store.visits(limit=10)) > 4, what="visits are stored meanwhile")
        monkeypatch.setattr(backup, "RESTARTS", 30)
        made = store.back_up(tmp_path / "elsewhere" / "zmpwatch.db")
        assert stored_by(child) > 1
    with Store.open(f"sqlite:///{made.path}", made.path.parent / "archive", create=False) as copy:
        assert len(copy.visits(limit=1_000)) >= 3
        assert copy.check(thorough=True) == []


def test_a_commit_waits_for_a_reader_and_says_so(
    store: Store, database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    if store.describe()["journal_mode"] == "wal":
        pytest.skip("readers and the writer do not wait for each other")
    reader = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM visits").fetchall()
    threading.Timer(0.6, lambda: reader.execute("ROLLBACK")).start()
    url = f"sqlite:///{database}"
    with (
        caplog.at_level(logging.WARNING, "zmpwatch.store"),
        Store.open(url, store.archive.folder, busy_timeout=2 / TRIES) as patient,
    ):
        with patient.write() as tx:
            tx.add_visit(visit(cycle="late"))
        assert [one.cycle for one in patient.visits()] == ["late"]
    reader.close()
    assert any("another process has read or written for" in line for line in caplog.messages)


def refuses_readers(database: Path) -> bool:
    with closing(sqlite3.connect(database, timeout=0)) as another:
        try:
            another.execute("SELECT * FROM visits").fetchall()
        except sqlite3.OperationalError as error:
            return error.sqlite_errorname == "SQLITE_BUSY"
    return False


def test_one_that_asks_waits_for_a_commit_that_waits(store: Store, database: Path) -> None:
    """A commit that waits for a reader lets no new readers in: they wait as long as it does."""
    if store.describe()["journal_mode"] == "wal":
        pytest.skip("readers and the writer do not wait for each other")
    reader = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM visits").fetchall()
    with Store.open(f"sqlite:///{database}", store.archive.folder, busy_timeout=0.5) as other:

        def write() -> None:
            with other.write() as tx:
                tx.add_visit(visit(cycle="late"))

        writer = threading.Thread(target=write)
        writer.start()
        wait_until(lambda: refuses_readers(database), what="the commit waits")
        threading.Timer(0.8, lambda: reader.execute("ROLLBACK")).start()
        assert [one.cycle for one in other.visits()] == ["late"]
        writer.join()
    reader.close()


def test_a_takedown_removes_copies_that_killed_processes_left(store: Store, database: Path) -> None:
    store_visit(store, 1)
    left = database.with_name(f"{database.name}.export.partial")
    left.write_bytes(database.read_bytes())
    (snapshot,) = store.snapshots()
    store.forget(snapshot.url, "asked for", NOW)
    assert not left.exists()

"""What can go wrong around a database, and what is said then."""

import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from zmpwatch.errors import DatabaseLocked, StoreError
from zmpwatch.store import Store
from zmpwatch.store import store as store_module
from zmpwatch.store.engine import Journal, choose_journal

from .factories import count, store_page, visit
from .processes import run, start


def open_quickly(database: Path) -> Store:
    return Store.open(f"sqlite:///{database}", database.with_name("archive"), busy_timeout=0.1)


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 6, 23), "wal"),
        ((3, 7, 0), "delete"),
        ((3, 40, 1), "delete"),
        ((3, 50, 6), "delete"),
        ((3, 50, 7), "wal"),
        ((3, 51, 2), "delete"),
        ((3, 51, 3), "wal"),
        ((3, 52, 0), "wal"),
    ],
)
def test_wal_only_where_the_library_is_safe(version: tuple[int, int, int], mode: str) -> None:
    journal = choose_journal(version)
    assert journal.mode == mode
    assert ".".join(map(str, version)) in journal.reason


@pytest.mark.sqlite_only
def test_settings_of_every_connection(store: Store) -> None:
    wanted = {
        "journal_mode": choose_journal(sqlite3.sqlite_version_info).mode,
        "synchronous": 3,
        "foreign_keys": 1,
        "busy_timeout": 60_000,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "recursive_triggers": 1,
    }
    with store._engine.connect() as one, store._engine.connect() as two:
        for connection in (one, two):
            assert {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted} == wanted
    described = store.describe()
    assert described["journal_mode"] == wanted["journal_mode"]
    assert sqlite3.sqlite_version in described["reason"]


def test_the_journal_mode_follows_the_library(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for mode in ("wal", "delete"):
        monkeypatch.setattr(store_module, "choose_journal", lambda version, mode=mode: Journal(mode, "a test"))
        with open_quickly(database) as store:
            with store.write() as tx:
                tx.add_visit(visit())
            with store._engine.connect() as connection:
                assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == mode
    assert not database.with_name(database.name + "-wal").exists()


def test_a_failure_in_the_middle_undoes_the_whole_transaction(store: Store) -> None:
    with pytest.raises(KeyError), store.write() as tx:  # noqa: PT012 - raised within
        store_page(tx, [count()])
        assert len(tx.visits()) == 1
        raise KeyError
    assert (store.visits(), store.count_statements(), store.snapshots()) == ([], [], [])
    assert store.check(thorough=True) == []


def test_a_row_that_points_nowhere_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match=r"(?i)foreign key"), store.write() as tx:
        tx.add_sighting(999, 999, visit().started, True)
    assert store.check() == []


def test_a_locked_database_is_told_and_unharmed(store: Store, database: Path) -> None:
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(DatabaseLocked, match=rf"{database}: locked by another process"):
        open_quickly(database)
    other.execute("ROLLBACK")
    with open_quickly(database) as hasty:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseLocked), hasty.write() as tx:
            tx.add_visit(visit())
        assert hasty.visits() == [], "reading goes on"
        other.execute("ROLLBACK")
        with hasty.write() as tx:
            tx.add_visit(visit())
        assert len(hasty.visits()) == 1
    other.close()


def test_a_commit_that_a_reader_keeps_waiting_is_told_and_can_be_repeated(store: Store, database: Path) -> None:
    with store.write() as tx:
        tx.add_visit(visit(cycle="before"))
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT * FROM visits").fetchall()
    with open_quickly(database) as hasty:
        if hasty.describe()["journal_mode"] == "delete":
            with pytest.raises(DatabaseLocked, match="nothing was changed"), hasty.write() as tx:
                tx.add_visit(visit(cycle="too early"))
        other.execute("ROLLBACK")
        with hasty.write() as tx:
            tx.add_visit(visit(cycle="after"))
        assert [one.cycle for one in hasty.visits()] == ["after", "before"]
    other.close()


def test_writers_wait_for_each_other(store: Store) -> None:
    """Threads, each with its own transaction that reads before it writes: none fails half-way for a lock."""
    failed: list[StoreError] = []

    def write() -> None:
        try:
            for _ in range(5):
                with store.write() as tx:
                    seen = len(tx.visits(limit=1_000))
                    tx.add_visit(visit(cycle=str(seen)))
        except StoreError as error:
            failed.append(error)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(int(one.cycle) for one in store.visits(limit=1_000)) == list(range(20))


@pytest.mark.sqlite_only
def test_a_full_disk_stops_cleanly_and_work_resumes(store: Store) -> None:
    with store.write() as tx:
        tx.add_visit(visit(cycle="before"))
    limit = {"pages": 0}

    @event.listens_for(store._engine, "checkout")
    def shrink(connection: sqlite3.Connection, record: object, proxy: object) -> None:
        connection.execute(f"PRAGMA max_page_count={limit['pages'] or 1_000_000}")

    limit["pages"] = 1  # SQLite takes the present size for the least
    with pytest.raises(StoreError, match="the disk is full; nothing of this"), store.write() as tx:  # noqa: PT012 - raised within
        for number in range(1_000):
            tx.add_visit(visit(cycle=f"full {number}"))
    assert [one.cycle for one in store.visits()] == ["before"]
    assert store.check(thorough=True) == []
    limit["pages"] = 0
    with store.write() as tx:
        tx.add_visit(visit(cycle="after"))
    assert [one.cycle for one in store.visits()] == ["after", "before"]


def test_a_file_that_is_no_database(database: Path) -> None:
    database.write_text("To nie jest baza danych, tylko zwykły plik tekstowy.\n" * 100)
    before = database.read_bytes()
    with pytest.raises(StoreError, match=rf"{database}: is not a SQLite database"):
        open_quickly(database)
    assert database.read_bytes() == before


def test_a_damaged_database_is_told(store: Store, database: Path) -> None:
    with store.write() as tx:
        store_page(tx, [count(number) for number in range(500)])
    store.close()
    with database.open("r+b") as file:
        size = 4096
        for number in range(1, database.stat().st_size // size):
            file.seek(number * size)
            file.write(b"\xff" * 64)
    with pytest.raises(StoreError, match=rf"{database}: the database is damaged"), open_quickly(database) as damaged:
        damaged.count_statements()


def test_check_names_what_is_wrong(store: Store, database: Path) -> None:
    raw = sqlite3.connect(database, isolation_level=None)
    raw.execute(
        "INSERT INTO sightings (snapshot_id, visit_id, seen_at, fresh) VALUES (9, 9, '2025-03-07T12:00:00.000000Z', 1)"
    )
    raw.close()
    assert store.check() == [
        "sightings row 1 points to a missing row of visits",
        "sightings row 1 points to a missing row of snapshots",
    ]


@pytest.mark.parametrize("place", ["file/zmpwatch.db", "folder"])
def test_a_place_where_no_database_can_be(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError, match=rf"{tmp_path / place}: can't be (made|opened)"):
        open_quickly(tmp_path / place)


def test_a_database_that_must_be_there(database: Path) -> None:
    with pytest.raises(StoreError, match=rf"{database}: there is no database"):
        Store.open(f"sqlite:///{database}", database.with_name("archive"), create=False)
    assert list(database.parent.iterdir()) == []


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder every user can reach (pytest's own is closed to others)."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_a_folder_that_can_not_be_written(public: Path) -> None:
    """As a user without rights: root may write everywhere."""
    public.chmod(0o555)
    database = public / "zmpwatch.db"
    status, said = run("tell_error", database)
    assert status == 0
    assert said.startswith(f"StoreError: {database}: can't be opened (no rights")
    assert list(public.iterdir()) == []


def test_a_database_that_can_not_be_written(public: Path) -> None:
    database = public / "zmpwatch.db"
    open_quickly(database).close()
    database.chmod(0o444)
    public.chmod(0o555)
    status, said = run("tell_error", database)
    assert status == 0
    assert said.startswith(f"StoreError: {database}: can't be written (no rights")


def test_a_password_is_in_no_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as told:
        Store.open("postgresql+nodriver://zmp:GEHEIM@localhost/zmp", tmp_path)
    assert "GEHEIM" not in str(told.value)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("var/zmpwatch.db", "is no database URL"),
        ("nonsense:///x", "is no database URL"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
    ],
)
def test_urls_that_can_not_be_used(tmp_path: Path, url: str, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        Store.open(url, tmp_path / "archive")


def test_passwords_are_not_shown(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        Store.open("postgresql://zmp:tajne@127.0.0.1:1/zmp", tmp_path / "archive")
    assert "tajne" not in str(caught.value)


def test_one_crawl_at_a_time(store: Store, database: Path) -> None:
    holder = start("hold_lock", database)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    in_use = rf"{database}: in use by another zmpwatch \(process {holder.pid}\)"
    with pytest.raises(DatabaseLocked, match=in_use), store.exclusive():
        pass
    with store.write() as tx:
        tx.add_visit(visit())
    holder.kill()
    holder.communicate(timeout=60)
    with store.exclusive(), pytest.raises(DatabaseLocked), store.exclusive():
        pass
    with store.exclusive():
        pass

"""Power cuts and failing writes, on a simulated disk; `bench/power_cuts.py` has the large run."""

from collections.abc import Iterator
from itertools import count as numbers
from pathlib import Path
from random import Random

import apsw
import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from zmpwatch.errors import StoreError, ZmpwatchError
from zmpwatch.store import Store

from .disk import Cut, Disk, connect, put_down, record, run, what_is_wrong
from .factories import HALF_VISITS, store_visit

MODES = {"delete": "EXTRA", "wal": "FULL"}
CUTS = 25
VISITS = 12

Recorded = tuple[list[str], list[list[str]]]
NAMES = numbers()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("recorded")


@pytest.fixture(scope="module")
def recorded(folder: Path) -> Recorded:
    """The SQL of storing some visits."""
    return record(folder, [lambda store, number=number: store_visit(store, number) for number in range(1, VISITS + 1)])


@pytest.fixture
def disk() -> Iterator[Disk]:
    made = Disk(f"disk{next(NAMES)}")
    yield made
    made.unregister()


def cut_often(disk: Disk, recorded: Recorded, mode: str, synchronous: str, folder: Path, left: Path) -> list[str]:
    schema, scripts = recorded
    connection = connect(disk, mode, synchronous)
    run(connection, schema)
    begin = len(disk.log)
    for number, script in enumerate(scripts, 1):
        run(connection, script)
        disk.log.append(("acknowledged", number))
    chance = Random(20250307)
    moments = sorted(chance.sample(range(begin, len(disk.log)), CUTS))
    cut = Cut(list(disk.log), chance)
    connection.close()
    problems = []
    for moment in moments:
        cut.forward(moment)
        try:
            problems += what_is_wrong(put_down(left, cut.left()), folder / "archive", cut.acknowledged)
        except ZmpwatchError as error:
            problems.append(str(error))
    return problems


@pytest.mark.parametrize("mode", MODES)
def test_power_cuts_lose_nothing(disk: Disk, recorded: Recorded, mode: str, folder: Path, tmp_path: Path) -> None:
    assert cut_often(disk, recorded, mode, MODES[mode], folder, tmp_path) == []


def test_the_simulation_shows_what_a_database_without_syncing_loses(
    disk: Disk, recorded: Recorded, folder: Path, tmp_path: Path
) -> None:
    assert cut_often(disk, recorded, "delete", "OFF", folder, tmp_path) != []
    assert disk.syncs == 0


@pytest.mark.parametrize("mode", MODES)
def test_whichever_write_fails_nothing_is_torn_and_work_goes_on(
    recorded: Recorded, mode: str, folder: Path, tmp_path: Path
) -> None:
    """Two visits are there, the write of the third fails at its k-th operation on the disk, for every k."""
    schema, (first, second, third, *_) = recorded
    failing = 0
    while True:
        failing += 1
        disk = Disk(f"disk{next(NAMES)}")
        connection = connect(disk, mode, MODES[mode])
        for script in (schema, first, second):
            run(connection, script)
        disk.fail_at = disk.writes + failing
        try:
            run(connection, third)
        except apsw.Error:
            disk.fail_at = 0
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            failed = True
        else:
            failed = False
        disk.fail_at = 0
        there = connection.execute("SELECT count(*) FROM visits").get
        assert there == (2 if failed else 3), failing
        if failed:
            run(connection, third)
        connection.close()
        left = {name: bytes(disk.files[number]) for name, number in disk.names.items()}
        assert what_is_wrong(put_down(tmp_path, left), folder / "archive", 3) == [], failing
        disk.unregister()
        if not failed:
            break
    assert failing > (60 if mode == "delete" else 30)


def test_whichever_statement_fails_the_store_undoes_all_and_work_goes_on(store: Store, database: Path) -> None:
    """The same with the real store: the k-th statement of a visit's transaction fails, its commit included."""
    store_visit(store, 1)
    before = store.head()
    seen = 0
    failing = 0

    @event.listens_for(store._engine, "before_cursor_execute")
    def fail(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == failing:
            raise StoreError("disk I/O error")

    while True:
        failing += 1
        seen = 0
        try:
            store_visit(store, 2)
        except StoreError:
            failing_now, failing = failing, 0
            assert store.head() == before
            assert len(store.visits()) == 1
            failing = failing_now
        else:
            break
    failing = 0
    assert seen > 15
    assert store.verify().problems == []
    with store._engine.connect() as connection:
        assert connection.exec_driver_sql(HALF_VISITS).all() == []


def test_a_commit_that_fails_is_undone(store: Store) -> None:
    store_visit(store, 1)
    before = store.head()

    @event.listens_for(store._engine, "commit")
    def fail(_: object) -> None:
        raise OperationalError("COMMIT", {}, Exception("disk I/O error"))

    with pytest.raises(OperationalError):
        store_visit(store, 2)
    event.remove(store._engine, "commit", fail)
    assert store.head() == before
    store_visit(store, 2)
    assert store.verify().problems == []

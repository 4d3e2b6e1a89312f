"""The lock of a watch that is lost while it runs: taken again, or the watch ends."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from service.world import World
from sqlalchemy import Engine, create_engine, text
from waiting import wait_until

from zmpwatch.errors import DatabaseLocked
from zmpwatch.store import Store
from zmpwatch.store.lock import ADVISORY_KEY

from .conftest import Start
from .daemons import Watch

HOLDER = f"SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = {ADVISORY_KEY} AND granted"
OFTEN = {"WATCHDOG_USEC": "1000000"}
"""The service manager wants a sign of life twice a second: so often the watch makes sure of its lock."""


@pytest.fixture
def server(database_url: str) -> Iterator[Engine]:
    engine = create_engine(database_url, isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


def asked(server: Engine, sql: str) -> Any:
    with server.connect() as connection:
        return connection.execute(text(sql)).scalar()


def end_connection(server: Engine) -> int:
    """End the connection that holds the lock, as a restart of the server or a broken network does."""
    holder: int = asked(server, HOLDER)
    assert asked(server, f"SELECT pg_terminate_backend({holder})")
    return holder


@contextmanager
def in_line(server: Engine) -> Iterator[None]:
    """Another process waits for the lock, has it the moment it is free, and gives it back when the block ends."""
    done = threading.Event()

    def wait() -> None:
        with server.connect() as connection:
            connection.execute(text(f"SELECT pg_advisory_lock({ADVISORY_KEY})"))
            done.wait(120)
            connection.execute(text(f"SELECT pg_advisory_unlock({ADVISORY_KEY})"))

    other = threading.Thread(target=wait)
    other.start()
    try:
        wait_until(lambda: asked(server, "SELECT count(*) FROM pg_locks WHERE NOT granted") == 1)
        yield
    finally:
        done.set()
        other.join()


@pytest.fixture
def watch(world: World, start: Start, database_url: str) -> Callable[[], Watch]:
    def started() -> Watch:
        world.more["database"] = database_url
        made = start(env=OFTEN)
        made.cycles()
        return made

    return started


@pytest.mark.postgresql_only
def test_a_lock_that_was_lost_is_taken_again(watch: Callable[[], Watch], server: Engine) -> None:
    running = watch()
    before = end_connection(server)
    wait_until(lambda: "the lock on the database was lost, and is ours again" in running.said)
    assert asked(server, HOLDER) not in {None, before}
    running.cycles()
    assert running.end()[0] == 0
    assert asked(server, HOLDER) is None


@pytest.mark.postgresql_only
def test_a_watch_whose_lock_another_has_taken_ends(watch: Callable[[], Watch], server: Engine) -> None:
    running = watch()
    assert running.process is not None
    with in_line(server):
        end_connection(server)
        assert running.process.wait(timeout=60) == 3
    assert "the lock on the database was lost, and another zmpwatch has it now" in running.said
    assert "in use by another zmpwatch" in running.said
    assert "Traceback" not in running.said


@pytest.mark.postgresql_only
def test_a_lock_is_made_sure_of_on_a_server(database_url: str, server: Engine, tmp_path: Path) -> None:
    with Store.open(database_url, tmp_path / "archive") as store, store.exclusive() as lock:
        assert not lock.renew()
        end_connection(server)
        assert lock.renew()
        assert not lock.renew()
        with in_line(server):
            end_connection(server)
            with pytest.raises(DatabaseLocked, match="in use by another zmpwatch"):
                lock.renew()
        assert lock.renew(), "the other is gone"


@pytest.mark.sqlite_only
def test_a_lock_file_that_was_removed_is_made_again_unless_another_was_faster(
    database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "zmpwatch.db.lock"
    with Store.open(database_url, tmp_path / "archive") as store:
        with store.exclusive() as lock:
            assert not lock.renew()
            file.unlink()
            assert lock.renew()
            with pytest.raises(DatabaseLocked), store.exclusive():
                pass
            file.unlink()
            with store.exclusive(), pytest.raises(DatabaseLocked, match="in use by another zmpwatch"):
                lock.renew()
            assert lock.renew()
        with store.exclusive():
            assert file.exists()

"""What is different on a PostgreSQL server: locks, restarts, neighbours in the same database."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from zmpwatch.errors import DatabaseLocked, DatabaseTooNew, StoreError
from zmpwatch.store import Store
from zmpwatch.store.migrate import HEAD, VERSION_TABLE

from .factories import store_visit, visit


@pytest.fixture
def url(postgresql: str) -> Iterator[str]:
    """A new database without any table."""
    admin = create_engine(postgresql, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE neighbours"))
    yield make_url(postgresql).set(database="neighbours").render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE neighbours WITH (FORCE)"))
    admin.dispose()


def ask(url: str, *statements: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_a_history_beside_the_tables_of_others(url: str, tmp_path: Path) -> None:
    ask(url, "CREATE TABLE cookies (host TEXT)", "CREATE TABLE alembic_version (version_num TEXT)")
    with Store.open(url, tmp_path / "archive") as store:
        store_visit(store, 1)
        assert store.verify().problems == []
        assert store.describe()["schema"] == HEAD
    ask(url, "INSERT INTO cookies VALUES ('x')")


def test_tables_of_our_names_that_are_not_ours(url: str, tmp_path: Path) -> None:
    ask(url, "CREATE TABLE visits (host TEXT)")
    with pytest.raises(StoreError, match=r"not one of zmpwatch \(it holds visits\)"):
        Store.open(url, tmp_path / "archive")


def test_a_newer_database_is_refused(url: str, tmp_path: Path) -> None:
    Store.open(url, tmp_path / "archive").close()
    ask(url, f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    with pytest.raises(DatabaseTooNew, match=f"newer zmpwatch.*9999.*{HEAD}"):
        Store.open(url, tmp_path / "archive")


def test_all_who_open_a_new_database_at_once_get_it(url: str, tmp_path: Path) -> None:
    failed: list[Exception] = []

    def open_it(number: int) -> None:
        try:
            with Store.open(url, tmp_path / "archive") as store, store.write() as tx:
                tx.add_visit(visit(cycle=str(number)))
        except StoreError as error:
            failed.append(error)

    threads = [threading.Thread(target=open_it, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with Store.open(url, tmp_path / "archive") as store:
        assert sorted(one.cycle for one in store.visits()) == ["0", "1", "2", "3"]


def test_one_writer_and_one_crawl_at_a_time(url: str, tmp_path: Path) -> None:
    with (
        Store.open(url, tmp_path / "archive") as one,
        Store.open(url, tmp_path / "archive", busy_timeout=0.2) as other,
    ):
        with one.write() as tx:
            tx.add_visit(visit(cycle="first"))
            with pytest.raises(DatabaseLocked, match="55P03"), other.write():
                pass
            assert other.visits() == [], "reading goes on"
        store_visit(other, 2)
        with one.exclusive(), pytest.raises(DatabaseLocked, match="in use by another zmpwatch"), other.exclusive():
            pass
        with other.exclusive():
            pass


def test_a_connection_that_the_server_has_closed_is_replaced(url: str, tmp_path: Path) -> None:
    with Store.open(url, tmp_path / "archive") as store:
        store_visit(store, 1)
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
        ask(url, f"{end} pg_backend_pid()")
        store_visit(store, 2)
        with pytest.raises(StoreError, match="terminating connection"), store.write() as tx:  # noqa: PT012 - raised within
            tx.add_visit(visit(cycle="cut off"))
            ask(url, f"{end} pg_backend_pid()")
            tx.add_visit(visit(cycle="cut off"))
        store_visit(store, 3)
        assert [one.cycle for one in store.visits()] == ["3", "2", "1"]
        assert store.verify().problems == []


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="refused"):
        Store.open("postgresql+psycopg://zmp:tajne@127.0.0.1:1/zmp", tmp_path / "archive")


def test_a_backup_is_left_to_the_servers_own_tools(url: str, tmp_path: Path) -> None:
    with Store.open(url, tmp_path / "archive") as store, pytest.raises(StoreError, match="pg_dump"):
        store.back_up(tmp_path / "backup.db")

"""History can't be edited, by nobody who comes with SQL."""

import sqlite3
from pathlib import Path

import pytest

from zmpwatch.store import Store
from zmpwatch.store.schema import APPEND_ONLY

from .factories import NOON, change, count, membership, store_page


@pytest.fixture
def history(store: Store, database: Path) -> sqlite3.Connection:
    """A database with a row in each of the tables, opened by somebody else."""
    with store.write() as tx:
        _, _, (first, _) = store_page(tx, [count(), membership()])
        tx.add_change(change(statement=first))
    with store.write() as tx:
        tx.take_down("https://www.miasta.pl/o-nas", "a test", NOON)
    store.close()
    return sqlite3.connect(database)


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
def test_edits_are_refused(history: sqlite3.Connection, table: str, verb: str) -> None:
    column = history.execute(f"SELECT name FROM pragma_table_info('{table}') ORDER BY cid DESC").fetchone()[0]
    before = history.execute(f"SELECT * FROM {table}").fetchall()
    assert before, "on an empty table a trigger has nothing to refuse"
    edit = f"UPDATE {table} SET {column} = {column}" if verb == "UPDATE" else f"DELETE FROM {table}"
    with pytest.raises(sqlite3.IntegrityError, match=f"{table} is append-only: {verb} refused"):
        history.execute(edit)
    assert history.execute(f"SELECT * FROM {table}").fetchall() == before
    history.close()


def test_replacing_a_row_is_refused_on_our_connections(store: Store) -> None:
    with store.write() as tx:
        store_page(tx, [count()])
    with store._engine.connect() as connection:
        with pytest.raises(Exception, match="sightings is append-only: DELETE refused"):
            connection.exec_driver_sql("INSERT OR REPLACE INTO sightings SELECT * FROM sightings")
        connection.rollback()

"""History can't be edited, by nobody who comes with SQL."""

import pytest
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from zmpwatch.model import Case, MembershipStatus
from zmpwatch.store import Store
from zmpwatch.store.schema import APPEND_ONLY

from .factories import HAJNOWKA, NOON, belief, change, count, decision, event, membership, store_page


@pytest.fixture
def history(store: Store) -> Engine:
    """A database with a row in each of the tables, as somebody else finds it."""
    with store.write() as tx:
        _, _, (first, _) = store_page(tx, [count(), membership()])
        tx.add_change(change(statement=first))
        tx.put_count_belief("zmp", belief(373, rests_on=(first,)), known_from=NOON, reason="the first count read")
        tx.put_case(Case(HAJNOWKA.teryt, MembershipStatus.CANDIDATE, "2025-02-28", (event(),)), known_from=NOON)
        tx.add_decision(decision())
    with store.write() as tx:
        tx.take_down("https://www.miasta.pl/o-nas", "a test", NOON)
    return create_engine(store._engine.url)


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
def test_edits_are_refused(history: Engine, table: str, verb: str) -> None:
    column = inspect(history).get_columns(table)[-1]["name"]
    edit = {"UPDATE": f"UPDATE {table} SET {column} = {column}", "DELETE": f"DELETE FROM {table}"}[verb]
    with history.connect() as connection:
        before = connection.execute(text(f"SELECT * FROM {table}")).all()
        assert before, "on an empty table a trigger has nothing to refuse"
        connection.rollback()
        with pytest.raises(DBAPIError, match=f"{table} is append-only: {verb} refused"):
            connection.execute(text(edit))
        connection.rollback()
        assert connection.execute(text(f"SELECT * FROM {table}")).all() == before
    history.dispose()


@pytest.mark.sqlite_only
def test_replacing_a_row_is_refused_on_our_connections(store: Store) -> None:
    with store.write() as tx:
        store_page(tx, [count()])
    with store._engine.connect() as connection:
        with pytest.raises(Exception, match="sightings is append-only: DELETE refused"):
            connection.exec_driver_sql("INSERT OR REPLACE INTO sightings SELECT * FROM sightings")
        connection.rollback()

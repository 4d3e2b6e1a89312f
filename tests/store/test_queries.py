"""What is asked on every visit must not read whole tables: a history of years has a million statements."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import event

from zmpwatch.model import ChangeKind
from zmpwatch.store import Reader, Store

from .factories import HAJNOWKA, NOON, count, membership, store_page

HISTORY = ("visits", "snapshots", "sightings", "readings", "statements", "changes", "change_evidence", "pages")

QUESTIONS: dict[str, Callable[[Reader], object]] = {
    "known_pages": lambda store: store.known_pages("miasta.pl"),
    "snapshot_id": lambda store: store.snapshot_id("miasta.pl", "https://www.miasta.pl/", "0"),
    "membership_statements": lambda store: store.membership_statements([HAJNOWKA.teryt]),
    "count_statements": lambda store: store.count_statements(),
    "statements_by_id": lambda store: store.statements_by_id([1, 2]),
    "count_sightings": lambda store: store.count_sightings(["miasta.pl", "hajnowka"]),
    "count_sightings since": lambda store: store.count_sightings(["miasta.pl"], NOON),
    "count_sightings_of": lambda store: store.count_sightings_of(1),
    "counter_seen": lambda store: store.counter_seen("miasta.pl", 99, NOON),
    "listed_on": lambda store: store.listed_on(1),
    "listing_visits": lambda store: store.listing_visits([HAJNOWKA.teryt]),
    "tellings": lambda store: store.tellings([HAJNOWKA.teryt]),
    "citations": lambda store: store.citations([1, 2]),
    "last_change": lambda store: store.last_change("miasta.pl", [ChangeKind.SITE_BROKEN]),
    "case known at": lambda store: store.case(HAJNOWKA.teryt, NOON),
    "count known at": lambda store: store.count_version("zmp", NOON),
    "visits": lambda store: store.visits("miasta.pl"),
    "site_state": lambda store: store.site_state("miasta.pl"),
    "changes since": lambda store: store.changes(since=NOON),
    "changes of a town": lambda store: store.changes(teryt=HAJNOWKA.teryt),
    "case": lambda store: store.case(HAJNOWKA.teryt),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_index_answers(store: Store, question: str) -> None:
    with store.write() as tx:
        store_page(tx, [count(), membership(), membership(rule="member_list_row")])
    asked: list[tuple[str, object]] = []

    @event.listens_for(store._engine, "before_cursor_execute")
    def note(connection: object, cursor: object, statement: str, parameters: object, *_: object) -> None:
        if statement.lstrip().startswith("SELECT"):
            asked.append((statement, parameters))

    QUESTIONS[question](store)
    assert asked
    plans: list[str] = []
    sqlite = store._engine.dialect.name == "sqlite"
    with store._engine.connect() as connection:
        if not sqlite:  # small tables are read whole unless that is forbidden
            connection.exec_driver_sql("SET enable_seqscan = off")
        for statement, parameters in asked:
            plan = connection.exec_driver_sql(f"EXPLAIN {'QUERY PLAN ' * sqlite}{statement}", parameters)
            plans += [row[3] if sqlite else row[0] for row in plan]
    assert plans
    whole = [step.split(maxsplit=4)[1] for step in plans if step.startswith("SCAN")]
    whole += [found[1] for step in plans if (found := re.search(r"Seq Scan on (\w+)", step))]
    assert [name for name in whole if name.rstrip("_1") in HISTORY] == []
    if "sightings" in question and sqlite:
        assert any("SEARCH statements USING INDEX ix_statements_snapshot" in step for step in plans), plans

"""What is asked on every visit must not read whole tables: a history of years has a million statements."""

import re
import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from zmpwatch.model import Authority, Case, ChangeKind, MembershipStatus, Qualifier, Stage
from zmpwatch.store import Reader, Store

from .factories import HAJNOWKA, NOON, count, membership, store_page
from .factories import event as made_event

HISTORY = ("visits", "snapshots", "sightings", "readings", "statements", "changes", "change_evidence", "pages")

QUESTIONS: dict[str, Callable[[Reader], object]] = {
    "known_pages": lambda store: store.known_pages("miasta.pl"),
    "snapshot_ids": lambda store: store.snapshot_ids("miasta.pl", [("https://www.miasta.pl/", "0")]),
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
    "deliveries in each state": lambda store: store.delivery_counts(),
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


def test_lists_of_municipalities_and_numbers_are_read_from_indexes_alone(store: Store, database: Path) -> None:
    """A step may rest on hundreds of statements, and a number may stand on every page: neither is loaded for a list."""
    with store.write() as tx:
        store_page(tx, [count(), membership()])
    asked: list[tuple[str, object]] = []

    @event.listens_for(store._engine, "before_cursor_execute")
    def note(connection: object, cursor: object, statement: str, parameters: object, *_: object) -> None:
        if "case_events.resolution" in statement or "count_points" in statement:
            asked.append((statement, parameters))

    store.memberships()
    store.moves(NOON.date())
    store.count_points(NOON)
    raw = sqlite3.connect(database)
    plans = [[row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)] for sql, parameters in asked]
    raw.close()
    assert [any("COVERING INDEX ix_case_events_step" in step for step in plan) for plan in plans[:2]] == [True, True]
    assert plans[2] == ["SCAN count_points USING COVERING INDEX ix_count_points_known"]


def test_a_list_tells_of_a_case_what_the_case_itself_does(store: Store) -> None:
    told = {
        "0102011": [("proposed", "2024-01-05"), ("resolved", "2024-02"), ("admitted", "2024-03-01")],
        "0201011": [("member", None)],
        "0202011": [("proposed", "2024-01-01")],
        "0203011": [("admitted", None)],
    }
    with store.write() as tx:
        _, _, ids = store_page(tx, [membership(), membership(stage=Stage.ADMITTED)])
        for teryt, steps in told.items():
            events = tuple(
                made_event(stage=Stage(stage), date=date, statements=tuple(ids), known_since=NOON)
                for stage, date in steps
            )
            tx.put_case(Case(teryt, MembershipStatus.MEMBER, steps[-1][1], events), known_from=NOON)
    whole = {case.teryt: case for case in store.cases()}
    listed = store.memberships()
    assert [case.teryt for case in listed] == ["0102011", "0201011", "0203011"]
    for case in listed:
        assert [(step.stage, step.date, step.best) for step in case.events] == [
            (step.stage, step.date, step.best)
            for step in whole[case.teryt].events
            if step.stage in {Stage.ADMITTED, Stage.MEMBER}
        ]
    assert [case.teryt for case in store.memberships(NOON)] == ["0102011", "0201011", "0203011"]
    # a day begins at another moment elsewhere: the store answers wide, who asks sorts out by the days of its own zone
    moved = {case.teryt: case for case in store.moves(NOON.date() + timedelta(days=2))}
    assert moved == {}
    moved = {case.teryt: case for case in store.moves(date(2024, 3, 1))}
    assert [step.stage for step in moved["0102011"].events] == [Stage.RESOLVED, Stage.ADMITTED]
    assert moved["0203011"].events[0].statements == tuple(ids), "what an undated step rests on is needed"
    assert [case.teryt for case in store.moves(date(2024, 3, 1), NOON)] == ["0102011", "0203011"]


def test_the_line_of_counts_is_summed_up_as_its_points_are(store: Store) -> None:
    def points() -> list[tuple[int, str, int]]:
        return sorted((point.members, point.as_of, point.pages) for point in store.count_points())

    with store.write() as tx:
        store_page(tx, [count(373, as_of="2024-11"), count(350, qualifier=Qualifier.AT_LEAST)], url="https://a.test/1")
    assert points() == [(373, "2024-11", 1)]
    with store.write() as tx:
        _, snapshot, _ = store_page(tx, [count(373, as_of="2024-11"), count(381, as_of="2025")], url="https://a.test/2")
    assert points() == [(373, "2024-11", 2), (381, "2025", 1)]
    with store.write() as tx:
        tx.add_statements(snapshot, [count(382, as_of="2025")], Authority.NEWS, "better", keep_points=False)
        tx.renew_count_points(NOON + timedelta(days=1))
    assert points() == [(373, "2024-11", 1), (382, "2025", 1)]
    past = sorted((point.members, point.pages) for point in store.count_points(NOON))
    assert past == [(373, 2), (381, 1)], "and the past is known as it was"

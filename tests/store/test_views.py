"""The fixed views: exact columns, and what stands in them."""

import json
from typing import Any

import pytest

from zmpwatch.model import Authority, Case, ChangeKind, EventKind, MembershipStatus, Stage, Verdict, Votes
from zmpwatch.store import Store

from .factories import (
    AUGUSTOW,
    DAY,
    HAJNOWKA,
    NOON,
    belief,
    change,
    count,
    event,
    membership,
    sha,
    store_page,
    visit,
)

COLUMNS = {
    "v_member_count": ["as_of", "members", "source_url", "quote", "archived"],
    "v_memberships": ["teryt", "municipality", "voivodeship", "status", "since", "evidence_url", "since_kind"],
    "v_events": [
        *("teryt", "municipality", "kind", "stage", "date", "resolution"),
        *("votes_for", "votes_against", "votes_abstain", "source_url", "quote", "date_kind"),
    ],
    "v_changes": ["id", "kind", "at", "teryt", "before", "after"],
    "v_visits": ["site", "started", "finished", "verdict", "requests", "bytes", "statements"],
}


def rows(store: Store, query: str) -> list[dict[str, Any]]:
    """As an analyst would ask."""
    with store._engine.connect() as connection:
        return [dict(row) for row in connection.exec_driver_sql(query).mappings()]


@pytest.mark.parametrize("view", COLUMNS)
def test_columns_are_fixed(store: Store, view: str) -> None:
    with store._engine.connect() as connection:
        assert list(connection.exec_driver_sql(f"SELECT * FROM {view}").keys()) == COLUMNS[view]


def test_member_count_shows_each_number_with_its_best_source(store: Store) -> None:
    with store.write() as tx:
        _, _, (news,) = store_page(tx, [count(373, quote="jest nas 373")], url="https://n/", authority=Authority.NEWS)
        _, _, (counter,) = store_page(tx, [count(373)], url="https://c/", authority=Authority.COUNTER)
        _, _, (newer,) = store_page(tx, [count(381)], url="https://c/", version="2", at=NOON + DAY)
        tx.put_count_belief("zmp", belief(373, rests_on=(news, counter), as_of="2025-02"))
        tx.put_count_belief("zmp", belief(381, rests_on=(newer,), as_of=None, since=NOON + DAY))
        tx.put_count_belief("zmp", belief(380, since=NOON + 2 * DAY, as_of=None))
    assert rows(store, "SELECT * FROM v_member_count ORDER BY as_of") == [
        {
            "as_of": "2025-02",
            "members": 373,
            "source_url": "https://c/",
            "quote": "zrzesza 373 miasta",
            "archived": sha("body"),
        },
        {
            "as_of": "2025-03-08",
            "members": 381,
            "source_url": "https://c/",
            "quote": "zrzesza 381 miasta",
            "archived": sha("body"),
        },
        {"as_of": "2025-03-09", "members": 380, "source_url": None, "quote": None, "archived": None},
    ]


def test_memberships_and_events(store: Store) -> None:
    with store.write() as tx:
        _, _, (resolved, admitted) = store_page(
            tx, [membership(), membership(stage=Stage.ADMITTED, quote="przyjęto Hajnówkę")], url="https://h/"
        )
        _, _, (left,) = store_page(tx, [membership(AUGUSTOW)], url="https://a/")
        tx.put_municipalities([HAJNOWKA])
        joined = event(Stage.ADMITTED, statements=(admitted,), date="2025-03", resolution=None, votes=None)
        tx.put_case(
            Case(
                HAJNOWKA.teryt,
                MembershipStatus.MEMBER,
                "2025-03",
                (event(statements=(resolved,), votes=Votes(14, 0)), joined, event(Stage.MEMBER, date=None)),
            )
        )
        withdrawal = event(Stage.ADMITTED, kind=EventKind.WITHDRAWAL, statements=(left,))
        tx.put_case(Case(AUGUSTOW.teryt, MembershipStatus.LEFT, "2025-02-28", (event(), withdrawal)))
    assert rows(store, "SELECT * FROM v_memberships ORDER BY teryt DESC") == [
        {
            "teryt": "2005011",
            "municipality": "Hajnówka",
            "voivodeship": "podlaskie",
            "status": "member",
            "since": "2025-03",
            "evidence_url": "https://h/",
            "since_kind": "on",
        },
        {
            "teryt": "2001011",
            "municipality": None,
            "voivodeship": None,
            "status": "left",
            "since": "2025-02-28",
            "evidence_url": "https://a/",
            "since_kind": "on",
        },
    ]
    events = rows(store, "SELECT * FROM v_events WHERE teryt = '2005011' ORDER BY date IS NOT NULL, date")
    assert [(one["stage"], one["date"], one["quote"]) for one in events] == [
        ("member", None, None),
        ("resolved", "2025-02-28", "Rada podjęła uchwałę o przystąpieniu"),
        ("admitted", "2025-03", "przyjęto Hajnówkę"),
    ]
    assert events[1] == {
        "teryt": "2005011",
        "municipality": "Hajnówka",
        "kind": "accession",
        "stage": "resolved",
        "date": "2025-02-28",
        "resolution": "XII/85/2025",
        "votes_for": 14,
        "votes_against": 0,
        "votes_abstain": None,
        "source_url": "https://h/",
        "quote": "Rada podjęła uchwałę o przystąpieniu",
        "date_kind": "on",
    }


def test_changes_and_visits(store: Store) -> None:
    with store.write() as tx:
        tx.add_change(change())
        tx.add_change(change("x", kind=ChangeKind.ADMITTED, teryt=HAJNOWKA.teryt, after={"stage": "admitted"}))
        tx.add_visit(visit(verdict=Verdict.PARTIAL))
    first, second = rows(store, "SELECT * FROM v_changes ORDER BY id")
    assert (first["kind"], first["at"], first["teryt"]) == ("count_changed", "2025-03-07T12:00:00.123456Z", None)
    assert json.loads(first["before"]) == {"members": 373, "as_of": "2025-02"}
    assert json.loads(first["after"]) == {"members": 381, "as_of": "2025-03"}
    assert (second["teryt"], json.loads(second["after"])) == (HAJNOWKA.teryt, {"stage": "admitted"})
    assert rows(store, "SELECT * FROM v_visits") == [
        {
            "site": "miasta.pl",
            "started": "2025-03-07T12:00:00.123456Z",
            "finished": "2025-03-07T12:01:00.123456Z",
            "verdict": "partial",
            "requests": 12,
            "bytes": 5_000_000_000,
            "statements": 3,
        }
    ]
    assert [str(row["day"]) for row in rows(store, "SELECT date(started) AS day FROM v_visits")] == ["2025-03-07"]

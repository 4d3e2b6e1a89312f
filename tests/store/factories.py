"""Model objects for the tests of the store; every field is filled unless a test says otherwise."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from zmpwatch.model import (
    Authority,
    CaseEvent,
    Change,
    ChangeKind,
    CountBelief,
    CountState,
    CountStatement,
    Decision,
    Delivery,
    EventKind,
    Evidence,
    KnownPage,
    MembershipStatement,
    Municipality,
    MunicipalityKind,
    Page,
    Purpose,
    Qualifier,
    Reconciliation,
    Site,
    Stage,
    Statement,
    Text,
    Verdict,
    Visit,
    Votes,
)
from zmpwatch.store import Store, Writer

NOON = datetime(2025, 3, 7, 12, 0, 0, 123456, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)

ASSOCIATION = Site("miasta.pl", "association", "https://www.miasta.pl/", every="30m", expect_members=(370, 420))
TOWN = Site("hajnowka", "municipal", "https://hajnowka.pl/", municipality="2005011", every="12h")

HAJNOWKA = Municipality("2005011", "Hajnówka", MunicipalityKind.URBAN, "hajnowski", "podlaskie", True)
AUGUSTOW = Municipality("2001011", "Augustów", MunicipalityKind.URBAN, "augustowski", "podlaskie", True)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def visit(site: str = "miasta.pl", *, started: datetime = NOON, **changed: Any) -> Visit:
    fields: dict[str, Any] = {
        "purpose": Purpose.ROUTINE,
        "finished": started + MINUTE,
        "verdict": Verdict.OK,
        "requests": 12,
        "bytes": 5_000_000_000,
        "pages": 9,
        "not_modified": 2,
        "statements": 3,
        "problems": ("https://www.miasta.pl/x: 404",),
        "cycle": "2025-03-07T12:00",
    }
    return Visit(site=site, started=started, **fields | changed)


def page(url: str = "https://www.miasta.pl/o-nas", *, body: bytes = b"<p>373</p>", at: datetime = NOON) -> Page:
    return Page(
        url=url,
        requested=url + "?z",
        status=200,
        headers={"content-type": "text/html; charset=utf-8", "etag": '"a1"'},
        body=body,
        fetched_at=at,
        complete=False,
        anchor="O związku",
        referrer="https://www.miasta.pl/",
    )


def text(content: str = "Związek zrzesza 373 miasta.") -> Text:
    return Text(content=content, title="O związku", published="2025-03-07")


def count(value: int = 373, **changed: Any) -> CountStatement:
    fields: dict[str, Any] = {
        "qualifier": Qualifier.EXACT,
        "as_of": "2025-03",
        "quote": f"zrzesza {value} miasta",
        "start": 8,
        "end": 26,
        "rule": "counter",
        "confidence": 0.75,
    }
    return CountStatement(value=value, **fields | changed)


def membership(town: Municipality | None = HAJNOWKA, **changed: Any) -> MembershipStatement:
    fields: dict[str, Any] = {
        "municipality": town.name if town else "Brzeziny",
        "teryt": town.teryt if town else None,
        "kind": EventKind.ACCESSION,
        "stage": Stage.RESOLVED,
        "date": "2025-02-28",
        "resolution": "XII/85/2025",
        "votes": Votes(14, 0, 1),
        "quote": "Rada podjęła uchwałę o przystąpieniu",
        "start": 100,
        "end": 136,
        "rule": "resolution",
        "confidence": 1.0,
    }
    return MembershipStatement(**fields | changed)


def known_page(url: str = "https://www.miasta.pl/o-nas", **changed: Any) -> KnownPage:
    fields: dict[str, Any] = {
        "etag": '"a1"',
        "last_modified": "Fri, 07 Mar 2025 11:00:00 GMT",
        "body_sha256": sha("body"),
        "text_sha256": sha("text"),
        "fetched_at": NOON,
        "full_fetch_at": NOON - DAY,
        "status": 304,
        "statements": 2,
        "links": ("https://www.miasta.pl/a", "https://www.miasta.pl/ł"),
    }
    return KnownPage(url, **fields | changed)


def belief(members: int | None = 373, *, rests_on: tuple[int, ...] = (), **changed: Any) -> CountBelief:
    fields: dict[str, Any] = {
        "state": CountState.STABLE,
        "as_of": "2025-03",
        "since": NOON if members is not None else None,
        "rests_on": rests_on,
    }
    return CountBelief(members=members, **fields | changed)


def event(stage: Stage = Stage.RESOLVED, *, statements: tuple[int, ...] = (), **changed: Any) -> CaseEvent:
    fields: dict[str, Any] = {
        "kind": EventKind.ACCESSION,
        "date": "2025-02-28",
        "resolution": "XII/85/2025",
        "votes": Votes(14, 0, 1),
        "known_since": NOON,
        "contradictions": ("strona urzędu podaje 27 lutego",),
    }
    return CaseEvent(stage=stage, statements=statements, **fields | changed)


def change(
    key: str = "count:zmp:373:381", *, statement: int | None = None, archived: str | None = None, **changed: Any
) -> Change:
    evidence = Evidence(
        url="https://www.miasta.pl/o-nas",
        quote="zrzesza 381 miast",
        archived=archived or sha("body"),
        site="miasta.pl",
        seen_at=NOON,
        published="2025-03-07",
        statement=statement,
    )
    fields: dict[str, Any] = {
        "kind": ChangeKind.COUNT_CHANGED,
        "at": NOON,
        "before": {"members": 373, "as_of": "2025-02"},
        "after": {"members": 381, "as_of": "2025-03"},
        "evidence": (evidence,),
        "reconciliation": Reconciliation(373, 381, ("2001011", "2005011"), ()),
    }
    return Change(dedup_key=key, **fields | changed)


def decision(value: int = 412, **changed: Any) -> Decision:
    fields: dict[str, Any] = {
        "association": "zmp",
        "accepted": False,
        "members": 373,
        "by": "anna",
        "at": NOON,
        "reason": "licznik się zaciął",
    }
    return Decision(value=value, **fields | changed)


def delivery(of: int, recipient: str = "redakcja", **changed: Any) -> Delivery:
    fields: dict[str, Any] = {
        "address": sha(recipient)[:12],
        "key": f"{of}:{recipient}",
        "created": NOON,
        "due": NOON,
    }
    return Delivery(change=of, recipient=recipient, **fields | changed)


def store_page(
    tx: Writer,
    statements: list[Statement],
    *,
    site: str = "miasta.pl",
    url: str = "https://www.miasta.pl/o-nas",
    version: str = "1",
    at: datetime = NOON,
    authority: Authority = Authority.COUNTER,
    baseline: bool = False,
    sha256: str | None = None,
) -> tuple[int, int, list[int]]:
    """One visit that saw one page with these statements: ids of visit, snapshot, statements."""
    seen_by = tx.add_visit(visit(site, started=at))
    snapshot = tx.add_snapshot(seen_by, site, page(url, at=at), text(), sha256 or sha("body"), sha(version), baseline)
    tx.add_sighting(snapshot, seen_by, at, True)
    return seen_by, snapshot, tx.add_statements(snapshot, statements, authority, "extract 1")


def store_visit(store: Store, number: int) -> None:
    """Store a visit with all that hangs on it, in one transaction."""
    name = str(number)
    with store.write() as tx:
        kept = store.archive.put(name.encode() * 1_000)
        seen_by = tx.add_visit(visit(cycle=name))
        snapshot = tx.add_snapshot(seen_by, "miasta.pl", page(), text(), kept, sha(name), False)
        tx.add_sighting(snapshot, seen_by, NOON, True)
        (first, *_) = tx.add_statements(snapshot, [count(), membership()], Authority.COUNTER, "extract 1")
        told = tx.add_change(change(name, statement=first, archived=kept))
        assert told is not None
        assert told.id is not None
        tx.add_deliveries([delivery(told.id)])
        tx.put_count_belief("zmp", belief(number, rests_on=(first,)))


HALF_VISITS = """
    SELECT cycle FROM visits WHERE
    1 <> (SELECT count(*) FROM snapshots WHERE visit_id = visits.id) OR
    1 <> (SELECT count(*) FROM sightings WHERE visit_id = visits.id) OR
    2 <> (SELECT count(*) FROM snapshots JOIN statements ON snapshot_id = snapshots.id WHERE visit_id = visits.id) OR
    1 <> (SELECT count(*) FROM changes JOIN change_evidence ON change_id = id WHERE dedup_key = cycle) OR
    1 <> (SELECT count(*) FROM changes JOIN deliveries ON change_id = changes.id WHERE dedup_key = cycle)
"""
"""Finds visits of `store_visit` that are not there whole."""

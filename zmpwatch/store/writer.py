"""All that is written to the history, in one transaction each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update
from sqlalchemy.dialects import sqlite

from zmpwatch.errors import StoreError
from zmpwatch.model import (
    Authority,
    Case,
    CaseEvent,
    Change,
    CountBelief,
    CountStatement,
    Decision,
    Delivery,
    DeliveryState,
    EventKind,
    KnownPage,
    MembershipStatement,
    MembershipStatus,
    Municipality,
    Overruled,
    Page,
    Site,
    SiteMemory,
    Stage,
    Statement,
    StoredStatement,
    Text,
    Visit,
)
from zmpwatch.store import rows
from zmpwatch.store.chain import CHAINED, add_links
from zmpwatch.store.crawlmemory import save_memory
from zmpwatch.store.pagekeeping import PageKeeping
from zmpwatch.store.points import KEY, point_values, renew, sum_up
from zmpwatch.store.reader import Reader, batches
from zmpwatch.store.schema import (
    AwaitingRow,
    Base,
    CaseEventRow,
    CaseRow,
    ChangeRow,
    CountBeliefRow,
    CountHistoryRow,
    CountPointRow,
    DecisionRow,
    DeliveryRow,
    EvidenceRow,
    MunicipalityRow,
    PageRequestRow,
    PageRow,
    ReadingRow,
    SightingRow,
    SiteRow,
    SnapshotRow,
    StatementRow,
    TombstoneRow,
    VisitRow,
    table,
)
from zmpwatch.store.takedown import Takedown, find, remove_words
from zmpwatch.store.versions import record_case, record_count

__all__ = ["Writer"]


class Writer(Reader, PageKeeping):
    """One transaction: everything written through it is kept together or not at all. It reads its own writes.

    Each method may be repeated after a crash with the same arguments: what is known already is not stored twice.
    `add_visit` alone has no key of its own and stores a visit each time.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name
        self._unlinked: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        yield self._connection

    def link(self) -> None:
        """Add what was written to the hash chain: right before the transaction is kept."""
        add_links(self._connection, self._unlinked)
        self._unlinked.clear()

    # what was seen

    def add_visit(self, visit: Visit) -> int:
        """Store a finished visit; return its id, which its snapshots and sightings refer to."""
        return self._insert_one(VisitRow, rows.visit_values(visit))

    def add_snapshot(
        self, visit_id: int, site: str, page: Page, text: Text, sha256: str, text_sha256: str, baseline: bool
    ) -> int:
        """Store a version of a page's text; return its id, the old one if this version is known.

        `sha256` names the page's bytes in the archive. That the page was served is a sighting: the first one is added
        with `add_sighting` like all others.
        """
        known = self.snapshot_id(site, page.url, text_sha256)
        if known is not None:
            return known
        snapshot = self._insert_one(
            SnapshotRow,
            {
                "visit_id": visit_id,
                "site": site,
                "url": page.url,
                "requested": page.requested,
                "status": page.status,
                "content_type": page.headers.get("content-type"),
                "headers": dict(page.headers),
                "sha256": sha256,
                "text_sha256": text_sha256,
                "title": text.title,
                "published": text.published,
                "fetched_at": page.fetched_at,
                "complete": page.complete,
                "anchor": page.anchor,
                "referrer": page.referrer,
                "baseline": baseline,
            },
        )
        if page.request_headers is not None:
            values = {"snapshot_id": snapshot, "headers": dict(page.request_headers)}
            self._connection.execute(insert(table(PageRequestRow)), values)
        return snapshot

    def add_sighting(self, snapshot_id: int, visit_id: int, seen_at: datetime, fresh: bool) -> None:
        """Store that this very text was served; `fresh` when the page came whole and past every cache."""
        values = {"snapshot_id": snapshot_id, "visit_id": visit_id, "seen_at": seen_at, "fresh": fresh}
        self._insert_new(SightingRow, [values], ["snapshot_id", "seen_at", "visit_id"])

    def add_statements(
        self,
        snapshot_id: int,
        statements: Sequence[Statement],
        authority: Authority | Sequence[Authority],
        extractor: str,
        *,
        keep_points: bool = True,
    ) -> list[int]:
        """Store what this version of the extractor read in a snapshot; return the statements' ids in order.

        `authority` is one for all, or one a statement. An empty reading is stored too: from now on the snapshot's older
        readings do not count. A reading that is known is not stored again; its ids are returned. With `keep_points`
        False the line of counts is not touched: who reads old pages anew calls `renew_count_points` at the end.

        Raises:
            ValueError: another number of authorities than of statements.
        """
        authorities = [authority] * len(statements) if isinstance(authority, Authority) else list(authority)
        if len(authorities) != len(statements):
            raise ValueError(f"{len(statements)} statements, but {len(authorities)} authorities")
        reading = {"snapshot_id": snapshot_id, "extractor": extractor, "statements": len(statements)}
        new = self._insert_new(ReadingRow, [reading], ["snapshot_id", "extractor"])
        if not new:
            known = (
                select(StatementRow.id)
                .join(ReadingRow, ReadingRow.id == StatementRow.reading_id)
                .where(ReadingRow.snapshot_id == snapshot_id, ReadingRow.extractor == extractor)
                .order_by(StatementRow.id)
            )
            return list(self._connection.execute(known).scalars())
        common = {"reading_id": new[0], "snapshot_id": snapshot_id}
        values = [
            rows.statement_values(statement) | common | {"authority": whose}
            for statement, whose in zip(statements, authorities, strict=True)
        ]
        ids = self._insert_many(StatementRow, values)
        if keep_points:
            self._add_points(snapshot_id, list(zip(ids, statements, authorities, strict=True)))
        return ids

    def _add_points(self, snapshot_id: int, told: Sequence[tuple[int, Statement, Authority]]) -> None:
        if not any(isinstance(statement, CountStatement) for _, statement, _ in told):
            return
        page = self._connection.execute(
            select(SnapshotRow.url, SnapshotRow.published, SnapshotRow.fetched_at).where(SnapshotRow.id == snapshot_id)
        ).one()
        values = (
            point_values(
                statement,
                authority,
                number=number,
                url=page.url,
                published=page.published,
                first_seen=page.fetched_at,
                known_from=page.fetched_at,
            )
            for number, statement, authority in told
        )
        self._open_points([one for one in values if one is not None])

    def _open_points(self, values: Sequence[rows.Values]) -> None:
        if not values:
            return
        statement = self._dialect_insert(CountPointRow).on_conflict_do_nothing(
            index_elements=list(KEY), index_where=table(CountPointRow).c.known_until.is_(None)
        )
        # most pages say again what they said before
        if self._connection.execute(statement.returning(table(CountPointRow).c.id), values).scalars().all():
            sum_up(self._connection, values)

    def renew_count_points(self, now: datetime) -> None:
        """Bring the line of counts to what the newest readings say; what they no longer say was known until `now`."""
        current = (
            point_values(
                stored.statement,
                stored.source.authority,
                number=stored.id,
                url=stored.source.url,
                published=stored.source.published,
                first_seen=stored.source.first_seen,
                known_from=now,
            )
            for stored in self.count_statements()
        )
        renew(self._connection, (one for one in current if one is not None), now, self._open_points)

    # what is remembered

    def put_municipalities(self, municipalities: Iterable[Municipality]) -> None:
        """Store the names the views show; a known municipality is overwritten."""
        values = {
            one.teryt: {
                "teryt": one.teryt,
                "name": one.name,
                "kind": one.kind,
                "powiat": one.powiat,
                "voivodeship": one.voivodeship,
            }
            for one in municipalities
        }
        self._upsert(MunicipalityRow, list(values.values()))

    def save_pages(self, site: str, pages: Sequence[KnownPage]) -> None:
        """Remember addresses for the next visit; what was remembered of them is replaced."""
        self._upsert(PageRow, [rows.page_values(site, page) for page in {page.url: page for page in pages}.values()])

    def save_memory(self, site: str, memory: SiteMemory) -> None:
        """Remember feeds, servers, frontier and platform of a site for its next visit; what was not changed stays."""
        save_memory(self._connection, site, memory)

    def mark_site(self, site: Site, first_healthy: datetime | None) -> None:
        """Store the site as configured now. The first healthy visit, once known, stays."""
        known = self.site_state(site.name)
        values = {
            "name": site.name,
            "family": site.family,
            "url": site.url,
            "municipality": site.municipality,
            "first_healthy": (known.first_healthy if known else None) or first_healthy,
        }
        self._upsert(SiteRow, [values])

    # what is held true

    def put_count_belief(
        self,
        association: str,
        belief: CountBelief,
        *,
        known_from: datetime | None = None,
        reason: str = "",
        overruled: Sequence[Overruled] = (),
    ) -> None:
        """Replace the count held true; a number that differs from the last one also begins a row of the history.

        With `known_from` it is kept for good that this was held true from then on, why, and against which others
        (`count_version`).

        Raises:
            ValueError: `members` is given without `since`.
        """
        self._upsert(CountBeliefRow, [{"association": association} | rows.belief_values(belief)])
        if known_from is not None:
            held = replace(belief, overruled=(*belief.overruled, *overruled))
            record_count(self._connection, association, held, known_from, reason)
        if belief.members is None:
            return
        if belief.since is None:
            raise ValueError("a member count is believed since some time; `since` is missing")
        values = {
            "association": association,
            "members": belief.members,
            "as_of": belief.as_of,
            "since": belief.since,
            "previous": belief.previous,
            "previous_as_of": belief.previous_as_of,
            "rests_on": list(belief.rests_on),
            "statement_id": self._best_statement(belief.rests_on),
        }
        last = self._connection.execute(
            select(CountHistoryRow.id, CountHistoryRow.members)
            .where(CountHistoryRow.association == association)
            .order_by(CountHistoryRow.id.desc())
            .limit(1)
        ).one_or_none()
        if last is not None and last.members == belief.members:
            self._connection.execute(update(table(CountHistoryRow)).where(CountHistoryRow.id == last.id).values(values))
        else:
            self._insert_one(CountHistoryRow, values)

    def add_decision(self, decision: Decision) -> None:
        """Store the operator's yes or no to an official count."""
        self._insert_one(DecisionRow, rows.decision_values(decision))

    def put_case(
        self,
        case: Case,
        *,
        known_from: datetime | None = None,
        told: Mapping[int, StoredStatement] | None = None,
    ) -> None:
        """Replace all that is known of one municipality's membership.

        With `known_from` it is kept for good that this was held true from then on (`case` with `known_at`). `told` are
        the statements its events name, where the caller has them.
        """
        shows = _telling_event(case)
        if told is None:
            told = self.statements_by_id({number for event in case.events for number in event.statements})
        best = {event: _best([told[number] for number in event.statements if number in told]) for event in case.events}
        if known_from is not None:
            record_case(self._connection, case, best, known_from)
        values = {
            "teryt": case.teryt,
            "status": case.status,
            "since": case.since,
            "statement_id": best[shows] if shows else None,
        }
        self._upsert(CaseRow, [values])
        self._connection.execute(delete(table(CaseEventRow)).where(CaseEventRow.teryt == case.teryt))
        if case.events:
            self._connection.execute(
                insert(table(CaseEventRow)),
                [
                    rows.event_values(case.teryt, position, event) | {"statement_id": best[event]}
                    for position, event in enumerate(case.events)
                ],
            )

    def await_judgement(self, teryts: Collection[str]) -> None:
        """Note that the cases of these municipalities must be judged: in the transaction that stores what is new."""
        if teryts:
            statement = self._dialect_insert(AwaitingRow).on_conflict_do_nothing(index_elements=["teryt"])
            self._connection.execute(statement, [{"teryt": teryt} for teryt in sorted(teryts)])

    def take_awaiting(self) -> list[str]:
        """Return the municipalities whose cases must be judged, and forget them: in the judging transaction."""
        taken = self._connection.execute(delete(table(AwaitingRow)).returning(table(AwaitingRow).c.teryt))
        return sorted(taken.scalars())

    def clear_beliefs(self) -> None:
        """Forget all that is derived from statements (count, its history, cases): `rebuild` derives it again."""
        for model in (CaseEventRow, CaseRow, CountHistoryRow, CountBeliefRow):
            self._connection.execute(delete(table(model)))

    # what people are told

    def add_change(self, change: Change) -> Change | None:
        """Store a change with its evidence; return it with its id, or None when its `dedup_key` is known."""
        new = self._insert_new(ChangeRow, [rows.change_values(change)], ["dedup_key"])
        if not new:
            return None
        if change.evidence:
            self._connection.execute(
                insert(table(EvidenceRow)),
                [rows.evidence_values(new[0], position, one) for position, one in enumerate(change.evidence)],
            )
            self._unlinked["change_evidence"] += [(new[0], position) for position in range(len(change.evidence))]
        return replace(change, id=new[0])

    def add_deliveries(self, deliveries: Sequence[Delivery]) -> int:
        """Put deliveries in the outbox; return how many were new (one a change, recipient and address)."""
        values = [rows.delivery_values(delivery) for delivery in deliveries]
        return len(self._insert_new(DeliveryRow, values, ["change_id", "recipient", "address"]))

    def lease_deliveries(self, ids: Collection[int], until: datetime, now: datetime) -> list[int]:
        """Take deliveries for sending until `until`; return the ids that are ours, in order.

        Left out are those already sent or given up, not yet due, or leased by somebody whose time is not over.
        """
        free = or_(
            DeliveryRow.state.in_([DeliveryState.PENDING.value, DeliveryState.UNKNOWN.value]),
            (DeliveryRow.state == DeliveryState.SENDING.value)
            & (DeliveryRow.lease_until.is_(None) | (DeliveryRow.lease_until <= now)),
        )
        taken: list[int] = []
        for some in batches(sorted(set(ids))):
            lease = (
                update(table(DeliveryRow))
                .where(DeliveryRow.id.in_(some), free, DeliveryRow.due.is_(None) | (DeliveryRow.due <= now))
                .values(state=DeliveryState.SENDING, lease_until=until)
                .returning(DeliveryRow.id)
            )
            taken += sorted(self._connection.execute(lease).scalars())
        return taken

    def mark_delivery(
        self,
        delivery_id: int,
        state: DeliveryState,
        attempts: int,
        due: datetime | None,
        result: str | None,
        *,
        sent: datetime | None = None,
    ) -> None:
        """Store how an attempt ended; its lease is over. `sent` is when the receiver took it.

        Raises:
            StoreError: there is no such delivery.
        """
        done = self._connection.execute(
            update(table(DeliveryRow))
            .where(DeliveryRow.id == delivery_id)
            .values(state=state, attempts=attempts, due=due, last_result=result, lease_until=None, sent=sent)
        )
        if done.rowcount != 1:
            raise StoreError(f"there is no delivery {delivery_id}")

    # what is taken down

    def take_down(self, url: str, reason: str, now: datetime) -> tuple[Takedown, int]:
        """Remove the words that came from this address and leave a tombstone; return what it was, and how many quotes.

        What was taken down before is not touched again, and without anything new there is no second tombstone. The
        archived bytes are removed by `Store.forget`, once this is kept.
        """
        self.link()
        takedown = find(self._connection, url)
        if not takedown.snapshots and not takedown.evidence:
            return takedown, 0
        values = {
            "url": url,
            "reason": reason,
            "at": now,
            "snapshots": list(takedown.snapshots),
            "evidence": [list(key) for key in takedown.evidence],
        }
        self._insert_one(TombstoneRow, values)
        quotes = remove_words(self._connection, takedown)
        self.unindex_pages(takedown.snapshots, for_good=True)
        return takedown, quotes

    # how it is written

    def _insert_one(self, model: type[Base], values: rows.Values) -> int:
        return self._insert_many(model, [values])[0]

    def _insert_many(self, model: type[Base], values: Sequence[rows.Values]) -> list[int]:
        """Insert rows; return their ids in the order of `values`."""
        if not values:
            return []
        return self._noted(model, self._connection.execute(_insertion(model), values).scalars())

    def _insert_new(self, model: type[Base], values: Sequence[rows.Values], key: Sequence[str]) -> list[int]:
        """Insert the rows whose key is not known; return the ids of those."""
        if not values:
            return []
        statement = _insertion_of_new(model, self._dialect, tuple(key))
        return self._noted(model, self._connection.execute(statement, values).scalars())

    def _noted(self, model: type[Base], ids: Iterable[int]) -> list[int]:
        """Note rows of chained tables for `link`; return their ids."""
        new = list(ids)
        if model.__tablename__ in CHAINED:
            self._unlinked[model.__tablename__] += [(one, 0) for one in new]
        return new

    def _upsert(self, model: type[Base], values: Sequence[rows.Values]) -> None:
        """Insert rows, or overwrite those with the same primary key."""
        if not values:
            return
        self._connection.execute(_replacement(model, self._dialect, tuple(values[0])), values)

    def _dialect_insert(self, model: type[Base]) -> Any:
        return _dialect_insert(model, self._dialect)

    def _best_statement(self, ids: Collection[int]) -> int | None:
        return _best(self.statements_by_id(ids).values())


# Statements are made once: to put one together costs more than to run it.


@cache
def _insertion(model: type[Base]) -> Any:
    target = table(model)
    return insert(target).returning(target.c.id, sort_by_parameter_order=True)


@cache
def _insertion_of_new(model: type[Base], dialect: str, key: tuple[str, ...]) -> Any:
    statement = _dialect_insert(model, dialect).on_conflict_do_nothing(index_elements=list(key))
    return statement.returning(table(model).c.id)


@cache
def _replacement(model: type[Base], dialect: str, names: tuple[str, ...]) -> Any:
    statement = _dialect_insert(model, dialect)
    key = [column.name for column in table(model).primary_key]
    others = {name: statement.excluded[name] for name in names if name not in key}
    return statement.on_conflict_do_update(index_elements=key, set_=others)


def _dialect_insert(model: type[Base], dialect: str) -> Any:
    """Both dialects write ON CONFLICT alike, but SQLAlchemy has it in each dialect's own insert."""
    if dialect == "sqlite":
        return sqlite.insert(table(model))
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415  (its import would delay every command)

    return postgresql.insert(table(model))


def _best(statements: Collection[StoredStatement]) -> int | None:
    """Return the statement to show for a belief: one that gives a date, of the strongest source, surest, oldest."""

    def order(stored: StoredStatement) -> tuple[bool, int, float, int]:
        statement = stored.statement
        undated = isinstance(statement, MembershipStatement) and statement.date is None
        return undated, stored.source.authority.rank, -statement.confidence, stored.id

    return min(statements, key=order).id if statements else None


def _telling_event(case: Case) -> CaseEvent | None:
    """Return the event that shows best why a case stands where it does."""
    settled = {
        MembershipStatus.MEMBER: (EventKind.ACCESSION, {Stage.ADMITTED, Stage.MEMBER}),
        MembershipStatus.LEFT: (EventKind.WITHDRAWAL, {Stage.ADMITTED}),
    }
    if case.status in settled:
        kind, stages = settled[case.status]
        fitting = [event for event in case.events if event.kind is kind and event.stage in stages]
        dated = [event for event in fitting if event.date is not None and event.date == case.since]
        if dated or fitting:
            return (dated or fitting)[0]
    return case.events[-1] if case.events else None

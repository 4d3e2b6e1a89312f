"""All questions asked of the history; answers are model objects."""

from __future__ import annotations

import hashlib
from abc import abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, column, func, select
from sqlalchemy import table as named
from sqlalchemy.orm import aliased

from zmpwatch.model import (
    Authority,
    Case,
    CaseEvent,
    Change,
    ChangeKind,
    CountBelief,
    CountVersion,
    Decision,
    Delivery,
    DeliveryState,
    Evidence,
    KnownPage,
    KnownPlatform,
    Purpose,
    Sighting,
    Site,
    SiteMemory,
    Source,
    Stage,
    StatedCount,
    StoredStatement,
    Verdict,
    Visit,
)
from zmpwatch.store import rows
from zmpwatch.store.crawlmemory import held_sites, load_memory, load_platforms
from zmpwatch.store.pagekeeping import PageQuestions
from zmpwatch.store.points import points
from zmpwatch.store.records import Citation, SiteState, Snapshot
from zmpwatch.store.schema import (
    AwaitingRow,
    CaseEventRow,
    CaseRow,
    ChangeRow,
    CountBeliefRow,
    CountHistoryRow,
    DecisionRow,
    DeliveryRow,
    EvidenceRow,
    PageRow,
    ReadingRow,
    SightingRow,
    SiteRow,
    SnapshotRow,
    StatementRow,
    TombstoneRow,
    VisitRow,
)
from zmpwatch.store.steps import memberships, moved_since, moves
from zmpwatch.store.versions import case_versions, count_version, count_versions, held_counts

__all__ = ["Reader", "batches"]

T = TypeVar("T")

PARAMETERS = 5_000
"""Values in one IN list: SQLite takes 32,766 a statement, PostgreSQL 65,535."""

VERDICTS = 10


class Reader(PageQuestions):
    """The questions; `Store` asks each in a short transaction of its own, `Writer` inside its transaction."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """Give a connection for one question."""

    # pages and snapshots

    def known_pages(self, site: str) -> dict[str, KnownPage]:
        """Return what is remembered of the site's addresses, by address."""
        with self._reading() as connection:
            found = connection.execute(select(*_columns(PageRow)).where(PageRow.site == site).order_by(PageRow.url))
            return {row.url: rows.to_known_page(row) for row in found}

    def site_memory(self, site: str) -> SiteMemory:
        """Return what is remembered of the site beside its pages: feeds, servers, the frontier, the platform."""
        with self._reading() as connection:
            return load_memory(connection, site)

    def platforms(self) -> dict[str, KnownPlatform]:
        """Return what the sites were seen to run on, by site."""
        with self._reading() as connection:
            return load_platforms(connection)

    def held_sites(self, now: datetime) -> dict[str, datetime]:
        """Return the sites whose server wants to be left alone after `now`, and until when."""
        with self._reading() as connection:
            return held_sites(connection, now)

    def last_snapshot(self, site: str, url: str) -> Snapshot | None:
        """Return the version of a page that was stored last."""
        query = (
            select(*_columns(SnapshotRow))
            .where(SnapshotRow.site == site, SnapshotRow.url == url)
            .order_by(SnapshotRow.id.desc())
            .limit(1)
        )
        with self._reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else rows.to_snapshot(row)

    def snapshot_id(self, site: str, url: str, text_sha256: str) -> int | None:
        """Return the stored snapshot of this version of the page's text, if there is one."""
        query = select(SnapshotRow.id).where(
            SnapshotRow.site == site, SnapshotRow.url == url, SnapshotRow.text_sha256 == text_sha256
        )
        with self._reading() as connection:
            return connection.execute(query).scalar()

    def snapshots(self, *, site: str | None = None, after: int = 0, limit: int | None = None) -> list[Snapshot]:
        """Return snapshots with an id above `after`, in the order they were stored: page through with the last id."""
        query = select(*_columns(SnapshotRow)).where(SnapshotRow.id > after).order_by(SnapshotRow.id)
        if site is not None:
            query = query.where(SnapshotRow.site == site)
        with self._reading() as connection:
            return [rows.to_snapshot(row) for row in connection.execute(query.limit(limit))]

    def forgotten_urls(self) -> frozenset[str]:
        """Return the addresses that were taken down: they are not to be stored again."""
        with self._reading() as connection:
            return frozenset(connection.execute(select(TombstoneRow.url)).scalars())

    def forgotten_snapshots(self) -> frozenset[int]:
        """Return the snapshots whose bytes and words were taken down: they can't be read anew."""
        with self._reading() as connection:
            found = connection.execute(select(TombstoneRow.snapshots)).scalars()
            return frozenset(snapshot for snapshots in found for snapshot in snapshots)

    # statements

    def membership_statements(self, teryts: Collection[str] | None = None) -> list[StoredStatement]:
        """Return the membership statements that count, by id: of all, or of these municipalities.

        A statement counts when it belongs to the newest reading of its snapshot. Without `teryts` the statements that
        name no single municipality (`teryt` None) are among them.
        """
        query = _statements().where(StatementRow.kind == "membership", _is_current())
        with self._reading() as connection:
            if teryts is None:
                return [rows.to_stored_statement(row) for row in connection.execute(query.order_by(StatementRow.id))]
            found = [
                rows.to_stored_statement(row)
                for some in batches(sorted(teryts))
                for row in connection.execute(query.where(StatementRow.teryt.in_(some)))
            ]
        return sorted(found, key=lambda stored: stored.id)

    def tellings(self, teryts: Collection[str] | None = None) -> list[StoredStatement]:
        """Return what pages tell of these (or all) municipalities, by id: each fact once a page, as first read there.

        A page that is read in a hundred versions goes on saying the same; judging needs to hear it once.
        """
        first = _first_tellings().with_only_columns(func.min(StatementRow.id))
        chosen = [first] if teryts is None else [first.where(StatementRow.teryt.in_(some)) for some in _sets(teryts)]
        with self._reading() as connection:
            found = [
                rows.to_stored_statement(row)
                for some in chosen
                for row in connection.execute(_statements().where(StatementRow.id.in_(some)))
            ]
        return sorted(found, key=lambda stored: stored.id)

    def telling_ids(self, teryts: Collection[str]) -> dict[str, set[int]]:
        """Return the ids of what `tellings` gives, by municipality: much sooner."""
        found: dict[str, set[int]] = defaultdict(set)
        first = _first_tellings()
        with self._reading() as connection:
            for some in _sets(teryts):
                for teryt, number in connection.execute(first.where(StatementRow.teryt.in_(some))):
                    found[teryt].add(number)
        return dict(found)

    def newest_counts(self, limit: int) -> list[StoredStatement]:
        """Return the count statements read last, one a number, qualifier, day and authority, newest first."""
        same = (StatementRow.value, StatementRow.qualifier, StatementRow.as_of, StatementRow.authority)
        query = (
            select(StatementRow.id, *same, SnapshotRow.published)
            .join(SnapshotRow, SnapshotRow.id == StatementRow.snapshot_id)
            .where(StatementRow.kind == "count", StatementRow.teryt.is_(None), _is_current())
            .order_by(StatementRow.id.desc())
            .limit(limit * 10)
        )
        with self._reading() as connection:
            chosen: dict[tuple[Any, ...], int] = {}
            for row in connection.execute(query):
                chosen.setdefault(tuple(row)[1:], row.id)
            ids = list(chosen.values())[:limit]
            found = {row.id: rows.to_stored_statement(row) for row in connection.execute(_by_id(ids))}
        return [found[number] for number in ids]

    def count_points(self, known_at: datetime | None = None, *, own: bool = False) -> list[StatedCount]:
        """Return the exact counts that pages state for a day (see `zmpwatch.store.points`)."""
        with self._reading() as connection:
            return points(connection, known_at, own=own)

    def baseline_of(self, ids: Collection[int]) -> set[int]:
        """Return those of these statements that were found when watching began."""
        query = (
            select(StatementRow.id)
            .join(SnapshotRow, SnapshotRow.id == StatementRow.snapshot_id)
            .where(SnapshotRow.baseline == True)  # noqa: E712
        )
        with self._reading() as connection:
            return {
                number
                for some in batches(sorted(set(ids)))
                for number in connection.execute(query.where(StatementRow.id.in_(some))).scalars()
            }

    def citations(self, ids: Collection[int]) -> dict[int, Citation]:
        """Return where these statements stand and in what words; unknown ids are left out."""
        query = select(
            *(StatementRow.id, StatementRow.quote, SnapshotRow.url, SnapshotRow.sha256),
            *(SnapshotRow.site, StatementRow.authority),
        ).join(SnapshotRow, SnapshotRow.id == StatementRow.snapshot_id)
        with self._reading() as connection:
            return {
                row.id: Citation(row.id, row.url, row.quote, row.sha256, row.site, Authority(row.authority))
                for some in batches(sorted(set(ids)))
                for row in connection.execute(query.where(StatementRow.id.in_(some)))
            }

    def count_statements(self) -> list[StoredStatement]:
        """Return the count statements that count (see `membership_statements`), by id."""
        query = _statements().where(StatementRow.kind == "count", _is_current()).order_by(StatementRow.id)
        with self._reading() as connection:
            return [rows.to_stored_statement(row) for row in connection.execute(query)]

    def statements_of(self, snapshot_id: int) -> list[StoredStatement]:
        """Return the statements of one snapshot that count (see `membership_statements`), by id."""
        query = _statements().where(StatementRow.snapshot_id == snapshot_id, _is_current()).order_by(StatementRow.id)
        with self._reading() as connection:
            return [rows.to_stored_statement(row) for row in connection.execute(query)]

    def statements_by_id(self, ids: Collection[int]) -> dict[int, StoredStatement]:
        """Return these statements, of older readings too; unknown ids are left out.

        A page makes several statements: where each was read is asked once a reading.
        """
        query = select(*_columns(StatementRow)).order_by(StatementRow.id)
        with self._reading() as connection:
            found = [
                row
                for some in batches(sorted(set(ids)))
                for row in connection.execute(query.where(StatementRow.id.in_(some))).all()
            ]
            readings = {
                row[0]: row[1:]
                for some in batches(sorted({row[1] for row in found}))
                for row in connection.execute(_sources().where(ReadingRow.id.in_(some))).all()
            }
        sources: dict[tuple[int, str], Source] = {}
        told = {}
        for row in found:
            number, reading, _, _, authority, *_ = row
            read = (reading, authority)
            if read not in sources:
                sources[read] = rows.to_source(readings[reading], Authority(authority))
            told[number] = StoredStatement(id=number, statement=rows.to_statement(row), source=sources[read])
        return told

    def count_sightings(self, sites: Collection[str], since: datetime | None = None) -> list[Sighting]:
        """Return each time a count statement of these sites was served (from `since` on), oldest first."""
        return self._sightings(sorted(set(sites)), [StatementRow.kind == "count"], since)

    def _sightings(
        self, sites: Sequence[str], conditions: Sequence[ColumnElement[bool]], since: datetime | None
    ) -> list[Sighting]:
        """Joined here, not by the database: a list of 381 members served 1,000 times is 381 + 1,000 rows to read."""
        with self._reading() as connection:
            by_snapshot: dict[int, list[StoredStatement]] = defaultdict(list)
            for some in batches(sites):
                served_by = StatementRow.snapshot_id.in_(_snapshots_of(some, since))
                query = _statements().where(served_by, *conditions, _is_current()).order_by(StatementRow.id)
                for row in connection.execute(query):
                    by_snapshot[row.snapshot_id].append(rows.to_stored_statement(row))
            served: list[Row[Any]] = []
            for ids in batches(sorted(by_snapshot)):
                sightings = select(*_columns(SightingRow)).where(SightingRow.snapshot_id.in_(ids))
                if since is not None:
                    sightings = sightings.where(SightingRow.seen_at >= since)
                served.extend(connection.execute(sightings))
        served.sort(key=lambda row: (row.seen_at, row.id))
        return [
            Sighting(statement, row.seen_at, row.visit_id, row.fresh)
            for row in served
            for statement in by_snapshot[row.snapshot_id]
        ]

    def count_sightings_of(self, visit: int) -> list[Sighting]:
        """Return each time a count statement was served on one visit, oldest first."""
        served = select(*_columns(SightingRow)).where(SightingRow.visit_id == visit)
        ids = select(SightingRow.snapshot_id).where(SightingRow.visit_id == visit)
        query = _statements().where(StatementRow.snapshot_id.in_(ids), StatementRow.kind == "count", _is_current())
        by_snapshot: dict[int, list[StoredStatement]] = defaultdict(list)
        with self._reading() as connection:
            for row in connection.execute(query.order_by(StatementRow.id)):
                by_snapshot[row.snapshot_id].append(rows.to_stored_statement(row))
            sightings = connection.execute(served.order_by(SightingRow.seen_at, SightingRow.id)).all()
        return [
            Sighting(statement, row.seen_at, row.visit_id, row.fresh)
            for row in sightings
            for statement in by_snapshot[row.snapshot_id]
        ]

    def counter_seen(self, site: str, before: int, since: datetime) -> datetime | None:
        """Return when the site's counter was last served, from `since` on, by visits before this one."""
        statement = (
            select(StatementRow.id)
            .where(
                StatementRow.snapshot_id == SightingRow.snapshot_id,
                StatementRow.kind == "count",
                StatementRow.authority == str(Authority.COUNTER),
                _is_current(),
            )
            .correlate(SightingRow)
            .exists()
        )
        visits = select(VisitRow.id).where(VisitRow.site == site, VisitRow.id < before).order_by(VisitRow.id.desc())
        with self._reading() as connection:
            # the last visit nearly always has it, so they are asked one after the other
            for visit in connection.execute(visits.add_columns(VisitRow.finished)):
                if visit.finished < since:
                    return None
                query = select(func.max(SightingRow.seen_at)).where(SightingRow.visit_id == visit.id, statement)
                seen: datetime | None = connection.execute(query).scalar()
                if seen is not None:
                    return seen if seen >= since else None
        return None

    def listed_on(self, visit: int) -> set[str]:
        """Return the municipalities whose names stood in a member list on this visit, and not since the baseline."""
        prefix = "member_list"
        query = select(StatementRow.teryt).where(
            StatementRow.kind == "membership",
            func.substr(StatementRow.rule, 1, len(prefix)) == prefix,
            _is_current(),
        )
        served = (
            select(SnapshotRow.id)
            .join(SightingRow, SightingRow.snapshot_id == SnapshotRow.id)
            .where(SightingRow.visit_id == visit, SnapshotRow.baseline == False)  # noqa: E712
        )
        with self._reading() as connection:
            # asked first, so that no planner begins with all names of all lists there ever were
            ids = list(connection.execute(served).scalars())
            return {
                teryt
                for some in batches(ids)
                for teryt in connection.execute(query.where(StatementRow.snapshot_id.in_(some))).scalars()
                if teryt is not None
            }

    # beliefs

    def count_belief(self, association: str) -> CountBelief | None:
        """Return the member count held true now."""
        query = select(*_columns(CountBeliefRow)).where(CountBeliefRow.association == association)
        with self._reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else rows.to_belief(row)

    def count_version(self, association: str, known_at: datetime) -> CountVersion | None:
        """Return what was held true of the count at a time, and why; None where nothing was."""
        with self._reading() as connection:
            return count_version(connection, association, known_at)

    def count_versions(
        self, association: str, limit: int | None = None, known_at: datetime | None = None
    ) -> list[CountVersion]:
        """Return the last versions of what was held true of the count (up to a time), newest first."""
        with self._reading() as connection:
            return count_versions(connection, association, limit, known_at)

    def count_history(self, association: str, known_at: datetime | None = None) -> list[CountBelief]:
        """Return every number that was held true (until a time), oldest first; the last one still is (was)."""
        if known_at is not None:
            with self._reading() as connection:
                return held_counts(connection, association, known_at)
        query = (
            select(*_columns(CountHistoryRow))
            .where(CountHistoryRow.association == association)
            .order_by(CountHistoryRow.id)
        )
        with self._reading() as connection:
            return [rows.to_past_belief(row) for row in connection.execute(query)]

    def decisions(self, association: str) -> list[Decision]:
        """Return the operator's decisions on official counts, oldest first."""
        query = select(*_columns(DecisionRow)).where(DecisionRow.association == association).order_by(DecisionRow.id)
        with self._reading() as connection:
            return [rows.to_decision(row) for row in connection.execute(query)]

    def case(self, teryt: str, known_at: datetime | None = None) -> Case | None:
        """Return all that is known (or was known at a time) of one municipality's membership."""
        with self._reading() as connection:
            if known_at is not None:
                found = case_versions(connection, known_at, teryt)
            else:
                found = _cases(connection, [CaseRow.teryt == teryt], [CaseEventRow.teryt == teryt])
        return found[0] if found else None

    def cases(self, known_at: datetime | None = None) -> list[Case]:
        """Return all cases, by TERYT, as they are held true now, or were at a time."""
        with self._reading() as connection:
            return _cases(connection, [], []) if known_at is None else case_versions(connection, known_at)

    def memberships(self, known_at: datetime | None = None) -> list[Case]:
        """Return the cases, by TERYT, of those held true (now, or at a time) to be members or to have been once.

        Only what decides who was a member when can be relied on in them: the steps in and out, and for each the
        statement that shows it best.
        """
        with self._reading() as connection:
            if known_at is not None:
                return case_versions(connection, known_at, stages=(Stage.ADMITTED, Stage.MEMBER))
            return memberships(connection)

    def moves(self, since: date, known_at: datetime | None = None) -> list[Case]:
        """Return the cases of `cases_moved`, or those with any move that were held true at a time.

        Only admissions, departures and the councils' decisions can be relied on in them, and what an admission without
        a date rests on.
        """
        with self._reading() as connection:
            if known_at is not None:
                return case_versions(connection, known_at, stages=(Stage.ADMITTED,))
            return moves(connection, since)

    def cases_of(self, teryts: Collection[str]) -> dict[str, Case]:
        """Return the cases of these municipalities as they are held true now, by TERYT."""
        with self._reading() as connection:
            return {
                case.teryt: case
                for some in _sets(teryts)
                for case in _cases(connection, [CaseRow.teryt.in_(some)], [CaseEventRow.teryt.in_(some)])
            }

    def cases_moved(self, since: date) -> list[Case]:
        """Return the cases with an admission or departure that is dated, or became known, on this day or later."""
        moved = moved_since(since)
        with self._reading() as connection:
            return _cases(connection, [CaseRow.teryt.in_(moved)], [CaseEventRow.teryt.in_(moved)])

    def awaiting(self) -> list[str]:
        """Return the municipalities whose cases must be judged: a run was cut off before it could."""
        with self._reading() as connection:
            return list(connection.execute(select(AwaitingRow.teryt).order_by(AwaitingRow.teryt)).scalars())

    # sites and visits

    def sites(self) -> dict[str, Site]:
        """Return every site that was ever visited, by name, as it was last configured."""
        with self._reading() as connection:
            return {
                row.name: Site(row.name, row.family, row.url, row.municipality)
                for row in connection.execute(select(*_columns(SiteRow)).order_by(SiteRow.name))
            }

    def listing_visits(self, teryts: Collection[str]) -> dict[str, int]:
        """Return on how many healthy routine visits each of these names stood in a member list, by TERYT.

        Names that stood there since the baseline were always there: they are left out.
        """
        prefix = "member_list"
        well = [verdict for verdict in Verdict if verdict.healthy]
        query = (
            select(StatementRow.teryt, func.count(VisitRow.id.distinct()).label("visits"))
            .join(SnapshotRow, SnapshotRow.id == StatementRow.snapshot_id)
            .join(SightingRow, SightingRow.snapshot_id == StatementRow.snapshot_id)
            .join(VisitRow, VisitRow.id == SightingRow.visit_id)
            .where(
                StatementRow.kind == "membership",
                func.substr(StatementRow.rule, 1, len(prefix)) == prefix,
                SnapshotRow.baseline == False,  # noqa: E712
                VisitRow.purpose == Purpose.ROUTINE,
                VisitRow.verdict.in_(well),
                _is_current(),
            )
            .group_by(StatementRow.teryt)
        )
        with self._reading() as connection:
            return {
                row.teryt: row.visits
                for some in batches(sorted(set(teryts)))
                for row in connection.execute(query.where(StatementRow.teryt.in_(some)))
            }

    def site_state(self, name: str) -> SiteState | None:
        """Return how the site has done; None when it was never marked nor visited."""
        sites = select(SiteRow.first_healthy).where(SiteRow.name == name)
        visits = select(VisitRow.verdict).where(VisitRow.site == name).order_by(VisitRow.id.desc()).limit(VERDICTS)
        with self._reading() as connection:
            site = connection.execute(sites).one_or_none()
            verdicts = tuple(Verdict(row.verdict) for row in connection.execute(visits))
        if site is None and not verdicts:
            return None
        return SiteState(name, site.first_healthy if site is not None else None, verdicts)

    def visits(self, site: str | None = None, limit: int = 20, purpose: Purpose | None = None) -> list[Visit]:
        """Return the last visits, newest first (in the order they were stored)."""
        query = select(*_columns(VisitRow)).order_by(VisitRow.id.desc()).limit(limit)
        if site is not None:
            query = query.where(VisitRow.site == site)
        if purpose is not None:
            query = query.where(VisitRow.purpose == purpose)
        with self._reading() as connection:
            return [rows.to_visit(row) for row in connection.execute(query)]

    def last_visits(self) -> dict[str, Visit]:
        """Return each site's last visit in its turn, by the site's name; confirmations are no turn."""
        sites = select(VisitRow.site).distinct().subquery()
        # site by site, so that the index is read from its end and not all visits there ever were
        newest = select(
            select(VisitRow.id)
            .where(VisitRow.site == sites.c.site, VisitRow.purpose == Purpose.ROUTINE)
            .order_by(VisitRow.id.desc())
            .limit(1)
            .correlate(sites)
            .scalar_subquery()
        ).select_from(sites)
        query = select(*_columns(VisitRow)).where(VisitRow.id.in_(newest)).order_by(VisitRow.site)
        with self._reading() as connection:
            return {visit.site: visit for visit in map(rows.to_visit, connection.execute(query).all())}

    # changes and deliveries

    def changes(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        kinds: Collection[ChangeKind] | None = None,
        teryt: str | None = None,
        teryts: Collection[str] | None = None,
        ids: Collection[int] | None = None,
    ) -> list[Change]:
        """Return changes with ``since <= at < until``, oldest first, with evidence and reconciliation."""
        conditions: list[ColumnElement[bool]] = []
        if since is not None:
            conditions.append(ChangeRow.at >= since)
        if until is not None:
            conditions.append(ChangeRow.at < until)
        if kinds is not None:
            conditions.append(ChangeRow.kind.in_([str(kind) for kind in kinds]))
        if teryt is not None:
            conditions.append(ChangeRow.teryt == teryt)
        if teryts is not None:
            conditions.append(ChangeRow.teryt.in_(list(teryts)))
        chosen = [None] if ids is None else list(batches(sorted(set(ids))))
        with self._reading() as connection:
            found = [row for some in chosen for row in _changes(connection, conditions, some)]
            evidence = _evidence(connection, [row.id for row in found])
        found.sort(key=lambda row: (row.at, row.id))
        return [rows.to_change(row, evidence[row.id]) for row in found]

    def last_change(self, site: str, kinds: Collection[ChangeKind]) -> Change | None:
        """Return the last change of these kinds that was told of a site."""
        query = (
            select(ChangeRow.id)
            .where(ChangeRow.site == site, ChangeRow.kind.in_([str(kind) for kind in kinds]))
            .order_by(ChangeRow.id.desc())
            .limit(1)
        )
        with self._reading() as connection:
            number = connection.execute(query).scalar()
        return None if number is None else self.changes(ids=[number])[0]

    def deliveries(
        self,
        *,
        states: Collection[DeliveryState] | None = None,
        due_before: datetime | None = None,
        change: int | None = None,
    ) -> list[Delivery]:
        """Return deliveries by id: in these states, due by then (one without a time is always due), of this change."""
        query = select(*_columns(DeliveryRow)).order_by(DeliveryRow.id)
        if states is not None:
            query = query.where(DeliveryRow.state.in_([str(state) for state in states]))
        if due_before is not None:
            query = query.where((DeliveryRow.due <= due_before) | DeliveryRow.due.is_(None))
        if change is not None:
            query = query.where(DeliveryRow.change_id == change)
        with self._reading() as connection:
            return [rows.to_delivery(row) for row in connection.execute(query)]

    def delivery_counts(self) -> dict[str, int]:
        """Return how many deliveries are in each state that has any."""
        query = select(DeliveryRow.state, func.count()).group_by(DeliveryRow.state)
        with self._reading() as connection:
            return {state: int(number) for state, number in connection.execute(query)}

    def news_mark(self) -> str:
        """Return a digest of what feeds depend on: the newest change, and which deliveries are held or dead.

        Of which, not of how many: one that is released while another is given up must not look like nothing at all.
        """
        silent = [str(DeliveryState.HELD), str(DeliveryState.DEAD)]
        told_nobody = select(DeliveryRow.id, DeliveryRow.state).where(DeliveryRow.state.in_(silent))
        with self._reading() as connection:
            newest = connection.execute(select(func.max(ChangeRow.id))).scalar() or 0
            mark = hashlib.sha256(f"{newest}".encode())
            for row in connection.execute(told_nobody.order_by(DeliveryRow.id)):
                mark.update(f";{row.id}:{row.state}".encode())
        return mark.hexdigest()

    def last_sent(self, recipient: str) -> dict[str, datetime]:
        """Return when each address of a recipient last took a message."""
        query = (
            select(DeliveryRow.address, func.max(DeliveryRow.sent).label("sent"))
            .where(DeliveryRow.recipient == recipient, DeliveryRow.sent.is_not(None))
            .group_by(DeliveryRow.address)
        )
        with self._reading() as connection:
            return {row.address: row.sent for row in connection.execute(query)}

    # the fixed views

    def views(self, wanted: Mapping[str, Sequence[str]]) -> dict[str, list[tuple[Any, ...]]]:
        """Return the rows of views, with these columns, as they stand at one moment; ordered by their columns."""
        with self._reading() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
            found = {}
            for name, columns in wanted.items():
                listed: list[ColumnElement[Any]] = [column(one) for one in columns]
                query = select(*listed).select_from(named(name)).order_by(*(one.nulls_first() for one in listed))
                found[name] = [tuple(row) for row in connection.execute(query)]
        return found


@cache
def _columns(model: Any) -> tuple[Any, ...]:
    return tuple(model.__table__.columns)


def batches(values: Sequence[T]) -> Iterator[list[T]]:
    """Cut `values` into lists that fit one statement."""
    rest = iter(values)
    while some := list(islice(rest, PARAMETERS)):
        yield some


@cache
def _first_tellings() -> Select[Any, Any]:
    """Municipality and first statement of each fact, once a page."""
    same = (
        *(StatementRow.teryt, SnapshotRow.url, SnapshotRow.published, SnapshotRow.baseline, StatementRow.authority),
        *(StatementRow.event, StatementRow.stage, StatementRow.date, StatementRow.resolution),
        *(StatementRow.has_votes, StatementRow.votes_for, StatementRow.votes_against, StatementRow.votes_abstain),
        StatementRow.rule,
        StatementRow.confidence,
    )
    return (
        select(StatementRow.teryt, func.min(StatementRow.id))
        .join(SnapshotRow, SnapshotRow.id == StatementRow.snapshot_id)
        .where(StatementRow.kind == "membership", StatementRow.teryt.is_not(None), _is_current())
        .group_by(*same)
    )


def _by_id(ids: Sequence[int]) -> Select[Any]:
    return _statements().where(StatementRow.id.in_(ids))


def _sets(values: Collection[str]) -> Iterator[list[str]]:
    return batches(sorted(set(values)))


@cache
def _statements() -> Select[Any]:
    """Statements with what a `Source` needs; an index answers when the text was first and last served.

    Made once, as are the other parts that every visit asks with: to put a query together costs more than to ask it.
    """
    return (
        select(*_columns(StatementRow), *_source_columns())
        .join(ReadingRow, ReadingRow.id == StatementRow.reading_id)
        .join(SnapshotRow, SnapshotRow.id == StatementRow.snapshot_id)
    )


@cache
def _sources() -> Select[Any]:
    """Readings with what a `Source` needs."""
    return select(ReadingRow.id.label("reading"), *_source_columns()).join(
        SnapshotRow, SnapshotRow.id == ReadingRow.snapshot_id
    )


def _source_columns() -> tuple[Any, ...]:
    seen = SightingRow.seen_at
    served = SightingRow.snapshot_id == SnapshotRow.id
    return (
        ReadingRow.extractor,
        SnapshotRow.url,
        SnapshotRow.site,
        SnapshotRow.published,
        SnapshotRow.fetched_at,
        SnapshotRow.sha256,
        SnapshotRow.visit_id,
        SnapshotRow.baseline,
        SnapshotRow.title,
        select(func.min(seen)).where(served).correlate(SnapshotRow).scalar_subquery().label("first_seen"),
        select(func.max(seen)).where(served).correlate(SnapshotRow).scalar_subquery().label("last_seen"),
    )


def _snapshots_of(sites: Sequence[str], since: datetime | None) -> Select[int]:
    """Ids of the snapshots these sites served (from `since` on): a subquery, so that the search begins with them."""
    query = select(SnapshotRow.id).where(SnapshotRow.site.in_(sites))
    if since is None:
        return query
    return query.where(
        select(SightingRow.id)
        .where(SightingRow.snapshot_id == SnapshotRow.id, SightingRow.seen_at >= since)
        .correlate(SnapshotRow)
        .exists()
    )


@cache
def _is_current() -> ColumnElement[bool]:
    """No newer extractor has read this snapshot."""
    newer = aliased(ReadingRow)
    return ~(
        select(newer.id)
        .where(newer.snapshot_id == StatementRow.snapshot_id, newer.id > StatementRow.reading_id)
        .correlate(StatementRow)
        .exists()
    )


def _cases(
    connection: Connection, of_cases: Sequence[ColumnElement[bool]], of_events: Sequence[ColumnElement[bool]]
) -> list[Case]:
    events: dict[str, list[CaseEvent]] = defaultdict(list)
    query = select(*_columns(CaseEventRow)).where(*of_events).order_by(CaseEventRow.teryt, CaseEventRow.position)
    for row in connection.execute(query).all():
        events[row.teryt].append(rows.to_event(row))
    found = connection.execute(select(*_columns(CaseRow)).where(*of_cases).order_by(CaseRow.teryt)).all()
    return [rows.to_case(row, events[row.teryt]) for row in found]


def _changes(
    connection: Connection, conditions: Sequence[ColumnElement[bool]], ids: Sequence[int] | None
) -> Sequence[Row[Any]]:
    query = select(*_columns(ChangeRow)).where(*conditions)
    if ids is not None:
        query = query.where(ChangeRow.id.in_(ids))
    return connection.execute(query).all()


def _evidence(connection: Connection, changes: Sequence[int]) -> dict[int, list[Evidence]]:
    found: dict[int, list[Evidence]] = defaultdict(list)
    for some in batches(sorted(changes)):
        query = select(*_columns(EvidenceRow)).where(EvidenceRow.change_id.in_(some))
        for row in connection.execute(query.order_by(EvidenceRow.change_id, EvidenceRow.position)):
            found[row.change_id].append(rows.to_evidence(row))
    return found

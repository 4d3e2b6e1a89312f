"""Questions about what pages state, and when they were served."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select

from zmpwatch.model import Authority, EventKind, Qualifier, Sighting, Source, StatedCount, StoredStatement
from zmpwatch.store import rows
from zmpwatch.store.points import points
from zmpwatch.store.questions import Questions
from zmpwatch.store.records import Citation, ListVersion
from zmpwatch.store.schema import ReadingRow, SightingRow, SiteRow, SnapshotRow, StatementRow, VisitRow
from zmpwatch.store.selects import batches, columns, is_current, joined_sources, joined_statements, sets

__all__ = ["StatementQuestions"]


_OF_LIST = (
    StatementRow.kind == "membership",
    StatementRow.authority == str(Authority.MEMBER_LIST),
    StatementRow.event == str(EventKind.ACCESSION),
)
"""A name in a member list."""


class StatementQuestions(Questions):
    """What was stated, by whom, where and when."""

    def membership_statements(self, teryts: Collection[str] | None = None) -> list[StoredStatement]:
        """Return the membership statements that count, by id: of all, or of these municipalities.

        A statement counts when it belongs to the newest reading of its snapshot. Without `teryts` the statements that
        name no single municipality (`teryt` None) are among them.
        """
        query = joined_statements().where(StatementRow.kind == "membership", is_current())
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
        chosen = [first] if teryts is None else [first.where(StatementRow.teryt.in_(some)) for some in sets(teryts)]
        with self._reading() as connection:
            found = [
                rows.to_stored_statement(row)
                for some in chosen
                for row in connection.execute(joined_statements().where(StatementRow.id.in_(some)))
            ]
        return sorted(found, key=lambda stored: stored.id)

    def telling_ids(self, teryts: Collection[str]) -> dict[str, set[int]]:
        """Return the ids of what `tellings` gives, by municipality: much sooner."""
        found: dict[str, set[int]] = defaultdict(set)
        first = _first_tellings()
        with self._reading() as connection:
            for some in sets(teryts):
                for teryt, number in connection.execute(first.where(StatementRow.teryt.in_(some))):
                    found[teryt].add(number)
        return dict(found)

    def newest_counts(self, limit: int) -> list[StoredStatement]:
        """Return the count statements read last, one a number, qualifier, day and authority, newest first."""
        same = (StatementRow.value, StatementRow.qualifier, StatementRow.as_of, StatementRow.authority)
        query = (
            select(StatementRow.id, *same, SnapshotRow.published)
            .join(SnapshotRow, SnapshotRow.id == StatementRow.snapshot_id)
            .where(StatementRow.kind == "count", StatementRow.teryt.is_(None), is_current())
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

    def counts_of(self, members: int, limit: int) -> list[StoredStatement]:
        """Return the exact counts of that number, as each page first stated it, those stated last first."""
        first = (
            select(func.min(StatementRow.id).label("id"))
            .join(SnapshotRow, SnapshotRow.id == StatementRow.snapshot_id)
            .where(
                *(StatementRow.kind == "count", StatementRow.teryt.is_(None), is_current()),
                *(StatementRow.value == members, StatementRow.qualifier == str(Qualifier.EXACT)),
            )
            .group_by(SnapshotRow.url)
        )
        with self._reading() as connection:
            ids = list(connection.execute(first.order_by(func.min(StatementRow.id).desc()).limit(limit)).scalars())
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
            .where(SnapshotRow.baseline == True)  # noqa: E712 - SQL, which has no `is`
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
        query = joined_statements().where(StatementRow.kind == "count", is_current()).order_by(StatementRow.id)
        with self._reading() as connection:
            return [rows.to_stored_statement(row) for row in connection.execute(query)]

    def statements_of(self, snapshot_id: int) -> list[StoredStatement]:
        """Return the statements of one snapshot that count (see `membership_statements`), by id."""
        query = (
            joined_statements().where(StatementRow.snapshot_id == snapshot_id, is_current()).order_by(StatementRow.id)
        )
        with self._reading() as connection:
            return [rows.to_stored_statement(row) for row in connection.execute(query.order_by(StatementRow.id))]

    def statements_by_id(self, ids: Collection[int]) -> dict[int, StoredStatement]:
        """Return these statements, of older readings too; unknown ids are left out.

        A page makes several statements: where each was read is asked once a reading.
        """
        query = select(*columns(StatementRow)).order_by(StatementRow.id)
        with self._reading() as connection:
            found = [
                row
                for some in batches(sorted(set(ids)))
                for row in connection.execute(query.where(StatementRow.id.in_(some))).all()
            ]
            readings = {
                row[0]: row[1:]
                for some in batches(sorted({row[1] for row in found}))
                for row in connection.execute(joined_sources().where(ReadingRow.id.in_(some))).all()
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
                query = joined_statements().where(served_by, *conditions, is_current()).order_by(StatementRow.id)
                for row in connection.execute(query):
                    by_snapshot[row.snapshot_id].append(rows.to_stored_statement(row))
            served: list[Row[Any]] = []
            for ids in batches(sorted(by_snapshot)):
                sightings = select(*columns(SightingRow)).where(SightingRow.snapshot_id.in_(ids))
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
        served = select(*columns(SightingRow)).where(SightingRow.visit_id == visit)
        ids = select(SightingRow.snapshot_id).where(SightingRow.visit_id == visit)
        query = joined_statements().where(StatementRow.snapshot_id.in_(ids), StatementRow.kind == "count", is_current())
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
                is_current(),
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

    def list_versions(self, family: str) -> list[ListVersion]:
        """Return all versions of the member lists of the sites of a family."""
        listing = (
            select(StatementRow.id)
            .where(StatementRow.snapshot_id == SnapshotRow.id, *_OF_LIST)
            .correlate(SnapshotRow)
            .exists()
        )
        # a list is served every half hour for years: its first and newest time are looked up, not searched for
        times = (func.min(SightingRow.seen_at), func.max(SightingRow.seen_at))
        first, last = (
            select(time).where(SightingRow.snapshot_id == SnapshotRow.id).correlate(SnapshotRow).scalar_subquery()
            for time in times
        )
        query = select(SnapshotRow.id, SnapshotRow.url, first, last, SnapshotRow.baseline).where(
            SnapshotRow.site.in_(select(SiteRow.name).where(SiteRow.family == family)), listing
        )
        with self._reading() as connection:
            return [ListVersion(*row) for row in connection.execute(query)]

    def listed_names(self, versions: Collection[int]) -> dict[int, frozenset[str]]:
        """Return who is named in these versions of a member list, by version."""
        query = select(StatementRow.snapshot_id, StatementRow.teryt).where(*_OF_LIST, is_current())
        names: dict[int, set[str]] = {version: set() for version in versions}
        with self._reading() as connection:
            for some in batches(sorted(names)):
                for row in connection.execute(query.where(StatementRow.snapshot_id.in_(some))):
                    # not left to the query: its planner would begin with all names of all lists there ever were
                    if row.teryt is not None:
                        names[row.snapshot_id].add(row.teryt)
        return {version: frozenset(found) for version, found in names.items()}

    def listed_on(self, visit: int) -> set[str]:
        """Return the municipalities whose names stood in a member list on this visit, and not since the baseline."""
        prefix = "member_list"
        query = select(StatementRow.teryt).where(
            StatementRow.kind == "membership", func.substr(StatementRow.rule, 1, len(prefix)) == prefix, is_current()
        )
        served = (
            select(SnapshotRow.id)
            .join(SightingRow, SightingRow.snapshot_id == SnapshotRow.id)
            .where(SightingRow.visit_id == visit, SnapshotRow.baseline == False)  # noqa: E712 - SQL, which has no `is`
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
        .where(StatementRow.kind == "membership", StatementRow.teryt.is_not(None), is_current())
        .group_by(*same)
    )


def _by_id(ids: Sequence[int]) -> Select[Any]:
    return joined_statements().where(StatementRow.id.in_(ids))


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

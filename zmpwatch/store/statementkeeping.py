"""Keeping what was seen: visits, versions of pages, when they were served, and what they state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import insert, select

from zmpwatch.model import Authority, CountStatement, Page, Statement, Text, Visit
from zmpwatch.store import rows
from zmpwatch.store.points import KEY, point_values, renew, sum_up
from zmpwatch.store.schema import (
    CountPointRow,
    PageRequestRow,
    ReadingRow,
    SightingRow,
    SnapshotRow,
    StatementRow,
    VisitRow,
    table,
)
from zmpwatch.store.writing import Writing

__all__ = ["StatementKeeping"]


class StatementKeeping(Writing):
    """What was seen."""

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
        self.add_sightings(visit_id, [(snapshot_id, seen_at, fresh)])

    def add_sightings(self, visit_id: int, seen: Iterable[tuple[int, datetime, bool]]) -> None:
        """Store which texts were served in a visit: snapshot, moment and `fresh` of each; see `add_sighting`."""
        values = [
            {"snapshot_id": snapshot, "visit_id": visit_id, "seen_at": at, "fresh": fresh}
            for snapshot, at, fresh in seen
        ]
        self._insert_new(SightingRow, values, ["snapshot_id", "seen_at", "visit_id"])

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
                zone=self.zone,
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
                zone=self.zone,
            )
            for stored in self.count_statements()
        )
        renew(self._connection, (one for one in current if one is not None), now, self._open_points)

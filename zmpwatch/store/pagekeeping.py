"""Questions about stored pages and what is kept beside them: search, what was pruned, moved sites, request headers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, or_, select

from zmpwatch.store import rows, searching
from zmpwatch.store.questions import Questions
from zmpwatch.store.records import Snapshot
from zmpwatch.store.schema import (
    EvidenceRow,
    PageRequestRow,
    PageRow,
    PrunedRow,
    ReadingRow,
    SightingRow,
    SiteMoveRow,
    SiteRow,
    SnapshotRow,
    StatementRow,
    table,
)
from zmpwatch.store.searching import PageText, Term
from zmpwatch.store.selects import of_site

__all__ = ["NEEDS_OCR", "Hit", "KeptFile", "PageKeeping", "PageQuestions", "SiteMove"]

NEEDS_OCR = "needs_ocr"
"""Stands in `pages` in place of an extractor's version, alone or first: the document is a scan, in whole or in part."""

_ROWS = 500


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that a search found: its snapshot, its day, and the text it was found by."""

    snapshot: Snapshot
    day: str
    text: str


@dataclass(frozen=True, slots=True)
class SiteMove:
    """A site whose address does not lead to it any more.

    `kind` is ``moved`` (a permanent redirect to another host), ``lapsed`` (the domain is parked or for sale) or
    ``stranger`` (another municipality's page); `proposed` is the address to take instead, where one is known.
    """

    site: str
    kind: str
    url: str
    proposed: str | None
    detail: str
    since: datetime
    seen: datetime


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One file of the archive as the history knows it: what came with these bytes, and when it was last served."""

    sha256: str
    snapshots: tuple[int, ...]
    url: str
    cited: bool
    """Whether a statement was read in it, by any version of the extractor, or a change quotes it."""
    last_seen: datetime


class PageQuestions(Questions):
    """What is kept of pages, and what may be found in them."""

    def snapshots_by_id(self, ids: Collection[int]) -> Iterator[Snapshot]:
        """Yield snapshots in the order of their ids, some hundred read at a time."""
        wanted = sorted(ids)
        for begin in range(0, len(wanted), _ROWS):
            some = select(*table(SnapshotRow).c).where(SnapshotRow.id.in_(wanted[begin : begin + _ROWS]))
            with self._reading() as connection:
                found = [rows.to_snapshot(row) for row in connection.execute(some.order_by(SnapshotRow.id))]
            yield from found

    def snapshots_of(self, url: str) -> list[Snapshot]:
        """Return all stored versions of a page, oldest first, by its address as it was asked for or answered."""
        query = select(*table(SnapshotRow).c).where(or_(SnapshotRow.url == url, SnapshotRow.requested == url))
        with self._reading() as connection:
            return [rows.to_snapshot(row) for row in connection.execute(query.order_by(SnapshotRow.id))]

    def snapshots_with(self, sha256: str) -> list[Snapshot]:
        """Return the snapshots whose bytes have a hash that begins so, oldest first."""
        query = select(*table(SnapshotRow).c).where(SnapshotRow.sha256.startswith(sha256, autoescape=True))
        with self._reading() as connection:
            return [rows.to_snapshot(row) for row in connection.execute(query.order_by(SnapshotRow.id))]

    def snapshots_about(self, teryt: str) -> frozenset[int]:
        """Return the snapshots of a municipality's own sites, and those that state something of it."""
        own = (
            select(SnapshotRow.id).join(SiteRow, SiteRow.name == SnapshotRow.site).where(SiteRow.municipality == teryt)
        )
        named = select(StatementRow.snapshot_id).where(StatementRow.teryt == teryt)
        with self._reading() as connection:
            return frozenset(connection.execute(own).scalars()) | frozenset(connection.execute(named).scalars())

    def request_headers(self, ids: Collection[int]) -> dict[int, dict[str, str]]:
        """Return the headers that snapshots were asked for with, where they were kept."""
        query = select(PageRequestRow.snapshot_id, PageRequestRow.headers).where(
            PageRequestRow.snapshot_id.in_(list(ids))
        )
        with self._reading() as connection:
            return {row.snapshot_id: row.headers for row in connection.execute(query)}

    def search(
        self,
        terms: Sequence[Term],
        *,
        since: str | None = None,
        among: Collection[int] | None = None,
        limit: int = 20,
    ) -> list[Hit]:
        """Return the pages that fit, the newest day first, each address once: see `zmpwatch.store.searching`."""
        pages: dict[tuple[str, str], int] = {}
        with self._reading() as connection:
            some: list[int] = []
            found = searching.find(connection, terms, since=since, among=among)
            for page in found:
                some.append(page.snapshot)
                if len(some) >= max(limit - len(pages), 20):
                    _add_addresses(connection, pages, some)
                    some = []
                if len(pages) >= limit:
                    found.close()
                    break
            _add_addresses(connection, pages, some)
            chosen = list(pages.values())[:limit]
            texts = searching.texts_of(connection, chosen)
        snapshots = {snapshot.id: snapshot for snapshot in self.snapshots_by_id(chosen)}
        return [Hit(snapshots[one], *texts[one]) for one in chosen if one in snapshots and one in texts]

    def unindexed_pages(self, analyser: str) -> list[int]:
        """Return the snapshots `search` does not find, or finds by older rules than `analyser` names.

        Left out are those that can't be read: taken down, pruned, or never fetched.
        """
        with self._reading() as connection:
            return searching.unindexed(connection, analyser)

    def all_indexed(self, analyser: str) -> bool:
        """Whether there are as many pages in the index as there can be: a quick look before `unindexed_pages`."""
        with self._reading() as connection:
            return searching.all_indexed(connection, analyser)

    def pruned(self) -> frozenset[str]:
        """Return the hashes of the bytes that `prune` removed."""
        with self._reading() as connection:
            return frozenset(connection.execute(select(PrunedRow.sha256)).scalars())

    def kept_files(self) -> list[KeptFile]:
        """Return every file of the archive that the history knows of, whether it is still there or not."""
        seen = (
            select(SightingRow.snapshot_id, func.max(SightingRow.seen_at).label("seen"))
            .group_by(SightingRow.snapshot_id)
            .subquery()
        )
        cited = select(ReadingRow.snapshot_id).where(ReadingRow.statements > 0).distinct()
        query = (
            select(SnapshotRow.id, SnapshotRow.sha256, SnapshotRow.url, SnapshotRow.fetched_at, seen.c.seen)
            .outerjoin(seen, seen.c.snapshot_id == SnapshotRow.id)
            .order_by(SnapshotRow.id)
        )
        told = select(EvidenceRow.archived).where(EvidenceRow.archived.is_not(None)).distinct()
        with self._reading() as connection:
            with_statements = set(connection.execute(cited).scalars())
            quoted = set(connection.execute(told).scalars())
            found: dict[str, KeptFile] = {}
            for row in connection.execute(query):
                before = found.get(row.sha256)
                last = max(filter(None, (row.seen, row.fetched_at, before and before.last_seen)))
                found[row.sha256] = KeptFile(
                    row.sha256,
                    (*(before.snapshots if before else ()), row.id),
                    row.url,
                    row.id in with_statements or row.sha256 in quoted or bool(before and before.cited),
                    last,
                )
        return list(found.values())

    def scans_waiting(self) -> dict[str, int]:
        """Return how many documents of each site are scans that nobody has read."""
        unread = PageRow.extractor.startswith(NEEDS_OCR)
        query = select(PageRow.site, func.count()).where(unread).group_by(PageRow.site)
        with self._reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def scans_of(self, site: str, tried: str) -> list[str]:
        """Return the addresses of a site's scans that nobody has read, without those marked as `tried`."""
        unread = PageRow.extractor.startswith(NEEDS_OCR), PageRow.extractor != tried
        query = select(PageRow.url).where(PageRow.site == site, *unread).order_by(PageRow.url)
        with self._reading() as connection:
            return list(connection.execute(query).scalars())

    def site_moves(self) -> dict[str, SiteMove]:
        """Return the sites that are not where they were, by name."""
        with self._reading() as connection:
            found = connection.execute(select(*table(SiteMoveRow).c).order_by(SiteMoveRow.site))
            return {row.site: SiteMove(**row._mapping) for row in found}


def _add_addresses(connection: Connection, pages: dict[tuple[str, str], int], some: Sequence[int]) -> None:
    """Add the snapshots whose address is not there yet, in their order."""
    if not some:
        return
    query = select(SnapshotRow.id, SnapshotRow.site, SnapshotRow.url).where(SnapshotRow.id.in_(list(some)))
    addresses = {row.id: (row.site, row.url) for row in connection.execute(query)}
    for snapshot in some:
        if snapshot in addresses:
            pages.setdefault(addresses[snapshot], snapshot)


class PageKeeping(PageQuestions):
    """What is written beside the pages, in the transaction of `_connection`."""

    _connection: Connection

    def index_pages(self, pages: Mapping[int, PageText]) -> None:
        """Let texts be found by `search`, by their snapshots; what was indexed of them is replaced."""
        searching.add(self._connection, dict(pages))

    def unindex_pages(self, snapshots: Collection[int], *, for_good: bool = False) -> int:
        """Let texts be found no more; return how many there were. `for_good` leaves no word of them in the file."""
        removed = searching.remove(self._connection, snapshots)
        if for_good and removed:
            searching.purge(self._connection)
        return removed

    def add_pruned(self, files: Collection[KeptFile], now: datetime) -> None:
        """Note that these bytes were removed from the archive on purpose."""
        known = self.pruned()
        values = [{"sha256": one.sha256, "at": now, "url": one.url} for one in files if one.sha256 not in known]
        if values:
            self._connection.execute(insert(table(PrunedRow)), values)

    def put_site_move(self, site: str, move: SiteMove | None) -> None:
        """Note that a site has moved, or (None) that it is where it was."""
        there = table(SiteMoveRow)
        before = self._connection.execute(of_site(SiteMoveRow), {"site": site}).one_or_none()
        if before is not None:
            self._connection.execute(delete(there).where(there.c.site == site))
        if move is not None:
            since = before.since if before is not None and before.kind == move.kind else move.since
            values = {
                "site": site,
                "kind": move.kind,
                "url": move.url,
                "proposed": move.proposed,
                "detail": move.detail,
                "since": since,
                "seen": move.seen,
            }
            self._connection.execute(insert(there), values)

"""All questions asked of the history; answers are model objects."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, tzinfo
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, column, select
from sqlalchemy import table as named

from zmpwatch.model import KnownPage, KnownPlatform, SiteMemory
from zmpwatch.model.days import WARSAW
from zmpwatch.store import rows
from zmpwatch.store.beliefquestions import BeliefQuestions
from zmpwatch.store.crawlmemory import held_sites, load_memory, load_platforms
from zmpwatch.store.newsquestions import NewsQuestions
from zmpwatch.store.pagekeeping import PageQuestions
from zmpwatch.store.records import Snapshot
from zmpwatch.store.schema import PageRow, SnapshotRow, TombstoneRow
from zmpwatch.store.selects import columns, of_site, sets
from zmpwatch.store.statementquestions import StatementQuestions
from zmpwatch.store.visitquestions import VisitQuestions

__all__ = ["Reader"]


@cache
def _pages_of() -> Select[Any]:
    return of_site(PageRow).order_by(PageRow.url)


@cache
def _snapshots_of() -> Select[int, str, str]:
    these = SnapshotRow.site == bindparam("site"), SnapshotRow.url.in_(bindparam("urls", expanding=True))
    return select(SnapshotRow.id, SnapshotRow.url, SnapshotRow.text_sha256).where(*these)


class Reader(StatementQuestions, BeliefQuestions, VisitQuestions, NewsQuestions, PageQuestions):
    """The questions; `Store` asks each in a short transaction of its own, `Writer` inside its transaction."""

    zone: tzinfo = WARSAW
    """Whose midnight ends a day."""

    def known_pages(self, site: str) -> dict[str, KnownPage]:
        """Return what is remembered of the site's addresses, by address."""
        with self._reading() as connection:
            found = connection.execute(_pages_of(), {"site": site})
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
            select(*columns(SnapshotRow))
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

    def snapshot_ids(self, site: str, versions: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """Return the stored snapshots among versions of pages, which are told by address and hash of the text.

        A visit asks for hundreds: one by one they would cost more than to fetch the pages.
        """
        wanted = set(versions)
        with self._reading() as connection:
            return {
                (row.url, row.text_sha256): row.id
                for some in sets([url for url, _ in wanted])
                for row in connection.execute(_snapshots_of(), {"site": site, "urls": some})
                if (row.url, row.text_sha256) in wanted
            }

    def snapshots(self, *, site: str | None = None, after: int = 0, limit: int | None = None) -> list[Snapshot]:
        """Return snapshots with an id above `after`, in the order they were stored: page through with the last id."""
        query = select(*columns(SnapshotRow)).where(SnapshotRow.id > after).order_by(SnapshotRow.id)
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

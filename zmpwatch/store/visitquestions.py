"""Questions about sites and the visits to them."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from zmpwatch.model import Purpose, Site, Verdict, Visit
from zmpwatch.store import rows
from zmpwatch.store.crawlmemory import first_healthy_of
from zmpwatch.store.questions import Questions
from zmpwatch.store.records import SiteState
from zmpwatch.store.schema import SightingRow, SiteRow, SnapshotRow, StatementRow, VisitRow
from zmpwatch.store.selects import batches, columns, is_current

__all__ = ["VisitQuestions"]

VERDICTS = 10


@cache
def _verdicts_of() -> Select[Any]:
    mine = VisitRow.site == bindparam("site")
    return select(VisitRow.verdict).where(mine).order_by(VisitRow.id.desc()).limit(VERDICTS)


class VisitQuestions(Questions):
    """Which sites there are, and how they have done."""

    def sites(self) -> dict[str, Site]:
        """Return every site that was ever visited, by name, as it was last configured."""
        with self._reading() as connection:
            return {
                row.name: Site(row.name, row.family, row.url, row.municipality)
                for row in connection.execute(select(*columns(SiteRow)).order_by(SiteRow.name))
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
                SnapshotRow.baseline == False,  # noqa: E712 - SQL, which has no `is`
                VisitRow.purpose == Purpose.ROUTINE,
                VisitRow.verdict.in_(well),
                is_current(),
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
        with self._reading() as connection:
            site = connection.execute(first_healthy_of(), {"site": name}).one_or_none()
            verdicts = tuple(Verdict(row.verdict) for row in connection.execute(_verdicts_of(), {"site": name}))
        if site is None and not verdicts:
            return None
        return SiteState(name, site.first_healthy if site is not None else None, verdicts)

    def visits(self, site: str | None = None, limit: int = 20, purpose: Purpose | None = None) -> list[Visit]:
        """Return the last visits, newest first (in the order they were stored)."""
        query = select(*columns(VisitRow)).order_by(VisitRow.id.desc()).limit(limit)
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
        query = select(*columns(VisitRow)).where(VisitRow.id.in_(newest)).order_by(VisitRow.site)
        with self._reading() as connection:
            return {visit.site: visit for visit in map(rows.to_visit, connection.execute(query).all())}

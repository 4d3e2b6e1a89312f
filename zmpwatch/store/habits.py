"""What the history shows of a site's habits: how often it was visited, what that cost, and what it brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, case, func, select

from zmpwatch.model import Purpose, Verdict
from zmpwatch.store.schema import SnapshotRow, VisitRow

__all__ = ["SiteHabits", "habits_since", "requests_since"]


@dataclass(frozen=True, slots=True)
class SiteHabits:
    """One site's visits in their turn: how many since when, and their requests in all.

    `new_texts` visits saw a new text, `news` visits saw new statements that were no baseline.
    """

    visits: int
    since: datetime
    requests: int
    new_texts: int
    news: int


def habits_since(connection: Connection, since: datetime) -> dict[str, SiteHabits]:
    """Return the habits of every site visited since, by name."""
    visits = (
        select(
            VisitRow.site,
            func.count().label("visits"),
            func.min(VisitRow.started).label("since"),
            func.sum(VisitRow.requests).label("requests"),
            func.sum(case((VisitRow.verdict == Verdict.OK, 1), else_=0)).label("new_texts"),
        )
        .where(VisitRow.started >= since, VisitRow.purpose == Purpose.ROUTINE)
        .group_by(VisitRow.site)
    )
    news = (
        select(SnapshotRow.site, func.count(SnapshotRow.visit_id.distinct()))
        .where(SnapshotRow.fetched_at >= since, SnapshotRow.baseline.is_(False))
        .group_by(SnapshotRow.site)
    )
    brought = {site: int(number) for site, number in connection.execute(news)}
    return {
        row.site: SiteHabits(
            row.visits, row.since, int(row.requests), min(int(row.new_texts), row.visits), brought.get(row.site, 0)
        )
        for row in connection.execute(visits)
    }


def requests_since(connection: Connection, since: datetime) -> int:
    """Return how many requests visits of all kinds have sent since."""
    total = connection.execute(select(func.sum(VisitRow.requests)).where(VisitRow.started >= since)).scalar()
    return int(total or 0)

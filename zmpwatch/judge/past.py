"""What was true on a day: counts and members read off the history."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from zmpwatch.judge.count import MIN_CONFIDENCE
from zmpwatch.judge.dates import first_day, last_day
from zmpwatch.model import (
    Authority,
    Case,
    CaseEvent,
    CountStatement,
    EventKind,
    MembershipStatus,
    Qualifier,
    Stage,
    StoredStatement,
)

__all__ = ["CountPoint", "Difference", "count_at", "count_points", "difference", "status_at"]


@dataclass(frozen=True, slots=True)
class CountPoint:
    """One exact count and the day it is true of (ISO, cut to the precision known)."""

    members: int
    as_of: str
    official: bool
    statement: StoredStatement


def count_points(statements: Iterable[StoredStatement], believed: Collection[int]) -> list[CountPoint]:
    """All exact counts with the day each is true of, oldest first.

    An official number without a date of its own is true of the day it was first read; anybody else's is left out, since
    municipal pages repeat old numbers for years. A number of the counter that was never confirmed is not in `believed`
    and left out too.
    """
    points = []
    for stored in statements:
        statement, source = stored.statement, stored.source
        if not isinstance(statement, CountStatement) or statement.qualifier is not Qualifier.EXACT:
            continue
        if statement.confidence < MIN_CONFIDENCE:
            continue
        official = source.authority in {Authority.COUNTER, Authority.HOME, Authority.NEWS}
        day = statement.as_of or source.published
        if source.authority in {Authority.COUNTER, Authority.HOME} and statement.as_of is None:
            day = source.first_seen.date().isoformat() if statement.value in believed else None
        if day is not None:
            points.append(CountPoint(statement.value, day, official, stored))
    points.sort(key=lambda point: (last_day(point.as_of), point.official, -point.statement.source.authority.rank))
    return points


def count_at(points: Sequence[CountPoint], day: date) -> CountPoint | None:
    """The newest count stated for a day not after `day`; the association's own word before anybody else's."""
    past = [point for point in points if first_day(point.as_of) <= day]
    official = [point for point in past if point.official] or past
    return official[-1] if official else None


def status_at(case: Case, day: date) -> tuple[MembershipStatus, CaseEvent | None]:
    """Where a municipality stood at the end of `day`, and the event that made it so.

    Undated steps count from the day they were read, which is the first day we know them to be true of.
    """
    status: MembershipStatus = MembershipStatus.UNKNOWN
    cause: CaseEvent | None = None
    for event in case.events:
        start = first_day(event.date) if event.date else event.known_since.date()
        if start > day:
            continue
        if event.kind is EventKind.WITHDRAWAL:
            if event.stage is Stage.ADMITTED:
                status, cause = MembershipStatus.LEFT, event
        elif event.stage in {Stage.ADMITTED, Stage.MEMBER}:
            if status is not MembershipStatus.MEMBER:
                status, cause = MembershipStatus.MEMBER, event
        elif event.stage in {Stage.PROPOSED, Stage.RESOLVED} and status is not MembershipStatus.MEMBER:
            status, cause = MembershipStatus.CANDIDATE, event
    return status, cause


@dataclass(frozen=True, slots=True)
class Difference:
    """Two days compared: the counts, who joined and who left between them (with the deciding event)."""

    before: CountPoint | None
    after: CountPoint | None
    joined: tuple[tuple[Case, CaseEvent], ...]
    left: tuple[tuple[Case, CaseEvent], ...]

    @property
    def unexplained(self) -> int | None:
        """Members the counts ask for and no page names; None when a count is missing."""
        if self.before is None or self.after is None:
            return None
        return self.after.members - self.before.members - (len(self.joined) - len(self.left))


def difference(points: Sequence[CountPoint], cases: Iterable[Case], start: date, end: date) -> Difference:
    """Count and membership between the end of `start` and the end of `end`, reconciled."""
    joined: list[tuple[Case, CaseEvent]] = []
    left: list[tuple[Case, CaseEvent]] = []
    for case in cases:
        net, cause = 0, None
        for event in case.events:
            day = first_day(event.date) if event.date else event.known_since.date()
            if not start < day <= end or event.stage is not Stage.ADMITTED:
                continue
            net, cause = (1 if event.kind is EventKind.ACCESSION else -1), event
        if cause is not None:
            (joined if net > 0 else left).append((case, cause))
    return Difference(count_at(points, start), count_at(points, end), tuple(joined), tuple(left))

"""What was true on a day: counts and members read off the history."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

from zmpwatch.judge.cases import effective_day
from zmpwatch.judge.dates import first_day, last_day
from zmpwatch.judge.rules import CountRules
from zmpwatch.model import (
    Authority,
    Case,
    CaseEvent,
    CountBelief,
    DateKind,
    EventKind,
    MembershipStatus,
    Stage,
    StatedCount,
)
from zmpwatch.model.days import WARSAW, day_of

__all__ = [
    "LONGEST_SILENCE",
    "CountPoint",
    "Difference",
    "case_at",
    "count_at",
    "count_line",
    "count_points",
    "difference",
    "status_at",
]

LONGEST_SILENCE = timedelta(days=20 * 365)
"""A number over a longer time without any other would claim what nobody knows (the ZMP did not exist 1950–1990)."""

_OWN = frozenset({Authority.COUNTER, Authority.HOME, Authority.NEWS})
_RULES = CountRules()

_YEAR = 4
"""Characters of a date of which only the year is known."""


@dataclass(frozen=True, slots=True)
class CountPoint:
    """One exact count and the day it is true of (ISO, cut to the precision known).

    `official` says that the association's own page states it, `believed` that the number was held true once, `checked`
    that it was imported from the initial knowledge. `day` is where it stands on a time line: the middle of what `as_of`
    may mean, but no later than the day it was read; a Polish day, for pages are dated by Polish days, wherever the
    operator lives. `statement` is the first that says it, on one of `pages` addresses.
    """

    members: int
    as_of: str
    official: bool
    authority: Authority
    first_seen: datetime
    statement: int
    pages: int = 1
    checked: bool = False
    believed: bool = False

    @property
    def anchored(self) -> bool:
        """Whether more than one reading stands behind it."""
        return self.checked or self.believed

    @property
    def day(self) -> date:
        """Where the number stands on a time line."""
        first, last = first_day(self.as_of), last_day(self.as_of)
        read = day_of(self.first_seen)
        middle = first + timedelta(days=(last - first).days // 2)
        return min(middle, read) if read >= first else middle

    @property
    def holds_from(self) -> date:
        """The first day the number answers for: with a month known its first day, with a year known its middle."""
        return self.day if len(self.as_of) == _YEAR else first_day(self.as_of)


def count_points(stated: Iterable[StatedCount], held: Sequence[CountBelief]) -> list[CountPoint]:
    """All exact counts with the day each is true of, oldest first.

    An official number without a date of its own is true of the day it was first read; one of a counter or home page
    that was never held true is left out. What was held true is a point also where its page says the same words as long
    before: a number may come back.

    Args:
        stated: what pages state.
        held: every number that was held true.
    """
    believed = {belief.members for belief in held}
    points = [
        CountPoint(
            members=one.members,
            as_of=one.as_of,
            official=one.authority in _OWN,
            authority=one.authority,
            first_seen=one.first_seen,
            statement=one.statement,
            pages=one.pages,
            checked=one.checked,
            believed=one.members in believed,
        )
        for one in stated
        if one.stated or one.members in believed
    ]
    told = {(point.members, point.as_of) for point in points if point.official}
    points += [
        CountPoint(
            belief.members, belief.as_of, True, Authority.COUNTER, belief.since, belief.rests_on[0], believed=True
        )
        for belief in held
        if belief.members is not None
        and belief.as_of is not None
        and belief.since is not None
        and belief.rests_on
        and (belief.members, belief.as_of) not in told
    ]
    points.sort(
        key=lambda point: (
            *(point.day, last_day(point.as_of), point.official, -point.authority.rank),
            *(point.members, point.statement),
        )
    )
    return points


def count_line(points: Sequence[CountPoint], rules: CountRules = _RULES) -> list[CountPoint]:
    """The points that make the history: the association's own and the checked ones, others where those are silent.

    Of the association's own numbers those are left out that are `rules.max_factor` away from what was held true before
    and after: "the board has 30 members" was read wrong, whoever says it.
    """
    anchors = [point for point in points if point.anchored]
    first = next((index for index, point in enumerate(points) if _trusted(point)), len(points))
    own = [point for point in points[first:] if _trusted(point) and not _misread(point, anchors, rules)]
    return [*points[:first], *own]


def _trusted(point: CountPoint) -> bool:
    return point.official or point.checked


def _misread(point: CountPoint, anchors: Sequence[CountPoint], rules: CountRules) -> bool:
    if point.anchored:
        return False
    before = [anchor for anchor in anchors if anchor.day <= point.day][-1:]
    after = [anchor for anchor in anchors if anchor.day > point.day][:1]
    near = [anchor.members for anchor in (*before, *after)]
    return bool(near) and all(
        not members / rules.max_factor <= point.members <= members * rules.max_factor for members in near
    )


def count_at(points: Sequence[CountPoint], day: date) -> CountPoint | None:
    """The newest count stated for a day not after `day`; the association's own word before anybody else's.

    None where no count was stated for so long that nobody can say (`LONGEST_SILENCE`).
    """
    line = count_line(points)
    if not any(point.holds_from <= day for point in line):
        line = [point for point in points if not _trusted(point)]
    found = next((point for point in reversed(line) if point.holds_from <= day), None)
    if found is None or day <= last_day(found.as_of):
        return found
    following = next((point.day for point in line if point.holds_from > day), day)
    return found if following - found.day <= LONGEST_SILENCE else None


def status_at(case: Case, day: date, zone: tzinfo = WARSAW) -> tuple[MembershipStatus, CaseEvent | None]:
    """Where a municipality stood at the end of `day`, and the event that made it so.

    Undated steps count from the day they were read, which is the first day we know them to be true of.
    """
    status: MembershipStatus = MembershipStatus.UNKNOWN
    cause: CaseEvent | None = None
    for event in case.events:
        start = effective_day(event, zone)
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


def case_at(case: Case, day: date, zone: tzinfo = WARSAW) -> Case:
    """A case as it stood at the end of `day`: the steps taken by then (see `status_at`)."""
    status, cause = status_at(case, day, zone)
    events = tuple(event for event in case.events if effective_day(event, zone) <= day)
    return replace(
        case,
        status=status,
        since=cause.date if cause else None,
        since_kind=cause.date_kind if cause else DateKind.ON,
        events=events,
    )


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


def difference(
    points: Sequence[CountPoint],
    cases: Iterable[Case],
    start: date,
    end: date,
    baseline: Container[int] = (),
    zone: tzinfo = WARSAW,
) -> Difference:
    """Count and membership between the end of `start` and the end of `end`, reconciled.

    `baseline` holds the ids of statements found when watching began: a step without a date that they tell of happened
    at some time before, which is not between the two days. Nor need a step be that is only known to have been taken by
    its date.
    """
    joined: list[tuple[Case, CaseEvent]] = []
    left: list[tuple[Case, CaseEvent]] = []
    for case in cases:
        net, cause = 0, None
        for event in case.events:
            day = effective_day(event, zone)
            if not start < day <= end or event.stage is not Stage.ADMITTED or event.date_kind is DateKind.BY:
                continue
            if event.date is None and any(number in baseline for number in event.statements):
                continue
            net, cause = (1 if event.kind is EventKind.ACCESSION else -1), event
        if cause is not None:
            (joined if net > 0 else left).append((case, cause))
    return Difference(count_at(points, start), count_at(points, end), tuple(joined), tuple(left))

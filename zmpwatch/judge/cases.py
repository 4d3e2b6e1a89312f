"""One municipality's membership as a dated timeline, joined from any number of pages.

Mirrors, feeds, print views and the same resolution in BIP and in the news tell one step many times; a case tells it
once, with every statement it rests on. Statements that disagree are kept and said so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

from zmpwatch.judge.dates import better, compatible, days_apart, first_day, last_day
from zmpwatch.judge.known import date_kind
from zmpwatch.judge.rules import CaseRules
from zmpwatch.model import (
    Authority,
    Case,
    CaseEvent,
    DateKind,
    EventKind,
    MembershipStatement,
    MembershipStatus,
    Stage,
    StoredStatement,
    Votes,
)
from zmpwatch.model.days import WARSAW, day_of

__all__ = ["build_case", "effective_day"]

_STAGE_ORDER = {Stage.PROPOSED: 0, Stage.RESOLVED: 1, Stage.REJECTED: 1, Stage.ADMITTED: 2, Stage.MEMBER: 3}
_PAGE_AHEAD = timedelta(days=31)
"""How far a page may be older than the step it proposes: an agenda announces a session some weeks ahead."""
_SAME_DAY = timedelta(days=1)


Day = date
"""The type, where a field called date hides its name."""


@dataclass(slots=True)
class _Step:
    """A step while its statements are being gathered."""

    kind: EventKind
    stage: Stage
    date: str | None
    resolution: str | None
    votes: Votes | None
    told: Day
    """The day it was first told of."""
    date_kind: DateKind = DateKind.ON
    tellings: list[StoredStatement] = field(default_factory=list)
    contradictions: list[str] = field(default_factory=list)

    def ids(self) -> tuple[int, ...]:
        return tuple(sorted(telling.id for telling in self.tellings))

    def pages(self) -> set[str]:
        return {telling.source.url for telling in self.tellings}


def _membership(stored: StoredStatement) -> MembershipStatement:
    statement = stored.statement
    assert isinstance(statement, MembershipStatement)
    return statement


def _told_on(stored: StoredStatement) -> date:
    """The day a statement was made, as well as it is known: the page's own date, else the day we first read it.

    The home page and counters say what holds now, whatever date a template has left in the page's head. Pages are dated
    by Polish days, so the day of reading is compared with them as one, wherever the operator lives.
    """
    lasting_page = stored.source.authority in {Authority.COUNTER, Authority.HOME}
    published = None if lasting_page else stored.source.published
    return first_day(published) if published else day_of(stored.source.first_seen)


def _told_until(stored: StoredStatement, rules: CaseRules) -> date:
    """The last day whose step an undated statement may mean.

    An agenda proposes what comes some weeks later. And a page can tell of what came after its own date, as its side
    lists and teasers go on changing: of anything until we read it, where the words are new on a site we know; not long
    after its date, where they may have stood there for ever.
    """
    told = _told_on(stored)
    if _membership(stored).stage is Stage.PROPOSED:
        return told + _PAGE_AHEAD
    read = day_of(stored.source.first_seen)
    return max(told, min(told + rules.same_step, read) if stored.source.baseline else read) + _SAME_DAY


def build_case(teryt: str, statements: Iterable[StoredStatement], rules: CaseRules) -> Case:
    """Join all statements about one municipality.

    Args:
        teryt: code of the municipality.
        statements: membership statements with this code, in any order; the result does not depend on the order.
        rules: how far apart two tellings of one step may lie.

    Returns:
        The timeline, oldest first, with the status it leads to.
    """
    usable = [stored for stored in statements if _membership(stored).confidence >= rules.min_confidence]
    # precise dates first, so that vaguer tellings join them; then authority and age: the order of arrival is moot
    usable.sort(
        key=lambda stored: (
            -len(_membership(stored).date or ""),
            stored.source.authority.rank,
            _membership(stored).date or "",
            _told_on(stored),
            stored.id,
        )
    )
    steps: list[_Step] = []
    for stored in usable:
        step = _find_step(steps, stored, rules)
        if step is None:
            statement = _membership(stored)
            steps.append(
                _Step(
                    statement.kind,
                    statement.stage,
                    statement.date,
                    statement.resolution,
                    statement.votes,
                    _told_on(stored),
                    date_kind(statement),
                    [stored],
                )
            )
        else:
            _join(step, stored)
    steps = _without_doubled_presence(steps)
    steps = sorted(
        steps, key=lambda step: (_step_day(step, steps), step.kind is EventKind.ACCESSION, _STAGE_ORDER[step.stage])
    )
    status, since, kind = _status(steps)
    return Case(teryt=teryt, status=status, since=since, events=tuple(map(_event, steps)), since_kind=kind)


def _find_step(steps: Sequence[_Step], stored: StoredStatement, rules: CaseRules) -> _Step | None:
    statement = _membership(stored)
    alike = [step for step in steps if step.kind is statement.kind and step.stage is statement.stage]
    if statement.resolution is not None:
        same = [
            step
            for step in alike
            if _same_number(step.resolution, statement.resolution) and _may_be_one(step.date, statement.date, rules)
        ]
        if same:
            return same[0]
        alike = [step for step in alike if step.resolution is None]
    if statement.date is not None:
        # the day of joining and a day by which a municipality had joined do not contradict each other
        alike = [step for step in alike if step.date_kind is date_kind(statement)]
        exact = [step for step in alike if step.date is not None and compatible(step.date, statement.date)]
        if exact or date_kind(statement) is DateKind.BY:
            return exact[0] if exact else None
        near = [
            step
            for step in alike
            if step.date is not None and days_apart(step.date, statement.date) < rules.same_step.days
        ]
        return min(near, key=lambda step: days_apart(step.date or "", statement.date or ""), default=None)
    if not alike:
        return None
    told, until = _told_on(stored), _told_until(stored, rules)
    possible = [
        step
        for step in alike
        if step.date is None or (first_day(step.date) <= until and not _left_between(steps, step.date, told))
    ]
    if len(possible) == 1:
        return possible[0]
    return min(possible, key=lambda step: abs((_last_possible(step) - told).days), default=None)


def _left_between(steps: Sequence[_Step], joined: str, told: date) -> bool:
    """Whether the municipality left between a dated step and an undated telling: the telling is then of its return."""
    return any(
        step.kind is EventKind.WITHDRAWAL
        and step.stage is Stage.ADMITTED
        and step.date is not None
        and first_day(joined) < first_day(step.date) <= told
        for step in steps
    )


def _may_be_one(one: str | None, other: str | None, rules: CaseRules) -> bool:
    """Whether two tellings of one number can mean one resolution: "12" comes back every year, "XI/59" every term."""
    return one is None or other is None or days_apart(one, other) < rules.same_step.days


def _same_number(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one.replace(" ", "").upper() == other.replace(" ", "").upper()


def _last_possible(step: _Step) -> date:
    return last_day(step.date) if step.date else step.told


def _join(step: _Step, stored: StoredStatement) -> None:
    statement = _membership(stored)
    if compatible(step.date, statement.date):
        step.date = better(step.date, statement.date)
    else:
        step.contradictions.append(f"{stored.source.url} dates it {statement.date}, not {step.date}")
    if step.resolution is None:
        step.resolution = statement.resolution
    if step.votes is None:
        step.votes = statement.votes
    elif statement.votes is not None and statement.votes != step.votes:
        step.contradictions.append(f"{stored.source.url} gives other votes")
    step.tellings.append(stored)
    step.told = min(step.told, _told_on(stored))


def _without_doubled_presence(steps: list[_Step]) -> list[_Step]:
    """Fold "is a member" without a date into the admission that made it one.

    A town that joined is a member ever after, and pages go on saying so; that is one fact, not a second step.
    """
    admissions = [step for step in steps if step.kind is EventKind.ACCESSION and step.stage is Stage.ADMITTED]
    kept = []
    for step in steps:
        if step.stage is Stage.MEMBER:
            home = next((other for other in admissions if _says_same(other, step)), None)
            if home is not None:
                home.tellings += step.tellings
                home.resolution = home.resolution or step.resolution
                continue
        kept.append(step)
    return kept


def _says_same(admission: _Step, presence: _Step) -> bool:
    if presence.date is not None:
        return admission.date is not None and compatible(admission.date, presence.date)
    return all(first_day(admission.date) <= _told_on(told) for told in presence.tellings) if admission.date else True


def _step_day(step: _Step, steps: Sequence[_Step]) -> date:
    """Where an undated step stands in the timeline: when it was first told, but a past departure before the return."""
    if step.date is not None:
        return first_day(step.date)
    told = min(map(_told_on, step.tellings))
    if step.kind is EventKind.WITHDRAWAL and step.stage is Stage.ADMITTED:
        # "the town left years ago and now returns": the return stands on the same page, so the departure came before
        returns = [
            first_day(other.date) if other.date else min(map(_told_on, other.tellings))
            for other in steps
            if other.kind is EventKind.ACCESSION and other.stage is not Stage.MEMBER and other.pages() & step.pages()
        ]
        if returns:
            return min([*returns, told]) - timedelta(days=1)
    return told


def effective_day(event: CaseEvent, zone: tzinfo = WARSAW) -> date:
    """The day an event counts from: its date's first day, else the day it became known."""
    return first_day(event.date) if event.date else day_of(event.known_since, zone)


_Standing = tuple[MembershipStatus, str | None, DateKind]
"""Where a municipality stands, since when, and how that date is meant."""


def _status(steps: Sequence[_Step]) -> _Standing:
    standing: _Standing = (MembershipStatus.UNKNOWN, None, DateKind.ON)
    before_candidacy = standing
    for step in steps:
        status, since, _ = standing
        if step.kind is EventKind.WITHDRAWAL:
            if step.stage is Stage.ADMITTED:
                standing = (MembershipStatus.LEFT, step.date, step.date_kind)
        elif step.stage in {Stage.ADMITTED, Stage.MEMBER}:
            if status is not MembershipStatus.MEMBER or since is None:
                standing = (MembershipStatus.MEMBER, step.date, step.date_kind)
        elif status is MembershipStatus.MEMBER:
            continue
        elif step.stage is Stage.REJECTED:
            standing = before_candidacy
        else:
            if status is not MembershipStatus.CANDIDATE:
                before_candidacy = standing
            standing = (MembershipStatus.CANDIDATE, step.date, step.date_kind)
    return standing


def _event(step: _Step) -> CaseEvent:
    return CaseEvent(
        kind=step.kind,
        stage=step.stage,
        date=step.date,
        resolution=step.resolution,
        votes=step.votes,
        statements=step.ids(),
        known_since=_known_since(step.tellings),
        contradictions=tuple(dict.fromkeys(step.contradictions)),
        date_kind=step.date_kind,
    )


def _known_since(tellings: Sequence[StoredStatement]) -> datetime:
    return min(telling.source.first_seen for telling in tellings)

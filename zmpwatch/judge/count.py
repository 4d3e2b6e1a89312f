"""How many members there are: the official count and what it takes to believe a new one.

The rules are those of the house ("an old number is not a new number", "confirm before alerting"):

* Only the association's own words move the official count; municipal pages repeat stale numbers for years.
* The counter outranks news, dated news outrank undated pages.
* A value that differs is a *candidate*: it must be fetched again past every cache, `confirmations` times and
  `confirm_after` apart, without the old value coming between.
* A candidate outside the expected band, or a jump no named admissions explain, waits longer and the operator is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from zmpwatch.judge.dates import first_day
from zmpwatch.judge.readings import Reading
from zmpwatch.judge.rules import CountRules
from zmpwatch.model import Authority, CountBelief, CountState, Overruled
from zmpwatch.model.days import day_of

__all__ = ["CountJudgement", "CountOutcome", "Ground", "judge_count", "overrule"]

_T = TypeVar("_T")

MAX_GROUNDS = 20
"""A belief names this many statements it rests on; a counter read daily for years would else name thousands."""

MAX_OVERRULED = 20
"""A belief names the newest of those it overruled; old pages are found for years."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a believed count rests on: the strongest authority, the pages, and when a counter was last read."""

    authority: Authority | None = None
    urls: frozenset[str] = frozenset()
    counter_seen: datetime | None = None
    counter_before: datetime | None = None
    """When a counter was last read before the visit that is judged."""
    served: Mapping[str, datetime] = field(default_factory=dict)
    """When each of the pages last said the believed number, a server's "not modified" included."""
    formerly: frozenset[int] = frozenset()
    """Numbers that were believed before."""


class CountOutcome(StrEnum):
    """What a reading did to the belief."""

    NOTHING = "nothing"
    BASELINE = "baseline"
    PENDING = "pending"
    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class CountJudgement:
    """The belief after a reading. `reason` explains an `UNCONFIRMED` outcome to the operator."""

    belief: CountBelief
    outcome: CountOutcome
    reason: str = ""


def judge_count(
    belief: CountBelief | None,
    readings: Sequence[Reading],
    rules: CountRules,
    ground: Ground | None = None,
    *,
    named: int | Callable[[], int] = 0,
) -> CountJudgement:
    """Let one visit's readings act on what was believed.

    Args:
        belief: what was believed before; None at the very start.
        readings: the visit's official counts, strongest first (`official_readings`). A visit without any changes
            nothing: absence is no fact.
        rules: the numbers to judge by.
        ground: what the belief rests on.
        named: net number of members that named admissions and departures since the believed count explain; a function
            is asked only where a number challenges the belief.

    Returns:
        The new belief and what happened.
    """
    belief = belief or CountBelief(CountState.UNKNOWN)
    ground = ground or Ground()
    ground = replace(ground, counter_before=ground.counter_seen)
    if readings and readings[0].authority is Authority.COUNTER:
        ground = replace(ground, counter_seen=readings[0].seen_at)
    if not readings:
        return CountJudgement(belief, CountOutcome.NOTHING)
    if belief.members is None:
        return _contradiction(belief, readings[0]) if readings[0].rivals else _baseline(belief, readings, rules)
    if _rebaselines(belief, readings[0], ground):
        return _baseline(CountBelief(CountState.UNKNOWN), readings, rules)
    stale: list[Overruled] = []
    for reading in readings:
        if reading.value == belief.members and not reading.rivals:
            continue
        reason = _stale(belief, reading, rules, ground)
        if reason is None:
            mirror = _still_said_elsewhere(reading, rules, ground)
            if mirror is not None:
                return _two_mirrors(overrule(belief, stale), reading, mirror)
            judged = _contradiction(belief, reading) if reading.rivals else _candidate(belief, reading, rules, named)
            return replace(judged, belief=overrule(judged.belief, stale))
        stale += [Overruled(statement, reason) for statement in reading.statements]
    belief = overrule(belief, stale)
    same = [reading for reading in readings if reading.value == belief.members and not reading.rivals]
    return _old_value(belief, same[0], rules) if same else CountJudgement(belief, CountOutcome.NOTHING)


def _rebaselines(belief: CountBelief, reading: Reading, ground: Ground) -> bool:
    """Whether the first word of a stronger authority replaces a baseline.

    The number was never better known before, so that it differs is no change.
    """
    if ground.authority is None or belief.previous is not None or reading.rivals:
        return False
    first_word = reading.authority is not Authority.COUNTER or ground.counter_before is None
    return reading.authority.rank < ground.authority.rank and first_word


def overrule(belief: CountBelief, more: Sequence[Overruled]) -> CountBelief:
    """The belief with further statements noted that it did not follow, the newest last."""
    new = {item.statement for item in more}
    kept = [item for item in belief.overruled if item.statement not in new]
    return replace(belief, overruled=(*kept, *more)[-MAX_OVERRULED:])


def _contradiction(belief: CountBelief, reading: Reading) -> CountJudgement:
    values = ", ".join(map(str, sorted({reading.value, *reading.rivals})))
    return CountJudgement(
        belief,
        CountOutcome.UNCONFIRMED,
        f"one visit gave several official counts: {values} ({reading.url})",
    )


def _baseline(belief: CountBelief, readings: Sequence[Reading], rules: CountRules) -> CountJudgement:
    reading = readings[0]
    if rules.band and not rules.band[0] <= reading.value <= rules.band[1]:
        agreements = _agree(belief, reading, rules)
        waiting = replace(
            belief,
            state=CountState.IMPLAUSIBLE,
            candidate=reading.value,
            agreements=agreements,
            candidate_rests_on=reading.statements,
        )
        reason = f"the first count read, {reading.value}, lies outside the expected {rules.band[0]}–{rules.band[1]}"
        return CountJudgement(waiting, CountOutcome.UNCONFIRMED, reason)
    first = CountBelief(
        state=CountState.STABLE,
        members=reading.value,
        as_of=_first_stated(readings) or day_of(reading.seen_at, rules.zone).isoformat(),
        since=reading.seen_at,
        rests_on=reading.statements,
    )
    return CountJudgement(first, CountOutcome.BASELINE)


def _old_value(belief: CountBelief, reading: Reading, rules: CountRules) -> CountJudgement:
    """The believed value again: a waiting candidate loses its streak."""
    belief = replace(belief, rests_on=_first_and_last(dict.fromkeys((*belief.rests_on, *reading.statements))))
    if belief.candidate is None:
        return CountJudgement(replace(belief, state=CountState.STABLE), CountOutcome.NOTHING)
    calm = bool(belief.agreements) and reading.seen_at - belief.agreements[-1] >= rules.agreement
    if calm:
        settled = replace(belief, state=CountState.STABLE, candidate=None, agreements=(), candidate_rests_on=())
        return CountJudgement(settled, CountOutcome.NOTHING)
    if not reading.fresh:
        # a 304 only repeats what a cache held before the candidate appeared
        return CountJudgement(belief, CountOutcome.NOTHING)
    reason = f"the count flaps between {belief.members} and {belief.candidate} ({reading.url})"
    return CountJudgement(replace(belief, state=CountState.FLAPPING), CountOutcome.UNCONFIRMED, reason)


def _first_stated(readings: Sequence[Reading]) -> str | None:
    """The earliest date any page of the visit states the strongest reading's value for."""
    dates = [reading.date for reading in readings if reading.date and reading.value == readings[0].value]
    return min(dates, key=first_day, default=None)


def _still_said_elsewhere(reading: Reading, rules: CountRules, ground: Ground) -> str | None:
    """The page that goes on saying the believed number, where a reading only says what was believed before.

    A mirror or an old cache serves last month's number as fresh as ever and as often as it is asked, while the true
    page answers "not modified": how often it is read again proves nothing then.
    """
    if reading.value not in ground.formerly or reading.rivals:
        return None
    others = [
        (seen, url)
        for url, seen in ground.served.items()
        if url != reading.url and abs(reading.seen_at - seen) < rules.agreement
    ]
    return max(others)[1] if others else None


def _two_mirrors(belief: CountBelief, reading: Reading, mirror: str) -> CountJudgement:
    waiting = replace(
        belief,
        state=CountState.FLAPPING,
        candidate=reading.value,
        agreements=(reading.seen_at,),
        candidate_rests_on=reading.statements,
    )
    reason = f"{reading.url} says {reading.value}, as it was before, and {mirror} still says {belief.members}"
    return CountJudgement(waiting, CountOutcome.UNCONFIRMED, reason)


def _stale(belief: CountBelief, reading: Reading, rules: CountRules, ground: Ground) -> str | None:
    """Why a differing reading is an old number, or None when it may challenge the belief."""
    if reading.authority is Authority.COUNTER:
        standing = belief.since is not None and reading.first_seen < belief.since
        if standing and ground.authority is not None and ground.authority is not Authority.COUNTER:
            return "the counter has stood still since before newer, dated news were believed"
        return None
    counter_lost = ground.counter_seen is None or reading.seen_at - ground.counter_seen >= rules.counter_patience
    # a counter that nobody updates must not hide dated news for ever
    long_told = reading.date is not None and reading.seen_at - reading.first_seen >= rules.counter_patience
    if ground.authority is Authority.COUNTER and not counter_lost and not long_told:
        return "the association's counter outranks its other pages"
    if reading.authority is Authority.HOME:
        return None
    if reading.date is None:
        # pages such as "about us" repeat a number for years; only one the belief rests on says something by changing
        return None if reading.url in ground.urls else "an undated page says nothing about today"
    known_of = belief.as_of
    if ground.authority in {Authority.COUNTER, Authority.HOME} and belief.since is not None:
        known_of = day_of(belief.since, rules.zone).isoformat()
    if known_of is None or first_day(reading.date) > first_day(known_of):
        return None
    return f"stale: stated for {reading.date}, and {belief.members} is known of {known_of}"


def _agree(belief: CountBelief, reading: Reading, rules: CountRules) -> tuple[datetime, ...]:
    """The times the candidate was read, after this reading."""
    same = belief.candidate == reading.value and belief.state is not CountState.FLAPPING
    if not same or not belief.agreements:
        return (reading.seen_at,)
    if reading.seen_at < belief.agreements[-1]:
        return (reading.seen_at,)  # the clock was set back: nothing would be later for a long time
    spaced = reading.seen_at - belief.agreements[-1] >= rules.confirm_after
    if not (reading.fresh and spaced):
        return belief.agreements
    # a number that is never believed, as of a counter that rests at 0, is read at each visit for years
    return _first_and_last((*belief.agreements, reading.seen_at), max(MAX_GROUNDS, rules.readings_needed))


def _first_and_last(grounds: Iterable[_T], most: int = MAX_GROUNDS) -> tuple[_T, ...]:
    """The first of what a belief rests on and the newest ones: since when it is known, and that it still is."""
    kept = tuple(grounds)
    return kept if len(kept) <= most else (kept[0], *kept[1 - most :])


def _doubt(belief: CountBelief, value: int, rules: CountRules, named: int | Callable[[], int]) -> str | None:
    """Why a candidate is hard to believe, in words for the operator; None when it is plausible."""
    if rules.band and not rules.band[0] <= value <= rules.band[1]:
        return f"{value} lies outside the expected {rules.band[0]}–{rules.band[1]}"
    jump = value - (belief.members or 0)
    explained = named() if callable(named) else named
    if abs(jump - explained) > rules.max_jump:
        return f"{belief.members} → {value} is a jump of {jump:+d}, and named towns explain {explained:+d} of it"
    return None


def _absurd(belief: CountBelief, value: int, rules: CountRules) -> bool:
    """A number no association comes to between two visits: an animated counter rests at 0, a slip adds a digit."""
    members = belief.members or value
    return not members / rules.max_factor <= value <= members * rules.max_factor


def _candidate(
    belief: CountBelief, reading: Reading, rules: CountRules, named: int | Callable[[], int]
) -> CountJudgement:
    agreements = _agree(belief, reading, rules)
    waiting = replace(
        belief,
        state=CountState.PENDING,
        candidate=reading.value,
        agreements=agreements,
        candidate_rests_on=_first_and_last(
            dict.fromkeys(
                (*(belief.candidate_rests_on if belief.candidate == reading.value else ()), *reading.statements)
            )
        ),
    )
    doubt = _doubt(belief, reading.value, rules, named)
    enough = len(agreements) >= rules.readings_needed
    steady = agreements[-1] - agreements[0] >= rules.agreement
    if doubt and (not enough or not steady or _absurd(belief, reading.value, rules)):
        return CountJudgement(replace(waiting, state=CountState.IMPLAUSIBLE), CountOutcome.UNCONFIRMED, doubt)
    if not enough:
        return CountJudgement(waiting, CountOutcome.PENDING)
    confirmed = CountBelief(
        state=CountState.CONFIRMED,
        members=reading.value,
        as_of=reading.date or day_of(agreements[0], rules.zone).isoformat(),
        since=agreements[0],
        previous=belief.members,
        previous_as_of=belief.as_of,
        agreements=agreements,
        rests_on=waiting.candidate_rests_on,
        overruled=belief.overruled,
    )
    return CountJudgement(confirmed, CountOutcome.CONFIRMED)

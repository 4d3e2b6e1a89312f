"""The operator's word on an official count that the rules alone do not believe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo

from zmpwatch.judge.count import overrule
from zmpwatch.judge.readings import Reading
from zmpwatch.model import CountBelief, CountState, Decision, Overruled
from zmpwatch.model.days import WARSAW, day_of

__all__ = ["accepted", "refused", "refused_values", "without_refused"]


def accepted(
    belief: CountBelief,
    value: int,
    as_of: str | None,
    grounds: Sequence[int],
    now: datetime,
    zone: tzinfo = WARSAW,
) -> CountBelief:
    """The belief after a yes: the value is confirmed, or is the baseline where nothing was believed before.

    Args:
        belief: what was believed.
        value: the number said yes to.
        as_of: the day its page states it for, where it does.
        grounds: the statements it rests on.
        now: the time of the decision.
        zone: whose day it is that a number without a date was read on.
    """
    waiting = belief.candidate == value
    agreements = belief.agreements if waiting and belief.agreements else (now,)
    news = belief.members is not None
    return CountBelief(
        state=CountState.CONFIRMED if news else CountState.STABLE,
        members=value,
        as_of=as_of or day_of(agreements[0], zone).isoformat(),
        since=agreements[0],
        previous=belief.members,
        previous_as_of=belief.as_of,
        agreements=agreements if news else (),
        rests_on=tuple(grounds),
        overruled=belief.overruled,
    )


def refused(belief: CountBelief, value: int) -> CountBelief:
    """The belief after a no: a candidate waits no longer, a baseline is taken back."""
    if belief.members == value and belief.previous is None:
        return CountBelief(CountState.UNKNOWN, overruled=belief.overruled)
    if belief.candidate != value:
        return belief
    state = CountState.STABLE if belief.members is not None else CountState.UNKNOWN
    return replace(belief, state=state, candidate=None, agreements=(), candidate_rests_on=())


def refused_values(decisions: Iterable[Decision], members: int | None, zone: tzinfo = WARSAW) -> dict[int, str]:
    """The numbers a no still stands against, with the reason in words.

    A no stands while what was believed then is still believed: later the same number may be true.
    """
    last: dict[int, Decision] = {decision.value: decision for decision in decisions}
    return {
        value: f"refused by {decision.by} on {day_of(decision.at, zone).isoformat()}: {decision.reason}"
        for value, decision in last.items()
        if not decision.accepted and decision.members == members
    }


def without_refused(
    belief: CountBelief, readings: Sequence[Reading], against: dict[int, str]
) -> tuple[CountBelief, list[Reading]]:
    """The readings that may still act, and the belief with the others noted as overruled."""
    kept = [reading for reading in readings if reading.value not in against]
    more = [
        Overruled(statement, against[reading.value])
        for reading in readings
        if reading.value in against
        for statement in reading.statements
    ]
    return overrule(belief, more), kept

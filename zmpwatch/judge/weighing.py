"""Why a believed count follows some of the numbers that are stated and not others: one sentence a statement."""

from __future__ import annotations

from datetime import tzinfo

from zmpwatch.judge.dates import first_day
from zmpwatch.model import MIN_CONFIDENCE, Authority, CountBelief, CountStatement, Qualifier, StoredStatement
from zmpwatch.model.days import WARSAW, day_of

__all__ = ["corroborates", "weigh"]

_PRESENT = {Authority.COUNTER, Authority.HOME}
_ROUNDED = 10
"""Writers round a count down to tens before they say "more than"; beyond that the number is an old one."""


def weigh(belief: CountBelief, stored: StoredStatement, zone: tzinfo = WARSAW) -> str | None:
    """Why a statement does not speak for the believed count; None when it does.

    Args:
        belief: what is held true.
        stored: a count statement, of anybody.
        zone: whose day it is that it was read on.

    Returns:
        A reason such as ``at_least 350 of 2025-01 is below 373 of 2024-11-15: stale``.
    """
    statement, source = stored.statement, stored.source
    if not isinstance(statement, CountStatement) or belief.members is None:
        return None
    day = statement.as_of or source.published
    told = f"{'' if statement.qualifier is Qualifier.EXACT else f'{statement.qualifier} '}{statement.value}"
    told += f" of {day}" if day else ""
    held = f"{belief.members}" + (f" of {belief.as_of}" if belief.as_of else "")
    if statement.confidence < MIN_CONFIDENCE:
        return f"{told} was read with little confidence"
    if statement.qualifier is Qualifier.ORDINAL:
        return f"{told} numbers one member, not all of them"
    if statement.qualifier is Qualifier.AT_LEAST:
        if statement.value <= belief.members < statement.value + _ROUNDED:
            return None
        below = statement.value < belief.members
        return f"{told} is below {held}: stale" if below else f"{told} is above {held}: {_whose(source.authority)}"
    if statement.value == belief.members:
        return None
    if statement.qualifier is Qualifier.ABOUT and abs(statement.value - belief.members) <= _ROUNDED // 2:
        return None
    if day is None and belief.since is not None and source.first_seen < belief.since and source.authority in _PRESENT:
        return f"{told}, first read on {day_of(source.first_seen, zone)}, is what stood there before {held}: stale"
    if day and belief.as_of and first_day(day) < first_day(belief.as_of):
        return f"{told} is older than {held}: stale"
    return f"{told} differs from {held}: {_whose(source.authority)}"


def corroborates(belief: CountBelief, stored: StoredStatement, zone: tzinfo = WARSAW) -> bool:
    """Whether a page of anybody states the believed count too, in words that are newer than the number before it.

    A count may fall back to a number that pages have repeated for years: those do not speak of what is new.
    """
    statement, source = stored.statement, stored.source
    if not isinstance(statement, CountStatement) or belief.members is None or belief.previous_as_of is None:
        return False
    if statement.qualifier is not Qualifier.EXACT or statement.value != belief.members:
        return False
    if statement.confidence < MIN_CONFIDENCE or source.baseline:
        return False
    day = statement.as_of or source.published
    told = first_day(day) if day else day_of(source.first_seen, zone)
    return told > first_day(belief.previous_as_of)


def _whose(authority: Authority) -> str:
    if authority in {Authority.OTHER, Authority.MEMBER_LIST}:
        return "not the association's own count"
    return "its date does not come after what is believed, or it was not confirmed"

"""What is held true, and the statements it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from zmpwatch.model.statement import Authority, EventKind, Stage, Votes

__all__ = [
    "Belief",
    "Case",
    "CaseEvent",
    "CountBelief",
    "CountState",
    "CountVersion",
    "DateKind",
    "Decision",
    "MembershipStatus",
    "Overruled",
    "StatedCount",
]


class CountState(StrEnum):
    """States of the official count; only a confirmed value changes what is believed."""

    UNKNOWN = "unknown"
    STABLE = "stable"
    PENDING = "pending"
    CONFIRMED = "confirmed"
    FLAPPING = "flapping"
    IMPLAUSIBLE = "implausible"


@dataclass(frozen=True, slots=True)
class Overruled:
    """A statement that was heard and not followed, and why."""

    statement: int
    reason: str


@dataclass(frozen=True, slots=True)
class CountBelief:
    """The member count held true.

    `as_of` is the day the number is true of (ISO, cut to what is known), `since` when we first read it. `candidate` is
    an official number that waits for confirmation; `agreements` are the times it was read, spaced as the configuration
    asks.
    """

    state: CountState
    members: int | None = None
    as_of: str | None = None
    since: datetime | None = None
    previous: int | None = None
    previous_as_of: str | None = None
    candidate: int | None = None
    agreements: tuple[datetime, ...] = ()
    rests_on: tuple[int, ...] = ()
    candidate_rests_on: tuple[int, ...] = ()
    overruled: tuple[Overruled, ...] = ()


class MembershipStatus(StrEnum):
    """Where a municipality stands."""

    UNKNOWN = "unknown"
    CANDIDATE = "candidate"
    MEMBER = "member"
    LEFT = "left"


class DateKind(StrEnum):
    """What the date of a step says: the day it was taken `ON`, or the first day it is known to have been taken `BY`.

    Who sat on the association's board in 2015 was a member by then; since when is another question.
    """

    ON = "on"
    BY = "by"


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One step in a case, joined from all statements that tell of it.

    `contradictions` are sentences about statements that disagree on a detail; the event keeps the better sourced one.
    `date_kind` says how `date` is meant, where there is one.
    """

    kind: EventKind
    stage: Stage
    date: str | None
    resolution: str | None
    votes: Votes | None
    statements: tuple[int, ...]
    known_since: datetime
    contradictions: tuple[str, ...] = ()
    best: int | None = field(default=None, compare=False)
    """The statement that shows it best; the store says so."""
    date_kind: DateKind = DateKind.ON


@dataclass(frozen=True, slots=True)
class Case:
    """All that is known of one municipality's membership, as a dated timeline (oldest first).

    `since_kind` says how `since` is meant, where it is known: a member since that day, or at the latest since then.
    """

    teryt: str
    status: MembershipStatus
    since: str | None
    events: tuple[CaseEvent, ...] = ()
    since_kind: DateKind = DateKind.ON


@dataclass(frozen=True, slots=True)
class CountVersion:
    """What was held true of the count from `known_from` on, until the next version; `reason` says what made it so."""

    belief: CountBelief
    known_from: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The operator's yes or no to an official count, given while `members` was believed."""

    association: str
    value: int
    accepted: bool
    members: int | None
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class StatedCount:
    """An exact count that pages state for one day.

    `as_of` is the day the pages give (`stated`), else the day the number was first read there. `statement` is the first
    that says it, `pages` the number of addresses that do, `checked` that a person has checked it (initial knowledge).
    """

    members: int
    as_of: str
    stated: bool
    authority: Authority
    checked: bool
    first_seen: datetime
    statement: int
    pages: int


Belief = CountBelief | Case

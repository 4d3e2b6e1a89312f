"""Explaining a new count by names: who joined and left since the old one, nobody counted twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from zmpwatch.judge.dates import first_day, last_day
from zmpwatch.model import (
    Case,
    CaseEvent,
    Change,
    CountBelief,
    DateKind,
    EventKind,
    Reconciliation,
    Stage,
    StoredStatement,
)
from zmpwatch.model.days import day_of

__all__ = ["reconcile", "reconciled_since"]


@dataclass(frozen=True, slots=True)
class _Move:
    """A town that joined (`sign` 1) or left (-1), and the step that made it so."""

    teryt: str
    sign: int
    event: CaseEvent


@dataclass(frozen=True, slots=True)
class _Told:
    """A count that was told earlier, with its reconciliation, and the day it was told on."""

    change: Change
    reconciliation: Reconciliation
    told_on: date

    @property
    def sign(self) -> int:
        return 1 if self.reconciliation.after > self.reconciliation.before else -1

    @property
    def day(self) -> date:
        """The day until which the count holds what has happened."""
        as_of = self.change.after.get("as_of")
        return last_day(as_of) if as_of else self.told_on

    @property
    def start(self) -> date:
        """The day of the count before it."""
        return _start(self.change.before.get("as_of"))


def reconcile(
    belief: CountBelief,
    cases: Iterable[Case],
    statements: Mapping[int, StoredStatement],
    now: datetime,
    zone: tzinfo,
    earlier: Sequence[Change] = (),
) -> Reconciliation:
    """Explain a confirmed count by the named admissions and departures since the old count held.

    A step counts when its date lies after the day the old count is known of, or when it became known since then from a
    page that is no baseline: counters are brought up to date some days after the board has met. Dates alone can't part
    two counts of one week, so what an earlier count was told with is counted by it. A town that was named too late for
    the count it was admitted before fills that count's unnamed places first.

    Args:
        belief: the count; one whose number has not moved yet is explained without limit.
        cases: all that have moved since `reconciled_since`.
        statements: what the cases rest on, by id.
        now: the time of judgement; later steps have not been taken.
        zone: whose days moments are turned into.
        earlier: the count changes told before, oldest first.
    """
    known, standing = list(cases), _standing(earlier, zone)
    moves = [
        move
        for move in _moves(known, _start(belief.previous_as_of), statements, now, zone)
        if not _is_counted(move, standing, zone)
    ]
    spent: set[str] = set()
    for told in standing:
        if not told.reconciliation.missing:
            continue
        late = [
            move
            for move in _moves(known, told.start, statements, now, zone)
            if move.sign == told.sign and move.event.date and last_day(move.event.date) <= told.day
            if move.teryt not in spent and not _is_counted(move, standing, zone)
        ]
        late.sort(key=lambda move: (move.event.known_since, _day(move.event, zone), move.teryt))
        if belief.as_of is None or told.day >= last_day(belief.as_of):
            # both counts are of one day: only what is too much for the new one is the old one's
            late = _overflow(late, [move for move in moves if move.teryt not in spent], belief)
        spent |= {move.teryt for move in late[: told.reconciliation.missing]}
    own = [move for move in moves if move.teryt not in spent]
    return Reconciliation(
        before=belief.previous or 0,
        after=belief.members or 0,
        joined=tuple(move.teryt for move in own if move.sign > 0),
        left=tuple(move.teryt for move in own if move.sign < 0),
    )


def reconciled_since(as_of: str | None, earlier: Sequence[Change], zone: tzinfo) -> date | None:
    """The day since which moved cases matter to a count that follows one of `as_of`; None for all that ever moved."""
    unnamed = [told for told in _standing(earlier, zone) if told.reconciliation.missing]
    days = [as_of, *(told.change.before.get("as_of") for told in unnamed)]
    known = [first_day(day) for day in days if day]
    return min(known) if len(known) == len(days) else None


def _start(as_of: str | None) -> date:
    return last_day(as_of) if as_of else date.min


def _day(event: CaseEvent, zone: tzinfo) -> date:
    return first_day(event.date) if event.date else day_of(event.known_since, zone)


def _standing(earlier: Iterable[Change], zone: tzinfo) -> list[_Told]:
    """The counts told earlier that still hold: a number that went back, nobody being named, took back its change."""
    standing: list[_Told] = []
    for change in earlier:
        told = change.reconciliation
        if told is None or told.after == told.before:
            continue
        if not told.joined and not told.left:
            undone = [place for place, past in enumerate(standing) if past.reconciliation.before == told.after]
            if undone:
                del standing[undone[-1] :]
                continue
        standing.append(_Told(change, told, day_of(change.at, zone)))
    return standing


def _is_counted(move: _Move, standing: Sequence[_Told], zone: tzinfo) -> bool:
    """Whether the newest count that was told with the town's name already holds this step of it."""
    for told in reversed(standing):
        if move.teryt in told.reconciliation.joined or move.teryt in told.reconciliation.left:
            same = move.teryt in (told.reconciliation.joined if move.sign > 0 else told.reconciliation.left)
            # who joins once more after leaving joins later than the count was told
            return same and _day(move.event, zone) <= told.told_on
    return False


def _overflow(late: Sequence[_Move], moves: Collection[_Move], belief: CountBelief) -> list[_Move]:
    """Those of the late that the new count does not hold or has no place for; the newest names are its own."""
    codes = {move.teryt for move in moves}
    apart = [move for move in late if move.teryt not in codes]
    both = [move for move in late if move.teryt in codes]
    difference = (belief.members or 0) - (belief.previous or 0)
    if not both or difference == 0:
        return apart
    too_many = both[0].sign * (sum(move.sign for move in moves) - difference)
    return [*apart, *both[: max(0, too_many)]]


def _moves(
    cases: Iterable[Case], start: date, statements: Mapping[int, StoredStatement], now: datetime, zone: tzinfo
) -> Iterable[_Move]:
    for case in cases:
        steps = [
            event
            for event in case.events
            if event.stage is Stage.ADMITTED and event.kind in {EventKind.ACCESSION, EventKind.WITHDRAWAL}
            if _within(event, start, statements, now, zone)
        ]
        if steps:
            yield _Move(case.teryt, 1 if steps[-1].kind is EventKind.ACCESSION else -1, steps[-1])


def _within(
    event: CaseEvent, start: date, statements: Mapping[int, StoredStatement], now: datetime, zone: tzinfo
) -> bool:
    if event.date_kind is DateKind.BY:
        return False
    if event.date is not None and first_day(event.date) > day_of(now, zone):
        return False
    if event.date is not None and last_day(event.date) > start:
        return True
    tellings = [statements[number] for number in event.statements if number in statements]
    fresh = bool(tellings) and not any(telling.source.baseline for telling in tellings)
    return fresh and day_of(event.known_since, zone) >= start

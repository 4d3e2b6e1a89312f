"""The steps of cases without all that they rest on: what lists of many municipalities are made of.

A step may rest on hundreds of statements. Who asks for hundreds of cases wants none of them, so an index holds the rest
of a step (`ix_case_events_step`) and the table is not touched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from zmpwatch.model import Case, CaseEvent, EventKind, Stage
from zmpwatch.store import rows
from zmpwatch.store.schema import CaseEventRow, CaseRow, table

__all__ = ["memberships", "moved_since", "moves"]

_STEPS = table(CaseEventRow).c
_CASES = table(CaseRow).c
_ADMITTED = str(Stage.ADMITTED)
_IN = (_ADMITTED, str(Stage.MEMBER))
_COLUMNS: tuple[Any, ...] = (
    *(_STEPS.teryt, _STEPS.position, _STEPS.kind, _STEPS.stage, _STEPS.date, _STEPS.date_kind, _STEPS.known_since),
    *(_STEPS.statement_id, _STEPS.resolution),
    *(_STEPS.has_votes, _STEPS.votes_for, _STEPS.votes_against, _STEPS.votes_abstain),
)


def memberships(connection: Connection) -> list[Case]:
    """Return the cases, by TERYT, of those that are members or once were, with the steps in and out alone."""
    joined = select(_STEPS.teryt).where(_STEPS.stage.in_(_IN), _STEPS.kind == str(EventKind.ACCESSION))
    return _cases(connection, joined, [_STEPS.stage.in_(_IN)], {})


def moves(connection: Connection, since: date) -> list[Case]:
    """Return the cases with an admission or departure dated, or known, since a day: with it and the council's decision.

    What a step rests on is given where it has no date: it may have happened long before it was read.
    """
    moved = moved_since(since)
    undated = select(_STEPS.teryt, _STEPS.position, _STEPS.statements).where(
        _STEPS.stage == _ADMITTED, _STEPS.date.is_(None), _STEPS.teryt.in_(moved)
    )
    rests_on = {(row.teryt, row.position): tuple(row.statements) for row in connection.execute(undated)}
    return _cases(connection, moved, [_STEPS.stage.in_([_ADMITTED, str(Stage.RESOLVED)])], rests_on)


def moved_since(since: date) -> Select[str]:
    """The municipalities with an admission or departure that is dated, or became known, on this day or later."""
    day = since.isoformat()
    return select(_STEPS.teryt).where(
        _STEPS.stage == _ADMITTED,
        # a date cut to its year or month may mean a later day of it
        (_STEPS.date >= func.substr(day, 1, func.length(_STEPS.date)))
        # east of Greenwich a day begins up to 14 hours sooner: who asks sorts out by the days of its own zone
        | (_STEPS.known_since >= datetime.combine(since, time(), UTC) - timedelta(hours=14)),
    )


def _cases(
    connection: Connection,
    whose: Select[str],
    of_steps: Sequence[ColumnElement[bool]],
    rests_on: Mapping[tuple[str, int], tuple[int, ...]],
) -> list[Case]:
    steps: dict[str, list[CaseEvent]] = defaultdict(list)
    found = connection.execute(select(*_COLUMNS).where(*of_steps, _STEPS.teryt.in_(whose))).all()
    for teryt, position, *step in sorted(map(tuple, found), key=itemgetter(0, 1)):
        steps[teryt].append(rows.to_step(step, rests_on.get((teryt, position), ())))
    cases = select(table(CaseRow)).where(_CASES.teryt.in_(whose)).order_by(_CASES.teryt)
    return [rows.to_case(row, steps[row.teryt]) for row in connection.execute(cases)]

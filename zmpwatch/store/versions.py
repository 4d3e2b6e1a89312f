"""What was held true when: each version of a case and of the count, with the time it became known.

A version is kept when what is told of it differs; further pages that say the same make none. Nothing of it is ever
derived anew: after the rules have improved these rows still say what people were told at the time.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Text, cast, func, insert, or_, select

from zmpwatch.model import Case, CaseEvent, CountBelief, CountVersion, Stage
from zmpwatch.store import rows
from zmpwatch.store.schema import CaseVersionRow, CountVersionRow, table

__all__ = ["case_versions", "count_version", "count_versions", "held_counts", "record_case", "record_count"]

_CASES, _COUNTS = table(CaseVersionRow), table(CountVersionRow)


def record_case(connection: Connection, case: Case, best: Mapping[CaseEvent, int | None], known_from: datetime) -> None:
    """Keep what is held true of a municipality from now on, unless the last version tells the same."""
    last = connection.execute(
        select(_CASES).where(_CASES.c.teryt == case.teryt).order_by(_CASES.c.id.desc()).limit(1)
    ).one_or_none()
    if last is not None and _told(rows.to_case_version(last)) == _told(case):
        return
    connection.execute(insert(_CASES), [rows.case_version_values(case, best) | {"known_from": known_from}])


def _told(case: Case) -> tuple[Any, ...]:
    steps = [
        (event.kind, event.stage, event.date, event.date_kind, event.resolution, event.votes, event.contradictions)
        for event in case.events
    ]
    return case.status, case.since, case.since_kind, steps


def case_versions(
    connection: Connection, known_at: datetime, teryt: str | None = None, stages: Collection[Stage] = ()
) -> list[Case]:
    """Return cases as they were held true at a time, by TERYT: all, one, or those with a step of these stages."""
    newest = select(func.max(_CASES.c.id)).where(_CASES.c.known_from <= known_at).group_by(_CASES.c.teryt)
    if teryt is not None:
        newest = newest.where(_CASES.c.teryt == teryt)
    query = select(_CASES).where(_CASES.c.id.in_(newest)).order_by(_CASES.c.teryt)
    if stages:
        # as text: to take the JSON of every case apart costs several times what the answer does
        kept = cast(_CASES.c.events, Text)
        query = query.where(or_(*(kept.contains(f'"stage": "{stage}"', autoescape=True) for stage in stages)))
    return [rows.to_case_version(row) for row in connection.execute(query)]


def record_count(
    connection: Connection, association: str, belief: CountBelief, known_from: datetime, reason: str
) -> None:
    """Keep what is held true of the count from now on, unless the last version says the same."""
    last = connection.execute(
        select(_COUNTS).where(_COUNTS.c.association == association).order_by(_COUNTS.c.id.desc()).limit(1)
    ).one_or_none()
    if last is not None and _held(rows.to_belief(last)) == _held(belief):
        return
    values = {"association": association, "known_from": known_from, "reason": reason} | rows.belief_values(belief)
    connection.execute(insert(_COUNTS), [values])


def _held(belief: CountBelief) -> tuple[Any, ...]:
    return (
        *(belief.state, belief.members, belief.as_of, belief.since, belief.previous),
        *(belief.candidate, belief.agreements),
    )


def count_version(connection: Connection, association: str, known_at: datetime) -> CountVersion | None:
    """Return what was held true of the count at a time; None where nothing was."""
    query = (
        select(_COUNTS)
        .where(_COUNTS.c.association == association, _COUNTS.c.known_from <= known_at)
        .order_by(_COUNTS.c.id.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else _version(row)


def count_versions(
    connection: Connection, association: str, limit: int | None = None, known_at: datetime | None = None
) -> list[CountVersion]:
    """Return the last versions of the count (up to a time), newest first."""
    query = select(_COUNTS).where(_COUNTS.c.association == association).order_by(_COUNTS.c.id.desc()).limit(limit)
    if known_at is not None:
        query = query.where(_COUNTS.c.known_from <= known_at)
    return [_version(row) for row in connection.execute(query)]


def held_counts(connection: Connection, association: str, known_at: datetime) -> list[CountBelief]:
    """Return every number that was held true until a time, oldest first, each as its newest version has it."""
    held = (_COUNTS.c.association == association, _COUNTS.c.known_from <= known_at, _COUNTS.c.members.is_not(None))
    newest = select(func.max(_COUNTS.c.id)).where(*held).group_by(_COUNTS.c.members, _COUNTS.c.since)
    found = connection.execute(select(_COUNTS).where(_COUNTS.c.id.in_(newest)).order_by(_COUNTS.c.id))
    return [rows.to_past_belief(row) for row in found]


def _version(row: Any) -> CountVersion:
    return CountVersion(rows.to_belief(row), row.known_from, row.reason)

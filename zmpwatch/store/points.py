"""The exact counts that pages state, each with its day: kept beside the statements, so that asking need not search.

A counter (or home page) that gives no day speaks of the day it was read; what it said first on a day is a point of its
own, so that a number which comes back after another one is seen to. Anybody else's number without a day is no point:
municipal pages repeat old ones for years.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, update

from zmpwatch.model import MIN_CONFIDENCE, Authority, CountStatement, Qualifier, StatedCount, Statement
from zmpwatch.model.days import WARSAW, day_of
from zmpwatch.store.rows import Values
from zmpwatch.store.rows.enums import AUTHORITIES
from zmpwatch.store.schema import CountLineRow, CountPointRow, table

__all__ = ["KEY", "point_values", "points", "renew", "sum_up"]

KEY = ("url", "value", "as_of", "authority", "checked")
"""What tells one point from another, among those that hold."""

_KNOWLEDGE = "knowledge"
_OWN = tuple(map(str, (Authority.COUNTER, Authority.HOME, Authority.NEWS)))
_PRESENT = {Authority.COUNTER, Authority.HOME}
_POINTS, _LINES = table(CountPointRow), table(CountLineRow)
_LINE = ("authority", "checked", "value", "as_of")
"""Points that agree in these are told as one."""
_SUMMED = (func.max(_POINTS.c.stated), func.min(_POINTS.c.first_seen), func.min(_POINTS.c.statement_id))


def point_values(
    statement: Statement,
    authority: Authority,
    *,
    number: int,
    url: str,
    published: str | None,
    first_seen: datetime,
    known_from: datetime,
    zone: tzinfo = WARSAW,
) -> Values | None:
    """Return the columns of the point that a statement makes; None where it makes none."""
    if not isinstance(statement, CountStatement) or statement.qualifier is not Qualifier.EXACT:
        return None
    present = authority in _PRESENT and statement.as_of is None
    as_of = day_of(first_seen, zone).isoformat() if present else statement.as_of or published
    if as_of is None or statement.confidence < MIN_CONFIDENCE:
        return None
    return {
        "url": url,
        "value": statement.value,
        "as_of": as_of,
        "stated": not present,
        "authority": str(authority),
        "checked": statement.rule.startswith(_KNOWLEDGE),
        "statement_id": number,
        "first_seen": first_seen,
        "known_from": known_from,
    }


def points(connection: Connection, known_at: datetime | None = None, *, own: bool = False) -> list[StatedCount]:
    """Return the exact counts that pages state for a day, those of one number, day and authority as one.

    Args:
        connection: where to ask.
        known_at: as our readings of the pages said at that time; as they say now when it is None.
        own: only the association's own numbers and those a person has checked.
    """
    source, pages = (_LINES, _LINES.c.pages) if known_at is None else (_POINTS, func.count())
    here = source.c
    conditions: list[ColumnElement[bool]] = []
    if own:
        rest = [str(one) for one in Authority if str(one) not in _OWN]
        conditions.append(or_(here.authority.in_(_OWN), and_(here.authority.in_(rest), here.checked == True)))  # noqa: E712 - SQL
    one = [here[name] for name in _LINE]
    if known_at is None:
        query = select(*one, here.stated, here.first_seen, here.statement_id, pages).where(*conditions)
    else:
        conditions += [here.known_from <= known_at, or_(here.known_until.is_(None), here.known_until > known_at)]
        query = select(*one, *_SUMMED, pages).where(*conditions).group_by(*one)
    return [
        StatedCount(
            members=value,
            as_of=as_of,
            stated=stated,
            authority=AUTHORITIES[authority],
            checked=checked,
            first_seen=first_seen,
            statement=statement,
            pages=number,
        )
        for row in connection.execute(query).all()
        for authority, checked, value, as_of, stated, first_seen, statement, number in [tuple(row)]
    ]


def sum_up(connection: Connection, lines: Iterable[Values] | None = None) -> None:
    """Sum up the points that hold: all of them, or those of the number, day and authority of each of these points."""
    here = _POINTS.c
    summed = select(*(here[name] for name in _LINE), *_SUMMED, func.count())
    summed = summed.where(here.known_until.is_(None)).group_by(*(here[name] for name in _LINE))
    columns = [*_LINE, "stated", "first_seen", "statement_id", "pages"]
    if lines is None:
        connection.execute(delete(_LINES))
        connection.execute(insert(_LINES).from_select(columns, summed))
        return
    for one in {tuple(values[name] for name in _LINE) for values in lines}:
        of_line = dict(zip(_LINE, one, strict=True))
        connection.execute(delete(_LINES).where(*(_LINES.c[name] == value for name, value in of_line.items())))
        query = summed.where(*(here[name] == value for name, value in of_line.items()))
        connection.execute(insert(_LINES).from_select(columns, query))


def renew(
    connection: Connection, current: Iterable[Values], now: datetime, add: Callable[[Sequence[Values]], object]
) -> None:
    """Close the points that no current statement makes any more and open those that are new, as of `now`.

    Args:
        connection: where they are.
        current: the points of all statements that count now (`point_values`), oldest first.
        now: the time of the reading that changed them.
        add: stores new points, leaving out those that hold already.
    """
    wanted: dict[tuple[Any, ...], Values] = {}
    for values in current:
        wanted.setdefault(tuple(values[name] for name in KEY), values)
    here = _POINTS.c
    held = {
        tuple(getattr(row, name) for name in KEY): row.id
        for row in connection.execute(select(here.id, *(here[name] for name in KEY)).where(here.known_until.is_(None)))
    }
    gone = [number for key, number in held.items() if key not in wanted]
    for number in gone:
        connection.execute(update(_POINTS).where(here.id == number).values(known_until=now))
    add([values | {"known_from": now} for key, values in wanted.items() if key not in held])
    sum_up(connection)

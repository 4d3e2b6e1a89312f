"""Answers to questions about the number of members, as the JSON objects that commands print."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from zmpwatch.judge import count_at, count_line, quotability
from zmpwatch.model import CountBelief, CountState, StoredStatement
from zmpwatch.service.history import known_points
from zmpwatch.store import Store

__all__ = ["answer_count", "best_of", "newest_known", "waiting_count"]

Json = dict[str, Any]


def answer_count(
    store: Store, association: str, at: date | None = None, known_at: datetime | None = None
) -> Json | None:
    """What ``zmpwatch count`` says; None when no count is known.

    Args:
        store: the history.
        association: whose members are counted.
        at: as was true on that day.
        known_at: as was known at that time.
    """
    if at is not None:
        return _count_at(store, association, at, known_at)
    if known_at is None:
        belief = store.count_belief(association)
    else:
        version = store.count_version(association, known_at)
        belief = version.belief if version else None
    if belief is None or belief.members is None:
        return None
    rests_on = store.statements_by_id(belief.rests_on)
    best = best_of(rests_on.values())
    return {
        "members": belief.members,
        "as_of": belief.as_of,
        "since": belief.since.isoformat() if belief.since else None,
        "previous": belief.previous,
        **_shown(best),
        "state": str(belief.state),
        "candidate": belief.candidate,
    }


def _count_at(store: Store, association: str, at: date, known_at: datetime | None) -> Json | None:
    points = known_points(store, association, known_at, own=True)
    point = count_at(points, at)
    if point is None:
        points = known_points(store, association, known_at)
        point = count_at(points, at)
    if point is None:
        return None
    line = [other for other in count_line(points) if other.holds_from <= at]
    earlier = [other for other in line if other.members != point.members]
    return {
        "members": point.members,
        "as_of": point.as_of,
        "since": point.first_seen.isoformat(),
        "previous": earlier[-1].members if earlier else None,
        **_shown(store.statements_by_id([point.statement])[point.statement]),
        "state": "past",
        "candidate": None,
    }


def _shown(stored: StoredStatement | None) -> Json:
    """Where a number stands, in what words, and who read it there."""
    if stored is None:
        return dict.fromkeys(("source", "quote", "archived", "extractor"))
    source = stored.source
    return {
        "source": source.url,
        "quote": stored.statement.quote,
        "archived": source.archived,
        "extractor": source.extractor,
    }


def newest_known(store: Store, association: str) -> Json | None:
    """The newest number on record while none is believed: from the initial knowledge, or from others' pages."""
    line = count_line(known_points(store, association, own=True)) or count_line(known_points(store, association))
    if not line:
        return None
    point = line[-1]
    return {
        "members": point.members,
        "as_of": point.as_of,
        "checked": point.checked,
        "source": store.citations([point.statement])[point.statement].url,
    }


def best_of(statements: Iterable[StoredStatement]) -> StoredStatement | None:
    """The statement to quote; None where there is none."""
    return min(statements, key=quotability, default=None)


def waiting_count(store: Store, association: str) -> CountBelief | None:
    """The belief when an official count waits to be confirmed."""
    belief = store.count_belief(association)
    waiting = {CountState.PENDING, CountState.FLAPPING, CountState.IMPLAUSIBLE}
    return belief if belief is not None and belief.state in waiting else None

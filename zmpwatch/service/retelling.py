"""News of the past: what a rebuild found that nobody was told, for an operator who wants it told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from zmpwatch.judge import case_changes
from zmpwatch.model import Case, Change, CountBelief, DeliveryState, MembershipStatement, StoredStatement
from zmpwatch.service.judging import Judge, told_of_count
from zmpwatch.service.outbox import Outbox
from zmpwatch.store import Reader, Writer

__all__ = ["Held", "Telling", "tell"]


@dataclass(frozen=True, slots=True)
class Held:
    """What was held true before a rebuild."""

    count: CountBelief | None
    cases: Mapping[str, Case]

    @classmethod
    def of(cls, reader: Reader, association: str) -> Held:
        """What is held true now."""
        return cls(reader.count_belief(association), {case.teryt: case for case in reader.cases()})


@dataclass(frozen=True, slots=True)
class Telling:
    """News that goes out, or would: `deliveries` to subscribers, of which `held` wait for the operator's yes."""

    changes: tuple[Change, ...]
    deliveries: int
    held: int

    def as_json(self) -> dict[str, Any]:
        """How much of what."""
        return {
            "changes": [
                {"kind": str(one.kind), "municipality": one.municipality, "before": one.before, "after": one.after}
                for one in self.changes
            ],
            "deliveries": self.deliveries,
            "held": self.held,
        }


def tell(tx: Writer, judge: Judge, outbox: Outbox, before: Held, now: datetime) -> Telling:
    """Put into the outbox what differs from `before` and is news: by the same rules as on a crawl, and nothing twice.

    What was there before in other words is no news, nor is what was found when watching began, or is older than two
    years. More than a storm's worth waits for the operator's yes.

    Args:
        tx: the transaction in which all was derived anew.
        judge: rules and register.
        outbox: who is told.
        before: what was held true before it.
        now: the time of the rebuild.
    """
    news = [*_of_cases(tx, judge, before.cases, now), *_of_count(tx, judge, before.count, now)]
    stored = [change for change in map(tx.add_change, news) if change is not None]
    outbox.enqueue(tx, stored, now)
    planned = [row for change in stored for row in tx.deliveries(change=change.id)]
    people = {subscription.name for subscription in outbox.subscriptions}
    rows = [row for row in planned if row.recipient in people]
    return Telling(tuple(stored), len(rows), sum(row.state is DeliveryState.HELD for row in rows))


def _of_cases(tx: Writer, judge: Judge, before: Mapping[str, Case], now: datetime) -> list[Change]:
    news: list[Change] = []
    for after in tx.cases():
        known = before.get(after.teryt)
        municipality = judge.register.get(after.teryt)
        if municipality is None or known == after:
            continue
        told = tx.statements_by_id(_rests_on(after))
        if known is not None:
            known = _as_read_now(known, tx.statements_by_id(_rests_on(known)), told)
        news += case_changes(known, after, municipality, told, judge.case_rules, now=now)
    return news


def _rests_on(case: Case) -> set[int]:
    return {number for event in case.events for number in event.statements}


def _as_read_now(
    known: Case, read_then: Mapping[int, StoredStatement], read_now: Mapping[int, StoredStatement]
) -> Case:
    """The case as it was, its steps resting also on what the same pages say of the same step in the new reading.

    A step is known by the statements it rests on, and a page that is read anew makes new ones.
    """
    now_told = {number: (_page(stored), _step(stored)) for number, stored in read_now.items()}
    events = []
    for event in known.events:
        pages = {_page(read_then[number]) for number in event.statements if number in read_then}
        same = {(page, (event.kind, event.stage)) for page in pages}
        again = (number for number, told in now_told.items() if told in same)
        events.append(replace(event, statements=tuple(sorted({*event.statements, *again}))))
    return replace(known, events=tuple(events))


def _page(stored: StoredStatement) -> tuple[str, str]:
    return stored.source.url, stored.source.archived


def _step(stored: StoredStatement) -> tuple[Any, ...]:
    statement = stored.statement
    return (statement.kind, statement.stage) if isinstance(statement, MembershipStatement) else ()


def _of_count(tx: Writer, judge: Judge, before: CountBelief | None, now: datetime) -> Iterable[Change]:
    """The count, where another one is held true now: from what people believe to what is right."""
    after = tx.count_belief(judge.association.key)
    if before is None or after is None or None in (before.members, after.members) or before.members == after.members:
        return []
    return told_of_count(tx, judge, replace(after, previous=before.members, previous_as_of=before.as_of), now)

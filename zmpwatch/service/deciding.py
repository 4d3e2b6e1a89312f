"""The operator's yes or no to an official count that waits: kept in the history, and told like any other count."""

from __future__ import annotations

from datetime import datetime

from zmpwatch.config import Config
from zmpwatch.errors import ConfigError
from zmpwatch.judge import accepted, refused, refused_values
from zmpwatch.model import Authority, Change, CountBelief, CountState, CountStatement, Decision
from zmpwatch.register import load_register
from zmpwatch.service.delivering import DeliveryReport, deliver
from zmpwatch.service.judging import told_of_count
from zmpwatch.service.outbox import Outbox
from zmpwatch.service.wiring import judge_of
from zmpwatch.store import Reader, Store, Writer

__all__ = ["accept_count", "decide_again", "refuse_count"]


def accept_count(
    config: Config, store: Store, value: int | None, *, by: str, reason: str, now: datetime
) -> tuple[CountBelief, list[Change], DeliveryReport]:
    """Believe an official count that waits, or one that was refused before; tell subscribers and deliver.

    Args:
        config: whose count it is, and who is told.
        store: the history.
        value: the number said yes to; the one that waits when it is None.
        by: who decides.
        reason: why.
        now: the time of the decision.

    Returns:
        The belief, the changes that are told, and what became of due deliveries.

    Raises:
        ConfigError: that number does not wait.
        StoreError: the database refused.
    """
    key = config.association.key
    register = load_register()
    judge = judge_of(config, register)
    outbox = Outbox.of(config, register)
    with store.write() as tx:
        before = tx.count_belief(key) or CountBelief(CountState.UNKNOWN)
        number = _wanted(tx, key, before, value)
        decision = Decision(key, number, True, before.members, by, now, reason)
        after = _decided(tx, before, decision)
        tx.add_decision(decision)
        tx.put_count_belief(key, after, known_from=now, reason=f"accepted by {by}: {reason}")
        news = told_of_count(tx, judge, after, now) if after.previous is not None else []
        stored = [change for change in map(tx.add_change, news) if change is not None]
        outbox.enqueue(tx, stored, now)
    return after, stored, deliver(store, outbox, config.association, now)


def refuse_count(
    config: Config, store: Store, value: int | None, *, by: str, reason: str, now: datetime
) -> CountBelief:
    """Do not believe an official count that waits, or take back a first count that was misread.

    Nobody is told. The number is not heard again while the same count is believed; `accept_count` takes the no back.

    Raises:
        ConfigError: that number neither waits nor is the first count.
        StoreError: the database refused.
    """
    key = config.association.key
    with store.write() as tx:
        before = tx.count_belief(key) or CountBelief(CountState.UNKNOWN)
        is_first = value is not None and value == before.members and before.previous is None
        number = value if value is not None and is_first else _wanted(tx, key, before, value)
        after = refused(before, number)
        if after == before:
            raise ConfigError(f"{number} does not wait; {_waits(before)}")
        tx.add_decision(Decision(key, number, False, after.members, by, now, reason))
        tx.put_count_belief(key, after, known_from=now, reason=f"{number} refused by {by}: {reason}")
    return after


def decide_again(tx: Writer, decision: Decision) -> None:
    """Let a decision act on the count as it stands in a rebuild: where its number does not wait, it changes nothing."""
    before = tx.count_belief(decision.association)
    if before is None:
        return
    if not decision.accepted:
        after = refused(before, decision.value)
    elif before.candidate == decision.value or before.members == decision.members != decision.value:
        after = _decided(tx, before, decision)
    else:
        return
    if after != before:
        tx.put_count_belief(decision.association, after)


def _wanted(tx: Reader, key: str, belief: CountBelief, value: int | None) -> int:
    """The number that is decided on.

    Raises:
        ConfigError: none waits, or another.
    """
    if belief.candidate is not None and value in {None, belief.candidate}:
        return belief.candidate
    if value is not None and value in refused_values(tx.decisions(key), belief.members):
        return value
    raise ConfigError(
        f"{value} does not wait; {_waits(belief)}" if value is not None else f"no count waits; {_waits(belief)}"
    )


def _waits(belief: CountBelief) -> str:
    held = f"{belief.members} is believed" if belief.members is not None else "no count is believed"
    return f"{held} and {belief.candidate} waits" if belief.candidate is not None else f"{held} and nothing waits"


def _decided(tx: Reader, belief: CountBelief, decision: Decision) -> CountBelief:
    waiting = belief.candidate == decision.value
    grounds = belief.candidate_rests_on if waiting else _read_last(tx, decision.value)
    return accepted(belief, decision.value, _day_of(tx, grounds), grounds, decision.at, tx.zone)


def _read_last(tx: Reader, value: int) -> tuple[int, ...]:
    """The statements by which the association's own pages give this number."""
    own = [one.statement for one in tx.count_points(own=True) if one.members == value and not one.checked]
    return tuple(sorted(own)[-1:])


def _day_of(tx: Reader, grounds: tuple[int, ...]) -> str | None:
    for stored in tx.statements_by_id(grounds).values():
        if isinstance(stored.statement, CountStatement) and stored.statement.as_of:
            return stored.statement.as_of
        if stored.source.authority is Authority.NEWS and stored.source.published:
            return stored.source.published
    return None

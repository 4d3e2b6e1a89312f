"""Delivering what is due: lease, send, mark.

Rows are leased in one transaction, sent outside any, and marked in another, so a process that dies repeats at most the
messages it was just sending, with the same key, and loses none (FAULTS F103). One message tells all changes due for one
address; a message that must be repeated is repeated as it was, never mixed with newer changes: its key stays true.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from zmpwatch.alert.backoff import TRIES, next_try
from zmpwatch.alert.message import ZMP, Message, compose
from zmpwatch.alert.names import Names
from zmpwatch.alert.plan import delivery_key, fingerprint
from zmpwatch.alert.send import AppriseSender, Outcome, Sender, SendResult
from zmpwatch.alert.subscriptions import OPERATOR, Language, Subscription
from zmpwatch.model import Association, Change, ChangeKind, Delivery, DeliveryState

if TYPE_CHECKING:
    from zmpwatch.store.store import Store
    from zmpwatch.store.writer import Writer

__all__ = ["LEASE", "DeliveryReport", "deliver_due"]

LEASE = timedelta(minutes=5)
"""How long rows are ours; far longer than any sender takes."""

_AT_ONCE = 8
_OPEN = (DeliveryState.PENDING, DeliveryState.UNKNOWN, DeliveryState.SENDING)

log = logging.getLogger(__name__)


@dataclass(slots=True)
class DeliveryReport:
    """What became of the outbox; numbers count deliveries (one change for one address).

    `sent`, `failed`, `unknown` and `dead` are of this run, `waiting` is what the outbox still holds, due now or later
    (`failed` and `unknown` are among them). `messages` counts what left the house. `changes` are for the operator: the
    caller stores them and plans their deliveries. `lines` are for the terminal, one an address.
    """

    sent: int = 0
    failed: int = 0
    unknown: int = 0
    dead: int = 0
    waiting: int = 0
    messages: int = 0
    changes: list[Change] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether everything that was due has been taken by its receiver."""
        return not (self.failed or self.unknown or self.dead)


@dataclass(frozen=True, slots=True)
class _Batch:
    """Deliveries that make one message."""

    recipient: str
    url: str = field(repr=False)
    deliveries: tuple[Delivery, ...]
    until: datetime

    @property
    def address(self) -> str:
        return self.deliveries[0].address

    @property
    def key(self) -> str:
        return hashlib.sha256("".join(sorted(d.key for d in self.deliveries)).encode()).hexdigest()[:32]

    @property
    def attempts(self) -> int:
        return max(d.attempts for d in self.deliveries)


def deliver_due(
    store: Store,
    subscriptions: Sequence[Subscription],
    operator_to: Sequence[str],
    names: Names,
    now: datetime,
    *,
    sender: Sender | None = None,
    association: Association = ZMP,
    banner: str | None = None,
) -> DeliveryReport:
    """Send every delivery due at `now`; `banner` marks messages that are no real news.

    Addresses are written to side by side, so a dead one delays nobody. An address gone from the configuration is given
    up, and its deliveries go to the recipient's other addresses; a recipient that is gone is given up for good.
    """
    report = DeliveryReport()
    sender = sender or AppriseSender()
    people = {s.name: (s.language, s.to) for s in subscriptions} | {OPERATOR: ("en", tuple(operator_to))}
    with store.write() as tx:
        batches = _lease(tx, people, now, report)
    changes = {c.id: c for c in store.changes(ids={d.change for b in batches for d in b.deliveries})} if batches else {}
    with ThreadPoolExecutor(max_workers=_AT_ONCE, thread_name_prefix="alert") as pool:
        running = {}
        # what never failed goes first: an address known to be slow must not hold a place before it
        for batch in sorted(batches, key=lambda b: (b.attempts, b.until)):
            message = _compose(
                batch, changes, people[batch.recipient][0], names, association=association, banner=banner
            )
            if message is None:
                _mark(
                    store,
                    batch,
                    SendResult(Outcome.FAILED, "the message could not be composed"),
                    changes=changes,
                    now=now,
                    report=report,
                )
            else:
                running[pool.submit(_send, sender, batch, message)] = batch
        for done in as_completed(running):
            _mark(store, running[done], done.result(), changes=changes, now=now, report=report)
    report.waiting = len(store.deliveries(states=_OPEN))
    return report


def _id(delivery: Delivery) -> int:
    if delivery.id is None:
        raise ValueError(f"delivery {delivery.key} was not read from the store")
    return delivery.id


def _compose(
    batch: _Batch,
    changes: Mapping[int | None, Change],
    language: Language,
    names: Names,
    *,
    association: Association,
    banner: str | None,
) -> Message | None:
    try:
        return compose(
            [changes[d.change] for d in batch.deliveries],
            recipient=batch.recipient,
            language=language,
            names=names,
            key=batch.key,
            association=association,
            banner=banner,
        )
    except Exception:
        # one change that can't be told must not hold up everybody else's; the operator hears of it as of any failure
        log.exception("message for %s could not be composed", batch.recipient)
        return None


def _send(sender: Sender, batch: _Batch, message: Message) -> SendResult:
    try:
        return sender.send(batch.url, message)
    except Exception:
        # a sender promises not to raise; if it does, the outcomes of the other addresses must still be written down
        log.exception("sender failed for %s %s", batch.recipient, batch.address)
        return SendResult(Outcome.UNKNOWN, "the sender failed")


def _lease(
    tx: Writer, people: Mapping[str, tuple[Language, tuple[str, ...]]], now: datetime, report: DeliveryReport
) -> list[_Batch]:
    due = [d for d in tx.deliveries(states=_OPEN, due_before=now) if _free(d, now)]
    urls = {(name, fingerprint(url)): url for name, (_, to) in people.items() for url in to}
    lost = [d for d in due if (d.recipient, d.address) not in urls]
    if lost:
        _give_up_lost(tx, lost, people, now, report)
        due = [d for d in tx.deliveries(states=_OPEN, due_before=now) if _free(d, now)]
    batches: list[_Batch] = []
    for found in _grouped(due):
        first = found[0]
        group = found
        if first.state is DeliveryState.SENDING:
            group = _count_lost_try(tx, found, now, report)
            if not group:
                continue
        # each batch has a lease of its own, by which it is known again if we die
        until = now + LEASE + timedelta(seconds=len(batches))
        taken = set(tx.lease_deliveries([_id(d) for d in group], until, now))
        rows = tuple(d for d in group if d.id in taken)
        if rows:
            batches.append(_Batch(first.recipient, urls[first.recipient, first.address], rows, until))
    return batches


def _count_lost_try(tx: Writer, group: Sequence[Delivery], now: datetime, report: DeliveryReport) -> list[Delivery]:
    """Count the try whose process died, so that an answer which kills the sender does not come for ever.

    Returns the deliveries with the try counted, or none when that was the last one.
    """
    first = group[0]
    batch = _Batch(first.recipient, "", tuple(group), now)
    attempts = batch.attempts + 1
    result = SendResult(Outcome.UNKNOWN, "the sending process died")
    dead = next_try(Outcome.UNKNOWN, attempts, batch.key, now) is None
    for delivery in group:
        if dead:
            tx.mark_delivery(_id(delivery), DeliveryState.DEAD, attempts, None, str(result))
        else:
            tx.mark_delivery(_id(delivery), DeliveryState.UNKNOWN, attempts, delivery.due, str(result))
    if not dead:
        return [replace(d, attempts=attempts, state=DeliveryState.UNKNOWN) for d in group]
    changes: dict[int | None, Change] = {c.id: c for c in tx.changes(ids={d.change for d in group})}
    report.dead += len(group)
    report.changes += _failed_change(batch, result, attempts, changes, now)
    report.lines.append(f"{first.recipient} {first.address}: given up, {result}")
    return []


def _free(delivery: Delivery, now: datetime) -> bool:
    return delivery.state is not DeliveryState.SENDING or delivery.lease_until is None or delivery.lease_until <= now


def _grouped(due: Iterable[Delivery]) -> list[list[Delivery]]:
    """Deliveries that make one message: all that are new, and each earlier message as it was.

    An earlier message is known by its lease when its sender died, else by the time it was put off to.
    """
    groups: dict[tuple[object, ...], list[Delivery]] = {}
    for delivery in due:
        earlier: tuple[object, ...] = ()
        if delivery.state is DeliveryState.SENDING:
            earlier = ("leased", delivery.lease_until)
        elif delivery.attempts:
            earlier = ("tried", delivery.attempts, delivery.due)
        groups.setdefault((delivery.recipient, delivery.address, *earlier), []).append(delivery)
    return list(groups.values())


def _give_up_lost(
    tx: Writer,
    lost: Sequence[Delivery],
    people: Mapping[str, tuple[Language, tuple[str, ...]]],
    now: datetime,
    report: DeliveryReport,
) -> None:
    changes = {c.id: c for c in tx.changes(ids={d.change for d in lost})}
    for delivery in lost:
        heirs = _heirs(delivery, people)
        moved = [
            Delivery(
                delivery.change,
                name,
                address,
                delivery_key(changes[delivery.change].dedup_key, name, address),
                created=now,
                due=now,
            )
            for name, address in heirs
        ]
        tx.add_deliveries(moved)
        here = delivery.recipient in people
        reason = "the address is no longer configured" if here else "the recipient is no longer configured"
        if not heirs:
            report.changes += _lost_change(delivery, changes[delivery.change], reason, now)
        tx.mark_delivery(_id(delivery), DeliveryState.DEAD, delivery.attempts, None, reason)
        report.dead += 1
        report.lines.append(f"{delivery.recipient} {delivery.address}: given up, {reason}")


def _heirs(delivery: Delivery, people: Mapping[str, tuple[Language, tuple[str, ...]]]) -> list[tuple[str, str]]:
    """Who gets what a lost address was to get: the recipient's other addresses, or whoever has the address now.

    A subscriber who is called something else in the configuration is still the same reader.
    """
    if delivery.recipient in people:
        return [
            (delivery.recipient, address) for address in dict.fromkeys(map(fingerprint, people[delivery.recipient][1]))
        ]
    return [(name, delivery.address) for name, (_, to) in people.items() if delivery.address in map(fingerprint, to)]


def _lost_change(delivery: Delivery, told: Change, reason: str, now: datetime) -> list[Change]:
    """What the operator is told of news that nobody is left to get."""
    if told.kind is ChangeKind.DELIVERY_FAILED:
        return []
    after = {
        "recipient": delivery.recipient,
        "address": delivery.address,
        "attempts": delivery.attempts,
        "changes": 1,
        "result": reason,
    }
    return [Change(kind=ChangeKind.DELIVERY_FAILED, at=now, dedup_key=f"delivery_failed:{delivery.key}", after=after)]


def _mark(
    store: Store,
    batch: _Batch,
    result: SendResult,
    *,
    changes: Mapping[int | None, Change],
    now: datetime,
    report: DeliveryReport,
) -> None:
    attempts = batch.attempts + 1
    n = len(batch.deliveries)
    due: datetime | None = None
    if result.outcome is Outcome.SENT:
        state = DeliveryState.SENT
        report.sent += n
        report.messages += 1
    else:
        due = _again(batch, result.outcome, attempts, now)
        if due is None:
            state = DeliveryState.DEAD
            report.dead += n
            report.changes += _failed_change(batch, result, attempts, changes, now)
        elif result.outcome is Outcome.UNKNOWN:
            state = DeliveryState.UNKNOWN
            report.unknown += n
        else:
            state = DeliveryState.PENDING
            report.failed += n
    with store.write() as tx:
        for delivery in batch.deliveries:
            tx.mark_delivery(_id(delivery), state, attempts, due, str(result))
    told = f"{n} {'change' if n == 1 else 'changes'}"
    then = "" if state is DeliveryState.SENT else (f", again after {due:%Y-%m-%d %H:%M} UTC" if due else ", given up")
    report.lines.append(f"{batch.recipient} {batch.address}: {told}, {result}{then}")


def _again(batch: _Batch, outcome: Outcome, attempts: int, now: datetime) -> datetime | None:
    """When to try again. A message that failed for certain before may still be repeated once its fate is unknown."""
    was_unknown = any(d.state is DeliveryState.UNKNOWN for d in batch.deliveries)
    if outcome is Outcome.UNKNOWN and not was_unknown and attempts < TRIES[Outcome.FAILED]:
        attempts = min(attempts, TRIES[Outcome.UNKNOWN] - 1)
    return next_try(outcome, attempts, batch.key, now)


def _failed_change(
    batch: _Batch, result: SendResult, attempts: int, changes: Mapping[int | None, Change], now: datetime
) -> list[Change]:
    """What the operator is told; never of an alert that itself told of a failure, or it would go round for ever."""
    told = [changes[d.change] for d in batch.deliveries if d.change in changes]
    if all(c.kind is ChangeKind.DELIVERY_FAILED for c in told):
        return []
    return [
        Change(
            kind=ChangeKind.DELIVERY_FAILED,
            at=now,
            dedup_key=f"delivery_failed:{batch.key}",
            after={
                "recipient": batch.recipient,
                "address": batch.address,
                "attempts": attempts,
                "changes": len(told),
                "result": str(result),
            },
        )
    ]

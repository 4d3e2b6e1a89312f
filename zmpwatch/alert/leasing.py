"""Taking what is due from the outbox: which rows make one message, and whose turn it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from zmpwatch.alert.backoff import next_try
from zmpwatch.alert.handover import hand_over
from zmpwatch.alert.plan import delivery_id, fingerprint
from zmpwatch.alert.recipients import Recipient
from zmpwatch.alert.report import DeliveryReport
from zmpwatch.alert.send import Outcome, SendResult
from zmpwatch.model import Change, ChangeKind, Delivery, DeliveryState

if TYPE_CHECKING:
    from zmpwatch.store.writer import Writer

__all__ = [
    "LEASE",
    "OPEN",
    "SIDE_BY_SIDE",
    "Batch",
    "failed_change",
    "lease",
    "message_key",
]

LEASE = timedelta(minutes=5)
"""How long rows are ours from when their turn to be sent may come at the latest; far longer than any sender takes."""

SIDE_BY_SIDE = 8
"""Messages that are sent side by side."""

LONGEST_SEND = timedelta(minutes=1)
"""After it a sender has ended its message, whatever the other side does."""

OPEN = (DeliveryState.PENDING, DeliveryState.UNKNOWN, DeliveryState.SENDING)
"""States of rows that are still to be sent."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Deliveries that make one message."""

    recipient: str
    url: str = field(repr=False)
    deliveries: tuple[Delivery, ...]
    until: datetime

    @property
    def address(self) -> str:
        """The fingerprint of the address."""
        return self.deliveries[0].address

    @property
    def key(self) -> str:
        """The message's idempotency key."""
        return message_key(self.deliveries)

    @property
    def attempts(self) -> int:
        """How often it was tried."""
        return max(d.attempts for d in self.deliveries)


def message_key(deliveries: Sequence[Delivery]) -> str:
    """The key of the message that these make: of the one they went out in, else the same for the same deliveries."""
    if (earlier := deliveries[0].message) is not None:
        return earlier
    return hashlib.sha256("".join(sorted(d.key for d in deliveries)).encode()).hexdigest()[:32]


def lease(tx: Writer, people: Mapping[str, Recipient], now: datetime, report: DeliveryReport) -> list[Batch]:
    """Take the rows that are due and free, as the messages they make; what can't be sent any more is given up.

    The messages come in the order they are to be sent in. Nobody's quiet hours are broken, whatever made a row due: the
    operator's yes, an address that took over from another, a daemon that was down, quiet hours set since.
    """
    urls = {(name, fingerprint(url)): url for name, person in people.items() for url in person.to}
    waiting = [d for d in tx.deliveries(states=OPEN) if _free(d, now)]
    if lost := [d for d in waiting if (d.recipient, d.address) not in urls]:
        hand_over(tx, lost, people, now, report)
    due = [d for d in tx.deliveries(states=OPEN, due_before=now) if _free(d, now)] if waiting else []
    batches: list[Batch] = []
    # what never failed goes first: an address known to be slow must not hold a place before it
    for found in sorted(_grouped(due), key=lambda group: max(d.attempts for d in group)):
        first = found[0]
        group = found
        if (loud := people[first.recipient].timing.not_quiet(now)) > now:
            if first.state is not DeliveryState.SENDING and not first.attempts:
                for delivery in group:
                    tx.mark_delivery(delivery_id(delivery), delivery.state, 0, loud, delivery.last_result)
            continue  # an earlier message is known by its times, which stay
        if first.state is DeliveryState.SENDING:
            group = _count_lost_try(tx, found, now, report)
        elif not first.attempts and (later := _spaced(tx, first, people[first.recipient], now)):
            for delivery in group:
                tx.mark_delivery(delivery_id(delivery), delivery.state, 0, later, delivery.last_result)
            continue
        if not group:
            continue
        # each batch has a lease of its own, by which it is known again if we die; it may have to wait for those before
        waits = len(batches) // SIDE_BY_SIDE * LONGEST_SEND
        until = now + LEASE + waits + timedelta(seconds=len(batches))
        taken = set(tx.lease_deliveries([delivery_id(d) for d in group], until, now))
        rows = tuple(d for d in group if d.id in taken)
        if rows:
            batches.append(Batch(first.recipient, urls[first.recipient, first.address], rows, until))
    return batches


def _free(delivery: Delivery, now: datetime) -> bool:
    return delivery.state is not DeliveryState.SENDING or delivery.lease_until is None or delivery.lease_until <= now


def _spaced(tx: Writer, delivery: Delivery, person: Recipient, now: datetime) -> datetime | None:
    """When a new message may go to an address that got one just now; None when it may go at once."""
    if not person.spacing:
        return None
    last = tx.last_sent(delivery.recipient).get(delivery.address)
    # a clock that was set back must not silence anybody
    if last is None or not last <= now < last + person.spacing:
        return None
    return last + person.spacing


def _count_lost_try(tx: Writer, group: Sequence[Delivery], now: datetime, report: DeliveryReport) -> list[Delivery]:
    """Count the try whose process died, so that an answer which kills the sender does not come for ever.

    Returns the deliveries with the try counted, or none when that was the last one.
    """
    first = group[0]
    batch = Batch(first.recipient, "", tuple(group), now)
    attempts = batch.attempts + 1
    result = SendResult(Outcome.UNKNOWN, "the sending process died")
    dead = next_try(Outcome.UNKNOWN, attempts, batch.key, now) is None
    for delivery in group:
        if dead:
            tx.mark_delivery(delivery_id(delivery), DeliveryState.DEAD, attempts, None, str(result))
        else:
            tx.mark_delivery(delivery_id(delivery), DeliveryState.UNKNOWN, attempts, delivery.due, str(result))
    if not dead:
        return [replace(d, attempts=attempts, state=DeliveryState.UNKNOWN) for d in group]
    changes: dict[int | None, Change] = {c.id: c for c in tx.changes(ids={d.change for d in group})}
    report.dead += len(group)
    report.changes += failed_change(batch, result, attempts, changes, now)
    report.lines.append(f"{first.recipient} {first.address}: given up, {result}")
    return []


def _grouped(due: Iterable[Delivery]) -> list[list[Delivery]]:
    """Deliveries that make one message: all that are new, and each earlier message as it was.

    An earlier message is known by its key; where it is not kept, by its lease when its sender died before its first
    try, else by the time it was put off to.
    """
    groups: dict[tuple[object, ...], list[Delivery]] = {}
    for delivery in due:
        earlier: tuple[object, ...] = ()
        if delivery.message is not None:
            earlier = ("message", delivery.message)
        elif delivery.state is DeliveryState.SENDING:
            earlier = ("leased", delivery.lease_until)
        elif delivery.attempts:
            earlier = ("tried", delivery.attempts, delivery.due)
        groups.setdefault((delivery.recipient, delivery.address, *earlier), []).append(delivery)
    return list(groups.values())


def failed_change(
    batch: Batch, result: SendResult, attempts: int, changes: Mapping[int | None, Change], now: datetime
) -> list[Change]:
    """What the operator is told; never of an alert that itself told of a failure, or it would go round for ever."""
    told = [changes[d.change] for d in batch.deliveries if d.change in changes]
    if all(c.kind is ChangeKind.DELIVERY_FAILED for c in told):
        return []
    return [
        Change(
            kind=ChangeKind.DELIVERY_FAILED,
            at=now,
            dedup_key=f"delivery_failed:{batch.key}:{now.isoformat()}",
            after={
                "recipient": batch.recipient,
                "address": batch.address,
                "attempts": attempts,
                "changes": len(told),
                "result": str(result),
            },
        )
    ]

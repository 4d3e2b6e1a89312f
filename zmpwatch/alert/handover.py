"""What waits for an address that is no longer configured: whoever took over from it gets it, or it is given up.

A reader whose address was corrected, or who is called something else in the configuration, is still the same reader:
what the old address never got goes to the new one at once, under the same key, so that a receiver that stands behind
both knows a repetition. What was given up before stays so until somebody asks for it (`zmpwatch notify retry`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from zmpwatch.alert.plan import delivery_id, delivery_key, fingerprint
from zmpwatch.alert.recipients import Recipient
from zmpwatch.alert.report import DeliveryReport
from zmpwatch.model import Change, ChangeKind, Delivery, DeliveryState
from zmpwatch.plural import counted

if TYPE_CHECKING:
    from zmpwatch.store.writer import Writer

__all__ = ["hand_over"]

_Heir = tuple[str, str]
"""A recipient's name and the fingerprint of an address."""


def hand_over(
    tx: Writer, lost: Sequence[Delivery], people: Mapping[str, Recipient], now: datetime, report: DeliveryReport
) -> None:
    """Give the lost rows (open ones whose address nobody has) to their heirs, due or not.

    Rows without an heir are given up when they fall due, and the operator is told: until then somebody may put the
    subscriber back.
    """
    changes = {c.id: c for c in tx.changes(ids={d.change for d in lost})}
    for message in _messages(lost):
        first = message[0]
        if heirs := _heirs(first, people):
            _move(tx, message, heirs, changes, now, report)
            continue
        due = [d for d in message if d.due is None or d.due <= now]
        reason = f"the {'address' if first.recipient in people else 'recipient'} is no longer configured"
        for delivery in due:
            report.changes += _lost_change(delivery, changes[delivery.change], reason, now)
            tx.mark_delivery(delivery_id(delivery), DeliveryState.DEAD, delivery.attempts, None, reason)
        report.dead += len(due)
        if due:
            report.lines.append(f"{first.recipient} {first.address}: {_changes(due)}, given up, {reason}")


def _messages(lost: Sequence[Delivery]) -> list[list[Delivery]]:
    """The rows of each address, those of an earlier message apart."""
    found: dict[tuple[str, str, str | None], list[Delivery]] = {}
    for delivery in lost:
        found.setdefault((delivery.recipient, delivery.address, delivery.message), []).append(delivery)
    return list(found.values())


def _heirs(delivery: Delivery, people: Mapping[str, Recipient]) -> list[_Heir]:
    """Who gets what a lost address was to get: the recipient's other addresses, or whoever has the address now."""
    if delivery.recipient in people:
        own = dict.fromkeys(map(fingerprint, people[delivery.recipient].to))
        return [(delivery.recipient, address) for address in own]
    return [
        (name, delivery.address) for name, person in people.items() if delivery.address in map(fingerprint, person.to)
    ]


def _move(
    tx: Writer,
    message: Sequence[Delivery],
    heirs: Sequence[_Heir],
    changes: Mapping[int | None, Change],
    now: datetime,
    report: DeliveryReport,
) -> None:
    """The first heir that has no row of a change gets this one; further heirs get rows of their own."""
    free = [_without(tx, delivery.change, heirs) for delivery in message]
    whole = all(free) and len({who[0] for who in free}) == 1
    taken: dict[str, None] = {}
    for delivery, missing in zip(message, free, strict=True):
        if not missing:
            reason = "the address is no longer configured; another one of the recipient has it"
            tx.mark_delivery(delivery_id(delivery), DeliveryState.DEAD, delivery.attempts, None, reason)
            continue
        tx.readdress_delivery(_readdressed(delivery, missing[0], now, whole=whole))
        dedup_key = changes[delivery.change].dedup_key
        tx.add_deliveries(
            [
                Delivery(
                    delivery.change,
                    name,
                    address,
                    delivery_key(dedup_key, name, address),
                    created=now,
                    due=now if delivery.attempts else delivery.due,
                )
                for name, address in missing[1:]
            ]
        )
        taken.update(dict.fromkeys(f"{name} {address}" for name, address in missing))
    report.moved += len(message)
    where = f"goes to {' and '.join(taken)} now" if taken else "another one of the recipient has it"
    first = message[0]
    report.lines.append(
        f"{first.recipient} {first.address}: {_changes(message)}, the address is no longer configured; {where}"
    )


def _without(tx: Writer, change: int, heirs: Sequence[_Heir]) -> list[_Heir]:
    """The heirs that have no row of this change."""
    have = {(row.recipient, row.address) for row in tx.deliveries(change=change)}
    return [heir for heir in heirs if heir not in have]


def _readdressed(delivery: Delivery, heir: _Heir, now: datetime, *, whole: bool) -> Delivery:
    """The row at its new address, which gets all its tries but one anew; what was tried is due at once.

    A message that is taken over whole goes out as it was; of one that is not, the rest makes a new message.
    """
    recipient, address = heir
    if delivery.state is DeliveryState.SENDING:
        # its sender died, or it would not be free: the old address may have it
        delivery = replace(delivery, state=DeliveryState.UNKNOWN, attempts=delivery.attempts + 1)
    due = now if delivery.attempts else delivery.due
    moved = replace(delivery, recipient=recipient, address=address, attempts=min(delivery.attempts, 1), due=due)
    return moved if whole else replace(moved, state=DeliveryState.PENDING, attempts=0, message=None)


def _changes(rows: Sequence[Delivery]) -> str:
    return counted(len(rows), "change")


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

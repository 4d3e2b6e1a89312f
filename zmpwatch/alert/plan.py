"""Changes × subscriptions → outbox rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from zmpwatch.alert.names import Names
from zmpwatch.alert.subscriptions import OPERATOR, Subscription
from zmpwatch.model import Change, Delivery, DeliveryState

__all__ = ["FEEDS", "delivery_id", "delivery_key", "fingerprint", "hold_in_feeds", "plan_deliveries"]

FEEDS = "feeds"
"""Stands for recipient and address of a row that only keeps a change from the public; no fingerprint is like it."""


def fingerprint(url: str) -> str:
    """Name an Apprise URL without telling it: 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(url.encode()).hexdigest()[:16]


def delivery_key(dedup_key: str, recipient: str, address: str) -> str:
    """The idempotency key of one change for one address: the same however often the change is planned."""
    return hashlib.sha256("\x1f".join((dedup_key, recipient, address)).encode()).hexdigest()[:32]


def delivery_id(delivery: Delivery) -> int:
    """The row's number.

    Raises:
        ValueError: the delivery was not read from the store.
    """
    if delivery.id is None:
        raise ValueError(f"delivery {delivery.key} was not read from the store")
    return delivery.id


def plan_deliveries(
    changes: Iterable[Change],
    subscriptions: Sequence[Subscription],
    operator_to: Sequence[str],
    names: Names,
    now: datetime,
    *,
    hold: bool = False,
) -> list[Delivery]:
    """One outbox row a change and recipient address; with `hold`, those for subscribers wait for the operator's yes.

    Changes must be stored already (they have an `id`). An address named twice by one recipient is written to once.

    Raises:
        ValueError: a change has no `id`.
    """
    rows: list[Delivery] = []
    for change in changes:
        if change.id is None:
            raise ValueError(f"change {change.dedup_key} is not stored yet")
        state = DeliveryState.PENDING
        if change.kind.for_operator:
            recipients = [(OPERATOR, tuple(operator_to), now)]
        else:
            voivodeship = names.voivodeship(change.teryt) if change.teryt else None
            wanted = [s for s in subscriptions if s.wants(change, voivodeship)]
            recipients = [(s.name, s.to, s.timing.due(now)) for s in wanted]
            state = DeliveryState.HELD if hold else state
        for recipient, urls, due in recipients:
            for address in dict.fromkeys(map(fingerprint, urls)):
                key = delivery_key(change.dedup_key, recipient, address)
                rows.append(Delivery(change.id, recipient, address, key, state=state, created=now, due=due))
    return rows


def hold_in_feeds(changes: Iterable[Change], planned: Iterable[Delivery], now: datetime) -> list[Delivery]:
    """A held row for each change that no subscriber wants: else nothing would say that it waits for the operator's yes.

    It would stand in the feeds, and a count that it explains would name it.

    Args:
        changes: what is held, stored already.
        planned: the rows that are held for subscribers.
        now: when they are held.
    """
    told = {row.change for row in planned}
    return [
        Delivery(
            change.id,
            FEEDS,
            FEEDS,
            delivery_key(change.dedup_key, FEEDS, FEEDS),
            state=DeliveryState.HELD,
            created=now,
            due=now,
        )
        for change in changes
        if change.id is not None and change.id not in told and not change.kind.for_operator
    ]

"""Changes × subscriptions → outbox rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from zmpwatch.alert.names import Names
from zmpwatch.alert.subscriptions import OPERATOR, Digest, Subscription
from zmpwatch.model import Change, Delivery

__all__ = ["DIGEST_HOUR", "delivery_key", "due_at", "fingerprint", "plan_deliveries"]

WARSAW = ZoneInfo("Europe/Warsaw")
DIGEST_HOUR = time(8, 0)
"""When digests go out, Polish time."""


def fingerprint(url: str) -> str:
    """Name an Apprise URL without telling it: 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(url.encode()).hexdigest()[:16]


def delivery_key(dedup_key: str, recipient: str, address: str) -> str:
    """The idempotency key of one change for one address: the same however often the change is planned."""
    return hashlib.sha256("\x1f".join((dedup_key, recipient, address)).encode()).hexdigest()[:32]


def due_at(digest: Digest, now: datetime) -> datetime:
    """When a change noticed at `now` (aware) is to be told, in UTC.

    `daily` is the next 8:00 in Poland after `now`, `weekly` the next Monday's: counted on the calendar, so that the
    hour stays 8:00 across clock changes.
    """
    if digest == "now":
        return now
    local = now.astimezone(WARSAW)
    day = local.date()
    if digest == "weekly":
        day += timedelta(days=-day.weekday() % 7)
    step = timedelta(days=7 if digest == "weekly" else 1)
    due = datetime.combine(day, DIGEST_HOUR, tzinfo=WARSAW)
    while due <= local:
        day += step
        due = datetime.combine(day, DIGEST_HOUR, tzinfo=WARSAW)
    return due.astimezone(UTC)


def plan_deliveries(
    changes: Iterable[Change],
    subscriptions: Sequence[Subscription],
    operator_to: Sequence[str],
    names: Names,
    now: datetime,
) -> list[Delivery]:
    """One outbox row a change and recipient address.

    Changes must be stored already (they have an `id`). An address named twice by one recipient is written to once.

    Raises:
        ValueError: a change has no `id`.
    """
    rows: list[Delivery] = []
    for change in changes:
        if change.id is None:
            raise ValueError(f"change {change.dedup_key} is not stored yet")
        if change.kind.for_operator:
            recipients = [(OPERATOR, tuple(operator_to), now)]
        else:
            voivodeship = names.voivodeship(change.teryt) if change.teryt else None
            recipients = [(s.name, s.to, due_at(s.digest, now)) for s in subscriptions if s.wants(change, voivodeship)]
        for recipient, urls, due in recipients:
            for address in dict.fromkeys(map(fingerprint, urls)):
                key = delivery_key(change.dedup_key, recipient, address)
                rows.append(Delivery(change.id, recipient, address, key, created=now, due=due))
    return rows

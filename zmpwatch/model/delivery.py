"""One change for one recipient: the outbox row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

__all__ = ["Delivery", "DeliveryState"]


class DeliveryState(StrEnum):
    """Where a delivery stands.

    `HELD` waits for the operator's yes (a storm of changes), `UNKNOWN` means the receiver may have it, `DEAD` that
    nobody tries any more.
    """

    HELD = "held"
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One change for one address of one recipient; `due` is when it is to be tried, `sent` when it was taken.

    `address` is a fingerprint of the Apprise URL, never the URL: addresses hold secrets. `key` is the idempotency key
    the receiver can see; it stays the same over all attempts.
    """

    change: int
    recipient: str
    address: str
    key: str
    state: DeliveryState = DeliveryState.PENDING
    attempts: int = 0
    created: datetime | None = None
    due: datetime | None = None
    lease_until: datetime | None = None
    last_result: str | None = None
    sent: datetime | None = None
    id: int | None = None

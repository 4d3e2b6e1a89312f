"""One change for one recipient: the outbox row; and the message it goes out in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

__all__ = ["BodyFormat", "Delivery", "DeliveryState", "KeptMessage", "Message"]

BodyFormat = Literal["text", "markdown", "html"]


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
    the receiver can see; it stays the same over all attempts. `message` is the key of the message it went out in.
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
    message: str | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """What goes out: a subject of one line, and the body in three formats that say the same.

    `key` is the same for every attempt to deliver these changes to this address; its first digits stand in the footer.
    """

    subject: str
    text: str
    markdown: str
    html: str
    key: str


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """A message as it was when it was first sent; every repetition sends the same.

    `body_format` is the format the service was given last; None when it is not known, as before the first try ended.
    """

    message: Message
    composed: datetime
    body_format: BodyFormat | None = None

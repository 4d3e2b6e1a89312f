"""The use cases of `zmpwatch notify`: try an address, look into the outbox, let go or drop what is held, try again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from zmpwatch.alert.leasing import message_key
from zmpwatch.alert.message import compose
from zmpwatch.alert.plan import FEEDS, delivery_id, fingerprint
from zmpwatch.alert.send import AppriseSender, SendResult
from zmpwatch.alert.subscriptions import OPERATOR, Language
from zmpwatch.alert.timing import AT_ONCE
from zmpwatch.alert.trial import trial_message
from zmpwatch.alert.withholding import DISCARDED, Withheld, is_kept_back, withheld
from zmpwatch.errors import ConfigError, StoreError
from zmpwatch.model import Association, BodyFormat, Change, Delivery, DeliveryState, Message
from zmpwatch.service.outbox import Outbox
from zmpwatch.store import Store

__all__ = [
    "UNDELIVERED",
    "AddressAnswer",
    "Released",
    "Shown",
    "discard",
    "list_deliveries",
    "release",
    "retry",
    "send_test",
    "show_message",
]

UNDELIVERED = (DeliveryState.HELD, DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.UNKNOWN)
"""States `notify pending` lists: all that somebody may still get."""


@dataclass(frozen=True, slots=True)
class AddressAnswer:
    """What one address said to the test: `number` counts the recipient's addresses from 1, `service` is the scheme."""

    recipient: str
    number: int
    service: str
    address: str
    result: SendResult

    def as_json(self) -> dict[str, Any]:
        """One object of ``notify test --json``; it holds no address."""
        return {
            "recipient": self.recipient,
            "number": self.number,
            "service": self.service,
            "address": self.address,
            "outcome": str(self.result.outcome),
            "answer": self.result.detail or None,
        }


def send_test(outbox: Outbox, association: Association, recipient: str, now: datetime) -> list[AddressAnswer]:
    """Send the marked test to every address of a subscriber, or of the operator, side by side; nothing is stored.

    Raises:
        ConfigError: nobody is called so, or the operator has no address.
    """
    urls, language = _reached(outbox, recipient)
    message = trial_message(recipient, language, association, now)
    sender = AppriseSender()
    with ThreadPoolExecutor(max_workers=8, thread_name_prefix="test") as pool:
        try:
            results = list(pool.map(lambda url: sender.send(url, message), urls))
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            sender.stop.set()
            raise
    return [
        AddressAnswer(recipient, number, url.partition("://")[0].lower(), fingerprint(url), result)
        for number, (url, result) in enumerate(zip(urls, results, strict=True), 1)
    ]


def _reached(outbox: Outbox, recipient: str) -> tuple[tuple[str, ...], Language]:
    if recipient == OPERATOR:
        if not outbox.operator_to:
            raise ConfigError("operator.to is empty; the operator would hear of nothing")
        return outbox.operator_to, "en"
    for subscription in outbox.subscriptions:
        if subscription.name == recipient:
            return subscription.to, subscription.language
    known = ", ".join([*(s.name for s in outbox.subscriptions), OPERATOR])
    raise ConfigError(f"no subscriber is called {recipient!r}; known: {known}")


def list_deliveries(store: Store, states: Collection[DeliveryState], newest: int | None = None) -> list[dict[str, Any]]:
    """The rows of the outbox in these states (or so many that went out last), oldest first, each with what it tells."""
    rows = store.deliveries(states=states, newest=newest)
    changes = {change.id: change for change in store.changes(ids={row.change for row in rows})} if rows else {}
    return [
        {
            "id": row.id,
            "change": row.change,
            "kind": str(changes[row.change].kind),
            "municipality": changes[row.change].municipality,
            "site": changes[row.change].site,
            "recipient": row.recipient,
            "address": row.address,
            "state": str(row.state),
            "attempts": row.attempts,
            "created": row.created.isoformat() if row.created else None,
            "due": _due(row),
            "sent": row.sent.isoformat() if row.sent else None,
            "last_result": row.last_result,
        }
        for row in rows
    ]


def _due(row: Delivery) -> str | None:
    """When a delivery is tried next; nobody waits for the time of one that is held or over."""
    waits = row.state in {DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.UNKNOWN}
    return row.due.isoformat() if row.due and waits else None


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as `notify show` tells of it: word for word as it went out where `kept`, else as it would go out."""

    delivery: Delivery
    message: Message
    kept: bool
    body_format: BodyFormat | None

    def as_json(self) -> dict[str, Any]:
        """The object of ``notify show --json``; it holds no address."""
        row, message = self.delivery, self.message
        return {
            "subject": message.subject,
            "text": message.text,
            "markdown": message.markdown,
            "html": message.html,
            "id": row.id,
            "key": message.key,
            "recipient": row.recipient,
            "address": row.address,
            "state": str(row.state),
            "attempts": row.attempts,
            "sent": row.sent.isoformat() if row.sent else None,
            "due": _due(row),
            "last_result": row.last_result,
            "as_sent": self.kept,
            "body_format": self.body_format,
        }


def show_message(store: Store, outbox: Outbox, association: Association, number: int) -> Shown:
    """The message a delivery is part of: as it went out, or with all that wait beside it as it would be sent now.

    Raises:
        StoreError: there is no such delivery.
    """
    rows = store.deliveries()
    wanted = next((row for row in rows if row.id == number), None)
    if wanted is None:
        raise StoreError(
            f"there is no delivery {number}; `zmpwatch notify pending` lists those that wait, --sent what went out"
        )
    if wanted.message is not None and (kept := store.messages([wanted.message]).get(wanted.message)) is not None:
        return Shown(wanted, kept.message, True, kept.body_format)
    same = tuple(row for row in rows if _goes_with(row, wanted))
    languages = {s.name: s.language for s in outbox.subscriptions}
    changes = store.changes(ids={row.change for row in same})
    message = compose(
        changes,
        recipient=wanted.recipient,
        language="en" if wanted.recipient == OPERATOR else languages.get(wanted.recipient, "pl"),
        names=outbox.names,
        key=message_key(same),
        association=association,
        whole=outbox.whole,
        withheld=_withheld_from(store, changes, wanted),
    )
    return Shown(wanted, message, False, None)


def _withheld_from(store: Store, changes: Sequence[Change], wanted: Delivery) -> Withheld:
    """Whom the message may not name; one that is held is shown as it will be after the yes, with all its own towns."""
    own = {change.teryt for change in changes}
    found = withheld(store, changes, wanted.recipient, wanted.address)
    return Withheld(found.joined - own, found.left - own)


def _goes_with(row: Delivery, wanted: Delivery) -> bool:
    """Whether two rows whose message is not kept make one: both new, or tried together by an older version."""
    return (row.recipient, row.address, row.state, row.message, row.attempts, row.due if row.attempts else None) == (
        wanted.recipient,
        wanted.address,
        wanted.state,
        wanted.message,
        wanted.attempts,
        wanted.due if wanted.attempts else None,
    )


def retry(store: Store, numbers: Sequence[int], now: datetime) -> int:
    """Make deliveries due now: these, or all that wait for another try or were given up; returns how many.

    A message that was tried goes out whole, with all that was in it, and keeps its number, so that a receiver knows a
    repetition; what was given up gets all but one of its tries anew. What the operator discarded is left alone: a no
    stands until it is taken back (`release`).

    Raises:
        StoreError: one of the numbers is none of a delivery that can be tried.
    """
    again = (DeliveryState.PENDING, DeliveryState.UNKNOWN, DeliveryState.DEAD)
    with store.write() as tx:
        rows = [row for row in tx.deliveries(states=again) if not is_kept_back(row)]
        chosen = _whole_messages(_chosen(rows, numbers, "waits for another try or was given up"), rows)
        groups: dict[object, datetime] = {}
        for row in chosen:
            if row.state is DeliveryState.DEAD:
                tx.mark_delivery(delivery_id(row), DeliveryState.PENDING, min(row.attempts, 1), now, row.last_result)
                continue
            # messages that an older version tried stay apart by the time they are due: each is repeated as it was
            group = (row.recipient, row.address, row.attempts, row.due)
            due = groups.setdefault(group, now - timedelta(microseconds=len(groups) + 1))
            tx.mark_delivery(delivery_id(row), row.state, row.attempts, due, row.last_result)
    return len(chosen)


@dataclass(frozen=True, slots=True)
class Released:
    """How many deliveries got the operator's yes, and who hears of it later: by name, with the moment."""

    number: int
    later: Mapping[str, datetime]


def _whole_messages(chosen: Sequence[Delivery], rows: Sequence[Delivery]) -> list[Delivery]:
    """The chosen rows with all that went out in one message with them."""
    numbers = {row.id for row in chosen}
    messages = {row.message for row in chosen if row.message}
    # an older version kept no messages: what was tried in one is due at the same moment
    tried = {(row.recipient, row.address, row.attempts, row.due) for row in chosen if row.attempts and row.due}
    return [
        row
        for row in rows
        if row.id in numbers or row.message in messages or (row.recipient, row.address, row.attempts, row.due) in tried
    ]


def release(store: Store, outbox: Outbox, numbers: Sequence[int], now: datetime) -> Released:
    """The operator's yes: what is held is news from now on, and goes out like any other.

    So a subscriber with a digest gets it with the next one, and nobody in his quiet hours. What was discarded can be
    named, too: the yes takes the no back.

    Raises:
        StoreError: one of the numbers is none of a delivery that is held or was discarded.
    """
    timings = {subscription.name: subscription.timing for subscription in outbox.subscriptions}
    later: dict[str, datetime] = {}
    with store.write() as tx:
        kept_back = [row for row in tx.deliveries(states=(DeliveryState.HELD, DeliveryState.DEAD)) if is_kept_back(row)]
        rows = kept_back if numbers else [row for row in kept_back if row.state is DeliveryState.HELD]
        chosen = _chosen(rows, numbers, "is held or was discarded")
        for row in chosen:
            if row.address == FEEDS:
                # nobody is written to: it stands in the feeds from now on
                tx.mark_delivery(delivery_id(row), DeliveryState.SENT, 0, None, "released by the operator", sent=now)
                continue
            due = timings.get(row.recipient, AT_ONCE).due(now)
            if due > now:
                later[row.recipient] = due
            tx.mark_delivery(delivery_id(row), DeliveryState.PENDING, 0, due, "released by the operator")
    return Released(len(chosen), later)


def discard(store: Store, numbers: Sequence[int], reason: str) -> int:
    """The operator's no: what is held is given up, with the reason; returns how many deliveries.

    Raises:
        StoreError: one of the numbers is none of a delivery that is held.
    """
    with store.write() as tx:
        chosen = _chosen(tx.deliveries(states=[DeliveryState.HELD]), numbers, "is held")
        for row in chosen:
            tx.mark_delivery(delivery_id(row), DeliveryState.DEAD, 0, None, f"{DISCARDED}: {reason}")
    return len(chosen)


def _chosen(rows: Sequence[Delivery], numbers: Sequence[int], which: str) -> Sequence[Delivery]:
    """The rows of these numbers, in that order; all without any."""
    if not numbers:
        return rows
    by_number = {row.id: row for row in rows}
    if wrong := sorted(set(numbers) - by_number.keys()):
        raise StoreError(f"{', '.join(map(str, wrong))}: no delivery that {which}")
    return [by_number[number] for number in dict.fromkeys(numbers)]

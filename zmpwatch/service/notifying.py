"""The use cases of `zmpwatch notify`: try an address, look into the outbox, let go or drop what is held, try again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from zmpwatch.alert.message import Message, compose
from zmpwatch.alert.plan import FEEDS, fingerprint
from zmpwatch.alert.send import AppriseSender, SendResult
from zmpwatch.alert.subscriptions import OPERATOR, Language
from zmpwatch.alert.timing import AT_ONCE
from zmpwatch.alert.trial import trial_message
from zmpwatch.alert.withholding import DISCARDED, Withheld, withheld
from zmpwatch.errors import ConfigError, StoreError
from zmpwatch.model import Association, Change, Delivery, DeliveryState
from zmpwatch.service.outbox import Outbox
from zmpwatch.store import Store, Writer

__all__ = [
    "UNDELIVERED",
    "AddressAnswer",
    "Released",
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
        results = list(pool.map(lambda url: sender.send(url, message), urls))
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


def list_deliveries(store: Store, states: Collection[DeliveryState]) -> list[dict[str, Any]]:
    """The rows of the outbox in these states, oldest first, each with what it tells."""
    rows = store.deliveries(states=states)
    changes = {change.id: change for change in store.changes(ids={row.change for row in rows})} if rows else {}
    nobody_waits = {DeliveryState.HELD, DeliveryState.DEAD}
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
            "due": row.due.isoformat() if row.due and row.state not in nobody_waits else None,
            "last_result": row.last_result,
        }
        for row in rows
    ]


def show_message(store: Store, outbox: Outbox, association: Association, number: int) -> Message:
    """The message a delivery is part of, as it would be sent now: with all that wait for the same address beside it.

    Raises:
        StoreError: there is no such delivery.
    """
    rows = store.deliveries()
    wanted = next((row for row in rows if row.id == number), None)
    if wanted is None:
        raise StoreError(f"there is no delivery {number}; `zmpwatch notify pending` lists those that wait")
    same = [row for row in rows if _goes_with(row, wanted)]
    languages = {s.name: s.language for s in outbox.subscriptions}
    changes = store.changes(ids={row.change for row in same})
    return compose(
        changes,
        recipient=wanted.recipient,
        language="en" if wanted.recipient == OPERATOR else languages.get(wanted.recipient, "pl"),
        names=outbox.names,
        key=wanted.key,
        association=association,
        whole=outbox.whole,
        withheld=_withheld_from(store, changes, wanted),
    )


def _withheld_from(store: Store, changes: Sequence[Change], wanted: Delivery) -> Withheld:
    """Whom the message may not name; one that is held is shown as it will be after the yes, with all its own towns."""
    own = {change.teryt for change in changes}
    found = withheld(store, changes, wanted.recipient, wanted.address)
    return Withheld(found.joined - own, found.left - own)


def _goes_with(row: Delivery, wanted: Delivery) -> bool:
    return (row.recipient, row.address, row.state, row.attempts, row.due if row.attempts else None) == (
        wanted.recipient,
        wanted.address,
        wanted.state,
        wanted.attempts,
        wanted.due if wanted.attempts else None,
    )


def retry(store: Store, numbers: Sequence[int], now: datetime) -> int:
    """Make deliveries due now: these, or all that wait for another try or were given up; returns how many.

    A message that was tried goes out whole, with all that was in it, and keeps its number, so that a receiver knows a
    repetition; what was given up gets all but one of its tries anew.

    Raises:
        StoreError: one of the numbers is none of a delivery that can be tried.
    """
    again = (DeliveryState.PENDING, DeliveryState.UNKNOWN, DeliveryState.DEAD)
    with store.write() as tx:
        chosen = _whole_messages(_chosen(tx, numbers, again), tx.deliveries(states=list(again)))
        groups: dict[object, datetime] = {}
        for row in chosen:
            if row.state is DeliveryState.DEAD:
                tx.mark_delivery(_id(row), DeliveryState.PENDING, min(row.attempts, 1), now, row.last_result)
                continue
            # messages stay apart by the time they are due: one that is repeated must be repeated as it was
            group = (row.recipient, row.address, row.attempts, row.due)
            due = groups.setdefault(group, now - timedelta(microseconds=len(groups) + 1))
            tx.mark_delivery(_id(row), row.state, row.attempts, due, row.last_result)
    return len(chosen)


@dataclass(frozen=True, slots=True)
class Released:
    """How many deliveries got the operator's yes, and who hears of it later: by name, with the moment."""

    number: int
    later: Mapping[str, datetime]


def _whole_messages(chosen: Sequence[Delivery], rows: Sequence[Delivery]) -> list[Delivery]:
    """The chosen rows with all that were tried in one message with them: they are due at the same moment."""
    tried = {(row.recipient, row.address, row.attempts, row.due) for row in chosen if row.attempts and row.due}
    numbers = {row.id for row in chosen}
    return [row for row in rows if row.id in numbers or (row.recipient, row.address, row.attempts, row.due) in tried]


def release(store: Store, outbox: Outbox, numbers: Sequence[int], now: datetime) -> Released:
    """The operator's yes: what is held is news from now on, and goes out like any other.

    So a subscriber with a digest gets it with the next one, and nobody in his quiet hours.

    Raises:
        StoreError: one of the numbers is none of a delivery that is held.
    """
    timings = {subscription.name: subscription.timing for subscription in outbox.subscriptions}
    later: dict[str, datetime] = {}
    with store.write() as tx:
        chosen = _chosen(tx, numbers, (DeliveryState.HELD,))
        for row in chosen:
            if row.address == FEEDS:
                # nobody is written to: it stands in the feeds from now on
                tx.mark_delivery(_id(row), DeliveryState.SENT, 0, None, "released by the operator", sent=now)
                continue
            due = timings.get(row.recipient, AT_ONCE).due(now)
            if due > now:
                later[row.recipient] = due
            tx.mark_delivery(_id(row), DeliveryState.PENDING, 0, due, "released by the operator")
    return Released(len(chosen), later)


def discard(store: Store, numbers: Sequence[int], reason: str) -> int:
    """The operator's no: what is held is given up, with the reason; returns how many deliveries.

    Raises:
        StoreError: one of the numbers is none of a delivery that is held.
    """
    with store.write() as tx:
        chosen = _chosen(tx, numbers, (DeliveryState.HELD,))
        for row in chosen:
            tx.mark_delivery(_id(row), DeliveryState.DEAD, 0, None, f"{DISCARDED}: {reason}")
    return len(chosen)


def _chosen(tx: Writer, numbers: Sequence[int], states: Iterable[DeliveryState]) -> list[Delivery]:
    rows = tx.deliveries(states=list(states))
    if not numbers:
        return rows
    by_number = {row.id: row for row in rows}
    wrong = sorted(set(numbers) - by_number.keys() - {None})
    if wrong:
        raise StoreError(
            f"{', '.join(map(str, wrong))}: no such delivery among those that are {', '.join(sorted(map(str, states)))}"
        )
    return [by_number[number] for number in dict.fromkeys(numbers)]


def _id(row: Delivery) -> int:
    assert row.id is not None
    return row.id

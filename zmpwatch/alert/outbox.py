"""Delivering what is due: lease, send, mark.

Rows are leased in one transaction, sent outside any, and marked in another, so a process that dies repeats at most the
messages it was just sending, with the same key, and loses none. One message tells all changes due for one address. It
is kept before its first try, and each repetition sends it word for word, never mixed with newer changes: its key stays
true.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from zmpwatch.alert.backoff import TRIES, next_try
from zmpwatch.alert.leasing import LEASE, OPEN, SIDE_BY_SIDE, Batch, failed_change, lease
from zmpwatch.alert.message import ZMP, compose
from zmpwatch.alert.names import Names
from zmpwatch.alert.plan import delivery_id
from zmpwatch.alert.recipients import Recipient, recipients
from zmpwatch.alert.report import DeliveryReport
from zmpwatch.alert.send import AppriseSender, Outcome, Sender, SendResult
from zmpwatch.alert.subscriptions import Subscription
from zmpwatch.alert.withholding import withheld
from zmpwatch.model import Association, Change, DeliveryState, KeptMessage, Message
from zmpwatch.plural import counted

if TYPE_CHECKING:
    from zmpwatch.store.store import Store
    from zmpwatch.store.writer import Writer

__all__ = ["LEASE", "DeliveryReport", "Tell", "deliver_due"]

Tell = Callable[["Writer", Sequence[Change]], None]
"""Stores changes for the operator and plans their deliveries, in the transaction that gave them rise."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Round:
    """What all messages of one call have in common."""

    store: Store
    people: Mapping[str, Recipient]
    changes: Mapping[int | None, Change]
    tell: Tell
    now: datetime
    report: DeliveryReport


def deliver_due(
    store: Store,
    subscriptions: Sequence[Subscription],
    operator_to: Sequence[str],
    names: Names,
    now: datetime,
    *,
    tell: Tell,
    sender: Sender | None = None,
    association: Association = ZMP,
    banner: str | None = None,
    operator_spacing: timedelta = timedelta(0),
    whole: str | None = None,
    stop: threading.Event | None = None,
) -> DeliveryReport:
    """Send every delivery due at `now`; `banner` marks messages that are no real news.

    Addresses are written to side by side, so a dead one delays nobody. What waits for an address that is gone from the
    configuration goes to the recipient's other addresses at once; what waits for a recipient that is gone is given up.
    What the operator is to hear of it is handed to `tell` in the same transaction. Between two new messages to one
    address of the operator lies `operator_spacing` at least; what comes in between is told together. `whole` is an
    address with all changes, for messages that are cut.

    Once `stop` is set, no message leaves any more, and what became of those under way is not waited for: they are
    unknown, and repeated later. An interrupt (KeyboardInterrupt) does the same before it goes on.
    """
    report = DeliveryReport()
    stop = stop or threading.Event()
    if stop.is_set():
        return _counted(store, report)
    sender = sender or AppriseSender(stop=stop)
    people = recipients(subscriptions, operator_to, operator_spacing)
    with store.write() as tx:
        batches = lease(tx, people, now, report)
        tell(tx, report.changes)
    changes = {c.id: c for c in store.changes(ids={d.change for b in batches for d in b.deliveries})} if batches else {}
    this = _Round(store, people, changes, tell, now, report)
    messages = _messages(this, batches, names, association=association, banner=banner, whole=whole)
    with ThreadPoolExecutor(max_workers=SIDE_BY_SIDE, thread_name_prefix="alert") as pool:
        running = {pool.submit(_send, sender, batch, messages.get(batch.key), stop): batch for batch in batches}
        try:
            for done in as_completed(running):
                _mark(this, running.pop(done), done.result())
        except KeyboardInterrupt:
            stop.set()
            _mark_ended(this, running)
            raise
    return _counted(store, report)


def _counted(store: Store, report: DeliveryReport) -> DeliveryReport:
    """The report, with what the outbox holds."""
    report.waiting = len(store.deliveries(states=OPEN))
    report.held = len(store.deliveries(states=[DeliveryState.HELD]))
    return report


def _mark_ended(this: _Round, running: Mapping[Future[SendResult | None], Batch]) -> None:
    """Mark what an interrupt left, which ends soon; a sender that was interrupted itself has told nothing."""
    for ended in as_completed(running):
        if not isinstance(ended.exception(), KeyboardInterrupt):
            _mark(this, running[ended], ended.result())


def _messages(
    this: _Round,
    batches: Sequence[Batch],
    names: Names,
    *,
    association: Association,
    banner: str | None,
    whole: str | None,
) -> dict[str, Message]:
    """What each batch says, by its key: as it was kept, or composed now and kept before it leaves."""
    kept = this.store.messages([batch.key for batch in batches]) if batches else {}
    found = {key: one.message for key, one in kept.items()}
    new: list[tuple[Message, list[int]]] = []
    for batch in batches:
        if batch.key in found:
            continue
        message = _compose(batch, this, names, association=association, banner=banner, whole=whole)
        if message is not None:
            found[batch.key] = message
            new.append((message, [delivery_id(d) for d in batch.deliveries]))
    if new:
        with this.store.write() as tx:
            for message, deliveries in new:
                tx.keep_message(KeptMessage(message, this.now), deliveries)
    return found


def _compose(
    batch: Batch, this: _Round, names: Names, *, association: Association, banner: str | None, whole: str | None
) -> Message | None:
    try:
        told = [this.changes[d.change] for d in batch.deliveries]
        return compose(
            told,
            recipient=batch.recipient,
            language=this.people[batch.recipient].language,
            names=names,
            key=batch.key,
            association=association,
            banner=banner,
            whole=whole,
            withheld=withheld(this.store, told, batch.recipient, batch.address),
        )
    except Exception:
        # one change that can't be told must not hold up everybody else's; the operator hears of it as of any failure
        log.exception("message for %s could not be composed", batch.recipient)
        return None


def _send(sender: Sender, batch: Batch, message: Message | None, stop: threading.Event) -> SendResult | None:
    """What became of the message; None when it has not left, since `stop` was set before its turn."""
    if message is None:
        return SendResult(Outcome.FAILED, "the message could not be composed")
    if stop.is_set():
        return None
    try:
        return sender.send(batch.url, message)
    except Exception:
        # a sender promises not to raise; if it does, the outcomes of the other addresses must still be written down
        log.exception("sender failed for %s %s", batch.recipient, batch.address)
        return SendResult(Outcome.UNKNOWN, "the sender failed")


def _give_back(this: _Round, batch: Batch) -> None:
    """Let go of a batch that has not left: its rows are as they were before they were leased."""
    with this.store.write() as tx:
        for delivery in batch.deliveries:
            tx.mark_delivery(
                delivery_id(delivery), delivery.state, delivery.attempts, delivery.due, delivery.last_result
            )


def _mark(this: _Round, batch: Batch, result: SendResult | None) -> None:
    if result is None:
        _give_back(this, batch)
        return
    attempts = batch.attempts + 1
    n = len(batch.deliveries)
    due: datetime | None = None
    failed: list[Change] = []
    report = this.report
    if result.outcome is Outcome.SENT:
        state = DeliveryState.SENT
        report.sent += n
        report.messages += 1
    else:
        due = _again(this, batch, result, attempts)
        if due is None:
            state = DeliveryState.DEAD
            report.dead += n
            failed = failed_change(batch, result, attempts, this.changes, this.now)
        elif result.outcome is Outcome.UNKNOWN:
            state = DeliveryState.UNKNOWN
            report.unknown += n
        else:
            state = DeliveryState.PENDING
            report.failed += n
    sent = this.now if state is DeliveryState.SENT else None
    with this.store.write() as tx:
        for delivery in batch.deliveries:
            tx.mark_delivery(delivery_id(delivery), state, attempts, due, str(result), sent=sent)
        if result.body_format is not None:
            tx.note_body_format(batch.key, result.body_format)
        this.tell(tx, failed)
    report.changes += failed
    then = "" if sent else (f", again after {due.isoformat(timespec='minutes')}" if due else ", given up")
    report.lines.append(f"{batch.recipient} {batch.address}: {counted(n, 'change')}, {result}{then}")


def _again(this: _Round, batch: Batch, result: SendResult, attempts: int) -> datetime | None:
    """When to try again: not before the service wished to be asked.

    A message that failed for certain before may still be repeated once its fate is unknown.
    """
    outcome = result.outcome
    was_unknown = any(d.state is DeliveryState.UNKNOWN for d in batch.deliveries)
    if outcome is Outcome.UNKNOWN and not was_unknown and attempts < TRIES[Outcome.FAILED]:
        attempts = min(attempts, TRIES[Outcome.UNKNOWN] - 1)
    due = next_try(outcome, attempts, batch.key, this.now)
    if due is None:
        return None
    if result.retry_after is not None:
        due = max(due, this.now + result.retry_after)
    return this.people[batch.recipient].timing.not_quiet(due)

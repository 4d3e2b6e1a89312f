"""A message is kept before it leaves, goes out word for word ever after, and is let go of when somebody says stop."""

from __future__ import annotations

import os
import signal
import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from waiting import wait_until

from zmpwatch.alert.outbox import deliver_due
from zmpwatch.alert.send import AppriseSender, Outcome, SendResult
from zmpwatch.alert.subscriptions import Subscription
from zmpwatch.model import DeliveryState, Message
from zmpwatch.store import Store

from .outboxes import NAMES, NOW, Scripted, put, resolved, tell
from .servers import PostOffice, Receiver

URL = "json://a.invalid/"
LATER = NOW + timedelta(hours=1)


def test_a_message_is_kept_before_its_first_try(store: Store) -> None:
    """Whoever dies while it is sent leaves what he sent behind."""
    people = [Subscription("redakcja", (URL,))]
    put(store, [resolved("2005011"), resolved("2001011")], people)
    seen: list[Message] = []

    class Looking:
        def send(self, url: str, message: Message) -> SendResult:
            (kept,) = store.messages([message.key]).values()
            assert (kept.message, kept.composed, kept.body_format) == (message, NOW, None)
            assert {row.message for row in store.deliveries()} == {message.key}
            seen.append(message)
            return SendResult(Outcome.SENT, "HTTP 200", body_format="markdown")

    assert deliver_due(store, people, (), NAMES, NOW, sender=Looking(), tell=tell).sent == 2
    (message,) = seen
    assert store.messages([message.key])[message.key].body_format == "markdown"


def test_a_repetition_is_word_for_word_whatever_was_set_since(store: Store) -> None:
    people = [Subscription("redakcja", (URL,), language="pl")]
    put(store, [resolved("2005011")], people)
    sender = Scripted(Outcome.UNKNOWN, Outcome.SENT)
    deliver_due(store, people, (), NAMES, NOW, sender=sender, tell=tell)
    english = [replace(people[0], language="en")]
    deliver_due(store, english, (), NAMES, LATER, sender=sender, tell=tell, banner="demo data")
    (_, first), (_, second) = sender.sent
    assert first == second


def test_what_failed_for_certain_is_repeated_word_for_word_and_apart_from_what_is_new(store: Store) -> None:
    people = [Subscription("redakcja", (URL,))]
    sender = Scripted(Outcome.FAILED, Outcome.FAILED, Outcome.SENT)
    put(store, [resolved("2005011")], people)
    deliver_due(store, people, (), NAMES, NOW, sender=sender, tell=tell)
    put(store, [resolved("2001011")], people)
    deliver_due(store, people, (), NAMES, NOW, sender=sender, tell=tell)
    # both have failed once and are due at the very same moment
    with store.write() as tx:
        for row in store.deliveries():
            assert row.id is not None
            tx.mark_delivery(row.id, row.state, 1, LATER, row.last_result)
    deliver_due(store, people, (), NAMES, LATER, sender=sender, tell=tell)
    messages = [message for _, message in sender.sent]
    assert len(messages) == 4
    assert set(messages[:2]) == set(messages[2:])


@pytest.mark.parametrize(("scheme", "taken_as"), [("json", "text"), ("mailto", "html"), ("slack", None)])
def test_the_body_that_the_service_took_is_known(
    store: Store, hook: Receiver, mail: PostOffice, scheme: str, taken_as: str | None
) -> None:
    url = {"json": hook.url("200"), "mailto": mail.url, "slack": "nothing://"}[scheme]
    people = [Subscription("redakcja", (url,))]
    put(store, [resolved("2005011")], people)
    sender = AppriseSender(read_timeout=5, connect_timeout=5)
    deliver_due(store, people, (), NAMES, NOW, sender=sender, tell=tell)
    (row,) = store.deliveries()
    assert row.message is not None
    kept = store.messages([row.message])[row.message]
    assert kept.body_format == taken_as
    if scheme == "json":
        (taken,) = hook.at("200")
        assert (taken.body["title"], taken.body["message"]) == (kept.message.subject, kept.message.text.rstrip())
        assert taken.headers["Idempotency-Key"] == kept.message.key
    elif scheme == "mailto":
        ((_, sent),) = mail.taken
        part = sent.get_body(("html",))
        assert part is not None
        assert sent["Subject"] == kept.message.subject
        assert kept.message.html.strip() in part.get_content().replace("\r\n", "\n")


def test_stopped_while_sending_is_unknown_and_what_waits_its_turn_has_never_left(store: Store, hook: Receiver) -> None:
    """Ten addresses, eight at a time, all silent: told to stop, it does so at once, and knows which is which."""
    urls = tuple(hook.url(f"{number}/hang") for number in range(10))
    people = [Subscription("redakcja", urls)]
    put(store, [resolved("2005011")], people)
    stop = threading.Event()

    def when_eight_hang() -> None:
        wait_until(lambda: len(hook.taken) >= 8, what="eight hang")
        stop.set()

    watching = threading.Thread(target=when_eight_hang)
    watching.start()
    report = deliver_due(store, people, (), NAMES, NOW, tell=tell, stop=stop)
    watching.join()
    assert (report.unknown, report.sent, report.failed, report.dead, report.waiting) == (8, 0, 0, 0, 10)
    rows = store.deliveries()
    stopped = [row for row in rows if row.state is DeliveryState.UNKNOWN]
    assert {(row.attempts, row.last_result) for row in stopped} == {(1, "unknown: stopped while it was being sent")}
    waiting = [row for row in rows if row.state is DeliveryState.PENDING]
    assert {(row.attempts, row.due, row.lease_until, row.last_result) for row in waiting} == {(0, NOW, None, None)}

    hook.released.set()
    first = {taken.path: taken.headers["Idempotency-Key"] for taken in hook.taken}
    deliver_due(store, people, (), NAMES, LATER, tell=tell)
    again = {taken.path: taken.headers["Idempotency-Key"] for taken in hook.taken[8:]}
    assert len(again) == 10
    assert {path: again[path] for path in first} == first, "what is repeated has the key it had"


def test_nothing_leaves_once_stopped(store: Store) -> None:
    people = [Subscription("redakcja", (URL,))]
    put(store, [resolved("2005011")], people)
    before = store.deliveries()
    stop = threading.Event()
    stop.set()
    sender = Scripted(Outcome.SENT)
    report = deliver_due(store, people, (), NAMES, NOW, sender=sender, tell=tell, stop=stop)
    assert (report.waiting, report.ok, sender.sent, store.deliveries()) == (1, True, [], before)


@pytest.mark.usefixtures("heeded")
def test_ctrl_c_waits_for_no_silent_receiver(store: Store, hook: Receiver) -> None:
    """As `notify retry` and `count accept` get it: in the thread that delivers."""
    people = [Subscription("redakcja", (hook.url("hang"),))]
    put(store, [resolved("2005011")], people)
    pressed: list[float] = []

    def press() -> None:
        wait_until(lambda: bool(hook.taken), what="the receiver is asked")
        pressed.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    watching = threading.Thread(target=press)
    watching.start()
    with pytest.raises(KeyboardInterrupt):
        deliver_due(store, people, (), NAMES, NOW, tell=tell)
    took = time.monotonic() - pressed[0]
    watching.join()
    (row,) = store.deliveries()
    assert (row.state, row.attempts) == (DeliveryState.UNKNOWN, 1)
    assert took < 10, "the receiver is given half a minute"

"""What waits for an address that is no longer configured goes to whoever took over from it, under the same key."""

from __future__ import annotations

from datetime import timedelta

import pytest

from zmpwatch.alert.outbox import LEASE, DeliveryReport, deliver_due
from zmpwatch.alert.plan import fingerprint
from zmpwatch.alert.send import Outcome, Sender, SendResult
from zmpwatch.alert.subscriptions import Subscription
from zmpwatch.alert.timing import Timing
from zmpwatch.model import ChangeKind, DeliveryState, Message
from zmpwatch.store import Store

from .outboxes import NAMES, NOW, Scripted, put, resolved, tell

OLD, NEW, OTHER = "json://old.invalid/", "json://new.invalid/", "json://other.invalid/"


def reader(*urls: str, name: str = "redakcja", timing: Timing | None = None) -> list[Subscription]:
    return [Subscription(name, urls, timing=timing or Timing())]


class Choosy:
    """Fails at one address, and sends to all others."""

    def __init__(self, broken: str) -> None:
        self.broken = broken

    def send(self, url: str, message: Message) -> SendResult:
        return SendResult(Outcome.FAILED if url == self.broken else Outcome.SENT)


def deliver(store: Store, people: list[Subscription], sender: Sender, minutes: float = 0) -> DeliveryReport:
    at = NOW + timedelta(minutes=minutes)
    return deliver_due(store, people, (), NAMES, at, sender=sender, tell=tell)


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.UNKNOWN, Outcome.REFUSED])
def test_the_new_address_gets_at_once_what_the_old_one_never_got(store: Store, outcome: Outcome) -> None:
    """Not when the old one's next try is due, which may be a day later; word for word, under the same key."""
    put(store, [resolved("2005011"), resolved("2001011")], reader(OLD))
    sender = Scripted(outcome, Outcome.SENT)
    assert not deliver(store, reader(OLD), sender).ok
    report = deliver(store, reader(NEW), sender, minutes=1)
    assert (report.sent, report.moved, report.dead, report.waiting, report.ok) == (2, 2, 0, 0, True)
    (old, first), (new, second) = sender.sent
    assert (old, new) == (OLD, NEW)
    assert first == second
    assert report.lines[0] == (
        f"redakcja {fingerprint(OLD)}: 2 changes, the address is no longer configured; "
        f"goes to redakcja {fingerprint(NEW)} now"
    )
    assert [(row.address, row.state) for row in store.deliveries()] == [(fingerprint(NEW), DeliveryState.SENT)] * 2
    assert deliver(store, reader(NEW), sender, minutes=9999).messages == 0


def test_news_that_waits_for_its_digest_still_waits(store: Store) -> None:
    weekly = Timing("weekly")
    put(store, [resolved("2005011")], reader(OLD, timing=weekly))
    sender = Scripted(Outcome.SENT)
    report = deliver(store, reader(NEW, timing=weekly), sender)
    assert (report.moved, report.waiting, sender.sent) == (1, 1, [])
    (row,) = store.deliveries()
    assert row.due is not None
    assert row.due > NOW + timedelta(days=1)


def test_two_messages_stay_two(store: Store) -> None:
    sender = Scripted(Outcome.FAILED, Outcome.UNKNOWN, Outcome.SENT)
    put(store, [resolved("2005011")], reader(OLD))
    deliver(store, reader(OLD), sender)
    put(store, [resolved("2001011")], reader(OLD))
    deliver(store, reader(OLD), sender, minutes=1)
    report = deliver(store, reader(NEW), sender, minutes=2)
    assert (report.messages, report.moved) == (2, 2)
    tried, repeated = sender.sent[:2], sender.sent[2:]
    assert {message for _, message in tried} == {message for _, message in repeated}


def test_one_of_two_addresses_is_changed(store: Store) -> None:
    """The one that stays has had its message; the one that came gets the message of the one that went."""
    put(store, [resolved("2005011")], reader(OTHER, OLD))
    deliver(store, reader(OTHER, OLD), Choosy(OLD))
    sender = Scripted(Outcome.SENT)
    report = deliver(store, reader(OTHER, NEW), sender, minutes=1)
    assert ([url for url, _ in sender.sent], report.ok) == ([NEW], True)


def test_an_address_is_taken_out_whose_reader_has_another(store: Store) -> None:
    put(store, [resolved("2005011")], reader(OTHER, OLD))
    deliver(store, reader(OTHER, OLD), Choosy(OLD))
    sender = Scripted(Outcome.SENT)
    report = deliver(store, reader(OTHER), sender, minutes=1)
    assert (sender.sent, report.moved, report.dead, report.waiting, report.changes) == ([], 1, 0, 0, [])
    (line,) = report.lines
    assert line.endswith(": 1 change, the address is no longer configured; another one of the recipient has it")


def test_two_addresses_take_over_from_one(store: Store) -> None:
    put(store, [resolved("2005011")], reader(OLD))
    deliver(store, reader(OLD), Scripted(Outcome.FAILED))
    sender = Scripted(Outcome.SENT)
    report = deliver(store, reader(NEW, OTHER), sender, minutes=1)
    assert sorted(url for url, _ in sender.sent) == [NEW, OTHER]
    assert (report.sent, report.waiting) == (2, 0)


def test_what_another_address_has_in_part_is_told_anew_for_the_rest(store: Store) -> None:
    """The second address came when the first message was out: it lacks one of the two changes, and gets that alone."""
    put(store, [resolved("2005011")], reader(OLD))
    put(store, [resolved("2001011")], reader(OLD, OTHER))
    rows = store.deliveries()
    deliver(store, reader(OLD, OTHER), Scripted(Outcome.FAILED))
    assert len({row.message for row in store.deliveries() if row.address == rows[0].address}) == 1
    sender = Scripted(Outcome.SENT)
    deliver(store, reader(OTHER), sender, minutes=30)
    told = [message.text for _, message in sender.sent]
    assert len(told) == 2
    assert sum("Hajnówka" in text for text in told) == 1
    assert sum("Augustów" in text for text in told) == 1


def test_the_old_address_that_a_dead_process_wrote_to_may_have_it(store: Store) -> None:
    put(store, [resolved("2005011")], reader(OLD))
    (row,) = store.deliveries()
    assert row.id is not None
    with store.write() as tx:
        tx.lease_deliveries([row.id], NOW + LEASE, NOW)
    sender = Scripted(Outcome.SENT)
    assert deliver(store, reader(NEW), sender, minutes=1).moved == 0, "its sender may still be at it"
    assert deliver(store, reader(NEW), sender, minutes=6).sent == 1
    assert store.deliveries()[0].attempts == 2


def test_a_reader_who_is_called_something_else_now_gets_the_news(store: Store) -> None:
    put(store, [resolved("2005011")], reader(OLD))
    sender = Scripted(Outcome.SENT)
    report = deliver(store, reader(OLD, name="Redakcja Gazety"), sender)
    assert (report.sent, len(sender.sent), report.changes, report.ok) == (1, 1, [], True)


def test_who_left_is_given_up_when_it_was_due_and_the_operator_is_told(store: Store) -> None:
    put(store, [resolved("2005011")], reader(OLD, timing=Timing("weekly")))
    sender = Scripted(Outcome.SENT)
    early = deliver(store, [], sender)
    assert (early.dead, early.waiting) == (0, 1), "the subscriber may be put back until then"
    late = deliver(store, [], sender, minutes=60 * 24 * 8)
    assert (late.sent, late.dead, late.waiting, late.messages, late.ok) == (0, 1, 0, 0, False)
    (told,) = late.changes
    assert (told.kind, told.after["recipient"]) == (ChangeKind.DELIVERY_FAILED, "redakcja")

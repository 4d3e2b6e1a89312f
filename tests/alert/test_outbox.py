from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from zmpwatch.alert.leasing import lease
from zmpwatch.alert.message import Message
from zmpwatch.alert.outbox import LEASE, DeliveryReport, deliver_due
from zmpwatch.alert.plan import fingerprint, plan_deliveries
from zmpwatch.alert.recipients import recipients
from zmpwatch.alert.send import AppriseSender, Outcome, Sender, SendResult
from zmpwatch.alert.subscriptions import OPERATOR, Subscription
from zmpwatch.alert.timing import QuietHours, Timing
from zmpwatch.model import Change, ChangeKind, Delivery, DeliveryState
from zmpwatch.store import Store

from .outboxes import NAMES, NOW, Scripted, put, resolved, tell
from .servers import Receiver, closed_port


def run_until_idle(
    store: Store, people: list[Subscription], sender: Sender, operator: tuple[str, ...] = ()
) -> tuple[list[datetime], list[DeliveryReport]]:
    """Deliver whenever something falls due, until nothing waits; return when that was."""
    times, reports, now = [], [], NOW
    while waiting := store.deliveries(states=[DeliveryState.PENDING, DeliveryState.UNKNOWN]):
        now = max(now, min(d.due for d in waiting if d.due))
        times.append(now)
        reports.append(deliver_due(store, people, operator, NAMES, now, sender=sender, tell=tell))
        assert len(times) < 50
    return times, reports


def test_all_that_is_due_for_an_address_is_one_message(store: Store, hook: Receiver, sender: AppriseSender) -> None:
    people = [
        Subscription("redakcja", (hook.url("a/200"), hook.url("b/200"))),
        Subscription("urząd", (hook.url("c/200"),)),
    ]
    put(store, [resolved("2005011"), resolved("2001011")], people)
    report = deliver_due(store, people, (), NAMES, NOW, sender=sender, tell=tell)
    assert (report.sent, report.messages, report.waiting, report.ok) == (6, 3, 0, True)
    for path in ("a/200", "b/200", "c/200"):
        (taken,) = hook.at(path)
        assert taken.body["title"] == "ZMP: uchwały o przystąpieniu: Augustów i Hajnówka"
    assert {d.state for d in store.deliveries()} == {DeliveryState.SENT}
    again = deliver_due(store, people, (), NAMES, NOW + timedelta(days=9), sender=sender, tell=tell)
    assert (again.messages, len(hook.taken)) == (0, 3)


def test_dead_addresses_do_not_delay_the_others(store: Store, hook: Receiver) -> None:
    patient = AppriseSender(read_timeout=4, connect_timeout=4, service_timeout=6, deadline=10)
    with closed_port() as port:
        dead = (hook.url("hang"), f"json://127.0.0.1:{port}/", hook.url("500"))
        people = [Subscription("dead", dead), Subscription("alive", (hook.url("200"),))]
        put(store, [resolved("2005011")], people)
        report = deliver_due(store, people, (), NAMES, NOW, sender=patient, tell=tell)
    assert (report.sent, report.unknown, report.failed, report.waiting, report.ok) == (1, 1, 2, 3, False)
    states = {(d.recipient, d.address): d.state for d in store.deliveries()}
    assert states["alive", fingerprint(hook.url("200"))] is DeliveryState.SENT
    assert states["dead", fingerprint(hook.url("hang"))] is DeliveryState.UNKNOWN
    # the one that answers had its message while the other still hung
    (alive,), (hung,) = hook.at("200"), hook.at("hang")
    assert alive.headers["Idempotency-Key"] != hung.headers["Idempotency-Key"]


def test_failure_is_tried_eight_times_in_two_days_then_told_once(store: Store) -> None:
    people, operator = [Subscription("redakcja", ("json://dead.invalid/",))], ("json://operator.invalid/",)
    put(store, [resolved("2005011"), resolved("2001011")], people, operator)
    sender = Scripted(Outcome.FAILED)
    times, reports = run_until_idle(store, people, sender, operator)
    assert len(times) == 8
    assert timedelta(hours=36) < times[-1] - times[0] <= timedelta(hours=48)
    assert len({message.key for _, message in sender.sent}) == 1
    (change,) = reports[-1].changes
    assert change.kind is ChangeKind.DELIVERY_FAILED
    assert change.after == {
        "recipient": "redakcja",
        "address": fingerprint("json://dead.invalid/"),
        "attempts": 8,
        "changes": 2,
        "result": "failed: scripted",
    }
    assert [r.dead for r in reports] == [0] * 7 + [2]
    # the operator's own alert may fail too, but that is told to nobody
    with store.write() as tx:
        told = tx.changes(kinds=[ChangeKind.DELIVERY_FAILED])
        assert [c.dedup_key for c in told] == [change.dedup_key]
        tx.add_deliveries(plan_deliveries(told, people, operator, NAMES, times[-1]))
    assert {d.recipient for d in store.deliveries(states=[DeliveryState.PENDING])} == {OPERATOR}
    _, later = run_until_idle(store, people, sender, operator)
    assert [c for r in later for c in r.changes] == []
    assert {d.state for d in store.deliveries()} == {DeliveryState.DEAD}


def test_unknown_is_repeated_three_times_in_a_day_with_the_same_key(store: Store) -> None:
    people = [Subscription("redakcja", ("json://silent.invalid/",))]
    put(store, [resolved("2005011")], people)
    sender = Scripted(Outcome.UNKNOWN)
    times, _ = run_until_idle(store, people, sender)
    assert len(times) == 4
    assert times[-1] - times[0] <= timedelta(hours=24)
    assert len({(m.key, m.text) for _, m in sender.sent}) == 1


def test_refusal_is_given_up_soon(store: Store) -> None:
    people = [Subscription("redakcja", ("json://wrong.invalid/",))]
    put(store, [resolved("2005011")], people)
    times, _ = run_until_idle(store, people, Scripted(Outcome.REFUSED))
    assert len(times) == 3
    assert times[-1] - times[0] <= timedelta(hours=1)


def test_repeated_message_is_never_mixed_with_newer_news(store: Store) -> None:
    people = [Subscription("redakcja", ("json://silent.invalid/",))]
    sender = Scripted(Outcome.UNKNOWN, Outcome.SENT)
    put(store, [resolved("2005011")], people)
    deliver_due(store, people, (), NAMES, NOW, sender=sender, tell=tell)
    later = NOW + timedelta(hours=1)
    put(store, [resolved("2001011", later)], people, now=later)
    report = deliver_due(store, people, (), NAMES, later, sender=sender, tell=tell)
    assert (report.sent, report.messages, report.waiting) == (2, 2, 0)
    first, *others = [m for _, m in sender.sent]
    repeated = [m for m in others if m.key == first.key]
    assert [m.text for m in repeated] == [first.text]
    assert [("Augustów" in m.text) for m in others if m.key != first.key] == [True]


def test_change_that_can_not_be_told_does_not_hold_up_others(store: Store) -> None:
    people = [Subscription("broken", ("json://a.invalid/",)), Subscription("fine", ("json://b.invalid/",))]
    broken = Change(ChangeKind.COUNT_CHANGED, NOW, "count:broken", after={"members": "many"})
    put(store, [broken], people[:1])
    put(store, [resolved("2005011")], people[1:])
    report = deliver_due(store, people, (), NAMES, NOW, sender=Scripted(Outcome.SENT), tell=tell)
    assert (report.sent, report.failed, report.waiting) == (1, 1, 1)


def test_digest_waits_for_its_hour(store: Store) -> None:
    people = [Subscription("tygodnik", ("json://a.invalid/",), timing=Timing("weekly"))]
    put(store, [resolved("2005011")], people)
    sender = Scripted(Outcome.SENT)
    assert deliver_due(store, people, (), NAMES, NOW + timedelta(days=6), sender=sender, tell=tell).waiting == 1
    assert deliver_due(store, people, (), NAMES, NOW + timedelta(days=7), sender=sender, tell=tell).sent == 1


def test_nothing_is_sent_in_quiet_hours_whatever_made_it_due(store: Store) -> None:
    """What was held is let go at night, an address takes over from another, quiet hours are set anew."""
    url = "json://a.invalid/"
    put(store, [resolved("2005011")], [Subscription("redakcja", (url,))])
    sleeper = Subscription("redakcja", (url,), timing=Timing(quiet=QuietHours(time(22), time(7))))
    night, morning = datetime(2025, 3, 3, 23, 0, tzinfo=UTC), datetime(2025, 3, 4, 6, 0, tzinfo=UTC)
    sender = Scripted(Outcome.FAILED, Outcome.SENT)
    assert deliver_due(store, [sleeper], (), NAMES, night, sender=sender, tell=tell).waiting == 1
    (row,) = store.deliveries()
    assert (row.due, sender.sent) == (morning, [])
    assert deliver_due(store, [sleeper], (), NAMES, morning, sender=sender, tell=tell).failed == 1
    # an earlier message keeps its times, by which it is told from newer ones
    before = store.deliveries()
    assert deliver_due(store, [sleeper], (), NAMES, night + timedelta(days=1), sender=sender, tell=tell).messages == 0
    assert (store.deliveries(), len(sender.sent)) == (before, 1)
    assert deliver_due(store, [sleeper], (), NAMES, morning + timedelta(days=1), sender=sender, tell=tell).sent == 1


def test_a_message_that_waits_for_its_turn_is_still_ours(store: Store) -> None:
    """Fifty addresses that hang a minute each: the last are sent when a short lease were over, and by us alone."""
    urls = tuple(f"json://a.invalid/{number}" for number in range(50))
    people = [Subscription("redakcja", urls)]
    put(store, [resolved("2005011")], people)
    with store.write() as tx:
        batches = lease(tx, recipients(people, (), timedelta()), NOW, DeliveryReport())
    assert len(batches) == 50
    for place, batch in enumerate(batches):
        begins = NOW + place // 8 * timedelta(minutes=1)
        assert batch.until >= begins + timedelta(minutes=1)
    sender = Scripted(Outcome.SENT)
    deliver_due(store, people, (), NAMES, NOW + timedelta(minutes=6), sender=sender, tell=tell)
    assert {url for url, _ in sender.sent}.isdisjoint(batch.url for batch in batches[40:])


def test_row_another_process_sends_is_left_alone(store: Store) -> None:
    people = [Subscription("redakcja", ("json://a.invalid/",))]
    put(store, [resolved("2005011")], people)
    (row,) = store.deliveries()
    assert row.id is not None
    with store.write() as tx:
        tx.lease_deliveries([row.id], NOW + LEASE, NOW)
    sender = Scripted(Outcome.SENT)
    assert deliver_due(store, people, (), NAMES, NOW + LEASE / 2, sender=sender, tell=tell).messages == 0
    assert deliver_due(store, people, (), NAMES, NOW + LEASE, sender=sender, tell=tell).messages == 1


def test_interrupted_run_is_made_good_with_the_same_key(store: Store) -> None:
    people = [Subscription("redakcja", ("json://a.invalid/",))]
    put(store, [resolved("2005011"), resolved("2001011")], people)
    keys: list[str] = []

    class Interrupted:
        def send(self, url: str, message: Message) -> SendResult:
            keys.append(message.key)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deliver_due(store, people, (), NAMES, NOW, sender=Interrupted(), tell=tell)
    later = NOW + LEASE
    put(store, [resolved("0605053", later)], people, now=later)
    sender = Scripted(Outcome.SENT)
    report = deliver_due(store, people, (), NAMES, later, sender=sender, tell=tell)
    assert (report.sent, report.messages) == (3, 2)
    assert keys[0] in {m.key for _, m in sender.sent}


def test_process_that_dies_every_time_is_given_up(store: Store) -> None:
    """A try is counted before the message leaves, so an answer that kills the sender does not come for ever."""
    people = [Subscription("redakcja", ("json://a.invalid/",))]
    put(store, [resolved("2005011")], people)
    tries, now = 0, NOW

    class Deadly:
        def send(self, url: str, message: Message) -> SendResult:
            nonlocal tries
            tries += 1
            raise KeyboardInterrupt

    while store.deliveries(states=[DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.UNKNOWN]):
        assert tries < 10
        try:
            report = deliver_due(store, people, (), NAMES, now, sender=Deadly(), tell=tell)
        except KeyboardInterrupt:
            report = None
        now += timedelta(days=1)
    assert tries == 4
    assert report is not None
    assert [c.kind for c in report.changes] == [ChangeKind.DELIVERY_FAILED]


_RUN = """
import sys
from datetime import datetime
from pathlib import Path
sys.path[:0] = sys.argv[4:]
from alert.towns import TownNames
from zmpwatch.alert.outbox import deliver_due
from zmpwatch.alert.subscriptions import Subscription
from zmpwatch.store.store import Store
with Store.open(sys.argv[1], Path(sys.argv[2])) as store:
    print(deliver_due(store, [Subscription("redakcja", (sys.stdin.read(),))], (), TownNames(),
                      datetime.fromisoformat(sys.argv[3]), tell=lambda tx, changes: None).sent)
"""


@contextmanager
def deliver_elsewhere(database_url: str, tmp_path: Path, url: str, now: datetime) -> Iterator[subprocess.Popen[bytes]]:
    here = Path(__file__).parents[1]
    arguments = [database_url, str(tmp_path / "archive"), now.isoformat()]
    child = subprocess.Popen(
        [sys.executable, "-c", _RUN, *arguments, str(here), str(here.parent)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    with child:
        assert child.stdin is not None
        child.stdin.write(url.encode())
        child.stdin.close()
        try:
            yield child
        finally:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)


def test_killed_sender_repeats_one_message_and_loses_none(
    store: Store, database_url: str, tmp_path: Path, hook: Receiver
) -> None:
    url = hook.url("hang")
    put(store, [resolved("2005011")], [Subscription("redakcja", (url,))])
    with deliver_elsewhere(database_url, tmp_path, url, NOW) as killed:
        while not hook.taken:
            assert killed.poll() is None
    hook.released.set()
    assert [d.state for d in store.deliveries()] == [DeliveryState.SENDING]
    # released, the hook hangs up instead of answering; that the message came is seen by the key
    with deliver_elsewhere(database_url, tmp_path, url, NOW + LEASE + timedelta(hours=1)) as repaired:
        assert repaired.wait() == 0
    assert len(hook.taken) == 2
    assert len({t.headers["Idempotency-Key"] for t in hook.taken}) == 1


def test_banner_marks_what_is_no_news(store: Store) -> None:
    people = [Subscription("redakcja", ("json://a.invalid/",))]
    put(store, [resolved("2005011")], people)
    sender = Scripted(Outcome.SENT)
    deliver_due(store, people, (), NAMES, NOW, sender=sender, tell=tell, banner="demo data")
    ((_, message),) = sender.sent
    assert message.subject.startswith("[demo data] ZMP: ")
    assert message.text.startswith("DEMO DATA\n")


@pytest.mark.sqlite_only
def test_rows_keep_no_address(store: Store, tmp_path: Path) -> None:
    people = [Subscription("redakcja", ("json://user:swordfish@a.invalid/",))]
    put(store, [resolved("2005011")], people)
    deliver_due(store, people, (), NAMES, NOW, sender=Scripted(Outcome.FAILED), tell=tell)
    (row,) = store.deliveries()
    assert isinstance(row, Delivery)
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and b"swordfish" in p.read_bytes()]

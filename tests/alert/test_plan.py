from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zmpwatch.alert.backoff import TRIES, next_try
from zmpwatch.alert.plan import fingerprint, plan_deliveries
from zmpwatch.alert.send import Outcome
from zmpwatch.alert.subscriptions import OPERATOR, SUBSCRIBER_KINDS, Subscription
from zmpwatch.alert.timing import Digest, QuietHours, Timing
from zmpwatch.model import Change, ChangeKind, DeliveryState

from .towns import TownNames

WARSAW = ZoneInfo("Europe/Warsaw")
NOW = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
A, B = "json://a.invalid/", "json://user:swordfish@b.invalid/"


def change(kind: ChangeKind = ChangeKind.ADMITTED, teryt: str | None = "2005011", number: int = 1) -> Change:
    return Change(kind, NOW, f"{kind}:{teryt}", teryt=teryt, id=number)


def test_one_row_a_change_and_address() -> None:
    people = [Subscription("redakcja", (A, B, A)), Subscription("urząd", (A,))]
    rows = plan_deliveries([change(), change(ChangeKind.RESOLVED, number=2)], people, (), TownNames(), NOW)
    assert [(r.change, r.recipient, r.address) for r in rows] == [
        (number, name, fingerprint(url))
        for number in (1, 2)
        for name, url in (("redakcja", A), ("redakcja", B), ("urząd", A))
    ]
    assert len({r.key for r in rows}) == 6
    assert "swordfish" not in repr((rows, people))
    assert {r.due for r in rows} == {NOW}


def test_keys_are_the_same_whenever_it_is_planned() -> None:
    people = [Subscription("redakcja", (A,))]
    first = plan_deliveries([change()], people, (), TownNames(), NOW)
    second = plan_deliveries([change(number=77)], people, (), TownNames(), NOW + timedelta(days=1))
    assert [r.key for r in first] == [r.key for r in second]


@pytest.mark.parametrize("kind", ChangeKind)
def test_operator_kinds_are_for_the_operator_alone(kind: ChangeKind) -> None:
    rows = plan_deliveries([change(kind)], [Subscription("redakcja", (A,))], (B,), TownNames(), NOW)
    assert [r.recipient for r in rows] == [OPERATOR if kind.for_operator else "redakcja"]


def test_change_must_be_stored() -> None:
    with pytest.raises(ValueError, match="not stored"):
        plan_deliveries([Change(ChangeKind.LEFT, NOW, "x")], [], (), TownNames(), NOW)


@pytest.mark.parametrize(
    ("filters", "kind", "teryt", "passes"),
    [
        ({}, ChangeKind.ADMITTED, "2005011", True),
        ({}, ChangeKind.ADMITTED, None, True),
        ({"voivodeships": {"podlaskie"}}, ChangeKind.ADMITTED, "2005011", True),
        ({"voivodeships": {"Podlaskie"}}, ChangeKind.ADMITTED, "2005011", True),
        ({"voivodeships": {"opolskie"}}, ChangeKind.ADMITTED, "2005011", False),
        ({"voivodeships": {"podlaskie"}}, ChangeKind.ADMITTED, None, False),
        ({"municipalities": {"2005011"}}, ChangeKind.ADMITTED, "2005011", True),
        ({"municipalities": {"2005011"}}, ChangeKind.ADMITTED, "2001011", False),
        ({"voivodeships": {"opolskie"}, "municipalities": {"2005011"}}, ChangeKind.ADMITTED, "2005011", True),
        ({"voivodeships": {"opolskie"}}, ChangeKind.COUNT_CHANGED, None, True),
        ({"municipalities": {"2005011"}}, ChangeKind.COUNT_CHANGED, None, True),
        ({"events": {ChangeKind.LEFT}}, ChangeKind.COUNT_CHANGED, None, False),
        ({"events": {ChangeKind.LEFT}}, ChangeKind.LEFT, "2005011", True),
    ],
)
def test_filters(filters: dict[str, set[str]], kind: ChangeKind, teryt: str | None, passes: bool) -> None:
    subscription = Subscription("redakcja", (A,), **{k: frozenset(v) for k, v in filters.items()})  # type: ignore[arg-type]
    assert bool(plan_deliveries([change(kind, teryt)], [subscription], (), TownNames(), NOW)) is passes


@pytest.mark.parametrize("name", ["", " ", OPERATOR])
def test_names_a_subscription_can_not_have(name: str) -> None:
    with pytest.raises(ValueError, match="can't be called"):
        Subscription(name, (A,))


def test_subscribers_can_not_ask_for_operator_kinds() -> None:
    with pytest.raises(ValueError, match="site_broken: only the operator"):
        Subscription("x", (A,), events=SUBSCRIBER_KINDS | {ChangeKind.SITE_BROKEN})


@pytest.mark.parametrize(
    ("digest", "now", "due"),
    [
        ("now", "2025-03-03T09:00+00:00", "2025-03-03T09:00+00:00"),
        ("daily", "2025-03-03T06:59+00:00", "2025-03-03T07:00+00:00"),
        ("daily", "2025-03-03T07:00+00:00", "2025-03-04T07:00+00:00"),
        ("weekly", "2025-03-03T06:00+00:00", "2025-03-03T07:00+00:00"),
        ("weekly", "2025-03-03T07:00+00:00", "2025-03-10T07:00+00:00"),
        ("weekly", "2025-03-04T07:00+00:00", "2025-03-10T07:00+00:00"),
        # the clocks go forward on 30 March and back on 26 October 2025
        ("daily", "2025-03-29T20:00+00:00", "2025-03-30T06:00+00:00"),
        ("daily", "2025-10-25T20:00+00:00", "2025-10-26T07:00+00:00"),
        ("weekly", "2025-03-29T20:00+00:00", "2025-03-31T06:00+00:00"),
    ],
)
def test_digest_hours(digest: Digest, now: str, due: str) -> None:
    assert Timing(digest).due(datetime.fromisoformat(now)) == datetime.fromisoformat(due)


@given(
    st.integers(1_704_067_200, 1_893_456_000),
    st.sampled_from(["daily", "weekly"]),
)
def test_digest_is_always_the_next_morning_in_poland(seconds: int, digest: Digest) -> None:
    now = datetime.fromtimestamp(seconds, UTC)
    due = Timing(digest).due(now)
    local = due.astimezone(WARSAW)
    assert (local.hour, local.minute) == (8, 0)
    assert timedelta(0) < due - now <= timedelta(days=7 if digest == "weekly" else 1, hours=1)
    assert digest == "daily" or local.weekday() == 0


@pytest.mark.parametrize(
    ("timing", "now", "due"),
    [
        (Timing("daily", at=time(18, 30)), "2025-03-03T09:00+00:00", "2025-03-03T17:30+00:00"),
        (Timing("daily", at=time(18, 30)), "2025-03-03T17:30+00:00", "2025-03-04T17:30+00:00"),
        (Timing("weekly", weekday=4, at=time(7, 15)), "2025-03-03T09:00+00:00", "2025-03-07T06:15+00:00"),
        # the clock of 28 March 2027 never shows 2:30, that of 31 October shows it twice
        (Timing("daily", at=time(2, 30)), "2027-03-27T12:00+00:00", "2027-03-28T01:30+00:00"),
        (Timing("daily", at=time(2, 30)), "2027-03-28T01:30+00:00", "2027-03-29T00:30+00:00"),
        (Timing("daily", at=time(2, 30)), "2027-10-30T12:00+00:00", "2027-10-31T00:30+00:00"),
        (Timing("daily", at=time(2, 30)), "2027-10-31T00:30+00:00", "2027-11-01T01:30+00:00"),
    ],
)
def test_digests_at_a_set_hour(timing: Timing, now: str, due: str) -> None:
    assert timing.due(datetime.fromisoformat(now)) == datetime.fromisoformat(due)


@pytest.mark.parametrize(
    ("start", "end", "now", "due"),
    [
        ((22, 0), (7, 0), "2025-03-03T20:59+00:00", "2025-03-03T20:59+00:00"),
        ((22, 0), (7, 0), "2025-03-03T21:00+00:00", "2025-03-04T06:00+00:00"),
        ((22, 0), (7, 0), "2025-03-04T05:59+00:00", "2025-03-04T06:00+00:00"),
        ((22, 0), (7, 0), "2025-03-04T06:00+00:00", "2025-03-04T06:00+00:00"),
        ((12, 0), (14, 0), "2025-03-04T11:30+00:00", "2025-03-04T13:00+00:00"),
        # the end lies in the hour that spring takes away
        ((22, 0), (2, 30), "2027-03-27T22:00+00:00", "2027-03-28T01:30+00:00"),
        # the end comes twice: the first will do
        ((22, 0), (2, 30), "2027-10-30T21:00+00:00", "2027-10-31T00:30+00:00"),
    ],
)
def test_quiet_hours(start: tuple[int, int], end: tuple[int, int], now: str, due: str) -> None:
    timing = Timing(quiet=QuietHours(time(*start), time(*end)))
    assert timing.due(datetime.fromisoformat(now)) == datetime.fromisoformat(due)


CLOCK = st.times().map(lambda t: t.replace(second=0, microsecond=0))


@given(st.integers(1_704_067_200, 1_893_456_000), CLOCK, CLOCK)
def test_quiet_hours_end_within_a_day_and_an_hour(seconds: int, start: time, end: time) -> None:
    assume(start != end)
    now = datetime.fromtimestamp(seconds, UTC)
    due = Timing(quiet=QuietHours(start, end)).due(now)
    assert now <= due <= now + timedelta(hours=25)


def test_quiet_hours_of_no_length_are_refused() -> None:
    with pytest.raises(ValueError, match="same time"):
        QuietHours(time(7), time(7))


def test_what_is_held_is_held_for_subscribers_alone() -> None:
    changes = [change(), change(ChangeKind.SITE_BROKEN, number=2)]
    rows = plan_deliveries(changes, [Subscription("redakcja", (A,))], (B,), TownNames(), NOW, hold=True)
    assert [(r.recipient, r.state) for r in rows] == [
        ("redakcja", DeliveryState.HELD),
        (OPERATOR, DeliveryState.PENDING),
    ]


@given(st.sampled_from([Outcome.FAILED, Outcome.UNKNOWN, Outcome.REFUSED]), st.text())
def test_backoff_grows_and_ends(outcome: Outcome, key: str) -> None:
    delays = []
    attempts = 1
    while due := next_try(outcome, attempts, key, NOW):
        delays.append(due - NOW)
        attempts += 1
    assert len(delays) + 1 == TRIES[outcome]
    assert delays == sorted(delays)
    assert sum(delays, timedelta()) <= timedelta(hours=48 if outcome is Outcome.FAILED else 24)

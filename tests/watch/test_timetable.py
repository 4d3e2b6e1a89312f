"""Turns: each slot of a cron line exactly once, whatever happens to clock and daemon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from zmpwatch.config import load_config
from zmpwatch.model import Site
from zmpwatch.service.timetable import Timetable

WARSAW = ZoneInfo("Europe/Warsaw")
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def timetable(tmp_path_factory: pytest.TempPathFactory) -> Timetable:
    path = tmp_path_factory.mktemp("timetable") / "config.yaml"
    path.write_text("sites: []\n")
    return Timetable(load_config(path, {}), ())


def site(**timing: str) -> Site:
    return Site("a", "municipal", "https://a.example/", **timing)


def visits(timetable: Timetable, visited: Site, start: datetime, end: datetime, tick: timedelta) -> list[datetime]:
    """What a daemon that looks at the clock every `tick` visits, from a first visit at `start` on."""
    last, now, starts = start, start, []
    while now <= end:
        if timetable.turn(visited, last, now).due <= now:
            last = now
            starts.append(now)
        now += tick
    return starts


@pytest.mark.parametrize("day", [SPRING, AUTUMN], ids=["to summer time", "from summer time"])
@pytest.mark.parametrize("line", ["30 2 * * *", "0 3 * * *", "15 1 * * *", "0 12 * * *", "59 23 * * *", "0 2 * * 7"])
def test_a_fixed_hour_comes_once_on_the_day_of_the_change(timetable, day, line):
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=8)
    starts = visits(timetable, site(cron=line), start, start + timedelta(days=10), MINUTE)
    days = [moment.astimezone(WARSAW).date() for moment in starts]
    assert days.count(day) == 1
    assert len(days) == len(set(days))


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25)], ids=["to summer time", "from summer time"])
@pytest.mark.parametrize(("line", "an_hour"), [("*/30 * * * *", 2), ("*/15 * * * *", 4), ("* * * * *", 60)])
def test_slots_within_the_hour_come_at_their_distance_all_day_long(timetable, day, hours, line, an_hour):
    midnight = datetime(day.year, day.month, day.day, tzinfo=WARSAW).astimezone(UTC)
    starts = visits(timetable, site(cron=line), midnight - MINUTE, midnight + timedelta(hours=hours) - MINUTE, MINUTE)
    assert len(starts) == hours * an_hour
    assert {later - earlier for earlier, later in pairwise(starts)} == {timedelta(minutes=60 // an_hour)}


@pytest.mark.parametrize("minute", range(0, 60, 4))
@pytest.mark.parametrize("line", ["30 2 * * *", "0 2 * * *", "59 2 31 10 *", "5 1,2 * * *"])
def test_a_visit_in_the_hour_that_comes_twice_is_followed_by_none_at_once(timetable, minute, line):
    """The second time: a turn that lay before the visit would be due again and again until the hour is over."""
    visited = datetime(2027, 10, 31, 1, minute, tzinfo=UTC)
    due = timetable.turn(site(cron=line), visited, visited).due
    assert due.astimezone(WARSAW).date() > AUTUMN


@pytest.mark.parametrize("every", ["30m", "12h", "1d"])
def test_every_keeps_its_distance_over_the_change(timetable, every):
    start = datetime(2027, 3, 26, 8, tzinfo=UTC)
    starts = visits(timetable, site(every=every), start, start + timedelta(days=5), MINUTE)
    spans = {later - earlier for earlier, later in pairwise([start, *starts])}
    assert len(spans) == 1


LINES = ["*/30 * * * *", "30 2 * * *", "0 3 * * 1-5", "5 4,16 * * *", "0 */6 * * *", "17 5 1 * *", "*/7 * * * *"]
NEW_YEAR = datetime(2027, 1, 1, tzinfo=UTC)
INSTANTS = st.timedeltas(timedelta(0), timedelta(days=365)).map(lambda span: NEW_YEAR + span)
AROUND_THE_CHANGES = st.one_of(
    INSTANTS,
    *(
        st.timedeltas(timedelta(days=-1), timedelta(days=2)).map(
            lambda span, day=day: datetime(day.year, day.month, day.day, tzinfo=UTC) + span
        )
        for day in (SPRING, AUTUMN)
    ),
)


def slots(timetable: Timetable, visited: Site, start: datetime) -> Iterator[datetime]:
    moment = start
    while True:
        moment = timetable.turn(visited, moment, moment).due
        yield moment


@settings(max_examples=200, deadline=None)
@given(AROUND_THE_CHANGES, st.sampled_from(LINES), st.lists(st.floats(0, 1), min_size=1, max_size=8))
@example(datetime(2027, 3, 28, 0, 0, tzinfo=UTC), "30 2 * * *", [0.99, 0.0])
@example(datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "30 2 * * *", [0.99, 0.0])
@example(datetime(2027, 10, 31, 0, 0, tzinfo=UTC), "30 2 * * *", [0.03125])
def test_a_visit_that_is_late_within_its_slot_takes_no_other(timetable, start, line, lateness):
    """However late the daemon is within a slot, it visits once in it, and the next slot is the next."""
    visited = site(cron=line)
    expected = slots(timetable, visited, start)
    slot = next(expected)
    last = start
    for late in lateness:
        following = next(expected)
        now = slot + (following - slot) * late * 0.999
        turn = timetable.turn(visited, last, now)
        assert turn.due == slot
        assert timetable.turn(visited, last, slot - timedelta(microseconds=1)).due == slot, "not before"
        last, slot = now, following
        assert timetable.turn(visited, last, now).due == following, "visited: not again in the same slot"


@settings(max_examples=200, deadline=None)
@given(AROUND_THE_CHANGES, st.sampled_from(LINES), st.timedeltas(timedelta(0), timedelta(days=40)))
def test_however_many_turns_were_missed_one_visit_makes_up_for_them(timetable, start, line, down):
    visited = site(cron=line)
    back = max(start + down, timetable.turn(visited, start, start).due)
    assert timetable.turn(visited, start, back).due <= back
    assert timetable.turn(visited, back, back).due > back


@settings(max_examples=200, deadline=None)
@given(INSTANTS, st.sampled_from([{"every": "30m"}, {"every": "12h"}, {"cron": "*/30 * * * *"}, {"cron": "0 3 * * *"}]))
def test_turns_lie_after_the_visit_and_depend_on_nothing_else(timetable, last, timing):
    visited = site(**timing)
    due = timetable.turn(visited, last, last).due
    assert due > last
    assert due.tzinfo is UTC
    assert timetable.turn(visited, last.astimezone(WARSAW), last + timedelta(hours=5)).due == due


@pytest.mark.parametrize("timing", [{"every": "30m"}, {"cron": "*/30 * * * *"}, {"cron": "0 3 * * *"}])
def test_a_small_correction_of_the_clock_repeats_no_visit(timetable, timing):
    visited = site(**timing)
    last = datetime(2027, 6, 1, 1, 0, 0, 100, tzinfo=UTC)
    corrected = last - timedelta(seconds=2)
    assert timetable.turn(visited, last, corrected).due == timetable.turn(visited, last, last).due


@pytest.mark.parametrize("timing", [{"every": "30m"}, {"cron": "*/30 * * * *"}, {"cron": "0 3 * * *"}])
@pytest.mark.parametrize("back", [timedelta(hours=2), timedelta(days=365)], ids=str)
def test_a_clock_set_far_back_costs_one_visit_and_then_all_is_as_ever(timetable, timing, back):
    visited = site(**timing)
    last = datetime(2027, 6, 1, 1, 0, tzinfo=UTC)
    now = last - back
    turn = timetable.turn(visited, last, now)
    assert (turn.due, turn.reason) == (now, "the clock was set back")
    assert timetable.turn(visited, now, now).due > now


def test_a_clock_set_forward_costs_one_visit(timetable):
    last = datetime(2027, 6, 1, tzinfo=UTC)
    now = last + timedelta(days=400)
    assert timetable.turn(site(every="30m"), last, now).due <= now
    assert timetable.turn(site(every="30m"), now, now).due == now + timedelta(minutes=30)


@given(INSTANTS, st.sampled_from([{"every": "30m"}, {"every": "7d"}, {"cron": "*/30 * * * *"}, {"cron": "0 3 * * *"}]))
@settings(deadline=None)
def test_jitter_is_bounded_and_the_same_when_asked_again(timetable, last, timing):
    visited = site(**timing)
    jitter = timetable.jitter(visited, last)
    gap = timetable.turn(visited, last, last).due - last
    assert timedelta() <= jitter <= min(gap * 0.05, timedelta(minutes=1 if "cron" in timing else 10))
    assert timetable.jitter(visited, last.astimezone(WARSAW)) == jitter


def test_jitter_parts_sites_that_would_come_at_once(timetable):
    last = datetime(2027, 6, 1, tzinfo=UTC)
    put_off = [timetable.jitter(replace(site(every="1d"), name=f"site {n}"), last) for n in range(100)]
    assert len(set(put_off)) == 100
    assert max(put_off) - min(put_off) > timedelta(minutes=8)
    assert timetable.jitter(site(every="1d"), None) == timedelta()

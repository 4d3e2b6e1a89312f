"""A day ends at midnight where the readers live: moments around it in winter, in summer, and when clocks change."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from zmpwatch.judge import (
    CountRules,
    Ground,
    accepted,
    count_at,
    count_points,
    effective_day,
    judge_count,
    reconcile,
    status_at,
    unconfirmed_change,
)
from zmpwatch.judge.cases import build_case
from zmpwatch.judge.rules import CaseRules
from zmpwatch.model import Authority, CountBelief, CountState, StatedCount
from zmpwatch.model.days import WARSAW, day_of, in_zone, minute_of

from .builders import moment, reading, told

MIDNIGHTS = [
    ("2026-11-22 22:59", "2026-11-22"),
    ("2026-11-22 23:30", "2026-11-23"),
    ("2026-11-23 00:30", "2026-11-23"),
    ("2026-07-01 21:59", "2026-07-01"),
    ("2026-07-01 23:30", "2026-07-02"),
    ("2026-07-02 00:30", "2026-07-02"),
    # the clocks go forward on 29 March: it begins in winter time and ends in summer time
    ("2026-03-28 22:59", "2026-03-28"),
    ("2026-03-28 23:30", "2026-03-29"),
    ("2026-03-29 00:30", "2026-03-29"),
    ("2026-03-29 22:30", "2026-03-30"),
    # they go back on 25 October: it begins in summer time and ends in winter time
    ("2026-10-24 22:30", "2026-10-25"),
    ("2026-10-25 00:30", "2026-10-25"),
    ("2026-10-25 22:30", "2026-10-25"),
    ("2026-10-25 23:30", "2026-10-26"),
]


def test_people_read_moments_by_the_clock_on_their_wall() -> None:
    assert minute_of(moment("2025-02-28 23:30")) == "2025-03-01 00:30"
    assert minute_of(moment("2025-02-28 23:30"), ZoneInfo("UTC")) == "2025-02-28 23:30"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("not before 2025-02-28T23:30:00+00:00", "not before 2025-03-01 00:30"),
        ("2025-07-01T08:00Z, 2025-07-01T08:00:00.5+02:00", "2025-07-01 10:00, 2025-07-01 08:00"),
        ("from 2025-02-28 to 2025-03-01", "from 2025-02-28 to 2025-03-01"),
        ("https://a.example/2025-02-28T23:30:00", "https://a.example/2025-02-28T23:30:00"),
        ("2025-02-30T23:30:00+00:00", "2025-02-30T23:30:00+00:00"),
        ("9999-12-31T23:30:00+00:00", "9999-12-31T23:30:00+00:00"),
    ],
)
def test_only_moments_with_an_offset_are_put_into_the_readers_zone(text: str, told: str) -> None:
    assert in_zone(text) == told


@pytest.mark.parametrize(("at", "day"), MIDNIGHTS)
def test_a_number_without_a_date_is_of_the_day_it_was_read(at: str, day: str) -> None:
    assert day_of(moment(at)).isoformat() == day
    first = judge_count(None, [reading(at, 373)], CountRules()).belief
    assert first.as_of == day
    assert accepted(CountBelief(CountState.UNKNOWN), 373, None, (1,), moment(at)).as_of == day
    news = judge_count(first, [reading(at, 374)], CountRules(confirmations=0)).belief
    assert (news.members, news.as_of, news.previous_as_of) == (374, day, day)


@pytest.mark.parametrize(("zone", "day"), [("UTC", "2026-11-22"), ("America/New_York", "2026-11-22")])
def test_the_zone_is_the_operators(zone: str, day: str) -> None:
    rules = CountRules(zone=ZoneInfo(zone))
    assert judge_count(None, [reading("2026-11-22 23:30", 373)], rules).belief.as_of == day


@pytest.mark.parametrize(("at", "day"), MIDNIGHTS)
def test_a_step_without_a_date_counts_from_the_day_it_was_read(at: str, day: str) -> None:
    case = build_case("2005011", [told(1, seen=at, authority="news")], CaseRules())
    (event,) = case.events
    assert effective_day(event).isoformat() == day
    on = date.fromisoformat(day)
    assert str(status_at(case, on)[0]) == "member"
    assert str(status_at(case, on.replace(day=on.day - 1) if on.day > 1 else date(on.year, on.month - 1, 28))[0]) == (
        "unknown"
    )


def test_what_became_known_on_the_day_of_the_old_count_explains_the_new_one() -> None:
    step = told(1, seen="2026-11-22 23:30", authority="news")
    case = build_case("2005011", [step], CaseRules())
    belief = CountBelief(CountState.CONFIRMED, members=374, previous=373, previous_as_of="2026-11-23")
    assert reconcile(belief, [case], {1: step}, moment("2026-11-23 08:00"), WARSAW).joined == ("2005011",)


def test_a_day_stored_by_the_clock_of_utc_stays_and_answers() -> None:
    """Beliefs of earlier releases: the same number read again tells nothing and keeps its day."""
    at = "2026-11-22 23:30"
    held = CountBelief(CountState.STABLE, members=373, as_of="2026-11-22", since=moment(at), rests_on=(373,))
    judged = judge_count(held, [reading("2026-11-23 08:00", 373)], CountRules(), Ground(Authority.COUNTER))
    assert (judged.outcome.value, judged.belief) == ("nothing", held)
    point = StatedCount(373, "2026-11-22", False, Authority.COUNTER, False, moment(at), 373, 1)
    points = count_points([point], [held])
    assert [one.day for one in points] == [date(2026, 11, 22)]
    assert count_at(points, date(2026, 11, 22)) == points[0]


def test_the_notice_of_a_waiting_count_is_the_same_one_whatever_the_zone() -> None:
    held = CountBelief(
        CountState.IMPLAUSIBLE, members=373, as_of="2026-11-22", since=moment("2026-11-22 23:30"), candidate=3
    )
    change = unconfirmed_change("zmp", held, "why", [], moment("2026-11-23 08:00"))
    assert change.dedup_key == "unconfirmed:zmp:373:3:implausible:2026-11-22"

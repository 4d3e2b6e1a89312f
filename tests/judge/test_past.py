"""What was true on a day, and how two days differ."""

from __future__ import annotations

from datetime import date

import pytest

from zmpwatch.judge import CaseRules, build_case, count_at, count_points, difference, reconcile, status_at
from zmpwatch.judge.dates import better, compatible, days_apart, first_day, last_day
from zmpwatch.model import Case, CountBelief, CountState, StatedCount, StoredStatement
from zmpwatch.model.days import WARSAW
from zmpwatch.store.points import point_values

from .builders import counted, moment, told

COUNTS = [
    counted(1, 303, as_of="2012-08", published="2013-07-10"),
    counted(2, 356, published="2024-06-18"),
    counted(3, 373, published="2024-11-15"),
    counted(4, 350, published="2025-01-10", qualifier="at_least"),
    counted(5, 356, published="2025-02-01", authority="other"),
    counted(6, 381, authority="counter", seen="2025-03-06 08:00"),
    counted(7, 999, authority="counter", seen="2025-03-09 08:00"),
    counted(8, 360),
]


def stated(counts: list[StoredStatement]) -> list[StatedCount]:
    """What the store keeps of these statements."""
    kept = []
    for one in counts:
        values = point_values(
            one.statement,
            one.source.authority,
            number=one.id,
            url=one.source.url,
            published=one.source.published,
            first_seen=one.source.first_seen,
            known_from=one.source.first_seen,
        )
        if values is not None:
            kept.append(
                StatedCount(
                    members=values["value"],
                    as_of=values["as_of"],
                    stated=values["stated"],
                    authority=one.source.authority,
                    checked=values["checked"],
                    first_seen=one.source.first_seen,
                    statement=one.id,
                    pages=1,
                )
            )
    return kept


def held(members: int, as_of: str, number: int) -> CountBelief:
    since = moment(f"{as_of} 08:00")
    return CountBelief(CountState.STABLE, members, as_of=as_of, since=since, rests_on=(number,))


POINTS = count_points(stated(COUNTS), [held(373, "2024-11-15", 3), held(381, "2025-03-06", 6)])


@pytest.mark.parametrize(
    ("day", "members"),
    [
        ("2010-01-01", None),
        ("2012-08-15", 303),
        ("2024-06-17", 303),
        ("2024-06-18", 356),
        ("2024-12-31", 373),
        ("2025-02-15", 373),
        ("2025-03-06", 381),
        ("2030-01-01", 381),
    ],
)
def test_count_at(day: str, members: int | None) -> None:
    point = count_at(POINTS, date.fromisoformat(day))
    assert (point.members if point else None) == members


OLD = count_points(
    stated(
        [
            counted(1, 16, as_of="1917"),
            counted(2, 494, as_of="1937"),
            counted(3, 515, as_of="1939"),
            counted(4, 60, as_of="1991-01"),
            counted(5, 307, as_of="2008-02"),
        ]
    ),
    [],
)


@pytest.mark.parametrize(
    ("day", "members"),
    [
        ("1917-12-31", 16),
        ("1918-01-01", None),
        ("1937-06-30", None),
        ("1938-12-31", 494),
        ("1939-12-31", 515),
        ("1940-01-01", None),
        ("1990-12-31", None),
        ("1991-01-01", 60),
        ("2008-01-31", 60),
        ("2028-02-01", 307),
        ("2028-03-01", None),
    ],
)
def test_nobody_can_say_what_no_number_was_stated_for_in_decades(day: str, members: int | None) -> None:
    point = count_at(OLD, date.fromisoformat(day))
    assert (point.members if point else None) == members


def test_a_difference_to_a_day_without_a_number_is_none() -> None:
    found = difference(OLD, [], date(1990, 1, 1), date(1991, 6, 1))
    assert (found.before, found.after, found.unexplained) == (None, OLD[3], None)


def test_a_counter_value_that_was_never_confirmed_is_no_point() -> None:
    assert 999 not in {point.members for point in POINTS}


def test_others_are_heard_where_the_association_is_silent() -> None:
    points = count_points(stated([counted(1, 314, published="2019-05", authority="other")]), [])
    point = count_at(points, date(2019, 6, 1))
    assert point is not None
    assert (point.members, point.official) == (314, False)


def case_of(*statements: StoredStatement, teryt: str = "2005011") -> Case:
    return build_case(teryt, statements, CaseRules())


CASES = [
    case_of(told(1, stage="admitted", date="2025-02-28")),
    case_of(
        told(2, teryt="2001011", date="1999-03-24", stage="member"),
        told(3, teryt="2001011", kind="withdrawal", date="2017-03-30"),
        told(4, teryt="2001011", date="2024-11-15"),
        teryt="2001011",
    ),
    case_of(told(5, teryt="0664011", kind="withdrawal", date="2025-01-31"), teryt="0664011"),
    case_of(told(6, teryt="3025053", seen="2025-03-06 08:00"), teryt="3025053"),
    case_of(told(7, teryt="0605053", stage="proposed", date="2025-03-31"), teryt="0605053"),
]


def test_difference_names_who_came_and_went() -> None:
    found = difference(POINTS, CASES, date(2024, 11, 15), date(2025, 3, 6))
    assert [case.teryt for case, _ in found.joined] == ["2005011", "3025053"]
    assert [case.teryt for case, _ in found.left] == ["0664011"]
    assert found.unexplained == 8 - (2 - 1)


def test_difference_without_a_count_explains_nothing() -> None:
    assert difference(POINTS, CASES, date(2001, 1, 1), date(2025, 3, 6)).unexplained is None


@pytest.mark.parametrize(
    ("day", "status"),
    [("1998-01-01", "unknown"), ("2005-01-01", "member"), ("2020-01-01", "left"), ("2024-11-15", "member")],
)
def test_status_at(day: str, status: str) -> None:
    assert str(status_at(CASES[1], date.fromisoformat(day))[0]) == status


def test_reconcile_takes_what_lies_between_the_counts() -> None:
    belief = CountBelief(CountState.CONFIRMED, 381, "2025-03-06", previous=373, previous_as_of="2024-11-15")
    statements = {6: told(6, teryt="3025053", seen="2025-03-06 08:00")}
    found = reconcile(belief, CASES, statements, moment("2025-03-06 09:00"), WARSAW)
    assert found.joined == ("2005011", "3025053")
    assert found.left == ("0664011",)
    assert found.unexplained == 7


class TestDates:
    def test_bounds(self) -> None:
        assert (first_day("2025"), last_day("2025")) == (date(2025, 1, 1), date(2025, 12, 31))
        assert (first_day("2024-02"), last_day("2024-02")) == (date(2024, 2, 1), date(2024, 2, 29))
        assert first_day("2025-02-28") == last_day("2025-02-28")

    def test_compatible(self) -> None:
        assert compatible("2025", "2025-02-28")
        assert compatible(None, "2025")
        assert not compatible("2025-02", "2025-03-01")

    def test_better(self) -> None:
        assert better("2025", "2025-02") == "2025-02"
        assert better(None, None) is None

    def test_days_apart(self) -> None:
        assert days_apart("2025-02-28", "2025-03-01") == 1
        assert days_apart("2025", "2025-03-01") == 0
        assert days_apart("2025-03-10", "2025-02") == 10

"""The rule that shares a budget of requests out among sites."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zmpwatch.service.revisits import LONGEST, SHORTEST, Habit, share_out

DAY = timedelta(days=1)
HABITS = st.builds(
    Habit,
    name=st.uuids().map(str),
    days=st.floats(0, 90),
    visits=st.integers(0, 2000),
    new_texts=st.integers(0, 2000),
    news=st.integers(0, 50),
    requests=st.floats(1, 100),
    worth=st.sampled_from([1.0, 4.0, 10.0]),
)


def spent(habits: list[Habit], intervals: dict[str, timedelta]) -> float:
    return sum(habit.requests * (DAY / intervals[habit.name]) for habit in habits)


@given(st.lists(HABITS, min_size=1, max_size=30, unique_by=lambda habit: habit.name), st.floats(1, 1e6))
def test_the_budget_is_kept_and_used(habits, budget):
    intervals = share_out(habits, budget)
    assert spent(habits, intervals) <= budget * 1.001 or set(intervals.values()) == {LONGEST * 52}
    if all(interval > SHORTEST * 1.001 for interval in intervals.values()):
        assert spent(habits, intervals) >= budget * 0.99 or set(intervals.values()) == {LONGEST * 52}


@given(st.lists(HABITS, min_size=1, max_size=30, unique_by=lambda habit: habit.name), st.floats(-10, 1e6))
def test_intervals_keep_their_bounds(habits, budget):
    assert all(SHORTEST <= interval <= LONGEST * 52 for interval in share_out(habits, budget).values())


def test_four_times_the_worth_is_visited_twice_as_often():
    habits = [Habit("a"), Habit("b", worth=4.0), Habit("c", requests=80.0)]
    intervals = share_out(habits, 150)
    assert intervals["a"] / intervals["b"] == pytest.approx(2)
    assert intervals["c"] / intervals["a"] == pytest.approx(2)


def test_what_brought_news_is_visited_more_often_than_what_only_changes_and_that_more_than_what_sleeps():
    asleep = Habit("asleep", days=90, visits=90, requests=10)
    alive = Habit("alive", days=90, visits=90, new_texts=60, requests=10)
    telling = Habit("telling", days=90, visits=90, new_texts=60, news=3, requests=10)
    intervals = share_out([asleep, alive, telling], 60)
    assert intervals["telling"] < intervals["alive"] < intervals["asleep"]


def test_where_the_budget_is_too_small_all_wait_alike():
    habits = [Habit(str(n), requests=10) for n in range(100)]
    assert set(share_out(habits, 10).values()) == {LONGEST * (100 * 10 / 7 / 10)}


def test_nothing_to_share_among_nobody():
    assert share_out([], 100) == {}

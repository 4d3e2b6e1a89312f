"""What holds of every history of counts and names: sums add up, nobody is counted twice, the order is moot."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zmpwatch.judge import CaseRules, build_case, count_change, count_points, difference, reconcile
from zmpwatch.model import (
    Authority,
    Case,
    Change,
    CountBelief,
    CountState,
    MembershipStatement,
    Reconciliation,
    StatedCount,
    StoredStatement,
)
from zmpwatch.model.days import WARSAW

from .builders import told

START = datetime(2026, 3, 1, 8, tzinfo=UTC)
LAST = 60
"""Days a history lasts."""


@dataclass(frozen=True, slots=True)
class Step:
    """A town joins (or leaves) on a day, which one page tells some days later."""

    town: int
    day: int
    told: int
    leaves: bool = False
    dated: bool = True


def at(day: int) -> datetime:
    return START + timedelta(days=day)


def telling(number: int, step: Step) -> StoredStatement:
    return told(
        number,
        teryt=f"{2001011 + step.town * 1000}",
        kind="withdrawal" if step.leaves else "accession",
        date=at(step.day).date().isoformat() if step.dated else None,
        seen=at(step.told).replace(tzinfo=None).isoformat(),
        url=f"https://town-{step.town}.example/",
        authority="news",
    )


def cases_of(statements: Sequence[StoredStatement]) -> list[Case]:
    by_town: dict[str, list[StoredStatement]] = {}
    for stored in statements:
        assert isinstance(stored.statement, MembershipStatement)
        by_town.setdefault(stored.statement.teryt or "", []).append(stored)
    return [build_case(code, told, CaseRules()) for code, told in by_town.items()]


def belief_of(before: int, after: int, since: int | None, day: int) -> CountBelief:
    return CountBelief(
        CountState.CONFIRMED,
        after,
        at(day).date().isoformat(),
        since=at(day),
        previous=before,
        previous_as_of=None if since is None else at(since).date().isoformat(),
    )


def told_counts(steps: Sequence[Step], counts: Sequence[tuple[int, int]], shuffle: random.Random) -> list[Change]:
    """The count changes as they are told, each (day, difference) with the names that are known by then."""
    statements = [telling(number, step) for number, step in enumerate(steps, 1)]
    changes: list[Change] = []
    members, last = 300, 0
    for day, difference_ in counts:
        # of one day as well: the counter is read in the evening
        now = at(day) + timedelta(hours=10 + len(changes) / 10)
        known = [stored for stored in statements if stored.source.first_seen <= now]
        shuffle.shuffle(known)
        belief = belief_of(members, members + difference_, last, day)
        by_id = {stored.id: stored for stored in known}
        found = reconcile(belief, cases_of(known), by_id, now, WARSAW, earlier=changes)
        changes.append(count_change("zmp", belief, found, [], now))
        members, last = members + difference_, day
    return changes


def reconciled(change: Change) -> Reconciliation:
    assert change.reconciliation is not None
    return change.reconciliation


def names(change: Change) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(reconciled(change).joined), frozenset(reconciled(change).left)


days = st.integers(1, LAST)
one_step_each = st.lists(
    st.builds(Step, st.integers(0, 9), days, days, st.booleans(), st.booleans()).map(
        lambda step: Step(step.town, min(step.day, step.told), max(step.day, step.told), step.leaves, step.dated)
    ),
    unique_by=lambda step: step.town,
    max_size=10,
)
differences = st.integers(-6, 8).filter(bool)
some_counts = st.lists(st.tuples(days, differences), min_size=1, max_size=5).map(sorted)
orders = st.randoms(use_true_random=False)


@given(one_step_each, some_counts, orders)
def test_sums_add_up_and_nobody_is_counted_twice(
    steps: list[Step], counts: list[tuple[int, int]], shuffle: random.Random
) -> None:
    changes = told_counts(steps, counts, shuffle)
    members = {code for change in changes for code in (*reconciled(change).joined, *reconciled(change).left)}
    truth = {f"{2001011 + step.town * 1000}": step for step in steps}
    for change in changes:
        found = reconciled(change)
        assert found.before + len(found.joined) - len(found.left) + found.unexplained == found.after
        assert found.missing + found.surplus == abs(found.unexplained)
        assert max(Counter((*found.joined, *found.left)).values(), default=1) == 1
        assert all(not truth[code].leaves for code in found.joined)
        assert all(truth[code].leaves for code in found.left)
    assert members <= set(truth)
    went_back = any(one.before == other.after for one in map(reconciled, changes) for other in map(reconciled, changes))
    if not went_back:
        times = Counter(code for change in changes for both in names(change) for code in both)
        assert max(times.values(), default=1) == 1, "each town moved once, and is counted once"


@given(one_step_each, some_counts, orders)
def test_the_order_in_which_statements_come_is_moot(
    steps: list[Step], counts: list[tuple[int, int]], shuffle: random.Random
) -> None:
    once, again = told_counts(steps, counts, shuffle), told_counts(steps, counts, shuffle)
    assert list(map(names, once)) == list(map(names, again))


@given(
    st.lists(st.integers(1, 30), min_size=0, max_size=10),
    st.lists(st.integers(1, 6), min_size=1, max_size=4),
    orders,
)
def test_counts_of_one_day_share_the_names_out(rounds: list[int], rises: list[int], shuffle: random.Random) -> None:
    """Each has the names that came since the one before, up to its difference; what is more fills the older ones."""
    steps = [Step(town, day=0, told=1) for town in range(len(rounds))]
    statements = [telling(number, step) for number, step in enumerate(steps, 1)]
    changes: list[Change] = []
    members = 300
    for number, rise in enumerate(rises):
        now = at(1) + timedelta(minutes=10 * number + 10)
        # a town told in round 7 of 4 counts is never told
        known = [stored for stored, come in zip(statements, rounds, strict=True) if come <= number + 1]
        shuffle.shuffle(known)
        belief = belief_of(members, members + rise, 1 if number else -30, 1)
        found = reconcile(belief, cases_of(known), {one.id: one for one in known}, now, WARSAW, earlier=changes)
        before = {code for change in changes for code in reconciled(change).joined}
        new = len({getattr(one.statement, "teryt", None) for one in known} - before)
        room = sum(reconciled(change).missing for change in changes)
        assert not before & set(found.joined)
        assert len(found.joined) == max(min(new, rise), new - room)
        assert found.surplus == max(0, new - rise - room)
        changes.append(count_change("zmp", belief, found, [], now))
        members += rise


@given(one_step_each, some_counts, orders, days, days)
def test_what_holds_between_two_days_adds_up_whoever_told_it_first(
    steps: list[Step], counts: list[tuple[int, int]], shuffle: random.Random, one: int, other: int
) -> None:
    statements = [telling(number, step) for number, step in enumerate(steps, 1)]
    stated = []
    members = 300
    for number, (day, rise) in enumerate([(0, 0), *dict(counts).items()]):
        members += rise
        day_of = at(day).date().isoformat()
        stated.append(StatedCount(members, day_of, True, Authority.NEWS, False, at(day), number + 100, 1))
    start, end = sorted((at(one).date(), at(other).date()))
    answers = []
    for _ in range(2):
        shuffle.shuffle(statements)
        shuffle.shuffle(stated)
        cases = sorted(cases_of(statements), key=lambda case: case.teryt)
        answers.append(difference(count_points(stated, []), cases, start, end))
    first, second = answers
    assert first == second
    assert first.before is not None
    assert first.after is not None
    assert first.unexplained is not None
    joined = [case.teryt for case, _ in first.joined]
    left = [case.teryt for case, _ in first.left]
    assert first.before.members + len(joined) - len(left) + first.unexplained == first.after.members
    assert len({*joined, *left}) == len(joined) + len(left)
    for step in steps:
        moved = at(step.day if step.dated else step.told).date()
        assert (f"{2001011 + step.town * 1000}" in (left if step.leaves else joined)) is (start < moved <= end)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=4), st.booleans(), orders)
def test_who_leaves_and_returns_counts_by_the_last_step(
    delays: list[int], leaves: bool, shuffle: random.Random
) -> None:
    apart = CaseRules().same_step.days + 10
    steps = [
        Step(0, number * apart + 1, number * apart + 1 + delay, leaves ^ bool(number % 2))
        for number, delay in enumerate(delays)
    ]
    (change,) = told_counts(steps, [(1000, 1)], shuffle)
    town: frozenset[str] = frozenset({"2001011"})
    assert names(change) == ((frozenset(), town) if steps[-1].leaves else (town, frozenset()))

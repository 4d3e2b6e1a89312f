"""Two counts close together: each names the towns it counts, and none is counted twice."""

from __future__ import annotations

from collections.abc import Iterable

from zmpwatch.judge import CaseRules, build_case, count_change, reconcile, reconciled_since
from zmpwatch.model import Change, CountBelief, CountState, Reconciliation, StoredStatement
from zmpwatch.model.days import WARSAW

from .builders import moment, told

FIRST = ("2001011", "2002011", "2003011")
SECOND = ("2004011", "2005011", "2006011")
BOARD = "2026-11-20"


def admissions(codes: Iterable[str], seen: str, date: str | None = BOARD, **more: str) -> list[StoredStatement]:
    return [told(int(code), teryt=code, seen=seen, date=date, authority="news", **more) for code in codes]


def explain(
    numbers: tuple[int, int],
    as_of: tuple[str, str],
    at: str,
    statements: list[StoredStatement],
    earlier: Iterable[Change] = (),
) -> Change:
    """The change of a count as it is told at `at`, when these statements are known."""
    belief = CountBelief(
        CountState.CONFIRMED,
        numbers[1],
        as_of[1],
        since=moment(at),
        previous=numbers[0],
        previous_as_of=as_of[0],
    )
    codes = sorted({code for one in statements if (code := getattr(one.statement, "teryt", None))})
    cases = [
        build_case(code, [one for one in statements if getattr(one.statement, "teryt", None) == code], CaseRules())
        for code in codes
    ]
    by_id = {one.id: one for one in statements}
    found = reconcile(belief, cases, by_id, moment(at), WARSAW, earlier=list(earlier))
    return count_change("zmp", belief, found, [], moment(at))


def names(change: Change) -> tuple[tuple[str, ...], tuple[str, ...], int, int]:
    told = change.reconciliation
    assert told is not None
    return told.joined, told.left, told.missing, told.surplus


def test_two_counts_of_one_day_name_each_their_own() -> None:
    known = admissions(FIRST, "2026-11-22 00:01")
    first = explain((373, 381), ("2026-11-10", "2026-11-22"), "2026-11-22 08:02", known)
    assert names(first) == (FIRST, (), 5, 0)
    known += admissions(SECOND, "2026-11-22 08:12")
    second = explain((381, 384), ("2026-11-22", "2026-11-22"), "2026-11-22 08:13", known, [first])
    assert names(second) == (SECOND, (), 0, 0)


def test_what_is_too_much_for_the_second_count_of_a_day_is_the_rest_of_the_first() -> None:
    known = admissions(FIRST, "2026-11-22 00:01")
    first = explain((373, 381), ("2026-11-10", "2026-11-22"), "2026-11-22 08:02", known)
    known += [*admissions(["2007011"], "2026-11-22 08:07", "2026-11-18"), *admissions(SECOND, "2026-11-22 08:12")]
    second = explain((381, 384), ("2026-11-22", "2026-11-22"), "2026-11-22 08:13", known, [first])
    assert names(second) == (SECOND, (), 0, 0)
    full = explain((373, 376), ("2026-11-10", "2026-11-22"), "2026-11-22 08:02", known[:3])
    second = explain((376, 379), ("2026-11-22", "2026-11-22"), "2026-11-22 08:13", known, [full])
    assert names(second) == (("2004011", "2005011", "2006011", "2007011"), (), 0, 1), "a surplus that is true is told"


def test_days_apart_a_late_name_is_the_first_counts_as_long_as_it_has_room() -> None:
    known = admissions(FIRST, "2026-11-12 08:00", "2026-11-10")
    first = explain((373, 377), ("2026-10-10", "2026-11-12"), "2026-11-12 09:00", known)
    assert names(first) == (FIRST, (), 1, 0)
    known += [
        *admissions(["2007011"], "2026-11-14 08:00", "2026-11-09"),
        *admissions(["2008011"], "2026-11-15 08:00", "2026-11-09"),
        *admissions(SECOND, "2026-11-22 08:00"),
    ]
    second = explain((377, 381), ("2026-11-12", "2026-11-22"), "2026-11-22 09:00", known, [first])
    assert names(second) == (("2004011", "2005011", "2006011", "2008011"), (), 0, 0)
    known += admissions(["2009011"], "2026-11-30 08:00", "2026-11-25")
    third = explain((381, 382), ("2026-11-22", "2026-11-30"), "2026-11-30 09:00", known, [first, second])
    assert names(third) == (("2009011",), (), 0, 0)


def test_a_rise_is_followed_by_a_fall() -> None:
    known = admissions(FIRST, "2026-11-22 08:00")
    rise = explain((373, 376), ("2026-11-10", "2026-11-22"), "2026-11-22 08:02", known)
    gone = told(1, teryt="2001011", kind="withdrawal", seen="2026-11-22 10:00", date="2026-11-22", authority="news")
    fall = explain((376, 374), ("2026-11-22", "2026-11-22"), "2026-11-22 10:02", [*known, gone], [rise])
    assert names(fall) == ((), ("2001011",), 1, 0)


def test_a_number_that_goes_back_takes_back_what_it_counted() -> None:
    known = admissions(FIRST, "2026-11-22 08:00")
    rise = explain((373, 376), ("2026-11-10", "2026-11-22"), "2026-11-22 08:02", known)
    back = explain((376, 373), ("2026-11-22", "2026-11-22"), "2026-11-22 09:02", known, [rise])
    assert names(back) == ((), (), 3, 0)
    again = explain((373, 376), ("2026-11-22", "2026-11-22"), "2026-11-22 10:02", known, [rise, back])
    assert names(again) == (FIRST, (), 0, 0)


def test_who_joins_anew_after_leaving_is_counted_anew() -> None:
    code = "2001011"
    known = admissions([code], "2020-03-01 08:00", "2020-02-28")
    first = explain((300, 301), ("2020-01-10", "2020-03-02"), "2020-03-02 08:00", known)
    gone = told(1, teryt=code, kind="withdrawal", seen="2023-05-02 08:00", date="2023-05-01", authority="news")
    anew = told(2, teryt=code, seen="2026-11-22 08:00", date=BOARD, authority="news")
    later = explain((301, 302), ("2026-11-10", "2026-11-22"), "2026-11-22 09:00", [*known, gone, anew], [first])
    assert names(later) == ((code,), (), 0, 0)


def test_cases_are_asked_for_as_far_back_as_names_are_missing() -> None:
    first = explain((373, 376), ("2026-10-10", "2026-11-22"), "2026-11-22 08:02", [])
    assert str(reconciled_since("2026-11-22", [first], WARSAW)) == "2026-10-10"
    full = explain((373, 376), ("2026-10-10", "2026-11-22"), "2026-11-22 08:02", admissions(FIRST, "2026-11-22 08:00"))
    assert str(reconciled_since("2026-11-22", [full], WARSAW)) == "2026-11-22"
    assert reconciled_since(None, [full], WARSAW) is None


def test_what_is_missing_is_never_negative() -> None:
    fall = Reconciliation(376, 373, (), ("2001011",))
    assert (fall.missing, fall.surplus) == (2, 0)
    many = Reconciliation(381, 384, (*FIRST, *SECOND), ())
    assert (many.missing, many.surplus) == (0, 3)

"""What was true on a day, and what was known on a day, are two questions with two answers."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from zmpwatch.model import ChangeKind
from zmpwatch.service.answers import answer_case, answer_changes, answer_diff, answer_members
from zmpwatch.service.countanswers import answer_count
from zmpwatch.service.history import answer_history
from zmpwatch.service.naming import find_municipality

from .chronicle import ASSOCIATION, KEY, OTHER, TOWN, Chronicle, counted, step

HAJNOWKA = find_municipality("2005011")
AUGUSTOW = "2001011"


def day(text: str) -> date:
    return date.fromisoformat(text)


def end_of(text: str) -> datetime:
    return datetime.combine(day(text), time.max, tzinfo=UTC)


@pytest.fixture
def late(chronicle: Chronicle) -> Chronicle:
    """Hajnówka joins on 28 February; its page says so on 10 March; the counter goes up on 6 March.

    In May an old page comes to light: Augustów had left in 2017 already, and the association had 314 members in 2018.
    """
    chronicle.confirmed("2025-02-20", 373)
    chronicle.visit("2025-02-20 09:00", TOWN)
    chronicle.visit("2025-02-20 09:00", OTHER, step("member", "1999-03-24", teryt=AUGUSTOW))
    chronicle.confirmed("2025-03-06", 381)
    chronicle.visit("2025-03-10 09:00", TOWN, step("resolved", "2025-02-26"), step("admitted", "2025-02-28"))
    left = step("admitted", "2017-03-30", teryt=AUGUSTOW, kind="withdrawal")
    chronicle.visit("2025-05-01 09:00", OTHER, left, path="archiwum")
    chronicle.visit("2025-05-01 09:00", ASSOCIATION, counted(314, as_of="2018-06-01"), path="raport-2018")
    return chronicle


@pytest.mark.parametrize(
    ("at", "known_at", "members"),
    [
        (None, None, 381),
        (None, "2025-02-19", None),
        (None, "2025-03-05", 373),
        (None, "2025-03-06", 381),
        ("2018-12-31", None, 314),  # as is known now
        ("2018-12-31", "2025-04-30", None),  # as was known before the old report came to light
        ("2025-03-05", None, 373),
        ("2025-03-06", "2025-03-05", 373),
        ("2025-03-07", None, 381),
    ],
)
def test_count(late: Chronicle, at: str | None, known_at: str | None, members: int | None) -> None:
    answer = answer_count(late.store, KEY, day(at) if at else None, end_of(known_at) if known_at else None)
    assert (answer["members"] if answer else None) == members


@pytest.mark.parametrize(
    ("at", "known_at", "names"),
    [
        (None, None, ["Hajnówka"]),
        ("2025-03-01", None, ["Hajnówka"]),  # it was a member, and nobody knew
        ("2025-03-01", "2025-03-05", ["Augustów"]),
        (None, "2025-03-05", ["Augustów"]),
        (None, "2025-03-10", ["Augustów", "Hajnówka"]),
        ("2025-02-27", None, []),
        ("2010-01-01", None, ["Augustów"]),
        ("2020-01-01", "2025-04-30", ["Augustów"]),
        ("2020-01-01", None, []),
    ],
)
def test_members(late: Chronicle, at: str | None, known_at: str | None, names: list[str]) -> None:
    answers = answer_members(late.store, day(at) if at else None, end_of(known_at) if known_at else None)
    assert [answer["municipality"] for answer in answers] == names
    assert all(answer["evidence"]["quote"] for answer in answers)


def stages(answer: dict[str, Any]) -> list[str]:
    return [event["stage"] for event in answer["events"]]


def test_case(late: Chronicle) -> None:
    now = answer_case(late.store, HAJNOWKA)
    assert (stages(now), now["status"], now["since"]) == (["resolved", "admitted"], "member", "2025-02-28")
    then = answer_case(late.store, HAJNOWKA, day("2025-02-27"))
    assert (stages(then), then["status"], then["since"]) == (["resolved"], "candidate", "2025-02-26")
    before = answer_case(late.store, HAJNOWKA, known_at=end_of("2025-03-09"))
    assert (stages(before), before["status"]) == ([], "unknown")
    both = answer_case(late.store, HAJNOWKA, day("2025-02-27"), end_of("2025-03-10"))
    assert (stages(both), both["events"][0]["quote"]) == (["resolved"], "Hajnówka: accession resolved 2025-02-26")


def test_diff(late: Chronicle) -> None:
    span = day("2025-02-21"), day("2025-03-31")
    now = answer_diff(late.store, KEY, *span)
    assert (now["before"], now["after"], now["unexplained"]) == (373, 381, 7)
    assert [moved["municipality"] for moved in now["joined"]] == ["Hajnówka"]
    then = answer_diff(late.store, KEY, *span, end_of("2025-03-09"))
    assert (then["before"], then["after"], then["joined"], then["unexplained"]) == (373, 381, [], 8)
    long_ago = day("2016-01-01"), day("2018-12-31")
    assert [moved["teryt"] for moved in answer_diff(late.store, KEY, *long_ago)["left"]] == [AUGUSTOW]
    assert answer_diff(late.store, KEY, *long_ago, end_of("2025-04-30"))["left"] == []


def kinds(answers: list[dict[str, Any]]) -> list[str]:
    return [answer["kind"] for answer in answers]


def test_changes(late: Chronicle) -> None:
    assert kinds(answer_changes(late.store)) == ["count_changed", "resolved", "admitted"]
    # told by the 9th: the count alone; happened by the 27th, whenever it was told: the resolution alone
    assert kinds(answer_changes(late.store, known_at=end_of("2025-03-09"))) == ["count_changed"]
    assert kinds(answer_changes(late.store, at=day("2025-02-27"))) == ["resolved"]
    assert kinds(answer_changes(late.store, at=day("2025-02-28"), known_at=end_of("2025-03-09"))) == []
    assert kinds(answer_changes(late.store, municipality=HAJNOWKA, kinds=[ChangeKind.ADMITTED])) == ["admitted"]
    assert answer_changes(late.store, voivodeship="opolskie") == []
    assert kinds(answer_changes(late.store, voivodeship="podlaskie")) == ["resolved", "admitted"]


def test_history(late: Chronicle) -> None:
    def line(**asked: Any) -> list[int]:
        return [answer["members"] for answer in answer_history(late.store, KEY, **asked) if answer["on_line"]]

    assert line() == [314, 373, 381]
    assert line(known_at=end_of("2025-04-30")) == [373, 381]
    assert line(known_at=end_of("2025-03-05")) == [373]
    assert line(at=day("2025-03-01")) == [314, 373]
    assert line(since=day("2025-03-01")) == [381]


def test_a_number_that_comes_back_stands_on_the_line_twice(chronicle: Chronicle) -> None:
    for on, members in (("2025-01-10", 373), ("2025-02-10", 381), ("2025-03-10", 373)):
        chronicle.confirmed(on, members)
    for on, members in (("2025-01-31", 373), ("2025-02-28", 381), ("2025-03-31", 373)):
        answer = answer_count(chronicle.store, KEY, day(on))
        assert answer is not None
        assert (on, answer["members"]) == (on, members)

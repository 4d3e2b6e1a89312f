"""When a site that gave nothing is visited again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from zmpwatch.model import Purpose, Verdict, Visit
from zmpwatch.service.returning import FIRST, return_of

NOW = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
TURN = NOW + timedelta(days=1)


def visit(verdict: Verdict) -> Visit:
    return Visit("miasto", Purpose.ROUTINE, NOW, NOW, verdict, 1, 0, 0, 0, 0)


def test_a_silent_site_is_asked_soon_and_then_less_and_less_often() -> None:
    times = [return_of(visit(Verdict.UNREACHABLE), streak, None).turn(TURN)[0] for streak in range(1, 10)]
    assert times[0] == NOW + FIRST
    assert times == sorted(times)
    assert times[-1] == TURN


@pytest.mark.parametrize("verdict", [Verdict.OK, Verdict.UNCHANGED, Verdict.PARTIAL, Verdict.DISALLOWED])
def test_others_wait_for_their_turn(verdict: Verdict) -> None:
    assert return_of(visit(verdict), 0, None).turn(TURN) == (TURN, None)


def test_a_site_that_shut_us_out_is_not_pressed() -> None:
    assert return_of(visit(Verdict.BLOCKED), 3, None).turn(TURN) == (TURN, None)


def test_a_site_that_gave_nothing_and_named_a_time_is_asked_then_and_no_sooner() -> None:
    """A robots.txt that answers 503: the site is silent, and asks for a pause."""
    soon, later = NOW + timedelta(minutes=5), NOW + timedelta(hours=2)
    assert return_of(visit(Verdict.UNREACHABLE), 1, soon).turn(TURN)[0] == NOW + FIRST
    assert return_of(visit(Verdict.UNREACHABLE), 1, later).turn(TURN)[0] == later
    assert return_of(visit(Verdict.UNREACHABLE), 1, TURN + later.resolution).turn(TURN)[0] > TURN


def test_who_names_a_time_is_visited_then() -> None:
    sooner, later = NOW + timedelta(hours=1), NOW + timedelta(days=2)
    for wish in (sooner, later):
        when, why = return_of(visit(Verdict.BLOCKED), 1, wish).turn(TURN)
        assert when == wish
        assert why is not None


def test_a_server_that_wants_to_be_left_alone_puts_off_a_site_that_is_well() -> None:
    assert return_of(visit(Verdict.OK), 0, NOW + timedelta(hours=1)).turn(TURN) == (TURN, None)
    assert return_of(visit(Verdict.OK), 0, NOW + timedelta(days=2)).turn(TURN)[0] == NOW + timedelta(days=2)

"""The operator's yes or no to an official count: it acts, it is kept, and it outlasts a rebuild."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from zmpwatch.config import Config
from zmpwatch.errors import ConfigError
from zmpwatch.model import ChangeKind, CountState
from zmpwatch.service.countanswers import answer_count
from zmpwatch.service.deciding import accept_count, refuse_count
from zmpwatch.service.grounds import answer_grounds
from zmpwatch.service.rebuilding import rebuild

from .chronicle import ASSOCIATION, KEY, OTHER, Chronicle, counted, step

NOW = datetime(2025, 3, 6, 12, 0, tzinfo=UTC)
WORDS = {"by": "anna", "reason": "potwierdzone telefonicznie"}


@pytest.fixture
def waiting(chronicle: Chronicle) -> Chronicle:
    """373 is believed; the counter says 412, which is more than any town explains."""
    chronicle.confirmed("2025-02-20", 373)
    told = chronicle.confirmed("2025-03-06", 412)
    assert [change.kind for change in told] == [ChangeKind.COUNT_UNCONFIRMED]
    return chronicle


def believed(chronicle: Chronicle) -> tuple[CountState, int | None, int | None]:
    belief = chronicle.store.count_belief(KEY)
    assert belief is not None
    return belief.state, belief.members, belief.candidate


def kinds(chronicle: Chronicle) -> list[str]:
    return [str(change.kind) for change in chronicle.store.changes()]


def test_an_implausible_count_waits(waiting: Chronicle) -> None:
    assert believed(waiting) == (CountState.IMPLAUSIBLE, 373, 412)


def test_a_yes_is_believed_told_and_kept(waiting: Chronicle) -> None:
    belief, changes, delivery = accept_count(waiting.config, waiting.store, None, **WORDS, now=NOW)
    assert (belief.members, belief.previous, belief.state) == (412, 373, CountState.CONFIRMED)
    assert [change.kind for change in changes] == [ChangeKind.COUNT_CHANGED]
    assert changes[0].evidence
    assert delivery.ok
    (decision,) = waiting.store.decisions(KEY)
    assert (decision.value, decision.accepted, decision.by, decision.at) == (412, True, "anna", NOW)
    assert waiting.store.verify().problems == []
    assert kinds(waiting) == ["count_unconfirmed", "count_changed"]
    # the counter says it again: nothing is told twice
    assert waiting.confirmed("2025-03-07", 412) == []


def test_a_no_is_kept_and_the_number_not_heard_again(waiting: Chronicle) -> None:
    belief = refuse_count(waiting.config, waiting.store, 412, **WORDS, now=NOW)
    assert (belief.members, belief.candidate, belief.state) == (373, None, CountState.STABLE)
    assert waiting.confirmed("2025-03-07", 412) == []
    assert waiting.confirmed("2025-03-09", 412) == []
    assert believed(waiting) == (CountState.STABLE, 373, None)
    why = answer_grounds(waiting.store, KEY)
    assert "refused by anna on 2025-03-06: potwierdzone telefonicznie" in [one["reason"] for one in why["overruled"]]
    assert kinds(waiting) == ["count_unconfirmed"]


def test_other_numbers_are_heard_after_a_no(waiting: Chronicle) -> None:
    refuse_count(waiting.config, waiting.store, 412, **WORDS, now=NOW)
    assert [change.kind for change in waiting.confirmed("2025-03-07", 381)] == [ChangeKind.COUNT_CHANGED]


def test_a_no_ends_with_the_count_that_was_believed_then(waiting: Chronicle) -> None:
    refuse_count(waiting.config, waiting.store, 412, **WORDS, now=NOW)
    waiting.confirmed("2025-03-07", 393)
    assert [change.kind for change in waiting.confirmed("2025-03-20", 412)] == [ChangeKind.COUNT_CHANGED]


def test_a_yes_takes_a_no_back(waiting: Chronicle) -> None:
    refuse_count(waiting.config, waiting.store, 412, **WORDS, now=NOW)
    waiting.visit("2025-03-07 08:00", ASSOCIATION, counted(412))
    belief, changes, _ = accept_count(
        waiting.config, waiting.store, 412, by="jan", reason="a jednak", now=NOW + timedelta(days=2)
    )
    assert (belief.members, belief.previous) == (412, 373)
    assert belief.rests_on
    assert [change.kind for change in changes] == [ChangeKind.COUNT_CHANGED]


def test_what_does_not_wait_can_not_be_decided(waiting: Chronicle) -> None:
    with pytest.raises(ConfigError, match="381 does not wait; 373 is believed and 412 waits"):
        accept_count(waiting.config, waiting.store, 381, **WORDS, now=NOW)
    refuse_count(waiting.config, waiting.store, None, **WORDS, now=NOW)
    with pytest.raises(ConfigError, match="no count waits; 373 is believed and nothing waits"):
        refuse_count(waiting.config, waiting.store, None, **WORDS, now=NOW)
    assert len(waiting.store.decisions(KEY)) == 1


def test_a_first_count_that_was_misread_is_taken_back(chronicle: Chronicle) -> None:
    chronicle.visit("2025-02-20 08:00", ASSOCIATION, counted(50))
    assert refuse_count(chronicle.config, chronicle.store, 50, **WORDS, now=NOW).members is None
    assert chronicle.visit("2025-03-07 08:00", ASSOCIATION, counted(50)) == []
    assert believed(chronicle) == (CountState.UNKNOWN, None, None)
    assert chronicle.visit("2025-03-07 09:00", ASSOCIATION, counted(373)) == []
    assert believed(chronicle) == (CountState.STABLE, 373, None)


def with_band(config: Config) -> Config:
    return replace(config, sites=tuple(replace(site, expect_members=(370, 420)) for site in config.sites))


def test_a_first_count_outside_its_band_is_a_baseline_after_a_yes(chronicle: Chronicle) -> None:
    chronicle.config = with_band(chronicle.config)
    told = chronicle.visit("2025-02-20 08:00", ASSOCIATION, counted(500))
    assert [change.kind for change in told] == [ChangeKind.COUNT_UNCONFIRMED]
    belief, changes, _ = accept_count(chronicle.config, chronicle.store, 500, **WORDS, now=NOW)
    assert (belief.state, belief.members, belief.previous, changes) == (CountState.STABLE, 500, None, [])


@pytest.mark.parametrize("accepted", [True, False])
def test_decisions_outlast_a_rebuild(waiting: Chronicle, accepted: bool) -> None:
    if accepted:
        accept_count(waiting.config, waiting.store, 412, **WORDS, now=NOW)
    else:
        refuse_count(waiting.config, waiting.store, 412, **WORDS, now=NOW)
    waiting.visit("2025-03-07 08:00", ASSOCIATION, counted(412))
    before, told = believed(waiting)[1:], kinds(waiting)
    found = rebuild(waiting.config, waiting.store, NOW + timedelta(days=3))
    assert believed(waiting)[1:] == before
    assert found.count[0]["members"] == found.count[1]["members"] == (412 if accepted else 373)
    assert kinds(waiting) == told
    assert waiting.store.verify().problems == []


def test_what_was_known_names_the_decisions_of_the_time(waiting: Chronicle) -> None:
    refuse_count(waiting.config, waiting.store, 412, **WORDS, now=NOW)
    assert answer_grounds(waiting.store, KEY, NOW - timedelta(hours=1))["decisions"] == []
    assert answer_grounds(waiting.store, KEY, NOW - timedelta(hours=1))["state"] == "implausible"
    (decision,) = answer_grounds(waiting.store, KEY)["decisions"]
    assert (decision["value"], decision["accepted"]) == (412, False)
    answer = answer_count(waiting.store, KEY, known_at=NOW - timedelta(hours=1))
    assert answer is not None
    assert (answer["members"], answer["candidate"]) == (373, 412)


def test_what_others_say_is_weighed(chronicle: Chronicle) -> None:
    chronicle.confirmed("2024-11-15", 373)
    chronicle.visit(
        "2025-01-10 09:00", OTHER, counted(350, qualifier="at_least"), counted(360), step("member"), published="2025-01"
    )
    reasons = [one["reason"] for one in answer_grounds(chronicle.store, KEY)["overruled"]]
    assert reasons == [
        "at_least 350 of 2025-01 is below 373 of 2024-11-15: stale",
        "360 of 2025-01 differs from 373 of 2024-11-15: not the association's own count",
    ]

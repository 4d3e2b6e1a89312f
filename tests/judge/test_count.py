"""Each file in counts/ is a story: what was read when, and what is believed after."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from zmpwatch.judge import CountOutcome, CountRules, Ground, judge_count, official_readings
from zmpwatch.model import Authority, CountBelief, CountState

from .builders import counted, moment, reading, sighting

STORIES = sorted((Path(__file__).parent / "counts").glob("*.yaml"))


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_story(path: Path) -> None:
    story = yaml.safe_load(path.read_text(encoding="utf-8"))
    band = story.get("band")
    rules = CountRules(
        confirmations=story.get("confirmations", 2),
        confirm_after=timedelta(minutes=story.get("confirm_after_minutes", 10)),
        band=tuple(band) if band else None,
    )
    belief: CountBelief | None = None
    ground = Ground()
    for number, step in enumerate(story["visits"], 1):
        readings = [reading(step["at"], item.pop("value"), **item) for item in step.get("reads", ())]
        judged = judge_count(belief, readings, rules, ground, named=step.get("named", 0))
        belief = judged.belief
        seen = {
            "outcome": str(judged.outcome),
            "state": str(belief.state),
            "members": belief.members,
            "candidate": belief.candidate,
            "as_of": belief.as_of,
            "previous": belief.previous,
        }
        expected = step["expect"]
        assert {key: seen[key] for key in expected} == expected, f"visit {number} at {step['at']}: {judged.reason}"
        if "because" in step:
            reasons = judged.reason + " ".join(item.reason for item in belief.overruled)
            assert step["because"] in reasons
        counters = [item.seen_at for item in readings if item.authority is Authority.COUNTER]
        if judged.outcome in {CountOutcome.BASELINE, CountOutcome.CONFIRMED}:
            rests_on = Authority(step.get("ground", readings[0].authority))
            ground = Ground(rests_on, frozenset({readings[0].url}), ground.counter_seen)
        if counters:
            ground = Ground(ground.authority, ground.urls, counters[-1])


def test_a_number_that_is_never_believed_does_not_grow_its_belief() -> None:
    """An animated counter that rests at 0 is read so at every visit, for years."""
    rules = CountRules(confirmations=2, confirm_after=timedelta(minutes=10))
    start = moment("2025-01-01 08:00")
    judged = judge_count(None, [reading(start, 381)], rules, Ground())
    assert judged.belief is not None
    belief = judged.belief
    for day in range(1, 200):
        now = start + timedelta(days=day)
        judged = judge_count(belief, [reading(now, 0)], rules, Ground(Authority.COUNTER, frozenset(), now), named=0)
        assert judged.belief is not None
        belief = judged.belief
    assert (belief.members, belief.candidate, belief.state) == (381, 0, CountState.IMPLAUSIBLE)
    assert len(belief.agreements) <= 20
    assert len(belief.candidate_rests_on) <= 20
    assert belief.agreements[0] == start + timedelta(days=1)
    assert belief.agreements[-1] == start + timedelta(days=199)


def test_there_are_stories() -> None:
    assert len(STORIES) >= 15


class TestOfficialReadings:
    def test_the_counter_comes_first(self) -> None:
        seen = [
            sighting(counted(1, 373, published="2024-11-15", url="https://zmp.example/aktualnosci/x")),
            sighting(counted(2, 381, authority="counter")),
            sighting(counted(3, 356, url="https://zmp.example/strony/o-nas")),
        ]
        assert [(item.value, str(item.authority)) for item in official_readings(seen)] == [
            (381, "counter"),
            (373, "news"),
            (356, "news"),
        ]

    def test_the_first_teaser_of_the_home_page_is_the_newest(self) -> None:
        seen = [
            sighting(counted(1, 373, authority="home", start=400)),
            sighting(counted(2, 381, authority="home", start=100)),
        ]
        assert official_readings(seen)[0].value == 381

    def test_the_newest_dated_news_is_read(self) -> None:
        seen = [
            sighting(counted(1, 356, published="2024-06-18", url="https://zmp.example/a")),
            sighting(counted(2, 373, published="2024-11-15", url="https://zmp.example/b")),
            sighting(counted(3, 303, as_of="2012-08", published="2025-01-02", url="https://zmp.example/c")),
        ]
        assert official_readings(seen)[0].value == 373

    @pytest.mark.parametrize("authority", ["other", "member_list"])
    def test_others_are_not_official(self, authority: str) -> None:
        assert official_readings([sighting(counted(1, 381, authority=authority))]) == []

    @pytest.mark.parametrize("qualifier", ["at_least", "about", "ordinal"])
    def test_only_exact_numbers_are_read(self, qualifier: str) -> None:
        assert official_readings([sighting(counted(1, 350, authority="counter", qualifier=qualifier))]) == []

    def test_an_old_copy_of_the_counter_on_another_page_is_no_rival(self) -> None:
        seen = [
            sighting(counted(1, 373, authority="counter", url="https://zmp.example/en"), fresh=False),
            sighting(counted(2, 381, authority="counter")),
            sighting(counted(3, 373, authority="counter", url="https://zmp.example/aktualnosci")),
        ]
        (only,) = official_readings(seen)
        assert (only.value, only.rivals) == (381, ())

    def test_the_date_in_the_head_of_the_home_page_says_nothing(self) -> None:
        seen = [sighting(counted(1, 381, authority="counter", published="2019-05-06"))]
        assert official_readings(seen)[0].date is None

    def test_two_counters_that_disagree_are_rivals(self) -> None:
        seen = [sighting(counted(1, 373, authority="counter")), sighting(counted(2, 381, authority="counter"))]
        (only,) = official_readings(seen)
        assert (only.value, only.rivals) == (373, (381,))


@given(
    values=st.lists(st.sampled_from([373, 374, 381, 0, 9999]), max_size=30),
    gaps=st.lists(st.integers(min_value=1, max_value=2000), min_size=30, max_size=30),
    fresh=st.lists(st.booleans(), min_size=30, max_size=30),
)
def test_a_value_is_believed_only_after_it_was_read_often_enough_in_a_row(
    values: list[int], gaps: list[int], fresh: list[bool]
) -> None:
    rules = CountRules(confirmations=2, confirm_after=timedelta(minutes=10))
    belief = judge_count(None, [reading("2025-01-01 00:00", 373)], rules).belief
    now = moment("2025-01-01 00:00")
    ground = Ground(Authority.COUNTER, frozenset({"https://zmp.example/"}), now)
    history: list[int] = []
    for value, gap, whole in zip(values, gaps, fresh, strict=False):
        now += timedelta(minutes=gap)
        history.append(value)
        before = belief
        judged = judge_count(belief, [reading(now.replace(tzinfo=None).isoformat(), value, fresh=whole)], rules, ground)
        belief = judged.belief
        if judged.outcome is CountOutcome.CONFIRMED:
            assert belief.previous == before.members
            assert len(belief.agreements) >= 3
            assert all(
                b - a >= rules.confirm_after for a, b in zip(belief.agreements, belief.agreements[1:], strict=False)
            )
            assert history[-2:] == [value, value] or not whole or len(history) > 2
            assert value not in {0, 9999}
        else:
            assert belief.members == before.members
        assert belief.state is not CountState.UNKNOWN

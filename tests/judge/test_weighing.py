"""Which pages of others speak for a number that is new."""

from __future__ import annotations

from typing import Any

import pytest

from zmpwatch.judge import corroborates
from zmpwatch.model import CountBelief, CountState

from .builders import counted, moment, told

NEW = CountBelief(
    CountState.CONFIRMED,
    381,
    as_of="2025-03-06",
    since=moment("2025-03-06 08:00"),
    previous=373,
    previous_as_of="2025-02-12",
)


@pytest.mark.parametrize(
    ("value", "given", "speaks"),
    [
        (381, {"published": "2025-03-05"}, True),
        (381, {"as_of": "2025-03", "seen": "2025-01-01 08:00"}, True),
        (381, {"seen": "2025-03-06 07:00"}, True),
        (381, {"published": "2025-02-12"}, False),
        (381, {"published": "2019-06-01"}, False),
        (381, {"seen": "2025-02-01 08:00"}, False),
        (381, {"published": "2025-03-05", "baseline": True}, False),
        (381, {"published": "2025-03-05", "confidence": 0.4}, False),
        (381, {"published": "2025-03-05", "qualifier": "about"}, False),
        (381, {"published": "2025-03-05", "qualifier": "ordinal"}, False),
        (373, {"published": "2025-03-05"}, False),
    ],
)
def test_who_states_it_in_newer_words_than_the_number_before(value: int, given: dict[str, Any], speaks: bool) -> None:
    assert corroborates(NEW, counted(1, value, **given)) is speaks


def test_nothing_speaks_for_a_first_number_and_a_step_speaks_for_none() -> None:
    first = CountBelief(CountState.STABLE, 381, as_of="2025-03-06")
    assert not corroborates(first, counted(1, 381, published="2025-03-05"))
    assert not corroborates(NEW, told(1, published="2025-03-05"))

"""Votes on a terminal."""

from __future__ import annotations

import pytest

from zmpwatch.cli.context import ballot


@pytest.mark.parametrize(
    ("votes", "shown"),
    [
        ({"for": 13, "against": 0, "abstain": 1}, "13:0:1"),
        ({"for": 15, "against": None, "abstain": None}, "15:?:?"),
        (None, ""),
    ],
)
def test_a_number_that_is_not_known_is_a_question_mark(votes: dict[str, int | None] | None, shown: str) -> None:
    assert ballot(votes) == shown

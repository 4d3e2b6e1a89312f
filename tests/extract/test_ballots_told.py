"""A ballot is told in many ways behind the step it was on: each goes with each step."""

from __future__ import annotations

from typing import Any

import pytest

from . import told

CONTEXT = told.context()
TOLD = told.battery("ballots_told")


@pytest.mark.parametrize(("ballot", "votes"), TOLD["ballots"])
def test_a_ballot_is_read_behind_each_step(ballot: str, votes: list[int | None] | None) -> None:
    wrong: dict[str, Any] = {}
    expected = dict(zip(("for", "against", "abstain"), votes, strict=True)) if votes else None
    for step, kind, stage in TOLD["steps"]:
        text = f"{step} {ballot}"
        if (found := told.events(text, CONTEXT, "votes")) != [("Mława", kind, stage, expected)]:
            wrong[text] = found
    assert not wrong, told.listed(wrong)

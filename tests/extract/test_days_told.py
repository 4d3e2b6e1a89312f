"""A step's day is told in many ways, in its own sentence or behind it: each goes with each step."""

from __future__ import annotations

from typing import Any

import pytest

from . import told

TOLD = told.battery("days_told")
CONTEXT = told.context(published=TOLD["published"])


@pytest.mark.parametrize(("day", "date"), TOLD["days"], ids=str)
def test_a_day_is_bound_to_each_step(day: str, date: Any) -> None:
    wrong: dict[str, Any] = {}
    for frame, kind, stage in (*TOLD["within"], *TOLD["behind"]):
        text = frame.format(day).replace(",.", ".").replace("..", ".")
        if (found := told.events(text, CONTEXT, "date")) != [("Mława", kind, stage, str(date) if date else None)]:
            wrong[text] = found
    assert not wrong, told.listed(wrong)

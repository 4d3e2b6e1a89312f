"""What is told of a row of towns is told of each of them, however the row is written."""

from __future__ import annotations

from typing import Any

import pytest

from . import told

CONTEXT = told.context(published="2024-06-20")
TOLD = told.battery("rows_told")


@pytest.mark.parametrize(("frame", "kind", "stage"), TOLD["frames"], ids=str)
def test_it_is_told_of_each_town_of_a_row(frame: str, kind: str, stage: str) -> None:
    wrong: dict[str, Any] = {}
    for nominative, accusative, towns in TOLD["rows"]:
        text = frame.format(n=nominative, a=accusative)
        found = set(told.events(text, CONTEXT))
        if found != {(town, kind, stage) for town in towns}:
            wrong[text] = sorted(found)
    assert not wrong, told.listed(wrong)

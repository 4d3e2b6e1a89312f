"""What a town's own page says of "us" and "the town" is told of it."""

from __future__ import annotations

import pytest

from . import told

TOLD = told.battery("told_at_home")
CONTEXT = told.context(url=TOLD["url"], published="2024-06-20")


@pytest.mark.parametrize(("state", "text"), [(state, text) for state in told.STATES for text in TOLD[state]])
def test_it_is_told_of_the_town_at_home(state: str, text: str) -> None:
    expected = told.STATES[state]
    assert told.events(text, CONTEXT) == ([("Mława", *expected)] if expected else [])

"""A second sentence tells of another town without saying what the first has said."""

from __future__ import annotations

import pytest

from . import told

CONTEXT = told.context(published="2024-06-20")
FIRST = "Mława przystąpiła do Związku Miast Polskich."


@pytest.mark.parametrize(("second", "step"), told.battery("told_behind"), ids=str)
def test_it_is_told_of_the_other_town(second: str, step: list[str] | None) -> None:
    found = set(told.events(f"{FIRST} {second}", CONTEXT))
    assert found == {("Mława", "accession", "admitted"), *([("Kutno", *step)] if step else [])}

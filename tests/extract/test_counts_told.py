"""How many members there are is told in many ways, of many sorts of members: each goes with each."""

from __future__ import annotations

import pytest

from . import told

CONTEXT = told.context()
TOLD = told.battery("counts_told")


def sample() -> list[tuple[str, str, str]]:
    """Each noun with some hedge, and each hedge with some noun."""
    nouns, hedges = TOLD["nouns"], TOLD["hedges"]
    return [(nouns[n % len(nouns)], *hedges[n % len(hedges)]) for n in range(max(len(nouns), len(hedges)) * 2 - 1)]


@pytest.mark.parametrize("frame", TOLD["frames"])
def test_every_sort_of_members_is_counted(frame: str) -> None:
    wrong = {
        text: found
        for noun, hedge, qualifier in sample()
        if (found := told.counts(text := frame.format(f"{hedge}358 {noun}"), CONTEXT)) != [(358, qualifier)]
    }
    assert not wrong, told.listed(wrong)


@pytest.mark.parametrize("frame", TOLD["nothing"])
def test_who_is_no_member_is_not_counted(frame: str) -> None:
    wrong = {
        text: found
        for noun, hedge, _ in sample()
        if "członk" not in noun and (found := told.counts(text := frame.format(f"{hedge}358 {noun}"), CONTEXT))
    }
    assert not wrong, told.listed(wrong)

"""How many members there are is told in many ways, of many sorts of members: each goes with each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from zmpwatch.extract import as_json, extract
from zmpwatch.model import Context, Text
from zmpwatch.register import load_association

CONTEXT = Context(load_association("zmp"))
TOLD: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "counts_told.yaml").read_text(encoding="utf-8"))


def counted(text: str) -> list[tuple[int, str]]:
    body = as_json(Text(text), extract(Text(text), CONTEXT))
    return [(count["value"], count["qualifier"]) for count in body["member_counts"]]


def sample() -> list[tuple[str, str, str]]:
    """Each noun with some hedge, and each hedge with some noun."""
    nouns, hedges = TOLD["nouns"], TOLD["hedges"]
    return [(nouns[n % len(nouns)], *hedges[n % len(hedges)]) for n in range(max(len(nouns), len(hedges)) * 2 - 1)]


@pytest.mark.parametrize("frame", TOLD["frames"])
def test_every_sort_of_members_is_counted(frame: str) -> None:
    wrong = {
        text: found
        for noun, hedge, qualifier in sample()
        if (found := counted(text := frame.format(f"{hedge}358 {noun}"))) != [(358, qualifier)]
    }
    assert not wrong, "\n".join(f"{text}  {found}" for text, found in wrong.items())


@pytest.mark.parametrize("frame", TOLD["nothing"])
def test_who_is_no_member_is_not_counted(frame: str) -> None:
    wrong = {
        text: found
        for noun, hedge, _ in sample()
        if "członk" not in noun and (found := counted(text := frame.format(f"{hedge}358 {noun}")))
    }
    assert not wrong, "\n".join(f"{text}  {found}" for text, found in wrong.items())

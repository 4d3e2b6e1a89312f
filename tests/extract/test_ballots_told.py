"""A ballot is told in many ways behind the step it was on: each goes with each step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from zmpwatch.extract import as_json, extract
from zmpwatch.model import Context, Text
from zmpwatch.register import load_association

CONTEXT = Context(load_association("zmp"))
TOLD: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "ballots_told.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("ballot", "votes"), TOLD["ballots"])
def test_a_ballot_is_read_behind_each_step(ballot: str, votes: list[int | None] | None) -> None:
    wrong: dict[str, Any] = {}
    for step, kind, stage in TOLD["steps"]:
        text = f"{step} {ballot}"
        events = as_json(Text(text), extract(Text(text), CONTEXT))["events"]
        expected = dict(zip(("for", "against", "abstain"), votes, strict=True)) if votes else None
        if [(e["municipality"], e["kind"], e["stage"], e["votes"]) for e in events] != [
            ("Mława", kind, stage, expected)
        ]:
            wrong[text] = [(e["municipality"], e["kind"], e["stage"], e["votes"]) for e in events]
    assert not wrong, "\n".join(f"{text}  {found}" for text, found in wrong.items())

"""A step's day is told in many ways, in its own sentence or behind it: each goes with each step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from zmpwatch.extract import as_json, extract
from zmpwatch.model import Context, Text
from zmpwatch.register import load_association

TOLD: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "days_told.yaml").read_text(encoding="utf-8"))
CONTEXT = Context(load_association("zmp"), published=TOLD["published"])


def events(text: str) -> list[tuple[str, str, str, str | None]]:
    body = as_json(Text(text), extract(Text(text), CONTEXT))
    return [(e["municipality"], e["kind"], e["stage"], e["date"]) for e in body["events"]]


@pytest.mark.parametrize(("day", "date"), TOLD["days"], ids=str)
def test_a_day_is_bound_to_each_step(day: str, date: Any) -> None:
    wrong: dict[str, Any] = {}
    for frame, kind, stage in (*TOLD["within"], *TOLD["behind"]):
        text = frame.format(day).replace(",.", ".").replace("..", ".")
        if (found := events(text)) != [("Mława", kind, stage, str(date) if date else None)]:
            wrong[text] = found
    assert not wrong, "\n".join(f"{text}  {found}" for text, found in wrong.items())

"""What is told of a row of towns is told of each of them, however the row is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from zmpwatch.extract import as_json, extract
from zmpwatch.model import Context, Text
from zmpwatch.register import load_association

CONTEXT = Context(load_association("zmp"), published="2024-06-20")
TOLD: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "rows_told.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("frame", "kind", "stage"), TOLD["frames"], ids=str)
def test_it_is_told_of_each_town_of_a_row(frame: str, kind: str, stage: str) -> None:
    wrong: dict[str, Any] = {}
    for nominative, accusative, towns in TOLD["rows"]:
        text = frame.format(n=nominative, a=accusative)
        body = as_json(Text(text), extract(Text(text), CONTEXT))
        found = {(event["municipality"], event["kind"], event["stage"]) for event in body["events"]}
        if found != {(town, kind, stage) for town in towns}:
            wrong[text] = sorted(found)
    assert not wrong, "\n".join(f"{text}  {found}" for text, found in wrong.items())

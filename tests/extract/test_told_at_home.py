"""What a town's own page says of "us" and "the town" is told of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from zmpwatch.extract import as_json, extract
from zmpwatch.model import Context, Text
from zmpwatch.register import load_association

from .test_events_told import STATES

TOLD: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "told_at_home.yaml").read_text(encoding="utf-8"))
CONTEXT = Context(load_association("zmp"), url=TOLD["url"], published="2024-06-20")


@pytest.mark.parametrize(("state", "text"), [(state, text) for state in STATES for text in TOLD[state]])
def test_it_is_told_of_the_town_at_home(state: str, text: str) -> None:
    body = as_json(Text(text), extract(Text(text), CONTEXT))
    expected = STATES[state]
    found = [(event["municipality"], event["kind"], event["stage"]) for event in body["events"]]
    assert found == ([("Mława", *expected)] if expected else [])

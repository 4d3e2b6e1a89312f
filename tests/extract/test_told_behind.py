"""A second sentence tells of another town without saying what the first has said."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from zmpwatch.extract import as_json, extract
from zmpwatch.model import Context, Text
from zmpwatch.register import load_association

CONTEXT = Context(load_association("zmp"), published="2024-06-20")
FIRST = "Mława przystąpiła do Związku Miast Polskich."
TOLD = yaml.safe_load((Path(__file__).parent / "told_behind.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("second", "told"), TOLD, ids=str)
def test_it_is_told_of_the_other_town(second: str, told: list[str] | None) -> None:
    text = Text(f"{FIRST} {second}")
    events = as_json(text, extract(text, CONTEXT))["events"]
    found = {(event["municipality"], event["kind"], event["stage"]) for event in events}
    assert found == {("Mława", "accession", "admitted"), *([("Kutno", *told)] if told else [])}

"""Facts retold by people who did not know the rules: each text is read as it says, with day, number and votes."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from zmpwatch.extract import as_json, extract
from zmpwatch.model import Text
from zmpwatch.service.extracting import context_of, default_association

RETOLD = Path(__file__).parent / "retold"


@cache
def items() -> tuple[Any, ...]:
    """All texts, in the order of their files."""
    return tuple(
        pytest.param(item, id=f"{bank.stem}-{number}")
        for bank in sorted(RETOLD.glob("*.yaml"))
        for number, item in enumerate(yaml.safe_load(bank.read_text(encoding="utf-8")), 1)
    )


@pytest.mark.parametrize("item", items())
def test_a_retold_fact_is_read(item: dict[str, Any]) -> None:
    text = Text(item["text"])
    context = context_of(default_association(), url=item.get("url"), published=item.get("published"))
    body = as_json(text, extract(text, context))
    events = [
        [e["municipality"], e["kind"], e["stage"], e["date"], e["resolution"], e["votes"] and list(e["votes"].values())]
        for e in body["events"]
    ]
    counts = [[c["value"], c["qualifier"], c["as_of"]] for c in body["member_counts"]]
    assert events == item.get("events", [])
    assert counts == item.get("counts", [])

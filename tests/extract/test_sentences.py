"""Banks of short texts, one construction each: every item states what its bank says, and nothing else."""

from __future__ import annotations

import zlib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from zmpwatch.extract import as_json, extract
from zmpwatch.model import Text
from zmpwatch.service.extracting import context_of, default_association

BANKS = Path(__file__).parent / "sentences"


@cache
def items() -> tuple[Any, ...]:
    """All items of all banks, read once for all tests that go through them."""
    return tuple(
        pytest.param(item, id=f"{bank.stem}-{number}")
        for bank in sorted(BANKS.glob("*.yaml"))
        for number, item in enumerate(yaml.safe_load(bank.read_text(encoding="utf-8")), 1)
    )


def one_in(each: int, turn: int) -> list[Any]:
    """One of so many items, another one in each turn; which they are does not depend on what else the banks hold."""
    return [p for p in items() if zlib.crc32(p.values[0]["text"].encode()) % each == turn % each]


@pytest.mark.parametrize("item", items())
def test_a_short_text_states_what_its_bank_says(item: dict[str, Any]) -> None:
    text = Text(item["text"])
    context = context_of(default_association(), url=item.get("url"), published=item.get("published"))
    body = as_json(text, extract(text, context))
    events = [[e["municipality"], e["kind"], e["stage"], e["date"]] for e in body["events"]]
    counts = [[c["value"], c["qualifier"]] for c in body["member_counts"]]
    votes = [e["votes"] and [e["votes"][v] for v in ("for", "against", "abstain")] for e in body["events"]]
    assert sorted(map(str, events)) == sorted(map(str, item.get("events", [])))
    assert "votes" not in item or votes == item["votes"]
    assert "resolutions" not in item or [e["resolution"] for e in body["events"]] == item["resolutions"]
    assert sorted(map(str, counts)) == sorted(map(str, item.get("counts", [])))
    assert "as_of" not in item or [c["as_of"] for c in body["member_counts"]] == item["as_of"]


def test_every_bank_has_items_that_state_nothing() -> None:
    for bank in BANKS.glob("*.yaml"):
        known = yaml.safe_load(bank.read_text(encoding="utf-8"))
        assert any("events" not in item and "counts" not in item for item in known), bank.name

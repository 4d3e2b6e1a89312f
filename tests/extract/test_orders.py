"""Polish puts its constituents in any order: a sentence states the same in each of them."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
import yaml

from zmpwatch.extract import as_json, extract
from zmpwatch.model import Context, Text
from zmpwatch.register import load_association

CONTEXT = Context(load_association("zmp"), published="2024-06-20")


def sentences() -> list[Any]:
    return [
        pytest.param(item, id=f"{bank.stem}-{number}")
        for bank in sorted((Path(__file__).parent / "orders").glob("*.yaml"))
        for number, item in enumerate(yaml.safe_load(bank.read_text(encoding="utf-8")), 1)
    ]


def written(parts: tuple[str, ...]) -> str:
    text = " ".join(parts)
    return text[0].upper() + text[1:] + ("" if text.endswith(".") else ".")


def stated(text: str) -> list[tuple[Any, ...]]:
    body = as_json(Text(text), extract(Text(text), CONTEXT))
    counts = [(count["value"], count["qualifier"], count["as_of"]) for count in body["member_counts"]]
    events = [(event["municipality"], event["kind"], event["stage"], event["date"]) for event in body["events"]]
    return sorted(counts + events, key=str)


@pytest.mark.parametrize("item", sentences())
def test_each_order_states_the_same(item: dict[str, Any]) -> None:
    facts = [*item.get("counts", []), *item.get("events", [])]
    expected = sorted(((*fact, str(day) if day else None) for *fact, day in facts), key=str)
    wrong = {
        text: found
        for order in itertools.permutations(map(str, item["parts"]))
        if (found := stated(text := written(order))) != expected
    }
    assert not wrong, "\n".join(f"{text}  {found}" for text, found in wrong.items())

"""A matrix of verbs and frames: every sentence that its tables make is read as they say."""

from __future__ import annotations

from typing import Any

import pytest

from zmpwatch.extract import as_json, extract
from zmpwatch.model import Text
from zmpwatch.service.extracting import context_of, default_association

from .paradigm import Cell, cells, table, verbs


def stated(cell: Cell) -> list[tuple[str, str, str, str | None]]:
    text = Text(cell.text)
    body = as_json(text, extract(text, context_of(default_association(), url=cell.url, published=None)))
    return [(e["municipality"], e["kind"], e["stage"], e["date"]) for e in body["events"]]


@pytest.mark.parametrize("verb", [pytest.param(verb, id=name) for name, verb in verbs()])
def test_every_cell_of_a_verb_states_what_its_frame_says(verb: dict[str, Any]) -> None:
    told = list(cells(verb))
    assert any(cell.states for cell in told)
    assert any(not cell.states for cell in told)
    wrong = [
        f"{cell.text}\n    states {stated(cell)}, should state {list(cell.states)}"
        for cell in told
        if sorted(map(str, stated(cell))) != sorted(map(str, cell.states))
    ]
    assert not wrong, f"{len(wrong)} of {len(told)} cells\n" + "\n".join(wrong)


def test_every_frame_is_made_with_some_verb() -> None:
    made = {cell.frame for _, verb in verbs() for cell in cells(verb)}
    assert [frame["text"] for frames in table("frames").values() for frame in frames if frame["text"] not in made] == []


@pytest.mark.parametrize("verb", [pytest.param(verb, id=name) for name, verb in verbs()])
def test_every_form_in_a_table_is_asked_for_by_a_frame(verb: dict[str, Any]) -> None:
    asked = " ".join(frame["text"] for name in verb["frames"] for frame in table("frames")[name]) + " {stage}"
    known = {name for name in verb if name not in ("kind", "frames")}
    assert {name for name in known if f"{{{name}}}" not in asked and f"{{{name}:" not in asked} == set()

"""Batteries: ways of telling kept beside the tests, each tried with every other that it goes with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from zmpwatch.extract import as_json, extract
from zmpwatch.model import Context, Text
from zmpwatch.register import load_association

FOLDER = Path(__file__).parent
STEP = ("municipality", "kind", "stage")
STATES = {
    "member": ("accession", "member"),
    "admitted": ("accession", "admitted"),
    "resolved": ("accession", "resolved"),
    "rejected": ("accession", "rejected"),
    "proposed": ("accession", "proposed"),
    "left": ("withdrawal", "admitted"),
    "nothing": None,
}
"""What is stated of a town, by what the batteries call it."""


def battery(name: str) -> Any:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def context(**known: Any) -> Context:
    """A page of which so much is known, read for the association of Polish cities."""
    return Context(load_association("zmp"), **known)


def events(text: str, known: Context, *besides: str) -> list[tuple[Any, ...]]:
    """Of each event who takes which step and how far, and these other keys."""
    return [tuple(event[key] for key in (*STEP, *besides)) for event in _stated(text, known)["events"]]


def counts(text: str, known: Context) -> list[tuple[int, str]]:
    return [(count["value"], count["qualifier"]) for count in _stated(text, known)["member_counts"]]


def _stated(text: str, known: Context) -> dict[str, Any]:
    content = Text(text)
    return as_json(content, extract(content, known))


def listed(wrong: dict[str, Any]) -> str:
    """Texts that are read wrong, with what was found in each."""
    return "\n".join(f"{text}  {found}" for text, found in wrong.items())

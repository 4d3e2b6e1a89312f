"""Case folders: a document, what is known of its page, and what it states."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from zmpwatch.extract import as_json, extract
from zmpwatch.model import Context, Text
from zmpwatch.register import load_association, load_register

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    name: str
    content: str
    context: Context
    expected: dict[str, Any]


def load(name: str) -> Case:
    folder = FOLDER / name
    known = yaml.safe_load((folder / "context.yaml").read_text(encoding="utf-8"))
    teryt = known.get("municipality")
    context = Context(
        load_association(known["association"]),
        url=known.get("url"),
        published=known.get("published"),
        municipality=load_register().by_teryt(teryt) if teryt else None,
        family=known.get("family"),
    )
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return Case(name, (folder / "document.txt").read_text(encoding="utf-8"), context, expected)


def names() -> list[str]:
    return sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir())


def facts(content: str, context: Context) -> dict[str, list[str]]:
    """What a text states, without places and rules, in a fixed order."""
    text = Text(content)
    return bare(as_json(text, extract(text, context)))


def bare(body: dict[str, Any]) -> dict[str, list[str]]:
    counts = [{key: count[key] for key in ("value", "qualifier", "as_of")} for count in body["member_counts"]]
    keys = ("municipality", "kind", "stage", "date", "resolution", "votes")
    events = [{key: event[key] for key in keys} for event in body["events"]]
    return {
        "member_counts": sorted(json.dumps(c, ensure_ascii=False) for c in counts),
        "events": sorted(json.dumps(e, ensure_ascii=False) for e in events),
    }

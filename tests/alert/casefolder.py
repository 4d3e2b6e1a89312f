"""Reads the case folders: changes.yaml holds the changes, expected.* the messages."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from zmpwatch.alert.message import Message
from zmpwatch.model import Change, ChangeKind, Evidence, Reconciliation

from .towns import TOWNS

CASES = Path(__file__).with_name("cases")
COPY = "3f2a9c01b2d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e"


class _Loader(yaml.SafeLoader):
    """YAML whose dates stay text, as they are in a change's JSON."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(case: Path) -> list[Change]:
    """The changes of a case, numbered from 1 as a store would."""
    raw = yaml.load((case / "changes.yaml").read_text("utf-8"), _Loader)
    return [change(number, item, raw["at"]) for number, item in enumerate(raw["changes"], 1)]


def change(number: int, item: dict[str, Any], at: str) -> Change:
    teryt = item.get("teryt")
    joined, left = tuple(item.get("joined", ())), tuple(item.get("left", ()))
    before, after = item.get("before", {}), item.get("after", {})
    kind = ChangeKind(item["kind"])
    return Change(
        kind=kind,
        at=datetime.fromisoformat(item.get("at", at)),
        dedup_key=f"{kind}:{number}",
        teryt=teryt,
        municipality=item.get("municipality") or (TOWNS[teryt].name if teryt in TOWNS else None),
        site=item.get("site"),
        before=before,
        after=after,
        evidence=tuple(
            Evidence(
                url=e["url"],
                quote=e["quote"],
                archived=e.get("archived", COPY),
                site=e["site"],
                seen_at=datetime.fromisoformat(e.get("seen_at", at)),
            )
            for e in item.get("evidence", ())
        ),
        reconciliation=(
            Reconciliation(before["members"], after["members"], joined, left)
            if kind is ChangeKind.COUNT_CHANGED and before.get("members") is not None
            else None
        ),
        id=number,
    )


def shown(message: Message) -> str:
    """A message as it is kept in expected.*.txt."""
    return f"{message.subject}\n\n{message.text}"

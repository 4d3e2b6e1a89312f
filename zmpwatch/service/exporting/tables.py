"""What is exported: each view with its rows and the meaning of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from zmpwatch.store import Store

__all__ = ["Column", "ExportedTable", "exported_tables"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `type` is ``text``, ``integer``, ``date`` (ISO, cut to what is known), ``time`` or ``json``."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True, slots=True)
class ExportedTable:
    """One view, read whole."""

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Any]]


def exported_tables(store: Store) -> list[ExportedTable]:
    """The five views as they stand at one moment."""
    import yaml

    content = (files(__package__) / "dictionary.yaml").read_text(encoding="utf-8")
    dictionary: dict[str, Any] = yaml.safe_load(content)
    wanted = {name: tuple(view["columns"]) for name, view in dictionary.items()}
    rows = store.views(wanted)
    return [
        ExportedTable(
            name,
            view["about"],
            tuple(Column(column, told["type"], told["meaning"]) for column, told in view["columns"].items()),
            rows[name],
        )
        for name, view in dictionary.items()
    ]

"""What a document reader hands over from its child process: plain data that JSON can carry."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from zmpwatch.model import BlockKind

__all__ = ["Pieces"]


@dataclass(slots=True)
class Pieces:
    """Paragraphs of a document in order: kind, text and whether it is a running header or footer."""

    pieces: list[tuple[BlockKind, str, bool]] = field(default_factory=list)
    title: str | None = None
    notes: list[str] = field(default_factory=list)
    scanned: list[int] = field(default_factory=list)
    """Numbers of pages that are pictures and were read by nobody, from 1."""

    def as_json(self) -> dict[str, Any]:
        """The form `from_json` reads."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Any) -> Pieces:
        """Checked piece by piece: the child has read hostile bytes, so its answer is not trusted either.

        Raises:
            ValueError: Anything is not of its type.
        """
        if not isinstance(data, dict) or set(data) != {"pieces", "title", "notes", "scanned"}:
            raise ValueError("an answer with other keys")
        title, notes = data["title"], data["notes"]
        if not (title is None or isinstance(title, str)) or not isinstance(data["pieces"], list):
            raise ValueError("an answer of other types")
        if not isinstance(notes, list) or not all(isinstance(note, str) for note in notes):
            raise ValueError("notes that are no text")
        scanned = data["scanned"]
        if not isinstance(scanned, list) or not all(type(number) is int for number in scanned):
            raise ValueError("pages that are no numbers")
        pieces: list[tuple[BlockKind, str, bool]] = []
        for piece in data["pieces"]:
            match piece:
                case [str(kind), str(text), bool(boilerplate)]:
                    pieces.append((BlockKind(kind), text, boilerplate))
                case _:
                    raise ValueError("a piece of another form")
        return cls(pieces, title, notes, scanned)

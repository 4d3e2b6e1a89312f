"""Blocks to one text: where separators go, and what the offsets count."""

from __future__ import annotations

from collections.abc import Iterable

from zmpwatch.model import Block, BlockKind

__all__ = ["assemble"]

_CLOSE = frozenset({BlockKind.LIST_ITEM, BlockKind.TABLE_ROW})


def assemble(pieces: Iterable[tuple[BlockKind, str, bool]]) -> tuple[str, tuple[Block, ...]]:
    """Content and blocks of a text.

    Blocks are a blank line apart; items of one list and rows of one table follow each other line by line.

    Args:
        pieces: Kind, text and whether it is boilerplate, in document order; empty texts are passed over.
    """
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    before: BlockKind | None = None
    for kind, text, boilerplate in pieces:
        if not text:
            continue
        if before is not None:
            separator = "\n" if kind is before and kind in _CLOSE else "\n\n"
            parts.append(separator)
            at += len(separator)
        parts.append(text)
        blocks.append(Block(kind, at, at + len(text), boilerplate))
        at += len(text)
        before = kind
    return "".join(parts), tuple(blocks)

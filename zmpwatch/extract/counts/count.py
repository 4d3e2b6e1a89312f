"""One count of members, on its way to a statement."""

from __future__ import annotations

from dataclasses import dataclass

from zmpwatch.model import Qualifier

__all__ = ["Count"]


@dataclass(frozen=True, slots=True)
class Count:
    """A count found, with offsets in the clean text."""

    value: int
    qualifier: Qualifier
    as_of: str | None
    start: int
    end: int
    rule: str
    confidence: float

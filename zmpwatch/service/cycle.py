"""One run of visits: what is told together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from zmpwatch.model import Change, Purpose, Visit

__all__ = ["Cycle"]


@dataclass(slots=True)
class Cycle:
    """One run: what belongs together, and what came of it."""

    name: str
    started: datetime
    visits: list[Visit] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    statements: int = 0

    @property
    def verdicts(self) -> dict[str, int]:
        """How many routine visits ended how."""
        counted = Counter(str(visit.verdict) for visit in self.visits if visit.purpose is Purpose.ROUTINE)
        return dict(sorted(counted.items()))

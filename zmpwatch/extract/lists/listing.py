"""What layout told, on its way to statements."""

from __future__ import annotations

from dataclasses import dataclass

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.counts.count import Count

__all__ = ["Listing"]


@dataclass(slots=True)
class Listing:
    """What layout told: counts, events, and the segments they used up."""

    counts: list[Count]
    events: list[Event]
    used: set[int]

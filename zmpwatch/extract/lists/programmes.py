"""What a list of promises holds: "Program wyborczy kandydatki: 1. żłobek, 2. Węgliniec w Związku Miast Polskich"."""

from __future__ import annotations

from dataclasses import dataclass

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.lists.listing import Listing
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import BlockKind, EventKind, Stage

__all__ = ["ProgrammeReader"]

_PROMISES = lazy(
    r"(?<!\w)(?:program\w{0,3}\s+(?:wyborcz|kandydat|komitet)\w*|obietnic\w*|(?:moje|nasze|glowne)\s+(?:cele|postulaty|plany|priorytety)|postulat\w*|zamierzeni\w+|priorytety|co\s+(?:zrobi|zmieni)(?:my|e|a)?)(?!\w)",
    *("program", "obietnic", "=cele", "=plany", "postulat", "zamierzeni", "priorytety", "zrobi", "zmieni"),
)
_INSIDE = lazy(r"\s+we?\s+\"?")
_ENDS = lazy(r"\"?[\s.,;!]*\Z")
_MOST_ABOVE = 12
"""How many items may stand above one."""


@dataclass(slots=True)
class ProgrammeReader:
    """Reads the items of such lists in one document."""

    reading: Reading

    def read(self, listing: Listing) -> None:
        """Add what is promised."""
        parts = self.reading.parts
        for index, part in enumerate(parts):
            bodies = self.reading.ours(part.start, part.end) if part.kind is BlockKind.LIST_ITEM else []
            if not bodies or _ENDS.match(self.reading.clean.folded[bodies[-1].end : part.end]) is None:
                continue
            town = next((t for t in self.reading.towns if t.start == part.body), None)
            if town is None or not town.nominative or town.role != Role.PLAIN or not self._promised(index):
                continue
            if _INSIDE.fullmatch(self.reading.clean.folded, town.end, bodies[0].start):
                actor = Actor(town.name, town.municipality)
                join, plan = EventKind.ACCESSION, Stage.PROPOSED
                listing.events.append(
                    Event(actor, join, plan, part.start, part.end, town.start, "list.promise", 0.7, weak=True)
                )

    def _promised(self, index: int) -> bool:
        """Whether the line over the list of an item says that it is one of promises."""
        for above in reversed(self.reading.parts[max(0, index - _MOST_ABOVE) : index]):
            if above.kind is not BlockKind.LIST_ITEM:
                return _PROMISES.search(self.reading.clean.folded, above.start, above.end) is not None
        return False

"""Facts told by layout, without a verb: counters, cards, member lists, and lists of the bodies a town belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from zmpwatch.extract.counts.counters import CounterReader
from zmpwatch.extract.lists.cards import CardReader
from zmpwatch.extract.lists.changes import ChangeReader
from zmpwatch.extract.lists.listing import Listing
from zmpwatch.extract.lists.memberlists import MemberListReader
from zmpwatch.extract.lists.organisations import OrganisationReader
from zmpwatch.extract.lists.programmes import ProgrammeReader
from zmpwatch.extract.structure.reading import Reading

__all__ = ["ListReader", "Listing"]


@dataclass(slots=True)
class ListReader:
    """Reads the layout of one document."""

    reading: Reading

    def read(self) -> Listing:
        """All that layout tells."""
        listing = Listing([], [], set())
        CounterReader(self.reading).read(listing)
        CardReader(self.reading).read(listing)
        MemberListReader(self.reading).read(listing)
        OrganisationReader(self.reading).read(listing)
        ChangeReader(self.reading).read(listing)
        ProgrammeReader(self.reading).read(listing)
        return listing

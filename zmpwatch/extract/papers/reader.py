"""Council papers: which reader a paper goes to."""

from __future__ import annotations

from dataclasses import dataclass

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.papers.boardacts import BoardActReader
from zmpwatch.extract.papers.kinds import Paper
from zmpwatch.extract.papers.minutes import MinutesReader
from zmpwatch.extract.papers.resolutions import ResolutionReader
from zmpwatch.extract.structure.reading import Reading

__all__ = ["PaperReader"]


@dataclass(slots=True)
class PaperReader:
    """Reads one council paper."""

    reading: Reading

    def events(self) -> list[Event]:
        """Events of a resolution, a draft, or the items of minutes; other papers give none here."""
        by_board = BoardActReader(self.reading).events()
        if by_board is not None:
            return by_board
        if self.reading.paper in (Paper.RESOLUTION, Paper.DRAFT):
            return ResolutionReader(self.reading).events()
        if self.reading.paper is Paper.MINUTES:
            return MinutesReader(self.reading).events()
        return []

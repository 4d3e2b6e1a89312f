"""What the remarks in a row of a register say became of its matter: adopted, refused, taken off, taken effect."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.papers.acts import Act
from zmpwatch.extract.structure.layout import Segment
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.votes.ballots import Ballot
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import Stage

__all__ = ["RowRemarks"]

_PAPERS = r"(?:skladk|stawk|budzet|uchwal|sprawozdan|protok|informac|dokumen|plan)"
_NO_PAPER = rf"(?:(?!{_PAPERS})[^|\t;.]|(?<=\sr)\.)"
_BOARD_TOOK = lazy(
    rf"(?<!\w)zarzad\w*(?!\w){_NO_PAPER}{{0,60}}?(?<!\w)(?<!\bnie\s)(?:przyj(?:al|ela|eto)|zosta\w+\s+przyjet\w+|przyjet\w+\s+zosta\w+)(?!\w)"
    rf"(?!\s+(?:do\s+wiadomosci|(?:\w+\s+)?{_PAPERS}))"
    r"|(?<!\w)(?:na\s+mocy|moca|wskutek|w\s+wyniku|po|na\s+podstawie)?\s?(?:decyzj|uchwal)\w{1,2}\s+zarzadu(?!\w)(?:(?!\bnie\s)[^|\t;.]){0,60}?(?<!\w)(?:jest|znajduje\s+sie|figuruje|zosta\w+|stal[aoy]?\s+sie|nalezy)(?!\w)[^|\t;.]{0,30}?(?<!\w)(?:czlonk\w+|nalezy\s+do\s+\w+)"
    r"|(?<!\w)(?:zwiazek(?:\s+miast\s+polskich)?|zmp)\s+przyjal\s+(?:gmine|miasto|nas|ja|je)(?!\w)"
    r"|(?<!\w)przyjet\w+\s+(?:[\w.]+\s+){0,6}?(?:przez\s+zarzad|w\s+poczet|do\s+(?:grona|zwiazku|zmp))"
)
_ENDED = lazy(
    r"(?<!\w)(?:przestal\w*\s+(?:\w+\s+)?byc\s+czlonkiem|czlonkostwo\s+(?:\w+\s+)?(?:ustalo|wygaslo|zakonczon\w|zakonczylo)|(?:ustalo|wygaslo)\s+czlonkostwo|(?<!\bnie\s)(?:skreslon\w|wykreslon\w)\s+z\s+(?:listy|rejestru|zwiazku|zmp))(?!\w)",
    *("przestal", "ustalo", "wygaslo", "zakonczon", "zakonczyl", "kreslon"),
)
"""Behind a resolution to leave: "wypowiedzenie wysłano, z dniem 31 października gmina przestała być członkiem"."""
_FROM_THEN = lazy(r"(?<!\w)(?:z\s+(?:dniem|koncem)|od|od\s+dnia)\s+$")
_REFUSED = lazy(
    r"(?<!\w)(?:nie\s+(?:zostal\w*\s+)?(?:podje\w+|przyje\w+|uchwal\w+|uzyska\w+)|niepodje\w+|nieprzyje\w+|odrzuc\w+|upad[lh]\w*|przepad\w+)"
)
_REMOVED = lazy(
    r"(?<!\w)(?:wycof\w+|zdje[ct]\w*|odeslan\w*|odroczon\w*|przelozon\w*|skierowan\w+\s+do\s+komisj|bez\s+rozpatrzenia|nierozpatrzon\w*)"
)
_ADOPTED = lazy(r"(?<!\w)(?:podje(?:to|ta|te|ty|cie)|przyje(?:to|ta|te|ty)|uchwalon\w+|przeglosowan\w+)(?!\w)")
_OPINION = lazy(r"(?<!\w)opini[ai]\w*\s+(?:pozytywn|negatywn)")
_OF_RESOLUTIONS = lazy(
    r"(?<!\w)(?:rejestr\w*|wykaz\w*|spis\w*|skorowidz\w*|zestawieni\w*|ewidencj\w*|zbior\w*|indeks\w*|podjet\w+)\s+(?:\w+\s+){0,4}?(?:uchwal\w*|glosowan\w*)|uchwaly\s+(?:podjete|rady)"
)
_OF_DRAFTS = lazy(
    r"(?<!\w)projekt\w*\s+uchwal|druk\w*\s+sesyjn|(?<!\w)(?:materialy|pakiet\w?|zestaw\w?|projekty)\s+(?:\w+\s+)?(?:na|do|pod|przed)\s+(?:[\w.]+\s+){0,2}sesj",
    *("projekt", "druk", "material", "pakiet", "zestaw"),
)
_CARD_OF_DRAFT = lazy(r"(?<!\w)(?:karta\s+(?:procedowania|projektu|uzgodnien)|projektodawca|planowana\s+sesja)(?!\w)")
_STATUS_DRAFT = lazy(
    r"(?<!\w)(?:status|stan|rodzaj|typ|etap)(?:\s+\w+)?\s?:\s*(?:projekt|w\s+(?:toku|opracowaniu|komisj\w+|opiniowaniu|konsultacj\w+|trakcie)|opiniowan|konsultowan|oczekuj|zlozon|zgloszon|skierowan)"
)
_A_DRAFT = lazy(r"\s*[-:|,(]\s*projekt(?:\s+uchwal\w{1,2})?(?:\s+(?:nr\s+)?\d{1,3})?\s*(?:[)|;.\n]|$)")
_HEAD, _LEAD = 600, 40
_NEXT_CELL = re.compile(r"[|\t]")


@dataclass(slots=True)
class RowRemarks:
    """Reads the remarks of rows of one document."""

    reading: Reading

    def stage(self, after: str, own: Act | None, ballot: Ballot | None, part: Segment) -> Stage | None:
        """How far a row's matter has come, by what stands behind it, its number, and what the register is one of."""
        head = self.reading.clean.folded[:_HEAD]
        lead = self.reading.clean.folded[part.start : part.start + _LEAD]
        if _STATUS_DRAFT.search(after) and ballot is None:
            return Stage.PROPOSED
        if (_OPINION.search(after) or _A_DRAFT.match(after)) and own is None:
            return Stage.PROPOSED
        if _REFUSED.search(after) or (ballot is not None and ballot.carried is False):
            return Stage.REJECTED
        if _REMOVED.search(after) and ballot is None and own is None:
            return Stage.PROPOSED
        if own is not None or _ADOPTED.search(after) or (ballot is not None and ballot.carried):
            return Stage.RESOLVED
        if _OF_DRAFTS.search(head) or _CARD_OF_DRAFT.search(head) or lead.startswith("projekt"):
            return Stage.PROPOSED
        return Stage.RESOLVED if _OF_RESOLUTIONS.search(head) else None

    def was_not_passed(self, part: Segment) -> bool:
        """Whether a row says that its matter was refused or taken off."""
        folded = self.reading.clean.folded
        return any(no.search(folded, part.start, part.end) is not None for no in (_REFUSED, _REMOVED))

    def board_took(self, start: int, end: int) -> tuple[str | None] | None:
        """The day of the board's admission, or that it has none, where a remark tells of it; else nothing."""
        told = _BOARD_TOOK.search(self.reading.clean.folded, start, end)
        if told is None:
            return None
        days = self._days_of_cell(told.start(), end) or self._since_when(start, told.start())
        return (days[0].iso if len(days) == 1 else None,)

    def _since_when(self, start: int, told: int) -> list[DateMention]:
        """The day told before the board: "od 23 kwietnia, na mocy decyzji Zarządu, gmina jest członkiem"."""
        folded = self.reading.clean.folded
        days = [d for d in self.reading.dates if start <= d.start < told and d.day is not None]
        since = days[-1:] if days and re.search(r"[|\t;.]", folded[days[-1].end : told]) is None else []
        return [d for d in since if _FROM_THEN.search(folded[max(start, d.start - 14) : d.start])]

    def ended(self, start: int, end: int) -> tuple[str | None] | None:
        """The day on which a membership ended, or that none is told, where a remark says so; else nothing."""
        folded = self.reading.clean.folded
        told = _ENDED.search(folded, start, end)
        if told is None:
            return None
        cells = [match.end() for match in _NEXT_CELL.finditer(folded, start, told.start())]
        days = self._days_of_cell(cells[-1] if cells else start, end)
        effective = [d for d in days if _FROM_THEN.search(folded[max(start, d.start - 14) : d.start])]
        chosen = effective or days
        return (chosen[0].iso if len(chosen) == 1 else None,)

    def _days_of_cell(self, start: int, end: int) -> list[DateMention]:
        """The days between a place and the end of its cell."""
        cell = _NEXT_CELL.split(self.reading.clean.folded[start:end])[0]
        return [d for d in self.reading.dates if start <= d.start < start + len(cell) and d.day is not None]

"""What a calendar of the board notes by nouns alone: "14 II – Zarząd: przyjęcie A i B, skreślenie miasta C"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.binding.sittings import board_sat
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.papers.kinds import Paper
from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.entries import told_as_past
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage

__all__ = ["NotedReader"]

_TAKING_IN = lazy(
    r"(?<!\w)przyjeci[eua]\s+(?:(?:do\s+\"?(?:zwiazku(?:\s+miast\s+polskich)?|zmp|organizacji|grona\s+\w+)\"?|w\s+poczet\s+\w+"
    r"|(?:nowych|kolejnych|dwoch|trzech|czterech|pieciu)(?:\s+\w+)?|czlonkow|miast[ao]?|gmin[ay]?)[\s:(-]+){0,4}",
    "przyjeci",
)
_STRIKING_OFF = lazy(
    r"(?<!\w)(?:(?:wy|s)kresleni[eua]|wystapienie|wyjscie|odejscie|rezygnacja)\s+(?:ze?\s+(?:(?:listy|grona|rejestru)\s+)?"
    r"(?:czlonk\w+|miast\s+czlonk\w+|\"?zwiazku(?:\s+miast\s+polskich)?\"?|zmp)\s+)?(?:miast[ao]?\s+|gmin[ay]?\s+)?",
    *("kresleni", "wystapienie", "wyjscie", "odejscie", "rezygnacja"),
)
_OF_THE_BOARD = lazy(r"(?<!\w)zarzad(?:u|em)?(?!\w)[^.]{0,120}$")
_PLANNED = lazy(r"(?<!\w)(?:nie|projekt\w*|planowan\w*|propozycj\w*|przewidzian\w*|rozpatrzeni\w+|wnios\w+\s+o)(?!\w)")
_DEALT_WITH = lazy(
    r"(?<!\w)(?:znalaz\w+\s+sie|bylo|byly|dotyczyl\w+)\s+(?:(?:tez|takze|rowniez|m\.\s?in\.|ponadto)\s+)?(?=przyjecie\s)",
    "=przyjecie",
)
"""What a sitting dealt with: "wśród spraw bieżących znalazło się przyjęcie X"."""
_BEGINS_ITEM = lazy(r"\W*(?:\d+\W+|[a-z]\W+)?(?:(?:o|w\s+sprawie)\s+)?(?:przyjeci[eua]|(?:wy|s)kresleni[eua])(?!\w)")
_BOARDS_DECISIONS = lazy(
    r"(?<!\w)zarzad\w{0,3}(?!\w).{0,80}(?:decyzj|uchwal|ustaleni|postanowieni|rozstrzygni)\w*|(?:decyzj|uchwal|ustaleni|postanowieni|rozstrzygni)\w*\s.{0,40}(?<!\w)zarzadu(?!\w)"
    r"|\A\W*z\s+(?:prac|obrad|posiedzeni\w)\s+zarzadu(?!\w)",
    "zarzad",
)
_TO_COME = lazy(r"(?<!\w)(?:porzad\w+|program|plan\w*|projekt\w*|propozycj\w+|odbedzie|zwolan\w+)(?!\w)")
_MOST_ITEMS = 20
_LABEL = 14
"""How far from its beginning the day of an entry may stand."""


@dataclass(slots=True)
class NotedReader:
    """Reads entries of calendars that tell what the board did without a verb."""

    NEEDS: ClassVar[int] = signs_of(_TAKING_IN, _STRIKING_OFF)
    discourse: Discourse

    def events(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """Towns taken in, or struck off; the nouns used up are added to `handled`."""
        sat = self._at_its_sitting(sentence)
        titled = sat or self._below_its_title(sentence)
        if titled is None and not self._is_entry(sentence):
            return
        for pattern, kind in ((_TAKING_IN, EventKind.ACCESSION), (_STRIKING_OFF, EventKind.WITHDRAWAL)):
            for match in pattern.finditer(sentence.folded):
                start, end = sentence.start + match.start(), sentence.start + match.end()
                board = _OF_THE_BOARD.search(self.discourse.reading.clean.folded, sentence.segment.start, start)
                if board is None and titled is None:
                    continue
                if self.discourse.topic(sentence, start) is not BodyKind.OURS:
                    continue
                towns = [t for t in sentence.towns if start < t.start <= end < t.end and t.role != Role.PLACE]
                named = [t for t in self.discourse.rows.tail(sentence, towns) if t.end > end]
                for actor in self.discourse.actors(named):
                    event = Event.told(actor, kind, Stage.ADMITTED, sentence, start, "sentence.noted", 0.85)
                    event.date = sat.iso if sat is not None else None
                    self.discourse.binder.bind(event, sentence, Clause(sentence.start, sentence.end))
                    event.date = event.date or (titled.iso if titled is not None else None)
                    yield event
                if named:
                    handled.add(start)

    def _at_its_sitting(self, sentence: Sentence) -> DateMention | None:
        """As in "Zarząd spotkał się 10 maja. Wśród spraw było przyjęcie X": the day of the sitting told before."""
        if _DEALT_WITH.search(sentence.folded) is None or _PLANNED.search(sentence.folded):
            return None
        return board_sat(self.discourse.reading, sentence)

    def _below_its_title(self, sentence: Sentence) -> DateMention | None:
        """The day of a title over a list of what the board decided, where the note begins an item of that list."""
        reading = self.discourse.reading
        if not sentence.segment.level or reading.paper is Paper.AGENDA or _PLANNED.search(sentence.folded):
            return None
        if _BEGINS_ITEM.match(sentence.folded) is None:
            return None
        for earlier in reversed(reading.before(sentence, _MOST_ITEMS)):
            if earlier.segment.level:
                continue
            days = [d for d in earlier.dates if d.day is not None and d.iso is not None]
            told = _BOARDS_DECISIONS.search(earlier.folded) is not None and _TO_COME.search(earlier.folded) is None
            return days[0] if told and len(days) == 1 else None
        return None

    def _is_entry(self, sentence: Sentence) -> bool:
        """Whether a sentence begins with its day, and what it tells is done."""
        if self.discourse.reading.paper is Paper.AGENDA or _PLANNED.search(sentence.folded):
            return False
        dated = any(d.day is not None and d.start - sentence.start < _LABEL for d in sentence.dates)
        return dated or told_as_past(self.discourse.reading, sentence)

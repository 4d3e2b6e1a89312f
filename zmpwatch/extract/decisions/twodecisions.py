"""The other of two decisions on one step: "Pierwszą taką uchwałę podjęto w 1993 r.", "po raz drugi w maju"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.binding.matters import ANOTHER_MATTER
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.decisions.verdicts import refuses
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.matters import A_STEP
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import Stage

__all__ = ["TwoDecisionsReader"]

_DID_SO = (
    r"(?:(?:z|u)(?:robi|czyni)l[aio]\s+to|(?:zrobiono|uczyniono)\s+to"
    r"|zdecydowa(?:l[aio]?|no)\s+o\s+(?:tym|nim)|podje(?:l[aio]|to)\s+taka\s+uchwale)"
)
_THEN = r"(?:(?:juz|dopiero|w|we|dnia|dniu|jeszcze|na|sesji|roku)\s+|,\s+){0,4}"
_STEP = rf"(?:o|w\s+sprawie)\s+(?:\w+\s+)?(?:{A_STEP})\w*"
_OTHER_TIME = lazy(
    rf"(?<!\w)po\s+raz\s+(?:pierwszy|drugi)\s+(?:(?:rada|radni|miasto|gmina)\s+)?{_DID_SO}[\s:,]+{_THEN}$"
    rf"|(?<!\w){_DID_SO}\s+po\s+raz\s+(?:pierwszy|drugi)[\s:,]+{_THEN}$"
    rf"|(?<!\w)(?:pierwsz|wczesniejsz|poprzedni)(?:a|e)\s+(?:taka\s+)?(?:uchwal|decyzj)[aei]\s+(?:{_STEP}\s+)?(?:(?:rada|radni)\s+)?"
    rf"(?:pochodzila|byla|nosila\s+date|zapadla|podje(?:la|li|to)|podpisano|przyje(?:la|li|to)|uchwali(?:la|li)|uchwalono)\s+(?:z\s+)?{_THEN}$",
    *("drugi", "pierwsz", "wczesniejsz", "poprzedni"),
)
"""Before the day of the other decision."""
_NEXT = 220
"""How many characters behind the one decision the other may be told."""


@dataclass(slots=True)
class TwoDecisionsReader:
    """Reads when a council had taken, or has taken again, the decision just told."""

    NEEDS: ClassVar[int] = signs_of(_OTHER_TIME)
    discourse: Discourse

    def events(self, sentence: Sentence, told: Sequence[Event], found: Sequence[Event]) -> Iterator[Event]:
        """The other decision, where the sentence tells its day and no other matter."""
        day = self._day(sentence)
        if day is None or "?" in sentence.text or sentence.has("refuse") or refuses(sentence.folded):
            return
        one = next((e for e in reversed([*found, *told]) if e.stage is Stage.RESOLVED and e.anchor < day.start), None)
        if one is None or sentence.start - one.end > _NEXT or one.date == day.iso:
            return
        first = self.discourse.reading.sentences[sentence.number - 1 if one.start < sentence.start else sentence.number]
        if any(b.kind is BodyKind.OTHER for s in (first, sentence) for b in s.bodies):
            return
        if any(t.name != one.actor.name for t in sentence.towns if t.role != Role.PLACE):
            return
        event = Event.told(one.actor, one.kind, Stage.RESOLVED, sentence, day.start, "sentence.twice", 0.75)
        event.date = day.iso
        event.resolution = next((a.number for a in self.discourse.reading.acts if a.date is day), None)
        yield event

    @staticmethod
    def _day(sentence: Sentence) -> DateMention | None:
        """The day, or the year, that words for the other decision lead to."""
        for day in sentence.dates:
            lead = sentence.slice(sentence.start, day.start)
            match = _OTHER_TIME.search(lead)
            if day.iso is not None and match is not None:
                return day if ANOTHER_MATTER.search(lead, match.start()) is None else None
        return None

"""Sentences of nothing but a town: "A należy do Związku. B też", "A przystąpiło w 2003 roku. B dopiero w 2005"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import Stage

__all__ = ["LONGEST_ELLIPSIS", "EllipsisReader"]

LONGEST_ELLIPSIS = 90
"""Characters of a sentence that may be one."""
_ALSO_FIRST = lazy(r"\W*(?:(?:takze|rowniez|tez|i|a|zas|podobnie)\s+)?(?:(?:sasiedni|pobliski)\w{1,2}\s+)?")
_ALSO = lazy(r"\W*(?:takze|rowniez|tez|podobnie)\s")
_ALSO_BEHIND = lazy(r"\s+(?:tez|takze|rowniez)(?:\s+(?:tak|w\s+nim\s+jest|tam\s+jest))?\s*[.!]?")
_THEN = r"(?:\s+-)?(?:\s+(?:juz|dopiero|takze|rowniez|tez|zas|natomiast|z\s+kolei|nieco|duzo|jeszcze))?\s+"
_TO_SINCE = lazy(rf"{_THEN}od\s+")
_TO_WHEN = lazy(rf"{_THEN}(?:w(?:\s+dniu)?\s+)?")
_ANOTHER_MATTER = lazy(r"[,;:(-]|(?<!\w)(?:i|oraz|a|ale|lecz|po|gdy|ktor\w+)(?!\w)")
"""Behind the association in the sentence before: it goes on with something else, which is what "też" takes up."""
_ENDS = lazy(r"\s*(?:r\.|roku)?\s*[.!]?")


@dataclass(slots=True)
class EllipsisReader:
    """Reads that what was told of one town just before is so of another, too."""

    discourse: Discourse

    def events(self, sentence: Sentence, found: Sequence[Event]) -> list[Event]:
        """The step or membership told last, of the towns that are all the sentence names."""
        first = sentence.towns[0]
        if not found or sentence.bodies or not self._heads(sentence, first):
            return []
        model = found[-1]
        if not self._ends_with(model, sentence):
            return []
        towns = self.discourse.rows.tail(sentence, [first])
        if len(towns) != len(sentence.towns) or not all(t.role == Role.PLAIN and t.nominative for t in towns):
            return []
        end = max(t.end for t in towns)
        day = self._day(sentence, end, model)
        if day is None and not self._as_well(sentence, first, end):
            return []
        events = []
        for actor in self.discourse.actors(towns):
            if actor.name != model.actor.name:
                event = Event.told(actor, model.kind, model.stage, sentence, sentence.start, "sentence.likewise", 0.7)
                event.date = day.iso if day is not None else None
                events.append(event)
        return events

    def _ends_with(self, model: Event, sentence: Sentence) -> bool:
        """Whether the sentence right before tells the step, and nothing else behind it."""
        before = self.discourse.reading.sentences[sentence.number - 1]
        if not sentence.number or not before.start <= model.start < before.end:
            return False
        ours = [body for body in before.bodies if body.kind is BodyKind.OURS]
        return bool(ours) and _ANOTHER_MATTER.search(before.slice(ours[-1].end, before.end)) is None

    @staticmethod
    def _heads(sentence: Sentence, first: Town) -> bool:
        return _ALSO_FIRST.fullmatch(sentence.slice(sentence.start, first.start)) is not None

    @staticmethod
    def _as_well(sentence: Sentence, first: Town, end: int) -> bool:
        """As in "Kutno też", "Także Kutno"."""
        rest = sentence.slice(end, sentence.end)
        if _ALSO_BEHIND.fullmatch(rest):
            return True
        return (
            _ALSO.match(sentence.slice(sentence.start, first.start)) is not None and _ENDS.fullmatch(rest) is not None
        )

    @staticmethod
    def _day(sentence: Sentence, end: int, model: Event) -> DateMention | None:
        """The only date, where it is all that is told of the towns: since when, or when."""
        if len(sentence.dates) != 1 or model.stage not in (Stage.MEMBER, Stage.ADMITTED, Stage.RESOLVED):
            return None
        day = sentence.dates[0]
        if day.start < end or day.iso is None or _ENDS.fullmatch(sentence.slice(day.end, sentence.end)) is None:
            return None
        lead = sentence.slice(end, day.start)
        told = _TO_SINCE.fullmatch(lead) if model.stage is Stage.MEMBER else _TO_WHEN.fullmatch(lead)
        return day if told is not None and lead.strip() else None

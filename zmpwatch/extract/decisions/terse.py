"""Notes of a session that name a matter and what became of it: "– Związek Miast Polskich: przeszło, 11 za"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.papers.kinds import Paper
from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.votes.ballots import read_ballot
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage

__all__ = ["TerseReader"]

_VERDICT = lazy(
    r"\"?(?:\s?\([^()\n]{0,40}\))?\s?[:-]\s(?:(?:wreszcie|jednak|w\s+koncu|ostatecznie|niestety)\s+)?"
    r"(?:(?P<lost>nie\s+(?:weszlo|przeszlo|przeszla|przeszedl)|odrzucon[aeoy]|przepadl[ao]|upadl[ao]|utracon[aeoy])"
    r"|weszlo|przeszl[ao]|przeszedl|przyjet[aeoy]|uchwalon[aeoy]|przeglosowan[aeoy]|podjet[ao]|jest\s+zgoda|zgoda|klepniet[aeoy])(?!\w)(?!\s+(?:do\s+wiadomosci|sprawozd|informac|\d))",
    *("weszlo", "przeszl", "przeszedl", "przyjet", "uchwalon", "przeglosowan", "podjet", "zgoda", "klepniet"),
    *("odrzucon", "przepadl", "upadl", "utracon"),
)
"""Behind the association's name, and nothing but a mark before it: what a council made of joining it."""
_SAT = lazy(
    r"(?<!\w)(?:sesj|obrad|posiedzeni|uchwalono|glosowa|przeglosowa|rad[ayz](?!\w)|radni)",
    *("sesj", "posiedzeni", "uchwalono", "glosowa", "rad"),
)
_NOTES = 14
"""How many sentences back the day of the notes may stand."""
_MARK = lazy(r"\W*(?:\d{1,2}[.)]?\W{0,3}|pkt\.?\s\d{1,2}\W{0,3})?\"?")


@dataclass(slots=True)
class TerseReader:
    """Reads entries that a name and a verdict make up, where a ballot or a number shows that a council voted."""

    NEEDS: ClassVar[int] = signs_of(_VERDICT)
    discourse: Discourse

    def events(self, sentence: Sentence) -> Iterator[Event]:
        """The accession that an entry says was adopted or refused."""
        reading = self.discourse.reading
        body = sentence.bodies[0] if sentence.bodies else None
        if body is None or body.kind is not BodyKind.OURS or reading.paper is not Paper.OTHER or sentence.towns:
            return
        if not _MARK.fullmatch(sentence.slice(sentence.start, body.start)):
            return
        verdict = _VERDICT.match(sentence.slice(body.end, sentence.end))
        if verdict is None:
            return
        end = sentence.segment.end
        voted = read_ballot(reading.clean.folded, sentence.start, end)
        if voted is None and not any(sentence.start <= act.start < end for act in reading.acts):
            return
        stage = Stage.REJECTED if verdict["lost"] else Stage.RESOLVED
        for actor in self._council_of():
            event = Event.told(actor, EventKind.ACCESSION, stage, sentence, body.start, "sentence.entry", 0.75)
            self.discourse.binder.bind(event, sentence, Clause(sentence.start, sentence.end))
            event.votes = voted.votes if voted is not None else event.votes
            event.date = event.date or self._day(sentence)
            yield event

    def _day(self, sentence: Sentence) -> str | None:
        """The day of the session that the notes are of, told over them."""
        for earlier in reversed(self.discourse.reading.before(sentence, _NOTES)):
            days = [d for d in earlier.dates if d.day is not None]
            if days:
                return days[0].iso if len(days) == 1 and _SAT.search(earlier.folded) is not None else None
        return None

    def _council_of(self) -> list[Actor]:
        """Whose session it was: that of whose page it is, of who is spoken of, or of the only town that is named."""
        named = self.discourse.home() or list(self.discourse.focus)
        named = named or self.discourse.actors([t for t in self.discourse.reading.towns if t.role is not Role.BODY])
        return named if len(named) == 1 else []

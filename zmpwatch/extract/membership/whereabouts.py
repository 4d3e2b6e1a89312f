"""What readers of standings share: whose standing it is, and whether the association is spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.bodies.finding import Body, BodyKind
from zmpwatch.extract.discourse.topic import Discourse, OpenStep
from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import EventKind, Stage

__all__ = ["CIRCLE", "UNREAL", "Whereabouts"]

UNREAL = lazy(
    r"(?<!\w)(?:nie\s+(?!ma(?!\w))|gdyby\w*|jesli|jezeli|czy|moze|mogl\w*|mogloby|bedzie|beda|bedziemy|zostanie|zostana|zostaniemy|stanie|stana|wkrotce|niebawem|chce\w*|planuj\w*|zamierz\w*)"
)
CIRCLE = (
    r"(?:(?:gron\w+|szereg\w+|rodzin\w+|wspolnot\w+|lis[tc]\w+|poczet)\s+)?"
    r"(?:(?:miast\s+|samorzadow\s+|gmin\s+)?(?:czlonk\w+|czlonkowsk\w+|zrzeszon\w+)\s+(?:w\s+)?)?"
)


@dataclass(slots=True)
class Whereabouts:
    """Finds who stands inside or outside the association, for the readers that build on it."""

    discourse: Discourse

    def _left(self, sentence: Sentence, anchor: int, clause: Clause, actors: list[Actor]) -> Iterator[Event]:
        for actor in actors:
            event = Event.told(actor, EventKind.WITHDRAWAL, Stage.ADMITTED, sentence, anchor, "sentence.gone", 0.85)
            self.discourse.binder.bind(event, sentence, clause)
            if event.date is None:
                event.date = self.discourse.binder.dates.since(sentence, anchor)
            yield event
        if actors:
            self.discourse.open = OpenStep(sentence.number, EventKind.WITHDRAWAL, tuple(actors), admitted=True)

    def _standing(self, sentence: Sentence, word: Word, clause: Clause) -> list[Actor]:
        """Who stands there: "we", towns in the nominative of the clause, else who was spoken of."""
        scope = sentence.slice(clause.start, clause.end)
        if re.search(r"(?<!\w)(?:jestesmy|znalezlismy|nalezymy|nasz\w{0,3}\s+(?:miast|gmin|samorz)\w*)(?!\w)", scope):
            return self._we(sentence)
        named: list[Town] = [
            t
            for t in sentence.towns
            if t.role == Role.PLAIN
            and t.nominative
            and clause.start <= t.start < clause.end
            and not self.discourse.rows.compared(t, sentence)
        ]
        if named:
            return self.discourse.actors(self.discourse.rows.tail(sentence, named[:1]))
        return self.discourse.subjects(sentence, word, clause)

    def _we(self, sentence: Sentence) -> list[Actor]:
        """Whose "we" it is: the mayor's who says so, else whose text it is."""
        speaker = [t for t in sentence.towns if t.role == Role.OFFICIAL]
        return self.discourse.actors(speaker[:1]) or self.discourse.home()

    def _placed(self, sentence: Sentence, body: Body, pattern: re.Pattern[str]) -> bool:
        return pattern.search(sentence.slice(max(sentence.start, body.start - 60), body.start)) is not None

    @staticmethod
    def _ours(sentence: Sentence) -> list[Body]:
        return [b for b in sentence.bodies if b.kind is BodyKind.OURS]

    def _about_ours(self, sentence: Sentence, position: int) -> bool:
        named = [b for b in sentence.bodies if b.kind is not BodyKind.GENERIC]
        if named:
            return min(named, key=lambda b: abs(b.start - position)).kind is BodyKind.OURS
        return self.discourse.topic(sentence, position) is BodyKind.OURS

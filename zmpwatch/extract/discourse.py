"""Whom and what a text has been about so far, and who is meant in a sentence."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from zmpwatch.extract.binding import Binder
from zmpwatch.extract.bodies import BodyKind
from zmpwatch.extract.clause import Clause
from zmpwatch.extract.event import Actor
from zmpwatch.extract.reading import Reading
from zmpwatch.extract.sentences import Sentence, Word
from zmpwatch.extract.towns import Role, Town
from zmpwatch.model import EventKind

__all__ = ["Discourse", "OpenStep"]


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step that was spoken of, and may be decided in one of the next sentences."""

    sentence: int
    kind: EventKind
    actors: tuple[Actor, ...]
    admitted: bool = False
    """It was told as done: only a council's own resolution may follow, not the board's."""


@dataclass(slots=True)
class Discourse:
    """What a reader of running text keeps in mind: whom and what the last sentences were about."""

    reading: Reading
    binder: Binder
    focus: list[Actor] = field(default_factory=list)
    open: OpenStep | None = None

    def topic(self, sentence: Sentence, position: int) -> BodyKind | None:
        """The body last spoken of before a place."""
        for body in reversed([b for b in sentence.bodies if b.end <= position]):
            if body.kind is not BodyKind.GENERIC:
                return body.kind
        for earlier in reversed(self.reading.sentences[max(0, sentence.number - 5) : sentence.number]):
            for body in reversed(earlier.bodies):
                if body.kind is BodyKind.OURS or (body.kind is BodyKind.OTHER and body.named):
                    return body.kind
        return BodyKind.OURS if self.reading.ours_by_address else None

    def home(self) -> list[Actor]:
        """The municipality whose site or paper it is, as the only entry; none where that is not known."""
        name = self.reading.home_name
        return [Actor(name, self.reading.home)] if name else []

    @staticmethod
    def actors(towns: list[Town]) -> list[Actor]:
        """Whom mentions stand for, each once, in order."""
        return list({t.name: Actor(t.name, t.municipality) for t in towns}.values())

    def subjects(self, sentence: Sentence, word: Word, clause: Clause) -> list[Actor]:
        """Who does a finite step: towns in the nominative in its clause, "nasze miasto", or who was spoken of."""
        folded = self.reading.clean.folded
        if re.search(r"(?:lismy|lysmy|emy|amy|imy)$", word.folded):
            return self.home()
        plain = [t for t in sentence.towns if t.role == Role.PLAIN and t.nominative and not self.compared(t, sentence)]
        inside = [t for t in plain if clause.start <= t.start < clause.end]
        if inside:
            nearest = min(
                inside, key=lambda t: t.start - word.end if t.start >= word.end else (word.start - t.end) * 0.8
            )
            return self.actors(self.tail(sentence, [nearest]))
        relative = re.search(r"(?<!\w)(?:ktor\w+|jak\w?i\w{0,2})\s+(?:\w+\s+){0,4}$", folded[clause.start : word.start])
        if relative or re.match(r"\W*ktor", folded[clause.start : word.start]):
            earlier = [t for t in sentence.towns if t.end <= word.start]
            if earlier:
                return self.actors([earlier[-1]])
        scope = sentence.slice(clause.start, clause.end)
        if re.search(r"(?<!\w)(?:nasz\w*|my)(?!\w)", scope):
            return self.home()
        if plain:
            nearest = min(plain, key=lambda t: abs(t.start - word.start))
            return self.actors(self.tail(sentence, [nearest]))
        if re.search(
            r"(?<!\w)(?:kolejne|nowe|dalsze|trzy|cztery|piec|dwa|kilka)\s+(?:\w+\s+)?(?:miasta|samorzady|gminy|miast|gmin)(?!\w)",
            scope,
        ):
            return self.next_list(sentence)
        if self.focus and not re.search(r"(?<!\w)(?:gmina|samorzad)(?!\w)", scope):
            return list(self.focus)
        officials = [t for t in sentence.towns if t.role == Role.OFFICIAL]
        if officials:
            return self.actors(officials[-1:])
        return self.home()

    def compared(self, town: Town, sentence: Sentence) -> bool:
        """Whether a town is only named beside another: "obok X", "poza X"."""
        lead = self.reading.clean.folded[max(sentence.start, town.start - 24) : town.start]
        return (
            re.search(r"(?<!\w)(?:obok|oprocz|poza|niz|od|kolo|z\s+wyjatkiem|spod|sasiedni\w*)\s+$", lead) is not None
        )

    def tail(self, sentence: Sentence, towns: list[Town]) -> list[Town]:
        """The towns and those that a "podobnie jak …" or a comma list joins to them."""
        chosen = {t.start for t in towns}
        ordered = [t for t in sentence.towns if t.role != Role.PLACE]
        for previous, town in itertools.pairwise(ordered):
            gap = self.reading.clean.folded[previous.end : town.start]
            linked = re.fullmatch(
                r"[\s,]*(?:(?:i|oraz|a\s+takze|jak\s+i|podobnie\s+jak|tak\s+jak|wraz\s+z|razem\s+z|and)?[\s:]*)(?:[a-z-]+(?:ski|cki|skie|ckie|ska|cka)e?\s+)?(?:(?:gmin|miast)\w*\s+)?",
                gap,
            )
            if linked and previous.start in chosen:
                chosen.add(town.start)
            elif linked and town.start in chosen and (previous.nominative or (previous.genitive and town.genitive)):
                chosen.add(previous.start)
        return [t for t in ordered if t.start in chosen]

    def owners(self, sentence: Sentence, word: Word, clause: Clause) -> list[Actor]:
        """Whose step a noun, an infinitive or a ballot is about."""
        bodies = [b for b in sentence.bodies if b.start > word.end]
        stop = bodies[0].start if bodies else min(sentence.end, word.end + 80)
        named = [t for t in sentence.towns if word.end <= t.start < stop and t.is_actor]
        if named:
            return self.actors(self.tail(sentence, named[:1]))
        scope = sentence.slice(clause.start, clause.end)
        if re.search(r"(?<!\w)nasz\w*\s+(?:miast|gmin|samorz)", scope):
            return self.home()
        councils = [t for t in sentence.towns if t.role == Role.COUNCIL and clause.start <= t.start < clause.end]
        councils = councils or [t for t in sentence.towns if t.role == Role.COUNCIL]
        if councils:
            return self.actors(self.tail(sentence, councils))
        inside = [
            t
            for t in sentence.towns
            if t.is_actor and clause.start <= t.start < clause.end and not self.compared(t, sentence)
        ]
        inside = inside or [t for t in sentence.towns if t.is_actor and not self.compared(t, sentence)]
        if inside:
            return self.actors(self.tail(sentence, inside[:1]) if len(inside) > 1 else inside)
        if re.search(
            r"(?<!\w)(?:kolejn\w+|nowych|kilku|trzech|dwoch|pieciu|czterech)\s+(?:\w+\s+)?miast|miasta\s+przeslaly",
            sentence.folded,
        ):
            following = self.next_list(sentence)
            if following:
                return following
        if self.focus and not (sentence.has("council") and self.reading.home_name):
            return list(self.focus)
        return self.home() or list(self.focus)

    def next_list(self, sentence: Sentence) -> list[Actor]:
        """The towns of the sentence after this one, where this one only announces "three more towns"."""
        following = self.reading.sentences[sentence.number + 1 : sentence.number + 2]
        return self.actors([t for s in following for t in s.towns if t.role == Role.PLAIN and t.nominative])

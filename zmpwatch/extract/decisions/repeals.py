"""Accession resolutions taken back by the council itself: "w sierpniu ją uchyliła", "uchyliła tę uchwałę"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.structure.clause import clause_at
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage

__all__ = ["RepealReader"]

_TAKEN_BACK = lazy(
    r"(?<!\w)(?:ja|je|te\s+uchwale|swoja\s+(?:uchwale|decyzje)|te\s+decyzje|tamta\s+(?:uchwale|decyzje)|uchwale)\s+(?:[\w-]+\s+){0,3}?(?P<a>uchyli\w+|uchylon\w+|uniewaznil\w*|cofn\w+|odwolal\w*)"
    r"|(?<!\w)(?P<b>uchyli(?:l|la|li|lo|ly)|uniewaznil\w*|cofnel\w*)\s+(?:[\w-]+\s+){0,2}?(?:ja|te\s+uchwale|swoja\s+(?:uchwale|decyzje)|te\s+decyzje|wlasna\s+(?:uchwale|decyzje)|poprzednia\s+(?:uchwale|decyzje))(?!\w)"
    r"|(?<!\w)(?P<c>uchwal[ae]\s+(?:ta\s+|te\s+)?(?:zosta\w+\s+)?uchylon\w+)"
    r"|(?<!\w)(?P<d>wycofa(?:l|la|li)\s+sie)\s+z\s+(?:tej|niej|swojej|podjetej)\s*(?:decyzji|uchwaly)?",
    "uchyl",
    "uniewazn",
    "cofn",
    "odwolal",
    "wycofa",
)
_UNREAL = lazy(
    r"(?<!\w)(?:nie|gdyby|jesli|jezeli|czy|moze|chce\w*|wniosek|projekt\w*|proponuj\w*|bedzie|wojewod\w*|sad\w*)(?!\w)"
)


@dataclass(slots=True)
class RepealReader:
    """Reads that a council took an accession back that was told just before, or in the same sentence."""

    NEEDS: ClassVar[int] = signs_of(_TAKEN_BACK)
    discourse: Discourse

    def events(self, sentence: Sentence, told: Sequence[Event]) -> Iterator[Event]:
        """The withdrawal that a repeal is."""
        match = _TAKEN_BACK.search(sentence.folded)
        if match is None:
            return
        anchor = sentence.start + match.start()
        clause = clause_at(sentence, anchor)
        if _UNREAL.search(sentence.slice(clause.start, clause.end)):
            return
        for actor in self._whose(sentence, told, anchor):
            event = Event.told(
                actor, EventKind.WITHDRAWAL, Stage.RESOLVED, sentence, anchor, "sentence.repeal", 0.8
            )  # fmt: skip
            self.discourse.binder.bind(event, sentence, clause)
            yield event

    def _whose(self, sentence: Sentence, told: Sequence[Event], anchor: int) -> list[Actor]:
        here = [
            e.actor for e in told if e.kind is EventKind.ACCESSION and e.stage is Stage.RESOLVED and e.anchor < anchor
        ]
        if here:
            return list({a.name: a for a in here}.values())
        before = self.discourse.open
        if before is None or before.kind is not EventKind.ACCESSION or before.admitted:
            return []
        if not 0 < sentence.number - before.sentence <= 3 or any(b.kind is BodyKind.OTHER for b in sentence.bodies):
            return []
        return list(before.actors)

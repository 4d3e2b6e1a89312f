"""The last reader: decides by evidence on sentences that no other reader understood."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate

from zmpwatch.extract.binding import Binder
from zmpwatch.extract.clause import clause_at
from zmpwatch.extract.cues import load_weights
from zmpwatch.extract.discourse import Discourse
from zmpwatch.extract.event import Actor, Event
from zmpwatch.extract.evidence import Guess, Guesser
from zmpwatch.extract.reading import Paper, Reading
from zmpwatch.extract.sentences import Sentence
from zmpwatch.model import EventKind, Stage

__all__ = ["SALIENCE_CONFIDENCE", "SalienceReader", "likelihood"]

SALIENCE_CONFIDENCE = 0.45
"""What a guess is worth at most: below what is judged, so that it is kept, shown, and told to nobody."""
_LEAST_CONFIDENCE = 0.3
_READ = frozenset({Paper.OTHER})
"""Papers of councils have forms of their own; what their readers leave out is left out on purpose."""


def likelihood(evidence: Iterable[str]) -> float:
    """How likely a guess with this evidence is right, by the weights of the data file."""
    _, weights = load_weights()
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) for name in ("any", *evidence))))


@dataclass(slots=True)
class SalienceReader:
    """Guesses at the sentences of one document that other readers left.

    `strict` are the events of the document, none of which is changed; `understood` all that readers made, also those
    dropped since: their sentences are not guessed at; `used` the segments that layout has used up, by their start.
    """

    reading: Reading
    binder: Binder
    strict: list[Event]
    understood: list[Event]
    used: set[int]
    _guesser: Guesser = field(init=False)

    def __post_init__(self) -> None:
        self._guesser = Guesser(Discourse(self.reading, self.binder))

    def guesses(self) -> Iterator[Guess]:
        """Guesses at the sentences from which no event was made, but those that add nothing to what stands."""
        if self.reading.paper not in _READ:
            return
        known = self.strict
        places = sorted((event.start, event.end) for event in self.understood)
        starts = [start for start, _ in places]
        reaches = list(accumulate((end for _, end in places), max))
        for sentence in self.reading.sentences:
            part = sentence.segment
            if part.start in self.used or part.boilerplate or _holds(starts, reaches, sentence):
                continue
            for guess in self._guesser.guesses(sentence):
                actors = tuple(a for a in guess.actors if not any(_covers(e, a, guess) for e in known))
                if actors:
                    names = {a.name for a in actors}
                    told = any(e.actor.name in names and e.kind is guess.kind for e in known)
                    evidence = (
                        guess.evidence | {"told.of_town" if told else "told.of_others"} if known else guess.evidence
                    )
                    yield replace(guess, actors=actors, evidence=frozenset(evidence))

    def events(self) -> list[Event]:
        """What believed guesses add to the events that stand."""
        threshold, _ = load_weights()
        believed = [(g, p) for g in self.guesses() if (p := likelihood(g.evidence)) >= threshold]
        found: dict[tuple[str, EventKind, Stage], Event] = {}
        for guess, likely in believed:
            if any(_tells_more(other, guess) for other, _ in believed):
                continue
            for event in self._told(guess, likely):
                key = event.actor.name, event.kind, event.stage
                if key not in found or found[key].confidence < event.confidence:
                    found[key] = event
        return list(found.values())

    def _told(self, guess: Guess, likely: float) -> Iterator[Event]:
        confidence = round(_LEAST_CONFIDENCE + (SALIENCE_CONFIDENCE - _LEAST_CONFIDENCE) * likely, 2)
        clause = clause_at(guess.sentence, guess.anchor)
        for actor in guess.actors:
            event = Event.told(
                actor, guess.kind, guess.stage, guess.sentence, guess.anchor, guess.rule, confidence, weak=True
            )
            self.binder.bind(event, guess.sentence, clause)
            yield event


def _holds(starts: list[int], reaches: list[int], sentence: Sentence) -> bool:
    """Whether a span lies over a sentence; `reaches` has, for each start, how far the spans up to it reach."""
    before = bisect_left(starts, sentence.end)
    return before > 0 and reaches[before - 1] > sentence.start


_NEXT = 2
"""How many sentences apart two guesses about one town are about one step."""


def _tells_more(other: Guess, guess: Guess) -> bool:
    """Whether another sentence nearby tells how far the step has come, which this one only leaves to be understood."""
    return (
        other.staged
        and not guess.staged
        and other.kind is guess.kind
        and other.stage is not guess.stage
        and abs(other.sentence.number - guess.sentence.number) <= _NEXT
        and not {a.name for a in other.actors}.isdisjoint(a.name for a in guess.actors)
    )


_LATER = {
    Stage.PROPOSED: {Stage.RESOLVED, Stage.REJECTED, Stage.ADMITTED, Stage.MEMBER},
    Stage.MEMBER: {Stage.ADMITTED, Stage.PROPOSED, Stage.RESOLVED, Stage.REJECTED},
    Stage.ADMITTED: {Stage.MEMBER},
}


def _covers(known: Event, actor: Actor, guess: Guess) -> bool:
    """Whether a guess adds nothing beside an event, or would speak against it."""
    if known.actor.name != actor.name or known.kind is not guess.kind:
        return False
    return known.stage is guess.stage or known.stage in _LATER.get(guess.stage, set())

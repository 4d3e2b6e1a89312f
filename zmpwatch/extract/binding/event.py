"""A membership event on its way from a sentence to a statement."""

from __future__ import annotations

from dataclasses import dataclass

from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.model import EventKind, Municipality, Stage, Votes

__all__ = ["Actor", "Event"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who joins or leaves: a name, and the municipality where one is meant beyond doubt."""

    name: str
    municipality: Municipality | None = None


@dataclass(slots=True)
class Event:
    """One event read at one place; offsets are those of the clean text.

    `anchor` is the place of the word that told it. `weak` events only stand while nothing firmer is known of the town:
    a headline in the present tense, a delegate, "membership in …" as a phrase. An `undone` one is what a repeal undoes:
    its day is told beside it or not at all.
    """

    actor: Actor
    kind: EventKind
    stage: Stage
    start: int
    end: int
    anchor: int
    rule: str
    confidence: float = 0.9
    date: str | None = None
    resolution: str | None = None
    votes: Votes | None = None
    weak: bool = False
    undone: bool = False

    @classmethod
    def told(
        cls,
        actor: Actor,
        kind: EventKind,
        stage: Stage,
        sentence: Sentence,
        anchor: int,
        rule: str,
        confidence: float,
        *,
        weak: bool = False,
        date: str | None = None,
    ) -> Event:
        """An event that a sentence tells by the word at `anchor`."""
        return cls(
            actor, kind, stage, sentence.start, sentence.end, anchor, rule, confidence, date=date, weak=weak
        )  # fmt: skip

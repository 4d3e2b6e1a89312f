"""The sentences behind one that tells an event: which of them may still speak of it."""

from __future__ import annotations

from collections.abc import Iterator

from zmpwatch.extract.bodies import BodyKind
from zmpwatch.extract.event import Event
from zmpwatch.extract.matters import ANOTHER_MATTER
from zmpwatch.extract.reading import Reading
from zmpwatch.extract.sentences import Sentence
from zmpwatch.extract.towns import Role
from zmpwatch.model import Stage

__all__ = ["FAR", "another_between", "following", "may_speak_of", "place_of"]

FAR = 7
"""How many sentences may pass before an event's ballot, or the session that takes a plan up."""


def place_of(reading: Reading, event: Event) -> Sentence | None:
    """The sentence that tells an event."""
    return next((s for s in reading.sentences if s.start <= event.anchor < s.end), None)


def following(reading: Reading, here: Sentence, reach: int) -> Iterator[Sentence]:
    """The sentences after one, as far as the text goes on: not into side lists."""
    for later in reading.sentences[here.number + 1 : here.number + 1 + reach]:
        if later.segment.boilerplate:
            return
        yield later


def may_speak_of(event: Event, later: Sentence) -> bool:
    """Whether a later sentence can speak of an event's decision, and of that of nobody else."""
    if any(b.kind is BodyKind.OTHER for b in later.bodies) or ANOTHER_MATTER.search(later.folded):
        return False
    names = {t.name for t in later.towns if t.role in (Role.PLAIN, Role.COUNCIL)}
    return not names - {event.actor.name}


def another_between(event: Event, events: list[Event], start: int, end: int) -> bool:
    """Whether between two places something else is told that a decision could be about."""
    return any(
        start <= e.anchor < end
        and e.stage is not Stage.MEMBER
        and (e.actor.name != event.actor.name or e.stage is not event.stage)
        for e in events
    )

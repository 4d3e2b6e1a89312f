"""Binding dates, numbers of resolutions and votes to the event they belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from zmpwatch.extract.binding.balloting import EventBallots
from zmpwatch.extract.binding.dating import EventDates
from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.binding.matters import same_matter
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.papers.acts import Act
from zmpwatch.extract.steps.byitsact import act_before
from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.model import Stage

__all__ = ["Binder"]


@dataclass(slots=True)
class Binder:
    """Finds the details of events in one document."""

    reading: Reading
    dates: EventDates = field(init=False)
    ballots: EventBallots = field(init=False)

    def __post_init__(self) -> None:
        self.dates = EventDates(self.reading)
        self.ballots = EventBallots(self.reading)

    def bind(self, event: Event, sentence: Sentence, clause: Clause) -> None:
        """Fill in date, resolution and votes of an event told in a clause."""
        if event.date is None:
            event.date = self.dates.date_of(event, sentence, clause)
        if event.stage in (Stage.RESOLVED, Stage.REJECTED):
            act = self.act_of(sentence, clause)
            if act is not None:
                event.resolution = act.number
                if act.date is not None and act.date.iso is not None:
                    event.date = act.date.iso
            ballot = self.ballots.of(event, sentence, clause)
            if ballot is not None and event.votes is None:
                event.votes = ballot.votes
            if event.date is None:
                event.date = self.dates.vote_date(event, sentence)
            nearby = self._act_nearby(event, sentence) if event.resolution is None else None
            if nearby is not None:
                event.resolution = nearby.number
                event.date = event.date or (nearby.date.iso if nearby.date is not None else None)
            earlier = act_before(self.reading, sentence)
            if earlier is not None:
                self._of_that_act(event, earlier)

    def _of_that_act(self, event: Event, told: Sentence) -> None:
        """Fill in what the sentence tells in which a council's act was told before its matter."""
        act = self.act_of(told, Clause(told.start, told.end))
        days = [d for d in told.dates if d.iso is not None]
        event.resolution = event.resolution or (act.number if act is not None else None)
        if event.date is None and len(days) == 1:
            event.date = days[0].iso

    def act_of(self, sentence: Sentence, clause: Clause) -> Act | None:
        """The resolution named in the clause, else the only one in the sentence."""
        acts = [a for a in self.reading.acts if sentence.start <= a.start < sentence.end]
        inside = [a for a in acts if clause.start <= a.start < clause.end]
        if inside:
            return inside[0]
        return acts[0] if len(acts) == 1 else None

    def _act_nearby(self, event: Event, sentence: Sentence) -> Act | None:
        """The resolution of "Uchwała nr …" at the head of the next sentence, while it speaks of nothing else."""
        for later in self.reading.sentences[sentence.number + 1 : sentence.number + 2]:
            if any(b.kind is BodyKind.OTHER for b in later.bodies) or not same_matter(self.reading, event, later):
                return None
            acts = [a for a in self.reading.acts if later.start <= a.start < later.end]
            if (
                len(acts) == 1
                and re.match(r"\W{0,3}(?:ta\s+)?uchwal\w+\s+(?:otrzymala\s+)?(?:nr|numer)", later.folded)
                and not re.search(r"w\s+sprawie", later.folded)
            ):
                return acts[0]
        return None

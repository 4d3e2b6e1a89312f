"""Councils that took up the same step, each with its own result: "W A 15 radnych było za. W B zgody zabrakło"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.binding.matters import ANOTHER_MATTER
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.decisions.verdicts import PROCEDURE, SEVERAL_COUNCILS, refuses
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.steps.goals import GoalFinder
from zmpwatch.extract.structure.clause import Clause, clause_at
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.votes.ballots import Ballot, read_ballot
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage

__all__ = ["ByTurnsReader"]

_LEADS = lazy(
    r"(?:^|[.,;:]\s|\s-\s)\W*(?:(?:a|zas|natomiast|tymczasem|z\s+kolei|za\s+to|inaczej|odwrotnie|jednak|juz|takze|podobnie|pierwsze|pierwsza)\s+){0,2}"
    r"(?:(?:(?:zupelnie\s+|calkiem\s+)?(?:inaczej|podobnie|gorzej|lepiej|trudniej|tak\s+samo|burzliwie\w?|gladko)\s+(?:bylo|poszlo|wygladalo|przebiegl\w+|stalo\s+sie)\s+)?we?\s+(?:sasiedni\w+\s+|pobliski\w+\s+)?|(?:rada(?:\s+(?:miejska|miasta|gminy))?|radni)\s+(?:(?:w|we|z|ze)\s+)?)$"
)
_AGREED = lazy(
    r"(?<!\w)(?<!\bnie\s)(?:zgodzi\w+\s+sie|zgodzono\s+sie|powiedzia\w+\s+\"?tak|powiedziel\w+\s+\"?tak|byl[ai]\s+na\s+\"?tak|wyrazi\w+\s+zgode|wyrazono\s+zgode|dal[ai]\s+zgode|dali\s+(?:zgode|zielone\s+swiatlo)"
    r"|(?:popar|przyje|przyja|przeglosowa|uchwali|zaakceptowa|podje)\w+\s+(?:ja|je|go|pomysl|projekt|wniosek|propozycje|uchwale|przystapienie|wstapienie|wystapienie|wejscie|dolaczenie|wyjscie|odejscie)"
    r"|(?:pomysl|projekt|wniosek|propozycj\w|uchwal\w)\s+(?:\w+\s+)?(?:przeszl|przeszed|przyje|popar|przeglosowa|uchwali|podje|zaakceptowa)\w*)(?!\w)(?!\s+(?:o|w\s+sprawie)\s)"
)
_ALL_FOR = lazy(r"(?:^|[:.,-]\s|\w\s)(?:wszyscy\s+za|(?:jednoglosnie|jednomyslnie)(?:\s+(?:na\s+\"?tak\"?|za))?)\W*$")
_LEFT_OPEN = lazy(
    rf"{PROCEDURE.pattern}|(?<!\w)decyzj[ia]\s+(?:\w+\s+)?nie\s|(?<!\w)nie\s+(?:podje\w+|zapad\w+)\s+(?:\w+\s+)?decyzj"
)
_FOR_SOMETHING = lazy(
    r"(?<!\w)(?:za|przeciw(?:ko)?)\s+(?!byl|dw|trz|czter|pi[ea]|szes|siedm|siedem|osm|osiem|dziewi|dziesi|jed|nim|nia|tym|glos|zaglos|opowie|podnios|przyst|wst|wejsc|wyjsc|wyst|pomysl|projekt|uchwal|wnios|propozycj|przeciw|takim|jest|rek|tylko|czlon|akces|odejsc|pozost)[a-z]{4,}"
)
_STEPS = {
    EventKind.ACCESSION: ("join_noun", "join_infinitive"),
    EventKind.WITHDRAWAL: ("leave_noun", "leave_infinitive"),
}
_REACH = 7
"""How many sentences behind the step its results may be told."""
_MARK = 4
"""How many letters the mark of an item before a town may have."""
_HEADED = lazy(r"\s?(?:\(|:|-\s|\.|,\s(?:w\s|\d))")
_BESIDE = lazy(r"\s?[(,-]?\s?(?:w\s|we\s)?")


@dataclass(slots=True)
class ByTurnsReader:
    """Reads how each of several councils decided on a step that was told of all of them."""

    NEEDS: ClassVar[int] = signs_of(*(name for names in _STEPS.values() for name in names))
    discourse: Discourse
    _goals: GoalFinder = field(init=False)
    _kind: EventKind | None = None
    _since: int = 0
    _town: Actor | None = None
    _day: str | None = None
    """The day that stands beside the town: "Limanowa (28 listopada)", else that of all: "w czerwcu głosowały rady"."""
    _day_of_all: str | None = None
    _told: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._goals = GoalFinder(self.discourse)

    @property
    def goes_on(self) -> bool:
        """Whether results are still to be told, so that any sentence may tell one."""
        return self._kind is not None

    def beside(self, sentence: Sentence, told: list[Event]) -> list[Event]:
        """What a sentence tells, or where that is nothing, the results of the councils that it goes on with."""
        told = told or self._events(sentence)
        self._open(sentence, told)
        return told

    def _open(self, sentence: Sentence, told: list[Event]) -> None:
        """Remember a step that several councils took up, and whose results are still to be told."""
        if not sentence.signs & self.NEEDS or not sentence.bodies:
            return
        if any(e.stage is not Stage.PROPOSED for e in told):
            return
        before = self.discourse.just_before(sentence)
        if not any(s is not None and SEVERAL_COUNCILS.search(s.folded) for s in (sentence, before)):
            return
        for kind, names in _STEPS.items():
            for word in sentence.all(*names):
                if self._goals.body_of(sentence, word, kind, clause_at(sentence, word.start)):
                    self._kind, self._since, self._told = kind, sentence.number, set()
                    self._town = None
                    self._day_of_all = sentence.dates[0].iso if len(sentence.dates) == 1 else None
                    return

    def _events(self, sentence: Sentence) -> list[Event]:
        """The results that a sentence tells, each of the council in the town that its part begins with."""
        if self._kind is None or not self._since < sentence.number <= self._since + _REACH:
            self._kind = None
            return []
        if any(b.kind is BodyKind.OTHER for b in sentence.bodies):
            return []
        return list(self._results(sentence, self._kind))

    def _results(self, sentence: Sentence, kind: EventKind) -> Iterator[Event]:
        led = [t for t in sentence.towns if self._begins_part(t, sentence)]
        starts = [sentence.start, *(t.start for t in led)]
        for number, start in enumerate(starts):
            end = starts[number + 1] if number + 1 < len(starts) else sentence.end
            if number:
                self._town = self.discourse.actors([led[number - 1]])[0]
                self._since = sentence.number
                self._day = self._day_beside(led[number - 1], sentence) or self._day_of_all
            if self._town is None or self._town.name in self._told:
                continue
            part = sentence.slice(start, end)
            if ANOTHER_MATTER.search(part) or _FOR_SOMETHING.search(part) or _LEFT_OPEN.search(part) or "?" in part:
                continue
            ballot = read_ballot(self.discourse.reading.clean.folded, start, end)
            stage = self._stage(sentence, Clause(start, end), part, ballot)
            if stage is None:
                continue
            event = Event.told(self._town, kind, stage, sentence, start, "sentence.by_turns", 0.75)
            self.discourse.binder.bind(event, sentence, Clause(start, end))
            event.date = event.date or self._day
            event.votes = ballot.votes if ballot is not None else None
            self._told.add(self._town.name)
            yield event

    @staticmethod
    def _day_beside(town: Town, sentence: Sentence) -> str | None:
        """The day in a bracket behind a town, or between it and a colon."""
        day = next((d for d in sentence.dates if d.start >= town.end), None)
        beside = day is not None and _BESIDE.fullmatch(sentence.slice(town.end, day.start)) is not None
        return day.iso if day is not None and beside else None

    @staticmethod
    def _begins_part(town: Town, sentence: Sentence) -> bool:
        """Whether a sentence, or a part of it behind a comma, begins with "w X", "rada X" or "X:"."""
        if town.role == Role.PLAIN and town.nominative and town.start - sentence.start <= _MARK:
            return _HEADED.match(sentence.slice(town.end, sentence.end) or ".") is not None
        fits = town.role in (Role.PLACE, Role.COUNCIL)
        return fits and _LEADS.search(sentence.slice(sentence.start, town.start)) is not None

    @staticmethod
    def _stage(sentence: Sentence, clause: Clause, part: str, ballot: Ballot | None) -> Stage | None:
        """What became of the step in a part of a sentence; None where it doesn't tell."""
        if refuses(part) or sentence.has("refuse", start=clause.start, end=clause.end):
            return Stage.REJECTED
        if ballot is not None and ballot.carried is not None:
            return Stage.RESOLVED if ballot.carried else Stage.REJECTED
        return Stage.RESOLVED if _AGREED.search(part) or _ALL_FOR.search(part) else None

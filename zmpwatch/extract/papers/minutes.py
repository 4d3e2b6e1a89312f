"""Minutes: the item that deals with joining or leaving, its ballot and what became of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.binding.matters import REFUSAL, leads_to, step_behind
from zmpwatch.extract.bodies.finding import Body
from zmpwatch.extract.decisions.verdicts import ADOPTED_THESE
from zmpwatch.extract.papers.formeracts import copy_act
from zmpwatch.extract.papers.outcomes import Outcome, OutcomeReader
from zmpwatch.extract.papers.titlewords import JOIN, LEAVE
from zmpwatch.extract.structure.layout import Segment
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.phrases import OTHER_GOAL
from zmpwatch.extract.words.undoing import UNDO, UNDO_CUES
from zmpwatch.model import BlockKind, EventKind, Stage

__all__ = ["MinutesReader"]

_BEING_IN = lazy(r"(?<!\w)(?:udzial\w*|obecnos\w*|uczestnictw\w*)(?!\w)")
_NOT_THE_MATTER = lazy(r"(?:zarzad\w*|biur\w*|komisj\w*|doradc\w*|apel)\s*$")
_NEXT_POINT = lazy(
    r"(?:[\w .()-]{2,50}:\s*)?(?:\w+\.\s+)?(?:przechodzimy\s+(?:teraz\s+)?do\s"
    r"|przystepujemy\s+do\s+(?:\w+\s+)?punktu|(?:kolejny|nastepny)\s+punkt|punkt\s+\w+[,.:-])"
    r"|(?:punkt|pkt\.?|p\.)\s+\d{1,3}[a-z]?\s*(?:\n|$)|(?:druk|projekt|do\s+(?:punktu|pkt\.?|p\.))\s+(?:uchwaly\s+)?(?:nr\s+)?\d{1,4}[a-z]?(?:\s?[.,:)(-]|\s+(?:w\s|-))"
)
_RESOLUTION_LINE = lazy(r"(?:projekt\s+)?uchwal\w*\s+(?:nr\s+\S+\s+)?w\s+sprawie|w\s+sprawie")
_OPENING_LEVELS = ("number", "letter", "roman", "section", "bullet")
_SPEECH = lazy(
    r"wystapi\w+\s+(?:[\w-]+\s+){0,2}(?:prezes\w*|przedstawiciel\w*|delegat\w*|dyrektor\w*|gosc\w*|ekspert\w*|doradc\w*|pracowni\w*|rzeczni\w*|specjalist\w*|prelegent\w*|koordynator\w*|z\s+(?:wniosk|apel|pism|prosb|inicjatyw)\w*)\s[^.;]{0,90}$"
)
_ASKED = lazy(
    r"(?<!\w)(?:pyta\w*|zapyta\w*|czy|gdyby|jesli|jezeli|sugerowa\w*|interpelacj\w*|nie\s+(?:planuj|zamierz|rozwaza|przewiduj)\w*)(?!\w)"
)
_TAKES_UP = lazy(
    r"(?<!\w)(?:rad\w{1,2}|radni|sesj\w+)(?!\w)[^.;]{0,40}?(?:zajm\w+|pochyl\w+|rozpatrz\w+|zaglosuj\w+|zdecyduj\w+|odbedzie)[^.;]{0,30}$"
)
_ANNOUNCED = lazy(
    r"(?<!\w)sesj[iae]\w*,?\s+(?:rady\s+(?:\w+\s+)?)?(?:(?:odbedzie\s+sie\s+)?(?:w\s+dniu\s+|dnia\s+|z\s+dnia\s+)?|(?:zaplanowan|planowan|zwolan|zwolywan|wyznaczon|przewidzian)\w+\s+na\s+(?:dzien\s+)?|odbedzie\s+sie\s+|ktora\s+(?:sie\s+)?odbedzie\s+(?:sie\s+)?(?:w\s+dniu\s+)?)$"
)
_RESULT = lazy(
    r"[|\s]*(?:wynik\w*(?:\s+glosowania)?\s?[:|-]|(?:(?:glosy|glosow)\s+)?za\s?[:|=-]?\s?\d|(?:nie\s+)?przyjeto\s?[,:|(-])"
)
_OF_AN_EARLIER = lazy(
    r"(?<!\w)uchwal\w{1,3}\s+(?:(?:nr|numer)\s+\S+\s+)?(?:rady\s+(?:[\w-]+\s+){1,3})?z\s+(?:dnia\s+)?$", "uchwal"
)
_DECIDED_THEN = lazy(
    r"\s*(?:r\.|roku)?\s+(?:[\w-]+\s+){0,4}?(?:podje|uchwali|przeglosowa|zdecydowa|zgodzi|(?P<no>odrzuci))(?:la|li|lismy|liscie|to|no)(?!\w)"
)
"""Behind the day of an earlier decision: "25 października podjęli Państwo uchwałę o przystąpieniu"."""
_REPEALS = lazy(rf"(?<!\w){UNDO}", *UNDO_CUES)
_UNDOES = lazy(
    rf"(?<!\w)(?:{UNDO}|(?:utrat|pozbawieni)\w+\s+mocy)\s+(?:[\w-]+\.?\s+){{0,6}}?uchwal\w+[^;]{{0,160}}$",
    *(*UNDO_CUES, "mocy"),
)
_GIVEN_NUMBER = re.compile(
    r"(?<!\w)(?:otrzyma\w*\s+(?:numer|nr)|jako\s+(?:punkt|pkt\.?)|(?:numer|nr)\s+punktu:?|oznaczon\w+\s+(?:jako\s+)?(?:numerem|nr))\s+(?P<n>\d{1,2})(?!\d)"
)
_LISTED = ("letter", "bullet")
_LONGEST_LIST = 20
_TO_ADOPT = lazy(r"(?<!\w)(?:podjeci|przyjeci|uchwaleni)\w+|(?<!\w)nie(?!\w)|(?<!\w)(?:projekt|porzad|planuj|opini)\w*")
_STEP_WORD = re.compile(r"\A\w+")
_NUMBER = lazy(r"\d{1,3}")


@dataclass(frozen=True, slots=True)
class _Topic:
    """The sentence of an item that names the matter, and what the matter is."""

    sentence: Sentence
    kind: EventKind
    body: Body
    undone: bool = False
    """The step is what a resolution was on that the item repeals."""


@dataclass(slots=True)
class MinutesReader:
    """Reads one set of minutes."""

    reading: Reading
    _outcomes: OutcomeReader = field(init=False)

    def __post_init__(self) -> None:
        self._outcomes = OutcomeReader(self.reading)

    def events(self) -> list[Event]:
        """One event for the item, or items, that deal with joining or leaving the association."""
        found: list[Event] = []
        items = self._items()
        for index, item in enumerate(items):
            topic = self._topic(item)
            if topic is None or self.reading.home_name is None:
                continue
            if not topic.body.named and index and self._opens_with_another(items[index - 1]):
                continue  # "Uchwała … w sprawie wystąpienia ze Związku została podjęta": the one its item begins with
            event = self._event(topic, item)
            if event is not None and event.stage is Stage.PROPOSED and self._adopted_above(items, index):
                event.stage = Stage.RESOLVED
            if event is not None and event.stage is Stage.PROPOSED:
                self._taken_up_again(event, item, items[index + 1 :])
            if event is not None:
                found += [event, self._undone(event, topic)] if topic.undone else [event]
        final = [e for e in found if e.stage is not Stage.PROPOSED]
        return final or found[:1]

    def _adopted_above(self, items: list[list[Segment]], index: int) -> bool:
        """Whether an item is of a list under "Rada podjęła uchwały w sprawie:", and only its fellows between."""
        if items[index][0].level not in _LISTED or self._of_committee():
            return False
        for above in reversed(items[max(0, index - _LONGEST_LIST) : index]):
            text = self.reading.clean.folded[above[-1].start : above[-1].end].rstrip()
            if text.endswith(":"):
                return ADOPTED_THESE.search(text) is not None and _TO_ADOPT.search(text) is None
            if above[0].level != items[index][0].level:
                return False
        return False

    # -- items -----------------------------------------------------------------------------------------------------

    def _items(self) -> list[list[Segment]]:
        """Segments grouped under the list mark that opens them; rows of tables are read elsewhere."""
        items: list[list[Segment]] = []
        for part in self.reading.parts:
            if part.kind is BlockKind.TABLE_ROW and not (items and self._of_a_ballot(part)):
                continue
            if not items or self._opens(part):
                items.append([part])
            else:
                items[-1].append(part)
        return items

    def _of_a_ballot(self, part: Segment) -> bool:
        """Whether a row gives the result of the item's ballot: "Wynik: nie przyjęto, za 5 | przeciw 8"."""
        return _RESULT.match(self.reading.clean.folded, part.start, part.end) is not None

    def _opens(self, part: Segment) -> bool:
        """Whether a segment begins another item: by its mark, its title, or a speaker who goes on to it."""
        line = self.reading.clean.folded[part.start : min(part.end, part.start + 160)]
        return (
            part.level in _OPENING_LEVELS
            or _NEXT_POINT.match(line) is not None
            or _RESOLUTION_LINE.match(line) is not None
        )

    def _topic(self, item: list[Segment]) -> _Topic | None:
        """The first sentence of an item that speaks of joining or leaving the association."""
        heads = True
        for part in item:
            for sentence in self.reading.sentences_of(part):
                if self._of_another_body(sentence, heads=heads):
                    return None
                heads = heads and not sentence.bodies
                for body in self.reading.ours(sentence.start, sentence.end)[:1]:
                    kind = self._step_towards(sentence, body)
                    if kind is EventKind.ACCESSION and _UNDOES.search(sentence.slice(sentence.start, body.start)):
                        return _Topic(sentence, EventKind.WITHDRAWAL, body, undone=True)
                    if kind is not None:
                        return _Topic(sentence, kind, body)
        return None

    def _opens_with_another(self, item: list[Segment]) -> bool:
        """Whether the first body that an item names is another, and the item's matter."""
        sentences = (s for part in item for s in self.reading.sentences_of(part))
        first = next((s for s in sentences if any(b.named for b in s.bodies)), None)
        return first is not None and self._of_another_body(first, heads=True)

    def _of_another_body(self, sentence: Sentence, *, heads: bool) -> bool:
        """Whether an item's matter is a step to or from another body, whatever is said of the association beside it.

        `heads`, whether no body was named in the item before.
        """
        if self.reading.ours(sentence.start, sentence.end):
            return False
        for body in self.reading.others(sentence.start, sentence.end)[:1]:
            lead = sentence.slice(sentence.start, body.start)
            if body.named and heads and re.search(rf"(?:{JOIN.pattern}|{LEAVE.pattern})[^.;]{{0,60}}$", lead):
                return True
            if body.named and re.search(rf"(?:{JOIN.pattern}|{LEAVE.pattern})[^.;]{{0,60}}$", lead):
                return re.search(r"w\s+sprawie|uchwal|projekt|podjeci", lead) is not None
        return False

    def _step_towards(self, sentence: Sentence, body: Body) -> EventKind | None:
        lead = sentence.slice(sentence.start, body.start)
        entered = step_behind(self.reading.clean.folded, body.end, sentence.end + 1)
        if entered is not None and re.search(r"[a-z]{4}", lead) is None:
            return entered
        if _SPEECH.search(lead) or _NOT_THE_MATTER.search(lead):
            return None
        leave = re.search(LEAVE.pattern + r"[^.;]{0,90}$", lead)
        join = re.search(JOIN.pattern + r"[^.;]{0,90}$", lead)
        step = max((m for m in (leave, join) if m is not None), key=lambda m: m.start(), default=None)
        if step is not None and OTHER_GOAL.match(_STEP_WORD.sub("", step[0], count=1)):
            return None
        if leave and not (join and join.start() > leave.start() and not join[0].startswith("czlonkostw")):
            return EventKind.WITHDRAWAL
        if join:
            return EventKind.ACCESSION
        for match in _BEING_IN.finditer(lead):
            if leads_to(self.reading, sentence.start + match.end(), body.start, EventKind.ACCESSION):
                return EventKind.ACCESSION
        return None

    # -- events ----------------------------------------------------------------------------------------------------

    def _event(self, topic: _Topic, item: list[Segment]) -> Event | None:
        reading = self.reading
        sentence, end = topic.sentence, item[-1].end
        towns = [t for t in sentence.towns if t.is_actor]
        actor = Actor(towns[0].name, towns[0].municipality) if towns else Actor(reading.home_name or "", reading.home)
        event = Event.told(actor, topic.kind, Stage.PROPOSED, sentence, sentence.start, "minutes.item", 0.85)
        event.date = reading.session.iso if reading.session else None
        if self._of_committee():
            event.date = self._announced(item[0].start, end)
            return event
        if self._recalled(event, sentence):
            return event
        self._decide(event, self._outcomes.read(sentence.start, end))
        if event.stage is not Stage.PROPOSED and self._is_refusal(topic):
            if event.stage is Stage.REJECTED:
                return None  # that the step be refused was voted down
            event.stage, event.votes, event.resolution = Stage.REJECTED, None, None
        if event.stage is Stage.PROPOSED and _ASKED.search(sentence.slice(sentence.start, topic.body.start)):
            return None
        return event

    def _undone(self, left: Event, topic: _Topic) -> Event:
        """The accession that was resolved before, of the item that repeals its resolution."""
        sentence = topic.sentence
        joined = Event.told(
            left.actor, EventKind.ACCESSION, Stage.RESOLVED, sentence, sentence.start, "minutes.item", 0.85
        )
        acts = [a for a in self.reading.acts if sentence.start <= a.start < topic.body.start]
        copy_act(self.reading, joined, acts[-1] if acts else None)
        joined.undone = True
        left.date = None if left.date == joined.date else left.date
        left.resolution = None if left.resolution == joined.resolution else left.resolution
        return joined

    def _recalled(self, event: Event, sentence: Sentence) -> bool:
        """Give an event the day of an earlier decision that the sentence only tells of, if it tells of one."""
        session = self.reading.session
        if session is None or session.iso is None or sentence.text.endswith("?") or _REPEALS.search(sentence.folded):
            return False
        for day in sentence.dates:
            if day.day is None or day.iso is None or day.iso >= session.iso:
                continue
            lead, rest = sentence.slice(sentence.start, day.start), sentence.slice(day.end, sentence.end)
            then = _DECIDED_THEN.match(rest)
            if _OF_AN_EARLIER.search(lead) or then is not None:
                refused = then is not None and then["no"] is not None
                acts = [a for a in self.reading.acts if a.date is day and not refused]
                event.stage, event.date = Stage.REJECTED if refused else Stage.RESOLVED, day.iso
                event.resolution = acts[0].number if acts else None
                return True
        return False

    @staticmethod
    def _is_refusal(topic: _Topic) -> bool:
        """Whether what an item puts to the vote is to refuse the step: "w sprawie odmowy przystąpienia do …"."""
        lead = topic.sentence.slice(topic.sentence.start, topic.body.start)
        return any(REFUSAL.search(lead, 0, m.start()) for p in (JOIN, LEAVE) for m in p.finditer(lead))

    @staticmethod
    def _decide(event: Event, outcome: Outcome) -> None:
        """Give an event the stage that its item came to, with ballot and number."""
        event.stage = outcome.stage
        if outcome.stage is not Stage.PROPOSED:
            event.votes = outcome.ballot.votes if outcome.ballot is not None else None
        if outcome.stage is Stage.RESOLVED:
            event.resolution = outcome.act.number if outcome.act is not None else None

    def _taken_up_again(self, event: Event, item: list[Segment], later: list[list[Segment]]) -> None:
        """Where an agenda at the head names the matter, and "Ad 7." further on only what became of it."""
        number = self._number(item[0])
        text = self.reading.clean.folded[item[0].start : item[-1].end]
        given = _GIVEN_NUMBER.search(text)
        numbers = {n for n in (number, given["n"] if given is not None else None) if n is not None}
        if self._of_committee():
            return
        for other in later:
            if self._number(other[0]) not in numbers or self._topic(other) is not None:
                continue
            outcome = self._outcomes.read(other[0].start, other[-1].end)
            others = self.reading.others(other[0].start, other[-1].end)
            if outcome.stage is not Stage.PROPOSED and not others:
                self._decide(event, outcome)
                event.confidence = 0.75
                return

    def _number(self, part: Segment) -> str | None:
        """The number that an item's mark bears: "7." and "Ad 7)" are one."""
        line = self.reading.clean.folded[part.start : min(part.end, part.start + 24)]
        if part.level != "number" and _NEXT_POINT.match(line) is None:
            return None
        match = _NUMBER.search(line)
        return match[0] if match else None

    def _of_committee(self) -> bool:
        """Whether a committee's meeting is written down, whose votes are opinions only."""
        head = self.reading.clean.folded[:400]
        committee = re.search(r"(?<!\w)komisj(?:[iae]\w?|i)\s|(?<!\w)komisje\W", head)
        council = re.search(r"(?<!\w)sesj[iae](?!\w)", head)
        return committee is not None and (council is None or council.start() > committee.start())

    def _taken_up_on(self, position: int) -> bool:
        """As in "Rada zajmie się nim 27 listopada"."""
        return _TAKES_UP.search(self.reading.clean.folded, max(0, position - 80), position) is not None

    def _announced(self, start: int, end: int) -> str | None:
        """The day of the session that a committee prepares: "projekty na sesję 21 czerwca"."""
        folded = self.reading.clean.folded
        days = [d for d in self.reading.dates if d.day and _ANNOUNCED.search(folded[max(0, d.start - 60) : d.start])]
        inside = [d for d in days if start <= d.start < end] or days
        inside = inside or [
            d for d in self.reading.dates if start <= d.start < end and d.day and self._taken_up_on(d.start)
        ]
        return inside[0].iso if inside else None

"""Minutes: the item that deals with joining or leaving, its ballot and what became of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zmpwatch.extract.bodies import BodyKind
from zmpwatch.extract.event import Actor, Event
from zmpwatch.extract.layout import Segment
from zmpwatch.extract.reading import Reading
from zmpwatch.extract.resolutions import JOIN, LEAVE
from zmpwatch.extract.votes import Ballot, read_ballot
from zmpwatch.model import EventKind, Stage

__all__ = ["MinutesReader"]

_PROCEDURAL = re.compile(
    r"(?<!\w)(?:wnios\w+|poprawk\w*|autopoprawk\w*|odeslani\w+|odroczeni\w+|zdjeci\w+|wycofani\w+|wprowadzeni\w+|wprowadzic|porzadk\w+|zamkniecie\s+dyskusji|reasumpcj\w+|dodani\w+|komisj\w+\s+\w*\s?(?:zaopin|opin|glos)|opini[aie]\w?\s+(?:\w+\s+)?komisj|opini[aie]\w?\s+(?:pozytywn|negatywn))"
)
_CONCLUDED = re.compile(
    r"(?<!\w)(?:uchwal\w+|projekt\w*)\s[^.]{0,80}(?:podje\w+|przyje\w+|odrzuc\w+|upad\w+)|(?:podje\w+|odrzuc\w+)\s[^.]{0,40}(?:uchwal\w+|projekt\w*)"
)
_BALLOT_WORD = re.compile(r"(?<!\w)(?:za(?!\w)|przeciw|wstrzym|glosow)")
_NOT_ADOPTED = re.compile(
    r"(?<!\w)(?:nie\s+(?:zostal\w+\s+)?(?:podje\w+|przyje\w+|uchwal\w+|przeszl\w+|przeszed\w+|uzyska\w+|zyska\w+)|odrzuc\w+|upad[lh]\w*|przepad\w+|nie\s+przeglosowa\w+)"
)
_REMOVED = re.compile(
    r"(?<!\w)(?:wycofa\w+|zdje[ct]\w*\s+z\s+porzad\w+|zdjal|odeslan\w+\s+do\s+komisj|odroczon\w+|przelozon\w+)"
)
_ADOPTED = re.compile(
    r"(?<!\w)(?:podje(?:la|li|to|ta|te)|przyje(?:la|li|to|ta)|uchwalil\w*|uchwalon\w+|uchwala\s+(?:nr|zostala)|przeglosowa\w+)"
)


@dataclass(slots=True)
class MinutesReader:
    """Reads one set of minutes."""

    reading: Reading

    def events(self) -> list[Event]:
        """One event for the item, or items, that deal with joining or leaving the association."""
        found: list[Event] = []
        for item in self._items():
            event = self._item(item)
            if event is not None:
                found.append(event)
        final = [e for e in found if e.stage is not Stage.PROPOSED]
        return final or found[:1]

    def _items(self) -> list[list[Segment]]:
        """Segments grouped under the list mark that opens them."""
        items: list[list[Segment]] = []
        for part in self.reading.parts:
            opens = (
                self._next_point(part)
                or part.level in ("number", "letter", "roman", "section", "bullet")
                or self._resolution_line(part)
            )
            if opens or not items:
                items.append([part])
            else:
                items[-1].append(part)
        return items

    def _next_point(self, part: Segment) -> bool:
        """Whether a speaker, or the writer, goes on to another point: "Przewodniczący: Punkt jedenasty, …"."""
        return (
            re.match(
                r"(?:[\w .()-]{2,50}:\s*)?(?:\w+\.\s+)?(?:przechodzimy\s+(?:teraz\s+)?do\s"
                r"|przystepujemy\s+do\s+(?:\w+\s+)?punktu|(?:kolejny|nastepny)\s+punkt|punkt\s+\w+[,.:-])",
                self.reading.clean.folded[part.start : min(part.end, part.start + 160)],
            )
            is not None
        )

    def _resolution_line(self, part: Segment) -> bool:
        return (
            re.match(
                r"(?:projekt\s+)?uchwal\w*\s+(?:nr\s+\S+\s+)?w\s+sprawie|w\s+sprawie",
                self.reading.clean.folded[part.start : part.end],
            )
            is not None
        )

    def _item(self, item: list[Segment]) -> Event | None:
        reading = self.reading
        folded = reading.clean.folded
        start, end = item[0].start, item[-1].end
        topic = None
        for part in item:
            for sentence in reading.sentences_of(part):
                ours = [b for b in sentence.bodies if b.kind is BodyKind.OURS]
                if not ours:
                    continue
                lead = sentence.slice(sentence.start, ours[0].start)
                if self._speech(lead):
                    continue
                leave = re.search(LEAVE.pattern + r"[^.;]{0,90}$", lead)
                join = re.search(JOIN.pattern + r"[^.;]{0,90}$", lead)
                if (leave or join) and not re.search(r"(?:zarzad\w*|biur\w*|komisj\w*|doradc\w*|apel)\s*$", lead):
                    topic = (
                        sentence,
                        EventKind.WITHDRAWAL
                        if leave and not (join and join.start() > leave.start())
                        else EventKind.ACCESSION,
                    )
                    break
            if topic:
                break
        if topic is None or reading.home_name is None:
            return None
        sentence, kind = topic
        procedure = _PROCEDURAL.search(sentence.folded) is not None and not _ADOPTED.search(sentence.folded)
        text = folded[start:end]
        ballot = None if procedure else self._final_ballot(sentence.start, end)
        acts = [a for a in reading.acts if sentence.start <= a.start < end]
        towns = [t for t in sentence.towns if t.is_actor]
        actor = Actor(towns[0].name, towns[0].municipality) if towns else Actor(reading.home_name, reading.home)
        event = Event(actor, kind, Stage.PROPOSED, sentence.start, sentence.end, sentence.start, "minutes.item", 0.85)
        event.date = reading.session.iso if reading.session else None
        if self._of_committee():
            event.date = self._announced(start, end)
            return event
        if procedure or (_REMOVED.search(text) and ballot is None):
            return event
        tail = folded[sentence.start : end]
        if _NOT_ADOPTED.search(self._outcome(tail)) or (ballot is not None and ballot.carried is False):
            event.stage = Stage.REJECTED
        elif acts or _ADOPTED.search(tail) or (ballot is not None and ballot.carried):
            event.stage = Stage.RESOLVED
            event.resolution = acts[-1].number if acts else None
        if event.stage is not Stage.PROPOSED and ballot is not None:
            event.votes = ballot.votes
        return event

    @staticmethod
    def _speech(lead: str) -> bool:
        """As in "Wystąpienie Prezesa Związku", "wystąpienie z wnioskiem do Związku": somebody speaks or asks."""
        return (
            re.search(
                r"wystapi\w+\s+(?:[\w-]+\s+){0,2}(?:prezes\w*|przedstawiciel\w*|delegat\w*|dyrektor\w*|gosc\w*|z\s+(?:wniosk|apel|pism|prosb|inicjatyw)\w*)\s[^.;]{0,90}$",
                lead,
            )
            is not None
        )

    def _of_committee(self) -> bool:
        """Whether a committee's meeting is written down, whose votes are opinions only."""
        head = self.reading.clean.folded[:400]
        committee = re.search(r"(?<!\w)komisj[iae]\w?\s", head)
        council = re.search(r"(?<!\w)sesj[iae](?!\w)", head)
        return committee is not None and (council is None or council.start() > committee.start())

    def _announced(self, start: int, end: int) -> str | None:
        """The day of the session that a committee prepares: "projekty na sesję 21 czerwca"."""
        folded = self.reading.clean.folded
        lead = re.compile(
            r"(?<!\w)sesj[iaeę]\w*\s+(?:rady\s+(?:\w+\s+)?)?(?:w\s+dniu\s+|dnia\s+|z\s+dnia\s+|zaplanowan\w+\s+na\s+|planowan\w+\s+na\s+)?$"
        )
        days = [d for d in self.reading.dates if d.day and lead.search(folded[max(0, d.start - 60) : d.start])]
        inside = [d for d in days if start <= d.start < end] or days
        return inside[0].iso if inside else None

    @staticmethod
    def _outcome(tail: str) -> str:
        """Sentences that speak of the resolution, not of a motion about it."""
        kept = [s for s in re.split(r"(?<=[.!?])\s+|\n", tail) if not _PROCEDURAL.search(s)]
        return " ".join(kept)

    def _final_ballot(self, start: int, end: int) -> Ballot | None:
        """The last ballot of an item that is not about a motion."""
        folded = self.reading.clean.folded
        last: Ballot | None = None
        begun = position = start
        for match in re.finditer(r"(?<=[.!])\s+|\n|$", folded[start:end]):
            stop = start + match.start()
            if stop > position and not _PROCEDURAL.search(folded[position:stop]):
                ballot = read_ballot(folded, position, stop)
                # "Kto jest za? Jedenaście. Kto jest przeciw? Nikt." goes on over sentences
                whole = read_ballot(folded, begun, stop) if last is not None or begun < position else None
                if whole is not None and self._told(whole) > max(self._told(ballot), self._told(last)):
                    last = whole
                elif ballot is not None:
                    last, begun = ballot, position
                elif last is not None and _CONCLUDED.search(folded[position:stop]):
                    break
                elif not _BALLOT_WORD.search(folded[position:stop]):
                    begun = start + match.end()
            position = start + match.end()
        return last

    @staticmethod
    def _told(ballot: Ballot | None) -> int:
        """How many of the three numbers a ballot gives."""
        if ballot is None:
            return 0
        return sum(value is not None for value in (ballot.votes.in_favour, ballot.votes.against, ballot.votes.abstain))

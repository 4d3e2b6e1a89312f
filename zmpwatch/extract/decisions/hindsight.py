"""Councils' resolutions told behind or beside the admission they led to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.binding.matters import ANOTHER_MATTER
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.decisions.knowndecisions import KNOWN, SETTLED, VOTED_FOR, takes_for_known, votes_for_it
from zmpwatch.extract.decisions.verdicts import BARE_DECISION, BEGAN_WITH, NEVER_TAKEN_UP, refuses
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.papers.kinds import Paper
from zmpwatch.extract.structure.clause import Clause, clause_at
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.matters import JOINING, OTHER_ACTS
from zmpwatch.extract.words.phrases import LED_TO_IT
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage

__all__ = ["HindsightReader"]

_COUNCIL_RESOLVED = lazy(
    r"(?<!\w)uchwal[eay]\s+[^;.]{0,90}?(?<!\w)(?:rad[ay]|radni)(?!\w)[^;,.]{0,50}?(?<!\w)(?:podje\w+|przyje\w+|podjal\w*)"
    r"|(?<!\w)(?:rad[ay]|radni)(?!\w)[^;,.]{0,50}?(?<!\w)(?:podje\w+|przyje\w+)\s+[^;,.]{0,40}?uchwal[eay](?!\w)"
    r"|(?<!\w)rada(?!\w)\s+(?:\w+\s+){0,2}wystapila\s+uchwala\s+(?:nr|z)(?!\w)"
    r"|(?<!\w)uchwal[eay]\s+[^;,.]{0,40}?(?:podje\w+|przyje\w+)\s+[^;,.]{0,40}?(?<!\w)(?:rad[aye]|radni|radnych)(?!\w)",
    *("podjal", "podje", "przyje", "wystapila"),
)
_RESOLUTION_PASSED = lazy(
    r"(?<!\w)uchwal[ae]\s+(?:[\w-]+\s+){0,3}?(?:zapadl\w*|podjet[ao]|podjelismy|przyjet[ao]|przyjelismy|mamy\s+juz)(?!\w)(?!\s+(?:[\w-]+\s+){0,3}?(?:w\s+sprawie|o|dotycz\w+)(?!\w))",
    "=uchwala",
    "=uchwale",
)
_RESTS_ON = lazy(
    r"\W*(?:(?:to|jest\s+to|bylo\s+to|stalo\s+sie\s+(?:to|tak)|wszystko)\s+)?(?:\w+\s+)?(?:efekt\w*|skut\w+|wynik\w*|poklosi\w+|nastepstw\w+|konsekwencj\w+|rezultat\w*|zaslug\w+|dzieki|na\s+mocy|na\s+podstawie)\s+(?:[\w-]+\s+){0,2}?uchwal\w+"
    r"|\W*(?:poprzedzi|doprowadzi|przesadzi|zdecydowa|zadecydowa)\w+\s+(?:o\s+tym|to|je|do\s+tego)\s+(?:\w+\s+){0,2}?uchwal\w{1,2}(?!\s+zarzadu)"
    r"|\W*uchwal[ae]\s+(?:(?:nr|numer)\s+\S+\s+)?(?:w\s+tej\s+sprawie\s+)?(?:rad\w{1,2}\s+(?:miejsk\w+\s+|miasta\s+|gminy\s+)?)?(?:zapadl\w*|podjet[ao]|podje(?:la|to|li)|przyje(?:to|la|li))(?!\w)"
    r"|\W*rada\s+(?:miejska|miasta|gminy),?\s+uchwala\s+(?:nr|numer|z)\s"
    r"|[^.;]{0,60}?(?:procedur\w|starani\w+|drog[aei])\w*,\s+ktor\w+\s+(?:rozpocz\w+|zacz\w+|otworzy\w+|zapoczatkowa\w+)\s+(?:\w+\s+)?uchwal\w+"
    r"|\W*(?:dziekuj\w+|podziekowania|brawa|brawo)\s+(?:dla\s+)?[^.;]{0,40}?(?:rad\w+)[^.;]{0,30}?(?<!\w)za\s+(?:\w+\s+){0,2}?uchwal\w+"
    r"|\W*uchwal[ae]\s+rad\w{1,2}\s+(?:(?:miejsk\w+|miasta|gminy)\s+)?(?:z\s+(?:dnia\s+)?\d|(?:nosi|ma)\s+(?:numer|nr)\s)"
    r"|\W*w\s+uchwale,\s+ktora\s+(?:[\w-]+\s+){0,4}?(?:rad[ay]|radni)\s+(?:[\w-]+\s+){0,4}?(?:podje|przyje|przeglosowa|uchwali)\w+"
    r"|\W*(?:rada(?:\s+(?:miejska|miasta|gminy))?|radni)\s+(?:(?!nie\s)\w+\s+)?(?:zatwierdzi|popar|przeglosowa|zaakceptowa|klepne|przyklepa)\w+\s+(?:to|te\s+decyzje|ten\s+krok)(?=\s*(?:[.,;!]|$)|\s+(?:jedno\w+|\d{1,2}|na|w|glosami|wiekszoscia)(?!\w))"
    rf"|\W*{BEGAN_WITH}",
    *("uchwal", "zatwierdzi", "popar", "przeglosowa", "zaakceptowa", "klepa", "klepne"),
)
"""What a membership told just before goes back to: "To efekt uchwały z marca", "Uchwała zapadła 24 kwietnia"."""
_ON_ELSE = lazy(
    rf"(?<!\w)(?:w\s+sprawie|dotycz\w+|o)\s+(?!tej|tym|to|{JOINING}|numerze|\d)\w|(?<!\w)uchwal\w+\s+(?:zarzadu|zgromadzenia|(?:{OTHER_ACTS})\w*)(?!\w)"
)
_IN_COUNCIL = lazy(
    r"\W*(?:\w+\s+)?(?:glosowani\w{1,2}\s+)?(?:w|na)\s+(?:naszej\s+)?(?:radzie|sesji)(?:\s+miejskiej)?(?!\w)|\W*(?:w\s+)?glosowani\w{1,2}(?!\w)",
    *("=radzie", "=sesji", "glosowani"),
)
_BY_THEIR_ACTS = lazy(
    r"(?<!\w)(?:dzieki|po|na\s+mocy|moca|na\s+podstawie|w\s+wyniku|zgodnie\s+z)\s+(?:[\w-]+\s+){0,2}?(?:uchwal|decyzj)\w{1,3}\s+(?:(?:swo\w{1,3}|swych|swej|ich|jej|jego|tamtejsz\w{1,3}|nasz\w{1,3})\s+rad\w{0,2}|rady\s+(?:miasta|miejskiej|gminy)|radnych)(?!\w)",
    "uchwal",
    "decyzj",
)
"""What led to an admission: "dzięki uchwałom swoich rad"."""
_READS_THERE = lazy(r",\s+(?:mowa|czytamy|napisano|zapisano|podkreslono|wskazano|stwierdzono|jest\s+mowa)(?!\w)")
"""Before what a resolution says, which is not what it is on."""
_OF_THAT_DAY = lazy(r"\s+(?:\w+\s+)?z\s+(?:dnia\s+)?")
_NEXT = 160
_SHORT = 120
_LONG_AFTER = 4000

_LONG_BEHIND = signs_of(BARE_DECISION, _RESOLUTION_PASSED, KNOWN, SETTLED, VOTED_FOR)

_PAPER_OF = lazy(r"(?<!\w)(?:petycj\w+|apel\w{0,3}|prosb\w+|stanowisk\w+|skarg\w+|list\w{0,2})\s+$")


@dataclass(slots=True)
class HindsightReader:
    """Reads what a council had decided before its town was admitted."""

    NEEDS: ClassVar[int] = _LONG_BEHIND | signs_of(_RESTS_ON, _IN_COUNCIL)
    """For what is told behind an admission; what is told beside it needs other words."""
    discourse: Discourse

    def by_council_before(self, sentence: Sentence, found: Sequence[Event]) -> list[Event]:
        """As in "We wrześniu Rada Miejska w Błoniu wyraziła zgodę", told long after the admission it led to.

        Only where the council of the very town decides on nothing that is named.
        """
        headed = bool(self.discourse.headed) and self.discourse.alone()
        if not sentence.signs & _LONG_BEHIND or not (headed or self._may_lead_on(sentence, found)):
            return []
        match = BARE_DECISION.search(sentence.folded) or takes_for_known(sentence, self.discourse.reading)
        if match is None and headed:
            return self._of_whom_is_headed(sentence) if _RESOLUTION_PASSED.search(sentence.folded) else []
        if match is None or not self._may_lead_on(sentence, found) or refuses(sentence.folded):
            return []
        councils = [t.name for t in sentence.towns if t.role == Role.COUNCIL] or self._home_council(sentence, found)
        councils = councils or self._home_settled(sentence)
        step = next(
            (
                e
                for e in found
                if e.stage in (Stage.ADMITTED, Stage.MEMBER)
                and e.kind is EventKind.ACCESSION
                and e.actor.name in councils
                and sentence.start - e.end < _LONG_AFTER
            ),
            None,
        )
        done = step is not None and any(
            e.actor.name == step.actor.name and e.kind is step.kind and e.stage is Stage.RESOLVED for e in found
        )
        if step is None or done:
            return []
        event = Event.told(
            step.actor, step.kind, Stage.RESOLVED, sentence, sentence.start, "sentence.decision_follows", 0.7
        )  # fmt: skip
        self.discourse.binder.bind(event, sentence, Clause(sentence.start, sentence.end))
        return [event]

    def _may_lead_on(self, sentence: Sentence, found: Sequence[Event]) -> bool:
        """Whether a sentence may tell of the decision that led to an admission told before."""
        return (
            self.discourse.reading.paper is Paper.OTHER
            and any(e.kind is EventKind.ACCESSION and e.stage in (Stage.ADMITTED, Stage.MEMBER) for e in found)
            and "?" not in sentence.text
            and not sentence.has("refuse", "plan", "board")
            and all(b.kind is not BodyKind.OTHER for b in sentence.bodies)
        )

    def behind_it(self, sentence: Sentence, found: Sequence[Event]) -> list[Event]:
        """As in "X należy do Związku od stycznia. To efekt uchwały, którą rada podjęła we wrześniu"."""
        last = found[-1] if found else None
        if last is None or last.stage not in (Stage.ADMITTED, Stage.MEMBER):
            return []
        if sentence.start - last.end > _NEXT or "?" in sentence.text:
            return []
        known = takes_for_known(sentence, self.discourse.reading)
        match = known or _RESTS_ON.match(sentence.folded)
        if match is None and not (last.kind is EventKind.ACCESSION and self._voted(sentence)):
            return []
        if refuses(sentence.folded) or sentence.has("refuse"):
            return []
        told = _READS_THERE.split(sentence.folded)[0]
        if known is None and (_ON_ELSE.search(told) or sentence.has("plan")):
            return []
        if any(b.kind is BodyKind.OTHER for b in sentence.bodies):
            return []
        actors = [e.actor for e in found if e.start == last.start and e.kind is last.kind]
        names = {a.name for a in actors}
        others = {t.name for t in sentence.towns if t.role != Role.PLACE} - names
        decided = {e.actor.name for e in found if e.stage is Stage.RESOLVED and e.kind is last.kind}
        here = self.discourse.paragraph
        if others or names & decided or (here is not None and here.name not in names):
            return []
        events = [
            Event.told(actor, last.kind, Stage.RESOLVED, sentence, sentence.start, "sentence.decision_follows", 0.75)
            for actor in dict.fromkeys(actors)
        ]
        for event in events:
            self.discourse.binder.bind(event, sentence, Clause(sentence.start, sentence.end))
        return events

    def _voted(self, sentence: Sentence) -> bool:
        """As in "X należy do Związku. W radzie za było dwunastu, trzech przeciw": the ballot it goes back to."""
        if _IN_COUNCIL.match(sentence.folded) is None or ANOTHER_MATTER.search(sentence.folded) or sentence.bodies:
            return False
        ballot = self.discourse.binder.ballots.told(sentence, Clause(sentence.start, sentence.end))
        return ballot is not None and ballot.votes.against is not None and ballot.carried is True

    def _home_council(self, sentence: Sentence, found: Sequence[Event]) -> list[str]:
        """Whose council "Rada uchwałę przyjęła w grudniu" is: that of the page, of which alone was told just before."""
        last = found[-1] if found else None
        if sentence.towns or last is None or not sentence.has("council") or sentence.start - last.end > _SHORT:
            return []
        home = self.discourse.reading.home_name
        return [home] if home is not None and last.actor.name == home else []

    def _home_settled(self, sentence: Sentence) -> list[str]:
        """Whose council it is that "załatwiła temat 23 maja uchwałą nr …", far behind: that of the page."""
        around = self.discourse.reading.up_to(sentence)
        home = self.discourse.reading.home_name
        if home is None or sentence.towns:
            return []
        if SETTLED.search(sentence.folded) is None and votes_for_it(sentence, self.discourse.reading) is None:
            return []
        told = any(s.has("council") for s in around) and not any(
            b.kind is BodyKind.OTHER for s in around for b in s.bodies
        )
        return [home] if told else []

    def _of_whom_is_headed(self, sentence: Sentence) -> list[Event]:
        """As in "Pyzdry: „Uchwała zapadła 30 sierpnia”", one of several answers on the association alone."""
        first = self.discourse.reading.sentences_of(sentence.segment)[:1]
        headed = self.discourse.headed
        if (
            not headed
            or not first
            or not any(t.name == headed[0].name and t.start - first[0].start < 4 for t in first[0].towns)
        ):
            return []
        if self.discourse.topic(sentence, sentence.start) is not BodyKind.OURS or self._on_a_paper_of_ours(sentence):
            return []
        event = Event.told(
            headed[0], EventKind.ACCESSION, Stage.RESOLVED, sentence, sentence.start, "sentence.headed_decision", 0.65
        )  # fmt: skip
        self.discourse.binder.bind(event, sentence, Clause(sentence.start, sentence.end))
        return [event]

    def _on_a_paper_of_ours(self, sentence: Sentence) -> bool:
        """Whether the association was named last for what it sent: "Nad petycją Związku głosowały trzy rady"."""
        for earlier in self.discourse.reading.told_before(sentence):
            ours = [body for body in earlier.bodies if body.kind is BodyKind.OURS]
            if ours:
                return _PAPER_OF.search(earlier.slice(earlier.start, ours[-1].start)) is not None
        return False

    def _by_their_acts(self, sentence: Sentence, told: list[Event]) -> Iterator[Event]:
        """As in "dzięki uchwałom swoich rad A i B są już w Związku": what the councils had decided."""
        acts = _BY_THEIR_ACTS.search(sentence.folded)
        if acts is None or any(e.stage is Stage.RESOLVED for e in told):
            return
        if _ON_ELSE.search(sentence.folded[acts.end() :].split(",")[0]):
            return
        end = sentence.start + acts.end()
        days = [d for d in sentence.dates if d.start >= end and _OF_THAT_DAY.fullmatch(sentence.slice(end, d.start))]
        for event in told:
            if event.kind is EventKind.ACCESSION and event.stage in (Stage.ADMITTED, Stage.MEMBER):
                yield Event.told(
                    event.actor,
                    event.kind,
                    Stage.RESOLVED,
                    sentence,
                    end,
                    "sentence.decided_beside",
                    0.8,
                    date=days[0].iso if days else None,
                )

    def beside(self, sentence: Sentence, told: list[Event]) -> Iterator[Event]:
        """The resolution told in another clause than the admission: "uchwałę rada podjęła …, a Zarząd przyjął"."""
        yield from self._by_their_acts(sentence, told)
        led_to_it = LED_TO_IT.search(sentence.folded)
        match = led_to_it or _COUNCIL_RESOLVED.search(sentence.folded)
        admitted = [e for e in told if e.stage is Stage.ADMITTED or (led_to_it and e.stage is Stage.MEMBER)]
        if match is None or not admitted or any(e.stage is Stage.RESOLVED for e in told):
            return
        clause = clause_at(sentence, sentence.start + match.end() - 1)
        if NEVER_TAKEN_UP.search(sentence.folded) or any(clause.start <= e.anchor < clause.end for e in admitted):
            return
        first = admitted[0]
        own = [t for t in sentence.towns if clause.start <= t.start < clause.end]  # "…, a radni A i B podjęli uchwały"
        for actor in self.discourse.actors(own) or [e.actor for e in admitted]:
            event = Event.told(
                actor, first.kind, Stage.RESOLVED, sentence, clause.start, "sentence.decided_beside", 0.8
            )
            self.discourse.binder.bind(event, sentence, clause)
            yield event

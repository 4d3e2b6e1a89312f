"""Who is to be taken in next, as the association tells it: "na luty wniosek składa A", "w maju przyjmiemy B"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.discourse.topic import Discourse, OpenStep
from zmpwatch.extract.discourse.voice import nobody_else, speaks_for_it
from zmpwatch.extract.membership.memberwords import into_a_part
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.matters import BEING_LET_IN
from zmpwatch.extract.words.phrases import NEGATED
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage

__all__ = ["CandidateReader"]

_APPLIES = lazy(
    r"(?<!\w)(?:wniosek|wnioski|akces|deklaracj[eai]|podanie|zgloszeni[ea])\s+(?:(?!o\s|w\s+sprawie|do\s+(?!zwiazku|zmp|nas|biura|zarzadu))[\w-]+\s+){0,4}?"
    r"(?:sklada(?:ja)?|zlozy|zloza|szykuj[ea](?:ja)?|przygotowuj[ea](?:ja)?|zapowiada(?:ja)?|zapowiedzial[aoy]?)(?!\w)"
    r"|(?<!\w)(?:sklada(?:ja)?|zlozy|zloza|szykuj[ea](?:ja)?|przygotowuj[ea](?:ja)?|zapowiada(?:ja)?|zapowiedzial[aoy]?)\s+(?:\w+\s+){0,2}?(?:wniosek|wnioski|akces|deklaracj[ea])(?!\s+(?:[\w-]+\s+)?(?:o|w\s+sprawie|do\s+(?!zwiazku|zmp|nas|biura|zarzadu))(?!\w))(?!\w)",
    *("wnios", "akces", "deklaracj", "podanie", "zgloszeni"),
)
_WAITS = lazy(
    r"(?<!\w)(?:w\s+kolejce|w\s+poczekalni|na\s+przyjecie|na\s+swoja\s+kolej|na\s+decyzje\s+zarzadu)(?!\w)[^.;:]{0,50}?(?<!\w)(?:czeka|czekaja|jest|sa|stoi|stoja|ustawil[aoy]?\s+sie)(?!\w)"
    r"|(?<!\w)(?:czeka|czekaja|stoi|stoja|ustawil[aoy]?\s+sie)\s+(?:\w+\s+)?(?:w\s+kolejce|na\s+przyjecie)(?!\w)"
    r"|(?<!\w)(?:wybiera|wybieraja|szykuje|szykuja|garnie|garna|przymierza|przymierzaja)\s+sie\s+(?=do\s)|(?<!\w)do\s+[^.;:]{3,40}?\s(?:wybiera|wybieraja|szykuje|szykuja|garnie|garna|przymierza|przymierzaja)\s+sie(?!\w)",
    *("=kolejce", "=poczekalni", "=przyjecie", "=kolej", "=decyzje", "wybiera", "szykuj", "garn", "przymierza"),
)
_VERDICT = (
    r"(?:zgode|decyzje|akceptacje|aprobate|rozpatrzenie|rozstrzygniecie|werdykt|odpowiedz|zielone\s+swiatlo|glosowanie)"
)
_IN = rf"(?:{BEING_LET_IN})"
_AWAITS = lazy(
    rf"(?<!\w)(?:o?czekuj[ea](?:my)?|czeka(?:ja|my)?|o?czekujac\w*)\s+(?:\w+\s+){{0,2}}?na\s+{_VERDICT}(?!\w)[^.;:,]{{0,70}}?(?<!\w){_IN}\w*"
    rf"|(?<!\w)na\s+{_VERDICT}(?!\w)[^.;:,]{{0,70}}?(?<!\w){_IN}\w*[^.;:,]{{0,40}}?(?<!\w)(?:o?czekuj[ea](?:my)?|czeka(?:ja|my)?)(?!\w)",
    *("czekuj", "=czeka", "=czekaja", "=czekamy"),
)
"""As in "czeka na zgodę Zarządu na członkostwo", "oczekują na rozpatrzenie wniosku o przyjęcie"."""
_PAPER = r"(?:wniosek|wnioski|kandydatur[ay]|zgloszeni[ae]|deklaracj[ae]|akces)"
_PAPER_WAITS = lazy(
    rf"(?<!\w)(?:(?:na\s+)?(?:rozpatrzeni[ae]|rozstrzygnieci[ae]|swoja\s+kolej|decyzj[eai])|w\s+(?:kolejce|poczekalni))\s+(?:\w+\s+){{0,3}}?(?:o?czekuj[ea]|czeka(?:ja)?|lez[ya]|jest|sa)\s+(?:\w+\s+){{0,2}}?{_PAPER}(?P<behind>\s+(?:miast\w?\s+|gmin\w?\s+)?)"
    rf"|(?<!\w){_PAPER}(?P<between>\s+(?:miast\w?\s+|gmin\w?\s+)?)[^.;:,]{{3,50}}?\s(?:o?czekuj[ea]|czeka(?:ja)?)\s+(?:\w+\s+)?(?:na\s+)?(?:rozpatrzeni[ae]|rozstrzygnieci[ae]|swoja\s+kolej|decyzj[eai]|posiedzeni[ea])(?!\w)",
    *("rozpatrzeni", "rozstrzygnieci", "=kolej", "decyzj", "kolejce", "poczekalni", "posiedzeni"),
)
"""As in "Rozpatrzenia oczekuje wniosek X", "wniosek X czeka na decyzję": whose stands right behind the paper."""
_FOR_SOMETHING = lazy(
    r"\s+(?:o\s+(?!przyj|czlon|wst|przyst|akces)|w\s+sprawie\s+(?!przyj|czlon|wst|przyst|akces)|dotycz)"
)
_TAKES_IN = lazy(
    r"(?<!\w)(?:przyjmie|przyjma|przyjmiemy|powitamy|(?:ma|maja|mamy|planuj\w+|zamierza\w*)\s+(?:[\w-]+\s+){0,3}?przyjac|will\s+(?:\w+\s+)?(?:admit|welcome))(?!\w)",
    "przyjm",
    "=will",
    "przyjac",
    "=powitamy",
)
_INTO_US = lazy(
    r"(?<!\w)do\s+\"?(?:(?:naszego|naszej|tego|tej)\s+)?(?:zwiazku|zmp|grona|organizacji|stowarzyszenia|nas)(?!\w)"
)
_TO_ELSE = lazy(
    r"(?<!\w)(?:do\s+(?!\"?(?:naszego|naszej|tego|tej|zwiazku|zmp|grona|organizacji|stowarzyszenia|nas|konca)(?!\w)|\d)[a-z]|(?:na|jako)\s+(?:\w+\s+)?(?:gospodarz|partner|konferencj|zjazd|organizator|lider))"
)
_HOSTED = lazy(
    r"(?<!\w)(?:posiedzenie|posiedzenia|zgromadzenie|zgromadzenia|kongres|konferencje|zjazd|obrady|spotkanie|spotkania|gosci|uczestnikow|delegatow)\s[^,;:]{0,60}$"
)
"""What a town itself takes in: "następne posiedzenie Zarządu przyjmie Kołobrzeg"."""
_OBJECT = lazy(r"\s+(?:[\w.-]+\s+){0,4}?(?:(?:miasto|gmine|miasta|gminy)\s+)?")
_SESSION = lazy(r"(?<!\w)(?:sesj\w{1,3}|obrad\w{0,3}|glosowani\w{1,2})\s+(?:[\w-]+\s+){0,3}$")
_WE = lazy(r"(?<!\w)we\s+$")
_NOT = lazy(r"(?<!\w)(?:nie|ani|nigdy)(?!\w)")
_IF = lazy(r"(?<!\w)(?:gdyby\w*|czy)(?!\w)")


@dataclass(slots=True)
class CandidateReader:
    """Reads plans to join that the association itself tells of."""

    NEEDS: ClassVar[int] = signs_of(_APPLIES, _WAITS, _AWAITS, _PAPER_WAITS, _TAKES_IN)
    discourse: Discourse

    def beside(self, sentence: Sentence, told: list[Event]) -> list[Event]:
        """What a sentence tells, and the plans of towns of which it tells nothing else."""
        known = {event.actor.name for event in told}
        return [*told, *(e for e in self.events(sentence) if e.actor.name not in known)]

    def events(self, sentence: Sentence) -> Iterator[Event]:
        """Towns that have an application under way, wait to be taken in, or are to be."""
        if "?" in sentence.text or not sentence.towns or _IF.search(sentence.folded):
            return
        if not nobody_else(self.discourse.reading, sentence):
            return
        if self.discourse.topic(sentence, sentence.end) is not BodyKind.OURS:
            return
        for at, towns in (*self._applying(sentence), *self._waiting(sentence), *self._taken_in(sentence)):
            if NEGATED.search(sentence.slice(sentence.start, at)):
                continue
            actors = self.discourse.actors(self.discourse.rows.tail(sentence, towns))
            for actor in actors:
                event = Event.told(
                    actor, EventKind.ACCESSION, Stage.PROPOSED, sentence, at, "sentence.candidate", 0.7, weak=True
                )
                event.date = self._session(event, sentence)
                yield event
            if actors:
                self.discourse.open = OpenStep(sentence.number, EventKind.ACCESSION, tuple(actors))
                return

    def _applying(self, sentence: Sentence) -> Iterator[tuple[int, list[Town]]]:
        """As in "na luty wniosek składa A", "w kolejce do Związku czekają A i B"."""
        for pattern in (_APPLIES, _WAITS, _AWAITS):
            match = pattern.search(sentence.folded)
            if match is None or _NOT.search(match[0]) or sentence.has("council", end=sentence.start + match.end()):
                continue
            ours = any(b.kind is not BodyKind.OTHER for b in sentence.bodies)
            if pattern is _WAITS and not (ours and _INTO_US.search(sentence.folded)):
                continue
            if not (ours or sentence.has("board") or speaks_for_it(self.discourse.reading, sentence)):
                continue
            if pattern is _APPLIES and into_a_part(sentence.folded):
                continue
            start, end = sentence.start + match.start(), sentence.start + match.end()
            named = [
                t
                for t in sentence.towns
                if t.role == Role.PLAIN and t.nominative and not self.discourse.rows.compared(t, sentence)
            ]
            behind = [t for t in named if 0 <= t.start - end < 40]
            before = [t for t in named if 0 <= start - t.end < 40]
            if behind or before:
                yield start, behind[:1] or before[-1:]

    def _waiting(self, sentence: Sentence) -> Iterator[tuple[int, list[Town]]]:
        """As in "Zarząd spotka się w maju. W kolejce czeka wniosek A": where the board is spoken of."""
        match = _PAPER_WAITS.search(sentence.folded)
        if match is None or _NOT.search(match[0]) or sentence.has("council"):
            return
        before = self.discourse.just_before(sentence)
        if not (sentence.has("board") or (before is not None and before.has("board"))):
            return
        place = sentence.start + match.end("behind" if match["behind"] is not None else "between")
        first = [t for t in sentence.towns if t.genitive and 0 <= t.start - place <= 1]
        row = self.discourse.rows.tail(sentence, first)
        if row and _FOR_SOMETHING.match(sentence.slice(row[-1].end, sentence.end)) is None:
            yield sentence.start + match.start(), first

    def _taken_in(self, sentence: Sentence) -> Iterator[tuple[int, list[Town]]]:
        """As in "Zarząd przyjmie w maju A", "za miesiąc przyjmiemy A"."""
        match = _TAKES_IN.search(sentence.folded)
        if match is None:
            return
        start, end = sentence.start + match.start(), sentence.start + match.end()
        by_us = (
            match[0].endswith("my")
            or match[0].startswith("mamy")
            or _WE.search(sentence.folded, 0, match.start()) is not None
        )
        if by_us and not speaks_for_it(self.discourse.reading, sentence):
            return
        if not (by_us or sentence.has("board", end=end) or _INTO_US.search(sentence.folded)):
            return
        if _TO_ELSE.search(sentence.folded, match.end()) or _HOSTED.search(sentence.folded, 0, match.start()):
            return
        towns = [
            t for t in sentence.towns
            if t.start >= end and (t.accusative or "will" in match[0]) and t.role == Role.PLAIN
            and _OBJECT.fullmatch(sentence.slice(end, t.start)) is not None
        ]  # fmt: skip
        if towns:
            yield start, towns[:1]

    def _session(self, event: Event, sentence: Sentence) -> str | None:
        """The day of the council's session, where it is named; no other."""
        for mention in sentence.dates:
            if mention.day is not None and _SESSION.search(sentence.slice(sentence.start, mention.start)):
                return self.discourse.binder.dates.later_day(event, mention)
        return None

"""Membership events in running text: who joins, leaves or belongs, and how far it has come."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zmpwatch.extract.admissions.acceptedpapers import nouns_of_applications
from zmpwatch.extract.admissions.applications import ApplicationReader
from zmpwatch.extract.admissions.becoming import BecomingReader
from zmpwatch.extract.admissions.board import AdmissionReader
from zmpwatch.extract.admissions.candidates import CandidateReader
from zmpwatch.extract.admissions.certificates import CertificateReader
from zmpwatch.extract.admissions.doors import OPENED
from zmpwatch.extract.admissions.growth import GrowthReader
from zmpwatch.extract.admissions.inenglish import EnglishReader
from zmpwatch.extract.admissions.noted import NotedReader
from zmpwatch.extract.admissions.received import ReceivedReader
from zmpwatch.extract.admissions.welcomes import WelcomeReader
from zmpwatch.extract.binding.binder import Binder
from zmpwatch.extract.binding.datespread import DateSpread
from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.binding.samedays import take_day_before
from zmpwatch.extract.binding.sittings import taken_up_by_board
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.decisions.alike import with_alike
from zmpwatch.extract.decisions.byturns import ByTurnsReader
from zmpwatch.extract.decisions.ellipses import LONGEST_ELLIPSIS, EllipsisReader
from zmpwatch.extract.decisions.elsewhere import ElsewhereReader
from zmpwatch.extract.decisions.gapping import with_gapped
from zmpwatch.extract.decisions.hindsight import HindsightReader
from zmpwatch.extract.decisions.later import DecisionReader
from zmpwatch.extract.decisions.likewise import LikewiseReader
from zmpwatch.extract.decisions.plansbeside import PlanBesideReader
from zmpwatch.extract.decisions.repeals import RepealReader
from zmpwatch.extract.decisions.terse import TerseReader
from zmpwatch.extract.decisions.twodecisions import TwoDecisionsReader
from zmpwatch.extract.decisions.verdicts import DECIDES_IT
from zmpwatch.extract.discourse.generally import without_general
from zmpwatch.extract.discourse.hints import OF_A_MATTER, take_hint
from zmpwatch.extract.discourse.retractions import TAKES_BACK, without_retracted
from zmpwatch.extract.discourse.topic import Discourse, OpenStep
from zmpwatch.extract.membership.answers import AnswerReader
from zmpwatch.extract.membership.appositions import AppositionReader
from zmpwatch.extract.membership.bareclauses import BareClauseReader
from zmpwatch.extract.membership.belonging import BelongingReader
from zmpwatch.extract.membership.company import SAME_STANDING, SENIORITY
from zmpwatch.extract.membership.departures import DepartureReader
from zmpwatch.extract.membership.fees import FeeReader
from zmpwatch.extract.membership.fragments import LONGEST
from zmpwatch.extract.membership.representation import (
    HAS_DELEGATION,
    HAS_MANDATE,
    IN_THE_NAME,
    REPRESENTED_BY,
    RepresentationReader,
)
from zmpwatch.extract.membership.standing import StandingReader
from zmpwatch.extract.membership.whoisin import WhoIsInReader
from zmpwatch.extract.steps.aftersteps import (
    TO_TAKE_EFFECT,
    about_to_leave,
    date_late,
    has_entered,
    not_yet_left,
    only_its_number,
    without_ended,
    without_mere_notice,
    without_notice_period,
)
from zmpwatch.extract.steps.bothgoals import OF_BOTH, speaks_of_both
from zmpwatch.extract.steps.consents import ConsentReader
from zmpwatch.extract.steps.goals import JOIN, LEAVE
from zmpwatch.extract.steps.reader import StepReader
from zmpwatch.extract.steps.returning import with_returned
from zmpwatch.extract.steps.ways import WayReader
from zmpwatch.extract.steps.wishes import SAID_TO
from zmpwatch.extract.structure.layout import Segment
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage

__all__ = ["MembershipReader"]

_TELLING = signs_of(
    *JOIN,
    *LEAVE,
    *("struck", "enrol", "standing", "admit_verb", "took", "admit_noun", "member_word", "member_noun", "welcome"),
    *("belong", "is", "represent", "board", "candidacy", "certificate", "plan", "cease", "gone", "united", "fee"),
    *("widen", "gain", "attain", "became", "counted", "town_noun"),
    *(OPENED, HAS_DELEGATION, HAS_MANDATE, REPRESENTED_BY, IN_THE_NAME, SAID_TO, SAME_STANDING, SENIORITY),
)
"""Without a word of one of these classes a sentence tells nothing by itself."""
_STILL = lazy(
    r"(?<!\w)(?:do\s+dzis(?:iaj)?|po\s+dzis\s+dzien|do\s+dnia\s+dzisiejszego|do\s+tej\s+pory|do\s+teraz|nieprzerwanie|wciaz|nadal|ciagle|stale"
    r"|odtad|od\s+t(?:ego\s+czasu|ej\s+pory|amtej\s+pory|amtego\s+czasu)|do\s+chwili\s+obecnej|ever\s+since|to\s+this\s+day)(?!\w)"
    r"[^.;]{0,60}?(?<!\w)(?:jest|pozostaje|nalezy|naleza|sa|dziala\w*|jestesmy|nalezymy|is|remains)(?!\w)"
    r"|(?<!\w)(?:jest|pozostaje|nalezy|naleza|sa|jestesmy|nalezymy|is|remains|has\s+(?:been(?=\s+(?:an?|its|one|in|part|there|with)\s)|remained))(?!\w)[^.;]{0,80}?(?<!\w)(?:ever\s+since|do\s+dzis(?:iaj)?|po\s+dzis\s+dzien|do\s+tej\s+pory|nieprzerwanie|wciaz|nadal|ciagle|do\s+chwili\s+obecnej)(?!\w)",
    *("dzis", "pory", "teraz", "nieprzerwan", "wciaz", "nadal", "ciagl"),
    *("stale", "odtad", "czasu", "obecn", "ever", "day"),
)
_SINCE_JOINING = lazy(
    r"(?<!\w)(?:nalezy|naleza|nalezymy|jest\s+czlonk\w+|jestesmy\s+czlonk\w+|dzialamy|dziala|jestesmy|zasiada|uczestniczy|udziela\s+sie|zabiera\s+glos)(?!\w)[^.;]{0,80}?,\s+do\s+ktor\w+\s+(?:[\w-]+\s+){0,3}?(?:przystap|wstap|dolacz|wesz|nalezy)"
    r"|(?<!\w)(?:nalezy|naleza|nalezymy|jest|sa|jestesmy)(?!\w)[^.;]{0,80}?(?<!\w)od\s[^;]{3,30}?,\s+(?:kiedy|gdy)\s+(?:to\s+)?(?:[\w-]+\s+){0,3}?(?:przystap|wstap|dolacz|wesz)",
    *("=dziala", "=dzialamy", "=jest", "=jestesmy", "=naleza", "=nalezy", "=nalezymy", "=sa"),
    *("zasiada", "uczestniczy", "udziela", "zabiera"),
)
_OUTSIDE = lazy(r"(?<!\w)nie\s+(?:nalez|przystap|jest\s+czlonk)", "nalez", "przystap", "czlonk")

_READ = _TELLING | AnswerReader.NEEDS | ConsentReader.NEEDS | signs_of(LONGEST)
_TO_TAKE_EFFECT = signs_of(TO_TAKE_EFFECT)
_OF_BOTH = signs_of(OF_BOTH)
_BESIDE = (
    RepealReader.NEEDS
    | TAKES_BACK
    | ReceivedReader.NEEDS
    | CandidateReader.NEEDS
    | ElsewhereReader.NEEDS
    | TerseReader.NEEDS
    | PlanBesideReader.NEEDS
    | WayReader.NEEDS
    | TwoDecisionsReader.NEEDS
    | _TO_TAKE_EFFECT
)
_PRESENCE = DepartureReader.NEEDS | StandingReader.NEEDS


def _names_all(sentence: Sentence) -> bool:
    """Whether a town, a body and a time are named: "Oława (w ZMP od 1992 r.) buduje halę" tells without a verb."""
    return bool(sentence.towns and sentence.bodies and sentence.dates)


class MembershipReader:
    """Reads the sentences of one document in order."""

    def __init__(self, reading: Reading, binder: Binder) -> None:
        self.discourse = Discourse(reading, binder)
        self._admissions = AdmissionReader(self.discourse)
        self._becoming = BecomingReader(self.discourse)
        self._welcomes = WelcomeReader(self.discourse)
        self._applications = ApplicationReader(self.discourse)
        self._in_english = EnglishReader(self.discourse)
        self._certificates = CertificateReader(self.discourse)
        self._noted = NotedReader(self.discourse)
        self._departures = DepartureReader(self.discourse)
        self._standing = StandingReader(self.discourse)
        self._growth = GrowthReader(self.discourse)
        self._steps = StepReader(self.discourse)
        self._decisions = DecisionReader(self.discourse)
        self._likewise = LikewiseReader(self.discourse)
        self._received = ReceivedReader(self.discourse)
        self._candidates = CandidateReader(self.discourse)
        self._hindsight = HindsightReader(self.discourse)
        self._elsewhere = ElsewhereReader(self.discourse)
        self._ellipses = EllipsisReader(self.discourse)
        self._terse = TerseReader(self.discourse)
        self._ways = WayReader(self.discourse)
        self._plans_beside = PlanBesideReader(self.discourse)
        self._by_turns = ByTurnsReader(self.discourse)
        self._repeals = RepealReader(self.discourse)
        self._twice = TwoDecisionsReader(self.discourse)
        self._belonging = BelongingReader(self.discourse)
        self._bare_clauses = BareClauseReader(self.discourse)
        self._appositions = AppositionReader(self.discourse)
        self._representation = RepresentationReader(self.discourse)
        self._fees = FeeReader(self.discourse)
        self._consents = ConsentReader(self.discourse)
        self._answers = AnswerReader(self.discourse)
        self._who_is_in = WhoIsInReader(self.discourse)
        self._spread = DateSpread(reading)
        self._segment: Segment | None = None
        self._turned = False
        self._admitted: set[str] = set()
        """Who was told to have been admitted; a heading with such a name begins a portrait."""

    def events(self) -> list[Event]:
        """All events that sentences tell, with dates, resolutions and votes bound."""
        found: list[Event] = []
        for sentence in self.discourse.reading.sentences:
            if sentence.segment is not self._segment:
                self._head(sentence)
            self.discourse.enter(sentence)
            told = self._told(sentence, found) if sentence.signs & _READ or _names_all(sentence) else []
            if sentence.signs & _BESIDE:
                told, found = self._beside(sentence, told, found)
            if sentence.signs & ByTurnsReader.NEEDS or self._by_turns.goes_on:
                told = self._by_turns.beside(sentence, told)
            if not told or DECIDES_IT.search(sentence.folded):
                told += self._decisions.following(sentence) or self._behind(sentence, found)
            if told:
                only_its_number(sentence, told, found)
                take_day_before(sentence, told, found)
                self._admitted |= {
                    e.actor.name for e in told if e.stage is Stage.ADMITTED and e.kind is EventKind.ACCESSION
                }
                found.extend(told)
            else:
                if found and sentence.dates:
                    date_late(sentence, found, self.discourse.binder.dates)
                if sentence.bodies or sentence.signs & OF_A_MATTER:
                    take_hint(sentence, self.discourse)
            if sentence.signs & WhoIsInReader.NEEDS:  # whom somebody asks for, the text goes on without
                found.extend(self._who_is_in.events(sentence))
            if told or sentence.towns:
                self._remember(sentence, told)
        return found

    def _told(self, sentence: Sentence, found: list[Event]) -> list[Event]:
        """What a sentence tells by itself, all of it dated."""
        told = without_general(self.discourse.reading, sentence, list(self._sentence(sentence)))
        if told:
            told = without_mere_notice(sentence, without_ended(told))
        elif sentence.bodies and sentence.towns and sentence.signs & BareClauseReader.NEEDS:
            told = list(self._bare_clauses.events(sentence))
        if not told or all(e.rule == "sentence.answer" for e in told):
            return told
        self._spread.spread(told, sentence)
        told = with_returned(with_gapped(told, sentence, self.discourse), sentence)
        told = with_alike(told, sentence, self.discourse)
        told = without_notice_period(sentence, self._continuing(sentence, told, found), found)
        return [*told, *self._hindsight.beside(sentence, told)]

    def _beside(self, sentence: Sentence, told: list[Event], found: list[Event]) -> tuple[list[Event], list[Event]]:
        """What a sentence tells, and what was told before it, by readers that add to it or take back."""
        signs = sentence.signs
        if signs & RepealReader.NEEDS:
            told += self._repeals.events(sentence, told)
        if signs & TAKES_BACK:
            told, found = without_retracted(sentence, told, found, self.discourse)
        if signs & _TO_TAKE_EFFECT:
            found = not_yet_left(sentence, found)
        if signs & CandidateReader.NEEDS:
            told = self._candidates.beside(sentence, told)
        if signs & ReceivedReader.NEEDS:
            told = self._received.beside(sentence, told)
        if not told and signs & TerseReader.NEEDS:
            told = list(self._terse.events(sentence))
        if signs & PlanBesideReader.NEEDS:
            told = self._plans_beside.beside(sentence, told, found)
        if not told and signs & WayReader.NEEDS:
            told = list(self._ways.events(sentence))
        if signs & TwoDecisionsReader.NEEDS:
            told += self._twice.events(sentence, told, found)
        if signs & ElsewhereReader.NEEDS:
            told += self._elsewhere.events(sentence, told, found)
        return told, found

    def _behind(self, sentence: Sentence, found: list[Event]) -> list[Event]:
        """What a sentence tells of steps long told, whose decision came before them, or of others that did the same."""
        if not (found or self.discourse.headed):
            return []
        told: list[Event] = []
        if sentence.signs & HindsightReader.NEEDS:
            told += self._hindsight.behind_it(sentence, found) or self._hindsight.by_council_before(sentence, found)
        if sentence.signs & LikewiseReader.NEEDS:
            told += self._likewise.events(sentence, found)
        if not told and sentence.towns and len(sentence.folded) < LONGEST_ELLIPSIS:
            told += self._ellipses.events(sentence, found)
        return told

    def _sentence(self, sentence: Sentence) -> Iterator[Event]:
        handled: set[int] = set()
        signs = sentence.signs
        if signs & AnswerReader.NEEDS:
            yield from self._answers.events(sentence)
        if not signs & _TELLING:
            if _names_all(sentence) or LONGEST.match(sentence.folded):
                yield from self._appositions.events(sentence)
            return
        both = signs & _OF_BOTH and speaks_of_both(self.discourse.reading, sentence)
        if not both and self.discourse.away(sentence):
            if signs & ApplicationReader.NEEDS:
                yield from self._applications.events(sentence)
            if signs & GrowthReader.NEEDS and self.discourse.admitted_just_before(sentence):
                yield from self._growth.events(sentence, handled)
            return
        if signs & AdmissionReader.NEEDS:
            yield from self._admissions.events(sentence, handled)
        if signs & BecomingReader.NEEDS:
            yield from self._becoming.events(sentence, handled)
        if signs & EnglishReader.NEEDS:
            yield from self._in_english.events(sentence, handled)
        if signs & WelcomeReader.NEEDS:
            yield from self._welcomes.events(sentence)
        if signs & GrowthReader.NEEDS:
            yield from self._growth.events(sentence, handled)
        if signs & ApplicationReader.NEEDS and not handled:
            granted = list(self._applications.events(sentence))
            handled |= nouns_of_applications(sentence, granted)  # "zatwierdził akces X" is told
            yield from granted
        if signs & NotedReader.NEEDS:
            yield from self._noted.events(sentence, handled)
        if signs & CertificateReader.NEEDS:
            yield from self._certificates.events(sentence)
        if signs & _PRESENCE:
            asked = sentence.text.rstrip().endswith("?")
            gone = [] if asked else list(self._departures.events(sentence, handled))
            yield from gone or self._standing.events(sentence, handled)
        if signs & StepReader.NEEDS:
            yield from self._steps.events(sentence, handled)
        if signs & ConsentReader.NEEDS:
            yield from self._consents.events(sentence)
        if signs & BelongingReader.NEEDS:
            yield from self._belonging.events(sentence, handled)
        if sentence.bodies or signs & AppositionReader.NEEDS:
            yield from self._appositions.events(sentence)
        if signs & RepresentationReader.NEEDS:
            yield from self._representation.events(sentence)
        if sentence.bodies or signs & FeeReader.NEEDS:
            yield from self._fees.events(sentence)

    @staticmethod
    def _continuing(sentence: Sentence, told: list[Event], found: list[Event]) -> list[Event]:
        """As in "przystąpiła w 1993 roku i do dziś jest członkiem": a member since then, not an admission now."""
        if not told:
            return told
        if (
            not about_to_leave(sentence, told)
            and _STILL.search(sentence.folded) is None
            and _SINCE_JOINING.search(sentence.folded) is None
        ):
            return told
        members = {e.actor.name for e in told if e.stage is Stage.MEMBER}
        entered = [e for e in told if has_entered(e)] or (
            [e for e in found if has_entered(e) and e.actor.name in members and sentence.start - e.end < 4]
        )
        for event in entered:
            event.stage = Stage.MEMBER
        return told

    def _head(self, sentence: Sentence) -> None:
        """A paragraph that begins "KŁOBUCK – …" or "Kłobuck. …" is about that town, and the next one no longer."""
        self._segment = sentence.segment
        headed = {actor.name for actor in self.discourse.headed}
        if not self._turned or any(
            t.nominative and t.role == Role.PLAIN and t.name not in headed for t in sentence.towns
        ):
            self.discourse.headed = ()
        if not sentence.towns or sentence.towns[0].start - sentence.start > 3:
            return
        town = sentence.towns[0]
        after = self.discourse.reading.clean.folded[town.end : town.end + 3]
        if town.role == Role.PLAIN and town.nominative and re.match(r"\s?(?:-\s|:\s|\.\s|\|)", after + " "):
            self.discourse.headed = tuple(self.discourse.actors([town]))
            self.discourse.focus = list(self.discourse.headed)
            self._turned = False

    def _remember(self, sentence: Sentence, told: list[Event]) -> None:
        """Keep in mind whom a sentence is about."""
        if (
            len(sentence.towns) == 1
            and sentence.end - sentence.start <= sentence.towns[0].end - sentence.towns[0].start + 4
        ):
            self._turn_to(sentence)
            return
        if told:
            last = told[-1].start
            self.discourse.focus = list({e.actor.name: e.actor for e in told if e.start == last}.values())
            if all(e.kind is EventKind.ACCESSION for e in told):
                self.discourse.close_leaving(sentence, {e.actor.name for e in told})
            return
        if _OUTSIDE.search(sentence.folded):
            return
        taken_up = taken_up_by_board(sentence)
        if taken_up:
            self.discourse.focus = self.discourse.actors(self.discourse.rows.tail(sentence, taken_up))
            return
        plain = [
            t
            for t in sentence.towns
            if t.role == Role.PLAIN
            and t.nominative
            and not self.discourse.rows.compared(t, sentence)
            and not sentence.slice(t.end, sentence.end).startswith(" nie ")
        ]
        if not plain:
            councils = [t for t in sentence.towns if t.role == Role.COUNCIL]
            plain = councils[:1]
        if plain:
            self.discourse.focus = self.discourse.actors(
                plain
                if len(plain) > 1 and any(b.kind is BodyKind.OURS for b in sentence.bodies)
                else self.discourse.rows.tail(sentence, plain[:1])
            )

    def _turn_to(self, sentence: Sentence) -> None:
        """A heading with a bare name: what follows is about that town, also the decision on a step spoken of above."""
        self.discourse.focus = self.discourse.actors(sentence.towns)
        self.discourse.headed = tuple(self.discourse.focus)
        self._turned = True
        before = self.discourse.open
        names = {actor.name for actor in self.discourse.focus}
        portrait = bool(names & self._admitted)
        if portrait:
            self.discourse.open = OpenStep(
                sentence.number, EventKind.ACCESSION, tuple(self.discourse.focus), admitted=True, portrait=True
            )
        elif before is not None:
            self.discourse.open = OpenStep(sentence.number, before.kind, tuple(self.discourse.focus))
        elif sentence.text.rstrip().endswith("?") and self.discourse.topic(sentence, sentence.start) is BodyKind.OURS:
            self.discourse.open = OpenStep(  # "X należy od 1992 r. A Y? Tam radni odrzucili projekt"
                sentence.number, EventKind.ACCESSION, tuple(self.discourse.focus), headline=True
            )

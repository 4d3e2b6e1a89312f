"""Admissions: the board's decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from zmpwatch.extract.admissions.acceptance import (
    CAME_ABOUT,
    Acceptance,
    hangs_on_who_accepts,
    is_to_be_decided,
    it_did,
)
from zmpwatch.extract.admissions.acceptedpapers import governs_a_paper, is_of_a_paper
from zmpwatch.extract.admissions.admitted import (
    ALL_OF_THEM,
    INTO,
    Admitted,
    came_from,
    is_taken_in,
    taken_back,
    taken_in_along,
    taken_into_ours,
    took_something,
    whom_it_took,
    with_day_before,
)
from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.binding.sittings import sitting_before
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.dates.forms import MONTH
from zmpwatch.extract.discourse.topic import Discourse, OpenStep
from zmpwatch.extract.discourse.voice import nobody_else, speaks_for_it
from zmpwatch.extract.membership.memberwords import into_a_part, of_another
from zmpwatch.extract.structure.clause import Clause, clause_at
from zmpwatch.extract.structure.entries import told_as_past
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.phrases import HYPOTHETICAL, NEGATED, TOWN_ITSELF
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage

__all__ = ["AdmissionReader"]

_WILL_BE = lazy(
    r"(?<!\w)(?:bedzie|beda|bedziemy|zostanie|zostana|ma\s+(?:zostac|byc)|maja\s+(?:zostac|byc)|will\s+be)(?!\w)"
)
_ABOUT_TO_BE = lazy(
    r"(?<!\w)(?<!\bnie\s)(?:zostanie|zostana|zostaniemy|bedzie|beda|bedziemy|ma\s+zostac|maja\s+zostac|will\s+be)\s+(?:\w+\s+){0,2}$"
)
_PARTICIPLES = ("ty", "ta", "te", "ci", "ny", "na", "ne", "ni", "ted")
_SUBJECT_BEGINS = lazy(
    r"(?:^|[.,;:!-]\s|(?<!\w)(?:a|i|oraz|ze|gdy|the|dzis|wczoraj|potem|wtedy|roku|r\.|miesiacu|tygodniu|kwartale|polroczu"
    rf"|{MONTH}\w+)\s)\W*(?:the\s+)?$"
)
_GROUND = lazy(
    r"(?<!\w)(?:na\s+podstawie|na\s+mocy|w\s+oparciu\s+o|zgodnie\s+z|po|wobec|w\s+zwiazku\s+z)\s+uchwal\w{1,2}\s+(?:(?:nr|numer)\.?\s*)?$"
)
_OF_COUNCIL = lazy(r"\s+(?:z\s+(?:dnia\s+)?[\d\w\s.]{4,24}\s)?rad[ay]\s")
_ON_IT = lazy(r"(?<!\w)uchwal\w+\s+(?:[^;]{1,60}?\s)?(?:o|w\s+sprawie|dotycz\w+)\s+$")
_TOWN_TAKEN = lazy(r"\W*(?:(?:to|i)\s+)?(?:miasto|gmina|samorzad|uzdrowisko)\s+zosta\w+\s+(?:\w+\s+)?przyje\w+\W*")
_TOOK_US = lazy(
    r"(?:nas\s\w+|.{4}\w+\s+nas)(?=\W*$|[.,;!]|\s+(?:\d|(?:juz|wreszcie|oficjalnie|jednoglosnie|jednomyslnie)(?!\w)|dnia\s|(?:wczoraj|dzis|dzisiaj)(?=\W*$|[.;!]|\s+(?:wieczorem|rano|po|przed|na\s+posiedzeniu|w(?!\s+(?:swo|swej|siedzib|biur|sali|gabine|ratusz))|do\s+(?:swojego|swego|grona|rodziny|zwiazku))(?!\w))|w\s+(?:dniu|\d|roku|ubieglym|zeszlym"
    rf"|{MONTH}\w+)|do\s+(?:swe|swo|gron|siebie|rodzin)))"
)
"""As in "Związek przyjął nas w maju", not "przyjął nas gościnnie"."""
_BY_ITSELF = lazy(r"\s+sie\s+do\s+list")
"""As in "X dopisał się do listy członków": a step of the town."""
_SO_MANY_NEW = lazy(
    r"\s+(?:w\s+tym\s+roku\s+)?(?:dwa|trzy|cztery|piec|szesc|siedem|osiem|kolejne|nowe|kilka)\s+(?:\w+\s+)?(?:miast\w?|samorzad\w+|gmin\w?|czlonk\w+)(?!\w)"
)
_SO_MANY = lazy(
    r"\s+(?:[\w-]+\s+){0,2}?(?:jedno|jedna|jednego|dwa|dwie|dwoch|trzy|trzech|cztery|czterech|piec|pieciu|szesc|szesciu|siedem|osiem|kilka|\d{1,2})\s+(?:\w+\s+)?(?:miast\w?|gmin\w?|samorzad\w*|czlonk\w+)(?!\w)"
)
_COUNCIL_DOES = lazy(r"(?<!\w)(?:rada|radni)(?!\w)(?!\s+(?:zwiazku|unii|stowarzyszenia|krajowa|naczelna))[^,;.]{0,80}$")
_WHITHER = lazy(r"\"?\s*,\s+do\s+ktor(?:ego|ej)\s+(?:[\w-]+\s+){0,6}")
_IMPERSONAL = lazy(
    r"(?<!\w)przyjeto(?!\w)|(?<!\w)(?:zosta\w+|was|were|have\s+been|has\s+been)\s+(?:\w+\s+){0,2}(?:przyjet[aye]|admitted|accepted)(?!\w)|(?<!\w)przyjet[aye]\s+zosta",
    *("przyjet", "admitted", "accepted"),
)
_RESOLVED_ON = lazy(
    r"(?<!\w)(?:podjeto|powzieto|przyjeto|zapad\w+|przeglosowano|uchwalono|podjete|podjeta)\s+(?:[\w-]+\s+){0,3}?(?:uchwal|decyzj)\w{1,3}\s+(?:o|w\s+sprawie)\s+przyjeci[au](?!\w)"
    r"|(?<!\w)(?:uchwal|decyzj)\w{1,3}\s+(?:o|w\s+sprawie)\s+przyjeci[au]\s[^.;]{3,90}?\s(?:podjeto|zapad\w+)(?!\w)",
    "przyjeciu",
    "przyjecia",
)
"""What a sitting came to: "Jednogłośnie podjęto uchwały o przyjęciu do Związku A i B"."""
_BY_US = lazy(
    r"(?<!\w)(?:nas(?!\w)|(?:wraz|razem)\s+z\s+nami|zostalismy|nasz\w{1,3}\s+(?:\w+\s+)?(?:miast|gmin|samorz))"
)
_INTO_THE_CIRCLE = lazy(
    r"(?<!\w)(?:w\s+sklad\s+\"?(?:zwiazku|zmp|organizacji|stowarzyszenia)(?!\w)"
    r"|w\s+poczet(?!\s+(?:\w+\s+)?(?:honorow|obywatel|partner|laureat|student|adwokat|harcerz|ekspert|czlonk\w+\s+(?:wspieraj|honorow)))"
    r"|(?:kolejn\w+|now\w+|swiezo|niedawno|ostatnio)\s+(?:\w+\s+)?(?:miast\w?|czlonk\w+|samorzad\w*|gmin\w?)(?!\w)(?!\s+(?:sa|to|jest|zosta\w+)\s+(?:\w+\s+)?(?:burmistrz|prezyden|wojt|starost|radn|dyrektor|skarbni|sekretarz|wice|zastepc))"
    r"|do\s+grona\s+(?:\w+\s+)?(?:czlonk\w+|miast|samorz\w+|zrzeszon\w+|organizac\w+|zmp|zwiazk\w+)|w\s+szeregi"
    r"|(?:na\s+liste|do\s+listy)\s+(?:miast\s+|samorzadow\s+|swo\w+\s+|swych\s+)?czlonk\w+|do\s+szeregow|do\s+rodziny"
    r"|do\s+(?:swoich|swych|naszych)\s+czlonkow|na\s+czlonk\w+|jako\s+czlonk\w+|jako\s+\w+\s+czlonk\w+)"
)
_INTO_IT = lazy(
    r"\s+(?:\w+\s+)?do\s+(?:swego\s+|swojego\s+|naszego\s+)?(?:grona|\"?zwiazku|\"?zmp|organizacji|stowarzyszenia)(?!\w)"
)
_BUT_FOR_WORDS = lazy(r"\"?\s+(?:[\w-]+\s+){0,2}")
_FOR_ELSE = lazy(
    r"\s+(?:do\s+(?!nie(?:go|j)(?!\w)|\"?(?:(?:naszego|naszej|swojego|swego|swej|swojej|swych|swoich|tego|tej|elitarnego|zacnego|licznego)\s+)?(?:grona|rodziny|szereg|zwiazku|zmp|organizacji|stowarzyszenia|wspolnoty|listy|czlonk|konca)|\d)"
    r"|na\s+(?:\w+\s+)?(?:gospodarz|partner|organizator|siedzib|miejsc|lider|ekspert|koordynator|patron|czlonka\s+(?:komisji|rady|zarzadu|zespolu))|jako\s+(?:\w+\s+)?(?:gospodarz|partner|organizator|siedzib|lider|miejsc))"
)
"""What else a town is taken in to: "przyjął X do programu", "na gospodarza zjazdu"."""
_BY_THE_BOARD = lazy(r"^\s+przez\s+zarzad(?:\s+\"?(?:zwiazku(?:\s+miast\s+polskich)?|zmp)(?!\w)\"?)?")
_ALSO = lazy(r"\s+(?:(?:tez|takze|rowniez|jeszcze|miasto|gmine|miasta|gminy)\s+){0,2}")
_THE_TOWN = lazy(r"\s+(?:\w+\s+)?(?:gmine|miasto|samorzad|je|ja|go)\s*(?:[.,;!]|$)")


def _town_next(sentence: Sentence, word: Word) -> bool:
    """Whether a town in the accusative stands right behind: "Zarząd przyjął Kańczugę i Ulanów"."""
    return any(t.accusative and t.role == Role.PLAIN and 0 <= t.start - word.end <= 3 for t in sentence.towns)


def _said_of_people(sentence: Sentence, word: Word) -> bool:
    """As in "przyjęliśmy"; but "włączyliśmy się" is a town's step."""
    return word.folded.endswith("smy") and not sentence.slice(word.end, sentence.end).startswith(" sie ")


@dataclass(slots=True)
class AdmissionReader:
    """Reads whom the board took in."""

    NEEDS: ClassVar[int] = signs_of("admit_verb", "admit_noun", "admit_present", "enrol", "took")
    discourse: Discourse
    _who: Admitted = field(init=False)

    def __post_init__(self) -> None:
        """Prepare what finds who was admitted."""
        self._who = Admitted(self.discourse)

    def events(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """As in "Zarząd przyjął X w poczet członków", "przyjęcie naszej gminy zatwierdził Zarząd".

        Words of joining that are used up here are added to `handled`.
        """
        classes: tuple[str, ...] = ("admit_verb", "admit_noun", "enrol", "took")
        if sentence.has("admit_present") and told_as_past(self.discourse.reading, sentence):
            classes += ("admit_present",)
        for word in sentence.all(*classes):
            clause = clause_at(sentence, word.start)
            lead = sentence.slice(sentence.start if "enrol" in word.classes else clause.start, word.start)
            soon = _ABOUT_TO_BE.search(lead) is not None and word.folded.endswith(_PARTICIPLES)
            soon = soon or ("admit_noun" in word.classes and is_to_be_decided(sentence, clause))
            if self._is_of_something_else(sentence, word, clause) or (_WILL_BE.search(lead) and not soon):
                continue
            told = self._acceptance(sentence, word, clause)
            if not (self._is_real(told) and self._is_into_ours(told) and self._governs_towns(told)):
                continue
            actors = self._actors(told)
            for other in sentence.words if actors else ():
                near = clause.start <= other.start < clause.end
                if near and "join_noun" in other.classes and other.folded.startswith("wejsc"):
                    handled.add(other.start)
            yield from self._announced(told, actors) if soon else self._admitted(told, actors)
            if soon or actors:
                return

    def _is_of_something_else(self, sentence: Sentence, word: Word, clause: Clause) -> bool:
        """Whether a word for accepting is denied, is the council's, or is about a paper."""
        folded = self.discourse.reading.clean.folded
        if governs_a_paper(sentence, word):
            return True  # "Uchwała w sprawie przystąpienia – przyjęta 13 głosami"
        else_taken = "took" in word.classes and took_something(sentence, word, clause)
        if else_taken or NEGATED.search(folded[max(sentence.start, word.start - 24) : word.start]):
            return True
        if word.folded.startswith("zaakcept") and sentence.has("council") and not sentence.has("board"):
            return True  # "radni zaakceptowali przystąpienie": a council's decision
        council = _COUNCIL_DOES.search(folded, clause.start, word.start)
        return council is not None and word.folded.endswith(("la", "li"))  # "Rada Miejska przyjęła 12:9 uchwałę …"

    def _acceptance(self, sentence: Sentence, word: Word, clause: Clause) -> Acceptance:
        noun = "admit_noun" in word.classes
        return Acceptance(
            sentence,
            word,
            clause,
            noun=noun,
            circle=_INTO_THE_CIRCLE.search(sentence.folded),
            board=sentence.first("board") or self._board_before(sentence) or self._so_many(sentence, word),
            came_about=noun and (CAME_ABOUT.search(sentence.folded) is not None or self._who.entered_here(sentence)),
            by_us=_said_of_people(sentence, word) and speaks_for_it(self.discourse.reading, sentence),
        )

    @staticmethod
    def _is_real(told: Acceptance) -> bool:
        """Whether an admission is told to have been, not only named: "po przyjęciu", "warunkiem przyjęcia"."""
        sentence, word = told.sentence, told.word
        by_itself = _BY_ITSELF.match(sentence.slice(word.end, sentence.end)) is not None
        if "enrol" in word.classes and (by_itself or not (told.circle or taken_into_ours(sentence, word))):
            return False
        return not told.noun or told.is_more_than_named()

    def _is_into_ours(self, told: Acceptance) -> bool:
        """Whether it is the association that takes somebody in, and no part of it, and not on a condition."""
        sentence, word, clause = told.sentence, told.word, told.clause
        if _said_of_people(sentence, word) and not told.by_us:
            return False  # "przyjęliśmy", said by a council
        whither = self._into_which(sentence, word)
        goes_on = self._goes_on(sentence, word) or taken_back(sentence, word, self.discourse.just_before(sentence))
        if not (told.circle or told.board or told.by_us or whither or goes_on or self._names_a_goal(sentence, word)):
            return False
        before = sentence.slice(clause.start, word.start)
        of_board = told.noun and told.board is not None and _ON_IT.search(before) is not None
        ordaining = word.folded.startswith("przyjmujac")  # "uchwały przyjmujące do Związku A i B"
        into = _INTO_IT.match(sentence.slice(word.end, sentence.end)) is not None  # no paper is taken in
        if not (told.circle or of_board or ordaining or into) and is_of_a_paper(before, word.folded):
            return False
        kind = BodyKind.OURS if told.by_us or goes_on else whither or self._accepting_body(sentence, word)
        if kind is None and told.board and self.discourse.alone() and (told.circle or _town_next(sentence, word)):
            kind = BodyKind.OURS
        if kind is not BodyKind.OURS:
            return False
        if HYPOTHETICAL.search(sentence.slice(clause.start, word.start if told.by_us else clause.end)):
            return False  # but not "przyjęliśmy A, a B złoży wniosek, jeśli …"
        if told.circle is not None and of_another(sentence, sentence.start + told.circle.end()):
            return False
        return told.noun or not into_a_part(before)

    def _goes_on(self, sentence: Sentence, word: Word) -> bool:
        """As in "A przystąpiła do Związku. Wraz z nią przyjęto B": into what, the sentence before has said."""
        before = self.discourse.open
        if before is not None and is_taken_in(sentence, word, before):
            return True
        if word.folded != "przyjeto" or sentence.bodies or before is None or sentence.number - before.sentence > 1:
            return False
        rest = _ALSO.match(sentence.slice(word.end, sentence.end))
        return rest is not None and any(t.accusative and t.start == word.end + rest.end() for t in sentence.towns)

    @staticmethod
    def _names_a_goal(sentence: Sentence, word: Word) -> bool:
        """As in "do Związku przyjęto", "Związek przyjął A i B", "… trzy nowe miasta", "… nas"."""
        if any(INTO.search(sentence.slice(max(sentence.start, b.start - 30), b.start)) for b in sentence.bodies):
            return True
        if "took" in word.classes and sentence.has("member_word"):
            return any(t.accusative and -3 <= word.start - t.end <= 3 for t in sentence.towns)  # "A wzięli w maju"
        if whom_it_took(sentence, word, clause_at(sentence, word.start)):
            return True
        taken = (
            any(t.accusative for t in sentence.towns if t.start >= word.end)
            or _SO_MANY_NEW.match(sentence.slice(word.end, sentence.end)) is not None
            or _TOOK_US.match(sentence.slice(word.start - 4, sentence.end)) is not None
        )
        return taken and any(
            body.kind is BodyKind.OURS
            and body.end <= word.start
            and _BUT_FOR_WORDS.fullmatch(sentence.slice(body.end, word.start))
            and _SUBJECT_BEGINS.search(sentence.slice(sentence.start, body.start))
            for body in sentence.bodies
        )

    def _governs_towns(self, told: Acceptance) -> bool:
        return told.circle is not None or told.noun or self._is_object(told.sentence, told.word)

    def _actors(self, told: Acceptance) -> list[Actor]:
        """Who was taken in; where nobody is named, who was spoken of."""
        sentence, word = told.sentence, told.word
        if told.by_us:
            actors = self._who.taken_in_by_us(sentence, word)
        else:
            actors = self._who.objects(sentence, word, required=told.circle is None)
        if not actors and told.came_about and not any(t.role != Role.PLACE for t in sentence.towns):
            actors = self._who.spoken_of(sentence)
        return actors

    def _admitted(self, told: Acceptance, actors: list[Actor]) -> Iterator[Event]:
        """As in "Zarząd przyjął X"; what follows goes on with those taken in, or with whom the text speaks for."""
        sentence = told.sentence
        for actor in actors:
            event = Event.told(
                actor, EventKind.ACCESSION, Stage.ADMITTED, sentence, told.word.start, "sentence.accepted", 0.95
            )
            self.discourse.binder.bind(event, sentence, with_day_before(sentence, told.clause))
            yield event
        if len(actors) == 1:
            yield from self._resolved_before(told, actors[0])
        if actors:
            own = self._who.we(sentence) if _BY_US.search(sentence.folded) else []
            self.discourse.open = OpenStep(sentence.number, EventKind.ACCESSION, tuple(own or actors), admitted=True)

    def _resolved_before(self, told: Acceptance, actor: Actor) -> Iterator[Event]:
        """As in "… przyjął X, na podstawie uchwały nr 5/20 Rady Miejskiej z 28 lutego": the council's own decision."""
        sentence = told.sentence
        for act in self.discourse.reading.acts:
            if not sentence.start <= act.start < sentence.end:
                continue
            named = _GROUND.search(sentence.slice(max(sentence.start, act.start - 40), act.start))
            if named is None or not _OF_COUNCIL.match(sentence.slice(act.end, sentence.end)):
                continue
            event = Event.told(
                actor, EventKind.ACCESSION, Stage.RESOLVED, sentence, act.start, "sentence.accepted", 0.85
            )
            event.resolution, event.date = act.number, act.date.iso if act.date is not None else None
            yield event
            return

    def _announced(self, told: Acceptance, actors: list[Actor]) -> Iterator[Event]:
        """As in "X zostanie przyjęty do Związku": nothing but announced."""
        sentence, start = told.sentence, told.word.start
        for actor in actors:
            yield Event.told(
                actor, EventKind.ACCESSION, Stage.PROPOSED, sentence, start, "sentence.accepted", 0.75, weak=True
            )  # fmt: skip
        if actors:
            self.discourse.open = OpenStep(sentence.number, EventKind.ACCESSION, tuple(actors))

    @staticmethod
    def _is_object(sentence: Sentence, word: Word) -> bool:
        """Whether the towns a sentence names are themselves accepted, and into nothing else.

        A town in the genitive is whose offer or delegation was: "przyjął zaproszenie Gorlic", "radni z Wieliczki
        zostali przyjęci".
        """
        along = taken_in_along(sentence, word)
        towns = [t for t in sentence.towns if t.role == Role.PLAIN and not (along and t.start >= along[0].start)]
        towns = [t for t in towns if t.start > word.start or not came_from(t, sentence)]
        if word.folded == "przyjeci" and not _BY_US.search(sentence.folded):
            return False  # said of persons, never of towns
        if not towns or whom_it_took(sentence, word, clause_at(sentence, word.start)):
            return True
        direct = [t for t in towns if t.accusative or t.nominative]
        if not direct:
            behind = sentence.slice(word.end, sentence.end)
            return _THE_TOWN.match(behind) is not None or TOWN_ITSELF.match(behind) is not None
        last = max((t for t in direct if t.start >= word.end), key=lambda t: t.end, default=None)
        if last is None:
            return _FOR_ELSE.match(_BY_THE_BOARD.sub("", sentence.slice(word.end, sentence.end), count=1)) is None
        if _FOR_ELSE.match(sentence.slice(word.end, direct[0].start)):
            return False  # "przyjęła do finału A i B"
        into = any(b.kind is BodyKind.OURS and 0 <= b.start - last.end <= 4 for b in sentence.bodies)
        return into or _FOR_ELSE.match(sentence.slice(last.end, sentence.end)) is None

    def _board_before(self, sentence: Sentence) -> Word | None:
        """The board of the sentence before, or of the sitting told of: "Przyjęto oba miasta", "Przyjęto A i B"."""
        earlier = self.discourse.reading.before(sentence)
        if earlier and (ALL_OF_THEM.search(sentence.folded) or _TOWN_TAKEN.fullmatch(sentence.folded)):
            return earlier[0].first("board")
        if sentence.has("council"):
            return None
        if earlier and it_did(sentence, earlier[0]):
            return earlier[0].first("board")
        if _RESOLVED_ON.search(sentence.folded) is not None:
            sat = sitting_before(self.discourse.reading, sentence)
            return sat.first("board") if sat is not None else None
        if _IMPERSONAL.search(sentence.folded) is None:
            return None
        if not any(t.role == Role.PLAIN and (t.accusative or t.nominative) for t in sentence.towns):
            return None
        sat = sitting_before(self.discourse.reading, sentence)
        return sat.first("board") if sat is not None else None

    def _so_many(self, sentence: Sentence, word: Word) -> Word | None:
        """As in "Przyjęto trzy miasta (A, B i C)", where the association is all that is spoken of."""
        if _SO_MANY.match(sentence.slice(word.end, sentence.end)) is None or sentence.has("council"):
            return None
        behind = [t for t in sentence.towns if t.start >= word.end and t.role == Role.PLAIN]
        if not behind or _FOR_ELSE.search(sentence.slice(word.end, behind[0].start)):
            return None
        return word if nobody_else(self.discourse.reading, sentence) else None

    @staticmethod
    def _into_which(sentence: Sentence, word: Word) -> BodyKind | None:
        """The body that "…, do którego naszą gminę przyjęto" hangs on."""
        for body in reversed([b for b in sentence.bodies if b.end <= word.start]):
            if _WHITHER.fullmatch(sentence.slice(body.end, word.start)):
                return body.kind
        return None

    def _accepting_body(self, sentence: Sentence, word: Word) -> BodyKind | None:
        named = [b for b in sentence.bodies if b.kind is not BodyKind.GENERIC]
        if named:
            nearest = min(named, key=lambda b: abs(b.start - word.start))
            if hangs_on_who_accepts(sentence, nearest, word):
                return None
            if any(b.kind is BodyKind.OURS for b in named) and nearest.kind is not BodyKind.OURS:
                return nearest.kind if abs(nearest.start - word.start) < 60 else BodyKind.OURS
            return nearest.kind
        return self.discourse.topic(sentence, word.start)

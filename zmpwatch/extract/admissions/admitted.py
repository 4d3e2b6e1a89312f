"""Who was admitted: towns that a verb governs, "oba miasta", "nasza gmina", "nas"."""

from __future__ import annotations

from dataclasses import dataclass

from zmpwatch.extract.binding.event import Actor
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.discourse.relatives import only_in_an_aside
from zmpwatch.extract.discourse.topic import Discourse, OpenStep
from zmpwatch.extract.structure.clause import Clause, clause_at
from zmpwatch.extract.structure.entries import told_as_past
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.phrases import TOWN_ITSELF
from zmpwatch.model import EventKind

__all__ = [
    "ALL_OF_THEM",
    "INTO",
    "Admitted",
    "came_from",
    "is_taken_in",
    "taken_back",
    "taken_in_along",
    "taken_into_ours",
    "took_something",
    "whom_it_took",
    "with_day_before",
]

ALL_OF_THEM = lazy(
    r"(?<!\w)(?:wszystkie|wszystkich|oba|obie|obydwa|obydwie|obu|oboje|obydwoje)(?!\w)(?!\s+(?:\w+\s+)?(?:uchwal|stanow|glos|dokum|projekt|ofert|propozycj|zaprosz|zglosz|popraw|raport|punkt|osob))",
    "wszystk",
    "ob",
)
_PRONOUN_OBJECT = lazy(r"(?<!\w)(?:je|ja|go|ich|nas)(?!\w)")
_SMALL = {"dw": 2, "trz": 3, "czter": 4, "piec": 5, "szesc": 6, "siedm": 7, "siedem": 7, "osiem": 8, "osm": 8}
_PAIR = 2
_WAS_TAKING_IN = "przyjmowa"
"""As in "Gdy Zarząd przyjmował A, zdecydowała B": whom another clause names did something else at that time."""
_BOTH = lazy(r"(?<!\w)(?:oba|obie|obydwa|obydwie|obu|oboje|obydwoje)(?!\w)", "ob")
_OUT_OF_IT = lazy(r"(?<!\w)(?:ze?|from)\s+$")
_SO_MANY = lazy(r"(?<!\w)(?P<number>" + "|".join(_SMALL) + r")\w{0,3}\s+(?:\w+\s+)?(?:miast|samorz|gmin|czlonk)")
_TOOK_ELSE = lazy(
    r"(?<!\w)(?:udzial\w*|przyklad\w*|wzor|lekcj\w|kredyt|pozyczk\w|dotacj\w|pieniadz\w*|slub|urlop|glos|uwag\w|gore|sie|pod|za|sprawy|obron\w|opiek\w|dzierzaw\w|leasing)(?!\w)"
)
"""What "wzięli" has for an object besides a town that is taken in."""
_NEAR = 24
_WITH_US = lazy(r"(?<!\w)(?:nas(?!\w)|(?:wraz|razem)\s+z\s+nami|obok\s+nas)")
_SEVERAL = lazy(
    r"(?<!\w)(?:now\w{1,3}|swiezo|ostatnio|niedawno|kolejn\w{1,3}|dwoch|trzech|czterech|pieciu|szesciu|kilku|kilka|dwa|trzy|cztery|piec|szesc)\s+(?:\w+\s+)?(?:czlonkow|czlonkowie|miast|miasta|samorzady|samorzadow|gmin|gminy)(?!\w)"
)
_OUR_TOWN = lazy(
    r"(?<!\w)(?:nasz\w{1,3}\s+(?:\w+\s+)?(?:miast|gmin|samorz|grod|kurort)|our\s+(?:\w+\s+)?(?:town|city|municipality))"
)
_THE_TOWN = lazy(r"(?<!\w)(?:miasto|miasta|gmin[eay]|samorzadu?)(?!\w)")
_ALONG_WITH = lazy(
    r"(?:[^.;:()]|(?<=\sr)\.){0,60}?(?<!\w)(?:razem|wraz|wspolnie|jednoczesnie|rownoczesnie)\s+ze?\s+(?:(?:miastem|gmina|pobliskim|pobliska|sasiednim|sasiednia)\s+){0,2}",
    *("=razem", "=wraz", "wspolnie", "jednoczesnie", "rownoczesnie"),
)
"""As in "przyjął je 10 grudnia razem z": who was taken in beside whom the verb governs."""
_OF_A_PAPER = lazy(
    r"\W*(?:projekt\w*\s+)?(?:uchwala|rezolucja|deklaracja|opinia|apel|raport|budzet|regulamin|projekt|stanowisko|sprawozdanie|oswiadczenie)\s(?!\w*\s?(?:o|w\s+sprawie)\s+(?:przyjeci|przystap|wstap|akces|czlonk))(?!rad[yz])"
)
_HUNG = lazy(
    r",\s+(?:(?:miasta|miast|gminy|gmin)\s+)?(?:ktor[aey]\s+(?:[\w-]+\s+){0,3}?zosta(?:l|la|lo|ly)\s+)?(?:[\w-]+\s+){0,2}?",
    ",",
)
_IT_TOOK = lazy(
    r"\"?\s?(?:-|zas|natomiast|z\s+kolei)?\s?(?:(?:przyjal|przyjela|przyjelo|przyjeto)\s+)?(?:(?:miasto|gmine)\s+)?\s?"
)
_US = lazy(r"(?<!\w)nas(?!\w)|zostalismy|laczylismy\s+sie")


_AGAIN_BEFORE = lazy(r"(?<!\w)(?:ponownie|znow|znowu|powtornie|z\s+powrotem|na\s+powrot)\s+(?:\w+\s+)?$")
_AGAIN_BEHIND = lazy(r"\s+(?:\w+\s+)?(?:ponownie|znow|znowu|powtornie|z\s+powrotem|na\s+powrot)(?!\w)")
_WHOM_IT = lazy(r"\W*ktor(?:y|a|e|ego|ych)\s+\"?(?:zwiazek(?:\s+miast\s+polskich)?|zmp|zarzad|stowarzyszenie)\"?(?!\w)")
_AS_A_GUEST = lazy(
    r"\s+(?:[\w-]+\s+){0,2}?(?:za\s|goscin|serdeczn|na\s+(?:rozmow|spotkani|wizyt|gospodar|organizator|partner)|jako\s+(?:gospodar|organizator|partner|wzor|przyklad|gosci)|do\s+(?:projek|program|konkurs|siec|pilota|grupy))"
)
"""What else a town is taken for than a member: "za wzór", "gościnnie", "na partnera"."""


def whom_it_took(sentence: Sentence, word: Word, clause: Clause) -> bool:
    """As in "mowa o A, który Związek przyjął w maju": a town right before the clause that says who took it in."""
    if _WHOM_IT.match(sentence.slice(clause.start, word.start)) is None:
        return False
    if _AS_A_GUEST.match(sentence.slice(word.end, sentence.end)):
        return False
    return any(t.role in (Role.PLAIN, Role.PLACE) and 0 <= clause.start - t.end <= len(", ") for t in sentence.towns)


_TAKEN_IN = lazy(r"przyjet[aye](?=\s*(?:[.!,;]|$)|\s+(?:\d|w\s|dnia\s|jednoglosnie))")
_WAS = lazy(r"\s+(?:(?:jest|zosta\w{1,3}|juz|oficjalnie|wreszcie)\s+){0,2}")


def is_taken_in(sentence: Sentence, word: Word, before: OpenStep) -> bool:
    """As in "Rada uchwaliła wejście A do Związku. Dziś finał: A jest przyjęta!": whose step was just told."""
    if not _TAKEN_IN.match(sentence.slice(word.start, sentence.end)) or sentence.bodies:
        return False
    if before.kind is not EventKind.ACCESSION or not 0 < sentence.number - before.sentence <= 1:
        return False
    names = {actor.name for actor in before.actors}
    return any(
        t.nominative and t.name in names and _WAS.fullmatch(sentence.slice(t.end, word.start)) for t in sentence.towns
    )


def with_day_before(sentence: Sentence, clause: Clause) -> Clause:
    """A clause, and what stands before its colon where only that names a day: "Dziś finał: A jest przyjęta"."""
    opened = sentence.slice(max(sentence.start, clause.start - 2), clause.start) == ": "
    if not opened or len(sentence.dates) != 1 or sentence.dates[0].start >= clause.start:
        return clause
    return Clause(sentence.start, clause.end)


def taken_back(sentence: Sentence, word: Word, before: Sentence | None) -> bool:
    """As in "A, który opuścił Związek w 2011 roku, został ponownie przyjęty": into what it had left."""
    lead = sentence.slice(max(sentence.start, word.start - 30), word.start)
    if not (_AGAIN_BEFORE.search(lead) or _AGAIN_BEHIND.match(sentence.slice(word.end, sentence.end))):
        return False
    return any(
        s.has("leave_past", "leave_noun") and any(b.kind is BodyKind.OURS for b in s.bodies)
        for s in (before, sentence)
        if s is not None
    )


def came_from(town: Town, sentence: Sentence) -> bool:
    """As in "Z Rzeszowa nadeszła wiadomość": a town that something came from."""
    return _OUT_OF_IT.search(sentence.slice(max(sentence.start, town.start - 6), town.start)) is not None


def taken_in_along(sentence: Sentence, word: Word) -> list[Town]:
    """As in "przyjął nas razem z X", "przyjął miasto wspólnie z X": the town named first beside who was taken in."""
    if _ALONG_WITH.search(sentence.folded) is None:
        return []
    behind = [t for t in sentence.towns if t.start >= word.end]
    first = next((t for t in behind if t.role == Role.PLAIN and not t.nominative), None)
    governed = [t for t in behind if first is not None and t.start < first.start and t.role == Role.PLAIN]
    if first is None or governed or not _ALONG_WITH.fullmatch(sentence.slice(word.end, first.start)):
        return []
    return [first]


def took_something(sentence: Sentence, word: Word, clause: Clause) -> bool:
    """As in "wzięli udział", "przykład wzięli od A": what is taken is no town beside the verb."""
    if _TOOK_ELSE.search(sentence.slice(clause.start, clause.end)):
        return True
    return not any(
        t.accusative and t.role == Role.PLAIN and (0 <= t.start - word.end <= _NEAR or 0 <= word.start - t.end <= 1)
        for t in sentence.towns
    )


INTO = lazy(r"(?<!\w)(?:do|w|to|into)\s+(?:the\s+|grona\s+\w+\s+)?$")
_INTO_ITS_OWN = lazy(
    r"(?<!\w)(?:do\s+(?:swego|swojego|naszego|tego)\s+grona|w\s+swoje\s+szeregi|do\s+swoich\s+szeregow)(?!\w)",
    "grona",
    "szereg",
)
_NOT_OF_ELSE = lazy(r"\W*(?:$|[.,;:!?)]|\d|(?:i|a|oraz|w|z|na|od|po|jako|juz|dnia|ponownie|decyzj\w+|uchwal\w+)\s)")
"""Behind "organizacja": not "do organizacji pikniku"."""


def taken_into_ours(sentence: Sentence, word: Word) -> bool:
    """As in "Zarząd włączył X do Związku": the association itself is what one is taken into by such a word."""
    if not word.folded.startswith("wlacz"):
        return False
    if _INTO_ITS_OWN.search(sentence.folded):
        return True
    return any(
        b.kind is not BodyKind.OTHER
        and INTO.search(sentence.slice(max(sentence.start, b.start - 30), b.start))
        and (
            b.named
            or b.end + 1 == word.start  # "do organizacji włączono X"
            or _NOT_OF_ELSE.match(sentence.slice(b.end, sentence.end))
        )
        for b in sentence.bodies
    )


_MEMBERSHIP = lazy(r"(?<!\w)(?:czlonk|czlonek|przyst|przyje|wstap|wejsc|wejd|akces|wpis|powr|dolacz)")
_ASKED_FOR_ELSE = lazy(r"(?<!\w)(?:wnios|prosb)\w*\s+(?:[\w-]+\s+){0,4}?(?:o|w\s+sprawie)(?!\w)", "wnios", "prosb")
"""As in "Wniosek X o nagrodę trafił do Związku": what the board then accepts is that, and no town."""


@dataclass(slots=True)
class Admitted:
    """Finds whom the board took in."""

    discourse: Discourse

    def objects(self, sentence: Sentence, word: Word, *, required: bool) -> list[Actor]:
        """Whom a word for accepting governs, or who is spoken of, and those taken in along with them.

        Args: as of `_governed`.
        """
        earlier = self.discourse.reading.before(sentence)
        if not sentence.towns and any(
            _ASKED_FOR_ELSE.search(s.folded) and _MEMBERSHIP.search(s.folded) is None for s in earlier
        ):
            return []
        along = taken_in_along(sentence, word)
        governed = self._governed(sentence, word, along, required=required)
        if not (governed and along):
            return governed
        row = [t for t in self.discourse.rows.tail(sentence, along) if t.start >= along[0].start]
        return list({a.name: a for a in (*governed, *self.discourse.actors(row))}.values())

    def _governed(self, sentence: Sentence, word: Word, along: list[Town], *, required: bool) -> list[Actor]:
        """Whom a word for accepting governs, or who is spoken of.

        Args:
            sentence: the sentence.
            word: the word in it.
            along: who was taken in along with them, and is not governed.
            required: nothing else tells that somebody becomes a member, so that somebody must be named.
        """
        towns = [
            t
            for t in sentence.towns
            if t.role in (Role.PLAIN, Role.COUNCIL)
            and not self.discourse.rows.compared(t, sentence)
            and not (along and t.start >= along[0].start)
            and not only_in_an_aside(sentence, t, word)
            and not self._taken_by_another(sentence, t)
        ]
        towns = towns or [t for t in sentence.towns if self._hangs_on(t, sentence, word)]
        towns = self._without_sources(sentence, [t for t in towns if not self._leaves(sentence, word, t)])
        if word.folded.startswith(_WAS_TAKING_IN):
            clause = clause_at(sentence, word.start)
            towns = [t for t in towns if clause.start <= t.start < clause.end]
        if TOWN_ITSELF.match(sentence.slice(word.end, sentence.end)):
            # "deklarację przesłano do Poznania, Zarząd przyjął gminę 17 kwietnia": the town spoken of
            towns = [t for t in towns if t.accusative or t.nominative]
        with_us = _WITH_US.search(sentence.folded)
        if not towns and _SEVERAL.search(sentence.folded):
            told_next = self.discourse.actors(self.discourse.rows.following(sentence))
            as_said = self._as_many_as_said(sentence)  # "Witamy A, B i C": the title above "przyjął trzy miasta"
            return as_said if len(as_said) > len(told_next) else told_next
        if towns and with_us:
            return list({a.name: a for a in (*self.we(sentence), *self.discourse.actors(towns))}.values())
        if towns:
            return self.discourse.actors(towns)
        before = self.discourse.open
        if ALL_OF_THEM.search(sentence.folded):
            asked = before is not None and before.kind is EventKind.ACCESSION and sentence.number - before.sentence <= 3
            if asked and before is not None:
                return list(before.actors)
            return list(self.discourse.focus) if self._both_in_view(sentence) else []
        if _OUR_TOWN.search(sentence.folded):
            return self.discourse.home()
        if _THE_TOWN.search(sentence.folded):
            return self.discourse.home() or list(self.discourse.focus)
        if before is not None and before.admitted and 0 < sentence.number - before.sentence <= 2 and required:
            return list(before.actors)
        if _US.search(sentence.folded):
            return self.discourse.we(sentence)
        if _PRONOUN_OBJECT.search(sentence.folded):
            if self._paper_before(sentence):
                return []
            return list(self.discourse.focus) or self.discourse.home()
        if required:
            return []
        return list(self.discourse.focus) or self.discourse.home()

    @staticmethod
    def _taken_by_another(sentence: Sentence, town: Town) -> bool:
        """As C in "Zarząd przyjął A, zarząd Związku B zaś C": whom another body, named right before, took in."""
        return any(
            b.kind is BodyKind.OTHER and _IT_TOOK.fullmatch(sentence.slice(b.end, town.start)) for b in sentence.bodies
        )

    def _paper_before(self, sentence: Sentence) -> bool:
        """As in "Uchwała Zarządu w sprawie ankiety. Zarząd przyjął ją": what is adopted is the paper."""
        before = self.discourse.reading.before(sentence)
        return bool(before) and _OF_A_PAPER.match(before[0].folded) is not None

    def taken_in_by_us(self, sentence: Sentence, word: Word) -> list[Actor]:
        """As in "przyjęliśmy A i B, a wniosek składa C": the towns that the verb itself governs."""
        behind = [t for t in sentence.towns if t.start >= word.end and t.accusative and t.role == Role.PLAIN]
        return self.discourse.actors(
            [t for t in self.discourse.rows.tail(sentence, behind[:1]) if t.accusative and t.start >= word.end]
        )

    def _both_in_view(self, sentence: Sentence) -> bool:
        """As in "Muszyna i Łeba mają powód do radości. Zarząd wpisał oba miasta …": the two that were just named."""
        return _BOTH.search(sentence.folded) is not None and len(self.discourse.focus) == _PAIR

    @staticmethod
    def _leaves(sentence: Sentence, word: Word, town: Town) -> bool:
        """As B in "przyjęto A, wystąpiło B": whose verb is one of leaving."""
        between = sorted((word.end, town.start))
        gone = sentence.all("leave_past", "leave_present")
        if town.start < word.start:
            return any(w.end <= town.start for w in gone)
        return any(between[0] <= w.start < between[1] for w in gone)

    @staticmethod
    def _hangs_on(town: Town, sentence: Sentence, word: Word) -> bool:
        """As in "delegat Opoczna, miasta przyjętego …", "burmistrz Opoczna, które zostało przyjęte …"."""
        return town.role == Role.OFFICIAL and _HUNG.fullmatch(sentence.slice(town.end, word.start)) is not None

    def _without_sources(self, sentence: Sentence, towns: list[Town]) -> list[Town]:
        """Towns but those that something came from: "Z Rzeszowa nadeszła wiadomość: Zarząd przyjął Kolbuszową"."""
        led = [t for t in towns if came_from(t, sentence)]
        sources = {t.start for t in self.discourse.rows.tail(sentence, led)} if led else set()
        objects = [t for t in towns if t.start not in sources]
        told = any(t.accusative or t.nominative for t in objects) or _US.search(sentence.folded)
        return objects if told or _OUR_TOWN.search(sentence.folded) else towns

    def _as_many_as_said(self, sentence: Sentence) -> list[Actor]:
        """Who was spoken of, where "przyjął kolejne dwa miasta" takes them all up."""
        said = _SO_MANY.search(sentence.folded)
        focus = self.discourse.focus
        return list(focus) if said and _SMALL[said["number"]] == len(focus) else []

    def spoken_of(self, sentence: Sentence) -> list[Actor]:
        """Whose admission "Decyzja Zarządu o przyjęciu zapadła 18 czerwca" is: who was told of just before."""
        before = self.discourse.open
        earlier = self.discourse.reading.before(sentence)
        if before is not None and before.kind is EventKind.ACCESSION and 0 < sentence.number - before.sentence <= 3:
            return list(before.actors)
        if any(b.kind is BodyKind.OURS for s in (*earlier, sentence) for b in s.bodies) or self.entered_here(sentence):
            return list(self.discourse.focus) or self.discourse.home()
        return []

    def entered_here(self, sentence: Sentence) -> bool:
        """As in "29 marca 2019 r. – przyjęcie przez Zarząd", the entry of a chronicle about one town."""
        return not sentence.towns and told_as_past(self.discourse.reading, sentence)

    def we(self, sentence: Sentence) -> list[Actor]:
        """Who speaks of "nas", where others are named beside: whose text it is, else the only other town it names."""
        beside = {t.name for t in sentence.towns}
        if self.discourse.home() and self.discourse.home()[0].name not in beside:
            return self.discourse.home()
        others = [t for t in self.discourse.reading.towns if t.name not in beside and t.role != Role.PLACE]
        return self.discourse.actors(others) if len({t.name for t in others}) == 1 else []

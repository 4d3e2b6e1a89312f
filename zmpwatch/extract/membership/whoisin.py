"""Members that are named when somebody asks who is one, or looks at the list: "Kto tam jest z okolicy? A i B"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.papers.kinds import Paper
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage

__all__ = ["WhoIsInReader"]

_WHO = lazy(
    r"(?<!\w)(?:kto|kogo|ktor(?:e|zy|ych)|jakie|czy\s+(?:ktos|ktor(?:es|ys|zys)|ktokolwiek|jakies))(?!\w)(?P<lead>[^.?!;:]{0,90}?)"
    r"(?<!\w)(?:jest|sa|nalez[ya]|przynalez[ya]|skupia|zrzesza|grupuje|dziala(?:ja)?|uczestnicz[ya])(?!\w)"
    r"(?=\s*(?:[?,.\"]|$)|\s+(?:w|do|we|ze?|sposrod|tam|juz|czlonk\w+|obecnie|dzis|teraz|jego|jej|\"?zwiazek|\"?zmp|stowarzyszenie)(?!\w))",
    *("=kto", "=kogo", "=ktore", "=ktorzy", "=ktorych", "=jakie", "=ktos", "=ktores", "=ktorys", "=ktokolwiek"),
    *("=ktorzys", "=jakies"),
)
"""A question for members, asked or told: "kto tam jest", "które miasta do niego należą"."""
_AS_SOMETHING = lazy(r"(?<!\w)(?!czlonk|region|powiat|wojewod|miast)[a-z]{4,}(?:em|ami|iej|sze|ejsi)(?!\w)")
_THERE = lazy(r"(?<!\w)tam(?!\w)")
_NOT = lazy(r"(?<!\w)(?:nie|poza|spoza)(?!\w)")
_ANSWERING = (
    r"(?:odpowiedz\w*|odpar\w*|odrzek\w*|wymieni\w*|wylicz\w*|wskaza\w*|poda[lnw]\w*|padl[aoy]|uslysz\w+|przypomnia\w+)"
)
_THEN_ANSWERED = lazy(rf"[^.;?]{{0,60}}?(?<!\w){_ANSWERING}(?!\w)[^.;?]{{0,30}}$")
_ANSWER_BEGINS = lazy(
    rf"\W*(?:(?:\w+\s+){{0,3}}?{_ANSWERING}(?:\s+\w+){{0,2}}\W*(?:ze\s+)?|(?:\w+\s+){{0,2}}\w+\s?:\s*)?(?:(?:m\.\s?in\.|miedzy\s+innymi|miasta)\s+)?\W*"
)
_ANSWER_ENDS = lazy(r"\W*$|\s?-\s|\s*[.;]|\s*,\s+(?:a|ale|natomiast|za\s+to|nie)\s|\s*\(|\s+(?:oraz|i)\s+\w+\s+inn")
_ASKING = lazy(r"\W*(?:\w+\s+)?(?:do|za)?pyta\w*(?!\w)")
_ANSWERED_WITHIN = 2

_LIST = lazy(
    r"(?<!\w)(?:list[aey]|liscie|wykaz(?:ie|u)?|spis(?:ie|u)?|rejestr(?:ze|u)?)\s+(?:\w+\s+){0,2}?(?:czlonk\w+|miast\s+(?:czlonk|zrzesz)\w+|zrzeszonych)(?!\w)"
    r"(?!\s+(?:[\w-]+\s+)?(?:zarzad|komisj|rad[ay](?!\w)|komitet|zespol|jury|kapitul|honorow|wspieraj|delegac|klub|sieci))",
    *("=lista", "=liste", "=listy", "=liscie", "wykaz", "spis", "rejestr"),
)
_ON_IT = lazy(
    r"\s+(?:(?:rzeczywiscie|faktycznie|istotnie|oczywiscie|tam|na\s+niej|na\s+nim|w\s+nim|juz|tez|takze|rowniez|owszem)\s+){0,3}"
    r"(?:jest|sa|figuruj[ea]|widniej[ea])(?=\s*(?:[.,;:!)]|$)|\s+(?:tam|na\s+niej|na\s+nim|w\s+nim|-)(?!\w))"
)
_LIKEWISE = lazy(r"(?:\s+(?:tam|na\s+niej|na\s+nim))?,\s+(?:podobnie|tak\s+samo|tak)(?:\s+jak)?\s+(?:i\s+)?")
_ALSO = lazy(r"\s+(?:tez|takze|rowniez)(?=\s*(?:[.,;]|$))")


@dataclass(slots=True)
class WhoIsInReader:
    """Reads who is a member from the answer to a question, and from what a look at the list of members showed."""

    NEEDS: ClassVar[int] = signs_of(_WHO, _LIST)

    discourse: Discourse

    def events(self, sentence: Sentence) -> Iterator[Event]:
        """The memberships that are told where this sentence asks for members, or looks at their list."""
        for where, towns in (*self._answers(sentence), *self._listed(sentence)):
            for actor in self.discourse.actors(towns):
                yield Event.told(
                    actor, EventKind.ACCESSION, Stage.MEMBER, where, towns[0].start, "sentence.answer", 0.75
                )  # fmt: skip

    def _answers(self, sentence: Sentence) -> Iterator[tuple[Sentence, list[Town]]]:
        """Who is named as an answer, in the same sentence or in those behind it."""
        asked = _WHO.search(sentence.folded)
        if asked is None or _NOT.search(asked["lead"]):
            return
        start, end = sentence.start + asked.start(), sentence.start + asked.end()
        stop = next((place for place in (sentence.folded.find(c, asked.end()) for c in "?,:") if place >= 0), None)
        stop = sentence.end if stop is None else sentence.start + stop
        bodies = [b for b in sentence.bodies if start <= b.start < max(stop, end)]
        there = _THERE.search(sentence.slice(start, stop)) is not None
        if bodies:
            if bodies[-1].kind is not BodyKind.OURS:
                return
            if _AS_SOMETHING.search(sentence.slice(bodies[-1].end, max(stop, bodies[-1].end))):
                return  # "Kto jest w Związku liderem?"
        elif not there or not (self._is_ours(sentence) or self._of_its_item(sentence)):
            return
        behind = next((t for t in sentence.towns if t.start >= stop), None)
        if behind is not None:
            if _THEN_ANSWERED.match(sentence.slice(stop, behind.start)):
                yield from self._row(sentence, behind)
            return
        for later in self.discourse.reading.sentences[sentence.number + 1 : sentence.number + 1 + _ANSWERED_WITHIN]:
            if later.towns:
                if _ANSWER_BEGINS.fullmatch(later.slice(later.start, later.towns[0].start)):
                    yield from self._row(later, later.towns[0])
                return
            if _ASKING.match(later.folded) is None:
                return

    def _row(self, sentence: Sentence, first: Town) -> Iterator[tuple[Sentence, list[Town]]]:
        """The row of towns that an answer begins with, where nothing else is said of them."""
        row = self.discourse.rows.tail(sentence, [first])
        if not all(t.role == Role.PLAIN and (t.nominative or t.accusative) for t in row):
            return
        if _ANSWER_ENDS.match(sentence.slice(row[-1].end, sentence.end)):
            yield sentence, row

    def _listed(self, sentence: Sentence) -> Iterator[tuple[Sentence, list[Town]]]:
        """As in "Zajrzeliśmy na listę członków: A jest, podobnie jak B", with the towns there or right behind."""
        looked = _LIST.search(sentence.folded)
        if looked is None:
            return
        named = [b for b in sentence.bodies if b.kind is not BodyKind.GENERIC]
        if not (all(b.kind is BodyKind.OURS for b in named) if named else self._is_ours(sentence)):
            return
        if sentence.towns:
            yield from self._found(sentence, sentence.start + looked.end())
            return
        for later in self.discourse.reading.sentences[sentence.number + 1 : sentence.number + 2]:
            if later.segment is sentence.segment and not later.bodies:
                yield from self._found(later, later.start)

    def _is_ours(self, sentence: Sentence) -> bool:
        return self.discourse.topic(sentence, sentence.start) is BodyKind.OURS

    def _of_its_item(self, sentence: Sentence) -> bool:
        """Whether "tam" is asked in an item of minutes that begins with the association."""
        reading = self.discourse.reading
        if reading.paper is not Paper.MINUTES:
            return False
        named = (b for s in reading.sentences_of(sentence.segment) for b in s.bodies if b.named)
        first = next(named, None)
        return first is not None and first.kind is BodyKind.OURS

    @staticmethod
    def _found(sentence: Sentence, start: int) -> Iterator[tuple[Sentence, list[Town]]]:
        """The towns of which it is said that they are there."""
        before: Town | None = None
        for town in sentence.towns:
            if town.start < start or town.role != Role.PLAIN or not town.nominative:
                continue
            rest = sentence.slice(town.end, sentence.end)
            if _ON_IT.match(rest):
                before = town
                yield sentence, [town]
            elif before is not None:
                gap = sentence.slice(before.end, town.start)
                told = _ON_IT.match(gap)
                likewise = _LIKEWISE.fullmatch(gap, told.end()) if told is not None else None
                if likewise is not None or _ALSO.match(rest):
                    yield sentence, [town]

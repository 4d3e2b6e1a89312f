"""Admissions: the board's decision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from zmpwatch.extract.bodies import BodyKind
from zmpwatch.extract.clause import clause_at
from zmpwatch.extract.discourse import Discourse, OpenStep
from zmpwatch.extract.entries import told_as_past
from zmpwatch.extract.event import Actor, Event
from zmpwatch.extract.lazy import lazy
from zmpwatch.extract.memberwords import into_a_part, of_another
from zmpwatch.extract.phrases import HYPOTHETICAL, NEGATED, TOWN_ITSELF
from zmpwatch.extract.sentences import Sentence, Word
from zmpwatch.extract.signs import signs_of
from zmpwatch.extract.sittings import sitting_before
from zmpwatch.extract.towns import Role, Town
from zmpwatch.extract.voice import nobody_else, speaks_for_it
from zmpwatch.model import EventKind, Stage

__all__ = ["AdmissionReader"]

_WILL_BE = lazy(
    r"(?<!\w)(?:bedzie|beda|bedziemy|zostanie|zostana|ma\s+(?:zostac|byc)|maja\s+(?:zostac|byc)|will\s+be)(?!\w)"
)
_ABOUT_TO_BE = lazy(
    r"(?<!\w)(?<!nie\s)(?:zostanie|zostana|zostaniemy|bedzie|beda|bedziemy|ma\s+zostac|maja\s+zostac|will\s+be)\s+(?:\w+\s+){0,2}$"
)
_PARTICIPLES = ("ty", "ta", "te", "ci", "ny", "na", "ne", "ni", "ted")
_PRONOUN_OBJECT = lazy(r"(?<!\w)(?:je|ja|go|ich|nas)(?!\w)")
_SMALL = {"dw": 2, "trz": 3, "czter": 4, "piec": 5, "szesc": 6, "siedm": 7, "siedem": 7, "osiem": 8, "osm": 8}
_SUBJECT_BEGINS = lazy(r"(?:^|[.,;:!-]\s|(?<!\w)(?:a|i|oraz|ze|gdy|the|dzis|wczoraj|potem|wtedy)\s)\W*(?:the\s+)?$")
_BY_US = lazy(
    r"(?<!\w)(?:nas(?!\w)|(?:wraz|razem)\s+z\s+nami|zostalismy|nasz\w{1,3}\s+(?:\w+\s+)?(?:miast|gmin|samorz))"
)
_ON_IT = lazy(r"(?<!\w)uchwal\w+\s+(?:[^;]{1,60}?\s)?(?:o|w\s+sprawie|dotycz\w+)\s+$")
_TOWN_TAKEN = lazy(r"\W*(?:(?:to|i)\s+)?(?:miasto|gmina|samorzad|uzdrowisko)\s+zosta\w+\s+(?:\w+\s+)?przyje\w+\W*")
_TOOK_US = lazy(
    r"(?:nas\s\w+|.{4}\w+\s+nas)(?=\W*$|[.,;!]|\s+(?:\d|(?:juz|wreszcie|oficjalnie|jednoglosnie|jednomyslnie)(?!\w)|dnia\s|w\s+(?:dniu|\d|roku|ubieglym|zeszlym"
    r"|(?:stycz|lut|marc|kwie|maj|czerw|lip|sierp|wrze|pazdz|listop|grud)\w+)|do\s+(?:swe|swo|gron|siebie|rodzin)))"
)
"""As in "Związek przyjął nas w maju", not "przyjął nas gościnnie"."""
_SO_MANY_NEW = lazy(
    r"\s+(?:w\s+tym\s+roku\s+)?(?:dwa|trzy|cztery|piec|szesc|siedem|osiem|kolejne|nowe|kilka)\s+(?:\w+\s+)?(?:miast\w?|samorzad\w+|gmin\w?|czlonk\w+)(?!\w)"
)
_CAME_ABOUT = lazy(
    r"(?<!\w)decyzj[ae]\s+(?:\w+\s+){0,2}?o\s+przyjeciu\s[^.;]{0,110}?(?:zapadl[ay]|podjeto|podja?l\w*)(?!\w)|(?<!\w)(?:podjeto|podjal|zapadla)\s+(?:\w+\s+)?decyzj[ae]\s+o\s+przyjeciu(?!\w)|"
    r"(?<!\w)(?:nastapilo|mialo\s+miejsce|stalo\s+sie\s+faktem|odbylo\s+sie|dokonalo\s+sie|took\s+place)(?!\w)",
    *("=dokonalo", "=faktem", "=miejsce", "=nastapilo", "=odbylo", "=place", "=przyjeciu"),
)
_SO_MANY = lazy(
    r"\s+(?:[\w-]+\s+){0,2}?(?:jedno|jedna|jednego|dwa|dwie|dwoch|trzy|trzech|cztery|czterech|piec|pieciu|szesc|szesciu|siedem|osiem|kilka|\d{1,2})\s+(?:\w+\s+)?(?:miast\w?|gmin\w?|samorzad\w*|czlonk\w+)(?!\w)"
)
_COUNCIL_DOES = lazy(
    r"(?<!\w)(?:rada|radni|rajcy)(?!\w)(?!\s+(?:zwiazku|unii|stowarzyszenia|krajowa|naczelna))[^,;.]{0,80}$"
)
_WHITHER = lazy(r"\"?\s*,\s+do\s+ktor(?:ego|ej)\s+(?:[\w-]+\s+){0,6}")
_ALL_OF_THEM = lazy(
    r"(?<!\w)(?:wszystkie|wszystkich|oba|obie|obydwa|obydwie|obu|oboje|obydwoje)(?!\w)(?!\s+(?:\w+\s+)?(?:uchwal|stanow|glos|dokum|projekt|ofert|propozycj|zaprosz|zglosz|popraw|raport|punkt|osob))",
    "wszystk",
    "ob",
)
_PAIR = 2
_IMPERSONAL = lazy(
    r"(?<!\w)przyjeto(?!\w)|(?<!\w)(?:zosta\w+|was|were|have\s+been|has\s+been)\s+(?:\w+\s+){0,2}(?:przyjet[aye]|admitted|accepted)(?!\w)|(?<!\w)przyjet[aye]\s+zosta",
    *("przyjet", "admitted", "accepted"),
)
_BOTH = lazy(r"(?<!\w)(?:oba|obie|obydwa|obydwie|obu|oboje|obydwoje)(?!\w)", "ob")
_OUT_OF_IT = lazy(r"(?<!\w)(?:ze?|from)\s+$")
_FOR_ELSE = lazy(
    r"\s+(?:do\s+(?!nie(?:go|j)(?!\w)|\"?(?:(?:naszego|naszej|swojego|swego|swej|swojej|swych|swoich|tego|tej|elitarnego|zacnego|licznego)\s+)?(?:grona|rodziny|szereg|zwiazku|zmp|organizacji|stowarzyszenia|wspolnoty|listy|czlonk|konca)|\d)"
    r"|na\s+(?:\w+\s+)?(?:gospodarz|partner|organizator|siedzib|miejsc|lider|ekspert|koordynator|patron|czlonka\s+(?:komisji|rady|zarzadu|zespolu))|jako\s+(?:\w+\s+)?(?:gospodarz|partner|organizator|siedzib|lider|miejsc))"
)
"""What else a town is taken in to: "przyjął X do programu", "na gospodarza zjazdu"."""


_THE_TOWN = lazy(r"\s+(?:\w+\s+)?(?:gmine|miasto|samorzad|je|ja|go)\s*(?:[.,;!]|$)")


def _town_next(sentence: Sentence, word: Word) -> bool:
    """Whether a town in the accusative stands right behind: "Zarząd przyjął Kańczugę i Ulanów"."""
    return any(t.accusative and t.role == Role.PLAIN and 0 <= t.start - word.end <= 3 for t in sentence.towns)


@dataclass(slots=True)
class AdmissionReader:
    """Reads whom the board took in."""

    NEEDS: ClassVar[int] = signs_of("admit_verb", "admit_noun", "admit_present", "enrol")
    discourse: Discourse

    def events(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """As in "Zarząd przyjął X w poczet członków", "przyjęcie naszej gminy zatwierdził Zarząd".

        Words of joining that are used up here are added to `handled`.
        """
        folded = self.discourse.reading.clean.folded
        classes: tuple[str, ...] = ("admit_verb", "admit_noun", "enrol")
        if sentence.has("admit_present") and told_as_past(self.discourse.reading, sentence):
            classes += ("admit_present",)
        for word in sentence.all(*classes):
            clause = clause_at(sentence, word.start)
            whole = sentence.folded
            rest = folded[word.end : min(sentence.end, word.end + 140)]
            if re.match(
                r"\s+(?:(?:w|dnia|\d+|r\.|roku)\s+){0,3}(?:[\w-]+\s+){0,2}(?:r\.\s+)?(?:uchwal\w*|stanowisk\w*|budzet\w*|sprawozdan\w*|porzad\w*|protok\w*|apel\w*|list[aey](?!\s+(?:\w+\s+)?(?:czlonk|nowych|miast))(?!\w)|informac\w*|statut\w*|regulamin\w*|wnios\w*|projekt\w*|zgloszen\w*|do\s+wiadomosci|plan\w*|program\w*|kart\w*|rezoluc\w*|nazw\w*|now\w+\s+straz|gosci|delegac\w*)",
                rest,
            ):
                continue
            if NEGATED.search(folded[max(sentence.start, word.start - 24) : word.start]):
                continue
            if word.folded.startswith("zaakcept") and sentence.has("council") and not sentence.has("board"):
                continue  # "radni zaakceptowali przystąpienie": a council's decision
            if word.folded.endswith(("la", "li")) and _COUNCIL_DOES.search(folded, clause.start, word.start):
                continue  # "Rada Miejska przyjęła 12:9 uchwałę o przystąpieniu"
            noun = "admit_noun" in word.classes
            circle = re.search(
                r"(?<!\w)(?:w\s+sklad\s+\"?(?:zwiazku|zmp|organizacji|stowarzyszenia)(?!\w)|w\s+poczet(?!\s+(?:\w+\s+)?(?:honorow|obywatel|partner|laureat|student|adwokat|harcerz|ekspert))|(?:kolejn\w+|now\w+)\s+(?:\w+\s+)?(?:miast\w?|czlonk\w+|samorzad\w*|gmin\w?)(?!\w)|do\s+grona\s+(?:\w+\s+)?(?:czlonk\w+|miast|samorz\w+|zrzeszon\w+|organizac\w+|zmp|zwiazk\w+)|w\s+szeregi|na\s+liste\s+(?:miast\s+|samorzadow\s+|swo\w+\s+|swych\s+)?czlonk\w+|do\s+szeregow|do\s+rodziny|na\s+czlonk\w+|jako\s+czlonk\w+|jako\s+\w+\s+czlonk\w+)",
                whole,
            )
            if circle is None and "enrol" in word.classes:
                continue
            lead = sentence.slice(sentence.start if "enrol" in word.classes else clause.start, word.start)
            soon = _ABOUT_TO_BE.search(lead) is not None and word.folded.endswith(_PARTICIPLES)
            if _WILL_BE.search(lead) and not soon:
                continue
            board = sentence.first("board") or self._board_before(sentence) or self._so_many(sentence, word)
            came_about = noun and (_CAME_ABOUT.search(whole) is not None or self._entered_here(sentence))
            if noun and not (board or circle or came_about):
                continue
            if noun and (
                re.search(
                    r"(?<!\w)(?:warunk\w+|wymaga|po|zgodnie|decyduje|od\s+miesiaca|zalezy|zasad\w+|wnios\w+\s+(?:[\w-]+\s+){0,2}o)\s+(?:\w+\s+){0,3}$",
                    folded[max(sentence.start, word.start - 50) : word.start],
                )
            ):
                continue
            if noun and not (
                came_about
                or sentence.has("decide", "decision_noun", "handed")
                or re.search(
                    r"(?<!\w)(?:pism\w+\s+o|akt(?!\w)|informac\w+\s+o|potwierdz\w+|odebra\w+|otrzyma\w+|uchwal\w+|zatwierdz\w+|podje\w+|podjal|nastapil\w*|odbylo\s+sie|mialo\s+miejsce|potwierdz\w+)",
                    whole,
                )
            ):
                continue
            into = [
                b
                for b in sentence.bodies
                if re.search(
                    r"(?<!\w)(?:do|w|to|into)\s+(?:the\s+|grona\s+\w+\s+)?$",
                    folded[max(sentence.start, b.start - 30) : b.start],
                )
            ]
            ours = any(
                b.kind is BodyKind.OURS
                and b.end <= word.start
                and re.fullmatch(r"\"?\s+(?:[\w-]+\s+){0,2}", folded[b.end : word.start])
                and _SUBJECT_BEGINS.search(folded[sentence.start : b.start])
                and (
                    any(t.accusative for t in sentence.towns if t.start >= word.end)
                    or _SO_MANY_NEW.match(sentence.slice(word.end, sentence.end)) is not None
                    or _TOOK_US.match(sentence.slice(word.start - 4, sentence.end)) is not None
                )
                for b in sentence.bodies
            )
            whither = self._into_which(sentence, word)
            by_people = word.folded.endswith("smy") and not rest.startswith(" sie ")  # "włączyliśmy się": a town's step
            by_us = by_people and speaks_for_it(self.discourse.reading, sentence)
            if by_people and not by_us:
                continue  # "przyjęliśmy", said by a council
            if not (circle or into or board or ours or whither or by_us):
                continue
            before = folded[clause.start : word.start]
            of_board = noun and board and _ON_IT.search(before) is not None
            if not (circle or of_board) and re.search(
                r"(?<!\w)(?:uchwal(?!a\s+(?:nr\s+\S+\s+)?zarzadu)\w+|projekt\w*|(?<!na\s)wniosek|sprawozdani\w+|budzet\w*|stanowisk\w+)",
                before,
            ):
                continue  # what was accepted is a paper
            kind = BodyKind.OURS if by_us else whither or self._accepting_body(sentence, word)
            if kind is None and board and self.discourse.alone() and (circle or _town_next(sentence, word)):
                kind = BodyKind.OURS
            if kind is not BodyKind.OURS:
                continue
            if HYPOTHETICAL.search(sentence.slice(clause.start, word.start if by_us else clause.end)):
                continue  # but not "przyjęliśmy A, a B złoży wniosek, jeśli …"
            if circle is not None and of_another(sentence, sentence.start + circle.end()):
                continue
            if not noun and into_a_part(sentence.slice(clause.start, word.start)):
                continue
            if not circle and not (noun or self._is_object(sentence, word)):
                continue
            actors = (
                self._taken_in_by_us(sentence, word) if by_us else self._objects(sentence, word, required=not circle)
            )
            if not actors and came_about and not any(t.role != Role.PLACE for t in sentence.towns):
                actors = self._spoken_of(sentence)
            for other in sentence.words if actors else ():
                if "join_noun" in other.classes and other.folded.startswith("wejsc"):
                    handled.add(other.start)
            if soon:
                yield from self._announced(sentence, word, actors)
                return
            for actor in actors:
                event = Event.told(
                    actor, EventKind.ACCESSION, Stage.ADMITTED, sentence, word.start, "sentence.accepted", 0.95
                )
                self.discourse.binder.bind(event, sentence, clause)
                yield event
            if actors:
                own = self._we(sentence) if _BY_US.search(sentence.folded) else []
                self.discourse.open = OpenStep(
                    sentence.number, EventKind.ACCESSION, tuple(own or actors), admitted=True
                )
                return

    def _announced(self, sentence: Sentence, word: Word, actors: list[Actor]) -> Iterator[Event]:
        """As in "X zostanie przyjęty do Związku": nothing but announced."""
        for actor in actors:
            yield Event.told(
                actor, EventKind.ACCESSION, Stage.PROPOSED, sentence, word.start, "sentence.accepted", 0.75, weak=True
            )  # fmt: skip
        if actors:
            self.discourse.open = OpenStep(sentence.number, EventKind.ACCESSION, tuple(actors))

    @staticmethod
    def _is_object(sentence: Sentence, word: Word) -> bool:
        """Whether the towns a sentence names are themselves accepted, and into nothing else.

        A town in the genitive is whose offer or delegation was: "przyjął zaproszenie Gorlic", "radni z Wieliczki
        zostali przyjęci".
        """
        towns = [t for t in sentence.towns if t.role == Role.PLAIN]
        if word.folded == "przyjeci" and not _BY_US.search(sentence.folded):
            return False  # said of persons, never of towns
        if not towns:
            return True
        direct = [t for t in towns if t.accusative or t.nominative]
        if not direct:
            behind = sentence.slice(word.end, sentence.end)
            return _THE_TOWN.match(behind) is not None or TOWN_ITSELF.match(behind) is not None
        last = max((t for t in direct if t.start >= word.end), key=lambda t: t.end, default=None)
        if last is None:
            return _FOR_ELSE.match(sentence.slice(word.end, sentence.end)) is None
        into = any(b.kind is BodyKind.OURS and 0 <= b.start - last.end <= 4 for b in sentence.bodies)
        return into or _FOR_ELSE.match(sentence.slice(last.end, sentence.end)) is None

    def _board_before(self, sentence: Sentence) -> Word | None:
        """The board of the sentence before, or of the sitting told of: "Przyjęto oba miasta", "Przyjęto A i B"."""
        earlier = self.discourse.reading.sentences[max(0, sentence.number - 1) : sentence.number]
        if earlier and (_ALL_OF_THEM.search(sentence.folded) or _TOWN_TAKEN.fullmatch(sentence.folded)):
            return earlier[0].first("board")
        if _IMPERSONAL.search(sentence.folded) is None or sentence.has("council"):
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
            if any(b.kind is BodyKind.OURS for b in named) and nearest.kind is not BodyKind.OURS:
                return nearest.kind if abs(nearest.start - word.start) < 60 else BodyKind.OURS
            return nearest.kind
        return self.discourse.topic(sentence, word.start)

    def _objects(self, sentence: Sentence, word: Word, *, required: bool) -> list[Actor]:
        towns = [
            t
            for t in sentence.towns
            if t.role in (Role.PLAIN, Role.COUNCIL) and not self.discourse.rows.compared(t, sentence)
        ]
        towns = self._without_sources(sentence, [t for t in towns if not self._leaves(sentence, word, t)])
        if self._takes_the_town(sentence, word):
            towns = [t for t in towns if t.accusative or t.nominative]
        with_us = re.search(r"(?<!\w)(?:nas(?!\w)|(?:wraz|razem)\s+z\s+nami|obok\s+nas)", sentence.folded)
        if not towns and re.search(
            r"(?<!\w)(?:now\w{1,3}|kolejn\w{1,3}|dwoch|trzech|czterech|pieciu|szesciu|kilku|kilka|dwa|trzy|cztery|piec|szesc)\s+(?:\w+\s+)?(?:czlonkow|czlonkowie|miast|miasta|samorzady|samorzadow|gmin|gminy)(?!\w)",
            sentence.folded,
        ):
            return self.discourse.actors(self.discourse.rows.following(sentence)) or self._as_many_as_said(sentence)
        if towns and with_us:
            return list({a.name: a for a in (*self._we(sentence), *self.discourse.actors(towns))}.values())
        if towns:
            return self.discourse.actors(towns)
        before = self.discourse.open
        if _ALL_OF_THEM.search(sentence.folded):
            asked = before is not None and before.kind is EventKind.ACCESSION and sentence.number - before.sentence <= 3
            if asked and before is not None:
                return list(before.actors)
            return list(self.discourse.focus) if self._both_in_view(sentence) else []
        if re.search(
            r"(?<!\w)(?:nasz\w{1,3}\s+(?:\w+\s+)?(?:miast|gmin|samorz|grod|kurort)|our\s+(?:\w+\s+)?(?:town|city|municipality))",
            sentence.folded,
        ):
            return self.discourse.home()
        if re.search(r"(?<!\w)(?:miasto|miasta|gmin[eay]|samorzadu?)(?!\w)", sentence.folded):
            return self.discourse.home() or list(self.discourse.focus)
        if before is not None and before.admitted and 0 < sentence.number - before.sentence <= 2 and required:
            return list(before.actors)
        if re.search(r"(?<!\w)nas(?!\w)|zostalismy|laczylismy\s+sie", sentence.folded):
            return self.discourse.we(sentence)
        if _PRONOUN_OBJECT.search(sentence.folded):
            return list(self.discourse.focus) or self.discourse.home()
        if required:
            return []
        return list(self.discourse.focus) or self.discourse.home()

    def _taken_in_by_us(self, sentence: Sentence, word: Word) -> list[Actor]:
        """As in "przyjęliśmy A i B, a wniosek składa C": the towns that the verb itself governs."""
        behind = [t for t in sentence.towns if t.start >= word.end and t.accusative and t.role == Role.PLAIN]
        return self.discourse.actors(
            [t for t in self.discourse.rows.tail(sentence, behind[:1]) if t.accusative and t.start >= word.end]
        )

    def _both_in_view(self, sentence: Sentence) -> bool:
        """As in "Muszyna i Łeba mają powód do radości. Zarząd wpisał oba miasta …": the two that were just named."""
        return _BOTH.search(sentence.folded) is not None and len(self.discourse.focus) == _PAIR

    @staticmethod
    def _takes_the_town(sentence: Sentence, word: Word) -> bool:
        """As in "deklarację przesłano do Poznania, Zarząd przyjął gminę 17 kwietnia": the town spoken of."""
        return TOWN_ITSELF.match(sentence.slice(word.end, sentence.end)) is not None

    @staticmethod
    def _leaves(sentence: Sentence, word: Word, town: Town) -> bool:
        """As B in "przyjęto A, wystąpiło B": whose verb is one of leaving."""
        between = sorted((word.end, town.start))
        gone = sentence.all("leave_past", "leave_present")
        if town.start < word.start:
            return any(w.end <= town.start for w in gone)
        return any(between[0] <= w.start < between[1] for w in gone)

    def _without_sources(self, sentence: Sentence, towns: list[Town]) -> list[Town]:
        """Towns but those that something came from: "Z Rzeszowa nadeszła wiadomość: Zarząd przyjął Kolbuszową"."""
        led = [t for t in towns if _OUT_OF_IT.search(sentence.slice(max(sentence.start, t.start - 6), t.start))]
        sources = {t.start for t in self.discourse.rows.tail(sentence, led)} if led else set()
        objects = [t for t in towns if t.start not in sources]
        return objects if any(t.accusative or t.nominative for t in objects) else towns

    def _as_many_as_said(self, sentence: Sentence) -> list[Actor]:
        """Who was spoken of, where "przyjął kolejne dwa miasta" takes them all up."""
        said = re.search(
            r"(?<!\w)(?P<number>" + "|".join(_SMALL) + r")\w{0,3}\s+(?:\w+\s+)?(?:miast|samorz|gmin|czlonk)",
            sentence.folded,
        )
        focus = self.discourse.focus
        return list(focus) if said and _SMALL[said["number"]] == len(focus) else []

    def _spoken_of(self, sentence: Sentence) -> list[Actor]:
        """Whose admission "Decyzja Zarządu o przyjęciu zapadła 18 czerwca" is: who was told of just before."""
        before = self.discourse.open
        if before is not None and before.kind is EventKind.ACCESSION and 0 < sentence.number - before.sentence <= 3:
            return list(before.actors)
        earlier = self.discourse.reading.sentences[max(0, sentence.number - 1) : sentence.number]
        if any(b.kind is BodyKind.OURS for s in earlier for b in s.bodies) or self._entered_here(sentence):
            return list(self.discourse.focus) or self.discourse.home()
        return []

    def _entered_here(self, sentence: Sentence) -> bool:
        """As in "29 marca 2019 r. – przyjęcie przez Zarząd", the entry of a chronicle about one town."""
        return not sentence.towns and told_as_past(self.discourse.reading, sentence)

    def _we(self, sentence: Sentence) -> list[Actor]:
        """Who speaks of "nas", where others are named beside: whose text it is, else the only other town it names."""
        beside = {t.name for t in sentence.towns}
        if self.discourse.home() and self.discourse.home()[0].name not in beside:
            return self.discourse.home()
        others = [t for t in self.discourse.reading.towns if t.name not in beside and t.role != Role.PLACE]
        return self.discourse.actors(others) if len({t.name for t in others}) == 1 else []

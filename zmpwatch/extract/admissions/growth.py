"""Growth of the association: who widened its circle, won the status of a member, or became its n-th town."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from zmpwatch.extract.admissions.circle import NOT_YET, OTHER_CIRCLE, SUBBODY, Circle
from zmpwatch.extract.admissions.status import BESTOWED, StatusReader
from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.structure.clause import clause_at
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage

__all__ = ["GrowthReader"]

_CIRCLE = lazy(
    r"(?<!\w)(?:gron\w+|sklad\w*|list[aey]|szereg\w*|rodzin\w+|wspolnot\w+|krag|kregu?|poczet|spis\w*|zwiazek|zwiazku|stowarzyszenie|organizacj\w+|zmp)(?!\w)"
)
_IT_IS = lazy(r"\W*(?:to|jest\s+nim|jest\s+nia|sa\s+nimi|sa\s+to|mowa\s+o|oto)(?!\w)")
_NEWEST = lazy(
    r"(?<!\w)(?:now|najnowsz|najmlodsz|kolejn)\w{1,3}\s+(?:\w+\s+)?(?:miast\w*|samorzad\w*|gmin\w*)\s+(?:(?!we?\s)\w+\s+){0,2}(?:w\s+|we\s+)?\"?(?:zmp|zwiazk\w+(?:\s+miast\s+polskich)?)\"?(?:\s+(?:sa|to|jest|zostal\w?|zostaly)|\s?:|\s-)\s"
    r"|(?<!\w)(?:debiutant\w*|nowicjusz\w*|beniamin\w+)\s+(?:w\s+|we\s+)?\"?(?:zmp|zwiazk\w+(?:\s+miast\s+polskich)?)\"?\s+(?:sa|to|jest)\s",
    *("now", "najmlodsz", "kolejn", "debiutant", "beniamin"),
)
_ORDINAL = lazy(
    r"(?<![\w,.])(?:(?:\d{2,3}\s?[.-]?(?:ym|tym|em)?)|(?:(?:\w*(?:set|dziesiat|dwudziest|trzydziest|czterdziest|dwiescie|trzysta|czterysta|sto)\w*\s+){0,2}(?:pierwsz|drug|trzec|czwart|piat|szost|siodm|osm|dziewiat|dziesiat|\w+nast|dwudziest|trzydziest|czterdziest|\w+dziesiat|\w*setn)(?:ym|im|a|ia)))\s+(?:\w+\s+)?"
    r"(?P<what>miastem|czlonkiem|czlonkinia|samorzadem|gmina|municypium)(?!\w)",
    "miastem",
    "czlonkiem",
    "czlonkinia",
    "samorzadem",
    "gmina",
    "municypium",
)
_ITS_NUMBER = lazy(r"\s+(?:\w+\s+)?\d{2,3}(?:\.|(?=\s+(?:miast|czlonk|samorz)))")
_OF_OURS = lazy(
    r"\s*(?:(?:zrzeszon\w+|czlonkowsk\w+|nalezac\w+|skupion\w+|przyjet\w+|w|we|do|naszego|naszej|tego|tej|tym|i\s+gmina|grona|ogolnopolski\w+|rodziny|szeregach)\s+){0,4}\"?(?P<of>zwiazk\w+|zmp|organizacj\w+|stowarzyszeni\w+|grona|gronie)?"
)
_IN_A_TITLE = lazy(r"\s+(?:-\s+)?(?:(?:juz|oficjalnie|od\s+(?:dzis|wczoraj|jutra)|nowym)\s+)?")
_BECAME = lazy(
    r"(?<!\w)(?:zostal[aoiy]?|zostali|stal[aoiy]?\s+sie|stali\s+sie|staje\s+sie|jest|jestesmy|zostalismy|stalismy\s+sie|zostaje)(?!\w)"
)
_WENT = lazy(r"(?<!\w)(?:ubyl|odeszl|odszed|straci|opusci)\w*")
"""Behind those who came: "przybyło trzech członków, ubył jeden – A", who is none of them."""
_CAME_TO = lazy(
    r"(?:^|[.;:,-]\s|(?<!\w)i\s)\W*(?:na\s+mapie|w\s+gronie|do(?:\s+grona)?|w|na\s+liscie)\s+(?:czlonkow\s+)?\"?(?:zwiazku(?:\s+miast\s+polskich)?|zmp|zwiazkowi)\"?\s+(?:[\w-]+\s+){0,2}$"
)
_AFTER_IT = lazy(
    r"(?:^|[,:-]\s)\W*(?:po|wraz\s+z|razem\s+z|z\s+chwila|dzieki|w\s+wyniku|wskutek)\s+(?P<step>(?P<left>odejsci|wystapieni|wyjsci|rezygnacj|ubyci)\w{1,3}|(?:przyjeci|dolaczeni|przystapieni|wstapieni|wejsci|akces)\w{1,3})\s",
    *(
        "odejsci",
        "wystapieni",
        "wyjsci",
        "rezygnacj",
        "ubyci",
        "przyjeci",
        "dolaczeni",
        "przystapieni",
        "wstapieni",
        "wejsci",
        "akces",
    ),
)
_COUNTS_ITSELF = lazy(
    r"\s+(?:(?:do|z|ze|ubieglym|roku|w|\d+|r\.)\s+){0,3}(?:(?:w\s+)?\"?(?:zwiaz\w+(?:\s+miast\s+polskich)?|zmp|organizacj\w|stowarzyszenie)\"?\s+(?:\w+\s+){0,2}?(?:liczy|zrzesza|skupia|ma|jest|pozosta\w+|tworzy|urosl|skurczyl|zmala)"
    r"|(?:liczba|grono|lista|mapa)\s+(?:miast\s+|samorzadow\s+)?(?:jego\s+|jej\s+)?czlonk\w+[^.;]{0,50}?(?:siegn|wzros|spad|wynos|zmala|zmniejszy|zwiekszy|liczy))\w*"
)
"""What makes a step told by the way one that was taken: the association counts without, or with, who took it."""
_SO_MANY_CAME = lazy(
    r"\s+(?:nam|mu|jej|zwiazkowi|zmp|organizacji|stowarzyszeniu)\s+(?:[\w-]+\s+){0,2}?(?:dwa|trzy|cztery|piec|szesc|siedem|osiem|kilka|\d{1,2})\s+(?:\w+\s+)?(?:miast[ao]?|samorzad(?:y|ow)|gmin[ya]?|osrodk(?:i|ow))(?!\w)"
)
"""Behind "przybyły": so many towns more, said by the association or of it."""
_TO_A_MEETING = lazy(
    r"(?<!\w)(?:na|podczas)\s+(?:[\w-]+\s+)?(?:kongres|zjazd|zgromadzeni|konferencj|spotkani|targi|final|uroczyst|gal[ae](?!\w)|forum|obrady|szkoleni|warsztat|konkurs|debat|wizyt|festiw|dni(?!\w))\w*"
)
"""Where towns came as guests: "na kongres przybyło mu kilka miast"."""
_NEW = lazy(
    r"(?<!\w)(?:now\w{1,3}|kolejn\w{1,3}|dalsz\w{1,2}|\d{2,3}\.)\s+(?:\w+\s+)?(?:czlonk\w+|miast\w*|samorzad\w*|gmin\w?)"
)
_COUNTED_TOWNS = lazy(
    r"(?<!\w)(?:dwa|dwie|dwoch|dwoje|trzy|trzech|cztery|czterech|piec|pieciu|szesc|szesciu|siedem|siedmiu|osiem|osmiu|kilka|kilku|nowe|nowych|kolejne|kolejnych|\d{1,2})\s+(?:\w+\s+)?(?:miast\w*|samorzad\w*|gmin\w?|czlonk\w+|osrodk\w+)(?!\w)"
)


@dataclass(slots=True)
class GrowthReader(Circle):
    """Reads admissions that are told of the circle of members, of a status, or of an ordinal."""

    NEEDS: ClassVar[int] = signs_of("widen", "gain", "attain", "join_past", _NEWEST, _ORDINAL, _AFTER_IT, BESTOWED)
    _status: StatusReader = field(init=False)

    def __post_init__(self) -> None:
        """Prepare what reads who won a status."""
        self._status = StatusReader(self.discourse)

    def events(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """Admissions a sentence tells of; the verbs they used up are added to `handled`."""
        if "?" in sentence.text[-3:]:
            return
        for reader in (
            self._widened,
            self._status.won,
            self._status.bestowed,
            self._status.swelled,
            self._newest,
            self._ordinal,
            self._by_the_way,
        ):
            told = list(reader(sentence, handled))
            if told:
                yield from told
                return

    def _widened(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """As in "Zarząd poszerzył grono członków o A i B", "Związkowi przybyło trzech członków: A, B i C"."""
        for word in sentence.all("widen", "gain"):
            clause = clause_at(sentence, word.start)
            scope = sentence.slice(clause.start, clause.end)
            if NOT_YET.search(sentence.slice(clause.start, word.start)) or not self._ours(sentence, word.start):
                continue
            if "widen" in word.classes:
                if not _CIRCLE.search(sentence.folded) or OTHER_CIRCLE.search(sentence.folded):
                    continue
                into = re.search(r"(?<!\w)o(?!\w)|:", sentence.slice(word.end, sentence.end))
            else:
                arrived = word.folded.startswith("przyby") and _CAME_TO.search(
                    sentence.slice(sentence.start, word.start)
                )
                counted = word.folded.startswith("przyby") and _SO_MANY_CAME.match(
                    sentence.slice(word.end, sentence.end)
                )
                if counted and _TO_A_MEETING.search(sentence.folded):
                    continue
                if not (arrived or counted or _NEW.search(scope)) or SUBBODY.search(scope):
                    continue
                into = re.search(
                    r":|\s-\s|(?<!\w)(?:to|sa\s+nimi|jest\s+nim)(?!\w)|czlonk\w+\s",
                    sentence.slice(word.end, sentence.end),
                )
            start = word.end + into.end() if into else sentence.end
            if (
                not into
                and "widen" in word.classes
                and re.search(r"(?<!\w)te\s+(?:\w+\s+)?(?:miasta|samorzady|gminy)(?!\w)", scope)
            ):
                start = sentence.start  # "A, B i C - te miasta powiększyły grono"
            if word.folded.startswith("przyby") and not into:
                start = word.end
            towns = [
                t
                for t in sentence.towns
                if t.start >= start
                and t.role == Role.PLAIN
                and (t.nominative or t.accusative)
                and not self.discourse.rows.compared(t, sentence)
                and _WENT.search(sentence.slice(word.end, t.start)) is None
            ]
            actors = self.discourse.actors(towns)
            if not actors and _COUNTED_TOWNS.search(sentence.slice(word.end, sentence.end)):
                actors = self.discourse.actors(self.discourse.rows.following(sentence))
            following = self.discourse.reading.sentences[sentence.number + 1 : sentence.number + 2]
            if not actors and following and _IT_IS.match(following[0].folded):
                actors = self.discourse.actors(self.discourse.rows.following(sentence))
            if not actors and "widen" in word.classes and re.search(r"(?<!\w)o\s+nasz\w+\s", scope):
                actors = self.discourse.home()
            yield from self._admitted(sentence, word, clause, actors, "sentence.widened")
            if actors:
                handled.add(word.start)
                return

    def _newest(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """As in "nowymi miastami w ZMP są A i B"."""
        match = _NEWEST.search(sentence.folded)
        if match is None or NOT_YET.search(sentence.folded, 0, match.end()):
            return
        end = sentence.start + match.end()
        towns = [t for t in sentence.towns if t.start >= end and t.role == Role.PLAIN and t.nominative]
        if not towns or not self._ours(sentence, end):
            return
        word = Word(sentence.start + match.start(), end, match[0], frozenset())
        handled.update(w.start for w in sentence.words if "member_word" in w.classes)
        actors = self.discourse.actors(self.discourse.rows.tail(sentence, towns[:1]))
        yield from self._admitted(sentence, word, clause_at(sentence, word.start), actors, "sentence.newest")

    def _ordinal(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """As in "362. miastem Związku została Wschowa", "został 351. samorządem zrzeszonym w ZMP"."""
        for match in _ORDINAL.finditer(sentence.folded):
            position = sentence.start + match.start()
            clause = clause_at(sentence, position)
            scope = sentence.slice(clause.start, clause.end)
            each = self._each_with_its_number(sentence)
            told = _BECAME.search(scope) or each or self._titled(sentence, position)
            if not told or NOT_YET.search(sentence.folded if each else scope):
                continue
            goal = _OF_OURS.match(sentence.folded, match.end())
            if goal is None or not goal["of"]:
                continue
            if re.match(r"zwiazk|zmp", goal["of"]):
                bodies = [b for b in sentence.bodies if b.start <= sentence.start + goal.start("of") < b.end]
                if any(b.kind is BodyKind.OTHER for b in bodies):
                    continue
            if not self._ours(sentence, sentence.start + goal.end()):
                continue
            word = Word(position, sentence.start + match.end(), match[0], frozenset())
            towns = [
                t
                for t in sentence.towns
                if t.role == Role.PLAIN and t.nominative and clause.start <= t.start < clause.end
            ]
            actors = self.discourse.actors(each or towns[:1]) or self.discourse.subjects(sentence, word, clause)
            yield from self._admitted(sentence, word, clause, actors, "sentence.ordinal")
            handled.update(w.start for w in sentence.words if "member_word" in w.classes)
            return

    @staticmethod
    def _titled(sentence: Sentence, position: int) -> bool:
        """As in "Brwinów 381. miastem w Związku": a town right before the ordinal, and no verb."""
        return sentence.text.rstrip()[-1:] != "?" and any(
            t.role == Role.PLAIN and t.nominative and _IN_A_TITLE.fullmatch(sentence.slice(t.end, position))
            for t in sentence.towns
        )

    @staticmethod
    def _each_with_its_number(sentence: Sentence) -> list[Town]:
        """As in "A zostały 371., a B 372. miastem": two towns or more, each with a number behind it."""
        if _BECAME.search(sentence.folded) is None:
            return []
        numbered = [
            t
            for t in sentence.towns
            if t.role == Role.PLAIN and t.nominative and _ITS_NUMBER.match(sentence.slice(t.end, t.end + 40))
        ]
        return numbered if len(numbered) > 1 else []

    def _by_the_way(self, sentence: Sentence, handled: set[int]) -> Iterator[Event]:
        """As in "Po odejściu A i B Związek liczy 347 miast", "wraz z przyjęciem C liczba członków sięgnęła 360"."""
        match = _AFTER_IT.search(sentence.folded)
        if match is None or NOT_YET.search(sentence.folded) or not self._ours(sentence, sentence.start + match.end()):
            return
        end = sentence.start + match.end()
        first = [t for t in sentence.towns if t.genitive and t.is_actor and sentence.slice(end, t.start).strip() == ""]
        towns = self.discourse.rows.tail(sentence, first[:1]) if first else []
        if not towns or _COUNTS_ITSELF.match(sentence.slice(towns[-1].end, sentence.end)) is None:
            return
        kind = EventKind.WITHDRAWAL if match["left"] else EventKind.ACCESSION
        anchor = sentence.start + match.start("step")
        for actor in self.discourse.actors(towns):
            event = Event.told(actor, kind, Stage.ADMITTED, sentence, anchor, "sentence.widened", 0.85)
            self.discourse.binder.bind(event, sentence, clause_at(sentence, anchor))
            yield event
        handled.update(w.start for w in sentence.words if anchor <= w.start < end)

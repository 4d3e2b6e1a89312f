"""Applications for membership granted: "rozpatrzono pozytywnie wnioski A i B", "przychylił się do prośby C"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from zmpwatch.extract.admissions.doors import DOORS_TO, OPENED, TO_THEM, opens_itself
from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.binding.sittings import sitting_before
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.discourse.topic import Discourse, OpenStep
from zmpwatch.extract.structure.clause import Clause, clause_at
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.matters import BEING_LET_IN
from zmpwatch.extract.words.phrases import TOWN_ITSELF
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import BlockKind, EventKind, Stage

__all__ = ["ApplicationReader"]

_APPLICATION = lazy(
    r"(?<!\w)(?:wnios(?:ek|ki|kow|kom|ku|kowi)|kandydatur\w*|prosb\w*|deklaracj\w*|aplikacj\w*|zgloszeni\w*|akces\w*|staran(?:ia)?(?=\s[^.;]{0,60}?\so\s+(?:czlonkostwo|przyjecie)(?!\w))|(?:nasz|swo)e\s+czlonkostwo|(?:jego|jej|ich)\s+czlonkostwo|application\w*|candidac\w*)(?!\w)",
    "wnios",
    "kandydatur",
    "prosb",
    "deklaracj",
    "aplikacj",
    "zgloszeni",
    "akces",
    "staran",
    "=czlonkostwo",
    "application",
    "candidac",
)
_GRANTED = lazy(
    r"(?<!\w)(?:(?:pozytywnie|korzystnie|przychylnie)\s+(?:rozpatrz\w+|rozpozna\w+|zaopiniowa\w+|odnios\w+)|rozpatrz\w+\s+(?:[\w-]+\s+){0,6}?(?:pozytywnie|korzystnie)|(?:u?zyska|otrzyma|dosta)l\w*\s+(?:\w+\s+)?(?:aprobate|akceptacje)|zaakceptowa\w+|zaakceptowan\w+|przychyl\w+\s+sie|przychylnie|zatwierdz\w+|uwzgledni\w+"
    r"|przyklas\w+|zaaprobowa\w+|poparl\w*|poparto|klepn\w+|zielone\s+swiatlo|zgodzi\w+\s+sie|zgode|nie\s+mial\w*\s+(?:zadnych\s+)?(?:watpliwosci|zastrzezen)|przyjeto|przyjeli|przyjal|approved(?![^.;]{0,60}?\sfor\s+a\s)|granted(?![^.;]{0,60}?\sfor\s+a\s)|accepted)(?!\w)",
    *(
        "pozytywnie",
        "korzystnie",
        "przychyl",
        "zaakceptowa",
        "zatwierdz",
        "uwzgledni",
        "przyklas",
        "zaaprobowa",
        "poparl",
    ),
    *(
        "=aprobate",
        "=akceptacje",
        "poparto",
        "klepn",
        "=swiatlo",
        "zgodzi",
        "=zgode",
        "watpliwosci",
        "zastrzezen",
        "=przyjeto",
        "=przyjeli",
    ),
    *("=przyjal", "=approved", "=granted", "=accepted"),
)
_THEY_WERE = lazy(
    r"\W*(?:(?:oba|obie|wszystkie|te|powyzsze|dwa|trzy)\s+)?(?:wnioski|wniosek|deklaracje|prosby|zgloszenia|kandydatury)\s+(?:(?:te|obu|wszystkich|miast|gmin|zostaly|zostal|jednoglosnie|jednomyslnie)\s+){0,3}\w+"
)
_FOR_A_MATTER = lazy(
    r"(?<!\w)(?:w\s+sprawie|dotycz\w+|na\s+temat)\s+(?!czlonk|przyst|przyje|wstap)|(?<!\w)o\s+(?!(?:\w+\s+)?(?:czlonk|przyst|przyje|wstap|wpis))"
)
_WHILE_AGO = 4
_SEVERAL = lazy(
    r"(?<!\w)(?:dwa|trzy|cztery|piec|szesc|dwoch|trzech|czterech|pieciu|wszystkie|two|three|four|five|six)\s+(?:\w+\s+)?(?:wnios|kandydatur|prosb|aplikacj|deklaracj|zgloszen|application)\w*"
)
_NOT = lazy(
    r"(?<!\w)(?:nie(?!\s+(?:odrzuc|odmow|odroczy|odlozy|odeslal|odsun)\w+(?:\s+\w+){0,2},\s+lecz\s+(?:\w+\s+)?(?:zaakcept|przyj|uwzgl|zatwierdz|rozpatrz|popar|przychyl|pozytywn))(?!\s+mial\w*\s+(?:zadnych\s+)?(?:watpliwosci|zastrzezen))|gdyby|jesli|jezeli|czy|ma\s+rozpatrzyc|rozpatrzy|rozpozna|(?:gdy|kiedy|skoro|jak|zanim)\s+(?:[\w-]+\s+){0,7}?(?:zatwierdzi|zaakceptuje|przyjmie|przychyli|uwzgledni|zaaprobuje|poprze)|bedzie|beda|komisj\w+)(?!\w)"
)
_THEM = lazy(
    r"(?<!\w)(?:sie\s+do\s+(?:nich|niego|niej)|(?:rozpatrz\w+|rozpozna\w+|zaakceptowa\w+|uwzgledni\w+|przyj\w+)\s+(?:\w+\s+)?(?:je|go|ja|oba|obie|wszystkie))(?!\w)",
    *("=nich", "=niego", "=niej", "przyj", "rozpatrz", "rozpozna", "uwzgledni", "zaakceptowa"),
)
_TAKEN_IN = lazy(
    r"^\W*(?:(?:oba|obie|wszystkie|te|trzy|dwa)\s+)?(?:miast[ao]|gmin[ey]|samorzad[y]?|uzdrowisk[ao])\s+przyjeto(?=\s*[.,!]|\s+(?:juz\s+)?(?:\d{1,2}|w|we|na|do|z|dnia|przed|po)(?!\w))"
    r"|(?<!\w)(?:zwiazek|zarzad|zmp)\s+(?:\w+\s+){0,2}?(?:go|ja|je)\s+przyjal(?=\s*[.,!]|\s+(?:\d{1,2}|w|we|do|dnia)(?!\w))"
    r"|(?<!\w)(?:zwiazek|zarzad|zmp)\s+(?:\w+\s+){0,2}?przyjal\s+(?:go|ja|je)(?=\s*[.,!]|\s+(?:\d{1,2}|w|we|do|dnia)(?!\w))",
    "przyjeto",
    "przyjal",
)
_SOUGHT = lazy(r"(?<!\w)(?:stara\w*|ubiega\w*|zabiega\w*|chcia\w*|wnios\w+|zglosi\w*|zlozy\w*|puka\w*)(?!\w)")
_WAS_TAKEN_IN = lazy(
    r"\W*(?:miasto|gmina|samorzad|uzdrowisko|kurort)\s+(?:\w+\s+)?(?:(?:zostal[ao]?|jest)\s+(?:juz\s+)?przyjet|jest\s+(?:juz\s+)?(?:czlonk|w\s+zwiazku))\w*"
)
_FOR_MEMBERSHIP = lazy(
    r"(?<!\w)(?:wnios(?:ek|ki)|aplikacj[aei]|prosb[aey])(?!\s+(?:burmistrz|radn|klub|prezydent|wojt))\s+(?:[\w-]+\s+){0,3}?o\s+(?:czlonkostwo|przyjecie)(?!\w)[^.;]{0,90}?pozytywnie(?!\w)"
    r"|(?<!\w)pozytywnie\s+(?:rozpatrzon|rozpatrzono|zaopiniowan)\w*\s+(?:wnios(?:ek|ki)|aplikacj[aei]|prosb[aey])(?!\s+(?:burmistrz|radn|klub|prezydent|wojt))\s+(?:[\w-]+\s+){0,3}?o\s+(?:czlonkostwo|przyjecie)(?!\w)",
    "pozytywnie",
)
"""As in "Wniosek X o członkostwo rozpatrzono pozytywnie": only the board does, if nobody else is named."""
_FROM = lazy(r"(?<!\w)(?:wnios\w+|kandydatur\w*|prosb\w*|deklaracj\w*|zgloszeni\w*|aplikacj\w*)\s+(?:\w+\s+)?ze?\s+$")
_NEW_MEMBER = lazy(r"(?<!\w)(?:now|kolejn)\w{1,3}\s+czlon(?:ka|kow)(?!\w)", "czlonk")
_INSIDE = lazy(r"\s+we?\s+\"?")
_ABOUT = lazy(
    r"application|czlonkostw|przyjeci|przystapieni|wstapieni|wejsci|dolaczeni|czlonk|akces|kandydatur|membership|accession|admission"
    r"|(?<!\w)(?:miasto|gmina|samorzad|uzdrowisko)\s+(?:[\w-]+\s+){0,2}?(?:nalezy\s+do|jest\s+(?:juz\s+)?w|wesz\w+\s+(?:do|w)|dolaczy\w+\s+do)\s"
)
_FOR_ELSE = lazy(
    rf"(?<!\w)(?:wnios\w+|kandydatur\w*|prosb\w*|zgloszeni\w*|aplikacj\w*)\s+(?:[\w-]+\s+){{0,4}}?(?:o|na|w\s+sprawie|dotyczac\w+|do)\s+(?!{BEING_LET_IN})(?:\w+\s+){{0,2}}?"
    r"(?:gospodarz|organizac|zorganizow|lokaliz|dotacj|dofinansow|nagrod|stypendi|patron|siedzib|zmian|statut|termin|obnizen|zwolnien|umorzen|odroczen|partner|udzial|uczestni|pilota|projekt|program|przeprowadzen|konkurs|komisj|zespol|zarzad|rad[yz])\w*"
)
"""An application for something that is no membership."""
_ANOTHER_ONE = lazy(
    r",\s+(?:a|ale|lecz|natomiast|zas)\s+(?:\w+\s+){0,2}?(?:wnios|kandydatur|deklaracj|prosb|akces|zgloszeni|aplikacj)\w*"
)
"""As in "zaopiniowano akces A, a wniosek B odłożono"."""
_OF_ANOTHER_KIND = lazy(
    r"(?<!\w)deklaracj\w+\s+(?:wyborcz|klimatyczn|majatk|programow|wspolprac|poparci|intencj|partnersk|ideow|koncow|podatk|smieciow|o\s+wspolprac|w\s+sprawie)\w*"
    r"|(?<!\w)o\s+przyjecie\s+(?:stanowisk|uchwal|apel|rezolu|deklarac|opini|popraw|zmian|projek|budzet|regul|statut|delegac|gosci)",
    "deklaracj",
    "=przyjecie",
)
"""A declaration that is none of joining: "deklaracje wyborcze"."""
_OF_A_TOWN = lazy(
    r"(?<!\w)(?:wnios(?:ek|ku|ki)|kandydatur\w|prosb\w)\s+(?:nasz\w+\s+)?(?:gminy|miasta|samorzadu|uzdrowiska)(?!\w)",
    *("wnios", "kandydatur", "prosb"),
)
_OF_WHOM = lazy(r"(?<!\w)(?:wnios(?:ek|ku|ki)|kandydatur\w|prosb\w)\s+$")
_INTO_IT = lazy(r"(?<!\w)(?:przyjet|dolacz|wstap|wesz|czlonk|w\s+gronie|w\s+rodzinie)\w*")
_COUNCILS_ACT = lazy(
    r"(?<!\w)(?:stosown|odpowiedni)\w{1,3}\s+(?:uchwal|decyzj)\w+|(?<!\w)(?:uchwal|decyzj)\w+\s+w\s+tej\s+sprawie|(?<!\w)uchwal\w+\s+(?:[\w-]+\s+){0,3}?(?:o|w\s+sprawie)\s+(?:przystapieni|akces|czlonkostw|wstapieni)",
    "uchwal",
    "decyzj",
)
_OUR_OWN = lazy(r"(?<!\w)nasz\w{1,3}\s+(?:wnios|kandydatur|prosb|akces|zgloszeni|aplikacj|czlonkostwo)", "nasz")
"""As in "nasz wniosek": that of the municipality whose text it is, or of which was told before."""
_THEIR_OWN = lazy(
    r"(?<!\w)(?:jego|jej|ich)\s+(?:wnios|kandydatur|prosb|akces|zgloszeni|aplikacj|deklaracj|czlonkostwo)\w*",
    *("=jego", "=jej", "=ich"),
)
"""As in "jej akces zatwierdził zarząd": that of the town named before."""
_AUTHORITIES = lazy(r"(?<!\w)wladz\w*\s+\"?(?:zwiazku|zmp|stowarzyszenia|organizacji)(?!\w)", "wladz")
_GRANTS_ITSELF = lazy(
    r"(?<!\w)(?:zwiazek|stowarzyszenie|organizacja|zmp)(?:\s+miast\s+polskich)?\"?\s+(?:[\w.]+\s+){0,4}?(?:pozytywnie|przychyl|zaakceptowa|uwzgledni|zaaprobowa|rozpatrz)\w*",
    *("pozytywnie", "przychyl", "zaakceptowa", "uwzgledni", "zaaprobowa", "rozpatrz"),
)
"""As in "stowarzyszenie przychyliło się do wniosku": the association itself says yes."""


@dataclass(slots=True)
class ApplicationReader:
    """Reads what the board said to those who asked to be taken in."""

    NEEDS: ClassVar[int] = signs_of(_TAKEN_IN, OPENED, _APPLICATION, _THEM)
    discourse: Discourse

    def events(self, sentence: Sentence) -> Iterator[Event]:
        """Admissions told as applications granted, or as "Oba miasta przyjęto …" after who asked."""
        taken = _TAKEN_IN.search(sentence.folded)
        if taken is not None and not _NOT.search(sentence.folded):
            yield from self._taken_in(sentence, sentence.start + taken.start())
            return
        opened = OPENED.search(sentence.folded)
        asked = opened or _APPLICATION.search(sentence.folded) or self._taken_up(sentence)
        if asked is None:
            return
        granted = _GRANTED.search(sentence.folded)
        if _OF_ANOTHER_KIND.search(sentence.folded):
            return
        if not (opened or granted) or _NOT.search(sentence.folded) or _FOR_ELSE.search(sentence.folded):
            return
        clause = self._apart_from_council(sentence)
        if clause is None or sentence.has("leave_noun") or not self._of_the_board(sentence):
            return
        if clause.start > sentence.start:
            granted = _GRANTED.search(sentence.folded, clause.start - sentence.start)
        around = [*self._since_they_asked(sentence), sentence]
        declared = asked[0].startswith(("deklaracj", "akces"))
        told = opened or declared or any(_ABOUT.search(s.folded) for s in around)
        if not (told or self._then_taken_in(sentence) or self._of_a_town(sentence)):
            return
        anchor = sentence.start + asked.start()
        another = _ANOTHER_ONE.search(sentence.folded, anchor - sentence.start + 1)
        stop = sentence.start + another.start() if another is not None else sentence.end
        towns = [
            t
            for t in sentence.towns
            if anchor < t.start < stop
            and (t.role in (Role.PLAIN, Role.OFFICIAL) or self._sent_from(t, sentence))
            and not self.discourse.rows.compared(t, sentence)
        ]
        if granted is not None and TOWN_ITSELF.match(sentence.folded, granted.end()):
            towns = [t for t in towns if t.accusative]
        if clause.start > sentence.start or clause.end < sentence.end:
            towns = [t for t in towns if clause.start <= t.start < clause.end]
        actors = self.discourse.actors(towns)
        if not actors and _OUR_OWN.search(sentence.folded):
            actors = list(self.discourse.focus) or self.discourse.home() or self._only_town()
        if _THEIR_OWN.search(sentence.folded) or TO_THEM.search(sentence.folded):
            actors = list({a.name: a for a in (*self._named_before(sentence, anchor), *actors)}.values())
        if not actors and _SEVERAL.search(sentence.folded):
            actors = self.discourse.actors(self.discourse.rows.following(sentence))
        actors = actors or self._asked_before(sentence)
        if not actors and clause.start > sentence.start:
            actors = self._of_step_before(sentence, clause)
        anchor = sentence.start + granted.start() if granted is not None else anchor
        yield from self._admitted(actors, sentence, anchor, 0.85, clause)

    @staticmethod
    def _apart_from_council(sentence: Sentence) -> Clause | None:
        """The clause that grants what was asked, where the sentence tells of the council in another one; else all."""
        whole = Clause(sentence.start, sentence.end)
        if not sentence.has("council"):
            return whole
        for granted in _GRANTED.finditer(sentence.folded):
            clause = clause_at(sentence, sentence.start + granted.start())
            scope = sentence.slice(clause.start, clause.end)
            theirs = sentence.has("board", start=clause.start, end=clause.end) or _GRANTS_ITSELF.search(scope)
            if not theirs or sentence.has("council", start=clause.start, end=clause.end):
                continue
            if _APPLICATION.search(scope):
                return clause
        return None

    def _of_step_before(self, sentence: Sentence, clause: Clause) -> list[Actor]:
        """As in "Rada w A poparła wstąpienie do Związku, a stowarzyszenie przychyliło się do wniosku"."""
        before = [t for t in sentence.towns if t.end <= clause.start]
        named = self.discourse.actors(before)
        if len(named) == 1 and sentence.has("join_noun", "member_noun", end=clause.start):
            return named
        return self._only_town() if not before else []

    def _only_town(self) -> list[Actor]:
        """The only municipality that a text names at all."""
        actors = self.discourse.actors([t for t in self.discourse.reading.towns if t.role != Role.BODY])
        return actors if len(actors) == 1 else []

    def _named_before(self, sentence: Sentence, anchor: int) -> list[Actor]:
        """As A in "Do Związku zawitało A: jego akces zatwierdził zarząd", else who was spoken of."""
        named = [t for t in sentence.towns if t.end <= anchor and t.role == Role.PLAIN and t.nominative]
        if named:
            return self.discourse.actors(self.discourse.rows.tail(sentence, named[-1:]))
        return list(self.discourse.focus)

    def _then_taken_in(self, sentence: Sentence) -> bool:
        """Whether the next sentence tells what was asked for: "Miasto zostało przyjęte"."""
        following = self.discourse.reading.sentences[sentence.number + 1 : sentence.number + 2]
        return any(s.segment is sentence.segment and _WAS_TAKEN_IN.match(s.folded) for s in following)

    def _of_a_town(self, sentence: Sentence) -> bool:
        """Whether the association's board grants a town's application, of which a headline or a council's act tells.

        As in "Zarząd Związku uwzględnił wniosek naszego miasta. Stosowną uchwałę przyjęto na sesji 5 marca".
        """
        if not sentence.has("board") or not any(b.kind is BodyKind.OURS for b in sentence.bodies):
            return False
        if _OF_A_TOWN.search(sentence.folded) is None and not any(
            t.genitive and _OF_WHOM.search(sentence.slice(sentence.start, t.start)) for t in sentence.towns
        ):
            return False
        sentences = self.discourse.reading.sentences
        head = sentences[0]
        headed = head is not sentence and head.segment.kind is BlockKind.HEADING and self._heads(head)
        following = sentences[sentence.number + 1 : sentence.number + 2]
        return headed or any(_COUNCILS_ACT.search(s.folded) for s in following)

    def _heads(self, head: Sentence) -> bool:
        """As in "Krynica-Zdrój przyjęta do ZMP", "Muszyna w Związku"."""
        return (
            bool(head.towns)
            and (self._put_inside(head) or _INTO_IT.search(head.folded) is not None)
            and any(b.kind is BodyKind.OURS for b in head.bodies)
        )

    @staticmethod
    def _sent_from(town: Town, sentence: Sentence) -> bool:
        """As in "wniosek z Kłodzka": a place that an application came from."""
        lead = sentence.slice(max(sentence.start, town.start - 40), town.start)
        return town.role == Role.PLACE and _FROM.search(lead) is not None

    def _taken_in(self, sentence: Sentence, anchor: int) -> Iterator[Event]:
        """As in "Gmina podjęła uchwałę o przystąpieniu. Po miesiącu Związek ją przyjął"."""
        if any(t.role != Role.PLACE for t in sentence.towns) or sentence.has("council"):
            return
        if any(b.kind is BodyKind.OTHER for b in sentence.bodies):
            return
        if self.discourse.topic(sentence, anchor) is not BodyKind.OURS:
            return
        before = self.discourse.open
        actors: list[Actor] = []
        if before is not None and before.kind is EventKind.ACCESSION and 0 < sentence.number - before.sentence <= 3:
            actors = list(before.actors)
        elif sentence.number:
            earlier = self.discourse.reading.sentences[sentence.number - 1]
            sought = self.discourse.alone() and _SOUGHT.search(earlier.folded) is not None
            actors = list(self.discourse.focus) if sought or self._put_inside(earlier) else []
        yield from self._admitted(actors, sentence, anchor, 0.8)

    def _admitted(
        self, actors: list[Actor], sentence: Sentence, anchor: int, confidence: float, clause: Clause | None = None
    ) -> Iterator[Event]:
        for actor in actors:
            event = Event.told(
                actor, EventKind.ACCESSION, Stage.ADMITTED, sentence, anchor, "sentence.accepted", confidence
            )
            self.discourse.binder.bind(event, sentence, clause or Clause(sentence.start, sentence.end))
            yield event
        if actors:
            self.discourse.open = OpenStep(sentence.number, EventKind.ACCESSION, tuple(actors), admitted=True)

    @staticmethod
    def _put_inside(sentence: Sentence) -> bool:
        """As in "„Łeba w Związku Miast Polskich – klamka zapadła”", the title of an article, taken up by the next."""
        return any(
            t.nominative and b.kind is BodyKind.OURS and _INSIDE.fullmatch(sentence.slice(t.end, b.start))
            for t in sentence.towns
            for b in sentence.bodies
        )

    def _taken_up(self, sentence: Sentence) -> re.Match[str] | None:
        """As in "… złożyły wnioski. Zarząd przychylił się do nich": what was asked for just before."""
        before = self.discourse.reading.before(sentence)
        them = _THEM.search(sentence.folded) if before and sentence.has("board") else None
        return them if them is not None and _APPLICATION.search(before[0].folded) else None

    def _asked_before(self, sentence: Sentence) -> list[Actor]:
        """Whose application it is, where no town stands beside it: whose step was told, else whose paper it is."""
        if any(t.role != Role.PLACE for t in sentence.towns):
            return []
        since = self._since_they_asked(sentence)
        if len(since) > 1:
            return self.discourse.actors([t for t in since[0].towns if t.is_actor])
        before = self.discourse.open
        if before is not None and before.kind is EventKind.ACCESSION and 0 <= sentence.number - before.sentence <= 3:
            return list(before.actors)
        named = any(b.kind is BodyKind.OURS for b in sentence.bodies) and sentence.has("board")
        return self.discourse.home() if named else []

    def _since_they_asked(self, sentence: Sentence) -> list[Sentence]:
        """The sentence before, and those up to the applications where they are all that this one speaks of.

        As in "Wpłynęły wnioski o przyjęcie A i B. Zarząd zapoznał się z uchwałami. Wnioski przyjęto."
        """
        before = self.discourse.reading.before(sentence)
        if sentence.towns or sentence.bodies or _THEY_WERE.match(sentence.folded) is None:
            return before
        earlier = self.discourse.reading.before(sentence, _WHILE_AGO)
        for first, asking in enumerate(earlier):
            if not asking.towns or not _APPLICATION.search(asking.folded) or _FOR_A_MATTER.search(asking.folded):
                continue
            told = [*self.discourse.reading.before(asking), asking]
            if any(_ABOUT.search(s.folded) for s in told):
                return earlier[first:] if not any(s.towns for s in earlier[first + 1 :]) else before
        return before

    def _of_the_board(self, sentence: Sentence) -> bool:
        """Whether the association's board is who decides, here or in the sentence before."""
        before = self._since_they_asked(sentence)
        if any(b.kind is BodyKind.OTHER for b in sentence.bodies):
            return False
        if DOORS_TO.search(sentence.folded) and any(b.kind is BodyKind.OURS for b in sentence.bodies):
            return True
        if opens_itself(sentence) or (_AUTHORITIES.search(sentence.folded) and not sentence.has("council")):
            return any(b.kind is BodyKind.OURS for b in sentence.bodies)
        board = sentence.has("board") or any(s.has("board") or _NEW_MEMBER.search(s.folded) for s in before)
        board = board or _GRANTS_ITSELF.search(sentence.folded) is not None
        board = board or _FOR_MEMBERSHIP.search(sentence.folded) is not None
        board = board or sitting_before(self.discourse.reading, sentence) is not None
        ours = self.discourse.reading.ours_by_address or any(
            b.kind is BodyKind.OURS for s in (*before, sentence) for b in s.bodies
        )
        ours = ours or self.discourse.topic(sentence, sentence.start) is BodyKind.OURS
        return ours and board

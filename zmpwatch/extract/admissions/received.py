"""Councils' resolutions that the association has before it: "ostatnia – z A, podjęta 20 grudnia – czeka na Zarząd".

And losses that it notes: "odnotować trzeba wystąpienie B z dniem 30 czerwca oraz decyzję rady C z 26 listopada".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import ClassVar

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.discourse.voice import nobody_else
from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.entries import year_of
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.votes.ballots import read_ballot
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.matters import A_STEP
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import EventKind, Stage, Votes

__all__ = ["ReceivedReader"]

_HANDLED = lazy(
    r"(?<!\w)(?:odesla\w+|zwroc(?:on|il)\w+|czeka(?:ja)?|oczekuj\w+|wplyn\w+|nadesz\w+|nadesl\w+|dotar\w+|otrzyma\w+|naplyn\w+|rozpatrz\w+|rozpatrywan\w+|(?:zajm|zaj[ae]l|zapozna)\w*\s+sie|przekazan\w+|lez[ya]|uzupelnieni\w+|poprawieni\w+|waiting|awaits?|received|returned)(?!\w)",
    *(
        "odesla",
        "zwroc",
        "czeka",
        "oczekuj",
        "wplyn",
        "nadesz",
        "nadesl",
        "dotar",
        "otrzyma",
        "naplyn",
        "rozpatr",
        "przekazan",
        "zaj",
        "zapozna",
    ),
    *("=lezy", "=leza", "uzupelnieni", "poprawieni", "waiting", "await", "received", "returned"),
)
_NOTED = lazy(
    r"(?<!\w)(?:odnot\w+|zanotow\w+|zapis\w+|ubyt\w+|ubyl\w*|strat[aey]\w*|stracil\w*|z\s+zalem|ze\s+smutkiem|pozegna\w+|zmniejszy\w+|pomniejszy\w+|uszczupl\w+|wykrusz\w+|wystapil[oay]|odesz(?:lo|la|ly)|utracil\w*|lost)(?!\w)",
    *("odnot", "zanotow", "zapis", "uby", "strat", "straci", "zal", "smutk", "pozegna", "zmniejszy", "pomniejszy"),
    *("uszczupl", "wykrusz", "wystapil", "odesz", "utraci", "=lost"),
)
_OF_COUNCIL = lazy(
    r"(?<!\w)uchwal[aeyo]?m?\s+(?:akcesyjn\w{1,3}\s+)?(?:(?:nr|numer)\s+\S+\s+)?(?P<there>(?:tamtejs|miejscow|jego|jej|ich)\w*\s+)?(?:rad\w{0,3}|radnych)(?!\w)"
)
_OF_TOWN = lazy(
    r"(?:^|[,;:-]|(?<!\w)(?:i|oraz|a))\W*(?:(?:ostatni|pierwsz|drug|trzeci|kolejn|jedn|nastepn|najnowsz)\w{1,3}\s*[-,:]?\s*)?ze?\s+(?:(?:miasta|gminy)\s+)?$"
)
_ONE_OF_THEM = lazy(
    r"(?:^|[,;])\W*(?:a\s+)?(?:ostatni|pierwsz|drug|trzeci|kolejn|jedn|nastepn|najnowsz)[aey]\s*[-,:]?\s*ze?\s+(?:\w+\s+)?$"
)
_RESOLUTIONS = lazy(r"(?<!\w)uchwal(?:a|y|e|om|ami)?(?!\w)", "uchwal")
_ON_JOINING = lazy(
    r"(?<!\w)(?:przyst[ae]p|chc\w+\s+byc(?!\w)|wst[ae]p|wchodz|wesz|wszed|powr[ao][ct]|akces|czlonkostw|przyjeci|przyjet|przyjal|dolacz|wejsci|kandydat)\w*"
)
_ON_LEAVING = lazy(
    r"(?<!\w)(?:wyst[ae]p|wyjsci|wychodz|wysz|odejsci|odchodz|odesz|odszed|rezygn|ubyt|uby(?:ly|lo)|opu(?:szcz|sci))\w*"
)
_ON_ELSE = lazy(rf"(?<!\w)(?:o|w\s+sprawie|dotyczac\w+)\s+(?!{A_STEP}|tej|tym|numerze|\d)\w{{3,}}")
_DAY = lazy(r"\s*[,(]?\s*(?:(?:podjet\w+|uchwalon\w+|przyjet\w+|zapadl\w+)\s+)?(?:z\s+dnia|z|dnia|w\s+dniu)?\s*$")
_IN_TIME = lazy(r"\s*,?\s*(?:z\s+dniem|w\s+dniu|dnia|z|od|on|as\s+of)?\s*$")
_GONE = lazy(
    r"(?<!\w)(?:wystapieni[ea]|odejsci[ea]|wyjsci[ea]|rezygnacj[aei]|skresleni[ea]|wykresleni[ea]|utrat[aey]|wypisani[ea]\s+sie)\s+(?:(?:miasta\s+i\s+gminy|miasta|gminy)\s+)?(?:(?P<and>[^;.:]{2,60}?)\s+(?:i|oraz)\s+)?$"
)
_LEFT_ONE = lazy(
    r"(?<!\w)(?:(?:wystapil|ubyl)[oay]|wykruszyl[oay]\s+sie|(?:wysz|odesz)(?:lo|la|ly))\s+(?:\w+\s+)?(?:jedno|jedna|dwa|dwie|trzy|kilka)(?:\s+(?:miast[oa]|gmin[ay]))?\s*[-:(,]\s*$"
    r"|(?<!\w)(?:lost|stracil\w?|utracil\w?)\s+(?:\w+\s+){0,2}?(?:one|two|three|jednego|dwoch|trzech)\s+(?:members?|czlonk\w+|miasta?)(?!\w)[^.;:]{0,24}?[-:(,]\s*$"
)
_DECISION_OF = lazy(
    r"(?<!\w)(?:decyzj|uchwal)[aeyi]\s+(?:rady\s+(?:miejskiej\s+|miasta\s+|gminy\s+)?(?:w[e]?\s+)?|radnych\s+(?:z\s+)?)$"
)
_AT_SOMETHING = lazy(
    r"\s*(?:(?:na|podczas|w\s+trakcie|przed|o|w\s+sprawie|do)\s|ze?\s+(?!dniem|koncem|poczatkiem|uplywem|moca|\"?(?:naszego|tego|naszej|tej)?\s*(?:zwiazku|zmp|organizacji|stowarzyszenia|grona|listy)|\d)\w)"
)
_COUNCILS_FROM = lazy(r"\s+(?:(?:miejsk|gminn)\w+\s+)?(?:miast\s+)?(?:ze?|we?)\s+")
_WAITS_FOR_BOARD = lazy(
    r"(?<!\w)rad[ay]\s(?P<whose>[^.;]{3,90}?)(?<!\w)(?:podje\w+|przyje\w+)\s+(?:juz\s+)?(?:\w+\s+)?uchwal[eya](?!\w)[^.;]{0,60}?(?<!\w)(?:o?czeka(?:ja)?|oczekuj\w+)\s+(?:\w+\s+)?na\s+(?:[\w-]+\s+){1,3}?zarzadu(?!\w)",
    "zarzadu",
)
"""As in "Rady A i B podjęły uchwały i czekają na posiedzenie Zarządu": what such resolutions are on."""
_AND = lazy(r"[,)]?\s(?:i|oraz|a\s+takze|jak\s+i)\s(?:ze?\s|we?\s)?$|,\s(?:ze?\s|we?\s)?$")
_AS_FAR = 3


_BRACKET = lazy(r"\s?\([^()]{4,120}\)")
_Whose = tuple[Actor, DateMention | None, Votes | None]


@dataclass(slots=True)
class ReceivedReader:
    """Reads what councils have decided from what the association tells of their papers, and its losses."""

    NEEDS: ClassVar[int] = signs_of(_HANDLED, _NOTED)
    discourse: Discourse

    def beside(self, sentence: Sentence, told: list[Event]) -> list[Event]:
        """What a sentence tells, its papers added: a paper is surer than a step guessed at, and knows its own day."""
        received = self.events(sentence)
        papers = {(e.actor.name, e.kind): e for e in received}
        kept = []
        for event in told:
            paper = papers.get((event.actor.name, event.kind))
            if paper is not None and event.stage is paper.stage:
                event.date = paper.date or event.date
                received = [e for e in received if e is not paper]
            if paper is None or event.stage in (paper.stage, Stage.ADMITTED):
                kept.append(event)
        return [*kept, *received]

    def events(self, sentence: Sentence) -> list[Event]:
        """Resolutions before the board, and towns that left or decided to."""
        if not sentence.towns and _OF_COUNCIL.search(sentence.folded) is None:
            return []
        if "?" in sentence.text or not nobody_else(self.discourse.reading, sentence):
            return []
        if self.discourse.topic(sentence, sentence.end) is not BodyKind.OURS:
            return []
        found = list(self._waiting(sentence)) if _HANDLED.search(sentence.folded) else []
        return found or (list(self._losses(sentence)) if _NOTED.search(sentence.folded) else [])

    def _waiting(self, sentence: Sentence) -> Iterator[Event]:
        around = self.discourse.reading.up_to(sentence, _AS_FAR)
        councils = _WAITS_FOR_BOARD.search(sentence.folded)
        if councils is not None:  # what was told in another paragraph is the step of others
            around = [s for s in around if s.start >= sentence.paragraph[0]]
        kind = self._step(around) or (EventKind.ACCESSION if councils is not None else None)
        if kind is None or "projekt" in sentence.folded:
            return
        if councils is not None and not _ON_ELSE.search(sentence.folded, councils.end("whose")):
            first, last = (sentence.start + place for place in councils.span("whose"))
            for actor in self.discourse.actors([t for t in sentence.towns if first <= t.end and t.start < last]):
                yield Event.told(actor, kind, Stage.RESOLVED, sentence, sentence.start, "sentence.received", 0.75)
            return
        for actor, day, votes in self._whose(sentence, around):
            event = Event.told(actor, kind, Stage.RESOLVED, sentence, sentence.start, "sentence.received", 0.75)
            event.date = self._iso(day)
            event.votes = votes
            yield event

    @staticmethod
    def _step(around: list[Sentence]) -> EventKind | None:
        """What the papers that a passage is about decide: the step named last, unless both are named at once."""
        for sentence in reversed(around):
            leaving = _ON_LEAVING.search(sentence.folded) is not None
            joining = _ON_JOINING.search(sentence.folded) is not None
            if leaving and joining:
                return None
            if leaving or joining:
                return EventKind.WITHDRAWAL if leaving else EventKind.ACCESSION
        return None

    def _whose(self, sentence: Sentence, around: list[Sentence]) -> Iterator[_Whose]:
        council = _OF_COUNCIL.search(sentence.folded)
        if council is not None:
            if _ON_ELSE.search(sentence.folded, council.end()):
                return
            begin = sentence.start + council.end()
            if council["there"]:
                clause = Clause(sentence.start, sentence.end)
                actors = self.discourse.pointed(sentence, clause) or self._just_named(sentence, begin)
                for actor in actors[:1]:
                    yield actor, self._day(sentence, begin, sentence.end, _DAY), None
                return
            yield from self._dated(sentence, self._of_councils(sentence, begin))
            return
        led = [t for t in sentence.towns if _OF_TOWN.search(sentence.slice(sentence.start, t.start))]
        first = led[0] if led else None
        if first is None or _ON_ELSE.search(sentence.folded, 0, first.start - sentence.start):
            return
        named = _RESOLUTIONS.search(sentence.slice(sentence.start, first.start)) is not None
        one = _ONE_OF_THEM.search(sentence.slice(sentence.start, first.start)) is not None
        if named or (one and any(_RESOLUTIONS.search(s.folded) for s in around[:-1])):
            yield from self._dated(sentence, led)

    @staticmethod
    def _of_councils(sentence: Sentence, begin: int) -> list[Town]:
        """Whose councils a sentence names from an offset on: "rad A i B", "rad miejskich z A i z B"."""
        towns = [t for t in sentence.towns if t.start >= begin - 2]
        places = [t for t in towns if t.role == Role.PLACE]
        first = next(iter(places), None)
        if first is not None and _COUNCILS_FROM.fullmatch(sentence.slice(begin, first.start)):
            joined = {t.start for t in places if t is first or _AND.search(sentence.slice(begin, t.start))}
            return [t for t in towns if t.role in (Role.COUNCIL, Role.PLAIN) or t.start in joined]
        return [t for t in towns if t.role in (Role.COUNCIL, Role.PLAIN)]

    def _just_named(self, sentence: Sentence, before: int) -> list[Actor]:
        here = [t for t in sentence.towns if t.end <= before]
        return self.discourse.actors(here[-1:]) or list(self.discourse.focus)

    def _dated(self, sentence: Sentence, towns: list[Town]) -> Iterator[_Whose]:
        """Towns up to the first that stands apart, each with the day behind its name and the ballot in its bracket."""
        for town, following in zip_longest(towns, towns[1:]):
            end = following.start if following is not None else sentence.end
            bracket = _BRACKET.match(sentence.slice(town.end, end))
            ballot = read_ballot(sentence.slice(town.end, end), 0, bracket.end()) if bracket is not None else None
            actor, day = Actor(town.name, town.municipality), self._day(sentence, town.end, end, _DAY)
            yield actor, day, ballot.votes if ballot is not None else None

    @staticmethod
    def _day(sentence: Sentence, start: int, end: int, lead: re.Pattern[str]) -> DateMention | None:
        mention = next((d for d in sentence.dates if start <= d.start < end), None)
        return mention if mention is not None and lead.fullmatch(sentence.slice(start, mention.start)) else None

    def _iso(self, day: DateMention | None) -> str | None:
        """The day; without a year that of the report it stands in."""
        if day is None or day.year is not None:
            return day.iso if day is not None else None
        if day.kind == "end_of_year":
            year = year_of(self.discourse.reading, 12)
            return replace(day, year=year, month=12, day=31).iso if year is not None else day.iso
        if day.month is None:
            return day.iso
        year = year_of(self.discourse.reading, day.month)
        return replace(day, year=year).iso if year is not None else day.iso

    def _losses(self, sentence: Sentence) -> Iterator[Event]:
        left = False
        for town, following in zip_longest(sentence.towns, sentence.towns[1:]):
            end = following.start if following is not None else sentence.end
            lead = sentence.slice(sentence.start, town.start)
            decided = left and _DECISION_OF.search(lead) is not None
            gone = (town.genitive and _GONE.search(lead) is not None) or _LEFT_ONE.search(lead) is not None
            if not (gone or decided) or town.role == Role.OFFICIAL:
                continue
            mention = self._day(sentence, town.end, end, _IN_TIME)
            if _AT_SOMETHING.match(sentence.slice(town.end, sentence.end)):
                continue  # "wystąpienie Tarnowa na konferencji"
            if mention is None and len(sentence.dates) == 1:
                mention = sentence.dates[0]
            left = True
            stage = Stage.RESOLVED if decided else Stage.ADMITTED
            event = Event.told(
                Actor(town.name, town.municipality),
                EventKind.WITHDRAWAL,
                stage,
                sentence,
                town.start,
                "sentence.noted",
                0.75,
            )
            event.date = self._iso(mention)
            yield event

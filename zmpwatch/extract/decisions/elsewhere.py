"""What one town did, done by another: "w Rogoźnie stało się to 24 listopada", "Szczyrk followed a month later"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.decisions.verdicts import refuses
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.signs import signs_of
from zmpwatch.model import Stage

__all__ = ["ElsewhereReader"]

_DID_SO = lazy(
    r"(?<!\w)(?:stalo\s+sie\s+(?:to|tak)|(?:nastapilo|doszlo|mialo\s+miejsce)\s+(?:to|do\s+tego)|(?:to|tak)\s+(?:sie\s+)?(?:stalo|nastapilo)(?:\s+sie)?|mialo\s+to\s+miejsce"
    r"|(?:zrobi|uczyni)(?:l[aoiy]?|li)\s+to(?:\s+samo)?|to\s+(?:samo\s+)?(?:zrobi|uczyni)(?:l[aoiy]?|li)|dokona(?:l[aoiy]?|li)\s+tego"
    r"|poszl[aoiy]\s+(?:w\s+(?:jego|jej|ich|te)\s+slady|tym\s+samym\s+tropem|(?:jego|jej|ich|tym\s+samym)\s+sladem)"
    r"|(?:(?:w\s+slad\s+za\s+(?:nim|nia|nimi|sasiad\w{1,3})|(?:(?:jego|jej|ich|tym\s+samym)\s+)?sladem(?:\s+sasiad\w{1,3})?)\s+)poszl[aoiy]"
    r"|(?:ten|taki)\s+sam\s+krok\s+(?:uczyni|zrobi|wykona)(?:l[aoiy]?|li)|na\s+(?:to\s+samo|(?:ten|taki)\s+sam\s+krok|podobny\s+krok)\s+zdecydowa(?:l[aoy]?|li)\s+sie"
    r"|(?:zapadl[ao]|podj\w+|przyj\w+|przeglosowa\w+|uchwali\w+)\s+(?:ona|ja|je|taka(?:z)?(?:\s+sama)?|podobn[aey]|analogiczn[aey]|identyczn[aey])(?:\s+(?:decyzj|uchwal)[aey])?"
    r"|(?:taka(?:z)?(?:\s+sama)?|te\s+sama|podobn[aey]|analogiczn[aey]|identyczn[aey])\s+(?:decyzj|uchwal)[aey]\s+(?:zapadl\w*|podj\w+|przyj\w+)"
    r"|followed(?:\s+suit)?|did\s+(?:so|the\s+same|likewise))(?!\w)",
    *("=stalo", "=nastapilo", "=doszlo", "=mialo", "zrobi", "uczyni", "dokona", "poszl", "zapadl", "podj", "przyj"),
    *("przeglosowa", "uchwali", "=followed", "=did", "=slad", "=sladem", "=krok", "zdecydowa"),
)
_TURNED_IT_DOWN = lazy(
    r"(?<!\w)(?:odrzuci|utraci|zablokowa)l\w{0,2}\s+(?:taki|podobny|analogiczny|ten\s+sam|identyczny)\s+(?:pomysl|projekt|wniosek|plan)(?!\w)"
    r"|(?<!\w)(?:taka|podobna|analogiczna|te\s+sama|identyczna)\s+(?:uchwale|propozycje|inicjatywe)\s+(?:odrzuci|utraci|zablokowa)l\w{0,2}(?!\w)"
    r"|(?<!\w)(?:odrzuci|utraci|zablokowa)l\w{0,2}\s+(?:taka|podobna|analogiczna|te\s+sama|identyczna)\s+(?:uchwale|propozycje|inicjatywe)(?!\w)",
    *("odrzucil", "utracil", "zablokowal"),
)
_BEGINS = lazy(
    r"(?:^|[,;:.-]|(?<!\w)(?:a|i|oraz|zas|natomiast|and|while))\W*(?:(?:a|i|oraz|zas|natomiast|z\s+kolei|wczesniej|pozniej|and|while|dopiero)\s+){0,2}"
    r"(?:(?:rad[ay]|radni|samorzad|samorzadowcy|wladze|the\s+council|councillors)\s+(?:(?:miejsk\w+|miasta|gminy)\s+)?)?(?:(?:z|ze|w|we|in|of)\s+)?(?:(?:sasiedni\w+|pobliski\w+)\s+)?$"
)
_BY_COUNCIL = lazy(r"(?<!\w)(?:rad[ay]|radni|council\w*)(?!\w)[^,;]*$", "rad", "council")
_TO_DATE = lazy(r",?\s*(?:[\w-]+\s+){0,3}?(?:(?:w\s+dniu|dnia|w|we|on|in)\s+)?")
_ENDS = lazy(r"\s*(?:[.;!]|$)")
_THERE = lazy(r"\s+(?:takze|rowniez|tez|tymczasem|zas|natomiast|then|also)?\s*(?:we?\s+)?$|\s*(?:\([^()]{0,60}\)\s*)?$")
_BY_WHOM = lazy(
    r"\s+(?:(?:tez|takze|rowniez|juz|wczesniej|pozniej|niedawno|ostatnio|wlasnie|m\.\s?in\.|miedzy\s+innymi|i|z\s+kolei|inne|dopiero|jako\s+(?:pierwsz|drug|trzeci|ostatni)\w{1,3})\s+){0,3}"
    r"(?:(?:sasiedni|pobliski|okoliczn)\w{1,2}\s+)?(?:(?:rad[ay]|radni|samorzad|wladze|miast[ao]|gmin[ay])\s+(?:(?:miejsk\w{1,3}|miasta|gminy)\s+)?)?(?:we?\s+|z[e]?\s+)?"
)
_AFTER_TIME = lazy(r"(?!\s*(?:jak|co|kto|gdzie|kiedy|czy|choc|gdy|zanim|jesli)(?!\w))[^,;:?]{0,60}")
"""What may lie ahead of "zrobiło to Kutno", where that is all that is told."""
_WHERE = lazy(r"\s+(?:[\w-]+\s+){0,2}?we?\s+$")
_NEAR = 220
_DONE = (Stage.RESOLVED, Stage.ADMITTED, Stage.REJECTED)


@dataclass(slots=True)
class ElsewhereReader:
    """Reads that another town did what was told of one just before."""

    NEEDS: ClassVar[int] = signs_of(_DID_SO, _TURNED_IT_DOWN)
    discourse: Discourse

    def events(self, sentence: Sentence, told: Sequence[Event], found: Sequence[Event]) -> list[Event]:
        """The same step of every town of which the sentence only says that it did so, and when."""
        if "?" in sentence.text or not sentence.towns:
            return []
        return list(self._events(sentence, told, found))

    def _events(self, sentence: Sentence, told: Sequence[Event], found: Sequence[Event]) -> Iterator[Event]:
        refused = list(_TURNED_IT_DOWN.finditer(sentence.folded))
        for match in (*_DID_SO.finditer(sentence.folded), *refused):
            at = sentence.start + match.start()
            model = self._model(sentence, at, told, found)
            if model is None or any(b.kind is BodyKind.OTHER and b.end > model.end for b in sentence.bodies):
                continue
            dated = [d for d in sentence.dates if match in refused and 0 <= at - d.end <= 1]
            behind = [] if match in refused else self._doers(sentence, match)
            town = behind[-1] if behind else self._town(sentence, match, dated[0].start if dated else at)
            known = {e.actor.name for e in told} | {model.actor.name}
            if town is None or town.name in known or self.discourse.rows.compared(town, sentence):
                continue
            day = self._day(sentence, match, town)
            if match in refused:
                day = day or self._day_before(sentence, match, town)
            elif day is None and not behind and not _ENDS.match(sentence.folded, match.end()):
                continue
            if match not in refused and refuses(sentence.slice(min(town.start, at), sentence.end)):
                continue
            for doer in behind or [town]:
                event = self._alike(model, doer, sentence, doer.start if behind else at)
                if match in refused:
                    event.stage = Stage.REJECTED
                event.date = day.iso if day is not None else None
                if event.stage is not Stage.ADMITTED:
                    clause = Clause(min(doer.start, at), sentence.end)
                    ballot = self.discourse.binder.ballots.told(sentence, clause)
                    event.votes = ballot.votes if ballot is not None else None
                yield event

    @staticmethod
    def _model(sentence: Sentence, at: int, told: Sequence[Event], found: Sequence[Event]) -> Event | None:
        """The step told last before: in the sentence, else just before it."""
        here = [e for e in told if e.anchor < at and e.stage in _DONE]
        if here:
            return here[-1]
        last = found[-1] if found else None
        near = last is not None and sentence.start - last.end < _NEAR
        return last if last is not None and near and last.stage in _DONE and not told else None

    def _doers(self, sentence: Sentence, match: re.Match[str]) -> list[Town]:
        """The towns named right behind as who did it: "rok wcześniej zrobiły to także Kutno i Ełk"."""
        if _AFTER_TIME.fullmatch(sentence.folded, 0, match.start()) is None:
            return []
        end = sentence.start + match.end()
        dates = (d for d in sentence.dates if d.start >= end and _TO_DATE.fullmatch(sentence.slice(end, d.start)))
        end = next((date.end for date in dates), end)
        first = next((t for t in sentence.towns if t.start >= end), None)
        if first is None or _BY_WHOM.fullmatch(sentence.slice(end, first.start)) is None:
            return []
        by_council = first.role == Role.COUNCIL or _BY_COUNCIL.search(sentence.slice(end, first.start)) is not None
        if not by_council and not (first.role in (Role.PLAIN, Role.OFFICIAL) and first.nominative):
            return []
        return [t for t in self.discourse.rows.tail(sentence, [first]) if t.start >= first.start]

    @staticmethod
    def _town(sentence: Sentence, match: re.Match[str], at: int) -> Town | None:
        """Whose doing it is: the town that its clause begins with, else the place named right behind."""
        before = [t for t in sentence.towns if t.end <= at]
        if before:
            town = before[-1]
            leads = _BEGINS.search(sentence.slice(sentence.start, town.start)) is not None
            if leads and _THERE.fullmatch(sentence.slice(town.end, at)):
                plain = town.role == Role.PLAIN and (
                    town.nominative or _BY_COUNCIL.search(sentence.slice(sentence.start, town.start))
                )
                return town if plain or town.role in (Role.PLACE, Role.COUNCIL) else None
        end = sentence.start + match.end()
        behind = next((t for t in sentence.towns if t.start >= end), None)
        if behind is not None and behind.role == Role.PLACE and _WHERE.fullmatch(sentence.slice(end, behind.start)):
            return behind
        return None

    @staticmethod
    def _day(sentence: Sentence, match: re.Match[str], town: Town) -> DateMention | None:
        """The day right behind what was done, or right before: "25 listopada stało się to w A"."""
        done = sentence.start + match.end()
        for end in (town.end, done) if town.start >= done else (done,):
            for mention in sentence.dates:
                if mention.start >= end and _TO_DATE.fullmatch(sentence.slice(end, mention.start)):
                    return mention
        ahead = [d for d in sentence.dates if d.end <= sentence.start + match.start()]
        if town.start >= sentence.start + match.end() and ahead:
            between = sentence.slice(ahead[-1].end, sentence.start + match.start())
            return ahead[-1] if len(between) < 6 else None
        return None

    @staticmethod
    def _day_before(sentence: Sentence, match: re.Match[str], town: Town) -> DateMention | None:
        """The day between a town and what it did: "A w kwietniu odrzucił taki pomysł"."""
        between = [d for d in sentence.dates if town.end <= d.start and d.end <= sentence.start + match.start()]
        return between[0] if len(between) == 1 else None

    def _alike(self, model: Event, town: Town, sentence: Sentence, at: int) -> Event:
        by_council = town.role == Role.COUNCIL or _BY_COUNCIL.search(sentence.slice(sentence.start, at)) is not None
        stage = Stage.RESOLVED if by_council and model.stage is Stage.ADMITTED else model.stage
        actor = Actor(town.name, town.municipality)
        return Event.told(actor, model.kind, stage, sentence, at, "sentence.likewise", 0.75)

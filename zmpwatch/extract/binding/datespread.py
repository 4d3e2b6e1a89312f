"""Dates of their own for several towns of one sentence: "w lutym A, 14 maja B i C", "odpowiednio 3 i 5 maja"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import Stage

__all__ = ["DateSpread"]


_SEVERAL = 2
_TO_THE_NAME = lazy(r"\s*(?:r\.?|roku)?\s*(?:[-,]\s*)?(?:(?:takze|rowniez|tez|zas)\s+)?(?:do\s+niego\s+)?")
_ANEW = lazy(r"(?:,\s+a|,\s+zas|;|\si|,)\s+(?:(?:zas|potem|pozniej|dopiero|nastepnie)\s+)?(?:w|we|od|dnia)?\s*$")


@dataclass(slots=True)
class DateSpread:
    """Gives each of several towns its own date, in one document."""

    reading: Reading

    def spread(self, events: list[Event], sentence: Sentence) -> None:
        """Give each of several towns its own date: "w lutym A, 14 maja B i C", "odpowiednio 3 i 5 maja"."""
        if len(events) < 2:
            return
        by_town = {e.actor.name: [f for f in events if f.actor.name == e.actor.name] for e in events}
        if len(by_town) < 2 or len({(e.kind, e.stage) for e in events}) != 1:
            return
        years = {d.year for d in sentence.dates if d.year is not None}
        year = years.pop() if len(years) == 1 else None
        dates = [
            d if d.iso is not None else replace(d, year=year)
            for d in sentence.dates
            if d.month is not None and (d.iso is not None or year is not None)
        ]
        towns = [t for t in sentence.towns if t.name in by_town]
        if len(dates) < _SEVERAL <= len(sentence.dates):
            dates = self._years_apart(sentence)
        if towns and re.search(r"(?<!\w)(?:odpowiednio|respectively)(?!\w)", sentence.folded):
            self._respectively(by_town, sentence)
            return
        if len(dates) == 1 and len(sentence.dates) == 1:
            self._behind_all(by_town, sentence, dates[0])
        if len(dates) < 2 or not towns:
            return
        given: dict[str, str] = {}
        text = self.reading.clean.folded
        if dates[0].start < towns[0].start and dates[-1].end < towns[-1].start:
            for town in towns:
                earlier = [d for d in dates if d.end <= town.start]
                if not earlier:
                    return
                given.setdefault(town.name, str(earlier[-1].iso))
            if len(set(given.values())) < 2:
                return
        elif towns[0].start < dates[0].start and towns[-1].start < dates[-1].start:
            for town in towns:
                later = next((d for d in dates if d.start >= town.end), None)
                if later is None or len(text[town.end : later.start]) > 60:
                    return
                given.setdefault(town.name, str(later.iso))
        for name, iso in (given or self._led_each(towns, dates, sentence)).items():
            for event in by_town[name]:
                event.date = iso

    def _led_each(self, towns: list[Town], dates: list[DateMention], sentence: Sentence) -> dict[str, str]:
        """As in "A w kwietniu, w czerwcu B, a w październiku – C": behind the first, each date leads its town."""
        given: dict[str, str] = {}
        for day in dates[1:]:
            town = next((t for t in towns if t.start >= day.end), None)
            anew = _ANEW.search(sentence.slice(sentence.start, day.start))
            if town is None or anew is None or not _TO_THE_NAME.fullmatch(sentence.slice(day.end, town.start)):
                return {}
            given[town.name] = str(day.iso)
        first = [t for t in towns if t.end <= dates[0].start]
        rest = {t.name for t in towns} - set(given) - {t.name for t in first}
        if not first or rest or any(t.name in given for t in first):
            return {}
        return given | {t.name: str(dates[0].iso) for t in first}

    def _years_apart(self, sentence: Sentence) -> list[DateMention]:
        """As in "w 2019 roku A, a w maju 2021 roku B": dates of which one is a year, if each other begins anew."""
        dated = [d for d in sentence.dates if d.iso is not None and d.explicit_year]
        anew = all(_ANEW.search(sentence.slice(sentence.start, d.start)) for d in dated[1:])
        return dated if anew and len({d.year for d in dated}) == len(dated) else []

    def _behind_all(self, by_town: dict[str, list[Event]], sentence: Sentence, day: DateMention) -> None:
        """As in "ostatnio A i B (14 kwietnia)": the only day, in a bracket right behind a pair, is that of both."""
        towns = [t for t in sentence.towns if t.name in by_town and t.end <= day.start][-_SEVERAL:]
        if len(towns) < _SEVERAL or not re.fullmatch(r"\s?\((?:z\s|w\s)?", sentence.slice(towns[-1].end, day.start)):
            return
        if re.fullmatch(r"\s+(?:i|oraz)\s+", sentence.slice(towns[0].end, towns[1].start)) is None:
            return
        for event in (e for t in towns for e in by_town[t.name] if e.date is None):
            event.date = day.iso

    def _respectively(self, by_town: dict[str, list[Event]], sentence: Sentence) -> None:
        """As in "A i B, odpowiednio 23 i 30 maja": dates and numbers in the order of the towns."""
        names = list(dict.fromkeys(t.name for t in sentence.towns if t.name in by_town))
        dates = self._single_days(sentence)
        if len(dates) == len(names):
            for name, iso in zip(names, dates, strict=True):
                for event in by_town[name]:
                    event.date = iso
        acts = [a for a in self.reading.acts if sentence.start <= a.start < sentence.end]
        if len(acts) == len(names):
            for name, act in zip(names, acts, strict=True):
                for event in by_town[name]:
                    if event.stage in (Stage.RESOLVED, Stage.REJECTED):
                        event.resolution = act.number

    def _single_days(self, sentence: Sentence) -> list[str]:
        """The dates of a sentence one by one: "23 i 30 maja 2019" are two, a year told last is that of all."""
        found: list[DateMention] = []
        for mention in sentence.dates:
            days = re.findall(r"(?<!\d)\d{1,2}(?!\d)", self.reading.clean.folded[mention.start : mention.end])
            if mention.kind == "day_range" and len(days) > 1 and mention.month is not None:
                found += [replace(mention, day=int(day)) for day in days]
            else:
                found.append(mention)
        years = {d.year for d in found if d.year is not None}
        if len(years) == 1:
            year = years.pop()
            found = [d if d.year is not None else replace(d, year=year) for d in found]
        return [d.iso for d in found if d.iso is not None]

"""Resolutions cited by number in later papers: "uchwała nr 5/20 w sprawie przystąpienia do …".

A number is proof that the council has resolved, whatever the paper that cites it is about: a report on what was done, a
legal opinion, a supervisory decision, the correction of a slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.binding.matters import leads_to
from zmpwatch.extract.bodies.finding import Body, BodyKind
from zmpwatch.extract.papers.acts import Act, year_of_number
from zmpwatch.extract.papers.heads import begin_of_title
from zmpwatch.extract.papers.kinds import Paper
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import EventKind, Stage

__all__ = ["CitationReader"]

_LEAD = lazy(r"(?<!\w)uchwal\w{0,4}\s+(?:[\w-]+\s+){0,8}?(?:nr\.?|numer)?\s*$")
_DRAFT = lazy(r"(?<!\w)(?:projek\w+|druk\w*|inicjatyw\w+)\s+(?:\w+\s+)?(?:uchwal\w+\s+)?(?:nr\s*)?$")
_OF_A_BODY = lazy(r"(?<!\w)(?:zarzadu|zgromadzenia|kolegium|sejmiku|rady\s+powiatu|skladu\s+orzekajacego)\s")
_TITLE = lazy(
    r"[^.;]{0,160}?(?<!\w)(?:w\s+sprawie|o|dot\.|dotycz\w+|w\s+przedmiocie|postanawia\w+\s+o)\s+(?:(?:wyrazeni\w+\s+)?(?:zgod\w|wol\w|zamiar\w)\s+)?(?:ponown\w+\s+|ewentualn\w+\s+)?$"
)
_DASHED = lazy(r"\s?\)?\s?(?:[-:]|\.\s)\s?(?:(?:wyrazeni\w+\s+)?(?:zgod\w|wol\w)\s+(?:na|w)\s+)?(?:ponown\w+\s+)?$")
"""As in "Uchwała VIII/72/2019 (27.08.2019) - członkostwo …": what a list of resolutions has for a title."""
_STEP = lazy(
    r"(?<!\w)(?:(?P<join>przystapieni\w+|wstapieni\w+|dolaczeni\w+|akces\w{0,3}|wejsci\w+|powro\w+|czlonkostw\w+|przynaleznosc\w*|udzial\w*|uczestnictw\w*)"
    r"|(?P<leave>wystapieni\w+|rezygnacj\w+|wyjsci\w+|odejsci\w+|opuszczeni\w+|wypisani\w+|wypowiedzeni\w+|odstapieni\w+|(?:zakonczeni|ustani|zaprzestani)\w+(?=\s+czlonk)))(?!\w)"
)
_BARE_TITLE = lazy(
    r"(?:\s{0,3}r(?:oku)?(?!\w)\.?)?\s+(?:o|w\s+sprawie)\s+(?:(?P<join>przystapieniu|przystapienia|akcesie|akcesu|wstapieni[ua]|wejsci[ua]|dolaczeni[ua]|powrocie|powrotu)|wystapieni[ua]|rezygnacji|wyjsci[ua]|odejsci[ua])(?=\s*[).,;])"
)
_BY_ACT = lazy(
    r"(?<!\w)ktor\w{1,4}\s+(?:[\w-]+\s+){0,4}?(?:przystapi\w+|wstapi\w+|dolaczy\w+|wesz\w+|wszedl|przystapion\w+)\s+(?:[\w-]+\s+){0,3}?(?:uchwala|na\s+mocy\s+uchwaly|na\s+podstawie\s+uchwaly|moca\s+uchwaly)\s+(?:rady\s+(?:[\w-]+\s+){1,5}?)?(?:nr\.?|numer)?\s*$"
)
_OWN_TITLE = lazy(r"(?<!\w)(?:w\s+sprawie|w\s+przedmiocie|(?:zmieniajac|uchylajac)\w+\s+uchwale)(?!\w)")
_YEARS_MARK = lazy(r"\s{0,3}r(?:oku)?(?!\w)\.?")
_BRACKET = lazy(r"\"?\s*[(,-]\s*(?:uchwala\s+|uchw\.\s+)?(?:nr\s+|numer\s+)?$")
_MEMBER_BY = lazy(
    r"(?<!\w)(?:na\s+mocy|na\s+podstawie|moca|zgodnie\s+z|w\s+oparciu\s+o|uchwala|z\s+mocy)\s+(?:uchwal\w+\s+)?(?:rady\s+(?:[\w-]+\s+){1,5}?)?(?:nr\.?\s*|numer\s*)?$"
)
_JOINED_BY = lazy(
    r"(?<!\w)(?:przystapi\w+|wstapi\w+|dolaczy\w+|wesz\w+|wszedl|jest\s+czlonkiem|nalezy)\s[^.;]{0,110}?uchwal\w{1,2}\s+(?:rady\s+(?:[\w-]+\s+){1,5}?)?(?:nr\.?|numer)?\s*$"
)
_IN_BRACKET = lazy(r"\s?\(\s?(?:uchwala\s+|uchw\.\s+)?(?:rady\s+\w+\s+)?(?:nr\s+)?")
_DELEGATES = lazy(r"(?<!\w)(?:delegat\w*|reprezent\w+|przedstawiciel\w*|skladk\w+|statut\w*)(?!\w)")
_SITTING = lazy(r"(?<!\w)(?:sesj\w+|obrad\w*|posiedzeni\w*)(?!\w)")


@dataclass(slots=True)
class CitationReader:
    """Reads the resolutions that one document cites."""

    reading: Reading

    def events(self) -> list[Event]:
        """The steps that cited resolutions decided."""
        if not self.reading.acts:
            return []
        found: list[Event] = []
        for sentence in self.reading.sentences:
            ours = [b for b in sentence.bodies if b.kind is BodyKind.OURS]
            if ours:
                begin = begin_of_title(self.reading, sentence)
                acts = [a for a in self.reading.acts if begin <= a.start < sentence.end]
                found.extend(self._cited(sentence, ours, [a for a in acts if not self._own(a)]))
        return found

    def replaced(self, events: list[Event], cited: list[Event]) -> list[Event]:
        """Events without those that a cited resolution decided; what they knew of that very resolution is kept."""
        by_place = {(e.actor.name, e.kind, e.start): e for e in cited}
        kept = []
        for event in events:
            twin = by_place.get((event.actor.name, event.kind, event.start))
            if twin is None or event.stage is not Stage.RESOLVED or not event.rule.startswith("sentence."):
                kept.append(event)
            elif event.resolution in (None, twin.resolution):
                twin.date = twin.date or event.date
                twin.votes = twin.votes or event.votes
        return kept

    def complete_members(self, events: list[Event]) -> None:
        """The resolution that a membership rests on: "jest członkiem na mocy uchwały nr … z dnia …"."""
        for event in events:
            if event.resolution is not None:
                continue
            if event.stage is Stage.RESOLVED:
                self._bracketed(event)
            if event.stage is not Stage.MEMBER:
                continue
            folded = self.reading.clean.folded
            if event.rule == "resolution.delegate":
                self._joined_by(event)
            for act in self.reading.acts:
                lead = folded[max(event.anchor, act.start - 80) : act.start]
                if not event.anchor < act.start < event.end or not _MEMBER_BY.search(lead):
                    continue
                if _DELEGATES.search(folded, event.anchor, act.start) or _STEP.search(folded, act.end, event.end):
                    continue
                event.resolution = act.number
                if event.date is None and act.date is not None:
                    event.date = act.date.iso
                break

    def _joined_by(self, event: Event) -> None:
        """The accession that the reasons of a paper on a delegate tell of: "przystąpiło … na mocy uchwały nr …"."""
        folded = self.reading.clean.folded
        for act in self.reading.acts:
            lead = folded[max(event.end, act.start - 160) : act.start]
            if _JOINED_BY.search(lead) and not self.reading.others(act.start - len(lead), act.start):
                event.resolution = act.number
                event.date = act.date.iso if act.date is not None else None
                return

    def _bracketed(self, event: Event) -> None:
        """A town's own resolution behind its name: "nadesłały: X (uchwała XXVII/160/21 z 28 stycznia), Y (…)"."""
        folded = self.reading.clean.folded
        for town in self.reading.towns:
            if town.name != event.actor.name or not event.start <= town.start < event.end:
                continue
            for act in self.reading.acts:
                if act.start < town.end or act.start - town.end > 40:
                    continue
                if _IN_BRACKET.fullmatch(folded, town.end, act.start):
                    event.resolution = act.number
                    event.date = self._day_in_bracket(act) or event.date
                    return

    def _day_in_bracket(self, act: Act) -> str | None:
        if act.date is not None and act.date.iso is not None and act.date.explicit_year:
            return act.date.iso
        year = year_of_number(act.number)
        day = act.date or next((d for d in self.reading.dates if 0 <= d.start - act.end < 12), None)
        if day is None or year is None or day.month is None:
            return None
        return replace(day, year=year).iso

    # -- citations -------------------------------------------------------------------------------------------------

    def _cited(self, sentence: Sentence, ours: list[Body], acts: list[Act]) -> Iterator[Event]:
        for act in acts:
            for body in ours:
                found = self._ahead(sentence, act, body) or self._behind(sentence, act, body)
                if found is None:
                    continue
                kind, place = found
                for actor in self._whose(sentence, act, place, body):
                    event = Event.told(actor, kind, Stage.RESOLVED, sentence, place, "sentence.cited", 0.85)
                    event.resolution = act.number
                    event.date = self._day(sentence, act)
                    yield event
                break

    def _ahead(self, sentence: Sentence, act: Act, body: Body) -> tuple[EventKind, int] | None:
        """As in "uchwała nr 5/20 z dnia … w sprawie przystąpienia do …"."""
        folded = self.reading.clean.folded
        lead = folded[max(begin_of_title(self.reading, sentence), act.start - 90) : act.start]
        if body.start < act.end or _LEAD.search(lead) is None:
            return None
        begin = act.date.end if act.date is not None else act.end
        mark = _YEARS_MARK.match(folded, begin)
        begin = mark.end() if mark is not None else begin
        between = folded[begin : body.start]
        if len(between) > 260 or _OF_A_BODY.search(folded[act.end : body.start]) or _DRAFT.search(lead):
            return None
        if any(act.end <= a.start < body.start for a in self.reading.acts):
            return None
        for step in _STEP.finditer(between):
            place = begin + step.start()
            kind = EventKind.ACCESSION if step["join"] else EventKind.WITHDRAWAL
            title = between[: step.start()]
            if (_TITLE.fullmatch(title) or _DASHED.fullmatch(title)) and leads_to(
                self.reading, begin + step.end(), body.start, kind
            ):
                return kind, place
        return None

    def _behind(self, sentence: Sentence, act: Act, body: Body) -> tuple[EventKind, int] | None:
        """As in "o wstąpieniu miasta do … (VI/23/19)", "…, do którego przystąpiono uchwałą nr XX/97"."""
        folded = self.reading.clean.folded
        if act.start < body.end:
            return None
        between = folded[body.end : act.start]
        by_act = _BY_ACT.search(between) if len(between) < 160 else None
        if by_act is not None and re.match(r"\"?\s*,\s+do\s", between):
            return EventKind.ACCESSION, body.end + by_act.start()
        told = self._titled(act, between)
        if told is not None:
            return told, act.start
        if not _BRACKET.fullmatch(between):
            return None
        lead = folded[max(sentence.start, body.start - 130) : body.start]
        offset = body.start - len(lead)
        for step in reversed(list(_STEP.finditer(lead))):
            kind = EventKind.ACCESSION if step["join"] else EventKind.WITHDRAWAL
            title = re.search(
                r"(?<!\w)(?:o|w\s+sprawie)\s+(?:\w+\s+)?$", lead[max(0, step.start() - 24) : step.start()]
            )
            if title and leads_to(self.reading, offset + step.end(), body.start, kind):
                return kind, offset + step.start()
        return None

    def _titled(self, act: Act, before: str) -> EventKind | None:
        """As in "… przestała być jego członkiem (uchwała nr 8/12 z … o wystąpieniu)": a title without a body."""
        if ";" in before or any(self.reading.others(act.start - len(before), act.start)) or len(before) > 160:
            return None
        folded = self.reading.clean.folded
        begin = act.date.end if act.date is not None else act.end
        title = _BARE_TITLE.match(folded, begin)
        if title is None or not _LEAD.search(folded[max(0, act.start - 60) : act.start]):
            return None
        return EventKind.ACCESSION if title["join"] else EventKind.WITHDRAWAL

    def _own(self, act: Act) -> bool:
        """Whether a number is that of the paper itself, which its own reader reads."""
        if self.reading.paper not in (Paper.RESOLUTION, Paper.DRAFT):
            return False
        title = _OWN_TITLE.search(self.reading.clean.folded)
        return title is None or act.start < title.start()

    def _whose(self, sentence: Sentence, act: Act, place: int, body: Body) -> list[Actor]:
        """The town of the title, else the council's that is named in the citation, else whose paper it is."""
        within = [t for t in sentence.towns if place <= t.start < body.start and t.is_actor]
        councils = [t for t in sentence.towns if t.role == Role.COUNCIL]
        near = [t for t in councils if act.end <= t.start < body.start] or [t for t in councils if t.end <= act.start]
        chosen = within[:1] or near[:1]
        if chosen:
            return [Actor(chosen[0].name, chosen[0].municipality)]
        name = self.reading.home_name
        return [Actor(name, self.reading.home)] if name else []

    def _day(self, sentence: Sentence, act: Act) -> str | None:
        """The day beside the number, else that of the session that the sentence, or one before it, tells of."""
        if act.date is not None:
            return act.date.iso
        around = self.reading.up_to(sentence, 2)
        for earlier in reversed(around):
            days = [d for d in earlier.dates if d.day is not None and d.start < act.start]
            if len(days) == 1 and _SITTING.search(earlier.folded):
                year = year_of_number(act.number)
                if days[0].explicit_year or year is None:
                    return days[0].iso
                return replace(days[0], year=year).iso
            if days:
                return None
        return None

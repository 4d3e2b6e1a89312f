"""Resolutions of the association's own board: "Przyjmuje się Miasto X do Związku", "skreśla się X z listy członków"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.votes.ballots import read_ballot
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import EventKind, Stage, Votes

__all__ = ["BoardActReader"]

_HEAD = 700
"""In so many characters the head of a resolution says whose it is."""
_BOARDS = lazy(
    r"(?<!\w)uchwal[ay]\s+(?:nr\.?\s|numer\s|zarzadu(?!\w)|z\s)|(?<!\w)zarzad\s[^;]{0,160}?(?<!\w)postanawia(?!\w)",
    *("uchwala", "uchwaly", "postanawia"),
)
_THE_BOARD = lazy(
    r"(?<!\w)zarzad(?:u|em)?(?!\w)(?!\s+(?:powiatu|wojewodztwa|osiedla|spolki|drog|gminy|glown))", "zarzad"
)
_A_COUNCIL = lazy(r"(?<!\w)rad[ay]\s+(?:miejsk|miast|gmin|w(?!\w))", "rada", "rady")
_TAKES_IN = lazy(
    r"(?<!\w)(?:przyjmuje(?:\s+sie)?|postanawia\s+(?:sie\s+)?(?:[\d.)§\s]{0,6})przyjac|(?:^|[.)\d:]\s+)przyjac)(?!\w)"
    r"(?!\s+(?:[\w-]+\s+){0,2}?(?:regulamin|stanowisk|plan|sprawozdan|budzet|program|protok|informac|statut|opini|zasad|porzad|tekst|rezygnac|do\s+wiadomosci))",
    "przyjmuje",
    "przyjac",
)
_STRIKES_OFF = lazy(
    r"(?<!\w)(?:(?:wy|s)kresla(?:\s+sie)?|(?:wy|s)kreslic|stwierdza(?:\s+sie)?\s+(?:ustanie|wygasniecie)\s+czlonkostwa)(?!\w)",
    "kresl",
    "stwierdza",
)
_GOAL = lazy(
    r"(?<!\w)(?:do\s+\"?(?:zwiazku|zmp|grona|organizacji|stowarzyszenia)|w\s+poczet\s+(?:\w+\s+)?czlonk\w+|(?:na|z)\s+list[aey]\s+(?:\w+\s+)?czlonk\w+"
    r"|jako\s+(?:\w+\s+)?czlonka|na\s+czlonka|w\s+sklad\s+(?:zwiazku|zmp)|ze?\s+\"?(?:zwiazku|zmp|grona|rejestru)|czlonkostw\w+)(?!\w)"
)
_OWN_DAY = lazy(
    r"(?<!\w)(?:z(?:\s+dnia)?|dnia|w\s+dniu|posiedzeniu|posiedzenia|podjet\w+)\s*$|^\s*$|\n\s*$|(?:^|[\n(])\s?(?:[\w-]+\s+){0,2}[\w-]+,?\s*$"
)
"""Before the day of a resolution: "z dnia", "na posiedzeniu", or in a line or a bracket a place at most."""
_BEHIND_A_NAME = lazy(
    r"\s*[-,:(]\s*uchwal\w\s+(?:(?:nr|numer)\s+\S+\s+)?rad\w{1,2}\s+(?:[\w-]+\s+){1,4}?(?:(?:nr|numer)\s+\S+\s+)?z\s+(?:dnia\s+)?"
)
_WITH_THE_DAY = lazy(r"(?<!\w)z\s+(?:dniem|koncem)\s+$")
_OF_COUNCIL = lazy(r"\s[^.;]{0,20}?(?<!\w)rad\w{1,2}\s+(?:[\w-]+\s+){0,5}?(?:w[e]?\s+)?$")
_RESULT = 200
_MOST_ITEMS, _LEAD = 40, 16


@dataclass(slots=True)
class BoardActReader:
    """Reads one resolution of the association's board, if it is one."""

    reading: Reading

    def events(self) -> list[Event] | None:
        """Who is taken in or struck off, and the councils' resolutions that are named for it; None for other papers."""
        if not self._is_boards():
            return None
        return [
            event
            for sentence in self.reading.sentences
            for pattern, kind in ((_TAKES_IN, EventKind.ACCESSION), (_STRIKES_OFF, EventKind.WITHDRAWAL))
            for event in self._ordained(sentence, pattern.search(sentence.folded), kind)
        ]

    def _is_boards(self) -> bool:
        """Whether the head names the association and a resolution, and its board before any council."""
        folded = self.reading.clean.folded
        if _BOARDS.search(folded, 0, _HEAD) is None or not self.reading.ours(0, _HEAD):
            return False
        board = _THE_BOARD.search(folded, 0, _HEAD)
        if board is None or self.reading.others(0, _HEAD):
            return False
        return _A_COUNCIL.search(folded, 0, board.start()) is None

    def _ordained(self, sentence: Sentence, verb: re.Match[str] | None, kind: EventKind) -> Iterator[Event]:
        if verb is None:
            return
        start, end = sentence.start + verb.end(), sentence.end
        if _GOAL.search(self.reading.clean.folded, sentence.start, end) is None:
            return
        draft = re.search(r"(?<!\w)projekt(?!\w)", self.reading.clean.folded[:_HEAD]) is not None
        day = self._own_day(sentence.start + verb.start())
        for town in self._towns(start, end) or self._listed(sentence):
            actor = Actor(town.name, town.municipality)
            event = Event.told(
                actor, kind, Stage.PROPOSED if draft else Stage.ADMITTED, sentence, town.start, "board.ordains", 0.95
            )
            event.date = self._effect(sentence, kind) or (day.iso if day is not None else None)
            event.votes = self._votes(end)
            yield event
            yield from self._council_before(actor, kind, town.start)
            yield from self._council_behind(actor, kind, town)

    @staticmethod
    def _effect(sentence: Sentence, kind: EventKind) -> str | None:
        """The day of leaving, where a town is struck off with one: "z dniem 30 czerwca skreśla się"."""
        if kind is EventKind.ACCESSION:
            return None
        days = (d for d in sentence.dates if d.day is not None)
        return next((d.iso for d in days if _WITH_THE_DAY.search(sentence.slice(sentence.start, d.start))), None)

    def _towns(self, start: int, end: int) -> list[Town]:
        named = [t for t in self.reading.towns if start <= t.start < end and t.role == Role.PLAIN]
        return list({t.name: t for t in named}.values())

    def _listed(self, sentence: Sentence) -> list[Town]:
        """The towns that the items of a list begin with: "przyjmuje w poczet członków: 1) A – uchwała Rady …"."""
        if not sentence.text.rstrip().endswith(":"):
            return []
        found = []
        for item in self.reading.sentences[sentence.number + 1 : sentence.number + 1 + _MOST_ITEMS]:
            if not item.segment.level or item.segment.mark.startswith("§"):
                break
            first = next((t for t in item.towns if t.role == Role.PLAIN), None)
            if first is not None and first.start - item.segment.body < _LEAD:
                found.append(first)
        return found

    def _own_day(self, before: int) -> DateMention | None:
        """The day of the resolution: the first that stands alone, behind "z dnia" or "na posiedzeniu"."""
        cited = {a.date.start for a in self.reading.acts if a.date is not None and self._is_councils(a.start, a.date)}
        for mention in self.reading.dates:
            if mention.start < before and mention.day is not None and mention.start not in cited:
                lead = self.reading.clean.folded[max(0, mention.start - 40) : mention.start]
                if _OWN_DAY.search(lead):
                    return mention
        return None

    def _is_councils(self, start: int, day: DateMention) -> bool:
        return re.search(r"(?<!\w)rad\w{1,2}\s", self.reading.clean.folded[start : day.start]) is not None

    def _council_before(self, actor: Actor, kind: EventKind, anchor: int) -> Iterator[Event]:
        """As in "po rozpatrzeniu uchwały nr LXI/402/23 Rady Miejskiej w X z 28 czerwca 2023 r."."""
        for act in self.reading.acts:
            councils = [t for t in self.reading.towns if t.name == actor.name and act.end <= t.start < act.end + 90]
            if not councils or not _OF_COUNCIL.fullmatch(self.reading.clean.folded, act.end, councils[0].start):
                continue
            sentence = next((s for s in self.reading.sentences if s.start <= act.start < s.end), None)
            if sentence is None or act.start == anchor:
                continue
            event = Event.told(actor, kind, Stage.RESOLVED, sentence, act.start, "board.cites", 0.9)
            event.resolution = act.number
            event.date = act.date.iso if act.date is not None else None
            yield event
            return

    def _council_behind(self, actor: Actor, kind: EventKind, town: Town) -> Iterator[Event]:
        """As in "1) A – uchwała Rady Miejskiej z 30 grudnia 2010 r.": the council's day behind the name in its item."""
        sentence = next(s for s in self.reading.sentences if s.start <= town.start < s.end)
        for day in sentence.dates:
            act = _BEHIND_A_NAME.fullmatch(self.reading.clean.folded, town.end, day.start)
            if act is not None and day.day is not None:
                event = Event.told(actor, kind, Stage.RESOLVED, sentence, town.start, "board.cites", 0.9)
                event.date = day.iso
                event.resolution = next((a.number for a in self.reading.acts if a.date is day), None)
                yield event
                return

    def _votes(self, start: int) -> Votes | None:
        """The result printed below what is ordained."""
        ballot = read_ballot(self.reading.clean.folded, start, min(len(self.reading.clean.folded), start + 3 * _RESULT))
        return ballot.votes if ballot is not None else None

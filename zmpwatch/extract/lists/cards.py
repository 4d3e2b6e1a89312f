"""Cards of labels and values on one membership: "Organizacja: Związek Miast Polskich / Data przystąpienia: 1993"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.bodies.finding import Body
from zmpwatch.extract.lists.listing import Listing
from zmpwatch.extract.papers.kinds import Paper
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import EventKind, Stage

__all__ = ["CardReader"]

_ORGANISATION = lazy(
    r"\W*(?:nazwa\s+)?(?:organizacj\w+|stowarzyszeni\w+|zwiaz(?:ek|ku)|podmiot\w*|zrzeszeni\w+|nazwa)(?:\s+\w+){0,3}\s*(?:[:|]|\s{3})\s*\"?"
)
_OWNER = lazy(
    r"\W*(?:jednostka|gmina|miasto|samorzad|jst|czlonek|nazwa\s+(?:jednostki|gminy|miasta|jst))(?:\s+\w+){0,2}\s*(?:[:|]|\s{3})\s*$"
)
_SINCE = lazy(
    r"\W*(?:(?:data|rok|dzien|termin)\s+(?:przystapienia|wstapienia|wejscia|dolaczenia|przyjecia|czlonkostwa|akcesu|uzyskania\s+czlonkostwa)|(?:czlonek|czlonkostwo|przynaleznosc|nalezy)\s+od|od\s+kiedy|od\s+dnia|od\s+roku)(?:\s+\w+){0,3}\s*(?:[:|]|\s{3})\s*"
)
_UNTIL = lazy(
    r"\W*(?:(?:data|rok|dzien|termin)\s+(?:wystapienia|wyjscia|odejscia|ustania|wygasniecia|rezygnacji|wykreslenia|zakonczenia)|czlonek\s+do|czlonkostwo\s+do)(?:\s+\w+){0,3}\s*(?:[:|]|\s{3})\s*"
)
_STATUS = lazy(
    r"\W*(?:status|rodzaj\s+czlonkostwa|stan|forma\s+udzialu)(?:\s+\w+){0,2}\s*(?:[:|]|\s{3})\s*(?:aktywn\w+\s+)?czlon(?:ek|kostwo)(?!\s+(?:honorow|wspieraj))"
)
_NO_MEMBER = lazy(
    r"\W*(?:status|stan|etap|czlonkostwo|forma\s+udzialu)(?:\s+\w+){0,2}\s*(?:[:|]|\s{3})\s*(?:kandydat\w*|nie(?!\w)|brak(?!\w)|w\s+trakcie|ubiega\w*|wniosek|oczekuj\w*|planowan\w*|zawieszon\w*|obserwator\w*|byl[ya](?!\w)|wygasl\w*)"
)
"""The line of a card that says that its owner is none: "Status: kandydat"."""
_TO_COME = lazy(r"(?<!\w)(?:planowan\w*|przewidywan\w*|spodziewan\w*|w\s+trakcie|wniosek|projekt\w*)(?!\w)")
_NUMBER = lazy(r"\W*(?:(?:nr|numer)\s+)?uchwal\w(?:\s+\w+){0,3}\s*(?:[:|]|\s{3})\s*(?:(?:nr|numer)\s+)?$")
_OF_A_MEMBERSHIP = lazy(r"(?<!\w)kart[aey]\s+(?:\w+\s+)?(?:czlonk\w+|przynaleznos\w+)(?!\w)", "kart")
_LABELLED = lazy(r"\W{0,4}[^\W\d_][\w ()/-]{1,38}\s?(?:[:|]|\s{3})\s*\S")
_AFTER = 24
"""What may stand behind the association's name in its line: an acronym, a mark."""
_TITLE = 200
"""Where a page says what it is."""
_REACH_OF_TITLE = 10
_REACH = 6
"""How many lines before and after the association's a card may have."""


@dataclass(slots=True)
class CardReader:
    """Reads the cards of one document."""

    reading: Reading

    def read(self, listing: Listing) -> None:
        """Add the memberships, or their ends, that cards tell."""
        if self.reading.paper not in (Paper.OTHER, Paper.REGISTER):
            return
        lines = self._lines()
        self._titled(listing, lines)
        for index, (start, end) in enumerate(lines):
            body = self._organisation(start, end)
            if body is None:
                continue
            low, high = self._card(lines, index)
            self._add(listing, body, lines[low:high], None)

    def _add(self, listing: Listing, body: Body, lines: list[tuple[int, int]], owner: Actor | None) -> None:
        told = self._told(body, lines, owner)
        listing.events.extend(told)
        if told:
            start, end = lines[0][0], lines[-1][1]
            listing.used.update(p.start for p in self.reading.parts if p.start < end and p.end > start)

    def _titled(self, listing: Listing, lines: list[tuple[int, int]]) -> None:
        """As on the association's own site: "… › Karta członka", the town as a title, and lines with labels."""
        folded = self.reading.clean.folded
        title = _OF_A_MEMBERSHIP.search(folded, 0, _TITLE)
        body = next((b for b in self.reading.ours(0, _TITLE) if b.named), None)
        if title is None or body is None:
            return
        below = [line for line in lines if line[0] > title.end()]
        town = next((t for t in self.reading.towns if below and below[0][0] <= t.start < below[0][1]), None)
        if town is None or folded[below[0][0] : town.start].strip() or folded[town.end : below[0][1]].strip():
            return
        labelled = [line for line in below[:_REACH_OF_TITLE] if self._belongs(line)]
        if labelled:
            self._add(listing, body, labelled, Actor(town.name, town.municipality))

    def _lines(self) -> list[tuple[int, int]]:
        """The lines of the document that bear anything."""
        folded = self.reading.clean.folded
        spans = []
        place = 0
        for line in folded.split("\n"):
            if line.strip():
                spans.append((place, place + len(line)))
            place += len(line) + 1
        return spans

    def _organisation(self, start: int, end: int) -> Body | None:
        """The association, where a line names it as what the card is about."""
        label = _ORGANISATION.match(self.reading.clean.folded, start, end)
        # the mention takes in "Organizacja:", as in "stowarzyszenie: Związek …"
        body = next((b for b in self.reading.ours(start, end) if b.named), None)
        if label is None or body is None or body.start > label.end():
            return None
        return body if len(self.reading.clean.folded[body.end : end].strip(' ".|()')) <= _AFTER else None

    def _card(self, lines: list[tuple[int, int]], index: int) -> tuple[int, int]:
        """The run of lines around one that have a label, up to another body's card."""
        low = high = index
        while low > 0 and index - low < _REACH and self._belongs(lines[low - 1]):
            low -= 1
        while high + 1 < len(lines) and high - index < _REACH and self._belongs(lines[high + 1]):
            high += 1
        return low, high + 1

    def _belongs(self, line: tuple[int, int]) -> bool:
        start, end = line
        text = self.reading.clean.folded[start : min(end, start + 80)]
        others = [b for b in self.reading.bodies if start <= b.start < end and b.named]
        return not others and _LABELLED.match(text) is not None

    def _told(self, body: Body, lines: list[tuple[int, int]], owner: Actor | None) -> list[Event]:
        since, member = self._valued(lines, _SINCE), self._valued(lines, _STATUS)
        owner = owner or self._owner(lines)
        titled = _OF_A_MEMBERSHIP.search(self.reading.clean.folded, 0, _TITLE) is not None
        if owner is None or not (since or member or titled or self._valued(lines, _UNTIL)):
            return []
        start, end = lines[0][0], lines[-1][1]

        def event(kind: EventKind, stage: Stage, date: str | None) -> Event:
            return Event(owner, kind, stage, start, end, body.start, "card.membership", 0.85, date=date)

        until = self._day(self._valued(lines, _UNTIL))
        if until is not None:
            return [event(EventKind.WITHDRAWAL, Stage.ADMITTED, until)]
        day = self._day(since)
        if self._valued(lines, _NO_MEMBER) or not (day or member or titled):
            return []
        told = event(EventKind.ACCESSION, Stage.MEMBER, day)
        told.resolution = self._number(lines)
        return [told]

    def _day(self, line: tuple[int, int] | None) -> str | None:
        """The day a line gives, where it is one that has come: not in "Data wystąpienia: -", "planowana 2027"."""
        if line is None or _TO_COME.search(self.reading.clean.folded, *line):
            return None
        return next((d.iso for d in self.reading.dates if line[0] <= d.start < line[1]), None)

    def _valued(self, lines: list[tuple[int, int]], label: re.Pattern[str]) -> tuple[int, int] | None:
        folded = self.reading.clean.folded
        return next((line for line in lines if label.match(folded, *line)), None)

    def _owner(self, lines: list[tuple[int, int]]) -> Actor | None:
        folded = self.reading.clean.folded
        for start, end in lines:
            for town in self.reading.towns:
                if start <= town.start < end and _OWNER.fullmatch(folded, start, town.start):
                    return Actor(town.name, town.municipality)
        name = self.reading.home_name
        return Actor(name, self.reading.home) if name else None

    def _number(self, lines: list[tuple[int, int]]) -> str | None:
        folded = self.reading.clean.folded
        found = [
            a.number
            for a in self.reading.acts
            for start, end in lines
            if start <= a.start < end and _NUMBER.fullmatch(folded, start, a.start)
        ]
        return found[0] if len(found) == 1 else None

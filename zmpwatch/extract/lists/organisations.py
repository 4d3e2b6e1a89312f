"""A town's own list of the bodies it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.binding.matters import step_behind
from zmpwatch.extract.bodies.finding import Body, BodyKind
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.lists.listing import Listing
from zmpwatch.extract.papers.acts import Act
from zmpwatch.extract.papers.kinds import Paper
from zmpwatch.extract.structure.columns import since_cell, until_cell
from zmpwatch.extract.structure.layout import Segment
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.uniform.folding import fold_letters
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import BlockKind, EventKind, Stage

__all__ = ["OrganisationReader"]

_ORGANISATIONS = lazy(
    r"(?:przynaleznos\w*|czlonkostw\w*|udzial|uczestnictw\w*|w\s+jakich|organizacj\w+|stowarzyszen\w*|zrzeszen\w*|zwiazk\w+|reprezent\w+|przedstawiciel\w*|deleg[ao]\w+|podmiot\w*|skladk\w+|skladek|nalezy\s+do|jest\s+czlonkiem|wspolprac\w+|memberships?|member\s+of|belongs\s+to|organi[sz]ations?)"
)
_FORMER = lazy(
    r"(?:^|\W)(?:dawniej|byle|poprzednio|w\s+przeszlosci|wczesniej|niegdys|zakonczon\w+|historyczn\w+|ustal\w*|dawne|juz\s+nie\s+nalez\w+|nie\s+nalez\w+\s+juz)(?:\W|$)"
)
_HAD_BEEN = lazy(r"(?<!\w)byl[aoy]?\s+(?:\w+\s+){0,2}?(?:we?|czlonk\w+)\s+\"?$")
_LEFT_ONES = lazy(
    r"(?<!\w)z(?:e)?\s+ktor\w+\s+(?:[\w-]+\s+){0,5}?(?:wycofa|wystapi|zrezygn|wypisa|wyszl|odesz)\w*"
    r"|(?<!\w)(?:ktor\w+|jakie)\s+(?:[\w-]+\s+){0,5}?(?:opusci|pozegna|porzuci)\w*"
    r"|(?<!\w)(?:wystap(?:ila|ilo|iono|ilismy)|wycofa(?:la|lo|no|lismy)|zrezygnowa(?:la|lo|no|lismy)|wystapieni\w+|wysz(?:la|lo|lismy)|odesz(?:la|lo|lismy)|wyjsci\w+|odejsci\w+|rezygnacj\w+)\s+(?:[\w-]+\s+){0,6}?z(?:e)?(?:\s+\w+){0,4}\s*:?\s*$"
)
_EFFECT = lazy(r"(?<!\w)(?:skut\w+\s+(?:na|od|z)|od|z\s+dniem|do|z\s+moca\s+od|na\s+dzien)\s+(?:dnia\s+|dniem\s+)?$")
_LINKS = lazy(
    r"(?<!\w)(?:stopka|rodo|bip|cookies|facebook|instagram|youtube|kontakt|mapa\s+strony|linki|menu|polityka\s+prywatnosci|um|ug|rss"
    r"|deklaracja\s+dostepnosci|e-?puap|strona\s+glowna)(?!\w)"
)
"""What a row of links in a page's footer or menu begins with."""
_INSIDE = lazy(r"(?<!\w)we?\s+$")
_OF_RESOLUTIONS = lazy(
    r"(?<!\w)(?:wykaz|rejestr|spis|skorowidz|indeks)\w*\s+(?:[a-z]+\s+)?uchwal",
    *("wykaz", "rejestr", "spis", "skorowidz", "indeks"),
)
_TITLE = 200
"""Where a page says what it lists."""
_GOES_ON = lazy(r"\"?\s+(?:jest|sa|byl[aoy]?|zasiada|dziala|uczestnicz\w+|zrzesz\w+|skupi\w+)(?!\w)")
_WOULD = lazy(r"(?<=[a-z]l[aoiy])by(?:smy)?(?!\w)")
"""As in "miasto takie jak Bieruń płaciłoby": what would be is no entry of a list."""
_PRESENT = lazy(r"(?:^|\W)(?:obecnie|aktualn\w+|dzis|teraz)(?:\W|$)")
_OF_BODIES = lazy(
    r"(?<!\w)(?:siedzib\w|adres|(?:liczba|ilosc)\s+(?:czlonk|miast|gmin)\w*|(?:rok|data)\s+(?:zalozeni|powstani|rejestracj)\w+|krs|nip|prezes|przewodnicz\w+|strona\s+(?:www|internetow\w+)|zarzad)(?!\w)"
)
"""A column that tells what bodies are like, not which of them a town belongs to."""
_DENIED = lazy(
    r"\A[\s\":|,-]*nie\s*(?:[;,.|\n]|$)|(?<!\w)(?:nie\s+nalez\w+|nie\s+jest|nie\s+byl[aoiy]?(?!\w)|nie\s+przyst\w+|brak\s+czlonk\w+|w\s+przygotowaniu|wniosek|planowan\w+)"
)
_MEMBERSHIPS_IN = lazy(
    r"\W*(?:\w{1,3}[.)]\s+)?(?:czlonkostw\w|przynaleznosc|uczestnictwo|udzial)\s+(?:(?:gminy|miasta)\s+)?(?:we?|do)\s[^:;.]{3,60}:\s+"
)
"""A label before the bodies of an entry: "członkostwo w stowarzyszeniach: Związek Miast Polskich – tak"."""
_YEARS = lazy(r"\"?(?:\s\(\w{2,5}\))?\s?\([^()]{0,20}\d{4}[^()]{0,24}\)(?=\s?[,;]\s[^\n()]{5,90}\([^()\n]{0,20}\d{4})")
_OFFICE = lazy(
    r"\"?[^\n|;]{0,12}?(?:\s-|:|,|\|)\s+(?:pani?\s+)?(?:burmistrz|prezydent|wojt|zastepc|sekretarz|skarbnik|przewodnicz|radn|naczelnik|dyrektor|kierownik|inspektor)\w*\s[^\n|;]{0,80}\((?:od\s+)?(?:dnia\s+)?",
    *("burmistrz", "prezydent", "wojt", "zastepc", "sekretarz", "skarbnik", "przewodnicz", "radn"),
    *("naczelnik", "dyrektor", "kierownik", "inspektor"),
)
"""Before the day since when somebody represents a town: "Związek … – Burmistrz Miasta (od grudnia 2018 r.)"."""
_LEFT = lazy(
    r"(?<!\w)(?<!kadencja\s)(?:zakonczon\w|zakonczyl\w*|wygasl\w|wystap\w+|wyszl\w+|zrezygn\w+|rezygnac\w+|wypisa\w+|(?:wy|s)kreslon\w+|opusci\w+|ustalo|ustani[eau]|wyjsci\w+|odejsci\w+|(?:koniec|kresu?|zakonczeni\w+)\s+(?:czlonkostwa|przynaleznosci|udzialu))"
)
_WENT = lazy(r"zakoncz|koniec|kres|wygasl|wystapil|wyszl|zrezygnowal|opusci|wypisa|usta[ln]")
_ON_DAY = lazy(r"\W{0,8}(?:(?:czlonkostwa|przynaleznosci|z\s+dniem|dnia|w\s+dniu)\W{1,8}){0,4}")
"""Between a word for leaving and its day, where a list of ended memberships tells both."""
_TO_NOTICE = 2
"""So many years a membership goes on at most when the council has resolved to end it."""
_BY_COUNCIL = lazy(r"(?<!\w)(?:rad[ayz]|radzie|radni|radnych|sesj\w+|uchwal\w+)(?!\w)")
_DELEGATE = lazy(r"delegat|przedstawic|reprezent|wyznacz|skladk|statut")
_FROM_TO = lazy(r"\d\.?(?:\s?r\.)?\s?-\s?$")
_UNTIL = lazy(r"(?<!\w)do\s+(?:dnia\s+|konca\s+)?$")
_SINCE_WORD = lazy(
    r"(?<!\w)(?:od|since|czlonek\s+od|przystapi\w+|wstapi\w+|wejsci\w+|dolacz\w+|przynaleznosc|czlonkostwo|data\s+\w+|rok\s+\w+|z\s+dnia)\W+(?:dnia\s+|roku\s+|r\.\s+)?$"
)


@dataclass(slots=True)
class OrganisationReader:
    """Reads the list of organisations of one document."""

    reading: Reading

    def read(self, listing: Listing) -> None:
        """A town's own list of the bodies it belongs to: our entry and what stands under it."""
        reading = self.reading
        if reading.home_name is None or reading.paper not in (Paper.OTHER, Paper.REGISTER, Paper.AGENDA):
            return
        entries = [
            (index, part, body)
            for index, part in enumerate(reading.parts)
            if (body := self._leading_body(part)) is not None
        ]
        if not any(body.kind is BodyKind.OURS for _, _, body in entries):
            return
        folded = reading.clean.folded
        others = [body for _, _, body in entries if body.kind is BodyKind.OTHER]
        first, body = entries[0][1:]
        head = folded[: max(first.start, folded.rfind("\n", first.start, body.start) + 1)][-700:]
        labelled = any(self._labelled(part, body) for _, part, body in entries)
        headed = labelled or _ORGANISATIONS.search(head) is not None
        telling = (
            re.search(
                r"(?:przynalezn|czlonkostw|udzial\w*\s+we?\s+(?:stowarzyszeniach|zwiazkach|organizacjach)|nalezy\s+do|w\s+jakich|organizacj|membership|member\s+of|belongs\s+to|organi[sz]ation|(?:reprezentan|reprezentuj|reprezentacj|przedstawiciel|deleg[ao])\w*\s+(?:\w+\s+){0,6}?(?:w|do|we)\s+(?:\w+\s+)?(?:zwiazk|stowarzysz|zrzesz)|sklad(?:k|ek)\w*\s+(?:czlonk|na\s+rzecz|do|za|roczn|oplac))",
                head[-200:],
            )
            is not None
        )
        if not (headed and (others or telling or labelled)) and not (len(others) >= 2 and self._entry_like(entries)):
            return
        if not headed and first.kind is BlockKind.TABLE_ROW and _OF_BODIES.search(head.strip().split("\n")[-1]):
            return
        for position, (index, part, body) in enumerate(entries):
            if body.kind is not BodyKind.OURS or part.start in listing.used:
                continue
            stop = entries[position + 1][0] if position + 1 < len(entries) else min(len(reading.parts), index + 5)
            end = part.end
            for later in reading.parts[index + 1 : stop] if part.kind is not BlockKind.TABLE_ROW else ():
                if self._heading_like(later) or (later.gap and not later.level and later.end - later.start > 160):
                    break
                end = later.end
            if self._labelled(part, body):
                stop = folded.find(";", body.end, part.end)
                end = stop if stop > 0 else part.end
            event = self._entry(part, body, end)
            if event is not None:
                listing.events.extend(event)
            listing.used.update(p.start for p in reading.parts if part.start <= p.start < end)
            return

    def _labelled(self, part: Segment, body: Body) -> bool:
        """Whether what stands before a body in its entry says that what follows are memberships."""
        return _MEMBERSHIPS_IN.fullmatch(self.reading.clean.folded, part.start, body.start) is not None

    def _entry_like(self, entries: list[tuple[int, Segment, Body]]) -> bool:
        return sum(e[1].kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW) for e in entries) >= 2

    def _heading_like(self, part: Segment) -> bool:
        text = self.reading.clean.text[part.start : part.end]
        return part.kind is BlockKind.HEADING and (text.isupper() or _FORMER.search(fold_letters(text)) is not None)

    def _leading_body(self, part: Segment) -> Body | None:
        """The named body an item begins with."""
        if part.end - part.start > 420:
            return None
        start = part.body or part.start
        for body in self.reading.bodies:
            if body.start >= part.end:
                return None
            if body.named and body.start >= start:
                line = self.reading.clean.folded.rfind("\n", start, body.start) + 1
                if line > start and self.reading.clean.folded[start:line].rstrip().endswith(":"):
                    start = line  # the heading of the list stands in the same segment
                lead = self.reading.clean.folded[start : body.start]
                if "|" in lead and _LINKS.search(lead):
                    return None  # "Stopka: UM | RODO | Związek Miast Polskich | BIP"
                if self._labelled(part, body):
                    return body
                if _INSIDE.search(lead) and _GOES_ON.match(self.reading.clean.folded, body.end):
                    return None  # "W Związku jest obecnie 300 miast"
                if len(lead) <= 24 and not re.search(
                    r"(?<!\w)(?:(?:do|ze|z|przez|dla|od|przy|wobec|o)(?:\s+(?:nasz|wasz|sw|sam|t)\w{1,6})?|zarzad\w*|biur\w{1,3}|prezes\w*|inicjatyw\w|zaproszeni\w{1,2})\s*$",
                    lead.replace("nalezy do", ""),
                ):
                    return body
                return None
        return None

    def _entry(self, part: Segment, body: Body, end: int) -> list[Event] | None:
        reading = self.reading
        home = Actor(reading.home_name or "", reading.home)
        folded = reading.clean.folded
        region = folded[body.end : end]
        if reading.paper is Paper.AGENDA or "?" in region[:80] or _WOULD.search(region):
            return None
        if _OF_RESOLUTIONS.search(folded, 0, _TITLE) and step_behind(folded, body.end, part.end) is not None:
            return None  # what a resolution was on
        former = self._section(part)
        if self._of_left_bodies(part):
            return self._withdrawn(part, body, end)
        dates = self._own_dates(part, body, end)
        acts = [a for a in reading.acts if body.end <= a.start < end]
        until = self._until(body, dates)
        left = _LEFT.search(region)
        events: list[Event] = []

        def gone(rule: str, confidence: float, day: str | None) -> Event:
            kind, stage = EventKind.WITHDRAWAL, Stage.ADMITTED
            return Event(home, kind, stage, part.start, end, body.start, rule, confidence, date=day)

        if until or left or former:
            if until:
                events.append(gone("organisations.former", 0.85, until))
            elif left and (
                _WENT.match(left[0])
                or self._effective(dates, body.end + left.start())
                or (former and self._right_behind(dates, body.end + left.end()))
            ):
                after = [d for d in dates if d.start > body.end + left.start()]
                after = [d for d in after if not any(d is a.date for a in acts)] or after
                after = self._effective(dates, body.end + left.start()) or after
                events.append(gone("organisations.left", 0.8, after[0].iso if after else None))
            if left:
                events += self._resolved_to_leave(part, body, body.end + left.start(), end)
            elif until and acts and self._ended_it(acts[0], until, dates):
                events += self._resolved_to_leave(part, body, acts[0].start - 1, end)
            return events or None
        if _DENIED.search(region):
            return None
        own = [
            a
            for a in acts
            if not _DELEGATE.search(folded[max(body.end, a.start - 60) : a.start])
            and not _DELEGATE.search(folded[a.end : min(end, a.end + 60)].split("\n")[0].split("|")[0])
        ]
        act = own[0] if own else None
        since = self._since(body, end, dates, act)
        if _HAD_BEEN.search(folded, part.start, body.start):
            return events
        events.append(
            Event(
                home,
                EventKind.ACCESSION,
                Stage.MEMBER,
                part.start,
                end,
                body.start,
                "organisations.entry",
                0.8,
                date=since.iso if since else None,
                resolution=act.number if act else None,
            )
        )
        return events

    def _until(self, body: Body, dates: list[DateMention]) -> str | None:
        """Until when an entry says that the town belonged."""
        folded = self.reading.clean.folded
        until = None
        ending = until_cell(folded, body.start)
        for mention in dates:
            lead = folded[max(body.end, mention.start - 12) : mention.start]
            in_column = ending is not None and ending[0] <= mention.start < ending[1]
            behind = mention is not dates[0] and _FROM_TO.search(lead) is not None
            if mention.until is not None:
                until = str(mention.until)
            elif in_column or behind or _UNTIL.search(lead):
                until = mention.iso
        return until

    def _since(self, body: Body, end: int, dates: list[DateMention], act: Act | None) -> DateMention | None:
        """Since when an entry says that the town belongs."""
        folded = self.reading.clean.folded
        since = next(
            (
                d
                for d in dates
                if _SINCE_WORD.search(folded[max(body.end, d.start - 30) : d.start]) and not (act and act.date is d)
            ),
            None,
        )
        named = since_cell(folded, body.start)
        if named is not None:
            since = next((d for d in dates if named[0] <= d.start < named[1]), since)
        if since is None and act is not None:
            cell = re.compile(r"(?:\||\t|\s{3,})\s*$")
            since = next(
                (
                    d
                    for d in dates
                    if d is not act.date
                    and d.start > act.end
                    and cell.search(folded[d.start - 4 : d.start])
                    and (d.iso or "") > ((act.date.iso if act.date else None) or "")
                ),
                act.date,
            )
        if since is None and len(dates) == 1 and not _DELEGATE.search(folded, body.end, end):
            since = dates[0]
        of_its_delegate = since is not None and _OFFICE.fullmatch(folded, body.end, since.start) is not None
        return None if of_its_delegate else since

    def _own_dates(self, part: Segment, body: Body, end: int) -> list[DateMention]:
        """The dates of an entry; where several bodies have their years in brackets, those of its own."""
        reading = self.reading
        dates = [d for d in reading.dates if body.end <= d.start < end]
        bracket = _YEARS.match(reading.clean.folded, body.end, part.end)
        if bracket is None:
            return dates
        return [d for d in dates if d.start < bracket.end()]

    def _right_behind(self, dates: list[DateMention], place: int) -> bool:
        """Whether a day stands right behind a word for leaving: "wyjście 30.06.2014 r., uchwała Rady nr …"."""
        folded = self.reading.clean.folded
        return any(d.start >= place and _ON_DAY.fullmatch(folded, place, d.start) is not None for d in dates)

    @staticmethod
    def _ended_it(act: Act, until: str, dates: list[DateMention]) -> bool:
        """Whether a resolution told behind the end of a membership is that by which it ended, not began."""
        told = act.date
        if told is None or told.iso is None or told.year is None or not any(d.end <= act.start for d in dates):
            return False
        return told.iso[: len(until)] <= until and int(until[:4]) - told.year <= _TO_NOTICE

    def _effective(self, dates: list[DateMention], start: int) -> list[DateMention]:
        """The days from which a departure told at a place has effect: "wystąpienie z dniem 31.12.2013"."""
        folded = self.reading.clean.folded
        return [d for d in dates if d.start > start and _EFFECT.search(folded[max(start, d.start - 30) : d.start])]

    def _resolved_to_leave(self, part: Segment, body: Body, start: int, end: int) -> list[Event]:
        """The council's resolution behind a former membership: "radni zdecydowali o wystąpieniu 29 kwietnia"."""
        reading = self.reading
        folded = reading.clean.folded
        act = next((a for a in reading.acts if start < a.start < end), None)
        day = act.date if act is not None else None
        if day is None and _BY_COUNCIL.search(folded, max(body.end, start - 40), end) is not None:
            days = [d for d in reading.dates if start <= d.start < end and d.day is not None]
            days = [d for d in days if not _EFFECT.search(folded[max(start, d.start - 30) : d.start])]
            day = days[0] if len(days) == 1 else None
        if act is None and (day is None or _WENT.match(folded, start) is not None):
            return []
        event = Event(
            Actor(reading.home_name or "", reading.home), EventKind.WITHDRAWAL, Stage.RESOLVED, part.start, end,
            body.start, "organisations.left", 0.85,
        )  # fmt: skip
        event.date = day.iso if day is not None else None
        event.resolution = act.number if act is not None else None
        return [event]

    def _of_left_bodies(self, part: Segment) -> bool:
        """Whether the entry stands in a list of bodies that were left: "Organizacje, z których gmina wystąpiła:"."""
        for earlier in reversed([p for p in self.reading.parts if p.start < part.start]):
            line = self.reading.clean.folded[earlier.start : earlier.end]
            if self._leading_body(earlier) is not None:
                continue
            heads = earlier.kind is BlockKind.HEADING or line.rstrip().endswith(":")
            if heads:
                return _LEFT_ONES.search(line) is not None
            if earlier.level == part.level and earlier.end - earlier.start < 160:
                continue
            return False
        return False

    def _withdrawn(self, part: Segment, body: Body, end: int) -> list[Event]:
        """What an entry of a list of left bodies tells: the resolution, and the day from which it had effect."""
        reading = self.reading
        folded = reading.clean.folded
        home = Actor(reading.home_name or "", reading.home)
        act = next((a for a in reading.acts if body.end <= a.start < end), None)
        own = act.date if act is not None else None
        dates = [d for d in reading.dates if body.end <= d.start < end and d is not own]
        effect = next((d for d in dates if _EFFECT.search(folded[max(body.end, d.start - 30) : d.start])), None)
        effect = effect or (dates[0] if act is None and len(dates) == 1 else None)

        def event(stage: Stage, date: str | None, resolution: str | None) -> Event:
            return Event(
                home, EventKind.WITHDRAWAL, stage, part.start, end, body.start, "organisations.left", 0.8,
                date=date, resolution=resolution,
            )  # fmt: skip

        told = [event(Stage.ADMITTED, effect.iso if effect is not None else None, None)]
        if act is not None:
            told.append(event(Stage.RESOLVED, own.iso if own is not None else None, act.number))
        return told

    def _section(self, part: Segment) -> bool:
        """Whether the entry stands under a heading like "Dawniej"."""
        for earlier in reversed([p for p in self.reading.parts if p.start < part.start]):
            if earlier.kind is BlockKind.HEADING or earlier.end - earlier.start < 60:
                line = self.reading.clean.folded[earlier.start : earlier.end]
                if self._leading_body(earlier) is not None:
                    continue
                if _FORMER.search(line):
                    return True
                if _PRESENT.search(line) or earlier.kind is BlockKind.HEADING:
                    return False
        return False

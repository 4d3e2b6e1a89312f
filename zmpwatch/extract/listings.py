"""Counters, member lists, and lists of the bodies a town belongs to: facts told by layout, without a verb."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from zmpwatch.extract.binding import Binder
from zmpwatch.extract.bodies import Body, BodyKind
from zmpwatch.extract.clean import fold_letters
from zmpwatch.extract.count import Count
from zmpwatch.extract.event import Actor, Event
from zmpwatch.extract.layout import Segment
from zmpwatch.extract.reading import Paper, Reading
from zmpwatch.extract.towns import Role, Town
from zmpwatch.model import BlockKind, EventKind, Municipality, Qualifier, Stage
from zmpwatch.register import Found, load_register

__all__ = ["ListReader", "Listing"]

_COUNTER = re.compile(
    r"(?<!\w)(?P<anchor>(?:jest|sa)\s+(?:juz\s+)?z\s+nami(?:\s+juz)?|z\s+nami\s+(?:jest|sa)(?:\s+juz)?|jest\s+nas(?:\s+juz)?|zrzeszamy(?:\s+juz)?|laczymy(?:\s+juz)?|w\s+zwiazku\s+(?:jest|sa)(?:\s+juz)?)"
    r"\s{0,40}:?\s{0,40}(?P<value>\d{2,4})(?![\d.,%])(?P<names>[^.!?]{0,400}?)(?<!\w)(?:miast\w{0,3}|samorzad\w{0,2}|czlonk\w{1,3})(?!\w)"
)
_FIGURE = re.compile(r"^\s*(?P<value>\d{2,4})\s*$")
_MEMBERS_LABEL = re.compile(
    r"^\W*(?:(?:to\s+)?(?:liczba\s+)?(?:miast\w{0,2}|samorzad\w{0,3}|czlonk\w{1,4}|gmin\w{0,2}|cities|towns|members?)(?:\s+i\s+(?:gmin|miasteczek)\w*)?)(?P<rest>\W+[\w\s]{0,40})?\W*$"
)
_MEMBERSHIP_LABEL = re.compile(r"czlonkowsk|zrzeszon|w\s+zwiazku|w\s+zmp|czlonk|nalez|member")
_VOIVODESHIPS = [
    "dolnoslaskie",
    "kujawsko-pomorskie",
    "lubelskie",
    "lubuskie",
    "lodzkie",
    "malopolskie",
    "mazowieckie",
    "opolskie",
    "podkarpackie",
    "podlaskie",
    "pomorskie",
    "slaskie",
    "swietokrzyskie",
    "warminsko-mazurskie",
    "wielkopolskie",
    "zachodniopomorskie",
]
_VOIVODESHIP_LINE = re.compile(
    r"(?:^|[^\w-])(?:woj\w*\.?\s+)?(?P<name>"
    + "|".join(sorted(_VOIVODESHIPS, key=len, reverse=True))
    + r")(?![\w-])\s*(?:[(:-]?\s*\d{0,3}\s*\w{0,12}\s*\)?)?\s*:?\s*$"
)
_LIST_HEADING = re.compile(
    r"(?:miasta|samorzady|gminy)\s+(?:(?:w|ze)\s+)?(?:zmp|zwiazku|naszego\s+zwiazku)|(?:nasze|nasi|kto\s+jest)\s+(?:miasta|czlonk\w+|samorzady)|sklad(?:k|ek)\w*\s+czlonkowsk\w+|^\W*(?:lista|wykaz|spis)\s+(?:miast|samorzadow)\W*$|delegaci\s+miast|^\W*czlonkowie\W*(?:\d*\W*)$|(?:miasta|samorzady|gminy|lista\s+(?:miast|czlonkow|samorzadow)|wykaz\s+(?:miast|czlonkow)|spis\s+(?:miast|czlonkow)|nasi)\s*(?:-\s*)?(?:czlonkow\w*|zrzeszon\w*|nalezac\w*)|czlonkowie\s+(?:zwiazku|zmp)|lista\s+czlonkow|member\s+cities|(?:miasta\s+)?wedlug\s+wojewodztw|w\s+zwiazku\s+(?:sa|zrzeszone)"
)
_ORGANISATIONS = re.compile(
    r"(?:przynaleznos\w*|czlonkostw\w*|udzial|uczestnictw\w*|w\s+jakich|organizacj\w+|stowarzyszeni\w+|zwiazk\w+|reprezentan\w+|podmiot\w*|skladk\w+|skladek|nalezy\s+do|jest\s+czlonkiem|wspolprac\w+)"
)
_FORMER = re.compile(
    r"(?:^|\W)(?:dawniej|byl[ea]|poprzednio|w\s+przeszlosci|wczesniej|niegdys|zakonczon\w+|historyczn\w+|ustal\w*)(?:\W|$)"
)
_PRESENT = re.compile(r"(?:^|\W)(?:obecnie|aktualn\w+|dzis|teraz)(?:\W|$)")
_DENIED = re.compile(
    r"(?<!\w)(?:nie\s+nalez\w+|nie\s+jest|nie\s+przyst\w+|brak\s+czlonk\w+|w\s+przygotowaniu|wniosek|planowan\w+)"
)
_LEFT = re.compile(
    r"(?<!\w)(?:wystap\w+|wyszl\w+|zrezygn\w+|rezygnac\w+|wypisa\w+|skreslon\w+|opusci\w+|ustalo|ustanie)"
)
_DELEGATE = re.compile(r"delegat|przedstawic|reprezent|wyznacz|skladk|statut")
_SINCE_WORD = re.compile(
    r"(?<!\w)(?:od|czlonek\s+od|przystapi\w+|przystapieni\w+|data\s+\w+|rok\s+\w+|z\s+dnia)\W+(?:dnia\s+|roku\s+|r\.\s+)?$"
)


_NO_MEMBERS = re.compile(
    r"(?<!\w)(?:konkurs\w*|nagrod\w*|laureat\w*|finalist\w*|uczestni\w*|zarzad\w*|komisj\w*|spotkan\w*|projek\w*|wyroznion\w*|zalozyciel\w*|partner\w*|bylych|spoza)"
)
_OPENS_LIST = re.compile(
    r"(?:do\s+(?:zwiazku|zmp|organizacji|stowarzyszenia)[^.;]{0,90}(?:naleza|przynaleza)[^.;]{0,60}|(?:zrzesza|skupia|czlonkami)[^.;]{0,90}|naleza[^.;]{0,80})\s*:\s*$"
)
_LIST_FILLER = re.compile(
    r"(?<![a-z])(?:i|oraz|a|takze|od|z|dnia|roku|rok|r|woj|wojewodztwo|lp|poz|miasto|gmina|m|czlonek|czlonkostwo|od\s+roku|powiat|dolnoslaskie|kujawsko|pomorskie|lubelskie|lubuskie|lodzkie|malopolskie|mazowieckie"
    r"|opolskie|podkarpackie|podlaskie|slaskie|swietokrzyskie|warminsko|mazurskie|wielkopolskie|zachodniopomorskie)(?![a-z])"
)


@dataclass(slots=True)
class _ListState:
    """Where a member list stands: under which heading, and the names gathered since."""

    headed: bool = False
    region: str | None = None
    run: list[tuple[Segment, list[Town], str | None]] = field(default_factory=list)


@dataclass(slots=True)
class Listing:
    """What layout told: counts, events, and the segments they used up."""

    counts: list[Count]
    events: list[Event]
    used: set[int]


@dataclass(slots=True)
class ListReader:
    """Reads the layout of one document."""

    reading: Reading
    binder: Binder

    def read(self) -> Listing:
        """All that layout tells."""
        listing = Listing([], [], set())
        self._counters(listing)
        self._figures(listing)
        self._member_list(listing)
        self._organisations(listing)
        return listing

    # -- counters --------------------------------------------------------------------------------------------------

    def _counters(self, listing: Listing) -> None:
        """As in "Jest z nami / 381 / HAJNÓWKA / ZANIEMYŚL / miast", over lines or in one."""
        reading = self.reading
        folded = reading.clean.folded
        if not (reading.ours_by_address or any(b.kind is BodyKind.OURS for b in reading.bodies)):
            return
        for match in _COUNTER.finditer(folded):
            value = int(match["value"])
            low, high = match.span("names")
            towns = [t for t in reading.towns if low <= t.start < high]
            rest = folded[low:high]
            for town in towns:
                rest = rest.replace(folded[town.start : town.end], " ")
            if re.search(
                r"[a-z]{4,}", re.sub(r"(?<!\w)(?:polskich|czlonkowskich|oraz|juz|nowe|witamy)(?!\w)", " ", rest)
            ):
                continue
            start, end = match.span()
            # a counter's figure stands alone, whatever stands around it; in running text it is a sentence like others
            alone = self._stands_alone(match.start("value"), match.end("value"))
            count, welcome = ("counter.anchor", "counter.welcome") if alone else ("sentence.we_are", "sentence.welcome")
            listing.counts.append(Count(value, Qualifier.EXACT, None, start, end, count, 0.98 if alone else 0.9))
            listing.used.update(part.start for part in reading.parts if part.start < end and part.end > start)
            for town in towns:
                if town.role == Role.PLAIN:
                    actor = Actor(town.name, town.municipality)
                    listing.events.append(
                        Event(actor, EventKind.ACCESSION, Stage.ADMITTED, start, end, town.start, welcome, 0.9)
                    )

    def _stands_alone(self, start: int, end: int) -> bool:
        """Whether nothing else stands in the line or the segment of a figure."""
        text = self.reading.clean.text
        left = max(
            text.rfind("\n", 0, start) + 1, max((p.start for p in self.reading.parts if p.start <= start), default=0)
        )
        line_end = text.find("\n", end)
        ends = [p.end for p in self.reading.parts if p.start <= start < p.end]
        right = min(line_end if line_end >= 0 else len(text), *ends, len(text))
        return not re.search(r"\w", text[left:start] + text[end:right])

    def _figures(self, listing: Listing) -> None:
        """A number on a line of its own with "miasta członkowskie" on the next, or on the one before."""
        reading = self.reading
        if not any(b.kind is BodyKind.OURS for b in reading.bodies) and not reading.own_site:
            return
        parts = reading.parts
        folded = reading.clean.folded
        for index, part in enumerate(parts):
            figure = _FIGURE.match(folded[part.start : part.end])
            if figure is None or part.start in listing.used or not 20 <= int(figure["value"]) <= 3000:
                continue
            for neighbour in (index + 1, index - 1):
                if not 0 <= neighbour < len(parts):
                    continue
                label = folded[parts[neighbour].start : parts[neighbour].end]
                fits = _MEMBERS_LABEL.match(label)
                if fits is None:
                    continue
                if neighbour < index and self._labels_follow(index):
                    continue
                if re.search(r"wojewodz|partner|polsc|kraj|uczestni|projek", label):
                    continue
                if not (_MEMBERSHIP_LABEL.search(label) or reading.own_site):
                    continue
                start, end = min(part.start, parts[neighbour].start), max(part.end, parts[neighbour].end)
                listing.counts.append(
                    Count(int(figure["value"]), Qualifier.EXACT, None, start, end, "counter.figure", 0.95)
                )
                listing.used.update((part.start, parts[neighbour].start))
                break

    def _labels_follow(self, index: int) -> bool:
        """Whether in this block of figures a label stands under its number, so that the one above belongs elsewhere."""
        parts, folded = self.reading.parts, self.reading.clean.folded

        def is_figure(at: int) -> bool:
            return 0 <= at < len(parts) and _FIGURE.match(folded[parts[at].start : parts[at].end]) is not None

        return index + 1 < len(parts) and not is_figure(index + 1) and is_figure(index - 2)

    # -- member lists ----------------------------------------------------------------------------------------------

    def _member_list(self, listing: Listing) -> None:
        """Names under voivodeship headings, under "miasta członkowskie", or after "należą do …:"."""
        reading = self.reading
        folded = reading.clean.folded
        state = _ListState()
        for part in reading.parts:
            line = folded[part.start : part.end]
            lead = self._inline(part, line)
            towns = self._names_only(part) or (self._row(part, line) if state.headed or state.region else [])
            if towns and (lead is None or lead[1] is None):
                state.run.append((part, towns, state.region))
                continue
            region = _VOIVODESHIP_LINE.search(line) if len(line) < 160 else None
            heads = (
                len(line) < 200
                and (_LIST_HEADING.search(line) or _OPENS_LIST.search(line))
                and not _NO_MEMBERS.search(line)
            )
            if lead is not None:
                if not lead[1]:
                    self._flush(listing, state)
                names = [t for t in reading.towns if lead[0] <= t.start < part.end]
                state.run.append((part, names, lead[1] or state.region))
                if not state.headed and not lead[1]:
                    state.headed = True
                    self._flush(listing, state)
                    state.headed = False
            elif region and line[-1] not in ".?":
                self._flush(listing, state)
                state.region = region["name"]
                state.headed = state.headed or _LIST_HEADING.search(line) is not None
            elif heads:
                self._flush(listing, state)
                state.headed, state.region = True, None
            elif re.match(r"(?:l\.?\s?p\.?|nr|miasto|nazwa|gmina)\s*\|", line):
                continue
            elif len(line) > 60 or part.kind is BlockKind.PARAGRAPH:
                self._flush(listing, state)
                if len(line) > 200:
                    state.headed, state.region = False, None
        self._flush(listing, state)

    def _inline(self, part: Segment, line: str) -> tuple[int, str | None] | None:
        """Where a comma list of towns begins in a line: after "podlaskie:" or "miasta członkowskie …:"."""
        first, _, rest = line.partition("\n")
        if rest and _LIST_HEADING.search(first) and not _NO_MEMBERS.search(first):
            start = part.start + len(first) + 1
            towns = [t for t in self.reading.towns if start <= t.start < part.end]
            if len(towns) > 1 and self._only_towns(start, part.end, towns):
                return start, None
        match = re.match(r"[^:]{0,140}:\s", line) or re.match(
            r"\W*(?:\d+\W+)?(?:woj\w*\.?\s+)?(?:" + "|".join(_VOIVODESHIPS) + r")(?:\s*\(\d+\s?\w*\))?\s*(?:-|\|)\s",
            line,
        )
        if match is None or _NO_MEMBERS.search(match[0]):
            return None
        start = part.start + match.end()
        towns = [t for t in self.reading.towns if start <= t.start < part.end]
        if not towns or not self._only_towns(start, part.end, towns):
            return None
        region = re.search(
            r"(?<![\w-])(?P<stem>"
            + "|".join(v[:-1] for v in sorted(_VOIVODESHIPS, key=len, reverse=True))
            + r")(?:e|ego|im|iego)(?![\w-])",
            match[0],
        )
        name = region["stem"] + "e" if region else None
        pure = re.fullmatch(r"\W*(?:\d+\W+)?(?:woj\w*\.?\s+)?[\w-]+[^:a-z]{0,24}[:|-]\s", match[0]) if region else None
        if pure or _LIST_HEADING.search(match[0]) or _OPENS_LIST.search(match[0]):
            return start, name
        return None

    def _names_only(self, part: Segment) -> list[Town]:
        """The towns of a segment that holds nothing else, but numbers, dates and a region."""
        start = part.body or part.start
        towns = [t for t in self.reading.towns if start <= t.start < part.end]
        return towns if towns and self._only_towns(start, part.end, towns) else []

    def _row(self, part: Segment, line: str) -> list[Town]:
        """The town that a row of a list or table begins with, whatever stands in its other columns."""
        start = part.body or part.start
        town = next((t for t in self.reading.towns if t.start >= start), None)
        if town is None or town.start >= part.end or town.role != Role.PLAIN or part.end - part.start > 200:
            return []
        if re.search(r"[a-z]", _LIST_FILLER.sub(" ", self.reading.clean.folded[start : town.start])):
            return []
        after = self.reading.clean.folded[town.end : part.end]
        columns = part.kind is BlockKind.TABLE_ROW or re.match(r"\s*(?:[-,;:|(]|\s{2,}|$)", after) is not None
        prose = re.search(
            r"(?<!\w)(?:jest|sa|zostal\w*|bedzie|ma|przystapi\w*|dolacz\w*|wystap\w*|nie)(?!\w)", after
        ) or line.endswith("?")
        return [town] if columns and not prose else []

    def _only_towns(self, start: int, end: int, towns: list[Town]) -> bool:
        rest = self.reading.clean.folded[start:end]
        spans = [(t.start, t.end) for t in towns]
        spans += [(d.start, d.end) for d in self.reading.dates if start <= d.start < end]
        for first, last in spans:
            rest = rest[: first - start] + " " * (last - first) + rest[last - start :]
        return not re.search(r"[a-z]", _LIST_FILLER.sub(" ", rest))

    def _ours_list(self, start: int) -> bool:
        """Whether the body named last before a list, or in the page's head, is the association."""
        before = [b for b in self.reading.bodies if b.named and b.start < start]
        near = [b for b in before if start - b.start < 1500]
        if near:
            return near[-1].kind is BodyKind.OURS
        named = [b for b in self.reading.bodies if b.named]
        return self.reading.own_site or bool(named and all(b.kind is BodyKind.OURS for b in named))

    def _flush(self, listing: Listing, state: _ListState) -> None:
        """Turn the names gathered so far into statements, where a heading says what they are."""
        run, state.run = state.run, []
        names = sum(len(towns) for _, towns, _ in run)
        if not run or not (state.headed or run[0][2]) or not self._ours_list(run[0][0].end):
            return
        if names < (1 if run[0][2] else 2):
            return
        for part, towns, region in run:
            listing.used.add(part.start)
            for town in towns:
                actor = Actor(town.name, self._in_region(town, region))
                start, end = (town.start, town.end) if len(towns) > 1 else (part.start, part.end)
                rule = "member_list.voivodeship" if region else "member_list.names"
                event = Event(actor, EventKind.ACCESSION, Stage.MEMBER, start, end, town.start, rule, 0.9)
                if len(towns) == 1:
                    dates = [d for d in self.reading.dates if town.end <= d.start < part.end]
                    acts = [a for a in self.reading.acts if town.end <= a.start < part.end]
                    event.date = dates[0].iso if len(dates) == 1 else None
                    event.resolution = acts[0].number if len(acts) == 1 else None
                listing.events.append(event)

    @staticmethod
    def _in_region(town: Town, region: str | None) -> Municipality | None:
        if region is None:
            return town.municipality
        register = load_register()
        full = next((m.voivodeship for m in register if fold_letters(m.voivodeship) == region), None)
        answer = register.lookup(town.name, voivodeship=full, prefer_town=True)
        return answer.municipality if isinstance(answer, Found) else town.municipality

    # -- lists of organisations ------------------------------------------------------------------------------------

    def _organisations(self, listing: Listing) -> None:
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
        head = folded[: entries[0][1].start][-700:]
        headed = _ORGANISATIONS.search(head) is not None
        telling = (
            re.search(
                r"(?:przynalezn|czlonkostw|nalezy\s+do|w\s+jakich|organizacj|sklad(?:k|ek)\w*\s+(?:czlonk|na\s+rzecz|do|za|roczn|oplac))",
                head[-200:],
            )
            is not None
        )
        if not (headed and (others or telling)) and not (len(others) >= 2 and self._entry_like(entries)):
            return
        for position, (index, part, body) in enumerate(entries):
            if body.kind is not BodyKind.OURS:
                continue
            stop = entries[position + 1][0] if position + 1 < len(entries) else min(len(reading.parts), index + 5)
            end = part.end
            for later in reading.parts[index + 1 : stop]:
                if self._heading_like(later) or (later.gap and not later.level and later.end - later.start > 160):
                    break
                end = later.end
            event = self._entry(part, body, end)
            if event is not None:
                listing.events.extend(event)
            listing.used.update(p.start for p in reading.parts if part.start <= p.start < end)
            return

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
                lead = self.reading.clean.folded[start : body.start]
                if len(lead) <= 24 and not re.search(
                    r"(?<!\w)(?:do|ze|z|zarzad\w*|biuro|prezes\w*)\s*$", lead.replace("nalezy do", "")
                ):
                    return body
                return None
        return None

    def _entry(self, part: Segment, body: Body, end: int) -> list[Event] | None:
        reading = self.reading
        home = Actor(reading.home_name or "", reading.home)
        folded = reading.clean.folded
        region = folded[body.end : end]
        if reading.paper is Paper.AGENDA or "?" in region[:80]:
            return None
        former = self._section(part)
        dates = [d for d in reading.dates if body.end <= d.start < end]
        acts = [a for a in reading.acts if body.end <= a.start < end]
        until = None
        for mention in dates:
            lead = folded[max(body.end, mention.start - 12) : mention.start]
            if mention.until is not None:
                until = str(mention.until)
            elif re.search(r"(?<!\w)do\s+(?:dnia\s+|konca\s+)?$", lead):
                until = mention.iso
        left = _LEFT.search(region)
        events: list[Event] = []
        if until or left or former:
            if until:
                events.append(
                    Event(
                        home,
                        EventKind.WITHDRAWAL,
                        Stage.ADMITTED,
                        part.start,
                        end,
                        body.start,
                        "organisations.former",
                        0.85,
                        date=until,
                    )
                )
            elif left and re.search(r"wystapil|wyszl|zrezygnowal|opusci|wypisa|ustal", left[0]):
                after = [d for d in dates if d.start > body.end + left.start()]
                events.append(
                    Event(
                        home,
                        EventKind.WITHDRAWAL,
                        Stage.ADMITTED,
                        part.start,
                        end,
                        body.start,
                        "organisations.left",
                        0.8,
                        date=after[0].iso if after else None,
                    )
                )
            if left and acts:
                act = next((a for a in acts if a.start > body.end + left.start()), None)
                if act is not None:
                    resolved = Event(
                        home,
                        EventKind.WITHDRAWAL,
                        Stage.RESOLVED,
                        part.start,
                        end,
                        body.start,
                        "organisations.left",
                        0.85,
                        date=act.date.iso if act.date else None,
                        resolution=act.number,
                    )
                    events.append(resolved)
            return events or None
        if _DENIED.search(region):
            return None
        own = [
            a
            for a in acts
            if not _DELEGATE.search(folded[max(body.end, a.start - 60) : a.start])
            and not _DELEGATE.search(folded[a.end : min(end, a.end + 60)].split("\n")[0])
        ]
        act = own[0] if own else None
        since = next(
            (
                d
                for d in dates
                if _SINCE_WORD.search(folded[max(body.end, d.start - 30) : d.start]) and not (act and act.date is d)
            ),
            None,
        )
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
        if since is None and len(dates) == 1 and not _DELEGATE.search(region):
            since = dates[0]
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

"""Member lists: names under voivodeship headings, under "miasta członkowskie", or after "należą do …:"."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.lists.heads import (
    BARE,
    COLUMN_OF_MEMBERS,
    FORMER,
    JUST_BECAME,
    LIST_HEADING,
    NO_MEMBERS,
    OF_ITS_WORK,
    OF_MEMBERS,
    OPENS_LIST,
    ORGAN,
    OUTSIDE,
    SOURCE,
    TITLE,
    TOOK_PART,
    WELCOME,
)
from zmpwatch.extract.lists.listing import Listing
from zmpwatch.extract.lists.regions import REGION_LABEL, REGION_LINE, REGION_WORDS, in_region, region_named
from zmpwatch.extract.lists.since import each_dated, led_by, since_when
from zmpwatch.extract.lists.sincelists import members_since
from zmpwatch.extract.structure.layout import Segment
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import BlockKind, EventKind, Stage

__all__ = ["MemberListReader"]

_LABEL = lazy(r"[^:]{0,140}:\s")
_LIST_FILLER = lazy(
    r"(?<![a-z])(?:i|oraz|a|takze|od|do|z|dnia|roku|rok|r|since|from|and|woj|wojewodztwo|lp|poz|miasto|gmina|m|czlonek"
    rf"|czlonkostwo|od\s+roku|powiat|{REGION_WORDS})(?![a-z])"
)
_LETTER_MARK = re.compile(r"\A\W*[a-z]\s?:\s")
_WORD = lazy(r"[a-z]+")
_HEAD_OF_TABLE = lazy(r"(?:l\.?\s?p\.?|nr|miasto|nazwa|gmina)\s*(?:\||\t)")
_LONGEST_HEADING = 160
_WORDS_OF_HEADING = 2
_NO_HEADING = 200
"""A longer line is a paragraph."""
_AFTER_BODY = lazy(r"\"?\s{0,3}(?:\(\w{2,5}\)\s?)?(?:[:|\t]|-\s)\s{0,3}")
_BODIES_ABOVE = lazy(
    r"(?<!\w)(?:organizacj\w*|zrzeszeni\w*|stowarzyszeni\w*|czlonkostw\w*|przynaleznos\w*|zwiazk(?:ach|i|ow))(?!\w)"
)


def _is_filler(word: str) -> bool:
    """Whether a word may stand between the names of a list."""
    return _LIST_FILLER.fullmatch(word) is not None


@dataclass(slots=True)
class _ListState:
    """Where a member list stands: under which heading, and the names gathered since."""

    headed: bool = False
    former: bool = False
    """The heading is one of former members."""
    welcomed: bool = False
    """The heading is one of those who are new."""
    barred: bool = False
    """The last heading is one of those who took part, won, signed or answered, whoever they are."""
    weighed: bool = False
    """Its first voivodeship has been met."""
    region: str | None = None
    run: list[tuple[Segment, list[Town], str | None]] = field(default_factory=list)


@dataclass(slots=True)
class MemberListReader:
    """Reads the member lists of one document."""

    reading: Reading

    def read(self, listing: Listing) -> None:
        """Names under voivodeship headings, under "miasta członkowskie", or after "należą do …:"."""
        reading = self.reading
        folded = reading.clean.folded
        state = _ListState()
        starts = [town.start for town in reading.towns]
        rows = members_since(reading)
        for part in reading.parts:
            line = folded[part.start : part.end]
            if part.start in rows and self._ours_list(part.end):
                self._flush(listing, state)
                listing.events += rows[part.start]
                listing.used.add(part.start)
                continue
            below, gone = self._below_heading(part, line)
            if below:
                self._flush(listing, state)
                state.headed, state.region, state.former, state.welcomed = True, None, gone, False
                state.run.append((part, below, None))
                continue
            place = bisect_left(starts, part.start)
            named = place < len(starts) and starts[place] < part.end
            lead = self._inline(part, line) if named else None
            towns = (self._names_only(part) if named else []) or (
                self._row(part, line) if state.headed or state.region else []
            )
            if not towns and lead is None and self._bars(part, line):
                self._flush(listing, state)
                state.headed, state.region, state.former, state.barred = False, None, False, True
                state.weighed = False
                continue
            if towns and (lead is None or lead[1] is None):
                state.run.append((part, towns, state.region))
                continue
            if lead is None and len(line) > _NO_HEADING and not _HEAD_OF_TABLE.match(line):
                self._flush(listing, state)  # a paragraph ends a list
                state.headed, state.region, state.former = False, None, False
                state.barred = state.weighed = False
                continue
            region = REGION_LINE.search(line) if len(line) < 160 else None
            welcomed = WELCOME.fullmatch(line) is not None
            former = len(line) < 120 and FORMER.search(line) is not None and not towns
            heads = (
                former
                or welcomed
                or (
                    len(line) < _NO_HEADING
                    and (
                        LIST_HEADING.search(line)
                        or COLUMN_OF_MEMBERS.search(line)
                        or self._is_title(part)
                        or (line.rstrip().endswith(":") and OPENS_LIST.search(line))
                    )
                    and not self._of_others(line)
                )
            )
            if lead is not None and lead[1]:
                self._weigh(part, line, state)
            if lead is not None:
                if not lead[1]:
                    self._flush(listing, state)
                names = [t for t in reading.towns if lead[0] <= t.start < part.end]
                state.run.append((part, names, lead[1] or state.region))
                gone = FORMER.search(folded, part.start, lead[0]) is not None
                if gone or not (state.headed or lead[1]):
                    before, state.headed, state.former = (state.headed, state.former), True, gone
                    self._flush(listing, state)
                    state.headed, state.former = before
            elif region and line[-1] not in ".?":
                self._flush(listing, state)
                self._weigh(part, line, state)
                state.region = region["name"]
                state.headed = state.headed or LIST_HEADING.search(line) is not None
            elif heads and not (BARE.fullmatch(line) and self._below_an_organ(part)):
                self._flush(listing, state)
                state.headed, state.region, state.former, state.barred = True, None, former, False
                state.welcomed = welcomed
            elif _HEAD_OF_TABLE.match(line):
                continue
            elif len(line) > 60 or part.kind is BlockKind.PARAGRAPH:
                self._flush(listing, state)
        self._flush(listing, state)

    @staticmethod
    def _bars(part: Segment, line: str) -> bool:
        """Whether a line is the heading of towns that took part, won or signed: "Laureaci konkursu Związku"."""
        if part.boilerplate or len(line) > _LONGEST_HEADING or len(line.split()) < _WORDS_OF_HEADING:
            return False
        if LIST_HEADING.search(line) and not NO_MEMBERS.search(line):
            return False
        return TOOK_PART.search(line) is not None

    def _weigh(self, part: Segment, line: str, state: _ListState) -> None:
        """Judge once, at its first voivodeship, whether a list is one of members."""
        told = state.headed or state.weighed or OF_MEMBERS.search(line) or self._is_title(part)
        if not (told or self._said_of_members(part) or self._said_below(part)):
            state.barred = True
        state.weighed = True

    def _said_of_members(self, part: Segment) -> bool:
        """Whether the text above a first voivodeship speaks of members.

        On a page of the association, only a heading right above that tells something else says that it does not.
        """
        folded = self.reading.clean.folded
        if not self.reading.own_site:
            return OF_MEMBERS.search(folded, max(0, part.start - 900), part.start) is not None
        above = next((p for p in reversed(self.reading.parts) if p.end <= part.start and p.end > p.start), None)
        line = folded[above.start : above.end] if above is not None else ""
        return OF_MEMBERS.search(line) is not None or OF_ITS_WORK.search(line) is None

    def _said_below(self, part: Segment) -> bool:
        """Whether a note below a list says where it comes from: "(źródło: wykaz członków Związku …)"."""
        note = SOURCE.search(self.reading.clean.folded, part.end, part.end + 1500)
        return note is not None and not self._of_others(note[0])

    def _is_title(self, part: Segment) -> bool:
        """As in "Związek Miast Polskich :: Miasta", above names, or with a voivodeship at its end."""
        ours = self.reading.ours(part.start, part.end)
        if len(ours) != 1:
            return False
        folded = self.reading.clean.folded
        rest = folded[ours[0].end : part.end]
        region = REGION_LINE.search(rest)
        rest = rest[: region.start()] if region is not None else rest
        return TITLE.fullmatch(folded[part.start : ours[0].start] + rest) is not None

    def _below_an_organ(self, part: Segment) -> bool:
        """Whether a bare "członkowie" tells those of a board, a jury or a project named in a line above."""
        above = self.reading.clean.folded[max(0, part.start - 300) : part.start]
        return ORGAN.search(above.split("\n\n")[-1]) is not None

    def _below_heading(self, part: Segment, line: str) -> tuple[list[Town], bool]:
        """The towns of a segment whose first line heads a list, and whether it is one of former members."""
        first, _, rest = line.partition("\n")
        if not rest or not first.rstrip().endswith(":"):
            return [], False
        former = FORMER.search(first) is not None
        start = part.start + len(first) + 1
        towns = [t for t in self.reading.towns if start <= t.start < part.end]
        heads = former or (len(towns) == 1 and LIST_HEADING.search(first) and not self._of_others(first))
        return (towns if towns and heads and self._only_towns(start, part.end, towns) else []), former

    @staticmethod
    def _of_others(heading: str) -> bool:
        """Whether a heading is of those who took part, or who are no members."""
        return bool(NO_MEMBERS.search(heading) or OUTSIDE.search(heading))

    def _inline(self, part: Segment, line: str) -> tuple[int, str | None] | None:
        """Where a comma list of towns begins in a line: after "podlaskie:" or "miasta członkowskie …:"."""
        first, _, rest = line.partition("\n")
        if rest and LIST_HEADING.search(first) and not self._of_others(first):
            start = part.start + len(first) + 1
            towns = [t for t in self.reading.towns if start <= t.start < part.end]
            if len(towns) > 1 and self._only_towns(start, part.end, towns):
                return start, None
        match = _LABEL.match(line) or REGION_LABEL.match(line)
        if match is None or any(no.search(match[0]) for no in (NO_MEMBERS, OUTSIDE, JUST_BECAME)):
            match = None
        headed = self._headed_by_body(part)
        if match is None and headed is None:
            return None
        start = headed if headed is not None else part.start + (match.end() if match else 0)
        towns = [t for t in self.reading.towns if start <= t.start < part.end]
        if not towns or not self._only_towns(start, part.end, towns):
            return None
        if headed is not None:
            return start, None
        if match is None:
            return None
        name = region_named(match[0])
        pure = re.fullmatch(r"\W*(?:\d+\W+)?(?:woj\w*\.?\s+)?[\w-]+[^:a-z]{0,24}[:|-]\s", match[0]) if name else None
        if not pure and BARE.fullmatch(match[0]) and self._below_an_organ(part):
            return None
        if pure or LIST_HEADING.search(match[0]) or OPENS_LIST.search(match[0]):
            return start, name
        return None

    def _headed_by_body(self, part: Segment) -> int | None:
        """Where names begin in a row of a table of bodies and who belongs to them: "Związek …: X, Y, Z"."""
        reading = self.reading
        start = part.body or part.start
        body = next((b for b in reading.ours(start, part.end) if b.named), None)
        if body is None or reading.clean.folded[start : body.start].strip(' "|-'):
            return None
        mark = _AFTER_BODY.match(reading.clean.folded, body.end)
        head = reading.clean.folded[max(0, part.start - 700) : part.start]
        return mark.end() if mark is not None and _BODIES_ABOVE.search(head) else None

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
            r"(?<!\w)(?:jest|sa|zostal\w*|bedzie|ma|przystapi\w*|wstapi\w*|wesz\w*|dolacz\w*|wystap\w*|wysz\w*|odesz\w*|nie)(?!\w)",
            after,
        ) or line.endswith("?")
        return [town] if columns and not prose else []

    def _only_towns(self, start: int, end: int, towns: list[Town]) -> bool:
        rest = _LETTER_MARK.sub(lambda mark: " " * len(mark[0]), self.reading.clean.folded[start:end])
        spans = [(t.start, t.end) for t in towns]
        spans += [(d.start, d.end) for d in self.reading.dates if start <= d.start < end]
        word = _WORD.search(rest)
        if word is not None and not _is_filler(word[0]):
            at, stop = start + word.start(), start + word.end()
            if all(last <= at or stop <= first for first, last in spans):
                return False  # it begins as a sentence does
        for first, last in spans:
            rest = rest[: first - start] + " " * (last - first) + rest[last - start :]
        return all(_is_filler(word[0]) for word in _WORD.finditer(rest))

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
        if state.barred and not state.headed:
            return
        if not run or not (state.headed or run[0][2]) or not self._ours_list(run[0][0].end):
            return
        if names < (1 if run[0][2] or state.former or state.welcomed else 2):
            return
        for part, towns, region in run:
            listing.used.add(part.start)
            for town in towns:
                actor = Actor(town.name, in_region(town, region))
                start, end = (town.start, town.end) if len(towns) > 1 else (part.start, part.end)
                rule = "member_list.voivodeship" if region else "member_list.names"
                kind, stage = EventKind.ACCESSION, Stage.MEMBER
                if state.former:
                    rule, kind, stage = "member_list.former", EventKind.WITHDRAWAL, Stage.ADMITTED
                elif state.welcomed and not region:
                    rule, stage = "counter.welcome", Stage.ADMITTED
                event = Event(actor, kind, stage, start, end, town.start, rule, 0.9)
                stop = min((t.start for t in towns if t.start > town.start), default=part.end)
                dates = [d for d in self.reading.dates if town.end <= d.start < stop]
                if len(towns) == 1:
                    acts = [a for a in self.reading.acts if town.end <= a.start < part.end]
                    event.date = since_when(dates, former=state.former)
                    event.resolution = acts[0].number if len(acts) == 1 else None
                elif each_dated(self.reading, part, towns):
                    event.date = since_when(dates, former=state.former)
                else:
                    event.date = led_by(self.reading, town, part.start)
                listing.events.append(event)

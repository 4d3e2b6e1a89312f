"""Who came and who went, told by a label and names alone: "Nowi członkowie: A, B", "skreślono – C (31.12.2021)".

The names stand behind the label, or one a line below it. A label says nothing else: each of its words is of joining or
leaving, of the association and its members, or of a time, so that "Nowe miasta w programie:" is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.binding.sittings import board_sat
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.lists.changelabels import (
    BACK_AND_FORTH,
    CUE,
    CUT,
    LONGEST_LABEL,
    WORD,
    Label,
    LabelReader,
    is_of_labels,
)
from zmpwatch.extract.lists.listing import Listing
from zmpwatch.extract.papers.acts import Act
from zmpwatch.extract.papers.kinds import Paper
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.tokens import marked
from zmpwatch.model import EventKind, Stage

__all__ = ["ChangeReader"]

_BESIDE_A_NAME = lazy(
    r"(?:i|oraz|a|takze|and|ponownie|powrot|po|latach|przerwy|uchwal\w{0,2}|uchw|decyzj\w|posiedzeni\w{1,2}|zarzad\w{0,2}|nr|ze?|we?|dnia|dniu|dn|od|do|koncem|dniem|r|roku?|woj|wojewodztwo|pow|powiat|miasto|gmina|m|lp|poz"
    r"|in|rmi?g?|rg|rad[ay]|miejskiej|kolejno|odpowiednio|\w+(?:sk|ck|zk)(?:i|ie|a|iej|o))(?!\w)"
)
_PROSE = lazy(
    r"(?<!\w)(?:jest|sa|zosta\w+|bedzie|beda|ma|maja|nie|przystapi\w*|dolacz\w*|wstapi\w*|wesz\w*|wystapi\w*|wysz\w*|odesz\w*|czeka\w*|planuj\w*)(?!\w)|\?"
)
_BEHIND_A_NAME = lazy(r"\s*(?:$|[-,:|(.]|\s{2,})")
_BEFORE_A_NAME = lazy(r"[\W\d_]*(?:(?:miasto|gmina|lp|poz|i{1,3}|iv|vi{0,3}|ix|xi{0,2})(?!\w)[\W\d_]*)*")
_OF_A_REGION = re.compile(r"\s[a-z-]{2,24}(?:sk|ck|zk)(?:i|ie|a)\s$")
_ONE = lazy(r"(?<!\w)(?:jedn[oa]|one|nowe\s+miasto|nowy\s+czlonek)(?!\w)")
_HEADS_COLUMNS = lazy(
    r"(?:(?:lp|nr|miasto|gmina|samorzad|nazwa|data|dzien|przyjecia|przystapienia|wystapienia|decyzj[ai]|uchwal[ay]|rady|miejskiej|zarzadu|zmp|zwiazku|wojewodztwo|powiat|czlonka|od|z|dnia|i)\.?[\s|;]*)+"
)
_COUNCILS_COLUMN = lazy(r"(?<!\w)uchwal[ay]\s+(?:nr\s+)?(?:rady|rm)(?!\w)", "uchwal")
"""The head of a column that holds what each council has decided: "Miasto | Uchwała rady | Decyzja Zarządu"."""
_LONGEST_ROW, _MOST_ROWS = 160, 60
_MARK = 4
"""How many letters before a name may be the mark of its row."""
_COUNCILS = lazy(
    r"(?<!\w)(?:uchwal|uchw)\w*\.?\s+(?:r\.?\s?m|rmig|rg|rad[ay]|(?:(?:nr|numer)\.?\s+)?[ivxlcdm]{1,9}[/.])"
)
_TITLE_YEAR = lazy(r"(?<![\d./-])(?:19|20)\d\d(?![\d/-])")
_TITLES = 3


@dataclass(frozen=True, slots=True)
class _Line:
    """A piece of a line that may be a label, a label with names, or a name with what belongs to it."""

    start: int
    end: int


@dataclass(slots=True)
class ChangeReader:
    """Reads the labelled names of one document."""

    reading: Reading
    _labels: LabelReader = field(init=False)

    def __post_init__(self) -> None:
        self._labels = LabelReader(self.reading)

    def read(self, listing: Listing) -> None:
        """Add an admission for each name under a label of joining, and a withdrawal under one of leaving."""
        reading = self.reading
        folded = reading.clean.folded
        if reading.paper in (Paper.AGENDA, Paper.RESOLUTION, Paper.DRAFT):
            return
        cues = [place for _, place in marked(folded, CUE)]
        if not cues or not (reading.own_site or any(b.kind is BodyKind.OURS for b in reading.bodies)):
            return
        taken: list[_Line] = []
        known = False
        done = 0
        for cue in cues:
            if cue < done or not self._labels.may_hold(cue):
                continue
            line = self._line_at(cue)
            if line is None:
                continue
            done = line.end
            if taken and line.start < taken[-1].end:
                continue
            towns = self._towns(line)
            head = _Line(line.start, self._label_end(line, towns[0]) if towns else line.end)
            label = self._labels.read(head.start, head.end, known=known, inline=bool(towns))
            if label is None:
                continue
            told = self._inline(label, towns, line) if towns else self._below(label, line.end, taken)
            if not told:
                continue
            known = True
            taken.append(line)
            taken.sort(key=lambda t: t.start)
            listing.events += told
        listing.events += self._in_brackets(cues)
        self._use_up(listing, taken)

    def _label_end(self, line: _Line, first: Town) -> int:
        """Where the label before a name ends: before the adjective of its region, "Dołączyły: łódzkie Kutno"."""
        region = _OF_A_REGION.search(self.reading.clean.folded, line.start, first.start)
        return region.start() + 1 if region is not None else first.start

    def _in_brackets(self, cues: Sequence[int]) -> Iterator[Event]:
        """As in "m.in. A (przyjęta w marcu) i B (wystąpił w 2011 r.)": each told in a bracket behind its name."""
        reading = self.reading
        folded = reading.clean.folded
        for cue in cues:
            if folded[cue - 1 : cue] != "(":
                continue
            town = next((t for t in reading.towns if t.end == cue - 2 and t.role == Role.PLAIN), None)
            end = folded.find(")", cue, cue + LONGEST_LABEL)
            label = self._labels.read(cue, end, known=False, inline=False) if town is not None and end > 0 else None
            if town is None or label is None or not label.days:
                continue
            yield self._event(label, town, _Line(town.start, end + 1), label.days[-1].iso)

    def _line_at(self, place: int) -> _Line | None:
        """The line, or the piece of it, that holds a word; None where it begins farther back than labels do."""
        folded = self.reading.clean.folded
        begin = folded.rfind("\n", 0, place) + 1
        near = place - LONGEST_LABEL - _MARK
        if begin < near:
            begin = next((match.end() for match in CUT.finditer(folded, near)), len(folded))
        return next((line for line in self._lines(begin) if line.end > place), None) if begin <= place else None

    def _lines(self, start: int) -> Iterator[_Line]:
        """The lines from a place on, cut where another label begins; only as far as somebody asks."""
        folded = self.reading.clean.folded
        low = start
        for high in chain((match.end() for match in CUT.finditer(folded, start)), (len(folded),)):
            piece = folded[low:high]
            if piece.strip(" \n,;"):
                lead = len(piece) - len(piece.lstrip(" \n"))
                yield _Line(low + lead, low + len(piece.rstrip(" \n,;")))
            low = high

    def _towns(self, line: _Line) -> list[Town]:
        return [t for t in self.reading.towns if line.start <= t.start < line.end and t.role != Role.BODY]

    # -- names -----------------------------------------------------------------------------------------------------

    def _inline(self, label: Label, towns: list[Town], line: _Line) -> list[Event]:
        """The names behind a label, where nothing else stands among them."""
        if not self._only_names(towns, towns[0].start, line.end, told=label.kind):
            return []
        return self._events(label, towns, _Line(label.start, line.end))

    def _below(self, label: Label, end: int, taken: list[_Line]) -> list[Event]:
        """The names that the lines below a label, which ends at a place, begin with."""
        found: list[Event] = []
        rows: list[_Line] = []
        of_councils = False
        for number, row in enumerate(islice(self._lines(end), _MOST_ROWS)):
            towns = self._towns(row)
            if not towns:
                aside = self._label_goes_on(row) if number == 0 else None
                label.days += aside or []
                of_councils |= _COUNCILS_COLUMN.search(self.reading.clean.folded, row.start, row.end) is not None
                if aside is None and not self._is_row(row):
                    break
                continue
            whole = self._only_names(towns, row.start, row.end)
            if not whole and not self._begins_with(towns[0], row):
                break
            found += self._events(label, towns if whole else towns[:1], row, of_councils=of_councils)
            rows.append(row)
        beside = any(row.end - row.start > town.end - town.start + _MARK for row in rows for town in self._towns(row))
        if len({e.actor.name for e in found}) == 1 and not (self._announces(label) or (taken and beside)):
            return []  # the heading of a portrait
        taken += rows
        return found

    def _announces(self, label: Label) -> bool:
        """Whether a label ends with a colon, or says that it is one: "ubyło jedno miasto"."""
        line = self.reading.clean.folded[label.start :].split("\n", 1)[0]
        return line.rstrip().endswith(":") or _ONE.search(line) is not None

    def _label_goes_on(self, row: _Line) -> list[DateMention] | None:
        """The days of a line right below a label, which only says of when it is: "(decyzje Zarządu z 26 stycznia)"."""
        days = [d for d in self.reading.dates if row.start <= d.start < row.end]
        text = self.reading.clean.folded[row.start : row.end]
        for day in reversed(days):
            text = text[: day.start - row.start] + " " + text[day.end - row.start :]
        return days if days and is_of_labels(text) else None

    def _is_row(self, row: _Line) -> bool:
        """Whether a line heads the columns below, or names somebody that the register does not know."""
        text = self.reading.clean.folded[row.start : row.end]
        return _HEADS_COLUMNS.fullmatch(text) is not None or self._only_names([], row.start, row.end, unknown=1)

    def _begins_with(self, town: Town, row: _Line) -> bool:
        """Whether a line begins with a town and goes on in another column, not in a sentence about it."""
        folded = self.reading.clean.folded
        if row.end - row.start > _LONGEST_ROW or town.role != Role.PLAIN:
            return False
        if _BEFORE_A_NAME.fullmatch(folded, row.start, town.start) is None:
            return False
        return (
            _BEHIND_A_NAME.match(folded, town.end, row.end) is not None
            and _PROSE.search(folded, town.end, row.end) is None
        )

    def _only_names(
        self, towns: list[Town], start: int, end: int, *, unknown: int = 0, told: EventKind | None = None
    ) -> bool:
        """Whether nothing but names, days, numbers of resolutions and their words stands between two places.

        `told`, the step of which words may stand beside a name: "wpisuje się: A – przyjęta 25.04.2003".
        A single capitalised word between commas may be a name that the register does not know: less of them than of
        known ones, or as many as `unknown`.
        """
        whole = self.reading.clean.folded[start:end]
        rest = list(whole)
        spans = [(t.start, t.end) for t in towns]
        spans += [(d.start, d.end) for d in self.reading.dates if start <= d.start < end]
        spans += [(a.start, a.end) for a in self.reading.acts if start <= a.start < end]
        for first, last in spans:
            rest[max(0, first - start) : last - start] = " " * (min(last, end) - max(first, start))
        missing = 0
        left = "".join(rest)
        for word in WORD.finditer(left):
            if _BESIDE_A_NAME.fullmatch(word[0]) is not None:
                continue
            again = BACK_AND_FORTH.fullmatch(word[0]) if told is not None else None
            if again is not None and (again["went"] is not None) == (told is EventKind.WITHDRAWAL):
                continue
            surface = self.reading.clean.text[start + word.start() : start + word.end()]
            before, after = whole[: word.start()].rstrip()[-1:], whole[word.end() :].lstrip()[:1]
            if not (surface[:1].isupper() and before in ("", ",", ":", ".", ")") and after in ("", ",", ".", "-")):
                return False
            missing += 1
        return missing == unknown if unknown else missing < len(towns)

    # -- events ----------------------------------------------------------------------------------------------------

    def _events(self, label: Label, towns: list[Town], line: _Line, *, of_councils: bool = False) -> list[Event]:
        days = [d for d in self.reading.dates if line.start <= d.start < line.end and d.start >= label.start]
        behind = [d for d in days if d.start >= towns[0].end]
        before = [d for d in days if d.end <= towns[0].start and d not in label.days]
        found = []
        for number, town in enumerate(towns):
            edge = towns[number + 1].start if number + 1 < len(towns) else line.end
            own = [d for d in behind if town.end <= d.start < edge]
            if not own and number + 1 < len(towns) and self._linked(town, towns[number + 1]):
                last = towns[number + 2].start if number + 2 < len(towns) else line.end
                own = [d for d in behind if towns[number + 1].end <= d.start < last]
            act = self._councils_act(label, town.end, own[0].start, known=of_councils) if own else None
            if act is not None:
                decided = self._event(label, town, line, own[0].iso)
                decided.stage, decided.resolution = Stage.RESOLVED, act.number
                found.append(decided)
                own = own[1:]
            found.append(self._event(label, town, line, self._day((own or before)[-1:], label)))
        return found

    def _councils_act(self, label: Label, start: int, end: int, *, known: bool) -> Act | None:
        """The council's resolution behind a name, whose day is not that of the board: "A – uchwała RM nr XX/151/08"."""
        folded = self.reading.clean.folded
        if label.stage is not Stage.ADMITTED or not (known or _COUNCILS.search(folded, start, end)):
            return None
        return next((a for a in self.reading.acts if start <= a.start < end), None)

    @staticmethod
    def _event(label: Label, town: Town, line: _Line, day: str | None) -> Event:
        actor = Actor(town.name, town.municipality)
        event = Event(actor, label.kind, label.stage, line.start, line.end, town.start, "sentence.listed", 0.9)
        event.date = day
        return event

    def _linked(self, town: Town, other: Town) -> bool:
        """Whether one day behind two towns is that of both: "A i B (14 kwietnia)"."""
        return re.fullmatch(r"\s+(?:i|oraz|and)\s+", self.reading.clean.folded[town.end : other.start]) is not None

    def _day(self, own: list[DateMention], label: Label) -> str | None:
        """The day of a name: its own with the year of the label or of the report, else that of the label."""
        told = label.days[-1] if label.days else self._board_sat(label) or self._year_before(label)
        year = told.year if told is not None and told.explicit_year else self._year_reported()
        if own:
            day = own[0]
            if not day.explicit_year and year is not None and day.kind in ("day_month", "month_year", "day_range"):
                day = replace(day, year=year)
            return day.iso
        if told is not None and told.until is None and told.iso is not None and label.stage is not Stage.PROPOSED:
            still = told.kind == "relative_year" and told.year == self.reading.reference.year
            return None if still else told.iso
        if label.stage is Stage.PROPOSED:
            return None
        return str(year) if year is not None and (told is None or told.until is None) else None

    def _year_reported(self) -> int | None:
        """The year that the title of a report names: "Związek w 2017 roku – podsumowanie"."""
        years: set[int] = set()
        for part in self.reading.parts[:_TITLES]:
            end = min(part.end, part.start + LONGEST_LABEL)
            for match in _TITLE_YEAR.finditer(self.reading.clean.folded, part.start, end):
                if self._tells_news(match.start()):
                    continue
                inside = [d for d in self.reading.dates if d.start <= match.start() < d.end]
                if all(d.month is None for d in inside):
                    years.add(int(match[0]))
        return years.pop() if len(years) == 1 else None

    def _tells_news(self, place: int) -> bool:
        """Whether the sentence at a place tells what a town did, as no title of a report does."""
        here = next((s for s in self.reading.sentences if s.start <= place < s.end), None)
        if here is None or not here.towns or here.towns[0].start > place:
            return False
        return here.has("join_past", "leave_past", "admit_verb", "became")

    def _board_sat(self, label: Label) -> DateMention | None:
        """The day of the board's sitting that the text, or its title, names: "Zarząd ZMP, 3 lutego 2012 r."."""
        here = next((s for s in self.reading.sentences if s.start <= label.start < s.end), None)
        return board_sat(self.reading, here) if here is not None else None

    def _year_before(self, label: Label) -> DateMention | None:
        """The year that the sentence names before a label goes on: "W minionym roku odeszło A, przybyło zaś: B i C"."""
        here = next((s for s in self.reading.sentences if s.start <= label.start < s.end), None)
        days = [d for d in here.dates if d.end <= label.start] if here is not None else []
        years = [replace(d, explicit_year=True, kind="year") for d in days if d.month is None and d.iso is not None]
        return years[0] if len(days) == len(years) == 1 else None

    def _use_up(self, listing: Listing, taken: list[_Line]) -> None:
        """Mark the segments of which nothing is left to be read."""
        if not taken:
            return
        folded = self.reading.clean.folded
        for part in self.reading.parts:
            inside = [line for line in taken if part.start <= line.start < part.end]
            if not inside:
                continue
            rest = list(folded[part.start : part.end])
            for line in inside:
                rest[line.start - part.start : line.end - part.start] = " " * (line.end - line.start)
            if not WORD.search("".join(rest)):
                listing.used.add(part.start)

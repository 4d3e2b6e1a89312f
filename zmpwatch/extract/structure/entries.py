"""Entries of chronicles and reports that begin with their date, or stand under it: "1995 – …", "• 22.10 – …"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.dates.forms import STEMS
from zmpwatch.extract.dates.mention import DateMention
from zmpwatch.extract.dates.reportyears import YEAR, is_report, year_in_head
from zmpwatch.extract.structure.layout import Segment
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import Stage

__all__ = ["date_entries", "labelled_time", "told_as_past", "told_done", "year_of"]

_YEAR = lazy(r"[\W_]{0,6}(?P<year>(?:19|20)\d\d)(?:\s?r(?:\.|oku|ok)?)?\s{0,3}(?:[-:|]|\.\s)")
_DAY = lazy(r"[\W_]{0,6}(?P<day>[0-3]?\d)\.(?P<month>[01]?\d)\.?\s{0,3}(?:r\.\s{0,3})?(?:[-:|]|\s-)")
_MONTHS = (
    r"styczen|stycznia|luty|lutego|marzec|marca|kwiecien|kwietnia|maj|maja|czerwiec|czerwca|lipiec|lipca|sierpien|sierpnia"
    r"|wrzesien|wrzesnia|pazdziernik|pazdziernika|listopad|listopada|grudzien|grudnia"
)
_DAY_OF_MONTH = lazy(rf"[\W_]{{0,6}}(?P<day>[0-3]?\d)\s(?P<name>{_MONTHS})\s{{0,3}}[-:|]")
_DAY_ROMAN = lazy(r"[\W_]{0,6}(?P<day>[0-3]?\d)\.?\s?(?P<roman>i{1,3}|iv|vi{0,3}|ix|xi{0,2})(?:\s{0,3}[-:|]|\s-)")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_DAY_ALONE = lazy(r"[\W_]{0,6}(?P<day>[0-3]?\d)\.?\s{0,3}[-:|]\s")
_MONTH_LINE = lazy(rf"\W*(?:(?:miesiac)\s+)?(?P<name>{_MONTHS})(?:\s+(?P<year>(?:19|20)\d\d)(?:\s?r\.?|\s+roku)?)?\W*")
_MONTH_LABEL = lazy(rf"[\W_]{{0,6}}(?P<name>{_MONTHS})\s{{0,2}}[-:|]")
_FRONT = lazy(
    rf"[\W_]{{0,6}}(?:[0-3]?\d[._][01]?\d[._](?:19|20)\d\d|(?:[0-3]?\d\s)?(?P<name>{_MONTHS})(?:\s+(?:19|20)\d\d)?|(?P<year>(?:19|20)\d\d)(?:,?\s(?P<within>{_MONTHS}))?)"
    r"(?:\s?r\.|\s+rok\w?)?\s{0,2}(?:[-|]\s|:)"
)
"""How a sentence begins in a chronicle that runs on: "Luty: …", "14.09.1990 - …", "Maj 2022: …"."""
_DAY_LINE = lazy(
    r"(?:\W|sesj[aie]|[ivxlc]+(?!\w)|r(?:oku)?(?!\w)|(?:poniedzial|wtor|srod|czwart|piat|sobot)\w{1,3}|godz\w*|\d\d?[:.]\d\d)*"
)
"""What a line over a list has beside its day."""
_YEAR_LINE = lazy(r"\W*(?:rok\s+)?(?P<year>(?:19|20)\d\d)(?:\s?r\.?|\s+rok|\s+roku)?\W*")
_CHRONICLE = lazy(
    r"(?<!\w)(?:kalendari\w+|kronik\w+|histori\w+|dziej\w+|z\s+kalendarza|w\s+datach|(?:dzien|rok|krok)\s+po\s+(?:dniu|roku|kroku)|(?:najwazniejsz\w+\s+)?wydarzeni\w+|rok\s+\d{4}\s+w|podsumowani\w+|os\s+czasu)(?!\w)"
)
_TO_BE_DONE = lazy(
    r"(?<!\w)(?:plan\w*\s+(?:pracy|na|dzialan)|harmonogram\w*|zapowied\w+|kalendarz\s+(?:imprez|wydarzen|sesji))(?!\w)"
)
_HEAD = 300
_ABOVE = 40
"""How many lines up the heading with an entry's year or month may stand."""
_STEMS = ("st", "lu", "mar", "kw", "maj", "cz", "lip", "si", "wr", "pa", "lis", "gr")


@dataclass(frozen=True, slots=True)
class _Label:
    year: int
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str:
        if self.month is None or self.day is None:
            return f"{self.year:04d}" if self.month is None else f"{self.year:04d}-{self.month:02d}"
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"


def told_as_past(reading: Reading, sentence: Sentence) -> bool:
    """Whether an entry of a chronicle tells the past, in whatever tense: "2003 – Miasto opuszcza Związek".

    An entry is a line, or in a running text a sentence that begins with its day.
    """
    part = sentence.segment
    if _YEAR.match(reading.clean.folded, part.start, min(part.end, part.start + 24)) is not None:
        return True
    labelled = _label(reading, part) is not None
    opens = any(front.match(sentence.folded) is not None for front in (_FRONT, _YEAR, _IN_SHORT))
    if not (labelled or opens):
        return False
    chronicle = _CHRONICLE.search(reading.clean.folded, 0, _HEAD) is not None
    if chronicle and labelled:
        return True
    return opens and not _is_to_come(reading, sentence) and (chronicle or _has_several_fronts(reading))


_IN_SHORT = lazy(
    r"\W*(?:[\w-]+\s+){0,4}?(?:histori|kronik|kalendari|dziej)\w*(?:\s+[\w-]+){0,3}\s?:\s(?=(?:19|20)\d\d\s(?:r\.?\s|roku\s)?-\s)",
    *("histori", "kronik", "kalendari", "dziej"),
)
"""A chronicle in one sentence: "Historia w pigułce: 1996 – nowy basen; 1998 – rada uchwala …"."""
_IN_PRESENT = {"decide": "decide_present", "refuse": "refuse_present"}


def told_done(reading: Reading, sentence: Sentence, deed: str) -> tuple[str, ...]:
    """The classes of words by which a sentence tells a deed as done: in a chronicle also those of its present tense."""
    present = _IN_PRESENT[deed]
    return (deed, present) if sentence.has(present) and told_as_past(reading, sentence) else (deed,)


def _is_to_come(reading: Reading, sentence: Sentence) -> bool:
    """Whether an entry is of a day behind the page's: of what is to come a calendar tells in the present, too."""
    today = reading.reference
    days = [d for d in sentence.dates[:1] if d.day is not None and d.explicit_year]
    now = (today.year or 0, today.month or 0, today.day or 0)
    return any((d.year or 0, d.month or 0, d.day or 0) > now for d in days) and today.day is not None


def _has_several_fronts(reading: Reading) -> bool:
    """Whether sentences begin with whole dates one after the other: "Maj 2022: … Sierpień 2024: …", and are no plan."""
    fronts = [m for m in (_FRONT.match(s.folded) for s in reading.sentences) if m and YEAR.search(m[0])]
    return len(fronts) > 1 and _TO_BE_DONE.search(reading.clean.folded, 0, _HEAD) is None


def date_entries(reading: Reading, events: Iterable[Event]) -> None:
    """Give events without a date that of the entry they stand in, and days without a year the entry's year."""
    for event in events:
        if event.stage is Stage.MEMBER or not event.rule.startswith(("sentence.", "register.row")):
            continue
        if event.date is not None and len(event.date) > 4:
            continue
        part = next((p for p in reading.parts if p.start <= event.anchor < p.end), None)
        if part is None:
            continue
        label = _label(reading, part)
        if event.date is not None:
            if label is not None and label.iso.startswith(event.date):
                event.date = label.iso
            continue
        days = [d for d in reading.dates if part.start <= d.start < part.end and d.month is not None]
        if label is None:
            here = next((s for s in reading.sentences_of(part) if s.start <= event.anchor < s.end), None)
            front = _front_of(reading, here) if here is not None else None
            if front is not None:
                event.date = front.iso
                continue
        if label is None:
            if len(days) == 1 and days[0].year is None and is_report(reading.clean.folded):
                year = year_of(reading, days[0].month or 1)
                event.date = replace(days[0], year=year).iso if year is not None else None
            continue
        if label.month is None and len(days) == 1 and days[0].year is None:
            event.date = replace(days[0], year=label.year).iso
        elif not days or label.day is not None or all(d.month == label.month and d.day is None for d in days):
            event.date = label.iso


def _label(reading: Reading, part: Segment) -> _Label | None:
    folded = reading.clean.folded
    end = min(part.end, part.start + 24)
    year = _YEAR.match(folded, part.start, end)
    if year is not None:
        return _Label(int(year["year"]))
    heads = _Headings.above(reading, part)
    numbered = _DAY.match(folded, part.start, end)
    if numbered is not None:
        return _dated(reading, heads, int(numbered["day"]), int(numbered["month"]))
    named = _DAY_OF_MONTH.match(folded, part.start, min(part.end, part.start + 32))
    if named is not None:
        return _dated(reading, heads, int(named["day"]), _month(named["name"]))
    roman = _DAY_ROMAN.match(folded, part.start, end)
    if roman is not None:
        return _dated(reading, heads, int(roman["day"]), _ROMAN.index(roman["roman"]) + 1)
    alone = _DAY_ALONE.match(folded, part.start, end)
    if alone is not None and heads.month is not None:
        return _dated(reading, heads, int(alone["day"]), heads.month)
    of_month = _MONTH_LABEL.match(folded, part.start, min(part.end, part.start + 24))
    if of_month is not None and _CHRONICLE.search(folded, 0, _HEAD) is not None:
        month = _month(of_month["name"])
        its_year = heads.own_year or year_of(reading, month)
        return _Label(its_year, month) if its_year is not None else None
    if heads.own_year is None or not heads.directly:
        return None
    return _Label(heads.own_year, heads.month)


def _front_of(reading: Reading, sentence: Sentence) -> _Label | None:
    """The date that a sentence of a chronicle in running text begins with."""
    front = _FRONT.match(sentence.folded)
    if front is None or not told_as_past(reading, sentence):
        return None
    told = next((d for d in sentence.dates if d.start - sentence.start < front.end() and d.month is not None), None)
    if told is not None and told.year is not None and told.explicit_year:
        return _Label(told.year, told.month, told.day)
    if front["year"] is not None:
        return _Label(int(front["year"]), _month(front["within"]) if front["within"] is not None else None)
    if told is None and front["name"] is None:
        return None
    month = told.month if told is not None and told.month is not None else _month(front["name"])
    year = _Headings.above(reading, sentence.segment).own_year or year_of(reading, month)
    return _Label(year, month, told.day if told is not None else None) if year is not None else None


def _dated(reading: Reading, heads: _Headings, day: int, month: int) -> _Label | None:
    year = heads.own_year or year_of(reading, month)
    return _Label(year, month, day) if year is not None and 1 <= month <= 12 and 1 <= day <= 31 else None


@dataclass(frozen=True, slots=True)
class _Headings:
    """What the lines over an entry say of its date; `directly`, whether nothing but such entries lies between."""

    own_year: int | None = None
    month: int | None = None
    directly: bool = False

    @classmethod
    def above(cls, reading: Reading, part: Segment) -> _Headings:
        """The nearest lines with a year alone, or a month alone, over an entry."""
        month = None
        lines = [p for p in reading.parts if p.start < part.start][-_ABOVE:]
        for step, earlier in enumerate(reversed(lines)):
            line = reading.clean.folded[earlier.start : earlier.end]
            if len(line) > 24:
                continue
            match = _MONTH_LINE.fullmatch(line)
            if match is not None and month is None:
                month = _month(match["name"])
                if match["year"]:
                    return cls(int(match["year"]), month, directly=step < 2)
            match = _YEAR_LINE.fullmatch(line)
            if match is not None:
                return cls(int(match["year"]), month, directly=step == 0)
        return cls(None, month)


def _month(name: str) -> int:
    return next(number for number, stem in enumerate(_STEMS, 1) if re.match(stem, name))


def year_of(reading: Reading, month: int) -> int | None:
    """The year of a report by its head; of a period over the turn of a year the one that the month falls in."""
    return year_in_head(reading.clean.folded, month)


def labelled_time(reading: Reading, place: int) -> str | None:
    """The month that a plan of work puts before its points ("Maj: …"), or the day over them, in its title's year."""
    year = next((d.year for d in reading.dates if d.start < 300 and d.year is not None), None)
    for index, part in enumerate(reading.parts):
        if year is not None and part.start <= place < part.end:
            day = _day_over(reading, index)
            if day is not None:
                return replace(day, year=day.year or year).iso
            label = re.match(
                r"(?P<month>[a-z]{3,12})(?:\s+(?:19|20)\d\d)?\s*(?:r\.)?\s*[:|-]\s",
                reading.clean.folded[part.body or part.start : part.end],
            )
            at = next((n for n, stem in enumerate(STEMS, 1) if label and label["month"].startswith(stem)), None)
            return f"{year}-{at:02d}" if at else None
    return None


def _day_over(reading: Reading, index: int) -> DateMention | None:
    """The day that stands alone in the line over a list, of which one part is an item."""
    if not reading.parts[index].level:
        return None
    over = next((p for p in reversed(reading.parts[max(0, index - _ABOVE) : index]) if not p.level), None)
    days = [d for d in reading.dates if over is not None and over.start <= d.start < over.end and d.day is not None]
    if over is None or len(days) != 1:
        return None
    rest = reading.clean.folded[over.start : days[0].start] + reading.clean.folded[days[0].end : over.end]
    return days[0] if _DAY_LINE.fullmatch(rest) else None

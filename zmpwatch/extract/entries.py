"""Entries of chronicles and reports that begin with their date: "1995 – …", "• 22.10 – …", "Maj 2011: …"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from zmpwatch.extract.event import Event
from zmpwatch.extract.layout import Segment
from zmpwatch.extract.lazy import lazy
from zmpwatch.extract.reading import Reading
from zmpwatch.model import Stage

__all__ = ["date_entries", "label_year"]

_YEAR = lazy(r"[\W_]{0,6}(?P<year>(?:19|20)\d\d)(?:\s?r(?:\.|oku|ok)?)?\s{0,3}(?:[-:|]|\.\s)")
_DAY = lazy(r"[\W_]{0,6}(?P<day>[0-3]?\d)\.(?P<month>[01]?\d)\.?\s{0,3}(?:r\.\s{0,3})?(?:[-:|]|\s-)")
_HEAD_YEAR = lazy(r"(?<![\d/])(?:19|20)\d\d(?![\d/])")
_REPORT = lazy(
    r"(?<!\w)(?:sprawozdani\w+|raport\w*|informacj\w+\s+(?:\w+\s+){0,3}(?:dzialalnosci|realizacji|pracy|wykonaniu)|kalendarium|kronik\w+|podsumowani\w+|uchwal\w+\s+podjet\w+|rok\s+\d{4}\s+w)(?!\w)"
)
_HEAD = 300


@dataclass(frozen=True, slots=True)
class _Label:
    year: int
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str:
        if self.month is None or self.day is None:
            return f"{self.year:04d}"
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"


def label_year(reading: Reading, part: Segment) -> int | None:
    """The year that an entry begins with."""
    match = _YEAR.match(reading.clean.folded, part.start, min(part.end, part.start + 24))
    return int(match["year"]) if match is not None else None


def date_entries(reading: Reading, events: Iterable[Event]) -> None:
    """Give events without a date that of the entry they stand in, and days without a year the entry's year."""
    for event in events:
        if event.date is not None or event.stage is Stage.MEMBER or not event.rule.startswith("sentence."):
            continue
        part = next((p for p in reading.parts if p.start <= event.anchor < p.end), None)
        if part is None:
            continue
        label = _label(reading, part)
        days = [d for d in reading.dates if part.start <= d.start < part.end and d.month is not None]
        if label is None:
            if len(days) == 1 and days[0].year is None and _REPORT.search(reading.clean.folded, 0, _HEAD):
                year = _year_of(reading, days[0].month or 1)
                event.date = replace(days[0], year=year).iso if year is not None else None
            continue
        if label.month is None and len(days) == 1 and days[0].year is None:
            event.date = replace(days[0], year=label.year).iso
        elif not days:
            event.date = label.iso


def _label(reading: Reading, part: Segment) -> _Label | None:
    year = label_year(reading, part)
    if year is not None:
        return _Label(year)
    match = _DAY.match(reading.clean.folded, part.start, min(part.end, part.start + 24))
    if match is None:
        return None
    day, month = int(match["day"]), int(match["month"])
    own = _year_of(reading, month)
    return _Label(own, month, day) if own is not None and 1 <= month <= 12 and 1 <= day <= 31 else None


def _year_of(reading: Reading, month: int) -> int | None:
    """The year of a report by its head; of a period over the turn of a year the one that the month falls in."""
    years = sorted({int(y) for y in _HEAD_YEAR.findall(reading.clean.folded, 0, _HEAD)})
    if len(years) == 1:
        return years[0]
    if len(years) == 2 and years[1] - years[0] == 1:
        return years[0] if month >= 7 else years[1]
    return None

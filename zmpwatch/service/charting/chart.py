"""What a chart shows: numbers with their days, and the scales they are drawn on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zmpwatch.judge import LONGEST_SILENCE

__all__ = ["Chart", "Mark", "Scale", "day_ticks", "value_ticks"]

_NEAR = 1.1

_DAY_STEPS = (1, 2, 7, 14)
_MONTH_STEPS = (1, 2, 3, 6)
_YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True, slots=True)
class Mark:
    """One number on its day. `on_line` says whether it makes the history; `about` tells it in words."""

    day: date
    value: int
    on_line: bool
    about: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Marks, oldest first, with what stands above and below them."""

    title: str
    marks: tuple[Mark, ...]
    note: str = ""

    @property
    def runs(self) -> list[list[Mark]]:
        """The marks of the line, cut where nothing is known for too long."""
        runs: list[list[Mark]] = []
        for mark in self.marks:
            if not mark.on_line:
                continue
            if runs and mark.day - runs[-1][-1].day <= LONGEST_SILENCE:
                runs[-1].append(mark)
            else:
                runs.append([mark])
        return runs

    @property
    def others(self) -> list[Mark]:
        """The marks beside the line that lie near it: a misread 30 must not flatten a line from 373 to 381."""
        least, most = self._line_values
        return [mark for mark in self.marks if not mark.on_line and least / _NEAR <= mark.value <= most * _NEAR]

    @property
    def _line_values(self) -> tuple[int, int]:
        values = [mark.value for mark in self.marks if mark.on_line] or [mark.value for mark in self.marks]
        return min(values), max(values)

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day, at least a month apart."""
        first, last = self.marks[0].day, self.marks[-1].day
        missing = timedelta(days=30) - (last - first)
        return (first - missing / 2, last + missing / 2) if missing > timedelta() else (first, last)

    @property
    def values(self) -> tuple[int, int]:
        """The least and the greatest number that is drawn, at least ten apart."""
        values = [*self._line_values, *(mark.value for mark in self.others)]
        low, high = min(values), max(values)
        missing = max(0, 10 - (high - low))
        return max(0, low - (missing + 1) // 2), high + missing // 2


@dataclass(frozen=True, slots=True)
class Scale:
    """From numbers (or ordinals of days) to places."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The place of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def value_ticks(low: int, high: int, most: int) -> list[int]:
    """Round numbers from at or below `low` to at or above `high`, at most `most` + 2 of them."""
    step = next(
        step
        for power in range(9)
        for step in (10**power, 2 * 10**power, 5 * 10**power)
        if (high - low) / step <= most - 1
    )
    return list(range(low // step * step, -(-high // step) * step + 1, step))


def day_ticks(first: date, last: date, most: int) -> list[tuple[date, str]]:
    """Round days from `first` to `last` with their labels, at most `most`: years, else months, else days."""
    for ticks in _tick_choices(first, last):
        if len(ticks) <= most:
            return ticks
    return []


def _tick_choices(first: date, last: date) -> Iterator[list[tuple[date, str]]]:
    span = (last - first).days
    if span <= 30 * _DAY_STEPS[-1]:
        for step in _DAY_STEPS:
            days = [first + timedelta(days=offset) for offset in range(0, span + 1, step)]
            yield [(day, day.isoformat()) for day in days]
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    if len(months) <= 12 * _MONTH_STEPS[-1]:
        for step in _MONTH_STEPS:
            starts = [date(month // 12, month % 12 + 1, 1) for month in months if month % step == 0]
            yield [(day, day.isoformat()[:7]) for day in _inside(starts, first, last)]
    for step in _YEAR_STEPS:
        starts = [date(year, 1, 1) for year in range(first.year, last.year + 1) if year % step == 0]
        yield [(day, str(day.year)) for day in _inside(starts, first, last)]


def _inside(days: Sequence[date], first: date, last: date) -> list[date]:
    return [day for day in days if first <= day <= last]

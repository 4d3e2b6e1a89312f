"""A date of a text, and the page's own date that it is resolved against."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["DateMention", "ReferenceDate"]


_JUST_PASSED = 60
"""So many days ago a day that was to come may lie."""


@dataclass(frozen=True, slots=True)
class ReferenceDate:
    """The page's own date, as far as it is known."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, iso: str | None) -> ReferenceDate:
        """From an ISO date cut to the precision known; anything else knows nothing."""
        match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", iso or "")
        if match is None:
            return cls()
        return cls(int(match[1]), int(match[2]) if match[2] else None, int(match[3]) if match[3] else None)

    def year_of(self, month: int, day: int | None, *, ahead: bool = False) -> int | None:
        """The year of a day and month named without one: the nearest past one, or with `ahead` the nearest to come."""
        if self.year is None:
            return None
        if self.month is None:
            return self.year
        here, there = (self.month, self.day or 31), (month, day or 1)
        if ahead and (month, day or 31) < (self.month, self.day or 1):
            # "sesji wyznaczonej na 28 maja" on a page of 30 May: it was still to come then, and has passed
            passed = (self.month - month) * 30 + (self.day or 1) - (day or 31)
            return self.year if passed <= _JUST_PASSED else self.year + 1
        if ahead:
            return self.year
        return self.year if there <= here else self.year - 1

    def next_weekday(self, mention: DateMention) -> str | None:
        """As in "We wtorek sesja", told of what is to come: the next such day, not the last; None of another date."""
        if mention.kind != "weekday" or self.day is None or mention.day is None:
            return None
        day = date(mention.year or 1, mention.month or 1, mention.day)
        if day < date(self.year or 1, self.month or 1, self.day):
            day += timedelta(days=7)
        return day.isoformat()


# nobody changes one; a frozen one takes four times as long to make, and a page has dozens
@dataclass(slots=True)
class DateMention:
    """A date of a text. `iso` is cut to what is known, or None; `until` is the end of a range of years."""

    start: int
    end: int
    kind: str
    year: int | None
    month: int | None
    day: int | None
    explicit_year: bool
    until: int | None = None

    @property
    def iso(self) -> str | None:
        """ISO, cut to the precision known; None without a year."""
        if self.year is None:
            return None
        if self.month is None:
            return f"{self.year:04d}"
        if self.day is None:
            return f"{self.year:04d}-{self.month:02d}"
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"

"""The year that the title of a report names and days in it leave out: "Raport za 2013 rok … (28 lutego)"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.words.lazy import lazy

__all__ = ["YEAR", "is_report", "with_years_of_report", "year_in_head"]

YEAR = lazy(r"(?<![\d/])(?:19|20)\d\d(?![\d/])")
_REPORT = lazy(
    r"(?<!\w)(?:sprawozdani\w+|raport\w*|informacj\w+\s+(?:\w+\s+){0,3}(?:dzialalnosci|realizacji|pracy|pracach|wykonaniu|uchwalach)"
    r"|(?<!plan\s)(?<!planu\s)(?:dzialalnosc|prac|dzialan|aktywnosc)\w{0,3}\s+(?:rad[ay]|burmistrza|prezydenta|wojta|zarzadu)|kalendari\w+|kronik\w+|podsumowani\w+|uchwal\w*\s+podjet\w+|(?:wykaz|rejestr|spis|skorowidz|zestawienie|archiwum)\w*\s+(?:[a-z]+\s+)?uchwal\w*|rok\s+\d{4}\s+w|uchwaly\s+(?:[a-z]+\s+){0,3}z\s+\d{4}\s+roku)(?!\w)"
)
_HEAD = 300
_SECOND_HALF = 7


def is_report(folded: str) -> bool:
    """Whether the head of a folded text says that it reports on a time that has passed."""
    return _REPORT.search(folded, 0, _HEAD) is not None


def year_in_head(folded: str, month: int) -> int | None:
    """The year that the head names; of a period over the turn of a year the one that a month falls in."""
    years = sorted({int(y) for y in YEAR.findall(folded, 0, _HEAD)})
    if len(years) == 1:
        return years[0]
    if len(years) == 2 and years[1] - years[0] == 1:
        return years[0] if month >= _SECOND_HALF else years[1]
    return None


def with_years_of_report(folded: str, dates: Sequence[DateMention]) -> list[DateMention]:
    """The dates of a text, those without a year in the year that it reports on."""
    if all(d.year is not None or d.month is None for d in dates) or not is_report(folded):
        return list(dates)
    return [
        replace(d, year=year_in_head(folded, d.month)) if d.year is None and d.month is not None else d for d in dates
    ]

"""Dates as Polish pages write them, to ISO; what no calendar has is no date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

__all__ = ["dates_in", "iso_date", "machine_date"]

YEARS = range(1990, 2101)
"""Years a page of the web may be published in; no clock is asked."""

_WARSAW = ZoneInfo("Europe/Warsaw")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "stycznia styczeń styczen sty i",
            "lutego luty lut ii",
            "marca marzec mar iii",
            "kwietnia kwiecień kwiecien kwi iv",
            "maja maj v",
            "czerwca czerwiec cze vi",
            "lipca lipiec lip vii",
            "sierpnia sierpień sierpien sie viii",
            "września wrzesień wrzesnia wrzesien wrz ix",
            "października październik pazdziernika pazdziernik paź paz x",
            "listopada listopad lis xi",
            "grudnia grudzień grudzien gru xii",
        ),
        start=1,
    )
    for name in names.split()
}
_ENGLISH = {
    name: number
    for number, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        start=1,
    )
}
_NAMES = "|".join(sorted({*_MONTHS, *_ENGLISH}, key=len, reverse=True))
_DATE = re.compile(
    r"(?<![\d.,/:-])(?:"
    r"(?P<y1>\d{4})[-./](?P<m1>\d{1,2})[-./](?P<d1>\d{1,2})"
    r"|(?P<d2>\d{1,2})\s?[-./]\s?(?P<m2>\d{1,2})\s?[-./]\s?(?P<y2>\d{4})"
    rf"|(?P<d3>\d{{1,2}})[\s.,-]{{1,3}}(?P<n3>{_NAMES})\.?,?[\s.-]{{1,3}}(?P<y3>\d{{4}})"
    rf"|(?P<n4>{'|'.join(_ENGLISH)})\s(?P<d4>\d{{1,2}}),?\s(?P<y4>\d{{4}})"
    r")(?!\d|[-./]\d)",
    re.IGNORECASE,
)
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")
_STAMP = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(?:[.,]\d+)?\s?(Z|[+-]\d{2}:?\d{2})?)?", re.IGNORECASE
)


def iso_date(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """The ISO form cut to what is given, or None where the calendar has no such day."""
    if year not in YEARS:
        return None
    if month is None:
        return f"{year:04}"
    try:
        whole = date(year, month, day or 1)
    except ValueError:
        return None
    return whole.isoformat() if day else whole.isoformat()[:7]


def dates_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Full dates in a line of text with the place they stand, in order."""
    for found in _DATE.finditer(text):
        parts = {key[0]: value for key, value in found.groupdict().items() if value}
        name = parts.get("n", "").lower()
        month = (_MONTHS.get(name) or _ENGLISH.get(name)) if name else int(parts["m"])
        if iso := iso_date(int(parts["y"]), month, int(parts["d"])):
            yield iso, found.start(), found.end()


def machine_date(value: str) -> str | None:
    """A date out of an attribute, JSON-LD or a feed: ISO 8601, RFC 822, else the first written date.

    An instant with a time zone gives the day it was in Warsaw.
    """
    value = value.strip()
    if whole := _ISO.match(value):
        year, month, day = (int(part) if part else None for part in whole.groups())
        return iso_date(year or 0, month, day)
    if stamp := _STAMP.match(value):
        day_part, clock, seconds, zone = stamp.groups()
        if not (clock and zone):
            return iso_date(*map(int, day_part.split("-")))
        try:
            instant = datetime.fromisoformat(f"{day_part}T{clock}{seconds or ':00'}{zone.upper()}")
            return iso_date(*instant.astimezone(_WARSAW).timetuple()[:3])
        except (ValueError, OverflowError):
            return None
    try:
        instant = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return next((iso for iso, _, _ in dates_in(value)), None)
    try:
        local = instant.astimezone(_WARSAW) if instant.tzinfo else instant
    except OverflowError:
        return None
    return iso_date(local.year, local.month, local.day)

"""Dates that addresses ask for: months of calendars, years of archives; and numbers that only look like them."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

__all__ = ["date_of", "tells_a_date"]

_DATED_PLACE = re.compile(
    r"kalend|calendar|terminarz|wydarzen|event|imprez|archiw|archive|harmonogram|repertuar|(?:^|/)(?:rok|year|month|miesiac)(?:/|$)",
    re.IGNORECASE,
)
_ISO = re.compile(r"((?:19|20|21|22)\d\d)[-_.](0?[1-9]|1[0-2])(?:[-_.](?:0?[1-9]|[12]\d|3[01]))?")
_COMPACT = re.compile(r"((?:19|20|21|22)\d\d)(0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?")
_YEAR = re.compile(r"(?:19|20|21|22)\d\d")
_MONTH = re.compile(r"0?[1-9]|1[0-2]")
_YEAR_NAME = re.compile(r"(?:\w*_)?(?:rok|year|yr|y)", re.IGNORECASE)
_MONTH_NAME = re.compile(r"(?:\w*_)?(?:miesiac|mies|month|mon|m)", re.IGNORECASE)
_DATE_NAME = re.compile(
    r"\w*(?:data|date|dzien|day|miesiac|month|kalendarz|calendar|tydzien|week)\w*|od|do|from|to", re.IGNORECASE
)
_TAIL = re.compile(
    r"/((?:19|20|21|22)\d\d)(?:/(0?[1-9]|1[0-2])(?:/(?:0?[1-9]|[12]\d|3[01]))?)?/?(?:index)?(?:\.\w{2,5})?$"
)


def date_of(url: str) -> tuple[int, int] | None:
    """Year and month an address asks for, as calendars and archives by date do; month 0 where it names a year only.

    >>> date_of("https://a.example/kalendarz?rok=2031&miesiac=4"), date_of("https://a.example/wydarzenia/2031/04/")
    ((2031, 4), (2031, 4))
    >>> date_of("https://a.example/2024/05/12/przystapilismy-do-zwiazku/") is None
    True
    """
    parts = urlsplit(url)
    year = month = None
    for name, value in parse_qsl(parts.query):
        whole = _ISO.fullmatch(value) or (_DATE_NAME.fullmatch(name) and _COMPACT.fullmatch(value))
        if whole:
            return int(whole[1]), int(whole[2])
        if _YEAR.fullmatch(value) and (_YEAR_NAME.fullmatch(name) or _DATE_NAME.fullmatch(name)):
            year = int(value)
        elif _MONTH.fullmatch(value) and _MONTH_NAME.fullmatch(name):
            month = int(value)
    if year is not None:
        return year, month or 0
    if found := _TAIL.search(parts.path):
        if not found[2] and not _is_dated(parts.path[: found.start()]):
            return None
        return int(found[1]), int(found[2] or 0)
    last = parts.path.rstrip("/").rpartition("/")[2]
    whole = _ISO.fullmatch(last)
    return (int(whole[1]), int(whole[2])) if whole else None


def _is_dated(place: str) -> bool:
    """Whether numbers below a path are dates by the path alone; it is empty in "/2031/04/"."""
    return not place or _DATED_PLACE.search(place) is not None


def tells_a_date(url: str) -> bool:
    """Whether an address tells by itself that its numbers are a date: "/wiadomosci/2031/12" may be an article's."""
    parts = urlsplit(url)
    if found := _TAIL.search(parts.path):
        return bool(parts.query) or found[0].count("/") > 3 or _is_dated(parts.path[: found.start()])
    before, _, last = parts.path.rstrip("/").rpartition("/")
    return last.count("-") + last.count("_") + last.count(".") != 1 or _is_dated(before)

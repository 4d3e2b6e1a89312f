"""Dates that addresses ask for: months of calendars, years of archives; and numbers that only look like them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import parse_qsl, unquote, urlsplit

__all__ = ["date_of", "dated_place", "tells_a_date"]

_DATED_PLACE = re.compile(
    r"kalend|calendar|terminarz|wydarzen|event|imprez|archiw|archive|harmonogram|repertuar|(?:^|/)(?:rok|year|month|miesiac)(?:/|$)",
    re.IGNORECASE,
)
_Y, _M, _D = r"(?:19|20|21|22)\d\d", r"0?[1-9]|1[0-2]", r"0?[1-9]|[12]\d|3[01]"
_HOLDS_A_DATE = re.compile(rf"{_Y}|\d{{9,13}}")
"""Most addresses hold neither a year nor a moment in seconds, and need no closer look."""
_ISO = re.compile(rf"({_Y})[-_.,]({_M})(?:[-_.,](?:{_D}))?")
_TURNED = re.compile(rf"(?:(?:{_D})[-_.,])?({_M})[-_.,]({_Y})")
"""Day, month and year as Polish has them."""
_COMPACT = re.compile(rf"({_Y})(0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?")
_WEEK = re.compile(rf"({_Y})-?W(0[1-9]|[1-4]\d|5[0-3])", re.IGNORECASE)
_MOMENT = re.compile(r"(\d{9,10})(?:\d{3})?")
"""Seconds since 1970, or thousandths of them."""
_MONTHS = (
    *("stycz", "lut", "mar", "kwie", "maj", "czerw", "lip", "sierp", "wrze", "pa[zź]dziernik", "listopad", "grud"),
    *("jan", "feb", "mar", "apr", "may", "june", "july", "aug", "sep", "oct", "nov", "dec"),
)
_NAMES = "|".join(f"({name})" for name in _MONTHS)
_NAMED = re.compile(rf"(?:(?:{_D})[-_., ])?(?:{_NAMES})\w{{0,6}}[-_., ](?P<year>{_Y})", re.IGNORECASE)
_NAME = re.compile(rf"(?:{_NAMES})\w{{0,6}}", re.IGNORECASE)
_YEAR = re.compile(_Y)
_MONTH = re.compile(_M)
_YEAR_NAME = re.compile(r"(?:\w*_)?(?:rok|year|yr|y)", re.IGNORECASE)
_MONTH_NAME = re.compile(r"(?:\w*_)?(?:miesiac|mies|month|mon|m)", re.IGNORECASE)
_DATE_NAME = re.compile(
    r"[\w-]*(?:data|date|dzien|day|miesiac|month|kalendarz|calendar|tydzien|week)[\w-]*|ymd?|od|do|from|to",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r".*\[(\w+)\]")
"""``tx_cal[year]``: names as TYPO3 and PHP have them."""
_TAIL = re.compile(rf"/({_Y})(?:/({_M})(?:/(?:{_D}))?)?/?(?:-|index)?(?:\.\w{{2,5}})?$")
_SUFFIX = re.compile(r"\.[a-z]\w{1,4}$", re.IGNORECASE)
_NUMBERS = re.compile(r"[#\-_.,/]*#[#\-_.,/]*")
_NAMED_PLACE = re.compile(rf"(?<![a-z])(?:{_NAMES})\w{{0,6}}(?=[-_., ]#)", re.IGNORECASE)


def date_of(url: str) -> tuple[int, int] | None:
    """Year and month an address asks for, as calendars and archives by date do; month 0 where it names a year only.

    >>> date_of("https://a.example/kalendarz?rok=2031&miesiac=4"), date_of("https://a.example/wydarzenia/2031/04/")
    ((2031, 4), (2031, 4))
    >>> date_of("https://a.example/sesje/5-kwietnia-2031"), date_of("https://a.example/sesje?dzien=05.04.2031")
    ((2031, 4), (2031, 4))
    >>> date_of("https://a.example/2024/05/12/przystapilismy-do-zwiazku/") is None
    True
    """
    if not _HOLDS_A_DATE.search(url):
        return None
    parts = urlsplit(url)
    return _in_query(parts.query) or _in_path(parts.path)


def _in_query(query: str) -> tuple[int, int] | None:
    year = month = None
    for long_name, value in parse_qsl(query):
        name = inner[1] if (inner := _IN_BRACKETS.fullmatch(long_name)) else long_name
        dated = _DATE_NAME.fullmatch(name) is not None
        if (whole := _whole(value, moments=dated)) is not None:
            return whole
        if dated and (compact := _COMPACT.fullmatch(value)):
            return int(compact[1]), int(compact[2])
        if _YEAR.fullmatch(value) and (dated or _YEAR_NAME.fullmatch(name)):
            year = int(value)
        elif dated or _MONTH_NAME.fullmatch(name):
            month = _month_of(value) or month
    return None if year is None else (year, month or 0)


def _month_of(value: str) -> int | None:
    if _MONTH.fullmatch(value):
        return int(value)
    named = _NAME.fullmatch(value)
    return _number_of(named) if named else None


def _in_path(path: str) -> tuple[int, int] | None:
    if found := _TAIL.search(path):
        if not found[2] and not _is_dated(path[: found.start()]):
            return None
        return int(found[1]), int(found[2] or 0)
    before, _, last = path.rstrip("/").rpartition("/")
    last = _SUFFIX.sub("", unquote(last))
    if (whole := _whole(last, moments=_DATE_NAME.fullmatch(before.rpartition("/")[2]) is not None)) is not None:
        return whole
    # "kalendarium,2031,12": a word, then the date
    place, comma, rest = last.partition(",")
    return _whole(rest, moments=False) if comma and place.isalpha() and _is_dated(place) else None


def _whole(text: str, *, moments: bool) -> tuple[int, int] | None:
    """Year and month of a text that is nothing but a date; `moments` says that a number may be one in seconds."""
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2])
    if found := _TURNED.fullmatch(text):
        return int(found[2]), int(found[1])
    if found := _WEEK.fullmatch(text):
        return int(found[1]), min(12, int(found[2]) * 12 // 53 + 1)
    if found := _NAMED.fullmatch(text):
        return int(found["year"]), _number_of(found)
    if moments and (found := _MOMENT.fullmatch(text)):
        at = datetime.fromtimestamp(int(found[1]), UTC)
        return at.year, at.month
    return None


def _number_of(named: re.Match[str]) -> int:
    """Which month a match of `_NAMES` is, from 1."""
    first = next(n for n, name in enumerate(named.groups()[: len(_MONTHS)]) if name)
    return first % 12 + 1


def dated_place(url: str, place: str) -> str:
    """What the addresses of one calendar have in common, of months and of days.

    Args:
        url: an address that has a date.
        place: its kind, numbers as ``#``; see `zmpwatch.crawl.traps.kindred_of`.

    >>> dated_place("https://a.example/sesje/5-kwietnia-2031", "a.example/sesje/#-kwietnia-#")
    'a.example/sesje#'
    """
    return _NUMBERS.sub("#", _NAMED_PLACE.sub("#", place) if _NAME.search(url) else place)


def _is_dated(place: str) -> bool:
    """Whether numbers below a path are dates by the path alone; it is empty in "/2031/04/"."""
    return not place or _DATED_PLACE.search(place) is not None


def tells_a_date(url: str) -> bool:
    """Whether an address tells by itself that its numbers are a date: "/wiadomosci/2031/12" may be an article's."""
    parts = urlsplit(url)
    if parts.query and _in_query(parts.query) is not None:
        return True
    if found := _TAIL.search(parts.path):
        return bool(parts.query) or found[0].strip("/-").count("/") > 1 or _is_dated(parts.path[: found.start()])
    before, _, last = parts.path.rstrip("/").rpartition("/")
    return last.count("-") + last.count("_") + last.count(".") != 1 or _is_dated(before)

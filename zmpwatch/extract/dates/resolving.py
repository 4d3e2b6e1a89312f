"""Dates as texts write them, resolved against the page's date, cut to what is known.

A date whose year can't be known is kept with `iso` None: it says that there was one, and that we don't know it.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache

from zmpwatch.extract.dates.forms import ENGLISH, ENGLISH_DAYS, ROMAN, STEMS, WEEKDAYS
from zmpwatch.extract.dates.mention import DateMention, ReferenceDate
from zmpwatch.extract.dates.windows import match_dates
from zmpwatch.extract.dates.years import (
    days_named_once,
    days_of_years_ago,
    narrowed,
    years_from_twins,
    years_led,
    years_shared,
    years_told_on,
)
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.numerals import find_numbers

__all__ = ["DateMention", "ReferenceDate", "match_dates", "resolve_dates"]

# Around a date these say that the day is still to come, or that it has passed.
_TO_COME = lazy(
    r"(?<!\w)(?:zajm(?:a|ie)|bedzie|beda|odbedzie|zdecyduj(?:a|e)|zadecyduj(?:a|e)|zaglosuj(?:a|e)|podejm(?:a|ie)|rozstrzygn(?:a|ie)"
    r"|ma(?:ja)?\s+(?:byc|zostac|trafic|stanac|zapasc|glosowac|rozpatrzyc|zdecydowac|podjac|(?:sie\s+)?(?:odbyc|zajac))|planowan\w+|zaplanowan\w+|wyznacz\w+|przewidzian\w+|przewiduj\w+|zwolan\w+|najblizsz\w+|nadchodzac\w+|zbierz(?:e|a)"
    r"|(?:wpisa|wlaczy|trafi|umiesci)\w*\s+(?:\w+\s+){0,3}?(?:do|w)\s+(?:porzad\w+|program\w+)|(?:do|w)\s+(?:porzad\w+|program\w+)\s+[^.;]{0,40}?(?:wpisa|wlaczy|trafi|umiesci)\w*"
    r"|pochyl(?:i|a)|rozpatrz(?:y|a)|przedstawi|wejdzie|wygasnie|ustanie|opusci|wystapi|wyjdzie|odejdzie|przystapi|wstapi|dolaczy|will|planned|scheduled)(?!\w)",
    *(
        "bedzie",
        "beda",
        "zajm",
        "decyduj",
        "zaglosuj",
        "podejm",
        "rozstrzygn",
        "planowan",
        "wyznacz",
        "przewid",
        "zwolan",
    ),
    *(
        "najblizsz",
        "nadchodz",
        "zbierz",
        "pochyl",
        "rozpatrz",
        "przedstawi",
        "wejdzie",
        "wygasnie",
        "ustanie",
        "opusci",
    ),
    *(
        "wystapi",
        "wyjdzie",
        "odejdzie",
        "przystapi",
        "wstapi",
        "dolaczy",
        "will",
        "planned",
        "scheduled",
        "byc",
        "zostac",
        "trafic",
        "stanac",
    ),
    *("zapasc", "glosowac", "decydowac", "podjac", "zajac", "porzad", "program"),
)

_GONE = lazy(
    r"(?<!\w)(?:przestal\w*|wygasl\w*|ustal\w*|opuscil\w*|wystapil\w*|wyszl\w*|odszedl|odeszl\w*|zakonczyl\w*|utracil\w*|ubyl\w*|skreslon\w+|pozegnal\w*"
    r"|left|ceased)(?!\w)"
)

_ROUGHLY = lazy(
    r"(?<!\w)(?:ponad|przeszlo|prawie|niemal|blisko|okolo|ok\.|jakies|niespelna|niecale|kilkanascie|over|almost|about|some)\s+$"
)
"""Before a number of years: the year can't be counted from it."""
_SENTENCE_END = lazy(r"[;!?\n]|\.(?:\s|$)")


_NEAR = 80


def _is_told_around(pattern: re.Pattern[str], match: re.Match[str]) -> bool:
    """Whether a pattern stands in the piece of sentence around a match, `_NEAR` characters to either side at most."""
    text = match.string
    before, after = text[max(0, match.start() - _NEAR) : match.start()], text[match.end() : match.end() + _NEAR]
    if pattern.search(f"{before} {match[0]} {after}") is None:
        return False
    before, after = _SENTENCE_END.split(before)[-1], _SENTENCE_END.split(after, maxsplit=1)[0]
    return pattern.search(f"{before} {match[0]} {after}") is not None


def resolve_dates(matches: list[tuple[str, re.Match[str]]], reference: ReferenceDate) -> list[DateMention]:
    """The dates that matches mean on a page of a given date."""
    found: list[DateMention] = []
    told: DateMention | None = None
    day_told: DateMention | None = None
    for kind, match in sorted(matches, key=lambda each: each[1].start()):
        years = kind == "later" and _in_years(match)
        mention = _mention(kind, match, reference, day_told if kind == "later" and not years else told)
        if mention is None:
            continue
        found.append(mention)
        if mention.year is not None and kind not in _NOT_TOLD:
            told = mention
            day_told = mention if mention.month is not None else day_told
    folded = matches[0][1].string if matches else ""
    once = narrowed(days_of_years_ago(days_named_once(found, folded), folded), folded)
    shared = years_told_on(years_led(years_shared(once, folded), folded), folded)
    return list(years_from_twins(shared))


_NOT_TOLD = ("years_back", "years_ago", "year_range", "relative_day")
"""What "a day later" never refers to."""


def _mention(kind: str, match: re.Match[str], reference: ReferenceDate, told: DateMention | None) -> DateMention | None:
    groups = match.groupdict()
    start, end = match.span()
    if kind in ("year", "year_range"):
        until = int(groups["y2"]) if groups.get("y2") else None
        return DateMention(start, end, kind, int(groups["y"]), None, None, explicit_year=True, until=until)
    if kind == "end_of_year":
        return _end_of_year(match, reference, told)
    if kind == "relative_year":
        year = reference.year - (1 if groups["lasty"] else 0) if reference.year else None
        if groups.get("month"):
            return DateMention(start, end, "month_year", year, _month(groups), None, explicit_year=False)
        return DateMention(start, end, kind, year, None, None, explicit_year=False)
    if kind == "this_month":
        return (
            DateMention(start, end, kind, reference.year, reference.month, int(groups["d"]), explicit_year=False)
            if reference.month
            else None
        )
    if kind in ("years_back", "years_ago", "days_back"):
        number = next(find_numbers(groups["n"])).value if groups.get("n") else 1
        if kind == "days_back":
            return _days_back(start, end, "relative_day", number, reference)
        rough = _ROUGHLY.search(match.string, max(0, start - 16), start) is not None
        year = reference.year - number if reference.year and number and not rough else None
        return DateMention(start, end, kind, year, None, None, explicit_year=False)
    if kind in ("week_back", "weeks_back"):
        weeks = next(find_numbers(groups.get("n") or groups["n2"] or "")).value if kind == "weeks_back" else 1
        return _days_back(start, end, "relative_day", 7 * weeks, reference)
    if kind == "last_week":
        return _last_week(start, end, reference)
    if kind == "last_month":
        if reference.year is None or reference.month is None:
            return None
        before = date(reference.year, reference.month, 1) - timedelta(days=1)
        return DateMention(start, end, "month_year", before.year, before.month, None, explicit_year=False)
    if kind == "present_month":
        known = reference.year is not None and reference.month is not None
        return (
            DateMention(start, end, "month_year", reference.year, reference.month, None, explicit_year=False)
            if known
            else None
        )
    if kind == "that_month":
        if told is None or told.month is None:
            return None
        return DateMention(start, end, "month_year", told.year, told.month, None, explicit_year=told.explicit_year)
    if kind == "that_year":
        if told is None or told.year is None:
            return None
        return DateMention(start, end, "year", told.year, None, None, explicit_year=told.explicit_year)
    if kind == "later":
        return _later(match, told)
    if kind == "relative_day":
        return _days_back(start, end, kind, _DAYS_BACK.get(groups["rel"] or "", 0), reference)
    if kind == "weekday":
        return _weekday(match, reference)
    month = _month(groups)
    written = groups.get("d") or groups.get("d2")
    day = int(written) if written else None
    if groups.get("dw"):
        day = next(find_numbers(groups["dw"] or "")).value
    if kind == "day_range" and groups.get("d2"):
        day = None
    written_year = groups.get("y") or groups.get("year") or groups.get("yy")
    counted = not written_year and reference.year is not None
    year, explicit = _year(groups, month, day, reference, told, ahead=counted and _is_told_around(_TO_COME, match))
    bare = kind == "month_year" and not any(groups.get(tail) for tail in ("year", "this", "last", "same", "next", "yy"))
    if bare and len(match[0]) < 4:  # "maj" may be anything
        return None
    if kind == "nth_weekday" and month is not None:
        day = _nth_weekday(groups, year, month)
    if kind == "last_day" and month is not None:
        day = calendar.monthrange(year or 2001, month)[1]
        if year is None and month == 2:
            day = 28
    late = day is not None and month is not None and day > _SHORTEST_MONTH
    if late and (day or 0) > calendar.monthrange(year or 2000, month or 1)[1]:
        return None
    return DateMention(start, end, kind, year, month, day, explicit)


def _month(groups: dict[str, str | None]) -> int | None:
    if groups.get("m"):
        return int(groups["m"] or 0)
    if groups.get("rm"):
        return ROMAN[groups["rm"] or ""]
    english = groups.get("em") or groups.get("em2")
    if english:
        return ENGLISH.split("|").index(english) + 1
    word = groups.get("month") or groups.get("madj")
    if word is None:
        return None
    return _month_of(word)


@lru_cache(maxsize=256)
def _month_of(word: str) -> int:
    """The month that a form of its name, or of its adjective, tells."""
    return next(index for index, stem in enumerate(STEMS, 1) if word.startswith(stem))


_SHORTEST_MONTH = 28
_DAYS_BACK = {
    "wczoraj": 1, "wczorajsz": 1, "yesterday": 1, "przedwczoraj": 2, "jutro": -1, "jutrzejsz": -1, "pojutrze": -2,
}  # fmt: skip

_LAST_SHORT_YEAR = 50
"""Years of two digits up to this are of our century."""


def _year(
    groups: dict[str, str | None],
    month: int | None,
    day: int | None,
    reference: ReferenceDate,
    told: DateMention | None,
    *,
    ahead: bool,
) -> tuple[int | None, bool]:
    text = groups.get("y") or groups.get("year")
    if text:
        return int(text), True
    if groups.get("yy"):
        short = int(groups["yy"] or 0)
        return short + (1900 if short > _LAST_SHORT_YEAR else 2000), True
    if groups.get("same"):
        return (told.year, told.explicit_year) if told is not None else (None, False)
    if groups.get("this"):
        return reference.year, False
    back = 1 if groups.get("last") or groups.get("lastyear") else -1 if groups.get("next") else 0
    if groups.get("back"):
        back = next(find_numbers(groups["back"] or "")).value
    if back:
        return (reference.year - back if reference.year else None), False
    if month is None:
        return reference.year, False
    return reference.year_of(month, day, ahead=ahead), False


_EARLY = 3
"""Up to this month a past "with the end of the year" is that of the year before."""


def _end_of_year(match: re.Match[str], reference: ReferenceDate, told: DateMention | None) -> DateMention:
    """31 December of the year named, or of the page's; early in a year "it left" means the year before.

    "Z końcem tamtego roku" is that of the year told before, and so is "tego roku" on a page without a date.
    """
    groups = match.groupdict()
    year = int(groups["y"]) if groups["y"] else reference.year
    if groups["same"] or (groups["this"] and year is None):
        year = told.year if told is not None else None
    elif year is not None and not groups["y"]:
        early = reference.month is not None and reference.month <= _EARLY
        if groups["last"] or (groups["open"] and early and _is_told_around(_GONE, match)):
            year -= 1
    month, day = (12, 31) if year else (None, None)
    return DateMention(match.start(), match.end(), "end_of_year", year, month, day, bool(groups["y"]))


def _last_week(start: int, end: int, reference: ReferenceDate) -> DateMention | None:
    """A week has no day; its month or year are known where the whole week lies in one."""
    if not (reference.year and reference.month and reference.day):
        return None
    today = date(reference.year, reference.month, reference.day)
    monday = today - timedelta(days=today.weekday() + 7)
    sunday = monday + timedelta(days=6)
    if monday.month != sunday.month:
        return None
    return DateMention(start, end, "month_year", monday.year, monday.month, None, explicit_year=False)


_REACH = 400
"""How far before "a week later" the day it counts from may stand."""


def _in_years(match: re.Match[str]) -> bool:
    """Whether what is later is so by years: days and months count from the last date that had a month."""
    return next((days for word, days in _UNITS.items() if word in match[0]), 1) == _YEAR


def _later(match: re.Match[str], told: DateMention | None) -> DateMention | None:
    """As in "tydzień później", "dwa lata wcześniej", counted from the date told before."""
    if told is None or told.year is None or match.start() - told.end > _REACH:
        return None
    groups = match.groupdict()
    ways = (groups["way"], groups["way2"], groups["year_way"], groups["en_way"], groups["en_way2"])
    before = "wczesniej" in ways or "earlier" in ways or "poprzedniego" in match[0]
    sign = -1 if before else 1
    unit = next((days for word, days in _UNITS.items() if word in match[0]), 1)
    count = _how_many(groups["n"] or groups["en_n"])
    start, end = match.span()
    if unit == _YEAR:
        return DateMention(start, end, "year", told.year + sign * count, None, None, told.explicit_year)
    if told.month is None or (told.day is None and unit != _MONTH):
        return None
    if unit == _MONTH:
        months = told.year * 12 + told.month - 1 + sign * count
        return DateMention(start, end, "month_year", months // 12, months % 12 + 1, None, told.explicit_year)
    then = date(told.year, told.month, told.day or 1) + timedelta(days=sign * count * unit)
    return DateMention(start, end, "day_month", then.year, then.month, then.day, told.explicit_year)


_YEAR, _MONTH, _WEEK = 365, 30, 7
_UNITS = {
    word: days
    for days, words in (
        (_YEAR, ("rok ", "lat ", "lata ", "year")),
        (_MONTH, ("miesi", "month")),
        (_WEEK, ("tydzien", "tygodni", "week")),
    )
    for word in words
}
_ENGLISH_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _how_many(written: str | None) -> int:
    if written in _ENGLISH_NUMBERS:
        return 2 + _ENGLISH_NUMBERS.index(written)
    return next(find_numbers(written)).value if written else 1


def _days_back(start: int, end: int, kind: str, days: int, reference: ReferenceDate) -> DateMention:
    if reference.year and reference.month and reference.day:
        then = date(reference.year, reference.month, reference.day) - timedelta(days=days)
        return DateMention(start, end, kind, then.year, then.month, then.day, explicit_year=False)
    return DateMention(start, end, kind, reference.year, reference.month, None, explicit_year=False)


_NTH = ("pierwsz", "drug", "trzec", "czwart")


def _nth_weekday(groups: dict[str, str | None], year: int | None, month: int) -> int | None:
    """As in "ostatni piątek stycznia", "druga środa maja": its day, where the year is known."""
    if year is None:
        return None
    index = next(number for stem, number in WEEKDAYS.items() if (groups["wd"] or "").startswith(stem))
    first = 1 + (index - date(year, month, 1).weekday()) % 7
    if groups["nth"]:
        return first + 7 * _NTH.index(groups["nth"])
    return first + 7 * ((calendar.monthrange(year, month)[1] - first) // 7)


def _weekday(match: re.Match[str], reference: ReferenceDate) -> DateMention:
    """The last such day up to the page's date; "ubiegły" is before it, and what is to come is after it."""
    groups = match.groupdict()
    word = groups.get("wd")
    if word:
        index = next(number for stem, number in WEEKDAYS.items() if word.startswith(stem))
    else:
        index = ENGLISH_DAYS.index(groups.get("ewd") or "")
    start, end = match.span()
    if not (reference.year and reference.month and reference.day):
        return DateMention(start, end, "weekday", reference.year, reference.month, None, explicit_year=False)
    today = date(reference.year, reference.month, reference.day)
    days = (today.weekday() - index) % 7
    if groups.get("past"):
        days = days or 7
    elif groups.get("coming") or _is_told_around(_TO_COME, match):
        days -= 7
    then = today - timedelta(days=days)
    return DateMention(start, end, "weekday", then.year, then.month, then.day, explicit_year=False)

"""Dates as texts write them, resolved against the page's date, cut to what is known.

A date whose year can't be known is kept with `iso` None: it says that there was one, and that we don't know it.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from zmpwatch.extract.numerals import find_numbers

__all__ = ["DateMention", "ReferenceDate", "find_dates", "match_dates", "resolve_dates"]

_MONTH = (
    r"stycz(?:en|nia|niu|niem)|lut(?:y|ego|ym)|mar(?:zec|ca|cu|cem)|kwie(?:cien|tnia|tniu|tniem)|maj(?:a|u|em)?"
    r"|czerw(?:iec|ca|cu|cem)|lip(?:iec|ca|cu|cem)|sierp(?:ien|nia|niu|niem)|wrze(?:sien|snia|sniu|sniem)"
    r"|pazdziernik(?:a|u|iem)?|listopad(?:a|zie|em)?|grud(?:zien|nia|niu|niem)"
)
_STEMS = ("stycz", "lut", "mar", "kwie", "maj", "czerw", "lip", "sierp", "wrze", "pazdz", "listopad", "grud")
_ENGLISH = r"january|february|march|april|may|june|july|august|september|october|november|december"
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
_MONTH_ADJECTIVE = (
    r"styczniow|lutow|marcow|kwietniow|majow|czerwcow|lipcow|sierpniow|wrzesniow|pazdziernikow|listopadow|grudniow"
)
_WEEKDAYS = {
    "poniedzial": 0, "wtor": 1, "srod": 2, "czwart": 3, "piat": 4, "sobot": 5, "niedziel": 6,
}  # fmt: skip
_COUNTING = r"dwa|trzy|cztery|piec|szesc|siedem|osiem|dziewiec|dziesiec|pietnascie|dwadziescia|trzydziesci"
_YEAR = r"(?:1[89]\d\d|20\d\d)"
_R = r"(?:\s?(?:roku|rokiem|rok|r\b\.?))"
_THIS = r"(?:\s?(?:br\b\.?|b\.\s?r\b\.?|biezacego roku|tego roku))"
_LAST = r"(?:\s?(?:ub\.\s?r(?:oku|\b\.?)|ubr\b\.?|ubieglego roku|zeszlego roku|minionego roku|poprzedniego roku))"
_TAIL = rf"(?:,?\s{{0,3}}(?P<year>{_YEAR})(?!\d){_R}?|,?\s{{0,2}}(?P<this>{_THIS})|,?\s{{0,2}}(?P<last>{_LAST}))?"

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("iso", r"(?<![\d/.-])(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?![\d-])"),
    (
        "numeric",
        (
            r"(?<![\d/.-])(?P<d>0?[1-9]|[12]\d|3[01])(?P<s>[./-])\s?(?P<m>0?[1-9]|1[0-2])(?P=s)\s?"
            rf"(?P<y>{_YEAR})(?!\d){_R}?"
        ),
    ),
    (
        "roman",
        (
            rf"(?<![\w/.])(?P<d>[1-9]|[12]\d|3[01])[. ]\s?(?P<rm>i{{1,3}}|iv|vi{{0,3}}|ix"
            rf"|xi{{0,2}})[. ]\s?(?P<y>{_YEAR})(?!\d){_R}?"
        ),
    ),
    (
        "last_day",
        rf"(?:ostatni\w{{0,4}}\s+(?:dzien|dnia|dniu|dniem)|koniec|koncem|konca)\s+(?P<month>{_MONTH})\b{_TAIL}",
    ),
    (
        "day_range",
        rf"(?<![\d/.])(?P<d>[1-9]|[12]\d|3[01])\s?(?:-|i|oraz)\s?(?P<d2>[1-9]|[12]\d|3[01])\s+(?P<month>{_MONTH})\b{_TAIL}",
    ),
    ("day_month", rf"(?<![\d/.])(?P<d>0?[1-9]|[12]\d|3[01])\.?\s+(?P<month>{_MONTH})\b{_TAIL}"),
    (
        "english",
        (
            rf"(?<!\w)(?:(?P<d>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<em>{_ENGLISH})"
            rf"(?:\s+(?P<d2>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\d))?,?\s+(?P<y>{_YEAR})(?!\d)"
        ),
    ),
    (
        "end_of_year",
        rf"(?:z\s+koncem|na\s+koniec|do\s+konca)\s+(?:(?P<y>{_YEAR})(?!\d){_R}?|(?P<this>br\b\.?|(?:tego\s+)?roku))",
    ),
    ("month_year", rf"(?<![\w.])(?P<month>{_MONTH})\b{_TAIL}"),
    (
        "month_adjective",
        (
            rf"(?<!\w)(?P<madj>{_MONTH_ADJECTIVE})\w{{1,3}}\s+(?:\w+\s+){{0,2}}(?:sesj\w{{1,3}}|posiedzeni\w{{1,3}}|obrad\w{{0,4}})"
            rf"(?:\s+(?P<year>{_YEAR})(?!\d){_R}?)?"
        ),
    ),
    ("year_range", rf"(?<![\w/.-])(?P<y>{_YEAR})\s?(?:-|do)\s?(?P<y2>{_YEAR})(?![\d/-])"),
    ("year", rf"(?<![\w/.,-])(?P<y>{_YEAR})(?!\d)(?:{_R}|(?=\s*[,.;:)])|(?=\s))"),
    (
        "relative_year",
        r"(?<!\w)(?:w\s+)?(?:(?P<lasty>ubieglym|zeszlym|poprzednim|minionym)|(?P<thisy>tym|biezacym))\s+roku",
    ),
    ("this_month", r"(?<![\d/.])(?P<d>0?[1-9]|[12]\d|3[01])\.?\s?(?:bm\b\.?|b\.\s?m\b\.?)"),
    ("years_back", rf"(?<!\w)(?P<n>\d{{1,3}}|{_COUNTING})\s+lat(?:a|\s+temu)?(?!\w)"),
    ("days_back", rf"(?<!\w)(?P<n>\d{{1,2}}|{_COUNTING})\s+dni\s+temu(?!\w)"),
    ("relative_day", r"(?<!\w)(?P<rel>wczoraj|przedwczoraj|wczorajsz|dzisiejsz|dzisiaj|dzis)(?:a|ej|ego|ym|e)?(?!\w)"),
    (
        "weekday",
        r"(?<!\w)w[e]?\s+(?:(?:ostatni|ubiegl|miniony|zeszl)\w{0,4}\s+)?(?P<wd>poniedzialek|wtorek|srode|czwartek|piatek|sobote|niedziele)(?!\w)",
    ),
)
_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in _PATTERNS)
_HINT = re.compile(
    r"\d+|styc|lut|mar[czs]|kwie|maj|czerw|lip|sierp|wrze|pazd|listop|grud|roku|wczoraj|dzis|poniedz|wtorek|srode|czwart|piatek|sobot|niedz|lat\b|lata\b|dni\s|bm\b"
)


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
        if ahead:
            return self.year if (month, day or 31) >= (self.month, self.day or 1) else self.year + 1
        return self.year if there <= here else self.year - 1


@dataclass(frozen=True, slots=True)
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


def find_dates(folded: str, reference: ReferenceDate) -> list[DateMention]:
    """All dates of folded text, in order, without overlaps; earlier patterns are the more telling ones."""
    return resolve_dates(match_dates(folded), reference)


def match_dates(folded: str) -> list[tuple[str, re.Match[str]]]:
    """Where dates stand and by which pattern; the patterns are tried around digits, names of months and days only."""
    found: list[tuple[str, re.Match[str]]] = []
    for low, high in _windows(folded):
        occupied = bytearray(high - low)
        for kind, pattern in _COMPILED:
            for match in pattern.finditer(folded, low, high):
                start, end = match.start() - low, match.end() - low
                if occupied.find(1, start, end) >= 0:
                    continue
                occupied[start:end] = b"\x01" * (end - start)
                found.append((kind, match))
    return found


def resolve_dates(matches: list[tuple[str, re.Match[str]]], reference: ReferenceDate) -> list[DateMention]:
    """The dates that matches mean on a page of a given date."""
    found = [m for kind, match in matches if (m := _mention(kind, match, reference)) is not None]
    found.sort(key=lambda m: m.start)
    return list(_years_from_twins(found))


def _windows(folded: str) -> Iterator[tuple[int, int]]:
    """Runs of text around every hint of a date, grown together where they meet."""
    low = high = -1
    for hint in _HINT.finditer(folded):
        start, end = max(0, hint.start() - 30), min(len(folded), hint.end() + 60)
        if start <= high and end - low < 4000:
            high = end
            continue
        if high > low:
            yield low, high
        low, high = max(start, high), end
    if high > low:
        yield low, high


def _years_from_twins(found: list[DateMention]) -> Iterator[DateMention]:
    """A day and month without a year has the year that the same day bears elsewhere in the text, if it is one.

    Where the page's date is unknown, a full date of the same or a neighbouring month tells the year, if there is
    but one year in the text.
    """
    years: dict[tuple[int | None, int | None], set[int]] = {}
    for mention in found:
        if mention.explicit_year and mention.day is not None and mention.year is not None:
            years.setdefault((mention.month, mention.day), set()).add(mention.year)
    for mention in found:
        known = years.get((mention.month, mention.day), set())
        if mention.year is None and mention.day is not None and mention.month is not None and not known:
            near = {y for (m, _), ys in years.items() for y in ys if m is not None and abs(m - mention.month) <= 1}
            known = near if len({y for ys in years.values() for y in ys}) == 1 else set()
        if mention.day is not None and not mention.explicit_year and len(known) == 1:
            year = next(iter(known))
            day = (
                calendar.monthrange(year, mention.month)[1]
                if mention.kind == "last_day" and mention.month
                else mention.day
            )
            yield DateMention(mention.start, mention.end, mention.kind, year, mention.month, day, explicit_year=True)
        else:
            yield mention


def _mention(kind: str, match: re.Match[str], reference: ReferenceDate) -> DateMention | None:
    groups = match.groupdict()
    start, end = match.span()
    if kind in ("year", "year_range"):
        until = int(groups["y2"]) if groups.get("y2") else None
        return DateMention(start, end, kind, int(groups["y"]), None, None, explicit_year=True, until=until)
    if kind == "end_of_year":
        year = int(groups["y"]) if groups["y"] else reference.year
        return DateMention(start, end, kind, year, 12 if year else None, 31 if year else None, bool(groups["y"]))
    if kind == "relative_year":
        year = reference.year - (1 if groups["lasty"] else 0) if reference.year else None
        return DateMention(start, end, kind, year, None, None, explicit_year=False)
    if kind == "this_month":
        return (
            DateMention(start, end, kind, reference.year, reference.month, int(groups["d"]), explicit_year=False)
            if reference.month
            else None
        )
    if kind in ("years_back", "days_back"):
        number = next(find_numbers(groups["n"]))
        if kind == "days_back":
            return _days_back(start, end, "relative_day", number.value, reference)
        year = reference.year - number.value if reference.year and number.value else None
        return DateMention(start, end, kind, year, None, None, explicit_year=False)
    if kind == "relative_day":
        return _days_back(
            start, end, kind, {"wczoraj": 1, "wczorajsz": 1, "przedwczoraj": 2}.get(groups["rel"] or "", 0), reference
        )
    if kind == "weekday":
        return _weekday(start, end, groups["wd"], reference)
    month = _month(groups)
    day = (
        int(groups["d2"]) if groups.get("d2") and not groups.get("d") else int(groups["d"]) if groups.get("d") else None
    )
    if kind == "day_range" and groups.get("d2"):
        day = None
    year, explicit = _year(groups, month, day, reference)
    bare = kind == "month_year" and not (groups.get("year") or groups.get("this") or groups.get("last"))
    if bare and len(match[0]) < 4:  # "maj" may be anything
        return None
    if kind == "last_day" and month is not None:
        day = calendar.monthrange(year or 2001, month)[1]
        if year is None and month == 2:
            day = 28
    if day is not None and month is not None and day > calendar.monthrange(year or 2000, month)[1]:
        return None
    return DateMention(start, end, kind, year, month, day, explicit)


def _month(groups: dict[str, str | None]) -> int | None:
    if groups.get("m"):
        return int(groups["m"] or 0)
    if groups.get("rm"):
        return _ROMAN[groups["rm"] or ""]
    if groups.get("em"):
        return _ENGLISH.split("|").index(groups["em"] or "") + 1
    word = groups.get("month") or groups.get("madj")
    if word is None:
        return None
    return next(index for index, stem in enumerate(_STEMS, 1) if word.startswith(stem))


def _year(
    groups: dict[str, str | None], month: int | None, day: int | None, reference: ReferenceDate
) -> tuple[int | None, bool]:
    text = groups.get("y") or groups.get("year")
    if text:
        return int(text), True
    if groups.get("this"):
        return reference.year, False
    if groups.get("last"):
        return (reference.year - 1 if reference.year else None), False
    if month is None:
        return reference.year, False
    return reference.year_of(month, day), False


def _days_back(start: int, end: int, kind: str, days: int, reference: ReferenceDate) -> DateMention:
    if reference.year and reference.month and reference.day:
        then = date(reference.year, reference.month, reference.day) - timedelta(days=days)
        return DateMention(start, end, kind, then.year, then.month, then.day, explicit_year=False)
    return DateMention(start, end, kind, reference.year, reference.month, None, explicit_year=False)


def _weekday(start: int, end: int, word: str, reference: ReferenceDate) -> DateMention:
    index = next(number for stem, number in _WEEKDAYS.items() if word.startswith(stem))
    if reference.year and reference.month and reference.day:
        today = date(reference.year, reference.month, reference.day)
        then = today - timedelta(days=(today.weekday() - index) % 7)
        return DateMention(start, end, "weekday", then.year, then.month, then.day, explicit_year=False)
    return DateMention(start, end, "weekday", reference.year, reference.month, None, explicit_year=False)

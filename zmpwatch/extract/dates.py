"""Dates as texts write them, resolved against the page's date, cut to what is known.

A date whose year can't be known is kept with `iso` None: it says that there was one, and that we don't know it.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
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
_ORDINAL_DAY = (
    r"(?:(?:dwudziestego|trzydziestego)\s+)?(?:pierwszego|drugiego|trzeciego|czwartego|piatego|szostego|siodmego|osmego|dziewiatego)"
    r"|dziesiatego|jedenastego|dwunastego|trzynastego|czternastego|pietnastego|szesnastego|siedemnastego|osiemnastego"
    r"|dziewietnastego|dwudziestego|trzydziestego"
)
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
_DAY_NAME = r"(?:poniedzial(?:ek|ku)|wtor(?:ek|ku)|srod[ey]|czwart(?:ek|ku)|piat(?:ek|ku)|sobot[ey]|niedziel[ei])"
_DAY_ADJECTIVE = r"(?P<wd>poniedzialkow|wtorkow|srodow|czwartkow|piatkow|sobotni|niedzieln)\w{1,3}"
_ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_GATHERING = (
    r"(?:sesj\w{1,3}|posiedzeni\w{1,3}|obrad\w{0,4}|glosowani\w{1,3}|zebrani\w{1,3}|zgromadzeni\w{1,3}|uchwal\w{1,3}"
    r"|decyzj\w{1,3}|spotkani\w{1,3})"
)
_PAST = r"(?:ostatni|ubiegl|minion|zeszl|poprzedni)"
_COMING = r"(?:najblizsz|przyszl|nadchodzac|nastepn)"
_COUNTING = (
    r"dwoma|trzema|czterema|dwa|trzy|cztery|piec|szesc|siedem|osiem|dziewiec|dziesiec|pietnascie|szesnascie|dwadziescia"
    r"|trzydziesci"
)
_YEAR = r"(?:1[89]\d\d|20\d\d)"
_R = r"(?:\s?(?:roku|rokiem|rok|r\b\.?))"
_THIS = r"(?:\s?(?:br\b\.?|b\.\s?r\b\.?|biezacego roku|tego roku))"
_LAST = r"(?:\s?(?:ub\.\s?r(?:oku|\b\.?)|ubr\b\.?|ubieglego roku|zeszlego roku|minionego roku|poprzedniego roku))"
_SAME = r"(?:\s?(?:tego\s+samego\s+roku|tegoz\s+roku))"
_NEXT = r"(?:\s?(?:przyszlego|nastepnego)\s+roku)"
_SHORT_YEAR = r"(?P<yy>\d\d)\s?(?:r\.|roku)"
_TAIL = (
    rf"(?:,?\s{{0,3}}(?P<year>{_YEAR})(?!\d){_R}?|,?\s{{0,2}}(?P<this>{_THIS})|,?\s{{0,2}}(?P<last>{_LAST})"
    rf"|,?\s{{0,2}}(?P<same>{_SAME})|,?\s{{0,2}}(?P<next>{_NEXT})|\s{_SHORT_YEAR}"
    rf"|\s+(?P<back>\d{{1,2}}|{_COUNTING})\s+lat(?:a)?\s+temu|\s+(?P<lastyear>rok\s+temu))?"
)

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
        "numeric",
        rf"(?<![\d/.-])(?P<d>0?[1-9]|[12]\d|3[01])\.(?P<m>0?[1-9]|1[0-2])\.?\s?(?:(?P<this>{_THIS})|(?P<last>{_LAST}))",
    ),
    ("numeric", rf"(?<![\d/.-])(?P<d>0?[1-9]|[12]\d|3[01])\.(?P<m>0[1-9]|1[0-2])\.{_SHORT_YEAR}"),
    (
        "numeric",
        (
            rf"(?:(?<!\w)(?:dnia|dniu|sesji|sesja|{_DAY_NAME}),?\s(?:w\s|z\s)?(?:dniu\s|dnia\s)?)"
            r"(?P<d>0?[1-9]|[12]\d|3[01])\.(?P<m>0[1-9]|1[0-2])\.?(?![\d.]|\s?(?:zl|tys|godz|%))"
        ),
    ),
    (
        "roman",
        (
            r"(?<![\w/.])(?P<d>[1-9]|[12]\d|3[01])[. ]\s?(?P<rm>i{1,3}|iv|vi{0,3}|ix|xi{0,2})\.?\s?"
            rf"(?:(?P<this>{_THIS})|(?P<last>{_LAST}))"
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
    (
        "day_month",
        rf"(?<![\d/.])(?P<d>0?[1-9]|[12]\d|3[01])(?:\.|-?(?:go|ego|tego|stego|szego))?\s+(?P<month>{_MONTH})\b{_TAIL}",
    ),
    ("day_month", rf"(?<!\w)(?P<dw>{_ORDINAL_DAY})\s+(?P<month>{_MONTH})\b{_TAIL}"),
    (
        "english",
        (
            rf"(?<!\w)(?:(?P<d>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<em>{_ENGLISH})"
            rf"(?:\s+(?P<d2>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\d))?,?\s+(?P<y>{_YEAR})(?!\d)"
        ),
    ),
    (
        "english",
        (
            rf"(?<!\w)(?:(?P<d>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<em>{_ENGLISH})(?!\w)"
            rf"|(?P<em2>{_ENGLISH})\s+(?P<d2>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\d))"
        ),
    ),
    ("english", rf"(?<!\w)in\s+(?P<em>{_ENGLISH})(?!\w)"),
    (
        "end_of_year",
        (
            rf"(?:z\s+koncem|na\s+koniec|do\s+konca)\s+(?:(?P<y>{_YEAR})(?!\d){_R}?|(?P<this>br\b\.?|(?:tego|biezacego)\s+roku)"
            r"|(?P<last>(?:ub\.|ubieglego|zeszlego|minionego|poprzedniego)\s+r(?:oku|\b\.?))|(?P<open>roku))"
        ),
    ),
    (
        "relative_year",
        (
            r"(?<!\w)(?:w\s+)?(?:(?P<lasty>ubieglym|zeszlym|poprzednim|minionym)|(?P<thisy>tym|biezacym))\s+roku"
            rf"(?:,?\s+(?:w\s+)?(?P<month>{_MONTH})\b)?"
        ),
    ),
    ("month_year", rf"(?<![\w.])(?P<month>{_MONTH})\b{_TAIL}"),
    (
        "month_adjective",
        (
            rf"(?<!\w)(?P<madj>{_MONTH_ADJECTIVE})\w{{1,3}}\s+(?:\w+\s+){{0,2}}{_GATHERING}"
            rf"(?:\s+(?P<year>{_YEAR})(?!\d){_R}?)?"
        ),
    ),
    ("year_range", rf"(?<![\w/.-])(?P<y>{_YEAR})\s?(?:-|do)\s?(?P<y2>{_YEAR})(?![\d/-])"),
    ("year", rf"(?<![\w/.,-])(?P<y>{_YEAR})(?!\d)(?:{_R}|(?=\s*[,.;:)])|(?=\s)|$)"),
    (
        "relative_year",
        rf"(?<!\w)(?:wiosna|latem|jesienia|zima)(?:(?P<thisy>{_THIS})|(?P<lasty>{_LAST}))",
    ),
    ("this_month", r"(?<![\d/.])(?P<d>0?[1-9]|[12]\d|3[01])\.?\s?(?:bm\b\.?|b\.\s?m\b\.?)"),
    (
        "later",
        (
            r"(?<!\w)(?:(?P<one>dzien|tydzien)\s+(?P<way>pozniej|wczesniej)"
            rf"|(?P<n>\d{{1,2}}|{_COUNTING})\s+(?P<unit>dni|tygodnie|lata|lat)\s+(?P<way2>pozniej|wczesniej)"
            r"|rok\s+(?P<year_way>pozniej|wczesniej)|nastepnego\s+dnia|nazajutrz|dnia\s+nastepnego)(?!\w)"
        ),
    ),
    ("years_back", rf"(?<!\w)(?P<n>\d{{1,3}}|{_COUNTING})\s+lat(?:a|\s+temu)?(?!\w)"),
    ("years_back", r"(?<!\w)(?:rok\s+temu|przed\s+rokiem)(?!\w)"),
    ("years_back", rf"(?<!\w)przed\s+(?P<n>\d{{1,2}}|{_COUNTING})\s+laty(?!\w)"),
    ("days_back", rf"(?<!\w)(?P<n>\d{{1,2}}|{_COUNTING})\s+dni\s+temu(?!\w)"),
    ("days_back", rf"(?<!\w)przed\s+(?P<n>\d{{1,2}}|{_COUNTING})\s+dniami(?!\w)"),
    ("week_back", r"(?<!\w)(?:tydzien\s+temu|przed\s+tygodniem)(?!\w)"),
    (
        "last_week",
        rf"(?<!\w)(?:w\s+{_PAST}(?:ym|im)\s+tygodniu|(?:ubieglego|zeszlego|minionego)\s+tygodnia|last\s+week)(?!\w)",
    ),
    (
        "last_month",
        (
            rf"(?<!\w)(?:w\s+{_PAST}(?:ym|im)\s+miesiacu|(?:ubieglego|zeszlego|minionego)\s+miesiaca|miesiac\s+temu"
            r"|przed\s+miesiacem|last\s+month)(?!\w)"
        ),
    ),
    ("that_month", r"(?<!\w)(?:w\s+tym\s+samym\s+miesiacu|in\s+the\s+same\s+month)(?!\w)"),
    (
        "relative_day",
        r"(?<!\w)(?P<rel>wczorajsz|wczoraj|przedwczoraj|dzisiejsz|dzisiaj|dzis|jutrzejsz|jutro|pojutrze|yesterday)(?:a|ej|ego|ym|e)?(?!\w)",
    ),
    (
        "relative_day",
        r"(?<!\w)(?P<rel>przed\s+(?:godzina|chwila|momentem)|(?:godzine|chwile|\d{1,2}\s+godzin\w?)\s+temu|an\s+hour\s+ago)(?!\w)",
    ),
    (
        "weekday",
        rf"(?<!\w)w[e]?\s+(?:(?:(?P<past>{_PAST})|(?P<coming>{_COMING}))\w{{0,4}}\s+)?(?P<wd>{_DAY_NAME})(?!\w)",
    ),
    ("weekday", rf"(?<!\w)(?:z|od)\s+(?:(?P<past>{_PAST})\w{{0,4}}\s+)?(?P<wd>{_DAY_NAME})(?!\w)"),
    ("weekday", rf"(?<!\w){_DAY_ADJECTIVE}\s+(?:\w+\s+)?{_GATHERING}"),
    ("weekday", rf"(?<!\w)(?:on|(?P<past>last)|(?P<coming>next))\s+(?P<ewd>{'|'.join(_ENGLISH_DAYS)})(?!\w)"),
)
_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in _PATTERNS)
_HINT = re.compile(
    r"\d+|styc|lut|mar[czs]|kwie|maj|czerw|lip|sierp|wrze|pazd|listop|grud|roku|wczoraj|dzis|poniedz|wtor|srod|czwart|piat|sobot|niedz|lat\b|lata\b|laty\b|dni\s|bm\b"
    r"|tydzie|tygodn|miesia|month|week|rokiem|\brok\b|nazajutrz|\bdnia\b|jutr|yesterday|godzin|chwil|moment|hour|day\b"
    r"|january|february|march|april|june|july|august|september|october|november|december"
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


# Around a date these say that the day is still to come, or that it has passed.
_TO_COME = re.compile(
    r"(?<!\w)(?:zajm(?:a|ie)|bedzie|beda|odbedzie|zdecyduj(?:a|e)|zadecyduj(?:a|e)|zaglosuj(?:a|e)|podejm(?:a|ie)|rozstrzygn(?:a|ie)"
    r"|planowan\w+|zaplanowan\w+|wyznacz\w+|przewidzian\w+|przewiduj\w+|zwolan\w+|najblizsz\w+|nadchodzac\w+|zbierz(?:e|a)"
    r"|pochyl(?:i|a)|rozpatrz(?:y|a)|przedstawi|wejdzie|wygasnie|ustanie|opusci|wystapi|przystapi|dolaczy|will|planned|scheduled)(?!\w)"
)
_GONE = re.compile(
    r"(?<!\w)(?:przestal\w*|wygasl\w*|ustal\w*|opuscil\w*|wystapil\w*|wyszl\w*|odszedl|odeszl\w*|zakonczyl\w*|utracil\w*"
    r"|left|ceased)(?!\w)"
)
_SENTENCE_END = re.compile(r"[;!?\n]|\.(?:\s|$)")


def _around(match: re.Match[str]) -> str:
    """The piece of sentence around a match, 80 characters to either side at most."""
    text = match.string
    before = _SENTENCE_END.split(text[max(0, match.start() - 80) : match.start()])[-1]
    after = _SENTENCE_END.split(text[match.end() : match.end() + 80], maxsplit=1)[0]
    return f"{before} {match[0]} {after}"


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
    found: list[DateMention] = []
    told: DateMention | None = None
    for kind, match in sorted(matches, key=lambda each: each[1].start()):
        mention = _mention(kind, match, reference, told)
        if mention is None:
            continue
        found.append(mention)
        if mention.year is not None and kind not in _NOT_TOLD:
            told = mention
    folded = matches[0][1].string if matches else ""
    return list(_years_from_twins(_years_shared(_days_named_once(found, folded), folded)))


_NOT_TOLD = ("years_back", "year_range", "relative_day")
"""What "a day later" never refers to."""
_SAME_SENTENCE = 160
_SAME_DAY = re.compile(r"\s?[,(]?\s?(?:tj\.\s|czyli\s)?(?:w\s+dniu\s|dnia\s)?")


def _days_named_once(found: list[DateMention], folded: str) -> list[DateMention]:
    """As in "w piątek, 13 września": the day of the week says nothing that the date beside it does not."""
    kept: list[DateMention] = []
    for mention in found:
        before = kept[-1] if kept else None
        if (
            before is not None
            and before.kind in ("weekday", "relative_day")
            and mention.day is not None
            and mention.kind not in ("weekday", "relative_day")
            and _SAME_DAY.fullmatch(folded[before.end : mention.start])
        ):
            kept.pop()
        kept.append(mention)
    return kept


_AND = re.compile(r"\s?(?:,|i|oraz|a|-|do)\s?(?:w\s|z\s|dnia\s)?")


def _years_shared(found: list[DateMention], folded: str) -> list[DateMention]:
    """As in "27 czerwca i 4 lipca 2019 r." the year is that of both days, as in "26 kwietnia 2023 r., … 16 czerwca"."""
    shared = list(found)
    for index in range(len(shared) - 2, -1, -1):
        first, second = shared[index], shared[index + 1]
        if (
            not first.explicit_year
            and second.explicit_year
            and second.year is not None
            and first.kind in ("day_month", "month_year")
            and second.kind in ("day_month", "month_year")
            and (first.month or 0) <= (second.month or 0)
            and _AND.fullmatch(folded[first.end : second.start])
        ):
            shared[index] = replace(first, year=second.year, explicit_year=True)
    for index in range(1, len(shared)):
        first, second = shared[index - 1], shared[index]
        between = folded[first.end : second.start]
        if (
            second.year is None
            and None not in (first.year, first.month, second.month, second.day)
            and (first.month or 0, first.day or 0) < (second.month or 0, second.day or 0)
            and len(between) <= _SAME_SENTENCE
            and not re.search(r"[.!?;]\s|\n", between.removeprefix("."))
        ):
            shared[index] = replace(second, year=first.year, explicit_year=first.explicit_year)
    return shared


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


def _mention(kind: str, match: re.Match[str], reference: ReferenceDate, told: DateMention | None) -> DateMention | None:
    groups = match.groupdict()
    start, end = match.span()
    if kind in ("year", "year_range"):
        until = int(groups["y2"]) if groups.get("y2") else None
        return DateMention(start, end, kind, int(groups["y"]), None, None, explicit_year=True, until=until)
    if kind == "end_of_year":
        return _end_of_year(match, reference)
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
    if kind in ("years_back", "days_back"):
        number = next(find_numbers(groups["n"])).value if groups.get("n") else 1
        if kind == "days_back":
            return _days_back(start, end, "relative_day", number, reference)
        year = reference.year - number if reference.year and number else None
        return DateMention(start, end, kind, year, None, None, explicit_year=False)
    if kind == "week_back":
        return _days_back(start, end, "relative_day", 7, reference)
    if kind == "last_week":
        return _last_week(start, end, reference)
    if kind == "last_month":
        if reference.year is None or reference.month is None:
            return None
        before = date(reference.year, reference.month, 1) - timedelta(days=1)
        return DateMention(start, end, "month_year", before.year, before.month, None, explicit_year=False)
    if kind == "that_month":
        if told is None or told.month is None:
            return None
        return DateMention(start, end, "month_year", told.year, told.month, None, explicit_year=told.explicit_year)
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
    ahead = _TO_COME.search(_around(match)) is not None
    year, explicit = _year(groups, month, day, reference, told, ahead=ahead)
    bare = kind == "month_year" and not any(groups.get(tail) for tail in ("year", "this", "last", "same", "next", "yy"))
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
    english = groups.get("em") or groups.get("em2")
    if english:
        return _ENGLISH.split("|").index(english) + 1
    word = groups.get("month") or groups.get("madj")
    if word is None:
        return None
    return next(index for index, stem in enumerate(_STEMS, 1) if word.startswith(stem))


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


def _end_of_year(match: re.Match[str], reference: ReferenceDate) -> DateMention:
    """31 December of the year named, or of the page's; early in a year "it left" means the year before."""
    groups = match.groupdict()
    year = int(groups["y"]) if groups["y"] else reference.year
    if year is not None and not groups["y"]:
        early = reference.month is not None and reference.month <= _EARLY
        if groups["last"] or (groups["open"] and early and _GONE.search(_around(match))):
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


def _later(match: re.Match[str], told: DateMention | None) -> DateMention | None:
    """As in "tydzień później", "dwa lata wcześniej", counted from the date told before."""
    if told is None or told.year is None or match.start() - told.end > _REACH:
        return None
    groups = match.groupdict()
    sign = -1 if "wczesniej" in (groups["way"], groups["way2"], groups["year_way"]) else 1
    count = next(find_numbers(groups["n"])).value if groups["n"] else 1
    start, end = match.span()
    if groups["year_way"] or (groups["unit"] or "").startswith("lat"):
        return DateMention(start, end, "year", told.year + sign * count, None, None, told.explicit_year)
    if told.month is None or told.day is None:
        return None
    week = groups["one"] == "tydzien" or groups["unit"] == "tygodnie"
    then = date(told.year, told.month, told.day) + timedelta(days=sign * count * (7 if week else 1))
    return DateMention(start, end, "day_month", then.year, then.month, then.day, told.explicit_year)


def _days_back(start: int, end: int, kind: str, days: int, reference: ReferenceDate) -> DateMention:
    if reference.year and reference.month and reference.day:
        then = date(reference.year, reference.month, reference.day) - timedelta(days=days)
        return DateMention(start, end, kind, then.year, then.month, then.day, explicit_year=False)
    return DateMention(start, end, kind, reference.year, reference.month, None, explicit_year=False)


def _weekday(match: re.Match[str], reference: ReferenceDate) -> DateMention:
    """The last such day up to the page's date; "ubiegły" is before it, and what is to come is after it."""
    groups = match.groupdict()
    word = groups.get("wd")
    if word:
        index = next(number for stem, number in _WEEKDAYS.items() if word.startswith(stem))
    else:
        index = _ENGLISH_DAYS.index(groups.get("ewd") or "")
    start, end = match.span()
    if not (reference.year and reference.month and reference.day):
        return DateMention(start, end, "weekday", reference.year, reference.month, None, explicit_year=False)
    today = date(reference.year, reference.month, reference.day)
    days = (today.weekday() - index) % 7
    if groups.get("past"):
        days = days or 7
    elif groups.get("coming") or _TO_COME.search(_around(match)):
        days -= 7
    then = today - timedelta(days=days)
    return DateMention(start, end, "weekday", then.year, then.month, then.day, explicit_year=False)

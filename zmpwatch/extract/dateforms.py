"""How texts write dates: the patterns, and where they match.

Every pattern is bounded and matched on folded text; earlier ones are the more telling.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from zmpwatch.extract.lazy import lazy
from zmpwatch.extract.tokens import tokens

__all__ = ["ENGLISH", "ENGLISH_DAYS", "ROMAN", "STEMS", "WEEKDAYS", "match_dates"]

_MONTH = (
    r"stycz(?:en|nia|niu|niem)|lut(?:y|ego|ym)|mar(?:zec|ca|cu|cem)|kwie(?:cien|tnia|tniu|tniem)|maj(?:a|u|em)?"
    r"|czerw(?:iec|ca|cu|cem)|lip(?:iec|ca|cu|cem)|sierp(?:ien|nia|niu|niem)|wrze(?:sien|snia|sniu|sniem)"
    r"|pazdziernik(?:a|u|iem)?|listopad(?:a|zie|em)?|grud(?:zien|nia|niu|niem)"
)

STEMS = ("stycz", "lut", "mar", "kwie", "maj", "czerw", "lip", "sierp", "wrze", "pazdz", "listopad", "grud")

ENGLISH = r"january|february|march|april|may|june|july|august|september|october|november|december"

_ORDINAL_DAY = (
    r"(?:(?:dwudziestego|trzydziestego)\s+)?(?:pierwszego|drugiego|trzeciego|czwartego|piatego|szostego|siodmego|osmego|dziewiatego)"
    r"|dziesiatego|jedenastego|dwunastego|trzynastego|czternastego|pietnastego|szesnastego|siedemnastego|osiemnastego"
    r"|dziewietnastego|dwudziestego|trzydziestego"
)

ROMAN = {
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

WEEKDAYS = {
    "poniedzial": 0, "wtor": 1, "srod": 2, "czwart": 3, "piat": 4, "sobot": 5, "niedziel": 6,
}  # fmt: skip

_DAY_NAME = r"(?:poniedzial(?:ek|ku)|wtor(?:ek|ku)|srod[ey]|czwart(?:ek|ku)|piat(?:ek|ku)|sobot[ey]|niedziel[ei])"

_DAY_ADJECTIVE = r"(?P<wd>poniedzialkow|wtorkow|srodow|czwartkow|piatkow|sobotni|niedzieln)\w{1,3}"

ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_GATHERING = (
    r"(?:sesj\w{1,3}|posiedzeni\w{1,3}|obrad\w{0,4}|glosowani\w{1,3}|zebrani\w{1,3}|zgromadzeni\w{1,3}|uchwal\w{1,3}"
    r"|decyzj\w{1,3}|spotkani\w{1,3})"
)

_PAST = r"(?:ostatni|ubiegl|minion|zeszl|poprzedni)"

_COMING = r"(?:najblizsz|przyszl|nadchodzac|nastepn)"

_COUNTING = (
    r"(?:(?:dwadziescia|dwudziestu|trzydziesci|trzydziestu)\s+(?:dwa|dwoch|trzy|trzech|cztery|czterech|piec|pieciu|szesc|szesciu|siedem"
    r"|siedmiu|osiem|osmiu|dziewiec|dziewieciu)"
    r"|dwoma|trzema|czterema|dwa|dwoch|trzy|trzech|cztery|czterech|piec|pieciu|szesc|szesciu|siedem|siedmiu|osiem|osmiu|dziewiec"
    r"|dziewieciu|dziesiec|dziesieciu|jedenascie|jedenastu|dwanascie|dwunastu|trzynascie|trzynastu|czternascie|czternastu|pietnascie"
    r"|pietnastu|szesnascie|szesnastu|siedemnascie|siedemnastu|osiemnascie|osiemnastu|dziewietnascie|dziewietnastu|dwadziescia"
    r"|dwudziestu|trzydziesci|trzydziestu)"
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

_ORDINAL_ENDINGS = (
    *("pierwszego", "drugiego", "trzeciego", "czwartego", "piatego", "szostego", "siodmego", "osmego"),
    *("dziewiatego", "dziesiatego", "nastego", "dziestego"),
)
_DAY_ADJECTIVES = ("poniedzialkow", "wtorkow", "srodow", "czwartkow", "piatkow", "sobotni", "niedzieln")

# The kind of a date, its pattern, and words of which a match holds at least one.
_PATTERNS: tuple[tuple[str, str] | tuple[str, str, tuple[str, ...]], ...] = (
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
        "numeric",
        r"(?<=\()(?:dnia\s|w\s+dniu\s)?(?P<d>0?[1-9]|[12]\d|3[01])\.(?P<m>0[1-9]|1[0-2])\.?(?=\s?(?:r\.\s?)?\))",
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
        rf"(?:ostatni\w{{0,4}}\s+(?:dzien|dnia|dniu|dniem)|(?<!pod\s)koniec|koncem|konca)\s+(?P<month>{_MONTH})\b{_TAIL}",
        ("ostatni", "koniec", "koncem", "konca"),
    ),
    (
        "nth_weekday",
        rf"(?<!\w)(?:(?P<nth>pierwsz|drug|trzec|czwart)|(?P<final>ostatni))\w{{0,4}}\s+(?P<wd>{_DAY_NAME})\s+(?P<month>{_MONTH})\b{_TAIL}",
    ),
    (
        "day_range",
        rf"(?<![\d/.])(?P<d>[1-9]|[12]\d|3[01])\s?(?:-|i|oraz)\s?(?P<d2>[1-9]|[12]\d|3[01])\s+(?P<month>{_MONTH})\b{_TAIL}",
    ),
    (
        "day_month",
        rf"(?<![\d/.])(?P<d>0?[1-9]|[12]\d|3[01])(?:\.|-?(?:go|ego|tego|stego|szego))?\s+(?P<month>{_MONTH})\b{_TAIL}",
    ),
    ("day_month", rf"(?<!\w)(?P<dw>{_ORDINAL_DAY})\s+(?P<month>{_MONTH})\b{_TAIL}", _ORDINAL_ENDINGS),
    (
        "english",
        (
            rf"(?<!\w)(?:(?P<d>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<em>{ENGLISH})"
            rf"(?:\s+(?P<d2>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\d))?,?\s+(?P<y>{_YEAR})(?!\d)"
        ),
    ),
    (
        "english",
        (
            rf"(?<!\w)(?:(?P<d>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<em>{ENGLISH})(?!\w)"
            rf"|(?P<em2>{ENGLISH})\s+(?P<d2>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\d))"
        ),
    ),
    ("english", rf"(?<!\w)in\s+(?P<em>{ENGLISH})(?!\w)"),
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
        ("ubieglym", "zeszlym", "poprzednim", "minionym", "tym", "biezacym"),
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
        ("wiosna", "latem", "jesienia", "zima"),
    ),
    ("this_month", r"(?<![\d/.])(?P<d>0?[1-9]|[12]\d|3[01])\.?\s?(?:bm\b\.?|b\.\s?m\b\.?)"),
    (
        "later",
        (
            r"(?<!\w)(?:(?P<one>dzien|tydzien|miesiac)\s+(?P<way>pozniej|wczesniej)"
            rf"|(?P<n>\d{{1,2}}|{_COUNTING})\s+(?P<unit>dni|tygodnie|miesiace|miesiecy|lata|lat)\s+(?P<way2>pozniej|wczesniej)"
            r"|rok\s+(?P<year_way>pozniej|wczesniej)|nastepnego\s+dnia|nazajutrz|dnia\s+nastepnego)(?!\w)"
        ),
    ),
    ("years_ago", rf"(?<!\w)(?P<n>\d{{1,3}}|{_COUNTING})\s+lata?\s+temu(?!\w)", ("temu",)),
    ("years_ago", rf"(?<!\w)przed\s+(?P<n>\d{{1,2}}|{_COUNTING})\s+laty(?!\w)", ("laty",)),
    ("years_ago", r"(?<!\w)(?:rok\s+temu|przed\s+rokiem|a\s+year\s+ago)(?!\w)", ("temu", "rokiem", "year")),
    ("years_ago", r"(?<!\w)(?P<n>\d{1,3})\s+years\s+ago(?!\w)", ("years",)),
    ("years_back", rf"(?<!\w)(?P<n>\d{{1,3}}|{_COUNTING})\s+lata?(?!\w)", ("lat",)),
    ("years_back", r"(?<=od\s)roku(?=\s*(?:[.,;:)]|$|[a-z]))", ("roku",)),
    ("days_back", rf"(?<!\w)(?P<n>\d{{1,2}}|{_COUNTING})\s+dni\s+temu(?!\w)", ("temu",)),
    ("days_back", rf"(?<!\w)przed\s+(?P<n>\d{{1,2}}|{_COUNTING})\s+dniami(?!\w)", ("dniami",)),
    ("week_back", r"(?<!\w)(?:tydzien\s+temu|przed\s+tygodniem)(?!\w)", ("tydzien", "tygodniem")),
    (
        "last_week",
        rf"(?<!\w)(?:w\s+{_PAST}(?:ym|im)\s+tygodniu|(?:ubieglego|zeszlego|minionego)\s+tygodnia|last\s+week)(?!\w)",
        ("tygodni", "week"),
    ),
    (
        "last_month",
        (
            rf"(?<!\w)(?:w\s+{_PAST}(?:ym|im)\s+miesiacu|(?:ubieglego|zeszlego|minionego)\s+miesiaca|miesiac\s+temu"
            r"|przed\s+miesiacem|last\s+month)(?!\w)"
        ),
        ("miesia", "month"),
    ),
    ("that_month", r"(?<!\w)(?:w\s+tym\s+samym\s+miesiacu|in\s+the\s+same\s+month)(?!\w)", ("miesiacu", "month")),
    (
        "relative_day",
        r"(?<!\w)(?P<rel>wczorajsz|wczoraj|przedwczoraj|dzisiejsz|dzisiaj|dzis|jutrzejsz|jutro|pojutrze|yesterday)(?:a|ej|ego|ym|e)?(?!\w)",
        ("wczoraj", "dzis", "jutr", "yesterday"),
    ),
    (
        "relative_day",
        r"(?<!\w)(?P<rel>przed\s+(?:godzina|chwila|momentem)|(?:godzine|chwile|\d{1,2}\s+godzin\w?)\s+temu|an\s+hour\s+ago)(?!\w)",
        ("godzin", "chwil", "momentem", "hour"),
    ),
    (
        "weekday",
        rf"(?<!\w)w[e]?\s+(?:(?:(?P<past>{_PAST})|(?P<coming>{_COMING}))\w{{0,4}}\s+)?(?P<wd>{_DAY_NAME})(?!\w)",
    ),
    ("weekday", rf"(?<!\w)(?:z|od)\s+(?:(?P<past>{_PAST})\w{{0,4}}\s+)?(?P<wd>{_DAY_NAME})(?!\w)"),
    ("weekday", rf"(?<!\w){_DAY_ADJECTIVE}\s+(?:\w+\s+)?{_GATHERING}", _DAY_ADJECTIVES),
    ("weekday", rf"(?<!\w)(?:on|(?P<past>last)|(?P<coming>next))\s+(?P<ewd>{'|'.join(ENGLISH_DAYS)})(?!\w)", ("day",)),
)

_DIGIT, _MONTH_WORD, _DAY_WORD, _OTHER_WORD = 1, 2, 4, 8
_YEAR_NUMBER, _DAY_NUMBER, _PARTED_NUMBER = 16, 32, 64
"""What a hint of a date is: a number, the name of a month, that of a day, or one of the other words."""
_PARTED_DAY, _DAY_OF_ROMAN, _DAY_OF_RANGE, _DAY_OF_THIS_MONTH, _DAY_LED, _DAY_IN_MONTH = 128, 256, 512, 1024, 2048, 4096
"""Numbers of days by what may stand behind them; days of the week by a little word before them, or a month behind."""
_PARTED = lazy(r"\d[./-]\s?\d")
_NEEDS: dict[str, int] = {
    "iso": _DIGIT,
    "numeric": _DIGIT | _PARTED_NUMBER,
    "roman": _DIGIT,
    "last_day": _MONTH_WORD,
    "nth_weekday": _DAY_IN_MONTH,
    "day_range": _DIGIT | _MONTH_WORD,
    "day_month": _MONTH_WORD,
    "month_year": _MONTH_WORD,
    "month_adjective": _MONTH_WORD,
    "year_range": _DIGIT,
    "year": _DIGIT,
    "this_month": _DIGIT,
    "years_ago": _OTHER_WORD,
    "years_back": _OTHER_WORD,
    "days_back": _OTHER_WORD,
    "week_back": _OTHER_WORD,
    "last_week": _OTHER_WORD,
    "last_month": _OTHER_WORD,
    "that_month": _OTHER_WORD,
    "relative_day": _OTHER_WORD,
    "weekday": _DAY_WORD,
}
"""The hints without which a form of date can't stand; a window without them is not searched for it."""
_CONTAINS: dict[str, tuple[str, ...]] = {
    "end_of_year": ("kon",),
    "relative_year": ("roku", "wiosn", "latem", "jesien", "zim"),
    "later": ("pozniej", "wczesniej", "nastepn", "nazajutrz"),
    "english": (*ENGLISH.split("|"),),
}
"""The same for forms whose words are no hints."""
_LEADERS = {
    "iso": _YEAR_NUMBER,
    "year": _YEAR_NUMBER,
    "year_range": _YEAR_NUMBER,
    "roman": _DAY_OF_ROMAN,
    "day_range": _DAY_OF_RANGE,
    "this_month": _DAY_OF_THIS_MONTH,
    "month_year": _MONTH_WORD,
    "month_adjective": _MONTH_WORD,
}
_LED_BY_NUMBER = {"numeric": _PARTED_DAY, "day_month": _DAY_NUMBER}


def _leader(kind: str, pattern: str) -> int:
    """The hint that a form begins with; 0 where it may begin with other words."""
    if kind in _LED_BY_NUMBER and re.match(r"\(\?<!\[[^]]*\]\)\(\?P<d>", pattern):
        return _LED_BY_NUMBER[kind]
    if kind == "weekday" and pattern.startswith((r"(?<!\w)w[e]?\s+", r"(?<!\w)(?:z|od)\s+")):
        return _DAY_LED
    return _LEADERS.get(kind, 0)


_COMPILED = tuple(
    (kind, lazy(pattern), _leader(kind, pattern), _NEEDS.get(kind, 0), words[0] if words else _CONTAINS.get(kind, ()))
    for kind, pattern, *words in _PATTERNS
)

_MONTH_BEGINNINGS = ("styc", "lut", "mar", "kwie", "maj", "czerw", "lip", "sierp", "wrze", "pazd", "listop", "grud")
_DAY_BEGINNINGS = ("poniedz", "wtor", "srod", "czwart", "piat", "sobot", "niedz")
_OTHER_BEGINNINGS = (
    *(
        "rok",
        "wczoraj",
        "przedwczoraj",
        "dzis",
        "tydzie",
        "tygodn",
        "miesia",
        "month",
        "week",
        "nazajutrz",
        "jutr",
        "pojutrz",
    ),
    *(
        "yesterday",
        "godzin",
        "chwil",
        "moment",
        "hour",
        "januar",
        "februar",
        "april",
        "june",
        "july",
        "august",
        "septemb",
    ),
    *("octob", "novemb", "decemb", "ago"),
)
_OTHER_WORDS = frozenset(("lat", "lata", "laty", "dni", "bm", "dnia", "years"))


def _hint(word: str) -> int:
    if word[0].isdigit():
        return _DIGIT
    found = _OTHER_WORD if word in _OTHER_WORDS or word.startswith(_OTHER_BEGINNINGS) or word.endswith("day") else 0
    if word.startswith(_MONTH_BEGINNINGS):
        found |= _MONTH_WORD
    if word.startswith(_DAY_BEGINNINGS) or word.endswith("day"):
        found |= _DAY_WORD
    return found


_MOST_KEPT = 65_536


class _Hints(dict[str, int]):
    """What kind of hint each word met so far is; 0 where it is none."""

    def __missing__(self, word: str) -> int:
        hint = _hint(word)
        if len(self) < _MOST_KEPT:
            self[word] = hint
        return hint


_hints = _Hints()


@cache
def _possible(hints: int) -> tuple[tuple[str, re.Pattern[str], int, tuple[str, ...]], ...]:
    """The forms of dates that can stand in a window with these hints."""
    return tuple((kind, form, leader, words) for kind, form, leader, needed, words in _COMPILED if not needed & ~hints)


_PARTS = frozenset("./-")
_ROMAN_DIGITS = frozenset("ivx")
_OF_RANGE = frozenset("-io")
_WHICH = ("ostatni", "ubiegl", "minion", "zeszl", "poprzedni", "najblizsz", "przyszl", "nadchodzac", "nastepn")
_LONGEST_LEAD = 60


@dataclass(slots=True)
class _Window:
    """A run of text around hints of dates: which hints, and where what dates begin with stands in it."""

    low: int
    high: int
    hints: int = 0
    leaders: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    odd: bool = False
    """Whether blanks are so many that the little word before a day of the week may have been missed."""
    _day_end: int = -1

    def take(self, folded: str, place: int, width: int, hint: int) -> None:
        """Add a hint."""
        self.hints |= hint
        if hint & _DIGIT:
            if width == _YEAR_WIDTH:
                self.leaders[_YEAR_NUMBER].append(place)
            elif width <= _DAY_WIDTH:
                self._take_day(folded, place, width)
        elif hint & _MONTH_WORD:
            self.leaders[_MONTH_WORD].append(place)
            if self._day_end >= 0 and folded[self._day_end : place].isspace():
                self.hints |= _DAY_IN_MONTH
        if hint & _DAY_WORD:
            self._day_end = place + width
            self._take_day_name(folded, place)

    def _take_day(self, folded: str, place: int, width: int) -> None:
        leaders = self.leaders
        leaders[_DAY_NUMBER].append(place)
        behind = folded[place + width : place + width + 3]
        if behind[:1] in _PARTS:
            leaders[_PARTED_DAY].append(place)
        if not _ROMAN_DIGITS.isdisjoint(behind):
            leaders[_DAY_OF_ROMAN].append(place)
        if not _OF_RANGE.isdisjoint(behind):
            leaders[_DAY_OF_RANGE].append(place)
        if "b" in behind:
            leaders[_DAY_OF_THIS_MONTH].append(place)

    def _take_day_name(self, folded: str, place: int) -> None:
        """As in "w piątek", "od ubiegłego wtorku": where the little word before it stands."""
        low = max(self.low, place - _LONGEST_LEAD)
        before = folded[low:place].split()
        if len(before) < 3 and low > self.low:
            self.odd = True
        if before and before[-1].startswith(_WHICH):
            place = folded.rfind(before.pop(), low, place)
        if before and before[-1].endswith(("w", "we", "z", "od")):
            word = before[-1]
            lead = 2 if word.endswith(("we", "od")) else 1
            self.leaders[_DAY_LED].append(folded.rfind(word, low, place) + len(word) - lead)


def match_dates(folded: str) -> list[tuple[str, re.Match[str]]]:
    """Where dates stand and by which pattern; the patterns are tried around digits, names of months and days only."""
    found: list[tuple[str, re.Match[str]]] = []
    for window in _windows(folded):
        low, high = window.low, window.high
        occupied = bytearray(high - low)
        surface = folded[low:high]
        hints = window.hints
        if _PARTED_DAY in window.leaders and _PARTED.search(surface):
            hints |= _PARTED_NUMBER
        for kind, pattern, leader, words in _possible(hints):
            if words and not any(word in surface for word in words):
                continue
            if leader and not (leader == _DAY_LED and window.odd):
                places = window.leaders.get(leader)
                if not places:
                    continue
                matches: Iterable[re.Match[str]] = _at(pattern, folded, places, high)
            else:
                matches = pattern.finditer(folded, low, high)
            for match in matches:
                start, end = match.start() - low, match.end() - low
                if occupied.find(1, start, end) >= 0:
                    continue
                occupied[start:end] = b"\x01" * (end - start)
                found.append((kind, match))
    return found


def _at(pattern: re.Pattern[str], folded: str, places: list[int], high: int) -> Iterator[re.Match[str]]:
    """Matches at these places, each after the end of the one before."""
    end = 0
    for place in places:
        if place >= end:
            match = pattern.match(folded, place, high)
            if match is not None:
                yield match
                end = match.end()


def _windows(folded: str) -> Iterator[_Window]:
    """Runs of text around every hint of a date, grown together where they meet."""
    window: _Window | None = None
    hints, length = _hints, len(folded)
    for token, place, hint in [(token, place, hint) for token, place in tokens(folded) if (hint := hints[token])]:
        width = len(token)
        start, end = max(0, place - 30), min(length, place + width + 60)
        if window is not None and start <= window.high and end - window.low < _LARGEST_WINDOW:
            window.high = end
        else:
            if window is not None:
                yield window
            window = _Window(max(start, window.high if window else 0), end)
        window.take(folded, place, width, hint)
    if window is not None:
        yield window


_YEAR_WIDTH, _DAY_WIDTH = 4, 2
"""Digits of a year, and at most of a day."""
_LARGEST_WINDOW = 4000

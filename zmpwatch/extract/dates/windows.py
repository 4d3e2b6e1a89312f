"""Where dates stand in a text: the patterns are tried around digits, names of months and days only."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from zmpwatch.extract.dates.forms import ENGLISH, PATTERNS
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.tokens import kind_of_tokens, marked

__all__ = ["match_dates"]

_DIGIT, _MONTH_WORD, _DAY_WORD, _OTHER_WORD = 1, 2, 4, 8
_YEAR_NUMBER, _DAY_NUMBER, _PARTED_NUMBER = 16, 32, 64
"""What a hint of a date is: a number, the name of a month, that of a day, or one of the other words."""
_PARTED_DAY, _DAY_OF_ROMAN, _DAY_OF_RANGE, _DAY_OF_THIS_MONTH, _DAY_LED, _DAY_IN_MONTH = 128, 256, 512, 1024, 2048, 4096
"""Numbers of days by what may stand behind them; days of the week by a little word before them, or a month behind."""
_MONTH_ADJECTIVE = 8192
"""Months that are adjectives: "majowa sesja"."""
_NEEDS: dict[str, int] = {
    "iso": _DIGIT,
    "numeric": _DIGIT | _PARTED_NUMBER,
    "roman": _DIGIT,
    "last_day": _MONTH_WORD,
    "nth_weekday": _DAY_IN_MONTH,
    "day_range": _DIGIT | _MONTH_WORD,
    "day_month": _MONTH_WORD,
    "month_year": _MONTH_WORD,
    "month_adjective": _MONTH_ADJECTIVE,
    "year_range": _DIGIT,
    "year": _DIGIT,
    "this_month": _DIGIT,
    "years_ago": _OTHER_WORD,
    "years_back": _OTHER_WORD,
    "days_back": _OTHER_WORD,
    "week_back": _OTHER_WORD,
    "weeks_back": _OTHER_WORD,
    "last_week": _OTHER_WORD,
    "last_month": _OTHER_WORD,
    "present_month": _OTHER_WORD,
    "that_month": _OTHER_WORD,
    "relative_day": _OTHER_WORD,
    "weekday": _DAY_WORD,
}
"""The hints without which a form of date can't stand; a window without them is not searched for it."""
_CONTAINS: dict[str, tuple[str, ...]] = {
    "end_of_year": ("kon", "ostatni"),
    "relative_year": ("roku", "wiosn", "latem", "jesien", "zim"),
    "later": ("pozniej", "wczesniej", "nastepn", "poprzedn", "nazajutrz", "later", "earlier"),
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
    "month_adjective": _MONTH_ADJECTIVE,
}
_LED_BY_NUMBER = {"numeric": _PARTED_DAY, "day_month": _DAY_NUMBER}


def _leader(kind: str, pattern: str) -> int:
    """The hint that a form begins with; 0 where it may begin with other words."""
    if kind in _LED_BY_NUMBER and re.match(r"\(\?<!\[[^]]*\]\)\(\?P<d>", pattern):
        return _LED_BY_NUMBER[kind]
    if kind == "weekday" and pattern.startswith((r"(?<!\w)w[e]?\s+", r"(?<!\w)(?:z|od)\s+")):
        return _DAY_LED
    return _LEADERS.get(kind, 0)


_FIRST_WORD_HINT = 16384
_words_of_forms: dict[tuple[str, ...], int] = {}
"""The hints that words of forms are, one for each group of words."""


def _needed(kind: str, words: tuple[str, ...]) -> int:
    """The hints that a form of date needs all of; its words make one more."""
    if not words:
        return _NEEDS.get(kind, 0)
    return _NEEDS.get(kind, 0) | _words_of_forms.setdefault(words, _FIRST_WORD_HINT << len(_words_of_forms))


_COMPILED = tuple(
    (kind, lazy(pattern), _leader(kind, pattern), _needed(kind, words[0] if words else _CONTAINS.get(kind, ())))
    for kind, pattern, *words in PATTERNS
)

_MONTH_BEGINNINGS = ("styc", "lut", "mar", "kwie", "maj", "czerw", "lip", "sierp", "wrze", "pazd", "listop", "grud")
_ADJECTIVE_SIGN = "ow"
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
        "wczesniej",
        "pozniej",
        "poprzednieg",
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
_OTHER_WORDS = frozenset(("lat", "lata", "laty", "dni", "bm", "dnia", "year", "years", "days"))


def _hint(word: str) -> int:
    if word[0].isdigit():
        return _DIGIT
    found = _OTHER_WORD if word in _OTHER_WORDS or word.startswith(_OTHER_BEGINNINGS) or word.endswith("day") else 0
    if word.startswith(_MONTH_BEGINNINGS):
        found |= _MONTH_WORD | (_MONTH_ADJECTIVE if _ADJECTIVE_SIGN in word else 0)
    if word.startswith(_DAY_BEGINNINGS) or word.endswith("day"):
        found |= _DAY_WORD
    for words, hint in _words_of_forms.items():
        if any(one in word for one in words):
            found |= hint
    return found


_OPENS_WINDOW = _DIGIT | _MONTH_WORD | _DAY_WORD | _OTHER_WORD
"""Hints around which dates are looked for; words of forms only tell which."""


_MOST_KEPT = 65_536


class _Hints(dict[str, int]):
    """What kind of hint each word met so far is; 0 where it is none."""

    def __missing__(self, word: str) -> int:
        hint = _hint(word)
        if len(self) < _MOST_KEPT:
            self[word] = hint
        return hint


_hints = _Hints()
_HINT = kind_of_tokens(_hints.__getitem__)


@lru_cache(maxsize=2048)
def _possible(hints: int, leaders: int) -> tuple[tuple[str, re.Pattern[str], int], ...]:
    """The forms of dates that can stand in a window with these hints, of which these lead forms."""
    return tuple(
        (kind, form, leader)
        for kind, form, leader, needed in _COMPILED
        if not needed & ~hints and (not leader or leader & leaders)
    )


@lru_cache(maxsize=2048)
def _led_by_day(behind: str) -> tuple[int, ...]:
    """The forms of dates that the number of a day may lead with these three letters behind it."""
    leaders = []
    if behind[:1] in _PARTS and behind[1:].lstrip()[:1].isdecimal():
        leaders.append(_PARTED_DAY)
    if behind[:1] in _BEFORE_ROMAN and not _ROMAN_DIGITS.isdisjoint(behind[1:].lstrip()[:1]):
        leaders.append(_DAY_OF_ROMAN)
    if not _OF_RANGE.isdisjoint(behind):
        leaders.append(_DAY_OF_RANGE)
    if "b" in behind:
        leaders.append(_DAY_OF_THIS_MONTH)
    return tuple(leaders)


_BEHIND_DAY = 3
_PARTS = frozenset("./-")
_BEFORE_ROMAN = frozenset(". ")
_ROMAN_DIGITS = frozenset("ivx")
_OF_RANGE = frozenset("-io")
_WHICH = (
    "ostatni",
    "ubiegl",
    "minion",
    "zeszl",
    "poprzedni",
    "najblizsz",
    "przyszl",
    "nadchodzac",
    "nastepn",
    "tego",
    "tej",
)
_LONGEST_LEAD = 60


@dataclass(slots=True)
class _Window:
    """A run of text around hints of dates: which hints, and where what dates begin with stands in it."""

    low: int
    high: int
    hints: int = 0
    leaders: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    leads: int = 0
    """What of that there is."""
    odd: bool = False
    """Whether blanks are so many that the little word before a day of the week may have been missed."""
    _day_end: int = -1
    _number: int = -1
    """Where the last number that may be a day begins …"""
    _number_end: int = -1
    """… and ends."""

    def take(self, folded: str, place: int, width: int, hint: int) -> None:
        """Add a hint."""
        self.hints |= hint
        if hint & _DIGIT:
            if width == _YEAR_WIDTH:
                self._lead(_YEAR_NUMBER, place)
            elif width <= _DAY_WIDTH:
                self._number, self._number_end = place, place + width
                for leader in _led_by_day(folded[place + width : place + width + _BEHIND_DAY]):
                    self._lead(leader, place)
        elif hint & _MONTH_WORD:
            self._lead(_MONTH_WORD, place)
            if hint & _MONTH_ADJECTIVE:
                self._lead(_MONTH_ADJECTIVE, place)
            if self._number >= 0 and len(folded[self._number_end : place].split()) <= 1:
                self._lead(_DAY_NUMBER, self._number)  # "3 maja", "3-go maja"
            if self._day_end >= 0 and folded[self._day_end : place].isspace():
                self.hints |= _DAY_IN_MONTH
        if hint & _DAY_WORD:
            self._day_end = place + width
            self._take_day_name(folded, place)

    def _lead(self, leader: int, place: int) -> None:
        self.leads |= leader
        self.leaders[leader].append(place)

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
            self._lead(_DAY_LED, folded.rfind(word, low, place) + len(word) - lead)


def match_dates(folded: str) -> list[tuple[str, re.Match[str]]]:
    """Where dates stand and by which pattern; the patterns are tried around digits, names of months and days only."""
    found: list[tuple[str, re.Match[str]]] = []
    for window in _windows(folded):
        low, high = window.low, window.high
        occupied = bytearray(high - low)
        hints = window.hints | (_PARTED_NUMBER if window.leads & _PARTED_DAY else 0)
        leads = window.leads | (_DAY_LED if window.odd else 0)
        for kind, pattern, leader in _possible(hints, leads):
            if leader and not (leader == _DAY_LED and window.odd):
                places = window.leaders[leader]
                if leader == _MONTH_WORD:  # one that a form before has taken; none reaches from it to another
                    places = [place for place in places if not occupied[place - low]]
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


def _at(pattern: re.Pattern[str], folded: str, places: list[int], high: int) -> list[re.Match[str]]:
    """Matches at these places, each after the end of the one before."""
    found = []
    end = 0
    for place in places:
        if place >= end:
            match = pattern.match(folded, place, high)
            if match is not None:
                found.append(match)
                end = match.end()
    return found


def _windows(folded: str) -> Iterator[_Window]:
    """Runs of text around every hint of a date, grown together where they meet."""
    window: _Window | None = None
    hints, length = _hints, len(folded)
    before: list[tuple[int, int]] = []
    """Where words of forms end that may lie in the next window, and the hints they are."""
    for token, place in marked(folded, _HINT):
        hint, width = hints[token], len(token)
        more = hint & ~_OPENS_WINDOW
        if more and window is not None and place < window.high:
            window.hints |= more
        if hint == more:
            before.append((place + width, hint))
            continue
        start, end = place - _BEFORE, min(length, place + width + _BEHIND)
        if window is not None and start <= window.high and end - window.low < _LARGEST_WINDOW:
            window.high = end
        else:
            if window is not None:
                yield window
            window = _Window(max(start, window.high if window else 0), end)
        if before:
            for stop, word in before:
                if stop > window.low:
                    window.hints |= word
            before.clear()
        window.take(folded, place, width, hint)
    if window is not None:
        yield window


_YEAR_WIDTH, _DAY_WIDTH = 4, 2
"""Digits of a year, and at most of a day."""
_BEFORE, _BEHIND = 30, 60
"""How far dates reach from a hint of theirs."""
_LARGEST_WINDOW = 4000

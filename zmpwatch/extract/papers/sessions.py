"""The day of the sitting that a paper is about: from its head, or from the formula that closes its minutes."""

from __future__ import annotations

import re

from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.uniform.cleantext import CleanText
from zmpwatch.extract.words.lazy import lazy

__all__ = ["is_closed_at_its_end", "session_of"]

_HELD = lazy(
    r"(?<!\w)(?:sesj\w+[^\n]{0,80}(?:odby\w+|odbed\w+|w\s+dniu|z\s+dnia|\sz\s+(?=\d))|(?:odbylo?a?|odbedzie|odbytej|odbytego|zwoluj\w+)[^\n]{0,80}(?:sesj|posiedzeni|obrad)|(?:na|podczas)\s+(?:\w+\s+)?(?:sesj\w|posiedzeni\w+)\s+(?:w\s+dniu\s+)?\d)",
    "obrad",
    "posiedzeni",
    "sesj",
)


def _line_of(text: CleanText, mention: DateMention) -> str:
    low = text.text.rfind("\n", max(0, mention.start - 200), mention.start) + 1 or max(0, mention.start - 200)
    high = text.text.find("\n", mention.end, mention.end + 200)
    return text.folded[low : high if high > 0 else mention.end + 200]


def session_of(text: CleanText, dates: list[DateMention]) -> DateMention | None:
    """The day of the session a paper is about: the first whole date in its head that stands beside one."""
    limit = min(len(text.text), 900)
    session = re.compile(r"sesj|posiedzeni|protok|rad[ay] (?:miej|miast|gmin)|uchwal|porzad|obrad")
    for mention in dates:
        if mention.start > limit:
            break
        if mention.day is not None and _HELD.search(_line_of(text, mention)):
            return mention
    closing = _closing_day(text, dates)
    if closing is not None:
        return closing
    for mention in dates:
        if mention.start > limit:
            return None
        if mention.day is None:
            continue
        if session.search(text.folded, max(0, mention.start - 200), mention.end + 60):
            return mention
    return None


_CLOSED = lazy(
    r"(?<!\w)(?:zamkn\w+|zakoncz\w+)\s+(?:[\w.,:]+\s+){0,6}?(?:sesj\w+|obrad\w*|posiedzeni\w+)|(?<!\w)(?:sesj\w+|obrad\w*|posiedzeni\w+)\s+(?:[\w.,:]+\s+){0,6}?(?:zamkn|zakoncz)\w+",
    "zamkn",
    "zakoncz",
)
_NEXT_ONE = lazy(
    r"(?<!\w)(?:kolejn|nastepn|najblizsz|przyszl)\w+(?!\w)[^.;]*$", "kolejn", "nastepn", "najblizsz", "przyszl"
)
"""Before the day of another sitting: "Zamknięto sesję. Kolejna: 28 listopada"."""
_LEAD = 60
_AD_ITEM = lazy(r"ad\.?\s?(?:pkt\.?\s?)?\d{1,2}[.):\s]", "ad")
_INDENT = 8


def _has_items(folded: str) -> bool:
    """Whether a line begins as items of minutes do: "Ad 7."."""
    for item in _AD_ITEM.finditer(folded):
        lead = folded[max(0, item.start() - _INDENT - 1) : item.start()].rpartition("\n")
        if not lead[2].strip() and (lead[1] or len(lead[2]) == item.start()):
            return True
    return False


def is_closed_at_its_end(folded: str) -> bool:
    """Whether a text has items of minutes ("Ad 7.") and ends with the closing of a sitting."""
    return _CLOSED.search(folded[-_TAIL:]) is not None and _has_items(folded)


def _closing_day(text: CleanText, dates: list[DateMention]) -> DateMention | None:
    """The day of a sitting that only the end of its minutes gives: "zamknął X sesję w dniu 25 września 2015 r."."""
    if not _has_items(text.folded):
        return None
    for mention in reversed(dates):
        if len(text.text) - mention.start > _TAIL:
            return None
        if mention.day is None or not mention.explicit_year or not _CLOSED.search(_line_of(text, mention)):
            continue
        if _NEXT_ONE.search(text.folded, max(0, mention.start - _LEAD), mention.start) is None:
            return mention
    return None


_TAIL = 900
"""How far from the end of minutes the formula that closes them may stand."""

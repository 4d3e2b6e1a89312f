"""Numbers of resolutions, each with the date that stands beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.uniform.cleantext import CleanText
from zmpwatch.extract.words.beginnings import beginning_with, matches_at
from zmpwatch.extract.words.lazy import lazy

__all__ = ["Act", "find_acts", "year_of_number"]

_NUMBER = lazy(
    r"(?<![\w/.])(?:(?P<roman>[IVXLCDM]{1,10}(?:\s?/\s?(?:[A-Z]{1,6}|[IVXLCDM]{1,9}|\d{1,5})){1,4})"
    r"|(?P<arabic>\d{1,5}(?:\s?/\s?(?:[A-Z]{1,6}|[IVXLCDM]{1,9}|\d{1,5})){1,4})|(?P<dotted>0007\.(?:[IVXLCDM]{1,9}|\d{1,4})(?:\.\d{1,4}){1,2}|[IVXLCDM]{1,9}\.\d{1,4}(?:\.\d{2,4})?))(?![\w/])"
)
_MAY_BE_NUMBER = lazy(r"[IVXLCDM0-9](?<![\w/.].)[IVXLCDM0-9]{0,9}(?:\s?/|\.[IVXLCDM\d])")
"""How a number of a resolution begins; found much faster than the whole, since it begins with a letter or digit."""
_LEAD = lazy(
    r"(?:uchwal\w{0,4}|akt\w?|uchwale)\s+(?:[\w-]+\s+){0,5}?(?:nr\.?|numer)?\s*$|(?<!\w)nr\.?\s*$|(?<!\w)(?:nr|numer)\s+uchwaly\s?[:|]?\s*$"
)
_MAYORS = lazy(r"(?<!\w)zarzadzeni\w{1,2}\s+(?:[\w-]+\s+){0,3}?(?:nr\.?|numer)?\s*$", "zarzadzeni")
"""Before a number that a mayor's order has, which is no resolution."""
_MONTH_OF_YEAR = lazy(r"[IVX]{1,4}\s?/\s?(?:19|20)\d\d")
_PLAIN = lazy(r"(?<!\w)uchwal\w{0,4}\s+(?:nr\.?|numer)\s+(?P<n>\d{1,4})(?![\w/.])")
_PLAIN_BEGINS = frozenset(("uchwal",))
_YEAR_AT_ITS_END = lazy(r"[/.]((?:19|20)\d\d|\d\d)$")
_LAST_SHORT_YEAR = 50
"""Years of two digits up to this are of our century."""
_DOTTED = lazy(r"\.\d(?<=[IVXLCDM]..)")
"""Without it, and without a slash, a text holds no number but those of `_PLAIN`."""


@dataclass(frozen=True, slots=True)
class Act:
    """A resolution named by its number. `date` is the one written beside it ("z dnia …"), if any."""

    start: int
    end: int
    number: str
    date: DateMention | None


def year_of_number(number: str) -> int | None:
    """The year that a number of a resolution ends with: "XLI/212/93" is of 1993, "V/22/2019" of 2019."""
    tail = _YEAR_AT_ITS_END.search(number)
    if tail is None:
        return None
    year = int(tail[1])
    return year if len(tail[1]) > 2 else year + (1900 if year > _LAST_SHORT_YEAR else 2000)


def find_acts(text: CleanText, dates: Sequence[DateMention]) -> list[Act]:
    """All numbers of resolutions in the text, in order."""
    spans: list[tuple[int, int, str]] = []
    numbered = "/" in text.text or "0007." in text.text or _DOTTED.search(text.text) is not None
    places = [match.start() for match in _MAY_BE_NUMBER.finditer(text.text)] if numbered else ()
    for match in matches_at(_NUMBER, text.text, places):
        lead = text.folded[max(0, match.start() - 60) : match.start()]
        if match["arabic"] and not _LEAD.search(lead) and match["arabic"].count("/") < 2:
            continue
        if _MAYORS.search(lead) or any(d.start <= match.start() < d.end for d in dates):
            continue
        if _MONTH_OF_YEAR.fullmatch(match[0]) and not _LEAD.search(lead):
            continue
        spans.append((match.start(), match.end(), re.sub(r"\s", "", match[0])))
    for match in beginning_with(_PLAIN, text.folded, _PLAIN_BEGINS):
        if not any(s <= match.start("n") < e for s, e, _ in spans):
            spans.append((match.start("n"), match.end("n"), match["n"]))
    spans.sort()
    return [Act(start, end, number, _date_beside(text, end, dates)) for start, end, number in spans]


_BESIDE = lazy(
    r"[\s,;|(-]{0,4}(?:(?:rad\w{1,3}|sejmik\w?)\s[^.;|]{0,60}?)?[\s|]{0,4}(?:z\s+|(?:zostala\s+|byla\s+)?(?:podjet|przyjet|uchwalon)\w+\s+)?(?:dnia|dn\.?|w\s+dniu|dniu|z)?\s*$"
)


def _date_beside(text: CleanText, end: int, dates: Sequence[DateMention]) -> DateMention | None:
    for mention in dates:
        if mention.start < end:
            continue
        if mention.start - end > 100:
            return None
        return mention if _BESIDE.fullmatch(text.folded, end, mention.start) else None
    return None

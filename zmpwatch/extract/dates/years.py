"""Years and days that dates of one text lend each other."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import replace

from zmpwatch.extract.dates.mention import DateMention
from zmpwatch.extract.words.lazy import lazy

__all__ = [
    "days_named_once",
    "days_of_years_ago",
    "narrowed",
    "years_from_twins",
    "years_led",
    "years_shared",
    "years_told_on",
]

_SAME_SENTENCE = 160

_SAME_DAY = lazy(
    r"\s?[,(]?\s?(?:tj\.\s|czyli\s|a\s+wiec\s|to\s+jest\s|to\s+znaczy\s|dokladnie\s)?(?:w\s+dniu\s|dnia\s)?"
)


def days_named_once(found: list[DateMention], folded: str) -> list[DateMention]:
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


_IN_IT = lazy(r"\s?,?\s(?:dokladnie\s)?(?:w\sdniu\s|dnia\s|we?\s)?")


def days_of_years_ago(found: list[DateMention], folded: str) -> list[DateMention]:
    """As in "rok temu, 12 marca", "dwa lata temu, w czerwcu": one date, the day or month of that year."""
    kept: list[DateMention] = []
    for mention in found:
        before = kept[-1] if kept else None
        if (
            before is not None
            and before.kind == "years_ago"
            and before.year is not None
            and mention.month is not None
            and not mention.explicit_year
            and mention.kind in ("day_month", "month_year", "last_day", "numeric")
            and _IN_IT.fullmatch(folded[before.end : mention.start])
        ):
            kept[-1] = replace(mention, start=before.start, year=before.year, explicit_year=True)
        else:
            kept.append(mention)
    return kept


_AND = lazy(r"\s?(?:,|i|oraz|a|-|do)\s?(?:w\s|z\s|dnia\s)?")


def years_shared(found: list[DateMention], folded: str) -> list[DateMention]:
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


_TOPIC = lazy(r"(?:^|[.!?]\s|\n)\W*(?P<topic>(?:byl\s+|byl\s+to\s+|nastal\s+|trwal\s+)?rok\s|w\s+roku\s|w\s)$")
"""Before a year that opens a sentence, and is what the sentence is about: "Rok 1994 był …", "W 1995 roku …"."""
_OF_THE_PAGE = lazy(r"(?<!\w)(?:b\.?\s?r|ub|bm|(?:tego|biez|ubieg|zeszl|minion|przyszl|nastepn)\w*)(?!\w)")
_NEXT_BEGINS = lazy(r"(?<!\d\sr)(?<!\d\d\d\dr)(?<!\w\w\d)[.!?]\s|\n")
_REACH = 320
_SAME_SENTENCE_ONLY, _NEXT_TOO = 0, 1


def years_led(found: list[DateMention], folded: str) -> list[DateMention]:
    """As in "Rok 1994 był ważny: kupiono ratusz, a 16 grudnia rada …": days behind it have the year that leads.

    That of "Rok 1994 …" is still the topic of the next sentence, that of "W 1994 roku …" only of its own.
    """
    led = list(found)
    for index, leader in enumerate(led):
        if leader.kind != "year" or not leader.explicit_year:
            continue
        opened = _TOPIC.search(folded, max(0, leader.start - 20), leader.start)
        if opened is None:
            continue
        reach = _NEXT_TOO if "rok " in opened["topic"] else _SAME_SENTENCE_ONLY
        for place in range(index + 1, len(led)):
            mention = led[place]
            ends = len(list(_NEXT_BEGINS.finditer(folded, leader.end, mention.start)))
            if mention.start - leader.end > _REACH or ends > reach or mention.explicit_year:
                break
            own = _OF_THE_PAGE.search(folded, mention.start, mention.end) is not None
            if not own and mention.kind in ("day_month", "month_year", "numeric", "last_day") and mention.month:
                led[place] = replace(mention, year=leader.year, explicit_year=True)
    return led


_OPENS_SENTENCE = lazy(r"[.!?]\s+(?:(?:a|potem|nastepnie)\s+)?we?\s+$")
_STORY_GOES_ON = 200


def years_told_on(found: list[DateMention], folded: str) -> list[DateMention]:
    """As in "W marcu 2018 r. przyjęto A. W maju dołączyło B, a w grudniu – C": a story goes on within its year.

    Only in the next sentence, which opens with a month that follows the one told last.
    """
    told = list(found)
    for index in range(1, len(told)):
        first, second = told[index - 1], told[index]
        if second.kind != "month_year" or second.day is not None or second.explicit_year or not second.month:
            continue
        if not first.explicit_year or first.month is None or first.year is None or first.month >= second.month:
            continue
        if second.start - first.end > _STORY_GOES_ON or _OF_THE_PAGE.search(folded, second.start, second.end):
            continue
        between = folded[first.end : second.start]
        ends = len(list(_NEXT_BEGINS.finditer(between.removeprefix("."))))
        if not ends or (ends == 1 and _OPENS_SENTENCE.search(folded, max(0, second.start - 24), second.start)):
            told[index] = replace(second, year=first.year, explicit_year=True)
    return told


def years_from_twins(found: list[DateMention]) -> Iterator[DateMention]:
    """A day and month without a year has the year that the same day bears elsewhere in the text, if it is one.

    Where the page's date is unknown, a full date of the same or a neighbouring month tells the year, if there is
    but one year in the text; of a month told without a day, one of that month or the next.
    """
    years: dict[tuple[int | None, int | None], set[int]] = {}
    for mention in found:
        if mention.explicit_year and mention.day is not None and mention.year is not None:
            years.setdefault((mention.month, mention.day), set()).add(mention.year)
    for mention in found:
        told = mention.day is not None or (mention.kind == "month_year" and mention.year is None)
        known = years.get((mention.month, mention.day), set())
        if mention.year is None and told and mention.month is not None and not known:
            last = 0 if mention.day is None else 1  # "w maju … 2 czerwca 2011", not "w lipcu": that may be to come
            near = {y for (m, _), ys in years.items() for y in ys if m is not None and -1 <= mention.month - m <= last}
            known = near if len({y for ys in years.values() for y in ys}) == 1 else set()
        if told and not mention.explicit_year and len(known) == 1:
            year = next(iter(known))
            day = (
                calendar.monthrange(year, mention.month)[1]
                if mention.kind == "last_day" and mention.month
                else mention.day
            )
            yield DateMention(mention.start, mention.end, mention.kind, year, mention.month, day, explicit_year=True)
        else:
            yield mention


_EXACTLY = ("dokladn", "konkretn", "scisle")
_NAMELY = lazy(
    r"\s?[,(-]\s?(?:a\s+)?(?:dokladni\w{1,2}|konkretni\w{1,2}|scislej)\s(?:mowiac,?\s)?(?:w\s+dniu\s|dnia\s|we?\s)?"
)
_NAMELY_DAY = lazy(
    rf"{_NAMELY.pattern}(?P<d>[12]?\d|3[01])(?:\.(?!\d)|-(?:go|tego))?(?:\s+dnia)?(?:\s+tego\s+miesiaca)?\s?(?=[),.;]|$)\)?"
)


def narrowed(found: list[DateMention], folded: str) -> list[DateMention]:
    """One date for what is told twice, the second time closer: "w 2019 roku, a konkretnie 12 lutego"."""
    if not any(word in folded for word in _EXACTLY):
        return found
    kept: list[DateMention] = []
    for mention in found:
        before = kept[-1] if kept else None
        if before is not None and _NAMELY.fullmatch(folded, before.end, mention.start) and _holds(before, mention):
            kept[-1] = replace(
                mention, start=before.start, year=before.year or mention.year, explicit_year=before.explicit_year
            )
        elif before is not None and before.year is None and mention.kind == "year" and before.end + 1 == mention.start:
            kept[-1] = replace(before, end=mention.end, year=mention.year, explicit_year=mention.explicit_year)
        else:
            kept.append(_with_day(mention, folded))
    return kept


def _holds(whole: DateMention, part: DateMention) -> bool:
    """Whether a day or month may lie in a month or year: not "w 2019 roku, a dokładnie 12 lutego 2020 r."."""
    if whole.day is not None or part.month is None or whole.kind not in ("year", "relative_year", "month_year"):
        return False
    return whole.month in (None, part.month if part.day else None) and (
        not part.explicit_year or whole.year in (None, part.year)
    )


def _with_day(mention: DateMention, folded: str) -> DateMention:
    """A month with the day named behind it: "we wrześniu (dokładnie 29.)"."""
    if mention.kind != "month_year" or mention.day is not None or mention.month is None:
        return mention
    day = _NAMELY_DAY.match(folded, mention.end)
    if day is None or int(day["d"]) > calendar.monthrange(mention.year or 2000, mention.month)[1]:
        return mention
    return replace(mention, kind="day_month", end=day.end(), day=int(day["d"]))

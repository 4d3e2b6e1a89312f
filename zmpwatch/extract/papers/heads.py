"""What the head of a council's resolution tells: its number, its day, and whose it is."""

from __future__ import annotations

import re

from zmpwatch.extract.binding.event import Actor
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.papers.acts import Act
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy

__all__ = ["author", "begin_of_title", "opens_title", "own_act", "own_day"]

_BEFORE_NUMBER = lazy(r"(?:uchwal\w*|nr\.?)[^\n]{0,12}$")
_ANNEXED = lazy(r"(?<!\w)do\s+(?:prot\w*\.?|sesji)\s+(?:nr\.?\s+)?$")
_BEFORE_DAY = lazy(r"(?:z\s+dnia|dnia|z|podjet\w*)[\s._…]*$")
_OF_A_LAW = lazy(
    r"(?<!\w)(?:ustaw\w{1,2}|rozporzadzeni\w{1,2})\s+(?:[a-z]+\s+)?z\s+(?:dnia\s+)?$", "ustaw", "rozporzadzeni"
)
_SAT = lazy(
    r"(?<!\w)(?:sesj\w+|posiedzeni\w+|obrad\w*|zebran\w+)(?:,?\s+(?:rady|miejskiej|miasta|gminy|w|z|na|dnia|dniu|odbyt\w+|zwolan\w+|[ivxlc]+)){0,5}\s+$"
)
"""Before the day on which the council sat: "Rada Miejska na posiedzeniu w dniu 26 kwietnia 2001 r. uchwala"."""
_FIRST_LINES = 700
_NUMBER_ALONE = lazy(r"\W*uchwala\s+(?:nr\.?\s*|numer\s+)?[\w./-]{1,30}\W*")
_COUNCILS = lazy(r"\W*rady\s+(?:miejsk|miast|gmin)")
_NEXT_LINE = 4


def opens_title(reading: Reading, sentence: Sentence) -> bool:
    """Whether a line is the number of a resolution whose council and subject stand on the lines below it."""
    if _NUMBER_ALONE.fullmatch(sentence.folded) is None or sentence.number + 1 >= len(reading.sentences):
        return False
    below = reading.sentences[sentence.number + 1]
    return below.start - sentence.end < _NEXT_LINE and _COUNCILS.match(below.folded) is not None


def begin_of_title(reading: Reading, sentence: Sentence) -> int:
    """Where a title over several lines begins, at its number on the line above; else the sentence's own begin."""
    above = reading.sentences[sentence.number - 1] if sentence.number else sentence
    return above.start if opens_title(reading, above) else sentence.start


def author(reading: Reading, start: int, end: int) -> Actor:
    """The town that a title between two offsets names, else the council's."""
    inside = [t for t in reading.towns if start <= t.start < end and t.is_actor]
    if (inside and inside[0].name == reading.home_name) or not inside:
        return Actor(reading.home_name or "", reading.home)
    councils = [t for t in reading.towns if t.start < start and t.role == "council"]
    chosen = councils[0] if councils else inside[0]
    return Actor(chosen.name, chosen.municipality)


def own_act(reading: Reading, before: int) -> Act | None:
    """The number in the head, which ends at an offset; not that of the minutes to which the paper is annexed."""
    folded = reading.clean.folded
    for act in reading.acts:
        lead = folded[max(0, act.start - 24) : act.start]
        if act.start < before and _BEFORE_NUMBER.search(lead) and not _ANNEXED.search(lead):
            return act
    return None


def own_day(reading: Reading, subject: int, end: int) -> str | None:
    """The day in the head, right before the subject; else the one on which the council sat, told below it."""
    folded = reading.clean.folded

    def led_by(pattern: re.Pattern[str], mention: DateMention, reach: int) -> bool:
        return pattern.search(folded[max(0, mention.start - reach) : mention.start]) is not None

    dates = [d for d in reading.dates if d.start < subject and not led_by(_OF_A_LAW, d, 30)]
    headed = [d for d in dates if led_by(_BEFORE_DAY, d, 30)]
    whole = [d for d in headed if d.day is not None] or headed
    chosen = (whole or dates)[-1:]
    if not chosen:
        below = (d for d in reading.dates if subject <= d.start < min(end, subject + _FIRST_LINES))
        chosen = [d for d in below if d.day is not None and led_by(_SAT, d, 90)][:1]
    return chosen[0].iso if chosen else None

"""Lists of members by the time they joined, which stands before the names: "Członkowie od 1997 r.: A, B"."""

from __future__ import annotations

import re
from bisect import bisect_left

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.structure.layout import Segment
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import EventKind, Stage

__all__ = ["members_since"]

_BY_TIME = lazy(
    r"(?<!\w)(?:czlonk(?:owie|ow|iem)|(?:miast\w?|gmin\w?|samorzad\w{1,3})\s+czlonkowski\w{1,2}|przynaleznos\w+|czlonkostw\w)\s+(?:\"?(?:zwiazku|miast|polskich|zmp|stowarzyszenia|organizacji|w|naszego)\"?\s+){0,5}"
    r"(?:wedlug|wg\.?|podlug|po|w\s+kolejnosci|w\s+porzadku)\s+(?:[\w-]+\s+){0,2}?(?:dat\w{0,2}|lat|rok\w{0,2}|staz\w{1,2}|przystap\w+|przyjec\w+|wstap\w+|starszenstw\w)(?!\w)",
    "czlonk",
    "przynaleznos",
)
"""The heading of such a list: "Członkowie według daty przystąpienia"."""
_ABOUT = ("czlonk", "przynaleznos")
_BEFORE, _BEHIND = 24, 160
_MEMBERS_SINCE = lazy(
    r"\W{0,4}(?:\d{1,2}[.)]\s)?(?:czlonkowie|czlonkami|(?:miasta|gminy)(?:\s+czlonkowskie)?|naleza(?:\s+do\s+(?:zwiazku|zmp))?|w\s+(?:zwiazku|zmp))(?:\s+(?:sa|naleza))?\s+od\s+(?:roku\s+)?"
)
_SINCE = lazy(r"\W{0,4}(?:\d{1,2}[.)]\s)?(?:od\s+)?(?:roku\s+|rok\s+)?")
_MARK = lazy(r"\s?(?:r\.|roku|rok)?\s?[:|-]\s")
_BETWEEN = lazy(r"\W*(?:(?:i|oraz|a\s+takze|miasto|gmina)(?!\w)\W*)*")


def members_since(reading: Reading) -> dict[int, list[Event]]:
    """For the start of each such line, the memberships of the towns that it names."""
    folded = reading.clean.folded
    headed = _headed(folded)
    if headed is None and " od " not in folded:
        return {}
    starts = [town.start for town in reading.towns]
    days = {d.start: d for d in reading.dates}
    found: dict[int, list[Event]] = {}
    for part in reading.parts:
        first, last = bisect_left(starts, part.start), bisect_left(starts, part.end)
        if first == last:
            continue
        lead = _MEMBERS_SINCE.match(folded, part.start, part.end)
        if lead is None and headed is not None and headed.start() < part.start:
            lead = _SINCE.match(folded, part.start, part.end)
        since = _day_at(days, lead) if lead is not None else None
        towns = reading.towns[first:last]
        mark = _MARK.match(folded, since.end) if since is not None else None
        if since is not None and mark is not None and _only(reading, mark.end(), part.end, towns):
            found[part.start] = [_member(part, town, since) for town in towns]
    return found


def _headed(folded: str) -> re.Match[str] | None:
    """The heading of such a list, looked for around the words it is about: they are few, and the pattern is long."""
    for word in _ABOUT:
        place = folded.find(word)
        while place >= 0:
            match = _BY_TIME.search(folded, max(0, place - _BEFORE), place + _BEHIND)
            if match is not None:
                return match
            place = folded.find(word, place + 1)
    return None


def _member(part: Segment, town: Town, since: DateMention) -> Event:
    actor, kind, stage = Actor(town.name, town.municipality), EventKind.ACCESSION, Stage.MEMBER
    event = Event(actor, kind, stage, part.start, part.end, town.start, "member_list.names", 0.9)
    event.date = since.iso
    return event


def _day_at(days: dict[int, DateMention], lead: re.Match[str]) -> DateMention | None:
    """The date right behind what leads to it; some mentions begin with the "od" before them."""
    return next((days[place] for place in (lead.end(), lead.end() - 3) if place in days), None)


def _only(reading: Reading, start: int, end: int, towns: list[Town]) -> bool:
    """Whether nothing but the names of towns stands between two places."""
    place = start
    for town in towns:
        if town.role is Role.BODY or _BETWEEN.fullmatch(reading.clean.folded, place, town.start) is None:
            return False
        place = town.end
    return _BETWEEN.fullmatch(reading.clean.folded, place, end) is not None

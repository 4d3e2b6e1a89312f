"""The earlier resolution that a paper changes, repeals or lets lose its force: its number, its day, what it was on."""

from __future__ import annotations

import re

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.binding.matters import leads_to
from zmpwatch.extract.papers.acts import Act
from zmpwatch.extract.papers.titlewords import JOIN
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.model import EventKind, Stage

__all__ = ["LOSES", "copy_act", "former_act", "lost_force"]

LOSES = lazy(
    r"(?<!\w)(?:trac[ia]\w*\s+moc|uchyla\s+sie|moc\s+(?:obowiazujaca\s+)?trac[ia]|utra[ct]\w+\s+moc"
    r"|(?:uchylic|uchyla|uchylono|zostaje\s+uchylona|pozbawi(?:c|a)(?:\s+sie)?\s+mocy|uniewazni(?:c|a)(?:\s+sie)?)(?!\w)(?=\s+(?:[\w-]+\s+){0,3}?uchwal))"
)
"""What a paragraph says of a resolution that it repeals, in a sentence or as an infinitive after "postanawia:"."""


def former_act(reading: Reading, start: int, end: int, own: Act | None) -> Act | None:
    """The resolution that this one changes or repeals: the first other number."""
    for act in reading.acts:
        if start <= act.start < end and (own is None or act.number != own.number):
            return act
    return None


def copy_act(reading: Reading, event: Event, act: Act | None) -> None:
    """Give an event the number and day of an act, else the day of the resolution that is told behind it."""
    if act is not None:
        same = (a.date for a in (act, *reading.acts) if a.number == act.number and a.date is not None)
        dated = next(same, None)  # a title may name only the number of what a paragraph dates
        event.resolution = act.number
        event.date = dated.iso if dated is not None else None
        return
    folded = reading.clean.folded
    told = [
        d
        for d in reading.dates
        if re.search(
            r"uchwal\w+\s+(?:[\w-]+\s+){0,8}z\s+(?:dnia\s+)?$", folded[max(event.start, d.start - 120) : d.start]
        )
        and d.start > event.start
    ]
    event.date = told[0].iso if told else None


def lost_force(reading: Reading, actor: Actor, start: int, end: int, own: Act | None) -> list[Event]:
    """As in "Traci moc uchwała nr … w sprawie przystąpienia": the old accession."""
    folded = reading.clean.folded
    match = LOSES.search(folded, start, end)
    if match is None:
        return []
    stop = folded.find("§", match.end())
    stop = min(end, stop if stop > 0 else match.end() + 400)
    joined = _joined(reading, match.start(), stop)
    if joined is None:
        return []
    event = Event(
        actor,
        EventKind.ACCESSION,
        Stage.RESOLVED,
        match.start(),
        len(folded[:stop].rstrip()),
        match.start(),
        "resolution.lost_force",
        0.9,
    )
    named = [a for a in reading.acts if match.start() <= a.start < joined and (own is None or a.number != own.number)]
    copy_act(reading, event, named[-1] if named else former_act(reading, match.start(), stop, own))
    return [event]


def _joined(reading: Reading, start: int, end: int) -> int | None:
    """Where a paragraph between two places names the joining of the association; of several, that one."""
    steps = [m.end() for m in JOIN.finditer(reading.clean.folded, start, end)]
    ours = reading.ours(start, end)
    for at in steps:
        if any(leads_to(reading, at, body.start, EventKind.ACCESSION) for body in ours if body.start >= at):
            return at
    return steps[0] if steps and not reading.others(start, end) else None

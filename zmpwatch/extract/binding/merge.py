"""One fact once: statements of the same fact joined, weaker stages dropped where a stronger one stands."""

from __future__ import annotations

from zmpwatch.extract.binding.event import Event
from zmpwatch.model import EventKind, Stage

__all__ = ["merge"]

_YEARS = 1
"""A refusal older than so many years is not that of the plan a page tells of."""
_Key = tuple[str, EventKind, Stage]


def merge(events: list[Event], year: int | None = None) -> list[Event]:
    """Join events of one (municipality, kind, stage), fill their gaps from each other, and drop what LABELS excludes.

    Events of the same key with different dates stay apart: a town may have joined twice. `proposed` stands only without
    a later stage of the same kind, and what was refused years before the `year` of the page is none; `member` never
    beside `admitted`, weak events only while nothing firmer is known.
    """
    joined: list[Event] = []
    for event in sorted(events, key=lambda e: (e.weak, -e.confidence, e.date is None, e.start)):
        twin = next((kept for kept in joined if _same(kept, event)), None)
        if twin is None:
            joined.append(event)
            continue
        if twin.date is None or (
            event.date is not None and len(event.date) > len(twin.date) and event.date.startswith(twin.date)
        ):
            twin.date = event.date
        twin.resolution = twin.resolution or event.resolution
        twin.votes = twin.votes or event.votes
    for event in joined:
        if event.stage is Stage.ADMITTED and event.date is None and event.kind is EventKind.ACCESSION:
            since = [
                e.date for e in joined if e.stage is Stage.MEMBER and not e.weak and e.actor.name == event.actor.name
            ]
            event.date = next((date for date in since if date), None)
    kept = [event for event in joined if not _superseded(event, joined, year)]
    return sorted(kept, key=lambda e: (e.start, e.anchor))


def _key(event: Event) -> _Key:
    return event.actor.name, event.kind, event.stage


def _same(one: Event, other: Event) -> bool:
    if _key(one) != _key(other):
        return False
    if one.resolution and other.resolution and one.resolution != other.resolution:
        return False
    if one.date is None or other.date is None:
        return not (one.resolution and other.votes and one.votes and one.votes != other.votes)
    return one.date.startswith(other.date) or other.date.startswith(one.date)


def _superseded(event: Event, events: list[Event], year: int | None) -> bool:
    same = [e for e in events if e is not event and e.actor.name == event.actor.name and e.kind is event.kind]
    stages = {e.stage for e in same}
    if event.weak and event.stage is Stage.ADMITTED and any(not e.weak for e in same):
        return True
    if event.stage is Stage.PROPOSED:
        if stages & {Stage.RESOLVED, Stage.REJECTED, Stage.ADMITTED}:
            later = [e for e in same if e.stage is not Stage.PROPOSED and not _long_before(e, event, year)]
            return bool(later)
        return bool(stages & {Stage.MEMBER}) and any(e.stage is Stage.MEMBER and not e.weak for e in same)
    if event.stage is Stage.MEMBER:
        if Stage.ADMITTED in stages:
            return True
        if event.weak and stages:
            return True
        if any(e.stage is Stage.PROPOSED and not e.weak for e in same) and event.weak:
            return True
        return event.weak and any(
            e.actor.name == event.actor.name and e.stage is Stage.ADMITTED for e in events if e is not event
        )
    return False


def _long_before(earlier: Event, event: Event, year: int | None) -> bool:
    """Whether a later stage belongs to an accession, or to an attempt, of years ago."""
    if earlier.date is None:
        return False
    if event.date is not None:
        return earlier.date[:4] < event.date[:4]
    if year is None or earlier.stage is not Stage.REJECTED:
        return False
    return int(earlier.date[:4]) + _YEARS < year

"""Since when, or until when, the towns of a member list belong to the association."""

from __future__ import annotations

from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.structure.layout import Segment
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.towns.finding import Town
from zmpwatch.extract.words.lazy import lazy

__all__ = ["each_dated", "led_by", "since_when"]

_LEADS_NAME = lazy(r"\s*(?:r\.?|roku)?\s*(?:[-,]\s*)?(?:(?:takze|rowniez|tez)\s+)?")


def each_dated(reading: Reading, part: Segment, towns: list[Town]) -> bool:
    """Whether the towns of one line have a date each: "A od 1996, B od 2004"."""
    edges = [t.start for t in towns[1:]] + [part.end]
    return all(
        sum(town.end <= d.start < edge for d in reading.dates) == 1 for town, edge in zip(towns, edges, strict=True)
    )


def led_by(reading: Reading, town: Town, start: int) -> str | None:
    """The day since which only the town behind it is a member: "A, B oraz, od 2019 roku, C"."""
    folded = reading.clean.folded
    led = next((d for d in reversed(reading.dates) if start <= d.start and d.end <= town.start), None)
    if led is None or _LEADS_NAME.fullmatch(folded, led.end, town.start) is None:
        return None
    since = folded.startswith("od ", led.start) or folded[: led.start].endswith("od ")
    return led.iso if since else None


def since_when(dates: list[DateMention], *, former: bool) -> str | None:
    """Since when the only town of a row is a member; of a former one, until when it was."""
    if former and dates and dates[-1].until is not None:
        return str(dates[-1].until)
    return dates[-1].iso if len(dates) == 1 or (former and dates) else None

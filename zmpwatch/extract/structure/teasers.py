"""Side lists, menus and footers: what stands there belongs to another page.

"Town X joined" in a list of recent posts stands on every page of a site, also on one of last year. The words come
without their date and their neighbourhood; the page they lead to has both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from zmpwatch.extract.binding.event import Event
from zmpwatch.extract.counts.count import Count
from zmpwatch.extract.structure.layout import Segment

__all__ = ["TEASER_CONFIDENCE", "doubt_counts", "doubt_events"]

TEASER_CONFIDENCE = 0.4
"""What a statement out of a side list is worth at most: kept, and judged by nobody."""

_AT_HOME_ANYWHERE = ("counter", "member_list")
"""Rules that know their own layout; a counter may stand in any corner."""

_MAIN_SHARE = 0.15
"""With a smaller share of main text the division into main text and side lists has gone wrong, and is not believed."""


def doubt_counts(counts: Iterable[Count], parts: Iterable[Segment]) -> list[Count]:
    """Counts, those of side lists with the confidence of a teaser."""
    aside = _aside(parts)
    return [
        replace(count, confidence=min(count.confidence, TEASER_CONFIDENCE)) if _stands(count, aside) else count
        for count in counts
    ]


def doubt_events(events: Iterable[Event], parts: Iterable[Segment]) -> list[Event]:
    """Events, those of side lists with the confidence of a teaser."""
    aside = _aside(parts)
    return [
        replace(event, confidence=min(event.confidence, TEASER_CONFIDENCE)) if _stands(event, aside) else event
        for event in events
    ]


def _aside(parts: Iterable[Segment]) -> list[Segment]:
    parts = list(parts)
    aside = [part for part in parts if part.boilerplate]
    main = sum(part.end - part.start for part in parts if not part.boilerplate)
    whole = main + sum(part.end - part.start for part in aside)
    return aside if main >= _MAIN_SHARE * whole else []


def _stands(fact: Count | Event, aside: list[Segment]) -> bool:
    if fact.rule.startswith(_AT_HOME_ANYWHERE):
        return False
    return any(part.start <= fact.start < part.end for part in aside)

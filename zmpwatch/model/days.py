"""The one place where a moment becomes what people read: a day, or a minute by the clock on their wall."""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

__all__ = ["WARSAW", "day_of", "in_zone", "minute_of"]

WARSAW = ZoneInfo("Europe/Warsaw")
"""Where the pages are written, and where their readers live unless config.yaml says otherwise."""
_MOMENT = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z\b|[+-]\d\d:\d\d)")


def day_of(moment: datetime, zone: tzinfo = WARSAW) -> date:
    """The day that people in `zone` call it at an aware moment: a day ends at their midnight, not at that of UTC."""
    return moment.astimezone(zone).date()


def minute_of(moment: datetime, zone: tzinfo = WARSAW) -> str:
    """A moment as people in `zone` read it.

    >>> minute_of(datetime.fromisoformat("2025-02-28T23:30:00+00:00"))
    '2025-03-01 00:30'
    """
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def in_zone(text: str, zone: tzinfo = WARSAW) -> str:
    """A text for people in `zone`: moments of ISO 8601 with an offset, as the history and JSON have them, are put so.

    >>> in_zone("503, not to be asked before 2025-02-28T23:30:00+00:00")
    '503, not to be asked before 2025-03-01 00:30'
    """

    def put(found: re.Match[str]) -> str:
        try:
            return minute_of(datetime.fromisoformat(found[0]), zone)
        except (ValueError, OverflowError):  # no such day, or one that another zone has no name for
            return found[0]

    return _MOMENT.sub(put, text)

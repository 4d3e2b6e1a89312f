"""The one place where a moment becomes a day."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

__all__ = ["WARSAW", "day_of"]

WARSAW = ZoneInfo("Europe/Warsaw")
"""Where the pages are written, and where their readers live unless config.yaml says otherwise."""


def day_of(moment: datetime, zone: tzinfo = WARSAW) -> date:
    """The day that people in `zone` call it at an aware moment: a day ends at their midnight, not at that of UTC."""
    return moment.astimezone(zone).date()

"""What a host asks of us with 429 and 503: when to come back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

__all__ = ["DEFAULT_PAUSE", "LONGEST_PAUSE", "retry_after"]

LONGEST_PAUSE = timedelta(hours=24)
"""A longer wish is cut to this (docs/faults.md 35)."""
DEFAULT_PAUSE = timedelta(minutes=10)
"""Where the server names no time, or none that can be read."""


def retry_after(value: str | None, now: datetime) -> datetime:
    """The moment a Retry-After header names (RFC 9110, 10.2.3): seconds, or a date; between now and a day on."""
    text = (value or "").strip()
    pause = DEFAULT_PAUSE
    if text.isascii() and text.isdigit():
        # int() of a very long string is slow and refused; ten digits are past every bound anyway
        pause = timedelta(seconds=int(text)) if len(text) < 10 else LONGEST_PAUSE
    elif text:
        try:
            moment = parsedate_to_datetime(text)
        except ValueError:
            moment = None
        if moment is not None:
            pause = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
    return now + min(max(pause, timedelta(0)), LONGEST_PAUSE)

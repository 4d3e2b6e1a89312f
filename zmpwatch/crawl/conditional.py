"""Conditional requests: ask for a page only if it has changed, but not for ever (FAULTS A39)."""

from __future__ import annotations

from datetime import datetime, timedelta

from zmpwatch.model import KnownPage

__all__ = ["CONDITIONAL_HEADERS", "PAST_CACHES", "validators"]

CONDITIONAL_HEADERS = ("If-None-Match", "If-Modified-Since")
PAST_CACHES = {"Cache-Control": "no-cache", "Pragma": "no-cache"}


def validators(known: KnownPage, now: datetime, full_fetch_after: timedelta) -> dict[str, str]:
    """The request headers that make a request conditional; none where the body is due again.

    A page whose body never came whole, or not within `full_fetch_after`, is asked for without conditions: an ETag that
    never changes would hide every change.
    """
    if known.full_fetch_at is None or now - known.full_fetch_at >= full_fetch_after:
        return {}
    headers = {}
    if known.etag:
        headers["If-None-Match"] = known.etag
    if known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    return headers

"""When a page that was read before is worth asking for again, and with which conditions.

What was steady for long is asked for seldom: the pause is a share of the time a page has not changed for. Pages that
stated something are looked at again at each visit, lists of news and what is new or was changed often, all others less
and less, but within days.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha1

from zmpwatch.model import KnownFeed, KnownPage

__all__ = [
    "CONDITIONAL_HEADERS",
    "GONE",
    "HUB_PATIENCE",
    "PAST_CACHES",
    "feed_is_due",
    "is_cheap",
    "is_due",
    "is_recent",
    "pause",
    "register_pause",
    "rhythm",
    "validators",
]

CONDITIONAL_HEADERS = ("If-None-Match", "If-Modified-Since")
PAST_CACHES = {"Cache-Control": "no-cache", "Pragma": "no-cache"}

SHARE = 0.1
"""Of the time a page has been steady: how long it is left alone."""
HUB_PATIENCE = timedelta(days=2)
"""Longest pause of a page that leads to others."""
RECENT = timedelta(days=2)
"""For so long after it appeared or changed a page is looked at again at each visit: then most corrections are made."""
SOONEST = timedelta(hours=2)
"""Shortest pause of all others that stated nothing, where a 304 is the likeliest answer."""
REGISTER_PAUSE = timedelta(hours=11)
"""The same where every answer is the whole page, and of a promising page that leads nowhere: twice a day will do."""
IN_VAIN = timedelta(days=7)
"""After this time an address that gave no feed is tried again."""
GONE = 404
"""Status of a known page that is there no more."""
SITEMAP_PAUSE = timedelta(days=1)
"""A sitemap beside a feed that works is asked for no oftener."""


def pause(known: KnownPage, now: datetime, *, patience: timedelta, full_fetch_after: timedelta) -> timedelta:
    """How long a page is left alone after it was asked for, whatever links to it.

    Args:
        known: the page.
        now: the present moment.
        patience: the longest pause of a page that stated something.
        full_fetch_after: within this time every page that is watched must come whole once.
    """
    if known.statements:
        return min(patience, _share_of_steady(known, now))
    if known.leads:
        return min(HUB_PATIENCE, _share_of_steady(known, now))
    return _longest(known, full_fetch_after)


def rhythm(known: KnownPage, now: datetime, *, since: datetime | None, full_fetch_after: timedelta) -> timedelta:
    """How long a page that stated nothing is left alone before a visit looks at it for its own sake.

    Not at all where it appeared or changed a short while ago; else for longer and longer while it is steady.

    Args:
        known: the page.
        now: the present moment.
        since: when the site's first visit ended: all pages were new in it; None where none was well.
        full_fetch_after: as in `pause`.
    """
    if known.status == GONE:
        return _longest(known, full_fetch_after)
    if is_recent(known, now, since):
        return timedelta(0)
    soonest = SOONEST if is_cheap(known) else REGISTER_PAUSE
    return min(_longest(known, full_fetch_after), max(soonest, _share_of_steady(known, now)))


def is_recent(known: KnownPage, now: datetime, since: datetime | None) -> bool:
    """Whether a page appeared or changed a short while ago, and after the site's first visit, which ended `since`."""
    changed = known.changed_at
    return since is not None and changed is not None and since < changed <= now < changed + RECENT


def is_cheap(known: KnownPage) -> bool:
    """Whether a page can be asked for with conditions, so that it comes only if it has changed."""
    return bool(known.etag or known.last_modified)


def _share_of_steady(known: KnownPage, now: datetime) -> timedelta:
    return SHARE * max(timedelta(0), now - (known.changed_at or now))


def _longest(known: KnownPage, full_fetch_after: timedelta) -> timedelta:
    # between a quarter and half of the time, by the address: pages found on one day must not all fall due on one day
    part = int.from_bytes(sha1(known.url.encode(), usedforsecurity=False).digest()[:2]) / 0x10000
    return full_fetch_after * (0.25 + 0.25 * part)


def register_pause(known: KnownPage, now: datetime) -> timedelta:
    """How long a promising page that leads nowhere is left alone: its rows may be all that a register has."""
    return max(REGISTER_PAUSE, min(HUB_PATIENCE, _share_of_steady(known, now)))


def is_due(known: KnownPage, now: datetime, *, patience: timedelta, full_fetch_after: timedelta) -> bool:
    """Whether a page should be asked for again now; see `pause`."""
    if known.fetched_at is None or known.full_fetch_at is None or known.fetched_at > now:
        return True
    return now - known.fetched_at >= pause(known, now, patience=patience, full_fetch_after=full_fetch_after)


def feed_is_due(feed: KnownFeed, now: datetime, *, beside_another: bool) -> bool:
    """Whether a feed or sitemap should be asked for now.

    Args:
        feed: what is remembered of it.
        now: the present moment.
        beside_another: whether another feed of the site tells what is new.
    """
    passed = now - feed.asked_at
    if passed < timedelta(0):
        return True
    if not feed.entries:
        return passed >= IN_VAIN
    return not (feed.is_sitemap and beside_another) or passed >= SITEMAP_PAUSE


def validators(known: KnownPage | KnownFeed, now: datetime, full_fetch_after: timedelta) -> dict[str, str]:
    """The request headers that make a request conditional; none where the body is due again.

    A page whose body never came whole, or would be older than `full_fetch_after` at the next request (taken to come
    after as long a pause as this one), is asked for without conditions: an ETag that never changes would hide every
    change.
    """
    asked = known.asked_at if isinstance(known, KnownFeed) else known.fetched_at
    if known.full_fetch_at is None:
        return {}
    if now + max(timedelta(0), now - (asked or now)) > known.full_fetch_at + full_fetch_after:
        return {}
    headers = {}
    if known.etag:
        headers["If-None-Match"] = known.etag
    if known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    return headers

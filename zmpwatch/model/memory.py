"""What the visits of a site leave for its next one, beside its pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

__all__ = ["KnownFeed", "KnownOrigin", "KnownPlatform", "Pending", "SiteMemory"]


@dataclass(frozen=True, slots=True)
class KnownFeed:
    """A feed or sitemap that was asked for, or a guess that met none (`entries` 0)."""

    url: str
    asked_at: datetime
    entries: int = 0
    is_sitemap: bool = False
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    full_fetch_at: datetime | None = None
    """Last time the body came whole: validators may lie, so it is asked for again within days."""
    listed: bytes | None = None
    """Marks of the addresses a sitemap listed when it was read last (`zmpwatch.crawl.listed`); None: not known."""


@dataclass(frozen=True, slots=True)
class KnownOrigin:
    """What is remembered of one server (scheme, host and port).

    `robots_status` and `robots` are its last robots.txt that could be read, of `robots_at`; a 4xx has no body.
    `absent` is what it serves with status 200 for an address that can't exist: pieces of text, empty where it answers
    honestly; `absent_at` is when that was tried.
    """

    origin: str
    robots_status: int | None = None
    robots: bytes = b""
    robots_at: datetime | None = None
    retry_at: datetime | None = None
    """Before this moment it must not be asked again: it said so (429 or 503)."""
    absent: tuple[str, ...] = ()
    absent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KnownPlatform:
    """What a site was seen to run on: the name of a platform, or None where it is one of its own.

    A page without its signs may be a slip: `doubts` counts the visits in a row that saw none. `previous` is what it ran
    on before `changed_at`.
    """

    name: str | None
    since: datetime
    seen_at: datetime
    doubts: int = 0
    previous: str | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """A link worth a request that no visit has had the budget for."""

    url: str
    promise: float
    anchor: str | None = None
    referrer: str | None = None
    depth: int = 1
    fresh: bool = False
    """Whether it was new where it was found: see `Page.fresh`."""


@dataclass(slots=True)
class SiteMemory:
    """What is remembered of a site. A visit reads it at its beginning and hands it on, brought up to date, at its end.

    `worth` and `leads` are of the pages this visit fetched, by address: what their links promised, and to how many
    pages worth a request they led. `changed` names what of the rest was changed by the visit, so that a visit without
    news writes nothing: origins and feeds by their address, ``pending`` and ``platform``.
    """

    feeds: dict[str, KnownFeed] = field(default_factory=dict)
    origins: dict[str, KnownOrigin] = field(default_factory=dict)
    pending: dict[str, Pending] = field(default_factory=dict)
    worth: dict[str, float] = field(default_factory=dict)
    leads: dict[str, int] = field(default_factory=dict)
    platform: KnownPlatform | None = None
    since: datetime | None = None
    """When the site's first healthy visit ended: to us, every page was new in it."""
    gone: set[str] = field(default_factory=set)
    """Addresses that were asked for and are there no more."""
    changed: set[str] = field(default_factory=set)

    def put_feed(self, feed: KnownFeed) -> None:
        """Remember a feed."""
        self.feeds[feed.url] = feed
        self.changed.add(feed.url)

    def put_origin(self, origin: KnownOrigin) -> None:
        """Remember a server."""
        self.origins[origin.origin] = origin
        self.changed.add(origin.origin)

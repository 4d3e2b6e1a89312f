"""What a visit is asked to do, within which bounds, and who takes the pages. Imports no Scrapy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from zmpwatch.model import Association, KnownPage, Page, Purpose, Site, SiteMemory, VisitReport

if TYPE_CHECKING:
    from zmpwatch.read import PageLinks

__all__ = ["Clock", "CrawlSettings", "PageOutcome", "Sink", "VisitPlan"]

Clock = Callable[[], datetime]
"""Gives the present moment, with a time zone."""


@dataclass(frozen=True, slots=True)
class CrawlSettings:
    """Bounds of every visit. Times are in seconds, sizes in bytes after content decoding unless said otherwise."""

    user_agent: str
    """Names the program and a contact; its first word is the token robots.txt may address."""
    delay: float = 1.0
    """Between two requests to one host; a Crawl-delay or a slow server only makes it longer."""
    concurrent_sites: int = 32
    requests_per_visit: int = 60
    """Requests sent, robots.txt, redirects and repetitions included."""
    pages_per_visit: int | None = None
    """Pages and documents handed to the sink; None: as many as the requests give."""
    timeout: float = 30.0
    """The whole of one download, from the connection to the last byte."""
    dns_timeout: float = 10.0
    max_html_bytes: int = 4 << 20
    max_document_bytes: int = 32 << 20
    seconds_per_visit: float = 900.0
    bytes_per_visit: int = 256 << 20
    """Over the wire, all responses of a visit together."""
    errors_per_visit: int = 20
    per_address: int = 2
    """Requests under way at once to all hosts on one IP address."""
    robots_fresh: timedelta = timedelta(hours=12)
    """A robots.txt read no longer ago is not asked for again."""
    robots_last_good: timedelta = timedelta(hours=24)
    """One that can't be read any more is obeyed in its last good copy for this long (RFC 9309, 2.4)."""
    watched_pages: int = 8
    """Pages that stated nothing which a visit looks at again, of those whose time has come."""
    pending_links: int = 10
    """Links earlier visits had no budget for which a later visit follows."""
    allowed_private: frozenset[str] = frozenset()
    """`host` or `host:port`, exactly as configured, that may lie on loopback or a private network."""
    full_fetch_after: timedelta = timedelta(days=7)
    """A body is asked for again after this time whatever its validators say (docs/faults.md 39)."""
    max_redirects: int = 5
    max_depth: int = 5
    """Links between a page and where the visit found its way into the site; leaves of a list lie as deep as it."""
    max_links: int = 2000
    """Links taken from one page (docs/faults.md 49)."""
    max_url_length: int = 2083

    @property
    def robots_token(self) -> str:
        """The product token of the user agent: what a robots.txt group names (RFC 9309, 2.2.1)."""
        return self.user_agent.split("/", 1)[0].split(" ", 1)[0] or "zmpwatch"


@dataclass(frozen=True, slots=True)
class VisitPlan:
    """One visit of one site.

    `known` maps URLs to what is remembered of them. With `urls` only these are fetched, past every cache, and nothing
    is followed: that is how a confirmation is made. `association` gives the names that links are searched for.
    """

    site: Site
    association: Association
    purpose: Purpose = Purpose.ROUTINE
    known: Mapping[str, KnownPage] = field(default_factory=dict)
    urls: tuple[str, ...] = ()
    recall: Callable[[], SiteMemory] = SiteMemory
    """Gives what is remembered of the site beside its pages; called in a worker thread when the visit begins."""


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """What became of a page: lets the spider spend its budget where it pays."""

    relevant: bool = False
    statements: int = 0
    unchanged: bool = False
    """It says what it said when it was read before."""
    unread: bool = False
    """It came cut short: what it says is not known, and it should be asked for again."""
    links: PageLinks | None = None
    """Its links, where the reader has them anyway."""


class Sink(Protocol):
    """Takes what a visit fetched. Its methods run in the event loop that awaits `run_visits`."""

    async def page(self, plan: VisitPlan, page: Page) -> PageOutcome:
        """Take one fetched page or document: status 200, decoded, no challenge."""

    async def not_modified(self, plan: VisitPlan, url: str, fetched_at: datetime) -> None:
        """Take the word of the server that a known page has not changed. `url` is the key of `plan.known`."""

    async def finished(self, plan: VisitPlan, report: VisitReport) -> None:
        """Take the report; called once a visit, last. Not called for a visit that was given up."""

"""One visit while it runs: its report, its budgets and the hosts it must leave alone."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from zmpwatch.crawl.address import AddressPolicy
from zmpwatch.crawl.addressgate import AddressGate
from zmpwatch.crawl.deadlinks import DeadLinks
from zmpwatch.crawl.fetch import Role
from zmpwatch.crawl.plan import Clock, CrawlSettings, PageOutcome, VisitPlan
from zmpwatch.crawl.revisit import is_due, validators
from zmpwatch.crawl.traps import Traps
from zmpwatch.crawl.urls import Scope, canonical, twin
from zmpwatch.model import Failure, FailureKind, KnownOrigin, KnownPage, Page, SiteMemory, VisitReport

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

__all__ = ["VisitState", "visit_of"]

logger = logging.getLogger("zmpwatch.crawl")

_NO_ERROR = {FailureKind.ROBOTS, FailureKind.CHALLENGE, FailureKind.WRONG_PAGE}
"""Kinds that are no trouble of the server: they do not count against the budget of errors."""
_WAY_OF_THE_WEB = {FailureKind.ROBOTS, FailureKind.WRONG_PAGE}
_HOST_WIDE = {FailureKind.ROBOTS_UNREACHABLE, FailureKind.RETRY_LATER}
"""Kinds that say the same of every address of a host: told once."""
_SILENT_AFTER = 2
"""A host that gave no answer this many times in a row is not asked again in the visit: each would cost a time-out."""


@dataclass(slots=True)
class VisitState:
    """The facts of a running visit, shared by spider and middlewares.

    `clock` stamps what is told to others; budgets run on the monotonic clock, which no one sets back.
    """

    plan: VisitPlan
    settings: CrawlSettings
    clock: Clock
    report: VisitReport
    policy: AddressPolicy
    scope: Scope
    memory: SiteMemory
    """What is remembered of the site; brought up to date while the visit runs."""
    gate: AddressGate
    traps: Traps
    dead: DeadLinks
    patience: timedelta = timedelta(days=1)
    """Longest pause of a page that stated something."""
    alive: bool = False
    """Whether something of the site was seen to have changed: its lists are then worth asking for."""
    started: float = field(default_factory=monotonic)
    errors: int = 0
    held: dict[str, datetime | None] = field(default_factory=dict)
    """Hosts not to be asked again in this visit, with the time they named, if they named one."""
    silent: Counter[str] = field(default_factory=Counter)
    told: set[tuple[FailureKind, str]] = field(default_factory=set)
    explored: Counter[bool] = field(default_factory=Counter)
    """Pages asked for that no word recommended: those that stood in a list which some word did, and others."""
    fetched: set[str] = field(default_factory=set)
    """Keys of the pages links led to."""
    unread: set[str] = field(default_factory=set)
    """Those of them that gave nothing which could be read: cut short, a guard, an error, nothing there."""
    bodies: Counter[str] = field(default_factory=Counter)
    """How often each body (SHA-256) was served."""
    first_at: dict[str, str] = field(default_factory=dict)
    """Where each was served first."""
    given_up: bool = False
    aborts: list[Callable[[], None]] = field(default_factory=list)
    """What ends the downloads under way at once."""
    rules_moved: dict[str, str] = field(default_factory=dict)
    """Servers whose robots.txt leads to another site for good, and where that begins."""
    take: Callable[[Page], Awaitable[PageOutcome]] | None = None
    """Where pages go; without it the spider yields items."""
    unchanged: Callable[[str, datetime], Awaitable[None]] | None = None
    on_close: Callable[[str], None] | None = None

    @classmethod
    def open(
        cls, plan: VisitPlan, settings: CrawlSettings, clock: Clock, gate: AddressGate | None = None
    ) -> VisitState:
        """Begin the visit of a plan. `gate` is shared by all visits of a run."""
        memory = plan.recall()
        scope, now = Scope(plan.site), clock()
        return cls(
            plan=plan,
            settings=settings,
            clock=clock,
            report=VisitReport(site=plan.site.name, purpose=plan.purpose, started=now, memory=memory),
            policy=_policy(settings.allowed_private),
            scope=scope,
            traps=Traps(now.date(), scope),
            dead=DeadLinks(int(now.timestamp()) // 60),
            memory=memory,
            gate=gate or AddressGate(settings.per_address, settings.delay),
        )

    @property
    def seconds_left(self) -> float:
        """Seconds of the visit's time that are left."""
        return self.settings.seconds_per_visit - (monotonic() - self.started)

    @property
    def bytes_left(self) -> int:
        """Bytes over the wire that are left."""
        return self.settings.bytes_per_visit - self.report.bytes

    def may_explore(self, *, listed: bool) -> bool:
        """Whether a page that no word recommends may be asked for; takes one of those allowed.

        Half of all requests may go to what is `listed` on a page that some word recommends (news, sessions), a third
        to others.
        """
        self.explored[listed] += 1
        return self.explored[listed] <= self.settings.requests_per_visit // (2 if listed else 3)

    def cap(self, budget: str) -> None:
        """Note that a budget ran out, and end the visit."""
        if budget not in self.report.capped:
            self.report.capped.append(budget)
            logger.info("%s: visit ends, budget of %s spent", self.plan.site.name, budget)
        if self.on_close:
            self.on_close(budget)

    def exhausted(self) -> bool:
        """Whether no further request may be sent; notes the budget that ran out."""
        if self.given_up:
            return True
        if self.report.requests >= self.settings.requests_per_visit:
            self.cap("requests")
        if self.settings.pages_per_visit is not None and self.report.pages >= self.settings.pages_per_visit:
            self.cap("pages")
        if self.seconds_left <= 0:
            self.cap("seconds")
        if self.bytes_left <= 0:
            self.cap("bytes")
        if self.errors >= self.settings.errors_per_visit:
            self.cap("errors")
        return bool(self.report.capped)

    def known(self, url: str) -> tuple[str, KnownPage] | None:
        """What is remembered of an address, with its key in the plan."""
        known = self.plan.known
        if not known:
            return None
        for key in (url, canonical(url)):
            if key in known:
                return key, known[key]
        return None

    def validators(self, url: str) -> dict[str, str]:
        """Headers that make the request for an address conditional; none in a confirmation."""
        if self.plan.urls:
            return {}
        if (feed := self.memory.feeds.get(url)) is not None:
            return validators(feed, self.clock(), self.settings.full_fetch_after)
        known = self.known(url)
        return validators(known[1], self.clock(), self.settings.full_fetch_after) if known else {}

    def is_due(self, known: KnownPage) -> bool:
        """Whether a page that was read before should be asked for again."""
        return is_due(known, self.clock(), patience=self.patience, full_fetch_after=self.settings.full_fetch_after)

    def asks_again(self, known: KnownPage) -> bool:
        """Whether a link to a page that was read before is followed: it is due, or a list of a site that has news."""
        return self.is_due(known) or (self.alive and known.leads > 0)

    def origin(self, name: str) -> KnownOrigin:
        """What is remembered of a server (scheme, host and port)."""
        return self.memory.origins.get(name) or KnownOrigin(name)

    def give_up(self) -> None:
        """Stop as fast as possible; nothing of the visit counts."""
        self.given_up = True
        for abort in self.aborts:
            abort()

    def hold(self, host: str, until: datetime | None = None) -> None:
        """Ask a host nothing more in this visit."""
        self.held.setdefault(host, until)
        if twin(host) == twin(urlsplit(self.plan.site.url).hostname or ""):
            self.report.left_alone = True
        if until is not None:
            self.report.retry_at = max(until, self.report.retry_at or until)

    def answered(self, host: str) -> None:
        """A host gave an answer, whatever it was."""
        self.silent[host] = 0

    def fail(self, failure: Failure, *, host: str, role: Role, absent: bool = False) -> None:
        """Note a failure.

        What is said of a whole host is told once. That a mere link leads to nothing, or to what is closed to us, is how
        the web is, and is told of no one; the site's own addresses are another matter.
        """
        kind = failure.kind
        if not role.expected and (absent or kind in _WAY_OF_THE_WEB):
            logger.debug("%s: %s: %s", self.plan.site.name, failure.url, failure.detail)
            return
        if kind not in _NO_ERROR:
            self.errors += 1
        if kind in {FailureKind.UNREACHABLE, FailureKind.TIMEOUT}:
            self.silent[host] += 1
            if self.silent[host] >= _SILENT_AFTER:
                self.hold(host)
        if kind in _HOST_WIDE:
            self.hold(host)
            if (kind, host) in self.told:
                return
            self.told.add((kind, host))
        self.report.failures.append(failure)
        logger.info("%s: %s: %s: %s", self.plan.site.name, kind, failure.url, failure.detail)


def visit_of(crawler: Crawler) -> VisitState:
    """The visit that a crawler runs."""
    # Scrapy makes middlewares and handlers when the spider is there, and knows no more of it than that it is one
    visit: VisitState = crawler.spider.visit  # type: ignore[union-attr]
    return visit


@lru_cache(maxsize=4)
def _policy(allowed: frozenset[str]) -> AddressPolicy:
    """One for all visits of a run: a watch may have thousands of addresses of its own."""
    return AddressPolicy(allowed)

"""The base of all families: best first through one site, within its budgets.

Order: where the site begins, pages that carried statements before, feeds and sitemaps, then links by what they promise.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from zmpwatch.crawl.absenceprobe import AbsenceProbe
from zmpwatch.crawl.discovery import Discovery
from zmpwatch.crawl.emptiness import says_it_is_empty
from zmpwatch.crawl.failure import BudgetSpent, FetchFailure, classify
from zmpwatch.crawl.fetch import Fetch, Role, fetch_of, request_for
from zmpwatch.crawl.following import Following
from zmpwatch.crawl.frontier import NEVER, Frontier
from zmpwatch.crawl.lonevisit import item_of, lone_visit
from zmpwatch.crawl.plan import PageOutcome
from zmpwatch.crawl.platform import Platform
from zmpwatch.crawl.priority import BEST_LINK, KNOWN, PROBE, START
from zmpwatch.crawl.recollection import TRANSIENT, Recollection
from zmpwatch.crawl.response import markup_of, page_of
from zmpwatch.crawl.revisit import CONDITIONAL_HEADERS, PAST_CACHES
from zmpwatch.crawl.robots import RobotsMiddleware
from zmpwatch.crawl.scoring import LinkScorer, is_pagination, nearness
from zmpwatch.crawl.state import VisitState, logger
from zmpwatch.crawl.traps import SAME_BODY
from zmpwatch.crawl.urls import page_key
from zmpwatch.crawl.watchlist import Watchlist
from zmpwatch.errors import CrawlError
from zmpwatch.model import Failure, FailureKind, Page
from zmpwatch.read import MediaType

__all__ = ["SiteSpider"]

_NO_PAGE = {FailureKind.WRONG_PAGE, FailureKind.REDIRECT}
"""What a link comes to that leads to a wall, out of the site, or to words that say that nothing is there."""


class SiteSpider(Spider):
    """One visit of one site. Families give the data below; few need code.

    Run by Scrapy's own command it takes ``-a url=…`` and yields one item a page: url, status, title, published, sha256,
    length.
    """

    name = "site"
    scorer: LinkScorer
    frontier: Frontier
    discovery: Discovery
    recollection: Recollection
    watchlist: Watchlist
    absence: AbsenceProbe
    following: Following

    paths: ClassVar[tuple[str, ...]] = ()
    """Where pages worth reading usually are; asked for only when the family is sure enough to spend requests."""
    feeds: ClassVar[tuple[str, ...]] = ()
    """Where a feed usually is, when the site names none."""
    sitemap: ClassVar[bool] = True
    """Whether ``/sitemap.xml`` is tried when robots.txt names none."""
    search: ClassVar[bool] = False
    """Whether the site's own search is asked for the association, by GET, when robots.txt lets us."""
    platforms: ClassVar[tuple[Platform, ...]] = ()
    """Systems the sites of this family run on; see `zmpwatch.crawl.platform`."""
    terms: ClassVar[Mapping[str, float]] = {}
    """Patterns over folded text of links, and their worth; see `LinkScorer`."""
    threshold: ClassVar[float] = 1.0
    """Links that promise less are not followed."""
    pagination: ClassVar[float] = 12.0
    """Worth of the next leaf of a list."""
    documents: ClassVar[float] = 15.0
    """What a link to a document must promise: documents are big, and read at some cost."""
    patience: ClassVar[timedelta] = timedelta(days=1)
    """Longest time a page that stated something is left alone while it does not change."""
    recency: ClassVar[float] = 0.0
    """What the present year in a link's words or address adds to its promise; years before add less."""
    mirrors: ClassVar[bool] = False
    """Whether all hosts of the site carry the same pages."""

    def __init__(self, *, visit: VisitState | None = None, url: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if visit is None and not url:
            raise CrawlError(f"family {self.name!r} needs a site: -a url=https://…")
        self._url = url
        self._visit = visit

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> SiteSpider:
        """Scrapy's way of making one; without a plan, a visit is made up from the settings."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        if spider._visit is None:
            spider._visit = lone_visit(spider.name, spider._url or "", crawler.settings)
        spider.visit.patience = cls.patience
        spider.recollection = Recollection(spider.visit)
        spider.watchlist = Watchlist(spider.visit)
        spider.absence = AbsenceProbe(crawler, spider.visit)
        spider.scorer = LinkScorer.shared(spider.visit.plan.association, cls.terms)
        spider.discovery = Discovery(
            spider.visit, cls.platforms, feeds=cls.feeds, sitemap=cls.sitemap, search=cls.search
        )
        spider.frontier = Frontier(
            spider.visit,
            spider.worth,
            spider.page_key,
            threshold=cls.threshold,
            documents=cls.documents,
            exploring=lambda: spider.discovery.exploring,
        )
        spider.following = Following(
            spider.visit,
            spider.recollection,
            spider.discovery,
            spider.frontier,
            heir=spider.heir,
            named=spider._named_sitemaps,
        )
        crawler.signals.connect(spider._opened, signal=signals.spider_opened)
        crawler.signals.connect(spider._closed, signal=signals.spider_closed)
        crawler.signals.connect(spider._spider_error, signal=signals.spider_error)
        return spider

    @property
    def visit(self) -> VisitState:
        """The visit that runs."""
        assert self._visit is not None
        return self._visit

    # --- the course of a visit

    async def start(self) -> AsyncIterator[Any]:
        """The first requests: what must be confirmed, or where the site begins and what has paid before."""
        for fetch in self._first():
            yield self.request(fetch)

    def _first(self) -> Iterator[Fetch]:
        plan = self.visit.plan
        if plan.urls:
            for url in plan.urls:
                yield Fetch(url, Role.CONFIRM, START)
            return
        for url in plan.site.start_urls or (plan.site.url,):
            yield Fetch(url, Role.START, START)
        for page in self.watchlist.paying():
            yield Fetch(page.url, Role.KNOWN, KNOWN)
        for rank, path in enumerate(self.paths):
            url = urljoin(plan.site.url, path)
            if self.recollection.is_worth_a_guess(url):
                yield Fetch(url, Role.PROBE, PROBE - rank, guess=True)
        for page in self.watchlist.watched():
            yield Fetch(page.url, Role.LINK, BEST_LINK, key=self.page_key(page.url), promise=page.worth)
        for link in self.recollection.pending():
            yield Fetch(
                link.url,
                Role.LINK,
                min(link.promise, BEST_LINK),
                key=self.page_key(link.url),
                anchor=link.anchor,
                referrer=link.referrer,
                promise=link.promise,
                steps=link.depth,
                fresh=link.fresh,
            )

    async def parse(self, response: Response) -> AsyncIterator[Any]:
        """Judge one response as a transfer, hand the page over, follow what promises most."""
        request = response.request
        assert request is not None
        fetch = fetch_of(request)
        if response.status == 304:
            followed = await self._not_modified(request, response)
        elif (carried := self.page_in(request, response)) is None:
            return
        elif _is_feed(fetch, carried[1]):
            followed = await self._fed(request, carried[0])
        elif fetch.search:
            followed = await asyncio.to_thread(self.following.search, fetch, carried[0])
        else:
            page, kind = carried
            if await self._is_none(request, page, kind):
                return
            digest = page.body_sha256
            if self._was_served(fetch, page, kind, digest):
                return
            if self.visit.take is None:
                outcome = PageOutcome()
                yield item_of(page, digest)
            else:
                outcome = await self.visit.take(page)
            followed = await self._taken(fetch, page, kind, outcome)
        for one in followed:
            yield self.request(one)

    def page_in(self, request: Request, response: Response) -> tuple[Page, MediaType] | None:
        """The page a response carries, and what it is by its bytes; a failure is noted where it carries none."""
        most = self.visit.settings.max_html_bytes
        try:
            return page_of(request, response, fetched_at=self.visit.clock(), max_text=most)
        except FetchFailure as failure:
            self.note_failure(request, failure)
            return None

    def failed(self, failure: TwistedFailure) -> None:
        """Note what kept a request from giving a page (errback of every request)."""
        request: Request = failure.request  # type: ignore[attr-defined]
        assert failure.value is not None
        self.note_failure(request, failure.value)

    # --- for families

    def page_key(self, url: str) -> str:
        """What tells pages of this family apart; see `zmpwatch.crawl.urls.page_key`."""
        return page_key(url, host=not self.mirrors)

    def promise(self, url: str, anchor: str, context: str, rel: str) -> float:
        """What a link is worth to this family."""
        score = self.scorer.link(url, anchor, context)
        if score > NEVER and is_pagination(url, anchor, rel):
            score += self.pagination
        return score

    def worth(self, url: str, anchor: str, context: str, rel: str) -> float:
        """What a link is worth to this family on the platform its site runs on, and at the time it speaks of."""
        platform = self.discovery.platform
        promise = self.promise(url, anchor, context, rel) + (platform.promise(url) if platform is not None else 0.0)
        if promise <= 0:
            return promise
        return promise + self.recency * nearness(f"{anchor} {url}", self.visit.clock().year)

    def heir(self, url: str) -> float:  # noqa: ARG002 - families look at the address
        """Which part of a page's promise a link in its content inherits, from 0 to 1."""
        return 0.2

    def request(self, fetch: Fetch) -> Request:
        """The request of a fetch, conditional where that is safe."""
        confirms = fetch.role is Role.CONFIRM
        headers = dict(PAST_CACHES) if confirms else self.visit.validators(fetch.url)
        return request_for(fetch, callback=self.parse, errback=self.failed, headers=headers)

    # --- transfer

    def _named_sitemaps(self, url: str) -> tuple[str, ...]:
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        return robots.sitemaps(url) if robots is not None else ()

    async def _not_modified(self, request: Request, response: Response) -> list[Fetch]:
        if self.recollection.is_as_it_was(response.url):
            self.visit.report.not_modified += 1
            return self.following.parts(response.url)
        known = self.visit.known(response.url)
        if known is None or not any(name in request.headers for name in CONDITIONAL_HEADERS):
            self.note_failure(request, FetchFailure(FailureKind.STATUS, "304 to a request without conditions"))
            return []
        self.visit.report.not_modified += 1
        self.visit.traps.differs(response.url)
        if self.visit.unchanged is not None:
            await self.visit.unchanged(known[0], self.visit.clock())
        return self.following.as_it_was(fetch_of(request), response.url, known[1])

    async def _fed(self, request: Request, page: Page) -> list[Fetch]:
        """What follows from a feed or a sitemap; a failure is noted where it is none."""
        try:
            return await asyncio.to_thread(self.following.feed, fetch_of(request), page)
        except FetchFailure as failure:
            self.note_failure(request, failure)
            return []

    async def _is_none(self, request: Request, page: Page, kind: MediaType) -> bool:
        """Whether a link leads to what the server shows where there is no page."""
        fetch = fetch_of(request)
        if fetch.role is not Role.LINK:
            return False
        if kind is MediaType.HTML and await self.absence.is_absent(page):
            detail = "a soft 404: it shows what the server shows for addresses that do not exist"
            self.note_failure(request, FetchFailure(FailureKind.WRONG_PAGE, detail, absent=True))
            return True
        self.visit.dead.alive(page.requested, fetch.referrer)
        return False

    def note_failure(self, request: Request, error: BaseException) -> None:
        """Note what kept a request from giving a page, and what that says of its address and its host."""
        if isinstance(error, BudgetSpent):
            return
        fetch = fetch_of(request)
        url, role = fetch.url, fetch.role
        failure = classify(error, url)
        if failure.kind is FailureKind.INTERNAL:
            logger.error("%s: %s", url, failure.detail, exc_info=error)
        # a search that a server refuses is a guess that failed, whatever its status
        refused = fetch.search and failure.kind is FailureKind.STATUS
        absent = refused or (isinstance(error, FetchFailure) and error.absent)
        if fetch.feed or fetch.guess:
            self.recollection.met_no_feed(url, gone=absent)
        elif absent:
            self.visit.memory.gone.add(url)
        if role is Role.LINK and (absent or failure.kind in _NO_PAGE):
            self.visit.dead.absent(url, fetch.referrer)
        # what leads nowhere among much that leads nowhere is no page that will come
        never = absent and self.visit.dead.is_suspect(url, fetch.referrer)
        if role is Role.LINK and failure.kind in TRANSIENT and not never:
            self.recollection.gave_nothing(fetch.key)
        self.visit.fail(failure, host=urlsplit(request.url).hostname or "", role=role, absent=absent)

    def _was_served(self, fetch: Fetch, page: Page, kind: MediaType, digest: str) -> bool:
        """Whether the very body was served before in this visit, at another address; too often ends the visit."""
        self.visit.bodies[digest] += 1
        first = self.visit.first_at.setdefault(digest, page.url)
        times = self.visit.bodies[digest]
        if times == 1:
            self.visit.traps.differs(page.url)
            return False
        if kind is MediaType.HTML:
            own_kind = self.following.kindred(fetch, page)
            self.visit.traps.read_again(page.url, fetch.referrer, own_kind, first=first, times=times)
        if times > SAME_BODY:
            self.visit.cap("same_body")
        return True

    async def _taken(self, fetch: Fetch, page: Page, kind: MediaType, outcome: PageOutcome) -> list[Fetch]:
        """Note what became of a page, and give what follows from it."""
        self.visit.report.pages += 1
        if fetch.role is Role.CONFIRM:
            return []
        if outcome.unread:
            self.recollection.gave_nothing(fetch.key)
        self.visit.alive = self.visit.alive or not outcome.unchanged
        self.visit.memory.worth[page.url] = max(0.0, fetch.promise)
        if kind.is_document:
            return []
        followed = await self.following.page(fetch, page, outcome)
        if fetch.role is Role.START:
            leads = any(one.role is Role.LINK for one in followed)
            self.visit.report.proven_empty = not leads and await asyncio.to_thread(
                says_it_is_empty, markup_of(page.body, page.headers)
            )
        return followed

    # --- Scrapy's signals

    def _opened(self) -> None:
        visit = self.visit
        closing: list[asyncio.Task[None]] = []

        def close(reason: str) -> None:
            if not closing:
                # a raised CloseSpider is lost in a middleware: the engine is told itself
                closing.append(asyncio.ensure_future(self.crawler.engine.close_spider_async(reason=reason)))

        visit.on_close = close
        self._timer = asyncio.get_running_loop().call_later(visit.settings.seconds_per_visit, visit.exhausted)

    def _closed(self, reason: str) -> None:
        self._timer.cancel()
        visit = self.visit
        visit.report.traps = [*visit.traps.told(), *visit.dead.told()]
        if not visit.plan.urls:
            self.discovery.close()
            self.recollection.close(self.page_key)
        if self.visit.take is None:
            report = visit.report
            logger.info(
                "%d requests, %d bytes, %d pages, %d failures",
                report.requests,
                report.bytes,
                report.pages,
                len(report.failures),
            )
        if reason not in {"finished", "shutdown", *visit.report.capped}:
            visit.report.capped.append(reason)

    def _spider_error(self, failure: TwistedFailure, response: Response | None) -> None:
        url = response.url if response is not None else self.visit.plan.site.url
        self.visit.report.failures.append(
            Failure(FailureKind.INTERNAL, url, f"{type(failure.value).__name__}: {failure.value}")
        )


def _is_feed(fetch: Fetch, kind: MediaType) -> bool:
    """Whether a response is read as a feed or sitemap; what must be confirmed never is."""
    if fetch.role is Role.CONFIRM:
        return False
    packed = fetch.feed and kind is MediaType.UNKNOWN
    return packed or kind in {MediaType.RSS, MediaType.ATOM, MediaType.XML}

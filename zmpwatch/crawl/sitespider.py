"""The base of all families: best first through one site, within its budgets.

Order: where the site begins, pages that carried statements before, feeds and sitemaps, then links by what they promise.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urljoin, urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from zmpwatch.crawl.absenceprobe import AbsenceProbe
from zmpwatch.crawl.discovery import NEW_LINK, Discovery
from zmpwatch.crawl.emptiness import says_it_is_empty
from zmpwatch.crawl.failure import BudgetSpent, FetchFailure, classify
from zmpwatch.crawl.frontier import NEVER, Found, Frontier
from zmpwatch.crawl.plan import CrawlSettings, PageOutcome, VisitPlan
from zmpwatch.crawl.platform import Platform
from zmpwatch.crawl.recollection import TRANSIENT, Recollection
from zmpwatch.crawl.response import markup_of, page_of
from zmpwatch.crawl.revisit import CONDITIONAL_HEADERS, PAST_CACHES
from zmpwatch.crawl.robots import RobotsMiddleware
from zmpwatch.crawl.scoring import LinkScorer, is_pagination, nearness
from zmpwatch.crawl.state import Role, VisitState, logger
from zmpwatch.crawl.traps import SAME_BODY, Kindred, kindred_of
from zmpwatch.crawl.urls import canonical, page_key, usable
from zmpwatch.errors import CrawlError, ReadError
from zmpwatch.model import Association, Failure, FailureKind, KnownPage, Page, Pending, Site

if TYPE_CHECKING:
    from zmpwatch.read import Feed, PageLinks

__all__ = ["PageFingerprinter", "SiteSpider"]

_ZMP = Association(key="zmp", name="Związek Miast Polskich", short="ZMP", acronyms=("ZMP",), domains=("miasta.pl",))
"""What `scrapy crawl` searches for when no plan says otherwise."""

_LEAVES = 25
"""A list is followed so many leaves in a row: further back lies history, or a calendar without an end."""

START, KNOWN, FEED, SEARCH, PROBE = 1000, 900, 800, 790, 700
"""Priorities; links follow with what they promise, at most `BEST_LINK`."""
BEST_LINK = 600
LISTED = 200.0
"""What is worth more, of what no word recommends: what a page lists that some word does."""
_KIND_COSTS, _KIND_COSTS_MOST = 30.0, 90.0
"""What each further page of a kind is worth less, and what it is worth less at most, of what no word recommends."""
RELEVANT = 5.0
"""What the links of a page on our subject are worth more."""


class PageFingerprinter:
    """Tells requests apart by the page they ask for, not by the spelling of the address."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PageFingerprinter:
        """Scrapy's way of making one."""
        return cls(crawler)

    def fingerprint(self, request: Request) -> bytes:
        """SHA-1 of the page's key; feeds and what is confirmed count by their exact address."""
        exact = request.meta.get("feed") or request.meta.get("role") is Role.CONFIRM
        spider: SiteSpider = self._crawler.spider  # type: ignore[assignment]
        key = f"={canonical(request.url)}" if exact else spider.page_key(request.url)
        return hashlib.sha1(key.encode(), usedforsecurity=False).digest()


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
    absence: AbsenceProbe

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
        self._advertised = False
        self._steps: dict[str, int] = {}
        self._explored: Counter[Kindred] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> SiteSpider:
        """Scrapy's way of making one; without a plan, a visit is made up from the settings."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        if spider._visit is None:
            spider._visit = spider._lone_visit(crawler)
        spider.visit.patience = cls.patience
        spider.recollection = Recollection(spider.visit)
        spider.absence = AbsenceProbe(crawler, spider.visit)
        spider.scorer = LinkScorer(spider.visit.plan.association, cls.terms)
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
        crawler.signals.connect(spider._opened, signal=signals.spider_opened)
        crawler.signals.connect(spider._closed, signal=signals.spider_closed)
        crawler.signals.connect(spider._spider_error, signal=signals.spider_error)
        return spider

    @property
    def visit(self) -> VisitState:
        """The visit that runs."""
        assert self._visit is not None
        return self._visit

    def _lone_visit(self, crawler: Crawler) -> VisitState:
        url = self._url or ""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise CrawlError(f"url={url!r} is no web address")
        get = crawler.settings
        settings = CrawlSettings(
            user_agent=get["USER_AGENT"],
            delay=get.getfloat("DOWNLOAD_DELAY"),
            timeout=get.getfloat("DOWNLOAD_TIMEOUT"),
            requests_per_visit=get.getint("ZMPWATCH_REQUESTS_PER_VISIT", 60),
            # whoever types an address at the prompt is the operator
            allowed_private=frozenset({parts.netloc.rpartition("@")[2]}),
        )
        plan = VisitPlan(site=Site(name=parts.hostname, family=self.name, url=url), association=_ZMP)
        return VisitState.open(plan, settings, lambda: datetime.now(UTC))

    # --- the course of a visit

    async def start(self) -> AsyncIterator[Any]:
        """The first requests: what must be confirmed, or where the site begins and what has paid before."""
        plan = self.visit.plan
        if plan.urls:
            for url in plan.urls:
                yield self.request(url, Role.CONFIRM, START)
            return
        for url in plan.site.start_urls or (plan.site.url,):
            yield self.request(url, Role.START, START)
        for page in self.recollection.paying():
            yield self.request(page.url, Role.KNOWN, KNOWN)
        for rank, path in enumerate(self.paths):
            url = urljoin(plan.site.url, path)
            if self.recollection.is_worth_a_guess(url):
                yield self.request(url, Role.PROBE, PROBE - rank, guess=True)
        for page in self.recollection.watched():
            yield self.request(page.url, Role.LINK, BEST_LINK, key=self.page_key(page.url), promise=page.worth)
        for link in self.recollection.pending():
            yield self.request(
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
        if response.status == 304:
            for one in await self._not_modified(request, response):
                yield one
            return
        try:
            page, kind = page_of(
                request,
                response,
                fetched_at=self.visit.clock(),
                max_text=self.visit.settings.max_html_bytes,
            )
        except FetchFailure as failure:
            self._failed(request, failure)
            return
        from zmpwatch.read import MediaType  # noqa: PLC0415 - reading is loaded with the first page

        packed = request.meta.get("feed") and kind is MediaType.UNKNOWN
        if request.meta["role"] is not Role.CONFIRM and (
            packed or kind in {MediaType.RSS, MediaType.ATOM, MediaType.XML}
        ):
            for one in await asyncio.to_thread(self._from_feed, request, page):
                yield one
            return
        if request.meta.get("search"):
            for one in await asyncio.to_thread(self._from_search, request, page):
                yield one
            return
        if request.meta["role"] is Role.LINK and kind is MediaType.HTML and await self.absence.is_absent(page):
            detail = "a soft 404: it shows what the server shows for addresses that do not exist"
            self._failed(request, FetchFailure(FailureKind.WRONG_PAGE, detail, absent=True))
            return
        digest = hashlib.sha256(page.body).hexdigest()
        self.visit.bodies[digest] += 1
        first = self.visit.first_at.setdefault(digest, page.url)
        if self.visit.bodies[digest] > 1:
            times, source = self.visit.bodies[digest], request.meta.get("referrer")
            if kind is MediaType.HTML:
                own_kind = self._kindred(request, page)
                self.visit.traps.read_again(page.url, source, own_kind, first=first, times=times)
            if times > SAME_BODY:
                self.visit.cap("same_body")
            return
        if self.visit.take is None:
            outcome = PageOutcome()
            yield self.item(page, digest)
        else:
            outcome = await self.visit.take(page)
        self.visit.report.pages += 1
        if request.meta["role"] is Role.CONFIRM:
            return
        if outcome.unread:
            self.recollection.gave_nothing(request.meta.get("key"))
        self.visit.alive = self.visit.alive or not outcome.unchanged
        self.visit.memory.worth[page.url] = max(0.0, request.meta.get("promise", 0.0))
        if kind.is_document:
            return
        followed = await self._follow(request, page, outcome)
        for one in followed:
            yield one
        if request.meta["role"] is Role.START:
            leads = any(one.meta["role"] is Role.LINK for one in followed)
            self.visit.report.proven_empty = not leads and await asyncio.to_thread(
                says_it_is_empty, markup_of(page.body, page.headers)
            )

    def failed(self, failure: TwistedFailure) -> None:
        """Note what kept a request from giving a page (errback of every request)."""
        request: Request = failure.request  # type: ignore[attr-defined]
        assert failure.value is not None
        self._failed(request, failure.value)

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

    def request(self, url: str, role: Role, priority: float, *, again: bool = False, **meta: Any) -> Request:
        """A request for one address, conditional where that is safe; `again` queues it beside an earlier one."""
        headers = dict(PAST_CACHES) if role is Role.CONFIRM else self.visit.validators(url)
        return Request(
            url,
            callback=self.parse,
            errback=self.failed,
            headers=headers,
            priority=round(priority),
            dont_filter=again,
            meta={"role": role, "asked": url, **meta},
        )

    def item(self, page: Page, digest: str) -> dict[str, Any]:
        """What `scrapy crawl` writes for a page."""
        from zmpwatch.read import read_bytes  # noqa: PLC0415

        try:
            text = read_bytes(page.body, url=page.url, headers=page.headers)
        except ReadError as error:
            logger.warning("%s", error)
            title = published = None
        else:
            title, published = text.title, text.published
        return {
            "url": page.url,
            "status": page.status,
            "title": title,
            "published": published,
            "sha256": digest,
            "length": len(page.body),
        }

    # --- transfer

    async def _not_modified(self, request: Request, response: Response) -> list[Request]:
        if self.recollection.is_as_it_was(response.url):
            self.visit.report.not_modified += 1
            return self._parts(response.url)
        known = self.visit.known(response.url)
        if known is None or not any(name in request.headers for name in CONDITIONAL_HEADERS):
            self._failed(request, FetchFailure(FailureKind.STATUS, "304 to a request without conditions"))
            return []
        self.visit.report.not_modified += 1
        if self.visit.unchanged is not None:
            await self.visit.unchanged(known[0], self.visit.clock())
        return self._as_it_was(request, response.url, known[1])

    def _as_it_was(self, request: Request, url: str, known: KnownPage) -> list[Request]:
        """What follows from a page that has not changed: what it links to was weighed when it was read.

        Where nothing is remembered of that (older versions kept nothing), it is weighed now. That the home page is as
        it was says nothing of the feeds.
        """
        left = () if self.recollection.existed else self._queue((Found(link) for link in known.links), request, url)
        if request.meta["role"] is not Role.START:
            return list(left)
        self.discovery.note_menu(known.links)
        return [*self._feeds(url, []), *left]

    def _failed(self, request: Request, error: BaseException) -> None:
        if isinstance(error, BudgetSpent):
            return
        url = request.meta.get("asked", request.url)
        role = request.meta.get("role", Role.LINK)
        failure = classify(error, url)
        if failure.kind is FailureKind.INTERNAL:
            logger.error("%s: %s", url, failure.detail, exc_info=error)
        # a search that a server refuses is a guess that failed, whatever its status
        refused = bool(request.meta.get("search")) and failure.kind is FailureKind.STATUS
        absent = refused or (isinstance(error, FetchFailure) and error.absent)
        if request.meta.get("feed") or request.meta.get("guess"):
            self.recollection.met_no_feed(url, gone=absent)
        elif absent:
            self.visit.memory.gone.add(url)
        if role is Role.LINK and failure.kind in TRANSIENT:
            self.recollection.gave_nothing(request.meta.get("key"))
        self.visit.fail(failure, host=urlsplit(request.url).hostname or "", role=role, absent=absent)

    # --- what follows from a page

    def _from_feed(self, request: Request, page: Page) -> list[Request]:
        """Entries of a feed: in its order, for it is by date; those of a sitemap by their slug alone.

        Runs in a thread: a sitemap may have 50,000 entries, and the loop serves the other visits.
        """
        from zmpwatch.read import read_feed  # noqa: PLC0415

        digest = hashlib.sha256(page.body).hexdigest()
        if self.recollection.has_read(page, digest):
            return self._parts(page.url)
        try:
            feed = read_feed(page.body, url=page.url, headers=page.headers)
        except ReadError as error:
            # a guess that hits no feed is no failure
            guess = request.meta["role"] is Role.PROBE
            self._failed(request, FetchFailure(FailureKind.UNREADABLE, error.reason, absent=guess))
            return []
        fresh = self.recollection.note_feed(page, feed, digest, fresh=bool(request.meta.get("fresh")))
        self.visit.alive = True
        found = self._queue(self.discovery.entries(feed, fresh), request, page.url)
        return [*self._sitemaps(feed, fresh), *found]

    def _parts(self, index: str) -> list[Request]:
        """Sitemaps below an index that is as it was."""
        return [self.request(url, Role.PROBE, FEED - 2, feed=True) for url in self.recollection.parts_due(index)]

    def _sitemaps(self, feed: Feed, fresh: frozenset[str]) -> Iterator[Request]:
        """Sitemaps an index lists; the next leaf of a feed when its last entry is new too, so that none is missed."""
        last = feed.items[-1].url if feed.items else None
        if feed.next and last and self.visit.plan.known and self.visit.known(last) is None:
            for url in usable([feed.next], self.visit.scope, longest=self.visit.settings.max_url_length):
                yield self.request(url, Role.PROBE, FEED - 2, feed=True)
        for url in self.discovery.parts(feed):
            yield self.request(url, Role.PROBE, FEED - 2, feed=True, fresh=url in fresh)

    def _from_search(self, request: Request, page: Page) -> list[Request]:
        """Results of the site's own search; with none, it is asked in other words. Runs in a thread."""
        links = self._links(page)
        results = self.discovery.results(links) if links is not None else []
        chosen = list(self._queue(results, request, page.url))
        if any(not one.meta.get("explored") for one in chosen):
            return chosen
        return [*chosen, *self._search()]

    def _search(self) -> Iterator[Request]:
        """The next question to the site's own search, asked once a week: it costs a server most, and changes little."""
        url = self.discovery.next_search()
        if url is not None and self.recollection.is_worth_a_guess(url):
            self.recollection.met_no_feed(url, gone=True)
            yield self.request(url, Role.PROBE, SEARCH, search=True)

    def _links(self, page: Page) -> PageLinks | None:
        from zmpwatch.read import page_links  # noqa: PLC0415

        try:
            return page_links(page.body, url=page.url, headers=page.headers)
        except ReadError as error:
            # the sink has the page, and says itself that it can't be read
            logger.info("%s: no links followed: %s", page.url, error.reason)
            return None

    async def _follow(self, request: Request, page: Page, outcome: PageOutcome) -> list[Request]:
        links = outcome.links
        if outcome.unchanged and links is None and (known := self.visit.known(page.url)) is not None:
            return self._as_it_was(request, page.url, known[1])
        if links is None:
            # a page of 2,000 links takes a while, and the loop serves the other visits
            links = await asyncio.to_thread(self._links, page)
        return list(self._follow_links(request, page, outcome, links)) if links is not None else []

    def _follow_links(self, request: Request, page: Page, outcome: PageOutcome, links: PageLinks) -> Iterator[Request]:
        self.discovery.look(page, links, front=request.meta["role"] is Role.START)
        if request.meta["role"] is Role.START:
            self.discovery.note_menu(link.url for link in links.links)
            yield from self._feeds(page.url, [link.url for link in links.feeds])
            self.discovery.plan_search(page)
            yield from self._search()
            for url in self.discovery.registers(page):
                if self.recollection.is_worth_a_guess(url):
                    yield self.request(url, Role.PROBE, PROBE, guess=True)
        self.visit.traps.read(
            page.url,
            self._kindred(request, page),
            lambda: markup_of(page.body, page.headers),
            [link.url for link in links.links],
            relevant=outcome.relevant,
        )
        new = self.discovery.new_links(page, links)
        leaf = is_pagination(page.url, "", "")  # old items move onto the further leaves of a listing
        # what a page promised, and kept, its links inherit: those of its content, not those of the menu
        promised = max(0.0, request.meta.get("promise", 0.0))
        kept = RELEVANT if outcome.relevant else 0.0
        front = request.meta["role"] is Role.START
        found = [
            Found(
                link.url,
                link.anchor,
                link.context,
                link.rel,
                promised * self.heir(link.url) + kept
                if link.main and (front or not self.discovery.in_menu(link.url))
                else 0.0,
                NEW_LINK if link.url in new else 0.0,
                fresh=link.url in new and not leaf,
            )
            for link in links.links[: self.visit.settings.max_links]
        ]
        if (following := self.discovery.leaf_after(page, links)) is not None:
            found.append(following)
        yield from self._queue(found, request, page.url)

    def _kindred(self, request: Request, page: Page) -> Kindred | None:
        """The kind of a page that another of its kind led to; see `zmpwatch.crawl.traps`."""
        return self.visit.traps.kind(page.url, request.meta.get("referrer"), leaf=bool(request.meta.get("leaves")))

    def _feeds(self, url: str, advertised: list[str]) -> Iterator[Request]:
        """The feeds and sitemaps of a site, once a visit."""
        if self._advertised:
            return
        self._advertised = True
        candidates = self.discovery.feeds(url, advertised)
        for feed in self.recollection.feeds_due(candidates, named=bool(advertised) or self.discovery.redesigned):
            yield self.request(feed, Role.PROBE, FEED, feed=True)
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        candidates = self.discovery.sitemaps(url, robots.sitemaps(url) if robots else ())
        for sitemap in self.recollection.sitemaps_due(candidates):
            yield self.request(sitemap, Role.PROBE, FEED - 1, feed=True)

    def _queue(self, found: Iterable[Found], request: Request, source: str) -> Iterator[Request]:
        """Requests for the best of what was found.

        Another leaf of a list is no deeper than the list, but further on: the tenth is worth less than the first.
        """
        depth, leaves = request.meta.get("steps", 0), request.meta.get("leaves", 0)
        # what a page of news lists is likelier to be news than what a menu lists, whatever its headline says
        listed = request.meta["role"] is Role.LINK and not request.meta.get("explored")
        for one in self.frontier.best(found, listed=listed):
            steps, turned = (depth, leaves + 1) if one.leaf else (depth + 1, 0)
            steps = self._steps[one.key] = min(steps, self._steps.get(one.key, steps))
            if steps > self.visit.settings.max_depth or turned > _LEAVES:
                continue
            if self.visit.traps.closed(one.url, source, leaf=one.leaf):
                continue
            if not one.explored and self.visit.known(one.url) is None:
                self.recollection.found(
                    one.key, Pending(one.url, one.promise, one.anchor or None, source, steps, one.fresh)
                )
            cost = 2.0 * depth
            if one.explored:
                # from the top of the site downwards, and of many pages of one kind the first ones first
                kind = kindred_of(one.url)[0]
                cost = 20.0 * depth + (-LISTED if listed else min(_KIND_COSTS * self._explored[kind], _KIND_COSTS_MOST))
                self._explored[kind] += 1
            yield self.request(
                one.url,
                Role.LINK,
                min(one.promise - cost - turned / 2, BEST_LINK),
                again=one.again,
                key=one.key,
                anchor=one.anchor or None,
                referrer=source,
                promise=one.promise,
                steps=steps,
                leaves=turned,
                explored=one.explored,
                listed=listed,
                fresh=one.fresh,
            )

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
        visit.report.traps = visit.traps.told()
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

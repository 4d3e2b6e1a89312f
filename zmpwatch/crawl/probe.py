"""A first look at a site that is not watched yet: a handful of requests, under the rules of any visit."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.http import Response

from zmpwatch.crawl.discovery import Discovery
from zmpwatch.crawl.families import families
from zmpwatch.crawl.fetch import Fetch, Role, fetch_of
from zmpwatch.crawl.plan import Clock, CrawlSettings, PageOutcome, VisitPlan
from zmpwatch.crawl.platform import Platform, Recognised
from zmpwatch.crawl.priority import FEED, SEARCH, START
from zmpwatch.crawl.response import links_of
from zmpwatch.crawl.robots import RobotsMiddleware, RobotsSays
from zmpwatch.crawl.runner import run_visits
from zmpwatch.crawl.scoring import is_document, is_pagination
from zmpwatch.crawl.sitespider import SiteSpider
from zmpwatch.errors import ReadError
from zmpwatch.model import Association, Page, Site, VisitReport

if TYPE_CHECKING:
    from zmpwatch.read import Feed, PageLinks

__all__ = ["FeedFinding", "Findings", "SearchFinding", "probe_site"]

REQUESTS = 12
"""Most requests of a probe, robots.txt and redirects included."""
_FEED_TRIES = 3
_ARTICLE = 10.0


@dataclass(frozen=True, slots=True)
class FeedFinding:
    """A feed or a sitemap that answers. `dated` says that its dates differ, so that they can be believed."""

    url: str
    entries: int
    parts: int
    newest: str | None
    dated: bool


@dataclass(frozen=True, slots=True)
class SearchFinding:
    """The site's own search: the address asked, whether robots.txt allows it, and how many results came."""

    url: str
    allowed: bool
    results: int | None = None


@dataclass(slots=True)
class Findings:
    """What a probe saw; facts only. `article` is one page of the content: where dates stand can be seen on it."""

    url: str
    home: Page | None = None
    article: Page | None = None
    links: PageLinks | None = None
    robots: RobotsSays | None = None
    recognised: Recognised | None = None
    feeds: list[FeedFinding] = field(default_factory=list)
    sitemaps: list[FeedFinding] = field(default_factory=list)
    search: SearchFinding | None = None
    report: VisitReport | None = None


def known_platforms() -> tuple[Platform, ...]:
    """The platforms of all families, each once, bulletins before portals."""
    found: dict[str, Platform] = {}
    for _, spider in sorted(families().items(), key=lambda item: -len(item[1].platforms)):
        for platform in spider.platforms:
            found.setdefault(platform.name, platform)
    return tuple(found.values())


class _Sought(Enum):
    HOME = auto()
    FEED = auto()
    SITEMAP = auto()
    SEARCH = auto()
    ARTICLE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look(Fetch):
    """A fetch of a probe, and what it looks for."""

    sought: _Sought


class _ProbeSpider(SiteSpider):
    """The home page, then a feed, a sitemap, one search and one article."""

    name = "probe"
    feeds = ("/feed/", "/rss.xml", "/rss")
    findings: ClassVar[Findings]
    only_home: ClassVar[bool]

    async def start(self) -> AsyncIterator[Any]:
        yield self.request(_Look(self.visit.plan.site.url, Role.START, START, sought=_Sought.HOME))

    async def parse(self, response: Response) -> AsyncIterator[Any]:
        request = response.request
        assert request is not None
        if (carried := self.page_in(request, response)) is None:
            return
        page, _ = carried
        self.visit.report.pages += 1
        follow: Iterable[Fetch]
        look = fetch_of(request)
        assert isinstance(look, _Look)
        match look.sought:
            case _Sought.HOME:
                follow = self._home(page)
            case _Sought.FEED | _Sought.SITEMAP:
                follow = await asyncio.to_thread(lambda: list(self._feed(look, page)))
            case _Sought.SEARCH:
                follow = self._results(page)
            case _Sought.ARTICLE:
                self.findings.article = page
                return
        for one in follow:
            yield self.request(one)

    def _home(self, page: Page) -> Iterator[Fetch]:
        found = self.findings
        found.home = page
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        assert robots is not None
        found.robots = robots.says(page.url)
        found.links = links = links_of(page)
        if links is None or self.only_home:
            return
        self.discovery = Discovery(self.visit, known_platforms(), feeds=self.feeds, sitemap=True, search=True)
        self.discovery.look(page, links)
        self.discovery.note_menu(link.url for link in links.links)
        found.recognised = self.discovery.recognised
        for feed in self.discovery.feeds(page.url, [link.url for link in links.feeds])[:_FEED_TRIES]:
            yield _Look(feed, Role.PROBE, FEED, feed=True, sought=_Sought.FEED)
        for sitemap in self.discovery.sitemaps(page.url, found.robots.sitemaps if found.robots else ())[:1]:
            yield _Look(sitemap, Role.PROBE, FEED - 1, feed=True, sought=_Sought.SITEMAP)
        self.discovery.plan_search(page)
        search = self.discovery.next_search()
        if search is not None:
            found.search = SearchFinding(search, robots.allows(search))
            yield _Look(search, Role.PROBE, SEARCH, search=True, sought=_Sought.SEARCH)
        if not links.feeds:  # else the newest entry of the feed is the article
            yield from self._article(links)

    def _article(self, links: PageLinks) -> Iterator[Fetch]:
        """One page of the content: the link with the longest words of its own, as titles of news have."""
        pages = [
            link
            for link in links.links
            if link.main
            and link.url in self.visit.scope
            and not is_document(link.url)
            and not is_pagination(link.url, link.anchor, link.rel)
            and self.scorer.link(link.url, link.anchor) > -_ARTICLE
        ]
        best = max(pages, key=lambda link: len(link.anchor), default=None)
        if best is not None and len(best.anchor) >= _ARTICLE:
            yield _Look(best.url, Role.LINK, 0, sought=_Sought.ARTICLE)

    def _feed(self, look: _Look, page: Page) -> Iterator[Fetch]:
        from zmpwatch.read import read_feed  # noqa: PLC0415 - reading is loaded with the first page

        try:
            feed = read_feed(page.body, url=page.url, headers=page.headers)
        except ReadError:
            return  # a guess that hit no feed
        finding = _finding(page.url, feed)
        is_sitemap = look.sought is _Sought.SITEMAP
        (self.findings.sitemaps if is_sitemap else self.findings.feeds).append(finding)
        if not is_sitemap and self.findings.home is not None and feed.items:
            first = feed.items[0].url
            if first in self.visit.scope:
                yield _Look(first, Role.LINK, 1, sought=_Sought.ARTICLE)

    def _results(self, page: Page) -> Iterator[Fetch]:
        links = links_of(page)
        search = self.findings.search
        if links is not None and search is not None:
            known = {link.url for link in self.findings.links.links} if self.findings.links else set()
            results = [found for found in self.discovery.results(links) if found.url not in known]
            self.findings.search = SearchFinding(search.url, search.allowed, len(results))
        yield from ()


def _finding(url: str, feed: Feed) -> FeedFinding:
    days = [day for item in (*feed.items, *feed.sitemaps) if (day := item.published or item.modified)]
    return FeedFinding(
        url=url,
        entries=len(feed.items),
        parts=len(feed.sitemaps),
        newest=max(days, default=None),
        dated=len(set(days)) > 1,
    )


class _Nowhere:
    """A sink that keeps nothing but the report."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings

    async def page(self, plan: VisitPlan, page: Page) -> PageOutcome:  # noqa: ARG002 - a sink's
        return PageOutcome()

    async def not_modified(self, plan: VisitPlan, url: str, fetched_at: datetime) -> None:
        """Nothing is remembered, so nothing is asked for with conditions."""

    async def finished(self, plan: VisitPlan, report: VisitReport) -> None:  # noqa: ARG002 - a sink's
        self._findings.report = report


async def probe_site(
    url: str, association: Association, settings: CrawlSettings, clock: Clock, *, only_home: bool = False
) -> Findings:
    """Look at a site: robots.txt, home page, feeds, sitemap, search, one article.

    Args:
        url: where it begins.
        association: whose name its search is asked for.
        settings: the bounds of a visit; `REQUESTS` bounds it further.
        clock: the present moment.
        only_home: whether robots.txt and the page itself are all that is asked for.

    Raises:
        CrawlError: see `run_visits`.
    """
    findings = Findings(url)

    class Probe(_ProbeSpider):
        pass

    Probe.findings, Probe.only_home = findings, only_home
    bounded = replace(settings, requests_per_visit=min(REQUESTS, settings.requests_per_visit))
    plan = VisitPlan(Site(name="probe", family="probe", url=url), association)
    await run_visits([plan], _Nowhere(findings), bounded, clock, family=lambda _: Probe)
    return findings

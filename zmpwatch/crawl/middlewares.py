"""Downloader middlewares of a visit, from the engine's side to the network's: entry, redirects, decoding, budget."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from time import monotonic
from urllib.parse import urljoin

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware, RedirectMiddleware
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import Headers, HtmlResponse, Response
from scrapy.responsetypes import responsetypes
from scrapy.utils.httpobj import urlparse_cached

from zmpwatch.crawl.courtesy import LONGEST_PAUSE, retry_after
from zmpwatch.crawl.decoding import GZIP_FILE, decode_body
from zmpwatch.crawl.failure import BudgetSpent, FetchFailure
from zmpwatch.crawl.fetch import Fetch, Role, fetch_of, transfer_of
from zmpwatch.crawl.revisit import CONDITIONAL_HEADERS
from zmpwatch.crawl.robots import MAX_ROBOTS_BYTES, origin_of
from zmpwatch.crawl.settings import SLOWEST
from zmpwatch.crawl.state import VisitState, visit_of
from zmpwatch.model import FailureKind

__all__ = [
    "BudgetMiddleware",
    "DecodingMiddleware",
    "EntryMiddleware",
    "SiteMetaRefreshMiddleware",
    "SiteRedirectMiddleware",
]

_FOR_GOOD = {301, 308, "meta refresh"}
"""How an address says that it has moved permanently: by its status (RFC 9110, 15.4.2 and 15.4.9), or by its page."""

_REFRESH_WITHIN = 4 * 4_096
"""Bytes in which a refresh may stand: it is looked for in 4,096 characters."""

UNVERIFIED = "unverified"
"""Response flag: the body may be read for what it holds, never for what it lacks."""


def host_of(request: Request) -> str:
    """The host a request goes to: what delays, holds and silence count by."""
    return urlparse_cached(request).hostname or ""


class EntryMiddleware:
    """First look at a request: may this address be asked for at all, and does its host still want us?"""

    def __init__(self, visit: VisitState) -> None:
        self._visit = visit

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> EntryMiddleware:
        """Scrapy's way of making one."""
        return cls(visit_of(crawler))

    def process_request(self, request: Request) -> None:
        """Let a request through, or not.

        Raises:
            AddressRefused: by scheme, user information or a host that spells a private address.
            FetchFailure: WRONG_PAGE, the address belongs to another site.
            BudgetSpent: the host is to be left alone for the rest of the visit.
        """
        self._visit.policy.check_url(request.url)
        fetch = fetch_of(request)
        # rules may lie on any host that robots.txt leads to (RFC 9309, 2.3.1.2)
        if request.url not in self._visit.scope and fetch.role is not Role.ROBOTS:
            raise FetchFailure(FailureKind.WRONG_PAGE, f"{host_of(request)} is not of this site")
        if host_of(request) in self._visit.held:
            raise BudgetSpent(f"{host_of(request)} is left alone for the rest of the visit")
        if fetch.key and not request.meta.get("retry_times") and not request.meta.get("redirect_times"):
            self._look_at_link(request.url, fetch, fetch.key)

    def _look_at_link(self, url: str, fetch: Fetch, key: str) -> None:
        """Let a link through that is asked for the first time, or not; see `process_request`."""
        if key in self._visit.fetched:
            raise BudgetSpent("queued twice, and fetched at its better promise")
        proven = fetch.fresh or self._visit.known(url) is not None
        if not proven and self._visit.dead.leaves_out(url, fetch.referrer):
            raise BudgetSpent("the links of its place lead to nothing")
        if fetch.explored and not self._visit.may_explore(listed=fetch.listed):
            raise BudgetSpent("enough has been looked at that no word recommends")
        leaf = fetch.leaves > 0
        if self._visit.traps.closed(url, fetch.referrer, leaf=leaf):
            raise BudgetSpent("queued before its place was known for a trap")
        self._visit.fetched.add(key)
        self._visit.traps.asks(url, fetch.referrer, leaf=leaf)


class _SiteBound:
    """What both redirect middlewares check before they follow."""

    crawler: Crawler

    def _bound(self, request: Request, result: Request | Response) -> Request | Response:
        if not isinstance(result, Request):
            return result
        visit, fetch = visit_of(self.crawler), fetch_of(request)
        leaves = result.url not in visit.scope
        if leaves and _reason(result) in _FOR_GOOD:
            if fetch.role is Role.START:
                visit.report.moved_to = result.url
            elif fetch.role is Role.ROBOTS:
                visit.rules_moved.setdefault(origin_of(fetch.url), urljoin(result.url, "/"))
        visit.policy.check_url(result.url)
        if fetch.role is Role.LINK and self._leads_home(request, result):
            detail = "a soft 404: it leads to the front page"
            raise FetchFailure(FailureKind.WRONG_PAGE, detail, absent=True)
        if leaves and fetch.role is not Role.ROBOTS:
            kind = FailureKind.WRONG_PAGE if fetch.role is Role.START else FailureKind.REDIRECT
            detail = f"leads to another site: {result.url[:200]}"
            raise FetchFailure(kind, detail, absent=fetch.role in {Role.LINK, Role.PROBE})
        for name in CONDITIONAL_HEADERS:
            result.headers.pop(name, None)  # the validators were those of the old address
        for name, value in visit.validators(result.url).items():
            result.headers[name] = value
        # http to https, the www. twin and a final slash are the same page: the filter of duplicates must not drop them
        if self._key(result.url) == self._key(request.url):
            result.dont_filter = True
        return result

    def _leads_home(self, request: Request, result: Request) -> bool:
        """Whether a link leads to where the visit began: what many servers do with addresses that do not exist."""
        site = visit_of(self.crawler).plan.site
        home = {self._key(url) for url in site.start_urls or (site.url,)}
        return self._key(result.url) in home and self._key(request.url) not in home

    def _key(self, url: str) -> str:
        key: str = self.crawler.spider.page_key(url)  # type: ignore[union-attr]
        return key


def _reason(redirected: Request) -> object:
    """The status that led to a request, or the words of a refresh."""
    reasons = redirected.meta.get("redirect_reasons") or [None]
    return reasons[-1]


class SiteRedirectMiddleware(_SiteBound, RedirectMiddleware):
    """Follows redirects within the site's hosts only."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Follow, hand on, or refuse.

        Raises:
            FetchFailure: REDIRECT (too many, no or a bad Location), or leaving the site.
            AddressRefused: the target is none the crawler may reach.
        """
        if not 300 <= response.status < 400 or response.status == 304:
            return response
        try:
            result = super().process_response(request, response)
        except (ValueError, UnicodeError) as error:
            raise FetchFailure(FailureKind.REDIRECT, "the Location is no address") from error
        except FetchFailure:
            raise
        except IgnoreRequest as error:
            raise FetchFailure(FailureKind.REDIRECT, f"more than {self.max_redirect_times} redirects") from error
        if isinstance(result, Response):
            location = (response.headers.get("Location") or b"").decode("latin-1")
            if location:
                visit_of(self.crawler).policy.check_url(
                    location if ":" in location[:12] else response.urljoin(location)
                )
            raise FetchFailure(FailureKind.REDIRECT, f"{response.status} without a place to go to")
        return self._bound(request, result)


class SiteMetaRefreshMiddleware(_SiteBound, MetaRefreshMiddleware):
    """Follows ``<meta http-equiv=refresh>`` within the site's hosts only."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Follow, hand on, or refuse; see `SiteRedirectMiddleware.process_response`."""
        robots = fetch_of(request).role is Role.ROBOTS
        if response.status != 200 or not isinstance(response, HtmlResponse) or robots:
            return response
        head = response.body[:_REFRESH_WITHIN]
        if b"refresh" not in head.lower() and b"\0" not in head:
            return response  # told by its bytes, unless in UTF-16: it need not be decoded
        try:
            result = super().process_response(request, response)
        except (ValueError, UnicodeError):
            return response  # a refresh to no address does nothing
        except IgnoreRequest as error:
            raise FetchFailure(FailureKind.REDIRECT, f"more than {self.max_redirect_times} redirects") from error
        if isinstance(result, Request) and self._key(result.url) == self._key(request.url):
            return response  # a page that reloads itself is that page
        return self._bound(request, result)


class DecodingMiddleware:
    """Undoes the content encoding, strictly; see `decode_body`.

    A file that its author packed (``ogloszenie.html.gz``) is unpacked as well: servers send it as text/html without any
    Content-Encoding, or pack it once more.
    """

    def __init__(self, visit: VisitState) -> None:
        self._visit = visit

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DecodingMiddleware:
        """Scrapy's way of making one."""
        return cls(visit_of(crawler))

    def process_response(self, request: Request, response: Response) -> Response:
        """Give the response with its body decoded.

        Raises:
            FetchFailure: the body is cut, damaged, too big or of an unknown encoding.
        """
        encodings = [v.decode("latin-1") for v in response.headers.getlist("Content-Encoding")]
        robots = fetch_of(request).role is Role.ROBOTS
        if not encodings and (robots or not response.body.startswith(GZIP_FILE)):
            return response
        limit = MAX_ROBOTS_BYTES if robots else transfer_of(request).limit
        body, honest = decode_body(response.body, encodings, limit, cut=robots)
        if not robots and body.startswith(GZIP_FILE):
            # what it is, and how big it may be, only shows when it is unpacked: a sitemap may be bigger than a page
            body, _ = decode_body(body, ["gzip"], self._visit.settings.max_document_bytes)
        headers = Headers({k: v for k, v in response.headers.items() if k != b"Content-Encoding"})
        cls = responsetypes.from_args(headers=headers, url=response.url, body=body)
        flags = response.flags if honest else [*response.flags, UNVERIFIED]
        return response.replace(cls=cls, body=body, headers=headers, flags=flags)


class BudgetMiddleware:
    """Last before the network: counts what is sent and received, and ends the visit when a budget is spent."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._visit = visit_of(crawler)
        crawler.signals.connect(self._headers_received, signal=signals.headers_received)
        crawler.signals.connect(self._bytes_received, signal=signals.bytes_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BudgetMiddleware:
        """Scrapy's way of making one."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Count a request that is about to be sent.

        Raises:
            BudgetSpent: there is no budget for it, or its turn comes after the visit's end.
        """
        visit = self._visit
        if visit.exhausted():
            visit.fetched.discard(fetch_of(request).key or "")  # it waits for a later visit
            raise BudgetSpent("the visit has spent its budget")
        slot = self._crawler.engine.downloader.slots.get(host_of(request))
        if slot is not None and slot.lastseen and slot.lastseen + slot.delay - monotonic() > visit.seconds_left:
            visit.fetched.discard(fetch_of(request).key or "")
            if slot.delay > max(visit.settings.delay, SLOWEST):
                visit.report.crawl_delay = slot.delay
                # one of an hour is obeyed by not asking again, nor by the next visit before it is over
                self._put_off(request, visit.clock() + min(timedelta(seconds=slot.delay), LONGEST_PAUSE))
            visit.cap("seconds")
            raise BudgetSpent("the host's Crawl-delay outlasts the visit")
        visit.report.requests += 1
        request.meta["download_timeout"] = max(1.0, min(visit.settings.timeout, visit.seconds_left))
        if fetch_of(request).role is not Role.ROBOTS:
            self._bound(request, visit.settings.max_document_bytes)

    def process_response(self, request: Request, response: Response) -> Response:
        """Note the answer; 429 and 503 put the host off.

        Raises:
            FetchFailure: RETRY_LATER.
        """
        host = host_of(request)
        self._visit.answered(host)
        if response.status in (429, 503):
            header = response.headers.get("Retry-After")
            until = retry_after(header.decode("latin-1") if header else None, self._visit.clock())
            self._put_off(request, until)
            detail = f"{response.status}, not to be asked before {until.isoformat(timespec='seconds')}"
            raise FetchFailure(FailureKind.RETRY_LATER, detail)
        return response

    def _put_off(self, request: Request, until: datetime) -> None:
        """Ask a server nothing before a moment, in this visit or a later one."""
        self._visit.hold(host_of(request), until)
        origin = self._visit.origin(origin_of(request.url))
        self._visit.memory.put_origin(replace(origin, retry_at=until))

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Tell a body that is too big for the visit from one that is too big at all.

        Raises:
            BudgetSpent: the budget of bytes cut the download short.
        """
        limit = transfer_of(request).limit
        if isinstance(exception, DownloadCancelledError) and 0 < request.meta["download_maxsize"] < limit:
            self._visit.cap("bytes")
            raise BudgetSpent("the visit has spent its budget of bytes") from exception

    def _headers_received(self, headers: Headers, request: Request) -> None:
        """Bound the body by what it says it is: a page may not be as big as a document."""
        if fetch_of(request).role is not Role.ROBOTS and is_text_type(headers.get("Content-Type")):
            self._bound(request, self._visit.settings.max_html_bytes)

    def _bound(self, request: Request, most: int) -> None:
        transfer_of(request).limit = most
        request.meta["download_maxsize"] = min(most, max(1, self._visit.bytes_left))

    def _bytes_received(self, data: bytes) -> None:
        self._visit.report.bytes += len(data)


def is_text_type(content_type: bytes | None) -> bool:
    """Whether a Content-Type names markup or text, or is missing."""
    kind = (content_type or b"text/html").split(b";", 1)[0].strip().lower()
    return kind.startswith(b"text/") or kind.endswith((b"/xml", b"+xml", b"/json", b"+json"))

"""robots.txt by RFC 9309.

Scrapy's own middleware takes "another request has fetched it meanwhile" for "everything is allowed", and
takes an unreachable robots.txt for an absent one. Here each origin is asked once, all others wait, and what can't be
read keeps us out.
"""

from __future__ import annotations

import asyncio
import logging
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError, StopDownload
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.utils.httpobj import urlparse_cached

from zmpwatch.crawl.doors import OtherDoors
from zmpwatch.crawl.failure import BudgetSpent, FetchFailure, classify
from zmpwatch.crawl.fetch import Role, fetch_of, request_of_rules, transfer_of
from zmpwatch.crawl.state import visit_of
from zmpwatch.crawl.urls import twin
from zmpwatch.model import FailureKind

__all__ = ["MAX_ROBOTS_BYTES", "RobotsMiddleware", "RobotsSays", "origin_of"]

logger = logging.getLogger("zmpwatch.crawl")

MAX_ROBOTS_BYTES = 500 << 10
"""RFC 9309, 2.5: at least the first 500 KiB are read."""


_NAMED_AT_LENGTH = rb"(?<![^\r\n])([ \t]*user-?agent[ \t]*:[ \t]*%s)(?=[/ \t])[^\r\n#]*"
"""A line for us with more than our token: who copied our name out of a log, version and all, wants it obeyed."""
_AUTHORITY = re.compile(r"[a-z]++://[^/?#\\\s]++(?=[/?#]|\Z)", re.IGNORECASE)


def origin_of(url: str) -> str:
    """Scheme, host and port: what one robots.txt holds for (RFC 9309, 2.3)."""
    found = _AUTHORITY.match(url)
    return _origin(found[0] if found else url)


@lru_cache(maxsize=4096)  # each response asks for that of its address, and a request made for it costs 50 µs
def _origin(url: str) -> str:
    parts = urlparse_cached(Request(url))
    return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True, slots=True)
class _Rules:
    """What one origin says. `parser` is None when there is nothing to obey, `failure` is set when we stay out."""

    parser: ProtegoRobotParser | None = None
    failure: FetchFailure | BudgetSpent | None = None
    delay: float | None = None
    sitemaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RobotsSays:
    """robots.txt of one origin. `crawl_delay` counts seconds; `failure` says why we stay out."""

    found: bool
    failure: str | None
    crawl_delay: float | None
    sitemaps: tuple[str, ...]


class RobotsMiddleware:
    """Asks each origin's robots.txt before anything else of it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._state = visit_of(crawler)
        self._token = self._state.settings.robots_token
        self._named_at_length = re.compile(_NAMED_AT_LENGTH % re.escape(self._token).encode(), re.IGNORECASE)
        self._rules: dict[str, _Rules] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._doors = OtherDoors(crawler)
        crawler.signals.connect(self._bytes_received, signal=signals.bytes_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        """Scrapy's way of making one."""
        return cls(crawler)

    async def process_request(self, request: Request) -> Request | None:
        """Let a request through, or not; one to the site's other name goes to its own where only that is trusted.

        Raises:
            FetchFailure: ROBOTS when the rules forbid it, ROBOTS_UNREACHABLE (or what kept us from reading them).
        """
        if fetch_of(request).role is Role.ROBOTS:
            return None
        url = urlparse_cached(request)
        rules = await self._of(f"{url.scheme}://{url.netloc}")
        if rules.failure:
            if (instead := self._under_the_own_name(request, rules.failure)) is not None:
                return instead
            raise rules.failure
        if rules.parser and not rules.parser.allowed(request.url, self._token):
            raise FetchFailure(FailureKind.ROBOTS, "closed to us by robots.txt")
        if rules.delay:
            # AutoThrottle would bring the slot's delay back to what the server's speed allows
            request.meta["autothrottle_dont_adjust_delay"] = True
        return None

    def _under_the_own_name(self, request: Request, failure: FetchFailure | BudgetSpent) -> Request | None:
        """The same page where the site begins, for a link to its other name, whose certificate is not trusted."""
        if not isinstance(failure, FetchFailure) or failure.kind is not FailureKind.TLS:
            return None
        own, asked = urlparse_cached(Request(self._state.plan.site.url)), urlparse_cached(request)
        begins = self._rules.get(f"{own.scheme}://{own.netloc}")
        if twin(asked.hostname or "") != twin(own.hostname or "") or asked.port is not None or own.port is not None:
            return None
        if begins is None or begins.failure is not None or request.meta.get("redirect_times"):
            return None
        url = asked._replace(scheme=own.scheme, netloc=own.netloc).geturl()
        # as a redirect: it is asked for once, and is no second link to the page
        return request.replace(url=url, dont_filter=True, meta={**request.meta, "redirect_times": 1})

    async def process_exception(self, request: Request, exception: Exception) -> None:
        """See where else a site answers that gives no answer where it begins, or none that can be trusted."""
        if fetch_of(request).role is not Role.START or self._state.report.moved_to is not None:
            return
        reason = exception.__cause__ if isinstance(exception, FetchFailure) else exception
        if reason is not None:
            await self._doors.try_others(origin_of(request.url), reason)

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps an origin's robots.txt names; none when it was not read yet."""
        rules = self._rules.get(origin_of(url))
        return rules.sitemaps if rules else ()

    def says(self, url: str) -> RobotsSays | None:
        """What an origin's robots.txt says to us, for whoever wants to tell it; None when it was not asked."""
        rules = self._rules.get(origin_of(url))
        if rules is None:
            return None
        parser = rules.parser
        return RobotsSays(
            found=parser is not None,
            failure=str(rules.failure) if rules.failure else None,
            crawl_delay=parser.crawl_delay(self._token) if parser else None,
            sitemaps=rules.sitemaps,
        )

    def allows(self, url: str) -> bool:
        """Whether the rules read so far let us ask for an address."""
        rules = self._rules.get(origin_of(url))
        if rules is None:
            return True
        return rules.failure is None and (rules.parser is None or bool(rules.parser.allowed(url, self._token)))

    async def _of(self, origin: str) -> _Rules:
        async with self._locks.setdefault(origin, asyncio.Lock()):
            if origin not in self._rules:
                self._rules[origin] = await self._asked_or_remembered(origin)
            return self._rules[origin]

    async def _asked_or_remembered(self, origin: str) -> _Rules:
        """The rules as they were read a few hours ago, or now; where that fails, those of the last day."""
        settings = self._state.settings
        fresh = self._remembered(origin, settings.robots_fresh)
        if fresh is not None:
            return fresh
        rules = await self._fetch(origin)
        if not isinstance(rules.failure, FetchFailure) or rules.failure.kind is not FailureKind.ROBOTS_UNREACHABLE:
            return rules
        last_good = self._remembered(origin, settings.robots_last_good)
        if last_good is not None:
            logger.info("%s: %s; its rules of the last day are obeyed", origin, rules.failure.detail)
        return last_good or rules

    def _remembered(self, origin: str, age: timedelta) -> _Rules | None:
        known = self._state.origin(origin)
        if known.robots_status is None or known.robots_at is None:
            return None
        if not timedelta(0) <= self._state.clock() - known.robots_at < age:
            return None
        return self._read(known.robots, origin) if known.robots_status == 200 else _Rules()

    def _remember(self, origin: str, status: int, body: bytes) -> None:
        known = self._state.origin(origin)
        self._state.memory.put_origin(
            replace(known, robots_status=status, robots=body[:MAX_ROBOTS_BYTES], robots_at=self._state.clock())
        )

    async def _fetch(self, origin: str) -> _Rules:
        request = request_of_rules(origin)
        try:
            response = await self._crawler.engine.download_async(request)
        except BudgetSpent as error:
            return _Rules(failure=error)
        except Exception as error:  # noqa: BLE001 - whatever kept us from reading the rules keeps us out
            failure = classify(error, request.url)
            kind = failure.kind
            too_many = kind is FailureKind.RETRY_LATER and failure.detail.startswith("429")
            no_server = isinstance(error, (CannotResolveHostError, DownloadConnectionRefusedError))
            if origin in self._state.rules_moved and origin == origin_of(self._state.plan.site.url):
                # what leads everything away, robots.txt too, can't be asked for the page itself
                self._state.report.moved_to = self._state.rules_moved[origin]
            if not (too_many or no_server or kind in {FailureKind.REFUSED_ADDRESS, FailureKind.TLS}):
                kind = FailureKind.ROBOTS_UNREACHABLE
            failed = FetchFailure(kind, f"robots.txt: {failure.detail}")
            failed.__cause__ = error
            return _Rules(failure=failed)
        if 400 <= response.status < 500:
            self._remember(origin, response.status, b"")
            return _Rules()  # RFC 9309, 2.3.1.3: unavailable means there are no rules
        if response.status != 200:
            return _Rules(failure=FetchFailure(FailureKind.ROBOTS_UNREACHABLE, f"robots.txt answers {response.status}"))
        self._remember(origin, 200, response.body)
        return self._read(response.body, origin)

    def _read(self, body: bytes, origin: str) -> _Rules:
        body = body[:MAX_ROBOTS_BYTES]
        if body.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            # RFC 9309 wants UTF-8; who wrote rules all the same wants them obeyed
            body = body.decode("utf-16", "replace").encode()
        body = self._named_at_length.sub(rb"\1", body)
        parser = ProtegoRobotParser(body, self._crawler.spider)
        delay = parser.crawl_delay(self._token)
        base = self._state.settings.delay
        if delay is not None and delay > base:
            self._slow_down(urlparse_cached(Request(origin)).hostname or "", delay, base)
        else:
            delay = None
        return _Rules(parser=parser, delay=delay, sitemaps=tuple(parser.rp.sitemaps))

    def _slow_down(self, host: str, delay: float, base: float) -> None:
        """Set the host's delay; the pause after robots.txt itself stays the usual one.

        Where the rules were remembered nothing has been asked of the host yet: its slot is made with the first request.
        """
        downloader = self._crawler.engine.downloader
        downloader.per_slot_settings[host] = {"delay": delay}
        slot = downloader.slots.get(host)
        if slot is not None:
            slot.delay = delay
            slot.lastseen -= delay - base

    def _bytes_received(self, data: bytes, request: Request) -> None:
        if fetch_of(request).role is Role.ROBOTS:
            transfer = transfer_of(request)
            transfer.received += len(data)
            if transfer.received > MAX_ROBOTS_BYTES:
                raise StopDownload(fail=False)

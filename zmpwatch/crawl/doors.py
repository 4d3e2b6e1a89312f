"""Where else a site answers that gives no answer where it begins, or none that can be trusted.

The other address is noted for the operator and not followed: what stands there may be somebody else's.
"""

from __future__ import annotations

import logging

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError
from scrapy.utils.httpobj import urlparse_cached

from zmpwatch.crawl.address import parse_literal
from zmpwatch.crawl.failure import classify
from zmpwatch.crawl.fetch import request_of_rules
from zmpwatch.crawl.state import visit_of
from zmpwatch.crawl.urls import twin
from zmpwatch.model import FailureKind

__all__ = ["OtherDoors", "silent_door", "trusted_doors"]

logger = logging.getLogger("zmpwatch.crawl")


def silent_door(origin: str, site: str, *, named: bool) -> str | None:
    """Where a site may answer that gives no answer where it begins; None where there is nowhere else to ask.

    Old bulletins know no https, and of many a site only one of the names with and without ``www.`` is left.

    Args:
        origin: which gave none.
        site: where the site begins.
        named: whether its name was found: then its server refuses connections.
    """
    parts = urlparse_cached(Request(site))
    if origin != f"{parts.scheme}://{parts.netloc}" or parts.port is not None:
        return None
    host = parts.hostname or ""
    if named:
        return f"http://{host}" if parts.scheme == "https" else None
    return f"{parts.scheme}://{_other_name(host)}"


def trusted_doors(origin: str, site: str) -> tuple[str, ...]:
    """Where a site may be read whose certificate is not trusted: under its other name, or without https.

    Many a certificate names a host with ``www.`` and not without, or the other way round, and hosters show one of their
    own for sites that have none. Where the site begins itself is no other door.

    Args:
        origin: which showed the certificate.
        site: where the site begins.
    """
    parts, begins = urlparse_cached(Request(origin)), urlparse_cached(Request(site))
    host = parts.hostname or ""
    if twin(host) != twin(begins.hostname or "") or parts.port is not None or begins.port is not None:
        return ()
    named = () if parse_literal(host) is not None else (f"https://{_other_name(host)}",)
    return tuple(door for door in (*named, f"http://{host}") if door != f"{begins.scheme}://{begins.netloc}")


def _other_name(host: str) -> str:
    bare = twin(host)
    return bare if host != bare else f"www.{bare}"


class OtherDoors:
    """Asks for robots.txt, and for nothing else, where a site may answer; notes it in the visit's report."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler, self._state = crawler, visit_of(crawler)
        self._tried: set[str] = set()

    async def try_others(self, origin: str, error: BaseException) -> None:
        """Try the other doors of a site, once for each origin.

        Args:
            origin: scheme, host and port that gave no answer, or none to be trusted.
            error: why.
        """
        if origin in self._tried:
            return
        self._tried.add(origin)
        site = self._state.plan.site.url
        doors: tuple[str | None, ...] = ()
        if classify(error, origin).kind is FailureKind.TLS:
            doors = trusted_doors(origin, site)
        elif isinstance(error, (CannotResolveHostError, DownloadConnectionRefusedError)):
            doors = (silent_door(origin, site, named=not isinstance(error, CannotResolveHostError)),)
        for door in doors:
            if door is not None and await self._knock(door):
                return

    async def _knock(self, origin: str) -> bool:
        """Whether something answers there, or says where it is now."""
        request = request_of_rules(origin)
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001 - whatever it is, the site does not answer there
            logger.debug("%s: %s", origin, classify(error, request.url).detail)
            return False
        if origin in self._state.rules_moved:
            self._state.report.moved_to = self._state.rules_moved[origin]
        elif response.status < 500:
            self._state.report.answers_at = f"{origin}/"
        else:
            return False
        return True

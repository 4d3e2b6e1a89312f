"""The spider middleware of a visit: what becomes of every request that a spider makes.

Scrapy has one for each of these duties, and each wraps all that a page led to in three generators of its own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import lru_cache
from typing import Any

from scrapy import Request
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.spidermiddlewares.referer import RefererMiddleware, SameOriginPolicy

__all__ = ["OutgoingMiddleware", "SameOrigin"]

_AFTER_SCHEME = len("https://")


class SameOrigin(SameOriginPolicy):
    """Tells a page's address to its own server alone; all links of a page ask for the same address of it."""

    @staticmethod
    @lru_cache(maxsize=1024)
    def _told(url: str) -> str | None:
        return SameOriginPolicy().stripped_referrer(url)

    def referrer(self, response_url: str, request_url: str) -> str | None:
        """What a request says of the page that led to it."""
        server = response_url[: response_url.find("/", _AFTER_SCHEME) + 1]
        # spelled alike they are the same, as nearly all are; else they are taken apart
        if server and request_url.startswith(server):
            return self._told(response_url)
        return super().referrer(response_url, request_url)


class OutgoingMiddleware(RefererMiddleware):
    """Adds the referrer, drops addresses that are too long, and marks requests that a visit starts with."""

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        self._longest = settings.getint("URLLENGTH_LIMIT")

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Mark the requests a visit starts with: the scheduler keeps them apart."""
        async for one in start:
            if not isinstance(one, Request):
                yield one
            elif len(one.url) <= self._longest:
                one.meta.setdefault("is_start_request", True)
                yield one

    async def process_spider_output_async(  # type: ignore[override]  # no spider is handed over
        self, response: Response | None, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        """Hand on what a page led to."""
        async for one in result:
            if not isinstance(one, Request):
                yield one
            elif len(one.url) <= self._longest:
                yield self.get_processed_request(one, response)

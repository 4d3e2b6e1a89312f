"""Which requests of a visit ask for the same page."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.crawler import Crawler

from zmpwatch.crawl.fetch import Role, fetch_of
from zmpwatch.crawl.urls import canonical

if TYPE_CHECKING:
    from zmpwatch.crawl.sitespider import SiteSpider

__all__ = ["PageFingerprinter"]


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
        fetch = fetch_of(request)
        if fetch.feed or fetch.role is Role.CONFIRM:
            key = f"={canonical(request.url)}"
        elif fetch.key is not None and request.url == fetch.url:
            key = fetch.key  # it is that of this page, unless a redirect leads to another
        else:
            spider: SiteSpider = self._crawler.spider  # type: ignore[assignment]
            key = spider.page_key(request.url)
        return hashlib.sha1(key.encode(), usedforsecurity=False).digest()

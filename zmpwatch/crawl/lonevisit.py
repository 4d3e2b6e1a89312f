"""A visit nobody planned: what Scrapy's own command runs a family with, and what it writes for a page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from scrapy.settings import BaseSettings

from zmpwatch.crawl.plan import CrawlSettings, VisitPlan
from zmpwatch.crawl.state import VisitState, logger
from zmpwatch.errors import CrawlError, ReadError
from zmpwatch.model import Association, Page, Site

__all__ = ["item_of", "lone_visit"]

_ZMP = Association(key="zmp", name="Związek Miast Polskich", short="ZMP", acronyms=("ZMP",), domains=("miasta.pl",))
"""What is searched for when no plan says otherwise."""


def lone_visit(family: str, url: str, settings: BaseSettings) -> VisitState:
    """The visit of one address, with the bounds that Scrapy's settings give.

    Raises:
        CrawlError: `url` is no web address.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise CrawlError(f"url={url!r} is no web address")
    bounds = CrawlSettings(
        user_agent=settings["USER_AGENT"],
        delay=settings.getfloat("DOWNLOAD_DELAY"),
        timeout=settings.getfloat("DOWNLOAD_TIMEOUT"),
        requests_per_visit=settings.getint("ZMPWATCH_REQUESTS_PER_VISIT", 60),
        # whoever types an address at the prompt is the operator
        allowed_private=frozenset({parts.netloc.rpartition("@")[2]}),
    )
    plan = VisitPlan(site=Site(name=parts.hostname, family=family, url=url), association=_ZMP)
    return VisitState.open(plan, bounds, lambda: datetime.now(UTC))


def item_of(page: Page, digest: str) -> dict[str, Any]:
    """What ``scrapy crawl`` writes for a page; title and published are None where it can't be read."""
    from zmpwatch.read import read_bytes  # noqa: PLC0415 - reading is loaded with the first page

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

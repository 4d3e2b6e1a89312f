"""What Scrapy counts and writes of each request, where nobody asks: a visit has a report of its own."""

from __future__ import annotations

from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.logformatter import LogFormatter

__all__ = ["NoStats", "QuietLog"]


class NoStats:
    """A collector of statistics that keeps none (`scrapy.statscollectors.StatsCollector`)."""

    def __init__(self, crawler: Crawler) -> None:
        """Scrapy's way of making one."""

    def get_value(self, key: str, default: Any = None) -> Any:  # noqa: ARG002 - the interface is Scrapy's
        """What was counted: nothing."""
        return default

    def get_stats(self) -> dict[str, Any]:
        """All that was counted: nothing."""
        return {}

    def _count(self, *counted: Any, **options: Any) -> None:
        """Count nothing."""

    set_value = set_stats = inc_value = max_value = min_value = clear_stats = open_spider = close_spider = _count


class QuietLog(LogFormatter):
    """Writes no line for each answer."""

    def crawled(self, request: Request, response: Response, spider: Spider) -> None:  # type: ignore[override]
        """An answer came."""

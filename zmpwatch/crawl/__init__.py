"""Fetches pages politely and safely, and hands them to a `Sink`: facts of transfer, no judgement.

    >>> from zmpwatch.crawl import CrawlSettings, VisitPlan, run
    >>> run([VisitPlan(site, association=association)], sink, CrawlSettings(user_agent="…"), clock)  # doctest: +SKIP

Scrapy and Twisted are imported by the first name that needs them, not by this package.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from zmpwatch.crawl.plan import Clock, CrawlSettings, PageOutcome, Sink, VisitPlan
from zmpwatch.interrupts import postponed

if TYPE_CHECKING:
    from zmpwatch.crawl.families import check_spiders_package, find_family
    from zmpwatch.crawl.runner import run, run_visits
    from zmpwatch.crawl.sitespider import SiteSpider

__all__ = [
    "Clock",
    "CrawlSettings",
    "PageOutcome",
    "Sink",
    "SiteSpider",
    "VisitPlan",
    "check_spiders_package",
    "find_family",
    "run",
    "run_visits",
]

_LAZY = {
    "SiteSpider": "zmpwatch.crawl.sitespider",
    "check_spiders_package": "zmpwatch.crawl.families",
    "find_family": "zmpwatch.crawl.families",
    "run": "zmpwatch.crawl.runner",
    "run_visits": "zmpwatch.crawl.runner",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        with postponed():
            return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__

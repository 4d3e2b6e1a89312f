"""Scrapy's settings for a visit: what a hostile server may do at most (docs/faults.md, A), and our middlewares."""

from __future__ import annotations

from typing import Any, Self

from scrapy.settings import BaseSettings, Settings, SettingsAttribute

from zmpwatch.crawl.decoding import ACCEPTED
from zmpwatch.crawl.plan import CrawlSettings

__all__ = ["SLOWEST", "VisitSettings", "scrapy_settings"]

SLOWEST = 10.0
"""Seconds between two requests to a server that answers slowly, at most."""
_MIDDLEWARES = "scrapy.downloadermiddlewares"


def scrapy_settings(settings: CrawlSettings) -> dict[str, Any]:
    """Settings of the crawler of one visit.

    Best first needs one request at a time: the next is chosen when the last page has been read
    (`CONCURRENT_REQUESTS` 1, `SCRAPER_SLOT_MAX_ACTIVE_SIZE` 0). Sites run beside each other, each in its own crawler.
    """
    return {
        "BOT_NAME": settings.robots_token,
        "USER_AGENT": settings.user_agent,
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "pl,en;q=0.5",
            "Accept-Encoding": ACCEPTED,
        },
        # bounds of one download
        "DOWNLOAD_MAXSIZE": settings.max_document_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": settings.timeout,
        "DNS_TIMEOUT": settings.dns_timeout,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_HANDLERS": {
            "http": "zmpwatch.crawl.handler.GuardedDownloadHandler",
            "https": "zmpwatch.crawl.handler.GuardedDownloadHandler",
            "file": None,
            "data": None,
            "ftp": None,
            "s3": None,
        },
        # a hung server is not asked twice: the time-out is the whole patience (docs/faults.md 9)
        "RETRY_TIMES": 1,
        "RETRY_HTTP_CODES": [500, 502, 504, 522, 524],
        "RETRY_EXCEPTIONS": [
            "scrapy.exceptions.CannotResolveHostError",
            "scrapy.exceptions.DownloadConnectionRefusedError",
            "scrapy.exceptions.DownloadFailedError",
            "scrapy.exceptions.ResponseDataLossError",
            "twisted.internet.error.ConnectionDone",
            "twisted.internet.error.ConnectError",
            "twisted.internet.error.ConnectionLost",
        ],
        "RETRY_GIVE_UP_LOG_LEVEL": "DEBUG",
        "REDIRECT_MAX_TIMES": settings.max_redirects,
        "REDIRECT_PRIORITY_ADJUST": 2,
        "METAREFRESH_MAXDELAY": 5,
        "URLLENGTH_LIMIT": settings.max_url_length,
        # politeness
        "CONCURRENT_REQUESTS": 1,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "SCRAPER_SLOT_MAX_ACTIVE_SIZE": 0,
        # Scrapy makes as many tasks for every response, whatever it yields
        "CONCURRENT_ITEMS": 1,
        # it reads and parses the source of the callback for every response
        "WARN_ON_GENERATOR_RETURN_VALUE": False,
        "DOWNLOADER": "zmpwatch.crawl.visitdownloader.VisitDownloader",
        "SCHEDULER_PRIORITY_QUEUE": "scrapy.pqueues.ScrapyPriorityQueue",
        "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",
        "DOWNLOAD_DELAY": settings.delay,
        "DOWNLOAD_DELAY_JITTER": 0,
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": settings.delay,
        "AUTOTHROTTLE_MAX_DELAY": max(SLOWEST, settings.delay),
        "ROBOTSTXT_OBEY": True,
        "ROBOTSTXT_USER_AGENT": settings.robots_token,
        # last resorts; the budgets of a visit are ours (state.py)
        "CLOSESPIDER_TIMEOUT": settings.seconds_per_visit + settings.timeout,
        "CLOSESPIDER_ERRORCOUNT": 10 * settings.errors_per_visit,
        "REFERRER_POLICY": "zmpwatch.crawl.outgoing.SameOrigin",
        "REQUEST_FINGERPRINTER_CLASS": "zmpwatch.crawl.fingerprint.PageFingerprinter",
        "STATS_CLASS": "zmpwatch.crawl.quiet.NoStats",
        "LOG_FORMATTER": "zmpwatch.crawl.quiet.QuietLog",
        "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
        # Each list is whole, so that nothing is loaded that stays off (cookies, remote control, telnet: 20 MB), and no
        # response passes through what only counts.
        "EXTENSIONS_BASE": {
            "scrapy.extensions.closespider.CloseSpider": 0,
            "scrapy.extensions.throttle.AutoThrottle": 0,
        },
        "SPIDER_MIDDLEWARES_BASE": {
            "zmpwatch.crawl.outgoing.OutgoingMiddleware": 700,
        },
        "DOWNLOADER_MIDDLEWARES_BASE": {
            "zmpwatch.crawl.middlewares.EntryMiddleware": 50,
            "zmpwatch.crawl.robots.RobotsMiddleware": 100,
            f"{_MIDDLEWARES}.defaultheaders.DefaultHeadersMiddleware": 400,
            f"{_MIDDLEWARES}.useragent.UserAgentMiddleware": 500,
            f"{_MIDDLEWARES}.retry.RetryMiddleware": 550,
            "zmpwatch.crawl.middlewares.SiteMetaRefreshMiddleware": 580,
            "zmpwatch.crawl.middlewares.DecodingMiddleware": 590,
            "zmpwatch.crawl.middlewares.SiteRedirectMiddleware": 600,
            "zmpwatch.crawl.middlewares.BudgetMiddleware": 950,
        },
    }


class VisitSettings(Settings):
    """Settings that all visits of a run begin with; the crawler of each takes a copy.

    Scrapy copies every value in depth, at 10 ms of CPU and a third of a megabyte a visit. No component of ours changes
    a value in place, so a copy has its own attributes, and dictionaries, of the same values.
    """

    def copy(self) -> Self:
        """Other settings with the same values."""
        other = type(self).__new__(type(self))  # which fills in no defaults: they are among the values
        other.frozen = False
        other.attributes = {name: _copy(attribute) for name, attribute in self.attributes.items()}
        return other


def _copy(attribute: SettingsAttribute) -> SettingsAttribute:
    value = attribute.value
    if isinstance(value, BaseSettings):
        inner = BaseSettings()
        inner.attributes = {name: _copy(one) for name, one in value.attributes.items()}
        value = inner
    return SettingsAttribute(value, attribute.priority)

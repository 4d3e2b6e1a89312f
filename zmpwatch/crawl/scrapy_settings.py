"""Settings module of the Scrapy project: ``scrapy list``, ``scrapy crawl municipal -a url=https://…``.

The same bounds and guards as in a visit run by zmpwatch; no database is needed.
"""

from __future__ import annotations

from zmpwatch import __version__
from zmpwatch.crawl.plan import CrawlSettings
from zmpwatch.crawl.settings import scrapy_settings

_SETTINGS = scrapy_settings(CrawlSettings(user_agent=f"zmpwatch/{__version__} (+https://github.com/zmpwatch/zmpwatch)"))

globals().update(_SETTINGS)

SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"
LOG_LEVEL = "INFO"
LOG_FORMATTER = "scrapy.logformatter.LogFormatter"
STATS_CLASS = "scrapy.statscollectors.MemoryStatsCollector"
EXTENSIONS = {"scrapy.extensions.feedexport.FeedExporter": 0}
FEED_EXPORT_ENCODING = "utf-8"
ZMPWATCH_REQUESTS_PER_VISIT = 60

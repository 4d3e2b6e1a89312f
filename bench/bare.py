"""The measure bench/crawl.py compares with: a Scrapy spider that fetches addresses and does nothing with them.

::

    python bench/bare.py http://127.0.0.1:8000/aktualnosci/artykul- 1000      # fetches …artykul-1 to …artykul-1000
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess


class Bare(scrapy.Spider):
    name = "bare"

    async def start(self) -> AsyncIterator[Any]:
        prefix, number = sys.argv[1], int(sys.argv[2])
        for n in range(1, number + 1):
            yield scrapy.Request(f"{prefix}{n}")

    def parse(self, response: scrapy.http.Response) -> None:
        assert response.status == 200


if __name__ == "__main__":
    process = CrawlerProcess({"LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False})
    process.crawl(Bare)
    process.start()

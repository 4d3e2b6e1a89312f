"""Running a crawl from a command: event loop, signals, clock."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence
from datetime import UTC, datetime

from zmpwatch.config import Config
from zmpwatch.interrupts import heeding
from zmpwatch.service.crawling import CrawlResult, Progress, crawl
from zmpwatch.service.opening import open_store

__all__ = ["run_crawl", "system_clock"]


def system_clock() -> datetime:
    """The present, in UTC."""
    return datetime.now(UTC)


def run_crawl(
    config: Config, *, wanted: Sequence[str] = (), due: bool = False, progress: Progress | None = None
) -> CrawlResult:
    """Crawl as the command line does.

    SIGINT and SIGTERM give up the running visits whole; what was stored stays.

    Raises:
        KeyboardInterrupt: a signal ended it.
        ConfigError: a wanted site is not configured.
        StoreError: the database refused.
    """

    async def work() -> CrawlResult:
        stop = asyncio.Event()
        with heeding(stop, signal.SIGINT, signal.SIGTERM), open_store(config) as store:
            result = await crawl(config, store, system_clock, wanted=wanted, due=due, progress=progress, stop=stop)
        if stop.is_set():
            raise KeyboardInterrupt
        return result

    return asyncio.run(work())

"""Scrapy's downloader for one visit, which asks a host for one thing at a time."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from time import monotonic
from typing import Any

from scrapy import Request, signals
from scrapy.core.downloader import Downloader, Slot
from scrapy.core.downloader.middleware import DownloaderMiddlewareManager
from scrapy.crawler import Crawler
from scrapy.exceptions import _InvalidOutput
from scrapy.http import Response
from scrapy.utils.defer import ensure_awaitable

__all__ = ["VisitDownloader", "is_free"]


class _Middlewares(DownloaderMiddlewareManager):
    """Awaits what a middleware gives only where it gives anything to wait for: most let a request through at once."""

    async def _process_request(
        self, request: Request, download_func: Callable[[Request], Coroutine[Any, Any, Response]]
    ) -> Response | Request:
        for method in self.methods["process_request"]:
            assert method is not None
            given = self._handle_mw_method(method, request=request)
            if given is not None and (given := await ensure_awaitable(given)) is not None:
                return _checked(given, method)
        return await download_func(request)

    async def _process_response(self, response: Response | Request, request: Request) -> Response | Request:
        for method in self.methods["process_response"]:
            if isinstance(response, Request):
                break
            assert method is not None
            given = self._handle_mw_method(method, request=request, response=response)
            response = given if isinstance(given, Response) else _checked(await ensure_awaitable(given), method)
        return response


def _checked(given: Any, method: Callable[..., Any]) -> Response | Request:
    if not isinstance(given, Response | Request):
        raise _InvalidOutput(f"{method.__qualname__} gives a {type(given).__name__}, and no response or request")
    return given


class VisitDownloader(Downloader):
    """Sends a request at once where its host is free: it need not wait in the queue of those that may not be sent."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.middleware.__class__ = _Middlewares  # the downloader names the class itself

    async def _enqueue_request(self, request: Request) -> Response:
        key, slot = self._get_slot(request)
        if not is_free(slot, now := monotonic()):
            return await super()._enqueue_request(request)
        request.meta[self.DOWNLOAD_SLOT] = key
        slot.active.add(request)
        self.signals.send_catch_log(
            signal=signals.request_reached_downloader, request=request, spider=self.crawler.spider
        )
        slot.lastseen = now
        try:
            return await self._download(slot, request)
        finally:
            slot.active.remove(request)


def is_free(slot: Slot, now: float) -> bool:
    """Whether nothing is sent to a host, nothing waits to be, and its pause is over, if anything was asked of it yet.

    The monotonic clock counts from the machine's start: where that is less than a Crawl-delay ago, a host never asked
    would seem to have been asked just now.
    """
    if slot.queue or slot.latercall or slot.transferring:
        return False
    return not slot.lastseen or now - slot.lastseen >= slot.download_delay()

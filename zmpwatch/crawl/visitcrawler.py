"""Scrapy's crawler as each visit has one: thousands are made in a run, and they send signals for every request."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Callable, Iterable
from functools import lru_cache
from typing import Any

from scrapy import Request, Spider
from scrapy.core.engine import ExecutionEngine
from scrapy.core.scraper import Scraper
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.signalmanager import SignalManager
from scrapy.utils.asyncgen import as_async_generator
from scrapy.utils.defer import aiter_errback, iter_errback
from twisted.python.failure import Failure

from zmpwatch.crawl.state import logger

__all__ = ["VisitCrawler", "VisitSignals"]


class VisitSignals(SignalManager):
    """Signals of one visit, handed to those who listen and to no others.

    Scrapy's dispatcher looks all receivers of a process through for each signal, and what each of them takes; a request
    sends eight. A receiver is held as long as the visit is.
    """

    def __init__(self, sender: Any) -> None:
        super().__init__(sender)
        self._receivers: dict[object, list[Callable[..., Any]]] = {}

    def connect(self, receiver: Callable[..., Any], signal: object, **kwargs: Any) -> None:
        """Call a receiver with each signal of this kind."""
        self._receivers.setdefault(signal, []).append(receiver)
        super().connect(receiver, signal, **kwargs)

    def disconnect(self, receiver: Callable[..., Any], signal: object, **kwargs: Any) -> None:
        """Call a receiver no more."""
        self._receivers[signal].remove(receiver)
        super().disconnect(receiver, signal, **kwargs)

    def disconnect_all(self, signal: object, **kwargs: Any) -> None:
        """Call nobody any more."""
        self._receivers.pop(signal, None)
        super().disconnect_all(signal, **kwargs)

    def send_catch_log(self, signal: object, **kwargs: Any) -> list[tuple[Any, Any]]:
        """Send a signal; see `scrapy.signalmanager.SignalManager.send_catch_log`."""
        receivers = self._receivers.get(signal)
        if not receivers:
            return []
        expected = _classes(kwargs.pop("dont_log", ()))
        kwargs |= {"signal": signal, "sender": self.sender}
        return [(receiver, _called(receiver, kwargs, expected)) for receiver in tuple(receivers)]


def _called(receiver: Callable[..., Any], given: dict[str, Any], expected: tuple[type[Exception], ...]) -> Any:
    """What a receiver returns, or the failure that it raised."""
    wanted = _wanted(getattr(receiver, "__func__", receiver))
    try:
        return receiver(**(given if wanted is None else {name: given[name] for name in wanted if name in given}))
    except Exception as error:  # noqa: BLE001 - whoever sends a signal goes on, whatever its receivers do
        if not isinstance(error, expected):
            logger.exception("a receiver of signals failed: %r", receiver)
        return Failure()  # type: ignore[no-untyped-call]


def _classes(dont_log: Any) -> tuple[type[Exception], ...]:
    return (*(dont_log if isinstance(dont_log, tuple | list) else (dont_log,)), StopDownload)


@lru_cache(maxsize=256)
def _wanted(receiver: Callable[..., Any]) -> frozenset[str] | None:
    """The names a receiver takes; None when it takes whatever there is."""
    parameters = inspect.signature(receiver).parameters.values()
    if any(one.kind is inspect.Parameter.VAR_KEYWORD for one in parameters):
        return None
    return frozenset(one.name for one in parameters)


class VisitScraper(Scraper):
    """Takes what a page led to as it comes.

    Scrapy makes a queue for each response, and a task for each end of it, so that items may be worked on beside each
    other. A visit yields requests, which are only queued.
    """

    async def handle_spider_output_async(
        self, result: Iterable[Any] | AsyncIterator[Any], request: Request, response: Response | Failure
    ) -> None:
        """Hand on what a callback yields; see `scrapy.core.scraper.Scraper.handle_spider_output_async`."""
        guarded: Iterable[Any] | AsyncIterator[Any]
        if isinstance(result, AsyncIterator):
            guarded = aiter_errback(result, self.handle_spider_error, request, response)
        else:
            guarded = iter_errback(result, self.handle_spider_error, request, response)
        async for one in as_async_generator(guarded):
            await self._process_spidermw_output_async(one, response)


class VisitCrawler(Crawler):
    """Runs the spider of one visit."""

    def __init__(self, spidercls: type[Spider], settings: Settings) -> None:
        super().__init__(spidercls, settings)
        self.signals = VisitSignals(self)

    def _create_engine(self) -> ExecutionEngine:
        engine = super()._create_engine()
        engine.scraper.__class__ = VisitScraper  # the engine names the class itself
        return engine

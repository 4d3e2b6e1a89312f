"""Scrapy's crawler as each visit has one: thousands are made in a run, and they send signals for every request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.settings import Settings
from scrapy.signalmanager import SignalManager

__all__ = ["VisitCrawler", "VisitSignals"]


class VisitSignals(SignalManager):
    """Signals of one visit; those that nobody listens to, half of the eight a request has, are not sent."""

    def __init__(self, sender: Any) -> None:
        super().__init__(sender)
        self._heard: set[object] = set()

    def connect(self, receiver: Callable[..., Any], signal: object, **kwargs: Any) -> None:
        """Call a receiver with each signal of this kind."""
        self._heard.add(signal)
        super().connect(receiver, signal, **kwargs)

    def send_catch_log(self, signal: object, **kwargs: Any) -> list[tuple[Any, Any]]:
        """Send a signal; see `scrapy.signalmanager.SignalManager.send_catch_log`."""
        return super().send_catch_log(signal, **kwargs) if signal in self._heard else []


class VisitCrawler(Crawler):
    """Runs the spider of one visit."""

    def __init__(self, spidercls: type[Spider], settings: Settings) -> None:
        super().__init__(spidercls, settings)
        self.signals = VisitSignals(self)

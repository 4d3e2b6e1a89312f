"""Signals of a visit: who hears them, of what, and what becomes of a receiver that fails."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from scrapy.exceptions import IgnoreRequest, StopDownload
from twisted.python.failure import Failure

from zmpwatch.crawl.visitcrawler import VisitSignals

CAME = object()


class Listener:
    def __init__(self) -> None:
        self.heard: list[Any] = []

    def some(self, data: bytes) -> int:
        self.heard.append(data)
        return len(data)

    def everything(self, **given: Any) -> None:
        self.heard.append(sorted(given))


@pytest.fixture
def signals() -> VisitSignals:
    return VisitSignals("the visit")


def test_a_receiver_gets_what_it_takes(signals: VisitSignals) -> None:
    listener = Listener()
    signals.connect(listener.some, CAME)
    signals.connect(listener.everything, CAME)
    told = signals.send_catch_log(CAME, data=b"abc", request="a request")
    assert [said for _, said in told] == [3, None]
    assert listener.heard == [b"abc", ["data", "request", "sender", "signal"]]


def test_nobody_hears_what_is_meant_for_others(signals: VisitSignals) -> None:
    listener = Listener()
    signals.connect(listener.some, CAME)
    assert signals.send_catch_log(object(), data=b"abc") == []
    assert VisitSignals("another visit").send_catch_log(CAME, data=b"abc") == []
    signals.disconnect(listener.some, CAME)
    assert signals.send_catch_log(CAME, data=b"abc") == []
    signals.connect(listener.some, CAME)
    signals.disconnect_all(CAME)
    assert signals.send_catch_log(CAME, data=b"abc") == []
    assert listener.heard == []


@pytest.mark.parametrize(("error", "logged"), [(StopDownload(), 0), (IgnoreRequest(), 0), (KeyError("x"), 1)])
def test_a_failure_is_handed_back_and_told_unless_it_is_expected(
    signals: VisitSignals, error: Exception, logged: int, caplog: pytest.LogCaptureFixture
) -> None:
    def fails() -> None:
        raise error

    listener = Listener()
    signals.connect(fails, CAME)
    signals.connect(listener.some, CAME)
    with caplog.at_level(logging.ERROR):
        (_, failure), (_, said) = signals.send_catch_log(CAME, data=b"ab", dont_log=IgnoreRequest)
    assert isinstance(failure, Failure)
    assert failure.value is error
    assert said == 2
    assert len(caplog.records) == logged

"""Each way to break HTTP has its typed failure, its bound, and leads nobody astray. Needs nothing but this checkout."""

from __future__ import annotations

import asyncio
import resource
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from crawl.faulty import ROUTES, Faulty
from crawl.web import NOW, Keeper, Web, html, plan, settings, visit
from zmpwatch.crawl import run_visits
from zmpwatch.crawl.reactorthread import ReactorThread
from zmpwatch.model import FailureKind, VisitReport

K = FailureKind

FAULTS = {
    "/endless": (K.TOO_BIG, 1),
    "/declared": (K.TOO_BIG, 1),
    "/gzip-bomb": (K.TOO_BIG, 1),
    "/gzip-gzip-bomb": (K.TOO_BIG, 1),
    "/deflate-bomb": (K.TOO_BIG, 1),
    "/br-bomb": (K.TOO_BIG, 1),
    "/gzip-cut": (K.INCOMPLETE, 1),
    "/gzip-crc": (K.INCOMPLETE, 1),
    "/gzip-empty": (K.WRONG_PAGE, 1),
    "/encoding": (K.UNREADABLE, 1),
    "/empty": (K.WRONG_PAGE, 1),
    "/204": (K.WRONG_PAGE, 1),
    "/304": (K.STATUS, 1),
    "/403": (K.STATUS, 1),
    "/500": (K.STATUS, 2),
    "/429": (K.RETRY_LATER, 1),
    "/503": (K.RETRY_LATER, 1),
    "/hang": (K.TIMEOUT, 1),
    "/hang-body": (K.TIMEOUT, 1),
    "/trickle": (K.TIMEOUT, 1),
    "/redirect/0": (K.REDIRECT, 6),
    "/to-self": (K.REDIRECT, 6),
    "/to-nowhere": (K.REDIRECT, 1),
    "/to-nonsense": (K.REDIRECT, 1),
    "/to-file": (K.REFUSED_ADDRESS, 1),
    "/to-decimal": (K.REFUSED_ADDRESS, 1),
    "/to-mapped": (K.REFUSED_ADDRESS, 1),
    "/to-user": (K.REFUSED_ADDRESS, 1),
    "/to-private": (K.REFUSED_ADDRESS, 1),
    "/no-status": (K.UNREACHABLE, 2),
    "/http09": (K.UNREACHABLE, 2),
    "/two-lengths": (K.UNREACHABLE, 2),
    "/negative": (K.UNREACHABLE, 2),
    "/huge-header": (K.UNREACHABLE, 2),
    "/many-headers": (K.UNREACHABLE, 2),
    "/continue": (K.UNREACHABLE, 2),
    "/bad-chunk": (K.INCOMPLETE, 2),
    "/fin-length": (K.INCOMPLETE, 2),
    "/reset": (K.UNREACHABLE, 2),
    "/reset-body": (K.INCOMPLETE, 2),
    "/fin-chunked": (K.INCOMPLETE, 2),
    "/reset-chunked": (K.INCOMPLETE, 2),
}
PAGES = {"/ok": True, "/gzip-lie": False, "/fin-silent": False, "/reset-silent": False}
"""Addresses that give a page, and whether it is proved whole."""


@pytest.fixture
def server() -> Iterator[Faulty]:
    with Faulty() as running:
        yield running


def ask(server: Faulty, *paths: str, **more: Any) -> Keeper:
    urls = tuple(server.url(path) for path in paths)
    return visit(plan(urls[0], urls=urls), Keeper(), settings(server.netloc, **{"timeout": 1.5, **more}))


@pytest.mark.parametrize("path", FAULTS)
def test_fault_is_typed_and_bounded(server: Faulty, path: str) -> None:
    kind, requests = FAULTS[path]
    began = time.monotonic()
    sink = ask(server, path)
    assert sink.kinds() == [kind], sink.report.failures
    assert sink.pages == []
    assert sink.report.requests == requests + 1  # and robots.txt
    assert sink.report.bytes < 40 << 20
    assert server.astray == 0
    assert time.monotonic() - began < 30


WORDS = {
    "/hang": "no whole answer within 1.5 s",
    "/reset": "the connection broke off",
    "/http09": "the connection was closed before an answer came",
    "/fin-length": "the connection ended before the body did",
    "/many-headers": "no sound HTTP: more than 2000 lines of headers",
    "/negative": "no sound HTTP: Value contains non-decimal digits",
    "/encoding": "a content encoding that was not asked for: 'compress'",
    "/gzip-crc": "the gzip stream is damaged: incorrect data check",
    "/429": "429, not to be asked before 2025-03-01T12:00:07+00:00",
}
"""What an operator reads of some: no name of a class, no bytes of the server's."""


@pytest.mark.parametrize("path", WORDS)
def test_a_fault_is_told_in_words(server: Faulty, path: str) -> None:
    assert [failure.detail for failure in ask(server, path).report.failures] == [WORDS[path]]


@pytest.mark.parametrize("path", PAGES)
def test_page_is_handed_over(server: Faulty, path: str) -> None:
    sink = ask(server, path)
    assert [page.complete for page in sink.pages] == [PAGES[path]]
    assert sink.report.failures == []


def test_every_route_has_its_expectation(server: Faulty) -> None:
    assert set(ROUTES) == {*FAULTS, *PAGES} - {"/redirect/0"} | {"/redirect/", "/to-robots"}


class Watchdog:
    """Longest time the crawler's event loop did not answer."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        loop = ReactorThread.get().loop
        while not self._end.wait(0.01):
            asked = time.monotonic()
            answered = threading.Event()
            loop.call_soon_threadsafe(answered.set)
            answered.wait(60)
            self.longest = max(self.longest, time.monotonic() - asked)

    def __enter__(self) -> Watchdog:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()


def test_sixteen_hostile_hosts_at_once_stay_within_memory_and_stall_nobody() -> None:
    bombs = ["/endless", "/gzip-bomb", "/gzip-gzip-bomb", "/deflate-bomb", "/br-bomb", "/huge-header", "/many-headers"]
    paths = [*bombs, "/continue", "/hang", "/trickle"]
    servers = [Faulty(f"127.0.3.{n}") for n in range(1, 17)]
    try:
        plans = [
            plan(one.url("/"), name=one.host, urls=tuple(one.url(paths[(n + k) % len(paths)]) for k in range(3)))
            for n, one in enumerate(servers)
        ]
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with Watchdog() as watchdog:
            sink = visit(plans, Keeper(), settings(*(one.netloc for one in servers), timeout=5.0))
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    finally:
        for one in servers:
            one.__exit__()
    assert len(sink.reports) == 16
    assert sink.pages == []
    assert grown < 1_000 << 10  # KiB
    assert watchdog.longest < 2.0


def seconds_of(hosts: list[Web], hostile: Faulty | None) -> float:
    class Timed(Keeper):
        last = 0.0

        async def finished(self, plan: Any, report: VisitReport) -> None:
            await super().finished(plan, report)
            if plan.site.name != "hostile":
                self.last = time.monotonic()

    plans = [plan(web.url(), name=web.host, urls=tuple(web.url(f"/{k}") for k in range(3))) for web in hosts]
    allowed = [web.netloc for web in hosts]
    if hostile is not None:
        bad = ("/gzip-bomb", "/endless", "/many-headers", "/hang", "/trickle", "/br-bomb")
        plans.insert(0, plan(hostile.url("/"), name="hostile", urls=tuple(map(hostile.url, bad))))
        allowed.append(hostile.netloc)
    sink = Timed()
    began = time.monotonic()
    asyncio.run(run_visits(plans, sink, settings(*allowed, timeout=4.0), lambda: NOW))
    assert len([name for name in sink.reports if name != "hostile"]) == len(hosts)
    return sink.last - began


def test_one_hostile_host_hardly_delays_a_hundred_good_ones() -> None:
    body = html("Miasto", "<p>tekst</p>" * 500)
    hosts = [Web({"/0": body, "/1": body, "/2": body}, host=f"127.0.{4 + n // 50}.{1 + n % 50}") for n in range(100)]
    try:
        seconds_of(hosts[:5], None)  # what is loaded once is not to be measured
        alone = min(seconds_of(hosts, None) for _ in range(2))
        with Faulty("127.0.3.99") as hostile:
            beside = min(seconds_of(hosts, hostile) for _ in range(2))
    finally:
        for web in hosts:
            web.close()
    assert beside < 1.2 * alone + 2.0, (alone, beside)

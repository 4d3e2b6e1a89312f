"""One route a fault: the typed failure, the bound that holds, and nobody led astray (docs/faults.md, A and B)."""

from __future__ import annotations

import resource
import time
from types import ModuleType
from typing import Any

import pytest

from crawl.web import Keeper, plan, settings, visit
from zmpwatch.model import FailureKind

K = FailureKind


def ask(server: Any, *paths: str, **more: Any) -> Keeper:
    host = f"127.0.0.1:{server.http.server_address[1]}"
    confirm = plan(server.url(), urls=tuple(server.url(p) for p in paths))
    return visit(confirm, Keeper(), settings(host, **{"timeout": 2.0, **more}))


@pytest.fixture
def server(hostile: ModuleType) -> Any:
    with hostile.HostileServer(seconds=60) as running:
        yield running


@pytest.mark.parametrize(
    ("path", "kind", "requests"),
    [
        ("/endless", K.TOO_BIG, 1),
        ("/endless-close", K.TOO_BIG, 1),
        ("/big-declared", K.TOO_BIG, 1),
        ("/gzip-bomb?mb=200", K.TOO_BIG, 1),
        ("/deflate-bomb?mb=200", K.TOO_BIG, 1),
        ("/gzip-gzip-bomb", K.TOO_BIG, 1),
        ("/gzip-bomb-html?mb=60", K.TOO_BIG, 1),
        ("/gzip-truncated", K.INCOMPLETE, 1),
        ("/gzip-badcrc", K.INCOMPLETE, 1),
        ("/gzip-empty", K.WRONG_PAGE, 1),
        ("/encoding-unknown", K.UNREADABLE, 1),
        ("/hang", K.TIMEOUT, 1),
        ("/hang-body", K.TIMEOUT, 1),
        ("/slow-body", K.TIMEOUT, 1),
        ("/slow-headers", K.TIMEOUT, 1),
        ("/redirect/0", K.REDIRECT, 6),
        ("/redirect-self", K.REDIRECT, 6),
        ("/redirect-file", K.REFUSED_ADDRESS, 1),
        ("/redirect-loopback", K.REFUSED_ADDRESS, 1),
        ("/redirect-private", K.REFUSED_ADDRESS, 1),
        *[(f"/redirect-ipforms?form={n}", K.REFUSED_ADDRESS, 1) for n in range(5)],
        ("/redirect-bad", K.REDIRECT, 1),
        ("/redirect-noloc", K.REDIRECT, 1),
        ("/redirect-utf8", K.WRONG_PAGE, 2),
        ("/meta-refresh", K.REDIRECT, 6),
        ("/huge-header", K.UNREACHABLE, 2),
        ("/status-bad", K.UNREACHABLE, 2),
        ("/http09", K.UNREACHABLE, 2),
        ("/status-999", K.STATUS, 1),
        ("/cl-twice", K.UNREACHABLE, 2),
        ("/cl-negative", K.UNREACHABLE, 2),
        ("/chunk-bad", K.INCOMPLETE, 2),
        ("/204-body", K.WRONG_PAGE, 1),
        ("/empty-200", K.WRONG_PAGE, 1),
        ("/reset", K.UNREACHABLE, 2),
        ("/reset-cl", K.INCOMPLETE, 2),
        ("/reset-chunked", K.INCOMPLETE, 2),
        ("/fin-cl", K.INCOMPLETE, 2),
        ("/fin-chunked", K.INCOMPLETE, 2),
        ("/429", K.RETRY_LATER, 1),
        ("/503-date", K.RETRY_LATER, 1),
        ("/503-forever", K.RETRY_LATER, 1),
        ("/500", K.STATUS, 2),
        ("/403", K.STATUS, 1),
        ("/waf-200", K.CHALLENGE, 1),
        ("/maintenance-200", K.WRONG_PAGE, 1),
        ("/login-200", K.WRONG_PAGE, 1),
        ("/soft404/x", K.WRONG_PAGE, 1),
        ("/304-always", K.STATUS, 1),
        ("/doc/html-as.pdf", K.WRONG_PAGE, 1),
        ("/continue-flood", K.UNREACHABLE, 2),
        ("/many-headers", K.UNREACHABLE, 2),
        ("/cookie-flood", K.UNREACHABLE, 2),
    ],
)
def test_fault_is_typed_and_bounded(server: Any, path: str, kind: FailureKind, requests: int) -> None:
    began = time.monotonic()
    sink = ask(server, path)
    assert sink.kinds() == [kind], sink.report.failures
    assert sink.pages == []
    assert sink.report.requests == requests + 1  # and robots.txt
    assert server.private_hits() == 0
    assert sink.report.bytes < 40 << 20
    assert time.monotonic() - began < 20


@pytest.mark.parametrize(
    ("path", "complete"),
    [
        ("/ok", True),
        ("/reset-close", False),
        ("/fin-close", False),
        ("/gzip-lie", False),
        ("/refresh-file", True),
        ("/header-nocolon", True),
        ("/cl-te", True),
        ("/redirect-huge", True),
        ("/future-date", True),
        ("/cs/utf16", True),
        ("/doc/ok.pdf", True),
        ("/doc/pdf-as.html", True),
        ("/deep-html", True),
        ("/attr-flood", True),
        ("/odd-links", True),
    ],
)
def test_page_is_handed_over(server: Any, path: str, complete: bool) -> None:
    sink = ask(server, path)
    assert [page.complete for page in sink.pages] == [complete]
    assert sink.report.failures == []


@pytest.mark.parametrize(
    ("robots", "kind"),
    [
        ("deny", K.ROBOTS),
        ("bom", K.ROBOTS),
        ("500", K.ROBOTS_UNREACHABLE),
        ("hang", K.ROBOTS_UNREACHABLE),
        ("reset", K.ROBOTS_UNREACHABLE),
        ("redirect", K.ROBOTS_UNREACHABLE),
    ],
)
def test_robots_keep_us_out(hostile: ModuleType, robots: str, kind: FailureKind) -> None:
    with hostile.HostileServer(seconds=60, robots=robots) as server:
        sink = ask(server, "/ok", "/ok2")
        assert server.hits("/ok") == server.hits("/ok2") == 0
    assert set(sink.kinds()) == {kind}


@pytest.mark.parametrize("robots", ["none", "ok", "html", "huge"])
def test_robots_let_us_in(hostile: ModuleType, robots: str) -> None:
    with hostile.HostileServer(seconds=60, robots=robots) as server:
        sink = ask(server, "/ok", "/private/x")
        assert server.hits("/ok") == 1
        assert server.hits("/private/x") == (0 if robots == "ok" else 1)
    assert len(sink.pages) == 1
    assert sink.report.bytes < 2 << 20


def test_crawl_delay_of_a_day_ends_the_visit_after_one_page(hostile: ModuleType) -> None:
    began = time.monotonic()
    with hostile.HostileServer(seconds=60, robots="delay") as server:
        sink = ask(server, "/ok", "/ok2")
    assert len(sink.pages) == 1
    assert sink.report.capped == ["seconds"]
    assert sink.report.crawl_delay == 86_400
    assert time.monotonic() - began < 15


@pytest.mark.parametrize(
    "path", ["/calendar", "/trap/", "/session", "/facets", "/many-links", "/same-body/0", "/soft404-hub"]
)
def test_trap_ends_with_the_budget(server: Any, path: str) -> None:
    host = f"127.0.0.1:{server.http.server_address[1]}"
    began = time.monotonic()
    sink = visit(plan(server.url(path)), Keeper(), settings(host, requests_per_visit=25))
    assert sink.report.requests <= 25
    assert time.monotonic() - began < 30
    most = {"/session": 11, "/same-body/0": 2, "/soft404-hub": 1, "/trap/": 15}
    assert len(sink.pages) <= most.get(path, 24)


@pytest.mark.parametrize("path", ["/sitemap-loop.xml", "/xxe.xml", "/xml-bomb.xml", "/xml-quad.xml"])
def test_hostile_sitemap_is_neither_expanded_nor_endless(server: Any, path: str) -> None:
    host = f"127.0.0.1:{server.http.server_address[1]}"
    sink = visit(plan(server.url(path)), Keeper(), settings(host, requests_per_visit=25))
    assert sink.report.requests <= 25
    assert server.hits("/xxe-hit") == server.hits("/xxe-hit-dtd") == 0


def test_bad_certificate_is_a_failure(hostile: ModuleType) -> None:
    with hostile.HostileServer(seconds=60, tls_port=0) as server:
        host = f"127.0.0.1:{server.tls.server_address[1]}"
        sink = visit(plan(server.tls_url("/ok"), urls=(server.tls_url("/ok"),)), Keeper(), settings(host))
    assert sink.kinds() == [K.TLS]
    assert "certificate" in sink.report.failures[0].detail


def test_stale_etag_is_asked_past(server: Any) -> None:
    """A confirmation is unconditional: the change is seen though the ETag never changes (docs/faults.md 39)."""
    first = ask(server, "/etag-stale").pages[0]
    second = ask(server, "/etag-stale").pages[0]
    assert first.headers["etag"] == second.headers["etag"] == '"v1"'
    assert first.body != second.body


def test_memory_stays_bounded(server: Any) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ask(server, "/gzip-bomb?mb=500", "/endless", "/gzip-bomb-html?mb=60", timeout=10.0)
    # the server's own bombs are built in this process: 60 MB of HTML at one time
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 << 10

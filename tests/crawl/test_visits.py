"""Visits against servers of our own: budgets, politeness, conditions, and one bad site beside a good one."""

from __future__ import annotations

import asyncio
import gzip
import socket
import threading
import time
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from waiting import until

from crawl.web import AGENT, NOW, Keeper, Reply, Seen, Web, fetch, html, plan, settings, visit
from zmpwatch.crawl import PageOutcome, run_visits
from zmpwatch.errors import StoreError
from zmpwatch.model import FailureKind, KnownPage, Page

K = FailureKind


# --- what is sent


def test_agent_is_honest_and_carries_nothing_else() -> None:
    with Web(
        {"/": Reply(html("Miasto", '<a href="/aktualnosci">Aktualności</a>'), headers={"Set-Cookie": "id=1"})}
    ) as web:
        visit(plan(web.url()), Keeper(), settings(web.netloc))
    assert {s.headers["user-agent"] for s in web.seen} == {AGENT}
    for seen in web.seen:
        assert not {"cookie", "authorization", "from"} & set(seen.headers)
    assert web.seen[0].path == "/robots.txt"


def test_confirmation_goes_past_caches_on_a_new_connection_and_follows_nothing() -> None:
    page = Reply(html("Miasto", '<a href="/przystapienie-do-zmp">ZMP</a>'), headers={"ETag": '"1"'})
    with Web({"/": page}) as web:
        known = {web.url(): KnownPage(url=web.url(), etag='"1"', full_fetch_at=NOW)}
        routine = visit(plan(web.url(), known=known), Keeper(), settings(web.netloc))
        peers = {s.peer for s in web.seen}
        web.seen.clear()
        confirmation = visit(plan(web.url(), known=known, urls=(web.url(),)), Keeper(), settings(web.netloc))
    assert routine.report.pages == confirmation.report.pages == 1
    asked = web.seen[-1]
    assert web.paths == ["/"]
    assert asked.headers["cache-control"] == "no-cache"
    assert "if-none-match" not in asked.headers
    assert asked.peer not in peers


# --- robots.txt


def test_twenty_requests_at_once_all_wait_for_robots() -> None:
    """Scrapy 2.19 lets all but the first two through."""
    robots = Reply("User-agent: *\nDisallow: /\n", headers={"Content-Type": "text/plain"}, delay=0.2)
    with Web({"/robots.txt": robots}) as web:
        sink = fetch(web, *(f"/{n}" for n in range(20)))
    assert [s.path for s in web.seen] == ["/robots.txt"]
    assert sink.kinds() == [K.ROBOTS] * 20


def test_group_of_our_token_counts() -> None:
    rules = "User-agent: zmpwatch-test\nAllow: /strony/jawne\nDisallow: /strony\n\nUser-agent: *\nDisallow: /\n"
    with Web({"/robots.txt": rules, "/a": html("a"), "/strony/jawne": html("b"), "/strony/tajne": html("c")}) as web:
        sink = fetch(web, "/a", "/strony/jawne", "/strony/tajne")
    assert web.paths == ["/a", "/strony/jawne"]
    assert sink.kinds() == [K.ROBOTS]


@pytest.mark.parametrize(
    "name", ["zmpwatch-test/1.0", "ZMPwatch-Test/0.3 (+https://example.org/contact)", "zmpwatch-test bot"]
)
def test_our_name_counts_with_its_version_too(name: str) -> None:
    """As it stands in the logs of a server, from which site owners copy it."""
    rules = f"User-agent: {name} # away\nDisallow: /\n\nUser-agent: *\nAllow: /\n"
    with Web({"/robots.txt": rules, "/a": html("a")}) as web:
        sink = fetch(web, "/a")
    assert (web.paths, sink.kinds()) == ([], [K.ROBOTS])


@pytest.mark.parametrize("name", ["zmpwatch-tester", "zmpwatch-test-2", "other/1.0 zmpwatch-test"])
def test_names_of_others_do_not_count(name: str) -> None:
    with Web({"/robots.txt": f"User-agent: {name}\nDisallow: /\n", "/a": html("a")}) as web:
        assert fetch(web, "/a").report.pages == 1


def test_links_closed_to_us_are_no_failure_of_the_site() -> None:
    home = html("Miasto", '<a href="/stowarzyszenia/zamkniete">Przystąpienie do ZMP</a>')
    with Web({"/robots.txt": "User-agent: *\nDisallow: /stowarzyszenia\n", "/": home}) as web:
        sink = visit(plan(web.url()), Keeper(), settings(web.netloc))
    assert "/stowarzyszenia/zamkniete" not in web.paths
    assert sink.report.failures == []


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_absent_robots_allow(status: int) -> None:
    with Web({"/robots.txt": Reply("User-agent: *\nDisallow: /", status), "/a": html("a")}) as web:
        assert fetch(web, "/a").report.pages == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_broken_robots_keep_us_out(status: int) -> None:
    with Web({"/robots.txt": Reply("", status), "/a": html("a"), "/b": html("b")}) as web:
        sink = fetch(web, "/a", "/b")
    assert web.paths == []
    assert sink.kinds() == [K.ROBOTS_UNREACHABLE]


def test_redirect_of_robots_is_followed_and_obeyed() -> None:
    routes = {
        "/robots.txt": Reply("", 301, {"Location": "/pl/robots.txt"}),
        "/pl/robots.txt": "User-agent: *\nDisallow: /tajne\n",
        "/a": html("a"),
        "/tajne": html("t"),
    }
    with Web(routes) as web:
        sink = fetch(web, "/a", "/tajne")
    assert web.paths == ["/pl/robots.txt", "/a"]
    assert sink.kinds() == [K.ROBOTS]


def test_rules_may_lie_on_another_host() -> None:
    """RFC 9309, 2.3.1.2: redirects are followed across hosts, and what is found holds where it was asked for."""
    with Web({"/wspolne.txt": "User-agent: *\nDisallow: /tajne\n"}) as other:
        robots = Reply("", 301, {"Location": other.url("/wspolne.txt")})
        with Web({"/robots.txt": robots, "/a": html("a"), "/tajne": html("t")}) as web:
            asking = plan(web.url(), urls=(web.url("/a"), web.url("/tajne")))
            sink = visit(asking, Keeper(), settings(web.netloc, other.netloc))
    assert (web.paths, other.paths) == (["/a"], ["/wspolne.txt"])
    assert sink.kinds() == [K.ROBOTS]
    assert sink.report.moved_to is None


def test_a_site_that_leads_elsewhere_with_all_it_has_has_moved() -> None:
    """robots.txt too: it is followed where it may be, and the start page tells the new address."""
    with Web({"/": html("Miasto")}) as new, Web({}) as old:
        old.fallback = lambda seen: Reply("", 301, {"Location": new.url(seen.path)})
        sink = visit(plan(old.url("/pl/")), Keeper(), settings(old.netloc, new.netloc))
        assert sink.report.moved_to == new.url("/pl/")
        assert [failure.kind for failure in sink.report.failures] == [K.WRONG_PAGE]
        assert new.paths == []
        # on a network that is closed to us nothing is asked, and the move is told all the same
        closed = visit(plan(old.url("/pl/")), Keeper(), settings(old.netloc))
        assert closed.report.moved_to == new.url()
        assert closed.kinds() == [K.REFUSED_ADDRESS]
        old.fallback = lambda seen: Reply("", 302, {"Location": new.url(seen.path)})
        assert visit(plan(old.url()), Keeper(), settings(old.netloc)).report.moved_to is None


def test_robots_may_come_compressed() -> None:
    body = gzip.compress(b"\xef\xbb\xbfUser-agent: *\nDisallow: /tajne\n")
    robots = Reply(body, headers={"Content-Encoding": "gzip", "Content-Type": "text/plain"})
    with Web({"/robots.txt": robots, "/a": html("a"), "/tajne": html("t")}) as web:
        sink = fetch(web, "/a", "/tajne")
    assert web.paths == ["/a"]
    assert sink.kinds() == [K.ROBOTS]


# --- politeness


def test_delay_lies_between_all_requests_to_a_host() -> None:
    with Web({f"/{n}": html(str(n)) for n in range(4)}) as web:
        fetch(web, *(f"/{n}" for n in range(4)), delay=0.4)
    times = [s.at for s in web.seen]
    assert len(times) == 5
    # the server stamps what it takes up: a busy machine connects late
    assert all(b - a > 0.35 for a, b in pairwise(times))


def test_crawl_delay_is_longer_than_ours() -> None:
    routes = {"/robots.txt": "User-agent: *\nCrawl-delay: 0.5\n", **{f"/{n}": html(str(n)) for n in range(3)}}
    with Web(routes) as web:
        fetch(web, "/0", "/1", "/2", delay=0.05)
    pages = [s.at for s in web.seen if s.path != "/robots.txt"]
    assert len(pages) == 3
    assert all(b - a > 0.48 for a, b in pairwise(pages))


def test_sites_that_share_a_host_are_visited_one_after_another() -> None:
    running = Counter[str]()
    worst = 0

    def slow(seen: Seen) -> str:
        nonlocal worst
        running["now"] += 1
        worst = max(worst, running["now"])
        time.sleep(0.1)  # time for another to come in beside it
        running["now"] -= 1
        return html(seen.path)

    with Web({"/a": slow, "/b": slow, "/c": slow}) as web:
        plans = [plan(web.url(f"/{n}"), name=n, urls=(web.url(f"/{n}"),)) for n in "abc"]
        sink = visit(plans, Keeper(), settings(web.netloc))
    assert sorted(sink.reports) == ["a", "b", "c"]
    assert worst == 1


def test_different_hosts_are_visited_side_by_side() -> None:
    everybody = threading.Barrier(5)

    def waits_for_the_others(seen: Seen) -> str:
        everybody.wait(timeout=4)
        return html("x")

    webs = [Web({"/": waits_for_the_others}, host=f"127.0.0.{n}") for n in range(1, 6)]
    try:
        plans = [plan(w.url(), name=w.host, urls=(w.url(),)) for w in webs]
        sink = visit(plans, Keeper(), settings(*(w.netloc for w in webs), concurrent_sites=5))
    finally:
        for web in webs:
            web.close()
    assert [report.pages for report in sink.reports.values()] == [1] * 5


@pytest.mark.parametrize(("status", "header"), [(429, "3600"), (503, "Sat, 01 Mar 2025 13:00:00 GMT")])
def test_retry_after_ends_the_asking(status: int, header: str) -> None:
    routes = {
        "/0": html("0"),
        "/1": Reply("później", status, {"Retry-After": header}),
        "/2": html("2"),
        "/3": html("3"),
    }
    with Web(routes) as web:
        sink = fetch(web, "/0", "/1", "/2", "/3")
    assert web.paths == ["/0", "/1"]
    assert sink.kinds() == [K.RETRY_LATER]
    assert sink.report.left_alone
    assert sink.report.retry_at == NOW + timedelta(hours=1)


def test_retry_after_holds_for_the_other_sites_of_the_host() -> None:
    with Web({"/a": Reply("", 429, {"Retry-After": "60"}), "/b": html("b")}) as web:
        plans = [plan(web.url(f"/{n}"), name=n, urls=(web.url(f"/{n}"),)) for n in "ab"]
        sink = visit(plans, Keeper(), settings(web.netloc))
    assert web.paths == ["/a"]
    assert [[f.kind for f in sink.reports[n].failures] for n in "ab"] == [[K.RETRY_LATER], [K.RETRY_LATER]]
    assert sink.reports["b"].retry_at == NOW + timedelta(minutes=1)
    assert sink.reports["b"].requests == 0


# --- budgets


def test_requests_are_counted_robots_redirects_and_all() -> None:
    routes = {"/a": Reply("", 302, {"Location": "/b"}), "/b": html("b"), "/c": html("c"), "/d": html("d")}
    with Web(routes) as web:
        sink = fetch(web, "/a", "/c", "/d", requests_per_visit=4)
    assert len(web.seen) == sink.report.requests == 4
    assert sink.report.capped == ["requests"]
    assert [p.requested for p in sink.pages] == [web.url("/a"), web.url("/c")]
    assert sink.pages[0].url == web.url("/b")


def test_bytes_run_out() -> None:
    with Web({f"/{n}": html(str(n), "x" * 40_000) for n in range(5)}) as web:
        sink = fetch(web, *(f"/{n}" for n in range(5)), bytes_per_visit=100_000)
    assert "bytes" in sink.report.capped
    assert sink.report.bytes < 200_000
    assert sink.report.pages == 2


def test_seconds_run_out() -> None:
    with Web({f"/{n}": Reply(html(str(n)), delay=0.4) for n in range(9)}) as web:
        began = time.monotonic()
        sink = fetch(web, *(f"/{n}" for n in range(9)), seconds_per_visit=1.0)
        assert time.monotonic() - began < 4
    assert sink.report.capped == ["seconds"]
    assert 1 <= sink.report.pages <= 3


def test_budget_of_pages() -> None:
    with Web({f"/{n}": html(str(n)) for n in range(9)}) as web:
        sink = fetch(web, *(f"/{n}" for n in range(9)), pages_per_visit=4)
    assert len(sink.pages) == sink.report.pages == 4
    assert sink.report.capped == ["pages"]


def test_errors_run_out() -> None:
    with Web({f"/{n}": Reply("", 500) for n in range(9)}) as web:
        sink = fetch(web, *(f"/{n}" for n in range(9)), errors_per_visit=3)
    assert sink.report.capped == ["errors"]
    assert sink.kinds() == [K.STATUS] * 3


def test_silent_host_is_not_asked_for_ever() -> None:
    with Web({f"/{n}": Reply("", delay=3) for n in range(9)}) as web:
        began = time.monotonic()
        sink = fetch(web, *(f"/{n}" for n in range(9)), timeout=1.0)
        assert time.monotonic() - began < 6
    assert sink.kinds() == [K.TIMEOUT, K.TIMEOUT]
    assert sink.report.left_alone


def test_page_may_not_be_as_big_as_a_document() -> None:
    pdf = {"Content-Type": "application/pdf"}
    with Web({"/a": html("a", "x" * 9000), "/b.pdf": Reply(b"%PDF-1.4\n" + b"x" * 9000, headers=pdf)}) as web:
        sink = fetch(web, "/a", "/b.pdf", max_html_bytes=5000)
    assert [p.url for p in sink.pages] == [web.url("/b.pdf")]
    assert sink.kinds() == [K.TOO_BIG]


def test_page_that_says_it_is_a_document_is_still_a_page() -> None:
    with Web({"/a": Reply(html("a", "x" * 9000), headers={"Content-Type": "application/pdf"})}) as web:
        sink = fetch(web, "/a", max_html_bytes=5000)
    assert sink.kinds() == [K.TOO_BIG]


# --- redirects


def test_redirects_stay_within_the_site() -> None:
    with Web({"/x": html("obce")}, host="127.0.0.3") as other:
        routes = {
            "/": Reply("", 301, {"Location": other.url("/x")}),
            "/a": Reply("", 302, {"Location": other.url("/x")}),
        }
        with Web(routes) as web:
            start = visit(plan(web.url()), Keeper(), settings(web.netloc, other.netloc))
            deep = fetch(web, "/a")
            own = visit(plan(web.url(), hosts=(other.netloc,)), Keeper(), settings(web.netloc, other.netloc))
    assert other.paths[0] == "/x"
    assert len(other.paths) == len(set(other.paths)) == 4  # only the last visit went there, and on from there
    assert start.kinds() == [K.WRONG_PAGE]
    assert "another site" in start.report.failures[0].detail
    assert deep.kinds() == [K.REFUSED_ADDRESS]
    assert own.pages[0].url == other.url("/x")


def test_private_address_behind_a_name_of_the_site_is_refused() -> None:
    """The name is of the site, but only its address tells that it lies inside."""
    with Web({"/": Reply("", 302, {"Location": "/x"})}) as web:
        sink = visit(plan(f"http://localhost:{web.port}/"), Keeper(), settings("127.0.0.1:1"))
        assert web.seen == []
    assert sink.kinds() == [K.REFUSED_ADDRESS]


def test_name_that_resolves_inside_is_refused_at_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: a public name with an address in our network (docs/faults.md 23)."""
    look_up = socket.getaddrinfo

    def rebinding(host: object, *rest: object, **more: object) -> object:
        return look_up("127.0.0.8" if host == "zmienne.miasto.test" else host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    with Web({"/": html("wewnątrz")}, host="127.0.0.8") as inside:
        url = f"http://zmienne.miasto.test:{inside.port}/"
        refused = visit(plan(url), Keeper(), settings("127.0.0.8"))
        assert inside.seen == []
        allowed = visit(plan(url), Keeper(), settings(f"zmienne.miasto.test:{inside.port}"))
    assert refused.kinds() == [K.REFUSED_ADDRESS]
    assert "127.0.0.8 is not a public address" in refused.report.failures[0].detail
    assert allowed.report.pages == 1


# --- conditions


def known(url: str, **more: object) -> dict[str, KnownPage]:
    page = KnownPage(
        url=url, etag='"1"', last_modified="Fri, 28 Feb 2025 10:00:00 GMT", full_fetch_at=NOW - timedelta(days=1)
    )
    return {url: replace(page, **more)}  # type: ignore[arg-type]


def conditional(seen: Seen) -> Reply:
    if seen.headers.get("if-none-match") == '"1"':
        return Reply("", 304, {"ETag": '"1"'})
    return Reply(html("Miasto"), headers={"ETag": '"1"'})


def test_unchanged_page_is_told_not_fetched() -> None:
    with Web({"/": conditional}) as web:
        sink = visit(plan(web.url(), known=known(web.url())), Keeper(), settings(web.netloc))
    assert web.seen[1].headers["if-modified-since"] == "Fri, 28 Feb 2025 10:00:00 GMT"
    assert sink.unchanged == [web.url()]
    assert (sink.report.pages, sink.report.not_modified, sink.report.failures) == (0, 1, [])


def test_links_of_an_unchanged_page_are_remembered() -> None:
    with Web({"/": conditional, "/przystapienie-do-zmp": html("Przystąpienie")}) as web:
        page = known(web.url(), links=(web.url("/przystapienie-do-zmp"), web.url("/galeria")))
        sink = visit(plan(web.url(), known=page), Keeper(), settings(web.netloc))
    assert [p.url for p in sink.pages] == [web.url("/przystapienie-do-zmp")]


@pytest.mark.parametrize(
    "change",
    [
        {"full_fetch_at": NOW - timedelta(days=8)},
        {"full_fetch_at": None},
        {"etag": None, "last_modified": None},
    ],
)
def test_body_is_asked_for_again(change: dict[str, object]) -> None:
    with Web({"/": conditional}) as web:
        sink = visit(plan(web.url(), known=known(web.url(), **change)), Keeper(), settings(web.netloc))
    assert sink.report.pages == 1
    assert sink.unchanged == []


def test_304_to_no_condition_is_a_failure() -> None:
    with Web({"/a": Reply("", 304)}) as web:
        assert fetch(web, "/a").kinds() == [K.STATUS]


def test_validators_are_not_carried_to_another_address() -> None:
    routes = {"/": Reply("", 302, {"Location": "/pl/"}), "/pl/": conditional}
    with Web(routes) as web:
        sink = visit(plan(web.url(), known=known(web.url())), Keeper(), settings(web.netloc))
    assert "if-none-match" not in web.seen[-1].headers or web.seen[-1].path != "/pl/"
    assert [p.url for p in sink.pages] == [web.url("/pl/")]


# --- the run


def test_one_bad_site_does_not_stop_the_others() -> None:
    class Breaks(Keeper):
        async def page(self, one: object, page: Page) -> PageOutcome:  # type: ignore[override]
            if page.url.endswith("/wybuch"):
                raise RecursionError("głęboko")
            return await super().page(one, page)  # type: ignore[arg-type]

    with Web({"/": html("dobre"), "/wybuch": html("złe")}) as web, Web({}, host="127.0.0.4") as gone:
        gone_url = gone.url()
        gone.close()
        plans = [
            plan(web.url("/wybuch"), name="breaks", urls=(web.url("/wybuch"),)),
            plan(gone_url, name="gone", urls=(gone_url,)),
            plan("http://nie-ma.invalid/", name="unknown", urls=("http://nie-ma.invalid/",)),
            plan("http://x.pl/", name="family", family="nie-ma-takiej"),
            plan(web.url(), name="good", urls=(web.url(),)),
        ]
        sink = visit(plans, Breaks(), settings(web.netloc, gone.netloc))
    assert {name: [f.kind for f in r.failures] for name, r in sink.reports.items()} == {
        "breaks": [K.INTERNAL],
        "gone": [K.UNREACHABLE],
        "unknown": [K.UNREACHABLE],
        "family": [K.INTERNAL],
        "good": [],
    }
    assert all(report.finished == NOW for report in sink.reports.values())


def test_sink_that_can_not_store_ends_the_run() -> None:
    class Full(Keeper):
        async def page(self, one: object, page: Page) -> PageOutcome:
            raise StoreError("disk full")

    with Web({f"/{n}": html(str(n)) for n in range(5)}) as web, pytest.raises(StoreError, match="disk full"):
        visit(plan(web.url(), urls=tuple(web.url(f"/{n}") for n in range(5))), sink := Full(), settings(web.netloc))
    assert sink.reports == {}
    assert len(web.paths) < 5


@pytest.mark.parametrize("method", ["page", "not_modified", "finished"])
def test_store_that_refuses_is_told_whatever_was_stored(method: str) -> None:
    async def refuse(*_: object) -> None:
        raise StoreError("no space left")

    sink = Keeper()
    setattr(sink, method, refuse)
    with Web({"/": conditional}) as web:
        one = plan(web.url(), known=known(web.url()) if method == "not_modified" else {})
        with pytest.raises(StoreError, match="no space left"):
            visit(one, sink, settings(web.netloc))
    assert sink.reports == {}


def test_stop_gives_visits_up_whole() -> None:
    with Web({"/a": html("a"), "/b": Reply(html("b"), delay=20)}) as web:
        sink = Keeper()

        async def stopped() -> None:
            stop = asyncio.Event()
            work = asyncio.create_task(
                run_visits(
                    [
                        plan(web.url(), urls=(web.url("/a"), web.url("/b"))),
                        plan(web.url(), name="later", urls=(web.url("/a"),)),
                    ],
                    sink,
                    settings(web.netloc, timeout=25.0),
                    lambda: NOW,
                    stop=stop,
                )
            )
            await until(lambda: "/b" in web.paths)
            stop.set()
            await asyncio.wait_for(work, 5)

        asyncio.run(stopped())
    assert [p.url for p in sink.pages] == [web.url("/a")]
    assert sink.reports == {}


def test_cancelling_gives_visits_up_whole() -> None:
    with Web({"/b": Reply(html("b"), delay=20)}) as web:
        sink = Keeper()

        async def cancelled() -> None:
            work = asyncio.create_task(
                run_visits([plan(web.url(), urls=(web.url("/b"),))], sink, settings(web.netloc), lambda: NOW)
            )
            await until(lambda: "/b" in web.paths)
            work.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asyncio.wait_for(asyncio.shield(asyncio.wait_for(work, 5)), 6)

        asyncio.run(cancelled())
        again = fetch(web, "/c")  # the loop is fit for the next run
    assert sink.reports == {}
    assert again.kinds() == [K.STATUS]


def test_nothing_to_visit_is_done_at_once() -> None:
    assert visit([], Keeper(), settings()).reports == {}


def test_two_runs_at_once_in_one_loop() -> None:
    with Web({"/a": html("a")}) as one, Web({"/a": html("a")}, host="127.0.0.5") as two:
        sinks = [Keeper(), Keeper()]

        async def both() -> None:
            await asyncio.gather(
                *(
                    run_visits([plan(web.url(), urls=(web.url("/a"),))], sink, settings(web.netloc), lambda: NOW)
                    for web, sink in zip((one, two), sinks, strict=True)
                )
            )

        asyncio.run(both())
    assert [sink.report.pages for sink in sinks] == [1, 1]


def test_sink_runs_in_the_callers_loop() -> None:
    loops: list[asyncio.AbstractEventLoop] = []

    class Watches(Keeper):
        async def page(self, one: object, page: Page) -> PageOutcome:
            loops.append(asyncio.get_running_loop())
            return PageOutcome()

    with Web({"/a": html("a")}) as web:

        async def main() -> asyncio.AbstractEventLoop:
            await run_visits([plan(web.url(), urls=(web.url("/a"),))], Watches(), settings(web.netloc), lambda: NOW)
            return asyncio.get_running_loop()

        assert loops == [asyncio.run(main())]

"""A second visit of a site that remembers the first: few requests, nothing missed, wishes of servers kept."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from crawl.web import NOW, Keeper, Reply, Seen, Web, html, plan, settings, visit
from zmpwatch.model import FailureKind, KnownOrigin, KnownPage, Page, SiteMemory

K = FailureKind
ROBOTS = "User-agent: *\nDisallow: /tajne\n"
FEED = """<rss version="2.0"><channel><title>Miasto</title>
<item><title>Przystąpienie do Związku Miast Polskich</title><link>/aktualnosci/1</link></item></channel></rss>"""


class Site:
    """A site visited time after time, as the service does it: what a visit leaves is given to the next."""

    def __init__(self, web: Web, **more: object) -> None:
        self.web, self.more = web, more
        self.known: dict[str, KnownPage] = {}
        self.memory = SiteMemory()

    def visit(self, now: datetime = NOW, statements: Callable[[Page], int] = lambda page: 0) -> Keeper:
        self.web.seen.clear()
        memory = replace(self.memory, worth={}, leads={}, gone=set(), changed=set())
        sink = visit(
            plan(self.web.url(), known=dict(self.known), recall=lambda: memory),
            Keeper(),
            settings(self.web.netloc, **self.more),
            now,
        )
        self.memory = memory
        for page in sink.pages:
            self.known[page.url] = KnownPage(
                page.url,
                etag=page.headers.get("etag"),
                fetched_at=now,
                full_fetch_at=now,
                changed_at=now,
                statements=statements(page),
                leads=memory.leads.get(page.url, 0),
            )
        return sink


def tagged(body: str) -> Callable[[Seen], Reply]:
    """A page with a right ETag."""

    def answer(seen: Seen) -> Reply:
        tag = f'"{abs(hash(body))}"'
        if seen.headers.get("if-none-match") == tag:
            return Reply(status=304, headers={"ETag": tag})
        return Reply(body, headers={"ETag": tag})

    return answer


HOME = html("Miasto", '<a href="/aktualnosci">Aktualności</a><a href="/organizacje">Stowarzyszenia i związki</a>')
LIST = html("Aktualności", "".join(f'<a href="/aktualnosci/{n}">Uchwała rady nr {n}</a>' for n in range(5)))


def test_an_unchanged_site_costs_two_requests() -> None:
    routes = {
        "/robots.txt": ROBOTS,
        "/": tagged(HOME),
        "/feed/": tagged(FEED),
        "/aktualnosci": tagged(LIST),
        "/organizacje": tagged(html("Organizacje", "Miasto należy do związków.")),
        **{f"/aktualnosci/{n}": tagged(html(f"Nr {n}", f"Wiadomość {n}")) for n in range(5)},
    }
    with Web(routes) as web:
        site = Site(web)
        first = site.visit()
        again = site.visit(NOW + timedelta(minutes=30))
        assert sorted(seen.path for seen in web.seen) == ["/", "/feed/"]
    assert first.report.pages >= 8
    assert again.report.requests == 2
    assert again.report.not_modified == 2
    assert again.report.failures == []


def test_guesses_that_met_nothing_are_not_repeated_for_days() -> None:
    with Web({"/": tagged(HOME)}) as web:
        site = Site(web)
        site.visit()
        assert {"/feed/", "/sitemap.xml"} <= set(web.paths)
        site.visit(NOW + timedelta(days=1))
        assert "/feed/" not in web.paths
        site.visit(NOW + timedelta(days=8))
        assert {"/feed/", "/sitemap.xml"} <= set(web.paths)


def test_a_list_is_asked_where_no_feed_tells_the_news() -> None:
    routes = {"/": tagged(HOME), "/aktualnosci": tagged(LIST)}
    with Web(routes) as web:
        site = Site(web)
        site.visit()
        web.routes["/aktualnosci"] = tagged(LIST.replace("</body>", '<a href="/nowe-uchwaly">Nowa uchwała</a></body>'))
        web.routes["/nowe-uchwaly"] = html("Nowa", "Uchwała")
        sink = site.visit(NOW + timedelta(hours=1))
    assert web.url("/nowe-uchwaly") in [page.url for page in sink.pages]


def test_a_feed_without_validators_is_not_read_twice() -> None:
    with Web({"/": tagged(HOME), "/feed/": FEED, "/aktualnosci/1": html("1", "tekst")}) as web:
        site = Site(web)
        site.visit()
        site.visit(NOW + timedelta(hours=1))
        assert "/aktualnosci/1" not in web.paths
        web.routes["/feed/"] = FEED.replace("/aktualnosci/1", "/aktualnosci/2")
        web.routes["/aktualnosci/2"] = html("2", "tekst")
        site.visit(NOW + timedelta(hours=2))
        assert "/aktualnosci/2" in web.paths


def test_links_beyond_the_budget_wait_for_later_visits() -> None:
    pages = {f"/uchwala-{n}": html(f"Uchwała {n}", f"Rada {n}") for n in range(30)}
    home = html("Miasto", "".join(f'<a href="{path}">Uchwała rady {path}</a>' for path in pages))
    with Web({"/": tagged(home), **pages}) as web:
        site = Site(web, requests_per_visit=10, pending_links=8)
        seen: set[str] = set()
        for hour in range(8):
            site.visit(NOW + timedelta(hours=hour))
            asked = [path for path in web.paths if path in pages]
            assert seen.isdisjoint(asked)
            seen.update(asked)
    assert seen == set(pages)
    assert site.memory.pending == {}


def test_a_wall_that_some_pages_stand_behind_hides_no_others() -> None:
    """Every page is index.php?id=N; those whose words promise most ask for a login."""
    wall = tagged(html("Miasto", "<p>Treść dostępna po zalogowaniu do Elektronicznego Biura.</p>"))
    promising, plain = "Przystąpienie do Związku Miast Polskich uchwała", "Uchwała rady miasta"
    links = [f'<a href="/index.php?id={n}">{promising if n < 16 else plain} nr {n}</a>' for n in range(60)]
    open_pages = {f"/index.php?id={n}": tagged(html(f"Nr {n}", f"Uchwała {n} w innej sprawie")) for n in range(16, 60)}
    walled = {f"/index.php?id={n}": wall for n in range(16)}
    routes = {"/robots.txt": ROBOTS, "/": tagged(html("Miasto", "".join(links))), **walled, **open_pages}
    with Web(routes) as web:
        site = Site(web, requests_per_visit=30)
        for day in range(12):
            site.visit(NOW + timedelta(days=day))
        assert [path for path in open_pages if web.url(path) not in site.known] == []


def test_a_stale_validator_is_asked_past_within_a_week() -> None:
    """The tag never changes, the content does: the change is seen in a week, and in every confirmation."""
    count = 0

    def stale(seen: Seen) -> Reply:
        nonlocal count
        count += 1
        if "if-none-match" in seen.headers:
            return Reply(status=304, headers={"ETag": '"v1"'})
        return Reply(html("Miasto", f"Liczba {count}"), headers={"ETag": '"v1"'})

    with Web({"/": stale}) as web:
        site = Site(web)
        bodies = {page.body for page in site.visit().pages}
        for day in range(1, 8):
            bodies |= {page.body for page in site.visit(NOW + timedelta(days=day)).pages}
        assert len(bodies) == 2


# --- robots.txt between visits


def test_robots_are_asked_twice_a_day_at_most() -> None:
    with Web({"/robots.txt": ROBOTS, "/": tagged(HOME)}) as web:
        site = Site(web)
        asked = []
        for hour in range(0, 24, 6):
            site.visit(NOW + timedelta(hours=hour))
            asked.append("/robots.txt" in [seen.path for seen in web.seen])
    assert asked == [True, False, True, False]


def test_a_crawl_delay_that_is_remembered_is_obeyed() -> None:
    robots = "User-agent: *\nCrawl-delay: 0.4\n"
    with Web({"/robots.txt": robots, "/": tagged(HOME), "/aktualnosci": tagged(LIST)}) as web:
        site = Site(web, requests_per_visit=6)
        for moment in (NOW, NOW + timedelta(hours=1)):
            site.visit(moment)
            asked = [seen for seen in web.seen if seen.path != "/robots.txt"]
            assert len(asked) > 1
            assert all(later.at - before.at > 0.35 for before, later in pairwise(asked))
        assert "/robots.txt" not in [seen.path for seen in web.seen]


def test_a_crawl_delay_of_hours_holds_between_visits() -> None:
    with Web({"/robots.txt": "User-agent: *\nCrawl-delay: 7200\n", "/": tagged(HOME)}) as web:
        site = Site(web)
        first = site.visit(NOW)
        assert web.paths == ["/"]
        assert first.report.retry_at == NOW + timedelta(hours=2)
        soon = site.visit(NOW + timedelta(hours=1))
        assert (web.seen, soon.kinds()) == ([], [K.RETRY_LATER])
        site.visit(NOW + timedelta(hours=2))
        assert len(web.paths) == 1


@pytest.mark.parametrize("status", [500, 503])
def test_last_good_rules_hold_for_a_day(status: int) -> None:
    with Web({"/robots.txt": ROBOTS, "/": tagged(HOME), "/tajne/uchwaly": html("t")}) as web:
        site = Site(web)
        site.visit()
        web.routes["/robots.txt"] = Reply("", status)
        web.routes["/"] = html("Miasto", '<a href="/tajne/uchwaly">Uchwały rady</a><a href="/uchwaly">Uchwały</a>')
        later = site.visit(NOW + timedelta(hours=20))
        assert "/" in web.paths
        assert "/tajne/uchwaly" not in web.paths
        assert later.report.pages
        shut = site.visit(NOW + timedelta(hours=25))
        assert web.paths == []
    assert shut.kinds() == [K.ROBOTS_UNREACHABLE]


def test_new_rules_are_obeyed_once_read() -> None:
    with Web({"/robots.txt": ROBOTS, "/": tagged(HOME)}) as web:
        site = Site(web)
        site.visit()
        web.routes["/robots.txt"] = "User-agent: *\nDisallow: /\n"
        sink = site.visit(NOW + timedelta(hours=13))
        assert web.paths == []
    assert sink.kinds() == [K.ROBOTS]


# --- Retry-After between runs


def test_retry_after_outlasts_the_run() -> None:
    with Web({"/": Reply("później", 503, {"Retry-After": "3600"})}) as web:
        site = Site(web)
        assert site.visit().report.retry_at == NOW + timedelta(hours=1)
        web.routes["/"] = html("Miasto")
        early = site.visit(NOW + timedelta(minutes=59))
        assert web.seen == []
        assert early.kinds() == [K.RETRY_LATER]
        assert early.report.retry_at == NOW + timedelta(hours=1)
        assert site.visit(NOW + timedelta(minutes=61)).report.pages == 1


def test_what_one_site_was_told_holds_for_another_on_the_server() -> None:
    with Web({"/": html("Miasto")}) as web:
        origin = f"http://{web.netloc}"
        memory = SiteMemory(origins={origin: KnownOrigin(origin, retry_at=NOW + timedelta(minutes=5))})
        sink = visit(plan(web.url(), recall=lambda: memory), Keeper(), settings(web.netloc))
        assert web.seen == []
    assert sink.kinds() == [K.RETRY_LATER]


# --- soft 404


@pytest.mark.parametrize(
    "shown",
    [
        html("Miasto", "<nav>Menu główne</nav><p>Wybierz dział z menu po lewej stronie.</p>"),
        html("Portal", "<h1>Ups</h1><p>Tu nic nie ma. Może wyszukiwarka pomoże odnaleźć to, czego szukasz.</p>"),
    ],
)
def test_pages_that_are_shown_for_any_address_are_none(shown: str) -> None:
    home = html("Miasto", "".join(f'<a href="/uchwaly/{n}">Uchwała rady {n}</a>' for n in range(20)))
    good = html("Uchwała", "<p>Rada Miejska podjęła uchwałę o wysokości opłat za parkowanie w śródmieściu.</p>")

    class Anywhere(dict[str, object]):
        def get(self, path: str, default: object = None) -> object:
            if path in self:
                return self[path]
            return Reply(shown) if not path.endswith((".txt", ".xml", "/feed/", "/rss")) else default

    with Web({}) as web:
        web.routes = Anywhere({"/": home, "/uchwaly/7": good})  # type: ignore[assignment]
        site = Site(web)
        sink = site.visit()
        probes = [seen.path for seen in web.seen if "nie-ma-takiej-strony" in seen.path]
        site.visit(NOW + timedelta(days=1))
        assert not [seen for seen in web.seen if "nie-ma-takiej-strony" in seen.path]
    assert len(probes) == 1
    assert [page.url for page in sink.pages] == [web.url(), web.url("/uchwaly/7")]
    assert sink.report.failures == []


def test_an_honest_server_is_taken_at_its_word() -> None:
    with Web({"/": HOME, "/aktualnosci": LIST, "/organizacje": LIST.replace("Uchwała", "Ustawa")}) as web:
        site = Site(web)
        assert len(site.visit().pages) == 3
    (origin,) = site.memory.origins.values()
    assert origin.absent == ()
    assert origin.absent_at == NOW


@pytest.mark.parametrize("nothing", [Reply("", 302, {"Location": "http://inne-miasto.example/404"}), Reply("", 500)])
def test_a_server_is_asked_once_whatever_it_answers(nothing: Reply) -> None:
    pages = {path: html(f"Uchwała {path}") for path in (f"/uchwaly/{n}" for n in range(9))}
    home = html("Miasto", "".join(f'<a href="{path}">Uchwała rady {path}</a>' for path in pages))
    with Web({"/robots.txt": Reply("", 404), "/": home, **pages}) as web:
        web.fallback = nothing
        sink = Site(web).visit()
    assert len(sink.pages) == 10
    asked = [seen.path for seen in web.seen if "nie-ma-takiej-strony" in seen.path]
    assert len(set(asked)) == 1


# --- one address, many hosts


def test_many_hosts_on_one_address_are_asked_few_at_a_time() -> None:
    now, most = 0, 0
    lock = threading.Lock()

    def slow(seen: Seen) -> str:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.1)  # time for others to come in beside it
        with lock:
            now -= 1
        return html("Miasto")

    webs = [Web({"/": slow, "/robots.txt": slow}) for _ in range(8)]
    try:
        plans = [plan(web.url(), name=f"miasto {n}") for n, web in enumerate(webs)]
        sink = visit(plans, Keeper(), settings(*(web.netloc for web in webs), per_address=2, requests_per_visit=2))
    finally:
        for web in webs:
            web.close()
    assert len(sink.pages) == 8
    assert most <= 2

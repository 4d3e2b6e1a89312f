"""Feeds, sitemaps and the site's own search: what is asked for, in which order, and what is left."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crawl.web import ASSOCIATION, NOW, Keeper, Reply, Web, html, plan, settings, visit
from spiders.platforms import PORTALS
from zmpwatch.crawl.discovery import Discovery, search_words
from zmpwatch.crawl.state import VisitState
from zmpwatch.model import Association, KnownPage, Page
from zmpwatch.read import Feed, FeedItem, page_links
from zmpwatch.register import load_association

BASE = "https://www.lipniki.example"
XML = {"Content-Type": "application/xml"}


def discovery(*, known: dict[str, KnownPage] | None = None, search: bool = True, sitemap: bool = True) -> Discovery:
    state = VisitState.open(plan(f"{BASE}/", known=known or {}), settings(), lambda: NOW)
    return Discovery(state, PORTALS, feeds=("/feed/", "/rss.xml", "/rss"), sitemap=sitemap, search=search)


def page(markup: str, path: str = "/") -> Page:
    return Page(f"{BASE}{path}", f"{BASE}{path}", 200, {"content-type": "text/html"}, markup.encode(), NOW)


def looked(found: Discovery, markup: str, path: str = "/") -> None:
    one = page(markup, path)
    found.look(one, page_links(one.body, url=one.url))


@pytest.mark.parametrize(
    ("association", "words"),
    [
        (load_association("zmp"), ("Miast Polskich", "ZMP")),
        (Association(key="x", name="Unia Metropolii", short="UM"), ("Unia Metropolii", "UM")),
        (Association(key="x", name="Sieć", short="Sieć"), ("Sieć",)),
    ],
)
def test_searches_ask_for_what_has_one_form(association: Association, words: tuple[str, ...]) -> None:
    assert search_words(association) == words


def test_a_named_feed_is_the_feed_and_comments_are_none() -> None:
    named = [f"{BASE}/comments/feed/", f"{BASE}/a.xml", f"{BASE}/b.xml", f"{BASE}/c.xml", "https://other.example/x.xml"]
    assert discovery().feeds(f"{BASE}/", named) == [f"{BASE}/a.xml", f"{BASE}/b.xml"]


def test_a_platform_knows_where_its_feed_and_sitemap_are() -> None:
    found = discovery()
    assert found.feeds(f"{BASE}/", []) == [f"{BASE}/feed/", f"{BASE}/rss.xml"]
    assert found.sitemaps(f"{BASE}/", []) == [f"{BASE}/sitemap.xml"]
    looked(found, '<meta name="generator" content="WordPress 6.5"><a href="/">x</a>')
    assert found.platform is not None
    assert found.feeds(f"{BASE}/", []) == [f"{BASE}/feed/"]
    assert found.sitemaps(f"{BASE}/", []) == [f"{BASE}/wp-sitemap.xml", f"{BASE}/sitemap_index.xml"]
    assert found.sitemaps(f"{BASE}/", [f"{BASE}/m.xml"]) == [f"{BASE}/m.xml"]
    assert discovery(sitemap=False).sitemaps(f"{BASE}/", []) == []


def test_a_platform_is_looked_for_on_three_pages() -> None:
    found = discovery()
    for _ in range(3):
        looked(found, "<p>nic</p>")
    looked(found, '<meta name="generator" content="WordPress 6.5">')
    assert found.platform is None


def index(*parts: tuple[str, str | None]) -> Feed:
    return Feed((), sitemaps=tuple(FeedItem(f"{BASE}/{name}", modified=day) for name, day in parts))


def test_parts_of_an_index_with_pages_come_first_the_latest_before_others() -> None:
    parts = index(
        ("inne-1.xml", "2025-02-28"),
        ("post-sitemap1.xml", "2024-01-01"),
        ("image-sitemap.xml", "2025-02-28"),
        ("author-sitemap.xml", "2025-02-28"),
        ("post-sitemap2.xml", "2025-02-20"),
        ("page-sitemap.xml", None),
        ("inne-2.xml", "2025-02-28"),
    )
    assert discovery().parts(parts) == [f"{BASE}/{name}" for name in (
        "post-sitemap2.xml", "post-sitemap1.xml", "page-sitemap.xml", "inne-1.xml")]  # fmt: skip


def test_parts_older_than_the_last_visit_are_left_where_dates_can_be_believed() -> None:
    known = {f"{BASE}/": KnownPage(f"{BASE}/", fetched_at=NOW - timedelta(days=3))}
    told = index(("a.xml", "2025-01-01"), ("b.xml", "2025-02-27"), ("c.xml", None))
    assert discovery(known=known).parts(told) == [f"{BASE}/b.xml", f"{BASE}/c.xml"]
    assert len(discovery().parts(told)) == 3
    # a generator that writes one day everywhere says nothing
    same = index(("a.xml", "2025-01-01"), ("b.xml", "2025-01-01"))
    assert discovery(known=known).parts(same) == [f"{BASE}/a.xml", f"{BASE}/b.xml"]


def test_entries_of_a_sitemap_are_worth_more_the_later_they_were_changed() -> None:
    def news(*days: str | None) -> list[float]:
        items = tuple(FeedItem(f"{BASE}/{n}", modified=day) for n, day in enumerate(days))
        return [round(entry.news, 1) for entry in discovery().entries(Feed(items))]

    assert news("2025-03-01", "2025-01-30", "2024-01-01", None) == [12.0, 6.0, 0.0, 0.0]
    assert news("2025-03-01", "2025-03-01") == [0.0, 0.0]
    assert news("2025-02", "2099-01-01") == [11.8, 0.0]


def test_a_page_that_was_not_changed_since_it_was_read_is_not_asked_for() -> None:
    home, old, new, silent = "/", "/stara-uchwala", "/nowa-uchwala", "/cennik"

    def known(web: Web, path: str, days: int, statements: int = 0) -> tuple[str, KnownPage]:
        at = NOW - timedelta(days=days)
        url = web.url(path)
        return url, KnownPage(url, fetched_at=at, full_fetch_at=at, statements=statements, changed_at=at)

    with Web({home: html("Miasto"), old: html("a"), new: html("b"), silent: html("c")}) as web:
        rows = [(old, "2025-02-01"), (new, "2025-02-28"), (silent, "2025-02-28")]
        entries = "".join(f"<url><loc>{web.url(path)}</loc><lastmod>{day}</lastmod></url>" for path, day in rows)
        web.routes["/sitemap.xml"] = Reply(f"<urlset>{entries}</urlset>", headers=XML)
        memory = dict([known(web, old, 1), known(web, new, 1), known(web, silent, 1)])
        visit(plan(web.url(), known=memory), Keeper(), settings(web.netloc))
    assert old not in web.paths
    assert {new, silent} <= set(web.paths)


@pytest.mark.parametrize(("hours", "asked"), [(1, False), (8, True)])
def test_what_was_read_on_the_day_of_its_change_is_asked_for_some_hours_later(hours: int, asked: bool) -> None:
    with Web({"/": html("Miasto"), "/uchwala": html("a")}) as web:
        entries = f"<url><loc>{web.url('/uchwala')}</loc><lastmod>2025-03-01</lastmod></url>"
        web.routes["/sitemap.xml"] = Reply(f"<urlset>{entries}</urlset>", headers=XML)
        at = NOW - timedelta(hours=hours)
        page = KnownPage(web.url("/uchwala"), fetched_at=at, full_fetch_at=at, changed_at=at)
        visit(plan(web.url(), known={page.url: page}), Keeper(), settings(web.netloc))
    assert ("/uchwala" in web.paths) is asked


FORM = '<form action="/szukaj"><input type="search" name="q"></form>'


def searched(routes: dict[str, str | Reply], **more: object) -> Web:
    with Web(routes) as web:
        sink = visit(plan(web.url(), **more), Keeper(), settings(web.netloc))
    assert sink.report.failures == []
    assert not [one for one in sink.pages if "/szukaj" in one.url], "pages of results are no pages of the site"
    return web


def test_results_of_the_search_are_followed_and_the_menu_beside_them_is_not() -> None:
    menu = '<div><a href="/cennik">Cennik</a></div>'
    results = "".join(f'<li><a href="/w/{n}">Wpis numer {n}</a></li>' for n in range(3))
    web = searched(
        {
            "/": html("Miasto", menu + FORM),
            "/szukaj?q=Miast+Polskich": html("Wyniki", menu + FORM + results),
            **{f"/w/{n}": html(str(n)) for n in range(3)},
            "/cennik": html("Cennik"),
        }
    )
    assert web.paths.index("/w/0") < web.paths.index("/w/1") < web.paths.index("/w/2")
    assert "/szukaj?q=ZMP" not in web.paths
    assert web.paths.index("/w/2") < web.paths.index("/cennik"), "that one only with what is left"


def test_a_search_without_results_is_asked_in_other_words_and_no_more() -> None:
    web = searched({"/": html("Miasto", FORM), "/szukaj?q=Miast+Polskich": html("Wyniki", FORM + "<p>Brak</p>")})
    assert [path for path in web.paths if "szukaj" in path] == ["/szukaj?q=Miast+Polskich", "/szukaj?q=ZMP"]


@pytest.mark.parametrize("status", [403, 404, 500])
def test_a_search_that_is_refused_is_no_failure(status: int) -> None:
    refused = Reply("nie", status)
    searched({"/": html("Miasto", FORM), "/szukaj?q=Miast+Polskich": refused, "/szukaj?q=ZMP": refused})


def test_robots_close_the_search() -> None:
    web = searched({"/": html("Miasto", FORM), "/robots.txt": "User-agent: *\nDisallow: /szukaj\n"})
    assert not [path for path in web.paths if "szukaj" in path]


def test_forms_that_write_are_never_sent() -> None:
    web = searched({"/": html("Miasto", FORM.replace("<form", '<form method="post"'))})
    assert not [path for path in web.paths if "szukaj" in path]


def test_a_link_that_is_new_on_a_known_page_is_news() -> None:
    before, after = '<a href="/w/1">Jarmark</a>', '<a href="/w/2">Jarmark</a><a href="/w/1">Jarmark</a>'
    with Web({"/": html("Miasto", after), "/w/1": html("1"), "/w/2": html("2")}) as web:
        known = {web.url(): KnownPage(web.url(), links=(web.url("/w/1"),))}
        visit(plan(web.url(), known=known), Keeper(), settings(web.netloc))
    assert before in after
    assert "/w/2" in web.paths
    assert "/w/1" not in web.paths


def test_leaves_go_on_beyond_the_depth_of_the_site_and_calendars_do_not() -> None:
    routes = {"/": html("Miasto", '<a href="/aktualnosci">Aktualności</a><a href="/kalendarz/2025/1">Kalendarz</a>')}
    for n in range(40):
        routes[f"/aktualnosci?page={n}" if n else "/aktualnosci"] = html(
            str(n), f'<a href="/aktualnosci?page={n + 1}">następna</a>'
        )
        routes[f"/kalendarz/2025/{n}"] = html(str(n), f'<a href="/kalendarz/2025/{n + 1}">następny</a>')
    with Web(routes) as web:
        visit(plan(web.url()), Keeper(), settings(web.netloc))
    leaves = [path for path in web.paths if path.startswith("/aktualnosci")]
    assert leaves == ["/aktualnosci", *(f"/aktualnosci?page={n}" for n in range(1, 26))]
    assert not [path for path in web.paths if path.startswith("/kalendarz")]


def test_what_no_word_recommends_is_looked_at_in_the_first_visit_alone_and_last() -> None:
    links = "".join(f'<a href="/p/{n}">Strona {n}</a>' for n in range(60))
    repelling = '<a href="/galeria">Galeria</a><a href="/plik.pdf">plik</a>'
    routes = {
        "/": html("Miasto", f'{links}{repelling}<a href="/sesja">Sesja rady</a>'),
        "/sesja": html("Sesja", "".join(f'<a href="/q/{n}">Punkt {n}</a>' for n in range(30))),
        **{f"/p/{n}": html(str(n)) for n in range(60)},
        **{f"/q/{n}": html(f"q{n}") for n in range(30)},
    }
    with Web(routes) as web:
        visit(plan(web.url()), Keeper(), settings(web.netloc))
        explored = [path for path in web.paths if path.startswith(("/p/", "/q/"))]
        assert len([path for path in explored if path.startswith("/q/")]) == 30, "half of the budget for what is listed"
        assert len([path for path in explored if path.startswith("/p/")]) == 12, "of one page so many"
        assert web.paths.index("/sesja") < web.paths.index(explored[0])
        assert not {"/galeria", "/plik.pdf"} & set(web.paths)
        web.seen.clear()
        known = {web.url("/p/1"): KnownPage(web.url("/p/1"))}
        visit(plan(web.url(), known=known), Keeper(), settings(web.netloc))
        assert not [path for path in web.paths if path.startswith("/p/")]


def test_the_association_of_the_plan_is_searched_for() -> None:
    assert search_words(ASSOCIATION)[0] == "Miast Polskich"


def test_registers_of_a_platform_are_asked_for_where_the_front_page_does_not_link_them() -> None:
    esesja = '<p><a href="/posiedzenia">Posiedzenia</a></p><!-- //static.esesja.pl/css --> /wcag/posiedzenie.asp?k='
    with Web({"/": html("Rada", esesja), "/posiedzenia": html("p"), "/glosowania": html("g")}) as web:
        sink = visit(plan(web.url(), family="bip"), Keeper(), settings(web.netloc))
    assert {"/posiedzenia", "/glosowania"} <= set(web.paths)
    assert web.paths.count("/posiedzenia") == 1
    assert sink.report.failures == []

"""Town sites: feeds, sitemaps, listings and the page on the bodies a town belongs to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from crawl.web import NOW, Keeper, Reply, Seen, Web, html, plan, settings, visit

from zmpwatch.crawl import PageOutcome
from zmpwatch.model import KnownPage

XML = {"Content-Type": "application/xml"}


def rss(web_paths: list[tuple[str, str]], base: str) -> Reply:
    items = "".join(f"<item><title>{t}</title><link>{base}{p}</link></item>" for p, t in web_paths)
    return Reply(
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>', headers=XML
    )


def sitemap(paths: list[str], base: str) -> Reply:
    urls = "".join(f"<url><loc>{base}{p}</loc></url>" for p in paths)
    body = f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
    return Reply(body, headers=XML)


def test_feed_that_is_named_tells_what_is_new() -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/nowosci.xml">'
    with Web({"/": html("Miasto", head=head)}) as web:
        web.routes["/nowosci.xml"] = rss([("/wpis/1", "Nowa ławka"), ("/wpis/2", "Sesja rady")], f"http://{web.netloc}")
        web.routes |= {"/wpis/1": html("1"), "/wpis/2": html("2")}
        sink = visit(plan(web.url()), Keeper(), settings(web.netloc))
    assert "/feed/" not in web.paths
    assert [p.url for p in sink.pages] == [web.url("/"), web.url("/wpis/2"), web.url("/wpis/1")]
    assert sink.report.failures == []


def test_feed_and_sitemap_are_tried_where_none_is_named() -> None:
    with Web({"/": html("Miasto")}) as web:
        base = f"http://{web.netloc}"
        web.routes["/feed/"] = rss([("/2025/03/01/wpis/", "Wpis")], base)
        web.routes["/sitemap.xml"] = sitemap(["/a", "/przynaleznosc-do-zwiazkow-i-stowarzyszen", "/galeria/1"], base)
        for path in ("/2025/03/01/wpis/", "/a", "/przynaleznosc-do-zwiazkow-i-stowarzyszen", "/galeria/1"):
            web.routes[path] = html(path)
        sink = visit(plan(web.url()), Keeper(), settings(web.netloc))
    got = [p.url.removeprefix(base) for p in sink.pages]
    # what no word recommends comes last, and only because there is room for it in a first visit
    assert got == ["/", "/przynaleznosc-do-zwiazkow-i-stowarzyszen", "/2025/03/01/wpis/", "/a"]


def test_sitemaps_of_robots_are_used_and_their_index_is_followed() -> None:
    with Web({"/": html("Miasto")}) as web:
        base = f"http://{web.netloc}"
        web.routes["/robots.txt"] = f"User-agent: *\nDisallow:\nSitemap: {base}/mapa.xml\n"
        index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{base}/m1.xml</loc>'
        web.routes["/mapa.xml"] = Reply(f'<?xml version="1.0"?>{index}</sitemap></sitemapindex>', headers=XML)
        web.routes["/m1.xml"] = sitemap(["/miasto-w-stowarzyszeniach"], base)
        web.routes["/miasto-w-stowarzyszeniach"] = html("Stowarzyszenia")
        sink = visit(plan(web.url()), Keeper(), settings(web.netloc))
    assert "/sitemap.xml" not in web.paths
    assert [p.url for p in sink.pages] == [web.url("/"), web.url("/miasto-w-stowarzyszeniach")]


def test_unchanged_home_page_does_not_hide_the_feed() -> None:
    def home(seen: Seen) -> Reply:
        if seen.headers.get("if-none-match"):
            return Reply("", 304)
        return Reply(html("Miasto"), headers={"ETag": '"1"'})

    with Web({"/": home, "/nowy": html("Nowy")}) as web:
        web.routes["/feed/"] = rss([("/nowy", "Nowy wpis")], f"http://{web.netloc}")
        known = {web.url(): KnownPage(url=web.url(), etag='"1"', full_fetch_at=NOW)}
        sink = visit(plan(web.url(), known=known), Keeper(), settings(web.netloc))
    assert sink.unchanged == [web.url()]
    assert [p.url for p in sink.pages] == [web.url("/nowy")]


def test_entry_of_a_feed_that_was_read_and_was_silent_is_left() -> None:
    with Web({"/": html("Miasto"), "/nowy": html("Nowy"), "/stary": html("Stary"), "/zmp": html("ZMP")}) as web:
        entries = [("/stary", "Nowa ławka"), ("/nowy", "Nowa fontanna"), ("/zmp", "Jesteśmy w ZMP")]
        web.routes["/feed/"] = rss(entries, f"http://{web.netloc}")
        known = {web.url(p): KnownPage(url=web.url(p)) for p in ("/stary", "/zmp")}
        visit(plan(web.url(), known=known), Keeper(), settings(web.netloc))
    assert "/stary" not in web.paths
    assert {"/nowy", "/zmp"} <= set(web.paths)


@pytest.mark.parametrize(("read", "leaves"), [("/wpis-3", 2), ("/wpis-1", 1)])
def test_next_leaf_of_a_feed_is_read_while_all_of_it_is_new(read: str, leaves: int) -> None:
    def leaf(base: str, entries: list[int], following: str = "") -> Reply:
        items = "".join(f'<entry><title>W</title><link href="{base}/wpis-{n}"/></entry>' for n in entries)
        link = f'<link rel="next" href="{base}{following}"/>' if following else ""
        return Reply(
            f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">{link}{items}</feed>', headers=XML
        )

    with Web({"/": html("Miasto")}) as web:
        base = f"http://{web.netloc}"
        web.routes["/feed/"] = leaf(base, [0, 1], "/feed/?paged=2")
        web.routes["/feed/?paged=2"] = leaf(base, [2, 3], "/feed/?paged=3")
        url = web.url(read)
        visit(plan(web.url(), known={url: KnownPage(url=url)}), Keeper(), settings(web.netloc))
    assert len([p for p in web.paths if p.startswith("/feed/")]) == leaves


def test_best_link_first_and_budget_spent_on_it() -> None:
    names = [f"wydarzenie-{n}" for n in range(40)]
    links = "".join(f'<a href="/{n}">Wydarzenie {n}</a>' for n in names)
    best = '<a href="/wejscie">Miasto wstąpiło do Związku Miast Polskich</a>'
    with Web({"/": html("Miasto", links + best), "/wejscie": html("w"), **{f"/{n}": html(n) for n in names}}) as web:
        sink = visit(plan(web.url()), Keeper(), settings(web.netloc, requests_per_visit=10))
    assert sink.pages[1].url == web.url("/wejscie")
    assert sink.pages[1].anchor == "Miasto wstąpiło do Związku Miast Polskich"
    assert sink.pages[1].referrer == web.url("/")
    assert sink.report.requests == 10
    assert sink.report.capped == ["requests"]


def test_page_that_stated_something_is_visited_again_first() -> None:
    with Web({"/": html("Miasto"), "/stare": html("s"), "/nieme": html("n")}) as web:
        known = {
            web.url("/stare"): KnownPage(url=web.url("/stare"), statements=2, full_fetch_at=NOW - timedelta(days=9)),
            web.url("/nieme"): KnownPage(url=web.url("/nieme"), statements=0),
        }
        sink = visit(plan(web.url(), known=known), Keeper(), settings(web.netloc))
    assert web.paths[:2] == ["/", "/stare"]
    assert "/nieme" not in web.paths
    assert sink.report.failures == []


def test_known_page_that_is_gone_is_told() -> None:
    with Web({"/": html("Miasto")}) as web:
        known = {web.url("/stare"): KnownPage(url=web.url("/stare"), statements=2)}
        sink = visit(plan(web.url(), known=known), Keeper(), settings(web.netloc))
    assert [(f.url, f.detail) for f in sink.report.failures] == [(web.url("/stare"), "status 404")]


def test_twins_of_a_page_are_asked_for_once() -> None:
    tails = ["", "/", "?utm_source=rss", "/embed/", "?tmpl=component&print=1", "#gora", "?PHPSESSID=1"]
    links = "".join(f'<a href="/zmp{tail}">Związek Miast Polskich</a>' for tail in tails)
    with Web({"/": html("Miasto", links), "/zmp": html("ZMP")}) as web:
        visit(plan(web.url()), Keeper(), settings(web.netloc))
    assert [p for p in web.paths if p.startswith("/zmp")] == ["/zmp"]


def test_relevant_page_lends_its_links_weight() -> None:
    routes = {"/": html("Miasto", '<p><a href="/x">Samorząd</a></p>'), "/x": html("m")}
    for relevant, expected in ((False, 1), (True, 2)):
        with Web(routes) as web:
            outcome = PageOutcome(relevant=relevant)
            known = {web.url("/stara"): KnownPage(url=web.url("/stara"))}
            sink = visit(
                plan(web.url(), known=known), Keeper(outcome=lambda page, kept=outcome: kept), settings(web.netloc)
            )
        assert len(sink.pages) == expected


def test_other_sites_are_never_asked() -> None:
    with Web({"/zmp": html("obce")}, host="127.0.0.7") as other:
        home = html("Miasto", f'<a href="{other.url("/zmp")}">Związek Miast Polskich</a>')
        with Web({"/": home}) as web:
            sink = visit(plan(web.url()), Keeper(), settings(web.netloc, other.netloc))
    assert other.seen == []
    assert sink.report.failures == []

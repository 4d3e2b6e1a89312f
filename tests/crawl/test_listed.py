"""What a sitemap or page names for the first time is new, also where it can not be fetched at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl.test_memory import Site
from crawl.web import NOW, Reply, Web, html
from zmpwatch.crawl.listed import MOST_NEW, marks_of, new_among

XML = {"Content-Type": "application/xml"}
NEUTRAL = html("Wspólnie możemy więcej", "<p>Tekst.</p>")


def sitemap(web: Web, *paths: str, index: bool = False) -> Reply:
    outer, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    rows = "".join(f"<{inner}><loc>{web.url(path)}</loc></{inner}>" for path in paths)
    return Reply(f'<{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</{outer}>', headers=XML)


def test_a_new_address_of_a_sitemap_is_asked_for_whatever_it_is_called() -> None:
    old = [f"/s-{n}.html" for n in range(80)]
    with Web({"/robots.txt": Reply("", 404), "/": html("Miasto"), **dict.fromkeys(old, NEUTRAL)}) as web:
        web.routes["/sitemap.xml"] = sitemap(web, *old)
        site = Site(web)
        first = site.visit()
        assert not any(page.fresh for page in first.pages)
        web.routes["/sitemap.xml"] = sitemap(web, *old, "/s-80.html")
        web.routes["/s-80.html"] = html("Inny tytuł")
        second = site.visit(NOW + timedelta(days=2))
    assert [page.url for page in second.pages if page.fresh] == [web.url("/s-80.html")]


def test_a_new_part_of_an_index_has_new_addresses_only() -> None:
    routes = {"/robots.txt": Reply("", 404), "/": html("Miasto"), "/a": html("a"), "/b": html("b")}
    with Web(routes) as web:
        web.routes["/sitemap.xml"] = sitemap(web, "/posty-2025-01.xml", index=True)
        web.routes["/posty-2025-01.xml"] = sitemap(web, "/a")
        site = Site(web)
        site.visit()
        web.routes["/sitemap.xml"] = sitemap(web, "/posty-2025-01.xml", "/posty-2025-02.xml", index=True)
        web.routes["/posty-2025-02.xml"] = sitemap(web, "/b")
        second = site.visit(NOW + timedelta(days=2))
    assert [page.url for page in second.pages if page.fresh] == [web.url("/b")]


@pytest.mark.parametrize("place", ["sitemap", "page"])
def test_what_was_new_and_failed_is_new_when_it_comes(place: str) -> None:
    with Web({"/robots.txt": Reply("", 404), "/": html("Miasto"), "/stare": NEUTRAL}) as web:

        def show(*paths: str) -> None:
            if place == "sitemap":
                web.routes["/sitemap.xml"] = sitemap(web, *paths)
            else:
                links = "".join(f'<a href="{path}">Uchwała rady {path}</a>' for path in paths)
                web.routes["/"] = html("Miasto", links)

        show("/stare")
        site = Site(web)
        for page in site.visit().pages:
            site.known[page.url] = _with_links(site.known[page.url], web.url("/stare"))
        show("/stare", "/nowe")
        web.routes["/nowe"] = Reply("", 500)
        second = site.visit(NOW + timedelta(days=2))
        assert "/nowe" in web.paths
        assert not any(page.fresh for page in second.pages)
        for page in second.pages:
            site.known[page.url] = _with_links(site.known[page.url], web.url("/stare"), web.url("/nowe"))
        web.routes["/nowe"] = html("Nowe")
        third = site.visit(NOW + timedelta(days=4))
    assert [page.url for page in third.pages if page.fresh] == [web.url("/nowe")]


def _with_links(known, *links: str):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(known, links=links)


@given(st.lists(st.text(min_size=1, max_size=20), unique=True, max_size=60), st.integers(0, 60))
def test_only_what_was_not_listed_is_new(urls: list[str], split: int) -> None:
    before, more = urls[:split], urls[split:]
    new = new_among(urls, marks_of(before))
    assert new == (frozenset(more) if len(more) <= MOST_NEW else frozenset())
    assert new_among(urls, None) == frozenset()


def test_long_lists_are_not_kept() -> None:
    assert marks_of([str(n) for n in range(20_001)]) is None

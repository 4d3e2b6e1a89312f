"""What a site runs on is remembered and made use of; that it changes is noticed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from crawl.test_memory import Site, tagged
from crawl.web import NOW, Keeper, Reply, Web, html, plan, settings, visit
from zmpwatch.judge import Findings, judge_visit
from zmpwatch.model import KnownPage, KnownPlatform, SiteMemory, Verdict

WORDPRESS = html("Miasto", '<a href="/aktualnosci">Aktualności</a>', '<meta name="generator" content="WordPress 6.5">')
DRUPAL = html(
    "Miasto", '<a href="/co-slychac">Co słychać</a>', '<meta name="Generator" content="Drupal 10 (https://drupal.org)">'
)
HOMEMADE = html("Miasto", '<a href="/aktualnosci">Aktualności</a>')
FEED = """<rss version="2.0"><channel><title>Miasto</title>
<item><title>Sesja</title><link>/aktualnosci/1</link></item></channel></rss>"""


def test_the_platform_is_remembered() -> None:
    with Web({"/robots.txt": Reply("", 404), "/": WORDPRESS}) as web:
        site = Site(web)
        assert site.visit().report.redesigned is None
        first = site.memory.platform
        assert first == KnownPlatform("wordpress", NOW, NOW)
        site.visit(NOW + timedelta(days=2))
        assert site.memory.platform == replace(first, seen_at=NOW + timedelta(days=2))


def test_what_is_remembered_is_made_use_of_where_the_front_page_does_not_come() -> None:
    """A front page that is as it was says nothing of its system; feeds are asked for where the platform has them."""
    memory = SiteMemory(platform=KnownPlatform("joomla", NOW, NOW))
    routes = {"/robots.txt": Reply("", 404), "/": tagged(HOMEMADE)}
    with Web(routes) as web:
        etag = visit(plan(web.url()), Keeper(), settings(web.netloc)).pages[0].headers["etag"]
        web.seen.clear()
        known = {web.url(): KnownPage(web.url(), etag=etag, fetched_at=NOW, full_fetch_at=NOW)}
        sink = visit(plan(web.url(), known=known, recall=lambda: memory), Keeper(), settings(web.netloc))
    assert sink.unchanged == [web.url()]
    assert "/?format=feed&type=rss" in web.paths
    assert "/feed/" not in web.paths
    assert memory.platform == KnownPlatform("joomla", NOW, NOW)
    assert "platform" not in memory.changed


def test_another_platform_is_a_redesign_and_the_site_is_explored_anew() -> None:
    hidden = html("Przystąpiliśmy do Związku Miast Polskich")
    routes = {"/robots.txt": Reply("", 404), "/": WORDPRESS, "/feed/": Reply(FEED), "/aktualnosci": html("Aktualności")}
    with Web(routes) as web:
        site = Site(web)
        site.visit()
        web.routes = {
            "/robots.txt": Reply("", 404),
            "/": DRUPAL,
            "/rss.xml": Reply(FEED),
            "/co-slychac": html("Co słychać", '<a href="/wpis">Radość w ratuszu</a>'),
            "/wpis": hidden,
        }
        sink = site.visit(NOW + timedelta(days=1))
        assert sink.report.redesigned == "it ran on WordPress, and runs on Drupal now"
        assert "/rss.xml" in web.paths, "feeds are where the new system has them"
        assert "/wpis" in web.paths, "what no word recommends is looked at again"
        after = NOW + timedelta(days=1)
        assert site.memory.platform == KnownPlatform("drupal", after, after, previous="wordpress", changed_at=after)
        assert site.visit(NOW + timedelta(days=2)).report.redesigned is None
    verdict, problems = judge_visit(sink.report, Findings(read=2, new_texts=2))
    assert verdict is Verdict.OK
    assert problems == ("redesigned: it ran on WordPress, and runs on Drupal now",)


def test_one_page_without_the_signs_is_a_slip() -> None:
    with Web({"/robots.txt": Reply("", 404), "/": WORDPRESS}) as web:
        site = Site(web)
        site.visit()
        web.routes["/"] = HOMEMADE
        assert site.visit(NOW + timedelta(days=1)).report.redesigned is None
        assert site.memory.platform is not None
        assert (site.memory.platform.name, site.memory.platform.doubts) == ("wordpress", 1)
        web.routes["/"] = WORDPRESS
        site.visit(NOW + timedelta(days=2))
        assert site.memory.platform.doubts == 0
        web.routes["/"] = HOMEMADE
        site.visit(NOW + timedelta(days=3))
        said = site.visit(NOW + timedelta(days=4)).report.redesigned
        assert said == "it ran on WordPress, and runs on a system that is not known now"
        assert (site.memory.platform.name, site.memory.platform.previous) == (None, "wordpress")


def test_files_of_a_remembered_vendor_belong_to_the_site() -> None:
    memory = SiteMemory(platform=KnownPlatform("nefeni", NOW, NOW))
    from spiders.platforms import BULLETINS
    from zmpwatch.crawl.discovery import Discovery
    from zmpwatch.crawl.state import VisitState

    one = plan("https://konary.bip.net.pl/", family="bip", recall=lambda: memory)
    state = VisitState.open(one, settings(), lambda: NOW)
    found = Discovery(state, BULLETINS, feeds=(), sitemap=False, search=False)
    assert found.platform is not None
    assert "https://konary-api.bip.net.pl/api/attachments/5" in state.scope

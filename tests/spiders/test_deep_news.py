"""Each family on whole sites, read as in a real visit: what lies deep is found within the budget of one visit."""

from __future__ import annotations

import pytest
from crawl.web import Keeper, Web, plan, settings, visit
from portals import SITES, Portal, answering

from zmpwatch.crawl import PageOutcome, VisitPlan
from zmpwatch.model import Page
from zmpwatch.register import load_association
from zmpwatch.service.pagereading import PageReading, read_page_again

BUDGET = 60
FOUND_BY = {
    "article_get": 20,
    "association": 22,
    "attributes": 18,
    "big_sitemap": 10,
    "bip_net": 12,
    "drupal": 25,
    "esesja": 40,
    "frames": 13,
    "generic_bip": 16,
    "homemade_cp1250": 9,
    "homemade_dated": 16,
    "homemade_opaque": 18,
    "idcom": 16,
    "joomla": 17,
    "liferay": 18,
    "minutes": 29,
    "nefeni": 20,
    "packed_sitemap": 8,
    "press": 32,
    "samorzady": 9,
    "tags_and_archives": 28,
    "wokiss": 20,
    "wordpress": 18,
    "wordpress_without_search": 11,
    "year_tree": 27,
}
"""The request, robots.txt included, by which all that is wanted of a site has been found; two or three to spare."""


def reader(one: VisitPlan, association: str = "zmp"):
    """Reads pages as the service does: those that do not name the association only for their links."""
    known = load_association(association)

    def read(page: Page) -> PageOutcome:
        reading = read_page_again(one.site, page, known, None, None)
        if not isinstance(reading, PageReading):
            return PageOutcome()
        found = len(reading.statements)
        return PageOutcome(relevant=bool(found), statements=found, links=reading.found)

    return read


def crawled(name: str, *, requests: int = BUDGET) -> tuple[Portal, Keeper, Web]:
    family, build = SITES[name]
    with Web({}) as web:
        portal = build(f"http://{web.netloc}")
        web.fallback = answering(portal)
        one = plan(web.url(), name=name, family=family)
        sink = visit(one, Keeper(outcome=reader(one)), settings(web.netloc, requests_per_visit=requests))
    return portal, sink, web


def test_every_site_has_a_number() -> None:
    assert FOUND_BY.keys() == SITES.keys()


@pytest.mark.parametrize("name", sorted(SITES))
def test_what_lies_deep_is_found_within_the_budget(name: str) -> None:
    portal, sink, web = crawled(name)
    assert len(portal) >= 40
    asked = [seen.path.partition("?utm_source")[0] for seen in web.seen]
    missing = [path for path in portal.wanted if path not in asked]
    assert missing == [], f"{len(asked)} requests: {asked}"
    assert max(asked.index(path) + 1 for path in portal.wanted) <= FOUND_BY[name]
    assert sink.report.requests == len(web.seen) <= BUDGET
    assert sink.report.failures == []


def test_one_article_is_asked_for_once_whatever_its_address_says() -> None:
    _, _, web = crawled("association")
    items = [seen.path for seen in web.seen if seen.path.startswith("/aktualnosci/")]
    assert len(items) == len({path.partition("?")[0] for path in items})
    _, _, web = crawled("press")
    articles = [seen.path.partition("?")[0] for seen in web.seen if ",n," in seen.path]
    assert len(articles) == len(set(articles))


def test_what_is_closed_is_left_alone() -> None:
    _, _, web = crawled("drupal")
    assert not [seen.path for seen in web.seen if seen.path.startswith("/search")]
    _, _, web = crawled("wordpress_without_search")
    assert not [seen.path for seen in web.seen if "s=" in seen.path]

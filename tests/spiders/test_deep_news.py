"""Each family on whole sites: what lies deep is found within the budget of one visit."""

from __future__ import annotations

import pytest
from crawl.web import Keeper, Web, plan, settings, visit
from portals import SITES, Portal, answering

BUDGET = 60


def crawled(name: str, *, requests: int = BUDGET) -> tuple[Portal, Keeper, Web]:
    family, build = SITES[name]
    with Web({}) as web:
        portal = build(f"http://{web.netloc}")
        answer = answering(portal)
        web.fallback = answer
        sink = visit(
            plan(web.url(), name=name, family=family), Keeper(), settings(web.netloc, requests_per_visit=requests)
        )
    return portal, sink, web


@pytest.mark.parametrize("name", sorted(SITES))
def test_what_lies_deep_is_found_within_the_budget(name: str) -> None:
    portal, sink, web = crawled(name)
    assert len(portal) >= 40
    missing = [path for path in portal.wanted if path not in web.paths and f"{path}?utm_source=lista" not in web.paths]
    assert missing == [], f"{len(web.seen)} requests: {web.paths}"
    assert sink.report.requests <= BUDGET
    assert sink.report.failures == []

"""News in the corners of a site, as a whole crawl finds them: what is there at first, and what comes later."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest
from crawl.web import Web
from portals import answering
from portals.corners import CORNERS
from service.world import World

from zmpwatch.register import load_register
from zmpwatch.service.answers import answer_case
from zmpwatch.service.crawling import crawl
from zmpwatch.service.opening import open_store

BUDGET = 60
TERYT = "2001011"  # Augustów
FOUND_BY = {
    "attachments_by_number": 50,
    "change_log_of_leaves": 37,
    "feed_of_relative_links": 44,
    "issues_of_a_paper": 13,
    "module_in_a_frame": 22,
    "noisy_views": 21,
    "portlets": 26,
    "rows_with_handlers": 15,
    "search_of_acts": 11,
    "sitemap_of_numbers": 45,
    "votes_by_name": 17,
    "years_in_a_select": 38,
}
"""The request of the first visit by which the piece has been found; two to spare."""
VISITS = {"votes_by_name": 2}
"""Visits, a day apart, by which what came later is found, where the next is not enough: a list four folders down that
says nothing of when it was changed has its turn within two days."""


@pytest.mark.parametrize("name", sorted(CORNERS))
def test_it_is_found_and_what_comes_later_too(name: str, tmp_path: Path, empty_history: Path) -> None:
    family, build = CORNERS[name]
    town = load_register().get(TERYT)
    assert town is not None
    shutil.copyfile(empty_history, tmp_path / "zmpwatch.db")
    with Web({}) as web, World(tmp_path) as world:
        base = f"http://{web.netloc}"
        world.entries.append({"name": name, "family": family, "url": f"{base}/", "municipality": TERYT})
        world.crawl |= {"requests_per_visit": BUDGET}

        def once() -> tuple[list[str], str]:
            web.seen.clear()
            with open_store(world.config()) as store:
                result = asyncio.run(crawl(world.config(), store, world.clock))
                status = answer_case(store, town)["status"]
            world.later(days=1)
            (visit,) = result.visits
            assert visit.verdict.healthy, visit.problems
            asked = [seen.path for seen in web.seen]
            assert len(asked) == visit.requests <= BUDGET
            return asked, status

        first, later = build(base, False), build(base, True)
        old, new = later.wanted
        assert len(first) >= 25
        web.fallback = answering(first)
        asked, status = once()
        assert old in asked[: FOUND_BY[name]], asked
        assert status == "candidate"
        web.fallback = answering(later)
        for _ in range(VISITS.get(name, 1)):
            asked, status = once()
        assert new in asked, asked
        assert status == "member"

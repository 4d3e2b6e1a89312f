"""Pages that were read before are edited: the next visit sees it, and one that finds nothing costs next to nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from hashlib import sha1

import pytest

from zmpwatch.model import ChangeKind
from zmpwatch.service.crawling import CrawlResult, crawl
from zmpwatch.service.opening import open_store
from zmpwatch.service.replica import Receiver

from .conftest import QUIET
from .world import Answer, Site, World, association_home

RESOLVED = """
<h1>Rada za wstąpieniem do Związku</h1><p>Opublikowano: 27.02.2025</p>
<p>Uchwałę o przystąpieniu do Związku Miast Polskich Rada Miasta Hajnówka podjęła 26 lutego 2025 r.</p>
"""
CORRECTION = "<p>Sprostowanie: Zarząd Związku Miast Polskich przyjął Hajnówkę w poczet członków 28 marca 2025 r.</p>"
NEWS = "".join(f'<li><a href="/aktualnosci/{n}">Wiadomość z ratusza nr {n}</a></li>' for n in range(6))


def tag(site: Site) -> None:
    """Let the server of a site answer 304 where a page is as it was."""

    def tagged(answer: Answer) -> Callable[[], Answer]:
        etag = f'"{sha1(answer.body, usedforsecurity=False).hexdigest()}"'

        def served() -> Answer:
            if site.requests[-1][1].get("if-none-match") == etag:
                return Answer(b"", 304, {"ETag": etag})
            return Answer(answer.body, answer.status, {**answer.headers, "ETag": etag})

        return served

    for path, answer in site.pages.items():
        if isinstance(answer, Answer):
            site.pages[path] = tagged(answer)


def visit(world: World, **later: float) -> CrawlResult:
    world.later(**later)
    config = world.config()
    for site in world.sites.values():
        site.requests.clear()
    with open_store(config) as store:
        return asyncio.run(crawl(config, store, world.clock))


@pytest.fixture
def town(world: World) -> Site:
    """A town that decided to join, with older news that says nothing of it."""
    site = world.sites["hajnowka"]
    site.put("/", QUIET + '<a href="/aktualnosci">Aktualności</a>')
    site.put("/aktualnosci", f'<ul><li><a href="/aktualnosci/zmp">Rada za wstąpieniem do ZMP</a></li>{NEWS}</ul>')
    site.put("/aktualnosci/zmp", RESOLVED)
    for n in range(6):
        site.put(f"/aktualnosci/{n}", f"<h1>Wiadomość {n}</h1><p>Zapraszamy na spotkanie nr {n} o remoncie ulicy.</p>")
    return site


def test_an_old_article_that_is_corrected_is_news_at_the_next_visit(world: World, town: Site, inbox: Receiver) -> None:
    visit(world)
    visit(world, days=40)
    town.put("/aktualnosci/zmp", RESOLVED + CORRECTION)
    told = visit(world, minutes=30).changes
    assert [(change.kind, change.after["date"]) for change in told] == [(ChangeKind.ADMITTED, "2025-03-28")]
    assert [message.path for message in inbox.messages] == ["/redakcja"]


def test_a_page_of_the_association_with_the_count_is_read_at_each_visit(world: World, inbox: Receiver) -> None:
    site = world.sites["zmp"]
    site.put("/", '<h1>Związek Miast Polskich</h1><a href="/strony/o-zwiazku">O Związku: miasta członkowskie</a>')
    site.put("/strony/o-zwiazku", association_home(373))
    visit(world)
    visit(world, days=40)
    site.put("/strony/o-zwiazku", association_home(381))
    told = visit(world, minutes=30).changes
    assert [(change.kind, change.before["members"], change.after["members"]) for change in told] == [
        (ChangeKind.COUNT_CHANGED, 373, 381)
    ]
    assert len(inbox.messages) == 1


def test_news_of_this_week_that_is_edited_is_read_at_the_next_visit(world: World, town: Site) -> None:
    """It said nothing of the association when it was read: it is new, and so it is looked at."""
    visit(world)
    town.put("/aktualnosci", f'<ul><li><a href="/aktualnosci/nowe">Wiadomość z ratusza</a></li>{NEWS}</ul>')
    town.put("/aktualnosci/nowe", "<h1>Wiadomość</h1><p>Burmistrz spotkał się z mieszkańcami.</p>")
    visit(world, days=40)
    assert "/aktualnosci/nowe" in dict(town.requests)
    town.put("/aktualnosci/nowe", f"<h1>Wiadomość</h1><p>Burmistrz spotkał się z mieszkańcami.</p>{CORRECTION}")
    kinds = [change.kind for change in visit(world, minutes=30).changes]
    assert kinds == [ChangeKind.ADMITTED]


def test_an_old_page_that_said_nothing_is_read_again_within_days(world: World, town: Site) -> None:
    """By turns, and asked for with the server's own tag: an edit of any of them is found."""
    tag(town)
    visit(world)
    visit(world, days=10)
    town.put("/aktualnosci/4", f"<h1>Wiadomość 4</h1><p>Zapraszamy na spotkanie.</p>{CORRECTION}")
    waited = 0.0
    kinds: list[ChangeKind] = []
    while not kinds and waited < 48:
        waited += 6
        kinds = [change.kind for change in visit(world, hours=6).changes]
    assert kinds == [ChangeKind.ADMITTED]
    assert waited <= 30  # a tenth of ten days, and a visit's distance


def test_a_visit_that_finds_nothing_asks_for_few_pages_and_no_bytes(world: World, town: Site) -> None:
    tag(town)
    first = next(one for one in visit(world).routine if one.site == "hajnowka")
    again = next(one for one in visit(world, minutes=30).routine if one.site == "hajnowka")
    assert first.pages >= 8
    # the front page, the list, and the page that stated something
    assert sorted(path for path, _ in town.requests) == ["/", "/aktualnosci", "/aktualnosci/zmp"]
    assert (again.requests, again.not_modified, again.pages) == (3, 3, 0)
    assert again.bytes == 0

"""Faults of a server or a page that last, from the wire to the alert: nothing false is told, nothing true is missed."""

from __future__ import annotations

import pytest

from zmpwatch.model import CountState
from zmpwatch.service.countanswers import answer_count
from zmpwatch.service.opening import open_store
from zmpwatch.service.replica import Receiver

from .conftest import Crawl
from .world import Answer, World, association_home

PARKED = "<h1>miasta.example</h1><p>Ta domena jest na sprzedaż. Kup tę domenę za 412 zł!</p>"
SPAM = (
    "<h1>Casino online</h1><p>Jest z nami</p><p><strong>5000</strong></p><p>członków</p>"
    "<p>Związek Miast Polskich zrzesza 5000 miast członkowskich.</p><p>Best casino, 500 free spins.</p>"
)
ENDS = ["close", "reset"]


def page(body: str) -> bytes:
    return f"<!doctype html><html lang=pl><head><title>Strona</title></head><body>{body}</body></html>".encode()


def subjects(inbox: Receiver, recipient: str = "redakcja") -> list[str]:
    return [message.title for message in inbox.messages if message.path == f"/{recipient}"]


def members(world: World) -> int:
    with open_store(world.config()) as store:
        count = answer_count(store, "zmp")
    assert count is not None
    found: int = count["members"]
    return found


@pytest.mark.parametrize("ends", ENDS)
def test_a_server_that_never_says_how_long_a_page_is_is_read(
    world: World, run: Crawl, inbox: Receiver, ends: str
) -> None:
    world.sites["zmp"].pages["/"] = Answer(page(association_home(373)), ends=ends)  # type: ignore[arg-type]
    assert run().verdicts == {"ok": 3}
    world.sites["zmp"].pages["/"] = Answer(page(association_home(381)), ends=ends)  # type: ignore[arg-type]
    run()
    assert [subject[:14] for subject in subjects(inbox)] == ["ZMP: 373 → 381"]


@pytest.mark.parametrize("ends", ENDS)
def test_a_page_that_may_be_cut_says_nothing_by_what_it_lacks(
    world: World, run: Crawl, inbox: Receiver, ends: str
) -> None:
    run()
    whole, without = page(association_home(373)), page("<h1>Związek Miast Polskich</h1><p>Witamy.</p>")
    for body in (whole[: len(whole) // 2], without):
        world.sites["zmp"].pages["/"] = Answer(body, ends=ends)  # type: ignore[arg-type]
        (visit,) = run("zmp").routine
        assert not visit.verdict.healthy
        assert not [problem for problem in visit.problems if "gone" in problem]
        assert [problem for problem in visit.problems if problem.startswith("incomplete: ")]
    assert inbox.messages == ()
    run("zmp")
    assert (subjects(inbox), len(subjects(inbox, "operator")), members(world)) == ([], 1, 373)


def test_a_page_that_says_it_is_packed_and_is_plain_is_read(world: World, run: Crawl, inbox: Receiver) -> None:
    run()
    world.sites["zmp"].pages["/"] = Answer(page(association_home(381)), headers={"Content-Encoding": "gzip"})
    run()
    assert [subject[:14] for subject in subjects(inbox)] == ["ZMP: 373 → 381"]


def test_a_servers_clock_orders_nothing(world: World, run: Crawl, inbox: Receiver) -> None:
    years = {"Date": "Tue, 01 Dec 2099 12:00:00 GMT", "Last-Modified": "Tue, 01 Dec 2099 12:00:00 GMT", "Expires": "0"}
    for number in (373, 381, 382):
        world.sites["zmp"].pages["/"] = Answer(page(association_home(number)), headers=years)
        run()
        years = {"Date": "Thu, 01 Jan 1970 00:00:00 GMT", "Last-Modified": "Thu, 01 Jan 1970 00:00:00 GMT"}
    assert [subject[:14] for subject in subjects(inbox)] == ["ZMP: 373 → 381", "ZMP: 381 → 382"]
    with open_store(world.config()) as store:
        belief = store.count_belief("zmp")
    assert belief is not None
    assert (belief.state, belief.as_of) == (CountState.CONFIRMED, world.now.date().isoformat())


def test_news_of_a_year_to_come_does_not_silence_those_of_this_one(world: World, run: Crawl, inbox: Receiver) -> None:
    zmp = world.sites["zmp"]
    link = '<a href="/aktualnosci/{0}">Związek Miast Polskich liczy nowe miasta, {0}</a>'
    news = "<h1>Nowe miasta</h1><p>Opublikowano: {}</p><p>Związek Miast Polskich zrzesza {} miast członkowskich.</p>"
    home = "<h1>Związek Miast Polskich</h1><p>Aktualności</p>"
    zmp.put("/", home + link.format("a"))
    zmp.put("/aktualnosci/a", news.format("10.02.2025", 373))
    run("zmp")
    assert members(world) == 373
    zmp.put("/", home + link.format("a") + link.format("b"))
    zmp.put("/aktualnosci/b", news.format("10.02.2052", 390))
    for _ in range(3):
        run("zmp")
    assert (subjects(inbox), members(world)) == ([], 373)
    zmp.put("/", home + link.format("a") + link.format("b") + link.format("c"))
    zmp.put("/aktualnosci/c", news.format(f"{world.now:%d.%m.%Y}", 381))
    run("zmp")
    run("zmp")
    assert [subject[:14] for subject in subjects(inbox)] == ["ZMP: 373 → 381"]


@pytest.mark.parametrize("body", [PARKED, SPAM], ids=["domain lapsed and sold", "page hacked"])
def test_a_page_that_is_somebody_elses_for_a_week_is_told_to_the_operator_alone(
    world: World, run: Crawl, inbox: Receiver, body: str
) -> None:
    run()
    good = world.sites["zmp"].pages["/"]
    world.sites["zmp"].put("/", body)
    for _ in range(7):
        run("zmp")
        world.later(days=1)
    assert (subjects(inbox), members(world)) == ([], 373)
    assert 1 <= len(subjects(inbox, "operator")) <= 2
    world.sites["zmp"].pages["/"] = good
    for _ in range(3):
        run("zmp")
    assert (subjects(inbox), members(world)) == ([], 373)

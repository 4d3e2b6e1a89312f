"""Two counts within a day: each alert names the towns that are new since the other, and its numbers add up."""

from __future__ import annotations

import pytest

from zmpwatch.cli.crawlview import change_line
from zmpwatch.model import ChangeKind
from zmpwatch.service.crawling import CrawlResult
from zmpwatch.service.replica import Receiver

from .conftest import Crawl
from .world import World, association_home

FIRST = ("Tykocin", "Suraż", "Goniądz")
SECOND = ("Choroszcz", "Knyszyn", "Brzesko")


def admit(world: World, page: str, towns: tuple[str, ...]) -> None:
    """A municipal page tells that the association has admitted these towns."""
    told = "".join(f"<p>Zarząd Związku Miast Polskich przyjął {town} w poczet członków.</p>" for town in towns)
    head = "<h1>Nowi członkowie Związku Miast Polskich</h1><p>Opublikowano: 20.02.2025</p>"
    world.sites[page].put("/", head + told)


def count_line(result: CrawlResult) -> str:
    (change,) = [change for change in result.changes if change.kind is ChangeKind.COUNT_CHANGED]
    return " ".join(change_line(change).split())


@pytest.mark.parametrize("named_before", [False, True], ids=["with the number", "before the number"])
def test_the_second_count_of_a_day_names_its_own_towns(
    world: World, run: Crawl, inbox: Receiver, *, named_before: bool
) -> None:
    run()
    admit(world, "hajnowka", FIRST)
    world.sites["zmp"].put("/", association_home(381))
    assert count_line(run()).endswith("3 named, 5 unexplained")
    admit(world, "hajnowka", (*FIRST, *SECOND))
    if named_before:
        run()
    world.sites["zmp"].put("/", association_home(384))
    assert count_line(run()).endswith("3 named, 0 unexplained")
    message = [one for one in inbox.messages if one.path == "/redakcja"][-1]
    assert message.title.startswith("ZMP: 381 → 384 (+3): ")
    assert all(town in message.title + message.body for town in SECOND)
    assert "Bilans: 381 + 3 = 384. Wszystkich 3 nowych członków znamy z nazwy." in message.body
    assert "nie zgadza" not in message.body
    assert "Pozostali" not in message.body
    world.sites["zmp"].put("/", association_home(383))
    assert count_line(run()).endswith("0 named, 1 unexplained")
    message = [one for one in inbox.messages if one.path == "/redakcja"][-1]
    assert message.title.startswith("ZMP: 384 → 383 (")
    assert not [town for town in (*FIRST, *SECOND) if town in message.title]

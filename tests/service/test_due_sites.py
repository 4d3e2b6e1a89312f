"""Whose turn it is first: nobody waits for ever, though each run is ended before its end."""

from __future__ import annotations

from zmpwatch.service.catalogue import all_sites
from zmpwatch.service.crawling import due_sites
from zmpwatch.service.opening import open_store

from .conftest import Crawl
from .world import World


def names(world: World) -> list[str]:
    config = world.config()
    with open_store(config) as store:
        return [site.name for site in due_sites(store, config, all_sites(config), world.clock())]


def test_the_association_comes_first_then_new_sites_then_the_longest_overdue(world: World, run: Crawl) -> None:
    assert names(world) == ["zmp", "hajnowka", "bip"]
    for name in ("bip", "hajnowka", "zmp"):
        run(name)
    world.add("nowa", "municipal")
    assert names(world) == ["nowa"]
    world.later(days=1)
    assert names(world) == ["zmp", "nowa", "bip", "hajnowka"]
    run("bip")
    assert names(world) == ["zmp", "nowa", "hajnowka"]

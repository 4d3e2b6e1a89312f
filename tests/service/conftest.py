"""A world of three sites and a subscriber who reads everything."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alert.servers import Receiver as Hook
from alert.servers import receiver

from zmpwatch.service.crawling import CrawlResult, crawl
from zmpwatch.service.opening import open_store
from zmpwatch.service.replica import Receiver

from .world import World, association_home

QUIET = "<h1>Aktualności</h1><p>Zapraszamy na kiermasz książek w miejskiej bibliotece.</p>"


@pytest.fixture
def inbox() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def hook() -> Iterator[Hook]:
    """Receivers that answer as their address says."""
    with receiver() as here:
        yield here


@pytest.fixture
def world(tmp_path: Path, inbox: Receiver, empty_history: Path) -> Iterator[World]:
    shutil.copyfile(empty_history, tmp_path / "zmpwatch.db")
    with World(tmp_path) as made:
        made.add("zmp", "association").put("/", association_home(373))
        made.add("hajnowka", "municipal", "2005011").put("/", QUIET)
        made.add("bip", "bip", "2005011").put("/", "<h1>BIP Miasta Hajnówka</h1><p>Rejestr uchwał Rady Miasta.</p>")
        made.subscribers = [{"name": "redakcja", "to": [inbox.url("redakcja")]}]
        made.operator = {"to": [inbox.url("operator")]}
        yield made


Crawl = Callable[..., CrawlResult]


@pytest.fixture
def run(world: World) -> Crawl:
    """Crawl the world once, an hour after the last time."""

    def once(*wanted: str, **options: bool) -> CrawlResult:
        config = world.config()
        world.later(hours=1)
        with open_store(config) as store:
            return asyncio.run(crawl(config, store, world.clock, wanted=wanted, **options))

    return once

"""A world of two sites that come every second, a subscriber, an operator, and a watch in a process of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from service.world import World, association_home

from zmpwatch.service.replica import Receiver

from .daemons import Watch, free_port

OFTEN = "1s"
"""How often sites are visited that a test in real time waits for: as often as it goes."""

QUIET = "<h1>Aktualności</h1><p>Zapraszamy na kiermasz książek w miejskiej bibliotece.</p>"


@pytest.fixture
def inbox() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def world(tmp_path: Path, inbox: Receiver, empty_history: Path) -> Iterator[World]:
    shutil.copyfile(empty_history, tmp_path / "zmpwatch.db")
    with World(tmp_path) as made:
        made.add("zmp", "association", every=OFTEN).put("/", association_home(373))
        made.add("hajnowka", "municipal", "2005011", every=OFTEN).put("/", QUIET)
        made.crawl["confirm_after"] = "0s"
        made.subscribers = [{"name": "redakcja", "to": [inbox.url("redakcja")]}]
        made.operator = {"to": [inbox.url("operator")]}
        made.more = {"web": {"port": free_port()}, "watch": {"jitter": 0}}
        yield made


Start = Callable[..., Watch]


@pytest.fixture
def start(world: World) -> Iterator[Start]:
    """Start a watch of the world; it is ended with the test."""
    with ExitStack() as stack:
        yield lambda *options, **more: stack.enter_context(
            Watch(world.write(), world.more["web"]["port"], *options, **more)
        )

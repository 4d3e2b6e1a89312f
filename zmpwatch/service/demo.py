"""The use case `demo`: the replica's two moments, crawled by the same services as the real web."""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from zmpwatch.config import Config, load_config
from zmpwatch.crawl.families import check_spiders_package
from zmpwatch.errors import StoreError
from zmpwatch.model import Site
from zmpwatch.register import load_register
from zmpwatch.service.answers import answer_case, answer_diff
from zmpwatch.service.countanswers import answer_count
from zmpwatch.service.crawling import CrawlResult, Progress, crawl
from zmpwatch.service.opening import open_store
from zmpwatch.service.replica import Message, Receiver, Replica
from zmpwatch.store import Store

__all__ = ["BANNER", "DemoStory", "Narrator", "run_demo"]

BANNER = "demo data"
_MARK = ".zmpwatch-demo"
_SUBSCRIBER = "redakcja"


@dataclass(frozen=True, slots=True)
class DemoStory:
    """What the demo has to tell at the end."""

    folder: Path
    count: dict[str, Any]
    diff: dict[str, Any]
    cases: list[dict[str, Any]]
    messages: tuple[Message, ...]
    seconds: float


class Narrator(Protocol):
    """Who tells the story while it happens."""

    def opening(self, sites: list[Site]) -> None:
        """The replica is up."""

    def chapter(self, number: int, now: datetime) -> Progress:
        """A crawl begins at the replica's date `now`; gives the callbacks for it."""

    def crawled(self, number: int, result: CrawlResult, members: int | None) -> None:
        """The crawl is over."""

    def ending(self, story: DemoStory) -> None:
        """All is told."""


def run_demo(folder: Path, narrator: Narrator) -> DemoStory:
    """Crawl the replica at 373, move it on in time, crawl it again at 381, and take the alert as a subscriber would.

    The folder is made anew, with a config.yaml in it that every other command can be pointed at.

    Raises:
        StoreError: the folder holds something else than an earlier demo, or can't be written.
    """
    check_spiders_package()
    began = time.monotonic()
    folder = folder.resolve()
    _make_folder(folder)
    with Replica() as web, Receiver() as inbox:
        config = _write_config(folder, web, inbox)
        narrator.opening(list(config.sites))
        with open_store(config) as store:
            for number in (1, 2):
                if number == 2:
                    web.move_on()
                progress = narrator.chapter(number, web.now)
                result = asyncio.run(_crawl(config, store, web, progress))
                answer = answer_count(store, config.association.key)
                narrator.crawled(number, result, answer["members"] if answer else None)
            story = _story(folder, config, store, inbox, time.monotonic() - began)
    narrator.ending(story)
    return story


def _make_folder(folder: Path) -> None:
    try:
        if folder.exists() and any(folder.iterdir()):
            if not (folder / _MARK).exists():
                raise StoreError(f"{folder}: is not empty and no earlier demo; name another with --folder")
            shutil.rmtree(folder)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _MARK).write_text("made by `zmpwatch demo`, which makes this folder anew\n", encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{folder}: can't be written: {error.strerror}") from error


def _write_config(folder: Path, web: Replica, inbox: Receiver) -> Config:
    import yaml

    sites = []
    for site in web.sites:
        entry: dict[str, Any] = {"name": site.name, "family": site.family, "url": site.url}
        if site.municipality:
            entry["municipality"] = site.municipality
        if site.expect_members:
            entry["expect"] = {"members": dict(zip(("min", "max"), site.expect_members, strict=True))}
        sites.append(entry)
    values = {
        "database": "sqlite:///zmpwatch.db",
        "archive": "archive",
        # the replica's web is made up; what is known of the real one would not fit it
        "knowledge": False,
        "sites": sites,
        # short waits, since the replica stands on this machine; everything else is as on the real web
        "crawl": {"delay": 0, "confirmations": 2, "confirm_after": "1s"},
        "subscribers": [{"name": _SUBSCRIBER, "to": [inbox.url(_SUBSCRIBER)], "language": "pl"}],
        "operator": {"to": [inbox.url("operator")]},
    }
    path = folder / "config.yaml"
    text = "# demo data: the sites are made up and stood on this machine while the demo ran\n"
    path.write_text(text + yaml.safe_dump(values, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return load_config(path, os.environ)


def _clock_from(start: datetime) -> Callable[[], datetime]:
    began = time.monotonic()
    return lambda: start.astimezone(UTC) + timedelta(seconds=time.monotonic() - began)


async def _crawl(config: Config, store: Store, web: Replica, progress: Progress) -> CrawlResult:
    return await crawl(config, store, _clock_from(web.now), progress=progress, banner=BANNER)


def _story(folder: Path, config: Config, store: Store, inbox: Receiver, seconds: float) -> DemoStory:
    register = load_register()
    key = config.association.key
    count = answer_count(store, key)
    if count is None:
        raise StoreError(f"{folder}: the replica gave no count")
    belief = store.count_belief(key)
    start = (belief.previous_as_of if belief else None) or count["as_of"]
    history = answer_diff(store, key, _day(start), _day(count["as_of"]))
    return DemoStory(
        folder=folder,
        count=count,
        diff=history,
        cases=[answer_case(store, register.by_teryt(moved["teryt"])) for moved in history["joined"]],
        messages=inbox.messages,
        seconds=seconds,
    )


def _day(partial: str) -> Any:
    from zmpwatch.judge.dates import last_day

    return last_day(partial)

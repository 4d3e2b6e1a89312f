"""Pages that other processes read: the same results, and an answer for each page, whatever becomes of its reader."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest
from waiting import wait_until

from zmpwatch.model import ChangeKind, Failure, FailureKind, KnownPage, Page, Site
from zmpwatch.register import load_association, load_register
from zmpwatch.service.opening import open_store
from zmpwatch.service.pagereading import PageReading, Unchanged, known_page, read_page_again
from zmpwatch.service.readers import Errand, ReaderPool, ReadingError, pool, wire

from .conftest import Crawl
from .test_crawling import publish_admission
from .world import World

FAULTY = Path(__file__).with_name("faulty_reader.py")
PATIENCE = 120.0
NOW = datetime(2025, 3, 4, 8, 0, tzinfo=UTC)
SITE = Site("hajnowka", "municipal", "https://hajnowka.example/", "2005011")
MENU = "".join(f'<li><a href="/dzial/{n}">Dział {n} urzędu</a></li>' for n in range(60))
QUIET = "<p>W sobotę odbędzie się kiermasz książek.</p>" * 40
ADMITTED = (
    "<h1>Nowe miasta</h1><p>Zarząd Związku Miast Polskich przyjął 28 lutego 2025 r. Hajnówkę w poczet członków.</p>"
)


def html(body: str) -> bytes:
    head = "<head><meta charset=utf-8><title>Ż</title></head>"
    return f"<!doctype html><html lang=pl>{head}<body>{body}</body></html>".encode("utf-8", "surrogatepass")


def page(body: bytes, name: str = "strona", *, kind: str = "text/html; charset=utf-8", complete: bool = True) -> Page:
    url = f"https://hajnowka.example/{name}"
    return Page(url, url, 200, {"content-type": kind, "etag": '"1"'}, body, NOW, complete, request_headers={"a": "b"})


def errand(one: Page, known: KnownPage | None = None) -> Errand:
    return Errand(SITE, one, load_association("zmp"), load_register().by_teryt("2005011"), known)


def here(one: Errand) -> PageReading | Unchanged | Failure:
    return read_page_again(one.site, one.page, one.association, one.municipality, one.known)


def known_as(one: Page) -> KnownPage:
    reading = here(errand(one))
    assert isinstance(reading, PageReading)
    return known_page(reading, NOW)


ADMISSION = page(html(ADMITTED + MENU), "przyjeci")
ERRANDS = {
    "nothing of the association": errand(page(html(MENU + QUIET))),
    "a statement": errand(ADMISSION),
    "a statement, known, the same": errand(
        replace(ADMISSION, body=ADMISSION.body.replace(b"<body>", b"<body><!-- 2 -->")), known_as(ADMISSION)
    ),
    "a statement, known, gone": errand(page(html(MENU + QUIET), "przyjeci"), known_as(ADMISSION)),
    "plain text": errand(page("Miasto Hajnówka należy do Związku Miast Polskich.".encode(), kind="text/plain")),
    "cut short": errand(page(b"<html><body><p>Zarz", complete=False)),
    "no encoding": errand(page(b"<html><body><p>" + bytes(range(128, 256)) * 9)),
    "half a character": errand(page(html("<p>Związek Miast Polskich, \ud800 i koniec</p>"))),
    "links that no slot holds": errand(page(html("".join(f'<a href="/{n}">{"ż" * 55} {n}</a>' for n in range(900))))),
}


def reads(readers: ReaderPool, errands: Sequence[Errand], meanwhile: Callable[[], None] = lambda: None) -> list[object]:
    """What a pool makes of pages, or raises; `meanwhile` is called when the readers are ready."""

    async def work() -> list[object]:
        assert readers.wanted(1.0)
        while readers.at_work < len(readers.processes):
            await asyncio.sleep(0.01)
        asked = [asyncio.ensure_future(readers.read(one)) for one in errands]
        await asyncio.sleep(0)
        meanwhile()
        said = await asyncio.gather(*asked, return_exceptions=True)
        readers.close()
        await asyncio.sleep(0.05)
        return list(said)

    return asyncio.run(asyncio.wait_for(work(), PATIENCE))


@pytest.mark.parametrize("name", ERRANDS)
def test_a_page_says_to_a_reader_what_it_says_here(name: str) -> None:
    one = ERRANDS[name]
    assert reads(ReaderPool(1, busy=0.0), [one]) == [here(one)]


def test_what_is_read_is_of_every_sort() -> None:
    sorts = {name: type(here(one)) for name, one in ERRANDS.items()}
    assert set(sorts.values()) == {PageReading, Unchanged, Failure}
    assert len(wire.answer(here(ERRANDS["links that no slot holds"]))) > pool._SLOT
    (statement,) = here(ERRANDS["a statement"]).statements
    assert statement.teryt == "2005011"


def test_many_pages_by_two_readers_each_with_its_own_answer() -> None:
    errands = [errand(page(html(f"{MENU}<a href='/{n}'>Wiadomość {n}</a>{QUIET}"), f"s{n}")) for n in range(300)]
    errands[7] = ERRANDS["a statement"]
    said = reads(ReaderPool(2, busy=0.0), errands)
    assert said == [here(one) for one in errands]


def test_pages_of_a_reader_that_is_killed_are_read_by_the_next() -> None:
    readers = ReaderPool(1, busy=0.0)
    errands = [errand(page(html(MENU + QUIET), f"s{n}")) for n in range(80)] + [ERRANDS["a statement"]]
    numbers: list[int] = []

    def kill() -> None:
        numbers.extend(readers.processes)
        os.kill(numbers[0], signal.SIGKILL)

    assert reads(readers, errands, kill) == [here(one) for one in errands]
    assert not psutil.pid_exists(numbers[0])


def test_pages_nobody_waits_for_any_more_hold_up_no_other() -> None:
    readers = ReaderPool(1, busy=0.0)
    last = [errand(page(html(MENU + QUIET), f"s{n}")) for n in range(5)]

    async def work() -> list[object]:
        assert readers.wanted(1.0)
        while not readers.at_work:
            await asyncio.sleep(0.01)
        (number,) = readers.processes
        os.kill(number, signal.SIGSTOP)
        given_up = [asyncio.ensure_future(readers.read(ERRANDS["a statement"])) for _ in range(pool._AT_ONCE)]
        asked = [asyncio.ensure_future(readers.read(one)) for one in last]
        await asyncio.sleep(0)
        for one in given_up:
            one.cancel()
        os.kill(number, signal.SIGKILL)
        said = await asyncio.gather(*asked)
        readers.close()
        await asyncio.sleep(0.05)
        return list(said)

    assert asyncio.run(asyncio.wait_for(work(), PATIENCE)) == [here(one) for one in last]


def test_a_page_that_readers_die_of_is_told_and_the_others_are_read() -> None:
    good = [errand(page(html(MENU + QUIET), f"s{n}")) for n in range(20)]
    bad = errand(page(html("<p>DIES</p>"), "zla"))
    said = reads(ReaderPool(2, busy=0.0, program=FAULTY), [*good[:10], bad, *good[10:]])
    told = said.pop(10)
    assert told == Failure(FailureKind.UNREADABLE, bad.page.url, "the reader crashed on it (SIGSEGV)")
    assert said == [here(one) for one in good]


def test_a_page_that_takes_too_long_is_told_and_the_others_are_read() -> None:
    good = [errand(page(html(MENU + QUIET), f"s{n}")) for n in range(20)]
    bad = errand(page(html("<p>HANGS</p>"), "dluga"))
    said = reads(ReaderPool(1, busy=0.0, seconds=3.0, program=FAULTY), [bad, *good])
    assert said[0] == Failure(FailureKind.TOO_BIG, bad.page.url, "the reader ran out of time")
    assert said[1:] == [here(one) for one in good]


def test_a_fault_of_ours_is_raised_where_the_page_is_waited_for() -> None:
    (said,) = reads(ReaderPool(1, busy=0.0, program=FAULTY), [errand(page(html("<p>FAILS</p>")))])
    assert isinstance(said, ReadingError)
    assert str(said) == "KeyError: 'of no page'"


def test_a_page_with_more_around_it_than_a_slot_holds_is_read_here() -> None:
    one = errand(replace(page(html(MENU + QUIET)), headers={"content-type": "text/html", "x": "y" * pool._SLOT}))
    assert reads(ReaderPool(1, busy=0.0), [one]) == [here(one)]


def test_where_no_reader_lives_pages_are_read_here(tmp_path: Path) -> None:
    dead = tmp_path / "dead.py"
    dead.write_text("raise SystemExit(3)")
    readers = ReaderPool(2, busy=0.0, program=dead)
    one = ERRANDS["a statement"]

    async def work() -> object:
        assert readers.wanted(1.0)  # they are awaited
        said = await readers.read(one)
        assert not readers.wanted(1.0)
        while readers.processes:  # the last one that was started
            await asyncio.sleep(0.01)
        return said

    assert asyncio.run(asyncio.wait_for(work(), PATIENCE)) == here(one)


def test_readers_are_started_by_the_rate_of_pages_and_ended_when_idle() -> None:
    readers = ReaderPool(2, idle=0.3)

    async def work() -> list[int]:
        assert not readers.wanted(63.0)
        assert readers.processes == []
        readers.wanted(64.0)
        started = readers.processes
        assert readers.wanted(1.0)  # once they run, every page may be theirs
        await readers.read(ERRANDS["a statement"])
        while readers.processes:
            await asyncio.sleep(0.05)
        return started

    started = asyncio.run(asyncio.wait_for(work(), PATIENCE))
    assert len(started) == 2
    assert not any(psutil.pid_exists(number) for number in started)


def test_none_is_started_where_none_is_configured() -> None:
    async def work() -> bool:
        return ReaderPool(0, busy=0.0).wanted(1000.0)

    assert not asyncio.run(work())


def test_a_reader_ends_with_its_crawl() -> None:
    program = """
import asyncio, os
from zmpwatch.service.readers import ReaderPool
async def work():
    readers = ReaderPool(1, busy=0.0)
    readers.wanted(1.0)
    while not readers.at_work:
        await asyncio.sleep(0.01)
    print(readers.processes[0], flush=True)
    os.kill(os.getpid(), 9)
asyncio.run(work())
"""
    said = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, check=False, timeout=60)
    assert said.returncode == -signal.SIGKILL
    number = int(said.stdout)
    wait_until(lambda: not psutil.pid_exists(number), what="the reader has ended")


class Always(ReaderPool):
    """Reads every page in other processes, however few there are; counts them."""

    def __init__(self, most: int) -> None:
        super().__init__(most, busy=0.0)
        self.read_there = 0

    def wanted(self, rate: float) -> bool:
        super().wanted(rate)
        return True

    async def read(self, one: Errand) -> PageReading | Unchanged | Failure:
        self.read_there += 1
        return await super().read(one)


TIME = re.compile(r"datetime\.datetime\((?:[^()]|\([^()]*\))*\)|\d{4}-\d\d-\d\dT[\d:.+]+")
NUMBER = re.compile(r"\b(?:visit_id|visit|id|statement)=\d+|rests_on=\([\d, ]*\)")


def history(world: World) -> list[str]:
    """What a database holds of visits, pages, changes and statements, without the times and in an order of its own.

    Each look at the clock moves it, and the pages of a visit come in any order, which gives statements their numbers.
    """
    with open_store(world.config()) as store:
        held = [
            *(visit for name in world.sites for visit in store.visits(name)),
            *(page for name in world.sites for page in store.known_pages(name).items()),
            *store.changes(),
            *(told for number in range(1, 20) for told in store.statements_of(number)),
            store.count_belief("zmp"),
        ]
        return sorted(NUMBER.sub("", TIME.sub("", repr(one))) for one in held)


def test_a_crawl_keeps_the_same_with_readers_and_without(
    world: World, run: Crawl, monkeypatch: pytest.MonkeyPatch, empty_history: Path
) -> None:
    readers = Always(2)
    monkeypatch.setattr(ReaderPool, "shared", lambda most: readers if most else ReaderPool(0))
    began, pages = world.now, {name: dict(site.pages) for name, site in world.sites.items()}
    kept = []
    for number in (0, 2):
        shutil.copyfile(empty_history, world.folder / "zmpwatch.db")
        world.now = began
        world.crawl["readers"] = number
        for name, site in world.sites.items():
            site.pages = dict(pages[name])
        run()
        publish_admission(world)
        assert {change.kind for change in run().changes} >= {ChangeKind.COUNT_CHANGED, ChangeKind.ADMITTED}
        kept.append(history(world))
    readers.close()
    assert readers.read_there > 5
    assert kept[0] == kept[1]

"""Twelve nuisances on all watched pages, one after another, under a running daemon: no wrong alert, the right one once.

The first five last, the next six come once, the last is the real thing.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from service.world import Answer, Site, World, association_home

from zmpwatch.schedule.daemon import Daemon
from zmpwatch.service.replica import Receiver

from .conftest import QUIET
from .inside import running
from .simulation import SimulatedClocks

HEAD = "<!doctype html><html lang=pl><head><meta charset=utf-8><title>Strona</title></head>"
VISITS = itertools.count()
ITEMS = [f"<li><a href='/wpis/{n}'>Wiadomość numer {n} z życia miasta</a></li>" for n in range(12)]


def page(body: str) -> bytes:
    return f"{HEAD}<body>{body}</body></html>".encode()


def hidden_token(body: str) -> bytes:
    return page(f"<form><input type=hidden name=csrf value={secrets.token_hex(16)}></form>{body}")


def clock_and_counter(body: str) -> bytes:
    visits = next(VISITS)
    now = datetime(2026, 3, 2, 8, 15, tzinfo=UTC) + timedelta(seconds=37 * visits)
    return page(f"{body}<p>Dziś jest {now:%d.%m.%Y, %H:%M:%S}. Odwiedzin: {41_000 + visits}.</p>")


def another_order(body: str) -> bytes:
    return page(f"{body}<ul>{''.join(random.sample(ITEMS, len(ITEMS)))}</ul>")


def white_space(body: str) -> bytes:
    gap = random.choice(["\n\n", "  ", "\t", "\n   \n", "&nbsp; "])
    return page(body.replace("><", f">{gap}<"))


def advertisement(body: str) -> bytes:
    return page(f"{body}<aside class=ad>Rabat {random.randint(5, 70)} procent na {random.choice(ITEMS)}!</aside>")


LASTING: dict[str, Callable[[str], bytes]] = {
    "a hidden token changes each time": hidden_token,
    "a visible clock and visit counter": clock_and_counter,
    "items in another order": another_order,
    "white space": white_space,
    "a rotating advertisement": advertisement,
}


def without_count(body: str) -> bytes:
    return page(body.partition("<div")[0] + body.rpartition("</div>")[2])


def half(body: str) -> Answer:
    whole = page(body)
    return Answer(whole[: len(whole) // 2], declared_length=len(whole))


ONCE: dict[str, Callable[[str], Answer]] = {
    "HTTP 500": lambda _: Answer(page("<p>500 członków</p>"), 500),
    "an empty 200": lambda _: Answer(b""),
    "a technical break with 200": lambda _: Answer(page("<h1>Przerwa techniczna</h1><p>Wracamy za 381 minut.</p>")),
    "a challenge with 200": lambda _: Answer(page("<h1>Checking your browser before accessing</h1>")),
    "the body cut in half": half,
    "the element with the count missing": lambda body: Answer(without_count(body)),
}


def lasting(world: World, make: Callable[[str], bytes], bodies: dict[str, str]) -> None:
    for name, body in bodies.items():
        world.sites[name].pages["/"] = lambda body=body: Answer(make(body))


def once(world: World, make: Callable[[str], Answer], bodies: dict[str, str]) -> dict[str, list[int]]:
    """Each site answers so once, then as ever; returns how often each has done it."""
    done: dict[str, list[int]] = {}
    for name, body in bodies.items():
        served = done[name] = []

        def answer(body: str = body, served: list[int] = served) -> Answer:
            served.append(1)
            return make(body) if len(served) == 1 else Answer(page(body))

        world.sites[name].pages["/"] = answer
    return done


def titles(inbox: Receiver) -> list[tuple[str, str]]:
    return [(message.path, message.title) for message in inbox.messages]


async def visited(daemon: Daemon, clocks: SimulatedClocks, world: World, times: int) -> None:
    """Let time pass until every site has been asked so often more, and what it said is judged and delivered."""
    before = {name: served(site) for name, site in world.sites.items()}

    def enough() -> bool:
        return all(served(site) >= before[name] + times for name, site in world.sites.items()) and not daemon.busy

    await clocks.drive(enough, lambda: daemon.busy)


def served(site: Site) -> int:
    return sum(path == "/" for path, _ in site.requests)


@pytest.mark.parametrize("seed", [2027])
def test_none_of_eleven_nuisances_is_told_and_the_real_change_is_told_once(
    world: World, inbox: Receiver, seed: int
) -> None:
    random.seed(seed)
    clocks = SimulatedClocks()
    bodies = {"zmp": association_home(373), "hajnowka": QUIET}
    told: dict[str, list[tuple[str, str]]] = {}
    for entry in world.entries:
        entry["every"] = "30m"

    async def scenario() -> None:
        async with running(world, clocks) as daemon:
            await visited(daemon, clocks, world, 2)
            for name, make in LASTING.items():
                lasting(world, make, bodies)
                await visited(daemon, clocks, world, 3)
                told[name] = titles(inbox)
            for name, spoil in ONCE.items():
                spoilt = once(world, spoil, bodies)
                await visited(daemon, clocks, world, 3)
                assert all(len(times) >= 2 for times in spoilt.values())
                told[name] = titles(inbox)
            assert told == {name: [] for name in (*LASTING, *ONCE)}

            today = clocks.now().strftime("%d.%m.%Y")
            news = "<li><a href='/nowe'>Nowe miasto w Związku</a></li>"
            world.sites["zmp"].put(
                "/nowe",
                f"<h1>Nowe miasto w Związku</h1><p>Opublikowano: {today}</p>"
                "<p>Zarząd Związku Miast Polskich przyjął Hajnówkę w poczet członków.</p>",
            )
            world.sites["zmp"].put("/", association_home(381, news=news))
            await visited(daemon, clocks, world, 6)

    asyncio.run(scenario())
    ((path, title),) = titles(inbox)
    assert path == "/redakcja"
    assert title == "ZMP: 373 → 381 (+8): Hajnówka; 7 jeszcze nieznanych"
    assert "Hajnówk" in inbox.messages[0].body

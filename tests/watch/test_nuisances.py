"""Twelve nuisances on all watched pages, one after another, under a running daemon: no wrong alert, the right one once.

The first five last, the next six come once, the last is the real thing.
"""

from __future__ import annotations

import itertools
import random
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from service.world import Answer, World, association_home

from zmpwatch.service.replica import Receiver

from .conftest import QUIET, Start
from .daemons import Watch

HEAD = "<!doctype html><html lang=pl><head><meta charset=utf-8><title>Strona</title></head>"
ITEMS = [f"<li><a href='/wpis/{n}'>Wiadomość numer {n} z życia miasta</a></li>" for n in range(12)]


def page(body: str) -> bytes:
    return f"{HEAD}<body>{body}</body></html>".encode()


def hidden_token(body: str) -> bytes:
    return page(f"<form><input type=hidden name=csrf value={secrets.token_hex(16)}></form>{body}")


def clock_and_counter(body: str, _visits: itertools.count[int] = itertools.count(41_000)) -> bytes:  # noqa: B008
    now = datetime.now(UTC) + timedelta(hours=1)
    return page(f"{body}<p>Dziś jest {now:%d.%m.%Y, %H:%M:%S}. Odwiedzin: {next(_visits)}.</p>")


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


def twice(watch: Watch, world: World) -> None:
    """Wait until every site has been visited twice more, from now on, and judged."""
    before = {name: sum(path == "/" for path, _ in site.requests) for name, site in world.sites.items()}
    watch.wait_for(
        lambda _: all(
            sum(path == "/" for path, _ in site.requests) >= before[name] + 2 for name, site in world.sites.items()
        )
    )
    watch.cycles(1)


@pytest.mark.parametrize("seed", [2027])
def test_none_of_eleven_nuisances_is_told_and_the_real_change_is_told_once(
    world: World, start: Start, inbox: Receiver, seed: int
) -> None:
    random.seed(seed)
    bodies = {"zmp": association_home(373), "hajnowka": QUIET}
    watch = start()
    watch.cycles(2)
    told: dict[str, list[tuple[str, str]]] = {}
    for name, make in LASTING.items():
        lasting(world, make, bodies)
        twice(watch, world)
        told[name] = titles(inbox)
    for name, spoil in ONCE.items():
        served = once(world, spoil, bodies)
        watch.wait_for(lambda _, served=served: all(len(times) >= 2 for times in served.values()))
        watch.cycles(1)
        told[name] = titles(inbox)
    assert told == {name: [] for name in (*LASTING, *ONCE)}

    today = datetime.now(UTC).strftime("%d.%m.%Y")
    world.sites["zmp"].put("/", association_home(381, news="<li><a href='/nowe'>Nowe miasto w Związku</a></li>"))
    world.sites["zmp"].put(
        "/nowe",
        f"<h1>Nowe miasto w Związku</h1><p>Opublikowano: {today}</p>"
        "<p>Zarząd Związku Miast Polskich przyjął Hajnówkę w poczet członków.</p>",
    )
    assert inbox.wait_for(1, 60)
    watch.cycles(3)
    ((path, title),) = titles(inbox)
    assert path == "/redakcja"
    assert title.startswith("ZMP: 373 → 381 (+8)")
    assert "Hajnówk" in inbox.messages[0].body

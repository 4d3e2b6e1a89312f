"""The scheduler over days and faults, in seconds: real sites and a real database, on clocks the test moves."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Coroutine
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from service.world import Answer, World, association_home

from zmpwatch.model import Change
from zmpwatch.schedule import daemon as daemon_module
from zmpwatch.schedule.daemon import Daemon
from zmpwatch.service.replica import Receiver
from zmpwatch.service.timetable import Timetable, Turn
from zmpwatch.service.visiting import OpenCycle

from .conftest import OFTEN, QUIET
from .inside import running
from .simulation import SimulatedClocks

WARSAW = ZoneInfo("Europe/Warsaw")
HOUR = timedelta(hours=1)


@pytest.fixture
def clocks() -> SimulatedClocks:
    return SimulatedClocks()


def run(scenario: Coroutine[Any, Any, None]) -> None:
    asyncio.run(scenario)


def only(world: World, **timing: str) -> None:
    """One site, so that a day has few visits to wait for."""
    world.entries = [world.entries[1] | {"every": None, "cron": None} | timing]
    world.entries[0] = {key: value for key, value in world.entries[0].items() if value is not None}


def starts(world: World, site: str = "hajnowka") -> list[datetime]:
    with sqlite3.connect(world.folder / "zmpwatch.db") as database:
        found = database.execute("SELECT started FROM visits WHERE site = ? ORDER BY id", [site]).fetchall()
    return [datetime.fromisoformat(row[0]).replace(tzinfo=UTC) for row in found]


async def until(daemon: Daemon, clocks: SimulatedClocks, moment: datetime) -> None:
    await clocks.drive(lambda: clocks.now() >= moment and not daemon.busy, lambda: daemon.busy)


async def settled(daemon: Daemon, clocks: SimulatedClocks, true: Callable[[], bool]) -> None:
    await clocks.drive(lambda: true() and not daemon.busy, lambda: daemon.busy)


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2027, 3, 28), 23), (date(2027, 10, 31), 25)], ids=["to summer time", "from summer time"]
)
def test_each_slot_once_on_the_day_the_clocks_change(
    world: World, clocks: SimulatedClocks, day: date, hours: int
) -> None:
    only(world, cron="0 * * * *")
    world.add("nightly", "municipal", "2005011", cron="30 2 * * *").put("/", QUIET)
    midnight = datetime(day.year, day.month, day.day, tzinfo=WARSAW).astimezone(UTC)

    async def scenario() -> None:
        clocks.set_wall(midnight - timedelta(minutes=50))
        async with running(world, clocks) as daemon:
            await until(daemon, clocks, midnight + hours * HOUR - timedelta(minutes=1))

    run(scenario())
    baseline, *hourly = starts(world)
    assert baseline < midnight
    assert [moment.replace(minute=0, second=0, microsecond=0) for moment in hourly] == [
        midnight + n * HOUR for n in range(hours)
    ]
    assert len(starts(world, "nightly")) == 2, "the first sight, and one at half past two"


def test_what_was_stored_and_not_judged_is_told_at_the_next_start(
    world: World, clocks: SimulatedClocks, inbox: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A watch that is stopped between the two does not leave the news to the site's next turn, half a day later."""
    only(world, every="12h")

    async def unjudged(_cycle: OpenCycle) -> list[Change]:
        return []

    async def until_visited(number: int) -> None:
        async with running(world, clocks) as daemon:
            await settled(daemon, clocks, lambda: len(starts(world)) == number)

    run(until_visited(1))
    town = "<p>Rada Miasta Hajnówka podjęła uchwałę nr XII/97/27 w sprawie przystąpienia do Związku Miast Polskich.</p>"
    world.sites["hajnowka"].put("/", QUIET + town)
    clocks.sleep_machine(timedelta(hours=13))
    with monkeypatch.context() as patched:
        patched.setattr(OpenCycle, "judge", unjudged)
        run(until_visited(2))
    assert not inbox.messages

    async def started_again() -> None:
        async with running(world, clocks) as daemon:
            await until(daemon, clocks, clocks.now() + timedelta(minutes=10))
            assert len(starts(world)) == 2

    run(started_again())
    assert [message.path for message in inbox.messages] == ["/redakcja"]


def test_a_day_off_costs_one_visit(world: World, clocks: SimulatedClocks) -> None:
    only(world, every="30m")

    async def scenario() -> None:
        async with running(world, clocks) as daemon:
            await until(daemon, clocks, clocks.now() + HOUR)
        before = len(starts(world))
        clocks.set_wall(clocks.now() + timedelta(days=1))
        async with running(world, clocks) as daemon:
            await until(daemon, clocks, clocks.now() + timedelta(minutes=20))
        assert len(starts(world)) == before + 1

    run(scenario())


def test_a_machine_that_slept_catches_up_within_a_minute(world: World, clocks: SimulatedClocks) -> None:
    only(world, cron="0 */2 * * *")

    async def scenario() -> None:
        async with running(world, clocks) as daemon:
            await settled(daemon, clocks, lambda: len(starts(world)) == 1)
            clocks.sleep_machine(timedelta(hours=9, minutes=10))
            woken = clocks.now()
            await until(daemon, clocks, woken + timedelta(minutes=5))
            (_, caught_up) = starts(world)
            assert caught_up - woken <= timedelta(seconds=91), "a look at the clock, and the jitter of a minute"

    run(scenario())


def test_a_clock_set_back_a_year_costs_one_visit_and_a_corrected_one_none(
    world: World, clocks: SimulatedClocks
) -> None:
    only(world, every="2h")

    async def scenario() -> None:
        async with running(world, clocks) as daemon:
            await settled(daemon, clocks, lambda: len(starts(world)) == 1)
            clocks.set_wall(clocks.now() - timedelta(seconds=3))
            await until(daemon, clocks, clocks.now() + HOUR)
            assert len(starts(world)) == 1
            clocks.set_wall(clocks.now() - timedelta(days=365))
            back = clocks.now()
            await until(daemon, clocks, back + HOUR)
            assert len(starts(world)) == 2
            await until(daemon, clocks, back + 4 * HOUR)
            assert len(starts(world)) == 3

    run(scenario())


def test_no_site_is_visited_twice_at_once_and_a_slow_one_holds_up_no_other(
    world: World, clocks: SimulatedClocks
) -> None:
    slow = world.add("slow", "municipal", "2005011", every=OFTEN)
    at_once, most, lock = 0, 0, threading.Lock()

    def answer() -> Answer:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        time.sleep(0.4)  # time for another turn to come
        with lock:
            at_once -= 1
        return Answer(f"<html><body>{QUIET}</body></html>".encode())

    slow.pages["/"] = answer

    async def scenario() -> None:
        async with running(world, clocks):
            # real time passes while the slow site is visited: the others come again and again meanwhile
            await clocks.drive(lambda: len(starts(world, "slow")) >= 2)
        assert most == 1
        assert len(starts(world)) > len(starts(world, "slow")) >= 1

    run(scenario())


def test_a_host_that_asked_for_an_hour_is_left_alone_for_an_hour(world: World, clocks: SimulatedClocks) -> None:
    only(world, every="5m")
    site = world.sites["hajnowka"]
    moments: list[datetime] = []

    def refuse() -> Answer:
        moments.append(clocks.now())
        return Answer(b"", 429, {"Retry-After": "3600"})

    site.pages["/"] = refuse

    async def scenario() -> None:
        async with running(world, clocks) as daemon:
            await settled(daemon, clocks, lambda: len(starts(world)) == 1)
            asked, first = len(site.requests), clocks.now()
            await until(daemon, clocks, first + timedelta(minutes=59))
            assert len(site.requests) == asked
            assert daemon.board.late == 0, "a site that is held off is not late"
            await until(daemon, clocks, first + timedelta(minutes=70))
            assert len(site.requests) > asked

    run(scenario())


def test_a_budget_of_requests_is_kept_and_written_turns_are_kept_too(world: World, clocks: SimulatedClocks) -> None:
    world.entries[0]["every"] = "6h"
    for number in range(3):
        world.add(f"free {number}", "municipal").put("/", QUIET)
    world.entries = [world.entries[0], *world.entries[2:]]
    world.more["watch"] = {"requests_per_day": 150, "jitter": 0}
    world.crawl["requests_per_visit"] = 20

    async def scenario() -> None:
        begun = clocks.now()
        async with running(world, clocks) as daemon:
            await until(daemon, clocks, begun + timedelta(days=2))
        with sqlite3.connect(world.folder / "zmpwatch.db") as database:
            rows = database.execute("SELECT site, started, requests FROM visits ORDER BY id").fetchall()
        free = [(datetime.fromisoformat(started), requests) for site, started, requests in rows if site != "zmp"]
        assert len(free) > 6
        for end, _ in free:
            assert sum(requests for moment, requests in free if timedelta() <= end - moment < timedelta(days=1)) <= 150
        assert len([site for site, *_ in rows if site == "zmp"]) in {8, 9}

    run(scenario())


def test_a_database_that_refuses_is_our_trouble_and_no_sites(
    world: World, clocks: SimulatedClocks, inbox: Receiver
) -> None:
    only(world, every="5m")

    async def scenario() -> None:
        async with running(world, clocks, busy_timeout=0.2) as daemon:
            await settled(daemon, clocks, lambda: len(starts(world)) == 1)
            with sqlite3.connect(world.folder / "zmpwatch.db", isolation_level=None) as other:
                other.execute("BEGIN EXCLUSIVE")
                await clocks.drive(
                    lambda: daemon.board.database is not None and not daemon.board.database.ok,
                    lambda: daemon.scheduler.busy,
                )
                assert not daemon.board.healthy
                await asyncio.to_thread(inbox.wait_for, 1, 30)
                other.execute("ROLLBACK")
            await clocks.drive(lambda: len(starts(world)) >= 2 and daemon.board.healthy, lambda: daemon.busy)
        (message,) = inbox.messages
        assert message.path == "/operator"
        assert "database" in message.title
        with sqlite3.connect(world.folder / "zmpwatch.db") as database:
            assert database.execute("SELECT DISTINCT verdict FROM visits").fetchall() in (
                [("ok",), ("unchanged",)],
                [("ok",)],
            )

    run(scenario())


def test_one_turn_that_can_not_be_told_keeps_no_other_site_waiting(
    world: World, clocks: SimulatedClocks, inbox: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = Timetable.turn

    def turn(self: Timetable, site: Any, last: datetime | None, now: datetime) -> Turn:
        if site.name == "zmp":
            raise KeyError("Europe/Warsav")
        return right(self, site, last, now)

    monkeypatch.setattr(Timetable, "turn", turn)

    async def scenario() -> None:
        async with running(world, clocks) as daemon:
            await settled(daemon, clocks, lambda: len(starts(world)) >= 3)
            assert daemon.board.healthy
        assert starts(world, "zmp") == []

    run(scenario())
    (message,) = inbox.messages
    assert "zmp" in message.body
    assert "Europe/Warsav" in message.body


def test_when_the_thread_that_crawls_dies_the_daemon_ends_so_that_it_is_started_anew(
    world: World, clocks: SimulatedClocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        async with running(world, clocks) as daemon:
            await settled(daemon, clocks, lambda: len(starts(world)) >= 1)
            monkeypatch.setattr(daemon_module, "crawler_alive", lambda: False)
            await clocks.drive(daemon.stop.is_set, lambda: daemon.busy)
            assert daemon.problem == "the thread that crawls has died"

    run(scenario())


def test_confirmations_come_as_far_apart_as_asked_and_the_alert_follows_the_last(
    world: World, clocks: SimulatedClocks, inbox: Receiver
) -> None:
    world.crawl["confirm_after"] = "10m"
    world.entries[0]["every"] = "30m"
    world.entries[1]["every"] = "12h"

    async def scenario() -> None:
        async with running(world, clocks) as daemon:
            await settled(daemon, clocks, lambda: daemon.board.cycles >= 1)
            changed = clocks.now()
            world.sites["zmp"].put("/", association_home(381))
            await clocks.drive(lambda: bool(inbox.messages), lambda: daemon.busy)
            told = clocks.now() - changed
            await until(daemon, clocks, clocks.now() + HOUR)
        assert timedelta(minutes=20) <= told <= timedelta(minutes=52)

    run(scenario())
    assert [message.title for message in inbox.messages] == ["ZMP: 373 → 381 (+8), nazw jeszcze nie znamy"]
    with sqlite3.connect(world.folder / "zmpwatch.db") as database:
        rows = database.execute("SELECT started FROM visits WHERE purpose = 'confirmation' ORDER BY id").fetchall()
    first, second = (datetime.fromisoformat(row[0]) for row in rows)
    assert second - first >= timedelta(minutes=10)


def test_the_history_is_proven_every_day_and_damage_is_told(
    world: World, clocks: SimulatedClocks, inbox: Receiver
) -> None:
    only(world, every="12h")
    world.entries.append({"name": "zmp", "family": "association", "url": world.sites["zmp"].url, "every": "7d"})

    async def scenario() -> None:
        async with running(world, clocks) as daemon:
            await settled(daemon, clocks, lambda: len(starts(world)) == 1)
            assert daemon.board.history is not None
            assert daemon.board.history.ok
            for page in (world.folder / "archive").rglob("*.zst"):
                page.unlink()
            end = clocks.now() + timedelta(hours=25)
            await until(daemon, clocks, end)
            assert not daemon.board.history.ok
            assert daemon.board.as_json()["status"] in {"degraded", "failing"}

    run(scenario())
    (message,) = inbox.messages
    assert message.path == "/operator"
    assert "history" in message.title

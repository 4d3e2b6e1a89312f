"""The dead man's switch: called while all is well, silent when anything is not."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest
from service.world import Answer, Site, World

from zmpwatch.alert import send
from zmpwatch.schedule.heartbeat import call_address
from zmpwatch.service.canary import CanaryResult, run_canary
from zmpwatch.service.replica import Receiver

from .inside import running
from .simulation import SimulatedClocks

FAILED = CanaryResult(1.0, ("the count read is None, not 381",))


@pytest.fixture
def clocks() -> SimulatedClocks:
    return SimulatedClocks()


@pytest.fixture
def switch(world: World) -> Iterator[Site]:
    """The service behind the heartbeat address; sites are visited every six hours."""
    for entry in world.entries:
        entry["every"] = "6h"
    service = Site()
    service.pages["/ping/0815"] = Answer(b"OK", headers={"Content-Type": "text/plain"})
    world.operator["heartbeat"] = f"{service.url}ping/0815"
    yield service
    service.close()


def watch(world: World, clocks: SimulatedClocks, span: timedelta, **more: object) -> dict[str, object]:
    """What /healthz shows after so much simulated time."""

    async def scenario() -> dict[str, object]:
        async with running(world, clocks, **more) as daemon:  # type: ignore[arg-type]
            await clocks.drive(lambda: daemon.board.cycles >= 1 and not daemon.busy, lambda: daemon.busy)
            end = clocks.now() + span
            await clocks.drive(lambda: clocks.now() >= end and not daemon.busy, lambda: daemon.busy)
            return daemon.board.as_json()

    return asyncio.run(scenario())


def test_it_is_called_after_a_healthy_cycle_with_the_result_of_the_test(
    world: World, switch: Site, clocks: SimulatedClocks
) -> None:
    state = watch(world, clocks, timedelta(minutes=1))
    ((path, headers),) = switch.requests
    assert path == "/ping/0815"
    assert headers["x-zmpwatch-canary"].startswith("ok; 3 pages")
    assert state["heartbeat"]["ok"]


def test_it_is_called_every_quarter_of_an_hour_while_nothing_is_due(
    world: World, switch: Site, clocks: SimulatedClocks
) -> None:
    watch(world, clocks, timedelta(hours=2, minutes=5))
    assert len(switch.requests) == 9


def test_it_is_silent_when_own_pages_do_not_come_through_and_the_operator_is_told_once(
    world: World, switch: Site, clocks: SimulatedClocks, inbox: Receiver
) -> None:
    state = watch(world, clocks, timedelta(minutes=50), canary=lambda: FAILED)
    assert switch.requests == []
    assert (state["status"], state["canary"]["ok"]) == ("degraded", False)
    (message,) = inbox.messages
    assert "end-to-end test" in message.title
    assert "the count read is None, not 381" in message.body


def test_it_is_silent_when_no_site_is_well(world: World, switch: Site, clocks: SimulatedClocks) -> None:
    for name in ("zmp", "hajnowka"):
        world.sites[name].put("/", "<p>500</p>", status=500)
    watch(world, clocks, timedelta(minutes=30))
    assert switch.requests == []


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        (Answer(b"", 500), "status 500"),
        (Answer(b"", 404), "status 404"),
        (Answer(b"", 302, {"Location": "/login"}), "status 302"),
        (Answer(b"OK"), None),
        (Answer(b"", 204), None),
    ],
    ids=["500", "404", "302", "200", "204"],
)
def test_what_counts_as_reached(switch: Site, answer: Answer, wrong: str | None) -> None:
    switch.pages["/ping/0815"] = answer
    switch.pages["/login"] = Answer(b"Log in")
    assert call_address(f"{switch.url}ping/0815", user_agent="zmpwatch/0", canary="ok") == wrong


def test_what_goes_wrong_is_told_without_the_address() -> None:
    assert call_address("http://127.0.0.1:1/ping/0815", user_agent="z", canary="ok") == "Connection refused"
    assert "0815" not in str(call_address("http://127.0.0.1:x/ping/0815", user_agent="z", canary="ok"))


def test_own_pages_come_through_the_whole_path() -> None:
    result = run_canary()
    assert result.problems == ()
    assert str(result).startswith("3 pages, ")


def test_a_path_that_is_broken_anywhere_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(send.sys, "executable", "/nonexistent/python")
    result = run_canary()
    assert result.problems == ("0 alerts came, not the one of 373 → 381",)

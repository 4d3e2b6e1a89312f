"""A task that fails, ends or falls silent: restarted, told of, shown."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from zmpwatch.schedule.board import Board
from zmpwatch.schedule.supervision import FORGIVEN_AFTER, LONGEST_PAUSE, Supervisor, Task

from .simulation import SimulatedClocks

Scenario = Callable[[Supervisor, SimulatedClocks, asyncio.Event, list[Task]], Awaitable[None]]


def supervise(scenario: Scenario) -> list[Task]:
    """Run a scenario; returns the failures that were told."""
    told: list[Task] = []

    async def run() -> None:
        clocks, stop = SimulatedClocks(), asyncio.Event()
        supervisor = Supervisor(clocks, stop, told.append)
        await scenario(supervisor, clocks, stop, told)
        stop.set()
        assert await supervisor.join(1.0)

    asyncio.run(run())
    return told


def test_a_task_that_fails_is_started_again_with_growing_pauses(caplog: pytest.LogCaptureFixture) -> None:
    starts: list[float] = []

    async def scenario(supervisor: Supervisor, clocks: SimulatedClocks, stop: asyncio.Event, told: list[Task]) -> None:
        async def work(_task: Task) -> None:
            starts.append(clocks.elapsed())
            raise ValueError("one bad time zone")

        task = supervisor.start("scheduler", work)
        await clocks.drive(lambda: len(starts) == 12)
        assert not task.healthy
        assert task.last_error == "ValueError: one bad time zone"
        assert task.restarts == 11

    told = supervise(scenario)
    pauses = [later - earlier for earlier, later in itertools.pairwise(starts)]
    assert pauses == pytest.approx([1, 2, 4, 8, 16, 32, 64, 128, 256, LONGEST_PAUSE, LONGEST_PAUSE])
    assert len(told) >= 11
    assert "one bad time zone" in caplog.text


def test_a_task_that_ends_by_itself_is_started_again(caplog: pytest.LogCaptureFixture) -> None:
    starts: list[float] = []

    async def scenario(supervisor: Supervisor, clocks: SimulatedClocks, stop: asyncio.Event, told: list[Task]) -> None:
        async def work(_task: Task) -> None:
            starts.append(clocks.elapsed())
            if len(starts) == 2:
                await stop.wait()

        task = supervisor.start("delivery", work)
        await clocks.drive(lambda: len(starts) == 2)
        assert task.healthy
        assert task.last_error == "ended by itself"

    assert len(supervise(scenario)) == 1


def test_failures_long_ago_are_forgiven() -> None:
    starts: list[float] = []

    async def scenario(supervisor: Supervisor, clocks: SimulatedClocks, stop: asyncio.Event, told: list[Task]) -> None:
        async def work(_task: Task) -> None:
            starts.append(clocks.elapsed())
            await clocks.wait(stop, FORGIVEN_AFTER + 1)
            if not stop.is_set():
                raise OSError("now and then")

        supervisor.start("web", work)
        await clocks.drive(lambda: len(starts) == 5)

    supervise(scenario)
    pauses = [later - earlier - FORGIVEN_AFTER - 1 for earlier, later in itertools.pairwise(starts)]
    assert pauses == pytest.approx([1, 1, 1, 1])


def test_a_task_that_falls_silent_makes_the_board_say_so() -> None:
    async def scenario(supervisor: Supervisor, clocks: SimulatedClocks, stop: asyncio.Event, told: list[Task]) -> None:
        board = Board("0", clocks, clocks.now(), tasks=supervisor.tasks)

        async def work(_task: Task) -> None:
            await stop.wait()

        async def tick(_task: Task) -> None:
            while not stop.is_set():
                _task.beat()
                await clocks.wait(stop, 30)

        supervisor.start("scheduler", work, patience=60.0)
        supervisor.start("delivery", tick, patience=60.0)
        begun = clocks.elapsed()
        await clocks.drive(lambda: clocks.elapsed() >= begun + 30)
        assert board.healthy
        await clocks.drive(lambda: clocks.elapsed() >= begun + 120)
        assert board.problems == ["the task scheduler is running: silent for 120 s"]
        assert board.as_json()["status"] == "failing"

    assert supervise(scenario) == []


def test_whoever_is_told_may_fail_too(caplog: pytest.LogCaptureFixture) -> None:
    async def run() -> int:
        clocks, stop, starts = SimulatedClocks(), asyncio.Event(), []

        def told(_task: Task) -> None:
            raise RuntimeError("nobody listens")

        supervisor = Supervisor(clocks, stop, told)

        async def work(_task: Task) -> None:
            starts.append(1)
            raise ValueError

        supervisor.start("x", work)
        await clocks.drive(lambda: len(starts) == 3)
        stop.set()
        await supervisor.join(1.0)
        return len(starts)

    with caplog.at_level(logging.ERROR):
        assert asyncio.run(run()) == 3
    assert "nobody listens" in caplog.text


def test_what_does_not_end_in_time_is_cancelled() -> None:
    async def run() -> bool:
        clocks, stop = SimulatedClocks(), asyncio.Event()
        supervisor = Supervisor(clocks, stop, lambda _: None)

        async def work(_task: Task) -> None:
            await asyncio.sleep(3600)

        supervisor.start("deaf", work)
        await asyncio.sleep(0)
        stop.set()
        return await supervisor.join(0.05)

    assert asyncio.run(run()) is False


def test_the_simulated_clocks_themselves() -> None:
    async def run() -> None:
        clocks, never = SimulatedClocks(), asyncio.Event()
        begun, wall = clocks.elapsed(), clocks.now()
        waits = [asyncio.ensure_future(clocks.wait(never, seconds)) for seconds in (30, 10, 20)]
        await clocks.drive(lambda: all(wait.done() for wait in waits))
        assert clocks.elapsed() - begun == 30
        assert timedelta(seconds=30) <= clocks.now() - wall < timedelta(seconds=31)

    asyncio.run(run())

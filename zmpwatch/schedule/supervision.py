"""Every task of the daemon is watched: one that fails, or ends by itself, is started again and told of.

A scheduler that died of one bad value, in a process that looks healthy, is the worst way for a monitor to fail: nothing
is visited any more, and nobody hears of it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from zmpwatch.schedule.clocks import Clocks

__all__ = ["Supervisor", "Task", "Work"]

logger = logging.getLogger(__name__)

LONGEST_PAUSE = 300.0
"""Seconds before a task that fails again and again is tried again, at most; the first time it is one second."""

FORGIVEN_AFTER = 600.0
"""Seconds a task must run for its earlier failures to be forgotten."""


@dataclass(slots=True)
class Task:
    """What is known of one task. It shows that it is alive by calling `beat` at least every `patience` seconds."""

    name: str
    patience: float
    clocks: Clocks = field(repr=False)
    state: str = "starting"
    restarts: int = 0
    last_error: str | None = None
    failed_at: datetime | None = None
    last_beat: float = 0.0

    def beat(self) -> None:
        """Show that the task is alive."""
        self.last_beat = self.clocks.elapsed()

    @property
    def silence(self) -> float:
        """Seconds since it last showed that it is alive."""
        return self.clocks.elapsed() - self.last_beat

    @property
    def healthy(self) -> bool:
        """Whether it runs and has shown so lately."""
        return self.state == "running" and self.silence <= self.patience


Work = Callable[[Task], Awaitable[None]]


class Supervisor:
    """Runs tasks side by side until `stop` is set.

    `on_failure` is called with each task that failed, after it was logged; what it raises is logged, too.
    """

    def __init__(self, clocks: Clocks, stop: asyncio.Event, on_failure: Callable[[Task], None]) -> None:
        self._clocks, self._stop, self._on_failure = clocks, stop, on_failure
        self.tasks: dict[str, Task] = {}
        self._running: dict[str, asyncio.Task[None]] = {}

    def start(self, name: str, work: Work, *, patience: float = 120.0) -> Task:
        """Run a task from now on, for as long as the daemon runs."""
        task = self.tasks[name] = Task(name, patience, self._clocks)
        task.beat()
        self._running[name] = asyncio.create_task(self._keep(task, work), name=name)
        return task

    async def _keep(self, task: Task, work: Work) -> None:
        failures = 0
        while not self._stop.is_set():
            begun = self._clocks.elapsed()
            task.state = "running"
            task.beat()
            try:
                await work(task)
                error = "ended by itself"
            except Exception as raised:
                error = f"{type(raised).__name__}: {raised}"
                if not self._stop.is_set():
                    logger.exception("the task %s failed", task.name, extra={"task": task.name})
            if self._stop.is_set():
                break
            failures = 1 if self._clocks.elapsed() - begun > FORGIVEN_AFTER else failures + 1
            pause = min(2.0 ** (failures - 1), LONGEST_PAUSE)
            task.state, task.last_error, task.failed_at = "restarting", error, self._clocks.now()
            logger.error(
                "the task %s is started again in %.0f s: %s", task.name, pause, error, extra={"task": task.name}
            )
            self._told(task)
            await self._clocks.wait(self._stop, pause)
            task.restarts += 1
        task.state = "stopped"

    def _told(self, task: Task) -> None:
        try:
            self._on_failure(task)
        except Exception:
            # whoever is told of a failure must not bring the supervision down with it
            logger.exception("the failure of %s could not be told", task.name)

    async def join(self, seconds: float) -> bool:
        """Wait for all tasks to end, once `stop` is set; those that do not in time are cancelled (False)."""
        running = set(self._running.values())
        if not running:
            return True
        _done, late = await asyncio.wait(running, timeout=seconds)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late, timeout=0.1)
        return not late

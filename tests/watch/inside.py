"""A daemon in this process, on clocks the test moves; sites, database and receivers are real."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from unittest.mock import patch

from service.world import World
from waiting import until

from zmpwatch.config import load_config
from zmpwatch.schedule import courier
from zmpwatch.schedule.daemon import Daemon
from zmpwatch.service.canary import CanaryResult
from zmpwatch.store import Store

from .simulation import SimulatedClocks

PASSED = CanaryResult(0.0, ())
"""The real test has tests of its own; here it would only cost time."""


@asynccontextmanager
async def running(
    world: World,
    clocks: SimulatedClocks,
    *,
    canary: Callable[[], CanaryResult] = lambda: PASSED,
    busy_timeout: float = 10.0,
) -> AsyncIterator[Daemon]:
    """A daemon that watches the world until the block ends."""
    config = load_config(world.write(), {})
    with (
        # so that a day does not cost thousands of looks into an outbox of which every change is told anyway
        patch.object(courier, "LOOK_AGAIN", 900.0),
        Store.open(config.database, config.archive, busy_timeout=busy_timeout) as store,
        store.exclusive(),
    ):
        daemon = Daemon(config, store, lambda: load_config(world.write(), {}), clocks=clocks, canary=canary, web=False)
        life = asyncio.ensure_future(daemon.serve())
        try:
            await until(lambda: "scheduler" in daemon.supervisor.tasks or life.done(), what="it watches")
            yield daemon
        finally:
            daemon.stop.set()
            await life
            await until(lambda: not (daemon.courier.busy or daemon.heartbeat.busy), what="all is sent")

"""A crawl that is told to stop, or whose lock another has taken, stops soon and leaves everything whole."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from alert.servers import Receiver as Hook
from waiting import wait_until

from zmpwatch.errors import DatabaseLocked
from zmpwatch.model import DeliveryState
from zmpwatch.service import holding
from zmpwatch.service.crawling import crawl
from zmpwatch.service.opening import open_store
from zmpwatch.service.replica import Receiver
from zmpwatch.store.lock import exclusive_on_file

from .conftest import Crawl
from .test_crawling import publish_admission
from .world import Answer, World, association_home

SOON = 10.0
"""Seconds; less than one on a machine with nothing else to do, half a minute where a silent receiver is waited for."""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_crawl_that_delivers_to_a_silent_receiver_stops_soon(
    world: World, run: Crawl, hook: Hook, number: signal.Signals
) -> None:
    world.subscribers = [{"name": "redakcja", "to": [hook.url("hang")]}]
    run()
    publish_admission(world)
    command = [sys.executable, "-m", "zmpwatch", "-c", str(world.write()), "crawl"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        wait_until(lambda: bool(hook.taken) or process.poll() is not None, what="the receiver is asked")
        assert process.poll() is None
        pressed = time.monotonic()
        process.send_signal(number)
        _, said = process.communicate(timeout=90)
    assert time.monotonic() - pressed < SOON
    assert process.returncode == 130
    assert "interrupted" in said
    assert "Traceback" not in said
    with open_store(world.config()) as store:
        rows = store.deliveries()
    assert {(row.state, row.attempts, row.last_result) for row in rows} == {
        (DeliveryState.UNKNOWN, 1, "unknown: stopped while it was being sent")
    }

    # what may have arrived comes again under the same key, word for word
    hook.released.set()
    retried = [sys.executable, "-m", "zmpwatch", "-c", str(world.write()), "notify", "retry"]
    subprocess.run(retried, check=False, stdout=subprocess.DEVNULL)
    first, second = hook.taken
    assert first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"]
    assert first.body == second.body


def _thieve(database: Path, until: threading.Event, ready: threading.Event) -> None:
    """Another process removed the lock's file, and holds one of the same name."""
    database.with_name(database.name + ".lock").unlink()
    with exclusive_on_file(database):
        ready.set()
        until.wait(60)


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "SURE_FOR", 0.05)


@pytest.mark.usefixtures("often")
def test_a_crawl_whose_lock_another_has_taken_ends_and_tells_nobody(
    world: World, run: Crawl, inbox: Receiver, tmp_path: Path
) -> None:
    run()
    publish_admission(world)
    done, ready = threading.Event(), threading.Event()

    def steal() -> Answer:
        if not ready.is_set():
            thief = threading.Thread(target=_thieve, args=(database, done, ready))
            thief.start()
            stack.callback(thief.join)
            stack.callback(done.set)
            ready.wait(10)
            time.sleep(0.5)  # time enough for the crawl to look after its lock
        return Answer(association_home(381, names="HAJNÓWKA").encode())

    database = Path(world.config().database.removeprefix("sqlite:///"))
    world.sites["zmp"].pages["/"] = steal
    with ExitStack() as stack, pytest.raises(DatabaseLocked, match="was lost, and another zmpwatch has it now"):
        run()
    assert inbox.messages == ()
    with open_store(world.config()) as store:
        assert store.changes() == []
        belief = store.count_belief("zmp")
        assert belief is not None
        assert belief.members == 373


@pytest.mark.usefixtures("often")
def test_a_lock_that_nobody_took_is_ours_again(
    world: World, run: Crawl, inbox: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    run()
    publish_admission(world)
    lock = Path(world.config().database.removeprefix("sqlite:///") + ".lock")

    def lose() -> Answer:
        lock.unlink(missing_ok=True)
        wait_until(lock.exists, what="the lock is taken again")
        return Answer(association_home(381, names="HAJNÓWKA").encode())

    world.sites["zmp"].pages["/"] = lose
    run()
    assert "the lock on the database was lost, and is ours again" in caplog.text
    assert len(inbox.messages) == 1
    assert lock.exists()


def test_a_crawl_told_to_stop_delivers_nothing_and_loses_nothing(world: World, run: Crawl, inbox: Receiver) -> None:
    """What was put into the outbox before is still there."""
    run()
    publish_admission(world)
    config = world.config()
    world.later(hours=1)

    async def stopped() -> None:
        stop = asyncio.Event()
        stop.set()
        with open_store(config) as store:
            await crawl(config, store, world.clock, stop=stop)

    asyncio.run(stopped())
    assert inbox.messages == ()
    run()
    assert len(inbox.messages) == 1

"""From the change on the site to the alert at the endpoint, through a running daemon.

::

    .venv/bin/python bench/latency.py             # writes bench/results/latency.json

Two figures. *Simulated*: the association's counter changes at a random moment while the daemon visits the site
``every: 30m`` with two confirmations ten minutes apart; the clocks are simulated; the sites, the database, the reader,
Apprise and the endpoint are real. *Wall*: from the moment the page with the deciding statement is served until the
endpoint has the message, on this machine's clock; nothing is simulated there but the waits before.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from service.world import Answer, World, association_home
from watch.inside import running
from watch.simulation import SimulatedClocks

from zmpwatch.service.replica import Receiver

RESULTS = Path(__file__).parent / "results" / "latency.json"
EVERY, CONFIRM_AFTER = "30m", "10m"


class Counter:
    """The association's home page, which notes when it last served the number."""

    def __init__(self) -> None:
        self.members = 373
        self.served = 0.0

    def __call__(self) -> Answer:
        body = association_home(self.members)
        document = f"<!doctype html><html lang=pl><head><title>ZMP</title></head><body>{body}</body></html>"
        self.served = time.monotonic()
        return Answer(document.encode())


async def changes(world: World, inbox: Receiver, counter: Counter, runs: int, chance: random.Random) -> list[dict]:
    clocks, measured = SimulatedClocks(), []
    async with running(world, clocks) as daemon:
        await clocks.drive(lambda: daemon.board.cycles >= 1, lambda: daemon.busy)
        for _ in range(runs):
            pause = clocks.now() + timedelta(minutes=chance.uniform(5, 90))
            await clocks.drive(lambda pause=pause: clocks.now() >= pause and not daemon.busy, lambda: daemon.busy)
            counter.members += chance.choice([-1, 1, 2, 3])
            before, changed = len(inbox.messages), clocks.now()
            arrived = asyncio.ensure_future(asyncio.to_thread(_arrival, inbox, before + 1))
            await clocks.drive(arrived.done, lambda: daemon.busy, real_seconds=120.0)
            measured.append(
                {
                    "simulated_minutes": (clocks.now() - changed) / timedelta(minutes=1),
                    "wall_seconds": arrived.result() - counter.served,
                }
            )
            print(json.dumps(measured[-1]), flush=True)
    return measured


def _arrival(inbox: Receiver, number: int) -> float:
    if not inbox.wait_for(number, 600.0):
        raise AssertionError("no alert came")
    return time.monotonic()


def spread(values: list[float]) -> dict[str, float]:
    ordered = sorted(values)
    return {
        "median": round(statistics.median(ordered), 3),
        "p90": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.9))], 3),
        "max": round(ordered[-1], 3),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--seed", type=int, default=2027)
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    load = os.getloadavg()[0]
    counter = Counter()
    with tempfile.TemporaryDirectory() as folder, Receiver() as inbox, World(Path(folder)) as world:
        world.add("zmp", "association", every=EVERY).pages["/"] = counter
        world.crawl |= {"confirmations": 2, "confirm_after": CONFIRM_AFTER}
        world.subscribers = [{"name": "redakcja", "to": [inbox.url("redakcja")]}]
        measured = asyncio.run(changes(world, inbox, counter, options.runs, random.Random(options.seed)))
        messages = len(inbox.messages)
    figures = {
        "runs": options.runs,
        "alerts": messages,
        "every": EVERY,
        "confirmations": 2,
        "confirm_after": CONFIRM_AFTER,
        "change_to_alert_minutes": spread([run["simulated_minutes"] for run in measured]),
        "statement_to_delivery_seconds": spread([run["wall_seconds"] for run in measured]),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
        "load_average": [round(load, 1), round(os.getloadavg()[0], 1)],
    }
    print(json.dumps(figures))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0 if messages == options.runs and figures["statement_to_delivery_seconds"]["median"] <= 1.0 else 1


if __name__ == "__main__":
    raise SystemExit(main())

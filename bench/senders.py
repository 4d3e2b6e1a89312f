"""kill -9 of a process that delivers alerts, many times over: is an alert lost, and how often is one repeated?

::

    .venv/bin/python bench/senders.py --kills 120

Each round puts changes for two web hooks into the outbox and lets a process of its own deliver them, which is killed at
a random moment; further processes, five minutes and more apart on the clock they are given, go on until nothing waits.
The hooks keep what they took with its Idempotency-Key. Writes bench/results/senders.json; ends with status 1 when an
alert was lost, a message was repeated with another key or mixed with other news, or an address got more repetitions
than there were kills.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from alert.servers import Receiver, receiver

from zmpwatch.alert.leasing import LEASE, OPEN
from zmpwatch.alert.subscriptions import Subscription
from zmpwatch.model import Association, Change, ChangeKind
from zmpwatch.register import load_register
from zmpwatch.service.delivering import deliver
from zmpwatch.service.outbox import Outbox
from zmpwatch.store import Store

ZMP = Association(key="zmp", name="Związek Miast Polskich", short="ZMP")
BEGIN = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
QUIET = 3.0
"""Seconds without a message after which no orphan is sending any more."""
RESULT = Path(__file__).parent / "results" / "senders.json"


def box(urls: list[str]) -> Outbox:
    people = [Subscription(f"hook-{number}", (url,)) for number, url in enumerate(urls)]
    return Outbox(people, (), load_register(), hold_above=0)


def child(folder: Path, now: datetime, urls: list[str]) -> None:
    """Deliver once, as a process of its own."""
    with Store.open(f"sqlite:///{folder / 'zmpwatch.db'}", folder / "archive") as store:
        print("ready", flush=True)
        deliver(store, box(urls), ZMP, now)


def run(folder: Path, now: datetime, urls: list[str], pause: float | None) -> bool:
    """Let a child deliver; kill it after `pause` seconds. Returns whether it was killed before it was done."""
    command = [sys.executable, __file__, "--child", str(folder), now.isoformat(), *urls]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        if pause is not None:
            timer = threading.Timer(pause, process.kill)
            timer.start()
        process.wait(120)
        if pause is not None:
            timer.cancel()
    return process.returncode != 0


def changes(number: int, now: datetime) -> list[Change]:
    """One to four changes of one round, each known by a word of its own."""
    return [
        Change(
            ChangeKind.RESOLVED,
            now,
            f"{number}:{which}",
            municipality=f"Miejscowość{number}x{which}y",
            after={"kind": "accession", "stage": "resolved"},
        )
        for which in range(1 + number % 4)
    ]


def rounds(kills: int, moments: random.Random, hook: Receiver, folder: Path) -> tuple[int, int, int]:
    """Returns how many children were killed in time, changes put, and children run."""
    urls = [hook.url(f"{name}/200") for name in ("a", "b")]
    now, killed, put, ran = BEGIN, 0, 0, 0
    with Store.open(f"sqlite:///{folder / 'zmpwatch.db'}", folder / "archive") as store:
        number = 0
        while killed < kills:
            with store.write() as tx:
                stored = [kept for change in changes(number, now) if (kept := tx.add_change(change))]
                box(urls).enqueue(tx, stored, now)
            put += len(stored)
            number += 1
            while store.deliveries(states=OPEN):
                again = killed < kills
                killed += run(folder, now, urls, moments.uniform(0.0, 1.3) if again else None)
                ran += 1
                # the orphan of a killed child may still be sending
                time.sleep(0.05)
                now += LEASE + timedelta(minutes=20)
    return killed, put, ran


def let_settle(hook: Receiver) -> None:
    """Wait until nothing has come for a while: nothing tells when the orphans of killed children have ended."""
    taken = -1
    while taken != len(hook.taken):
        taken = len(hook.taken)
        time.sleep(QUIET)


def judged(hook: Receiver, put: int) -> tuple[dict[str, int], list[str]]:
    """What the hooks took: figures, and what must not be."""
    problems: list[str] = []
    repeated = []
    for name in ("a", "b"):
        taken = hook.at(f"{name}/200")
        messages = Counter(one.headers["Idempotency-Key"] for one in taken)
        repeated.append(sum(times - 1 for times in messages.values()))
        by_key: dict[str, set[str]] = {}
        told: Counter[str] = Counter()
        for one in taken:
            by_key.setdefault(one.headers["Idempotency-Key"], set()).add(one.body["message"])
        for key, texts in by_key.items():
            if len(texts) != 1:
                problems.append(f"key {key[:12]} came with {len(texts)} different messages")
            words = " ".join(texts).split()
            told.update({word.strip("*.,") for word in words if word.startswith("Miejscowość")})
        if len(told) != put:
            problems.append(f"{name}: {put - len(told)} of {put} changes were never told")
        twice = [word for word, times in told.items() if times > 1]
        if twice:
            problems.append(f"{name}: told under two keys: {', '.join(twice[:5])}")
    return {"messages": len(hook.taken), "repeated_most": max(repeated), "repeated": sum(repeated)}, problems


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=120)
    parser.add_argument("--seed", type=int, default=20250307)
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        folder, now, *urls = options.child
        child(Path(folder), datetime.fromisoformat(now), urls)
        return 0
    begun = time.monotonic()
    with receiver() as hook, tempfile.TemporaryDirectory() as name:
        killed, put, ran = rounds(options.kills, random.Random(options.seed), hook, Path(name))
        let_settle(hook)
        figures, problems = judged(hook, put)
    figures = {"kills": killed, "processes": ran, "changes": put, "addresses": 2, **figures}
    if figures["repeated_most"] > killed:
        problems.append(f"{figures['repeated_most']} messages repeated to one address after {killed} kills")
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps({**figures, "problems": problems}, indent=1) + "\n", encoding="utf-8")
    print(f"{figures}; {len(problems)} problems; {time.monotonic() - begun:.0f} s")
    for problem in problems:
        print(problem)
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())

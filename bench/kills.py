"""kill -9 of a process that stores visits, many times over: is an acknowledged row lost, is a visit there by half?

::

    .venv/bin/python bench/kills.py --kills 200

Each round writes visits with all that hangs on them (page, statements, chain, change, delivery, belief) in a process of
its own, acknowledges each on a pipe once it is kept, and kills the process at a random moment. Prints one line of
figures; ends with status 1 when anything was lost, torn or damaged.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from store.factories import HALF_VISITS
from store.processes import start

from zmpwatch.store import Store


def one_round(database: Path, begin: int, pause: float) -> list[int]:
    """Write from `begin` on, kill after a while; return what was acknowledged."""
    child = start("write_for_ever", database, str(begin))
    assert child.stdout is not None
    first = child.stdout.readline()
    timer = threading.Timer(pause, child.kill)
    timer.start()
    try:
        rest, _ = child.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        child.kill()
        raise
    return [int(line) for line in (first + rest).splitlines(keepends=True) if line.endswith("\n")]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20250307)
    parser.add_argument("--output", type=Path, help="write the figures there, as JSON")
    options = parser.parse_args()
    moments = random.Random(options.seed)
    begun = time.monotonic()
    acknowledged: set[int] = set()
    problems: list[str] = []
    beyond = 0
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "zmpwatch.db"
        for number in range(options.kills):
            of_round = one_round(database, number * 100_000, moments.uniform(0.0, 0.3))
            acknowledged.update(of_round)
            with Store.open(f"sqlite:///{database}", Path(folder) / "archive") as store:
                problems += store.check(thorough=True)
                mode = store.describe()["journal_mode"]
        raw = sqlite3.connect(database)
        kept = {int(cycle) for (cycle,) in raw.execute("SELECT cycle FROM visits")}
        half = len(raw.execute(HALF_VISITS).fetchall())
        raw.close()
        with Store.open(f"sqlite:///{database}", Path(folder) / "archive") as store:
            found = store.verify()
    problems += found.problems
    lost = acknowledged - kept
    beyond = len(kept - acknowledged)
    print(
        f"journal {mode}, SQLite {sqlite3.sqlite_version}: {options.kills} kills, {len(acknowledged):,} visits "
        f"acknowledged, {len(lost)} lost, {half} there by half, {len(problems)} problems, "
        f"{beyond} kept beyond the last acknowledgement; chain of {found.rows:,} rows and "
        f"{found.archived:,} archived pages whole; {time.monotonic() - begun:.0f} s"
    )
    figures = {
        "sqlite": sqlite3.sqlite_version,
        "journal_mode": mode,
        "kills": options.kills,
        "acknowledged": len(acknowledged),
        "lost": len(lost),
        "by_half": half,
        "problems": len(problems),
        "kept_beyond": beyond,
        "chain_rows": found.rows,
        "archived_pages": found.archived,
        "seconds": round(time.monotonic() - begun),
    }
    if options.output:
        options.output.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    for problem in problems[:20]:
        print(problem)
    return 1 if lost or half or problems else 0


if __name__ == "__main__":
    sys.exit(main())

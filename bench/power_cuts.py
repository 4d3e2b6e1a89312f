"""Simulated power cuts: does a visit get lost that was acknowledged, is one there by half, is the database damaged?

::

    .venv/bin/python bench/power_cuts.py --cuts 400

The SQL of real stores is recorded and run on a simulated disk (`tests/store/disk.py` tells the model), in the journal
modes zmpwatch uses and, to show that the model bites, in two that must break. Every cut is opened and checked by the
real store: SQLite's integrity check, foreign keys, hash chain, all visits acknowledged, none by half. Ends with status
1 when a mode of ours lost anything, or when the calibration did not.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from random import Random

import apsw

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from store.disk import Cut, Disk, connect, put_down, record, run, what_is_wrong
from store.factories import store_visit

from zmpwatch.errors import ZmpwatchError

RUNS = (
    ("delete", "EXTRA", True),
    ("wal", "FULL", True),
    ("delete", "FULL", False),
    ("delete", "OFF", False),
)
"""Journal mode, synchronous, and whether it is ours: those that are not must lose or tear something."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cuts", type=int, default=400)
    parser.add_argument("--commits", type=int, default=300)
    parser.add_argument("--seed", type=int, default=20250307)
    parser.add_argument("--output", type=Path, help="write the figures there, as JSON")
    options = parser.parse_args()
    told: list[dict[str, object]] = []
    wrong = False
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        left = folder / "left"
        left.mkdir()
        schema, scripts = record(
            folder,
            [lambda store, number=number: store_visit(store, number) for number in range(1, options.commits + 1)],
        )
        print(f"SQLite {apsw.sqlite_lib_version()}, {options.commits} commits, {options.cuts} cuts each", flush=True)
        for mode, synchronous, ours in RUNS:
            begun = time.monotonic()
            disk = Disk(f"{mode} {synchronous}")
            connection = connect(disk, mode, synchronous)
            run(connection, schema)
            begin = len(disk.log)
            for number, script in enumerate(scripts, 1):
                run(connection, script)
                disk.log.append(("acknowledged", number))
            cut = Cut(list(disk.log), Random(options.seed))
            connection.close()
            disk.unregister()
            chance = Random(options.seed + 1)
            lost = torn = damaged = 0
            for moment in sorted(chance.sample(range(begin, len(cut.log)), options.cuts)):
                cut.forward(moment)
                try:
                    problems = what_is_wrong(put_down(left, cut.left()), folder / "archive", cut.acknowledged)
                except ZmpwatchError as error:
                    problems = [f"damaged: {error}"]
                lost += any(problem.startswith("lost") for problem in problems)
                torn += any(problem.startswith("by half") for problem in problems)
                damaged += any(not problem.startswith(("lost", "by half")) for problem in problems)
            print(
                f"{mode:7}{synchronous:6}{lost:4} cuts lost acknowledged visits, {torn} left one by half, {damaged} "
                f"damaged the database; {disk.syncs:,} syncs; {time.monotonic() - begun:.0f} s"
                f"{'' if ours else ' (calibration: must break)'}",
                flush=True,
            )
            told.append(
                {
                    "journal_mode": mode,
                    "synchronous": synchronous,
                    "calibration": not ours,
                    "lost": lost,
                    "by_half": torn,
                    "damaged": damaged,
                    "syncs": disk.syncs,
                    "seconds": round(time.monotonic() - begun),
                }
            )
            wrong |= bool(lost or torn or damaged) is ours
    if options.output:
        figures = {
            "sqlite": apsw.sqlite_lib_version(),
            "commits": options.commits,
            "cuts": options.cuts,
            "runs": told,
        }
        options.output.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

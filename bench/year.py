"""A simulated year: 500 true changes, one observation in twenty faulty; is all of it told, soon, and nothing else?

::

    nice .venv/bin/python bench/year.py                       # 365 days, 125 towns: minutes
    nice .venv/bin/python bench/year.py --days 60 --towns 20

The whole path runs against servers on loopback, with a virtual clock (`tests/year`). Prints the figures; ends with
status 1 when a change was missed, told late (after more than two further visits) or false.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from year.faults import FAULTS
from year.simulation import Year, simulate

LATEST = 1 + 2
"""Clean visits until a change is told: the one that finds it, and two confirmations."""


def main() -> int:
    """Live through the year and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--towns", type=int, default=125, help="four changes each")
    parser.add_argument("--pace", type=int, default=14, help="days between the steps of a town")
    parser.add_argument("--seed", type=int, default=20250307)
    parser.add_argument("--output", type=Path, help="write the figures there, as JSON")
    options = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        outcome = simulate(Year(options.days, options.towns, options.seed, options.pace), Path(folder))
    figures = {
        "days": options.days,
        "changes": outcome.changes,
        "found": outcome.found,
        "false": [f"{one.kind} {one.municipality or ''} {one.after}" for one in outcome.false],
        "missed": [f"{one.kind} {one.teryt or one.members} {one.day}" for one in outcome.missed],
        "told_after_clean_visits": dict(sorted(outcome.late.items())),
        "observations": outcome.observations,
        "faulty": sum(outcome.faults.values()),
        "kinds_of_fault": f"{len(outcome.faults)} of {len(FAULTS)}",
        "operator": dict(outcome.operator),
        "seconds": round(time.monotonic() - begun),
    }
    print(json.dumps(figures, indent=2, ensure_ascii=False))
    if options.output:
        options.output.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    well = not outcome.false and not outcome.missed and outcome.latest <= LATEST
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())

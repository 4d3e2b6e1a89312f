"""kill -9 in the middle of writing: what was acknowledged is there, and none by half (docs/faults.md 93)."""

import random
import signal
import sqlite3
import threading
from pathlib import Path

from zmpwatch.store import Store

from .processes import start

KILLS = 20


def one_run(database: Path, begin: int, pause: float) -> list[int]:
    """Write from `begin` on, kill after a while; return the numbers that were acknowledged."""
    child = start("write_for_ever", database, str(begin))
    assert child.stdout is not None
    first = child.stdout.readline()
    threading.Timer(pause, child.kill).start()
    said, _ = child.communicate(timeout=60)
    assert child.returncode == -signal.SIGKILL
    return [int(line) for line in (first + said).splitlines(keepends=True) if line.endswith("\n")]


def test_nothing_acknowledged_is_lost_and_nothing_is_half_there(database: Path) -> None:
    moments = random.Random(20250307)
    acknowledged: list[int] = []
    for number in range(KILLS):
        acknowledged += one_run(database, number * 100_000, moments.uniform(0.0, 0.2))
        with Store.open(f"sqlite:///{database}", database.with_name("archive")) as store:
            assert store.check(thorough=True) == []
    assert len(acknowledged) >= KILLS
    raw = sqlite3.connect(database)
    whole = raw.execute(
        """
        SELECT visits.cycle,
               (SELECT count(*) FROM snapshots WHERE visit_id = visits.id),
               (SELECT count(*) FROM sightings WHERE visit_id = visits.id),
               (SELECT count(*) FROM snapshots JOIN statements ON snapshot_id = snapshots.id
                WHERE visit_id = visits.id),
               (SELECT count(*) FROM changes WHERE dedup_key = cycle),
               (SELECT count(*) FROM changes JOIN change_evidence ON change_id = id WHERE dedup_key = cycle),
               (SELECT count(*) FROM changes JOIN deliveries ON change_id = changes.id WHERE dedup_key = cycle)
        FROM visits
        """
    ).fetchall()
    totals = {
        name: raw.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        for name in ("snapshots", "sightings", "readings", "changes", "change_evidence", "deliveries")
    }
    raw.close()
    assert {row[1:] for row in whole} == {(1, 1, 2, 1, 1, 1)}
    assert set(acknowledged) <= {int(row[0]) for row in whole}
    assert set(totals.values()) == {len(whole)}, "no row without its visit"
    with Store.open(f"sqlite:///{database}", database.with_name("archive")) as store:
        for snapshot in store.snapshots():
            assert store.archive.get(snapshot.sha256)
        belief = store.count_belief("zmp")
        assert belief is not None
        assert belief.members == max(int(row[0]) for row in whole), "the belief is of the last transaction kept"

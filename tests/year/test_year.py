"""A short simulated year; the whole one is bench/year.py."""

from pathlib import Path

from .faults import FAULTS
from .simulation import Year, simulate

SHORT = Year(days=34, towns=4, seed=11, pace=4, faulty=0.1)


def test_all_true_changes_are_told_soon_and_nothing_else(tmp_path: Path) -> None:
    outcome = simulate(SHORT, tmp_path)
    assert outcome.false == []
    assert outcome.missed == []
    assert outcome.found == outcome.changes == 4 * SHORT.towns
    assert outcome.latest <= 1 + 2, outcome.late
    assert sum(outcome.faults.values()) >= 5, "without faults there is nothing to withstand"


def test_there_are_many_ways_to_be_faulty() -> None:
    assert len(FAULTS) >= 50

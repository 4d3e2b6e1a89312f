"""What Prometheus reads of a board."""

from __future__ import annotations

from zmpwatch.schedule.board import Board, Outcome
from zmpwatch.schedule.metrics import Metrics

from .simulation import SimulatedClocks


def gauges(board: Board) -> dict[str, float]:
    lines = Metrics(board).text().decode().splitlines()
    told = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    return {name: float(value) for name, value in told}


def test_how_a_test_went_is_told_when_there_was_one() -> None:
    clocks = SimulatedClocks()
    board = Board("0.1", clocks, clocks.now())
    before = gauges(board)
    assert not {"zmpwatch_canary_ok", "zmpwatch_heartbeat_ok"} & before.keys()
    assert before["zmpwatch_canary_timestamp_seconds"] == 0
    assert before["zmpwatch_config_ok"] == 1
    at = clocks.now()
    board.canary, board.heartbeat = Outcome(False, at, "no answer"), Outcome(True, at, "called")
    after = gauges(board)
    assert (after["zmpwatch_canary_ok"], after["zmpwatch_heartbeat_ok"]) == (0, 1)
    assert after["zmpwatch_canary_timestamp_seconds"] == at.timestamp()

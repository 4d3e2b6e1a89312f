"""What Prometheus reads: counters of what was done, gauges of how things stand."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from zmpwatch.model import Verdict, Visit
from zmpwatch.schedule.board import Board, Outcome
from zmpwatch.service.delivering import DeliveryReport

__all__ = ["Metrics"]


class _Gauges(Collector):
    """Reads the board when it is asked: a gauge that nobody updates any more would look healthy for ever."""

    def __init__(self, board: Board) -> None:
        self._board = board

    def collect(self) -> Iterable[Metric]:
        board = self._board
        now = board.clocks.now()
        for name, text, value in (
            ("up", "1 while the watch itself works, 0 while /healthz says 503.", float(board.healthy)),
            ("start_time_seconds", "When the daemon was started (Unix time).", board.started.timestamp()),
            ("sites_watched", "Sites that are watched.", board.sites),
            ("sites_due", "Sites whose turn has come and that wait for room.", board.due),
            ("sites_running", "Visits under way.", len(board.running)),
            ("late_seconds", "How long the site that is due and waits longest has waited for room.", board.late),
            ("requests_last_24_hours", "Requests sent in the last 24 hours, as far as known.", board.requests_today),
            ("config_ok", "0 when config.yaml could not be read anew.", _ok(board.config)),
            ("database_ok", "0 while the database refuses.", _ok(board.database)),
        ):
            yield _gauge(name, text, float(value))
        for name, text, outcome in (
            ("canary_ok", "1 when the last end-to-end test passed; absent before the first one.", board.canary),
            ("heartbeat_ok", "1 when the heartbeat address was reached last time; absent before.", board.heartbeat),
        ):
            if outcome is not None:
                yield _gauge(name, text, float(outcome.ok))
        for name, text, moment in (
            (
                "last_cycle_timestamp_seconds",
                "When the last cycle was judged (Unix time), or 0.",
                _cycle_end(board),
            ),
            (
                "canary_timestamp_seconds",
                "When the last end-to-end test ended (Unix time), or 0.",
                _at(board.canary),
            ),
            (
                "heartbeat_timestamp_seconds",
                "When the heartbeat address was tried (Unix time), or 0.",
                _at(board.heartbeat),
            ),
            ("now_seconds", "The wall clock of the daemon (Unix time).", now.timestamp()),
        ):
            yield _gauge(name, text, moment)
        sites = GaugeMetricFamily("zmpwatch_sites", "Sites by the verdict of their last visit.", labels=["verdict"])
        verdicts = list(board.verdicts.values())
        for verdict in Verdict:
            sites.add_metric([str(verdict)], verdicts.count(str(verdict)))
        yield sites
        outbox = GaugeMetricFamily("zmpwatch_outbox", "Deliveries by state.", labels=["state"])
        for state, number in board.outbox.items():
            outbox.add_metric([state], number)
        yield outbox
        healthy = GaugeMetricFamily("zmpwatch_task_healthy", "1 while the task runs and shows so.", labels=["task"])
        restarts = GaugeMetricFamily("zmpwatch_task_restarts", "How often the task was started again.", labels=["task"])
        for name, task in board.tasks.items():
            healthy.add_metric([name], float(task.healthy))
            restarts.add_metric([name], task.restarts)
        yield healthy
        yield restarts


def _gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"zmpwatch_{name}", text, value=value)


def _ok(outcome: Outcome | None) -> float:
    """1 also where nothing has been tried since the start: then it was well."""
    return 1.0 if outcome is None else float(outcome.ok)


def _at(outcome: Outcome | None) -> float:
    return outcome.at.timestamp() if outcome is not None else 0.0


def _cycle_end(board: Board) -> float:
    return board.last_cycle.finished.timestamp() if board.last_cycle else 0.0


class Metrics:
    """The registry of one daemon."""

    def __init__(self, board: Board) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = CollectorRegistry()
        self._registry.register(_Gauges(board))
        Gauge("zmpwatch_build_info", "Always 1.", ["version"], registry=self._registry).labels(board.version).set(1)
        self._visits = Counter("zmpwatch_visits", "Visits stored.", ["purpose", "verdict"], registry=self._registry)
        self._requests = Counter("zmpwatch_requests", "Requests sent to sites.", registry=self._registry)
        self._bytes = Counter("zmpwatch_received_bytes", "Bytes received from sites.", registry=self._registry)
        self._seconds = Histogram(
            "zmpwatch_visit_seconds",
            "How long visits took.",
            buckets=(0.5, 1, 2, 5, 10, 30, 60, 120, 300, 900),
            registry=self._registry,
        )
        self._cycles = Counter("zmpwatch_cycles", "Cycles judged.", registry=self._registry)
        self._changes = Counter("zmpwatch_changes", "Changes found, of all kinds.", registry=self._registry)
        self._deliveries = Counter(
            "zmpwatch_deliveries", "Deliveries tried, by outcome.", ["outcome"], registry=self._registry
        )

    def visited(self, visit: Visit, seconds: float) -> None:
        """Count a stored visit."""
        self._visits.labels(str(visit.purpose), str(visit.verdict)).inc()
        self._requests.inc(visit.requests)
        self._bytes.inc(visit.bytes)
        self._seconds.observe(seconds)

    def cycle(self, changes: int) -> None:
        """Count a cycle and what it found."""
        self._cycles.inc()
        self._changes.inc(changes)

    def delivered(self, report: DeliveryReport) -> None:
        """Count what became of deliveries."""
        for outcome in ("sent", "failed", "unknown", "dead"):
            number = getattr(report, outcome)
            if number:
                self._deliveries.labels(outcome).inc(number)

    def text(self) -> bytes:
        """The exposition."""
        return generate_latest(self._registry)

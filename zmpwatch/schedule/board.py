"""What the daemon knows of itself: read by /healthz, /metrics and the heartbeat, written by its tasks.

Values are replaced whole, never changed in place, so that the thread of the web endpoint may read them at any time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from zmpwatch.model import Visit
from zmpwatch.schedule.clocks import Clocks
from zmpwatch.schedule.supervision import Task

__all__ = ["Board", "CycleSummary", "Outcome"]

LATE = 7200.0
"""Seconds a site that is due may wait for room before the watch is not well."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How something last went: the canary, the heartbeat, the configuration, the database."""

    ok: bool
    at: datetime
    detail: str = ""

    def as_json(self) -> dict[str, Any]:
        """For /healthz."""
        return {"ok": self.ok, "at": self.at.isoformat(), "detail": self.detail}


@dataclass(frozen=True, slots=True)
class CycleSummary:
    """One round of the daemon. Healthy when what it visited was not all unwell, and all of it was stored."""

    started: datetime
    finished: datetime
    visits: int
    healthy_visits: int
    changes: int

    @property
    def healthy(self) -> bool:
        """Whether at least one of its visits was."""
        return self.healthy_visits > 0

    def as_json(self) -> dict[str, Any]:
        """For /healthz."""
        return {
            "started": self.started.isoformat(),
            "finished": self.finished.isoformat(),
            "visits": self.visits,
            "healthy_visits": self.healthy_visits,
            "changes": self.changes,
            "healthy": self.healthy,
        }


@dataclass(slots=True)
class Board:
    """The state of a running daemon.

    `late` is how many seconds the site that is due and waits longest has waited for room. `verdicts` are of each site's
    last visit.
    """

    version: str
    clocks: Clocks
    started: datetime
    tasks: Mapping[str, Task] = field(default_factory=dict)
    config: Outcome | None = None
    database: Outcome | None = None
    history: Outcome | None = None
    canary: Outcome | None = None
    heartbeat: Outcome | None = None
    cycles: int = 0
    last_cycle: CycleSummary | None = None
    sites: int = 0
    running: tuple[str, ...] = ()
    due: int = 0
    late: float = 0.0
    next_turn: datetime | None = None
    verdicts: dict[str, str] = field(default_factory=dict)
    budget: int | None = None
    requests_today: int = 0
    outbox: Mapping[str, int] = field(default_factory=dict)
    stopping: bool = False

    def visited(self, visit: Visit) -> None:
        """Note how a site's last visit went."""
        self.verdicts = {**self.verdicts, visit.site: str(visit.verdict)}

    @property
    def problems(self) -> list[str]:
        """What keeps the watch from working, in words; each makes /healthz answer 503."""
        found = []
        for task in self.tasks.values():
            if not task.healthy:
                reason = task.last_error if task.state != "running" else f"silent for {task.silence:.0f} s"
                found.append(f"the task {task.name} is {task.state}: {reason}")
        if self.database is not None and not self.database.ok:
            found.append(f"the database refuses: {self.database.detail}")
        if self.late > LATE:
            found.append(f"a site that is due has waited for {self.late / 3600:.1f} hours")
        return found

    @property
    def warnings(self) -> list[str]:
        """What a person should look at while the watch goes on."""
        found = []
        if self.config is not None and not self.config.ok:
            found.append(f"config.yaml could not be read anew, the one before holds: {self.config.detail}")
        if self.history is not None and not self.history.ok:
            found.append(f"the history is damaged: {self.history.detail}")
        if self.canary is not None and not self.canary.ok:
            found.append(f"the end-to-end test failed: {self.canary.detail}")
        if self.heartbeat is not None and not self.heartbeat.ok:
            found.append(f"the heartbeat address was not reached: {self.heartbeat.detail}")
        if self.outbox.get("dead"):
            found.append(f"{self.outbox['dead']} deliveries were given up")
        return found

    @property
    def healthy(self) -> bool:
        """Whether the watch itself works; sites that are not well do not make it sick."""
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        """What /healthz says."""
        problems, warnings = self.problems, self.warnings
        unwell = sum(verdict not in {"ok", "unchanged", "proven_empty"} for verdict in self.verdicts.values())
        outcomes = {name: getattr(self, name) for name in ("config", "database", "history", "canary", "heartbeat")}
        return {
            "status": "failing" if problems else "degraded" if warnings else "ok",
            "problems": problems,
            "warnings": warnings,
            "version": self.version,
            "started": self.started.isoformat(),
            "now": self.clocks.now().isoformat(),
            "stopping": self.stopping,
            "tasks": {
                name: {
                    "state": task.state,
                    "healthy": task.healthy,
                    "restarts": task.restarts,
                    "silent_for": round(task.silence, 1),
                    "last_error": task.last_error,
                    "failed_at": task.failed_at.isoformat() if task.failed_at else None,
                }
                for name, task in self.tasks.items()
            },
            "sites": {
                "watched": self.sites,
                "unwell": unwell,
                "due": self.due,
                "running": list(self.running),
                "late_seconds": round(self.late, 1),
                "next_turn": self.next_turn.isoformat() if self.next_turn else None,
            },
            "requests": {"last_24_hours": self.requests_today, "budget": self.budget},
            "cycles": self.cycles,
            "last_cycle": self.last_cycle.as_json() if self.last_cycle else None,
            "outbox": dict(self.outbox),
            **{name: outcome.as_json() if outcome else None for name, outcome in outcomes.items()},
        }

"""Differences between beliefs: what people are told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

__all__ = ["Change", "ChangeKind", "Evidence", "Reconciliation"]


class ChangeKind(StrEnum):
    """Kinds of change; the first six are for subscribers, the others for the operator."""

    COUNT_CHANGED = "count_changed"
    PROPOSED = "proposed"
    RESOLVED = "resolved"
    REJECTED = "rejected"
    ADMITTED = "admitted"
    LEFT = "left"
    SITE_BROKEN = "site_broken"
    SITE_RECOVERED = "site_recovered"
    COUNT_UNCONFIRMED = "count_unconfirmed"
    DELIVERY_FAILED = "delivery_failed"
    WATCH_FAILED = "watch_failed"
    ALERTS_HELD = "alerts_held"

    @property
    def for_operator(self) -> bool:
        """Whether the operator is told, not subscribers."""
        return self in {
            ChangeKind.SITE_BROKEN,
            ChangeKind.SITE_RECOVERED,
            ChangeKind.COUNT_UNCONFIRMED,
            ChangeKind.DELIVERY_FAILED,
            ChangeKind.WATCH_FAILED,
            ChangeKind.ALERTS_HELD,
        }


@dataclass(frozen=True, slots=True)
class Evidence:
    """One quoted sentence with its page: what an alert shows."""

    url: str
    quote: str
    archived: str | None
    site: str
    seen_at: datetime
    published: str | None = None
    statement: int | None = None


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """How a new count follows from the old one: TERYT codes of who joined and who left, and what stays unnamed.

    `unexplained` is ``(after - before) - (len(joined) - len(left))``, with the sign of what the names do not tell: 2
    when two more must have joined, -2 when two more must have left, or two more are named than the numbers ask for.
    """

    before: int
    after: int
    joined: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def unexplained(self) -> int:
        """Members the numbers ask for and no page names."""
        return (self.after - self.before) - (len(self.joined) - len(self.left))

    @property
    def missing(self) -> int:
        """How many of those the numbers ask for no page names."""
        return abs(self.unexplained) if self.unexplained * (self.after - self.before) > 0 else 0

    @property
    def surplus(self) -> int:
        """How many more are named than the numbers ask for."""
        return abs(self.unexplained) - self.missing


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    `before` and `after` are JSON objects (a count: ``{"members", "as_of"}``; a case: ``{"status"}`` against ``{"kind",
    "stage", "date", "resolution", "votes"}``; a site: ``{"verdict"}``). `dedup_key` is the same for the same news
    however often it is judged; `id` is set once stored.
    """

    kind: ChangeKind
    at: datetime
    dedup_key: str
    teryt: str | None = None
    municipality: str | None = None
    site: str | None = None
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    reconciliation: Reconciliation | None = None
    id: int | None = None

"""More news at once than the world makes: a source re-ordered, a template changed. It waits for the operator's yes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from zmpwatch.model import Change, ChangeKind

__all__ = ["STORM_LIMIT", "STORM_WINDOW", "held_change", "is_storm"]

STORM_LIMIT = 20
"""So many changes in one window are still believed: at most eight towns are known to have been admitted on one day."""

STORM_WINDOW = timedelta(hours=1)
"""Changes this close belong together, though several visits found them."""


def is_storm(news: int, limit: int) -> bool:
    """Whether so many changes for subscribers in one window are a storm; a `limit` of 0 never holds anything."""
    return 0 < limit < news


def held_change(held: Sequence[Change], recent: int, limit: int, now: datetime, *, follows: bool = False) -> Change:
    """What the operator is told of changes that wait.

    Args:
        held: the stored changes that are held now, at least one.
        recent: how many changes the window has, with these.
        limit: how many it may have.
        now: when they were held.
        follows: they are held since they follow news that is.
    """
    kinds = Counter(str(change.kind) for change in held)
    return Change(
        kind=ChangeKind.ALERTS_HELD,
        at=now,
        dedup_key=f"{ChangeKind.ALERTS_HELD}:{min(change.id or 0 for change in held)}",
        after={
            "changes": len(held),
            "recent": recent,
            "limit": limit,
            "follows": follows,
            "kinds": dict(sorted(kinds.items())),
            "municipalities": sorted({change.municipality for change in held if change.municipality})[:20],
        },
    )

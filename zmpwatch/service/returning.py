"""When a site that gave nothing is asked again: as it wishes, else soon at first, then less and less often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from zmpwatch.model import Verdict, Visit
from zmpwatch.store import Store

__all__ = ["Return", "return_after", "return_of", "returns"]

FIRST = timedelta(minutes=10)
"""After the first visit in vain."""
_GROWTH = 3
_STEPS = 8
_SILENT = {Verdict.UNREACHABLE, Verdict.BROKEN}
"""Verdicts that may be over soon. A site that shut us out is not pressed."""


@dataclass(frozen=True, slots=True)
class Return:
    """What the last visit of a site says of the next one.

    `after` is the start of that visit; `early` is when to come back before the site's turn, `held` is before when not
    to come, whatever its turn.
    """

    after: datetime
    early: datetime | None = None
    held: datetime | None = None

    def turn(self, due: datetime) -> tuple[datetime, str | None]:
        """The site's next visit, given its turn, and why it is not at its turn."""
        if self.held is not None and (self.held > due or self.early == self.held):
            return self.held, "the server asked to be left alone until then"
        if self.early is not None and self.early < due:
            return self.early, "it gave nothing last time"
        return due, None


def return_of(visit: Visit, streak: int, held: datetime | None) -> Return:
    """What a visit says of the next one.

    Args:
        visit: the last one.
        streak: how many visits in a row, this one included, were unhealthy.
        held: until when a server of the site wants to be left alone.
    """
    early = None
    if visit.verdict in _SILENT:
        early = visit.finished + FIRST * _GROWTH ** min(max(streak, 1) - 1, _STEPS)
    if held is None or held <= visit.started:
        return Return(visit.started, early)
    if visit.verdict is Verdict.BLOCKED:
        return Return(visit.started, early=held, held=held)
    return Return(visit.started, early=max(early, held) if early is not None else None, held=held)


def returns(store: Store, now: datetime, last: Mapping[str, Visit] | None = None) -> Mapping[str, Return]:
    """What the last visits of all sites that were not well, or are to be left alone, say of the next.

    Args:
        store: the history.
        now: the time of asking.
        last: each site's last visit, where the caller has them.

    Raises:
        StoreError: the database refused.
    """
    held = store.held_sites(now)
    return {
        site: return_after(store, visit, held.get(site))
        for site, visit in (store.last_visits() if last is None else last).items()
        if site in held or visit.verdict in _SILENT
    }


def return_after(store: Store, visit: Visit, held: datetime | None) -> Return:
    """What a stored visit says of the next one; see `return_of`."""
    state = store.site_state(visit.site) if visit.verdict in _SILENT else None
    streak = len(list(takewhile(lambda verdict: not verdict.healthy, state.verdicts))) if state else 0
    return return_of(visit, streak, held)

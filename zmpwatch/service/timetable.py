"""When each site's turn comes: a pure function of its last visit and the present, for daemon, timer and status alike.

Turns are counted on the wall clock, since that is what `cron` and people mean. Nothing is kept beside the visits
themselves, so a daemon that was killed, a machine that slept and a clock that was set are all the same case: the last
visit and the present say whether a turn has come, and however many were missed, one visit makes up for them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from zmpwatch.config import Config, next_due
from zmpwatch.config.intervals import DEFAULT_EVERY, parse_duration
from zmpwatch.model import MembershipStatus, Site, Visit
from zmpwatch.service.catalogue import all_sites
from zmpwatch.service.returning import Return, returns
from zmpwatch.service.revisits import Habit, share_out
from zmpwatch.store import Store

__all__ = ["Timetable", "Turn"]

CLOCK_CORRECTION = timedelta(hours=1)
"""A clock set back by no more than this, and by no more than a turn, is being corrected: nothing is visited twice."""

REMEMBERED = timedelta(days=90)
"""How far back a site's habits are looked at."""

_LONGEST_JITTER = timedelta(minutes=10)
_LONGEST_CRON_JITTER = timedelta(minutes=1)
_OPEN_CASE = 4.0
_ASSOCIATION = 10.0


@dataclass(frozen=True, slots=True)
class Turn:
    """When a site is to be visited next (UTC), and why then, in words for the operator."""

    site: Site
    due: datetime
    reason: str


class Timetable:
    """The turns of all watched sites.

    `intervals` are for the sites whose turn is not written down: how long after a visit the next is due.
    """

    def __init__(
        self,
        config: Config,
        sites: Iterable[Site],
        intervals: Mapping[str, timedelta] | None = None,
        returns: Mapping[str, Return] | None = None,
    ) -> None:
        self.sites = tuple(sites)
        self.intervals = dict(intervals or {})
        self._returns = dict(returns or {})
        self._zone = config.timezone
        self._jitter = config.watch.jitter

    @classmethod
    def of(cls, config: Config, store: Store, now: datetime, last: Mapping[str, Visit] | None = None) -> Timetable:
        """The timetable of a configuration; with a budget of requests it is made from what the history shows.

        Args:
            config: the sites and the budget.
            store: the history.
            now: the time of asking.
            last: each site's last visit, where the caller has them.

        Raises:
            StoreError: the database refused.
        """
        sites = all_sites(config)
        back = returns(store, now, last)
        if config.watch.requests_per_day is None:
            return cls(config, sites, returns=back)
        return cls(config, sites, _intervals(config, sites, store, now, config.watch.requests_per_day), back)

    def note(self, site: str, back: Return) -> None:
        """Take into account what a visit made since says of the next one."""
        self._returns[site] = back

    def turn(self, site: Site, last: datetime | None, now: datetime) -> Turn:
        """When the site's turn comes, given the start of its last visit (None: it was never visited).

        A turn that lies in the past is due at once, and all that were missed are one. A last visit that lies in the
        future tells that the clock was set back: the site is due at once, unless it is a small correction.
        """
        if last is None:
            return Turn(site, now.astimezone(UTC), "never visited")
        due, reason = self._after(site, last)
        if last > now and last - now > min(CLOCK_CORRECTION, due - last):
            return Turn(site, now.astimezone(UTC), "the clock was set back")
        back = self._returns.get(site.name)
        if back is not None and back.after == last:
            due, other = back.turn(due)
            reason = other or reason
        return Turn(site, due, reason)

    def _after(self, site: Site, last: datetime) -> tuple[datetime, str]:
        if site.cron is None and site.name in self.intervals:
            interval = self.intervals[site.name]
            return last.astimezone(UTC) + interval, f"every {_rounded(interval)} within the budget of requests"
        due = next_due(site, last, self._zone)
        if due is None:
            raise ValueError(f"{site.name}: no turn follows {last}")
        return due, f"cron {site.cron}" if site.cron else f"every {site.every or DEFAULT_EVERY}"

    def jitter(self, site: Site, last: datetime | None) -> timedelta:
        """By how much the daemon puts the turn after `last` off: the same whenever it is asked.

        So that sites with one interval do not come all at once. Never more than ten minutes, or a minute with `cron`.
        """
        if last is None or not self._jitter:
            return timedelta()
        due, _ = self._after(site, last)
        most = min((due - last) * self._jitter, _LONGEST_CRON_JITTER if site.cron else _LONGEST_JITTER)
        digest = hashlib.sha256(f"{site.name}\x1f{last.astimezone(UTC).isoformat()}".encode()).digest()
        return most * (int.from_bytes(digest[:4], "big") / 2**32)


def _rounded(span: timedelta) -> str:
    hours = span / timedelta(hours=1)
    return f"{hours:.1f}h" if hours < 48 else f"{hours / 24:.1f}d"


def is_written_down(site: Site, config: Config) -> bool:
    """Whether the operator has said when the site is to be visited; the catalogue's sites follow the budget."""
    return (site.every is not None or site.cron is not None) and config.site(site.name) is not None


def _intervals(
    config: Config, sites: Iterable[Site], store: Store, now: datetime, requests_per_day: int
) -> dict[str, timedelta]:
    """Share what the sites with a written turn leave of the budget out among the others."""
    seen = store.habits(now - REMEMBERED)
    open_cases = {case.teryt for case in store.cases() if case.status is MembershipStatus.CANDIDATE}
    habits, left = [], float(requests_per_day)
    for site in sites:
        history = seen.get(site.name)
        cost = history.requests / history.visits if history and history.requests else None
        if is_written_down(site, config):
            left -= (cost or Habit.cost) * _visits_a_day(site, config, now)
            continue
        worth = _ASSOCIATION if site.family == "association" else _OPEN_CASE if site.municipality in open_cases else 1.0
        habit = Habit(site.name, worth=worth)
        if history is not None:
            days = max((now - history.since) / timedelta(days=1), 0.0)
            habit = Habit(site.name, days, history.visits, history.new_texts, history.news, cost or Habit.cost, worth)
        habits.append(habit)
    return share_out(habits, left)


def _visits_a_day(site: Site, config: Config, now: datetime) -> float:
    if site.cron is None:
        return timedelta(days=1) / parse_duration(site.every or DEFAULT_EVERY)
    moment, end, visits = now, now + timedelta(days=7), 0
    while visits < 7 * 24 * 60:
        due = next_due(site, moment, config.timezone)
        if due is None or due > end:
            break
        moment, visits = due, visits + 1
    return visits / 7

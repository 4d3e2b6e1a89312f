"""Starts visits as turns come, never two of one site, and closes cycles: what is judged and told together."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from zmpwatch.errors import StoreError
from zmpwatch.model import Purpose, Site, Visit
from zmpwatch.plural import counted
from zmpwatch.schedule.board import Board, CycleSummary
from zmpwatch.schedule.clocks import Clocks
from zmpwatch.schedule.cycles import Cycles
from zmpwatch.schedule.hosts import Hosts
from zmpwatch.schedule.refusals import Refusals
from zmpwatch.schedule.spending import Spending
from zmpwatch.schedule.supervision import Task
from zmpwatch.service.visiting import Confirmation, OpenCycle, Place, Visited, Visiting

__all__ = ["Scheduler", "Watcher"]

logger = logging.getLogger(__name__)

LONGEST_NAP = 30.0
"""Seconds after which the wall clock is read anew, whatever is due: the machine may have slept, the clock been set."""

_CONFIRM_PAUSE = timedelta(minutes=1)
"""Least time until a page that did not repeat a new count is asked again."""

_FAILED_PAUSE = 900.0
"""Seconds a site is left alone whose visit ended without being stored, so that it is no loop."""

_RENEWED_AFTER = 3600.0
"""Seconds after which a budget of requests is shared out anew."""


class Watcher:
    """Who is told of what the scheduler does; does nothing by itself."""

    def visited(self, visit: Visit, seconds: float) -> None:
        """A visit was stored."""

    def cycle_closed(self, summary: CycleSummary) -> None:
        """A cycle was judged; deliveries may be due."""

    def trouble(self, part: str, state: str, detail: str) -> None:
        """Something is wrong with the watch itself."""


@dataclass(slots=True)
class _Running:
    """A visit under way."""

    site: Site
    purpose: Purpose
    task: asyncio.Task[Visited | None]
    places: frozenset[Place]
    begun: float
    cycle: OpenCycle
    before: tuple[datetime, ...] = ()


@dataclass(slots=True)
class _Outlook:
    """What the next look at the clock is for."""

    due: list[tuple[datetime, Site]] = field(default_factory=list)
    next_turn: datetime | None = None

    def later(self, moment: datetime) -> None:
        """There is something to do at `moment`."""
        if self.next_turn is None or moment < self.next_turn:
            self.next_turn = moment


class Scheduler:
    """Runs visits until `stop` is set. All its state can be had again from the store: a new one goes on where it was.

    Args:
        visiting: what to visit and how; `adopt` gives another.
        last: when each site was last visited.
        spent: requests sent in the last 24 hours.
        clocks: the present.
        board: where its state is shown.
        watcher: who is told.
        stop: ends it; visits under way are given up whole, and are due again at the next start.
        unjudged: whether stored visits wait to be judged, since the watch before ended in between.
    """

    def __init__(
        self,
        visiting: Visiting,
        last: dict[str, datetime],
        spent: int,
        clocks: Clocks,
        board: Board,
        watcher: Watcher,
        stop: asyncio.Event,
        *,
        unjudged: bool = False,
    ) -> None:
        self._visiting, self._clocks, self._board, self._watcher, self._stop = visiting, clocks, board, watcher, stop
        self._last = last
        self._spending = Spending(clocks.now(), spent)
        self._running: dict[str, _Running] = {}
        self._hosts = Hosts()
        self._left_alone: dict[str, float] = {}
        self._cycles = Cycles(clocks, board, unjudged=unjudged)
        self._confirm_after: datetime | None = None
        self._refusals = Refusals(clocks, board)
        self._renewed = clocks.elapsed()
        self._waiting_since: dict[str, float] = {}
        self._wake = asyncio.Event()

    @property
    def busy(self) -> bool:
        """Whether visits are under way or wait to be judged."""
        return bool(self._running) or self._cycles.waiting

    def adopt(self, visiting: Visiting) -> None:
        """Go on with another configuration; visits under way end with the one they began with."""
        self._visiting = visiting
        self._cycles.leave()
        self._confirm_after = None
        self._renewed = self._clocks.elapsed()
        self.ring()

    def ring(self) -> None:
        """Look at the clock now."""
        self._wake.set()

    async def run(self, task: Task) -> None:
        """Visit until `stop` is set."""
        stopping = asyncio.ensure_future(self._stop.wait())
        stopping.add_done_callback(lambda _: self.ring())
        try:
            while not self._stop.is_set():
                task.beat()
                nap = await self._look()
                await self._clocks.wait(self._wake, nap)
                self._wake.clear()
        finally:
            stopping.cancel()
            if self._stop.is_set():
                await self._leave()

    async def _look(self) -> float:
        """One look at clock and visits: all that is due is begun. Returns how many seconds the next may wait."""
        self._collect()
        now, elapsed = self._clocks.now(), self._clocks.elapsed()
        if (pause := self._refusals.left(elapsed)) > 0:
            return min(pause, LONGEST_NAP)
        try:
            self._renew(elapsed)
            confirmation = self._visiting.next_confirmation()
            outlook = self._outlook(now, elapsed)
            if confirmation is not None:
                self._confirm(confirmation, now, elapsed, outlook)
            self._begin(outlook, now, elapsed)
            await self._close_cycle(confirmation, now, elapsed)
        except StoreError as error:
            self._store_refused(error)
            return min(self._refusals.left(elapsed), LONGEST_NAP)
        self._refusals.over()
        return self._nap(outlook, now, elapsed)

    # -- what is due -------------------------------------------------------------------------------------------------

    def _outlook(self, now: datetime, elapsed: float) -> _Outlook:
        outlook = _Outlook()
        timetable = self._visiting.timetable
        for site in timetable.sites:
            if site.name in self._running:
                continue
            alone = self._left_alone.get(site.name, 0.0) - elapsed
            if alone > 0:
                outlook.later(now + timedelta(seconds=alone))
                continue
            due = self._due(site, now, elapsed)
            if due is None:
                continue
            if due <= now:
                outlook.due.append((due, site))
            else:
                outlook.later(due)
        # the association first; then what has waited longest
        outlook.due.sort(key=lambda item: (item[1].family != "association", item[0]))
        self._board.sites = len(timetable.sites)
        self._board.due = len(outlook.due)
        return outlook

    def _due(self, site: Site, now: datetime, elapsed: float) -> datetime | None:
        """When the site is to be visited; None when that can't be told: its fault must not stop all others."""
        timetable, last = self._visiting.timetable, self._last.get(site.name)
        try:
            due = timetable.turn(site, last, now).due
            if due <= now and last is not None and last <= now:
                # only now: it is not free, and of thousands of sites few are due
                due += timetable.jitter(site, last)
        except Exception as error:
            logger.exception("%s: its turn can't be told", site.name, extra={"site": site.name})
            self._left_alone[site.name] = elapsed + _FAILED_PAUSE
            state = f"the turn of {site.name} can't be told; it is not visited"
            self._watcher.trouble("timetable", state, f"{type(error).__name__}: {error}")
            return None
        return due

    def _begin(self, outlook: _Outlook, now: datetime, elapsed: float) -> None:
        self._board.requests_today = self._spending.today(now)
        self._board.budget = self._visiting.config.watch.requests_per_day
        waiting = dict[str, float]()
        for _, site in outlook.due:
            if len(self._running) >= self._visiting.concurrent_sites:
                waiting[site.name] = self._waiting_since.get(site.name, elapsed)
                continue
            if not self._affordable(site):
                outlook.later(now + timedelta(minutes=10))
                continue
            free = self._free_at(site, now, elapsed)
            if free is None:
                continue
            if free > now:
                outlook.later(free)
                continue
            cycle = self._cycles.open(self._visiting)
            self._start(site, Purpose.ROUTINE, cycle, self._visiting.visit(site, cycle, self._stop))
        self._waiting_since = waiting
        self._board.late = max((elapsed - since for since in waiting.values()), default=0.0)

    def _affordable(self, site: Site) -> bool:
        """Whether the budget of the last 24 hours has room for a visit; written turns are never put off by it."""
        if self._board.budget is None or site.name not in self._visiting.timetable.intervals:
            return True
        under_way = len(self._running) * self._visiting.config.crawl.requests_per_visit
        return self._board.requests_today + under_way < self._board.budget

    def _free_at(self, site: Site, now: datetime, elapsed: float) -> datetime | None:
        """When the hosts of a site may be asked; None while another visit asks one of them."""
        asked = frozenset(place for running in self._running.values() for place in running.places)
        return self._hosts.free_at(self._visiting.places(site), asked, now, elapsed)

    def _confirm(self, confirmation: Confirmation, now: datetime, elapsed: float, outlook: _Outlook) -> None:
        """Fetch a new official count again when its time has come."""
        site = confirmation.plan.site
        due = max(confirmation.due, self._confirm_after or confirmation.due)
        if due > now:
            outlook.later(due)
            return
        if site.name in self._running or self._left_alone.get(site.name, 0.0) > elapsed:
            return
        free = self._free_at(site, now, elapsed)
        if free is None or free > now:
            if free is not None:
                outlook.later(free)
            return
        cycle = self._cycles.open(self._visiting)
        work = self._visiting.confirm(confirmation, cycle, self._stop)
        self._start(site, Purpose.CONFIRMATION, cycle, work, confirmation.belief.agreements)

    def _start(
        self,
        site: Site,
        purpose: Purpose,
        cycle: OpenCycle,
        work: Coroutine[Any, Any, Visited | None],
        before: tuple[datetime, ...] = (),
    ) -> None:
        task = asyncio.ensure_future(asyncio.wait_for(work, self._visiting.longest_visit))
        task.add_done_callback(lambda _: self.ring())
        places = self._visiting.places(site)
        self._running[site.name] = _Running(site, purpose, task, places, self._clocks.elapsed(), cycle, before)
        self._board.running = tuple(self._running)
        logger.debug("%s: visit begins (%s)", site.name, purpose, extra={"site": site.name, "purpose": str(purpose)})

    # -- what has ended ----------------------------------------------------------------------------------------------

    def _collect(self) -> None:
        """Take note of the visits that have ended."""
        for name, running in list(self._running.items()):
            if not running.task.done():
                continue
            del self._running[name]
            elapsed = self._clocks.elapsed()
            self._hosts.let_rest(running.places, elapsed + self._visiting.delay)
            self._ended(running, elapsed)
        self._board.running = tuple(self._running)

    def _ended(self, running: _Running, elapsed: float) -> None:
        name = running.site.name
        try:
            visited = running.task.result()
        except StoreError as error:
            self._store_refused(error)
            return
        except (TimeoutError, asyncio.CancelledError):
            visited = None
        except Exception as error:
            # a fault of ours in one site's visit must not keep the others from being visited
            logger.exception("%s: the visit failed", name, extra={"site": name})
            self._watcher.trouble("visits", f"the visit of {name} failed", f"{type(error).__name__}: {error}")
            visited = None
        if visited is None:
            if not self._stop.is_set():
                logger.error("%s: the visit ended without a result", name, extra={"site": name})
                self._left_alone[name] = elapsed + _FAILED_PAUSE
            return
        self._note(running, visited, elapsed)

    def _note(self, running: _Running, visited: Visited, elapsed: float) -> None:
        visit = visited.visit
        if visit.purpose is Purpose.ROUTINE:
            self._last[visit.site] = visit.started
            try:
                self._visiting.note_return(visited)
            except StoreError as error:
                self._store_refused(error)
            self._board.visited(visit)
        else:
            self._after_confirmation(running, visit)
        self._spending.add(visit.finished, visit.requests)
        if visited.hold_until is not None:
            self._hosts.hold(running.places, visited.hold_until)
        self._left_alone.pop(visit.site, None)
        self._cycles.stored(elapsed)
        seconds = elapsed - running.begun
        _log_visit(visit, seconds)
        self._watcher.visited(visit, seconds)

    def _after_confirmation(self, running: _Running, visit: Visit) -> None:
        """A page that did not repeat the new count is not asked again at once."""
        try:
            confirmation = self._visiting.next_confirmation()
        except StoreError as error:
            self._store_refused(error)
            confirmation = None
        repeated = confirmation is None or confirmation.belief.agreements != running.before
        spacing = confirmation.spacing if confirmation is not None else timedelta()
        self._confirm_after = None if repeated else visit.finished + max(_CONFIRM_PAUSE, spacing)

    async def _close_cycle(self, confirmation: Confirmation | None, now: datetime, elapsed: float) -> None:
        """Judge what the visits have brought: when none runs, or a minute after the first of them ended."""
        awaited = self._confirm_after is None and confirmation is not None and confirmation.is_near(now)
        if self._cycles.over(elapsed, running=bool(self._running), awaited=awaited):
            self._watcher.cycle_closed(await self._cycles.close(self._visiting))

    def _store_refused(self, error: StoreError) -> None:
        self._refusals.note(error)
        self._watcher.trouble("database", "the database refuses; nothing is visited until it does not", str(error))

    def _renew(self, elapsed: float) -> None:
        if self._visiting.config.watch.requests_per_day is not None and elapsed - self._renewed >= _RENEWED_AFTER:
            self._visiting.renew_timetable()
            self._renewed = elapsed

    # -- pauses ------------------------------------------------------------------------------------------------------

    def _nap(self, outlook: _Outlook, now: datetime, elapsed: float) -> float:
        nap = LONGEST_NAP
        if outlook.next_turn is not None:
            nap = min(nap, (outlook.next_turn - now).total_seconds())
        if (left := self._cycles.left(elapsed, running=bool(self._running))) is not None:
            nap = min(nap, left)
        self._board.next_turn = outlook.next_turn
        return max(nap, 0.001)

    async def _leave(self) -> None:
        """Visits under way have seen `stop` and give up; what of them was stored before is whole."""
        tasks = {running.task for running in self._running.values()}
        if tasks:
            done, _ = await asyncio.wait(tasks, timeout=1.0)
            for task in done:
                if not task.cancelled() and task.exception() is not None:
                    logger.debug("a visit under way ended in %r", task.exception())


def _log_visit(visit: Visit, seconds: float) -> None:
    logger.info(
        "%s: %s%s, %s, %s, %.1f s%s",
        visit.site,
        visit.verdict,
        " (confirmation)" if visit.purpose is Purpose.CONFIRMATION else "",
        counted(visit.requests, "request"),
        counted(visit.statements, "statement"),
        seconds,
        f": {visit.problems[0]}" if visit.problems and not visit.verdict.healthy else "",
        extra={
            "site": visit.site,
            "verdict": str(visit.verdict),
            "purpose": str(visit.purpose),
            "requests": visit.requests,
            "bytes": visit.bytes,
            "statements": visit.statements,
            "seconds": round(seconds, 3),
            "problems": list(visit.problems),
        },
    )

"""Runs visits: many sites at once, each on its own, one host never by two."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Sequence
from concurrent.futures import Future
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from scrapy import Spider
from scrapy.crawler import Crawler

from zmpwatch.crawl.families import check_spiders_package, find_family
from zmpwatch.crawl.fetch import Role
from zmpwatch.crawl.plan import Clock, CrawlSettings, PageOutcome, Sink, VisitPlan
from zmpwatch.crawl.reactorthread import ReactorThread
from zmpwatch.crawl.settings import VisitSettings, scrapy_settings
from zmpwatch.crawl.state import VisitState, logger
from zmpwatch.crawl.urls import Place, Scope, place_of, twin
from zmpwatch.crawl.visitcrawler import VisitCrawler
from zmpwatch.errors import CrawlError, StoreError
from zmpwatch.interrupts import heeding
from zmpwatch.model import Failure, FailureKind, Page

__all__ = ["run", "run_visits"]

_T = TypeVar("_T")

_GRACE = 10.0
"""Seconds a visit may take past its time and its last download before it is ended from outside."""
_BEGIN_AT_ONCE, _BEGIN_WITHIN = 4, 1 / 16
"""So many visits begin in so many seconds at most, and in one turn of the loop. Hundreds that begin together would ask,
read and end in step, and hold the loop up for seconds each time; when it is busy, those that run are enough for it."""
_FAREWELL = 2.0
"""Seconds visits that are given up have to close their connections."""


class _Run:
    """The visits of one `run_visits`. Its methods run in the reactor's loop, the sink's in the caller's."""

    def __init__(
        self,
        plans: Sequence[VisitPlan],
        sink: Sink,
        settings: CrawlSettings,
        clock: Clock,
        caller: asyncio.AbstractEventLoop,
        family: Callable[[str], type[Spider]] = find_family,
        *,
        in_place: bool = False,
    ) -> None:
        self._family = cache(family)  # looking through the package of spiders takes 2 ms
        self._plans, self._sink, self._settings, self._clock, self._caller = plans, sink, settings, clock, caller
        self._hosts: dict[Place, asyncio.Lock] = {}
        self._sharing = Counter(place for plan in plans for place in Scope(plan.site).places)
        self._active: dict[int, VisitState] = {}
        self._scrapy = VisitSettings(scrapy_settings(settings))
        self._crawlers: set[Crawler] = set()
        self._later: dict[Place, datetime] = {}
        self._gate = ReactorThread.get().gate(settings.per_address, settings.delay)
        self._in_place = in_place
        self._given_up = False
        self._fatal: BaseException | None = None
        self._beginning = asyncio.Semaphore(_BEGIN_AT_ONCE)

    async def all(self) -> None:
        """Run them all.

        Raises:
            Exception: what the sink raised when it could not store.
        """
        room = asyncio.Semaphore(max(1, self._settings.concurrent_sites))
        await asyncio.gather(*(self._one(plan, room) for plan in self._plans))
        if self._fatal is not None:
            raise self._fatal

    def give_up(self) -> None:
        """End all visits that run, and begin no other; none of them is finished."""
        self._given_up = True
        for state in tuple(self._active.values()):
            state.give_up()
        for crawler in tuple(self._crawlers):
            task = asyncio.ensure_future(self._close(crawler))
            task.add_done_callback(lambda done: done.cancelled() or done.exception())

    @staticmethod
    async def _close(crawler: Crawler) -> None:
        with contextlib.suppress(RuntimeError):  # not started yet, or closed meanwhile
            await crawler.stop_async()

    async def _one(self, plan: VisitPlan, room: asyncio.Semaphore) -> None:
        places = Scope(plan.site).places
        async with contextlib.AsyncExitStack() as stack:
            # in one order everywhere, so that two sites with two hosts in common can't wait for each other
            for place in sorted(places, key=str):
                await stack.enter_async_context(self._hosts.setdefault(place, asyncio.Lock()))
            await stack.enter_async_context(room)
            await self._beginning.acquire()
            asyncio.get_running_loop().call_later(_BEGIN_WITHIN, self._beginning.release)
            if self._given_up:
                return
            state = await asyncio.to_thread(self._open, plan)
            state.take = lambda page: self._page(state, page)
            state.unchanged = lambda url, at: self._not_modified(state, url, at)
            self._active[id(state)] = state
            ReactorThread.get().make_room(len(self._active))
            self._hold_off(state, places)
            try:
                await self._crawl(state)
                for host, until in state.held.items():
                    if until is not None:
                        self._later |= {place: until for place in places if place[0] == twin(host)}
                if not self._given_up:
                    state.report.finished = self._clock()
                    await self._relay(self._sink.finished, plan, state.report)
                    if any(self._sharing[place] > 1 for place in places):
                        await asyncio.sleep(self._settings.delay)
            except Exception as error:  # noqa: BLE001 - handed to the caller of run_visits
                self._abort(error)
            finally:
                self._active.pop(id(state), None)
                ReactorThread.get().clear_away(len(self._active))

    def _open(self, plan: VisitPlan) -> VisitState:
        """Begin a visit, with what is remembered of its site loaded: in a thread, for it comes from the database."""
        len(plan.known)
        return VisitState.open(plan, self._settings, self._clock, self._gate)

    def _hold_off(self, state: VisitState, places: Collection[Place]) -> None:
        """What a host has asked of us holds for all sites on it, and for the runs to come."""
        now = self._clock()
        asked = dict(self._later)
        for origin in state.memory.origins.values():
            if origin.retry_at is not None:
                place = place_of(origin.origin)
                asked[place] = max(origin.retry_at, asked.get(place, origin.retry_at))
        for place in places:
            host, until = place[0], asked.get(place)
            if until is not None and until > now:
                detail = f"the host told an earlier visit not to ask before {until.isoformat(timespec='seconds')}"
                failure = Failure(FailureKind.RETRY_LATER, state.plan.site.url, detail)
                state.fail(failure, host=host, role=Role.START)
                for name in (host, f"www.{host}"):
                    state.hold(name, until)

    async def _crawl(self, state: VisitState) -> None:
        """One spider, to its end; whatever goes wrong in it is a fact about this visit only."""
        limit = self._settings.seconds_per_visit + self._settings.timeout + _GRACE
        site = state.plan.site
        try:
            crawler = VisitCrawler(self._family(site.family), self._scrapy)
            self._crawlers.add(crawler)
            task = asyncio.ensure_future(crawler.crawl_async(visit=state))
            task.add_done_callback(lambda _: self._crawlers.discard(crawler))
            done, _ = await asyncio.wait({task}, timeout=limit)
            if not done:
                logger.error("%s: visit ended from outside after %d s", site.name, limit)
                state.cap("seconds")
                state.give_up()
                task.cancel()
                await asyncio.wait({task}, timeout=_FAREWELL)
                return
            await task
        except asyncio.CancelledError:
            if not self._given_up:
                raise
        except Exception as error:  # noqa: BLE001 - one site must not stop the others
            logger.exception("%s: visit failed", site.name)
            kind = FailureKind.INTERNAL
            state.report.failures.append(Failure(kind, site.url, f"{type(error).__name__}: {error}"))

    async def _page(self, state: VisitState, page: Page) -> PageOutcome:
        outcome = await self._guarded(state, page.url, self._sink.page, state.plan, page)
        return outcome or PageOutcome()

    async def _not_modified(self, state: VisitState, url: str, fetched_at: datetime) -> None:
        await self._guarded(state, url, self._sink.not_modified, state.plan, url, fetched_at)

    async def _guarded(
        self, state: VisitState, url: str, method: Callable[..., Awaitable[_T]], *args: Any
    ) -> _T | None:
        """Relay; what the sink makes of one page is a fact about that page, unless it can't store at all."""
        try:
            return await (method(*args) if self._in_place else self._relay(method, *args))
        except StoreError as error:
            self._abort(error)
        except Exception as error:  # noqa: BLE001 - a page that breaks its reader must not end the visit
            logger.exception("%s: the page could not be taken", url)
            detail = f"{type(error).__name__}: {error}"
            state.report.failures.append(Failure(FailureKind.INTERNAL, url, detail))
        return None

    def _abort(self, error: BaseException) -> None:
        """Nothing can be stored: the run ends, and its caller is told why."""
        if self._fatal is None:
            self._fatal = error
        self.give_up()

    async def _relay(self, method: Callable[..., Awaitable[_T]], *args: Any) -> _T:
        """Await a method of the sink in the caller's loop."""

        async def call() -> _T:
            return await method(*args)

        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(call(), self._caller))


async def run_visits(
    plans: Sequence[VisitPlan],
    sink: Sink,
    settings: CrawlSettings,
    clock: Clock,
    *,
    stop: asyncio.Event | None = None,
    family: Callable[[str], type[Spider]] = find_family,
    in_place: bool = False,
) -> None:
    """Visit sites, up to `settings.concurrent_sites` at once.

    Every visit ends with ``sink.finished(plan, report)``, whatever happened to it. When `stop` is set, or the call is
    cancelled, the visits under way are given up whole: they are not finished, and the sink must drop their pages. May
    be called from any event loop, any number of times a process.

    Args:
        plans: what to visit; sites that share a host are visited one after another.
        sink: takes pages and reports, in the caller's event loop.
        settings: the bounds.
        clock: the present moment.
        stop: ends the run early.
        family: the spider of a family by its name; a probe has one of its own.
        in_place: whether the sink takes pages (`page` and `not_modified`) in the loop the visits run in, which saves
            going to another thread and back for each. It must not rely on a loop of its own there, and must not hold
            that one up.

    Raises:
        CrawlError: no visit can be run at all (another Twisted reactor, no package of spiders).
        Exception: what ``sink.finished`` raised, or a StoreError of ``sink.page``; the other visits are given up.
    """
    check_spiders_package()
    if not plans:
        return
    if len({id(plan) for plan in plans}) != len(plans):
        raise CrawlError("one plan is given twice")
    thread = ReactorThread.get()
    caller = asyncio.get_running_loop()
    if caller is thread.loop:
        raise CrawlError("run_visits was called from within a visit")
    work = thread.submit(_start(plans, sink, settings, clock, caller, family, in_place=in_place))
    run = await asyncio.wrap_future(work)
    everything: Future[None] = thread.submit(run.all())
    finished = asyncio.wrap_future(everything)
    stopped = asyncio.ensure_future(stop.wait()) if stop is not None else None
    try:
        waited: set[asyncio.Future[Any]] = {finished} if stopped is None else {finished, stopped}
        await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        if not finished.done():
            await _leave(thread, run, finished)
    except asyncio.CancelledError:
        await _leave(thread, run, finished)
        raise
    finally:
        if stopped is not None:
            stopped.cancel()
    if finished.done() and not finished.cancelled():
        finished.result()


async def _start(
    plans: Sequence[VisitPlan],
    sink: Sink,
    settings: CrawlSettings,
    clock: Clock,
    caller: asyncio.AbstractEventLoop,
    family: Callable[[str], type[Spider]],
    *,
    in_place: bool,
) -> _Run:
    return _Run(plans, sink, settings, clock, caller, family, in_place=in_place)


async def _leave(thread: ReactorThread, run: _Run, finished: asyncio.Future[None]) -> None:
    """Give up what runs; connections that do not close in time are left to the thread."""
    thread.loop.call_soon_threadsafe(run.give_up)
    await asyncio.wait({finished}, timeout=_FAREWELL)
    if not finished.done():
        finished.cancel()


def run(plans: Sequence[VisitPlan], sink: Sink, settings: CrawlSettings, clock: Clock) -> None:
    """`run_visits` for a program without an event loop.

    Ctrl-C gives the visits under way up, unfinished, and comes out as KeyboardInterrupt.

    Raises:
        CrawlError: see `run_visits`.
        KeyboardInterrupt: the run was interrupted.
    """

    async def work() -> None:
        stop = asyncio.Event()
        with heeding(stop, signal.SIGINT):
            await run_visits(plans, sink, settings, clock, stop=stop)
        if stop.is_set():
            raise KeyboardInterrupt

    asyncio.run(work())

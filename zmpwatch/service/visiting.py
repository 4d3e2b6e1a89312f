"""The use case of the daemon: one site at a time, as its turn comes; news of one cycle is judged and told together."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from zmpwatch.config import Config
from zmpwatch.crawl import run_visits
from zmpwatch.crawl.plan import Clock, PageOutcome, VisitPlan
from zmpwatch.crawl.urls import Place, Scope
from zmpwatch.model import Change, Page, Purpose, Site, Visit, VisitReport
from zmpwatch.read.warmup import load_parsers
from zmpwatch.register import Register, load_register
from zmpwatch.service.confirming import Confirmation, next_confirmation
from zmpwatch.service.cycle import Cycle
from zmpwatch.service.delivering import DeliveryReport, deliver
from zmpwatch.service.feeds import publish_feeds
from zmpwatch.service.knowledge import learn
from zmpwatch.service.outbox import Outbox
from zmpwatch.service.readers import ReaderPool
from zmpwatch.service.remembered import RememberedPages, site_memory
from zmpwatch.service.returning import return_after
from zmpwatch.service.sink import StoringSink
from zmpwatch.service.timetable import Timetable
from zmpwatch.service.wiring import crawl_settings, judge_of
from zmpwatch.store import Store

__all__ = ["Confirmation", "OpenCycle", "Place", "Visited", "Visiting", "crawler_alive"]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Visited:
    """A visit that is stored; `hold_until` is when its host asked to be left alone until."""

    visit: Visit
    hold_until: datetime | None


class _Listening:
    """A sink that also remembers what the host asked for."""

    def __init__(self, sink: StoringSink) -> None:
        self._sink = sink
        self.hold_until: datetime | None = None

    async def page(self, plan: VisitPlan, page: Page) -> PageOutcome:
        """Hand on."""
        return await self._sink.page(plan, page)

    async def not_modified(self, plan: VisitPlan, url: str, fetched_at: datetime) -> None:
        """Hand on."""
        await self._sink.not_modified(plan, url, fetched_at)

    async def finished(self, plan: VisitPlan, report: VisitReport) -> None:
        """Hand on, and remember."""
        await self._sink.finished(plan, report)
        self.hold_until = report.retry_at


class OpenCycle:
    """Visits whose news is judged and told together."""

    def __init__(self, cycle: Cycle, sink: StoringSink) -> None:
        self._sink = sink
        self.cycle = cycle

    @property
    def sink(self) -> StoringSink:
        """Where the visits of this cycle go."""
        return self._sink

    async def judge(self) -> list[Change]:
        """Judge the cases that visits have touched, with their changes and deliveries; returns the cycle's changes.

        Raises:
            StoreError: the database refused; nothing was changed, and the next cycle judges them.
        """
        await self._sink.judge_cases()
        return self.cycle.changes


class Visiting:
    """What a configuration gives a daemon to do. A new configuration is a new `Visiting` on the same store."""

    def __init__(self, config: Config, store: Store, clock: Clock, register: Register | None = None) -> None:
        register = register or load_register()
        self.config = config
        self.timetable = Timetable.of(config, store, clock())
        self._by_name: Mapping[str, Site] = {site.name: site for site in self.timetable.sites}
        self._store, self._clock, self._register = store, clock, register
        self._judge = judge_of(config, register)
        self._outbox = Outbox.of(config, register)
        self._settings = crawl_settings(config, self.timetable.sites)
        self._publishing = threading.Lock()
        self._published: str | None = None

    def prepare(self) -> None:
        """Load the parsers, and give a new history what is known from the start. Takes a second or two.

        Raises:
            StoreError: the database or the archive refused.
        """
        load_parsers()
        learn(self.config, self._store, self._register, self._clock())

    def note_return(self, visited: Visited) -> None:
        """Let what a routine visit met decide on the site's next one: sooner, or not before it may.

        Raises:
            StoreError: the database refused.
        """
        back = return_after(self._store, visited.visit, visited.hold_until)
        self.timetable.note(visited.visit.site, back)

    def renew_timetable(self) -> None:
        """Share the budget of requests out anew, by what was seen meanwhile.

        Raises:
            StoreError: the database refused.
        """
        self.timetable = Timetable.of(self.config, self._store, self._clock())

    @property
    def concurrent_sites(self) -> int:
        """How many sites may be visited at once."""
        return self._settings.concurrent_sites

    @property
    def longest_visit(self) -> float:
        """Seconds after which a visit has ended, whatever happened to it."""
        return self._settings.seconds_per_visit + self._settings.timeout + 60

    @property
    def delay(self) -> float:
        """Seconds between two requests to one host."""
        return self._settings.delay

    def site(self, name: str) -> Site | None:
        """The watched site of this name."""
        return self._by_name.get(name)

    def places(self, site: Site) -> frozenset[Place]:
        """The hosts a visit of the site asks: sites that share one are visited one after another."""
        return Scope(site).places

    def open_cycle(self, on_visit: Callable[[Visit], None] | None = None) -> OpenCycle:
        """Begin a cycle."""
        started = self._clock()
        cycle = Cycle(name=started.isoformat(), started=started)
        readers = ReaderPool.shared(self.config.crawl.readers)
        return OpenCycle(
            cycle,
            StoringSink(self._store, self._judge, self._outbox, cycle, self._clock, on_visit, readers, self.delay),
        )

    async def visit(self, site: Site, cycle: OpenCycle, stop: asyncio.Event) -> Visited | None:
        """Visit a site in its turn, to the end; None when it was given up because `stop` was set.

        Raises:
            StoreError: the database refused; nothing of the visit was kept.
            CrawlError: nothing can be visited at all.
        """
        plan = VisitPlan(
            site,
            self.config.association,
            Purpose.ROUTINE,
            RememberedPages(self._store, site.name),
            recall=partial(site_memory, self._store, site.name),
        )
        return await self._run(plan, cycle, stop)

    async def confirm(self, confirmation: Confirmation, cycle: OpenCycle, stop: asyncio.Event) -> Visited | None:
        """Fetch a new official count again; as `visit`."""
        return await self._run(confirmation.plan, cycle, stop)

    async def _run(self, plan: VisitPlan, cycle: OpenCycle, stop: asyncio.Event) -> Visited | None:
        sink = _Listening(cycle.sink)
        before = len(cycle.cycle.visits)
        await run_visits([plan], sink, self._settings, self._clock, stop=stop, in_place=True)
        for visit in cycle.cycle.visits[before:]:
            if visit.site == plan.site.name and visit.purpose is plan.purpose:
                return Visited(visit, sink.hold_until)
        return None

    def next_confirmation(self) -> Confirmation | None:
        """The official count that waits to be fetched again.

        Raises:
            StoreError: the database refused.
        """
        return next_confirmation(self._store, self._judge, self.timetable.sites)

    def deliver(self, stop: threading.Event) -> DeliveryReport:
        """Hand over what is due in the outbox; may take a minute, for a receiver may be slow, unless `stop` is set.

        Raises:
            StoreError: the database refused.
        """
        return deliver(self._store, self._outbox, self.config.association, self._clock(), stop=stop)

    def publish(self) -> None:
        """Write the feeds anew, when there is news they do not have.

        Raises:
            StoreError: the database refused, or the feeds can't be written.
        """
        with self._publishing:
            mark = self._store.news_mark()
            if mark != self._published:
                publish_feeds(self.config, self._store, self._register, self._clock())
                self._published = mark

    def tell_operator(self, change: Change) -> bool:
        """Put a change for the operator into the outbox; False when it was told before.

        Raises:
            StoreError: the database refused.
        """
        with self._store.write() as tx:
            stored = tx.add_change(change)
            if stored is not None:
                self._outbox.enqueue(tx, [stored], self._clock())
        return stored is not None

    def tell_directly(self, change: Change) -> None:
        """Send a change to the operator past the outbox, once: the database that holds it refuses."""
        from zmpwatch.alert import OPERATOR, AppriseSender, compose

        message = compose(
            [change],
            recipient=OPERATOR,
            language="en",
            names=self._outbox.names,
            key=change.dedup_key,
            association=self.config.association,
        )
        for url in self.config.operator.to:
            result = AppriseSender().send(url, message)
            logger.warning("the operator was told past the outbox: %s", result)


def crawler_alive() -> bool:
    """Whether the thread that crawls runs, or has not been needed yet."""
    from zmpwatch.crawl.reactorthread import ReactorThread

    return ReactorThread.alive()

"""Takes the pages of running visits, reads them, and stores each finished visit in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from zmpwatch.crawl.plan import Clock, PageOutcome, VisitPlan
from zmpwatch.crawl.wrongpage import shows_much
from zmpwatch.model import (
    Association,
    Change,
    Failure,
    FailureKind,
    KnownPage,
    Municipality,
    Page,
    Site,
    Visit,
    VisitReport,
)
from zmpwatch.read import sniff
from zmpwatch.service.cycle import Cycle
from zmpwatch.service.gathered import Gathered, had_statements, starts_of
from zmpwatch.service.judging import Judge, judge_cases_in
from zmpwatch.service.moving import is_bare, is_its_own, what_stands_there
from zmpwatch.service.outbox import Outbox
from zmpwatch.service.pagereading import (
    ASSOCIATION_FAMILY,
    AT_ONCE,
    PageReading,
    Unchanged,
    read_page_again,
    read_whole_page,
    seen_again,
    skim_page_again,
    unchanged_page,
)
from zmpwatch.service.readers import Errand, ReaderPool
from zmpwatch.service.remembered import RememberedPages, waiting_page
from zmpwatch.service.searching import WordFinder, prepared
from zmpwatch.service.spam import advertises
from zmpwatch.service.visitstoring import VisitStoring
from zmpwatch.store import Store

__all__ = ["StoringSink"]

_WORDS = WordFinder()
_SELLS_SPACE = "press"
"""Papers have articles that somebody paid for; a town has none."""
_QUICKEST = 0.25
"""Seconds in which a site without a delay gives a page at best."""


class StoringSink:
    """Implements `zmpwatch.crawl.Sink` with reader, extractor, judge and store.

    Pages are read in worker threads, so that a slow page does not hold up the downloads of others; only a short look at
    a page of usual size, which most pages need no more than, is taken at once. Where `readers` are given, they do both
    while pages may come faster than one process reads them: that depends on `delay`, the seconds between two requests
    to a host. Pages may come in the loop of the visits (`in_place` of `run_visits`). `on_visit` is called after each
    stored visit, for progress displays.
    """

    def __init__(
        self,
        store: Store,
        judge: Judge,
        outbox: Outbox,
        cycle: Cycle,
        clock: Clock,
        on_visit: Callable[[Visit], None] | None = None,
        readers: ReaderPool | None = None,
        delay: float = 0.0,
    ) -> None:
        self._store = store
        self._judge = judge
        self._outbox = outbox
        self._cycle = cycle
        self._clock = clock
        self._on_visit = on_visit
        self._readers, self._pause = readers, max(_QUICKEST, delay)
        self._visits = VisitStoring(store, judge, outbox, cycle.name, clock)
        self._forgotten = store.forgotten_urls()
        self._running: dict[int, Gathered] = {}
        self._writing = asyncio.Lock()

    def _of(self, plan: VisitPlan) -> Gathered:
        return self._running.setdefault(id(plan), Gathered())

    async def page(self, plan: VisitPlan, page: Page) -> PageOutcome:
        """Read one page; archive it when it carries evidence. A page that was taken down is not read again."""
        if not self._forgotten.isdisjoint({page.url, page.requested}):
            return PageOutcome()
        municipality = self._judge.register.get(plan.site.municipality) if plan.site.municipality else None
        gathered = self._of(plan)
        known = plan.known.get(page.url)
        if known is not None and page.complete and (same := unchanged_page(known, page)) is not None:
            gathered.same[page.url] = same
            return PageOutcome(bool(known.statements), known.statements, unchanged=True)
        if {page.url, page.requested} & set(starts_of(plan)) and plan.site.family != ASSOCIATION_FAMILY:
            if not is_its_own(page, municipality, self._judge.register):
                gathered.start_is = await asyncio.to_thread(what_stands_there, page, municipality, self._judge.register)
                if not shows_much(page.body):
                    gathered.start_is_bare = is_bare(page, municipality, self._judge.register)
            gathered.start_read = True
        reading = await self._read(plan.site, page, municipality, known)
        if isinstance(reading, Unchanged):
            assert known is not None
            gathered.same[page.url] = seen_again(known, page, reading.body_sha256)
            gathered.failures += reading.remarks
            return PageOutcome(bool(known.statements), known.statements, unchanged=True, links=reading.found)
        if isinstance(reading, Failure):
            gathered.failures.append(reading)
            if reading.kind is FailureKind.NEEDS_OCR:
                gathered.waiting.append(waiting_page(page, known, page.body_sha256))
            return PageOutcome(unread=reading.kind is FailureKind.INCOMPLETE)
        gathered.failures += reading.remarks
        if municipality is not None and plan.site.family != _SELLS_SPACE and advertises(page):
            gathered.advertising.append(page.url)
        if reading.statements or had_statements(plan, reading):
            await asyncio.to_thread(self._store.archive.put, page.body)
            searched = await asyncio.to_thread(prepared, reading.text, page.fetched_at, _WORDS.words_of)
            reading = replace(reading, searched=searched)
        gathered.add(reading)
        return PageOutcome(bool(reading.statements), len(reading.statements), links=reading.found)

    @property
    def _association(self) -> Association:
        return self._judge.association

    async def _read(
        self, site: Site, page: Page, municipality: Municipality | None, known: KnownPage | None
    ) -> PageReading | Unchanged | Failure:
        """Read a page; one whose reading may take long in a thread.

        Going to a thread and back costs as much as half the skimming of a usual page, and more when all are busy.
        """
        what = (site, page, self._association, municipality, known)
        if len(page.body) > AT_ONCE:
            return await asyncio.to_thread(read_page_again, *what)
        # a document is read in a child of its own, and waits for one as long as it takes
        readers = self._readers if sniff(page.body, page.headers).is_page else None
        if readers is not None and readers.wanted(len(self._running) / self._pause):
            return await readers.read(Errand(*what))
        skimmed = skim_page_again(*what)
        if skimmed is not None:
            return skimmed
        if readers is not None and readers.at_work:
            # they know what extraction knows, which takes this process 16 MB
            return await readers.read(Errand(*what))
        return await asyncio.to_thread(read_whole_page, *what)

    async def not_modified(self, plan: VisitPlan, url: str, fetched_at: datetime) -> None:
        """Note that a known page is as it was."""
        self._of(plan).not_modified.append((url, fetched_at))

    async def finished(self, plan: VisitPlan, report: VisitReport) -> None:
        """Store the visit with all it found, judge it, and put deliveries in the outbox: all or nothing."""
        gathered = self._running.pop(id(plan), Gathered())
        async with self._writing:
            visit, changes, statements = await asyncio.to_thread(self._visits.store_or_note, plan, report, gathered)
        if isinstance(plan.known, RememberedPages):
            plan.known.release()
        self._cycle.visits.append(visit)
        self._cycle.changes += changes
        self._cycle.statements += statements
        if self._on_visit is not None:
            self._on_visit(visit)

    async def judge_cases(self) -> None:
        """Judge the cases that the visits have touched, in one transaction with their changes and deliveries."""
        async with self._writing:
            self._cycle.changes += await asyncio.to_thread(self._judge_cases)

    def _judge_cases(self) -> list[Change]:
        now = self._clock()
        with self._store.write() as tx:
            changes = judge_cases_in(tx, self._judge, now)
            self._outbox.enqueue(tx, changes, now)
        return changes

"""Takes the pages of running visits, reads them, and stores each finished visit in one transaction."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from zmpwatch.crawl.plan import Clock, PageOutcome, VisitPlan
from zmpwatch.errors import StoreError
from zmpwatch.extract import EXTRACTOR_VERSION
from zmpwatch.judge import Findings, judge_visit
from zmpwatch.model import (
    MIN_CONFIDENCE,
    Association,
    Change,
    CountStatement,
    Failure,
    FailureKind,
    KnownPage,
    MembershipStatement,
    Municipality,
    Page,
    Purpose,
    Qualifier,
    Site,
    SiteMemory,
    Verdict,
    Visit,
    VisitReport,
)
from zmpwatch.model.days import day_of
from zmpwatch.read.ocr import why_no_ocr
from zmpwatch.service.judging import Judge, judge_cases_in, judge_visit_in
from zmpwatch.service.moving import MOVED, is_its_own, move_of, what_stands_there
from zmpwatch.service.novelty import was_there_before
from zmpwatch.service.outbox import Outbox
from zmpwatch.service.pagereading import (
    ASSOCIATION_FAMILY,
    PageReading,
    Unchanged,
    known_page,
    read_page_again,
    read_whole_page,
    seen_again,
    skim_page_again,
    unchanged_page,
)
from zmpwatch.service.remembered import RememberedPages, waiting_page
from zmpwatch.service.searching import WordFinder, prepared
from zmpwatch.service.upgrading import stored_version_read_again
from zmpwatch.store import Store, Writer
from zmpwatch.store.pagekeeping import NEEDS_OCR, SiteMove

__all__ = ["Cycle", "StoringSink"]

logger = logging.getLogger(__name__)

_WORDS = WordFinder()
_PARTIAL_IS_NORMAL = 3
_AT_ONCE = 128 << 10
"""Bytes of a page that is skimmed without going to a thread: 5 ms of the loop's time."""


@dataclass(slots=True)
class Cycle:
    """One run: what belongs together, and what came of it."""

    name: str
    started: datetime
    visits: list[Visit] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    statements: int = 0

    @property
    def verdicts(self) -> dict[str, int]:
        """How many routine visits ended how."""
        counted = Counter(str(visit.verdict) for visit in self.visits if visit.purpose is Purpose.ROUTINE)
        return dict(sorted(counted.items()))


@dataclass(slots=True)
class _Running:
    """What a visit has brought so far."""

    readings: list[PageReading] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    not_modified: list[tuple[str, datetime]] = field(default_factory=list)
    same: dict[str, KnownPage] = field(default_factory=dict)
    """Pages that came whole and say what they said before, by the address they are known under."""
    waiting: list[KnownPage] = field(default_factory=list)
    """Scans that could not be read."""
    start_read: bool = False
    """Whether the page the site begins at was looked at, to see whose it is."""
    start_is: tuple[str, str] | None = None
    """What is wrong with that page: see `zmpwatch.service.moving`."""


class StoringSink:
    """Implements `zmpwatch.crawl.Sink` with reader, extractor, judge and store.

    Pages are read in worker threads, so that a slow page does not hold up the downloads of others; only a short look at
    a page of usual size, which most pages need no more than, is taken at once. `on_visit` is called after each stored
    visit, for progress displays.
    """

    in_place = True
    """Pages may come in the loop of the visits: see `zmpwatch.crawl.Sink`."""

    def __init__(
        self,
        store: Store,
        judge: Judge,
        outbox: Outbox,
        cycle: Cycle,
        clock: Clock,
        on_visit: Callable[[Visit], None] | None = None,
    ) -> None:
        self._store = store
        self._judge = judge
        self._outbox = outbox
        self._cycle = cycle
        self._clock = clock
        self._on_visit = on_visit
        self._forgotten = store.forgotten_urls()
        self._running: dict[int, _Running] = {}
        self._writing = asyncio.Lock()

    def _of(self, plan: VisitPlan) -> _Running:
        return self._running.setdefault(id(plan), _Running())

    async def page(self, plan: VisitPlan, page: Page) -> PageOutcome:
        """Read one page; archive it when it carries evidence. A page that was taken down is not read again."""
        if not self._forgotten.isdisjoint({page.url, page.requested}):
            return PageOutcome()
        municipality = self._judge.register.get(plan.site.municipality) if plan.site.municipality else None
        running = self._of(plan)
        known = plan.known.get(page.url)
        if known is not None and page.complete and (same := unchanged_page(known, page)) is not None:
            running.same[page.url] = same
            return PageOutcome(bool(known.statements), known.statements, unchanged=True)
        if {page.url, page.requested} & set(_starts(plan)) and plan.site.family != ASSOCIATION_FAMILY:
            if not is_its_own(page, municipality, self._judge.register):
                running.start_is = await asyncio.to_thread(what_stands_there, page, municipality, self._judge.register)
            running.start_read = True
        reading = await self._read(plan.site, page, municipality, known)
        if isinstance(reading, Unchanged):
            assert known is not None
            running.same[page.url] = seen_again(known, page, reading.body_sha256)
            running.failures += reading.remarks
            return PageOutcome(bool(known.statements), known.statements, unchanged=True, links=reading.found)
        if isinstance(reading, Failure):
            running.failures.append(reading)
            if reading.kind is FailureKind.NEEDS_OCR:
                running.waiting.append(waiting_page(page, known, hashlib.sha256(page.body).hexdigest()))
            return PageOutcome(unread=reading.kind is FailureKind.INCOMPLETE)
        running.failures += reading.remarks
        if reading.statements or _had_statements(plan, reading):
            await asyncio.to_thread(self._store.archive.put, page.body)
            searched = await asyncio.to_thread(prepared, reading.text, page.fetched_at, _WORDS.words_of)
            reading = replace(reading, searched=searched)
        running.readings.append(reading.without_bodies())
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
        if len(page.body) > _AT_ONCE:
            return await asyncio.to_thread(read_page_again, *what)
        skimmed = skim_page_again(*what)
        return skimmed if skimmed is not None else await asyncio.to_thread(read_whole_page, *what)

    async def not_modified(self, plan: VisitPlan, url: str, fetched_at: datetime) -> None:
        """Note that a known page is as it was."""
        self._of(plan).not_modified.append((url, fetched_at))

    async def finished(self, plan: VisitPlan, report: VisitReport) -> None:
        """Store the visit with all it found, judge it, and put deliveries in the outbox: all or nothing."""
        running = self._running.pop(id(plan), _Running())
        async with self._writing:
            visit, changes, statements = await asyncio.to_thread(self._commit_or_note, plan, report, running)
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

    def _commit_or_note(
        self, plan: VisitPlan, report: VisitReport, running: _Running
    ) -> tuple[Visit, list[Change], int]:
        """Store a visit; where its statements can't be judged, store that it failed, and let the other sites go on."""
        try:
            return self._commit(plan, report, running)
        except StoreError:
            raise
        except Exception as error:
            # one site must not keep the alerts of all others from going out, run after run
            logger.exception("%s: the visit could not be judged", plan.site.name)
            detail = f"the visit could not be judged: {type(error).__name__}: {error}"
            report.failures.append(Failure(FailureKind.INTERNAL, plan.site.url, detail))
            return self._commit(plan, report, _Running())

    def _commit(self, plan: VisitPlan, report: VisitReport, running: _Running) -> tuple[Visit, list[Change], int]:
        report.failures += running.failures
        now = self._clock()
        with self._store.write() as tx:
            move = self._place(tx, plan, report, running, now)
            findings = self._findings(tx, plan, running, report.failures)
            verdict, problems = judge_visit(report, findings, self._judge.health_rules)
            problems += _ambiguous(running)
            if move is not None:
                problems = (f"{move.kind}: {move.detail}; `zmpwatch sites list` has the line for it", *problems)
            visit = Visit(
                site=plan.site.name,
                purpose=plan.purpose,
                started=report.started,
                finished=report.finished or now,
                verdict=verdict,
                requests=report.requests,
                bytes=report.bytes,
                pages=report.pages,
                not_modified=report.not_modified,
                statements=findings.statements,
                problems=problems,
                cycle=self._cycle.name,
                needs_ocr=sum(failure.kind is FailureKind.NEEDS_OCR for failure in report.failures),
            )
            visit_id = tx.add_visit(visit)
            visit = replace(visit, id=visit_id)
            touched, stored = self._store_pages(tx, plan, visit_id, running, report.memory or SiteMemory(), now)
            tx.mark_site(plan.site, visit.finished if _ends_baseline(tx, visit) else None)
            changes = judge_visit_in(tx, self._judge, plan.site, visit, touched, now)
            self._outbox.enqueue(tx, changes, now)
        return visit, changes, stored

    def _place(
        self, tx: Writer, plan: VisitPlan, report: VisitReport, running: _Running, now: datetime
    ) -> SiteMove | None:
        """Note where the site is now. What was read on a page that is not the site's own is dropped, nobody said it."""
        site = plan.site
        if plan.purpose is not Purpose.ROUTINE:
            return None
        move = move_of(site, report, running.start_is, now)
        if move is None and not running.start_read:
            # a page that is as it was is the site's own: another's is never remembered
            seen = {url for url, _ in running.not_modified} | running.same.keys()
            if seen.isdisjoint(_starts(plan)):
                return None  # it was not seen: what is known of it stays
        tx.put_site_move(site.name, move)
        if move is not None and move.kind != MOVED:
            running.readings.clear()
            report.failures.append(Failure(FailureKind.WRONG_PAGE, site.url, move.detail))
        return move

    def _findings(self, tx: Writer, plan: VisitPlan, running: _Running, failures: Sequence[Failure]) -> Findings:
        official = plan.site.family == ASSOCIATION_FAMILY and plan.purpose is Purpose.ROUTINE
        belief = tx.count_belief(self._association.key) if official else None
        rests_on = tx.statements_by_id(belief.rests_on) if belief is not None else {}
        count_urls = {stored.source.url for stored in rests_on.values() if stored.source.site == plan.site.name}
        unchanged = {url for url, _ in running.not_modified} | running.same.keys()
        counting = any(
            isinstance(statement, CountStatement) and statement.qualifier is Qualifier.EXACT
            for reading in running.readings
            for statement in reading.statements
        )
        return Findings(
            read=len(running.readings) + len(running.same),
            new_texts=sum(_is_new(plan, reading) for reading in running.readings),
            statements=sum(len(reading.statements) for reading in running.readings),
            count_expected=bool(count_urls),
            count_found=counting or bool(count_urls & unchanged),
            start_failed=any(failure.url in _starts(plan) for failure in failures),
            count_page_seen=bool(count_urls & {reading.page.url for reading in running.readings}),
        )

    def _stored_version(self, tx: Writer, plan: VisitPlan, reading: PageReading) -> PageReading | None:
        """The page as it was stored last, read by today's rules; None where they are those of that time."""
        municipality = self._judge.register.get(plan.site.municipality) if plan.site.municipality else None
        return stored_version_read_again(
            tx, self._store.archive, plan.site, reading, plan.known, self._association, municipality
        )

    @staticmethod
    def _store_version(tx: Writer, visit_id: int, site: str, reading: PageReading, *, baseline: bool) -> int:
        """Store a version of a page with what it states; returns the snapshot's id."""
        page, text = reading.page, reading.text
        snapshot = tx.add_snapshot(visit_id, site, page, text, reading.body_sha256, reading.digest, baseline)
        tx.add_statements(snapshot, reading.statements, reading.authorities, EXTRACTOR_VERSION)
        return snapshot

    def _store_pages(
        self, tx: Writer, plan: VisitPlan, visit_id: int, running: _Running, memory: SiteMemory, now: datetime
    ) -> tuple[set[str], int]:
        """Store the statements of each page; returns the TERYT codes new statements name, and how many are new."""
        site = plan.site.name
        state = tx.site_state(site)
        since = day_of(state.first_healthy) if state is not None and state.first_healthy is not None else None
        touched: set[str] = set()
        stored = 0
        for reading in running.readings:
            if not reading.statements and not _had_statements(plan, reading):
                continue
            snapshot = tx.snapshot_id(site, reading.page.url, reading.digest)
            if snapshot is None:
                earlier = self._stored_version(tx, plan, reading)
                if earlier is not None and tx.snapshot_id(site, earlier.page.url, earlier.digest) is None:
                    self._store_version(tx, visit_id, site, earlier, baseline=True)
                baseline = since is None or was_there_before(reading, plan.known, since, compared=earlier is not None)
                snapshot = self._store_version(tx, visit_id, site, reading, baseline=baseline)
                if reading.searched is not None:
                    tx.index_pages({snapshot: reading.searched})
                named = {
                    statement.teryt
                    for statement in reading.statements
                    if isinstance(statement, MembershipStatement) and statement.teryt
                }
                tx.put_municipalities([m for teryt in sorted(named) if (m := self._judge.register.get(teryt))])
                touched |= named
                stored += len(reading.statements)
            tx.add_sighting(snapshot, visit_id, reading.page.fetched_at, fresh=True)
        remembered = [
            known_page(reading, reading.page.fetched_at, plan.known.get(reading.page.url))
            for reading in running.readings
        ]
        if why_no_ocr() is not None:
            waiting = {reading.page.url for reading in running.readings if reading.text.needs_ocr}
            remembered = [replace(page, extractor=NEEDS_OCR) if page.url in waiting else page for page in remembered]
        remembered += running.waiting
        for known in running.same.values():
            remembered.append(known)
            self._sight_again(tx, site, visit_id, known, fresh=True)
        for url, seen_at in running.not_modified:
            before = plan.known.get(url)
            if before is None:
                continue
            known = replace(before, fetched_at=seen_at, status=304)
            remembered.append(known)
            self._sight_again(tx, site, visit_id, known, fresh=False)
        tx.save_pages(site, [_weighed(page, plan, memory) for page in remembered])
        tx.save_pages(site, _gone(plan, memory, now))
        tx.save_memory(site, memory)
        return touched, stored

    @staticmethod
    def _sight_again(tx: Writer, site: str, visit_id: int, known: KnownPage, *, fresh: bool) -> None:
        """Store that a page was served again with the text it had."""
        if known.text_sha256 and known.statements and known.fetched_at is not None:
            snapshot = tx.snapshot_id(site, known.url, known.text_sha256)
            if snapshot is not None:
                tx.add_sighting(snapshot, visit_id, known.fetched_at, fresh=fresh)


def _weighed(page: KnownPage, plan: VisitPlan, memory: SiteMemory) -> KnownPage:
    """A page with what the visit found it to be worth. A list that led nowhere new this time is no list for long."""
    before = plan.known.get(page.url)
    worth = memory.worth.get(page.url, before.worth if before else 0.0)
    leads = max(memory.leads.get(page.url, 0), (before.leads + 1) // 2 if before else 0)
    if before is not None and page.url not in memory.leads and page.changed_at == before.changed_at:
        leads = before.leads
    return replace(page, worth=worth, leads=leads)


def _gone(plan: VisitPlan, memory: SiteMemory, now: datetime) -> list[KnownPage]:
    """Known pages that were asked for and are not there: they wait for their next turn like all others."""
    known = (plan.known.get(url) for url in sorted(memory.gone))
    return [replace(page, fetched_at=now, full_fetch_at=now, status=404, leads=0) for page in known if page is not None]


def _ambiguous(running: _Running) -> tuple[str, ...]:
    """Steps that nobody is told of, since the name on the page is that of several municipalities."""
    return tuple(
        dict.fromkeys(
            f"ambiguous: {reading.page.url}: {statement.municipality} ({statement.kind} {statement.stage}) "
            "may be several municipalities; nobody was told"
            for reading in running.readings
            for statement in reading.statements
            if isinstance(statement, MembershipStatement)
            and statement.teryt is None
            and statement.confidence >= MIN_CONFIDENCE
        )
    )


def _starts(plan: VisitPlan) -> tuple[str, ...]:
    return plan.urls or plan.site.start_urls or (plan.site.url,)


def _ends_baseline(tx: Writer, visit: Visit) -> bool:
    """Whether what this visit saw may serve as the baseline of its site.

    A healthy visit does. So does the third partial one in a row: a site with one page that is always broken would else
    never leave its baseline, and its news would reach nobody.
    """
    if visit.purpose is not Purpose.ROUTINE:
        return False
    if visit.verdict.healthy:
        return True
    last = tx.visits(visit.site, limit=_PARTIAL_IS_NORMAL, purpose=Purpose.ROUTINE)
    return len(last) == _PARTIAL_IS_NORMAL and all(item.verdict is Verdict.PARTIAL for item in last)


def _is_new(plan: VisitPlan, reading: PageReading) -> bool:
    known = plan.known.get(reading.page.url)
    return known is None or known.body_sha256 != reading.body_sha256


def _had_statements(plan: VisitPlan, reading: PageReading) -> bool:
    """A page that stated something before and nothing now gets a snapshot of its own: the absence is on record."""
    known = plan.known.get(reading.page.url)
    return known is not None and known.statements > 0

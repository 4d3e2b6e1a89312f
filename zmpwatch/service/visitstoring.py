"""From what a visit has brought to the rows that are kept of it: one transaction a visit."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from zmpwatch.crawl.plan import Clock, VisitPlan
from zmpwatch.errors import StoreError
from zmpwatch.extract import EXTRACTOR_VERSION
from zmpwatch.judge import Findings, judge_visit
from zmpwatch.model import (
    Change,
    CountStatement,
    Failure,
    FailureKind,
    KnownPage,
    MembershipStatement,
    Purpose,
    Qualifier,
    SiteMemory,
    Verdict,
    Visit,
    VisitReport,
)
from zmpwatch.model.days import day_of
from zmpwatch.read.ocr import why_no_ocr
from zmpwatch.service.gathered import Gathered, had_statements, is_new, starts_of
from zmpwatch.service.judging import Judge, judge_visit_in
from zmpwatch.service.moving import MOVED, move_of
from zmpwatch.service.novelty import was_there_before
from zmpwatch.service.outbox import Outbox
from zmpwatch.service.pagereading import ASSOCIATION_FAMILY, PageReading, known_page
from zmpwatch.service.upgrading import stored_version_read_again
from zmpwatch.store import Store, Writer
from zmpwatch.store.pagekeeping import NEEDS_OCR, SiteMove

__all__ = ["VisitStoring"]

logger = logging.getLogger(__name__)

_PARTIAL_IS_NORMAL = 3


class VisitStoring:
    """Stores visits with what they found, judged, and what is to be told of it: all of a visit or nothing.

    Args:
        store: where they are kept.
        judge: the rules.
        outbox: what is told goes there, in the same transaction.
        cycle: name of the cycle the visits belong to.
        clock: the present moment.
    """

    def __init__(self, store: Store, judge: Judge, outbox: Outbox, cycle: str, clock: Clock) -> None:
        self._store, self._judge, self._outbox, self._cycle, self._clock = store, judge, outbox, cycle, clock

    def store_or_note(
        self, plan: VisitPlan, report: VisitReport, gathered: Gathered
    ) -> tuple[Visit, list[Change], int]:
        """Store a visit; where its statements can't be judged, store that it failed, and let the other sites go on."""
        try:
            return self._commit(plan, report, gathered)
        except StoreError:
            raise
        except Exception as error:
            # one site must not keep the alerts of all others from going out, run after run
            logger.exception("%s: the visit could not be judged", plan.site.name)
            detail = f"the visit could not be judged: {type(error).__name__}: {error}"
            report.failures.append(Failure(FailureKind.INTERNAL, plan.site.url, detail))
            return self._commit(plan, report, Gathered())

    def _commit(self, plan: VisitPlan, report: VisitReport, gathered: Gathered) -> tuple[Visit, list[Change], int]:
        report.failures += gathered.failures
        now = self._clock()
        with self._store.write() as tx:
            move = self._place(tx, plan, report, gathered, now)
            bare = _is_all_bare(report, gathered)
            if bare:
                gathered.readings.clear()  # nothing is remembered of it, so that the next visit looks at it anew
            findings = replace(self._findings(tx, plan, gathered, report.failures), bare=bare)
            verdict, problems = judge_visit(report, findings, self._judge.health_rules)
            problems += gathered.ambiguous()
            if move is not None:
                same = (move.detail, f"{plan.site.url}: leads to another site: {report.moved_to}")
                others = (problem for problem in problems if not any(words in problem for words in same))
                problems = (f"{move.kind}: {move.detail}; `zmpwatch sites list` has the line for it", *others)
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
                cycle=self._cycle,
                needs_ocr=sum(failure.kind is FailureKind.NEEDS_OCR for failure in report.failures),
            )
            visit_id = tx.add_visit(visit)
            visit = replace(visit, id=visit_id)
            touched, stored = self._store_pages(tx, plan, visit_id, gathered, report.memory or SiteMemory(), now)
            tx.mark_site(plan.site, visit.finished if _ends_baseline(tx, visit) else None)
            changes = judge_visit_in(tx, self._judge, plan.site, visit, touched, now)
            self._outbox.enqueue(tx, changes, now)
        return visit, changes, stored

    def _place(
        self, tx: Writer, plan: VisitPlan, report: VisitReport, gathered: Gathered, now: datetime
    ) -> SiteMove | None:
        """Note where the site is now. What was read on a page that is not the site's own is dropped, nobody said it."""
        site = plan.site
        if plan.purpose is not Purpose.ROUTINE:
            return None
        move = move_of(site, report, gathered.start_is, now)
        if move is None and not gathered.start_read:
            # a page that is as it was is the site's own: another's is never remembered
            seen = gathered.seen_as_they_were()
            if seen.isdisjoint(starts_of(plan)):
                return None  # it was not seen: what is known of it stays
        tx.put_site_move(site.name, move)
        if move is not None and (move.kind != MOVED or gathered.start_is is not None):
            gathered.readings.clear()
            report.failures.append(Failure(FailureKind.WRONG_PAGE, site.url, move.detail))
        return move

    def _findings(self, tx: Writer, plan: VisitPlan, gathered: Gathered, failures: Sequence[Failure]) -> Findings:
        official = plan.site.family == ASSOCIATION_FAMILY and plan.purpose is Purpose.ROUTINE
        belief = tx.count_belief(self._judge.association.key) if official else None
        rests_on = tx.statements_by_id(belief.rests_on) if belief is not None else {}
        count_urls = {stored.source.url for stored in rests_on.values() if stored.source.site == plan.site.name}
        unchanged = gathered.seen_as_they_were()
        counting = any(
            isinstance(statement, CountStatement) and statement.qualifier is Qualifier.EXACT
            for reading in gathered.readings
            for statement in reading.statements
        )
        return Findings(
            read=len(gathered.readings) + len(gathered.same),
            new_texts=sum(is_new(plan, reading) for reading in gathered.readings),
            statements=sum(len(reading.statements) for reading in gathered.readings),
            count_expected=bool(count_urls),
            count_found=counting or bool(count_urls & unchanged),
            start_failed=any(failure.url in starts_of(plan) for failure in failures),
            advertising=tuple(gathered.advertising),
            count_page_seen=bool(count_urls & {reading.page.url for reading in gathered.readings}),
        )

    def _stored_version(self, tx: Writer, plan: VisitPlan, reading: PageReading) -> PageReading | None:
        """The page as it was stored last, read by today's rules; None where they are those of that time."""
        municipality = self._judge.register.get(plan.site.municipality) if plan.site.municipality else None
        return stored_version_read_again(
            tx, self._store.archive, plan.site, reading, plan.known, self._judge.association, municipality
        )

    @staticmethod
    def _store_version(tx: Writer, visit_id: int, site: str, reading: PageReading, *, baseline: bool) -> int:
        """Store a version of a page with what it states; returns the snapshot's id."""
        page, text = reading.page, reading.text
        snapshot = tx.add_snapshot(visit_id, site, page, text, reading.body_sha256, reading.digest, baseline)
        tx.add_statements(snapshot, reading.statements, reading.authorities, EXTRACTOR_VERSION)
        return snapshot

    def _store_pages(
        self, tx: Writer, plan: VisitPlan, visit_id: int, gathered: Gathered, memory: SiteMemory, now: datetime
    ) -> tuple[set[str], int]:
        """Store the statements of each page; returns the TERYT codes new statements name, and how many are new."""
        site = plan.site.name
        told = self._store_readings(tx, plan, visit_id, gathered.readings)
        unmodified = [
            replace(before, fetched_at=seen_at, status=304)
            for url, seen_at in gathered.not_modified
            if (before := plan.known.get(url)) is not None
        ]
        self._sight_again(tx, site, visit_id, gathered.same.values(), fresh=True)
        self._sight_again(tx, site, visit_id, unmodified, fresh=False)
        remembered = [*_read_now(plan, gathered), *gathered.waiting, *gathered.same.values(), *unmodified]
        tx.save_pages(site, [_weighed(page, plan, memory) for page in remembered])
        tx.save_pages(site, _gone(plan, memory, now))
        tx.save_memory(site, memory)
        return told

    def _store_readings(
        self, tx: Writer, plan: VisitPlan, visit_id: int, readings: Sequence[PageReading]
    ) -> tuple[set[str], int]:
        """Store what pages state that were read, and that they were served; returns what `_store_pages` does."""
        site = plan.site.name
        telling = [reading for reading in readings if reading.statements or had_statements(plan, reading)]
        state = tx.site_state(site) if telling else None
        since = day_of(state.first_healthy) if state is not None and state.first_healthy is not None else None
        touched: set[str] = set()
        stored = 0
        for reading in telling:
            snapshot = tx.snapshot_id(site, reading.page.url, reading.digest)
            if snapshot is None:
                snapshot = self._store_new(tx, plan, visit_id, reading, since)
                named = _named_in(reading)
                tx.put_municipalities([m for teryt in sorted(named) if (m := self._judge.register.get(teryt))])
                touched |= named
                stored += len(reading.statements)
            tx.add_sighting(snapshot, visit_id, reading.page.fetched_at, fresh=True)
        return touched, stored

    def _store_new(self, tx: Writer, plan: VisitPlan, visit_id: int, reading: PageReading, since: date | None) -> int:
        """Store a version that was not there, behind the one before it as today's rules read that one."""
        site = plan.site.name
        earlier = self._stored_version(tx, plan, reading)
        if earlier is not None and tx.snapshot_id(site, earlier.page.url, earlier.digest) is None:
            self._store_version(tx, visit_id, site, earlier, baseline=True)
        baseline = since is None or was_there_before(reading, plan.known, since, compared=earlier is not None)
        snapshot = self._store_version(tx, visit_id, site, reading, baseline=baseline)
        if reading.searched is not None:
            tx.index_pages({snapshot: reading.searched})
        return snapshot

    @staticmethod
    def _sight_again(tx: Writer, site: str, visit_id: int, known: Iterable[KnownPage], *, fresh: bool) -> None:
        """Store that pages were served again with the texts they had."""
        seen = [
            ((page.url, page.text_sha256), page.fetched_at)
            for page in known
            if page.text_sha256 and page.statements and page.fetched_at is not None
        ]
        snapshots = tx.snapshot_ids(site, [version for version, _ in seen])
        stored = [(snapshots[version], at, fresh) for version, at in seen if version in snapshots]
        tx.add_sightings(visit_id, stored)


def _is_all_bare(report: VisitReport, gathered: Gathered) -> bool:
    """Whether nothing came but a front page that says nothing and leads nowhere."""
    alone = len(gathered.readings) == 1 and report.pages == 1 and not gathered.seen_as_they_were()
    return gathered.start_is_bare and alone and not report.proven_empty


def _named_in(reading: PageReading) -> set[str]:
    """The TERYT codes its statements name."""
    return {
        statement.teryt
        for statement in reading.statements
        if isinstance(statement, MembershipStatement) and statement.teryt
    }


def _read_now(plan: VisitPlan, gathered: Gathered) -> list[KnownPage]:
    """What to remember of the pages that were read; of a scan that OCR could read, that it waits for it."""
    pages = [
        known_page(reading, reading.page.fetched_at, plan.known.get(reading.page.url)) for reading in gathered.readings
    ]
    if why_no_ocr() is None:
        return pages
    waiting = {reading.page.url for reading in gathered.readings if reading.text.needs_ocr}
    return [replace(page, extractor=NEEDS_OCR) if page.url in waiting else page for page in pages]


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

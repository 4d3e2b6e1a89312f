"""The use case `crawl`: visit, store, judge, confirm, deliver."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from zmpwatch.config import Config
from zmpwatch.crawl import run_visits
from zmpwatch.crawl.plan import Clock, CrawlSettings, VisitPlan
from zmpwatch.model import ASSOCIATION_FAMILY, Change, CountBelief, Purpose, Site, StoredStatement, Visit
from zmpwatch.read.ocr import why_no_ocr
from zmpwatch.read.warmup import load_parsers
from zmpwatch.register import Register, load_register
from zmpwatch.service.catalogue import all_sites
from zmpwatch.service.confirming import next_confirmation
from zmpwatch.service.cycle import Cycle
from zmpwatch.service.delivering import DeliveryReport, deliver_until
from zmpwatch.service.feeds import publish_feeds
from zmpwatch.service.holding import Holding
from zmpwatch.service.judging import Judge
from zmpwatch.service.knowledge import learn
from zmpwatch.service.outbox import Outbox
from zmpwatch.service.readers import ReaderPool
from zmpwatch.service.remembered import RememberedPages, site_memory
from zmpwatch.service.sink import StoringSink
from zmpwatch.service.timetable import Timetable
from zmpwatch.service.wiring import chosen_sites, crawl_settings, judge_of
from zmpwatch.store import Store

__all__ = ["CrawlResult", "Progress", "crawl", "due_sites"]


@dataclass(slots=True)
class Progress:
    """Callbacks for whoever watches a crawl: how many visits there will be, each one done, and waits."""

    started: Callable[[int], None] = lambda _count: None
    visited: Callable[[Visit], None] = lambda _visit: None
    waiting: Callable[[CountBelief, float], None] = lambda _belief, _seconds: None


@dataclass(slots=True)
class CrawlResult:
    """What a crawl did. `seconds` is by the clock that was given; `pending` is a count still to be confirmed.

    `baseline` is the first count there is, where this run took it.
    """

    visits: list[Visit]
    changes: list[Change]
    verdicts: dict[str, int]
    statements: int
    delivery: DeliveryReport
    seconds: float
    pending: CountBelief | None = None
    baseline: CountBelief | None = None
    evidence: dict[int, StoredStatement] = field(default_factory=dict)

    @property
    def routine(self) -> list[Visit]:
        """Visits made in their turn, without confirmations."""
        return [visit for visit in self.visits if visit.purpose is Purpose.ROUTINE]

    @property
    def failed(self) -> bool:
        """Whether some site was not well or some delivery failed (exit status 1)."""
        return any(not visit.verdict.healthy for visit in self.routine) or not self.delivery.ok

    @property
    def why_no_ocr(self) -> str | None:
        """What is missing on this machine for scans to be read; None where nothing is."""
        return why_no_ocr()

    def as_json(self) -> dict[str, Any]:
        """The object ``crawl --json`` prints."""
        return {
            "visits": len(self.routine),
            "requests": sum(visit.requests for visit in self.visits),
            "bytes": sum(visit.bytes for visit in self.visits),
            "pages": sum(visit.pages for visit in self.visits),
            "not_modified": sum(visit.not_modified for visit in self.visits),
            "statements": self.statements,
            "changes": len(self.changes),
            "baseline": self.baseline.members if self.baseline is not None else None,
            "verdicts": self.verdicts,
            "needs_ocr": sum(visit.needs_ocr for visit in self.routine),
            "seconds": round(self.seconds, 3),
        }


def due_sites(store: Store, config: Config, sites: Sequence[Site], now: datetime) -> tuple[Site, ...]:
    """The sites whose time has come: the association's first, then those never visited, then the longest overdue.

    A run that is ended before its end, time and again, gets round to all of them so.
    """
    last = store.last_visits()
    timetable = Timetable.of(config, store, now, last)
    turns = [timetable.turn(site, last[site.name].started if site.name in last else None, now) for site in sites]
    due = [turn for turn in turns if turn.due <= now]
    due.sort(key=lambda turn: (turn.site.family != ASSOCIATION_FAMILY, turn.site.name in last, turn.due))
    return tuple(turn.site for turn in due)


async def crawl(
    config: Config,
    store: Store,
    clock: Clock,
    *,
    wanted: Sequence[str] = (),
    due: bool = False,
    progress: Progress | None = None,
    register: Register | None = None,
    banner: str | None = None,
    stop: asyncio.Event | None = None,
) -> CrawlResult:
    """Visit sites, judge what they say, confirm a new count where that takes no longer than two minutes, and deliver.

    Args:
        config: sites, bounds and subscribers.
        store: where everything is kept.
        clock: gives the present; the demo has one of its own.
        wanted: names of the sites to visit; all when empty.
        due: visit only those whose time has come.
        progress: who watches.
        register: the register of municipalities, where the caller has it loaded.
        banner: a line put above every message ("demo data").
        stop: set it to give up running visits and return.

    Raises:
        ConfigError: a wanted site is not configured.
        StoreError: the database refused.
        DatabaseLocked: another crawl is running on it, or has taken the lock over meanwhile.
    """
    load_parsers()
    register = register or load_register()
    progress = progress or Progress()
    known = all_sites(config)
    sites = chosen_sites(known, list(wanted))
    judge = judge_of(config, register)
    outbox = Outbox.of(config, register)
    settings = crawl_settings(config, known)
    started = clock()
    cycle = Cycle(name=started.isoformat(), started=started)
    stop = stop or asyncio.Event()
    with store.exclusive() as lock:
        async with Holding(lock, stop) as holding:
            learn(config, store, register, started)
            before = store.count_belief(config.association.key)
            if due:
                sites = due_sites(store, config, sites, started)
            progress.started(len(sites))
            readers = ReaderPool.shared(config.crawl.readers)
            sink = StoringSink(store, judge, outbox, cycle, clock, progress.visited, readers, settings.delay)
            plans = [
                VisitPlan(
                    site,
                    config.association,
                    Purpose.ROUTINE,
                    RememberedPages(store, site.name),
                    recall=partial(site_memory, store, site.name),
                )
                for site in sites
            ]
            await run_visits(plans, sink, settings, clock, stop=stop, in_place=True)
            await holding.check()
            await sink.judge_cases()
            pending = await _confirm(store, judge, known, sink, settings, clock, progress, stop)
            await holding.check()
            delivery = await deliver_until(stop, store, outbox, config.association, clock(), banner=banner)
            if not stop.is_set():
                await asyncio.to_thread(publish_feeds, config, store, register, clock())
    after = store.count_belief(config.association.key)
    return CrawlResult(
        visits=cycle.visits,
        changes=cycle.changes,
        verdicts=cycle.verdicts,
        statements=cycle.statements,
        delivery=delivery,
        seconds=(clock() - started).total_seconds(),
        pending=pending,
        baseline=after if _is_first(before, after) else None,
    )


def _is_first(before: CountBelief | None, after: CountBelief | None) -> bool:
    """Whether a count is believed now and none was before."""
    return after is not None and after.members is not None and (before is None or before.members is None)


async def _confirm(
    store: Store,
    judge: Judge,
    sites: Sequence[Site],
    sink: StoringSink,
    settings: CrawlSettings,
    clock: Clock,
    progress: Progress,
    stop: asyncio.Event,
) -> CountBelief | None:
    """Fetch a new official count again, as often and as far apart as the rules ask.

    Returns the belief that is left waiting: when the waits would be long, or the candidate did not hold.
    """
    while not stop.is_set():
        now = clock()
        confirmation = next_confirmation(store, judge, sites)
        if confirmation is None or not confirmation.is_near(now):
            break
        belief = confirmation.belief
        if confirmation.due > now:
            wait = (confirmation.due - now).total_seconds()
            progress.waiting(belief, wait)
            await _sleep(wait, stop)
        await run_visits([confirmation.plan], sink, settings, clock, stop=stop, in_place=True)
        after = store.count_belief(judge.association.key)
        if after is not None and after.candidate == belief.candidate and after.agreements == belief.agreements:
            # the page did not say it again: waiting longer in this run would ask the same server the same thing
            return after
    belief_now = store.count_belief(judge.association.key)
    return belief_now if belief_now is not None and belief_now.candidate is not None else None


async def _sleep(seconds: float, stop: asyncio.Event) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)

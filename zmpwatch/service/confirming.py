"""Which official count waits to be fetched again, from where and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from zmpwatch.crawl.plan import VisitPlan
from zmpwatch.model import CountBelief, CountState, Purpose, Site
from zmpwatch.service.judging import Judge
from zmpwatch.store import Store

__all__ = ["LONGEST_WAIT", "Confirmation", "next_confirmation"]

LONGEST_WAIT = timedelta(minutes=2)
"""What is told of a run waits for confirmations when all waits together are no longer."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A new official count that waits to be fetched again, past every cache.

    `plan` fetches just the pages that stated it, not before `due`; after that `remaining` further readings are missing,
    each `spacing` after the one before.
    """

    belief: CountBelief
    plan: VisitPlan
    due: datetime
    remaining: int
    spacing: timedelta

    def is_near(self, now: datetime) -> bool:
        """Whether all waits together are short enough to be waited for."""
        wait = self.due - now
        return wait <= timedelta() or wait + self.remaining * self.spacing <= LONGEST_WAIT


def next_confirmation(store: Store, judge: Judge, sites: Sequence[Site]) -> Confirmation | None:
    """What is to be fetched again next; None when no count waits, or waits for something else than a fetch.

    Raises:
        StoreError: the database refused.
    """
    belief = store.count_belief(judge.association.key)
    if belief is None or belief.candidate is None or belief.state is CountState.FLAPPING or not belief.agreements:
        return None
    rules = judge.count_rules
    missing = rules.readings_needed - len(belief.agreements)
    if missing <= 0:
        return None
    plan = _plan(store, judge, sites, belief)
    if plan is None:
        return None
    due = belief.agreements[-1] + rules.confirm_after
    return Confirmation(belief, plan, due, missing - 1, rules.confirm_after)


def _plan(store: Store, judge: Judge, sites: Sequence[Site], belief: CountBelief) -> VisitPlan | None:
    """A visit to just the pages that state the candidate, on the site that stated it."""
    by_name = {site.name: site for site in sites}
    sources = [stored.source for stored in store.statements_by_id(belief.candidate_rests_on).values()]
    for source in sorted(sources, key=lambda item: item.authority.rank):
        site = by_name.get(source.site)
        if site is not None:
            return VisitPlan(
                site,
                judge.association,
                Purpose.CONFIRMATION,
                urls=(source.url,),
                recall=partial(store.site_memory, site.name),
            )
    return None

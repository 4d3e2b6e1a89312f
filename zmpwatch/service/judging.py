"""Judging after a visit: what its statements change, inside the visit's own transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from zmpwatch.judge import (
    CaseRules,
    CountJudgement,
    CountOutcome,
    CountRules,
    Ground,
    HealthRules,
    Reading,
    build_case,
    case_changes,
    corroborates,
    count_change,
    is_listing,
    judge_count,
    lasting,
    official_readings,
    reconcile,
    reconciled_since,
    refused_values,
    site_change,
    unconfirmed_change,
    weigh,
    without_refused,
)
from zmpwatch.model import (
    Association,
    Case,
    Change,
    ChangeKind,
    CountBelief,
    CountState,
    Decision,
    MembershipStatement,
    Overruled,
    Purpose,
    Site,
    StoredStatement,
    Visit,
)
from zmpwatch.register import Register
from zmpwatch.service.pagereading import ASSOCIATION_FAMILY
from zmpwatch.store import Reader, Writer

__all__ = ["Judge", "judge_cases_in", "judge_visit_in", "judged_count", "told_of_count", "weighed"]

_WEIGHED = 20
_WHY = {
    CountOutcome.NOTHING: "read again",
    CountOutcome.BASELINE: "the first count read",
    CountOutcome.PENDING: "read, and waits to be read again",
    CountOutcome.CONFIRMED: "read again as often as asked for",
    CountOutcome.UNCONFIRMED: "not believed",
}
_HEALTH = (ChangeKind.SITE_BROKEN, ChangeKind.SITE_RECOVERED)


@dataclass(frozen=True, slots=True)
class Judge:
    """What judging needs besides the statements."""

    association: Association
    register: Register
    count_rules: CountRules
    case_rules: CaseRules
    health_rules: HealthRules

    def rules_for(self, site: Site) -> CountRules:
        """The count rules with the site's own band."""
        return replace(self.count_rules, band=site.expect_members or self.count_rules.band)


def judge_visit_in(
    tx: Writer, judge: Judge, site: Site, visit: Visit, touched: Collection[str], now: datetime
) -> list[Change]:
    """Let a stored visit act on the official count and the health of its site; note whose cases it touches.

    Cases are judged once the run has seen all sites (`judge_cases_in`): the same admission stands on several pages, and
    what is told of it must not depend on which of them came first.

    Args:
        tx: the visit's transaction, with its statements already in it.
        judge: rules and register.
        site: the site visited.
        visit: the stored visit.
        touched: TERYT codes the visit's new statements name.
        now: the time of judgement.

    Returns:
        The changes that are new, stored, with their ids.
    """
    if site.family == ASSOCIATION_FAMILY:
        touched = {*touched, *tx.listed_on(_number(visit))}
    tx.await_judgement(touched)
    changes = _judge_count(tx, judge, site, visit, now) if site.family == ASSOCIATION_FAMILY else []
    if visit.purpose is Purpose.ROUTINE:
        health = _judge_health(tx, judge, site, visit, now)
        changes += [health] if health else []
    return _stored(tx, changes)


def judge_cases_in(tx: Writer, judge: Judge, now: datetime) -> list[Change]:
    """Judge every case that stored statements have touched since it was last judged; returns the new changes."""
    return _stored(tx, _judge_cases(tx, judge, tx.take_awaiting(), now))


def _stored(tx: Writer, changes: Iterable[Change]) -> list[Change]:
    stored = (tx.add_change(change) for change in changes)
    return [change for change in stored if change is not None]


def _number(visit: Visit) -> int:
    if visit.id is None:
        raise ValueError(f"the visit to {visit.site} has not been stored")
    return visit.id


def _judge_cases(tx: Writer, judge: Judge, touched: Collection[str], now: datetime) -> list[Change]:
    known = tx.cases_of(touched)
    by_teryt: defaultdict[str, list[StoredStatement]] = defaultdict(list)
    for stored in tx.statements_by_id(_told_anew(tx, known, touched)).values():
        statement = stored.statement
        if isinstance(statement, MembershipStatement) and statement.teryt:
            by_teryt[statement.teryt].append(stored)
    visits = tx.listing_visits([teryt for teryt, told in by_teryt.items() if any(map(is_listing, told))])
    changes: list[Change] = []
    for teryt, told in sorted(by_teryt.items()):
        municipality = judge.register.get(teryt)
        statements = lasting(told, visits.get(teryt, 0))
        if municipality is None or not statements:
            continue
        before = known.get(teryt)
        after = build_case(teryt, statements, judge.case_rules)
        if before == after:
            continue
        by_id = {stored.id: stored for stored in statements}
        changes += case_changes(before, after, municipality, by_id, judge.case_rules, now=now)
        tx.put_case(after, known_from=now, told=by_id)
    return changes


def _judge_count(tx: Writer, judge: Judge, site: Site, visit: Visit, now: datetime) -> list[Change]:
    readings = official_readings(tx.count_sightings_of(_number(visit)))
    since = visit.started - judge.rules_for(site).counter_patience

    def counter_seen() -> datetime | None:
        return tx.counter_seen(site.name, _number(visit), since)

    judged = judged_count(
        tx,
        judge,
        site,
        visit,
        readings,
        counter_seen,
        lambda belief: _named_since(tx, belief, now),
        tx.decisions(judge.association.key),
        known_from=now,
    )
    if judged.outcome is CountOutcome.CONFIRMED:
        return told_of_count(tx, judge, judged.belief, now)
    if judged.outcome is CountOutcome.UNCONFIRMED:
        doubted = tx.statements_by_id(judged.belief.candidate_rests_on or _statements_of(readings))
        return [unconfirmed_change(judge.association.key, judged.belief, judged.reason, list(doubted.values()), now)]
    return []


def _told_anew(tx: Writer, known: Mapping[str, Case], touched: Collection[str]) -> list[int]:
    """All that is told (ids) of the municipalities of which something is told that their case does not rest on yet.

    Most new versions of a page say of a town what they said before: then its case can't change.
    """
    rests_on = {
        teryt: {number for event in case.events for number in event.statements} for teryt, case in known.items()
    }
    told = tx.telling_ids(touched)
    return [number for teryt, ids in told.items() if ids != rests_on.get(teryt) for number in ids]


def told_of_count(tx: Writer, judge: Judge, belief: CountBelief, now: datetime) -> list[Change]:
    """The news of a count just confirmed, with the news of the towns that explain it; not stored yet."""
    named_now = _judge_cases(tx, judge, tx.take_awaiting(), now)
    earlier = tx.changes(kinds=[ChangeKind.COUNT_CHANGED])
    cases, statements = _moved_since(tx, reconciled_since(belief.previous_as_of, earlier, tx.zone))
    rests_on = list(tx.statements_by_id(belief.rests_on).values())
    own = {stored.source.site for stored in rests_on}
    said = tx.counts_of(belief.members, _WEIGHED) if belief.members is not None else []
    others = [one for one in said if one.source.site not in own and corroborates(belief, one, tx.zone)]
    reconciliation = reconcile(belief, cases, statements, now, tx.zone, earlier)
    return [*named_now, count_change(judge.association.key, belief, reconciliation, [*rests_on, *others], now)]


def _is_hearsay(visit: Visit, belief: CountBelief, readings: Sequence[Reading]) -> bool:
    """Whether a visit that fetched nothing whole only says that the page with the new number has not changed.

    A cache that serves a wrong copy says "304 not modified" as well: only a page that came whole confirms a number.
    """
    fetched_nothing = visit.purpose is Purpose.ROUTINE and visit.pages == 0
    return fetched_nothing and belief.candidate is not None and {r.value for r in readings} == {belief.candidate}


def judged_count(
    tx: Writer,
    judge: Judge,
    site: Site,
    visit: Visit,
    readings: Sequence[Reading],
    counter_seen: Callable[[], datetime | None],
    named: Callable[[CountBelief], int],
    decisions: Sequence[Decision] = (),
    *,
    known_from: datetime | None = None,
) -> CountJudgement:
    """Let the official counts of one visit act on what is believed, and store the belief.

    Args:
        tx: the transaction.
        judge: rules and register.
        site: the association's site.
        visit: the stored visit.
        readings: the official counts it gave.
        counter_seen: when a counter was last read before this visit, as far back as a vanished counter matters.
        named: how many members named admissions and departures since a belief explain; asked only where it matters.
        decisions: the operator's words so far.
        known_from: keep for good that the belief is held from then on.
    """
    belief = tx.count_belief(judge.association.key)
    watched = tx.site_state(site.name)
    unknown = belief is None or belief.members is None
    first_healthy = watched.first_healthy if watched is not None else None
    if not readings or (unknown and (first_healthy is None or visit.finished < first_healthy)):
        # the first number is a baseline like everything else: of a healthy visit
        return CountJudgement(belief or CountBelief(CountState.UNKNOWN), CountOutcome.NOTHING)
    if belief is not None and _is_hearsay(visit, belief, readings):
        return CountJudgement(belief, CountOutcome.NOTHING)
    explained = partial(named, belief) if belief is not None else 0
    ground = _ground(tx, judge.association.key, belief, counter_seen)
    against = refused_values(decisions, belief.members if belief is not None else None, tx.zone)
    before, heard = without_refused(belief or CountBelief(CountState.UNKNOWN), readings, against)
    judged = judge_count(before, heard, judge.rules_for(site), ground, named=explained)
    if judged.belief != belief:
        decided = known_from is not None and judged.outcome in {CountOutcome.BASELINE, CountOutcome.CONFIRMED}
        tx.put_count_belief(
            judge.association.key,
            judged.belief,
            known_from=known_from,
            reason=judged.reason or _WHY[judged.outcome],
            overruled=weighed(tx, judged.belief) if decided else (),
        )
    return judged


def weighed(store: Reader, belief: CountBelief) -> list[Overruled]:
    """The newest numbers that do not speak for a belief, and why; the newest last."""
    newest = store.newest_counts(_WEIGHED)
    reasons = [(stored.id, weigh(belief, stored, store.zone)) for stored in reversed(newest)]
    return [Overruled(number, reason) for number, reason in reasons if reason is not None]


def _statements_of(readings: Iterable[Reading]) -> tuple[int, ...]:
    return tuple(number for reading in readings for number in reading.statements)


def _ground(
    tx: Writer, association: str, belief: CountBelief | None, counter_seen: Callable[[], datetime | None]
) -> Ground:
    if belief is None:
        return Ground()
    sources = [stored.source for stored in tx.statements_by_id(belief.rests_on).values()]
    authority = min((source.authority for source in sources), key=lambda item: item.rank, default=None)
    served: dict[str, datetime] = {}
    for source in sources:
        served[source.url] = max(source.last_seen, served.get(source.url, source.last_seen))
    held = {past.members for past in tx.count_history(association) if past.members is not None}
    return Ground(
        authority,
        frozenset(served),
        counter_seen(),
        served=served,
        formerly=frozenset(held - {belief.members}),
    )


def _moved_since(tx: Writer, since: date | None) -> tuple[list[Case], dict[int, StoredStatement]]:
    """The cases that have moved since a day, None for all that ever did, with their statements."""
    cases = tx.cases_moved(since) if since else tx.cases()
    return cases, tx.statements_by_id(
        [number for case in cases for event in case.events for number in event.statements]
    )


def _named_since(tx: Writer, belief: CountBelief, now: datetime) -> int:
    """Net members that named admissions and departures since the believed count explain."""
    earlier = tx.changes(kinds=[ChangeKind.COUNT_CHANGED])
    cases, statements = _moved_since(tx, reconciled_since(belief.as_of, earlier, tx.zone))
    since = replace(belief, previous=belief.members, previous_as_of=belief.as_of)
    explained = reconcile(since, cases, statements, now, tx.zone, earlier)
    return len(explained.joined) - len(explained.left)


def _judge_health(tx: Writer, judge: Judge, site: Site, visit: Visit, now: datetime) -> Change | None:
    earlier = [
        item
        for item in tx.visits(site.name, limit=judge.health_rules.patience + 20, purpose=Purpose.ROUTINE)
        if item.id != visit.id
    ]
    last_word = tx.last_change(site.name, _HEALTH)
    told_broken = last_word is not None and last_word.kind is ChangeKind.SITE_BROKEN
    return site_change(site, visit, earlier, told_broken=told_broken, rules=judge.health_rules, now=now)

"""Judging after a visit: what its statements change, inside the visit's own transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

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
    count_change,
    judge_count,
    lasting,
    official_readings,
    reconcile,
    site_change,
    unconfirmed_change,
)
from zmpwatch.judge.listed import MEMBER_LIST_RULE
from zmpwatch.model import (
    Association,
    Authority,
    Case,
    Change,
    ChangeKind,
    CountBelief,
    CountState,
    MembershipStatement,
    Purpose,
    Sighting,
    Site,
    StoredStatement,
    Visit,
)
from zmpwatch.register import Register
from zmpwatch.service.pagereading import ASSOCIATION_FAMILY
from zmpwatch.store import Writer

__all__ = ["Judge", "judge_cases_in", "judge_visit_in", "judged_count", "list_visits"]

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
        touched = {*touched, *_listed_on(tx, site, visit)}
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


def _listed_on(tx: Writer, site: Site, visit: Visit) -> set[str]:
    """Codes of names that became known from the member list and stood in it again on this visit."""
    return {
        sighting.statement.statement.teryt
        for sighting in tx.member_list_sightings(site.name, since=visit.started)
        if isinstance(sighting.statement.statement, MembershipStatement)
        and sighting.statement.statement.teryt
        and not sighting.statement.source.baseline
    }


def _judge_cases(tx: Writer, judge: Judge, touched: Collection[str], now: datetime) -> list[Change]:
    by_teryt: defaultdict[str, list[StoredStatement]] = defaultdict(list)
    for stored in tx.membership_statements(sorted(touched)) if touched else ():
        statement = stored.statement
        if isinstance(statement, MembershipStatement) and statement.teryt:
            by_teryt[statement.teryt].append(stored)
    visits = list_visits(tx, (stored for told in by_teryt.values() for stored in told))
    changes: list[Change] = []
    for teryt, told in sorted(by_teryt.items()):
        municipality = judge.register.get(teryt)
        statements = lasting(told, visits)
        if municipality is None or not statements:
            continue
        before = tx.case(teryt)
        after = build_case(teryt, statements, judge.case_rules)
        if before == after:
            continue
        changes += case_changes(
            before,
            after,
            municipality,
            {stored.id: stored for stored in statements},
            judge.case_rules,
            now=now,
        )
        tx.put_case(after)
    return changes


def list_visits(tx: Writer, statements: Iterable[StoredStatement]) -> dict[int, frozenset[int]]:
    """The healthy visits on which names of the member list stood there, by statement; those of a baseline need none."""
    listed = [
        stored.id
        for stored in statements
        if stored.statement.rule.startswith(MEMBER_LIST_RULE) and not stored.source.baseline
    ]
    return tx.healthy_visits(listed) if listed else {}


def _judge_count(tx: Writer, judge: Judge, site: Site, visit: Visit, now: datetime) -> list[Change]:
    recent = tx.count_sightings([site.name], since=visit.started - judge.rules_for(site).counter_patience)
    readings = official_readings(sighting for sighting in recent if sighting.visit == visit.id)
    judged = judged_count(tx, judge, site, visit, readings, recent, lambda belief: _named_since(tx, belief, now))
    if judged.outcome is CountOutcome.CONFIRMED:
        named_now = _judge_cases(tx, judge, tx.take_awaiting(), now)
        cases, statements = _cases_with_statements(tx)
        rests_on = tx.statements_by_id(judged.belief.rests_on)
        reconciliation = reconcile(judged.belief, cases, statements, now)
        told = count_change(judge.association.key, judged.belief, reconciliation, list(rests_on.values()), now)
        return [*named_now, told]
    if judged.outcome is CountOutcome.UNCONFIRMED:
        doubted = tx.statements_by_id(judged.belief.candidate_rests_on or _statements_of(readings))
        return [unconfirmed_change(judge.association.key, judged.belief, judged.reason, list(doubted.values()), now)]
    return []


def judged_count(
    tx: Writer,
    judge: Judge,
    site: Site,
    visit: Visit,
    readings: Sequence[Reading],
    recent: Sequence[Sighting],
    named: Callable[[CountBelief], int],
) -> CountJudgement:
    """Let the official counts of one visit act on what is believed, and store the belief.

    Args:
        tx: the transaction.
        judge: rules and register.
        site: the association's site.
        visit: the stored visit.
        readings: the official counts it gave.
        recent: count sightings of the site up to and with this visit, as far back as a vanished counter matters.
        named: how many members named admissions and departures since a belief explain; asked only where it matters.
    """
    belief = tx.count_belief(judge.association.key)
    watched = tx.site_state(site.name)
    unknown = belief is None or belief.members is None
    first_healthy = watched.first_healthy if watched is not None else None
    if not readings or (unknown and (first_healthy is None or visit.finished < first_healthy)):
        # the first number is a baseline like everything else: of a healthy visit
        return CountJudgement(belief or CountBelief(CountState.UNKNOWN), CountOutcome.NOTHING)
    differs = belief is not None and any(reading.value != belief.members for reading in readings)
    explained = named(belief) if belief is not None and differs else 0
    judged = judge_count(belief, readings, judge.rules_for(site), _ground(tx, belief, recent, visit), named=explained)
    if judged.belief != belief:
        tx.put_count_belief(judge.association.key, judged.belief)
    return judged


def _statements_of(readings: Iterable[Reading]) -> tuple[int, ...]:
    return tuple(number for reading in readings for number in reading.statements)


def _ground(tx: Writer, belief: CountBelief | None, recent: Iterable[Sighting], visit: Visit) -> Ground:
    if belief is None:
        return Ground()
    sources = [stored.source for stored in tx.statements_by_id(belief.rests_on).values()]
    authority = min((source.authority for source in sources), key=lambda item: item.rank, default=None)
    counters = [
        sighting.seen_at
        for sighting in recent
        if sighting.statement.source.authority is Authority.COUNTER and sighting.visit != visit.id
    ]
    return Ground(authority, frozenset(source.url for source in sources), max(counters, default=None))


def _cases_with_statements(tx: Writer) -> tuple[list[Case], dict[int, StoredStatement]]:
    cases = tx.cases()
    return cases, tx.statements_by_id(
        [number for case in cases for event in case.events for number in event.statements]
    )


def _named_since(tx: Writer, belief: CountBelief, now: datetime) -> int:
    """Net members that named admissions and departures since the believed count explain."""
    cases, statements = _cases_with_statements(tx)
    since = replace(belief, previous=belief.members, previous_as_of=belief.as_of)
    explained = reconcile(since, cases, statements, now)
    return len(explained.joined) - len(explained.left)


def _judge_health(tx: Writer, judge: Judge, site: Site, visit: Visit, now: datetime) -> Change | None:
    earlier = [
        item
        for item in tx.visits(site.name, limit=judge.health_rules.patience + 20, purpose=Purpose.ROUTINE)
        if item.id != visit.id
    ]
    words = [change for change in tx.changes(kinds=_HEALTH) if change.site == site.name]
    told_broken = bool(words) and words[-1].kind is ChangeKind.SITE_BROKEN
    return site_change(site, visit, earlier, told_broken=told_broken, rules=judge.health_rules, now=now)

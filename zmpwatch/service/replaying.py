"""The past judged anew: cases from all that is told, and the count by every visit in its old order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo
from functools import partial

from zmpwatch.judge import build_case, lasting, official_readings, reconcile, reconciled_since
from zmpwatch.judge.dates import last_day
from zmpwatch.model import (
    Authority,
    Case,
    Change,
    ChangeKind,
    CountBelief,
    CountState,
    MembershipStatement,
    Purpose,
    Site,
    Stage,
    StoredStatement,
)
from zmpwatch.model.days import day_of
from zmpwatch.service.deciding import decide_again
from zmpwatch.service.judging import Judge, judged_count
from zmpwatch.store import Writer

__all__ = ["derived_cases", "replay"]

_EVERY = 10**9


def derived_cases(tx: Writer, statements: Collection[StoredStatement], judge: Judge) -> list[Case]:
    """The cases that statements make, by TERYT."""
    by_teryt: defaultdict[str, list[StoredStatement]] = defaultdict(list)
    for stored in statements:
        if isinstance(stored.statement, MembershipStatement) and stored.statement.teryt:
            by_teryt[stored.statement.teryt].append(stored)
    visits = tx.listing_visits(by_teryt)
    return [
        build_case(teryt, lasted, judge.case_rules)
        for teryt, told in sorted(by_teryt.items())
        if judge.register.get(teryt) is not None and (lasted := lasting(told, visits.get(teryt, 0)))
    ]


def replay(tx: Writer, judge: Judge, site: Site, statements: Sequence[StoredStatement]) -> None:
    """Let every visit of the association's site act on the count again, in order, with what was known at its time."""
    visits = sorted(tx.visits(limit=_EVERY), key=lambda visit: visit.id or 0)
    begins: dict[str, int] = {}
    for visit in visits:
        begins.setdefault(visit.cycle, visit.id or 0)
    sightings = tx.count_sightings([site.name])
    patience = judge.rules_for(site).counter_patience
    counts = tx.changes(kinds=[ChangeKind.COUNT_CHANGED])
    told = {
        (change.after["read_at"][-1], change.after["members"]): change
        for change in counts
        if change.after.get("read_at")
    }
    served = [sighting.seen_at for sighting in sightings]
    decisions = tx.decisions(judge.association.key)
    taken = 0
    for visit in visits:
        if visit.site != site.name:
            continue
        while taken < len(decisions) and decisions[taken].at <= visit.finished:
            decide_again(tx, decisions[taken])
            taken += 1
        number = visit.id or 0
        window = slice(bisect_left(served, visit.started - patience), bisect_right(served, visit.finished))
        recent = [sighting for sighting in sightings[window] if sighting.visit <= number]
        readings = official_readings(one for one in recent if one.visit == number)
        # cases are judged when all visits of a run have ended, and before the visits that confirm
        known_until = number if visit.purpose is Purpose.CONFIRMATION else begins[visit.cycle]
        explained = partial(
            _explained,
            tx=tx,
            judge=judge,
            statements=statements,
            earlier=[change for change in counts if change.at < visit.started],
            until=known_until,
            now=visit.finished,
        )
        counters = [
            one.seen_at for one in recent if one.visit != number and one.statement.source.authority is Authority.COUNTER
        ]
        counter_seen = partial(max, counters, default=None)
        judged = judged_count(tx, judge, site, visit, readings, counter_seen, explained, decisions[:taken])
        for reading in readings:
            change = told.get((reading.seen_at.isoformat(), reading.value))
            if change is not None and judged.belief.candidate == reading.value:
                tx.put_count_belief(judge.association.key, _as_told(judged.belief, change))
    for decision in decisions[taken:]:
        decide_again(tx, decision)


def _as_told(belief: CountBelief, change: Change) -> CountBelief:
    """A candidate that was confirmed by the numbers config.yaml had then, and told, and is still read: it stays so.

    Else a longer `confirm_after` would take back what people were told, and the next crawl would tell it again.
    """
    agreements = tuple(map(datetime.fromisoformat, change.after["read_at"]))
    return CountBelief(
        state=CountState.CONFIRMED,
        members=belief.candidate,
        as_of=change.after["as_of"],
        since=agreements[0],
        previous=belief.members,
        previous_as_of=belief.as_of,
        agreements=agreements,
        rests_on=belief.candidate_rests_on,
        overruled=belief.overruled,
    )


def _explained(
    belief: CountBelief,
    *,
    tx: Writer,
    judge: Judge,
    statements: Sequence[StoredStatement],
    earlier: Sequence[Change],
    until: int,
    now: datetime,
) -> int:
    """Net members that the admissions and departures explain which were known from visits before `until`."""
    start = reconciled_since(belief.as_of, earlier, tx.zone) or date.min
    moved = {
        one.statement.teryt
        for one in statements
        if one.source.visit < until
        and isinstance(one.statement, MembershipStatement)
        and _may_explain(one, start, tx.zone)
    }
    known = [
        one
        for one in statements
        if one.source.visit < until and isinstance(one.statement, MembershipStatement) and one.statement.teryt in moved
    ]
    since = replace(belief, previous=belief.members, previous_as_of=belief.as_of)
    told = {one.id: one for one in known}
    explained = reconcile(since, derived_cases(tx, known, judge), told, now, tx.zone, earlier)
    return len(explained.joined) - len(explained.left)


def _may_explain(stored: StoredStatement, start: date, zone: tzinfo) -> bool:
    """Whether a statement tells of an admission or departure since the day an old count is known of."""
    statement = stored.statement
    if not isinstance(statement, MembershipStatement) or statement.stage is not Stage.ADMITTED:
        return False
    dated = statement.date is not None and last_day(statement.date) >= start
    return dated or day_of(stored.source.first_seen, zone) >= start

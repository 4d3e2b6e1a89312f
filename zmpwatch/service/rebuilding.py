"""The use case `rebuild`: read archived pages anew with the rules of today, and derive all beliefs again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, tzinfo
from functools import partial
from typing import Any

from zmpwatch.config import Config
from zmpwatch.errors import ArchiveError, StoreError
from zmpwatch.extract import EXTRACTOR_VERSION
from zmpwatch.judge import build_case, lasting, official_readings, reconcile, reconciled_since
from zmpwatch.judge.dates import last_day
from zmpwatch.model import (
    Authority,
    Case,
    Change,
    ChangeKind,
    CountBelief,
    CountState,
    CountStatement,
    Failure,
    MembershipStatement,
    MembershipStatus,
    Purpose,
    Site,
    Stage,
    Statement,
    StoredStatement,
)
from zmpwatch.model.days import day_of
from zmpwatch.register import load_register
from zmpwatch.service.catalogue import all_sites
from zmpwatch.service.deciding import decide_again
from zmpwatch.service.judging import Judge, judged_count
from zmpwatch.service.knowledge import KNOWLEDGE_SITE
from zmpwatch.service.outbox import Outbox
from zmpwatch.service.pagereading import ASSOCIATION_FAMILY, read_page_of
from zmpwatch.service.retelling import Held, Telling, tell
from zmpwatch.service.searching import fill_index
from zmpwatch.service.wiring import judge_of
from zmpwatch.store import Store, Writer
from zmpwatch.store.columns import UNSTORABLE
from zmpwatch.store.records import Snapshot

__all__ = ["Rebuilt", "Reread", "rebuild"]

Json = dict[str, Any]
_EVERY = 10**9
_MANY = 500


@dataclass(frozen=True, slots=True)
class Reread:
    """One archived page that states something else by the rules of today."""

    snapshot: int
    url: str
    before: tuple[Statement, ...]
    after: tuple[Statement, ...]
    authorities: tuple[Authority, ...]

    def as_json(self) -> Json:
        """Its address, and what it states less and more."""
        return {
            "url": self.url,
            "removed": [_told(one) for one in self.before if one not in self.after],
            "added": [_told(one) for one in self.after if one not in self.before],
        }


@dataclass(slots=True)
class Rebuilt:
    """What a rebuild found. `count`, `history` and `cases` hold what was held true before and after, as JSON."""

    pages: int = 0
    reread: list[Reread] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    count: tuple[Json, Json] = ({}, {})
    history: tuple[list[Json], list[Json]] = ([], [])
    cases: dict[str, tuple[Json, Json]] = field(default_factory=dict)
    indexed: int = 0
    """Pages that were put into the index of `search`."""
    told: Telling | None = None
    """What was told, or would be; None where nobody was to be told of the past."""
    refused: bool = False
    """The operator saw what would be told and said no: nothing was kept."""

    @property
    def changed(self) -> bool:
        """Whether anything that is held true has changed."""
        return self.count[0] != self.count[1] or self.history[0] != self.history[1] or bool(self.cases)

    def as_json(self) -> Json:
        """The object of ``rebuild --json``."""
        register = load_register()
        return {
            "pages": self.pages,
            "reread": [page.as_json() for page in self.reread],
            "problems": self.problems,
            "indexed": self.indexed,
            "told": self.told.as_json() if self.told is not None else None,
            "count": {"before": self.count[0], "after": self.count[1]},
            "history": {"before": self.history[0], "after": self.history[1]},
            "cases": [
                {"teryt": teryt, "municipality": register.by_teryt(teryt).name, "before": before, "after": after}
                for teryt, (before, after) in self.cases.items()
            ],
        }


class _OnlyLooking(Exception):
    """Ends the transaction of a dry run: nothing in it is kept."""


def rebuild(
    config: Config,
    store: Store,
    now: datetime,
    *,
    dry_run: bool = False,
    agree: Callable[[Telling], bool] | None = None,
    progress: Callable[[int], None] = lambda _pages: None,
) -> Rebuilt:
    """Read every archived page anew and derive count and cases from all statements; nobody is told of anything.

    Of pages that state something else the old reading stays in the history, where alerts rest on it. All is stored in
    one transaction; a dry run does the same and keeps nothing.

    Args:
        config: the sites and the rules of judgement.
        store: the history.
        now: the time of the new readings.
        dry_run: only show what would change.
        agree: says yes to what subscribers would be told, before anything is kept; without it they are told nothing.
        progress: called with the number of pages read so far.

    Raises:
        DatabaseLocked: a crawl is running.
        StoreError: a run was cut off before it judged what it had stored, or the database refused.
    """
    register = load_register()
    judge = judge_of(config, register)
    outbox = Outbox.of(config, register) if agree is not None else None
    found = Rebuilt()
    with store.exclusive():
        if store.awaiting():
            raise StoreError(
                "a crawl was cut off before it judged what it had stored; "
                "run `zmpwatch crawl` first, or its news would be lost"
            )
        _read_pages(found, store, config, judge, progress)
        if dry_run or agree is not None:
            _derive(found, store, config, judge, outbox, now, keep=False)
            found.refused = agree is not None and found.told is not None and not dry_run and not agree(found.told)
            if dry_run or found.refused:
                return found
        _derive(found, store, config, judge, outbox, now, keep=True)
        found.indexed, problems = fill_index(store)
        found.problems += problems
    return found


def _derive(
    found: Rebuilt, store: Store, config: Config, judge: Judge, outbox: Outbox | None, now: datetime, *, keep: bool
) -> None:
    """Derive all in one transaction, and tell of it; what is not to be kept is undone at its end."""
    with suppress(_OnlyLooking), store.write() as tx:
        before = Held.of(tx, judge.association.key)
        _store_and_derive(found, tx, config, judge, now)
        if outbox is not None:
            found.told = tell(tx, judge, outbox, before, now)
        if not keep:
            raise _OnlyLooking


def _read_pages(found: Rebuilt, store: Store, config: Config, judge: Judge, progress: Callable[[int], None]) -> None:
    sites = {**store.sites(), **{site.name: site for site in all_sites(config)}}
    forgotten = store.forgotten_snapshots()
    pruned = store.pruned()
    last = 0
    while some := store.snapshots(after=last, limit=_MANY):
        last = some[-1].id
        for snapshot in some:
            if snapshot.site == KNOWLEDGE_SITE or snapshot.id in forgotten or snapshot.sha256 in pruned:
                continue
            _read_page(found, store, snapshot, sites.get(snapshot.site), judge)
            found.pages += 1
            progress(found.pages)


def _read_page(found: Rebuilt, store: Store, snapshot: Snapshot, site: Site | None, judge: Judge) -> None:
    if site is None:
        found.problems.append(f"{snapshot.url}: its site {snapshot.site!r} is unknown; left as it is")
        return
    try:
        page = snapshot.page(store.archive.get(snapshot.sha256))
    except ArchiveError as error:
        found.problems.append(f"{snapshot.url}: {error}; left as it is")
        return
    municipality = judge.register.get(site.municipality) if site.municipality else None
    reading = read_page_of(site, page, judge.association, municipality)
    if isinstance(reading, Failure):
        found.problems.append(f"{snapshot.url}: {reading.detail}; left as it is")
        return
    old = store.statements_of(snapshot.id)
    new = tuple(map(_storable, reading.statements))
    before = [(stored.statement, stored.source.authority) for stored in old]
    if before != list(zip(new, reading.authorities, strict=True)):
        told = tuple(stored.statement for stored in old)
        found.reread.append(Reread(snapshot.id, snapshot.url, told, new, reading.authorities))


def _storable(statement: Statement) -> Statement:
    """The statement as the database gives it back."""
    return replace(statement, quote=UNSTORABLE.sub("\ufffd", statement.quote))


def _store_and_derive(found: Rebuilt, tx: Writer, config: Config, judge: Judge, now: datetime) -> None:
    key = judge.association.key
    extractor = f"{EXTRACTOR_VERSION} rebuilt {now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    for page in found.reread:
        tx.add_statements(page.snapshot, page.after, page.authorities, extractor, keep_points=False)
    if found.reread:
        tx.renew_count_points(now)
    count, history = _count_json(tx.count_belief(key)), list(map(_past_json, tx.count_history(key)))
    cases = {case.teryt: _case_json(case) for case in tx.cases()}
    tx.clear_beliefs()
    statements = tx.tellings()
    for case in _cases_of(tx, statements, judge):
        tx.put_case(case, known_from=now)
    named = {one.statement.teryt for one in statements if isinstance(one.statement, MembershipStatement)}
    tx.put_municipalities([m for teryt in sorted(filter(None, named)) if (m := judge.register.get(teryt))])
    for site in all_sites(config):
        if site.family == ASSOCIATION_FAMILY:
            _replay(tx, judge, site, statements)
    belief = tx.count_belief(key)
    if belief is not None:
        tx.put_count_belief(key, belief, known_from=now, reason="derived anew by rebuild")
    found.count = (count, _count_json(belief))
    found.history = (history, list(map(_past_json, tx.count_history(key))))
    after = {case.teryt: _case_json(case) for case in tx.cases()}
    for teryt in sorted(set(cases) - set(after)):
        # nothing is known of it any more, and from when on is worth knowing
        tx.put_case(Case(teryt, MembershipStatus.UNKNOWN, None), known_from=now)
    nothing = _case_json(Case("", MembershipStatus.UNKNOWN, None))
    found.cases = {
        teryt: (cases.get(teryt, nothing), after.get(teryt, nothing))
        for teryt in sorted({*cases, *after})
        if cases.get(teryt, nothing) != after.get(teryt, nothing)
    }


def _cases_of(tx: Writer, statements: Collection[StoredStatement], judge: Judge) -> list[Case]:
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


def _replay(tx: Writer, judge: Judge, site: Site, statements: Sequence[StoredStatement]) -> None:
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
    start = reconciled_since(belief.as_of, earlier) or date.min
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
    explained = reconcile(since, _cases_of(tx, known, judge), {one.id: one for one in known}, now, earlier=earlier)
    return len(explained.joined) - len(explained.left)


def _may_explain(stored: StoredStatement, start: date, zone: tzinfo) -> bool:
    """Whether a statement tells of an admission or departure since the day an old count is known of."""
    statement = stored.statement
    if not isinstance(statement, MembershipStatement) or statement.stage is not Stage.ADMITTED:
        return False
    dated = statement.date is not None and last_day(statement.date) >= start
    return dated or day_of(stored.source.first_seen, zone) >= start


def _told(statement: Statement) -> str:
    if isinstance(statement, CountStatement):
        return f"{statement.qualifier} {statement.value}, {statement.as_of or 'undated'}: {statement.quote}"
    step = f"{statement.municipality} {statement.kind} {statement.stage}"
    return f"{step}, {statement.date or 'undated'}: {statement.quote}"


def _count_json(belief: CountBelief | None) -> Json:
    belief = belief or CountBelief(CountState.UNKNOWN)
    return {
        "state": str(belief.state),
        "members": belief.members,
        "as_of": belief.as_of,
        "since": belief.since.isoformat() if belief.since else None,
        "previous": belief.previous,
        "candidate": belief.candidate,
    }


def _past_json(belief: CountBelief) -> Json:
    return {"members": belief.members, "as_of": belief.as_of, "since": belief.since and belief.since.isoformat()}


def _case_json(case: Case) -> Json:
    return {
        "status": str(case.status),
        "since": case.since,
        "since_kind": str(case.since_kind) if case.since else None,
        "events": [
            {
                "kind": str(event.kind),
                "stage": str(event.stage),
                "date": event.date,
                "date_kind": str(event.date_kind) if event.date else None,
                "resolution": event.resolution,
                "votes": event.votes.as_json() if event.votes else None,
                "contradictions": list(event.contradictions),
            }
            for event in case.events
        ],
    }

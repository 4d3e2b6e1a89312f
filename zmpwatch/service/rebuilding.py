"""The use case `rebuild`: read archived pages anew with the rules of today, and derive all beliefs again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from zmpwatch.config import Config
from zmpwatch.errors import StoreError
from zmpwatch.extract import EXTRACTOR_VERSION
from zmpwatch.model import (
    Case,
    CountBelief,
    CountState,
    MembershipStatement,
    MembershipStatus,
)
from zmpwatch.register import load_register
from zmpwatch.service.catalogue import all_sites
from zmpwatch.service.judging import Judge
from zmpwatch.service.outbox import Outbox
from zmpwatch.service.pagereading import ASSOCIATION_FAMILY
from zmpwatch.service.replaying import derived_cases, replay
from zmpwatch.service.rereading import Reread, read_pages
from zmpwatch.service.retelling import Held, Telling, tell
from zmpwatch.service.searching import fill_index
from zmpwatch.service.wiring import judge_of
from zmpwatch.store import Store, Writer

__all__ = ["Rebuilt", "rebuild"]

Json = dict[str, Any]


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
        for page in read_pages(store, config, judge):
            found.pages += 1
            progress(found.pages)
            if isinstance(page, Reread):
                found.reread.append(page)
            elif page is not None:
                found.problems.append(page)
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
    for case in derived_cases(tx, statements, judge):
        tx.put_case(case, known_from=now)
    named = {one.statement.teryt for one in statements if isinstance(one.statement, MembershipStatement)}
    tx.put_municipalities([m for teryt in sorted(filter(None, named)) if (m := judge.register.get(teryt))])
    for site in all_sites(config):
        if site.family == ASSOCIATION_FAMILY:
            replay(tx, judge, site, statements)
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

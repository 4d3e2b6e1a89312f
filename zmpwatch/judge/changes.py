"""Differences between two beliefs: what subscribers and the operator are told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from zmpwatch.judge.cases import effective_day
from zmpwatch.judge.dates import last_day
from zmpwatch.judge.rules import CaseRules
from zmpwatch.model import (
    Authority,
    Case,
    CaseEvent,
    Change,
    ChangeKind,
    CountBelief,
    EventKind,
    Evidence,
    MembershipStatement,
    MembershipStatus,
    Municipality,
    Reconciliation,
    Stage,
    StoredStatement,
)
from zmpwatch.model.days import day_of

__all__ = ["case_changes", "count_change", "evidence_of", "quotability", "unconfirmed_change"]

_KIND_OF_STAGE = {
    Stage.PROPOSED: ChangeKind.PROPOSED,
    Stage.RESOLVED: ChangeKind.RESOLVED,
    Stage.REJECTED: ChangeKind.REJECTED,
    Stage.ADMITTED: ChangeKind.ADMITTED,
    Stage.MEMBER: ChangeKind.ADMITTED,
}
_ORDER = {Stage.PROPOSED: 0, Stage.RESOLVED: 1, Stage.REJECTED: 1, Stage.ADMITTED: 2, Stage.MEMBER: 2}
_MAX_EVIDENCE = 5
_YEAR_OF_NUMBER = re.compile(r"[/.](?P<year>(?:19|20)?[0-9]{2})$")


def evidence_of(statements: Iterable[StoredStatement]) -> tuple[Evidence, ...]:
    """The quotes to show, one a page, at most five: sentences that give a date first, then by authority."""
    best: dict[str, Evidence] = {}
    for stored in sorted(statements, key=quotability):
        source = stored.source
        best.setdefault(
            source.url,
            Evidence(
                url=source.url,
                quote=stored.statement.quote,
                archived=source.archived,
                site=source.site,
                seen_at=source.first_seen,
                published=source.published,
                statement=stored.id,
            ),
        )
    return tuple(best.values())[:_MAX_EVIDENCE]


def quotability(stored: StoredStatement) -> tuple[bool, int, float, int]:
    """Sort key: how well a statement serves to be quoted, best first."""
    statement = stored.statement
    undated = isinstance(statement, MembershipStatement) and statement.date is None
    return undated, stored.source.authority.rank, -statement.confidence, stored.id


def case_changes(
    before: Case | None,
    after: Case,
    municipality: Municipality,
    statements: Mapping[int, StoredStatement],
    rules: CaseRules,
    *,
    now: datetime,
) -> list[Change]:
    """What is news in a case.

    A step is news when it was not known, comes from a page that is no baseline, is not older than the news window, and
    no later step of the same matter was believed before (a resolution found weeks after the admission completes the
    history; it is not news). Statements should be judged together that were found together, or the order of pages
    decides what is told.

    Args:
        before: the case as it was believed; None when there was none.
        after: the case as it stands now.
        municipality: whose case it is.
        statements: the statements the events name, by id.
        rules: the numbers to judge by.
        now: the time of judgement.
    """
    known = before.events if before else ()
    changes = []
    for event in after.events:
        if _known(event, known) or not _is_news(event, statements, rules, now):
            continue
        if _superseded(event, after.events, known) or _is_backstory(event, after.events):
            continue
        if event.stage is Stage.MEMBER and not _new_on_list(event, before, statements):
            continue
        changes.append(_case_change(before, after, event, municipality, statements, now))
    return changes


def _known(event: CaseEvent, known: Sequence[CaseEvent]) -> bool:
    return any(
        old.kind is event.kind
        and _ORDER[old.stage] == _ORDER[event.stage]
        and old.stage is event.stage
        and set(old.statements) & set(event.statements)
        for old in known
    )


def _is_news(event: CaseEvent, statements: Mapping[int, StoredStatement], rules: CaseRules, now: datetime) -> bool:
    tellings = [statements[number] for number in event.statements if number in statements]
    if not tellings or all(telling.source.baseline for telling in tellings):
        return False
    if any(telling.source.baseline for telling in tellings) and event.stage is not Stage.MEMBER:
        # an old page told of it already; a new page that tells it again adds evidence, not news
        return False
    days = [last_day(event.date)] if event.date else [_published(tellings), _end_of_year(event.resolution)]
    return all(day_of(now, rules.zone) - day <= rules.news_window for day in days if day is not None)


def _end_of_year(resolution: str | None) -> date | None:
    """The last day a resolution may be of, by the year its number ends with: ``XXX/201/2009``, ``XI/59/25``."""
    found = _YEAR_OF_NUMBER.search(resolution or "")
    if found is None:
        return None
    year = int(found["year"])
    if year < 100:  # councils have been elected, and have numbered their resolutions, since 1990
        year += 1900 if year >= 90 else 2000
    return date(year, 12, 31)


def _published(tellings: Sequence[StoredStatement]) -> date | None:
    days = [
        last_day(telling.source.published)
        for telling in tellings
        if telling.source.published and telling.source.authority not in {Authority.COUNTER, Authority.HOME}
    ]
    return max(days, default=None)


def _superseded(event: CaseEvent, events: Sequence[CaseEvent], known: Sequence[CaseEvent]) -> bool:
    """Whether a later step of the same matter was believed before."""
    for other in events:
        if other is event or not _known(other, known):
            continue
        if effective_day(other) < effective_day(event) or (other.kind is not event.kind and other.date is None):
            continue
        if other.kind is event.kind and _ORDER[other.stage] > _ORDER[event.stage]:
            return True
        if other.kind is not event.kind and other.stage is Stage.ADMITTED and event.stage is not Stage.ADMITTED:
            return True
    return False


def _is_backstory(event: CaseEvent, events: Sequence[CaseEvent]) -> bool:
    """Whether an undated step only leads up to a later one of the other kind: "the town, which once left, returns"."""
    later = events[events.index(event) + 1 :]
    return event.date is None and any(other.kind is not event.kind for other in later)


def _new_on_list(
    event: CaseEvent,
    before: Case | None,
    statements: Mapping[int, StoredStatement],
) -> bool:
    """Presence is news only in the association's own member list (house rule 2), of a town not known to be a member.

    That a name must last over several healthy visits is seen to before: `listed.lasting` holds back what was seen once.
    """
    if before is not None and before.status is MembershipStatus.MEMBER:
        return False
    on_list = any(
        statements[number].statement.rule.startswith("member_list")
        for number in event.statements
        if number in statements
    )
    return on_list and event.date is None


def _resolved(case: Case, event: CaseEvent) -> CaseEvent | None:
    """The council's decision that an admission followed from."""
    if event.kind is not EventKind.ACCESSION or event.stage is not Stage.ADMITTED:
        return None
    earlier = case.events[: case.events.index(event)]
    same = [other for other in earlier if other.kind is event.kind and other.stage is Stage.RESOLVED]
    return same[-1] if same else None


def _case_change(
    before: Case | None,
    after: Case,
    event: CaseEvent,
    municipality: Municipality,
    statements: Mapping[int, StoredStatement],
    now: datetime,
) -> Change:
    kind = _KIND_OF_STAGE[event.stage]
    if event.kind is EventKind.WITHDRAWAL and event.stage is Stage.ADMITTED:
        kind = ChangeKind.LEFT
    tellings = [statements[number] for number in event.statements if number in statements]
    resolved = _resolved(after, event)
    votes = event.votes or (resolved.votes if resolved else None)
    when = event.date or f"undated, first told {min(telling.source.first_seen for telling in tellings).isoformat()}"
    return Change(
        kind=kind,
        at=now,
        dedup_key=f"case:{municipality.teryt}:{event.kind}:{event.stage}:{event.resolution or ''}:{when}",
        teryt=municipality.teryt,
        municipality=municipality.name,
        before={"status": str(before.status) if before else str(MembershipStatus.UNKNOWN)},
        after={
            "kind": str(event.kind),
            "stage": str(event.stage),
            "date": event.date,
            "resolution": event.resolution or (resolved.resolution if resolved else None),
            "resolution_date": resolved.date if resolved else None,
            "votes": votes.as_json() if votes else None,
        },
        evidence=evidence_of(tellings),
    )


def count_change(
    association: str,
    belief: CountBelief,
    reconciliation: Reconciliation,
    statements: Sequence[StoredStatement],
    now: datetime,
) -> Change:
    """The news that the association has another number of members."""
    return Change(
        kind=ChangeKind.COUNT_CHANGED,
        at=now,
        dedup_key=f"count:{association}:{belief.previous}:{belief.members}:{(belief.since or now).isoformat()}",
        before={"members": belief.previous, "as_of": belief.previous_as_of},
        after={
            "members": belief.members,
            "as_of": belief.as_of,
            "read_at": [moment.isoformat() for moment in belief.agreements],
        },
        evidence=evidence_of(statements),
        reconciliation=reconciliation,
    )


def unconfirmed_change(
    association: str, belief: CountBelief, reason: str, statements: Sequence[StoredStatement], now: datetime
) -> Change:
    """The operator's notice of an official count that is not believed; one for each candidate, not one a visit."""
    # the day of UTC, for ever: another key would tell the operator anew of what waits
    held = (belief.since or now).astimezone(UTC).date().isoformat() if belief.members is not None else "start"
    return Change(
        kind=ChangeKind.COUNT_UNCONFIRMED,
        at=now,
        dedup_key=f"unconfirmed:{association}:{belief.members}:{belief.candidate}:{belief.state}:{held}",
        before={"members": belief.members, "as_of": belief.as_of},
        after={"candidate": belief.candidate, "state": str(belief.state), "reason": reason},
        evidence=evidence_of(statements),
    )

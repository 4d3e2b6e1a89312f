"""Answers to the questions of analysts and operators, as the JSON objects that commands print."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from zmpwatch.judge import case_at, count_at, difference, effective_day, status_at
from zmpwatch.judge.dates import first_day
from zmpwatch.model import (
    Case,
    CaseEvent,
    Change,
    ChangeKind,
    Evidence,
    MembershipStatus,
    Municipality,
    Stage,
    StoredStatement,
)
from zmpwatch.model.days import day_of
from zmpwatch.register import load_register
from zmpwatch.service.countanswers import best_of
from zmpwatch.service.history import known_points
from zmpwatch.service.memberlist import answer_list
from zmpwatch.store import Store
from zmpwatch.store.records import Citation

__all__ = [
    "answer_case",
    "answer_changes",
    "answer_diff",
    "answer_members",
    "change_json",
]

Json = dict[str, Any]


# ---------------------------------------------------------------------------------------------- changes


def answer_changes(
    store: Store,
    *,
    since: datetime | None = None,
    kinds: Collection[ChangeKind] | None = None,
    voivodeship: str | None = None,
    municipality: Municipality | None = None,
    at: date | None = None,
    known_at: datetime | None = None,
) -> list[Json]:
    """What ``zmpwatch changes`` says, oldest first.

    Args:
        store: the history.
        since: told at that time or later.
        kinds: only of these kinds.
        voivodeship: only of municipalities there.
        municipality: only of this one.
        at: only of what had happened by the end of that day, whenever it was told.
        known_at: only what had been told by that time.
    """
    changes = store.changes(
        since=since,
        until=known_at + timedelta(microseconds=1) if known_at is not None else None,
        kinds=kinds,
        teryt=municipality.teryt if municipality else None,
        teryts=[one.teryt for one in load_register() if one.voivodeship == voivodeship] if voivodeship else None,
    )
    return [change_json(change) for change in changes if at is None or _happened(change, store.zone) <= at]


def _happened(change: Change, zone: tzinfo) -> date:
    """The first day a change may have happened on: that of the step or count, else the day it was found."""
    day = change.after.get("date") or change.after.get("as_of")
    return first_day(day) if day else day_of(change.at, zone)


def change_json(change: Change) -> Json:
    """One change as ``changes --json`` has it, with the site and the reconciliation beside."""
    data: Json = {
        "id": change.id,
        "kind": str(change.kind),
        "at": change.at.isoformat(),
        "municipality": change.municipality,
        "teryt": change.teryt,
        "before": _bare(change, change.before),
        "after": _bare(change, change.after),
        "evidence": [_evidence_json(evidence) for evidence in change.evidence],
    }
    if change.site:
        data["site"] = change.site
    if change.reconciliation:
        data["reconciliation"] = {
            "joined": list(change.reconciliation.joined),
            "left": list(change.reconciliation.left),
            "unexplained": change.reconciliation.unexplained,
        }
    return data


def _bare(change: Change, value: Json) -> Any:
    """A count is told as its number: ``"before": 373, "after": 381``."""
    return value.get("members") if change.kind is ChangeKind.COUNT_CHANGED else value


def _evidence_json(evidence: Evidence) -> Json:
    return {
        "url": evidence.url,
        "quote": evidence.quote,
        "archived": evidence.archived,
        "site": evidence.site,
        "seen_at": evidence.seen_at.isoformat(),
        "published": evidence.published,
    }


# ---------------------------------------------------------------------------------------------- members


def answer_members(
    store: Store, at: date | None = None, known_at: datetime | None = None, voivodeship: str | None = None
) -> list[Json]:
    """What ``zmpwatch members`` says: everybody known by name to be a member, by name.

    Args:
        store: the history.
        at: as was true on that day.
        known_at: as was known at that time.
        voivodeship: only of municipalities there.
    """
    register = load_register()
    held: list[tuple[Municipality, Case]] = []
    for found in store.memberships(known_at):
        municipality = register.get(found.teryt)
        if municipality is None or (voivodeship is not None and municipality.voivodeship != voivodeship):
            continue
        case = found if at is None else case_at(found, at, store.zone)
        if case.status is MembershipStatus.MEMBER:
            held.append((municipality, case))
    shown = {case.teryt: event.best for _, case in held if (event := _deciding(case)) and event.best is not None}
    cited = store.citations(shown.values())
    from zmpwatch.alert.news import alphabetical  # messages and their words would delay commands that need none

    held.sort(key=lambda item: (alphabetical(item[0].name), item[0].teryt))
    return [
        {
            "teryt": municipality.teryt,
            "municipality": municipality.name,
            "voivodeship": municipality.voivodeship,
            **_since_json(case),
            "evidence": _cited_json(cited.get(shown.get(case.teryt, 0))),
        }
        for municipality, case in held
    ]


def _deciding(case: Case) -> CaseEvent | None:
    """The event that made the municipality a member: the first of the present membership."""
    return status_at(case, date.max)[1]


def _since_json(case: Case | None) -> Json:
    """Since when it stands there; `since_kind` says whether on that day it came to, or by that day it had."""
    since = case.since if case else None
    return {"since": since, "since_kind": str(case.since_kind) if case and since else None}


def _cited_json(best: Citation | None) -> Json | None:
    return {"url": best.url, "quote": best.quote, "archived": best.archived} if best else None


# ------------------------------------------------------------------------------------------------- case


def answer_case(
    store: Store, municipality: Municipality, at: date | None = None, known_at: datetime | None = None
) -> Json:
    """What ``zmpwatch case`` says; a municipality nobody has written of has no events.

    Args:
        store: the history.
        municipality: whose case it is.
        at: only what had happened by the end of that day, and where it stood then.
        known_at: as was known at that time.
    """
    case = store.case(municipality.teryt, known_at)
    if case is not None and at is not None:
        case = case_at(case, at, store.zone)
    events = case.events if case else ()
    statements = store.statements_by_id([number for event in events for number in event.statements])
    return {
        "teryt": municipality.teryt,
        "municipality": municipality.name,
        "voivodeship": municipality.voivodeship,
        "status": str(case.status) if case else str(MembershipStatus.UNKNOWN),
        **_since_json(case),
        "events": [_event_json(event, statements) for event in events],
    }


def _event_json(event: CaseEvent, statements: dict[int, StoredStatement]) -> Json:
    best = best_of(statements[number] for number in event.statements if number in statements)
    return {
        "stage": str(event.stage),
        "kind": str(event.kind),
        "date": event.date,
        "date_kind": str(event.date_kind) if event.date else None,
        "resolution": event.resolution,
        "votes": event.votes.as_json() if event.votes else None,
        "url": best.source.url if best else None,
        "quote": best.statement.quote if best else None,
        "archived": best.source.archived if best else None,
        "extractor": best.source.extractor if best else None,
        "known_since": event.known_since.isoformat(),
        "sources": len({statements[number].source.url for number in event.statements if number in statements}),
        "contradictions": list(event.contradictions),
    }


# ------------------------------------------------------------------------------------------------- diff


def answer_diff(store: Store, association: str, start: date, end: date, known_at: datetime | None = None) -> Json:
    """What ``zmpwatch diff`` says: counts, who joined and left between the days, and what stays unexplained.

    ``list`` holds against it what the association's own list says now; it is None with `known_at`.

    Args:
        store: the history.
        association: whose members are counted.
        start: the first day.
        end: the last day.
        known_at: as was known at that time.
    """
    cases = store.moves(start, known_at)
    undated = [
        number
        for case in cases
        for event in case.events
        if event.date is None and event.stage is Stage.ADMITTED and start < day_of(event.known_since, store.zone) <= end
        for number in event.statements
    ]
    points = known_points(store, association, known_at, own=True)
    if count_at(points, start) is None:
        points = known_points(store, association, known_at)
    found = difference(points, cases, start, end, store.baseline_of(undated), store.zone)
    joined = {case.teryt: effective_day(event, store.zone) for case, event in found.joined}
    return {
        "from": start.isoformat(),
        "to": end.isoformat(),
        "before": found.before.members if found.before else None,
        "after": found.after.members if found.after else None,
        "joined": [_moved_json(case, event) for case, event in found.joined],
        "left": [_moved_json(case, event) for case, event in found.left],
        "unexplained": found.unexplained,
        "list": answer_list(store, joined, start, end) if known_at is None else None,
    }


def _moved_json(case: Case, event: CaseEvent) -> Json:
    municipality = load_register().by_teryt(case.teryt)
    resolved = [other for other in case.events if other.kind is event.kind and str(other.stage) == "resolved"]
    decision = resolved[-1] if resolved else None
    return {
        "teryt": case.teryt,
        "municipality": municipality.name,
        "voivodeship": municipality.voivodeship,
        "date": event.date,
        "resolved": decision.date if decision else None,
        "resolution": (decision.resolution if decision else None) or event.resolution,
        "votes": decision.votes.as_json() if decision and decision.votes else None,
    }

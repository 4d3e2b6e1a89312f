"""Beliefs, cases and decisions as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from zmpwatch.model import Case, CaseEvent, CountBelief, CountState, Decision, Overruled, Votes
from zmpwatch.store.columns import from_iso, to_iso
from zmpwatch.store.rows.enums import DATE_KINDS, EVENTS, STAGES, STATUSES, Values
from zmpwatch.store.rows.stated import to_votes, votes_values

__all__ = [
    "belief_values",
    "case_values",
    "case_version_values",
    "decision_values",
    "event_values",
    "to_belief",
    "to_case",
    "to_case_version",
    "to_decision",
    "to_event",
    "to_past_belief",
    "to_step",
]


def belief_values(belief: CountBelief) -> Values:
    """Columns of a count belief."""
    return {
        "state": belief.state,
        "members": belief.members,
        "as_of": belief.as_of,
        "since": belief.since,
        "previous": belief.previous,
        "previous_as_of": belief.previous_as_of,
        "candidate": belief.candidate,
        "agreements": [to_iso(moment) for moment in belief.agreements],
        "rests_on": list(belief.rests_on),
        "candidate_rests_on": list(belief.candidate_rests_on),
        "overruled": [[one.statement, one.reason] for one in belief.overruled],
    }


def to_belief(row: Row[Any]) -> CountBelief:
    """A count belief from its columns."""
    return CountBelief(
        state=CountState(row.state),
        members=row.members,
        as_of=row.as_of,
        since=row.since,
        previous=row.previous,
        previous_as_of=row.previous_as_of,
        candidate=row.candidate,
        agreements=tuple(map(from_iso, row.agreements)),
        rests_on=tuple(row.rests_on),
        candidate_rests_on=tuple(row.candidate_rests_on),
        overruled=tuple(Overruled(statement, reason) for statement, reason in row.overruled),
    )


def to_past_belief(row: Row[Any]) -> CountBelief:
    """A number that was believed for a time, from its row in the history."""
    return CountBelief(
        state=CountState.STABLE,
        members=row.members,
        as_of=row.as_of,
        since=row.since,
        previous=row.previous,
        previous_as_of=row.previous_as_of,
        rests_on=tuple(row.rests_on),
    )


def event_values(teryt: str, position: int, event: CaseEvent) -> Values:
    """Columns of a case's event."""
    return {
        "teryt": teryt,
        "position": position,
        "kind": event.kind,
        "stage": event.stage,
        "date": event.date,
        "date_kind": event.date_kind if event.date else None,
        "resolution": event.resolution,
        "known_since": event.known_since,
        "statements": list(event.statements),
        "contradictions": list(event.contradictions),
    } | votes_values(event.votes)


def to_event(row: Sequence[Any]) -> CaseEvent:
    """A case's event from all columns of its table, in their order."""
    _, _, kind, stage, date, resolution, has_votes, in_favour, against, abstain, known_since, *rest = row
    statements, contradictions, best, date_kind = rest
    step = (kind, stage, date, date_kind, known_since, best, resolution, has_votes, in_favour, against, abstain)
    return to_step(step, tuple(statements), tuple(contradictions))


def to_step(columns: Sequence[Any], statements: tuple[int, ...], contradictions: tuple[str, ...] = ()) -> CaseEvent:
    """A case's event, given those of its statements that are wanted, and of what contradicts it."""
    kind, stage, date, date_kind, known_since, best, resolution, *votes = columns
    return CaseEvent(
        kind=EVENTS[kind],
        stage=STAGES[stage],
        date=date,
        resolution=resolution,
        votes=to_votes(*votes),
        statements=statements,
        known_since=known_since,
        contradictions=contradictions,
        best=best,
        date_kind=DATE_KINDS[date_kind],
    )


def to_case(row: Row[Any], events: Sequence[CaseEvent]) -> Case:
    """A case from its columns and its events in order."""
    return Case(
        teryt=row.teryt,
        status=STATUSES[row.status],
        since=row.since,
        events=tuple(events),
        since_kind=DATE_KINDS[row.since_kind],
    )


def case_values(case: Case) -> Values:
    """Columns of a case that say where it stands."""
    return {
        "teryt": case.teryt,
        "status": case.status,
        "since": case.since,
        "since_kind": case.since_kind if case.since else None,
    }


def case_version_values(case: Case, best: Mapping[CaseEvent, int | None]) -> Values:
    """Columns of a version of a case, but for when it became known."""
    return case_values(case) | {
        "events": [
            {
                "kind": event.kind,
                "stage": event.stage,
                "date": event.date,
                "date_kind": event.date_kind if event.date else None,
                "resolution": event.resolution,
                "votes": [event.votes.in_favour, event.votes.against, event.votes.abstain] if event.votes else None,
                "known_since": to_iso(event.known_since),
                "statements": list(event.statements),
                "contradictions": list(event.contradictions),
                "best": best.get(event),
            }
            for event in case.events
        ],
    }


def to_case_version(row: Row[Any]) -> Case:
    """A case as it was held true once."""
    events = tuple(
        CaseEvent(
            kind=EVENTS[event["kind"]],
            stage=STAGES[event["stage"]],
            date=event["date"],
            resolution=event["resolution"],
            votes=Votes(*event["votes"]) if event["votes"] is not None else None,
            statements=tuple(event["statements"]),
            known_since=from_iso(event["known_since"]),
            contradictions=tuple(event["contradictions"]),
            best=event["best"],
            # versions of before the distinction was made were told as days of joining
            date_kind=DATE_KINDS[event.get("date_kind")],
        )
        for event in row.events
    )
    return to_case(row, events)


def decision_values(decision: Decision) -> Values:
    """Columns of a decision."""
    return {
        "association": decision.association,
        "value": decision.value,
        "accepted": decision.accepted,
        "members": decision.members,
        "decided_by": decision.by,
        "at": decision.at,
        "reason": decision.reason,
    }


def to_decision(row: Row[Any]) -> Decision:
    """A decision from its columns."""
    return Decision(
        association=row.association,
        value=row.value,
        accepted=row.accepted,
        members=row.members,
        by=row.decided_by,
        at=row.at,
        reason=row.reason,
    )

"""Rows to model objects and back: the only place that knows both shapes.

Rows that come by the thousand are taken apart in the order of their columns: to ask a row of SQLAlchemy for each by its
name costs four times as much.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from zmpwatch.model import (
    Authority,
    Case,
    CaseEvent,
    Change,
    ChangeKind,
    CountBelief,
    CountState,
    CountStatement,
    Decision,
    Delivery,
    DeliveryState,
    EventKind,
    Evidence,
    KnownPage,
    MembershipStatement,
    MembershipStatus,
    Overruled,
    Purpose,
    Qualifier,
    Reconciliation,
    Source,
    Stage,
    Statement,
    StoredStatement,
    Verdict,
    Visit,
    Votes,
)
from zmpwatch.store.columns import from_iso, to_iso
from zmpwatch.store.records import Snapshot
from zmpwatch.store.schema import StatementRow, table

Values = dict[str, Any]

_EVENTS = {str(one): one for one in EventKind}
_STAGES = {str(one): one for one in Stage}
_QUALIFIERS = {str(one): one for one in Qualifier}
_AUTHORITIES = {str(one): one for one in Authority}
_PURPOSES = {str(one): one for one in Purpose}
_VERDICTS = {str(one): one for one in Verdict}
_OF_STATEMENT = len(table(StatementRow).columns)
_AUTHORITY = list(table(StatementRow).columns.keys()).index("authority")


def visit_values(visit: Visit) -> Values:
    """Columns of a visit."""
    return {
        "site": visit.site,
        "purpose": visit.purpose,
        "started": visit.started,
        "finished": visit.finished,
        "verdict": visit.verdict,
        "requests": visit.requests,
        "bytes": visit.bytes,
        "pages": visit.pages,
        "not_modified": visit.not_modified,
        "statements": visit.statements,
        "problems": list(visit.problems),
        "cycle": visit.cycle,
        "needs_ocr": visit.needs_ocr,
    }


def to_visit(row: Sequence[Any]) -> Visit:
    """A visit from all columns of its table, in their order."""
    number, site, purpose, started, finished, verdict, requests, size, pages, not_modified, told, *rest = row
    problems, cycle, needs_ocr = rest
    return Visit(
        site=site,
        purpose=_PURPOSES[purpose],
        started=started,
        finished=finished,
        verdict=_VERDICTS[verdict],
        requests=requests,
        bytes=size,
        pages=pages,
        not_modified=not_modified,
        statements=told,
        problems=tuple(problems),
        cycle=cycle,
        needs_ocr=needs_ocr,
        id=number,
    )


def to_snapshot(row: Row[Any]) -> Snapshot:
    """A snapshot from its columns."""
    return Snapshot(
        id=row.id,
        visit=row.visit_id,
        site=row.site,
        url=row.url,
        requested=row.requested,
        status=row.status,
        headers=row.headers,
        sha256=row.sha256,
        text_sha256=row.text_sha256,
        title=row.title,
        published=row.published,
        fetched_at=row.fetched_at,
        complete=row.complete,
        anchor=row.anchor,
        referrer=row.referrer,
        baseline=row.baseline,
    )


def statement_values(statement: Statement) -> Values:
    """Columns of a statement; the keys are the same for both kinds, so that one bulk insert takes them."""
    values: Values = dict.fromkeys(
        ("value", "qualifier", "as_of", "municipality", "teryt", "event", "stage", "date", "resolution")
    )
    values |= {
        "quote": statement.quote,
        "start_char": statement.start,
        "end_char": statement.end,
        "rule": statement.rule,
        "confidence": statement.confidence,
    }
    if isinstance(statement, CountStatement):
        values |= {
            "kind": "count",
            "value": statement.value,
            "qualifier": statement.qualifier,
            "as_of": statement.as_of,
        }
        return values | votes_values(None)
    values |= {
        "kind": "membership",
        "municipality": statement.municipality,
        "teryt": statement.teryt,
        "event": statement.kind,
        "stage": statement.stage,
        "date": statement.date,
        "resolution": statement.resolution,
    }
    return values | votes_values(statement.votes)


def votes_values(votes: Votes | None) -> Values:
    """Columns of a ballot; `has_votes` tells no ballot from one without numbers."""
    return {
        "has_votes": votes is not None,
        "votes_for": votes.in_favour if votes else None,
        "votes_against": votes.against if votes else None,
        "votes_abstain": votes.abstain if votes else None,
    }


def to_statement(row: Sequence[Any]) -> Statement:
    """A statement from all columns of its table, in their order."""
    _, _, _, kind, _, value, qualifier, as_of, municipality, teryt, event, stage, date, resolution, *rest = row
    has_votes, in_favour, against, abstain, quote, start, end, rule, confidence = rest
    if kind == "count":
        return CountStatement(
            value=value,
            qualifier=_QUALIFIERS[qualifier],
            as_of=as_of,
            quote=quote,
            start=start,
            end=end,
            rule=rule,
            confidence=confidence,
        )
    return MembershipStatement(
        municipality=municipality,
        teryt=teryt,
        kind=_EVENTS[event],
        stage=_STAGES[stage],
        date=date,
        resolution=resolution,
        votes=Votes(in_favour, against, abstain) if has_votes else None,
        quote=quote,
        start=start,
        end=end,
        rule=rule,
        confidence=confidence,
    )


def to_stored_statement(row: Sequence[Any]) -> StoredStatement:
    """A statement with its source, from the columns `Reader` joins: those of the table, and those of the source."""
    columns = tuple(row)
    authority = _AUTHORITIES[columns[_AUTHORITY]]
    return StoredStatement(
        id=columns[0],
        statement=to_statement(columns[:_OF_STATEMENT]),
        source=to_source(columns[_OF_STATEMENT:], authority),
    )


def to_source(columns: Sequence[Any], authority: Authority) -> Source:
    """Where a statement of this authority was read, from the columns of reading and snapshot that `Reader` joins."""
    extractor, url, site, published, fetched_at, sha256, visit, baseline, title, first_seen, last_seen = columns
    return Source(
        url=url,
        site=site,
        authority=authority,
        published=published,
        first_seen=first_seen or fetched_at,
        last_seen=last_seen or fetched_at,
        archived=sha256,
        visit=visit,
        extractor=extractor,
        baseline=baseline,
        title=title,
    )


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
        "resolution": event.resolution,
        "known_since": event.known_since,
        "statements": list(event.statements),
        "contradictions": list(event.contradictions),
    } | votes_values(event.votes)


def to_event(row: Sequence[Any]) -> CaseEvent:
    """A case's event from all columns of its table, in their order."""
    _, _, kind, stage, date, resolution, has_votes, in_favour, against, abstain, known_since, *rest = row
    statements, contradictions, best = rest
    return CaseEvent(
        kind=_EVENTS[kind],
        stage=_STAGES[stage],
        date=date,
        resolution=resolution,
        votes=Votes(in_favour, against, abstain) if has_votes else None,
        statements=tuple(statements),
        known_since=known_since,
        contradictions=tuple(contradictions),
        best=best,
    )


def to_step(columns: Sequence[Any], statements: tuple[int, ...]) -> CaseEvent:
    """A case's event without what contradicts it, given those of its statements that are wanted."""
    kind, stage, date, known_since, best, resolution, has_votes, in_favour, against, abstain = columns
    return CaseEvent(
        kind=_EVENTS[kind],
        stage=_STAGES[stage],
        date=date,
        resolution=resolution,
        votes=Votes(in_favour, against, abstain) if has_votes else None,
        statements=statements,
        known_since=known_since,
        best=best,
    )


def to_case(row: Row[Any], events: Sequence[CaseEvent]) -> Case:
    """A case from its columns and its events in order."""
    return Case(teryt=row.teryt, status=MembershipStatus(row.status), since=row.since, events=tuple(events))


def case_version_values(case: Case, best: Mapping[CaseEvent, int | None]) -> Values:
    """Columns of a version of a case, but for when it became known."""
    return {
        "teryt": case.teryt,
        "status": case.status,
        "since": case.since,
        "events": [
            {
                "kind": event.kind,
                "stage": event.stage,
                "date": event.date,
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
            kind=_EVENTS[event["kind"]],
            stage=_STAGES[event["stage"]],
            date=event["date"],
            resolution=event["resolution"],
            votes=Votes(*event["votes"]) if event["votes"] is not None else None,
            statements=tuple(event["statements"]),
            known_since=from_iso(event["known_since"]),
            contradictions=tuple(event["contradictions"]),
            best=event["best"],
        )
        for event in row.events
    )
    return Case(teryt=row.teryt, status=MembershipStatus(row.status), since=row.since, events=events)


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


def change_values(change: Change) -> Values:
    """Columns of a change, without its evidence."""
    told = change.reconciliation
    return {
        "dedup_key": change.dedup_key,
        "kind": change.kind,
        "at": change.at,
        "teryt": change.teryt,
        "municipality": change.municipality,
        "site": change.site,
        "before": change.before,
        "after": change.after,
        "reconciliation": told
        and {"before": told.before, "after": told.after, "joined": list(told.joined), "left": list(told.left)},
    }


def evidence_values(change: int, position: int, evidence: Evidence) -> Values:
    """Columns of one piece of evidence."""
    return {
        "change_id": change,
        "position": position,
        "url": evidence.url,
        "quote": evidence.quote,
        "archived": evidence.archived,
        "site": evidence.site,
        "seen_at": evidence.seen_at,
        "published": evidence.published,
        "statement_id": evidence.statement,
    }


def to_evidence(row: Row[Any]) -> Evidence:
    """One piece of evidence from its columns."""
    return Evidence(
        url=row.url,
        quote=row.quote,
        archived=row.archived,
        site=row.site,
        seen_at=row.seen_at,
        published=row.published,
        statement=row.statement_id,
    )


def to_change(row: Row[Any], evidence: Sequence[Evidence]) -> Change:
    """A change from its columns and its evidence in order."""
    told = row.reconciliation
    return Change(
        kind=ChangeKind(row.kind),
        at=row.at,
        dedup_key=row.dedup_key,
        teryt=row.teryt,
        municipality=row.municipality,
        site=row.site,
        before=row.before,
        after=row.after,
        evidence=tuple(evidence),
        reconciliation=told
        and Reconciliation(told["before"], told["after"], tuple(told["joined"]), tuple(told["left"])),
        id=row.id,
    )


def delivery_values(delivery: Delivery) -> Values:
    """Columns of a delivery."""
    return {
        "change_id": delivery.change,
        "recipient": delivery.recipient,
        "address": delivery.address,
        "key": delivery.key,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "created": delivery.created,
        "due": delivery.due,
        "lease_until": delivery.lease_until,
        "last_result": delivery.last_result,
        "sent": delivery.sent,
    }


def to_delivery(row: Row[Any]) -> Delivery:
    """A delivery from its columns."""
    return Delivery(
        change=row.change_id,
        recipient=row.recipient,
        address=row.address,
        key=row.key,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        created=row.created,
        due=row.due,
        lease_until=row.lease_until,
        last_result=row.last_result,
        sent=row.sent,
        id=row.id,
    )


def page_values(site: str, page: KnownPage) -> Values:
    """Columns of a known page."""
    return {
        "site": site,
        "url": page.url,
        "etag": page.etag,
        "last_modified": page.last_modified,
        "body_sha256": page.body_sha256,
        "text_sha256": page.text_sha256,
        "fetched_at": page.fetched_at,
        "full_fetch_at": page.full_fetch_at,
        "status": page.status,
        "statements": page.statements,
        "links": list(page.links),
        "content_sha256": page.content_sha256,
        "extractor": page.extractor,
        "changed_at": page.changed_at,
        "worth": page.worth,
        "leads": page.leads,
    }


def to_known_page(row: Row[Any]) -> KnownPage:
    """A known page from its columns."""
    return KnownPage(
        url=row.url,
        etag=row.etag,
        last_modified=row.last_modified,
        body_sha256=row.body_sha256,
        text_sha256=row.text_sha256,
        fetched_at=row.fetched_at,
        full_fetch_at=row.full_fetch_at,
        status=row.status,
        statements=row.statements,
        links=tuple(row.links),
        content_sha256=row.content_sha256,
        extractor=row.extractor,
        changed_at=row.changed_at,
        worth=row.worth,
        leads=row.leads,
    )

"""Answers to the questions of analysts and operators, as the JSON objects of INTERFACES."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime
from typing import Any

from zmpwatch.config import Config
from zmpwatch.errors import ConfigError
from zmpwatch.judge import count_at, count_line, difference, quotability, status_at
from zmpwatch.model import (
    Case,
    CaseEvent,
    Change,
    ChangeKind,
    CountBelief,
    CountState,
    DeliveryState,
    Evidence,
    MembershipStatus,
    Municipality,
    StoredStatement,
)
from zmpwatch.register import Ambiguous, Found, Register, load_register
from zmpwatch.service.history import known_points
from zmpwatch.service.timetable import Timetable
from zmpwatch.store import Store

__all__ = [
    "answer_case",
    "answer_changes",
    "answer_count",
    "answer_diff",
    "answer_members",
    "answer_status",
    "change_json",
    "find_municipality",
    "namesakes",
    "newest_known",
    "outbox_counts",
    "waiting_count",
]

Json = dict[str, Any]


def find_municipality(text: str) -> Municipality:
    """The municipality a person means: a TERYT code, or a name in any case.

    Raises:
        ConfigError: nothing is called so, or several are; the message lists them with their codes.
    """
    register = load_register()
    text = text.strip()
    if text.isdigit():
        municipality = register.get(text)
        if municipality is None:
            raise ConfigError(f"{text!r} is no TERYT code of a municipality (7 digits){_near(register, text)}")
        return municipality
    answer = register.lookup(text, prefer_town=True)
    if isinstance(answer, Found):
        return answer.municipality
    if isinstance(answer, Ambiguous):
        names = "; ".join(_described(municipality) for municipality in answer.candidates[:12])
        raise ConfigError(f"{text!r} is ambiguous; give the code of one of: {names}")
    raise ConfigError(f"no municipality is called {text!r}{_near(register, text)}")


def _described(municipality: Municipality) -> str:
    return (
        f"{municipality.teryt} {municipality.name} ({municipality.kind}, powiat {municipality.powiat}, "
        f"{municipality.voivodeship})"
    )


def _near(register: Register, text: str) -> str:
    near = register.suggest(text)
    return f" (did you mean {', '.join(f'{item.name}, {item.teryt}' for item in near)}?)" if near else ""


def namesakes(municipality: Municipality) -> tuple[Municipality, ...]:
    """Other municipalities of the same name."""
    return tuple(other for other in load_register().candidates(municipality.name) if other.teryt != municipality.teryt)


# ------------------------------------------------------------------------------------------------ count


def answer_count(
    store: Store, association: str, at: date | None = None, known_at: datetime | None = None
) -> Json | None:
    """What ``zmpwatch count`` says; None when no count is known.

    Args:
        store: the history.
        association: whose members are counted.
        at: as was true on that day.
        known_at: as was known at that time.
    """
    if at is not None:
        return _count_at(store, association, at, known_at)
    if known_at is None:
        belief = store.count_belief(association)
    else:
        version = store.count_version(association, known_at)
        belief = version.belief if version else None
    if belief is None or belief.members is None:
        return None
    rests_on = store.statements_by_id(belief.rests_on)
    best = _best(rests_on.values())
    return {
        "members": belief.members,
        "as_of": belief.as_of,
        "since": belief.since.isoformat() if belief.since else None,
        "previous": belief.previous,
        "source": best.source.url if best else None,
        "quote": best.statement.quote if best else None,
        "state": str(belief.state),
        "candidate": belief.candidate,
    }


def _count_at(store: Store, association: str, at: date, known_at: datetime | None) -> Json | None:
    points = known_points(store, association, known_at, own=True)
    point = count_at(points, at)
    if point is None:
        points = known_points(store, association, known_at)
        point = count_at(points, at)
    if point is None:
        return None
    line = [other for other in count_line(points) if other.holds_from <= at]
    earlier = [other for other in line if other.members != point.members]
    cited = store.citations([point.statement])[point.statement]
    return {
        "members": point.members,
        "as_of": point.as_of,
        "since": point.first_seen.isoformat(),
        "previous": earlier[-1].members if earlier else None,
        "source": cited.url,
        "quote": cited.quote,
        "state": "past",
        "candidate": None,
    }


def newest_known(store: Store, association: str) -> Json | None:
    """The newest number on record while none is believed: from the initial knowledge, or from others' pages."""
    line = count_line(known_points(store, association, own=True)) or count_line(known_points(store, association))
    if not line:
        return None
    point = line[-1]
    return {
        "members": point.members,
        "as_of": point.as_of,
        "checked": point.checked,
        "source": store.citations([point.statement])[point.statement].url,
    }


def _best(statements: Iterable[StoredStatement]) -> StoredStatement | None:
    return min(statements, key=quotability, default=None)


# ---------------------------------------------------------------------------------------------- changes


def answer_changes(
    store: Store,
    *,
    since: datetime | None = None,
    kinds: Collection[ChangeKind] | None = None,
    voivodeship: str | None = None,
) -> list[Json]:
    """What ``zmpwatch changes`` says, oldest first."""
    changes = store.changes(since=since, kinds=kinds)
    if voivodeship is not None:
        register = load_register()
        changes = [
            change for change in changes if change.teryt and register.by_teryt(change.teryt).voivodeship == voivodeship
        ]
    return [change_json(change) for change in changes]


def change_json(change: Change) -> Json:
    """One change as INTERFACES has it, with the site and the reconciliation beside."""
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


def answer_members(store: Store, at: date | None = None) -> list[Json]:
    """What ``zmpwatch members`` says: everybody known by name to be a member (at that day), by name."""
    register = load_register()
    held: list[tuple[Municipality, CaseEvent | None, str | None]] = []
    for case in store.cases():
        municipality = register.get(case.teryt)
        if municipality is None:
            continue
        if at is None:
            if case.status is MembershipStatus.MEMBER:
                held.append((municipality, _deciding(case), case.since))
            continue
        status, cause = status_at(case, at)
        if status is MembershipStatus.MEMBER:
            held.append((municipality, cause, cause.date if cause else None))
    statements = store.statements_by_id(
        [number for _, event, _ in held if event is not None for number in event.statements]
    )
    from zmpwatch.alert.news import alphabetical  # messages and their words would delay commands that need none

    held.sort(key=lambda item: (alphabetical(item[0].name), item[0].teryt))
    return [_member_json(municipality, event, since, statements) for municipality, event, since in held]


def _deciding(case: Case) -> CaseEvent | None:
    """The event that made the municipality a member: the first of the present membership."""
    return status_at(case, date.max)[1]


def _member_json(
    municipality: Municipality, event: CaseEvent | None, since: str | None, statements: dict[int, StoredStatement]
) -> Json:
    best = _best(statements[number] for number in (event.statements if event else ()) if number in statements)
    return {
        "teryt": municipality.teryt,
        "municipality": municipality.name,
        "voivodeship": municipality.voivodeship,
        "since": since,
        "evidence": {"url": best.source.url, "quote": best.statement.quote, "archived": best.source.archived}
        if best
        else None,
    }


# ------------------------------------------------------------------------------------------------- case


def answer_case(store: Store, municipality: Municipality) -> Json:
    """What ``zmpwatch case`` says; a municipality nobody has written of has no events."""
    case = store.case(municipality.teryt)
    events = case.events if case else ()
    statements = store.statements_by_id([number for event in events for number in event.statements])
    return {
        "teryt": municipality.teryt,
        "municipality": municipality.name,
        "voivodeship": municipality.voivodeship,
        "status": str(case.status) if case else str(MembershipStatus.UNKNOWN),
        "since": case.since if case else None,
        "events": [_event_json(event, statements) for event in events],
    }


def _event_json(event: CaseEvent, statements: dict[int, StoredStatement]) -> Json:
    best = _best(statements[number] for number in event.statements if number in statements)
    return {
        "stage": str(event.stage),
        "kind": str(event.kind),
        "date": event.date,
        "resolution": event.resolution,
        "votes": event.votes.as_json() if event.votes else None,
        "url": best.source.url if best else None,
        "quote": best.statement.quote if best else None,
        "archived": best.source.archived if best else None,
        "known_since": event.known_since.isoformat(),
        "sources": len({statements[number].source.url for number in event.statements if number in statements}),
        "contradictions": list(event.contradictions),
    }


# ------------------------------------------------------------------------------------------------- diff


def answer_diff(store: Store, association: str, start: date, end: date) -> Json:
    """What ``zmpwatch diff`` says: counts, who joined and left between the days, and what stays unexplained."""
    cases = store.cases()
    undated = [number for case in cases for event in case.events if event.date is None for number in event.statements]
    baseline = {number for number, stored in store.statements_by_id(undated).items() if stored.source.baseline}
    found = difference(known_points(store, association), cases, start, end, baseline)
    return {
        "from": start.isoformat(),
        "to": end.isoformat(),
        "before": found.before.members if found.before else None,
        "after": found.after.members if found.after else None,
        "joined": [_moved_json(case, event) for case, event in found.joined],
        "left": [_moved_json(case, event) for case, event in found.left],
        "unexplained": found.unexplained,
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


# ----------------------------------------------------------------------------------------------- status


def answer_status(store: Store, config: Config) -> list[Json]:
    """What ``zmpwatch status`` says: each site that is watched with its last visit and the time of the next."""
    last = store.last_visits()
    now = datetime.now(UTC)
    timetable = Timetable.of(config, store, now)
    answers = []
    for site in timetable.sites:
        visit = last.get(site.name)
        due = timetable.turn(site, visit.started, now).due if visit else None
        answers.append(
            {
                "site": site.name,
                "verdict": str(visit.verdict) if visit else None,
                "last_visit": visit.started.isoformat() if visit else None,
                "next_visit": due.isoformat() if due else None,
                "problems": list(visit.problems) if visit else [],
            }
        )
    return answers


def outbox_counts(store: Store) -> dict[str, int]:
    """How many deliveries stand where."""
    counts = dict.fromkeys(map(str, DeliveryState), 0)
    for delivery in store.deliveries():
        counts[str(delivery.state)] += 1
    return counts


def waiting_count(store: Store, association: str) -> CountBelief | None:
    """The belief when an official count waits to be confirmed."""
    belief = store.count_belief(association)
    waiting = {CountState.PENDING, CountState.FLAPPING, CountState.IMPLAUSIBLE}
    return belief if belief is not None and belief.state in waiting else None

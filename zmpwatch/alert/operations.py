"""What the operator is told, in English: sites, unconfirmed counts, alerts that could not be delivered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from zmpwatch.alert.clean import NAME_LIMIT, QUOTE_LIMIT, clean
from zmpwatch.alert.document import Line, bold, line, link
from zmpwatch.alert.english import clock, day_of, plural
from zmpwatch.alert.news import Proof
from zmpwatch.model import Change, ChangeKind
from zmpwatch.model.days import in_zone
from zmpwatch.plural import counted

__all__ = ["operator_sections", "operator_subject"]

_SHOWN = 20


def operator_subject(changes: Sequence[Change]) -> str:
    """The news in one line: names where they are few, else numbers."""
    parts = []
    for kind, one, many in (
        (ChangeKind.SITE_BROKEN, "broken", "sites broken"),
        (ChangeKind.SITE_RECOVERED, "recovered", "sites recovered"),
    ):
        sites = _sites(changes, kind)
        if sites:
            parts.append(f"{', '.join(sites)} {one}" if len(sites) < 3 else f"{len(sites)} {many}")
    parts += [
        f"count {_shown(change.before.get('members'))} → {_shown(change.after.get('candidate'))}?"
        for change in changes
        if change.kind is ChangeKind.COUNT_UNCONFIRMED
    ]
    held = sum(int(c.after.get("changes") or 0) for c in changes if c.kind is ChangeKind.ALERTS_HELD)
    if held:
        parts.append(f"{counted(held, 'alert')} held for your yes")
    failed = [c for c in changes if c.kind is ChangeKind.DELIVERY_FAILED]
    if failed:
        names = list(dict.fromkeys(_shown(c.after.get("recipient")) for c in failed))
        whom = ", ".join(names) if len(names) < 3 else f"{len(names)} recipients"
        parts.append(f"delivery failed: {whom}")
    failing = [_shown(c.after.get("part")) for c in changes if c.kind is ChangeKind.WATCH_FAILED]
    if failing:
        parts.append(f"trouble with the watch itself: {', '.join(dict.fromkeys(failing))}")
    return "zmpwatch: " + "; ".join(parts)


def _sites(changes: Sequence[Change], kind: ChangeKind) -> list[str]:
    return list(dict.fromkeys(clean(c.site or "?", NAME_LIMIT) for c in changes if c.kind is kind))


def _shown(value: Any) -> str:
    return "?" if value is None else clean(str(value), NAME_LIMIT)


def operator_sections(changes: Sequence[Change]) -> list[list[Line]]:
    """One section a change, at most twenty, then how many more there are."""
    sections = [_section(change) for change in changes[:_SHOWN]]
    if len(changes) > _SHOWN:
        sections.append([line(f"and {len(changes) - _SHOWN} more; see zmpwatch status")])
    return sections


def _section(change: Change) -> list[Line]:
    when = f"{day_of(change.at)}, {clock(change.at)}"
    after, before = change.after, change.before
    rows: list[Line]
    if change.kind is ChangeKind.SITE_BROKEN:
        was = f", was {_shown(before['verdict'])}" if before.get("verdict") else ""
        rows = [line(bold(clean(change.site or "?", NAME_LIMIT)), f" – {_shown(after.get('verdict'))}{was} ({when})")]
        rows += _remarks(after)
        if after.get("last_good"):
            good = datetime.fromisoformat(str(after["last_good"]))
            rows.append(line(f"last good visit: {day_of(good)}, {clock(good)}"))
        rows.append(line("What was known of it stays; subscribers were told nothing."))
    elif change.kind is ChangeKind.SITE_RECOVERED:
        was = f", was {_shown(before['verdict'])}" if before.get("verdict") else ""
        rows = [
            line(bold(clean(change.site or "?", NAME_LIMIT)), f" – {_shown(after.get('verdict'))} again{was} ({when})")
        ]
        rows += _remarks(after)
    elif change.kind is ChangeKind.COUNT_UNCONFIRMED:
        rows = [
            line(
                bold(f"{_shown(after.get('candidate'))} members stated, {_shown(before.get('members'))} believed"),
                f" ({when})",
            ),
            *_remarks(after),
            line("Subscribers were told nothing; the number waits to be confirmed or refused."),
            line(_count_commands(after.get("candidate"))),
        ]
    elif change.kind is ChangeKind.WATCH_FAILED:
        rows = [line(bold(_shown(after.get("part"))), f" – {_shown(after.get('state'))} ({when})"), *_remarks(after)]
    elif change.kind is ChangeKind.ALERTS_HELD:
        rows = _held_rows(after, when)
    else:
        tries = int(after.get("attempts") or 0)
        told = int(after.get("changes") or 1)
        rows = [
            line(
                f"{told} {plural(told, 'change', 'changes')} for ",
                bold(_shown(after.get("recipient"))),
                f" could not be delivered to address {_shown(after.get('address'))}"
                f" ({tries} {plural(tries, 'try', 'tries')}, given up {when})",
            ),
            *_remarks(after),
            line("When the address is right again: zmpwatch notify retry."),
        ]
    for evidence in change.evidence[:2]:
        proof = Proof.of(evidence)
        rows.append(line(f"“{proof.quote}” – {proof.site}" + (f", copy {proof.copy}" if proof.copy else "")))
        if proof.url:
            rows.append(line(link(proof.url)))
    return rows


def _count_commands(candidate: Any) -> str:
    """What the operator may do about a count; which number, where one waits."""
    look = "Look: zmpwatch count --why."
    if candidate is None:
        return look
    return f"{look} Then: zmpwatch count accept {_shown(candidate)}, or zmpwatch count refuse {_shown(candidate)}."


def _held_rows(after: dict[str, Any], when: str) -> list[Line]:
    kinds = ", ".join(f"{_shown(kind)} {_shown(number)}" for kind, number in dict(after.get("kinds") or {}).items())
    places = [_shown(place) for place in after.get("municipalities") or ()]
    rows = [
        line(bold(f"{counted(int(after.get('changes') or 0), 'change')} held"), f" ({when}): {kinds}"),
        line("This follows a number that is held; the two belong together. Subscribers were told nothing.")
        if after.get("follows")
        else line(
            f"{_shown(after.get('recent'))} changes within an hour are more than {_shown(after.get('limit'))}; "
            "perhaps a page was turned over, and nothing has changed. Subscribers were told nothing."
        ),
    ]
    if places:
        rows.append(line(", ".join(places)))
    rows.append(line("Look: zmpwatch notify held. Then: zmpwatch notify release, or zmpwatch notify discard."))
    return rows


def _remarks(after: dict[str, Any]) -> list[Line]:
    problems = after.get("problems") or [after.get("reason") or after.get("result")]
    return [line(clean(in_zone(str(p)), QUOTE_LIMIT)) for p in problems[:5] if p]

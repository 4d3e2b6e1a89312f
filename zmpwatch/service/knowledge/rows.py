"""The rows of the initial knowledge as statements; SOURCES.md beside this file says what they are."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

from zmpwatch.judge import KNOWLEDGE_RULE
from zmpwatch.judge.dates import first_day
from zmpwatch.model import CountStatement, EventKind, MembershipStatement, Qualifier, Stage, Statement, Votes

__all__ = ["KnownSource", "known_sources"]

MARK = "[initial knowledge]"
_SURE, _INFERRED = 1.0, 0.7
_STEPS = {
    "joined": (EventKind.ACCESSION, Stage.ADMITTED),
    "admitted_by_board": (EventKind.ACCESSION, Stage.ADMITTED),
    "proposal_to_join": (EventKind.ACCESSION, Stage.PROPOSED),
    "resolution_to_join": (EventKind.ACCESSION, Stage.RESOLVED),
    "member_evidence": (EventKind.ACCESSION, Stage.MEMBER),
    "resolution_to_leave": (EventKind.WITHDRAWAL, Stage.RESOLVED),
    "left": (EventKind.WITHDRAWAL, Stage.ADMITTED),
    "left_before": (EventKind.WITHDRAWAL, Stage.ADMITTED),
}
_RESOLUTION = re.compile(r"[Uu]chwała (?:nr )?(\S+/\S+)")
_VOTES = {"in_favour": r"(\d+) za\b", "against": r"(\d+) przeciw\b", "abstain": r"(\d+) wstrzymując"}
_LASTING = ("term", "range")
_BEFORE = re.compile(r"before \((.+)\)")


@dataclass(frozen=True, slots=True)
class KnownSource:
    """One page somebody read: its address and what it told, as a text of one line a fact."""

    url: str
    content: str
    statements: tuple[Statement, ...]


def known_sources(until: date) -> list[KnownSource]:
    """All facts by the page that told them, without those of days after `until`."""
    by_url: defaultdict[str, list[Statement]] = defaultdict(list)
    for url, statement in _rows():
        day = statement.as_of if isinstance(statement, CountStatement) else statement.date
        if day is None or first_day(day) <= until:
            by_url[url].append(statement)
    return [_source(url, statements) for url, statements in sorted(by_url.items())]


def _source(url: str, statements: list[Statement]) -> KnownSource:
    placed: list[Statement] = []
    content = ""
    for statement in statements:
        start = len(content)
        content += f"{statement.quote}\n"
        placed.append(replace(statement, start=start, end=start + len(statement.quote)))
    return KnownSource(url, content, tuple(placed))


@cache
def _rows() -> tuple[tuple[str, Statement], ...]:
    return (*_counts(), *_memberships())


def _read(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader((files(__package__) / name).read_text(encoding="utf-8").splitlines())


def _counts() -> Iterator[tuple[str, Statement]]:
    for row in _read("member_counts.csv"):
        doubt = f" ({row['date_note']})" if row["date_note"] else ""
        note = f"; {row['note']}" if row["note"] else ""
        yield (
            row["source"],
            CountStatement(
                value=int(row["members"]),
                qualifier=Qualifier.EXACT,
                as_of=_day(row["date"], row["date_note"]),
                quote=f"{MARK} {row['date']}{doubt}: {row['members']} members{note}",
                start=0,
                end=0,
                rule=f"{KNOWLEDGE_RULE}.count",
                confidence=_INFERRED if "inferred" in row["date_note"] else _SURE,
            ),
        )


def _memberships() -> Iterator[tuple[str, Statement]]:
    for row in _read("members.csv"):
        before = _BEFORE.fullmatch(row["date_precision"])
        event = f"{row['event']}_before" if before else row["event"]
        kind, stage = _STEPS[event]
        note = f"; {row['note']}" if row["note"] else ""
        resolution = _RESOLUTION.search(row["note"])
        when = f"{row['date']} ({row['date_precision']})" if row["date"] else row["date_precision"]
        if before:
            when = before[1]
        yield (
            row["source"],
            MembershipStatement(
                municipality=row["city"],
                teryt=row["teryt"],
                kind=kind,
                stage=stage,
                date=before[1] if before else _day(row["date"], row["date_precision"]),
                resolution=resolution[1] if resolution else None,
                votes=_votes(row["note"]),
                quote=f"{MARK} {row['city']}: {event.replace('_', ' ')}, {when}{note}",
                start=0,
                end=0,
                rule=f"{KNOWLEDGE_RULE}.{event}",
                confidence=_INFERRED if "inferred" in row["date_precision"] else _SURE,
            ),
        )


def _day(written: str, precision: str) -> str | None:
    """One date of what may be two years: of what lasted the first, of what is in doubt the second."""
    first, _, second = written.partition("/")
    return (first if precision in _LASTING else second or first) or None


def _votes(note: str) -> Votes | None:
    found = {name: int(match[1]) for name, pattern in _VOTES.items() if (match := re.search(pattern, note))}
    return Votes(**found) if found else None

"""Statements and where they were read as rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zmpwatch.model import Authority, CountStatement, MembershipStatement, Source, Statement, StoredStatement, Votes
from zmpwatch.store.rows.enums import AUTHORITIES, EVENTS, QUALIFIERS, STAGES, Values
from zmpwatch.store.schema import StatementRow, table

__all__ = ["statement_values", "to_source", "to_statement", "to_stored_statement", "to_votes", "votes_values"]

_OF_STATEMENT = len(table(StatementRow).columns)
_AUTHORITY = list(table(StatementRow).columns.keys()).index("authority")


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


def to_votes(has_votes: bool, in_favour: int | None, against: int | None, abstain: int | None) -> Votes | None:
    """A ballot from its columns, in their order."""
    return Votes(in_favour, against, abstain) if has_votes else None


def to_statement(row: Sequence[Any]) -> Statement:
    """A statement from all columns of its table, in their order."""
    _, _, _, kind, _, value, qualifier, as_of, municipality, teryt, event, stage, date, resolution, *rest = row
    has_votes, in_favour, against, abstain, quote, start, end, rule, confidence = rest
    if kind == "count":
        return CountStatement(
            value=value,
            qualifier=QUALIFIERS[qualifier],
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
        kind=EVENTS[event],
        stage=STAGES[stage],
        date=date,
        resolution=resolution,
        votes=to_votes(has_votes, in_favour, against, abstain),
        quote=quote,
        start=start,
        end=end,
        rule=rule,
        confidence=confidence,
    )


def to_stored_statement(row: Sequence[Any]) -> StoredStatement:
    """A statement with its source, from the columns `Reader` joins: those of the table, and those of the source."""
    columns = tuple(row)
    authority = AUTHORITIES[columns[_AUTHORITY]]
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

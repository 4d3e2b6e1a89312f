"""Parts of queries that several questions are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import aliased

from zmpwatch.store.schema import ReadingRow, SightingRow, SnapshotRow, StatementRow

__all__ = ["batches", "columns", "is_current", "joined_sources", "joined_statements", "of_site", "sets"]

T = TypeVar("T")

PARAMETERS = 5_000
"""Values in one IN list: SQLite takes 32,766 a statement, PostgreSQL 65,535."""


@cache
def columns(model: Any) -> tuple[Any, ...]:
    """Return all columns of a model's table, in their order."""
    return tuple(model.__table__.columns)


@cache
def of_site(model: Any) -> Select[Any]:
    """Return the query for all that is kept of the site given as parameter ``site``."""
    return select(*columns(model)).where(model.__table__.c.site == bindparam("site"))


def batches(values: Sequence[T]) -> Iterator[list[T]]:
    """Cut `values` into lists that fit one statement."""
    rest = iter(values)
    while some := list(islice(rest, PARAMETERS)):
        yield some


def sets(values: Collection[str]) -> Iterator[list[str]]:
    """Cut what `values` holds, each once and in order, into lists that fit one statement."""
    return batches(sorted(set(values)))


@cache
def joined_statements() -> Select[Any]:
    """Statements with what a `Source` needs; an index answers when the text was first and last served.

    Made once, as are the other parts that every visit asks with: to put a query together costs more than to ask it.
    """
    return (
        select(*columns(StatementRow), *_source_columns())
        .join(ReadingRow, ReadingRow.id == StatementRow.reading_id)
        .join(SnapshotRow, SnapshotRow.id == StatementRow.snapshot_id)
    )


@cache
def joined_sources() -> Select[Any]:
    """Readings with what a `Source` needs."""
    return select(ReadingRow.id.label("reading"), *_source_columns()).join(
        SnapshotRow, SnapshotRow.id == ReadingRow.snapshot_id
    )


def _source_columns() -> tuple[Any, ...]:
    seen = SightingRow.seen_at
    served = SightingRow.snapshot_id == SnapshotRow.id
    return (
        ReadingRow.extractor,
        SnapshotRow.url,
        SnapshotRow.site,
        SnapshotRow.published,
        SnapshotRow.fetched_at,
        SnapshotRow.sha256,
        SnapshotRow.visit_id,
        SnapshotRow.baseline,
        SnapshotRow.title,
        select(func.min(seen)).where(served).correlate(SnapshotRow).scalar_subquery().label("first_seen"),
        select(func.max(seen)).where(served).correlate(SnapshotRow).scalar_subquery().label("last_seen"),
    )


@cache
def is_current() -> ColumnElement[bool]:
    """No newer extractor has read this snapshot."""
    newer = aliased(ReadingRow)
    return ~(
        select(newer.id)
        .where(newer.snapshot_id == StatementRow.snapshot_id, newer.id > StatementRow.reading_id)
        .correlate(StatementRow)
        .exists()
    )

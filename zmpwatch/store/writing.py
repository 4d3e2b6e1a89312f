"""How rows are written: in one transaction, with their links in the hash chain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import tzinfo
from functools import cache
from typing import Any

from sqlalchemy import Connection, insert
from sqlalchemy.dialects import sqlite

from zmpwatch.model.days import WARSAW
from zmpwatch.store import rows
from zmpwatch.store.chain import CHAINED, add_links
from zmpwatch.store.reader import Reader
from zmpwatch.store.schema import Base, table

__all__ = ["Writing"]


class Writing(Reader):
    """One transaction on `_connection`: what is written is noted for the hash chain. It reads its own writes."""

    def __init__(self, connection: Connection, zone: tzinfo = WARSAW) -> None:
        self.zone = zone
        self._connection = connection
        self._dialect = connection.dialect.name
        self._unlinked: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        yield self._connection

    def link(self) -> None:
        """Add what was written to the hash chain: right before the transaction is kept."""
        add_links(self._connection, self._unlinked)
        self._unlinked.clear()

    def _insert_one(self, model: type[Base], values: rows.Values) -> int:
        return self._insert_many(model, [values])[0]

    def _insert_many(self, model: type[Base], values: Sequence[rows.Values]) -> list[int]:
        """Insert rows; return their ids in the order of `values`."""
        if not values:
            return []
        return self._noted(model, self._connection.execute(_insertion(model), values).scalars())

    def _insert_new(self, model: type[Base], values: Sequence[rows.Values], key: Sequence[str]) -> list[int]:
        """Insert the rows whose key is not known; return the ids of those."""
        if not values:
            return []
        statement = _insertion_of_new(model, self._dialect, tuple(key))
        return self._noted(model, self._connection.execute(statement, values).scalars())

    def _noted(self, model: type[Base], ids: Iterable[int]) -> list[int]:
        """Note rows of chained tables for `link`; return their ids."""
        new = list(ids)
        if model.__tablename__ in CHAINED:
            self._unlinked[model.__tablename__] += [(one, 0) for one in new]
        return new

    def _upsert(self, model: type[Base], values: Sequence[rows.Values]) -> None:
        """Insert rows, or overwrite those with the same primary key."""
        if not values:
            return
        self._connection.execute(_replacement(model, self._dialect, tuple(values[0])), values)

    def _dialect_insert(self, model: type[Base]) -> Any:
        return _dialect_insert(model, self._dialect)


# Statements are made once: to put one together costs more than to run it.


@cache
def _insertion(model: type[Base]) -> Any:
    target = table(model)
    return insert(target).returning(target.c.id, sort_by_parameter_order=True)


@cache
def _insertion_of_new(model: type[Base], dialect: str, key: tuple[str, ...]) -> Any:
    statement = _dialect_insert(model, dialect).on_conflict_do_nothing(index_elements=list(key))
    return statement.returning(table(model).c.id)


@cache
def _replacement(model: type[Base], dialect: str, names: tuple[str, ...]) -> Any:
    statement = _dialect_insert(model, dialect)
    key = [column.name for column in table(model).primary_key]
    others = {name: statement.excluded[name] for name in names if name not in key}
    return statement.on_conflict_do_update(index_elements=key, set_=others)


def _dialect_insert(model: type[Base], dialect: str) -> Any:
    """Both dialects write ON CONFLICT alike, but SQLAlchemy has it in each dialect's own insert."""
    if dialect == "sqlite":
        return sqlite.insert(table(model))
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415  (its import would delay every command)

    return postgresql.insert(table(model))

"""The hash chain: one link for each row that may be cited, so that a later edit of any of them shows.

A link's hash covers the hash of the link before it, the row's name and its columns. What a takedown must be able to
remove (quotes, titles, the words of a link) is covered through a *seal*: SHA-256 over 16 random bytes of salt and the
words. `forget` deletes words and salt; the seal stays, so the chain stays valid, and without the salt nobody can find
out by trying which words it was made of.

::

    seal    = SHA-256(salt + JSON(sealed columns))
    hash(n) = SHA-256(hash(n - 1) + JSON([table, id, position, open columns]) + seal)

JSON is an array without spaces, UTF-8, of the values as the database holds them. This is format 1: lists and order of
columns are frozen, a column that comes later is not covered unless a new format says so.

The chain shows every edit by somebody who does not compute all later links anew. Against one who does, or who cuts off
the end, a head must be known from elsewhere: a backup holds one, and `zmpwatch backup` compares (see
`zmpwatch.store.backup`).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, LargeBinary, TableClause, column, insert, select, table, tuple_

__all__ = [
    "CHAINED",
    "GENESIS",
    "REMOVED",
    "Chained",
    "Head",
    "Link",
    "add_links",
    "hash_at",
    "head_of",
    "link_hash",
    "links",
    "seal_of",
]

GENESIS = hashlib.sha256(b"zmpwatch chain 1").digest()
"""What stands for the hash before the first link."""

REMOVED = "[removed]"
"""What stands in a column that can't be NULL where words were taken down."""

SALT_BYTES = 16

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

BLOCK = 2_000
"""Rows read or written at a time."""

Key = tuple[int, int]
"""Which row of a table: id and position; the position is 0 where the id is enough."""


@dataclass(frozen=True, slots=True)
class Chained:
    """A table whose rows are chained: its key, the columns in the open, and those under a seal."""

    name: str
    key: tuple[str, ...]
    open: tuple[str, ...]
    sealed: tuple[str, ...] = ()

    @property
    def clause(self) -> TableClause:
        """The table without types: values come as the database holds them."""
        return _clause(self)

    def key_of(self, row: Sequence[Any]) -> Key:
        """Return the key of a row that `read` gave."""
        return (row[0], row[1]) if len(self.key) > 1 else (row[0], 0)

    def open_of(self, row: Sequence[Any]) -> list[Any]:
        """Return the open values of a row that `read` gave."""
        begin = len(self.key)
        return list(row[begin : begin + len(self.open)])

    def sealed_of(self, row: Sequence[Any]) -> list[Any]:
        """Return the sealed values of a row that `read` gave."""
        return list(row[len(self.key) + len(self.open) :])

    def read(self, connection: Connection, first: Key, last: Key, limit: int | None = None) -> list[Sequence[Any]]:
        """Return the rows with keys from `first` to `last`, both included, in the order of their keys."""
        here = self.clause
        columns = [here.c[name] for name in self.key]
        query = select(*here.c).order_by(*columns).limit(limit)
        if len(columns) == 1:
            query = query.where(columns[0].between(first[0], last[0]))
        else:
            key = tuple_(*columns)
            query = query.where(key >= tuple_(*first), key <= tuple_(*last))
        return [tuple(row) for row in connection.execute(query)]


@cache
def _clause(source: Chained) -> TableClause:
    """One object a table, so that SQLAlchemy recognises its statements and does not compile them each time."""
    return table(source.name, *[column(name) for name in (*source.key, *source.open, *source.sealed)])


CHAINED: Mapping[str, Chained] = {
    one.name: one
    for one in (
        Chained(
            "snapshots",
            ("id",),
            (
                *("visit_id", "site", "url", "requested", "status", "content_type", "headers", "sha256", "text_sha256"),
                *("published", "fetched_at", "complete", "referrer", "baseline"),
            ),
            ("title", "anchor"),
        ),
        Chained("readings", ("id",), ("snapshot_id", "extractor", "statements")),
        Chained(
            "statements",
            ("id",),
            (
                *("reading_id", "snapshot_id", "kind", "authority", "value", "qualifier", "as_of", "municipality"),
                *("teryt", "event", "stage", "date", "resolution", "has_votes", "votes_for", "votes_against"),
                *("votes_abstain", "start_char", "end_char", "rule", "confidence"),
            ),
            ("quote",),
        ),
        Chained(
            "changes",
            ("id",),
            ("dedup_key", "kind", "at", "teryt", "municipality", "site", "before", "after", "reconciliation"),
        ),
        Chained(
            "change_evidence",
            ("change_id", "position"),
            ("url", "archived", "site", "seen_at", "published", "statement_id"),
            ("quote",),
        ),
        Chained("tombstones", ("id",), ("url", "reason", "at", "snapshots", "evidence")),
        Chained("decisions", ("id",), ("association", "value", "accepted", "members", "decided_by", "at", "reason")),
    )
}
"""The chained tables, in the order in which the rows of one transaction are linked."""

_CHAIN = table(
    "chain",
    column("seq"),
    column("source"),
    column("row_id"),
    column("position"),
    column("salt", LargeBinary()),
    column("seal", LargeBinary()),
    column("hash", LargeBinary()),
)


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: number and hash of its last link; 0 and `GENESIS` where there is none."""

    seq: int
    hash: bytes

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash.hex()}"


@dataclass(frozen=True, slots=True)
class Link:
    """One link as it is stored."""

    seq: int
    source: str
    row_id: int
    position: int
    salt: bytes | None
    seal: bytes | None
    hash: bytes

    @property
    def key(self) -> Key:
        """Which row of its table it stands for."""
        return (self.row_id, self.position)


def seal_of(salt: bytes, words: Sequence[Any]) -> bytes:
    """Return the seal over these values."""
    return hashlib.sha256(salt + _json(words)).digest()


def link_hash(before: bytes, source: str, key: Key, values: Sequence[Any], seal: bytes | None) -> bytes:
    """Return the hash of the link after the one with hash `before`."""
    return hashlib.sha256(before + _json([source, *key, *values]) + (seal or b"")).digest()


def _json(values: Sequence[Any]) -> bytes:
    # no value that was stored holds a surrogate; one that stands for damaged bytes must give a hash, too
    return _ENCODER.encode(values).encode("utf-8", "surrogatepass")


def head_of(connection: Connection) -> Head:
    """Return the end of the chain."""
    last = connection.execute(select(_CHAIN.c.seq, _CHAIN.c.hash).order_by(_CHAIN.c.seq.desc()).limit(1)).one_or_none()
    return Head(last.seq, bytes(last.hash)) if last is not None else Head(0, GENESIS)


def hash_at(connection: Connection, seq: int) -> bytes | None:
    """Return the hash of one link; None where there is no such link."""
    found = connection.execute(select(_CHAIN.c.hash).where(_CHAIN.c.seq == seq)).scalar()
    return None if found is None else bytes(found)


def links(connection: Connection, after: int = 0) -> Iterator[list[Link]]:
    """Yield the links behind number `after` in blocks, in order."""
    while True:
        query = select(*_CHAIN.c).where(_CHAIN.c.seq > after).order_by(_CHAIN.c.seq).limit(BLOCK)
        block = [
            Link(row.seq, row.source, row.row_id, row.position, _bytes(row.salt), _bytes(row.seal), bytes(row.hash))
            for row in connection.execute(query)
        ]
        if not block:
            return
        yield block
        after = block[-1].seq


def _bytes(value: Any) -> bytes | None:
    return None if value is None else bytes(value)


def add_links(connection: Connection, added: Mapping[str, Sequence[Key]]) -> None:
    """Link rows that were added, in the transaction that added them.

    The rows are read back, so that what is covered is what the database holds. Only one transaction at a time may do
    this; `Store.write` sees to it.

    Raises:
        KeyError: a table is not a chained one.
    """
    if not any(added.values()):
        return
    head = head_of(connection)
    seq, before = head.seq, head.hash
    new: list[dict[str, Any]] = []
    for name in sorted(added, key=list(CHAINED).index):
        source = CHAINED[name]
        for row in _added(connection, source, sorted(set(added[name]))):
            seq += 1
            key = source.key_of(row)
            salt = os.urandom(SALT_BYTES) if source.sealed else None
            seal = seal_of(salt, source.sealed_of(row)) if salt else None
            before = link_hash(before, name, key, source.open_of(row), seal)
            new.append(
                {
                    "seq": seq,
                    "source": name,
                    "row_id": key[0],
                    "position": key[1],
                    "salt": salt,
                    "seal": seal,
                    "hash": before,
                }
            )
            if len(new) == BLOCK:
                connection.execute(insert(_CHAIN), new)
                new = []
    if new:
        connection.execute(insert(_CHAIN), new)


def _added(connection: Connection, source: Chained, keys: Sequence[Key]) -> Iterator[Sequence[Any]]:
    """Yield the rows with these keys, as they are stored."""
    for begin in range(0, len(keys), BLOCK):
        some = keys[begin : begin + BLOCK]
        wanted = set(some)
        for row in source.read(connection, some[0], some[-1]):
            if source.key_of(row) in wanted:
                yield row

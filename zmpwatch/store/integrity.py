"""Proof that the history is what was stored: the chain against the rows, the triggers, the archive."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import Connection, inspect, select, text

from zmpwatch.errors import ArchiveError, StoreError
from zmpwatch.store.archive import Archive
from zmpwatch.store.chain import CHAINED, GENESIS, REMOVED, Chained, Head, Key, Link, link_hash, links, seal_of
from zmpwatch.store.schema import (
    APPEND_ONLY,
    EvidenceRow,
    ReadingRow,
    SnapshotRow,
)

__all__ = ["Forgotten", "Integrity", "check_archive", "check_chain", "check_triggers", "cited_pages", "forgotten"]

_BEHIND_ALL: Key = (2**62, 2**31 - 1)

SHOWN = 20
"""Problems of one kind that are listed; what is damaged by the thousand is told by its beginning."""


@dataclass(slots=True)
class Integrity:
    """What a check of the whole history found. The first problem of the chain names the first bad row."""

    head: Head = field(default_factory=lambda: Head(0, GENESIS))
    rows: int = 0
    """Rows that the chain covers."""
    archived: int = 0
    """Archived pages that were read and are what was stored."""
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What tombstones allow to be gone."""

    snapshots: frozenset[int]
    evidence: frozenset[Key]


def forgotten(connection: Connection) -> Forgotten:
    """Return what all takedowns together removed.

    A tombstone that was tampered with until it can't be read allows nothing; the walk along the chain names it.
    """
    here = CHAINED["tombstones"].clause
    snapshots: set[int] = set()
    evidence: set[Key] = set()
    for row in connection.execute(select(here.c.snapshots, here.c.evidence)):
        with suppress(ValueError, TypeError):
            of_it = [(int(change), int(position)) for change, position in json.loads(row.evidence)]
            snapshots.update(map(int, json.loads(row.snapshots)))
            evidence.update(of_it)
    return Forgotten(frozenset(snapshots), frozenset(evidence))


def check_chain(connection: Connection) -> Integrity:
    """Compare every chained row with its link, and every link with the one before.

    Found are rows that were changed, removed or added beside the program, links that were changed, removed or moved,
    and words that vanished without a tombstone. Time and memory: some 30,000 rows a second, one block of them.
    """
    problems: list[str] = []
    with _any_text(connection):
        walk = _Walk(connection)
        try:
            problems.extend(islice(walk.problems(), SHOWN))
        except StoreError as error:
            problems.append(f"chain: can't be read behind link {walk.head.seq}: {error}")
    return Integrity(head=walk.head, rows=walk.seen, problems=problems)


@contextmanager
def _any_text(connection: Connection) -> Iterator[None]:
    """Read text that is no UTF-8 any more, too: the walk shall name its row, not stop at it."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw: Any = connection.connection.driver_connection
    usual = raw.text_factory
    raw.text_factory = lambda octets: octets.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        raw.text_factory = usual


class _Walk:
    """One walk along the chain, with the rows of each table beside it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._forgotten = forgotten(connection)
        self._rows = {name: _Rows(connection, source) for name, source in CHAINED.items()}
        self.head = Head(0, GENESIS)
        self.seen = 0

    def problems(self) -> Iterator[str]:
        """Yield what is wrong, in the order of the chain."""
        # The hash before may be read from the link or made from its row: which of the two was changed is told by
        # the link that follows, which fits to one of them.
        before: tuple[bytes, ...] = (GENESIS,)
        for block in links(self._connection):
            for name, rows in self._rows.items():
                rows.fetch([link.key for link in block if link.source == name])
            for link in block:
                if link.seq != self.head.seq + 1:
                    yield f"chain: {_missing(self.head.seq + 1, link.seq - 1)} before the link of {_name(link)}"
                    before = ()
                made = None
                if link.source not in self._rows:
                    yield f"chain link {link.seq}: stands for a row of {link.source!r}, which is not chained"
                else:
                    rows = self._rows[link.source]
                    yield from rows.strangers(link.key)
                    if not rows.after(link.key):
                        yield f"{_name(link)}: its link {link.seq} is out of order"
                    row = rows.take(link.key)
                    if link.key in rows.unreadable:
                        yield f"{_name(link)}: can't be read: {rows.unreadable[link.key]}"
                    elif row is None:
                        yield f"{_name(link)}: missing (link {link.seq} of the chain stands for it)"
                    else:
                        self.seen += 1
                        hashes = {
                            link_hash(one, link.source, link.key, rows.source.open_of(row), link.seal) for one in before
                        }
                        if before and link.hash not in hashes:
                            yield f"{_name(link)}: not what was stored (link {link.seq} of the chain)"
                        else:
                            yield from self._seal_problem(link, rows.source, row)
                        made = next(iter(hashes), None)
                before = (link.hash,) if made is None else (link.hash, made)
                self.head = Head(link.seq, link.hash)
        for rows in self._rows.values():
            yield from rows.strangers(None)

    def _seal_problem(self, link: Link, source: Chained, row: Any) -> Iterator[str]:
        """Yield what is wrong with the words under the seal."""
        if not source.sealed:
            return
        found = source.sealed_of(row)
        if link.salt is not None:
            if link.seal != seal_of(link.salt, found):
                words = " or ".join(source.sealed)
                yield f"{_name(link)}: {words} is not what was stored (link {link.seq} of the chain)"
        elif not self._may_be_gone(link, source, row):
            yield f"{_name(link)}: its {' and '.join(source.sealed)} can't be proven, and no tombstone says why"
        elif any(word not in {None, REMOVED} for word in found):
            yield f"{_name(link)}: was taken down, and yet it has a {' or '.join(source.sealed)}"

    def _may_be_gone(self, link: Link, source: Chained, row: Any) -> bool:
        if link.source == "snapshots":
            return link.row_id in self._forgotten.snapshots
        if link.source == "statements":
            snapshot = source.open_of(row)[source.open.index("snapshot_id")]
            return snapshot in self._forgotten.snapshots
        return link.key in self._forgotten.evidence


class _Rows:
    """The rows of one chained table, walked in the order of their keys."""

    def __init__(self, connection: Connection, source: Chained) -> None:
        self.source = source
        self.unreadable: dict[Key, str] = {}
        self._connection = connection
        self._fetched: dict[Key, Any] = {}
        self._order: list[Key] = []
        self._at = 0
        self._last: Key = (0, -1)
        self._end: Key = (0, -1)

    def fetch(self, keys: list[Key]) -> None:
        """Read the rows up to the last of these keys; where the database is damaged, those of the keys alone."""
        if not keys or max(keys) <= self._end:
            return
        last = max(keys)
        try:
            rows = self.source.read(self._connection, self._begin, last)
        except StoreError:
            rows = []
            for key in keys:
                try:
                    rows += self.source.read(self._connection, key, key)
                except StoreError as error:
                    self.unreadable[key] = str(error)
        self._keep(rows, last)

    @property
    def _begin(self) -> Key:
        return (self._end[0], self._end[1] + 1)

    def _keep(self, rows: list[Any], end: Key) -> None:
        by_key = {self.source.key_of(row): row for row in rows}
        self._fetched = {key: row for key, row in self._fetched.items() if key > self._last}
        self._fetched |= {key: row for key, row in by_key.items() if key > self._end}
        self._order = sorted(self._fetched)
        self._at = 0
        self._end = end

    def after(self, key: Key) -> bool:
        """Whether `key` comes after all that were taken."""
        return key > self._last

    def take(self, key: Key) -> Any | None:
        """Return the row and go on behind it; None where there is none."""
        self._last = max(self._last, key)
        return self._fetched.get(key)

    def strangers(self, until: Key | None) -> Iterator[str]:
        """Yield the rows before `until` that no link stands for; of all that are left where it is None."""
        if until is None:
            self._keep(self.source.read(self._connection, self._begin, _BEHIND_ALL, limit=SHOWN + 1), _BEHIND_ALL)
        while self._at < len(self._order) and (until is None or self._order[self._at] <= until):
            key = self._order[self._at]
            self._at += 1
            if key != until and key > self._last:
                yield f"{_row(self.source.name, key)}: not in the chain"


def _row(name: str, key: Key) -> str:
    return f"{name} row {key[0]}, {key[1]}" if len(CHAINED[name].key) > 1 else f"{name} row {key[0]}"


def _name(link: Link) -> str:
    return _row(link.source, link.key) if link.source in CHAINED else f"{link.source} row {link.row_id}"


def _missing(first: int, last: int) -> str:
    return f"link {first} is missing" if first >= last else f"links {first} to {last} are missing"


def check_triggers(connection: Connection) -> list[str]:
    """Return the append-only tables whose triggers are gone or switched off."""
    if connection.dialect.name == "sqlite":
        there = set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars())
        wanted = {f"{name}_no_{verb}": name for name in APPEND_ONLY for verb in ("update", "delete")}
    else:
        query = text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        there = set(connection.execute(query).scalars())
        wanted = {f"{name}_append_only": name for name in APPEND_ONLY}
    present = set(inspect(connection).get_table_names())
    return [
        f"{name}: the trigger {trigger} that keeps its rows from being edited is gone"
        for trigger, name in wanted.items()
        if trigger not in there and name in present
    ]


def cited_pages(connection: Connection) -> tuple[dict[str, str], dict[str, str]]:
    """Return the archived pages that must be there, and those that were taken down: hash → row that cites it.

    Cited are pages that statements were read in, and pages that changes quote. A page that was taken down stays where
    another address served the same bytes.
    """
    gone = forgotten(connection)
    cited: dict[str, str] = {}
    removed: dict[str, str] = {}
    read = select(ReadingRow.snapshot_id).where(ReadingRow.statements > 0).distinct()
    query = select(SnapshotRow.id, SnapshotRow.sha256, SnapshotRow.url).where(SnapshotRow.id.in_(read))
    for row in connection.execute(query.order_by(SnapshotRow.id)):
        of = removed if row.id in gone.snapshots else cited
        of.setdefault(row.sha256, f"snapshots row {row.id}, {row.url}")
    told = select(EvidenceRow.change_id, EvidenceRow.position, EvidenceRow.archived, EvidenceRow.url)
    for piece in connection.execute(told.where(EvidenceRow.archived.is_not(None)).order_by(EvidenceRow.change_id)):
        key = (piece.change_id, piece.position)
        if key not in gone.evidence:
            cited.setdefault(str(piece.archived), f"{_row('change_evidence', key)}, {piece.url}")
    return cited, {sha256: name for sha256, name in removed.items() if sha256 not in cited}


def check_archive(connection: Connection, archive: Archive) -> tuple[int, list[str]]:
    """Read every cited page; return how many are what was stored, and what is wrong with the others."""
    cited, removed = cited_pages(connection)
    problems = []
    well = 0
    for sha256, name in cited.items():
        try:
            archive.get(sha256)
        except ArchiveError as error:
            problems.append(f"{name}: {error}")
        else:
            well += 1
    problems += [
        f"{name}: was taken down, and yet its bytes are in the archive; run the same `forget` again"
        for sha256, name in removed.items()
        if archive.has(sha256)
    ]
    return well, problems

"""Taking a page down: its bytes and the words quoted from it go, the facts and a tombstone stay."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, or_, select, text, update

from zmpwatch.model import DeliveryState
from zmpwatch.store.chain import REMOVED, Key
from zmpwatch.store.integrity import forgotten
from zmpwatch.store.schema import DeliveryRow, EvidenceRow, LinkRow, MessageRow, SnapshotRow, StatementRow, table

__all__ = ["Takedown", "find", "removable", "remove_words"]

BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Takedown:
    """What one address put into the history. `again` are the snapshots that an earlier takedown covers already."""

    url: str
    snapshots: tuple[int, ...]
    evidence: tuple[Key, ...]
    again: tuple[int, ...]
    hashes: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.snapshots or self.evidence or self.again)


def find(connection: Connection, url: str) -> Takedown:
    """Return what came from this address: as it was asked for, or as it was answered after redirects."""
    gone = forgotten(connection)
    rows = connection.execute(
        select(SnapshotRow.id, SnapshotRow.sha256)
        .where(or_(SnapshotRow.url == url, SnapshotRow.requested == url))
        .order_by(SnapshotRow.id)
    ).all()
    ids = [row.id for row in rows]
    from_it = select(StatementRow.id).where(StatementRow.snapshot_id.in_(ids))
    told = connection.execute(
        select(EvidenceRow.change_id, EvidenceRow.position)
        .where(or_(EvidenceRow.url == url, EvidenceRow.statement_id.in_(from_it)))
        .order_by(EvidenceRow.change_id, EvidenceRow.position)
    )
    return Takedown(
        url,
        tuple(one for one in ids if one not in gone.snapshots),
        tuple((row.change_id, row.position) for row in told if (row.change_id, row.position) not in gone.evidence),
        tuple(one for one in ids if one in gone.snapshots),
        tuple(sorted({row.sha256 for row in rows})),
    )


def remove_words(connection: Connection, takedown: Takedown) -> int:
    """Remove quotes, titles and link words, with the salts that would prove them; return how many quotes went.

    The triggers that refuse edits are taken off and put back in the same transaction.
    """
    snapshots, statements, evidence, chain = map(table, (SnapshotRow, StatementRow, EvidenceRow, LinkRow))
    if connection.dialect.name == "sqlite":
        # what is overwritten is not left legible in free parts of the file
        connection.exec_driver_sql("PRAGMA secure_delete=ON")
    quotes = 0
    with _editable(connection, [snapshots, statements, evidence, chain]):
        for begin in range(0, len(takedown.snapshots), BATCH):
            some = takedown.snapshots[begin : begin + BATCH]
            connection.execute(update(snapshots).where(snapshots.c.id.in_(some)).values(title=None, anchor=None))
            ours = statements.c.snapshot_id.in_(some)
            quotes += connection.execute(update(statements).where(ours).values(quote=REMOVED)).rowcount
            _lose_salt(connection, chain, "snapshots", chain.c.row_id.in_(some))
            _lose_salt(connection, chain, "statements", chain.c.row_id.in_(select(statements.c.id).where(ours)))
        for change, position in takedown.evidence:
            this = and_(evidence.c.change_id == change, evidence.c.position == position)
            quotes += connection.execute(update(evidence).where(this).values(quote=REMOVED)).rowcount
            here = and_(chain.c.row_id == change, chain.c.position == position)
            _lose_salt(connection, chain, "change_evidence", here)
    _remove_messages(connection, sorted({change for change, _ in takedown.evidence}))
    return quotes


def _remove_messages(connection: Connection, changes: list[int]) -> None:
    """Remove the bodies of messages that told these changes; one that is still to be sent is composed anew instead."""
    deliveries, messages = table(DeliveryRow), table(MessageRow)
    over = [str(DeliveryState.SENT), str(DeliveryState.DEAD)]
    for begin in range(0, len(changes), BATCH):
        told = deliveries.c.change_id.in_(changes[begin : begin + BATCH]) & deliveries.c.message.is_not(None)
        keys = list(connection.execute(select(deliveries.c.message).where(told).distinct()).scalars())
        still = deliveries.c.message.in_(keys) & deliveries.c.state.not_in(over)
        open_keys = list(connection.execute(select(deliveries.c.message).where(still).distinct()).scalars())
        connection.execute(update(deliveries).where(still).values(message=None))
        connection.execute(delete(messages).where(messages.c.key.in_(open_keys)))
        gone = {"text": REMOVED, "markdown": REMOVED, "html": REMOVED}
        connection.execute(update(messages).where(messages.c.key.in_(keys)).values(**gone))


def _lose_salt(connection: Connection, chain: Table, source: str, which: ColumnElement[bool]) -> None:
    connection.execute(update(chain).where(chain.c.source == source, which).values(salt=None))


@contextmanager
def _editable(connection: Connection, tables: list[Table]) -> Iterator[None]:
    """Let rows of these tables be changed within the block, as part of the transaction: a failure undoes all of it."""
    names = [one.name for one in tables]
    if connection.dialect.name == "sqlite":
        query = text("SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        triggers = [row for row in connection.execute(query) if row.tbl_name in names]
        for trigger in triggers:
            connection.exec_driver_sql(f'DROP TRIGGER "{trigger.name}"')
        yield
        for trigger in triggers:
            connection.exec_driver_sql(trigger.sql)
    else:
        for name in names:
            connection.exec_driver_sql(f'ALTER TABLE "{name}" DISABLE TRIGGER USER')
        yield
        for name in names:
            connection.exec_driver_sql(f'ALTER TABLE "{name}" ENABLE TRIGGER USER')


def removable(connection: Connection, hashes: tuple[str, ...]) -> tuple[list[str], dict[str, str]]:
    """Return which archived bytes nobody else needs, and which stay, with an address that served the same."""
    gone = forgotten(connection).snapshots
    needed: dict[str, str] = {}
    query = select(SnapshotRow.id, SnapshotRow.sha256, SnapshotRow.url).where(SnapshotRow.sha256.in_(hashes))
    for row in connection.execute(query):
        if row.id not in gone:
            needed[row.sha256] = row.url
    return [one for one in hashes if one not in needed], needed

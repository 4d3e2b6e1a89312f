"""Questions about what people are told: changes and the outbox."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, func, select

from zmpwatch.model import Change, ChangeKind, Delivery, DeliveryState, Evidence, KeptMessage
from zmpwatch.store import rows
from zmpwatch.store.questions import Questions
from zmpwatch.store.schema import ChangeRow, DeliveryRow, EvidenceRow, MessageRow
from zmpwatch.store.selects import batches, columns

__all__ = ["NewsQuestions"]


@cache
def _last_told_of() -> Select[Any]:
    """Asked at each visit: to put it together would cost more than to ask it."""
    these = ChangeRow.site == bindparam("site"), ChangeRow.kind.in_(bindparam("kinds", expanding=True))
    return select(ChangeRow.id).where(*these).order_by(ChangeRow.id.desc()).limit(1)


class NewsQuestions(Questions):
    """Changes with their evidence, and who was told of them."""

    def changes(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        kinds: Collection[ChangeKind] | None = None,
        teryt: str | None = None,
        teryts: Collection[str] | None = None,
        ids: Collection[int] | None = None,
    ) -> list[Change]:
        """Return changes with ``since <= at < until``, oldest first, with evidence and reconciliation."""
        conditions: list[ColumnElement[bool]] = []
        if since is not None:
            conditions.append(ChangeRow.at >= since)
        if until is not None:
            conditions.append(ChangeRow.at < until)
        if kinds is not None:
            conditions.append(ChangeRow.kind.in_([str(kind) for kind in kinds]))
        if teryt is not None:
            conditions.append(ChangeRow.teryt == teryt)
        if teryts is not None:
            conditions.append(ChangeRow.teryt.in_(list(teryts)))
        chosen = [None] if ids is None else list(batches(sorted(set(ids))))
        with self._reading() as connection:
            found = [row for some in chosen for row in _changes(connection, conditions, some)]
            evidence = _evidence(connection, [row.id for row in found])
        found.sort(key=lambda row: (row.at, row.id))
        return [rows.to_change(row, evidence[row.id]) for row in found]

    def last_change(self, site: str, kinds: Collection[ChangeKind]) -> Change | None:
        """Return the last change of these kinds that was told of a site."""
        asked = {"site": site, "kinds": [str(kind) for kind in kinds]}
        with self._reading() as connection:
            number = connection.execute(_last_told_of(), asked).scalar()
        return None if number is None else self.changes(ids=[number])[0]

    def deliveries(
        self,
        *,
        states: Collection[DeliveryState] | None = None,
        due_before: datetime | None = None,
        change: int | None = None,
        newest: int | None = None,
    ) -> list[Delivery]:
        """Return deliveries by id: in these states, due by then (one without a time is always due), of this change.

        With `newest`, so many that went out last, in the order they went out: one that was tried again may be old.
        """
        query = select(*columns(DeliveryRow)).order_by(DeliveryRow.id)
        if states is not None:
            query = query.where(DeliveryRow.state.in_([str(state) for state in states]))
        if due_before is not None:
            query = query.where((DeliveryRow.due <= due_before) | DeliveryRow.due.is_(None))
        if change is not None:
            query = query.where(DeliveryRow.change_id == change)
        if newest is not None:
            # databases differ in where they sort a row without a time: here it counts as the oldest
            last = (DeliveryRow.sent.is_(None), DeliveryRow.sent.desc(), DeliveryRow.id.desc())
            query = query.order_by(None).order_by(*last).limit(newest)
        with self._reading() as connection:
            found = [rows.to_delivery(row) for row in connection.execute(query)]
        return found if newest is None else found[::-1]

    def messages(self, keys: Collection[str]) -> dict[str, KeptMessage]:
        """Return the messages that are kept of these, by key."""
        found: dict[str, KeptMessage] = {}
        with self._reading() as connection:
            for some in batches(sorted(set(keys))):
                query = select(*columns(MessageRow)).where(MessageRow.key.in_(some))
                found |= {row.key: rows.to_message(row) for row in connection.execute(query)}
        return found

    def delivery_counts(self) -> dict[str, int]:
        """Return how many deliveries are in each state that has any."""
        query = select(DeliveryRow.state, func.count()).group_by(DeliveryRow.state)
        with self._reading() as connection:
            return {state: int(number) for state, number in connection.execute(query)}

    def news_mark(self) -> str:
        """Return a digest of what feeds depend on: the newest change, and which deliveries are held or dead.

        Of which, not of how many: one that is released while another is given up must not look like nothing at all.
        """
        silent = [str(DeliveryState.HELD), str(DeliveryState.DEAD)]
        told_nobody = select(DeliveryRow.id, DeliveryRow.state).where(DeliveryRow.state.in_(silent))
        with self._reading() as connection:
            newest = connection.execute(select(func.max(ChangeRow.id))).scalar() or 0
            mark = hashlib.sha256(f"{newest}".encode())
            for row in connection.execute(told_nobody.order_by(DeliveryRow.id)):
                mark.update(f";{row.id}:{row.state}".encode())
        return mark.hexdigest()

    def last_sent(self, recipient: str) -> dict[str, datetime]:
        """Return when each address of a recipient last took a message."""
        query = (
            select(DeliveryRow.address, func.max(DeliveryRow.sent).label("sent"))
            .where(DeliveryRow.recipient == recipient, DeliveryRow.sent.is_not(None))
            .group_by(DeliveryRow.address)
        )
        with self._reading() as connection:
            return {row.address: row.sent for row in connection.execute(query)}


def _changes(
    connection: Connection, conditions: Sequence[ColumnElement[bool]], ids: Sequence[int] | None
) -> Sequence[Row[Any]]:
    query = select(*columns(ChangeRow)).where(*conditions)
    if ids is not None:
        query = query.where(ChangeRow.id.in_(ids))
    return connection.execute(query).all()


def _evidence(connection: Connection, changes: Sequence[int]) -> dict[int, list[Evidence]]:
    found: dict[int, list[Evidence]] = defaultdict(list)
    for some in batches(sorted(changes)):
        query = select(*columns(EvidenceRow)).where(EvidenceRow.change_id.in_(some))
        for row in connection.execute(query.order_by(EvidenceRow.change_id, EvidenceRow.position)):
            found[row.change_id].append(rows.to_evidence(row))
    return found

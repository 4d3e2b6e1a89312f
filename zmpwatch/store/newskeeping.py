"""Keeping what people are told: changes and the outbox."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert, or_, update

from zmpwatch.errors import StoreError
from zmpwatch.model import BodyFormat, Change, Delivery, DeliveryState, KeptMessage
from zmpwatch.store import rows
from zmpwatch.store.schema import ChangeRow, DeliveryRow, EvidenceRow, MessageRow, table
from zmpwatch.store.selects import batches
from zmpwatch.store.writing import Writing

__all__ = ["NewsKeeping"]


class NewsKeeping(Writing):
    """What people are told."""

    def add_change(self, change: Change) -> Change | None:
        """Store a change with its evidence; return it with its id, or None when its `dedup_key` is known."""
        new = self._insert_new(ChangeRow, [rows.change_values(change)], ["dedup_key"])
        if not new:
            return None
        if change.evidence:
            self._connection.execute(
                insert(table(EvidenceRow)),
                [rows.evidence_values(new[0], position, one) for position, one in enumerate(change.evidence)],
            )
            self._unlinked["change_evidence"] += [(new[0], position) for position in range(len(change.evidence))]
        return replace(change, id=new[0])

    def add_deliveries(self, deliveries: Sequence[Delivery]) -> int:
        """Put deliveries in the outbox; return how many were new (one a change, recipient and address)."""
        values = [rows.delivery_values(delivery) for delivery in deliveries]
        return len(self._insert_new(DeliveryRow, values, ["change_id", "recipient", "address"]))

    def lease_deliveries(self, ids: Collection[int], until: datetime, now: datetime) -> list[int]:
        """Take deliveries for sending until `until`; return the ids that are ours, in order.

        Left out are those already sent or given up, not yet due, or leased by somebody whose time is not over.
        """
        free = or_(
            DeliveryRow.state.in_([DeliveryState.PENDING.value, DeliveryState.UNKNOWN.value]),
            (DeliveryRow.state == DeliveryState.SENDING.value)
            & (DeliveryRow.lease_until.is_(None) | (DeliveryRow.lease_until <= now)),
        )
        taken: list[int] = []
        for some in batches(sorted(set(ids))):
            lease = (
                update(table(DeliveryRow))
                .where(DeliveryRow.id.in_(some), free, DeliveryRow.due.is_(None) | (DeliveryRow.due <= now))
                .values(state=DeliveryState.SENDING, lease_until=until)
                .returning(DeliveryRow.id)
            )
            taken += sorted(self._connection.execute(lease).scalars())
        return taken

    def mark_delivery(
        self,
        delivery_id: int,
        state: DeliveryState,
        attempts: int,
        due: datetime | None,
        result: str | None,
        *,
        sent: datetime | None = None,
    ) -> None:
        """Store how an attempt ended; its lease is over. `sent` is when the receiver took it.

        Raises:
            StoreError: there is no such delivery.
        """
        done = self._connection.execute(
            update(table(DeliveryRow))
            .where(DeliveryRow.id == delivery_id)
            .values(state=state, attempts=attempts, due=due, last_result=result, lease_until=None, sent=sent)
        )
        if done.rowcount != 1:
            raise StoreError(f"there is no delivery {delivery_id}")

    def readdress_delivery(self, moved: Delivery) -> None:
        """Store whom a delivery goes to from now on, with its state, tries, due time and message; its key stays.

        Raises:
            StoreError: there is no such delivery.
        """
        done = self._connection.execute(
            update(table(DeliveryRow))
            .where(DeliveryRow.id == moved.id)
            .values(
                recipient=moved.recipient,
                address=moved.address,
                state=moved.state,
                attempts=moved.attempts,
                due=moved.due,
                message=moved.message,
                lease_until=None,
            )
        )
        if done.rowcount != 1:
            raise StoreError(f"there is no delivery {moved.id}")

    def keep_message(self, kept: KeptMessage, deliveries: Collection[int]) -> None:
        """Keep a message before its first try, as that of these deliveries; one that is kept already stays as it is."""
        new = self._dialect_insert(MessageRow).values(rows.message_values(kept))
        self._connection.execute(new.on_conflict_do_nothing(index_elements=["key"]))
        for some in batches(sorted(set(deliveries))):
            theirs = update(table(DeliveryRow)).where(DeliveryRow.id.in_(some))
            self._connection.execute(theirs.values(message=kept.message.key))

    def note_body_format(self, key: str, body_format: BodyFormat) -> None:
        """Store in which of its formats a message was given to the service."""
        this = update(table(MessageRow)).where(MessageRow.key == key)
        self._connection.execute(this.values(body_format=body_format))

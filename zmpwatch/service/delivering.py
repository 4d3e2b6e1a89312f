"""The use case `deliver`: hand over what is due, and tell the operator of what could not be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from zmpwatch.alert.outbox import DeliveryReport, deliver_due
from zmpwatch.model import Association, Change
from zmpwatch.service.outbox import Outbox
from zmpwatch.store import Store, Writer

__all__ = ["DeliveryReport", "deliver"]


def deliver(
    store: Store, outbox: Outbox, association: Association, now: datetime, *, banner: str | None = None
) -> DeliveryReport:
    """Send every delivery that is due.

    A delivery given up for good becomes a change of its own, stored with its deliveries to the operator in the same
    transaction; the next run hands them over.
    """

    def tell(tx: Writer, changes: Sequence[Change]) -> None:
        stored = [tx.add_change(change) for change in changes]
        outbox.enqueue(tx, [change for change in stored if change is not None], now)

    return deliver_due(
        store,
        outbox.subscriptions,
        outbox.operator_to,
        outbox.names,
        now,
        tell=tell,
        association=association,
        banner=banner,
        operator_spacing=outbox.operator_spacing,
        whole=outbox.whole,
    )

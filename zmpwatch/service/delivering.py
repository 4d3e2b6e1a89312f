"""The use case `deliver`: hand over what is due, and tell the operator of what could not be."""

from __future__ import annotations

from datetime import datetime

from zmpwatch.alert.outbox import DeliveryReport, deliver_due
from zmpwatch.model import Association
from zmpwatch.service.outbox import Outbox
from zmpwatch.store import Store

__all__ = ["DeliveryReport", "deliver"]


def deliver(
    store: Store, outbox: Outbox, association: Association, now: datetime, *, banner: str | None = None
) -> DeliveryReport:
    """Send every delivery that is due.

    A delivery given up for good becomes a change of its own, stored with its deliveries to the operator, which the next
    run hands over.
    """
    report = deliver_due(
        store,
        outbox.subscriptions,
        outbox.operator_to,
        outbox.names,
        now,
        association=association,
        banner=banner,
    )
    if report.changes:
        with store.write() as tx:
            stored = [tx.add_change(change) for change in report.changes]
            outbox.enqueue(tx, [change for change in stored if change is not None], now)
    return report

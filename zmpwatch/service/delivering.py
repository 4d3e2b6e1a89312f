"""The use case `deliver`: hand over what is due, and tell the operator of what could not be."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from datetime import datetime

from zmpwatch.alert.outbox import DeliveryReport, deliver_due
from zmpwatch.model import Association, Change
from zmpwatch.service.outbox import Outbox
from zmpwatch.store import Store, Writer

__all__ = ["DeliveryReport", "deliver", "deliver_until"]


def deliver(
    store: Store,
    outbox: Outbox,
    association: Association,
    now: datetime,
    *,
    banner: str | None = None,
    stop: threading.Event | None = None,
) -> DeliveryReport:
    """Send every delivery that is due, until `stop` is set.

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
        stop=stop,
    )


async def deliver_until(
    stop: asyncio.Event,
    store: Store,
    outbox: Outbox,
    association: Association,
    now: datetime,
    *,
    banner: str | None = None,
) -> DeliveryReport:
    """`deliver` beside the loop, which ends soon after `stop` is set, however silent a receiver is."""
    told = threading.Event()
    stopping = asyncio.create_task(stop.wait())
    stopping.add_done_callback(lambda _: told.set())
    try:
        return await asyncio.to_thread(deliver, store, outbox, association, now, banner=banner, stop=told)
    finally:
        stopping.cancel()

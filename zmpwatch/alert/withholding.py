"""Whom a message may not name yet: towns whose own news waits for the operator's yes, or got a no.

A confirmed number is told at once, though the names that explain it may be doubtful: it was read again as often as
asked for, and a subscriber must not wait for it until the operator is awake. The names follow with the yes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from zmpwatch.model import Change, ChangeKind, Delivery, DeliveryState

if TYPE_CHECKING:
    from zmpwatch.store.reader import Reader

__all__ = ["DISCARDED", "is_kept_back", "withheld"]

DISCARDED = "discarded by the operator"
"""How the last result of a delivery begins that the operator refused."""

_KEPT_BACK = (DeliveryState.HELD, DeliveryState.DEAD)
_COMING_AND_GOING = (ChangeKind.ADMITTED, ChangeKind.LEFT)


def is_kept_back(row: Delivery) -> bool:
    """Whether the operator has not said yes to a delivery that needs it."""
    refused = row.state is DeliveryState.DEAD and (row.last_result or "").startswith(DISCARDED)
    return row.state is DeliveryState.HELD or refused


def withheld(store: Reader, changes: Iterable[Change], recipient: str, address: str) -> frozenset[str]:
    """The municipalities (TERYT codes) that counts among these changes explain themselves by and may not name.

    Those are the ones whose joining or leaving, as last noticed, is kept back from this address. Where the address gets
    no news of them at all, it counts what anybody else gets.
    """
    named = {
        code
        for change in changes
        if change.reconciliation is not None
        for code in (*change.reconciliation.joined, *change.reconciliation.left)
    }
    if not named:
        return frozenset()
    doubtful = {row.change for row in store.deliveries(states=_KEPT_BACK) if is_kept_back(row)}
    last = {change.teryt: change.id for change in store.changes(kinds=_COMING_AND_GOING, teryts=named)}
    return frozenset(
        code
        for code, change in last.items()
        if code is not None and change is not None and change in doubtful
        if _is_kept_from(store.deliveries(change=change), recipient, address)
    )


def _is_kept_from(rows: list[Delivery], recipient: str, address: str) -> bool:
    own = [row for row in rows if (row.recipient, row.address) == (recipient, address)]
    return any(map(is_kept_back, own or rows))

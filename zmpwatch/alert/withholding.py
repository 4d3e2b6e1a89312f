"""Whom a message may not name yet: towns whose own news waits for the operator's yes, or got a no.

A confirmed number is told at once, though the names that explain it may be doubtful: it was read again as often as
asked for, and a subscriber must not wait for it until the operator is awake. The names follow with the yes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zmpwatch.model import Change, ChangeKind, Delivery, DeliveryState, Evidence

if TYPE_CHECKING:
    from zmpwatch.store.reader import Reader

__all__ = ["DISCARDED", "NOTHING", "Withheld", "is_kept_back", "withheld"]

DISCARDED = "discarded by the operator"
"""How the last result of a delivery begins that the operator refused."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """Municipalities (TERYT codes) that a count may not name as those who joined, or as those who left."""

    joined: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()

    def quotable(self, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
        """The sentences to show: where names are kept back, not those of other sites, which may be full of them.

        The first is the association's own.
        """
        if not self.joined and not self.left:
            return tuple(evidence)
        return tuple(one for one in evidence if one.site == evidence[0].site)


NOTHING = Withheld()


def is_kept_back(row: Delivery) -> bool:
    """Whether the operator has not said yes to a delivery that needs it."""
    refused = row.state is DeliveryState.DEAD and (row.last_result or "").startswith(DISCARDED)
    return row.state is DeliveryState.HELD or refused


def withheld(store: Reader, changes: Iterable[Change], recipient: str, address: str) -> Withheld:
    """Whom the counts among these changes may not name to this address.

    Those are the ones whose joining or leaving, as it was last noticed before the count, is kept back from the address.
    Where it gets no news of them at all, it counts what anybody else gets.
    """
    counts = [change for change in changes if change.reconciliation is not None]
    if not counts:
        return NOTHING
    doubtful = {
        row.change for row in store.deliveries(states=[DeliveryState.HELD, DeliveryState.DEAD]) if is_kept_back(row)
    }
    if not doubtful:
        return NOTHING
    found: dict[ChangeKind, set[str]] = {ChangeKind.ADMITTED: set(), ChangeKind.LEFT: set()}
    for count in counts:
        assert count.reconciliation is not None
        named = {ChangeKind.ADMITTED: count.reconciliation.joined, ChangeKind.LEFT: count.reconciliation.left}
        for kind, codes in named.items():
            news = store.changes(kinds=[kind], teryts=codes) if codes else []
            last = {change.teryt: change.id for change in news if change.at <= count.at}
            found[kind] |= {
                code
                for code, change in last.items()
                if code is not None and change is not None and change in doubtful
                if _is_kept_from(store.deliveries(change=change), recipient, address)
            }
    return Withheld(frozenset(found[ChangeKind.ADMITTED]), frozenset(found[ChangeKind.LEFT]))


def _is_kept_from(rows: list[Delivery], recipient: str, address: str) -> bool:
    own = [row for row in rows if (row.recipient, row.address) == (recipient, address)]
    return any(map(is_kept_back, own or rows))

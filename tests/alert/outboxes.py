"""News put into an outbox, and a sender that answers as told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from zmpwatch.alert.plan import plan_deliveries
from zmpwatch.alert.send import Outcome, SendResult
from zmpwatch.alert.subscriptions import Subscription
from zmpwatch.model import Change, ChangeKind, Message
from zmpwatch.store import Store, Writer

from .towns import TownNames

NOW = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
NAMES = TownNames()


def resolved(teryt: str, at: datetime = NOW) -> Change:
    return Change(
        ChangeKind.RESOLVED,
        at,
        f"resolved:{teryt}",
        teryt=teryt,
        municipality=NAMES.name(teryt),
        after={"kind": "accession", "stage": "resolved", "date": "2025-02-26"},
    )


def put(
    store: Store, changes: list[Change], people: list[Subscription], operator: tuple[str, ...] = (), now: datetime = NOW
) -> list[Change]:
    with store.write() as tx:
        stored = [s for c in changes if (s := tx.add_change(c))]
        tx.add_deliveries(plan_deliveries(stored, people, operator, NAMES, now))
    return stored


def tell(tx: Writer, changes: Sequence[Change]) -> None:
    for change in changes:
        tx.add_change(change)


class Scripted:
    """Answers as told, the last answer for ever, and remembers what it was given."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes = list(outcomes)
        self.sent: list[tuple[str, Message]] = []

    def send(self, url: str, message: Message) -> SendResult:
        self.sent.append((url, message))
        outcome = self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]
        return SendResult(outcome, "" if outcome is Outcome.SENT else "scripted")

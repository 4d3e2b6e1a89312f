"""Who is told what: the outbox as the other use cases see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from zmpwatch.alert.plan import plan_deliveries
from zmpwatch.alert.subscriptions import Digest, Language, Subscription
from zmpwatch.config import Config, SubscriberConfig
from zmpwatch.model import Change
from zmpwatch.register import Register
from zmpwatch.service.names import RegisterNames
from zmpwatch.store import Writer

__all__ = ["Outbox"]

_LANGUAGES: dict[str, Language] = {"pl": "pl", "en": "en"}
_DIGESTS: dict[str, Digest] = {"now": "now", "daily": "daily", "weekly": "weekly"}


class Outbox:
    """Subscriptions, the operator's addresses, and the names messages need."""

    def __init__(self, subscriptions: Sequence[Subscription], operator_to: Sequence[str], register: Register) -> None:
        self.subscriptions = tuple(subscriptions)
        self.operator_to = tuple(operator_to)
        self.names = RegisterNames(register)

    @classmethod
    def of(cls, config: Config, register: Register) -> Outbox:
        """The outbox a configuration describes."""
        return cls([_subscription(subscriber) for subscriber in config.subscribers], config.operator.to, register)

    def enqueue(self, tx: Writer, changes: Sequence[Change], now: datetime) -> int:
        """Put a row a change and recipient into the outbox, in the change's transaction; returns how many are new."""
        return tx.add_deliveries(plan_deliveries(changes, self.subscriptions, self.operator_to, self.names, now))


def _subscription(subscriber: SubscriberConfig) -> Subscription:
    return Subscription(
        name=subscriber.name,
        to=subscriber.to,
        events=frozenset(subscriber.events),
        voivodeships=frozenset(subscriber.voivodeships),
        language=_LANGUAGES[subscriber.language],
        digest=_DIGESTS[subscriber.digest],
    )

"""Who is told what: the outbox as the other use cases see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from zmpwatch.alert.plan import hold_in_feeds, plan_deliveries
from zmpwatch.alert.storm import STORM_LIMIT, STORM_WINDOW, held_change, is_storm
from zmpwatch.alert.subscriptions import SUBSCRIBER_KINDS, Language, Subscription
from zmpwatch.alert.timing import Digest, QuietHours, Timing
from zmpwatch.config import Config, SubscriberConfig
from zmpwatch.model import Change, ChangeKind, DeliveryState
from zmpwatch.register import Register, load_register
from zmpwatch.service.names import RegisterNames
from zmpwatch.store import Writer

__all__ = ["Outbox"]

_LANGUAGES: dict[str, Language] = {"pl": "pl", "en": "en"}
_DIGESTS: dict[str, Digest] = {"now": "now", "daily": "daily", "weekly": "weekly"}


class Outbox:
    """Subscriptions, the operator's addresses, and the names messages need.

    More than `hold_above` changes for subscribers within an hour wait for the operator's yes (0: never). Between two
    new messages to the operator lies `operator_spacing` at least. `whole` is the address of the page with all changes.
    """

    def __init__(
        self,
        subscriptions: Sequence[Subscription],
        operator_to: Sequence[str],
        register: Register,
        *,
        hold_above: int = STORM_LIMIT,
        operator_spacing: timedelta = timedelta(0),
        whole: str | None = None,
    ) -> None:
        self.subscriptions = tuple(subscriptions)
        self.operator_to = tuple(operator_to)
        self.names = RegisterNames(register)
        self.hold_above = hold_above
        self.operator_spacing = operator_spacing
        self.whole = whole

    @classmethod
    def of(cls, config: Config, register: Register | None = None) -> Outbox:
        """The outbox a configuration describes; `register` where the caller has it loaded."""
        return cls(
            [_subscription(subscriber, config) for subscriber in config.subscribers],
            config.operator.to,
            register or load_register(),
            hold_above=config.operator.hold_above,
            operator_spacing=config.operator.at_most_every,
            whole=f"{config.feeds.url.rstrip('/')}/changes.html" if config.feeds.url else None,
        )

    def enqueue(self, tx: Writer, changes: Sequence[Change], now: datetime) -> int:
        """Put a row a change and recipient into the outbox, in the change's transaction; returns how many are new.

        Changes that make a storm are held, and the operator is told so. So is a count while the one before it is held:
        alone it would follow from a number nobody was told of, and the older of the two might come last.
        """
        news = [change for change in changes if not change.kind.for_operator]
        recent = len(tx.changes(since=now - STORM_WINDOW, kinds=SUBSCRIBER_KINDS)) if news else 0
        storm = bool(news) and is_storm(recent, self.hold_above)
        held = news if storm else _following(tx, news)
        kept = {change.id for change in held}
        planned = self._plan(tx, [change for change in changes if change.id not in kept], now, hold=False)
        if not held:
            return planned
        planned += self._plan(tx, held, now, hold=True)
        notice = tx.add_change(held_change(held, recent, self.hold_above, now, follows=not storm))
        return planned + (self._plan(tx, [notice], now, hold=False) if notice else 0)

    def _plan(self, tx: Writer, changes: Sequence[Change], now: datetime, *, hold: bool) -> int:
        rows = plan_deliveries(changes, self.subscriptions, self.operator_to, self.names, now, hold=hold)
        if hold:
            rows += hold_in_feeds(changes, rows, now)
        return tx.add_deliveries(rows)


def _following(tx: Writer, news: Sequence[Change]) -> list[Change]:
    """The counts that follow one that is held."""
    counts = [change for change in news if change.kind is ChangeKind.COUNT_CHANGED]
    if not counts:
        return []
    held = {row.change for row in tx.deliveries(states=[DeliveryState.HELD])}
    waiting = any(change.kind is ChangeKind.COUNT_CHANGED for change in tx.changes(ids=held))
    return counts if waiting else []


def _subscription(subscriber: SubscriberConfig, config: Config) -> Subscription:
    quiet = subscriber.quiet_hours
    return Subscription(
        name=subscriber.name,
        to=subscriber.to,
        events=frozenset(subscriber.events),
        voivodeships=frozenset(subscriber.voivodeships),
        municipalities=frozenset(subscriber.municipalities),
        language=_LANGUAGES[subscriber.language],
        timing=Timing(
            _DIGESTS[subscriber.digest],
            at=subscriber.digest_at,
            weekday=subscriber.digest_day,
            quiet=QuietHours(*quiet) if quiet else None,
            zone=config.timezone,
        ),
    )

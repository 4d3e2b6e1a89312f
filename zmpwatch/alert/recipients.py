"""Where everybody who may be written to is reached, and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from zmpwatch.alert.subscriptions import OPERATOR, Language, Subscription
from zmpwatch.alert.timing import AT_ONCE, Timing

__all__ = ["Recipient", "recipients"]


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where one recipient is reached, and how: `spacing` is the least time between two new messages to an address."""

    to: tuple[str, ...] = field(repr=False)
    language: Language
    timing: Timing = AT_ONCE
    spacing: timedelta = timedelta(0)


def recipients(
    subscriptions: Sequence[Subscription], operator_to: Sequence[str], operator_spacing: timedelta
) -> dict[str, Recipient]:
    """Everybody who may be written to, by name."""
    people = {s.name: Recipient(s.to, s.language, s.timing) for s in subscriptions}
    return people | {OPERATOR: Recipient(tuple(operator_to), "en", spacing=operator_spacing)}

"""Who wants to hear of what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from zmpwatch.alert.timing import AT_ONCE, Timing
from zmpwatch.model import Change, ChangeKind

__all__ = ["OPERATOR", "SUBSCRIBER_KINDS", "Language", "Subscription"]

OPERATOR = "operator"
"""Recipient name of the operator; no subscription may be called so."""

Language = Literal["pl", "en"]

SUBSCRIBER_KINDS = frozenset(kind for kind in ChangeKind if not kind.for_operator)


@dataclass(frozen=True, slots=True)
class Subscription:
    """One subscriber: addresses, filters and how to write to them.

    `to` holds Apprise URLs with every ``${NAME}`` already replaced. Empty `voivodeships` and `municipalities` mean no
    filter; a municipality (TERYT code) named here passes whatever its voivodeship. Letter case of voivodeships is
    ignored.

    Raises:
        ValueError: the name is reserved or empty, or `events` has a kind meant for the operator.
    """

    name: str
    to: tuple[str, ...] = field(repr=False)
    events: frozenset[ChangeKind] = SUBSCRIBER_KINDS
    voivodeships: frozenset[str] = frozenset()
    municipalities: frozenset[str] = frozenset()
    language: Language = "pl"
    timing: Timing = AT_ONCE

    def __post_init__(self) -> None:
        if not self.name.strip() or self.name == OPERATOR:
            raise ValueError(f"a subscription can't be called {self.name!r}")
        if forbidden := sorted(self.events - SUBSCRIBER_KINDS):
            raise ValueError(f"{', '.join(forbidden)}: only the operator is told")

    def wants(self, change: Change, voivodeship: str | None) -> bool:
        """Whether this change is news for the subscriber.

        `voivodeship` is where the change's municipality lies; None when it has none. The number of members concerns
        everybody, so `count_changed` passes every filter of place. A municipality that could not be told apart from its
        namesakes has no TERYT code and passes no filter of place.
        """
        if change.kind not in self.events:
            return False
        if change.kind is ChangeKind.COUNT_CHANGED or not (self.voivodeships or self.municipalities):
            return True
        if change.teryt is not None and change.teryt in self.municipalities:
            return True
        return voivodeship is not None and voivodeship.casefold() in {v.casefold() for v in self.voivodeships}

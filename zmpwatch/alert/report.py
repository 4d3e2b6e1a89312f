"""What became of the outbox in one run."""

from __future__ import annotations

from dataclasses import dataclass, field

from zmpwatch.model import Change

__all__ = ["DeliveryReport"]


@dataclass(slots=True)
class DeliveryReport:
    """Numbers count deliveries (one change for one address).

    `sent`, `failed`, `unknown` and `dead` are of this run. `moved` are those whose address is no longer configured, and
    that another address of the same reader has or gets; what becomes of them there is counted beside. `waiting` is what
    the outbox still holds, due now or later (`failed` and `unknown` are among them), `held` what waits for the
    operator's yes. `messages` counts what left the house. `changes` are for the operator; those not yet handed to
    `tell` are in it. `lines` are for the terminal, one an address.
    """

    sent: int = 0
    failed: int = 0
    unknown: int = 0
    dead: int = 0
    moved: int = 0
    waiting: int = 0
    held: int = 0
    messages: int = 0
    changes: list[Change] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether everything that was due has been taken by its receiver."""
        return not (self.failed or self.unknown or self.dead)

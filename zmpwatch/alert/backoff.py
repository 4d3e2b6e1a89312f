"""When a delivery that did not go through is tried again, and when it is given up."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from zmpwatch.alert.send import Outcome

__all__ = ["TRIES", "next_try"]

_DELAYS = {
    # 8 tries within 48 hours (docs/faults.md 106)
    Outcome.FAILED: tuple(timedelta(minutes=m) for m in (5, 15, 45, 120, 360, 840, 1440)),
    # the receiver may have it: 3 repeats within 24 hours, with the same key (docs/faults.md 105)
    Outcome.UNKNOWN: tuple(timedelta(minutes=m) for m in (15, 240, 1080)),
    # a person must correct something; a receiver that is just being set up anew answers 404 for minutes, though
    Outcome.REFUSED: tuple(timedelta(minutes=m) for m in (5, 55)),
}
TRIES = {outcome: len(delays) + 1 for outcome, delays in _DELAYS.items()}
"""How often a delivery is tried when every try ends alike."""


def next_try(outcome: Outcome, attempts: int, key: str, now: datetime) -> datetime | None:
    """When to try again after the `attempts`-th try ended so; None when it is time to give up.

    Up to a tenth is taken off each delay, always the same for one key: messages that failed together don't come back
    together, while the deliveries of one message do.
    """
    delays = _DELAYS[outcome]
    if attempts > len(delays):
        return None
    digest = hashlib.sha256(f"{key}:{attempts}".encode()).digest()
    jitter = int.from_bytes(digest[:4]) / 2**32 / 10
    delay = delays[attempts - 1] * (1 - jitter)
    return now + timedelta(seconds=round(delay.total_seconds()))

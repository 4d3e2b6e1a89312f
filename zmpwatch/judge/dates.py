"""ISO dates cut to the precision known: ``2025``, ``2025-02``, ``2025-02-28``."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache

__all__ = ["better", "compatible", "days_apart", "first_day", "last_day"]


_REMEMBERED = 10_000
"""Dates whose days are remembered: a case's statements ask for the same few again and again."""


@lru_cache(_REMEMBERED)
def first_day(partial: str) -> date:
    """The earliest day the date may mean."""
    parts = [int(part) for part in partial.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


@lru_cache(_REMEMBERED)
def last_day(partial: str) -> date:
    """The latest day the date may mean."""
    parts = [int(part) for part in partial.split("-")]
    month = parts[1] if len(parts) > 1 else 12
    return date(parts[0], month, parts[2] if len(parts) > 2 else monthrange(parts[0], month)[1])


def compatible(one: str | None, other: str | None) -> bool:
    """Whether both may mean the same day; an unknown date may mean any."""
    if one is None or other is None:
        return True
    return one.startswith(other) or other.startswith(one)


def better(one: str | None, other: str | None) -> str | None:
    """The more precise of two compatible dates."""
    return max(one, other, key=lambda partial: len(partial or ""))


def days_apart(one: str, other: str) -> int:
    """Least number of days that can lie between the two; 0 when they may be one day."""
    if compatible(one, other):
        return 0
    early, late = sorted((one, other), key=first_day)
    return max(0, (first_day(late) - last_day(early)).days)

"""A number with its English noun, for what operators read."""

from __future__ import annotations

__all__ = ["counted"]


def counted(number: int, one: str, many: str | None = None) -> str:
    """``1 visit``, ``2 visits``, ``1,500 deliveries``; `many` is needed where "s" alone does not make the plural."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"

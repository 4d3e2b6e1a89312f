"""Column types that mean the same on SQLite (STRICT tables) and on PostgreSQL."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Dialect, Double, Integer, Text
from sqlalchemy.dialects.sqlite import REAL
from sqlalchemy.types import TypeDecorator

__all__ = ["Flag", "Json", "Number", "PlainText", "Real", "UtcTime", "from_iso", "to_iso"]

Number = BigInteger().with_variant(Integer(), "sqlite")
Real: Double[float] = Double().with_variant(REAL(), "sqlite")

UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""PostgreSQL takes no NUL, UTF-8 no lone surrogate; both come from the web (docs/faults.md 64)."""


def to_iso(moment: datetime) -> str:
    """Return `moment` as UTC text of fixed width, so that text order is time order.

    Raises:
        ValueError: `moment` has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"a time without a time zone can't be stored: {moment!r}")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def from_iso(text: str) -> datetime:
    """Return the aware UTC time that `to_iso` wrote."""
    return datetime.fromisoformat(text)


def _time(value: str | None) -> datetime | None:
    return None if value is None else from_iso(value)


def _document(value: str | None) -> Any:
    if value == "[]":
        return []  # most lists are, and to parse them costs as much as the rest of a row
    return None if value is None else json.loads(value)


def _truth(value: int | None) -> bool | None:
    return None if value is None else bool(value)


class PlainText(TypeDecorator[str]):
    """Text. A character no database takes becomes U+FFFD, one for one, so that offsets still hold."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's
        """Replace what can't be stored; turn enum members into plain strings."""
        return None if value is None else UNSTORABLE.sub("\ufffd", str(value))


class UtcTime(TypeDecorator[datetime]):
    """An aware time, kept as ISO text in UTC with microseconds: it sorts, and analysts can read it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's
        """Write ISO text."""
        return None if value is None else to_iso(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's
        """Read ISO text."""
        return _time(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:  # noqa: ARG002 - SQLAlchemy's
        """What reads a value: without the layers around `process_result_value`, which cost as much as it does."""
        return _time


class Json(TypeDecorator[Any]):
    """A JSON document as readable UTF-8 text, keys sorted, so that equal values are equal text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's
        """Write JSON."""
        if value is None:
            return None
        return UNSTORABLE.sub("\ufffd", json.dumps(value, ensure_ascii=False, sort_keys=True))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's
        """Read JSON."""
        return _document(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:  # noqa: ARG002 - SQLAlchemy's
        """As with `UtcTime`."""
        return _document


class Flag(TypeDecorator[bool]):
    """A truth value as 0 or 1 in both dialects, so that one view text fits both."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's
        """Write 0 or 1."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:  # noqa: ARG002 - SQLAlchemy's
        """Read a bool."""
        return _truth(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:  # noqa: ARG002 - SQLAlchemy's
        """As with `UtcTime`."""
        return _truth

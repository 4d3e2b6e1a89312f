"""How a log line looks; apart from logging itself, which commands that log nothing need not load."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["LogFormat"]


class LogFormat(StrEnum):
    """How a log line looks."""

    TEXT = "text"
    JSON = "json"

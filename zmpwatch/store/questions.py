"""What all questions to the history have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager

from sqlalchemy import Connection

__all__ = ["Questions"]


class Questions(ABC):
    """Questions about one subject; each is asked on the connection that `_reading` gives."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """Give a connection for one question."""

"""Exit statuses, and which error gives which (the table stands in docs/operating.md)."""

from __future__ import annotations

from enum import IntEnum

from zmpwatch.errors import ConfigError, CrawlError, StoreError, ZmpwatchError

__all__ = ["Exit", "exit_of"]


class Exit(IntEnum):
    """What a shell or a timer sees."""

    DONE = 0
    FAILURES = 1
    """Done, but some site was not well, some file could not be read or some delivery failed."""
    USAGE = 2
    """Wrong usage or configuration; nothing was run."""
    COULD_NOT_RUN = 3
    """The database or a lock kept it from running."""
    INTERRUPTED = 130


def exit_of(error: ZmpwatchError) -> Exit:
    """The exit status for an error that ended a command."""
    if isinstance(error, ConfigError):
        return Exit.USAGE
    if isinstance(error, StoreError | CrawlError):
        return Exit.COULD_NOT_RUN
    return Exit.FAILURES

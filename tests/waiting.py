"""Waiting for what another thread or process does, as long as it takes and no longer."""

import asyncio
import time
from collections.abc import Callable

__all__ = ["PATIENCE", "until", "wait_until"]

PATIENCE = 90.0
"""Seconds a test waits for what takes one or two on a machine with nothing else to do."""

_LOOK = 0.02
"""Seconds between two looks, where nothing tells of itself."""


def wait_until(true: Callable[[], bool], seconds: float = PATIENCE, what: str = "") -> None:
    """Wait until it is true.

    Raises:
        AssertionError: it was not within these seconds; `what` was waited for.
    """
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain: {what or true}")
        time.sleep(_LOOK)


async def until(true: Callable[[], bool], seconds: float = PATIENCE, what: str = "") -> None:
    """The same beside the other tasks of a loop."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain: {what or true}")
        await asyncio.sleep(_LOOK)

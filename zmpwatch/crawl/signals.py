"""Signals that end a run: heeded at once, and none is lost."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["heeding"]


@contextmanager
def heeding(stop: asyncio.Event, *numbers: signal.Signals) -> Iterator[None]:
    """Let these signals set `stop` while the block runs; signals belong to the main thread, elsewhere it does nothing.

    The handler that `asyncio.run` brings does not do: it has no descriptor that wakes the loop. A signal that comes
    just as the loop goes to sleep, or is handed to another thread of the process, would be heeded at the loop's next
    event, which may be never; and where SIGINT was ignored from the start (a background job of a script), not at all.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in numbers}
    for number in numbers:
        loop.add_signal_handler(number, stop.set)
    try:
        yield
    finally:
        for number, handler in before.items():
            loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_DFL if handler is None else handler)

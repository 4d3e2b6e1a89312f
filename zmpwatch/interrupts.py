"""Signals that end a command: heeded at once, and none is lost.

Python's own way with Ctrl-C loses one now and then, in two places. A KeyboardInterrupt that is raised while modules are
imported may be swallowed without a word by whatever code runs just then (5 of 500 were, sent while Scrapy was loaded).
And the handler that `asyncio.run` brings has no descriptor that wakes the loop: a signal that comes just as the loop
goes to sleep, or is handed to another thread, is heeded at the loop's next event, which may be never.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    import asyncio

__all__ = ["heeding", "interrupted", "postponed", "remember"]

_came: list[int] = []


def remember() -> None:
    """Remember a Ctrl-C from now on, besides raising KeyboardInterrupt; for the beginning of a program.

    Where it is ignored (a background job of a script) it stays so until something `heeding` runs.
    """
    if _in_main_thread() and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _remembered)


def _remembered(number: int, _frame: FrameType | None) -> NoReturn:
    _came.append(number)
    raise KeyboardInterrupt


def interrupted() -> bool:
    """Whether a Ctrl-C came that is remembered, whatever became of its KeyboardInterrupt."""
    return bool(_came)


@contextmanager
def postponed() -> Iterator[None]:
    """Put Ctrl-C off to the end of the block, which loads modules.

    Raises:
        KeyboardInterrupt: at the end, when one came.
    """
    before = signal.getsignal(signal.SIGINT)
    if not _in_main_thread() or not callable(before):
        yield
        return
    came: list[tuple[int, FrameType | None]] = []
    signal.signal(signal.SIGINT, lambda number, frame: came.append((number, frame)))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if came:
            before(*came[0])


@contextmanager
def heeding(stop: asyncio.Event, *numbers: signal.Signals) -> Iterator[None]:
    """Let these signals set `stop` while the block runs, also where they were ignored; so does one that is remembered.

    Signals belong to the main thread: elsewhere it does nothing.
    """
    if not _in_main_thread():
        yield
        return
    import asyncio  # noqa: PLC0415  (not for those who only ask for --help)

    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in numbers}
    for number in numbers:
        loop.add_signal_handler(number, stop.set)
    if interrupted():
        stop.set()
    try:
        yield
    finally:
        for number, handler in before.items():
            loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_DFL if handler is None else handler)


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()

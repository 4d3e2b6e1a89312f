"""The process that reads pages for a crawl: ``child.py SLOTS SIZE DESCRIPTOR``, with a socket for its stdin.

Run by file; ends with the socket, and where the kernel sees to it (Linux) with whoever started it. A short look is
taken at a page at once; one that must be read whole is read in a thread, so that others need not wait for it.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zmpwatch.service.readers.wire import Errand, Reading, ReadingError, Slots

__all__ = ["serve"]

_THREADS = 4
_PR_SET_PDEATHSIG = 1
_COLLECTOR = (5_000, 10, 20)
"""Thresholds of the garbage collector: reading leaves few knots of objects behind."""


class _Reader:
    def __init__(self, wire: socket.socket, slots: Slots) -> None:
        self._wire, self._slots = wire, slots
        self._sending = Lock()
        self._threads = ThreadPoolExecutor(_THREADS, "reader")

    def serve(self) -> None:
        """Read what comes, until the other side has closed."""
        from zmpwatch.service.readers.wire import HEAD, READY, parse_errand

        self._send(HEAD.pack(READY, 0, 0))
        with self._wire.makefile("rb") as frames:
            while len(head := frames.read(HEAD.size)) == HEAD.size:
                number, slot, size = HEAD.unpack(head)
                self._take(number, slot, parse_errand(self._slots.get(slot, size)))

    def _take(self, number: int, slot: int, one: Errand) -> None:
        from zmpwatch.service.pagereading import skim_page_again

        try:
            skimmed = skim_page_again(one.site, one.page, one.association, one.municipality, one.known)
        except Exception as error:  # noqa: BLE001 - told to whoever sent the page
            self._answer(number, slot, _fault(error))
            return
        if skimmed is not None:
            self._answer(number, slot, skimmed)
        else:
            self._threads.submit(self._read_whole, number, slot, one)

    def _read_whole(self, number: int, slot: int, one: Errand) -> None:
        from zmpwatch.service.pagereading import read_whole_page

        said: Reading | ReadingError
        try:
            said = read_whole_page(one.site, one.page, one.association, one.municipality, one.known)
        except Exception as error:  # noqa: BLE001 - told to whoever sent the page
            said = _fault(error)
        self._answer(number, slot, said)

    def _answer(self, number: int, slot: int, said: Reading | ReadingError) -> None:
        from zmpwatch.service.readers.wire import HEAD, INLINE, answer

        message = answer(said)
        if len(message) <= self._slots.size:
            self._slots.put(slot, message)
            self._send(HEAD.pack(number, slot, len(message)))
        else:
            self._send(HEAD.pack(number, INLINE, len(message)) + message)

    def _send(self, frame: bytes) -> None:
        with self._sending:
            self._wire.sendall(frame)


def _fault(error: Exception) -> ReadingError:
    from zmpwatch.service.readers.wire import ReadingError

    return ReadingError(f"{type(error).__name__}: {error}")


def serve() -> None:
    """Load what reading needs, say so, and read."""
    from zmpwatch.extract import extract
    from zmpwatch.model import Context, Text
    from zmpwatch.read.warmup import load_parsers
    from zmpwatch.register import load_association
    from zmpwatch.service.readers.wire import Slots

    load_parsers()
    # what extraction looks up is loaded by its first text
    extract(Text("Związek Miast Polskich zrzesza 100 miast."), Context(association=load_association("zmp")))
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTOR)
    number, size, file = map(int, sys.argv[1:])
    with socket.socket(fileno=os.dup(0)) as wire:
        _Reader(wire, Slots(number, size, file)).serve()


def main() -> None:
    """Serve, and leave without waiting for a page that is still read: nobody is there to hear of it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    # The interpreter runs isolated, so a source tree that is not installed is not on the path.
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    try:
        serve()
    except OSError:
        os._exit(1)  # the crawl has gone
    os._exit(0)


if __name__ == "__main__":
    main()

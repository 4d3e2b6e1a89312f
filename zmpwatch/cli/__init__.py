"""The command line: one module a command group; parse, one service call, print, exit status."""

from __future__ import annotations

import gc
import io
import sys

from zmpwatch.interrupts import postponed, remember

__all__ = ["main"]

_OBJECTS_BETWEEN_COLLECTIONS = 50_000
_INTERRUPTED = 130
"""`Exit.INTERRUPTED`, which is not loaded then."""


def main() -> None:
    """Entry point of the ``zmpwatch`` program."""
    # importing makes many objects and no garbage; looking for some after every 700 takes a tenth of a short command
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        # a terminal or pipe that can't show a character shows its code; a report must not end in an exception
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    remember()
    try:
        with postponed():
            from zmpwatch.cli.application import run
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        sys.exit(_INTERRUPTED)
    sys.exit(run(sys.argv[1:]))

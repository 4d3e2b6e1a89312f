"""The command line: one module a command group; parse, one service call, print, exit status."""

from __future__ import annotations

import gc
import io
import sys

__all__ = ["main"]

_OBJECTS_BETWEEN_COLLECTIONS = 50_000


def main() -> None:
    """Entry point of the ``zmpwatch`` program."""
    # importing makes many objects and no garbage; looking for some after every 700 takes a tenth of a short command
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        # a terminal or pipe that can't show a character shows its code; a report must not end in an exception
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    from zmpwatch.cli.application import run

    sys.exit(run(sys.argv[1:]))

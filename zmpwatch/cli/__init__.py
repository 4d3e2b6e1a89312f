"""The command line: one module a command group; parse, one service call, print, exit status."""

from __future__ import annotations

import gc
import sys

__all__ = ["main"]

_OBJECTS_BETWEEN_COLLECTIONS = 50_000


def main() -> None:
    """Entry point of the ``zmpwatch`` program."""
    # importing makes many objects and no garbage; looking for some after every 700 takes a tenth of a short command
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS, 20, 20)
    from zmpwatch.cli.application import run

    sys.exit(run(sys.argv[1:]))

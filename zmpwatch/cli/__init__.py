"""The command line: one module a command group; parse, one service call, print, exit status."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Entry point of the ``zmpwatch`` program."""
    from zmpwatch.cli.application import run

    sys.exit(run(sys.argv[1:]))

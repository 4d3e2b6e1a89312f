"""Logs go to stderr; quiet unless asked for."""

from __future__ import annotations

import logging
import sys

__all__ = ["log_to_stderr"]


def log_to_stderr(*, verbose: bool) -> None:
    """Set up logging for a command that crawls: warnings of our own, or everything of our own with `verbose`.

    Libraries stay at warnings: Scrapy alone writes a dozen lines a request.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("zmpwatch").setLevel(logging.DEBUG if verbose else logging.ERROR)
    for name in ("scrapy", "twisted", "asyncio", "apprise", "filelock"):
        logging.getLogger(name).setLevel(logging.WARNING if verbose else logging.CRITICAL)

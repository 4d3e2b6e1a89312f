"""One heap for all threads of a crawl."""

from __future__ import annotations

import ctypes
import sys

__all__ = ["share_one_heap"]

_M_ARENA_MAX = -8
"""See mallopt(3)."""


def share_one_heap() -> None:
    """Let the C library take memory from one arena, where it knows arenas (glibc).

    It would open another for nearly every thread, and none gives back what it holds; threads that take turns at the
    interpreter gain nothing by it. Call before threads are started.
    """
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(_M_ARENA_MAX, 1)

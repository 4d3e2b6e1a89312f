"""Tells systemd how the daemon is (sd_notify(3)); elsewhere it does nothing."""

from __future__ import annotations

import logging
import os
import socket
import time

__all__ = ["notify", "ready", "reloading", "watchdog_seconds"]

logger = logging.getLogger(__name__)


def notify(state: str) -> bool:
    """Send ``READY=1``, ``STOPPING=1``, ``WATCHDOG=1`` … to the service manager; False when there is none."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return False
    if address.startswith("@"):
        address = f"\0{address[1:]}"
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
            line.sendto(state.encode(), address)
    except OSError as error:
        logger.warning("the service manager could not be told: %s", error)
        return False
    return True


def ready(status: str) -> bool:
    """Say that the daemon works; also ends a reload."""
    return notify(f"READY=1\nSTATUS={status}")


def reloading() -> bool:
    """Say that the configuration is being read anew (Type=notify-reload needs the time with it)."""
    return notify(f"RELOADING=1\nMONOTONIC_USEC={time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000}")


def watchdog_seconds() -> float | None:
    """How often the service manager wants a sign of life (half of WatchdogSec); None when it does not."""
    span = os.environ.get("WATCHDOG_USEC", "")
    process = os.environ.get("WATCHDOG_PID", "")
    if not span.isdecimal() or (process and process != str(os.getpid())):
        return None
    return int(span) / 2_000_000

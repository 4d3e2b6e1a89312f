"""Asks a running daemon how it is, as `zmpwatch status --daemon` and a container's health check do."""

from __future__ import annotations

import json
from http.client import HTTPConnection, HTTPException
from typing import Any

from zmpwatch.config import Config

__all__ = ["ask_daemon"]

_TIMEOUT = 5.0
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "[::]": "::1"}  # noqa: S104 - where a daemon listens, not we


def ask_daemon(config: Config) -> dict[str, Any] | None:
    """What /healthz says; None when no daemon answers where config.yaml places it."""
    host = _EVERYWHERE.get(config.web.host, config.web.host.strip("[]"))
    connection = HTTPConnection(host, config.web.port, timeout=_TIMEOUT)
    try:
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        state = json.loads(answer.read(1 << 20))
    except (OSError, HTTPException, ValueError):
        return None
    finally:
        connection.close()
    return state if isinstance(state, dict) and "status" in state else None

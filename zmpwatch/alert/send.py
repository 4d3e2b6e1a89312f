"""Sending one message to one address."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from zmpwatch.alert.message import Message

__all__ = ["AppriseSender", "Outcome", "SendResult", "Sender"]

_CARRIER = Path(__file__).with_name("carrier.py")
_HOME = "https://github.com/zmpwatch/zmpwatch"
_PASSED_ON = (
    "HOME",
    "LANG",
    "LC_ALL",
    "LD_LIBRARY_PATH",
    "PATH",
    "PYTHONPATH",
    "REQUESTS_CA_BUNDLE",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
    "TMPDIR",
    "TZ",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
)
"""Environment the carrier gets; everything else may be a secret and stays with us."""


class Outcome(StrEnum):
    """What became of a message."""

    SENT = "sent"
    """The service took it."""
    UNKNOWN = "unknown"
    """The service may have it: it was silent, or the line broke after the message left (docs/faults.md 105)."""
    FAILED = "failed"
    """The service has not got it; later it may."""
    REFUSED = "refused"
    """The service answered that it won't have it (HTTP 3xx and 4xx): somebody must correct the address."""


@dataclass(frozen=True, slots=True)
class SendResult:
    """Outcome with a detail from a fixed vocabulary ("HTTP 200", "connection refused"); it never shows an address.

    `retry_after` is how long the service asked to be left alone.
    """

    outcome: Outcome
    detail: str = ""
    retry_after: timedelta | None = None

    def __str__(self) -> str:
        return f"{self.outcome}: {self.detail}" if self.detail else str(self.outcome)


class Sender(Protocol):
    """Hands one message to one address; never raises for what the other side does."""

    def send(self, url: str, message: Message) -> SendResult:
        """Send once, without retries."""
        ...


@dataclass(frozen=True, slots=True)
class AppriseSender:
    """Apprise in a child process for each message, without redirects or retries of its own; times in seconds.

    `read_timeout` and `connect_timeout` hold where the address has no ``rto=`` and ``cto=`` of its own. `deadline` is
    when the child is ended, whatever it does. `payload_max` bounds subject and body together, in characters.
    """

    read_timeout: float = 30.0
    connect_timeout: float = 10.0
    service_timeout: float = 45.0
    deadline: float = 60.0
    payload_max: int = 200_000

    def send(self, url: str, message: Message) -> SendResult:
        """Send once, and say what became of it."""
        parcel = {
            "url": url,
            "subject": message.subject,
            "text": message.text,
            "markdown": message.markdown,
            "html": message.html,
            "key": message.key,
            "home": _HOME,
            "read_timeout": self.read_timeout,
            "connect_timeout": self.connect_timeout,
            "service_timeout": self.service_timeout,
            "payload_max": self.payload_max,
        }
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        try:
            done = subprocess.run(  # noqa: S603
                [sys.executable, "-P", str(_CARRIER)],
                input=json.dumps(parcel).encode(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                timeout=self.deadline,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return SendResult(Outcome.UNKNOWN, "no answer in time")
        except OSError as error:
            return SendResult(Outcome.FAILED, f"could not be started: {error.strerror}")
        try:
            answer = json.loads(done.stdout)
        except ValueError:
            # killed by a limit, or crashed: it may have sent before
            return SendResult(Outcome.UNKNOWN, f"the sending process ended with status {done.returncode}")
        wait = answer["retry_after"]
        later = None if wait is None else timedelta(seconds=wait)
        return SendResult(Outcome(answer["outcome"]), answer["detail"], later)

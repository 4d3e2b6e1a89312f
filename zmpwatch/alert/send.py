"""Sending one message to one address."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from zmpwatch.model import BodyFormat, Message

__all__ = ["AppriseSender", "Outcome", "SendResult", "Sender"]

_CARRIER = Path(__file__).with_name("carrier.py")
_LOOK_UP = 0.1
"""Seconds between two looks at whether to stop."""
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

    `retry_after` is how long the service asked to be left alone, `body_format` in which format it was given the body.
    """

    outcome: Outcome
    detail: str = ""
    retry_after: timedelta | None = None
    body_format: BodyFormat | None = None

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
    when the child is ended, whatever it does. `payload_max` bounds subject and body together, in characters. Once
    `stop` is set, children are ended at once, and what became of their messages is unknown.
    """

    read_timeout: float = 30.0
    connect_timeout: float = 10.0
    service_timeout: float = 45.0
    deadline: float = 60.0
    payload_max: int = 200_000
    stop: threading.Event = field(default_factory=threading.Event, compare=False)

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
        try:
            child = subprocess.Popen(  # noqa: S603 - our own interpreter on our own module
                [sys.executable, "-P", str(_CARRIER)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
                # a Ctrl-C at the terminal is for us, who know what then becomes of the message
                start_new_session=True,
            )
        except OSError as error:
            return SendResult(Outcome.FAILED, f"could not be started: {error.strerror}")
        with child:
            try:
                said, ended = self._converse(child, json.dumps(parcel).encode())
            finally:
                child.kill()
        if said is None:
            return SendResult(Outcome.UNKNOWN, ended)
        try:
            answer = json.loads(said)
        except ValueError:
            # killed by a limit, or crashed: it may have sent before
            return SendResult(Outcome.UNKNOWN, f"the sending process ended with status {child.returncode}")
        wait = answer["retry_after"]
        later = None if wait is None else timedelta(seconds=wait)
        return SendResult(Outcome(answer["outcome"]), answer["detail"], later, answer["body_format"])

    def _converse(self, child: subprocess.Popen[bytes], parcel: bytes) -> tuple[bytes | None, str]:
        """What the child says until it ends; None, and why, when it is not waited for any longer."""
        end = time.monotonic() + self.deadline
        given: bytes | None = parcel
        while True:
            left = end - time.monotonic()
            try:
                return child.communicate(given, timeout=max(0.0, min(left, _LOOK_UP)))[0], ""
            except subprocess.TimeoutExpired:
                given = None  # what of it is not written yet goes on being written
                if self.stop.is_set():
                    return None, "stopped while it was being sent"
                if left <= 0:
                    return None, "no answer in time"

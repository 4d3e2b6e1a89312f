"""Checking Apprise addresses before anything runs."""

from __future__ import annotations

import logging
import re
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

__all__ = ["address_problem", "check_address"]

_MAIL = {"mailto", "mailtos"}
_VARIABLE = re.compile(r"\$\{\w+\}")
_LISTENING = threading.Lock()
"""Held while Apprise's logger, which is one for the whole process, speaks to us alone."""


def check_address(url: str) -> None:
    """Check that Apprise understands an address; nothing is sent.

    Raises:
        ValueError: it does not; the text says what is wrong and shows no more of the address than its scheme.
    """
    text = url.strip()
    if not text:
        raise ValueError("the address is empty")
    if _VARIABLE.search(text):
        raise ValueError("a ${…} was left in the address; is the variable set?")
    scheme, found, _ = text.partition("://")
    if not found:
        raise ValueError("no Apprise address: it must begin with a scheme, such as json:// or mailto://")
    scheme = scheme.lower()
    if not re.fullmatch(r"[a-z][a-z0-9+.-]*", scheme):
        raise ValueError("no Apprise address: the part before :// is no scheme")

    service = _understood(text, scheme)
    if service is None:
        raise ValueError(f"the {scheme}:// address is incomplete: {_missing(text)}")
    if getattr(service, "topics", None) == []:
        # ntfy://topic@host is taken for a user name, and then nothing could ever be sent
        raise ValueError(f"the {scheme}:// address names no topic; it is written {scheme}://host/topic")
    if not all(map(str.isascii, getattr(service, "headers", None) or ())):
        raise ValueError(f"the {scheme}:// address names a header with letters that no header's name may have")


def address_problem(url: str) -> str | None:
    """What `check_address` has against an address, or None: the form in which the check of config.yaml asks."""
    try:
        check_address(url)
    except ValueError as error:
        return str(error)
    return None


class _Dropped(logging.Handler):
    """Hears what Apprise says of an address, which shows the address; kept is only whether it left something out."""

    def __init__(self) -> None:
        super().__init__(level=logging.DEBUG)
        self.something = False

    def emit(self, record: logging.LogRecord) -> None:
        """Take one line."""
        self.something = self.something or record.getMessage().startswith("Dropped invalid")


@contextmanager
def _heard_by(handler: logging.Handler) -> Iterator[None]:
    """Let a handler alone hear all that Apprise says."""
    logger = logging.getLogger("apprise")
    before = logger.propagate, logger.level, logger.disabled, logger.handlers
    logger.propagate, logger.level, logger.disabled, logger.handlers = False, logging.DEBUG, False, [handler]
    try:
        yield
    finally:
        logger.propagate, logger.level, logger.disabled, logger.handlers = before


def _understood(url: str, scheme: str) -> Any:
    """Apprise's object for the address, or None where it can't make one.

    Raises:
        ValueError: it knows no such service, or takes only a part of the receivers.
    """
    with warnings.catch_warnings():
        # its plug-ins touch modules that newer Pythons drop, which is no matter of whoever checks an address
        warnings.simplefilter("ignore", DeprecationWarning)
        import apprise  # noqa: PLC0415  (98 ms and 27 MB, only for those who check)
        from apprise.manager_plugins import NotificationManager  # noqa: PLC0415  (as above)

        known = scheme in NotificationManager()  # type: ignore[no-untyped-call]
    if not known:
        instead = {"http": "json://", "https": "jsons://"}.get(scheme)
        hint = f"; for a web hook write {instead}" if instead else ""
        raise ValueError(f"Apprise knows no service {scheme}://{hint}")
    dropped = _Dropped()
    with _LISTENING, _heard_by(dropped):
        service = apprise.Apprise.instantiate(url, suppress_exceptions=True)
    if service is not None and (dropped.something or (scheme in _MAIL and _loses_a_receiver(service, url))):
        # Apprise would write to the others, or to nobody
        raise ValueError(f"the {scheme}:// address names a receiver that is none for this service")
    return service


def _loses_a_receiver(service: Any, url: str) -> bool:
    """Whether fewer are written to than `to`, `cc` and `bcc` of a mail address name: of letters it does not know."""
    asked = parse_qs(url.partition("?")[2])
    named = {
        part for key in ("to", "cc", "bcc") for text in asked.get(key, ()) for part in re.split(r"[\s,;<>]+", text)
    }
    kept = {address for _, address in service.targets} | service.cc | service.bcc
    return len({part for part in named if "@" in part}) > len(kept)


def _missing(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "host or port can't be read"
    if not parts.hostname:
        return "the host is missing"
    if port == 0:
        return "the port is wrong"
    return "a target, topic, user or token that this service needs is missing or malformed"

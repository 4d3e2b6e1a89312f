"""Checking Apprise addresses before anything runs."""

from __future__ import annotations

import logging
import re
from urllib.parse import urlsplit

__all__ = ["check_address"]

_VARIABLE = re.compile(r"\$\{\w+\}")


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

    import apprise  # noqa: PLC0415  (98 ms and 27 MB, only for those who check)
    from apprise.manager_plugins import NotificationManager  # noqa: PLC0415

    if scheme not in NotificationManager():  # type: ignore[no-untyped-call]
        hint = {"http": "json://", "https": "jsons://"}.get(scheme)
        known = f"; for a web hook write {hint}" if hint else ""
        raise ValueError(f"Apprise knows no service {scheme}://{known}")
    logger = logging.getLogger("apprise")
    # what Apprise says of an address it can't use shows the address
    silenced, logger.disabled = logger.disabled, True
    try:
        service = apprise.Apprise.instantiate(text, suppress_exceptions=True)
    finally:
        logger.disabled = silenced
    if service is None:
        raise ValueError(f"the {scheme}:// address is incomplete: {_missing(text)}")
    if getattr(service, "topics", None) == []:
        # ntfy://topic@host is taken for a user name, and then nothing could ever be sent (DEPENDENCIES 10)
        raise ValueError(f"the {scheme}:// address names no topic; it is written {scheme}://host/topic")


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

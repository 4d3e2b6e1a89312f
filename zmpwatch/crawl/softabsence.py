"""What a server shows for an address that can't exist, when it does not say 404: told once, recognised afterwards."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta

from zmpwatch.crawl.scoring import fold
from zmpwatch.model import KnownOrigin

__all__ = ["PROBE_PATH", "is_due", "looks_absent", "pieces_of", "probe_url"]

PROBE_PATH = "/nie-ma-takiej-strony-zmpwatch-"
"""How the path begins that is asked for: whoever reads the log of the server sees what it is about."""

_AGAIN_AFTER = timedelta(days=30)
_MOST_PIECES = 300
_SHORTEST = 4
_NEW_TEXT = 60
"""A page with less text of its own than this is the one shown for what is absent."""
_UNSEEN = re.compile(r"<(script|style|noscript|svg)\b.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_DIGIT = re.compile(r"\d")


def probe_url(origin: str) -> str:
    """An address no site has."""
    return f"{origin}{PROBE_PATH}{secrets.token_hex(6)}"


def is_due(origin: KnownOrigin, now: datetime) -> bool:
    """Whether a server should be tried (again)."""
    return origin.absent_at is None or now - origin.absent_at >= _AGAIN_AFTER


def pieces_of(markup: str) -> tuple[str, ...]:
    """The runs of text of a page without those that hold digits: clocks, counters and the address itself."""
    found: dict[str, None] = {}
    for run in _TAG.split(_UNSEEN.sub(" ", markup)):
        if run.isspace() or not run:
            continue
        piece = fold(run)
        if len(piece) >= _SHORTEST and not _DIGIT.search(piece):
            found.setdefault(piece)
            if len(found) >= _MOST_PIECES:
                break
    return tuple(found)


def looks_absent(markup: str, absent: tuple[str, ...]) -> bool:
    """Whether a page shows nothing but what its server shows for addresses that do not exist."""
    if not absent:
        return False
    shown = set(absent)
    own = 0
    for run in _TAG.split(_UNSEEN.sub(" ", markup)):
        piece = fold(run)
        if len(piece) >= _SHORTEST and piece not in shown:
            own += len(piece)
            if own >= _NEW_TEXT:
                return False
    return True

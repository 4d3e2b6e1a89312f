"""Making text from the web harmless before it goes into a message (docs/faults.md 108).

Escaping for a format is done where that format is written (`document`); here is what no format can do: control and
direction characters go, mentions that would ring everybody are broken up, lengths are bounded.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

__all__ = ["NAME_LIMIT", "QUOTE_LIMIT", "SUBJECT_LIMIT", "URL_LIMIT", "clean", "cut", "safe_url"]

QUOTE_LIMIT = 280
NAME_LIMIT = 80
SUBJECT_LIMIT = 200
URL_LIMIT = 1_000

_SCAN_LIMIT = 20_000
"""Characters of an over-long text that are looked at: no message shows more than a few hundred."""

_ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"
_MENTION = re.compile(r"@(?=(?:everyone|here|channel|all|room|team)\b)", re.IGNORECASE)
_SLACK = re.compile(r"<(?=[!@#])")


def clean(text: str, limit: int) -> str:
    """One line of harmless text of at most `limit` characters.

    Removes control, format (bidirectional overrides, zero-width), private and unassigned characters, joins white space,
    breaks up ``@everyone`` and its like for every chat, and cuts at a word.
    """
    text = unicodedata.normalize("NFC", text[:_SCAN_LIMIT])
    kept = (" " if unicodedata.category(c) in {"Zs", "Zl", "Zp"} or c in "\t\n\r\v\f\x85" else c for c in text)
    line = " ".join("".join(c for c in kept if not unicodedata.category(c).startswith("C")).split())
    line = cut(line, limit)
    return _SLACK.sub("<" + _ZERO_WIDTH_SPACE, _MENTION.sub("@" + _ZERO_WIDTH_SPACE, line))


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words where there is a blank in the last third, marked with "…"."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    if not text[limit - 1].isspace():
        blank = head.rfind(" ")
        if blank > limit * 2 // 3:
            head = head[:blank]
    return head.rstrip(" ,;:–-") + "…"


def safe_url(url: str) -> str | None:
    """An http(s) address that can stand in any format unescaped, or None when it is no such address.

    Everything that could end a link, start a tag or ring somebody is percent-encoded, which leaves the address itself
    the same for every server.
    """
    if len(url) > URL_LIMIT:
        return None
    try:
        parts = urlsplit(url)
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
        tail = quote(url[len(parts.scheme) + 3 + len(parts.netloc) :], safe="/?&=#%:;,+~.-!$")
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in host:
        return None
    return f"{parts.scheme}://{quote(host, safe=':[].-')}{tail}"

"""Start pages that show nothing and lead to another site: a frame around it, or a script that goes there."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from zmpwatch.crawl.urls import twin
from zmpwatch.errors import ReadError
from zmpwatch.model import Page
from zmpwatch.read.decode import decode

__all__ = ["leads_away", "may_lead_away"]

_LARGEST = 4_000
"""Bytes; a page that shows something of its own, if only by its scripts, has more."""
_LITTLE = 200
"""Characters that may stand beside it: "you are being redirected"."""
_FRAME = re.compile(r"<frame\s(?:[^<>]*?\s)?src\s*=\s*[\"']?([^\"'\s<>]+)", re.IGNORECASE)
_SCRIPT = re.compile(
    r"\blocation(?:\.href)?\s*=\s*[\"']([^\"'\s<>]+)[\"']|\blocation\.(?:replace|assign)\(\s*[\"']([^\"'\s<>]+)[\"']",
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"<(script|style|title|noframes|noscript)\b.*?(?:</\1\s*>|$)|<[^<>]*>", re.IGNORECASE | re.DOTALL)


def may_lead_away(body: bytes) -> bool:
    """Whether a look at the bytes leaves it open that `leads_away` finds something: of most pages it does not."""
    return len(body) <= _LARGEST and (b"<frame" in body.lower() or b"location" in body)


def leads_away(page: Page) -> str | None:
    """The address of the other site that a page, which shows next to nothing itself, frames or goes to by a script."""
    if not may_lead_away(page.body):
        return None
    try:
        markup = decode(page.body, page.headers).text
    except ReadError:
        return None  # who reads the page says what is the matter with it
    if len("".join(_UNSEEN.sub(" ", markup).split())) > _LITTLE:
        return None
    here = twin(urlsplit(page.url).hostname or "")
    for found in (*_FRAME.finditer(markup), *_SCRIPT.finditer(markup)):
        try:
            target: str = urljoin(page.url, next(filter(None, found.groups())))
            parts = urlsplit(target)
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and parts.hostname and twin(parts.hostname) != here:
            return target
    return None

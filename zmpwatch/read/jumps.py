"""Where elements lead that are no links: options of a jump menu, rows and buttons that a handler opens."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["jump_of"]

_ADDRESS = re.compile(
    r"(?:https?:/)?/\S|\?\S+=|\./\S|[\w-]+(?:/[\w.-]+)*\.(?:s?html?|php\d?|aspx?|jsp)(?:[?#]|$)", re.IGNORECASE
)
"""What the value of an option looks like that is an address, and no number or word for a form."""
_OPENS = re.compile(
    r"(?:location(?:\.href)?\s*=|location\.(?:assign|replace)\(|window\.open\()\s*[\"']([^\"'\s]{1,2000})[\"']",
    re.IGNORECASE,
)
"""How a handler leads to another page, where it names the page itself."""
_LONGEST = 4_000
"""No handler that only opens a page is longer."""


def jump_of(tag: str, attributes: Mapping[str, str]) -> str | None:
    """Where an element leads without being a link, as it stands in the page; None for nearly all elements.

    >>> jump_of("tr", {"onclick": "location.href='/uchwala/88'"}), jump_of("option", {"value": "/akty/2025.html"})
    ('/uchwala/88', '/akty/2025.html')
    >>> jump_of("option", {"value": "2025"}), jump_of("a", {"href": "/x", "onclick": "location='/y'"})
    (None, None)
    """
    if tag == "option":
        value = attributes.get("value") or ""
        return value if _ADDRESS.match(value) else None
    href = attributes.get("href")
    if tag in {"a", "area"} and href is not None and href.strip() and not href.strip().startswith(("#", "javascript:")):
        return None
    handler = attributes.get("onclick")
    if handler and len(handler) <= _LONGEST and (found := _OPENS.search(handler)):
        return found[1]
    return attributes.get("data-href") or None

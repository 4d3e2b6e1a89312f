"""Pages that a script draws in the browser: their markup is a shell, what they say stands in data beside it, if at all.

No script is ever run. Frameworks that prepare pages on the server leave what the script will show as JSON in the page
(``__NEXT_DATA__``, ``__NUXT_DATA__``, ``ng-state``), and editors give search engines the article as ``articleBody`` of
schema.org; a shell without either says nothing to us, and must not pass for a page that has nothing to say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from typing import Any

from zmpwatch.read.flow import Flow, Line, flow
from zmpwatch.read.markup import parse

__all__ = ["FROM_DATA", "NEEDS_SCRIPT", "is_shell", "lines_in_data", "may_be_shell"]

FROM_DATA = "a script draws the page: its text was taken from the data beside"
NEEDS_SCRIPT = "a script draws the page: there is no text without JavaScript"

_WAITING = 200
"""Characters that a shell may show: "Trwa ładowanie…", a remark on cookies."""
_MOUNT = re.compile(
    r"""<(?:div|main|section)\s[^<>]{0,200}?\bid\s*=\s*["']?(?:root|app|__next|__nuxt|___gatsby|q-app|svelte|main-app)["'\s>]"""
    r"|<(?:app|ng|my)-root[\s>]",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"<script[\s>]", re.IGNORECASE)
_LEADS_ON = re.compile(
    r"""http-equiv\s*=\s*["']?refresh|\blocation\s*(?:\.href\s*)?=|\blocation\.(?:replace|assign)\("""
)
"""A stub that sends the browser elsewhere draws nothing."""
_ARTICLE = ("headline", "description", "articleBody")
_PROSE = re.compile(r"[^\W\d_]{2,}[^\s\w]?\s+[^\W_]+[^\s\w]?\s+[^\W_]")
"""Three words in a row: no address, no name of a class, no colour."""
_DEEPEST = 200


def is_shell(page: Flow, markup: str) -> bool:
    """Whether the markup of a page only holds a place for what a script will put there.

    >>> page = '<body><div id="root"></div><script src="/app.js"></script></body>'
    >>> is_shell(flow(parse(page).events), page)
    True
    >>> page = '<p>Związek Miast Polskich liczy 381 miast.</p><script src="/licznik.js"></script>'
    >>> is_shell(flow(parse(page).events), page)
    False
    """
    if page.anchors or page.jumps or sum(len(line.text) for line in page.lines) > _WAITING:
        return False
    return may_be_shell(markup) and (not page.lines or _MOUNT.search(markup) is not None)


def may_be_shell(markup: str) -> bool:
    """Whether a page that leads nowhere has a script which may draw it, and not send the browser elsewhere."""
    return _SCRIPT.search(markup) is not None and _LEADS_ON.search(markup) is None


def lines_in_data(page: Flow) -> list[Line]:
    """What the data of a page says in sentences: its article where schema.org names one, else all prose in it."""
    articles = [text for block in page.json_ld for text in _article(_parsed(block))]
    said = dict.fromkeys(articles or [text for block in page.data for text in _strings(_parsed(block))])
    # parsed all at once: a page may hold a hundred thousand strings
    markup = "".join(_as_markup(text) for text in said if _PROSE.search(text))
    return flow(parse(markup).events).lines if markup else []


def _as_markup(text: str) -> str:
    return text if "<" in text else "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))


def _parsed(block: str) -> Any:
    try:
        return json.loads(block)
    except (ValueError, RecursionError):
        return None  # data for a script, not for us: what is broken there says nothing


def _article(node: Any, depth: int = 0) -> Iterator[str]:
    """Headline, summary and body of each thing that has a body."""
    if depth > _DEEPEST:
        return
    if isinstance(node, dict) and isinstance(node.get("articleBody"), str):
        yield from (node[key] for key in _ARTICLE if isinstance(node.get(key), str))
        return
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _article(child, depth + 1)


def _strings(node: Any, depth: int = 0) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif depth <= _DEEPEST:
        for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            yield from _strings(child, depth + 1)

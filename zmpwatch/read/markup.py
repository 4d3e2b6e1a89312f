"""Markup as a flat run of events, whichever parser read it.

libxml2 reads 40 kB in 2 ms but drops what lies deeper than 2,048 elements; BeautifulSoup reads that, too, twenty times
slower.  What walks the events need not know which one it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zmpwatch.read.guard import check_markup

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

__all__ = ["End", "Event", "Parsed", "Start", "parse"]


@dataclass(slots=True)
class Start:
    """An element begins; `tag` and the names in `attributes` are in lower case."""

    tag: str
    attributes: Mapping[str, str]
    holds_content: bool = field(default=False)
    """Filled in later: whether the main content of the page lies inside."""
    is_layout: bool = field(default=False)
    """Filled in later: a table row that arranges the page and is no row of data."""


@dataclass(frozen=True, slots=True)
class End:
    """The element begun last ends."""

    tag: str


Event = Start | End | str
"""A string is text between tags."""

_NO_ATTRIBUTES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Parsed:
    """Events of a document, every start with its end, and how deep it is by the guard's count."""

    events: list[Event]
    depth: int


def parse(markup: str, *, url: str | None = None) -> Parsed:
    """Events of an HTML document.

    Raises:
        LimitExceeded: The guard refuses it.
    """
    body = markup.encode("utf-8", "replace")
    depth = check_markup(body, url=url)
    return Parsed(_events_of_lxml(body) or list(_events_of_soup(markup)), depth)


def _events_of_lxml(body: bytes) -> list[Event]:
    """Empty when libxml2 gave up on the depth, or found nothing at all."""
    from lxml import etree  # noqa: PLC0415 - heavy

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        return []
    if root is None or any(
        entry.type_name == "ERR_RESOURCE_LIMIT" or "depth" in entry.message for entry in parser.error_log
    ):
        return []
    events: list[Event] = []
    for kind, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if kind == "start":
            attributes = dict(element.items())
            events.append(Start(str(element.tag), attributes or _NO_ATTRIBUTES))
            if text := element.text:
                events.append(text)
            continue
        if kind == "end":
            events.append(End(str(element.tag)))
        if tail := element.tail:
            events.append(tail)
    return events


def _events_of_soup(markup: str) -> Iterator[Event]:
    from bs4 import BeautifulSoup  # noqa: PLC0415 - heavy

    return walk_soup(BeautifulSoup(markup, "html.parser"))


def walk_soup(soup: BeautifulSoup) -> Iterator[Event]:
    """Events of a BeautifulSoup tree, without recursion: the tree may be 10,000 deep."""
    from bs4.element import NavigableString, PreformattedString, Tag  # noqa: PLC0415 - heavy

    open_tags: list[Tag] = []
    for node in soup.descendants:
        while open_tags and node.parent is not open_tags[-1]:
            yield End(open_tags.pop().name)
        if isinstance(node, Tag):
            attributes = {k: " ".join(v) if isinstance(v, list) else str(v) for k, v in node.attrs.items()}
            yield Start(node.name, attributes)
            open_tags.append(node)
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            yield str(node)
    while open_tags:
        yield End(open_tags.pop().name)

"""Atom (RFC 4287)."""

from __future__ import annotations

from datetime import UTC, datetime

from lxml import etree

from zmpwatch import __version__
from zmpwatch.service.feeds.feed import Feed

__all__ = ["atom"]

_ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def atom(feed: Feed) -> bytes:
    """The feed as an Atom document."""
    root = etree.fromstring(f'<feed xmlns="{_ATOM}"/>')
    root.set(_LANG, feed.language)
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", _time(feed.updated))
    _add(root, "generator", "zmpwatch", version=__version__)
    _add(_add(root, "author"), "name", "zmpwatch")
    _add(root, "link", rel="alternate", href=feed.home)
    if address := feed.address("atom"):
        _add(root, "link", rel="self", type="application/atom+xml", href=address)
    for entry in feed.entries:
        item = _add(root, "entry")
        _add(item, "id", entry.id)
        _add(item, "title", entry.title)
        _add(item, "published", _time(entry.at))
        _add(item, "updated", _time(entry.at))
        _add(item, "category", term=entry.kind)
        # RFC 4287, 4.1.2: an entry without content from elsewhere needs no link, but readers want one to follow
        _add(item, "link", rel="alternate", href=entry.url or feed.home)
        _add(item, "content", entry.html, type="html")
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    made.text = text
    return made


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

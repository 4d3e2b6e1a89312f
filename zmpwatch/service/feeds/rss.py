"""RSS 2.0 (rssboard.org/rss-specification), with the address of the feed itself as its best practices profile asks."""

from __future__ import annotations

from email.utils import format_datetime

from lxml import etree

from zmpwatch import __version__
from zmpwatch.service.feeds.feed import Feed

__all__ = ["rss"]

_ATOM = "http://www.w3.org/2005/Atom"


def rss(feed: Feed) -> bytes:
    """The feed as an RSS document."""
    root = etree.Element("rss", {"version": "2.0"}, nsmap={"atom": _ATOM})
    channel = etree.SubElement(root, "channel")
    _add(channel, "title", feed.title)
    _add(channel, "link", feed.home)
    _add(channel, "description", feed.title)
    _add(channel, "language", feed.language)
    _add(channel, "lastBuildDate", format_datetime(feed.updated))
    _add(channel, "generator", f"zmpwatch {__version__}")
    if address := feed.address("rss"):
        link = {"href": address, "rel": "self", "type": "application/rss+xml"}
        etree.SubElement(channel, f"{{{_ATOM}}}link", link)
    for entry in feed.entries:
        item = etree.SubElement(channel, "item")
        _add(item, "title", entry.title)
        _add(item, "link", entry.url or feed.home)
        _add(item, "guid", entry.id).set("isPermaLink", "false")
        _add(item, "pubDate", format_datetime(entry.at))
        _add(item, "category", entry.kind)
        _add(item, "description", entry.html)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _add(parent: etree._Element, name: str, text: str) -> etree._Element:
    made = etree.SubElement(parent, name)
    made.text = text
    return made

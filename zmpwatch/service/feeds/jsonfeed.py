"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import json
from typing import Any

from zmpwatch.service.feeds.feed import Entry, Feed

__all__ = ["json_feed"]


def json_feed(feed: Feed) -> bytes:
    """The feed as JSON; the facts of each change stand under ``_zmpwatch``, as the format provides for extensions."""
    whole: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "language": feed.language,
        "authors": [{"name": "zmpwatch"}],
    }
    if address := feed.address("json"):
        whole["feed_url"] = address
    whole["items"] = [_item(entry) for entry in feed.entries]
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"


def _item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "title": entry.title,
        "content_html": entry.html,
        "content_text": entry.text,
        "date_published": entry.at.isoformat(timespec="seconds"),
        "tags": [entry.kind],
        "_zmpwatch": {"about": "https://github.com/zmpwatch/zmpwatch", **entry.facts},
    }
    if entry.url:
        item["url"] = entry.url
    return item

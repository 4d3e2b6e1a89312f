r"""Bytes to text: HTML, feeds, PDF and office documents, whatever encoding, however broken.

>>> from zmpwatch.read import read_bytes
>>> read_bytes(b"<h1>Z kraju</h1><p>Zwi\xb9zek zrzesza <b>3</b>7<i>3</i> miasta.</p>").content
'Z kraju\n\nZwiązek zrzesza 373 miasta.'

Whatever the bytes are, a `ReadError` is all that is ever raised.  Parsers are imported when first needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zmpwatch.read.mediatype import MediaType
from zmpwatch.read.reader import read_bytes, read_document, read_page, read_with_links
from zmpwatch.read.sniff import sniff

if TYPE_CHECKING:
    from zmpwatch.read.feed import Feed, FeedItem, read_feed
    from zmpwatch.read.forms import SearchForm, find_search_forms
    from zmpwatch.read.links import Link, PageLinks, find_links, page_links
    from zmpwatch.read.plain import text_from_plain

__all__ = [
    "Feed",
    "FeedItem",
    "Link",
    "MediaType",
    "PageLinks",
    "SearchForm",
    "find_links",
    "find_search_forms",
    "page_links",
    "read_bytes",
    "read_document",
    "read_feed",
    "read_page",
    "read_with_links",
    "sniff",
    "text_from_plain",
]

_LATER = {
    "Feed": "feed",
    "FeedItem": "feed",
    "read_feed": "feed",
    "Link": "links",
    "PageLinks": "links",
    "SearchForm": "forms",
    "find_links": "links",
    "find_search_forms": "forms",
    "page_links": "links",
    "text_from_plain": "plain",
}


def __getattr__(name: str) -> Any:
    """Names whose modules are loaded on first use (PEP 562)."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - only here

    value = getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    globals()[name] = value
    return value

"""RSS, Atom, sitemaps and sitemap indexes, gzipped or plain: addresses with title and dates."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from html.entities import html5
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError

from zmpwatch.errors import LimitExceeded, Unreadable
from zmpwatch.model import BlockKind, Text
from zmpwatch.read.blocks import assemble
from zmpwatch.read.characters import clean, fold_space
from zmpwatch.read.dates import machine_date
from zmpwatch.read.decode import Decoded, decode
from zmpwatch.read.flow import flow
from zmpwatch.read.guard import check_markup
from zmpwatch.read.links import resolve
from zmpwatch.read.markup import parse

if TYPE_CHECKING:
    from lxml.etree import _Element

    from zmpwatch.read.mediatype import MediaType

__all__ = ["MAX_ITEMS", "Feed", "FeedItem", "is_gzip", "read_feed", "read_xml"]

MAX_FEED_BYTES = 10 << 20
MAX_ITEMS = 50_000
"""The bound of sitemaps.org (docs/faults.md 53)."""

_GZIP = b"\x1f\x8b\x08"
_MAX_XML_DEPTH = 256
_NO_TEXT_FROM = 2048
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENTITY_DEFINITION = re.compile(r"<!ENTITY", re.IGNORECASE)
_PUBLISHED = ("pubdate", "published", "date", "issued", "created", "publication_date")
_MODIFIED = ("lastmod", "updated", "modified")
_REFERENCE = re.compile(r"&(?:(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos)|([A-Za-z]\w{1,30}));|&")


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry. `published` and `modified` are ISO, cut to the precision known; `summary` is plain text.

    `modified` is the ``lastmod`` of a sitemap, the ``updated`` of Atom or the ``modified`` of Dublin Core.
    """

    url: str
    title: str | None = None
    published: str | None = None
    summary: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """Entries in the order of the feed; `next` is a further page of an Atom feed.

    `sitemaps` are what a sitemap index lists, each with its ``lastmod``. `truncated` says that there were more than
    50,000 entries.
    """

    items: tuple[FeedItem, ...]
    next: str | None = None
    sitemaps: tuple[FeedItem, ...] = ()
    title: str | None = None
    truncated: bool = False


def read_feed(body: bytes, *, url: str, headers: Mapping[str, str] | None = None) -> Feed:
    """Entries of an RSS or Atom feed, a sitemap or a sitemap index; a gzipped one is unpacked as far as the bound.

    Entities are never expanded and nothing is fetched (docs/faults.md 54). A feed that is not well-formed, as one with
    a bare ``&`` in a title, is read as far as libxml2 recovers it.

    Raises:
        LimitExceeded: Too big or too deep.
        Unreadable: No feed.
    """
    root = _root(decode(_unpacked(body, url), headers), url)
    kind = _local(root)
    if kind not in {"rss", "rdf", "feed", "urlset", "sitemapindex"}:
        raise Unreadable(f"no feed: the root element is <{kind}>", url=url)
    found: dict[str, FeedItem] = {}
    sitemaps: dict[str, FeedItem] = {}
    truncated = False
    for entry in root.iter():
        name = _local(entry)
        if name not in {"item", "entry", "url", "sitemap"}:
            continue
        target = _target(entry, url)
        if target is None:
            continue
        if len(found) + len(sitemaps) >= MAX_ITEMS:
            truncated = True
            break
        if name == "sitemap":
            sitemaps.setdefault(target, _item(entry, target))
        else:
            found.setdefault(target, _item(entry, target))
    channel = next((e for e in root if _local(e) == "channel"), root)
    return Feed(
        tuple(found.values()),
        next=_next_page(channel, url),
        sitemaps=tuple(sitemaps.values()),
        title=_child_text(channel, "title"),
        truncated=truncated,
    )


def is_gzip(body: bytes) -> bool:
    """Whether the bytes are a gzip file, as ``sitemap.xml.gz`` is: packed by its author, not by the transfer."""
    return body.startswith(_GZIP)


def _unpacked(body: bytes, url: str | None) -> bytes:
    if not is_gzip(body):
        return body
    unzip = zlib.decompressobj(wbits=31)
    try:
        text = unzip.decompress(body, MAX_FEED_BYTES + 1)
    except zlib.error as error:
        raise Unreadable("damaged gzip", url=url) from error
    if len(text) > MAX_FEED_BYTES:
        raise LimitExceeded(f"more than {MAX_FEED_BYTES:,} bytes unpacked", url=url)
    if not unzip.eof:
        raise Unreadable("gzip that is cut", url=url)
    return text


def read_xml(body: bytes, kind: MediaType, *, url: str | None, headers: Mapping[str, str] | None = None) -> Text:
    """Text of a feed or another XML document: of a feed its titles and summaries, else every element's own text.

    Raises:
        LimitExceeded: Too big or too deep.
        Unreadable: Not well-formed beyond recovery, or without text.
    """
    decoded = decode(body, headers)
    root = _root(decoded, url)
    pieces: list[tuple[BlockKind, str, bool]] = []
    entries = [entry for entry in root.iter() if _local(entry) in {"item", "entry"}][:MAX_ITEMS]
    for entry in entries:
        pieces.append((BlockKind.HEADING, _child_text(entry, "title") or "", False))
        pieces.append((BlockKind.PARAGRAPH, _summary(entry) or "", False))
    if not entries:
        texts = (fold_space(clean(piece)) for piece in root.itertext())
        pieces += [(BlockKind.OTHER, text, False) for text in texts]
    content, blocks = assemble(pieces)
    if not content and len(body) > _NO_TEXT_FROM:
        raise Unreadable("no text", url=url)
    channel = next((e for e in root if _local(e) == "channel"), root)
    whole = _closes(decoded.text, root)
    return Text(
        content=content,
        title=_child_text(channel, "title"),
        blocks=blocks,
        media_type=kind.value,
        encoding=decoded.encoding,
        complete=whole,
        notes=(*decoded.notes, *(() if whole else ("no end of document",))),
    )


def _closes(text: str, root: Element) -> bool:
    """Whether the root element ends: recovery closes what a cut feed leaves open."""
    end = text.rstrip()[-200:]
    return ("</" in end and _local(root) in end[end.rindex("</") :].lower()) or end.endswith("/>")


def _root(decoded: Decoded, url: str | None) -> Element:
    from defusedxml import DefusedXmlException  # noqa: PLC0415 - heavy
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415 - heavy

    text = _DECLARATION.sub("", clean_xml(decoded.text), count=1).lstrip()
    depth = check_markup(text.encode("utf-8", "replace"), url=url, max_bytes=MAX_FEED_BYTES)
    if depth > _MAX_XML_DEPTH:
        raise LimitExceeded(f"XML nested {depth:,} deep, at most {_MAX_XML_DEPTH} are read", url=url)
    try:
        root: Element = fromstring(text)
    except DefusedXmlException as error:
        raise Unreadable("XML with entities of its own; they are not expanded", url=url) from error
    except (ParseError, ValueError):
        return _recovered(text, url)
    return root


def clean_xml(text: str) -> str:
    """Without the characters XML 1.0 forbids."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)


def _recovered(text: str, url: str | None) -> Element:
    """What libxml2 makes of XML that is not well-formed; as an ElementTree, so that callers see one kind of tree."""
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415 - heavy
    from lxml import etree  # noqa: PLC0415 - heavy

    if ">" not in text:
        raise Unreadable("not well-formed XML", url=url)
    if _ENTITY_DEFINITION.search(text):
        raise Unreadable("XML with entities of its own; they are not expanded", url=url)
    text = _REFERENCE.sub(_mended, text)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        broken: _Element | None = etree.fromstring(text.encode(), parser)
        if broken is None:
            raise Unreadable("not well-formed XML", url=url)
        etree.strip_tags(broken, etree.Comment, etree.ProcessingInstruction, etree.Entity)
        root: Element = fromstring(etree.tostring(broken, encoding="unicode"))
    except (etree.LxmlError, ParseError, ValueError) as error:
        raise Unreadable("not well-formed XML", url=url) from error
    return root


def _mended(reference: re.Match[str]) -> str:
    """A bare ``&`` escaped, and the character an entity of HTML stands for, which XML does not know."""
    known, foreign = reference.groups()
    if known:
        return reference.group()
    character = html5.get(f"{foreign};") if foreign else None
    return escape(character) if character else f"&amp;{reference.group()[1:]}"


def _local(element: Element) -> str:
    """Name without namespace, in lower case."""
    return element.tag.rpartition("}")[2].lower()


def _child_text(parent: Element, name: str) -> str | None:
    for child in parent:
        if _local(child) == name and (text := fold_space(clean("".join(child.itertext())))):
            return _without_markup(text) if "<" in text else text
    return None


def _without_markup(text: str) -> str:
    return fold_space(" ".join(line.text for line in flow(parse(text).events).lines))


def _summary(entry: Element) -> str | None:
    for name in ("encoded", "content", "description", "summary"):
        if text := _child_text(entry, name):
            return text
    return None


def _target(entry: Element, url: str) -> str | None:
    if _local(entry) in {"url", "sitemap"}:
        return resolve(_child_text(entry, "loc"), url)
    fallback: str | None = None
    for child in entry:
        name = _local(child)
        if name == "link":
            href = child.get("href") or (child.text or "")
            target = resolve(href, url)
            if target and child.get("rel", "alternate") == "alternate":
                return target
        elif name in {"guid", "id"} and child.get("isPermaLink", "true") != "false":
            fallback = (
                fallback or resolve(child.text, url) if (child.text or "").strip().startswith("http") else fallback
            )
    return fallback


def _item(entry: Element, target: str) -> FeedItem:
    title = _child_text(entry, "title")
    summary = _summary(entry) if _local(entry) in {"item", "entry"} else None
    parts = [(_local(child), child) for child in _descendants(entry)]
    # a sitemap's ``lastmod`` is no date of publication, but its news extension has one
    return FeedItem(target, title, _dated(parts, _PUBLISHED), summary, _dated(parts, _MODIFIED))


def _dated(parts: Sequence[tuple[str, Element]], names: tuple[str, ...]) -> str | None:
    for name in names:
        for local, part in parts:
            if local == name and (found := machine_date("".join(part.itertext()))):
                return found
    return None


def _descendants(entry: Element) -> Iterator[Element]:
    """Children, and the children of a ``<news:news>`` among them."""
    for child in entry:
        yield child
        if _local(child) == "news":
            yield from child


def _next_page(channel: Element, url: str) -> str | None:
    for child in channel:
        if _local(child) == "link" and child.get("rel") == "next":
            return resolve(child.get("href"), url)
    return None

"""Links of a page: where they lead, what they say, and whether they stand in its content."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from zmpwatch.model import BlockKind
from zmpwatch.read.anchors import says_nothing
from zmpwatch.read.characters import fold_space
from zmpwatch.read.decode import decode
from zmpwatch.read.flow import Anchor, Flow
from zmpwatch.read.html import survey

__all__ = ["MAX_LINKS", "Link", "PageLinks", "find_links", "links_of", "page_links", "resolve"]

MAX_LINKS = 2_000
"""The first 2,000 links of a page are taken (docs/faults.md 49)."""

MAX_URL = 2_083
"""Longest address followed, as browsers long had it."""

_CONTEXT = 240
_CARD = 3
"""Blocks beside a link that may belong to its card: a date, a teaser."""
_ANCHOR = 300
_LONGEST_BLOCK = 20_000
"""In a block of more characters no context is looked for: 2,000 links in 2 MB would cost a minute."""
FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})
_STRIPPED = re.compile(r"[\t\n\r]")
PLAIN_PATH = r"/(?:[A-Za-z0-9_~-][A-Za-z0-9_.,~-]*+/?+)*+(?:\?[A-Za-z0-9_.,~=&/-]++)?+"
"""A path from the root of a host in which there is nothing to resolve, escape or drop: no dots that lead upwards, no
empty names, no fragment."""
_PLAIN = re.compile(r"https?://(?=[^/:]{1,253}[/:])[a-z0-9]++(?:[.-][a-z0-9]++)*+(?::[1-9][0-9]{0,3}+)?+" + PLAIN_PATH)
"""Such an address, as most in feeds and sitemaps are: a tenth of the cost of taking it apart."""
_HOST = re.compile(r"[^\s<>\"'%^`{}|\\@\[\]/?#]{1,253}|\[[0-9a-fA-F:.]{2,45}\]")


class Link(NamedTuple):
    """One link: a tuple, for pages have thousands, and one is made in a third of the time.

    `context` is the text around it, `rel` its relation in lower case, `main` whether it stands in the content.
    """

    url: str
    anchor: str
    context: str
    rel: str
    main: bool = True


@dataclass(frozen=True, slots=True)
class PageLinks:
    """All links of a page, with the feeds it names, its canonical address and what links are relative to."""

    links: tuple[Link, ...]
    feeds: tuple[Link, ...]
    canonical: str | None
    base: str


def find_links(body: bytes, *, url: str, headers: Mapping[str, str] | None = None) -> list[Link]:
    """Links of an HTML page in document order, each address once, the first 2,000.

    Only http and https; addresses are absolute, without fragment and percent-encoded. See `page_links` for feeds.

    Raises:
        ReadError: The bytes give no markup.
    """
    return list(page_links(body, url=url, headers=headers).links)


def page_links(body: bytes, *, url: str, headers: Mapping[str, str] | None = None) -> PageLinks:
    """Links, feeds and the canonical address of an HTML page.

    Args:
        body: The page's bytes.
        url: Its address after redirects.
        headers: Response headers, names in lower case: a hint at the charset.

    Raises:
        ReadError: The bytes give no markup.
    """
    decoded = decode(body, headers)
    return links_of(survey(decoded.text, url=url), url=url, encoding=decoded.encoding)


def links_of(page: Flow, *, url: str, encoding: str) -> PageLinks:
    """Links, feeds and the canonical address of a page that was parsed; see `page_links`."""
    base = resolve(page.base, url, keep_fragment=False) or url
    canonical = next((link.get("href") for link in page.links if _has(link, "canonical")), None)
    return PageLinks(
        links=_links(page, base, encoding),
        feeds=tuple(_feeds(page, base)),
        canonical=resolve(canonical, base) if canonical else None,
        base=base,
    )


def _has(link: Mapping[str, str], relation: str) -> bool:
    return relation in link.get("rel", "").lower().split()


def _feeds(page: Flow, base: str) -> list[Link]:
    found: dict[str, Link] = {}
    for link in page.links:
        if _has(link, "alternate") and link.get("type", "").strip().lower() in FEED_TYPES:
            target = resolve(link.get("href"), base)
            if target:
                found.setdefault(target, Link(target, fold_space(link.get("title", "")), "", "alternate", main=False))
    return list(found.values())


def _links(page: Flow, base: str, encoding: str) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    targets: dict[str, str | None] = {}
    linked: dict[int, set[str]] = {}
    for anchor in page.anchors:
        linked.setdefault(anchor.line, set()).add(anchor.href)
    for anchor in [*page.anchors, *page.jumps]:
        if anchor.href not in targets:
            if len(found) >= MAX_LINKS:
                break
            targets[anchor.href] = resolve(anchor.href, base, encoding=encoding)
        target = targets[anchor.href]
        if target is None:
            continue
        link = Link(
            target, anchor.text[:_ANCHOR], _context(page, anchor, linked), anchor.rel.lower(), not anchor.boilerplate
        )
        if known := found.get(target):
            better = link if link.main > known.main or (link.anchor and not known.anchor) else known
            found[target] = better._replace(anchor=better.anchor or known.anchor, main=link.main or known.main)
        else:
            found[target] = link
    return tuple(found.values())


def _context(page: Flow, anchor: Anchor, linked: Mapping[int, set[str]]) -> str:
    """Up to 240 characters of the block around the anchor, and of the card it stands in.

    A link with words of its own stands above its teaser, one that says "więcej" below it: blocks on that side belong to
    the card as long as they lead nowhere else.
    """
    if anchor.line < 0:
        return ""
    whole = page.lines[anchor.line].text
    if len(whole) > _LONGEST_BLOCK:
        return anchor.text[:_CONTEXT]
    text = fold_space(whole)
    at = max(0, text.find(anchor.text))
    start = max(0, min(at - _CONTEXT // 3, len(text) - _CONTEXT))
    own = text[start : start + _CONTEXT].strip()
    room = _CONTEXT - len(own)
    # a link inside a running sentence is no card
    if room <= 0 or page.lines[anchor.line].linked * 2 < len(text):
        return own
    above = says_nothing(anchor.text)
    card = _card(page, anchor, linked, -1 if above else 1)
    beside = " ".join(card)
    return fold_space(f"{beside[-room:]} {own}" if above else f"{own} {beside[:room]}")


def _card(page: Flow, anchor: Anchor, linked: Mapping[int, set[str]], step: int) -> list[str]:
    """Blocks on one side of a link that lead nowhere else, in document order; upwards no further than a heading."""
    texts: list[str] = []
    own = page.lines[anchor.line].kind
    for index in range(anchor.line + step, anchor.line + (_CARD + 1) * step, step):
        if not 0 <= index < len(page.lines) or linked.get(index, set()) - {anchor.href}:
            break
        line = page.lines[index]
        is_heading = line.kind is BlockKind.HEADING
        if len(line.text) > _LONGEST_BLOCK or (step > 0 and (is_heading or own not in {BlockKind.HEADING, line.kind})):
            break
        texts.append(line.text[:_CONTEXT])
        if is_heading:
            break
    return texts[::step]


def resolve(href: str | None, base: str, *, encoding: str = "utf-8", keep_fragment: bool = False) -> str | None:
    """The absolute http(s) address a link means, or None for one no crawler should ask for.

    Line ends and tabs inside are dropped as browsers do. Backslashes and user names are refused: parsers disagree about
    the host then (docs/faults.md 25).

    Args:
        href: The attribute as it stands in the page.
        base: What it is relative to.
        encoding: The page's encoding: browsers use it for the query.
        keep_fragment: Whether ``#part`` stays.
    """
    if href is None:
        return None
    if len(href) <= MAX_URL and _PLAIN.fullmatch(href):
        return href
    href = _STRIPPED.sub("", href).strip(" \x00\x0b\x0c\x1f")
    if (
        not href
        or href.startswith(("#", "///"))
        or href == "//"
        or len(href) > MAX_URL
        or "\\" in href
        or "\x00" in href
    ):
        return None
    try:
        joined = urljoin(base, href)
        parts = urlsplit(joined)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc or port == 0:
        return None
    if not _HOST.fullmatch(host if ":" not in host else f"[{host}]"):
        return None
    address = _safe(joined, encoding)
    if address is None or len(address) > MAX_URL:
        return None
    return address if keep_fragment else address.split("#", 1)[0]


def _safe(address: str, encoding: str) -> str | None:
    from w3lib.url import safe_url_string  # noqa: PLC0415 - its import costs as much as this module

    try:
        return safe_url_string(address, encoding=encoding if encoding.startswith(("windows", "iso")) else "utf-8")
    except (ValueError, UnicodeError):
        return None

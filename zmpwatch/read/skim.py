"""The links of a page without its text, at a tenth of the cost: for pages that do not concern us.

Most pages of a town say nothing of any association. Their text is not needed, only where they lead. The rules are those
of `zmpwatch.read.links`; only what a link needs is looked at: its own text, its block, and the elements around it. The
context is that of the block alone, without the rest of the card it may stand in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from zmpwatch.read.anchors import says_nothing
from zmpwatch.read.boilerplate import is_hidden, is_hinted, is_landmark
from zmpwatch.read.characters import clean, fold_space
from zmpwatch.read.flow import BLOCKS, DROPPED
from zmpwatch.read.guard import check_markup
from zmpwatch.read.jumps import jump_of
from zmpwatch.read.links import FEED_TYPES, MAX_LINKS, PLAIN_PATH, Link, PageLinks, resolve
from zmpwatch.read.markup import Start

__all__ = ["Skim", "skim"]

_DEEPEST = 200
"""Texts inside a link are collected by recursion."""
_CONTEXT = 240
_BESIDE, _FAR = 60, 4_000
"""Elements beside a link, and characters of one text, that are looked at: 2,000 links in one line would cost 14 s."""
_CARD, _CARD_LEVELS = 3, 3
"""Blocks beside a link that may belong to its card, and how far up their common ancestor is looked for."""
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_ITEMS = frozenset(["li", "td", "th", "tr", "dt", "dd"])
_CARD_ENDS = frozenset(["html", "body", "main", "ul", "ol", "table", "tbody"])
_ANCHOR = 300
_TELLING = frozenset(["role", "class", "id", "hidden", "style"])
"""Attributes that tell what part of a page an element is."""
_PLAIN = re.compile(PLAIN_PATH)
_LONGEST_PLAIN, _LONGEST_ORIGIN = 1_000, 300


@dataclass(frozen=True, slots=True)
class Skim:
    """A page as the fast parser has it. `links` is costly, `text` is not."""

    _root: Any
    _url: str
    _encoding: str

    @property
    def text(self) -> bytes:
        """All that stands between tags, in UTF-8: scripts and hidden text with it, and nothing where tags were."""
        from lxml import etree  # noqa: PLC0415 - heavy

        text: bytes = etree.tostring(self._root, method="text", encoding="utf-8")
        return text

    def links(self) -> PageLinks:
        """Links, feeds and canonical address of the page."""
        return _Skimmer(self._root, self._url, self._encoding).result()


def skim(markup: str, *, url: str, encoding: str) -> Skim | None:
    """A page parsed for its links; None where the fast parser can't read it whole.

    Args:
        markup: the page, decoded.
        url: its address after redirects.
        encoding: what it was decoded from: browsers use it for the query of a link.

    Raises:
        LimitExceeded: the guard refuses the markup.
    """
    from lxml import etree  # noqa: PLC0415 - heavy

    body = markup.encode("utf-8", "replace")
    if check_markup(body, url=url) > _DEEPEST:
        return None
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        return None
    if root is None or any(
        entry.type_name == "ERR_RESOURCE_LIMIT" or "depth" in entry.message for entry in parser.error_log
    ):
        return None
    return Skim(root, url, encoding)


class _Place(NamedTuple):
    """Whether an element stands in a menu or footer, is not shown, is no part of the page yet, lies in its content."""

    aside: bool = False
    hidden: bool = False
    inert: bool = False
    in_content: bool = False


class _Skimmer:
    def __init__(self, root: Any, url: str, encoding: str) -> None:
        self._root, self._url, self._encoding = root, url, encoding
        self._places: dict[Any, _Place] = {}
        self._told: dict[tuple[object, ...], _Place] = {}
        marked = list(root.iter("main", "article")) or list(root.iter("h1"))
        self._content = {root, *marked}
        for one in marked:
            self._content.update(one.iterancestors())
        if not marked:
            self._content = set()

    def result(self) -> PageLinks:
        base = self._url
        for element in self._root.iter("base"):
            base = resolve(element.get("href"), self._url) or self._url
            break
        feeds: dict[str, Link] = {}
        canonical: str | None = None
        found: dict[str, Link] = {}
        meant: dict[str, str | None] = {}
        target = self._targets(base)
        for element in self._root.iter("a", "area", "frame", "iframe", "link"):
            tag = element.tag
            if tag == "link":
                relations = (element.get("rel") or "").lower().split()
                if "canonical" in relations and canonical is None:
                    canonical = resolve(element.get("href"), base)
                elif "alternate" in relations and (element.get("type") or "").strip().lower() in FEED_TYPES:
                    feed = resolve(element.get("href"), base)
                    if feed:
                        title = fold_space(clean(element.get("title") or ""))
                        feeds.setdefault(feed, Link(feed, title, "", "alternate", main=False))
                continue
            framed = tag in {"frame", "iframe"}
            href = element.get("src" if framed else "href")
            if href is None:
                continue
            if href not in meant:
                if len(found) >= MAX_LINKS:
                    break
                meant[href] = target(href)
            address = meant[href]
            if address is None:
                continue
            known = found.get(address)
            place = self._place(element)
            if place.inert:
                continue
            main = not (place.aside or (place.hidden and not framed))
            if known is not None and known.anchor and (known.main or not main):
                continue
            text = element.get("title") or "" if framed else self._text_of(element, hidden=place.hidden)
            link = Link(
                address,
                text[:_ANCHOR],
                "" if framed or place.hidden else self._around(element, text, href, main=main),
                "frame" if framed else (element.get("rel") or "").lower(),
                main,
            )
            if known is not None:
                better = link if main > known.main or (link.anchor and not known.anchor) else known
                link = Link(address, better.anchor or known.anchor, better.context, better.rel, main or known.main)
            found[address] = link
        self._add_jumps(found, target)
        return PageLinks(tuple(found.values()), tuple(feeds.values()), canonical, base)

    def _add_jumps(self, found: dict[str, Link], target: Callable[[str], str | None]) -> None:
        """Where elements lead that are no links, after all that are."""
        # most pages have none; to look for attributes takes a fifth of the time of a look for their elements
        if not self._root.xpath("//option/@value | //@onclick | //@data-href", smart_strings=False):
            return
        for element in self._root.xpath("//option[@value] | //*[@onclick] | //*[@data-href]"):
            href = jump_of(element.tag, element.attrib)
            if href is None or len(found) >= MAX_LINKS or (address := target(href)) is None or address in found:
                continue
            place = self._place(element)
            if place.inert:
                continue
            hidden = place.hidden and element.tag != "option"
            main = not (place.aside or hidden)
            text = self._text_of(element, hidden=place.hidden)[:_ANCHOR] if element.tag == "a" else ""
            around = "" if place.hidden else fold_space(clean(_words(element)))[:_CONTEXT]
            found[address] = Link(address, text, around, "", main)

    def _targets(self, base: str) -> Callable[[str], str | None]:
        """How a link of this page is resolved: as `resolve` does it, at once where there is nothing to it."""
        encoding = self._encoding
        origin = resolve("/", base) or ""
        root = origin.removesuffix("/")
        longest = _LONGEST_PLAIN if origin and len(origin) < _LONGEST_ORIGIN else 0

        def target(href: str) -> str | None:
            path = href[len(root) :] if href.startswith(origin) else href
            if len(path) <= longest and _PLAIN.fullmatch(path):
                return root + path
            return resolve(href, base, encoding=encoding)

        return target

    def _place(self, element: Any) -> _Place:
        """Where an element stands; without recursion, since elements may lie deep."""
        chain = []
        while element is not None and element not in self._places:
            chain.append(element)
            element = element.getparent()
        place = self._places[element] if element is not None else _Place()
        for one in reversed(chain):
            place = self._places[one] = self._within(place, one)
        return place

    def _within(self, place: _Place, element: Any) -> _Place:
        """Where the content of an element stands that stands there itself; the items of one menu all say the same."""
        tag, holds_content = element.tag, element in self._content
        # all that `is_landmark`, `is_hinted` and `is_hidden` look at
        said = None if _TELLING.isdisjoint(element.keys()) else tuple(map(element.get, _TELLING))
        if said is None and tag == "a":
            return place
        told = (place, tag, holds_content, said)
        known = self._told.get(told)
        if known is None:
            start = Start(tag, element.attrib, holds_content)
            known = self._told[told] = _Place(
                place.aside or is_landmark(start, in_content=place.in_content) or is_hinted(start),
                place.hidden or tag in DROPPED or is_hidden(start.attributes),
                place.inert or tag == "template",
                place.in_content or tag in {"main", "article"},
            )
        return known

    def _text_of(self, element: Any, *, hidden: bool) -> str:
        """The words of a link, else its title, else the words of its picture."""
        words = "" if hidden else _words(element)
        text = fold_space(clean(words)) if words else ""
        if text:
            return text
        title = element.get("title") or element.get("alt")
        if not title:
            title = next((alt for image in element.iter("img") if (alt := image.get("alt"))), "")
        return fold_space(clean(title))

    def _around(self, element: Any, anchor: str, href: str, *, main: bool) -> str:
        """The run of text a link stands in, and of a link in a list the card: the teaser below, the lines above."""
        own = self._context(element, anchor)
        room = _CONTEXT - len(own)
        if not main or room <= 0 or len(anchor) * 2 < len(own):
            return own
        above = says_nothing(anchor)
        texts = list(self._card(element, href, above=above))
        if not texts:
            return own
        beside = fold_space(clean(" ".join(reversed(texts) if above else texts)))
        return f"{beside[-room:]} {own}".strip() if above else f"{own} {beside[:room]}".strip()

    def _card(self, element: Any, href: str, *, above: bool) -> Iterator[str]:
        """Texts of the blocks on one side of a link that lead nowhere else, the nearest first.

        Upwards no further than a heading; downwards from a heading, or among blocks that are no items of a list.
        """
        block = element
        while (parent := block.getparent()) is not None and parent.tag not in BLOCKS:
            block = parent
        if parent is None or (not above and parent.tag in _ITEMS):
            return
        left = _CARD
        for _ in range(_CARD_LEVELS):
            for one in islice(block.itersiblings(preceding=above), _BESIDE):
                if one.tag not in BLOCKS:
                    continue
                if any(link.get("href") not in {None, href} for link in one.iter("a")):
                    return
                if one.tag in _HEADINGS and not above:
                    return
                text = _words(one)
                if text.strip():
                    yield text
                    left -= 1
                if one.tag in _HEADINGS or not left:
                    return
            block = block.getparent()
            if block is None or block.tag in _CARD_ENDS or (not above and block.tag in _ITEMS):
                return

    def _context(self, element: Any, anchor: str) -> str:
        """Up to 240 characters of the run of text a link stands in: as far as the next block on either side."""
        inline = element
        parent = inline.getparent()
        while parent is not None and parent.tag not in BLOCKS:
            inline, parent = parent, parent.getparent()
        if inline.tail is None and inline.getprevious() is None and (parent is None or not (parent.text or "").strip()):
            return fold_space(clean(_words(inline)))[:_CONTEXT].strip()
        before: list[str] = []
        size = 0
        one = inline.getprevious()
        while one is not None and one.tag not in BLOCKS and size < _CONTEXT and len(before) < _BESIDE:
            piece = "".join(_visible(one)) + (one.tail or "")[-_FAR:]
            before.append(piece)
            size += len(piece)
            one = one.getprevious()
        if one is None:
            before.append((parent.text or "")[-_FAR:] if parent is not None else "")
        elif size < _CONTEXT:
            before.append((one.tail or "")[-_FAR:])
        after = ["".join(_visible(inline)), (inline.tail or "")[:_FAR]]
        size = 0
        one = inline.getnext()
        while one is not None and one.tag not in BLOCKS and size < _CONTEXT and len(after) < _BESIDE:
            piece = "".join(_visible(one)) + (one.tail or "")[:_FAR]
            after.append(piece)
            size += len(piece)
            one = one.getnext()
        text = fold_space(clean("".join([*reversed(before), *after])))
        at = max(0, text.find(anchor))
        start = max(0, min(at - _CONTEXT // 3, len(text) - _CONTEXT))
        return text[start : start + _CONTEXT].strip()


def _words(element: Any) -> str:
    return (element.text or "") if not len(element) else "".join(_visible(element))


def _visible(element: Any) -> Iterator[str]:
    """Texts inside an element, without scripts and their kin; a line break is a blank."""
    if not isinstance(element.tag, str) or element.tag in DROPPED:
        return
    if element.tag == "br":
        yield " "
    if element.text:
        yield element.text
    for child in element:
        yield from _visible(child)
        if child.tail:
            yield child.tail

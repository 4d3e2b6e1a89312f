"""Events of a page to lines of text, as a browser would break them, with what else the page says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from zmpwatch.model import BlockKind
from zmpwatch.read.boilerplate import is_hidden, is_hinted, is_landmark, mark_structure
from zmpwatch.read.characters import clean, fold_space
from zmpwatch.read.jumps import jump_of
from zmpwatch.read.markup import Event, Start

__all__ = ["Anchor", "Flow", "Line", "Stamp", "flow"]

DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "canvas",
        "select",
        "datalist",
        "textarea",
        "noframes",
        "head",
        "map",
        "applet",
    ]
)
BLOCKS = frozenset(
    [
        "html",
        "body",
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "caption",
        "tr",
        "td",
        "th",
        "ul",
        "optgroup",
        "search",
        "button",
    ]
)
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
    **dict.fromkeys(("li", "dt", "dd"), BlockKind.LIST_ITEM),
    **dict.fromkeys(("button", "label", "legend", "figcaption", "caption", "summary"), BlockKind.OTHER),
}
_LINE_BREAK = "\ue000"
"""Private-use mark for <br> inside a buffer; text that holds it has it removed."""


@dataclass(slots=True)
class Line:
    """One block of text; `text` may hold line ends where the page has ``<br>``."""

    kind: BlockKind
    text: str
    boilerplate: bool
    tag: str
    linked: int = 0
    """How many of the characters are links."""
    landmark: bool = False
    """Boilerplate by a landmark of HTML, not by a mere class name."""


@dataclass(slots=True)
class Anchor:
    """A link as it stands in the page; `line` is the index of the block it stands in, -1 for one outside all text."""

    href: str
    text: str
    rel: str
    boilerplate: bool
    line: int = -1


@dataclass(frozen=True, slots=True)
class Stamp:
    """A ``<time>`` element; `line` as in `Anchor`."""

    value: str
    classes: str
    boilerplate: bool
    line: int


@dataclass(slots=True)
class Flow:
    """All that one pass over a page collects."""

    lines: list[Line] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    jumps: list[Anchor] = field(default_factory=list)
    """Where elements lead that are no links; see `zmpwatch.read.jumps`."""
    stamps: list[Stamp] = field(default_factory=list)
    meta: list[tuple[str, str]] = field(default_factory=list)
    """Name (or property, itemprop, http-equiv; lower case) and content of ``<meta>``."""
    links: list[Mapping[str, str]] = field(default_factory=list)
    """Attributes of ``<link>``."""
    json_ld: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    """What ``<script type="application/json">`` and its kin hold."""
    title: str = ""
    base: str | None = None
    dropped: int = 0
    """Characters of script, style and hidden text that were left out."""


@dataclass(slots=True)
class _Frame:
    tag: str
    hidden: bool
    boilerplate: bool
    landmark: bool
    kind: BlockKind
    in_content: bool
    row: bool
    preformatted: bool
    inert: bool
    """Inside a ``<template>``: not part of the page until a script makes it one."""


class _Walker:
    def __init__(self) -> None:
        self.result = Flow()
        self.stack = [_Frame("", False, False, False, BlockKind.PARAGRAPH, False, False, False, False)]
        self.buffer: list[str] = []
        self.linked = 0
        self.waiting: list[Anchor | Stamp] = []
        self.open_anchor: Anchor | None = None
        self.anchor_text: list[str] = []
        self.cells: list[str] = []
        self.capture: tuple[str, list[str]] | None = None

    def start(self, event: Start) -> None:
        tag, attributes, outer = event.tag, event.attributes, self.stack[-1]
        hidden = outer.hidden or tag in DROPPED or is_hidden(attributes)
        landmark = outer.landmark or is_landmark(event, in_content=outer.in_content)
        frame = _Frame(
            tag,
            hidden,
            outer.boilerplate or landmark or is_hinted(event),
            landmark,
            _KINDS.get(tag, outer.kind if tag in {"p", "div", "a"} or tag not in BLOCKS else BlockKind.PARAGRAPH),
            outer.in_content or tag in {"main", "article"},
            outer.row,
            outer.preformatted or tag == "pre",
            outer.inert or tag == "template",
        )
        if not frame.inert:
            self._note(event, frame)
        if not hidden:
            if tag == "br":
                self.buffer.append(" " if outer.row else _LINE_BREAK)
            elif tag in BLOCKS:
                self._break(outer)
                if tag == "tr" and not event.is_layout and not outer.row:
                    frame.row, frame.kind = True, BlockKind.TABLE_ROW
                    self.cells = []
                elif tag == "tr" or (tag == "table" and outer.row):
                    frame.row = False
        if not frame.inert and (tag == "option" or "onclick" in attributes or "data-href" in attributes):
            self._note_jump(event, frame)
        self.stack.append(frame)

    def _note_jump(self, event: Start, frame: _Frame) -> None:
        jump = jump_of(event.tag, event.attributes)
        if jump is None:
            return
        # a select is not shown as text, but it is there to be used
        leads = Anchor(jump, "", "", frame.boilerplate or (frame.hidden and event.tag != "option"))
        self.result.jumps.append(leads)
        self.waiting.append(leads)
        if event.tag == "a":
            self.open_anchor, self.anchor_text = leads, []

    def _note(self, event: Start, frame: _Frame) -> None:
        tag, attributes = event.tag, event.attributes
        if tag in {"a", "area"} and "href" in attributes:
            anchor = Anchor(
                attributes["href"],
                fold_space(clean(attributes.get("title") or attributes.get("alt") or "")),
                attributes.get("rel", ""),
                frame.boilerplate or frame.hidden,
            )
            self.result.anchors.append(anchor)
            self.waiting.append(anchor)
            if tag == "a":
                self.open_anchor, self.anchor_text = anchor, []
        elif tag in {"frame", "iframe"} and attributes.get("src"):
            self.result.anchors.append(
                Anchor(attributes["src"], attributes.get("title", ""), "frame", frame.boilerplate)
            )
        elif tag == "img" and self.open_anchor and not self.open_anchor.text:
            self.open_anchor.text = fold_space(clean(attributes.get("alt", "")))
        elif tag == "meta" and "content" in attributes:
            for key in ("property", "name", "itemprop"):
                if key in attributes:
                    self.result.meta.append((attributes[key].strip().lower(), clean(attributes["content"]).strip()))
        elif tag == "link":
            self.result.links.append(attributes)
        elif tag == "base" and self.result.base is None:
            self.result.base = attributes.get("href")
        elif tag == "title" and not self.result.title and self.stack[-1].tag in {"head", "html", "", "body"}:
            self.capture = ("title", [])
        elif tag == "script" and "json" in (held := attributes.get("type", "").lower()):
            self.capture = ("json-ld" if "ld+json" in held else "json", [])
        if tag == "time" or "datepublished" in attributes.get("itemprop", "").lower():
            value = attributes.get("datetime") or attributes.get("content")
            names = (attributes.get("class", ""), attributes.get("itemprop", ""), "pubdate" * ("pubdate" in attributes))
            if value and not frame.hidden:
                self.waiting.append(Stamp(value, " ".join(names).lower(), frame.boilerplate, -1))

    def text(self, text: str) -> None:
        frame = self.stack[-1]
        if self.capture:
            self.capture[1].append(text)
            return
        if frame.hidden:
            self.result.dropped += len(text)
            return
        text = text.replace(_LINE_BREAK, "")
        self.buffer.append(text.replace("\n", _LINE_BREAK) if frame.preformatted else text)
        if self.open_anchor:
            self.anchor_text.append(text)
            self.linked += len(text.strip())

    def end(self) -> None:
        frame = self.stack.pop()
        tag = frame.tag
        if self.capture and tag in {"title", "script"}:
            kind, pieces = self.capture
            self.capture = None
            if kind == "title":
                self.result.title = fold_space(clean("".join(pieces)))
            else:
                (self.result.json_ld if kind == "json-ld" else self.result.data).append("".join(pieces))
        if tag == "a" and self.open_anchor:
            self.open_anchor.text = fold_space(clean("".join(self.anchor_text))) or self.open_anchor.text
            self.open_anchor = None
        if frame.hidden or tag not in BLOCKS:
            return
        if frame.row and tag in {"td", "th"}:
            self.cells.append(self._take())
        elif frame.row and tag == "tr":
            self._end_row(frame)
        else:
            self._break(frame)

    def _break(self, frame: _Frame) -> None:
        if frame.row:
            self.buffer.append(" ")
            return
        self._emit(self._take(), frame)

    def _end_row(self, frame: _Frame) -> None:
        if rest := self._take():
            self.cells.append(rest)
        while self.cells and not self.cells[-1]:
            self.cells.pop()
        self._emit(" | ".join(self.cells) if any(self.cells) else "", frame)
        self.cells = []

    def _take(self) -> str:
        """The buffer as text: blanks folded as CSS folds them, ``<br>`` as line ends."""
        raw, self.buffer = clean("".join(self.buffer)), []
        if _LINE_BREAK not in raw:
            return fold_space(raw)
        return "\n".join(fold_space(part) for part in raw.split(_LINE_BREAK)).strip("\n")

    def _emit(self, text: str, frame: _Frame) -> None:
        """One block; an empty line, which two ``<br>`` make, ends a paragraph as well."""
        first = len(self.result.lines)
        for part in text.split("\n\n"):
            if stripped := part.strip("\n"):
                self.result.lines.append(
                    Line(frame.kind, stripped, frame.boilerplate, frame.tag, self.linked, frame.landmark)
                )
        self.linked = 0
        if not self.waiting:
            return
        lines = self.result.lines
        place = first if len(lines) > first else -1
        for item in self.waiting:
            if isinstance(item, Anchor):
                while 0 <= place < len(lines) - 1 and item.text not in lines[place].text:
                    place += 1
                item.line = place
            else:
                self.result.stamps.append(Stamp(item.value, item.classes, item.boilerplate, len(self.result.lines) - 1))
        self.waiting.clear()

    def finish(self) -> Flow:
        self._emit(self._take(), self.stack[-1])
        return self.result


def flow(events: list[Event]) -> Flow:
    """Lines, links and dates of a page in document order."""
    mark_structure(events)
    walker = _Walker()
    for event in events:
        if isinstance(event, str):
            walker.text(event)
        elif isinstance(event, Start):
            walker.start(event)
        else:
            walker.end()
    return walker.finish()

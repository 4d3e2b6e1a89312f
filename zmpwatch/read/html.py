"""HTML to `Text`: everything visible, in document order, with what is a menu marked as such."""

from __future__ import annotations

import re
from itertools import groupby, takewhile
from typing import TYPE_CHECKING

from zmpwatch.errors import Unreadable
from zmpwatch.model import BlockKind, Text
from zmpwatch.read.blocks import assemble
from zmpwatch.read.characters import fold_space
from zmpwatch.read.decode import Decoded
from zmpwatch.read.flow import Flow, Line, flow
from zmpwatch.read.markup import Parsed, parse
from zmpwatch.read.published import find_published
from zmpwatch.read.scripted import FROM_DATA, NEEDS_SCRIPT, is_shell, lines_in_data
from zmpwatch.read.title import find_title

if TYPE_CHECKING:
    from zmpwatch.read.links import PageLinks

__all__ = ["read_html", "read_html_with_links", "survey"]

NO_TEXT_FROM = 2048
"""A body of more bytes than these that gives no text was not understood (docs/faults.md 76)."""

_MAIN_TEXT_DEPTH = 500
"""resiliparse's main-text rules are quadratic in depth: 4 ms at 500, 400 ms at 5,000."""
_SHORT_BLOCK = 200
_FALLBACK_SHARE = 0.1
_MENU_ENTRY = 40
_SHORTEST_MENU = 3


def read_html(decoded: Decoded, *, url: str | None = None) -> Text:
    """Text of an HTML page.

    Args:
        decoded: The page's markup.
        url: Its address: for the date in its path and for messages.

    Raises:
        LimitExceeded: The guard refuses the markup.
        Unreadable: No text comes out of more than 2 kB, or a script would have to draw it.
    """
    return _text(*_flow(decoded, url), decoded, url)


def read_html_with_links(decoded: Decoded, *, url: str) -> tuple[Text, PageLinks]:
    """Text and links of an HTML page from one parse; raises what `read_html` does."""
    from zmpwatch.read.links import links_of  # noqa: PLC0415 - it imports this module

    parsed, page = _flow(decoded, url)
    links = links_of(page, url=url, encoding=decoded.encoding)  # before lines are marked as side lists
    return _text(parsed, page, decoded, url), links


def _flow(decoded: Decoded, url: str | None) -> tuple[Parsed, Flow]:
    parsed = parse(decoded.text, url=url)
    return parsed, flow(parsed.events)


def _text(parsed: Parsed, page: Flow, decoded: Decoded, url: str | None) -> Text:
    notes = decoded.notes
    if is_shell(page, decoded.text):
        if not (told := lines_in_data(page)):
            raise Unreadable(NEEDS_SCRIPT, url=url)
        page.lines += told
        notes = (*notes, FROM_DATA)
    elif page.lines and parsed.depth <= _MAIN_TEXT_DEPTH:
        _mark_side_lists(page, decoded.text)
    content, blocks = assemble((line.kind, line.text, line.boilerplate) for line in page.lines)
    if not content and len(decoded.text) > NO_TEXT_FROM:
        raise Unreadable("no text", url=url)
    title = find_title(page, url=url)
    missing_end = lacks_end(decoded.text)
    return Text(
        content=content,
        title=title,
        published=find_published(page, url=url, title=title),
        blocks=blocks,
        media_type="text/html",
        encoding=decoded.encoding,
        complete=missing_end is None,
        notes=(*notes, *([missing_end] if missing_end else ())),
    )


def survey(markup: str, *, url: str | None = None) -> Flow:
    """Lines, links, metadata of a page: one guarded parse for all who need them."""
    return flow(parse(markup, url=url).events)


_OPENED = re.compile(r"<(?:html|body|frameset)[\s>]", re.IGNORECASE)
_CLOSED = re.compile(r"</(?:html|body|frameset)\s*>", re.IGNORECASE)


def lacks_end(markup: str) -> str | None:
    """A remark where the markup stops before its end, else None.

    A template that died halfway is a whole response on the wire; only the missing end tells (docs/faults.md 56). HTML
    lets authors leave ``</body>`` out, but then a page without it can't be told from a cut one, and is not relied on.
    """
    tail = markup[-400:]
    opened = tail.rfind("<")
    if opened >= 0 and ">" not in tail[opened:] and re.match(r"<[A-Za-z/!]", tail[opened:]):
        return "no end of document: it stops inside a tag"
    # nearly all pages end at their end, which need not be looked for from the beginning
    if not _CLOSED.search(tail) and _OPENED.search(markup) and not _CLOSED.search(markup):
        return "no end of document"
    return None


def _mark_side_lists(page: Flow, markup: str) -> None:
    """Adds to the marks of landmarks and class names what resiliparse does not count as main text.

    Only short blocks that are mostly links are marked so: lists of other news; headings that link stay. Where class
    names alone have marked all but a tenth of the page, they are wrong about it, and are dropped for the blocks
    resiliparse calls main.
    """
    main = _main_lines(markup)
    total = sum(len(line.text) for line in page.lines)
    plain = sum(len(line.text) for line in page.lines if not line.boilerplate)
    if plain < total * _FALLBACK_SHARE:
        for line in page.lines:
            line.boilerplate = line.landmark or not _is_main(line, main)
        return
    for line in page.lines:
        if line.kind is not BlockKind.HEADING and len(line.text) <= _SHORT_BLOCK and line.linked * 2 > len(line.text):
            line.boilerplate = line.boilerplate or (bool(main) and not _is_main(line, main))
    _mark_menus(page.lines)


def _mark_menus(lines: list[Line]) -> None:
    """Marks rows of three or more short blocks that are links and nothing else, above the first heading."""
    above = list(takewhile(lambda line: line.kind is not BlockKind.HEADING or line.boilerplate, lines))
    if len(above) == len(lines):
        return
    for is_menu, row in groupby(above, key=_is_menu_entry):
        entries = list(row)
        if is_menu and len(entries) >= _SHORTEST_MENU:
            for line in entries:
                line.boilerplate = True


def _is_menu_entry(line: Line) -> bool:
    return len(line.text) <= _MENU_ENTRY and line.linked >= len(line.text)


def _is_main(line: Line, main: set[str]) -> bool:
    return any(_squeeze(part) in main for part in line.text.split("\n")) or _squeeze(line.text) in main


def _main_lines(markup: str) -> set[str]:
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415 - heavy
    from resiliparse.parse.html import HTMLTree  # noqa: PLC0415 - heavy

    text = extract_plain_text(
        HTMLTree.parse(markup), main_content=True, list_bullets=False, alt_texts=False, links=False
    )
    return {squeezed for line in text.splitlines() if (squeezed := _squeeze(line))}


def _squeeze(text: str) -> str:
    return fold_space(text).replace(" ", "").replace("|", "")

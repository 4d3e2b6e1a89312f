"""Plain text to `Text`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zmpwatch.model import Block, BlockKind, Text
from zmpwatch.read.dates import machine_date
from zmpwatch.read.published import date_in_path

__all__ = ["text_from_plain"]

_BLANK_LINE = re.compile(r"\n[ \t\r\f\v\u00a0]*\n")
_ITEM = re.compile(r"(?:[-*•▪■►–]|\(?\d{1,3}[.)]|[a-z]\))\s+\S")
_UNFIT = re.compile("[\x00\ud800-\udfff]")
_LONGEST_TITLE = 200


def text_from_plain(content: str, *, url: str | None = None, published: str | None = None) -> Text:
    """A `Text` of what is text already.

    The content stays as it is, so that offsets count the caller's own characters; only NUL and lone surrogates,
    which no database takes, become U+FFFD one for one. Blocks are paragraphs between
    blank lines, and list items line by line.

    Args:
        content: The text.
        url: Its address; a date in the path counts where `published` is missing.
        published: Its date where known, ISO or any form `machine_date` reads; nothing is looked for in the text.
    """
    content = _UNFIT.sub("\ufffd", content)
    blocks = tuple(_blocks(content))
    first = next((content[b.start : b.end].split("\n", 1)[0].strip() for b in blocks), None)
    return Text(
        content=content,
        title=first if first and len(first) <= _LONGEST_TITLE else None,
        published=machine_date(published) if published else date_in_path(url),
        blocks=blocks,
        media_type="text/plain",
    )


def _blocks(content: str) -> Iterator[Block]:
    at = 0
    for gap in [*_BLANK_LINE.finditer(content), None]:
        end = gap.start() if gap else len(content)
        yield from _block(content, at, end)
        at = gap.end() if gap else end


def _block(content: str, start: int, end: int) -> Iterator[Block]:
    """The paragraph of `content[start:end]`, or its list items; the ends are free of blanks."""
    begin, kind = start, BlockKind.PARAGRAPH
    at = start
    while at < end:
        stop = content.find("\n", at, end)
        stop = end if stop < 0 else stop
        if _ITEM.match(content[at:stop].lstrip()):
            yield from _trimmed(content, begin, at, kind)
            begin, kind = at, BlockKind.LIST_ITEM
        at = stop + 1
    yield from _trimmed(content, begin, end, kind)


def _trimmed(content: str, start: int, end: int, kind: BlockKind) -> Iterator[Block]:
    text = content[start:end]
    stripped = text.strip()
    if stripped:
        start += len(text) - len(text.lstrip())
        yield Block(kind, start, start + len(stripped))

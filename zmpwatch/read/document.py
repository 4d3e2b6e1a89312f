"""Documents to `Text`: PDF, DOCX, ODT, RTF and DOC, by way of the limited child."""

from __future__ import annotations

from zmpwatch.errors import NeedsOcr, Unreadable
from zmpwatch.model import Text
from zmpwatch.read.blocks import assemble
from zmpwatch.read.characters import clean
from zmpwatch.read.mediatype import MediaType
from zmpwatch.read.pieces import Pieces
from zmpwatch.read.sandbox import run_child

__all__ = ["read_office_or_pdf"]

_RUBBISH_SHARE = 0.3
_LONGEST_TITLE = 300


def read_office_or_pdf(body: bytes, kind: MediaType, *, url: str | None = None) -> Text:
    """Text of a document, its paragraphs as blocks.

    The title comes from the document's properties where a person has set one. Its dates are never taken: they tell when
    a file was made or last saved, often years from the day its text is of.

    Args:
        body: The document.
        kind: What `sniff` says it is.
        url: Its address, for messages.

    Raises:
        LimitExceeded: A bound on size, time, memory or output stopped the reader.
        NeedsOcr: A scan, or a text layer that is no text.
        Unreadable: Damaged, encrypted, empty, or the parser crashed on it.
    """
    try:
        found = Pieces.from_json(run_child(body, kind.value))
    except ValueError as error:
        raise Unreadable(f"the reader gave {error}", url=url) from error
    content, blocks = assemble((kind_, clean(text).strip(), side) for kind_, text, side in found.pieces)
    _check(content, kind, url)
    return Text(
        content=content,
        title=clean(found.title).strip()[:_LONGEST_TITLE] or None if found.title else None,
        blocks=blocks,
        media_type=kind.value,
        notes=tuple(found.notes),
    )


def _check(content: str, kind: MediaType, url: str | None) -> None:
    """An empty answer or one of rubbish is no text (DEPENDENCIES section 4: some readers return NULs as text)."""
    letters = sum(map(str.isalnum, content))
    if not letters:
        raise Unreadable("no text", url=url)
    strange = sum(1 for c in content if c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or c >= "\U000f0000")
    if strange > _RUBBISH_SHARE * (letters + strange):
        if kind is MediaType.PDF:
            raise NeedsOcr("a text layer whose letters can't be told", url=url)
        raise Unreadable("rubbish in place of text", url=url)

"""DOCX, ODT, RTF and DOC to paragraphs, by xberg; runs in the limited child.

All that knows xberg is here, so that zipfile with lxml, striprtf and antiword could take its place.
"""

from __future__ import annotations

import asyncio
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from zmpwatch.errors import LimitExceeded, NeedsOcr, Unreadable
from zmpwatch.model import BlockKind
from zmpwatch.read.mediatype import MediaType
from zmpwatch.read.pieces import Pieces
from zmpwatch.read.sniff import OLE_MAGIC

__all__ = ["read_office"]

MAX_ENTRIES = 5_000
MAX_PART_BYTES = 50 << 20
"""docs/faults.md 85: entries of an archive, and bytes of one inflated part."""

MAX_RTF_DEPTH = 1_000
MAX_TABLE_CELLS = 100_000

_DOCX_PARTS = re.compile(r"word/(?:document\d*|header\d*|footer\d*|footnotes|endnotes|styles|numbering)\.xml")
_ODT_PARTS = re.compile(r"(?:content|styles|meta)\.xml")
_ENTITY = re.compile(rb"<!ENTITY|<\x00!\x00E\x00N\x00T\x00I\x00T\x00Y", re.IGNORECASE)
_RTF_BRACE = re.compile(rb"\\[{}\\]|[{}]")
_NO_TITLE = re.compile(r"(?i)^(?:untitled|bez tytułu|dokument\d*|document\d*|word document|.*\.(?:docx?|rtf|odt)|\W*)$")


def read_office(body: bytes, kind: MediaType) -> Pieces:
    """Paragraphs, list items and table rows of an office document.

    Raises:
        LimitExceeded: An archive or a nesting over its bound.
        NeedsOcr: Pictures and no text.
        Unreadable: Damaged, encrypted, of another type than `kind` says, or without text.
    """
    pictures = False
    if body.startswith(OLE_MAGIC):
        if kind is not MediaType.DOC:
            raise Unreadable("encrypted")
    elif kind in {MediaType.DOCX, MediaType.ODT}:
        pictures = _check_archive(body, kind)
    elif kind is MediaType.RTF:
        _check_rtf(body)
    found = _extract(body, kind)
    if not any(text.strip() for _, text, _ in found.pieces):
        if pictures:
            raise NeedsOcr("pictures in place of text")
        raise Unreadable("no text")
    return found


def _check_archive(body: bytes, kind: MediaType) -> bool:
    """Bounds and dangers of the archive, before another program opens it; whether it holds pictures.

    Sizes are counted while inflating: the ones in the headers are the author's word.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES:
                raise LimitExceeded(f"an archive of {len(entries):,} entries, at most {MAX_ENTRIES:,} are read")
            parts = _DOCX_PARTS if kind is MediaType.DOCX else _ODT_PARTS
            for entry in entries:
                if entry.flag_bits & 1:
                    raise Unreadable("encrypted")
                if parts.fullmatch(entry.filename):
                    _check_part(archive, entry)
                elif entry.filename == "META-INF/manifest.xml":
                    with archive.open(entry) as manifest:
                        if b"encryption-data" in manifest.read(1 << 20):
                            raise Unreadable("encrypted")
            return any(re.match(r"(?:word/media|Pictures)/.", entry.filename) for entry in entries)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, OverflowError) as error:
        raise Unreadable(f"damaged archive: {error}") from error
    except RuntimeError as error:  # what zipfile raises for a password
        raise Unreadable("encrypted") from error
    except zlib.error as error:
        raise Unreadable("damaged archive: its data does not inflate") from error


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    size, head = 0, b""
    with archive.open(entry) as part:
        while piece := part.read(1 << 20):
            head = head or piece[:65_536]
            size += len(piece)
            if size > MAX_PART_BYTES:
                raise LimitExceeded(f"{entry.filename} inflates to more than {MAX_PART_BYTES:,} bytes")
    if _ENTITY.search(head):
        raise Unreadable(f"{entry.filename} defines entities; they are not expanded")


def _check_rtf(body: bytes) -> None:
    depth = deepest = 0
    for brace in _RTF_BRACE.finditer(body):
        if brace.group() == b"{":
            depth += 1
            deepest = max(deepest, depth)
        elif brace.group() == b"}":
            depth -= 1
    if deepest > MAX_RTF_DEPTH:
        raise LimitExceeded(f"RTF groups {deepest:,} deep, at most {MAX_RTF_DEPTH:,} are read")
    if not body.rstrip(b"\0 \t\r\n\x1a").endswith(b"}"):
        raise Unreadable("cut short: an RTF without its last brace")


def _extract(body: bytes, kind: MediaType) -> Pieces:
    import xberg  # noqa: PLC0415 - 40 MB; only here

    config = xberg.ExtractionConfig(
        disable_ocr=True,  # else it runs OCR on pictures, and was seen to look for a model on the network
        use_cache=False,
        enable_quality_processing=False,
        output_format="plain",
        include_document_structure=True,
        content_filter=xberg.ContentFilterConfig(
            include_headers=True, include_footers=True, include_footnotes=True, strip_repeating_text=False
        ),
        security_limits=xberg.SecurityLimits(
            max_archive_size=4 * MAX_PART_BYTES,
            max_content_size=MAX_PART_BYTES,
            max_files_in_archive=MAX_ENTRIES,
            max_table_cells=MAX_TABLE_CELLS,
        ),
        concurrency=xberg.ConcurrencyConfig(max_threads=1),
        extraction_timeout_secs=25,
    )
    source = xberg.ExtractInput(kind="bytes", bytes=body, mime_type=kind.value)
    try:
        result = asyncio.run(xberg.extract(source, config))
    except xberg.XbergError as error:
        raise Unreadable(_reason(error)) from error
    except (RuntimeError, ValueError) as error:
        raise Unreadable(_reason(error)) from error
    if not result.results:
        raise Unreadable(_reason(result.errors[0]) if result.errors else "no text")
    document = result.results[0]
    pieces = Pieces(title=_title(document.metadata))
    if document.document is None:
        pieces.pieces = [(BlockKind.PARAGRAPH, part, False) for part in re.split(r"\n\s*\n", document.content)]
    else:
        for node in document.document.nodes:
            _add(pieces, json.loads(str(node.content)), str(node.content_layer))
    if kind is MediaType.DOC:
        pieces.pieces = [piece for _, text, _ in pieces.pieces for piece in _word_97(text)]
    return pieces


def _word_97(text: str) -> Iterator[tuple[BlockKind, str, bool]]:
    """Paragraphs and table rows of a Word 97 file, which xberg hands over as one text.

    A line is a paragraph; in tables a cell ends in a tab, a row in two. An empty cell looks like the end of a row.
    """
    for line in text.splitlines():
        if not line.endswith("\t\t"):
            yield BlockKind.PARAGRAPH, line, False
            continue
        for row in line.split("\t\t"):
            cells = [" ".join(cell.split()) for cell in row.split("\t")]
            yield BlockKind.TABLE_ROW, " | ".join(cells) if any(cells) else "", False


def _reason(error: object) -> str:
    text = " ".join(str(getattr(error, "message", error)).split())
    return f"damaged: {text}"[:200]


def _title(metadata: Any) -> str | None:
    title = (getattr(metadata, "title", None) or "").strip()
    return None if _NO_TITLE.match(title) else title


def _add(pieces: Pieces, node: dict[str, Any], layer: str) -> None:
    running = layer in {"header", "footer"}
    match node:
        case {"node_type": "heading", "text": str(text)} | {"node_type": "title", "text": str(text)}:
            pieces.pieces.append((BlockKind.HEADING, text, running))
        case {"node_type": "list_item", "text": str(text)}:
            pieces.pieces.append((BlockKind.LIST_ITEM, text, running))
        case {"node_type": "table", "grid": {"cells": list(cells)}}:
            pieces.pieces += [(BlockKind.TABLE_ROW, row, running) for row in _rows(cells)]
        case {"text": str(text)}:
            pieces.pieces.append((BlockKind.PARAGRAPH, text, running))


def _rows(cells: list[dict[str, Any]]) -> list[str]:
    rows: dict[int, dict[int, str]] = {}
    for cell in cells:
        rows.setdefault(int(cell["row"]), {})[int(cell["col"])] = " ".join(str(cell["content"]).split())
    lines = []
    for _, row in sorted(rows.items()):
        texts = [text for _, text in sorted(row.items())]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            lines.append(" | ".join(texts))
    return lines

"""Documents to `Text`: PDF, DOCX, ODT, RTF, DOC and ZIP archives of these, by way of the limited child."""

from __future__ import annotations

import time
from typing import Any

from zmpwatch.errors import NeedsOcr, ReadError, Unreadable
from zmpwatch.model import Block, BlockKind, Text
from zmpwatch.read.blocks import assemble
from zmpwatch.read.characters import clean
from zmpwatch.read.mediatype import MediaType
from zmpwatch.read.ocr import MAX_SECONDS, find_tesseract
from zmpwatch.read.pieces import Pieces
from zmpwatch.read.sandbox import WALL_SECONDS, run_child

__all__ = ["read_office_or_pdf"]

ARCHIVE_SECONDS = 180.0
"""For all documents of one archive together; what is not read by then is named."""

MAX_MEMBERS = 60
"""Documents of one archive that are read: the materials of a council's session are some forty."""

_RUBBISH_SHARE = 0.3
_LONGEST_TITLE = 300
_NAMED = 12


def read_office_or_pdf(body: bytes, kind: MediaType, *, url: str | None = None) -> Text:
    """Text of a document, its paragraphs as blocks; of an archive the texts of its documents, each below its name.

    The title comes from the document's properties where a person has set one. Its dates are never taken: they tell when
    a file was made or last saved, often years from the day its text is of. Scanned pages are read by OCR where
    tesseract with Polish is installed.

    Args:
        body: The document.
        kind: What `sniff` says it is.
        url: Its address, for messages.

    Raises:
        LimitExceeded: A bound on size, time, memory or output stopped the reader.
        NeedsOcr: A scan, or a text layer that is no text, and OCR is not installed or can't read it either.
        Unreadable: Damaged, encrypted, empty, or the parser crashed on it.
    """
    if kind is MediaType.ZIP:
        return _read_archive(body, url)
    found, content, blocks = _read(body, kind, url, {})
    return Text(
        content=content,
        title=_title(found),
        blocks=blocks,
        media_type=kind.value,
        notes=tuple(found.notes),
        needs_ocr=len(found.scanned),
    )


def _title(found: Pieces) -> str | None:
    return clean(found.title).strip()[:_LONGEST_TITLE] or None if found.title else None


def _read(
    body: bytes, kind: MediaType, url: str | None, options: dict[str, Any]
) -> tuple[Pieces, str, tuple[Block, ...]]:
    """What the child reads; a scan is given to a second child that runs OCR.

    Where that one fails on a document of which some pages are text (a plan too big to be drawn), these stay.
    """
    try:
        found, content, blocks = _ask(body, kind, url, options)
    except NeedsOcr as error:
        return _by_ocr(body, kind, url, options, error)
    if found.scanned and (tesseract := find_tesseract()) is not None:
        try:
            return _ask(body, kind, url, {**options, "ocr": tesseract.options()}, WALL_SECONDS + MAX_SECONDS)
        except ReadError as error:
            found.notes.append(f"OCR failed: {error.reason}")
    return found, content, blocks


def _by_ocr(
    body: bytes, kind: MediaType, url: str | None, options: dict[str, Any], why: NeedsOcr
) -> tuple[Pieces, str, tuple[Block, ...]]:
    tesseract = find_tesseract()
    if tesseract is None or kind is not MediaType.PDF:
        raise why
    everything = "letters can't be told" in why.reason
    options = {**options, "ocr": tesseract.options(everything=everything)}
    try:
        return _ask(body, kind, url, options, WALL_SECONDS + MAX_SECONDS)
    except NeedsOcr as error:
        raise NeedsOcr(f"{error.reason}, and none that OCR is sure of", url=url) from error


def _ask(
    body: bytes, kind: MediaType, url: str | None, options: dict[str, Any], seconds: float = WALL_SECONDS
) -> tuple[Pieces, str, tuple[Block, ...]]:
    try:
        found = Pieces.from_json(run_child(body, kind.value, options=options, seconds=seconds))
    except ValueError as error:
        raise Unreadable(f"the reader gave {error}", url=url) from error
    content, blocks = assemble((kind_, clean(text).strip(), side) for kind_, text, side in found.pieces)
    _check(content, kind, url)
    return found, content, blocks


def _check(content: str, kind: MediaType, url: str | None) -> None:
    """An empty answer or one of rubbish is no text: some readers return NULs as text."""
    letters = sum(map(str.isalnum, content))
    if not letters:
        raise Unreadable("no text", url=url)
    strange = sum(1 for c in content if c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or c >= "\U000f0000")
    if strange > _RUBBISH_SHARE * (letters + strange):
        if kind is MediaType.PDF:
            raise NeedsOcr("a text layer whose letters can't be told", url=url)
        raise Unreadable("rubbish in place of text", url=url)


def _read_archive(body: bytes, url: str | None) -> Text:
    """The documents of an archive, each in a child of its own: one that crashes its reader costs no other.

    Raises:
        NeedsOcr: None could be read, and some are scans.
        Unreadable: None could be read; the reasons are named.
    """
    deadline = time.monotonic() + ARCHIVE_SECONDS
    pieces: list[tuple[BlockKind, str, bool]] = []
    problems: list[str] = []
    notes: list[str] = []
    read = waiting = 0
    for path, name, kind, problem in _members(run_child(body, "members")):
        if problem is not None:
            problems.append(f"{name}: {problem}")
            continue
        if kind is None:
            continue
        if read >= MAX_MEMBERS or time.monotonic() > deadline:
            problems.append(f"{name}: not read, the archive holds too much")
            continue
        try:
            found, _, _ = _read(body, kind, url, {"member": path})
        except NeedsOcr as error:
            waiting += 1
            problems.append(f"{name}: {error.reason}")
        except ReadError as error:
            problems.append(f"{name}: {error.reason}")
        else:
            read += 1
            waiting += bool(found.scanned)
            notes += [f"{name}: {note}" for note in found.notes]
            pieces.append((BlockKind.HEADING, name, True))
            pieces += [(kind_, clean(text).strip(), side) for kind_, text, side in found.pieces]
    if not read:
        reason = "; ".join(problems[:_NAMED]) or "an archive without documents"
        raise (NeedsOcr if waiting else Unreadable)(reason, url=url)
    content, blocks = assemble(pieces)
    return Text(
        content=content,
        blocks=blocks,
        media_type=MediaType.ZIP.value,
        notes=(*(f"not read: {problem}" for problem in problems[:_NAMED]), *notes),
        needs_ocr=waiting,
    )


def _members(listed: Any) -> list[tuple[list[int], str, MediaType | None, str | None]]:
    """The child's list, checked: place, name, kind where it is one that gives text, and what is wrong with it.

    Raises:
        Unreadable: The list is of another form.
    """
    found: list[tuple[list[int], str, MediaType | None, str | None]] = []
    for one in listed if isinstance(listed, list) else [None]:
        match one:
            case {"path": list(path), "name": str(name), "kind": str(kind), "problem": None | str() as problem} if all(
                type(place) is int for place in path
            ):
                known = MediaType(kind) if kind in set(MediaType) else None
                gives_text = known is not None and (known.is_document or known in {MediaType.HTML, MediaType.PLAIN})
                found.append((path, clean(name)[:300], known if gives_text else None, problem))
            case _:
                raise Unreadable("the reader gave a list of another form")
    return found

"""ZIP archives of documents; runs in the limited child.

Nothing is written anywhere: a name in an archive is a label, never a path. Sizes are counted while inflating, since the
ones in the headers are the author's word.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zmpwatch.errors import LimitExceeded, Unreadable
from zmpwatch.model import BlockKind
from zmpwatch.read.characters import clean
from zmpwatch.read.mediatype import MediaType
from zmpwatch.read.pieces import Pieces
from zmpwatch.read.sniff import sniff

__all__ = ["member", "members", "read_page_piece"]

MAX_ENTRIES = 5_000
MAX_DEPTH = 2
"""Archives inside the archive; what lies deeper is named and not opened."""

MAX_MEMBER_BYTES = 32 << 20
MAX_TOTAL_BYTES = 192 << 20
MAX_RATIO = 200
"""Most a member may grow by; text deflates to a tenth, a page of one colour to a hundredth."""

_LONGEST_NAME = 120
_DAMAGE = (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, OverflowError, zlib.error)
_CHUNK = 1 << 20


@dataclass(slots=True)
class _Budget:
    entries: int = 0
    inflated: int = 0


def members(body: bytes) -> list[dict[str, Any]]:
    """What an archive holds, those of archives in it too, in their order.

    Returns:
        One object a member: ``path`` (its place in each archive on the way), ``name`` (to show), ``kind`` (its media
        type by its bytes, empty where it was not opened) and ``problem`` (why it can't be read, or None).

    Raises:
        LimitExceeded: Too many entries.
        Unreadable: No archive that can be opened.
    """
    found: list[dict[str, Any]] = []
    _list(body, (), "", _Budget(), found)
    return found


def member(body: bytes, path: Sequence[int]) -> bytes:
    """The bytes of one member, by its place in each archive on the way.

    Raises:
        LimitExceeded: It inflates to too much.
        Unreadable: It is encrypted or damaged, or not there.
    """
    for place in path:
        try:
            with _opened(body) as archive:
                body = _inflated(archive, archive.infolist()[place], _Budget())
        except IndexError as error:
            raise Unreadable("no such member") from error
    return body


def read_page_piece(body: bytes, kind: MediaType) -> Pieces:
    """Plain text or markup of an archive, as pieces of a document."""
    from zmpwatch.read.reader import read_bytes  # noqa: PLC0415 - it imports this package's readers, each when needed

    headers = {"content-type": kind.value}
    text = read_bytes(body, headers=headers)
    pieces = [(block.kind, text.content[block.start : block.end], block.boilerplate) for block in text.blocks]
    return Pieces(pieces or [(BlockKind.PARAGRAPH, text.content, False)], text.title, list(text.notes))


def _list(body: bytes, path: tuple[int, ...], folder: str, budget: _Budget, found: list[dict[str, Any]]) -> None:
    with _opened(body) as archive:
        entries = archive.infolist()
        budget.entries += len(entries)
        if budget.entries > MAX_ENTRIES:
            raise LimitExceeded(f"an archive of {budget.entries:,} entries, at most {MAX_ENTRIES:,} are read")
        for place, entry in enumerate(entries):
            if entry.is_dir():
                continue
            here, name = (*path, place), folder + _name(entry)
            one: dict[str, Any] = {"path": here, "name": name, "kind": "", "problem": None}
            try:
                content = _inflated(archive, entry, budget)
                kind = sniff(content)
                one["kind"] = kind.value
                if kind is MediaType.ZIP and len(here) <= MAX_DEPTH:
                    _list(content, here, f"{name}: ", budget, found)
                    continue
                if kind is MediaType.ZIP:
                    one["problem"] = f"an archive inside {MAX_DEPTH} others; it was not opened"
            except (LimitExceeded, Unreadable) as error:
                if budget.entries > MAX_ENTRIES:
                    raise
                one["problem"] = error.reason
            found.append(one)


def _opened(body: bytes) -> zipfile.ZipFile:
    try:
        # names without the mark of UTF-8 were written by a Polish Windows or DOS
        return zipfile.ZipFile(io.BytesIO(body), metadata_encoding="cp852")
    except _DAMAGE as error:
        raise Unreadable(f"damaged archive: {error}") from error


def _inflated(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: _Budget) -> bytes:
    if entry.flag_bits & 1:
        raise Unreadable("encrypted")
    parts, size = [], 0
    try:
        with archive.open(entry) as stream:
            while part := stream.read(_CHUNK):
                parts.append(part)
                size += len(part)
                budget.inflated += len(part)
                if size > MAX_MEMBER_BYTES:
                    raise LimitExceeded(f"inflates to more than {MAX_MEMBER_BYTES:,} bytes")
                if size > _CHUNK and size > MAX_RATIO * max(1, entry.compress_size):
                    raise LimitExceeded(f"inflates to more than {MAX_RATIO} times its size")
                if budget.inflated > MAX_TOTAL_BYTES:
                    raise LimitExceeded(f"the archive inflates to more than {MAX_TOTAL_BYTES:,} bytes")
    except RuntimeError as error:  # what zipfile raises for a password
        raise Unreadable("encrypted") from error
    except _DAMAGE as error:
        raise Unreadable(f"damaged: {error}"[:200]) from error
    return b"".join(parts)


def _name(entry: zipfile.ZipInfo) -> str:
    """The last part of a name, to show: without folders, drives and signs that steer a terminal."""
    last = entry.filename.replace("\\", "/").rstrip("/").rpartition("/")[2]
    shown = "".join(character for character in clean(last) if character.isprintable()).strip()
    return shown[-_LONGEST_NAME:] or "a member without a name"

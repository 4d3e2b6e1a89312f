"""The type of a body, told from its first bytes; what the server says is a hint and never more (docs/faults.md 89)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from zmpwatch.read.mediatype import MediaType

__all__ = ["content_type", "sniff"]

HEAD_BYTES = 2048
"""How far into the body markup is looked for."""

PDF_HEAD_BYTES = 1024
"""ISO 32000-1, Annex H.3.4.1: readers accept the header anywhere within the first 1,024 bytes."""

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# Stream names stand in the directory of an OLE container as UTF-16.
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")

_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|table|div|p|br|h[1-6]|span|a|ul|ol|img|b|i|font|"
    rb"center|form|section|main|article|frameset|noscript)(?:[\s/>]|$)",
    re.IGNORECASE,
)
_XML = re.compile(rb"<(?:\?xml[\s?]|!--|[A-Za-z_][\w.:-]*[\s/>])")
_FEED_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?(rss|RDF|feed|urlset|sitemapindex|html)(?:[\s/>])")
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x1b\x08")


def content_type(headers: Mapping[str, str] | None) -> tuple[str, str | None]:
    """The media type and the charset of a ``Content-Type`` header, both in lower case.

    Args:
        headers: Response headers, names in lower case.

    Returns:
        ``("", None)`` where the header is missing.
    """
    value = (headers or {}).get("content-type", "")
    kind, _, rest = value.partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?\s*([^\s\"';,]+)", rest, re.IGNORECASE)
    return kind.strip().lower(), charset.group(1).lower() if charset else None


def sniff(body: bytes, headers: Mapping[str, str] | None = None) -> MediaType:
    """The type of a body.

    Magic bytes decide; `headers` break the tie only between kinds of text. An OLE container that holds no Word document
    is `UNKNOWN`, one that holds an encrypted package is taken for the DOCX it was, so that the reader can say why it
    can't be read.

    Args:
        body: The bytes after content decoding.
        headers: Response headers, names in lower case.
    """
    head = body[:HEAD_BYTES]
    if b"%PDF-" in head[:PDF_HEAD_BYTES] and not _HTML.match(_skip_blank(head)):
        return MediaType.PDF
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(body)
    if head.startswith(OLE_MAGIC):
        return _ole_kind(body)
    if head.lstrip().startswith(b"{\\rtf"):
        return MediaType.RTF
    return _text_kind(head, headers)


def _skip_blank(head: bytes) -> bytes:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()


def _zip_kind(body: bytes) -> MediaType:
    """DOCX, ODT or an archive of anything, by the names in the directory, which stand in it as they are.

    The archive is not opened here: 60,000 entries would cost this process what they are meant to cost. In ODF the entry
    ``mimetype`` comes first and is stored (ODF 1.2 part 3, 3.3); where it is not, the child finds out.
    """
    if body[30:38] == b"mimetype" and body[8:10] == b"\0\0":
        return MediaType.ODT if body[38:].startswith(MediaType.ODT.encode()) else MediaType.UNKNOWN
    names = _zip_directory(body)
    if re.search(rb"(?<![\w/])word/document\d*\.xml", names):
        return MediaType.DOCX
    if re.search(rb"(?<![\w/])content\.xml", names):
        return MediaType.ODT
    if re.search(rb"(?<![\w/])(?:xl/workbook|ppt/presentation)\.xml", names):
        return MediaType.UNKNOWN
    return MediaType.ZIP


def _zip_directory(body: bytes) -> bytes:
    """The central directory, which names what the archive itself holds: a DOCX that lies in it has one of its own.

    Of an archive that was cut before its directory, all bytes.
    """
    end = body.rfind(b"PK\x05\x06", max(0, len(body) - 66_000))
    if end < 0 or len(body) < end + 20:
        return body
    size, start = (int.from_bytes(body[end + at : end + at + 4], "little") for at in (12, 16))
    # bytes put before the archive move its directory: its place is counted from the end
    start = start if body[start : start + 4] == b"PK\x01\x02" else max(0, end - size)
    return body[start:end]


def _ole_kind(body: bytes) -> MediaType:
    if _ENCRYPTED_STREAM in body:
        return MediaType.DOCX
    return MediaType.DOC if _WORD_STREAM in body else MediaType.UNKNOWN


def _text_kind(head: bytes, headers: Mapping[str, str] | None) -> MediaType:
    declared, _ = content_type(headers)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[2:].replace(b"\0", b"")
    elif head[:400].count(0) * 3 > len(head[:400]):
        head = head.replace(b"\0", b"") if _looks_utf16(head) else head
    start = _skip_blank(head)
    if root := _FEED_ROOT.search(start):
        name = root.group(1)
        if start.startswith((b"<?xml", b"<!--", b"<" + name)) or b":" in root.group(0):
            kinds = {b"rss": MediaType.RSS, b"RDF": MediaType.RSS, b"feed": MediaType.ATOM, b"html": MediaType.HTML}
            return kinds.get(name, MediaType.XML)
    if start.startswith(b"<?xml") and "html" not in declared:
        return MediaType.HTML if _HTML.search(start) else MediaType.XML
    if _HTML.search(start):
        return MediaType.HTML
    if not start or _is_binary(head):
        return MediaType.UNKNOWN
    if declared in {"text/html", "application/xhtml+xml"}:
        return MediaType.HTML
    if _XML.match(start) and "xml" in declared:
        return MediaType.XML
    return MediaType.PLAIN


def _looks_utf16(head: bytes) -> bool:
    """Text of a Latin script in UTF-16 has its zeros all in one half of the byte pairs."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return min(even, odd) * 10 < max(even, odd)


def _is_binary(head: bytes) -> bool:
    """More than one control character in fifty: no text has that; a few NUL bytes may be in one (docs/faults.md 64)."""
    controls = sum(byte < 0x20 and byte not in _TEXT_CONTROLS for byte in head)
    return controls * 50 > len(head)

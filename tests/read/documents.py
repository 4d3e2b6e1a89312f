"""Documents made for tests: each in a few lines, without a font or a program of the machine."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import docx

_POLISH = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ§–„”"
_GLYPHS = [b"aogonek", b"cacute", b"eogonek", b"lslash", b"nacute", b"oacute", b"sacute", b"zacute", b"zdotaccent"]
_GLYPHS += [glyph.capitalize() for glyph in _GLYPHS] + [b"section", b"endash", b"quotedblbase", b"quotedblright"]


def pdf_of(objects: list[bytes]) -> bytes:
    """A PDF of numbered objects; the first is the catalogue."""
    out, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 2 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s>>\nstream\n%s\nendstream" % (len(data), extra, data)


def _encoded(text: str) -> bytes:
    """Codes of the font below, as a hexadecimal string."""
    codes = bytes(128 + _POLISH.index(c) if c in _POLISH else ord(c) for c in text)
    return b"<" + codes.hex().encode() + b">"


def make_pdf(pages: list[list[list[str]]], title: str = "") -> bytes:
    """A PDF of pages of paragraphs of lines, in Helvetica with the Polish letters by glyph name.

    An empty page gets a picture: that is what a scan is.
    """
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding /BaseEncoding"
    font += b" /WinAnsiEncoding /Differences [128 " + b" ".join(b"/" + glyph for glyph in _GLYPHS) + b"] >> >>"
    picture = stream(
        zlib.compress(b"\x80" * 64),
        b"/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8"
        b" /Filter /FlateDecode ",
    )
    info = b"<< /Title (\xfe\xff" + title.encode("utf-16-be").replace(b"\\", b"\\\\").replace(b"(", b"\\(") + b") >>"
    objects = [b"<< /Type /Catalog /Pages 3 0 R >>", info, b"", font, picture]
    kids = []
    for page in pages:
        drawn = [b"BT /F1 12 Tf 14 TL 72 780 Td"]
        for paragraph in page:
            drawn += [*(_encoded(line) + b" Tj T*" for line in paragraph), b"T*"]
        drawn.append(b"ET")
        if not page:
            drawn = [b"q 500 0 0 700 50 50 cm /Im1 Do Q"]
        objects.append(stream(b"\n".join(drawn)))
        objects.append(
            b"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources"
            b" << /Font << /F1 4 0 R >> /XObject << /Im1 5 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[2] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return pdf_of(objects)


def make_docx(paragraphs: list[str], *, title: str = "", table: list[list[str]] | None = None) -> bytes:
    document = docx.Document()
    document.core_properties.title = title
    document.add_heading(paragraphs[0], 1)
    for text in paragraphs[1:]:
        document.add_paragraph(text)
    document.add_paragraph("punkt pierwszy", style="List Bullet")
    if table:
        grid = document.add_table(len(table), len(table[0]))
        for row, texts in zip(grid.rows, table, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    document.sections[0].header.paragraphs[0].text = "Nagłówek każdej strony"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def make_zip(entries: list[tuple[str, str | bytes]], *, stored_first: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, data) in enumerate(entries):
            how = zipfile.ZIP_STORED if stored_first and number == 0 else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data, how)
    return out.getvalue()


_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.2"'
)
ODT = "application/vnd.oasis.opendocument.text"


def make_odt(paragraphs: list[str], *, manifest: bool = True, prologue: str = "", encrypted: bool = False) -> bytes:
    inner = f'<text:h text:outline-level="1">{paragraphs[0]}</text:h>'
    inner += "".join(f"<text:p>{text}</text:p>" for text in paragraphs[1:])
    inner += "<text:list><text:list-item><text:p>punkt pierwszy</text:p></text:list-item></text:list>"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prologue}<office:document-content {_ODF}><office:body><office:text>'
        f"{inner}</office:text></office:body></office:document-content>"
    )
    entries: list[tuple[str, str | bytes]] = [("mimetype", ODT), ("content.xml", content)]
    if manifest:
        secret = "<manifest:encryption-data/>" if encrypted else ""
        listed = (
            '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
            f'manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{ODT}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
            f"{secret}</manifest:file-entry></manifest:manifest>"
        )
        entries.append(("META-INF/manifest.xml", listed))
    return make_zip(entries, stored_first=True)


def make_rtf(paragraphs: list[str]) -> bytes:
    """RTF in windows-1250, its letters as ``\\'xx``."""
    lines = []
    for text in paragraphs:
        codes = "".join(c if ord(c) < 128 else "".join(f"\\'{b:02x}" for b in c.encode("cp1250")) for c in text)
        lines.append(codes + "\\par\n")
    return (
        "{\\rtf1\\ansi\\ansicpg1250\\deff0{\\fonttbl{\\f0\\fcharset238 Arial;}}\\pard " + "".join(lines) + "}"
    ).encode("ascii")


def make_doc(paragraphs: list[str]) -> bytes:
    """A Word 97 file as small as it gets: [MS-DOC] head, one text piece in UTF-16, an [MS-CFB] container around it."""
    text = "".join(f"{paragraph}\r" for paragraph in paragraphs)
    encoded = text.encode("utf-16-le")
    start = 0x800
    head = bytearray(start)
    struct.pack_into("<HH", head, 0, 0xA5EC, 0x00C1)
    struct.pack_into("<H", head, 0x0A, 0x0200 | 0x1000)  # the table stream is "1Table"; extended characters
    struct.pack_into("<H", head, 0x20, 0x000E)
    struct.pack_into("<H", head, 0x3E, 0x0016)
    struct.pack_into("<II", head, 0x18, start, start + len(encoded))
    struct.pack_into("<I", head, 0x4C, len(text))
    struct.pack_into("<H", head, 0x98, 0x005D)
    pieces = struct.pack("<II", 0, len(text)) + struct.pack("<HIH", 0, start, 0)
    table = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", head, 0x01A2, 0, len(table))
    return _compound([("1Table", table), ("WordDocument", bytes(head) + encoded)])  # shorter names go first


def _compound(streams: list[tuple[str, bytes]]) -> bytes:
    """A compound file of streams, each filled up past 4,096 bytes so that it needs no mini stream."""
    free, end, fat_mark = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    fat, data, entries = [fat_mark, end], b"", []
    for name, content in streams:
        padded = content.ljust(max(4096, -(-len(content) // 512) * 512), b"\0")
        first, sectors = len(fat), len(padded) // 512
        fat += [*range(first + 1, first + sectors), end]
        data += padded
        entries.append((name, 2, first, len(padded)))
    directory = b""
    for number, (name, kind, first, size) in enumerate([("Root Entry", 5, end, 0), *entries]):
        right = number + 1 if 0 < number < len(entries) else free
        child = 1 if number == 0 else free
        encoded = name.encode("utf-16-le")
        directory += encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded) + 2, kind, 1)
        directory += struct.pack("<III", free, right, child) + b"\0" * 36 + struct.pack("<IQ", first, size)
    directory = directory.ljust(512, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<I", 0) + b"\xff" * 432
    assert len(fat) <= 128
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff")
    return header + table + directory + data

"""Documents in their limited child, whole and damaged."""

import random
import zlib

import pytest

from zmpwatch.errors import LimitExceeded, NeedsOcr, ReadError, Unreadable
from zmpwatch.model import BlockKind
from zmpwatch.read import MediaType, read_bytes

from .documents import make_doc, make_docx, make_odt, make_pdf, make_rtf, make_zip, pdf_of, stream

HEADING = "Uchwała Nr XI/59/25 Rady Miasta"
BODY = "Zażółć gęślą jaźń: miasto Łódź przystępuje do związku, Żory też."
PDF_PAGES = [
    [
        [HEADING],
        ["Na podstawie ustawy rada miasta Konstancin-", "Jeziorna wyraża zgodę na przystą-", "pienie do"],
        ["1"],
    ],
    [["związku."], ["§ 1. „Drugi” akapit – ąćęłńóśźż.", "Jego drugi wiersz."], ["2"]],
]
KINDS = {
    MediaType.PDF: lambda: make_pdf(PDF_PAGES),
    MediaType.DOCX: lambda: make_docx([HEADING, BODY]),
    MediaType.ODT: lambda: make_odt([HEADING, BODY]),
    MediaType.RTF: lambda: make_rtf([HEADING, BODY]),
    MediaType.DOC: lambda: make_doc([HEADING, BODY]),
}


def said_of(body):
    """The text, else the reason: one of them is never empty."""
    try:
        return read_bytes(body).content
    except ReadError as error:
        return error.reason


def kinds_and_texts(text):
    return [(b.kind, text.content[b.start : b.end], b.boilerplate) for b in text.blocks]


def test_pdf():
    text = read_bytes(make_pdf(PDF_PAGES, title="Uchwała o przystąpieniu"))
    assert text.title == "Uchwała o przystąpieniu"
    assert text.published is None
    assert kinds_and_texts(text) == [
        (BlockKind.PARAGRAPH, HEADING, False),
        (
            BlockKind.PARAGRAPH,
            "Na podstawie ustawy rada miasta Konstancin-\nJeziorna wyraża zgodę na przystą-\npienie do",
            False,
        ),
        (BlockKind.OTHER, "1", True),
        (BlockKind.PARAGRAPH, "związku.", False),
        (BlockKind.PARAGRAPH, "§ 1. „Drugi” akapit – ąćęłńóśźż.\nJego drugi wiersz.", False),
        (BlockKind.OTHER, "2", True),
    ]


@pytest.mark.parametrize("title", ["Microsoft Word - uchwala.doc", "untitled", "projekt.docx", "", "---"])
def test_titles_a_program_gave_are_none(title):
    assert read_bytes(make_pdf(PDF_PAGES, title=title)).title is None


def test_docx():
    text = read_bytes(make_docx([HEADING, BODY], title="Tytuł", table=[["Za", "Przeciw"], ["15", "0"]]))
    assert text.title == "Tytuł"
    assert kinds_and_texts(text) == [
        (BlockKind.HEADING, HEADING, False),
        (BlockKind.PARAGRAPH, BODY, False),
        (BlockKind.LIST_ITEM, "punkt pierwszy", False),
        (BlockKind.TABLE_ROW, "Za | Przeciw", False),
        (BlockKind.TABLE_ROW, "15 | 0", False),
        (BlockKind.PARAGRAPH, "Nagłówek każdej strony", True),
    ]


@pytest.mark.parametrize("manifest", [True, False])
def test_odt(manifest):
    text = read_bytes(make_odt([HEADING, BODY], manifest=manifest))
    assert [piece for _, piece, _ in kinds_and_texts(text)] == [HEADING, BODY, "punkt pierwszy"]


def test_rtf():
    text = read_bytes(make_rtf([HEADING, BODY]))
    assert [piece for _, piece, _ in kinds_and_texts(text)] == [HEADING, BODY]


def test_doc():
    text = read_bytes(
        make_doc([HEADING, BODY, "Za\x07Przeciw\x07\x0715\x070\x07\x07", '\x13 HYPERLINK "x" \x14tu\x15 dalej'])
    )
    assert text.media_type == MediaType.DOC
    assert kinds_and_texts(text) == [
        (BlockKind.PARAGRAPH, HEADING, False),
        (BlockKind.PARAGRAPH, BODY, False),
        (BlockKind.TABLE_ROW, "Za | Przeciw", False),
        (BlockKind.TABLE_ROW, "15 | 0", False),
        (BlockKind.PARAGRAPH, "tu dalej", False),
    ]


def test_rtf_with_a_lying_length_and_a_letter_without_fallback():
    body = rb"{\rtf1\ansi\ansicpg1250 Zwi\'b9zek \u261 ?\bin2147483647 abc 373}"
    try:
        text = read_bytes(body)
    except ReadError:
        return
    assert "Związek ą" in text.content


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_cut_documents_are_unreadable(kind, share):
    body = KINDS[kind]()
    with pytest.raises(ReadError):
        read_bytes(body[: int(len(body) * share)])


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize("seed", range(3))
def test_flipped_bytes_give_text_or_a_read_error(kind, seed):
    body = bytearray(KINDS[kind]())
    chance = random.Random(seed)
    for _ in range(30):
        body[chance.randrange(len(body))] = chance.randrange(256)
    assert said_of(bytes(body))


def test_scans_need_ocr():
    with pytest.raises(NeedsOcr):
        read_bytes(make_pdf([[], []]))
    partly = read_bytes(make_pdf([*PDF_PAGES, []]))
    assert partly.notes == ("pages without a text layer: 3",)


def test_encrypted_pdf():
    import io

    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    def made(user: str) -> bytes:
        out = io.BytesIO()
        canvas = Canvas(out, encrypt=StandardEncryption(user, ownerPassword="owner", canPrint=0))
        canvas.drawString(72, 700, "Miasto Lipniki")
        canvas.save()
        return out.getvalue()

    with pytest.raises(Unreadable, match="encrypted"):
        read_bytes(made("secret"))
    assert read_bytes(made("")).content == "Miasto Lipniki"  # a password that only forbids printing


def test_encrypted_office_files():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(Unreadable, match="encrypted"):
        read_bytes(ole)
    with pytest.raises(Unreadable, match="encrypted"):
        read_bytes(make_odt([HEADING], encrypted=True))
    with pytest.raises(Unreadable, match="an office file that is encrypted, damaged or no document of Word"):
        read_bytes(ole[:4000])


def test_damaged_word_file():
    with pytest.raises(Unreadable):
        read_bytes(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096 + "WordDocument".encode("utf-16-le") + b"\0" * 900
        )


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx_parts(document: str | bytes) -> list[tuple[str, str | bytes]]:
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    )
    return [("[Content_Types].xml", types), ("word/document.xml", document)]


def test_bombs():
    spaces = (
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>'
        + " " * (60 << 20)
        + "</w:t></w:r></w:p></w:body></w:document>"
    )
    with pytest.raises(LimitExceeded, match="inflates"):
        read_bytes(make_zip(docx_parts(spaces)))
    with pytest.raises(LimitExceeded, match="entries"):
        read_bytes(make_zip([*docx_parts("<x/>"), *((f"word/media/{i}", b"") for i in range(5_100))]))
    with pytest.raises(LimitExceeded, match="deep"):
        read_bytes(b"{\\rtf1\\ansi " + b"{" * 50_000 + b"373" + b"}" * 50_001)
    with pytest.raises(LimitExceeded, match="bytes"):
        read_bytes(b"%PDF-1.4" + b"\0" * (33 << 20))


def test_entities_in_documents_are_refused():
    laughs = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    with pytest.raises(Unreadable, match="entities"):
        read_bytes(make_zip(docx_parts(f'{laughs}<w:document xmlns:w="{W}"/>')))
    with pytest.raises(Unreadable, match="entities"):
        read_bytes(make_odt(["&a;"], prologue=laughs))


def page_tree(kids: bytes, count: int, content: bytes, extra: bytes = b"") -> bytes:
    resources = b"/Resources << /Font << /F1 6 0 R >> >>"
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 3 0 R >>",
            b"<< >>",
            b"<< /Type /Pages /Kids %s /Count %d >>" % (kids, count),
            b"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 595 842] /Contents 5 0 R %s >>" % resources,
            stream(content, extra),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
    )


def test_hostile_pdfs():
    nested = zlib.compress(b"\0" * (256 << 20), 9)
    for _ in range(4):
        nested = zlib.compress(nested, 9)
    cases = {
        "own child": page_tree(b"[3 0 R]", 1, b""),
        "many pages": page_tree(b"[" + b"4 0 R " * 200_000 + b"]", 100_000_000, b"BT (x) Tj ET"),
        "nested flate": page_tree(b"[4 0 R]", 1, nested, b"/Filter [" + b"/FlateDecode " * 5 + b"] "),
        "operators": page_tree(
            b"[4 0 R]",
            1,
            zlib.compress(b"BT /F1 1 Tf " + b"(a) Tj 1 0 Td " * 3_000_000 + b"ET", 9),
            b"/Filter /FlateDecode ",
        ),
        "no pages": page_tree(b"[]", 0, b""),
    }
    for name, body in cases.items():
        with pytest.raises(ReadError):
            print(name, read_bytes(body))


def test_empty_documents_are_never_empty_text():
    for body in (make_odt(["", ""]).replace(b"punkt pierwszy", b""), make_rtf([""])):
        assert said_of(body)

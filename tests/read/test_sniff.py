"""The type comes from the bytes."""

import pytest

from zmpwatch.read import MediaType, sniff

from .documents import make_doc, make_docx, make_odt, make_pdf, make_rtf, make_zip

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (make_pdf([[["x"]]]), MediaType.PDF),
        (b"\n\n garbage %PDF-1.4\n", MediaType.PDF),
        (make_docx(["x"]), MediaType.DOCX),
        (make_odt(["x"]), MediaType.ODT),
        (make_zip([("content.xml", "<x/>")]), MediaType.ODT),
        (
            make_zip([("mimetype", "application/vnd.oasis.opendocument.spreadsheet")], stored_first=True),
            MediaType.UNKNOWN,
        ),
        (make_zip([("a.txt", "x")]), MediaType.ZIP),
        (make_rtf(["x"]), MediaType.RTF),
        (make_doc(["x"]), MediaType.DOC),
        (OLE + b"\0" * 500 + "WordDocument".encode("utf-16-le"), MediaType.DOC),
        (OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"), MediaType.DOCX),
        (OLE + b"\0" * 500 + "Workbook".encode("utf-16-le"), MediaType.UNKNOWN),
        (b"<!DOCTYPE html><p>x", MediaType.HTML),
        (b"\xef\xbb\xbf  <html>", MediaType.HTML),
        ("<html><p>x".encode("utf-16"), MediaType.HTML),
        (b"<?xml version='1.0'?><!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml'>", MediaType.HTML),
        (b"<?xml version='1.0'?><rss version='2.0'>", MediaType.RSS),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", MediaType.ATOM),
        (b"<?xml version='1.0'?><!-- x --><urlset>", MediaType.XML),
        (b"<p>strona o %PDF-1.4", MediaType.HTML),
        ("Uchwała w sprawie\nprzystąpienia".encode(), MediaType.PLAIN),
        ("Uchwała".encode("cp1250"), MediaType.PLAIN),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1", MediaType.UNKNOWN),
        (b"", MediaType.UNKNOWN),
        (b"  \n", MediaType.UNKNOWN),
    ],
    ids=range(25),
)
@pytest.mark.parametrize("declared", [None, "application/pdf", "text/html", "application/msword", "text/plain"])
def test_magic_decides(body, kind, declared):
    found = sniff(body, {"content-type": declared} if declared else {})
    if kind is MediaType.PLAIN and declared == "text/html":
        kind = MediaType.HTML  # text with nothing that looks like markup: here the header is all there is
    assert found is kind


def test_every_type_is_page_or_document_or_neither():
    assert {kind for kind in MediaType if not kind.is_page and not kind.is_document} == {MediaType.UNKNOWN}
    assert not {kind for kind in MediaType if kind.is_page and kind.is_document}

"""The ways in: what each takes, and that nothing but a ReadError comes out."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zmpwatch.errors import ReadError, Unreadable
from zmpwatch.model import BlockKind, Page, Text
from zmpwatch.read import read_bytes, read_document, read_page, sniff, text_from_plain
from zmpwatch.read.child import answer
from zmpwatch.read.dates import dates_in, machine_date
from zmpwatch.read.pieces import Pieces

from .documents import make_doc, make_docx, make_odt, make_pdf, make_rtf

AT = datetime(2025, 3, 1, tzinfo=UTC)


def page_of(body: bytes, *, complete: bool = True, kind: str = "text/html") -> Page:
    url = "https://lipniki.example/a"
    return Page(url, url, 200, {"content-type": kind}, body, AT, complete)


def test_pages_and_documents_have_a_reader_each():
    html, pdf = b"<html><body>Lipniki</body></html>", make_pdf([[["Lipniki"]]])
    assert read_page(page_of(html, kind="application/pdf")).content == "Lipniki"
    assert read_document(page_of(pdf)).content == "Lipniki"
    with pytest.raises(Unreadable, match=r"lipniki\.example.*no page: application/pdf"):
        read_page(page_of(pdf))
    with pytest.raises(Unreadable, match="no document: text/html"):
        read_document(page_of(html))
    with pytest.raises(Unreadable, match="empty"):
        read_page(page_of(b""))


def test_a_broken_transfer_makes_the_text_incomplete():
    text = read_page(page_of(b"<p>Lipniki", complete=False))
    assert not text.complete
    assert text.notes == ("the transfer broke off",)


def test_plain_text_keeps_its_offsets():
    content = "UCHWAŁA\r\n\r\n \u00a0 § 1.\u00a0Zgoda\nna przystąpienie\n \n1) pierwsze\n2) drugie\n\x00\ud800"
    text = text_from_plain(content, url="https://x.example/2024/05/06/a")
    assert text.content == content.replace("\x00", "\ufffd").replace("\ud800", "\ufffd")
    assert len(text.content) == len(content)
    assert text.title == "UCHWAŁA"
    assert text.published == "2024-05-06"
    assert [(b.kind, text.content[b.start : b.end]) for b in text.blocks] == [
        (BlockKind.PARAGRAPH, "UCHWAŁA"),
        (BlockKind.PARAGRAPH, "§ 1.\u00a0Zgoda\nna przystąpienie"),
        (BlockKind.LIST_ITEM, "1) pierwsze"),
        (BlockKind.LIST_ITEM, "2) drugie\n\ufffd\ufffd"),
    ]
    assert text_from_plain("x", published="2025-02").published == "2025-02"
    assert text_from_plain("").blocks == ()


@given(st.text(max_size=300))
def test_blocks_of_plain_text_lie_in_order_and_hold_all_letters(content):
    text = text_from_plain(content)
    at = 0
    for block in text.blocks:
        assert at <= block.start < block.end <= len(text.content)
        assert text.content[block.start : block.end].strip() == text.content[block.start : block.end]
        assert not text.content[at : block.start].strip()
        at = block.end
    assert not text.content[at:].strip()


@given(st.text(alphabet="<>/ =\"'!-abdiprtuv&;#x0\nąŻ0123", max_size=300))
def test_blocks_of_pages_lie_in_order(markup):
    try:
        text = read_bytes(b"<html><body>" + markup.encode() + b"</body></html>")
    except ReadError:
        return
    at = 0
    for block in text.blocks:
        assert at <= block.start < block.end <= len(text.content)
        at = block.end


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.binary(max_size=600),
    st.sampled_from([b"", b"<html>", b"<?xml version='1.0'?><rss>", b"\xff\xfe", b"<table><tr>"]),
)
def test_bytes_give_text_or_a_read_error(body, head):
    body = head + body
    if sniff(body).is_document:
        return
    try:
        told = read_bytes(body, url="https://x.example/")
    except ReadError as error:
        told = error
    assert isinstance(told, Text) or (told.reason and told.url == "https://x.example/")


SOURCES = [
    make_doc(["Lipniki"]),
    make_pdf([[["Lipniki"]]]),
    make_docx(["Lipniki"]),
    make_odt(["Lipniki"]),
    make_rtf(["Lipniki", "Łódź"]),
]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(SOURCES), st.data())
def test_mutated_documents_are_answered_in_form(source, data):
    """In this process, where a child for each would be too slow: crashes of the parsers are the sandbox's matter."""
    body = bytearray(source)
    for _ in range(data.draw(st.integers(1, 12))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    kind = sniff(bytes(body))
    if not kind.is_document:
        return
    given_back = answer(kind.value, bytes(body), {})
    if "document" in given_back:
        assert Pieces.from_json(json.loads(json.dumps(given_back["document"])))
    else:
        assert given_back["error"] in {"unreadable", "limit", "ocr"}
        assert given_back["reason"]


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2025", "2025"),
        ("2025-02", "2025-02"),
        ("2025-02-28T23:30:00Z", "2025-03-01"),
        ("2025-07-01 23:30:00+02:00", "2025-07-01"),
        ("2025-02-28 10:00", "2025-02-28"),
        ("2025-02-30", None),
        ("Fri, 28 Feb 2025 10:00:00 GMT", "2025-02-28"),
        ("28.02.2025", "2025-02-28"),
        ("0000-00-00", None),
        ("9999-12-31T23:59:59Z", None),
        ("1345-05-12", None),
        ("wczoraj", None),
        ("", None),
    ],
)
def test_machine_dates(value, iso):
    assert machine_date(value) == iso


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12-03-2025", ["2025-03-12"]),
        ("2 lipca 2024 r.", ["2024-07-02"]),
        ("6 maja 2021; 11:00", ["2021-05-06"]),
        ("7.X.2025", ["2025-10-07"]),
        ("wtorek, 1 Września 2020", ["2020-09-01"]),
        ("2011-04-04 12:31", ["2011-04-04"]),
        ("od 1.01.2020 do 31/12/2020", ["2020-01-01", "2020-12-31"]),
        ("30.02.2025", []),
        ("1.2.3.2025", []),
        ("tel. 12 345 2025", []),
        ("10.0.0.2020", []),
    ],
)
def test_written_dates(text, found):
    assert [iso for iso, _, _ in dates_in(text)] == found


@given(st.text(max_size=60))
def test_dates_never_raise(text):
    for iso, start, end in dates_in(text):
        assert date.fromisoformat(iso).year == int(iso[:4])
        assert any(letter.isdigit() for letter in text[start:end])
    found = machine_date(text)
    assert found is None or date.fromisoformat(found[:10])


def test_importing_the_room_loads_no_parser():
    root = Path(__file__).parents[2]
    heavy = "('lxml', 'resiliparse', 'pypdfium2', 'xberg', 'bs4', 'defusedxml', 'scrapy', 'sqlalchemy')"
    code = f"import sys; import zmpwatch.read; print([m for m in {heavy} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert run.stdout.strip() == "[]"


def test_examples_in_the_documentation():
    import doctest

    import zmpwatch.read
    from zmpwatch.read import fragments

    for module in (zmpwatch.read, fragments):
        result = doctest.testmod(module)
        assert result.attempted
        assert not result.failed

"""Scans are read where tesseract with Polish is installed; elsewhere they wait, and are counted."""

from __future__ import annotations

import io
import os
import stat
import sys
import zipfile
from pathlib import Path

import docx
import pytest

from zmpwatch.errors import NeedsOcr
from zmpwatch.read import MediaType, ocr, read_bytes, recognise
from zmpwatch.read.ocr import find_tesseract, why_no_ocr

from .documents import make_pdf, make_zip
from .scans import FONT, mixed, scan

LINES = [
    "UCHWAŁA NR XI/59/25 RADY MIASTA HAJNÓWKA",
    "z dnia 26 lutego 2025 r. w sprawie przystąpienia",
    "do Związku Miast Polskich",
    "§ 1. Miasto Hajnówka przystępuje do Związku.",
    "Zażółć gęślą jaźń. Głosowało 14 radnych.",
]
PAGE = [["Protokół z XI sesji Rady Miasta Hajnówka"], ["Obrady otworzył przewodniczący rady."]]

tesseract = pytest.mark.skipif(
    find_tesseract() is None or not FONT.is_file(),
    reason=f"{why_no_ocr() or FONT}: apt-get install tesseract-ocr tesseract-ocr-pol fonts-dejavu-core",
)


@tesseract
def test_a_scan_is_read() -> None:
    text = read_bytes(scan(LINES))
    words = " ".join(text.content.split())
    for expected in ("XI/59/25", "26 lutego 2025", "Związku Miast Polskich", "Hajnówka przystępuje", "Zażółć"):
        assert expected in words
    assert text.media_type == MediaType.PDF
    assert text.needs_ocr == 0
    assert len(text.notes) == 1
    assert text.notes[0].startswith("pages read by OCR: 1 (")


@tesseract
@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_lay_the_wrong_way_is_read(turned: int) -> None:
    if not (find_tesseract() or pytest.fail("no tesseract")).turns:
        pytest.skip("tesseract has no data to tell how a page lies (osd)")
    long = LINES + [
        f"§ {number}. Wykonanie uchwały powierza się Burmistrzowi Miasta Hajnówka." for number in range(2, 16)
    ]
    assert "Związku Miast Polskich" in " ".join(read_bytes(scan(long, turned=turned)).content.split())


@tesseract
def test_only_pages_without_text_are_read_by_ocr() -> None:
    text = read_bytes(mixed(LINES, [PAGE]))
    assert text.content.index("Obrady otworzył") < text.content.index("przystępuje")
    assert text.notes[0].startswith("pages read by OCR: 2 (")


@tesseract
def test_a_picture_without_letters_still_needs_ocr() -> None:
    with pytest.raises(NeedsOcr):
        read_bytes(make_pdf([[]]))


@tesseract
def test_pages_beyond_the_limit_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "MAX_PAGES", 1)
    text = read_bytes(scan(LINES, pages=3))
    assert text.needs_ocr == 2
    assert "at most 1 pages of a document are read by OCR" in text.notes
    assert text.notes[-1] == "pages without a text layer: 2, 3"


@tesseract
def test_time_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "MAX_SECONDS", 0.01)
    with pytest.raises(NeedsOcr):
        read_bytes(scan(LINES))


@pytest.fixture
def no_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")


@pytest.mark.usefixtures("no_tesseract")
def test_without_tesseract_a_scan_waits() -> None:
    assert why_no_ocr() == "tesseract is not installed"
    with pytest.raises(NeedsOcr, match="a scan: no text layer"):
        read_bytes(scan(LINES))


@pytest.mark.usefixtures("no_tesseract")
def test_without_tesseract_the_pages_of_a_mixed_document_are_counted() -> None:
    text = read_bytes(mixed(LINES, [PAGE]))
    assert "Obrady otworzył" in text.content
    assert text.needs_ocr == 1
    assert text.notes == ("pages without a text layer: 2",)


def fake(folder: Path, script: str) -> None:
    program = folder / "tesseract"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def test_a_tesseract_without_polish_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(tmp_path, 'echo "List of available languages (2):"; echo eng; echo osd')
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin")
    assert find_tesseract() is None
    assert why_no_ocr() == f"{tmp_path}/tesseract has no Polish data"


def test_a_tesseract_that_fails_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(tmp_path, "exit 1")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin")
    assert "does not answer" in (why_no_ocr() or "")


def test_a_tesseract_that_crashes_on_a_page_leaves_it_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(tmp_path, 'case "$1" in --list-langs) echo pol;; --version) echo tesseract 5.0;; *) kill -SEGV $$;; esac')
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin")
    with pytest.raises(NeedsOcr):
        read_bytes(scan(LINES))


def test_a_document_keeps_its_text_where_ocr_of_its_other_pages_dies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake(tmp_path, 'case "$1" in --list-langs) echo pol;; --version) echo tesseract 5.0;; *) kill -ABRT $PPID;; esac')
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin")
    text = read_bytes(mixed(LINES, [PAGE]))
    assert "Obrady otworzył" in text.content
    assert text.needs_ocr == 1
    assert text.notes == ("pages without a text layer: 2", "OCR failed: the reader crashed on it (SIGABRT)")


def test_a_tesseract_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(tmp_path, 'case "$1" in --list-langs) echo pol;; --version) echo tesseract 5.0;; *) sleep 60;; esac')
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin")
    monkeypatch.setattr(ocr, "MAX_SECONDS", 1.0)
    with pytest.raises(NeedsOcr):
        read_bytes(scan(LINES))


def test_what_tesseract_starts_can_make_no_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is started from the child is held as the child is: its answer, a table of some words, says so."""
    fake(tmp_path, f'exec {sys.executable} -I {tmp_path}/answer.py "$1"')
    answer = """
import socket, sys
if sys.argv[1] == "--list-langs":
    print("pol")
elif sys.argv[1] == "--version":
    print("tesseract 5.0")
else:
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
            made.connect(("127.0.0.1", 9))
        word = "otwarte dla sieci"
    except OSError:
        word = "zamkniete przed siecia"
    print("level\\n" + "\\t".join(["5", "1", "1", "1", "1", "1", "0", "0", "9", "9", "95", word]))
"""
    (tmp_path / "answer.py").write_text(answer, encoding="utf-8")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin")
    assert "zamkniete" in read_bytes(scan(LINES)).content


def test_pictures_in_a_word_file_wait() -> None:
    empty = io.BytesIO()
    docx.Document().save(empty)
    with zipfile.ZipFile(empty) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    with pytest.raises(NeedsOcr, match="pictures in place of text"):
        read_bytes(make_zip([*parts, ("word/media/image1.png", b"\x89PNG" + bytes(100))]))


TABLE = "\n".join(
    [
        "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext",
        "1\t1\t0\t0\t0\t0\t0\t0\t9\t9\t-1\t",
        "5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t96.5\tRada",
        "5\t1\t1\t1\t1\t2\t0\t0\t9\t9\t90.5\tMiasta",
        "5\t1\t1\t1\t2\t1\t0\t0\t9\t9\t95\tuchwala",
        "5\t1\t1\t2\t1\t1\t0\t0\t9\t9\t94\t§",
        "5\t1\t2\t1\t1\t1\t0\t0\t9\t9\t94\t ",
        "5\tbroken",
    ]
)


def test_the_table_of_words() -> None:
    paragraphs, confidence = recognise._paragraphs(TABLE)
    assert paragraphs == ["Rada Miasta\nuchwala", "§"]
    assert confidence == 94.0
    assert recognise._paragraphs("") == ([], 0.0)

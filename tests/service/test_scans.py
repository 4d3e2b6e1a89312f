"""Documents on a site: scans are read or counted, archives are read, and the operator sees which is which."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from zmpwatch.cli.application import run as program
from zmpwatch.cli.crawlview import report_lines
from zmpwatch.model import Text
from zmpwatch.read import PageLinks
from zmpwatch.read.ocr import find_tesseract, why_no_ocr
from zmpwatch.service import pagereading
from zmpwatch.service.checking import check
from zmpwatch.service.opening import open_store

from .conftest import Crawl
from .world import Answer, World

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
LINES = (
    "UCHWAŁA NR XI/59/25 RADY MIASTA HAJNÓWKA",
    "z dnia 26 lutego 2025 r.",
    "w sprawie przystąpienia Miasta Hajnówka do Związku Miast Polskich",
    "",
    "Na podstawie ustawy o samorządzie gminnym Rada Miasta uchwala, co następuje:",
    "§ 1. Miasto Hajnówka przystępuje do Związku Miast Polskich.",
)
LINKS = '<h1>BIP Miasta Hajnówka</h1><ul><li><a href="/uchwala.{0}">Uchwała o przystąpieniu do ZMP</a></li></ul>'

tesseract = pytest.mark.skipif(
    find_tesseract() is None or not FONT.is_file(),
    reason=f"{why_no_ocr() or FONT}: apt-get install tesseract-ocr tesseract-ocr-pol fonts-dejavu-core",
)


def scanned(lines: tuple[str, ...]) -> bytes:
    font = ImageFont.truetype(FONT, 30) if FONT.is_file() else ImageFont.load_default(30)
    drawn = Image.new("L", (1654, 2339), 250)
    for number, line in enumerate(lines):
        ImageDraw.Draw(drawn).text((200, 220 + 60 * number), line, font=font, fill=20)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.drawImage(ImageReader(drawn), 0, 0, 595, 842)
    canvas.save()
    return out.getvalue()


def archive(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members:
            packed.writestr(name, content)
    return out.getvalue()


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def publish(world: World, kind: str, body: bytes) -> None:
    bip = world.sites["bip"]
    bip.put("/", LINKS.format(kind))
    bip.pages[f"/uchwala.{kind}"] = Answer(body, headers={"Content-Type": "application/octet-stream"})


def status_of(world: World, site: str, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    capsys.readouterr()
    program(["--config", str(world.write()), "status", "--json"])
    return next(row for row in map(json.loads, capsys.readouterr().out.splitlines()) if row["site"] == site)


@tesseract
def test_a_scanned_resolution_is_read(world: World, run: Crawl, capsys: pytest.CaptureFixture[str]) -> None:
    publish(world, "pdf", scanned(LINES))
    result = run()
    assert result.as_json()["needs_ocr"] == 0
    with open_store(world.config()) as store:
        (found,) = store.membership_statements(["2005011"])
    assert (found.statement.resolution, found.statement.stage) == ("XI/59/25", "resolved")
    capsys.readouterr()
    assert program(["--config", str(world.write()), "search", "przystąpienie", "XI/59/25", "--json"]) == 0
    hits = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [hit["url"] for hit in hits] == [f"{world.sites['bip'].url}uchwala.pdf"]


def test_without_ocr_a_scan_is_counted_everywhere(
    world: World, run: Crawl, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    publish(world, "pdf", scanned(LINES))
    result = run()
    visit = next(visit for visit in result.routine if visit.site == "bip")
    assert (visit.verdict.healthy, visit.needs_ocr, result.as_json()["needs_ocr"]) == (True, 1, 1)
    assert any(problem.startswith("needs_ocr: ") and "uchwala.pdf" in problem for problem in visit.problems)
    row = status_of(world, "bip", capsys)
    assert (row["needs_ocr"], row["verdict"]) == (1, visit.verdict)
    with open_store(world.config()) as store, store._engine.connect() as connection:
        counted = connection.exec_driver_sql("SELECT needs_ocr FROM visits WHERE site = 'bip'").scalars().all()
    assert counted == [1]
    program(["--config", str(world.write()), "status"])
    assert "scans         1 document could not be read yet" in capsys.readouterr().out
    assert any("1 scanned document waits for OCR: tesseract is not installed" in line for line in report_lines(result))
    # it is still waiting, and has not been sent again
    before = len(world.sites["bip"].requests)
    run()
    assert "/uchwala.pdf" not in [path for path, _ in world.sites["bip"].requests[before:]]
    assert status_of(world, "bip", capsys)["needs_ocr"] == 1


@tesseract
def test_a_scan_that_waited_is_read_once_tesseract_is_there(
    world: World, run: Crawl, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(world, "pdf", scanned(LINES))
    with monkeypatch.context() as without:
        without.setenv("PATH", "/nowhere")
        assert run().as_json()["needs_ocr"] == 1
    assert run().as_json()["needs_ocr"] == 0
    with open_store(world.config()) as store:
        assert len(store.membership_statements(["2005011"])) == 1
        assert store.scans_waiting() == {}


@tesseract
@pytest.mark.parametrize("etag", [{}, {"ETag": '"1"'}])
def test_a_scan_that_ocr_could_not_read_is_not_read_again_in_vain(
    world: World, run: Crawl, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], etag: dict[str, str]
) -> None:
    publish(world, "pdf", scanned(()))
    served = world.sites["bip"].pages["/uchwala.pdf"]
    assert isinstance(served, Answer)
    served.headers |= etag
    result = run()
    assert (result.as_json()["needs_ocr"], status_of(world, "bip", capsys)["needs_ocr"]) == (1, 1)
    assert any("1 scanned document could not be read, nor by OCR" in line for line in report_lines(result))
    assert "a scan: no text layer, and none that OCR is sure of" in str(result.routine)
    reads: list[str] = []
    whole = pagereading.read_with_links

    def noted(body: bytes, *, url: str, headers: Mapping[str, str]) -> tuple[Text, PageLinks | None]:
        reads.append(url)
        return whole(body, url=url, headers=headers)

    monkeypatch.setattr(pagereading, "read_with_links", noted)
    for _ in range(2):
        before = len(world.sites["bip"].requests)
        run()
        assert "/uchwala.pdf" not in [path for path, _ in world.sites["bip"].requests[before:]]
    world.later(days=8)  # it comes whole, and its bytes are those that could not be read
    run()
    assert "/uchwala.pdf" in [path for path, _ in world.sites["bip"].requests]
    assert not [url for url in reads if url.endswith(".pdf")]
    assert status_of(world, "bip", capsys)["needs_ocr"] == 1
    # another version of the program may read it
    monkeypatch.setattr("zmpwatch.service.remembered.unread_mark", lambda: "needs_ocr: not by tesseract 99")
    run()
    assert [url for url in reads if url.endswith(".pdf")]


def test_pages_without_text_are_counted_though_the_others_are_read(
    world: World, run: Crawl, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    both = pdfium.PdfDocument(typed(LINES))
    both.import_pages(pdfium.PdfDocument(scanned(LINES)))
    out = io.BytesIO()
    both.save(out)
    publish(world, "pdf", out.getvalue())
    visit = next(visit for visit in run().routine if visit.site == "bip")
    assert (visit.needs_ocr, visit.statements) == (1, 1)
    assert any("pages without a text layer: 2" in problem for problem in visit.problems)


def typed(lines: tuple[str, ...]) -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    if not FONT.is_file():
        pytest.skip(f"{FONT}: apt-get install fonts-dejavu-core")
    pdfmetrics.registerFont(TTFont("letters", FONT))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.setFont("letters", 11)
    for number, line in enumerate(lines):
        canvas.drawString(72, 780 - 16 * number, line)
    canvas.save()
    return out.getvalue()


def test_a_resolution_in_an_archive_is_read_and_what_is_not_is_named(world: World, run: Crawl) -> None:
    publish(world, "zip", archive(("uchwala.docx", word(*LINES)), ("zly.pdf", b"%PDF-1.4 half")))
    visit = next(visit for visit in run().routine if visit.site == "bip")
    assert visit.statements == 1
    assert any("not read: zly.pdf: cut short" in problem for problem in visit.problems)
    with open_store(world.config()) as store:
        (found,) = store.membership_statements(["2005011"])
        assert store.archive.get(found.source.archived).startswith(b"PK")
    assert found.statement.resolution == "XI/59/25"


def test_extract_reads_archives_and_scans(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packed, scan = tmp_path / "sesja.zip", tmp_path / "skan.pdf"
    packed.write_bytes(archive(("sesja/uchwala.docx", word(*LINES))))
    scan.write_bytes(scanned(LINES))
    files = [packed, scan] if find_tesseract() and FONT.is_file() else [packed]
    assert program(["extract", *map(str, files), "--json"]) == 0
    for answer in map(json.loads, capsys.readouterr().out.splitlines()):
        assert [(event["teryt"], event["resolution"]) for event in answer["events"]] == [("2005011", "XI/59/25")]


def test_check_tells_what_can_be_read_and_what_holds_its_reader(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = check(world.write(), {}).facts
    assert any(fact.startswith("documents: read in limited processes") for fact in facts)
    monkeypatch.setenv("PATH", "/nowhere")
    assert any(
        fact.startswith("scans: not read, tesseract is not installed") for fact in check(world.write(), {}).facts
    )

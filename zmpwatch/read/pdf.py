"""PDF to paragraphs, by pdfium; runs in the limited child."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from zmpwatch.errors import LimitExceeded, NeedsOcr, Unreadable
from zmpwatch.model import BlockKind
from zmpwatch.read.pieces import Pieces
from zmpwatch.read.recognise import Recogniser

__all__ = ["read_pdf"]

MAX_PAGES = 1_500
MAX_CHARACTERS = 3_000_000

_LETTERS_A_PAGE = 10
"""A page with fewer letters, and a picture, is a scan with a stamp on it."""

_END = re.compile(rb"%%EOF|startxref")
_END_REACH = 4096
_HYPHEN = 2
"""pdfium gives U+0002 for a hyphen at the end of a line, and leaves the line end out."""

_ITEM = re.compile(r"(?:§\s*\d|[-–•▪]\s|\(?\d{1,3}[.)]\s|[a-z]\)\s|(?i:uchwała nr|uzasadnienie|załącznik)\b)")
_LIST = re.compile(r"(?:[-–•▪]\s|\(?\d{1,3}[.)]\s|[a-z]\)\s)")
_PAGE_NUMBER = re.compile(r"(?i:(?:strona|str\.|page)\s*)?[-–\s]*\d{1,4}(?:\s*(?:/|z|of)\s*\d{1,4})?[-–\s]*")
_SENTENCE_END = re.compile(r"[.;:!?)”\"]\s*$")
# Properties that a program filled in.
_NO_TITLE = re.compile(
    r"(?i)^(?:microsoft (?:word|powerpoint|excel)\b|untitled|\(anonymous\)|bez tytułu|dokument\d*$|document\d*$|"
    r".*\.(?:docx?|pdf|rtf|odt|indd|xlsx?)$|\W*$)"
)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    left: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        return max(1.0, self.top - self.bottom)


def read_pdf(body: bytes, ocr: Recogniser | None = None) -> Pieces:
    """Paragraphs of a PDF's text layer, and of pages without one what `ocr` reads from their pictures.

    Raises:
        LimitExceeded: Too many pages or characters.
        NeedsOcr: Pages without a text layer, and none that has one or could be read by OCR.
        Unreadable: Damaged, cut short or encrypted.
    """
    if not _END.search(body[-_END_REACH:]):
        # pdfium rebuilds what it can of such a file, and would pass the half for the whole.
        raise Unreadable("cut short: a PDF without its end")
    try:
        document = pdfium.PdfDocument(body)
        pages = len(document)
    except pdfium.PdfiumError as error:
        raise Unreadable("encrypted" if "assword" in str(error) else f"no PDF that can be opened: {error}") from error
    if pages > MAX_PAGES:
        raise LimitExceeded(f"a document of {pages:,} pages, at most {MAX_PAGES:,} are read")
    if pages == 0:
        raise Unreadable("a PDF without pages")
    return _read(document, pages, ocr)


def _read(document: pdfium.PdfDocument, pages: int, ocr: Recogniser | None) -> Pieces:
    result = Pieces(title=_title(document))
    scanned: list[int] = []
    budget = MAX_CHARACTERS
    letters = 0
    for number in range(pages):
        try:
            page = document[number]
            text_page = page.get_textpage()
        except pdfium.PdfiumError as error:
            raise Unreadable(f"page {number + 1} can't be read: {error}") from error
        count = text_page.count_chars()
        budget -= max(0, count)
        if budget < 0:
            raise LimitExceeded(f"more than {MAX_CHARACTERS:,} characters")
        lines = list(_lines(text_page, count))
        found = sum(map(str.isalnum, "".join(line.text for line in lines)))
        if ocr is not None and (found < _LETTERS_A_PAGE or ocr.everything):
            recognised = ocr.read(page, number + 1)
            if recognised:
                result.pieces += [(BlockKind.PARAGRAPH, text, False) for text in recognised]
                found, lines = sum(map(str.isalnum, "".join(recognised))), []
        letters += found
        if found < _LETTERS_A_PAGE and (_has_picture(page) or (ocr is not None and number + 1 in ocr.unread)):
            scanned.append(number + 1)
        _add_page(result, lines)
        text_page.close()
        page.close()
    if letters == 0 or len(scanned) == pages:
        raise NeedsOcr("a scan: no text layer")
    if ocr is not None:
        result.notes += ocr.notes()
    if scanned:
        result.notes.append(f"pages without a text layer: {', '.join(map(str, scanned[:20]))}")
    result.scanned = scanned
    return result


def _title(document: pdfium.PdfDocument) -> str | None:
    try:
        title: str = document.get_metadata_dict().get("Title", "").strip()
    except (pdfium.PdfiumError, UnicodeError):
        return None
    return None if _NO_TITLE.match(title) else title


def _has_picture(page: pdfium.PdfPage) -> bool:
    try:
        return any(True for _ in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    except pdfium.PdfiumError:
        return False


def _lines(text_page: pdfium.PdfTextPage, count: int) -> Iterator[_Line]:
    """Lines with where they stand, character by character: pdfium's own line ends, hyphens at line ends kept."""
    characters: list[str] = []
    place: int | None = None
    for index in range(count):
        code = pdfium_c.FPDFText_GetUnicode(text_page, index)
        if code in (0x0A, _HYPHEN):
            if code == _HYPHEN:
                characters.append("-")
            yield from _line(text_page, characters, place)
            characters, place = [], None
        elif code not in (0, 0x0D):
            if place is None and code > 0x20:
                place = index
            characters.append(chr(code) if code <= 0x10FFFF else "\ufffd")
    yield from _line(text_page, characters, place)


def _line(text_page: pdfium.PdfTextPage, characters: list[str], place: int | None) -> Iterator[_Line]:
    if place is None:
        return
    # UTF-16 halves come one by one.
    text = "".join(characters).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    try:
        left, bottom, _, top = text_page.get_charbox(place, loose=True)
    except pdfium.PdfiumError:
        left = bottom = top = 0.0
    yield _Line(" ".join(text.split()), left, bottom, top)


def _add_page(result: Pieces, lines: list[_Line]) -> None:
    """Adds a page's paragraphs; the first goes on with the last of the page before where a sentence runs over."""
    for position, paragraph in enumerate(_paragraphs(lines)):
        text = "\n".join(line.text for line in paragraph)
        edge = paragraph[0] is lines[0] or paragraph[-1] is lines[-1]
        if edge and _PAGE_NUMBER.fullmatch(text):
            result.pieces.append((BlockKind.OTHER, text, True))
            continue
        if position == 0 and _runs_over(result.pieces, text):
            kind, before, _ = result.pieces[-1]
            result.pieces[-1] = kind, f"{before}\n{text}", False
            continue
        kind = BlockKind.LIST_ITEM if _LIST.match(text) else BlockKind.PARAGRAPH
        result.pieces.append((kind, text, False))


def _runs_over(pieces: list[tuple[BlockKind, str, bool]], text: str) -> bool:
    return bool(pieces) and not pieces[-1][2] and not _SENTENCE_END.search(pieces[-1][1]) and text[:1].islower()


def _paragraphs(lines: Iterable[_Line]) -> Iterator[list[_Line]]:
    """Lines parted by a gap, another size of type, a jump up the page, or the start of a paragraph sign or item."""
    current: list[_Line] = []
    for line in lines:
        if current and _begins_paragraph(current[-1], line):
            yield current
            current = []
        current.append(line)
    if current:
        yield current


def _begins_paragraph(before: _Line, line: _Line) -> bool:
    gap = before.bottom - line.top
    size = max(before.height, line.height)
    if gap > 0.5 * size or gap < -2.0 * size or abs(before.height - line.height) > 0.2 * size:
        return True
    if _ITEM.match(line.text):
        return True
    # An indent begins a paragraph where the sentence before has ended.
    return line.left - before.left > size and bool(_SENTENCE_END.search(before.text))

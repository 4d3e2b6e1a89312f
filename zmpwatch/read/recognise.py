"""Pictures of pages to paragraphs, by tesseract.

Runs in the limited child; what it starts is held by the same limits.
"""

from __future__ import annotations

import math
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2 as pdfium

__all__ = ["Recogniser"]

DPI = 250
"""Between the 200 that read a clean scan without a fault and the 300 its makers advise: small print at 2 s a page."""

MAX_PIXELS = 16_000_000
"""An A3 page in 250 dpi has 12 million; a plan of a whole street is made smaller."""

LEAST_CONFIDENCE = 40.0
"""Mean over the words of a page, in percent. Text comes at 85 and more; photographs and drawings lie below."""

_WORD_LEVEL = "5"


@dataclass(slots=True)
class Recogniser:
    """Reads pages one by one until its pages or seconds are spent."""

    program: str
    data: str | None
    turns: bool
    pages: int
    seconds: float
    everything: bool = False
    read_pages: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    """Pages with something on them that gave no text."""
    confidences: list[float] = field(default_factory=list)
    spent: str | None = None
    _begun: float = field(default_factory=time.monotonic)

    def read(self, page: pdfium.PdfPage, number: int) -> list[str]:
        """Paragraphs of a page, none where nothing on it can be read."""
        left = self.seconds - (time.monotonic() - self._begun)
        if len(self.read_pages) + len(self.unread) >= self.pages:
            self.spent = f"at most {self.pages} pages of a document are read by OCR"
        elif left <= 0:
            self.spent = f"OCR of a document may take {self.seconds:.0f} seconds"
        if self.spent is not None:
            self.unread.append(number)
            return []
        try:
            table = self._recognise(_picture(page), left)
        except subprocess.TimeoutExpired:
            table = ""
            self.spent = f"OCR of a document may take {self.seconds:.0f} seconds"
        paragraphs, confidence = _paragraphs(table)
        if not paragraphs or confidence < LEAST_CONFIDENCE:
            self.unread.append(number)
            return []
        self.read_pages.append(number)
        self.confidences.append(confidence)
        return paragraphs

    def notes(self) -> list[str]:
        """What an operator should know of it."""
        notes = []
        if self.read_pages:
            mean = sum(self.confidences) / len(self.confidences)
            notes.append(f"pages read by OCR: {', '.join(map(str, self.read_pages))} ({mean:.0f} % sure)")
        if self.spent:
            notes.append(self.spent)
        return notes

    def _recognise(self, picture: bytes, seconds: float) -> str:
        # 1: find the lines and how the page lies; 3: find the lines of a page that stands upright
        layout = "1" if self.turns else "3"
        command = [self.program, "stdin", "stdout", "-l", "pol", "--psm", layout, "--dpi", str(DPI), "tsv"]
        environment = {"OMP_THREAD_LIMIT": "1"} | ({"TESSDATA_PREFIX": self.data} if self.data else {})
        done = subprocess.run(  # noqa: S603 - the program the operator installed, by its path, on stdin alone
            command, input=picture, capture_output=True, env=environment, timeout=seconds, check=False
        )
        if done.returncode and layout == "1":
            # where too little is on a page to tell how it lies, some versions give up
            self.turns = False
            return self._recognise(picture, seconds)
        return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def _picture(page: pdfium.PdfPage) -> bytes:
    """The page in grey, as a PGM file (Netpbm), which needs no library to write."""
    width, height = page.get_size()
    scale = min(DPI / 72, math.sqrt(MAX_PIXELS / max(1.0, width * height)))
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        raw, row = bytes(bitmap.buffer), bitmap.stride
        if row != bitmap.width:
            raw = b"".join(raw[at : at + bitmap.width] for at in range(0, row * bitmap.height, row))
        return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + raw
    finally:
        bitmap.close()


def _paragraphs(table: str) -> tuple[list[str], float]:
    """Paragraphs with a line end a line, and the mean confidence of their words, from tesseract's table."""
    paragraphs: dict[tuple[str, ...], dict[str, list[str]]] = {}
    sure: list[float] = []
    for block, paragraph, line, confidence, word in _words(table):
        paragraphs.setdefault((block, paragraph), {}).setdefault(line, []).append(word)
        sure.append(confidence)
    texts = ["\n".join(" ".join(words) for words in lines.values()) for lines in paragraphs.values()]
    return texts, sum(sure) / len(sure) if sure else 0.0


def _words(table: str) -> Iterator[tuple[str, str, str, float, str]]:
    """Rows of words: block, paragraph, line, confidence, word. Columns as tesseract's manual has them."""
    for row in table.splitlines()[1:]:
        columns = row.split("\t")
        if len(columns) == 12 and columns[0] == _WORD_LEVEL and columns[11].strip():
            yield columns[2], columns[3], columns[4], float(columns[10]), columns[11].strip()

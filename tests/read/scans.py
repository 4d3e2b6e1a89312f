"""Scanned pages: text drawn as a picture, in a PDF without a text layer."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from .documents import make_pdf

A4 = (595, 842)
PIXELS = (1654, 2339)  # A4 in 200 dpi
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
"""With Polish letters; without it the letters that Pillow's own font lacks are boxes."""


def scan(lines: list[str], *, turned: int = 0, pages: int = 1) -> bytes:
    """A PDF whose pages are pictures of these lines; `turned` is by how many degrees they lie on the glass."""
    drawn = picture(lines).rotate(turned, expand=True)
    size = A4 if turned % 180 == 0 else A4[::-1]
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    for _ in range(pages):
        canvas.drawImage(ImageReader(drawn), 0, 0, *size)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def mixed(lines: list[str], text: list[list[list[str]]]) -> bytes:
    """A PDF with pages of text, as `make_pdf` takes them, and a scanned one behind them."""
    whole = pdfium.PdfDocument(make_pdf(text))
    whole.import_pages(pdfium.PdfDocument(scan(lines)))
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()


def picture(lines: list[str]) -> Image.Image:
    """A page of lines in 12 points."""
    font: Any = ImageFont.truetype(FONT, 33) if FONT.is_file() else ImageFont.load_default(33)
    page = Image.new("L", PIXELS, 250)
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(lines):
        draw.text((200, 220 + 60 * number), line, font=font, fill=25)
    return page

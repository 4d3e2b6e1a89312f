"""Makes the PDF and DOCX attachments of the replica anew: ``python tests/replica/make_attachments.py``.

The files are part of the repository, so nobody needs this to run the demo. It wants reportlab and python-docx (the
`dev` dependency group) and a TrueType font with Polish letters, DejaVu Sans by default. The words stand in
``attachments.yaml``.
"""

from __future__ import annotations

import argparse
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
import yaml
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer

__all__ = ["main", "make_docx", "make_pdf"]

HERE = Path(__file__).parent
PAGES = HERE.parents[1] / "zmpwatch" / "service" / "replica" / "pages"
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
DEMO = "Dane demonstracyjne / demo data – dokument zmyślony na potrzeby pokazu programu zmpwatch"

_ALIGNMENT = {"title": TA_CENTER, "right": TA_RIGHT, "text": TA_JUSTIFY}
_EPOCH = (2025, 3, 5, 12, 0, 0)

Lines = list[dict[str, str]]
"""One entry a paragraph: its role (``title``, ``right`` or ``text``) and its words."""


def make_pdf(lines: Lines, font: Path = FONT) -> bytes:
    """A PDF with embedded Polish letters, the same bytes each time."""
    pdfmetrics.registerFont(TTFont("Replica", str(font)))
    story: list[Flowable] = [Paragraph(DEMO, ParagraphStyle("demo", fontName="Replica", fontSize=8)), Spacer(1, 20)]
    for line in lines:
        ((role, words),) = line.items()
        style = ParagraphStyle(role, fontName="Replica", fontSize=11, leading=16, alignment=_ALIGNMENT[role])
        story += [Paragraph(words, style), Spacer(1, 8)]
    target = BytesIO()
    SimpleDocTemplate(target, pagesize=A4, title=DEMO, invariant=1).build(story)
    return target.getvalue()


def make_docx(lines: Lines) -> bytes:
    """A DOCX, the same bytes each time: its parts and properties carry a fixed date."""
    document = docx.Document()
    made = datetime(*_EPOCH)  # noqa: DTZ001  OOXML keeps it without a zone
    document.core_properties.created = document.core_properties.modified = made
    document.core_properties.author = document.core_properties.title = "dane demonstracyjne / demo data"
    document.add_paragraph(DEMO)
    for line in lines:
        ((role, words),) = line.items()
        paragraph = document.add_heading(words, level=1) if role == "title" else document.add_paragraph(words)
        paragraph.alignment = _ALIGNMENT[role] if role != "text" else None
    raw, target = BytesIO(), BytesIO()
    document.save(raw)
    with ZipFile(raw) as source, ZipFile(target, "w", ZIP_DEFLATED) as stable:
        for entry in source.infolist():
            info = ZipInfo(entry.filename, _EPOCH)
            info.compress_type = ZIP_DEFLATED
            stable.writestr(info, source.read(entry))
    return target.getvalue()


def main() -> None:
    """Writes every attachment into the folder of its site."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--font", type=Path, default=FONT, help="TrueType font with Polish letters")
    font = parser.parse_args().font
    texts: dict[str, Lines] = yaml.safe_load((HERE / "attachments.yaml").read_text(encoding="utf-8"))
    for name, lines in texts.items():
        body = make_pdf(lines, font) if name.endswith(".pdf") else make_docx(lines)
        (PAGES / name).write_bytes(body)


if __name__ == "__main__":
    main()

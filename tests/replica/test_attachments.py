"""The committed attachments: they open, and they say what ``attachments.yaml`` says."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from browse import Reply, read
from make_attachments import FONT, PAGES, make_docx, make_pdf

TEXTS = yaml.safe_load((Path(__file__).parent / "attachments.yaml").read_text(encoding="utf-8"))
TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def text_of(name: str, body: bytes) -> str:
    return read(name, Reply(200, {"content-type": TYPES[Path(name).suffix]}, body))[0]


@pytest.mark.parametrize("name", TEXTS)
def test_an_attachment_holds_its_words(name: str) -> None:
    text = text_of(name, (PAGES / name).read_bytes())
    assert "demo data" in text
    for line in TEXTS[name]:
        ((_, words),) = line.items()
        assert "".join(words.split()) in "".join(text.split())


@pytest.mark.parametrize("name", [name for name in TEXTS if name.endswith(".docx")])
def test_a_docx_is_made_anew_with_the_same_words(name: str) -> None:
    assert text_of(name, make_docx(TEXTS[name])) == text_of(name, (PAGES / name).read_bytes())


@pytest.mark.skipif(not FONT.exists(), reason=f"{FONT} is not installed, so no PDF can be made")
@pytest.mark.parametrize("name", [name for name in TEXTS if name.endswith(".pdf")])
def test_a_pdf_is_made_anew_with_the_same_words(name: str) -> None:
    assert text_of(name, make_pdf(TEXTS[name])) == text_of(name, (PAGES / name).read_bytes())


def test_no_attachment_is_without_a_source() -> None:
    kept = {str(path.relative_to(PAGES)) for suffix in TYPES for path in PAGES.rglob(f"*{suffix}")}
    assert kept == set(TEXTS)

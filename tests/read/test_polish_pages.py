"""Generated Polish pages in every encoding they come in, declared truly, falsely or not at all: right, or refused."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from zmpwatch.errors import ReadError
from zmpwatch.read import read_bytes
from zmpwatch.read.decode import decode

TEXT = (
    "Rada Miasta Gminy Związek Związku Miast Polskich Łódź Łodzi Żory Żorach Świętochłowice Zaniemyśl Hajnówka Gdańsk "
    "Kędzierzyn-Koźle Śrem Ślęza Źródła Ćmielów Ósmy uchwała uchwałę przystąpienia przystąpiła członków członkowska "
    "składka wstąpić wystąpienie sprawie podjęła głosów za przeciw wstrzymał się mieszkańców gęślą jaźń zażółć żółć "
    "373 381 2025 r. nr XI/59/25 § 1. „cudzysłów” – oraz i w z na"
)
WORDS = TEXT.split()
ENCODINGS = ("utf-8", "cp1250", "iso8859-2")
DECLARED = (
    None,
    "utf-8",
    "iso-8859-2",
    "windows-1250",
    "iso-8859-1",
    "windows-1252",
    "latin2",
    "us-ascii",
    "x-unknown",
)

sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join)
pages = st.lists(sentences, min_size=1, max_size=6)


def encodable(text: str, encoding: str) -> str:
    """ISO-8859-2 has no Polish quotation marks and no dash: pages in it do without."""
    return text.translate(str.maketrans("„”–", '""-')) if encoding == "iso8859-2" else text


def page_of(paragraphs: list[str], meta: str | None) -> str:
    declared = f'<meta http-equiv="Content-Type" content="text/html; charset={meta}">' if meta else ""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<!DOCTYPE html><html><head>{declared}<title>{paragraphs[0][:60]}</title></head><body>{body}</body></html>"


@settings(max_examples=400, deadline=None)
@given(pages, st.sampled_from(ENCODINGS), st.sampled_from(DECLARED), st.sampled_from(DECLARED))
@example(["źle"], "iso8859-2", "windows-1250", None)
@example(["Ślęza"], "cp1250", "iso-8859-2", "iso-8859-2")
@example(["Związek Miast Polskich"], "iso8859-2", None, None)
@example(["za"], "cp1250", "utf-8", "x-unknown")
def test_a_page_is_right_or_refused(paragraphs: list[str], encoding: str, header: str | None, meta: str | None) -> None:
    page = encodable(page_of(paragraphs, meta), encoding)
    headers = {"content-type": f"text/html; charset={header}"} if header else {"content-type": "text/html"}
    try:
        decoded = decode(page.encode(encoding), headers)
    except ReadError:
        return
    assert decoded.text == page


@settings(max_examples=150, deadline=None)
@given(pages, st.sampled_from(ENCODINGS), st.sampled_from(DECLARED))
def test_a_page_of_some_sentences_is_read_and_not_refused(
    paragraphs: list[str], encoding: str, declared: str | None
) -> None:
    """Refusing everything would be right, too, and of no use: a page with the letters in it is always read."""
    page = encodable(page_of([*paragraphs, "Związek zrzesza 373 miasta, wśród nich Łódź i Żory."], declared), encoding)
    headers = {"content-type": f"text/html; charset={declared}"} if declared else {}
    text = read_bytes(page.encode(encoding), url="https://x.pl/", headers=headers)
    assert text.content.endswith("Związek zrzesza 373 miasta, wśród nich Łódź i Żory.")


@settings(max_examples=150, deadline=None)
@given(pages, st.sampled_from(["cp1250", "iso8859-2"]), st.sampled_from(["latin-1", "cp1252"]), st.booleans())
def test_mojibake_that_a_site_saved_is_undone_or_refused(
    paragraphs: list[str], right: str, wrong: str, long: bool
) -> None:
    """UTF-8 of a text that was once read in the wrong encoding: never stored as it stands once letters show it.

    ñ and ê for ń and ę are letters of other languages, so ł, ą and ż must show it: ³, ¹ and ¿ stand within no word.
    """
    page = encodable(page_of([*paragraphs * (4 if long else 1), "zażółć gęślą jaźń, składka"], None), right)
    try:
        saved = page.encode(right).decode(wrong).encode("utf-8")
    except UnicodeDecodeError:
        return
    try:
        decoded = decode(saved, {})
    except ReadError:
        return
    assert decoded.text == page


@settings(max_examples=150, deadline=None)
@given(pages, st.sampled_from(ENCODINGS), st.integers(0, 3))
def test_plain_text_is_right_or_refused(paragraphs: list[str], encoding: str, cut: int) -> None:
    content = encodable("\n\n".join(paragraphs), encoding)
    body = content.encode(encoding)
    try:
        text = read_bytes(
            body[: len(body) - cut] if encoding != "utf-8" else body, headers={"content-type": "text/plain"}
        )
    except ReadError:
        return
    assert content.startswith(text.content)

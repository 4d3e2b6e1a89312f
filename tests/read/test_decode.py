"""Every encoding a Polish page is in, with no, a true and a false declaration."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zmpwatch.errors import ReadError, Unreadable
from zmpwatch.read.decode import decode

LONG = "Zażółć gęślą jaźń. Związek liczy 373 miasta, a Łódź i Żory są wśród nich. " * 10
SHORT = ["Żory przystąpiły do związku", "radni są za", "Ślęza", "Łódź", "gmina Wiązownica", "źle"]
DECLARED = [None, "utf-8", "iso-8859-2", "windows-1250", "iso-8859-1", "klingon", "utf-7", "utf-16", "punycode"]


@pytest.mark.parametrize("text", [LONG, *SHORT], ids=lambda text: text[:12])
@pytest.mark.parametrize("encoding", ["cp1250", "iso8859-2", "utf-8"])
@pytest.mark.parametrize("header", DECLARED)
@pytest.mark.parametrize("meta", [None, "utf-8", "iso-8859-2", "windows-1250"])
def test_right_letters_whatever_is_declared(text, encoding, header, meta):
    page = f'<meta charset="{meta}">{text}' if meta else text
    headers = {"content-type": f"text/html; charset={header}"} if header else {}
    assert decode(page.encode(encoding), headers).text == page


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_byte_order_mark_beats_declarations(bom, encoding):
    decoded = decode(bom + LONG.encode(encoding), {"content-type": "text/html; charset=iso-8859-2"})
    assert (decoded.text, decoded.encoding) == (LONG, encoding)


def test_utf16_without_mark():
    assert decode(LONG.encode("utf-16-le")).text == LONG
    assert decode(LONG.encode("utf-16-be")).text == LONG


def test_utf7_is_never_honoured():
    body = b"+ADw-script+AD4-"
    assert decode(body, {"content-type": "text/html; charset=utf-7"}).text == body.decode()


def test_windows_quotes_tell_windows_1250():
    text = "„Miasto” – to my"
    assert decode(text.encode("cp1250"), {"content-type": "text/html; charset=iso-8859-2"}).text == text


@pytest.mark.parametrize("junk", [b"\xc3\x28", b"\xff\xfe", b"\xed\xa0\x80", b"\xc5"])
def test_few_broken_bytes_cost_themselves_alone(junk):
    decoded = decode(LONG.encode() + junk)
    assert decoded.text.startswith(LONG)
    assert decoded.encoding == "utf-8"
    assert decoded.notes


@pytest.mark.parametrize(("wrong", "right"), [("latin-1", "cp1250"), ("latin-1", "utf-8"), ("latin-1", "iso8859-2")])
def test_mojibake_of_the_site_is_undone(wrong, right):
    body = LONG.encode(right).decode(wrong).encode()
    assert decode(body).text == LONG


def test_mojibake_past_undoing_is_refused():
    lost = LONG.encode().decode("cp1252", "replace").encode()
    with pytest.raises(Unreadable, match="mojibake"):
        decode(lost)


def test_half_of_each_encoding_is_refused():
    with pytest.raises(Unreadable, match="encoding"):
        decode(LONG.encode() + LONG.encode("cp1250"))


def test_foreign_letters_alone_are_no_damage():
    text = "Partnerzy: Köln, Besançon, Třinec, Miskolc, Nyíregyháza i Jönköping, a u nas Łódź"
    assert decode(text.encode()).text == text
    assert decode(text.encode()).notes == ()


@given(st.binary(max_size=400), st.sampled_from(DECLARED))
def test_never_raises_another_error(body, header):
    headers = {"content-type": f"text/html; charset={header}"} if header else None
    try:
        text = decode(body, headers).text
    except ReadError:
        return
    assert "\0" not in text


@given(st.text(alphabet="aąbcćdeęłnńoósśzźżw .,373", min_size=1, max_size=80), st.sampled_from(["cp1250", "iso8859-2"]))
def test_polish_text_is_read_right_or_refused(text, encoding):
    try:
        decoded = decode(text.encode(encoding))
    except ReadError:
        return
    assert decoded.text == text

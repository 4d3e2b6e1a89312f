"""ZIP archives: every document in them is read, and what can't be is named."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from zmpwatch.errors import LimitExceeded, NeedsOcr, ReadError, Unreadable
from zmpwatch.model import BlockKind
from zmpwatch.read import MediaType, bundle, read_bytes, sniff

from .documents import make_doc, make_docx, make_odt, make_pdf, make_rtf, make_zip
from .scans import scan

RESOLUTION = "Rada Miasta podjęła uchwałę o przystąpieniu do związku."
DRAFT = "Projekt uchwały w sprawie budżetu gminy Żory."


def entry_marked_encrypted(body: bytes, name: str) -> bytes:
    """The archive with the flag of encryption set on one member, in both of its headers."""
    marked = bytearray(body)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        marked[archive.getinfo(name).header_offset + 6] |= 1
    at = marked.rfind(name.encode())
    while marked[at : at + 4] != b"PK\x01\x02":
        at -= 1
    marked[at + 8] |= 1
    return bytes(marked)


def test_all_kinds_are_read_in_their_order() -> None:
    text = read_bytes(
        make_zip(
            [
                ("sesja/", b""),
                ("sesja/uchwała.pdf", make_pdf([[["Uchwała jeden"]]])),
                ("sesja/projekt.docx", make_docx(["Projekt dwa"])),
                ("protokół.odt", make_odt(["Protokół", "trzeci"])),
                ("skan.rtf", make_rtf(["Czwarty"])),
                ("stary.doc", make_doc(["Piąty"])),
                ("lista.txt", "Szósty: Łódź".encode("cp1250")),
                ("strona.html", "<!doctype html><body><h1>Siódmy</h1><p>akapit</p></body>"),
                ("herb.png", b"\x89PNG\r\n\x1a\n" + bytes(100)),
            ]
        )
    )
    assert text.media_type == MediaType.ZIP
    words = ["Uchwała jeden", "Projekt dwa", "trzeci", "Czwarty", "Piąty", "Szósty: Łódź", "Siódmy"]
    places = [text.content.index(word) for word in words]
    assert places == sorted(places)
    names = [text.content[b.start : b.end] for b in text.blocks if b.kind is BlockKind.HEADING and b.boilerplate]
    assert names[:2] == ["uchwała.pdf", "projekt.docx"]
    assert len(names) == 7
    assert text.notes == ()
    assert text.needs_ocr == 0


def test_documents_of_archives_in_archives_are_read() -> None:
    inner = make_zip([("a.docx", make_docx([RESOLUTION]))])
    text = read_bytes(make_zip([("materiały.zip", make_zip([("dalej.zip", inner)])), ("b.docx", make_docx([DRAFT]))]))
    assert RESOLUTION in text.content
    assert DRAFT in text.content
    assert "materiały.zip: dalej.zip: a.docx" in text.content


def test_an_archive_too_deep_is_named_and_not_opened() -> None:
    deep = make_zip([("a.docx", make_docx([RESOLUTION]))])
    for number in range(4):
        deep = make_zip([(f"{number}.zip", deep)])
    with pytest.raises(Unreadable, match=r"3\.zip: 2\.zip: 1\.zip: an archive inside 2 others"):
        read_bytes(deep)


def test_a_quine_of_archives_ends() -> None:
    body = make_zip([("x.docx", make_docx([RESOLUTION]))])
    for _ in range(40):
        body = make_zip([("r.zip", body)])
    with pytest.raises(Unreadable, match="archive inside"):
        read_bytes(body)


def test_an_encrypted_member_is_named_and_the_others_are_read() -> None:
    body = make_zip([("tajny.docx", make_docx([DRAFT])), ("jawny.docx", make_docx([RESOLUTION]))])
    text = read_bytes(entry_marked_encrypted(body, "tajny.docx"))
    assert RESOLUTION in text.content
    assert DRAFT not in text.content
    assert text.notes == ("not read: tajny.docx: encrypted",)


def test_an_archive_of_encrypted_members_is_unreadable_with_their_names() -> None:
    body = entry_marked_encrypted(make_zip([("tajny.docx", make_docx([DRAFT]))]), "tajny.docx")
    with pytest.raises(Unreadable, match=r"tajny\.docx: encrypted"):
        read_bytes(body)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../../etc/cron.d/evil.docx", "evil.docx"),
        ("/etc/ssh/authorized_keys", "authorized_keys"),
        ("C:\\Windows\\system32\\x.docx", "x.docx"),
        ("a\x1b[31mb\u202ecod.docx", "a[31mb"),
        ("x" * 500 + ".docx", "x.docx"),
        ("..", ".."),
    ],
)
def test_names_are_labels_and_never_paths(
    name: str, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = read_bytes(make_zip([(name, make_docx([RESOLUTION]))]))
    assert RESOLUTION in text.content
    heading = text.content.split("\n")[0]
    assert shown in heading
    assert len(heading) <= 120
    assert heading.isprintable()
    assert list(tmp_path.iterdir()) == []


def test_names_of_a_polish_windows_are_right() -> None:
    body = make_zip([("uchwaXa.docx", make_docx([RESOLUTION]))]).replace(b"uchwaXa", "uchwała".encode("cp852"))
    assert read_bytes(body).content.startswith("uchwała.docx")


def test_a_bomb_costs_its_member_alone() -> None:
    text = read_bytes(make_zip([("bomba.txt", bytes(64 << 20)), ("a.docx", make_docx([RESOLUTION]))]))
    assert RESOLUTION in text.content
    assert "bomba.txt: inflates to more than" in text.notes[0]


def test_many_members_that_inflate_a_little_each_are_bounded() -> None:
    part = bytes(range(256)) * (1 << 15)  # 8 MiB
    body = make_zip([(f"{number}.bin", part) for number in range(40)] + [("a.docx", make_docx([RESOLUTION]))])
    with pytest.raises(Unreadable, match="inflates to more than"):
        read_bytes(body)


def test_too_many_entries() -> None:
    body = make_zip([(f"{number}.txt", b"x") for number in range(5_001)])
    with pytest.raises(LimitExceeded, match="5,001 entries"):
        read_bytes(body)


def test_entries_that_overlap_and_lie_about_their_size() -> None:
    body = bytearray(make_zip([("a.docx", make_docx([RESOLUTION]))]))
    at = body.rfind(b"PK\x01\x02")
    struct.pack_into("<I", body, at + 24, 10)  # "inflates to 10 bytes"
    with pytest.raises(Unreadable, match=r"a\.docx: damaged|without documents|a\.docx"):
        read_bytes(bytes(body))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_an_archive_that_was_cut_is_unreadable(share: float) -> None:
    body = make_zip([("a.docx", make_docx([RESOLUTION])), ("b.docx", make_docx([DRAFT]))])
    with pytest.raises(ReadError):
        read_bytes(body[: int(len(body) * share)])


def test_an_archive_without_documents() -> None:
    with pytest.raises(Unreadable, match="an archive without documents"):
        read_bytes(make_zip([("herb.png", b"\x89PNG\r\n\x1a\n" + bytes(100))]))


def test_a_member_that_crashes_its_reader_costs_no_other() -> None:
    text = read_bytes(make_zip([("zly.pdf", b"%PDF-1.4\ngarbage"), ("a.docx", make_docx([RESOLUTION]))]))
    assert RESOLUTION in text.content
    assert text.notes[0].startswith("not read: zly.pdf: cut short")


def test_scans_in_an_archive_wait_for_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    text = read_bytes(make_zip([("skan.pdf", scan(["Uchwała"])), ("a.docx", make_docx([RESOLUTION]))]))
    assert text.needs_ocr == 1
    assert text.notes == ("not read: skan.pdf: a scan: no text layer",)
    with pytest.raises(NeedsOcr, match=r"skan\.pdf: a scan"):
        read_bytes(make_zip([("skan.pdf", scan(["Uchwała"]))]))


def test_more_documents_than_are_read_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from zmpwatch.read import document

    monkeypatch.setattr(document, "MAX_MEMBERS", 1)
    text = read_bytes(make_zip([("a.docx", make_docx([RESOLUTION])), ("b.docx", make_docx([DRAFT]))]))
    assert DRAFT not in text.content
    assert text.notes == ("not read: b.docx: not read, the archive holds too much",)


def test_what_an_archive_holds_is_told_from_its_directory() -> None:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.docx", make_docx([RESOLUTION]))
        archive.writestr("b.odt", make_odt([DRAFT]))
    assert sniff(stored.getvalue()) is MediaType.ZIP
    assert sniff(make_docx([DRAFT])) is MediaType.DOCX
    assert sniff(make_odt([DRAFT])) is MediaType.ODT
    assert sniff(make_zip([("xl/workbook.xml", "<x/>")])) is MediaType.UNKNOWN


def test_a_member_is_found_by_its_place() -> None:
    body = make_zip([("a", b"one"), ("z.zip", make_zip([("b", b"two")]))])
    assert bundle.member(body, [1, 0]) == b"two"
    with pytest.raises(Unreadable, match="no such member"):
        bundle.member(body, [7])

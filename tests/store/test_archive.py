"""What the archive gives back is what was put in, or an error."""

import errno
import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zmpwatch.errors import ArchiveError
from zmpwatch.store import Archive

from .factories import sha

BODY = "<p>Związek zrzesza 373 miasta.</p>".encode() * 100


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


@given(body=st.binary(max_size=5_000))
def test_bytes_come_back(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    archive = Archive(tmp_path_factory.getbasetemp() / "any")
    key = archive.put(body)
    assert key == hashlib.sha256(body).hexdigest()
    assert archive.has(key)
    assert archive.get(key) == body


def test_files_are_sharded_compressed_and_kept_once(archive: Archive) -> None:
    key = archive.put(BODY)
    assert archive.put(BODY) == key
    files = [place for place in archive.folder.rglob("*") if place.is_file()]
    assert files == [archive.folder / key[:2] / key[2:4] / f"{key}.zst"]
    assert files[0].stat().st_size < len(BODY) / 10
    assert files[0].stat().st_mode & 0o777 == 0o644


def test_what_was_never_put_is_missing(archive: Archive) -> None:
    assert not archive.has(sha("nothing"))
    with pytest.raises(ArchiveError, match="missing from the archive"):
        archive.get(sha("nothing"))


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_a_key_that_is_no_hash_names_no_file(archive: Archive, key: str) -> None:
    with pytest.raises(ArchiveError, match="is no SHA-256"):
        archive.get(key)
    with pytest.raises(ArchiveError, match="is no SHA-256"):
        archive.has(key)


@pytest.mark.parametrize("damage", ["flipped", "cut", "empty", "exchanged"])
def test_damage_is_told_and_healed_by_the_next_put(archive: Archive, damage: str) -> None:
    key = archive.put(BODY)
    path = archive.path(key)
    good = path.read_bytes()
    other = archive.path(archive.put(b"another page"))
    middle = len(good) // 2
    path.write_bytes(
        {
            "flipped": good[:middle] + bytes([good[middle] ^ 0xFF]) + good[middle + 1 :],
            "cut": good[:middle],
            "empty": b"",
            "exchanged": other.read_bytes(),
        }[damage]
    )
    with pytest.raises(ArchiveError, match=rf"{key}.*damaged"):
        archive.get(key)
    assert archive.put(BODY) == key
    assert archive.get(key) == BODY


def test_a_failed_write_leaves_nothing(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(ArchiveError, match="can't be written: No space left on device"):
            archive.put(BODY)
    assert [place for place in archive.folder.rglob("*") if place.is_file()] == []
    assert archive.get(archive.put(BODY)) == BODY


def test_a_folder_that_can_not_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file")
    with pytest.raises(ArchiveError, match="can't be written"):
        Archive(tmp_path / "archive").put(BODY)

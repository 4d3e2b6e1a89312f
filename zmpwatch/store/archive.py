"""The archive: bytes of pages that carried evidence, kept under their SHA-256."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from zmpwatch.errors import ArchiveError
from zmpwatch.store.compression import ZstdError, compress, decompress

__all__ = ["Archive", "sync_folder"]

SHA256 = re.compile(r"[0-9a-f]{64}")
_NEW = ".new-"
"""How the name of a file begins that is being written."""


class Archive:
    """A folder of zstd files named by the SHA-256 of what they hold: ``ab/cd/abcd….zst``.

    A file is complete or absent: it is written beside its place, synced, then renamed into it, and its folder is synced
    too. Equal bytes are kept once. A blob whose transaction was rolled back stays, harmless, until it is pruned.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Return where the bytes with this hash lie, whether they do or not.

        Raises:
            ArchiveError: `sha256` is no SHA-256 in lower-case hex (it must never name another file).
        """
        if not SHA256.fullmatch(sha256):
            raise ArchiveError(f"{self.folder}: {sha256!r} is no SHA-256")
        return self.folder / sha256[:2] / sha256[2:4] / f"{sha256}.zst"

    def has(self, sha256: str) -> bool:
        """Return whether bytes with this hash are kept (their state is checked by `get` alone)."""
        return self.path(sha256).is_file()

    def put(self, body: bytes) -> str:
        """Keep `body`; return its SHA-256 in hex. A damaged or empty file under that name is replaced.

        Raises:
            ArchiveError: the file can't be written (no rights, disk full).
        """
        sha256 = hashlib.sha256(body).hexdigest()
        path = self.path(sha256)
        try:
            if self._holds(path, body):
                return sha256
            self.make_folder(path.parent)
            _write_atomically(path, compress(body))
        except OSError as error:
            raise ArchiveError(f"{path}: can't be written: {error.strerror or error}") from error
        return sha256

    def get(self, sha256: str) -> bytes:
        """Return the bytes with this hash, verified.

        Raises:
            ArchiveError: they are missing, can't be read, or are not what was stored.
        """
        path = self.path(sha256)
        try:
            body = decompress(path.read_bytes())
        except FileNotFoundError as error:
            raise ArchiveError(f"{path}: missing from the archive") from error
        except OSError as error:
            raise ArchiveError(f"{path}: can't be read: {error.strerror or error}") from error
        except ZstdError as error:
            raise ArchiveError(f"{path}: damaged: {error}") from error
        if hashlib.sha256(body).hexdigest() != sha256:
            raise ArchiveError(f"{path}: damaged: the bytes do not have this hash")
        return body

    def remove(self, sha256: str) -> bool:
        """Remove the bytes with this hash for good: after a takedown. Returns whether there were any.

        Raises:
            ArchiveError: the file can't be removed.
        """
        path = self.path(sha256)
        try:
            path.unlink()
            sync_folder(path.parent)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise ArchiveError(f"{path}: can't be removed: {error.strerror or error}") from error
        return True

    def tidy(self, before: datetime) -> None:
        """Remove what a crash left half-written before that moment, and folders that hold nothing.

        Only while nothing else writes here.

        Raises:
            ArchiveError: the folder can't be read, or something can't be removed.
        """
        try:
            for path in self.folder.glob(f"??/??/{_NEW}*"):
                if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before:
                    path.unlink()
            for pattern in ("??/??", "??"):
                for folder in self.folder.glob(pattern):
                    if folder.is_dir() and not any(folder.iterdir()):
                        folder.rmdir()
        except OSError as error:
            raise ArchiveError(f"{self.folder}: can't be tidied: {error.strerror or error}") from error

    def files(self) -> Iterator[tuple[str, tuple[int, datetime]]]:
        """Yield the hash of each file that is kept, with its size in bytes and when it was written.

        Raises:
            ArchiveError: the folder can't be read.
        """
        try:
            for path in sorted(self.folder.glob("??/??/*.zst")):
                if SHA256.fullmatch(path.stem):
                    state = path.stat()
                    yield path.stem, (state.st_size, datetime.fromtimestamp(state.st_mtime, UTC))
        except OSError as error:
            raise ArchiveError(f"{self.folder}: can't be read: {error.strerror or error}") from error

    def _holds(self, path: Path, body: bytes) -> bool:
        """Whether `path` already keeps `body` undamaged."""
        try:
            return decompress(path.read_bytes()) == body
        except (FileNotFoundError, ZstdError):
            return False

    def make_folder(self, folder: Path) -> None:
        """Create `folder` with its parents, and make the new names durable."""
        if folder.is_dir():
            return
        new = [place for place in (folder, *folder.parents) if not place.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        for place in new:
            sync_folder(place.parent)


def _write_atomically(path: Path, content: bytes) -> None:
    """Write `content` so that after a crash `path` holds all of it or what it held before."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=_NEW)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make names in `folder` that were added, changed or removed survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

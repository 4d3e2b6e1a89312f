"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zmpwatch.errors import StoreError

__all__ = ["made_folder", "placed", "write_file"]


def made_folder(folder: Path) -> Path:
    """Make a folder where there is none, with those above it.

    Raises:
        StoreError: it can't be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: can't be written: {error.strerror}") from error
    return folder


@contextmanager
def placed(path: Path) -> Iterator[Path]:
    """Give a new empty file beside `path`, which takes its place when the block ends well.

    Its permissions are those of any new file.

    Raises:
        StoreError: there is no such folder, or it can't be written; `path` is as it was.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except FileNotFoundError as error:
        raise StoreError(f"{path}: can't be written: there is no folder {path.parent}") from error
    except OSError as error:
        raise StoreError(f"{path}: can't be written: {error.strerror}") from error
    draft = Path(name)
    try:
        os.close(handle)
        yield draft
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.chmod(0o666 & ~_umask())
        draft.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: can't be written: {error.strerror or error}") from error
    finally:
        draft.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole.

    Raises:
        StoreError: it can't be written; what stood there stands.
    """
    with placed(path) as draft:
        draft.write_bytes(content)

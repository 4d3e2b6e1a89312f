"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zmpwatch.errors import StoreError

__all__ = ["placed", "write_file"]


@contextmanager
def placed(path: Path) -> Iterator[Path]:
    """Give a new empty file beside `path`, which takes its place when the block ends well.

    Its permissions are those of any new file.

    Raises:
        StoreError: the folder can't be made or written; `path` is as it was.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
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

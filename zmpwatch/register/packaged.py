"""Data that comes with the package."""

from __future__ import annotations

import pkgutil

__all__ = ["packaged_text"]


def packaged_text(package: str, path: str) -> str:
    """A text that lies in a package.

    Read by `pkgutil`: `importlib.resources` loads all that makes temporary files and archives, and takes as long to do
    so as it takes to read the register.

    Raises:
        FileNotFoundError: there is none.
    """
    data = pkgutil.get_data(package, path)
    if data is None:
        raise FileNotFoundError(f"{package}: {path}")
    return data.decode("utf-8")

"""Lines of configuration for a site, and their way into config.yaml: comments and order stay as they are."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from zmpwatch.config import Config, load_config
from zmpwatch.crawl.urls import page_key
from zmpwatch.errors import ConfigError, ConfigProblem
from zmpwatch.model import Site
from zmpwatch.service.listediting import CannotAdd, with_site

__all__ = ["add_lines", "duplicate_of", "free_name", "site_lines"]

_PLAIN = re.compile(r"[A-Za-z0-9][\w.:/?&=%+~,@-]*[\w/=]|[A-Za-z0-9]")
_LOOKS_LIKE_NUMBER = re.compile(r"[-+.\d_:]+|0[xo][\da-f]+|[\d.]+e[\d+-]+", re.IGNORECASE)
_WORDS_OF_YAML = {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "~"}


def free_name(netloc: str, taken: Collection[str]) -> str:
    """A name for a site: its host, with a number where that is taken."""
    host = netloc.rpartition("@")[2].removeprefix("www.").lower()
    names = {name.casefold() for name in taken}
    number = 1
    name = host
    while name.casefold() in names or name == "knowledge":
        number += 1
        name = f"{host} {number}"
    return name


def site_lines(name: str, family: str, url: str, municipality: str | None, *, every: str) -> str:
    """One site as YAML, a list item without indentation.

    >>> print(site_lines("bip.lipniki.example", "bip", "https://bip.lipniki.example/", None, every="1d"), end="")
    - name: bip.lipniki.example
      family: bip
      url: https://bip.lipniki.example/
      every: 1d
    """
    pairs = {"name": _scalar(name), "family": _scalar(family), "url": _scalar(url)}
    if municipality is not None:
        pairs["municipality"] = f'"{municipality}"'
    pairs["every"] = _scalar(every)
    return "".join(f"{'- ' if key == 'name' else '  '}{key}: {value}\n" for key, value in pairs.items())


def _scalar(value: str) -> str:
    """As it is where YAML reads it as text, else between quotation marks."""
    plain = _PLAIN.fullmatch(value) and ": " not in value and value.casefold() not in _WORDS_OF_YAML
    if plain and not _LOOKS_LIKE_NUMBER.fullmatch(value):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def duplicate_of(config: Config, url: str) -> Site | None:
    """The site that is watched at this address already: scheme, ``www.`` and a final slash make no difference."""
    key = page_key(url)
    return next((site for site in config.sites if key in {page_key(u) for u in (site.url, *site.start_urls)}), None)


def add_lines(path: Path, lines: str, env: Mapping[str, str]) -> int:
    """Put one site at the end of ``sites:``; returns the line of the file it begins at.

    The new file is read and compared with the old one before it takes its place, in one step: it must say the same and
    one site more, and a crash leaves the one or the other. Everything else, line ends included, stays byte for byte.

    Raises:
        ConfigError: the file can't be read or written, its list of sites is written in a way that can't be added to,
            or the new file would be wrong.
    """
    real = path.resolve()
    try:
        old = real.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error
    text = old.decode("utf-8")
    try:
        new, line = with_site(text, lines)
    except CannotAdd as cannot:
        message = f"{cannot}; add this by hand:\n{lines}"
        raise ConfigError([ConfigProblem(str(path), cannot.line, cannot.column, "sites", message)]) from cannot
    handle, name = tempfile.mkstemp(prefix=f".{real.name}.", suffix=".new", dir=real.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(new.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        _check(temporary, real, path, env)
        temporary.chmod(real.stat().st_mode)
        if real.read_bytes() != old:
            raise ConfigError(f"{path}: it was changed meanwhile; nothing was written")
        temporary.replace(real)
    except OSError as error:
        raise ConfigError(f"{path}: can't be written: {error.strerror}") from error
    finally:
        with contextlib.suppress(FileNotFoundError):
            temporary.unlink()
    return line


def _check(temporary: Path, real: Path, path: Path, env: Mapping[str, str]) -> None:
    """Make sure that the new file is right, and says what the old one does and one site more."""
    try:
        new = load_config(temporary, env)
    except ConfigError as error:
        told = [ConfigProblem(str(path), p.line, p.column, p.key, p.message) for p in error.problems]
        raise ConfigError(told or str(error)) from error
    old = load_config(real, env)
    if new.sites[:-1] != old.sites or replace(new, path=old.path, sites=old.sites) != old:
        raise ConfigError(
            f"{path}: a site can't be added without changing what else the file says; nothing was written"
        )

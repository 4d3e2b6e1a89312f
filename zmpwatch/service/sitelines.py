"""Lines of configuration for a site, and their way into config.yaml: comments and order stay as they are."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import yaml

from zmpwatch.config import Config, load_config
from zmpwatch.crawl.urls import page_key
from zmpwatch.errors import ConfigError, ConfigProblem
from zmpwatch.model import Site

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

    The new file is checked as a whole before it takes the place of the old one, in one step: a crash leaves the one or
    the other. Everything else in the file, line ends included, stays byte for byte.

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
    new, line = _with_lines(text, lines, path)
    handle, name = tempfile.mkstemp(prefix=f".{real.name}.", suffix=".new", dir=real.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(new.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        _check(temporary, path, env)
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


def _check(temporary: Path, path: Path, env: Mapping[str, str]) -> None:
    try:
        load_config(temporary, env)
    except ConfigError as error:
        told = [ConfigProblem(str(path), p.line, p.column, p.key, p.message) for p in error.problems]
        raise ConfigError(told or str(error)) from error


def _with_lines(text: str, lines: str, path: Path) -> tuple[str, int]:
    """The file with a site more, and the line (from 1) it begins at."""
    end = "\r\n" if "\r\n" in text else "\n"
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        raise ConfigError(f"{path}: a mapping was expected")
    rows = text.splitlines(keepends=True)
    pair = next(((k, v) for k, v in root.value if isinstance(k, yaml.ScalarNode) and k.value == "sites"), None)
    if pair is None:
        return _inserted(rows, len(rows), ["sites:", *_indented(lines, "  ")], end)
    key, value = pair
    if isinstance(value, yaml.SequenceNode) and value.value and not value.flow_style:
        last, first = value.value[-1], value.value[0]
        dash = rows[first.start_mark.line][: first.start_mark.column]
        indent = " " * (dash.rindex("-") if "-" in dash else key.start_mark.column)
        return _inserted(rows, _last_row(last, rows) + 1, _indented(lines, indent), end)
    empty = isinstance(value, yaml.ScalarNode) and value.tag.endswith(":null") and not value.value.strip("~ ")
    if empty or (isinstance(value, yaml.SequenceNode) and not value.value):
        row = key.end_mark.line
        head = rows[row][: key.end_mark.column]
        comment = re.search(r"\s+#.*$", rows[row].rstrip("\r\n"))
        if value.end_mark.line not in (row, row + 1) and not empty:
            raise _cannot(path, value, lines)
        rows[row] = f"{head}:{comment[0] if comment else ''}{end}"
        return _inserted(rows, row + 1, _indented(lines, f"{' ' * key.start_mark.column}  "), end)
    raise _cannot(path, value, lines)


def _cannot(path: Path, value: Any, lines: str) -> ConfigError:
    mark = value.start_mark
    message = f"the list is not written one entry below the other; add this by hand:\n{lines}"
    return ConfigError([ConfigProblem(str(path), mark.line + 1, mark.column + 1, "sites", message)])


def _last_row(node: yaml.Node, rows: list[str]) -> int:
    """The row a node's text ends in: its end mark may lie behind comments and empty lines that follow."""
    if isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        inner = node.value[-1]
        return _last_row(inner[1] if isinstance(inner, tuple) else inner, rows)
    row: int = node.end_mark.line
    if node.end_mark.column == 0 and row > node.start_mark.line:
        row -= 1
    while row > node.start_mark.line and not rows[min(row, len(rows) - 1)].strip():
        row -= 1
    return min(row, len(rows) - 1)


def _indented(lines: str, indent: str) -> list[str]:
    return [f"{indent}{line}" for line in lines.splitlines()]


def _inserted(rows: list[str], at: int, new: list[str], end: str) -> tuple[str, int]:
    before = rows[:at]
    if before and not before[-1].endswith(("\n", "\r")):
        before[-1] += end
    return "".join([*before, *(f"{line}{end}" for line in new), *rows[at:]]), at + 1 + (new[0] == "sites:")

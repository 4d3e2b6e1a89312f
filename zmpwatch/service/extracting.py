"""The use case `extract`: what documents state, without any database."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from zmpwatch.errors import ReadError
from zmpwatch.extract import extract
from zmpwatch.model import Association, Context, Statement, Text
from zmpwatch.read import read_bytes, text_from_plain
from zmpwatch.register import Register

__all__ = ["Extraction", "extract_files"]

MAX_FILE_BYTES = 64 << 20
"""A larger file is no page or council document; JSON Lines are read line by line and may be larger."""

_PLAIN = {".txt", ".text", ".md"}


@dataclass(frozen=True, slots=True)
class Extraction:
    """One document: its text and statements, or the reason why it can't be read."""

    path: str
    id: str | None = None
    text: Text | None = None
    statements: tuple[Statement, ...] = ()
    error: str | None = None


def extract_files(
    files: Sequence[Path],
    association: Association,
    register: Register,
    *,
    url: str | None = None,
    published: str | None = None,
) -> Iterator[Extraction]:
    """Read each file and extract its statements, in order.

    A ``.jsonl`` file gives one document a line, with the keys `id`, `url`, `published` and `text`. A document that
    can't be read gives an `Extraction` with an error in its place; the others are read all the same.
    """
    for path in files:
        if path.suffix.lower() == ".jsonl":
            yield from _lines(path, association, register)
            continue
        try:
            text = _read(path, url)
        except ReadError as error:
            yield Extraction(str(path), error=error.reason)
        except OSError as error:
            yield Extraction(str(path), error=error.strerror or str(error))
        else:
            yield Extraction(str(path), text=text, statements=_statements(text, association, register, url, published))


def _read(path: Path, url: str | None) -> Text:
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise ReadError(f"{size:,} bytes are more than the {MAX_FILE_BYTES:,} a document may have")
    body = path.read_bytes()
    headers = {"content-type": "text/plain"} if path.suffix.lower() in _PLAIN else {}
    return read_bytes(body, url=url, headers=headers)


def _lines(path: Path, association: Association, register: Register) -> Iterator[Extraction]:
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _line(f"{path}:{number}", line, association, register)
    except (OSError, UnicodeDecodeError) as error:
        yield Extraction(str(path), error=f"can't be read: {error}")


def _line(place: str, line: str, association: Association, register: Register) -> Extraction:
    try:
        document: Any = json.loads(line)
    except ValueError as error:
        return Extraction(place, error=f"is no JSON: {error}")
    if not isinstance(document, dict) or not isinstance(document.get("text"), str):
        return Extraction(place, error='is no object with a string "text"')
    url, published = document.get("url"), document.get("published")
    if not all(value is None or isinstance(value, str) for value in (url, published)):
        return Extraction(place, error='"url" and "published" must be strings or null')
    try:
        text = text_from_plain(document["text"], url=url, published=published)
    except ReadError as error:
        return Extraction(place, error=error.reason)
    identity = document.get("id")
    return Extraction(
        place,
        id=str(identity) if identity is not None else None,
        text=text,
        statements=_statements(text, association, register, url, published),
    )


def _statements(
    text: Text, association: Association, register: Register, url: str | None, published: str | None
) -> tuple[Statement, ...]:
    host = (urlsplit(url).hostname or "") if url else ""
    bare = host.removeprefix("www.")
    official = bool(bare) and any(bare == domain or bare.endswith(f".{domain}") for domain in association.domains)
    context = Context(
        association=association,
        url=url,
        published=published or text.published,
        municipality=register.municipality_of_host(host) if host else None,
        family="association" if official else None,
    )
    return tuple(extract(text, context))

"""The use case `extract`: what documents state, without any database."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from zmpwatch.errors import ReadError
from zmpwatch.extract import LONGEST_TEXT, as_json, extract
from zmpwatch.model import Association, Context, MembershipStatement, Municipality, Statement, Text
from zmpwatch.read import read_bytes, text_from_plain
from zmpwatch.register import load_association, load_register

__all__ = ["Extraction", "bearers", "context_of", "default_association", "extract_files"]

STANDARD_INPUT = Path("-")
MAX_FILE_BYTES = 64 << 20
"""A larger file is no page or council document; JSON Lines are read line by line and may be larger."""

_PLAIN = {".txt", ".text", ".md"}


@dataclass(frozen=True, slots=True)
class Extraction:
    """One document: its text and statements, or the reason why it can't be read."""

    path: str
    id: str | None = None
    text: Text | None = None
    context: Context | None = None
    """What was known of the document besides its text."""
    statements: tuple[Statement, ...] = ()
    error: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The object ``extract --json`` prints: what the document states, or its error."""
        if self.error is not None or self.text is None:
            return {"path": self.path, "error": self.error}
        identity = {"id": self.id} if self.id is not None else {}
        return {"path": self.path, **identity, **as_json(self.text, self.statements)}


def default_association() -> Association:
    """The association that documents are read for where no configuration names another."""
    return load_association("zmp")


def bearers(statement: MembershipStatement) -> tuple[Municipality, ...]:
    """The municipality a statement means or, where it is ambiguous, all that the name may mean."""
    register = load_register()
    if statement.teryt is None:
        return register.candidates(statement.municipality)
    return (register.by_teryt(statement.teryt),)


def extract_files(
    files: Sequence[Path],
    association: Association,
    *,
    url: str | None = None,
    published: str | None = None,
) -> Iterator[Extraction]:
    """Read each file and extract its statements, in order.

    A ``.jsonl`` file gives one document a line, with the keys `id`, `url`, `published` and `text`. The name ``-`` is
    standard input, one document of any other kind: its bytes tell. It can be read only once. A document that can't be
    read gives an `Extraction` with an error in its place; the others are read all the same.
    """
    heard = False
    for path in files:
        if path == STANDARD_INPUT and heard:
            yield Extraction(str(path), error="standard input can be read only once")
            continue
        heard |= path == STANDARD_INPUT
        if path.suffix.lower() == ".jsonl":
            yield from _lines(path, association)
            continue
        try:
            text = _read(path, url)
        except ReadError as error:
            yield Extraction(str(path), error=error.reason)
        except OSError as error:
            yield Extraction(str(path), error=error.strerror or str(error))
        else:
            text = _noted(text)
            context = context_of(association, url=url, published=published or text.published)
            yield Extraction(str(path), text=text, context=context, statements=tuple(extract(text, context)))


def _noted(text: Text) -> Text:
    """A text that is longer than what is read for facts says so."""
    if len(text.content) <= LONGEST_TEXT:
        return text
    return replace(text, notes=(*text.notes, f"only the first {LONGEST_TEXT:,} characters were read for facts"))


def _read(path: Path, url: str | None) -> Text:
    if path == STANDARD_INPUT:
        # its type leaves it out, but Python has none where it began with the file descriptor closed
        if sys.stdin is None:
            raise ReadError("standard input is closed")
        body = sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
        if len(body) > MAX_FILE_BYTES:
            raise ReadError(f"more than the {MAX_FILE_BYTES:,} bytes a document may have")
        return read_bytes(body, url=url, headers={})
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise ReadError(f"{size:,} bytes are more than the {MAX_FILE_BYTES:,} a document may have")
    body = path.read_bytes()
    headers = {"content-type": "text/plain"} if path.suffix.lower() in _PLAIN else {}
    return read_bytes(body, url=url, headers=headers)


def _lines(path: Path, association: Association) -> Iterator[Extraction]:
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _line(f"{path}:{number}", line, association)
    except (OSError, UnicodeDecodeError) as error:
        yield Extraction(str(path), error=f"can't be read: {error}")


def _line(place: str, line: str, association: Association) -> Extraction:
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
        text = _noted(text_from_plain(document["text"], url=url, published=published))
    except ReadError as error:
        return Extraction(place, error=error.reason)
    context = context_of(association, url=url, published=published or text.published)
    identity = document.get("id")
    return Extraction(
        place,
        id=str(identity) if identity is not None else None,
        text=text,
        context=context,
        statements=tuple(extract(text, context)),
    )


def context_of(
    association: Association, *, url: str | None, published: str | None, municipality: Municipality | None = None
) -> Context:
    """What an address tells of a document: whose site it stood on.

    Args:
        association: who is watched; on one of its own domains a document is the association's own word.
        url: where the document was found.
        published: when it was published, as far as known.
        municipality: whose site it is, where the caller knows better than the address.
    """
    try:
        host = (urlsplit(url).hostname or "") if url else ""
    except ValueError:
        # an address may be anything a document's collector wrote down; one that names no host tells nothing
        host = ""
    return Context(
        association=association,
        url=url,
        published=published,
        municipality=municipality or (load_register().municipality_of_host(host) if host else None),
        family="association" if association.owns(host) else None,
    )

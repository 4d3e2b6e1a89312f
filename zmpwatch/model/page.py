"""What was fetched, and the text it gave."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from zmpwatch.model.association import Association
from zmpwatch.model.municipality import Municipality

__all__ = ["Block", "BlockKind", "Context", "KnownPage", "Page", "Text"]


@dataclass(frozen=True, slots=True)
class Page:
    """One fetched resource, as it came over the wire after content decoding.

    `url` is the address after redirects, `requested` the one asked for. `complete` is false when the transfer ended in
    a way that can't prove the body whole (cut short without a length): it may be read for what it holds, never for
    what it lacks. `headers` has lower-case names.
    """

    url: str
    requested: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: datetime
    complete: bool = True
    anchor: str | None = None
    """Text of the link that led here, where one did."""
    referrer: str | None = None
    request_headers: Mapping[str, str] | None = None
    """What it was asked for with, where that is known; lower-case names."""
    fresh: bool = False
    """Whether the page or sitemap that led here did not name it when it was read before."""
    told_sha256: str | None = field(default=None, compare=False, repr=False)
    """That of the body, where it has been made: it takes as long as some steps of reading."""

    @property
    def body_sha256(self) -> str:
        """SHA-256 of the body, in hexadecimal digits."""
        return self.told_sha256 or hashlib.sha256(self.body).hexdigest()


class BlockKind(StrEnum):
    """What a block of text was on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Block:
    """A run of `Text.content`, characters `start` to `end`.

    `boilerplate` marks menus, footers, cookie bars and side lists: read with more suspicion, not dropped, since a
    member counter may stand in any of them.
    """

    kind: BlockKind
    start: int
    end: int
    boilerplate: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """The readable text of one page or document.

    All offsets of blocks and statements count characters of `content`. `published` is an ISO date cut to the precision
    known (``2025``, ``2025-02``, ``2025-02-28``). `notes` are remarks for the operator ("no end of document").
    """

    content: str
    title: str | None = None
    published: str | None = None
    blocks: tuple[Block, ...] = ()
    media_type: str = "text/plain"
    encoding: str | None = None
    complete: bool = True
    notes: tuple[str, ...] = ()
    needs_ocr: int = 0
    """Pages of a document, or documents of an archive, that are pictures and that nobody has read."""


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a text besides the text: where it stood, when, and whose site it is."""

    association: Association
    url: str | None = None
    published: str | None = None
    municipality: Municipality | None = None
    family: str | None = None


@dataclass(frozen=True, slots=True)
class KnownPage:
    """What is remembered of an address: validators, content hashes and how it did, for the next visit."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    text_sha256: str | None = None
    fetched_at: datetime | None = None
    full_fetch_at: datetime | None = None
    """Last time the body came whole (status 200): validators may lie, so it is asked for again within days."""
    status: int | None = None
    statements: int = 0
    """How many statements its last reading gave: what the address is worth."""
    links: tuple[str, ...] = field(default=())
    """Marks of the links it held; see `zmpwatch.crawl.urls.link_mark`."""
    content_sha256: str | None = None
    """Of its cleaned text, with title and date: equal text is not extracted again."""
    extractor: str | None = None
    """Version of the rules its last reading was made with: another version reads the same bytes anew."""
    changed_at: datetime | None = None
    """When its text was last seen to differ from the time before, or for the first time."""
    worth: float = 0.0
    """What the links that led to it promised."""
    leads: int = 0
    """To how many pages worth a request it led when it was read last."""

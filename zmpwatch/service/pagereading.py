"""From one fetched page to its statements: where `read`, `extract` and the archive's needs meet."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from zmpwatch.crawl.urls import twin
from zmpwatch.errors import LimitExceeded, NeedsOcr, ReadError
from zmpwatch.extract import EXTRACTOR_VERSION, LONGEST_TEXT, concerns, extract, may_concern
from zmpwatch.judge.listed import MEMBER_LIST_RULE
from zmpwatch.model import (
    ASSOCIATION_FAMILY,
    Association,
    Authority,
    Context,
    CountStatement,
    Failure,
    FailureKind,
    KnownPage,
    Municipality,
    Page,
    Site,
    Statement,
    Text,
)
from zmpwatch.read import MediaType, PageLinks, read_with_links, sniff
from zmpwatch.read.decode import decode
from zmpwatch.read.html import lacks_end
from zmpwatch.read.scripted import may_be_shell
from zmpwatch.read.skim import skim

if TYPE_CHECKING:
    from zmpwatch.store.searching import PageText

__all__ = [
    "ASSOCIATION_FAMILY",
    "AT_ONCE",
    "PageReading",
    "Unchanged",
    "authority_of",
    "facts_digest",
    "known_page",
    "read_page_again",
    "read_page_of",
    "read_whole_page",
    "seen_again",
    "skim_page_again",
    "unchanged_page",
]

_MARKUP = re.compile(r"<[^<>]*>")
_HTML_END = re.compile(rb"</html\s*>(?:\s|<!--[^<>]*-->)*$", re.IGNORECASE)
_ZIPPED = {MediaType.DOCX, MediaType.ODT}
_TAIL = 1024
"""Bytes at the end of a body in which its format says that it ends: as far back as readers of PDF look."""
_REMEMBERED = ("etag", "last-modified")
COUNTER_RULE = "counter"
MAX_LINKS = 500
"""Links remembered of one page."""
AT_ONCE = 128 << 10
"""Bytes of a page that is skimmed without going to a thread: 5 ms of the loop's time."""


@dataclass(frozen=True, slots=True)
class PageReading:
    """A page with the statements it makes. `digest` names what it states: the same facts in the same words."""

    page: Page
    text: Text
    statements: tuple[Statement, ...]
    authorities: tuple[Authority, ...]
    digest: str
    body_sha256: str
    links: tuple[str, ...]
    searched: PageText | None = None
    """What the index of `search` keeps of it."""
    remarks: tuple[Failure, ...] = ()
    """What of a document could not be read, while the rest was."""
    found: PageLinks | None = None
    """All links, for the crawler to follow."""
    content_sha256: str | None = None
    """Of the cleaned text; None where the page was not read whole."""

    def without_bodies(self) -> PageReading:
        """The same without bytes and text: a visit of many big pages must not hold them all until its end.

        Of a page that gets no snapshot, and so is not searched, no headers are kept but those that are remembered.
        """
        headers, asked_with = self.page.headers, self.page.request_headers
        if self.searched is None:
            headers, asked_with = {name: headers[name] for name in _REMEMBERED if name in headers}, {}
        page = replace(self.page, body=b"", headers=headers, request_headers=asked_with, told_sha256=self.body_sha256)
        return replace(self, page=page, text=replace(self.text, content="", blocks=()), found=None)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A page whose bytes differ from last time and whose text does not: a token, a visit counter in a script."""

    body_sha256: str
    found: PageLinks | None
    remarks: tuple[Failure, ...] = ()


def read_page_of(
    site: Site, page: Page, association: Association, municipality: Municipality | None
) -> PageReading | Failure:
    """Read a page and extract what it states; see `read_page_again`."""
    reading = read_page_again(site, page, association, municipality, None)
    assert not isinstance(reading, Unchanged)
    return reading


def read_page_again(
    site: Site, page: Page, association: Association, municipality: Municipality | None, known: KnownPage | None
) -> PageReading | Unchanged | Failure:
    """Read a page and extract what it states.

    A page that does not name the association, and stated nothing before, is not read any further: only its links are
    taken. The text of one that is `known` is not extracted again while it is the same.

    Returns a `Failure` where the bytes give no text one can rely on: nothing is concluded from such a page.
    """
    skimmed = skim_page_again(site, page, association, municipality, known)
    return skimmed or read_whole_page(site, page, association, municipality, known)


def skim_page_again(
    site: Site, page: Page, association: Association, municipality: Municipality | None, known: KnownPage | None
) -> PageReading | Failure | None:
    """The links of an HTML page that does not concern us, with an empty text; None for one to be read whole.

    Takes 40 µs a kB, where reading the whole takes from ten times that without a bound.
    """
    if not page.complete and not shows_its_end(page):
        return Failure(FailureKind.INCOMPLETE, page.url, "the transfer ended early; nothing was read from it")
    if (known is not None and known.statements > 0) or sniff(page.body, page.headers) is not MediaType.HTML:
        return None
    context = Context(association=association, url=page.url, municipality=municipality, family=site.family)
    try:
        decoded = decode(page.body, page.headers)
        skimmed = skim(decoded.text, url=page.url, encoding=decoded.encoding)
    except ReadError as error:
        return _unread(page, error)
    if skimmed is None:
        return None
    said = skimmed.text
    # a page without any text is for the reader to refuse
    if not said.strip() or (may_concern(said, context) and _concerns(decoded.text, context)):
        return None
    links = skimmed.links()
    if not (links.links or links.feeds) and may_be_shell(decoded.text):
        return None
    missing_end = lacks_end(decoded.text)
    notes = (*decoded.notes, *([missing_end] if missing_end else ()))
    text = Text("", media_type=MediaType.HTML, encoding=decoded.encoding, complete=missing_end is None, notes=notes)
    return _cut(page, text) or _reading(site, page, text, links, (), None)


def read_whole_page(
    site: Site, page: Page, association: Association, municipality: Municipality | None, known: KnownPage | None
) -> PageReading | Unchanged | Failure:
    """Read a page to its end, whether it names the association or not; see `read_page_again`."""
    context = Context(association=association, url=page.url, municipality=municipality, family=site.family)
    try:
        text, links = read_with_links(page.body, url=page.url, headers=page.headers)
    except ReadError as error:
        return _unread(page, error)
    if (cut := _cut(page, text)) is not None:
        return cut
    content = content_digest(text)
    if known is not None and (content, EXTRACTOR_VERSION) == (known.content_sha256, known.extractor):
        return Unchanged(page.body_sha256, links, tuple(_remarks(page.url, text)))
    statements = tuple(extract(text, replace(context, published=text.published)))
    if not page.complete and not statements and known is not None and known.statements:
        # it may be read for what it holds, never for what it lacks
        return Failure(FailureKind.INCOMPLETE, page.url, "nothing proves it whole, and what it stated is missing")
    return _reading(site, page, text, links, statements, content)


def _unread(page: Page, error: ReadError) -> Failure:
    if isinstance(error, NeedsOcr):
        return Failure(FailureKind.NEEDS_OCR, page.url, error.reason)
    kind = FailureKind.TOO_BIG if isinstance(error, LimitExceeded) else FailureKind.UNREADABLE
    return Failure(kind, page.url, error.reason)


def _cut(page: Page, text: Text) -> Failure | None:
    if text.complete:
        return None
    return Failure(FailureKind.INCOMPLETE, page.url, "; ".join(text.notes) or "the document has no end")


def _reading(
    site: Site,
    page: Page,
    text: Text,
    links: PageLinks | None,
    statements: tuple[Statement, ...],
    content: str | None,
) -> PageReading:
    return PageReading(
        page=page,
        text=text,
        statements=statements,
        authorities=tuple(authority_of(site, page.url, statement) for statement in statements),
        digest=facts_digest(statements),
        body_sha256=page.body_sha256,
        links=_inside(page, links),
        found=links,
        content_sha256=content,
        remarks=tuple(_remarks(page.url, text)),
    )


def shows_its_end(page: Page) -> bool:
    """Whether a body that nothing on the wire proves whole ends as its format ends (docs/faults.md 6, 7, 18).

    Old servers send neither a length nor chunks and close the connection, for every page alike.
    """
    kind = sniff(page.body, page.headers)
    if kind is MediaType.HTML:
        return _HTML_END.search(page.body[-_TAIL:]) is not None
    if kind is MediaType.PDF:
        return b"%%EOF" in page.body[-_TAIL:]
    return kind in _ZIPPED and b"PK\x05\x06" in page.body[-_TAIL:]


def _remarks(url: str, text: Text) -> Iterator[Failure]:
    """What is missing from the text of a page: its end, pages that wait for OCR, members of an archive."""
    if len(text.content) > LONGEST_TEXT:
        detail = f"only the first {LONGEST_TEXT:,} of its {len(text.content):,} characters were read for facts"
        yield Failure(FailureKind.INCOMPLETE, url, detail)
    if text.needs_ocr:
        missing = next((note for note in text.notes if "text layer" in note), f"{text.needs_ocr} documents are scans")
        yield Failure(FailureKind.NEEDS_OCR, url, missing)
    for note in text.notes:
        if note.startswith("not read: ") and "text layer" not in note:
            yield Failure(FailureKind.UNREADABLE, url, note)


def content_digest(text: Text) -> str:
    """SHA-256 of a cleaned text with what else `extract` looks at."""
    parts = (text.content, text.title or "", text.published or "", "".join("-+"[b.boilerplate] for b in text.blocks))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _concerns(markup: str, context: Context) -> bool:
    """Whether the text of a page may name the association: false only where it can't.

    Tags may stand between words or inside them, so the text is looked at with them as blanks and as nothing.
    """
    tight = _MARKUP.sub("", markup)
    if "&" in tight:
        tight = unescape(tight)
    if concerns(tight, context):
        return True
    spaced = _MARKUP.sub(" ", markup)
    return concerns(unescape(spaced) if "&" in spaced else spaced, context)


def _inside(page: Page, found: PageLinks | None) -> tuple[str, ...]:
    """Where a page leads within its site."""
    if found is None:
        return ()
    parts = urlsplit(page.url)
    host = twin(parts.hostname or "")
    hosts = (host, f"www.{host}", parts.netloc)
    near = tuple(f"{scheme}://{name}/" for scheme in ("http", "https") for name in hosts)
    inside = (
        link.url for link in found.links if link.url.startswith(near) or twin(urlsplit(link.url).hostname or "") == host
    )
    return tuple(dict.fromkeys(inside))[:MAX_LINKS]


def authority_of(site: Site, url: str, statement: Statement) -> Authority:
    """Whose word a statement is (house rule 3)."""
    if site.family != ASSOCIATION_FAMILY:
        return Authority.OTHER
    if statement.rule.startswith(MEMBER_LIST_RULE):
        return Authority.MEMBER_LIST
    if isinstance(statement, CountStatement) and statement.rule.startswith(COUNTER_RULE):
        return Authority.COUNTER
    if urlsplit(url).path.rstrip("/") == urlsplit(site.url).path.rstrip("/"):
        return Authority.HOME
    return Authority.NEWS


def facts_digest(statements: Sequence[Statement]) -> str:
    """SHA-256 over what a page states.

    A version of a page is told by its facts and their quotes, not by its bytes: clocks, visit counters and rotating
    advertisements would make every visit a new version.
    """
    facts = sorted(
        json.dumps(
            [statement.value, statement.qualifier, statement.as_of, statement.quote]
            if isinstance(statement, CountStatement)
            else [
                statement.teryt or statement.municipality,
                statement.kind,
                statement.stage,
                statement.date,
                statement.resolution,
                statement.votes.as_json() if statement.votes else None,
                statement.quote,
            ],
            ensure_ascii=False,
        )
        for statement in statements
    )
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def known_page(reading: PageReading, at: datetime, before: KnownPage | None = None) -> KnownPage:
    """What to remember of a page for the next visit.

    `before` is what was remembered of it: a page that states the same in the same words, and is no longer or shorter,
    has been steady since.
    """
    headers = reading.page.headers
    steady = before is not None and (before.text_sha256, before.links) == (reading.digest, reading.links)
    return KnownPage(
        url=reading.page.url,
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        body_sha256=reading.body_sha256,
        text_sha256=reading.digest,
        fetched_at=at,
        full_fetch_at=at,
        status=reading.page.status,
        statements=len(reading.statements),
        links=reading.links,
        content_sha256=reading.content_sha256,
        extractor=EXTRACTOR_VERSION,
        changed_at=(before.changed_at if steady and before is not None else None) or at,
    )


def unchanged_page(known: KnownPage, page: Page) -> KnownPage | None:
    """What to remember of a page that came with the very bytes it had; None where it did not, or must be read anew."""
    from zmpwatch.service.remembered import unread_mark  # it comes with the database, which readers of pages have not

    if known.extractor not in {EXTRACTOR_VERSION, unread_mark()} or known.body_sha256 is None:
        return None  # other rules may read more in it, and another OCR may read it at all
    return seen_again(known, page, page.body_sha256) if page.body_sha256 == known.body_sha256 else None


def seen_again(known: KnownPage, page: Page, body_sha256: str) -> KnownPage:
    """What to remember of a page that says what it said before."""
    return replace(
        known,
        etag=page.headers.get("etag"),
        last_modified=page.headers.get("last-modified"),
        body_sha256=body_sha256,
        fetched_at=page.fetched_at,
        full_fetch_at=page.fetched_at,
        status=page.status,
    )

"""From one fetched page to its statements: where `read`, `extract` and the archive's needs meet."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from zmpwatch.crawl.urls import twin
from zmpwatch.errors import LimitExceeded, NeedsOcr, ReadError
from zmpwatch.extract import extract
from zmpwatch.judge.listed import MEMBER_LIST_RULE
from zmpwatch.model import (
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
from zmpwatch.read import MediaType, page_links, read_bytes
from zmpwatch.store.searching import PageText

__all__ = ["ASSOCIATION_FAMILY", "PageReading", "authority_of", "facts_digest", "known_page", "read_page_of"]

ASSOCIATION_FAMILY = "association"
COUNTER_RULE = "counter"
MAX_LINKS = 500
"""Links remembered of one page."""


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

    def without_bodies(self) -> PageReading:
        """The same without bytes and text: a visit of many big pages must not hold them all until its end."""
        return replace(self, page=replace(self.page, body=b""), text=replace(self.text, content="", blocks=()))


def read_page_of(
    site: Site, page: Page, association: Association, municipality: Municipality | None
) -> PageReading | Failure:
    """Read a page and extract what it states.

    Returns a `Failure` where the bytes give no text one can rely on: nothing is concluded from such a page.
    """
    if not page.complete:
        return Failure(FailureKind.INCOMPLETE, page.url, "the transfer ended early; nothing was read from it")
    try:
        text = read_bytes(page.body, url=page.url, headers=page.headers)
    except NeedsOcr as error:
        return Failure(FailureKind.NEEDS_OCR, page.url, error.reason)
    except LimitExceeded as error:
        return Failure(FailureKind.TOO_BIG, page.url, error.reason)
    except ReadError as error:
        return Failure(FailureKind.UNREADABLE, page.url, error.reason)
    if not text.complete:
        reason = "; ".join(text.notes) or "the document has no end"
        return Failure(FailureKind.INCOMPLETE, page.url, reason)
    context = Context(
        association=association,
        url=page.url,
        published=text.published,
        municipality=municipality,
        family=site.family,
    )
    statements = tuple(extract(text, context))
    return PageReading(
        page=page,
        text=text,
        statements=statements,
        authorities=tuple(authority_of(site, page.url, statement) for statement in statements),
        digest=facts_digest(statements),
        body_sha256=hashlib.sha256(page.body).hexdigest(),
        links=_links(page, text),
    )


def _links(page: Page, text: Text) -> tuple[str, ...]:
    """Where a page leads within its site: a later 304 for it must not end the visit there."""
    if text.media_type != MediaType.HTML:
        return ()
    try:
        found = page_links(page.body, url=page.url, headers=page.headers)
    except ReadError:
        # it gave a text, so only its links are beyond reading; the crawler has said so already
        return ()
    host = twin(urlsplit(page.url).hostname or "")
    inside = (link.url for link in found.links if twin(urlsplit(link.url).hostname or "") == host)
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


def known_page(reading: PageReading, at: datetime) -> KnownPage:
    """What to remember of a page for the next visit."""
    headers = reading.page.headers
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
    )

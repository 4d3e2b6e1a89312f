"""What only the store knows of: how a site has done, one stored version of a page, what a takedown removed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zmpwatch.model import Authority, Page, Verdict

__all__ = ["Citation", "Forgetting", "SiteState", "Snapshot"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement stands and in what words: what an answer quotes."""

    statement: int
    url: str
    quote: str
    archived: str
    site: str
    authority: Authority


@dataclass(frozen=True, slots=True)
class SiteState:
    """What the history says of a site's health; `verdicts` are of its last visits, newest first (ten at most)."""

    name: str
    first_healthy: datetime | None
    verdicts: tuple[Verdict, ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One stored version of a page's text: what `rebuild` and `export` walk over."""

    id: int
    visit: int
    site: str
    url: str
    requested: str
    status: int
    headers: dict[str, str]
    sha256: str
    text_sha256: str
    title: str | None
    published: str | None
    fetched_at: datetime
    complete: bool
    anchor: str | None
    referrer: str | None
    baseline: bool

    def page(self, body: bytes) -> Page:
        """Return the page as it was fetched, given its bytes from the archive."""
        return Page(
            url=self.url,
            requested=self.requested,
            status=self.status,
            headers=self.headers,
            body=body,
            fetched_at=self.fetched_at,
            complete=self.complete,
            anchor=self.anchor,
            referrer=self.referrer,
        )


@dataclass(frozen=True, slots=True)
class ListVersion:
    """One version of a page of a member list (`id` of its snapshot), and the first and newest time it was served."""

    id: int
    url: str
    first_seen: datetime
    last_seen: datetime
    baseline: bool


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What a takedown removed. `kept` are hashes of bytes that stay: the address beside each served the same."""

    url: str
    snapshots: int
    quotes: int
    removed: tuple[str, ...]
    kept: dict[str, str]

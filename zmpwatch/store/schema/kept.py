"""What is remembered of sites and pages, names, search, and the hash chain.

Annotations are evaluated here, not kept as strings: see the package.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from zmpwatch.store.schema.base import STRICT, Base, RowId

__all__ = [
    "AwaitingRow",
    "LinkRow",
    "MunicipalityRow",
    "PageRequestRow",
    "PageRow",
    "PageTextRow",
    "PrunedRow",
    "SiteMoveRow",
    "SiteRow",
    "TombstoneRow",
]


class PageRow(Base):
    """What is remembered of an address for the next visit: validators, hashes, links."""

    __tablename__ = "pages"

    site: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(primary_key=True)
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    body_sha256: Mapped[str | None]
    text_sha256: Mapped[str | None]
    fetched_at: Mapped[datetime | None]
    full_fetch_at: Mapped[datetime | None]
    status: Mapped[int | None]
    statements: Mapped[int]
    links: Mapped[list[Any]]
    content_sha256: Mapped[str | None]
    extractor: Mapped[str | None]
    changed_at: Mapped[datetime | None]
    worth: Mapped[float] = mapped_column(server_default="0")
    leads: Mapped[int] = mapped_column(server_default="0")


class SiteRow(Base):
    """A site as it was last configured, and when it was first seen healthy."""

    __tablename__ = "sites"

    name: Mapped[str] = mapped_column(primary_key=True)
    family: Mapped[str]
    url: Mapped[str]
    municipality: Mapped[str | None]
    first_healthy: Mapped[datetime | None]


class SiteMoveRow(Base):
    """A site whose address does not lead to it any more, and the address proposed in its place."""

    __tablename__ = "site_moves"

    site: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    url: Mapped[str]
    proposed: Mapped[str | None]
    detail: Mapped[str]
    since: Mapped[datetime]
    seen: Mapped[datetime]


class PageRequestRow(Base):
    """What a snapshot was asked for with: the headers of the request. Not chained: it proves nothing that is cited."""

    __tablename__ = "page_requests"

    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshots.id"), primary_key=True, autoincrement=False)
    headers: Mapped[dict[str, Any]]


class PageTextRow(Base):
    """The text of a snapshot for search, compressed; the index over its `terms` is the table ``page_words``.

    ``page_words`` is a virtual table of FTS5 on SQLite and a table of text vectors on PostgreSQL: see
    `zmpwatch.store.searching`.
    """

    __tablename__ = "page_texts"
    __table_args__ = (Index("ix_page_texts_analyser", "analyser", "snapshot_id"), STRICT)

    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshots.id"), primary_key=True, autoincrement=False)
    analyser: Mapped[str]
    day: Mapped[str]
    text: Mapped[bytes]
    terms: Mapped[bytes]


class PrunedRow(Base):
    """Bytes that `prune` removed from the archive, and an address they came from."""

    __tablename__ = "pruned"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    url: Mapped[str]


class AwaitingRow(Base):
    """Municipalities that stored statements speak of and whose cases have not been judged since."""

    __tablename__ = "awaiting"

    teryt: Mapped[str] = mapped_column(primary_key=True)


class MunicipalityRow(Base):
    """Names of the municipalities that were spoken of, for the views."""

    __tablename__ = "municipalities"

    teryt: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    powiat: Mapped[str]
    voivodeship: Mapped[str]


class TombstoneRow(Base):
    """One takedown: the words of these snapshots and of these pieces of evidence are gone, on purpose."""

    __tablename__ = "tombstones"

    id: Mapped[RowId]
    url: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime]
    snapshots: Mapped[list[Any]]
    evidence: Mapped[list[Any]]


class LinkRow(Base):
    """One link of the hash chain; `zmpwatch.store.chain` says what its hash covers."""

    __tablename__ = "chain"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[str]
    row_id: Mapped[int]
    position: Mapped[int]
    salt: Mapped[bytes | None]
    seal: Mapped[bytes | None]
    hash: Mapped[bytes]

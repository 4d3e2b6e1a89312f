"""What was seen and what it says: append-only.

Annotations are evaluated here, not kept as strings: see the package.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zmpwatch.store.schema.base import STRICT, Base, RowId, SnapshotId, VisitId

__all__ = ["ReadingRow", "SightingRow", "SnapshotRow", "StatementRow", "VisitRow"]


class VisitRow(Base):
    """One finished crawl of one site."""

    __tablename__ = "visits"
    __table_args__ = (Index("ix_visits_site", "site", "id"), STRICT)

    id: Mapped[RowId]
    site: Mapped[str]
    purpose: Mapped[str]
    started: Mapped[datetime]
    finished: Mapped[datetime]
    verdict: Mapped[str]
    requests: Mapped[int]
    bytes: Mapped[int]
    pages: Mapped[int]
    not_modified: Mapped[int]
    statements: Mapped[int]
    problems: Mapped[list[Any]]
    cycle: Mapped[str]
    needs_ocr: Mapped[int] = mapped_column(server_default="0")


class SnapshotRow(Base):
    """One version of one page's text; `sha256` finds its bytes in the archive."""

    __tablename__ = "snapshots"
    __table_args__ = (UniqueConstraint("site", "url", "text_sha256"), STRICT)

    id: Mapped[RowId]
    visit_id: Mapped[VisitId]
    site: Mapped[str]
    url: Mapped[str]
    requested: Mapped[str]
    status: Mapped[int]
    content_type: Mapped[str | None]
    headers: Mapped[dict[str, Any]]
    sha256: Mapped[str]
    text_sha256: Mapped[str]
    title: Mapped[str | None]
    published: Mapped[str | None]
    fetched_at: Mapped[datetime]
    complete: Mapped[bool]
    anchor: Mapped[str | None]
    referrer: Mapped[str | None]
    baseline: Mapped[bool]


class SightingRow(Base):
    """One time a snapshot's text was served to us, the first time included."""

    __tablename__ = "sightings"
    __table_args__ = (
        UniqueConstraint("snapshot_id", "seen_at", "visit_id"),
        Index("ix_sightings_visit", "visit_id"),
        STRICT,
    )

    id: Mapped[RowId]
    snapshot_id: Mapped[SnapshotId]
    visit_id: Mapped[VisitId]
    seen_at: Mapped[datetime]
    fresh: Mapped[bool]


class ReadingRow(Base):
    """One version of the extractor applied to one snapshot; the newest reading of a snapshot is the one that counts."""

    __tablename__ = "readings"
    __table_args__ = (UniqueConstraint("snapshot_id", "extractor"), STRICT)

    id: Mapped[RowId]
    snapshot_id: Mapped[SnapshotId]
    extractor: Mapped[str]
    statements: Mapped[int]


class StatementRow(Base):
    """One typed fact; `kind` says which columns are filled: ``count`` or ``membership``."""

    __tablename__ = "statements"
    __table_args__ = (
        CheckConstraint(
            "(kind = 'count' AND value IS NOT NULL AND qualifier IS NOT NULL) OR "
            "(kind = 'membership' AND municipality IS NOT NULL AND event IS NOT NULL AND stage IS NOT NULL)",
            name="kind",
        ),
        Index("ix_statements_reading", "reading_id"),
        Index("ix_statements_snapshot", "snapshot_id", "kind"),
        Index("ix_statements_kind", "kind", "teryt"),
        STRICT,
    )

    id: Mapped[RowId]
    reading_id: Mapped[int] = mapped_column(ForeignKey("readings.id"))
    snapshot_id: Mapped[SnapshotId]
    kind: Mapped[str]
    authority: Mapped[str]
    value: Mapped[int | None]
    qualifier: Mapped[str | None]
    as_of: Mapped[str | None]
    municipality: Mapped[str | None]
    teryt: Mapped[str | None]
    event: Mapped[str | None]
    stage: Mapped[str | None]
    date: Mapped[str | None]
    resolution: Mapped[str | None]
    has_votes: Mapped[bool]
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    votes_abstain: Mapped[int | None]
    quote: Mapped[str]
    start_char: Mapped[int]
    end_char: Mapped[int]
    rule: Mapped[str]
    confidence: Mapped[float]

"""What people are told, and the outbox.

Annotations are evaluated here, not kept as strings: see the package.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zmpwatch.store.schema.base import STRICT, Base, RowId, StatementId

__all__ = ["ChangeRow", "DeliveryRow", "EvidenceRow", "MessageRow"]


class ChangeRow(Base):
    """One piece of news; `dedup_key` keeps it from being told twice."""

    __tablename__ = "changes"
    __table_args__ = (
        UniqueConstraint("dedup_key"),
        Index("ix_changes_at", "at", "id"),
        Index("ix_changes_teryt", "teryt", "at"),
        Index("ix_changes_site", "site", "id"),
        STRICT,
    )

    id: Mapped[RowId]
    dedup_key: Mapped[str]
    kind: Mapped[str]
    at: Mapped[datetime]
    teryt: Mapped[str | None]
    municipality: Mapped[str | None]
    site: Mapped[str | None]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    reconciliation: Mapped[dict[str, Any] | None]


class EvidenceRow(Base):
    """One quoted sentence a change rests on, in the order it is shown."""

    __tablename__ = "change_evidence"

    change_id: Mapped[int] = mapped_column(ForeignKey("changes.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    url: Mapped[str]
    quote: Mapped[str]
    archived: Mapped[str | None]
    site: Mapped[str]
    seen_at: Mapped[datetime]
    published: Mapped[str | None]
    statement_id: Mapped[StatementId | None]


class DeliveryRow(Base):
    """One change for one address: the outbox. `address` is a fingerprint, never the address."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("change_id", "recipient", "address"),
        Index("ix_deliveries_state", "state", "due"),
        Index("ix_deliveries_sent", "recipient", "address", "sent"),
        Index("ix_deliveries_message", "message"),
        STRICT,
    )

    id: Mapped[RowId]
    change_id: Mapped[int] = mapped_column(ForeignKey("changes.id"))
    recipient: Mapped[str]
    address: Mapped[str]
    key: Mapped[str]
    state: Mapped[str]
    attempts: Mapped[int]
    created: Mapped[datetime | None]
    due: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    last_result: Mapped[str | None]
    sent: Mapped[datetime | None]
    message: Mapped[str | None]


class MessageRow(Base):
    """A message as it goes out, by its idempotency key: written before its first try, and sent the same ever after."""

    __tablename__ = "messages"

    key: Mapped[str] = mapped_column(primary_key=True)
    composed: Mapped[datetime]
    subject: Mapped[str]
    text: Mapped[str]
    markdown: Mapped[str]
    html: Mapped[str]
    body_format: Mapped[str | None]

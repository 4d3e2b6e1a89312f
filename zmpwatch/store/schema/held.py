"""What is held true, what was held true when, and the operator's decisions.

Annotations are evaluated here, not kept as strings: see the package.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from zmpwatch.store.schema.base import STRICT, Base, RowId, StatementId

__all__ = [
    "CaseEventRow",
    "CaseRow",
    "CaseVersionRow",
    "CountBeliefRow",
    "CountHistoryRow",
    "CountLineRow",
    "CountPointRow",
    "CountVersionRow",
    "DecisionRow",
]


class HeldCount:
    """A member count held true, and what waits: the columns of a belief."""

    state: Mapped[str]
    members: Mapped[int | None]
    as_of: Mapped[str | None]
    since: Mapped[datetime | None]
    previous: Mapped[int | None]
    previous_as_of: Mapped[str | None]
    candidate: Mapped[int | None]
    agreements: Mapped[list[Any]]
    rests_on: Mapped[list[Any]]
    candidate_rests_on: Mapped[list[Any]]
    overruled: Mapped[list[Any]]


class CountBeliefRow(HeldCount, Base):
    """The member count held true now, one row an association."""

    __tablename__ = "count_beliefs"

    association: Mapped[str] = mapped_column(primary_key=True)


class CountHistoryRow(Base):
    """One number that was believed for a time; `statement_id` is its best sourced statement."""

    __tablename__ = "count_history"
    __table_args__ = (Index("ix_count_history_association", "association", "id"), STRICT)

    id: Mapped[RowId]
    association: Mapped[str]
    members: Mapped[int]
    as_of: Mapped[str | None]
    since: Mapped[datetime]
    previous: Mapped[int | None]
    previous_as_of: Mapped[str | None]
    rests_on: Mapped[list[Any]]
    statement_id: Mapped[StatementId | None]


class CaseRow(Base):
    """Where one municipality stands; `statement_id` is the statement that shows it best."""

    __tablename__ = "cases"

    teryt: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[str]
    since: Mapped[str | None]
    statement_id: Mapped[StatementId | None]
    since_kind: Mapped[str | None]


class CaseEventRow(Base):
    """One step of a case, oldest first by `position`."""

    __tablename__ = "case_events"
    __table_args__ = (
        # all of a step but what it rests on: lists of many municipalities read the index alone (`zmpwatch.store.steps`)
        Index(
            "ix_case_events_step",
            *("stage", "teryt", "position", "kind", "date", "date_kind", "known_since", "statement_id"),
            *("resolution", "has_votes", "votes_for", "votes_against", "votes_abstain"),
        ),
        STRICT,
    )

    teryt: Mapped[str] = mapped_column(ForeignKey("cases.teryt"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    stage: Mapped[str]
    date: Mapped[str | None]
    resolution: Mapped[str | None]
    has_votes: Mapped[bool]
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    votes_abstain: Mapped[int | None]
    known_since: Mapped[datetime]
    statements: Mapped[list[Any]]
    contradictions: Mapped[list[Any]]
    statement_id: Mapped[StatementId | None]
    date_kind: Mapped[str | None]


class CaseVersionRow(Base):
    """What was held true of a municipality from `known_from` on, until its next version."""

    __tablename__ = "case_versions"
    __table_args__ = (
        Index("ix_case_versions_teryt", "teryt", "id"),
        Index("ix_case_versions_known", "teryt", "known_from", "id"),
        STRICT,
    )

    id: Mapped[RowId]
    teryt: Mapped[str]
    known_from: Mapped[datetime]
    status: Mapped[str]
    since: Mapped[str | None]
    events: Mapped[list[Any]]
    since_kind: Mapped[str | None]


class CountVersionRow(HeldCount, Base):
    """What was held true of the count from `known_from` on, with what waited; `reason` says what made it so."""

    __tablename__ = "count_versions"
    __table_args__ = (Index("ix_count_versions_association", "association", "id"), STRICT)

    id: Mapped[RowId]
    association: Mapped[str]
    known_from: Mapped[datetime]
    reason: Mapped[str]


class CountPointRow(Base):
    """One exact count as one address states it for one day; derived, so that the line of counts need not be searched.

    `as_of` is the day the page gives (`stated`), else the day a counter or home page was first read. From `known_from`
    until `known_until` it was what our readings of the pages say.
    """

    __tablename__ = "count_points"
    __table_args__ = (
        Index(
            "uq_count_points_open",
            *("url", "value", "as_of", "authority", "checked"),
            unique=True,
            sqlite_where=text("known_until IS NULL"),
            postgresql_where=text("known_until IS NULL"),
        ),
        Index(
            "ix_count_points_known",
            *("authority", "checked", "value", "as_of", "known_from", "known_until"),
            *("stated", "first_seen", "statement_id"),
        ),
        STRICT,
    )

    id: Mapped[RowId]
    url: Mapped[str]
    value: Mapped[int]
    as_of: Mapped[str]
    stated: Mapped[bool]
    authority: Mapped[str]
    checked: Mapped[bool]
    statement_id: Mapped[StatementId]
    first_seen: Mapped[datetime]
    known_from: Mapped[datetime]
    known_until: Mapped[datetime | None]


class CountLineRow(Base):
    """The points that hold now, those of one number, day and authority as one; summed up anew with each new point."""

    __tablename__ = "count_lines"

    authority: Mapped[str] = mapped_column(primary_key=True)
    checked: Mapped[bool] = mapped_column(primary_key=True)
    value: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    as_of: Mapped[str] = mapped_column(primary_key=True)
    stated: Mapped[bool]
    first_seen: Mapped[datetime]
    statement_id: Mapped[StatementId]
    pages: Mapped[int]


class DecisionRow(Base):
    """The operator's yes or no to an official count: who, when, why, and what was believed then."""

    __tablename__ = "decisions"

    id: Mapped[RowId]
    association: Mapped[str]
    value: Mapped[int]
    accepted: Mapped[bool]
    members: Mapped[int | None]
    decided_by: Mapped[str]
    at: Mapped[datetime]
    reason: Mapped[str]

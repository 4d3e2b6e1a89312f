"""The tables, as declarative models; docs/database.md tells them to analysts.

::

    visits ──< snapshots ──< readings ──< statements        append-only: what we saw, and what it says
       └─────────< sightings >──┘
    changes ──< change_evidence >── statements              append-only: what people were told
       └────< deliveries                                    the outbox
    case_versions  count_versions  decisions                 append-only: what was held true when; the operator's words
    count_beliefs  count_history  cases ──< case_events      derived: rebuilt from statements
    count_points  count_lines                                derived: the exact counts with their days, and summed up
    sites  site_moves  pages  municipalities                state and names
    page_texts (and the index page_words)  pruned           full-text search; what `prune` removed from the archive
    tombstones  chain                                       append-only: what was taken down; a link a row (`chain`)

Rows are read and written with Core statements on these models (8–12 times faster than unit-of-work
inserts); no session is used. Triggers and views live in the migrations alone.

Annotations are evaluated here, not kept as strings: SQLAlchemy would have to evaluate each again, a third of the time
this module takes at every start.
"""

from datetime import datetime
from typing import Any, ClassVar, cast

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, MetaData, Table, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from zmpwatch.store.columns import Flag, Json, Number, PlainText, Real, UtcTime

__all__ = [
    "APPEND_ONLY",
    "Base",
    "CaseEventRow",
    "CaseRow",
    "CaseVersionRow",
    "ChangeRow",
    "CountBeliefRow",
    "CountHistoryRow",
    "CountLineRow",
    "CountPointRow",
    "CountVersionRow",
    "DecisionRow",
    "DeliveryRow",
    "EvidenceRow",
    "LinkRow",
    "MunicipalityRow",
    "PageRequestRow",
    "PageRow",
    "PageTextRow",
    "PrunedRow",
    "ReadingRow",
    "SightingRow",
    "SiteMoveRow",
    "SiteRow",
    "SnapshotRow",
    "StatementRow",
    "TombstoneRow",
    "VisitRow",
    "table",
]

APPEND_ONLY = (
    *("visits", "snapshots", "sightings", "readings", "statements", "changes", "change_evidence"),
    *("tombstones", "chain", "case_versions", "count_versions", "decisions"),
)
"""Tables whose rows triggers keep from being changed or deleted."""

STRICT = {"sqlite_strict": True}


class Base(DeclarativeBase):
    """Base of all models: types by annotation, names of constraints by rule (migrations need them)."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        int: Number,
        str: PlainText(),
        float: Real,
        bool: Flag(),
        datetime: UtcTime(),
        bytes: LargeBinary(),
        dict[str, Any]: Json(),
        list[Any]: Json(),
    }
    __table_args__: Any = STRICT


class VisitRow(Base):
    """One finished crawl of one site."""

    __tablename__ = "visits"
    __table_args__ = (Index("ix_visits_site", "site", "id"), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True)
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

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"))
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

    id: Mapped[int] = mapped_column(primary_key=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshots.id"))
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"))
    seen_at: Mapped[datetime]
    fresh: Mapped[bool]


class ReadingRow(Base):
    """One version of the extractor applied to one snapshot; the newest reading of a snapshot is the one that counts."""

    __tablename__ = "readings"
    __table_args__ = (UniqueConstraint("snapshot_id", "extractor"), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshots.id"))
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

    id: Mapped[int] = mapped_column(primary_key=True)
    reading_id: Mapped[int] = mapped_column(ForeignKey("readings.id"))
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshots.id"))
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


class CountBeliefRow(Base):
    """The member count held true now, one row an association."""

    __tablename__ = "count_beliefs"

    association: Mapped[str] = mapped_column(primary_key=True)
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


class CountHistoryRow(Base):
    """One number that was believed for a time; `statement_id` is its best sourced statement."""

    __tablename__ = "count_history"
    __table_args__ = (Index("ix_count_history_association", "association", "id"), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True)
    association: Mapped[str]
    members: Mapped[int]
    as_of: Mapped[str | None]
    since: Mapped[datetime]
    previous: Mapped[int | None]
    previous_as_of: Mapped[str | None]
    rests_on: Mapped[list[Any]]
    statement_id: Mapped[int | None] = mapped_column(ForeignKey("statements.id"))


class CaseRow(Base):
    """Where one municipality stands; `statement_id` is the statement that shows it best."""

    __tablename__ = "cases"

    teryt: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[str]
    since: Mapped[str | None]
    statement_id: Mapped[int | None] = mapped_column(ForeignKey("statements.id"))


class CaseEventRow(Base):
    """One step of a case, oldest first by `position`."""

    __tablename__ = "case_events"
    __table_args__ = (
        # all of a step but what it rests on: lists of many municipalities read the index alone (`zmpwatch.store.steps`)
        Index(
            "ix_case_events_step",
            *("stage", "teryt", "position", "kind", "date", "known_since", "statement_id"),
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
    statement_id: Mapped[int | None] = mapped_column(ForeignKey("statements.id"))


class CaseVersionRow(Base):
    """What was held true of a municipality from `known_from` on, until its next version."""

    __tablename__ = "case_versions"
    __table_args__ = (
        Index("ix_case_versions_teryt", "teryt", "id"),
        Index("ix_case_versions_known", "teryt", "known_from", "id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    teryt: Mapped[str]
    known_from: Mapped[datetime]
    status: Mapped[str]
    since: Mapped[str | None]
    events: Mapped[list[Any]]


class CountVersionRow(Base):
    """What was held true of the count from `known_from` on, with what waited; `reason` says what made it so."""

    __tablename__ = "count_versions"
    __table_args__ = (Index("ix_count_versions_association", "association", "id"), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True)
    association: Mapped[str]
    known_from: Mapped[datetime]
    reason: Mapped[str]
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

    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str]
    value: Mapped[int]
    as_of: Mapped[str]
    stated: Mapped[bool]
    authority: Mapped[str]
    checked: Mapped[bool]
    statement_id: Mapped[int] = mapped_column(ForeignKey("statements.id"))
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
    statement_id: Mapped[int] = mapped_column(ForeignKey("statements.id"))
    pages: Mapped[int]


class DecisionRow(Base):
    """The operator's yes or no to an official count: who, when, why, and what was believed then."""

    __tablename__ = "decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    association: Mapped[str]
    value: Mapped[int]
    accepted: Mapped[bool]
    members: Mapped[int | None]
    decided_by: Mapped[str]
    at: Mapped[datetime]
    reason: Mapped[str]


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

    id: Mapped[int] = mapped_column(primary_key=True)
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
    statement_id: Mapped[int | None] = mapped_column(ForeignKey("statements.id"))


class DeliveryRow(Base):
    """One change for one address: the outbox. `address` is a fingerprint, never the address."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("change_id", "recipient", "address"),
        Index("ix_deliveries_state", "state", "due"),
        Index("ix_deliveries_sent", "recipient", "address", "sent"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
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

    id: Mapped[int] = mapped_column(primary_key=True)
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


def table(model: type[Base]) -> Table:
    """Return the Core table of a model."""
    return cast("Table", model.__table__)

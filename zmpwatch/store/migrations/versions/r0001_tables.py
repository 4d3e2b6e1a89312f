"""The tables, and the triggers that keep history from being edited.

Revision: 0001, the first.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.sqlite import REAL as SQLITE_REAL

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TEXT = sa.Text()
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
REAL: sa.Double[float] = sa.Double().with_variant(SQLITE_REAL(), "sqlite")
FLAG = sa.Integer()

APPEND_ONLY = ("visits", "snapshots", "sightings", "readings", "statements", "changes", "change_evidence")


def upgrade() -> None:
    """Create everything but the views."""
    create_tables()
    if op.get_bind().dialect.name == "sqlite":
        refuse_edits_on_sqlite()
    else:
        refuse_edits_on_postgresql()


def refuse_edits_on_sqlite() -> None:
    """A row trigger each for UPDATE and DELETE (it fires a row, so on an empty table there is nothing to refuse)."""
    for name in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {name}_no_{verb.lower()} BEFORE {verb} ON {name} "
                f"BEGIN SELECT RAISE(ABORT, '{name} is append-only: {verb} refused'); END"
            )


def refuse_edits_on_postgresql() -> None:
    """One function, one statement trigger a table; TRUNCATE is refused too."""
    op.execute(
        "CREATE FUNCTION zmpwatch_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP; END $$"
    )
    for name in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} "
            "FOR EACH STATEMENT EXECUTE FUNCTION zmpwatch_append_only()"
        )


def create_tables() -> None:
    """Create tables and indexes."""
    op.create_table(
        "changes",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("dedup_key", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("teryt", TEXT, nullable=True),
        sa.Column("municipality", TEXT, nullable=True),
        sa.Column("site", TEXT, nullable=True),
        sa.Column("before", TEXT, nullable=False),
        sa.Column("after", TEXT, nullable=False),
        sa.Column("reconciliation", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
        sa.UniqueConstraint("dedup_key", name="uq_changes_dedup_key"),
        sqlite_strict=True,
    )
    op.create_index("ix_changes_at", "changes", ["at", "id"])
    op.create_index("ix_changes_teryt", "changes", ["teryt", "at"])
    op.create_table(
        "count_beliefs",
        sa.Column("association", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("members", NUMBER, nullable=True),
        sa.Column("as_of", TEXT, nullable=True),
        sa.Column("since", TEXT, nullable=True),
        sa.Column("previous", NUMBER, nullable=True),
        sa.Column("previous_as_of", TEXT, nullable=True),
        sa.Column("candidate", NUMBER, nullable=True),
        sa.Column("agreements", TEXT, nullable=False),
        sa.Column("rests_on", TEXT, nullable=False),
        sa.Column("candidate_rests_on", TEXT, nullable=False),
        sa.Column("overruled", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("association", name="pk_count_beliefs"),
        sqlite_strict=True,
    )
    op.create_table(
        "municipalities",
        sa.Column("teryt", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("powiat", TEXT, nullable=False),
        sa.Column("voivodeship", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("teryt", name="pk_municipalities"),
        sqlite_strict=True,
    )
    op.create_table(
        "pages",
        sa.Column("site", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("etag", TEXT, nullable=True),
        sa.Column("last_modified", TEXT, nullable=True),
        sa.Column("body_sha256", TEXT, nullable=True),
        sa.Column("text_sha256", TEXT, nullable=True),
        sa.Column("fetched_at", TEXT, nullable=True),
        sa.Column("full_fetch_at", TEXT, nullable=True),
        sa.Column("status", NUMBER, nullable=True),
        sa.Column("statements", NUMBER, nullable=False),
        sa.Column("links", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("site", "url", name="pk_pages"),
        sqlite_strict=True,
    )
    op.create_table(
        "sites",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("family", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("municipality", TEXT, nullable=True),
        sa.Column("first_healthy", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_sites"),
        sqlite_strict=True,
    )
    op.create_table(
        "awaiting",
        sa.Column("teryt", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("teryt", name="pk_awaiting"),
        sqlite_strict=True,
    )
    op.create_table(
        "visits",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("site", TEXT, nullable=False),
        sa.Column("purpose", TEXT, nullable=False),
        sa.Column("started", TEXT, nullable=False),
        sa.Column("finished", TEXT, nullable=False),
        sa.Column("verdict", TEXT, nullable=False),
        sa.Column("requests", NUMBER, nullable=False),
        sa.Column("bytes", NUMBER, nullable=False),
        sa.Column("pages", NUMBER, nullable=False),
        sa.Column("not_modified", NUMBER, nullable=False),
        sa.Column("statements", NUMBER, nullable=False),
        sa.Column("problems", TEXT, nullable=False),
        sa.Column("cycle", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_visits"),
        sqlite_strict=True,
    )
    op.create_index("ix_visits_site", "visits", ["site", "id"])
    op.create_table(
        "deliveries",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("change_id", NUMBER, sa.ForeignKey("changes.id", name="fk_deliveries_change_id"), nullable=False),
        sa.Column("recipient", TEXT, nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("attempts", NUMBER, nullable=False),
        sa.Column("created", TEXT, nullable=True),
        sa.Column("due", TEXT, nullable=True),
        sa.Column("lease_until", TEXT, nullable=True),
        sa.Column("last_result", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("change_id", "recipient", "address", name="uq_deliveries_change_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_deliveries_state", "deliveries", ["state", "due"])
    op.create_table(
        "snapshots",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("visit_id", NUMBER, sa.ForeignKey("visits.id", name="fk_snapshots_visit_id"), nullable=False),
        sa.Column("site", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("requested", TEXT, nullable=False),
        sa.Column("status", NUMBER, nullable=False),
        sa.Column("content_type", TEXT, nullable=True),
        sa.Column("headers", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("text_sha256", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=True),
        sa.Column("published", TEXT, nullable=True),
        sa.Column("fetched_at", TEXT, nullable=False),
        sa.Column("complete", FLAG, nullable=False),
        sa.Column("anchor", TEXT, nullable=True),
        sa.Column("referrer", TEXT, nullable=True),
        sa.Column("baseline", FLAG, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_snapshots"),
        sa.UniqueConstraint("site", "url", "text_sha256", name="uq_snapshots_site"),
        sqlite_strict=True,
    )
    op.create_table(
        "readings",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("snapshot_id", NUMBER, sa.ForeignKey("snapshots.id", name="fk_readings_snapshot_id"), nullable=False),
        sa.Column("extractor", TEXT, nullable=False),
        sa.Column("statements", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_readings"),
        sa.UniqueConstraint("snapshot_id", "extractor", name="uq_readings_snapshot_id"),
        sqlite_strict=True,
    )
    op.create_table(
        "sightings",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column(
            "snapshot_id", NUMBER, sa.ForeignKey("snapshots.id", name="fk_sightings_snapshot_id"), nullable=False
        ),
        sa.Column("visit_id", NUMBER, sa.ForeignKey("visits.id", name="fk_sightings_visit_id"), nullable=False),
        sa.Column("seen_at", TEXT, nullable=False),
        sa.Column("fresh", FLAG, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sightings"),
        sa.UniqueConstraint("snapshot_id", "seen_at", "visit_id", name="uq_sightings_snapshot_id"),
        sqlite_strict=True,
    )
    op.create_table(
        "statements",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("reading_id", NUMBER, sa.ForeignKey("readings.id", name="fk_statements_reading_id"), nullable=False),
        sa.Column(
            "snapshot_id", NUMBER, sa.ForeignKey("snapshots.id", name="fk_statements_snapshot_id"), nullable=False
        ),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("authority", TEXT, nullable=False),
        sa.Column("value", NUMBER, nullable=True),
        sa.Column("qualifier", TEXT, nullable=True),
        sa.Column("as_of", TEXT, nullable=True),
        sa.Column("municipality", TEXT, nullable=True),
        sa.Column("teryt", TEXT, nullable=True),
        sa.Column("event", TEXT, nullable=True),
        sa.Column("stage", TEXT, nullable=True),
        sa.Column("date", TEXT, nullable=True),
        sa.Column("resolution", TEXT, nullable=True),
        sa.Column("has_votes", FLAG, nullable=False),
        sa.Column("votes_for", NUMBER, nullable=True),
        sa.Column("votes_against", NUMBER, nullable=True),
        sa.Column("votes_abstain", NUMBER, nullable=True),
        sa.Column("quote", TEXT, nullable=False),
        sa.Column("start_char", NUMBER, nullable=False),
        sa.Column("end_char", NUMBER, nullable=False),
        sa.Column("rule", TEXT, nullable=False),
        sa.Column("confidence", REAL, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_statements"),
        sa.CheckConstraint(
            "(kind = 'count' AND value IS NOT NULL AND qualifier IS NOT NULL) OR "
            "(kind = 'membership' AND municipality IS NOT NULL AND event IS NOT NULL AND stage IS NOT NULL)",
            name="ck_statements_kind",
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_statements_kind", "statements", ["kind", "teryt"])
    op.create_index("ix_statements_reading", "statements", ["reading_id"])
    op.create_index("ix_statements_snapshot", "statements", ["snapshot_id", "kind"])
    op.create_table(
        "cases",
        sa.Column("teryt", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("since", TEXT, nullable=True),
        sa.Column("statement_id", NUMBER, sa.ForeignKey("statements.id", name="fk_cases_statement_id"), nullable=True),
        sa.PrimaryKeyConstraint("teryt", name="pk_cases"),
        sqlite_strict=True,
    )
    op.create_table(
        "change_evidence",
        sa.Column(
            "change_id", NUMBER, sa.ForeignKey("changes.id", name="fk_change_evidence_change_id"), nullable=False
        ),
        sa.Column("position", NUMBER, autoincrement=False, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("quote", TEXT, nullable=False),
        sa.Column("archived", TEXT, nullable=True),
        sa.Column("site", TEXT, nullable=False),
        sa.Column("seen_at", TEXT, nullable=False),
        sa.Column("published", TEXT, nullable=True),
        sa.Column(
            "statement_id",
            NUMBER,
            sa.ForeignKey("statements.id", name="fk_change_evidence_statement_id"),
            nullable=True,
        ),
        sa.PrimaryKeyConstraint("change_id", "position", name="pk_change_evidence"),
        sqlite_strict=True,
    )
    op.create_table(
        "count_history",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("association", TEXT, nullable=False),
        sa.Column("members", NUMBER, nullable=False),
        sa.Column("as_of", TEXT, nullable=True),
        sa.Column("since", TEXT, nullable=False),
        sa.Column("previous", NUMBER, nullable=True),
        sa.Column("previous_as_of", TEXT, nullable=True),
        sa.Column("rests_on", TEXT, nullable=False),
        sa.Column(
            "statement_id", NUMBER, sa.ForeignKey("statements.id", name="fk_count_history_statement_id"), nullable=True
        ),
        sa.PrimaryKeyConstraint("id", name="pk_count_history"),
        sqlite_strict=True,
    )
    op.create_index("ix_count_history_association", "count_history", ["association", "id"])
    op.create_table(
        "case_events",
        sa.Column("teryt", TEXT, sa.ForeignKey("cases.teryt", name="fk_case_events_teryt"), nullable=False),
        sa.Column("position", NUMBER, autoincrement=False, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("stage", TEXT, nullable=False),
        sa.Column("date", TEXT, nullable=True),
        sa.Column("resolution", TEXT, nullable=True),
        sa.Column("has_votes", FLAG, nullable=False),
        sa.Column("votes_for", NUMBER, nullable=True),
        sa.Column("votes_against", NUMBER, nullable=True),
        sa.Column("votes_abstain", NUMBER, nullable=True),
        sa.Column("known_since", TEXT, nullable=False),
        sa.Column("statements", TEXT, nullable=False),
        sa.Column("contradictions", TEXT, nullable=False),
        sa.Column(
            "statement_id", NUMBER, sa.ForeignKey("statements.id", name="fk_case_events_statement_id"), nullable=True
        ),
        sa.PrimaryKeyConstraint("teryt", "position", name="pk_case_events"),
        sqlite_strict=True,
    )

"""What was held true when, the operator's decisions, the line of counts; indexes for judging one visit.

Revision: 0006, after 0005.
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TEXT = sa.Text()
FLAG = sa.Integer()
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

APPEND_ONLY = ("case_versions", "count_versions", "decisions")


def upgrade() -> None:
    """Create the tables and fill in what the history tells of the time before.

    What was held true before is known by its last state: a case counts as known since the newest of its steps was read,
    a number since it was believed.
    """
    _tables()
    for name in APPEND_ONLY:
        refuse_edits(name)
    op.create_index("ix_sightings_visit", "sightings", ["visit_id"])
    op.create_index("ix_changes_site", "changes", ["site", "id"])
    _case_versions()
    op.execute(COUNT_VERSIONS)
    op.execute(COUNT_POINTS)


def _tables() -> None:
    op.create_table(
        "case_versions",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("teryt", TEXT, nullable=False),
        sa.Column("known_from", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("since", TEXT, nullable=True),
        sa.Column("events", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_case_versions"),
        sqlite_strict=True,
    )
    op.create_index("ix_case_versions_teryt", "case_versions", ["teryt", "id"])
    op.create_table(
        "count_versions",
        sa.Column("id", NUMBER, nullable=False),
        *(sa.Column(name, TEXT, nullable=False) for name in ("association", "known_from", "reason", "state")),
        sa.Column("members", NUMBER, nullable=True),
        sa.Column("as_of", TEXT, nullable=True),
        sa.Column("since", TEXT, nullable=True),
        sa.Column("previous", NUMBER, nullable=True),
        sa.Column("previous_as_of", TEXT, nullable=True),
        sa.Column("candidate", NUMBER, nullable=True),
        *(
            sa.Column(name, TEXT, nullable=False)
            for name in ("agreements", "rests_on", "candidate_rests_on", "overruled")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_count_versions"),
        sqlite_strict=True,
    )
    op.create_index("ix_count_versions_association", "count_versions", ["association", "id"])
    op.create_table(
        "decisions",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("association", TEXT, nullable=False),
        sa.Column("value", NUMBER, nullable=False),
        sa.Column("accepted", FLAG, nullable=False),
        sa.Column("members", NUMBER, nullable=True),
        *(sa.Column(name, TEXT, nullable=False) for name in ("decided_by", "at", "reason")),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
        sqlite_strict=True,
    )
    op.create_table(
        "count_points",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("value", NUMBER, nullable=False),
        sa.Column("as_of", TEXT, nullable=False),
        sa.Column("stated", FLAG, nullable=False),
        sa.Column("authority", TEXT, nullable=False),
        sa.Column("checked", FLAG, nullable=False),
        sa.Column("statement_id", NUMBER, nullable=False),
        sa.Column("first_seen", TEXT, nullable=False),
        sa.Column("known_from", TEXT, nullable=False),
        sa.Column("known_until", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_count_points"),
        sa.ForeignKeyConstraint(["statement_id"], ["statements.id"], name="fk_count_points_statement_id"),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_count_points_open",
        "count_points",
        ["url", "value", "as_of", "authority", "checked"],
        unique=True,
        sqlite_where=sa.text("known_until IS NULL"),
        postgresql_where=sa.text("known_until IS NULL"),
    )
    op.create_index("ix_count_points_line", "count_points", ["authority", "checked", "value", "as_of"])


def _case_versions() -> None:
    here = op.get_bind()
    events: dict[str, list[dict[str, object]]] = {}
    known: dict[str, str] = {}
    query = sa.text(
        "SELECT teryt, kind, stage, date, resolution, has_votes, votes_for, votes_against, votes_abstain, "
        "known_since, statements, contradictions, statement_id FROM case_events ORDER BY teryt, position"
    )
    for row in here.execute(query):
        votes = [row.votes_for, row.votes_against, row.votes_abstain] if row.has_votes else None
        events.setdefault(row.teryt, []).append(
            {
                "kind": row.kind,
                "stage": row.stage,
                "date": row.date,
                "resolution": row.resolution,
                "votes": votes,
                "known_since": row.known_since,
                "statements": json.loads(row.statements),
                "contradictions": json.loads(row.contradictions),
                "best": row.statement_id,
            }
        )
        known[row.teryt] = max(known.get(row.teryt, ""), row.known_since)
    rows = [
        {
            "teryt": row.teryt,
            "known_from": known[row.teryt],
            "status": row.status,
            "since": row.since,
            "events": json.dumps(events[row.teryt], ensure_ascii=False, sort_keys=True),
        }
        for row in here.execute(sa.text("SELECT teryt, status, since FROM cases ORDER BY teryt"))
        if row.teryt in events
    ]
    if rows:
        here.execute(
            sa.text(
                "INSERT INTO case_versions (teryt, known_from, status, since, events) "
                "VALUES (:teryt, :known_from, :status, :since, :events)"
            ),
            rows,
        )


COUNT_VERSIONS = """
    INSERT INTO count_versions (association, known_from, reason, state, members, as_of, since, previous, previous_as_of,
                                candidate, agreements, rests_on, candidate_rests_on, overruled)
    SELECT association, since, 'believed before such versions were kept', 'stable', members, as_of, since, previous,
           previous_as_of, NULL, '[]', rests_on, '[]', '[]'
    FROM count_history ORDER BY id
"""

COUNT_POINTS = """
    INSERT INTO count_points (url, value, as_of, stated, authority, checked, statement_id, first_seen, known_from)
    SELECT url, value, as_of, MAX(stated), authority, checked, MIN(id), MIN(seen), MIN(seen)
    FROM (
        SELECT snapshots.url AS url, statements.value AS value, statements.authority AS authority,
               statements.id AS id, snapshots.fetched_at AS seen,
               CASE WHEN statements.as_of IS NOT NULL THEN statements.as_of
                    WHEN statements.authority IN ('counter', 'home') THEN SUBSTR(snapshots.fetched_at, 1, 10)
                    ELSE snapshots.published END AS as_of,
               CASE WHEN statements.as_of IS NULL AND statements.authority IN ('counter', 'home') THEN 0
                    ELSE 1 END AS stated,
               CASE WHEN SUBSTR(statements.rule, 1, 9) = 'knowledge' THEN 1 ELSE 0 END AS checked
        FROM statements JOIN snapshots ON snapshots.id = statements.snapshot_id
        WHERE statements.kind = 'count' AND statements.qualifier = 'exact' AND statements.confidence >= 0.5
          AND NOT EXISTS (SELECT 1 FROM readings WHERE readings.snapshot_id = statements.snapshot_id
                          AND readings.id > statements.reading_id)
    ) AS told
    WHERE as_of IS NOT NULL
    GROUP BY url, value, as_of, authority, checked
    ORDER BY MIN(id)
"""


def refuse_edits(name: str) -> None:
    """Triggers as in 0001."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {name}_no_{verb.lower()} BEFORE {verb} ON {name} "
                f"BEGIN SELECT RAISE(ABORT, '{name} is append-only: {verb} refused'); END"
            )
    else:
        op.execute(
            f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} "
            "FOR EACH STATEMENT EXECUTE FUNCTION zmpwatch_append_only()"
        )

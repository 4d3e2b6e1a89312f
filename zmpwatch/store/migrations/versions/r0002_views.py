"""The fixed views for analysts.

Revision: 0002, after 0001.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

VIEWS = {
    "v_member_count": """
        SELECT COALESCE(history.as_of, SUBSTR(history.since, 1, 10)) AS as_of,
               history.members AS members,
               snapshots.url AS source_url,
               statements.quote AS quote,
               snapshots.sha256 AS archived
        FROM count_history AS history
        LEFT JOIN statements ON statements.id = history.statement_id
        LEFT JOIN snapshots ON snapshots.id = statements.snapshot_id
    """,
    "v_memberships": """
        SELECT cases.teryt AS teryt,
               municipalities.name AS municipality,
               municipalities.voivodeship AS voivodeship,
               cases.status AS status,
               cases.since AS since,
               snapshots.url AS evidence_url
        FROM cases
        LEFT JOIN municipalities ON municipalities.teryt = cases.teryt
        LEFT JOIN statements ON statements.id = cases.statement_id
        LEFT JOIN snapshots ON snapshots.id = statements.snapshot_id
    """,
    "v_events": """
        SELECT events.teryt AS teryt,
               municipalities.name AS municipality,
               events.kind AS kind,
               events.stage AS stage,
               events.date AS date,
               events.resolution AS resolution,
               events.votes_for AS votes_for,
               events.votes_against AS votes_against,
               events.votes_abstain AS votes_abstain,
               snapshots.url AS source_url,
               statements.quote AS quote
        FROM case_events AS events
        LEFT JOIN municipalities ON municipalities.teryt = events.teryt
        LEFT JOIN statements ON statements.id = events.statement_id
        LEFT JOIN snapshots ON snapshots.id = statements.snapshot_id
    """,
    "v_changes": """
        SELECT id AS id, kind AS kind, at AS at, teryt AS teryt, before AS before, after AS after FROM changes
    """,
    "v_visits": """
        SELECT site AS site, started AS started, finished AS finished, verdict AS verdict,
               requests AS requests, bytes AS bytes, statements AS statements
        FROM visits
    """,
}


def upgrade() -> None:
    """Create the views; one text fits both dialects."""
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {' '.join(query.split())}")

"""Indexes that answer lists of many municipalities and numbers without their tables.

Revision: 0009, after 0008.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

HOLDS = sa.text("known_until IS NULL")


def upgrade() -> None:
    """Create the indexes."""
    op.create_index(
        "ix_case_events_step",
        "case_events",
        [
            *("stage", "teryt", "position", "kind", "date", "known_since", "statement_id"),
            *("resolution", "has_votes", "votes_for", "votes_against", "votes_abstain"),
        ],
    )
    op.create_index("ix_case_versions_known", "case_versions", ["teryt", "known_from", "id"])
    op.create_index(
        "ix_count_points_held",
        "count_points",
        ["authority", "checked", "value", "as_of", "stated", "first_seen", "statement_id", "known_until"],
        sqlite_where=HOLDS,
        postgresql_where=HOLDS,
    )

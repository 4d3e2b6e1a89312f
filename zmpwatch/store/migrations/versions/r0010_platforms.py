"""What each site runs on, as its pages were seen to say.

Revision: 0010, after 0009.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TEXT = sa.Text()
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table; the next visits fill it."""
    op.create_table(
        "platforms",
        sa.Column("site", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=True),
        sa.Column("since", TEXT, nullable=False),
        sa.Column("seen_at", TEXT, nullable=False),
        sa.Column("doubts", NUMBER, nullable=False),
        sa.Column("previous", TEXT, nullable=True),
        sa.Column("changed_at", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("site", name="pk_platforms"),
        sqlite_strict=True,
    )

"""The messages that went out, as they went out.

Revision: 0014, after 0013.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TEXT = sa.Text()


def upgrade() -> None:
    """Add table and column; what went out before is not known word for word, and is composed anew where asked for."""
    op.create_table(
        "messages",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("composed", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("markdown", TEXT, nullable=False),
        sa.Column("html", TEXT, nullable=False),
        sa.Column("body_format", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_messages"),
        sqlite_strict=True,
    )
    op.add_column("deliveries", sa.Column("message", TEXT, nullable=True))
    op.create_index("ix_deliveries_message", "deliveries", ["message"])

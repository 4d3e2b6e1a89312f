"""When a delivery was taken by its receiver: the operator's messages are spaced by it.

Revision: 0005, after 0004.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of what was sent before, the time is not known."""
    op.add_column("deliveries", sa.Column("sent", sa.Text(), nullable=True))
    op.create_index("ix_deliveries_sent", "deliveries", ["recipient", "address", "sent"])

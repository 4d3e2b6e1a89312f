"""What sitemaps listed when they were read last, and which links that wait were new when they were found.

Revision: 0012, after 0011.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; of sitemaps read before nothing is known, so their next reading tells no news."""
    op.add_column("feeds", sa.Column("listed", sa.LargeBinary(), nullable=True))
    op.add_column("frontier", sa.Column("fresh", sa.Integer(), nullable=False, server_default="0"))

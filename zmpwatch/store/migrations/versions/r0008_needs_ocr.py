"""How many scanned documents of a visit could not be read.

Revision: 0008, after 0007.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the column; of earlier visits it is not counted, their problems name such documents."""
    op.add_column("visits", sa.Column("needs_ocr", NUMBER, nullable=False, server_default="0"))

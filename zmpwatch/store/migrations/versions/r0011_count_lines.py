"""The line of counts summed up, so that no question about it reads every page's number.

Revision: 0011, after 0010.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TEXT = sa.Text()
FLAG = sa.Integer()
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

FILL = """
INSERT INTO count_lines (authority, checked, value, as_of, stated, first_seen, statement_id, pages)
SELECT authority, checked, value, as_of, MAX(stated), MIN(first_seen), MIN(statement_id), COUNT(*)
FROM count_points WHERE known_until IS NULL GROUP BY authority, checked, value, as_of
"""


def upgrade() -> None:
    """Create the table and sum the points up; their index serves questions about the past from now on."""
    op.create_table(
        "count_lines",
        sa.Column("authority", TEXT, nullable=False),
        sa.Column("checked", FLAG, nullable=False),
        sa.Column("value", NUMBER, nullable=False),
        sa.Column("as_of", TEXT, nullable=False),
        sa.Column("stated", FLAG, nullable=False),
        sa.Column("first_seen", TEXT, nullable=False),
        sa.Column("statement_id", NUMBER, nullable=False),
        sa.Column("pages", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["statement_id"], ["statements.id"], name="fk_count_lines_statement_id"),
        sa.PrimaryKeyConstraint("authority", "checked", "value", "as_of", name="pk_count_lines"),
        sqlite_strict=True,
    )
    op.execute(FILL)
    op.drop_index("ix_count_points_held", "count_points")
    op.drop_index("ix_count_points_line", "count_points")
    op.create_index(
        "ix_count_points_known",
        "count_points",
        [
            *("authority", "checked", "value", "as_of", "known_from", "known_until"),
            *("stated", "first_seen", "statement_id"),
        ],
    )

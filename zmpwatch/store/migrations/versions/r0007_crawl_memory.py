"""What crawling remembers between visits: feeds, servers, the frontier, and more of each page.

Revision: 0007, after 0006.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TEXT = sa.Text()
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
REAL: sa.types.TypeEngine[float] = sa.Double().with_variant(sa.REAL(), "sqlite")
FLAG = sa.Integer()
BYTES = sa.LargeBinary()


def upgrade() -> None:
    """Create the tables and add the columns; what is not known yet is found out by the next visits."""
    op.create_table(
        "feeds",
        sa.Column("site", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("asked_at", TEXT, nullable=False),
        sa.Column("entries", NUMBER, nullable=False),
        sa.Column("is_sitemap", FLAG, nullable=False),
        sa.Column("etag", TEXT, nullable=True),
        sa.Column("last_modified", TEXT, nullable=True),
        sa.Column("body_sha256", TEXT, nullable=True),
        sa.Column("full_fetch_at", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("site", "url", name="pk_feeds"),
        sqlite_strict=True,
    )
    op.create_table(
        "origins",
        sa.Column("site", TEXT, nullable=False),
        sa.Column("origin", TEXT, nullable=False),
        sa.Column("robots_status", NUMBER, nullable=True),
        sa.Column("robots", BYTES, nullable=False),
        sa.Column("robots_at", TEXT, nullable=True),
        sa.Column("retry_at", TEXT, nullable=True),
        sa.Column("absent", TEXT, nullable=False),
        sa.Column("absent_at", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("site", "origin", name="pk_origins"),
        sqlite_strict=True,
    )
    op.create_table(
        "frontier",
        sa.Column("site", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("promise", REAL, nullable=False),
        sa.Column("anchor", TEXT, nullable=True),
        sa.Column("referrer", TEXT, nullable=True),
        sa.Column("depth", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("site", "url", name="pk_frontier"),
        sqlite_strict=True,
    )
    op.add_column("pages", sa.Column("content_sha256", TEXT, nullable=True))
    op.add_column("pages", sa.Column("extractor", TEXT, nullable=True))
    op.add_column("pages", sa.Column("changed_at", TEXT, nullable=True))
    op.add_column("pages", sa.Column("worth", REAL, nullable=False, server_default="0"))
    op.add_column("pages", sa.Column("leads", NUMBER, nullable=False, server_default="0"))

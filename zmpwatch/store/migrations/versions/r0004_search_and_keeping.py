"""The index of page texts, what was pruned, where sites have moved to, and the headers a page was asked for with.

Revision: 0004, after 0003.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TEXT = sa.Text()
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BYTES = sa.LargeBinary()


def upgrade() -> None:
    """Create the tables. Texts of pages stored before are filled in by ``zmpwatch rebuild``."""
    op.create_table(
        "page_texts",
        sa.Column("snapshot_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("analyser", TEXT, nullable=False),
        sa.Column("day", TEXT, nullable=False),
        sa.Column("text", BYTES, nullable=False),
        sa.Column("terms", BYTES, nullable=False),
        sa.PrimaryKeyConstraint("snapshot_id", name="pk_page_texts"),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshots.id"], name="fk_page_texts_snapshot_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_page_texts_analyser", "page_texts", ["analyser", "snapshot_id"])
    if op.get_bind().dialect.name == "sqlite":
        # contentless: the words are kept in page_texts already, compressed
        op.execute(
            "CREATE VIRTUAL TABLE page_words USING "
            "fts5(words, lemmas, content='', tokenize=\"unicode61 remove_diacritics 0\")"
        )
    else:
        op.execute(
            "CREATE TABLE page_words (snapshot_id BIGINT CONSTRAINT pk_page_words PRIMARY KEY, "
            "words TSVECTOR NOT NULL, lemmas TSVECTOR NOT NULL)"
        )
        op.execute("CREATE INDEX ix_page_words_words ON page_words USING gin (words)")
        op.execute("CREATE INDEX ix_page_words_lemmas ON page_words USING gin (lemmas)")
    op.create_table(
        "pruned",
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_pruned"),
        sqlite_strict=True,
    )
    op.create_table(
        "site_moves",
        sa.Column("site", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("proposed", TEXT, nullable=True),
        sa.Column("detail", TEXT, nullable=False),
        sa.Column("since", TEXT, nullable=False),
        sa.Column("seen", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("site", name="pk_site_moves"),
        sqlite_strict=True,
    )
    op.create_table(
        "page_requests",
        sa.Column("snapshot_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("headers", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("snapshot_id", name="pk_page_requests"),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshots.id"], name="fk_page_requests_snapshot_id"),
        sqlite_strict=True,
    )

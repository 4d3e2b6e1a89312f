"""The hash chain and the tombstones; the rows that are there already are linked.

Revision: 0003, after 0002.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from zmpwatch.store.chain import CHAINED, Chained, add_links

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEXT = sa.Text()
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BYTES = sa.LargeBinary()

APPEND_ONLY = ("tombstones", "chain")
LINKED = ("snapshots", "readings", "statements", "changes", "change_evidence", "tombstones")


def upgrade() -> None:
    """Create both tables with their triggers and link what is there; the format of links is frozen like this file."""
    op.create_table(
        "tombstones",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("snapshots", TEXT, nullable=False),
        sa.Column("evidence", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tombstones"),
        sqlite_strict=True,
    )
    op.create_table(
        "chain",
        sa.Column("seq", NUMBER, autoincrement=False, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("row_id", NUMBER, nullable=False),
        sa.Column("position", NUMBER, nullable=False),
        sa.Column("salt", BYTES, nullable=True),
        sa.Column("seal", BYTES, nullable=True),
        sa.Column("hash", BYTES, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_chain"),
        sqlite_strict=True,
    )
    for name in APPEND_ONLY:
        refuse_edits(name)
    add_links(op.get_bind(), {name: keys_of(CHAINED[name]) for name in LINKED})


def keys_of(source: Chained) -> list[tuple[int, int]]:
    """Return the keys of all rows."""
    here = source.clause
    return [source.key_of(row) for row in op.get_bind().execute(sa.select(*[here.c[name] for name in source.key]))]


def refuse_edits(name: str) -> None:
    """Triggers as in 0001."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {name}_no_{verb.lower()} BEFORE {verb} ON {name} "
                f"BEGIN SELECT RAISE(ABORT, '{name} is append-only: {verb} refused'); END"
            )
    else:
        op.execute(
            f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} "
            "FOR EACH STATEMENT EXECUTE FUNCTION zmpwatch_append_only()"
        )

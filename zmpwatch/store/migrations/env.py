"""Alembic's entry: runs the migrations in the transaction `zmpwatch.store.migrate` has opened."""

from __future__ import annotations

from alembic import context

from zmpwatch.store.migrate import VERSION_TABLE
from zmpwatch.store.schema import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    # Alembic takes SQLite's DDL for non-transactional, as the driver's old habits made it; ours is not
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()

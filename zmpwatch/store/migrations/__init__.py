"""Alembic's migrations, shipped with the package and run on first use by `zmpwatch.store.migrate`.

A migration is frozen once released: it spells out its SQL and imports no model. A new one takes the next number as its
revision, and the number is added to `zmpwatch.store.migrate.REVISIONS` (a test compares the two).
"""

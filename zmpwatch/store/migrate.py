"""Bring a database to the schema this version knows: forward only, all or nothing."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, column, inspect, select, table, text

from zmpwatch.errors import DatabaseTooNew, StoreError
from zmpwatch.store.engine import reading, writing

__all__ = ["CHAINED_SINCE", "HEAD", "REVISIONS", "VERSION_TABLE", "bring_to_head", "current_revision", "upgrade"]

REVISIONS = tuple(f"{number:04}" for number in range(1, 15))
"""All revisions, oldest first; kept here so that a database at HEAD is recognised without importing alembic."""

HEAD = REVISIONS[-1]

CHAINED_SINCE = REVISIONS[REVISIONS.index("0003") :]
"""The revisions whose databases have a hash chain."""

VERSION_TABLE = "zmpwatch_version"
"""Alembic's table under a name of our own: on a server the database may be shared."""

SCRIPTS = Path(__file__).parent / "migrations"


def current_revision(connection: Connection) -> str | None:
    """Return the revision of the schema; None where there is no schema of ours."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    version = table(VERSION_TABLE, column("version_num"))
    return connection.execute(select(version.c.version_num)).scalar()


def bring_to_head(engine: Engine, where: str) -> None:
    """Create the schema in an empty database, or migrate an older one, in one transaction.

    Processes that open a new database at the same time queue for the write lock; the first migrates, the others find it
    done.

    Raises:
        DatabaseTooNew: the schema is of a version this one does not know; nothing was touched.
        StoreError: the database holds tables, but not ours.
    """
    with reading(engine) as connection:
        if _at_head(connection, where):
            return
    with writing(engine) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('zmpwatch migration'))"))
        if not _at_head(connection, where):
            upgrade(connection, HEAD)


def _at_head(connection: Connection, where: str) -> bool:
    revision = current_revision(connection)
    if revision == HEAD:
        return True
    if revision is not None and revision not in REVISIONS:
        raise DatabaseTooNew(
            f"{where}: written by a newer zmpwatch (schema {revision}, this one knows up to {HEAD}); left as it is"
        )
    if revision is None and (tables := _strangers(connection)):
        raise StoreError(f"{where}: is a database, but not one of zmpwatch (it holds {', '.join(tables[:3])})")
    return False


def _strangers(connection: Connection) -> list[str]:
    """Tables that keep us from building here: any in a SQLite file, on a server those with our names."""
    tables = sorted(inspect(connection).get_table_names())
    if connection.dialect.name == "sqlite":
        return tables
    return [name for name in tables if name in {"visits", "snapshots", "statements"}]


def upgrade(connection: Connection, revision: str) -> None:
    """Run the migrations up to `revision` in the connection's open transaction."""
    from alembic import command  # noqa: PLC0415  (0.3 s that `zmpwatch count` must not pay)
    from alembic.config import Config  # noqa: PLC0415  (as above)

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)

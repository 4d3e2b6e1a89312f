"""Opening the store that a configuration names; apart from all else, so that commands that only ask start at once."""

from __future__ import annotations

from zmpwatch.config import Config
from zmpwatch.store import Store

__all__ = ["Store", "open_store"]


def open_store(config: Config, *, create: bool = True) -> Store:
    """Open (and at first make) the database and archive that `config` names.

    Raises:
        StoreError: the database can't be opened, made or is newer than this program.
    """
    return Store.open(config.database, config.archive, create=create)

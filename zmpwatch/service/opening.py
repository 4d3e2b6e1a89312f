"""Opening the store that a configuration names; apart from all else, so that commands that only ask start at once."""

from __future__ import annotations

from datetime import UTC, datetime

from zmpwatch.config import Config
from zmpwatch.store import Lock, Store

__all__ = ["Lock", "Store", "open_store", "prepare_store"]


def open_store(config: Config, *, create: bool = True) -> Store:
    """Open (and at first make) the database and archive that `config` names.

    Raises:
        StoreError: the database can't be opened, made or is newer than this program.
    """
    return Store.open(config.database, config.archive, create=create, zone=config.timezone)


def prepare_store(config: Config, store: Store) -> int:
    """Give a new history what is known from the start; returns how many statements are new.

    Raises:
        StoreError: the database or the archive refused.
        DatabaseLocked: a crawl is running, and does it itself.
    """
    from zmpwatch.register import load_register
    from zmpwatch.service.knowledge import learn

    with store.exclusive():
        return learn(config, store, load_register(), datetime.now(UTC))

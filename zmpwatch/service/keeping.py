"""The use cases that keep the history: back it up, prove it, take a page down."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from zmpwatch.config import Config
from zmpwatch.errors import ConfigError
from zmpwatch.register import load_register
from zmpwatch.service.feeds import publish_feeds
from zmpwatch.service.opening import open_store
from zmpwatch.store.backup import Backup
from zmpwatch.store.integrity import Integrity
from zmpwatch.store.records import Forgetting

__all__ = ["back_up", "forget", "verify"]


def back_up(config: Config, target: Path | None = None) -> Backup:
    """Write a proven backup to `target`, or to ``backup/zmpwatch.db`` beside the database; a crawl may run meanwhile.

    Raises:
        StoreError: there is no database, something is wrong with it, or the backup can't be written; the old one stays.
    """
    with open_store(config, create=False) as store:
        return store.back_up(target or Path(store.describe()["database"]).parent / "backup" / "zmpwatch.db")


def verify(config: Config) -> Integrity:
    """Prove that the whole history is what was stored.

    Raises:
        StoreError: there is no database, or it can't be opened.
    """
    with open_store(config, create=False) as store:
        return store.verify()


def forget(config: Config, url: str, reason: str, now: datetime) -> Forgetting:
    """Take down what came from `url`: see `zmpwatch.store.takedown`.

    Raises:
        ConfigError: no reason is given; the tombstone would say nothing.
        StoreError: nothing came from this address, a crawl is running, or the database refused.
    """
    if not reason.strip():
        raise ConfigError("--reason: say who asked and when; it stays in the history in place of the page")
    # a running visit may hold this very page and store it once we are done
    with open_store(config, create=False) as store, store.exclusive():
        done = store.forget(url, reason.strip(), now)
        # the quotes must go from the feeds as well, and not only when the next news comes
        publish_feeds(config, store, load_register(), now)
    return done

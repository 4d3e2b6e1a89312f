"""The use case `prune`: the archive without what nobody needs any more."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from zmpwatch.store import Store
from zmpwatch.store.pagekeeping import KeptFile

__all__ = ["DEFAULT_AGE", "Pruned", "prune"]

DEFAULT_AGE = timedelta(days=365)

LEFT_OVER_AGE = timedelta(days=1)
"""A file that no row of the history names may belong to a visit that is just being stored; after a day it does not."""


@dataclass(slots=True)
class Pruned:
    """What was removed, or would be.

    `unused` files stated nothing and were not served for the time given, `left_over` files belong to no visit (it was
    undone), `taken_down` files a takedown should have removed. `kept` is how many files stay.
    """

    dry_run: bool
    unused: list[KeptFile] = field(default_factory=list)
    left_over: list[str] = field(default_factory=list)
    taken_down: list[str] = field(default_factory=list)
    bytes: int = 0
    kept: int = 0

    def as_json(self) -> dict[str, Any]:
        """The object of ``prune --json``."""
        return {
            "dry_run": self.dry_run,
            "removed": [
                *({"archived": one.sha256, "why": "unused", "url": one.url} for one in self.unused),
                *({"archived": one, "why": "left over", "url": None} for one in self.left_over),
                *({"archived": one, "why": "taken down", "url": None} for one in self.taken_down),
            ],
            "bytes": self.bytes,
            "kept": self.kept,
        }


def prune(store: Store, now: datetime, older_than: timedelta = DEFAULT_AGE, *, dry_run: bool = False) -> Pruned:
    """Remove archived pages that no statement was read in and no change quotes, once they are old and out of use.

    Never removed is a page that a statement of any reading cites, whether that reading counts or not: alerts may rest
    on it. A page is in use as long as it is served as it is. That it was removed is on record before it is gone, and
    all else that is known of it stays; `search` does not find it any more.

    Args:
        store: the history.
        now: the present moment.
        older_than: how long a page must not have been served.
        dry_run: only say what would be removed.

    Raises:
        DatabaseLocked: a crawl is running; it may be about to need what would be removed.
        ArchiveError: a file can't be removed.
        StoreError: the database refused; nothing was removed.
    """
    found = Pruned(dry_run)
    with store.exclusive():
        there = dict(store.archive.files())
        forgotten = store.forgotten_snapshots()
        known = {one.sha256: one for one in store.kept_files()}
        for sha256, (size, stored) in there.items():
            one = known.get(sha256)
            if one is None:
                if now - stored <= LEFT_OVER_AGE:
                    continue
                found.left_over.append(sha256)
            elif forgotten.issuperset(one.snapshots):
                found.taken_down.append(sha256)
            elif not one.cited and now - one.last_seen > older_than:
                found.unused.append(one)
            else:
                continue
            found.bytes += size
        gone = [*found.left_over, *found.taken_down, *(one.sha256 for one in found.unused)]
        found.kept = len(there) - len(gone)
        if dry_run:
            return found
        with store.write() as tx:
            tx.add_pruned(found.unused, now)
            tx.unindex_pages([snapshot for one in found.unused for snapshot in one.snapshots])
        for sha256 in gone:
            store.archive.remove(sha256)
        store.archive.tidy(now - LEFT_OVER_AGE)
    return found

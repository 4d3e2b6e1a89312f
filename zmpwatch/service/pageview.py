"""What ``zmpwatch page`` says: an archived page as it was served, years later, with what was read in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from zmpwatch.errors import ArchiveError, ReadError, StoreError
from zmpwatch.model import CountStatement, Statement
from zmpwatch.model.days import day_of
from zmpwatch.read import read_bytes
from zmpwatch.store import Snapshot, Store

__all__ = ["PageView", "find_page"]

Json = dict[str, Any]
_HASH = re.compile(r"(?:^|[/\\])([0-9a-f]{8,64})(?:\.zst)?$")


@dataclass(frozen=True, slots=True)
class PageView:
    """One version of a page.

    `quotes` say where in `text` each statement stands: begin, end, and the fact in a few words.
    """

    snapshot: Snapshot
    versions: tuple[Snapshot, ...]
    """All versions of the page at this address, oldest first."""
    pruned: frozenset[str]
    """Hashes of those that `prune` removed: no statement rested on them."""
    body: bytes
    text: str | None
    unreadable: str | None
    quotes: tuple[tuple[int, int, str], ...]
    request_headers: dict[str, str] | None
    file: str

    def as_json(self) -> Json:
        """The object of ``page --json``."""
        snapshot = self.snapshot
        return {
            "url": snapshot.url,
            "requested": snapshot.requested,
            "site": snapshot.site,
            "fetched": snapshot.fetched_at.isoformat(),
            "status": snapshot.status,
            "headers": snapshot.headers,
            "request_headers": self.request_headers,
            "title": snapshot.title,
            "published": snapshot.published,
            "complete": snapshot.complete,
            "archived": snapshot.sha256,
            "file": self.file,
            "bytes": len(self.body),
            "versions": [
                {
                    "fetched": one.fetched_at.isoformat(),
                    "archived": one.sha256,
                    "pruned": one.sha256 in self.pruned,
                }
                for one in self.versions
            ],
            "quotes": [
                {"quote": (self.text or "")[start:end], "start": start, "end": end, "states": told}
                for start, end, told in self.quotes
            ],
            "text": self.text,
            "unreadable": self.unreadable,
        }


def find_page(store: Store, which: str, at: date | None = None) -> PageView:
    """The archived page of an address, of a hash as ``archived`` names it (8 digits are enough), or of a file's name.

    Args:
        store: the history.
        which: address, hash or file of the archive.
        at: the version that was newest at the end of that day; the newest of all that is kept without it.

    Raises:
        StoreError: nothing was stored of it, not yet on that day, or it was taken down.
        ArchiveError: its bytes are missing or damaged.
    """
    hashed = _HASH.search(which) if "://" not in which else None
    found = store.snapshots_with(hashed[1]) if hashed else store.snapshots_of(which)
    if not found:
        raise StoreError(f"{which}: no page of this {'hash' if hashed else 'address'} is in the archive")
    if len({one.sha256 for one in found}) > 1 and hashed:
        raise StoreError(f"{which}: several archived pages begin so; give more digits")
    if at is not None:
        known = [one for one in found if day_of(one.fetched_at, store.zone) <= at]
        if not known:
            raise StoreError(f"{which}: first fetched on {day_of(found[0].fetched_at, store.zone)}, after {at}")
        found = known
    versions = {one.sha256 for one in (*found, *store.snapshots_of(found[-1].url))}
    pruned = frozenset(one for one in versions.intersection(store.pruned()) if not store.archive.has(one))
    kept = [one for one in found if one.sha256 not in pruned]
    # what was quoted is always kept; what the page said afterwards may not be
    snapshot = kept[-1] if kept and at is None else found[-1]
    if snapshot.id in store.forgotten_snapshots():
        raise StoreError(f"{snapshot.url}: was taken down; only the facts read in it are left")
    if snapshot.sha256 in pruned:
        raise ArchiveError(f"{snapshot.url}: no statement rested on it, and `zmpwatch prune` removed it")
    body = store.archive.get(snapshot.sha256)
    text = unreadable = None
    try:
        text = read_bytes(body, url=snapshot.url, headers=snapshot.headers).content
    except ReadError as error:
        unreadable = error.reason
    statements = [stored.statement for stored in store.statements_of(snapshot.id)]
    return PageView(
        snapshot=snapshot,
        pruned=pruned,
        versions=tuple(one for one in store.snapshots_of(snapshot.url) if one.site == snapshot.site),
        body=body,
        text=text,
        unreadable=unreadable,
        quotes=tuple(sorted(place for one in statements if (place := _place(text or "", one)))),
        request_headers=store.request_headers([snapshot.id]).get(snapshot.id),
        file=str(store.archive.path(snapshot.sha256)),
    )


def _place(text: str, statement: Statement) -> tuple[int, int, str] | None:
    """Where a statement stands: where it was read, or where its words stand now that the text is read otherwise."""
    start, end = statement.start, statement.end
    if text[start:end] != statement.quote:
        start = text.find(statement.quote)
        end = start + len(statement.quote)
    return (start, end, _told(statement)) if start >= 0 and statement.quote else None


def _told(statement: Statement) -> str:
    if isinstance(statement, CountStatement):
        return " ".join(filter(None, (f"{statement.qualifier} {statement.value} members", statement.as_of)))
    parts = (statement.municipality, statement.kind, statement.stage, statement.date, statement.resolution)
    return " ".join(str(part) for part in parts if part)

"""Archived pages read anew with the rules of today: which of them state something else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from zmpwatch.config import Config
from zmpwatch.errors import ArchiveError
from zmpwatch.model import Authority, CountStatement, Failure, Site, Statement
from zmpwatch.service.catalogue import all_sites
from zmpwatch.service.judging import Judge
from zmpwatch.service.knowledge import KNOWLEDGE_SITE
from zmpwatch.service.pagereading import read_page_of
from zmpwatch.store import Store
from zmpwatch.store.columns import UNSTORABLE
from zmpwatch.store.records import Snapshot

__all__ = ["Reread", "read_pages"]

_MANY = 500


@dataclass(frozen=True, slots=True)
class Reread:
    """One archived page that states something else by the rules of today."""

    snapshot: int
    url: str
    before: tuple[Statement, ...]
    after: tuple[Statement, ...]
    authorities: tuple[Authority, ...]

    def as_json(self) -> dict[str, Any]:
        """Its address, and what it states less and more."""
        return {
            "url": self.url,
            "removed": [_told(one) for one in self.before if one not in self.after],
            "added": [_told(one) for one in self.after if one not in self.before],
        }


def read_pages(store: Store, config: Config, judge: Judge) -> Iterator[Reread | str | None]:
    """Read every archived page anew, oldest first.

    Yields:
        For each what it states now where that is something else, in words why it could not be read, or None.
    """
    sites = {**store.sites(), **{site.name: site for site in all_sites(config)}}
    forgotten = store.forgotten_snapshots()
    pruned = store.pruned()
    last = 0
    while some := store.snapshots(after=last, limit=_MANY):
        last = some[-1].id
        for snapshot in some:
            if snapshot.site == KNOWLEDGE_SITE or snapshot.id in forgotten or snapshot.sha256 in pruned:
                continue
            yield _read_page(store, snapshot, sites.get(snapshot.site), judge)


def _read_page(store: Store, snapshot: Snapshot, site: Site | None, judge: Judge) -> Reread | str | None:
    if site is None:
        return f"{snapshot.url}: its site {snapshot.site!r} is unknown; left as it is"
    try:
        page = snapshot.page(store.archive.get(snapshot.sha256))
    except ArchiveError as error:
        return f"{snapshot.url}: {error}; left as it is"
    municipality = judge.register.get(site.municipality) if site.municipality else None
    reading = read_page_of(site, page, judge.association, municipality)
    if isinstance(reading, Failure):
        return f"{snapshot.url}: {reading.detail}; left as it is"
    old = store.statements_of(snapshot.id)
    new = tuple(map(_storable, reading.statements))
    if [(stored.statement, stored.source.authority) for stored in old] == [*zip(new, reading.authorities, strict=True)]:
        return None
    return Reread(snapshot.id, snapshot.url, tuple(one.statement for one in old), new, reading.authorities)


def _storable(statement: Statement) -> Statement:
    """The statement as the database gives it back."""
    return replace(statement, quote=UNSTORABLE.sub("\ufffd", statement.quote))


def _told(statement: Statement) -> str:
    if isinstance(statement, CountStatement):
        return f"{statement.qualifier} {statement.value}, {statement.as_of or 'undated'}: {statement.quote}"
    step = f"{statement.municipality} {statement.kind} {statement.stage}"
    return f"{step}, {statement.date or 'undated'}: {statement.quote}"

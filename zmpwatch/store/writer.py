"""All that is written to the history, in one transaction each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from zmpwatch.model import KnownPage, Municipality, Site, SiteMemory
from zmpwatch.store import rows
from zmpwatch.store.beliefkeeping import BeliefKeeping
from zmpwatch.store.crawlmemory import first_healthy_of, save_memory
from zmpwatch.store.newskeeping import NewsKeeping
from zmpwatch.store.pagekeeping import PageKeeping
from zmpwatch.store.schema import MunicipalityRow, PageRow, SiteRow, TombstoneRow
from zmpwatch.store.statementkeeping import StatementKeeping
from zmpwatch.store.takedown import Takedown, find, remove_words

__all__ = ["Writer"]


class Writer(StatementKeeping, BeliefKeeping, NewsKeeping, PageKeeping):
    """One transaction: everything written through it is kept together or not at all. It reads its own writes.

    Each method may be repeated after a crash with the same arguments: what is known already is not stored twice.
    `add_visit` alone has no key of its own and stores a visit each time.
    """

    # what is remembered

    def put_municipalities(self, municipalities: Iterable[Municipality]) -> None:
        """Store the names the views show; a known municipality is overwritten."""
        values = {
            one.teryt: {
                "teryt": one.teryt,
                "name": one.name,
                "kind": one.kind,
                "powiat": one.powiat,
                "voivodeship": one.voivodeship,
            }
            for one in municipalities
        }
        self._upsert(MunicipalityRow, list(values.values()))

    def save_pages(self, site: str, pages: Sequence[KnownPage]) -> None:
        """Remember addresses for the next visit; what was remembered of them is replaced."""
        self._upsert(PageRow, [rows.page_values(site, page) for page in {page.url: page for page in pages}.values()])

    def save_memory(self, site: str, memory: SiteMemory) -> None:
        """Remember feeds, servers, frontier and platform of a site for its next visit; what was not changed stays."""
        save_memory(self._connection, self._upsert, site, memory)

    def mark_site(self, site: Site, first_healthy: datetime | None) -> None:
        """Store the site as configured now. The first healthy visit, once known, stays."""
        known = self._connection.execute(first_healthy_of(), {"site": site.name}).scalar()
        values = {
            "name": site.name,
            "family": site.family,
            "url": site.url,
            "municipality": site.municipality,
            "first_healthy": known or first_healthy,
        }
        self._upsert(SiteRow, [values])

    # what is taken down

    def take_down(self, url: str, reason: str, now: datetime) -> tuple[Takedown, int]:
        """Remove the words that came from this address and leave a tombstone; return what it was, and how many quotes.

        What was taken down before is not touched again, and without anything new there is no second tombstone. The
        archived bytes are removed by `Store.forget`, once this is kept.
        """
        self.link()
        takedown = find(self._connection, url)
        if not takedown.snapshots and not takedown.evidence:
            return takedown, 0
        values = {
            "url": url,
            "reason": reason,
            "at": now,
            "snapshots": list(takedown.snapshots),
            "evidence": [list(key) for key in takedown.evidence],
        }
        self._insert_one(TombstoneRow, values)
        quotes = remove_words(self._connection, takedown)
        self.unindex_pages(takedown.snapshots, for_good=True)
        return takedown, quotes

"""What ``zmpwatch search`` says."""

from __future__ import annotations

from datetime import date
from typing import Any

from zmpwatch.register import load_register
from zmpwatch.service.searching.query import parse
from zmpwatch.service.searching.snippet import snippet
from zmpwatch.service.searching.words import analyser
from zmpwatch.store import Store

__all__ = ["answer_search", "not_searchable"]

Json = dict[str, Any]


def answer_search(
    store: Store, query: str, *, since: date | None = None, teryt: str | None = None, limit: int = 20
) -> list[Json]:
    """The pages that have what is looked for, the newest day first, one hit an address: its newest fitting version.

    Args:
        store: the history.
        query: words and phrases; see `parse`.
        since: pages of an earlier day are left out.
        teryt: only pages of this municipality's sites, and pages that state something of it.
        limit: most hits.

    Raises:
        ConfigError: the query has no word to look for.
    """
    terms = parse(query)
    among = store.snapshots_about(teryt) if teryt is not None else None
    register = load_register()
    sites = store.sites()
    answers = []
    for hit in store.search(terms, since=since.isoformat() if since else None, among=among, limit=limit):
        line, marks = snippet(hit.text, terms)
        site = sites.get(hit.snapshot.site)
        municipality = register.get(site.municipality) if site is not None and site.municipality else None
        answers.append(
            {
                "url": hit.snapshot.url,
                "site": hit.snapshot.site,
                "municipality": municipality.name if municipality else None,
                "teryt": municipality.teryt if municipality else None,
                "date": hit.day,
                "published": hit.snapshot.published,
                "fetched": hit.snapshot.fetched_at.isoformat(),
                "title": hit.snapshot.title,
                "snippet": _marked(line, marks),
                "archived": hit.snapshot.sha256,
                "file": str(store.archive.path(hit.snapshot.sha256)),
            }
        )
    return answers


def _marked(line: str, marks: list[tuple[int, int]]) -> str:
    """The line with two stars on both sides of what was found."""
    at, told = 0, ""
    for first, last in marks:
        told += f"{line[at:first]}**{line[first:last]}**"
        at = last
    return told + line[at:]


def not_searchable(store: Store) -> int:
    """How many archived pages the index does not have, or has by older rules; `rebuild` puts them in."""
    return 0 if store.all_indexed(analyser()) else len(store.unindexed_pages(analyser()))

"""From a page's text to its row in the index."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from zmpwatch.errors import ArchiveError, ReadError
from zmpwatch.model import Text
from zmpwatch.read import read_bytes
from zmpwatch.service.searching.words import analyser, words_of
from zmpwatch.store import Store
from zmpwatch.store.searching import PageText

__all__ = ["fill_index", "prepared"]

MOST_CHARACTERS = 400_000
"""Of a longer text the beginning is indexed: PostgreSQL takes a megabyte of words a page."""

_BATCH = 100


def prepared(text: Text, fetched_at: datetime, words_of: Callable[[str], tuple[str, str, str]] = words_of) -> PageText:
    """What the index keeps of a page.

    Args:
        text: as it was read.
        fetched_at: its day stands in for the date of a page that has none.
        words_of: finds the words, here or in a child.
    """
    content = f"{text.title}\n\n{text.content}" if text.title and text.title not in text.content else text.content
    content = content[:MOST_CHARACTERS]
    day = text.published or fetched_at.date().isoformat()
    name, words, lemmas = words_of(content)
    return PageText.of(name, day, content, words, lemmas)


def fill_index(store: Store, *, progress: Callable[[int], None] = lambda _pages: None) -> tuple[int, list[str]]:
    """Put every archived page into the index that is not there, or is there by older rules.

    Returns:
        How many pages were put in, and a line for each that can't be read.

    Raises:
        StoreError: the database refused; what was put in before stays.
    """
    done, problems = 0, []
    ready: dict[int, PageText] = {}
    for snapshot in store.snapshots_by_id(store.unindexed_pages(analyser())):
        try:
            body = store.archive.get(snapshot.sha256)
            text = read_bytes(body, url=snapshot.url, headers=snapshot.headers)
        except (ArchiveError, ReadError) as error:
            problems.append(f"{snapshot.url}: {error}; it can't be searched")
            continue
        ready[snapshot.id] = prepared(text, snapshot.fetched_at)
        if len(ready) == _BATCH:
            done += _put(store, ready)
            progress(done)
    done += _put(store, ready)
    return done, problems


def _put(store: Store, ready: dict[int, PageText]) -> int:
    count = len(ready)
    if ready:
        with store.write() as tx:
            tx.index_pages(ready)
        ready.clear()
    return count

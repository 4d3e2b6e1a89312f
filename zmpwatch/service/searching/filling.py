"""From a page's text to its row in the index."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from zmpwatch.errors import ArchiveError, ReadError
from zmpwatch.model import Text
from zmpwatch.model.days import day_of
from zmpwatch.read import read_bytes
from zmpwatch.service.searching.words import analyser, words_of
from zmpwatch.store import Snapshot, Store
from zmpwatch.store.searching import PageText

__all__ = ["fill_index", "fill_some", "prepared"]

MOST_CHARACTERS = 400_000
"""Of a longer text the beginning is indexed: PostgreSQL takes a megabyte of words a page."""

_BATCH = 100
_WEB_PAGES = {"text/html", "application/xhtml+xml", "text/plain"}


def prepared(text: Text, fetched_at: datetime, words_of: Callable[[str], tuple[str, str, str]] = words_of) -> PageText:
    """What the index keeps of a page.

    Args:
        text: as it was read.
        fetched_at: its day stands in for the date of a page that has none.
        words_of: finds the words, here or in a child.
    """
    content = f"{text.title}\n\n{text.content}" if text.title and text.title not in text.content else text.content
    content = content[:MOST_CHARACTERS]
    day = text.published or day_of(fetched_at).isoformat()
    name, words, lemmas = words_of(content)
    return PageText.of(name, day, content, words, lemmas)


def fill_index(store: Store, *, progress: Callable[[int], None] = lambda _pages: None) -> tuple[int, list[str]]:
    """Put every archived page into the index that is not there, or is there by older rules.

    Returns:
        How many pages were put in, and a line for each that can't be read.

    Raises:
        StoreError: the database refused; what was put in before stays.
    """
    return _fill(store, store.snapshots_by_id(store.unindexed_pages(analyser())), progress, lambda: False)


def fill_some(store: Store, enough: Callable[[], bool]) -> int:
    """Put web pages into the index that are not there, the newest first, until it is enough; the next call goes on.

    Documents are left to `fill_index`: one alone may take half a minute, and a scan that can't be read takes it in vain
    each time. It may run beside a crawl.

    Returns:
        How many pages were put in.

    Raises:
        StoreError: the database refused; what was put in before stays.
    """
    missing = store.unindexed_pages(analyser())[::-1]
    parts = (missing[begin : begin + _BATCH] for begin in range(0, len(missing), _BATCH))
    snapshots = (one for part in parts for one in reversed(list(store.snapshots_by_id(part))))
    done, _ = _fill(store, filter(_is_web_page, snapshots), lambda _pages: None, enough)
    return done


def _is_web_page(snapshot: Snapshot) -> bool:
    kind = snapshot.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind in _WEB_PAGES


def _fill(
    store: Store, snapshots: Iterable[Snapshot], progress: Callable[[int], None], enough: Callable[[], bool]
) -> tuple[int, list[str]]:
    done, problems = 0, []
    ready: dict[int, tuple[str, PageText]] = {}
    for snapshot in snapshots:
        if enough():
            break
        try:
            body = store.archive.get(snapshot.sha256)
            text = read_bytes(body, url=snapshot.url, headers=snapshot.headers)
        except (ArchiveError, ReadError) as error:
            problems.append(f"{snapshot.url}: {error}; it can't be searched")
            continue
        ready[snapshot.id] = snapshot.sha256, prepared(text, snapshot.fetched_at)
        if len(ready) == _BATCH:
            done += _put(store, ready)
            progress(done)
    done += _put(store, ready)
    return done, problems


def _put(store: Store, ready: dict[int, tuple[str, PageText]]) -> int:
    """Index what is ready, but for pages that were taken down or pruned while it was made ready."""
    if not ready:
        return 0
    with store.write() as tx:
        forgotten, pruned = tx.forgotten_snapshots(), tx.pruned()
        there = {
            number: text for number, (sha256, text) in ready.items() if number not in forgotten and sha256 not in pruned
        }
        tx.index_pages(there)
    ready.clear()
    return len(there)

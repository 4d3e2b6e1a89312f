"""What is remembered of a site's pages, loaded when its visit begins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from threading import Lock

from zmpwatch.model import KnownPage, Page, Pending, SiteMemory
from zmpwatch.read.ocr import find_tesseract
from zmpwatch.service.pagereading import seen_again
from zmpwatch.store import Store
from zmpwatch.store.pagekeeping import NEEDS_OCR

__all__ = ["RememberedPages", "site_memory", "unread_mark", "waiting_page"]

PROMISE = 300.0
"""Of a scan that waited until tesseract was installed: more than any link's, less than the pages that have paid."""


def waiting_page(page: Page, known: KnownPage | None, body_sha256: str) -> KnownPage:
    """What to remember of a document that nobody could read: its validators, so that it is not sent each time."""
    seen = seen_again(known or KnownPage(page.url, changed_at=page.fetched_at), page, body_sha256)
    return replace(seen, extractor=unread_mark())


def unread_mark() -> str:
    """By what a scan that nobody could read is known: that it waits for OCR, or which OCR has tried it in vain."""
    tesseract = find_tesseract()
    return NEEDS_OCR if tesseract is None else f"{NEEDS_OCR}: not by tesseract {tesseract.version}"


def _waits(page: KnownPage) -> bool:
    return page.extractor is not None and page.extractor.startswith(NEEDS_OCR) and page.extractor != unread_mark()


def site_memory(store: Store, site: str) -> SiteMemory:
    """The memory of a site; where scans can be read, with the links to those that have waited for it."""
    memory = store.site_memory(site)
    if find_tesseract() is not None:
        for url in store.scans_of(site, unread_mark()):
            memory.pending.setdefault(url, Pending(url, PROMISE))
    return memory


class RememberedPages(Mapping[str, KnownPage]):
    """The known pages of one site by address, as they were when first asked for.

    A run over thousands of sites plans all visits at once; holding what is remembered of every site from the start
    would take gigabytes. May be used from several threads.
    """

    def __init__(self, store: Store, site: str) -> None:
        self._store = store
        self._site = site
        self._pages: dict[str, KnownPage] | None = None
        self._lock = Lock()

    def _loaded(self) -> dict[str, KnownPage]:
        pages = self._pages
        if pages is not None:
            return pages  # each link of a page asks, and need not wait for another's turn
        with self._lock:
            if self._pages is None:
                pages = self._store.known_pages(self._site)
                if find_tesseract() is not None:
                    # to be fetched whole, as if for the first time
                    pages = {url: page for url, page in pages.items() if not _waits(page)}
                self._pages = pages
            return self._pages

    def __getitem__(self, url: str) -> KnownPage:
        return self._loaded()[url]

    def __contains__(self, url: object) -> bool:
        return url in self._loaded()

    def __iter__(self) -> Iterator[str]:
        return iter(self._loaded())

    def __len__(self) -> int:
        return len(self._loaded())

    def release(self) -> None:
        """Let go of what was loaded: the visit is over."""
        with self._lock:
            self._pages = None

"""What is remembered of a site's pages, loaded when its visit begins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from threading import Lock

from zmpwatch.model import KnownPage
from zmpwatch.store import Store

__all__ = ["RememberedPages"]


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
        with self._lock:
            if self._pages is None:
                self._pages = self._store.known_pages(self._site)
            return self._pages

    def __getitem__(self, url: str) -> KnownPage:
        return self._loaded()[url]

    def __iter__(self) -> Iterator[str]:
        return iter(self._loaded())

    def __len__(self) -> int:
        return len(self._loaded())

    def release(self) -> None:
        """Let go of what was loaded: the visit is over."""
        with self._lock:
            self._pages = None

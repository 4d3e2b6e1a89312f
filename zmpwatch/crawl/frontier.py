"""Which of the links found are worth a request: each page at its best promise, the rest not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from zmpwatch.crawl.scoring import is_document
from zmpwatch.crawl.state import VisitState
from zmpwatch.crawl.urls import usable

__all__ = ["NEVER", "Candidate", "Found", "Frontier"]

NEVER = -500.0
"""A promise as low as this says that there is no text behind the address."""
_SEEN = 8.0
"""What a page that was read before and stated nothing is worth less."""
_MOST = 200
"""Most candidates of one page: the best."""
_MEMORY = 20_000
"""Most links whose weight is remembered: a hostile site makes up new ones without end."""
_BETTER = 10.0
"""A page that is queued already is queued again when it promises this much more."""


@dataclass(frozen=True, slots=True)
class Found:
    """A link as it stands in a page, a feed or a sitemap.

    `bonus` is what its place adds to its words, `news` what being new adds: it counts for pages not read before.
    """

    url: str
    anchor: str = ""
    context: str = ""
    rel: str = ""
    bonus: float = 0.0
    news: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address worth a request. `again` says that the page is queued already, at a lower promise."""

    url: str
    key: str
    promise: float
    anchor: str
    again: bool


class Frontier:
    """What a visit has found so far.

    The menu of a site stands on every page: what was weighed once is not weighed again, and making an address
    canonical, which costs most (FAULTS 3.4), comes last.

    Args:
        visit: gives the site's hosts, the bounds and what is known.
        promise: what the words of a link are worth: address, anchor, context, relation.
        page_key: what tells pages apart.
        threshold: links that promise less are left.
        documents: the same for documents.
    """

    def __init__(
        self,
        visit: VisitState,
        promise: Callable[[str, str, str, str], float],
        page_key: Callable[[str], str],
        *,
        threshold: float,
        documents: float,
    ) -> None:
        self._visit, self._promise, self._page_key = visit, promise, page_key
        self._threshold, self._documents = threshold, documents
        self._weighed: dict[tuple[str, str, str], float] = {}
        self._queued: dict[str, float] = {}

    def best(self, found: Iterable[Found]) -> list[Candidate]:
        """The links worth a request that are new, or promise more than before; best first."""
        chosen: dict[str, Candidate] = {}
        for link in found:
            old = self._weigh(link) + link.bonus
            least = self._documents if is_document(link.url) else self._threshold
            if old + link.news < least:
                continue
            for url in usable([link.url], self._visit.scope, longest=self._visit.settings.max_url_length):
                key = self._page_key(url)
                known = self._visit.known(url)
                if known is None:
                    promise = old + link.news
                elif old < least:
                    continue
                else:
                    promise = old if known[1].statements else old - _SEEN
                before = self._queued.get(key)
                if before is not None and promise <= before + _BETTER:
                    continue
                if key not in chosen or chosen[key].promise < promise:
                    chosen[key] = Candidate(url, key, promise, link.anchor, before is not None)
        best = sorted(chosen.values(), key=lambda candidate: -candidate.promise)[:_MOST]
        self._queued.update((candidate.key, candidate.promise) for candidate in best)
        return best

    def _weigh(self, link: Found) -> float:
        place = (link.url, link.anchor, link.context)
        if place not in self._weighed:
            inside = link.url in self._visit.scope
            promise = self._promise(link.url, link.anchor, link.context, link.rel) if inside else NEVER
            if len(self._weighed) >= _MEMORY:
                return promise
            self._weighed[place] = promise
        return self._weighed[place]

"""Which of the links found are worth a request: each page at its best promise, the rest not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from zmpwatch.crawl.scoring import is_document, is_pagination
from zmpwatch.crawl.state import VisitState
from zmpwatch.crawl.urls import usable

__all__ = ["NEVER", "Candidate", "Found", "Frontier"]

NEVER = -500.0
"""A promise as low as this says that there is no text behind the address."""
EXPLORED = -1000.0
"""Added to the promise of what no word recommends: it comes after all else."""
_DOCUMENTS_OF_LIST = 3
"""The same of documents, on pages that some word recommends: they are big, and the first ones are the newest."""
_EXPLORED_OF_ONE, _EXPLORED_OF_LIST = 12, 30
"""Most pages that one page makes us look at though no word recommends them; more where the page is of news, or such."""
CHANGED = 10.0
"""What a page is worth more that has been changed since it was read, by the word of a sitemap or feed."""
_SAME_DAY = timedelta(hours=6)
_SEEN = 8.0
"""What a page that was read before and stated nothing is worth less."""
_MOST = 200
"""Most candidates of one page: the best."""
_MEMORY = 20_000
"""Most links whose weight is remembered: a hostile site makes up new ones without end."""
_BETTER = 10.0
"""A page that is queued already is queued again when it promises this much more."""


class Found(NamedTuple):
    """A link as it stands in a page, a feed or a sitemap.

    `bonus` is what its place adds to its words, `news` what being new adds: it counts for pages not read before, and
    for those `modified` (ISO date) since.
    """

    url: str
    anchor: str = ""
    context: str = ""
    rel: str = ""
    bonus: float = 0.0
    news: float = 0.0
    modified: str | None = None
    fresh: bool = False
    """Whether it did not stand there when the place was read before."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address worth a request.

    `again` says that the page is queued already, at a lower promise, `leaf` that it is another leaf of a list, and
    `explored` that no word recommends it: it is asked for when nothing better is left.
    """

    url: str
    key: str
    promise: float
    anchor: str
    again: bool
    leaf: bool = False
    explored: bool = False
    fresh: bool = False


class Frontier:
    """What a visit has found so far.

    The menu of a site stands on every page: what was weighed once is not weighed again, and making an address
    canonical, which costs most (bench/crawl.py measures it), comes last.

    Args:
        visit: gives the site's hosts, the bounds and what is known.
        promise: what the words of a link are worth: address, anchor, context, relation.
        page_key: what tells pages apart.
        threshold: links that promise less are left.
        documents: the same for documents.
        exploring: says whether pages (no documents) that promise less, and do not repel, are candidates all the same,
            after all others.
    """

    def __init__(
        self,
        visit: VisitState,
        promise: Callable[[str, str, str, str], float],
        page_key: Callable[[str], str],
        *,
        threshold: float,
        documents: float,
        exploring: Callable[[], bool] = lambda: False,
    ) -> None:
        self._visit, self._promise, self._page_key = visit, promise, page_key
        self._threshold, self._documents = threshold, documents
        self._exploring = exploring
        self._weighed: dict[int, tuple[float, bool]] = {}
        self._queued: dict[str, float] = {}
        self._addresses: dict[str, tuple[tuple[str, str], ...]] = {}

    def best(self, found: Iterable[Found], *, listed: bool = False) -> list[Candidate]:
        """The links worth a request that are new, or promise more than before; best first.

        `listed` says that they stand on a page which some word recommends: more of them are then explored.
        """
        chosen: dict[str, Candidate] = {}
        exploring = self._exploring()
        for link in found:
            worth, document = self._weigh(link)
            old = worth + link.bonus
            # a file that has come to a page which some word recommends need not be recommended itself
            least = self._documents if document and not (listed and link.fresh and old >= 0) else self._threshold
            explored = old + link.news < least
            if explored and ((document and not listed) or old < 0 or not exploring):
                continue
            # whatever is remembered of its page, it promises no more
            most = old + link.news + CHANGED + (EXPLORED if explored else 0.0)
            for url, key in self._address(link.url):
                before = self._queued.get(key)
                if before is not None and most <= before + _BETTER:
                    continue
                promise = self._promise_of(url, old, link, least)
                if promise is None:
                    continue
                if explored:
                    promise += EXPLORED
                if before is not None and promise <= before + _BETTER:
                    continue
                if key not in chosen or chosen[key].promise < promise:
                    leaf = is_pagination(url, link.anchor, link.rel)
                    chosen[key] = Candidate(
                        url, key, promise, link.anchor, before is not None, leaf, explored, link.fresh
                    )
        ranked = sorted(chosen.values(), key=lambda candidate: -candidate.promise)
        promising = [candidate for candidate in ranked if not candidate.explored]
        others = [candidate for candidate in ranked if candidate.explored]
        files = [candidate for candidate in others if is_document(candidate.url)][_DOCUMENTS_OF_LIST:]
        others = [candidate for candidate in others if candidate not in files] if files else others
        best = [*promising, *others[: _EXPLORED_OF_LIST if listed else _EXPLORED_OF_ONE]][:_MOST]
        self._queued.update((candidate.key, candidate.promise) for candidate in best)
        return best

    def _promise_of(self, url: str, old: float, link: Found, least: float) -> float | None:
        """What a page promises in the light of what is remembered of it; None when it is not worth asking again."""
        known = self._visit.known(url)
        if known is None:
            return old + link.news
        page = known[1]
        if not self._visit.asks_again(page) and not link.modified:
            return None
        if link.modified and page.fetched_at is not None:
            read = page.fetched_at.date().isoformat()
            # a day is all a sitemap tells: what was read on the day of its change is asked for again some hours later
            later = self._visit.clock() - page.fetched_at >= _SAME_DAY
            if link.modified > read or (link.modified == read and later):
                return old + link.news + CHANGED
            if link.modified == read and not self._visit.asks_again(page):
                return None
            whole = page.full_fetch_at
            if whole is not None and self._visit.clock() - whole < self._visit.settings.full_fetch_after:
                return None
            if not self._visit.asks_again(page):
                return None
        if old < least:
            return None
        return old if page.statements else old - _SEEN

    def _address(self, link: str) -> tuple[tuple[str, str], ...]:
        """The canonical address of a link with the key of its page; none where it is not to be asked for."""
        found = self._addresses.get(link)
        if found is None:
            urls = usable([link], self._visit.scope, longest=self._visit.settings.max_url_length)
            urls = self._visit.traps.address(link, urls)
            found = tuple((url, self._page_key(url)) for url in urls)
            if len(self._addresses) < _MEMORY:
                self._addresses[link] = found
        return found

    def _weigh(self, link: Found) -> tuple[float, bool]:
        """What the words of a link are worth, and whether it leads to a document."""
        # 64 bits stand for texts that are kept nowhere else
        place = hash((link.url, link.anchor, link.context))
        known = self._weighed.get(place)
        if known is None:
            inside = link.url in self._visit.scope
            promise = self._promise(link.url, link.anchor, link.context, link.rel) if inside else NEVER
            known = promise, is_document(link.url)
            if len(self._weighed) < _MEMORY:
                self._weighed[place] = known
        return known

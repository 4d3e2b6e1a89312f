"""What a visit asks for next: what follows from a page, a feed, a search, or from one that is as it was."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from zmpwatch.crawl.discovery import NEW_LINK, Discovery
from zmpwatch.crawl.failure import FetchFailure
from zmpwatch.crawl.fetch import Fetch, Role
from zmpwatch.crawl.frontier import Found, Frontier
from zmpwatch.crawl.plan import PageOutcome
from zmpwatch.crawl.priority import BEST_LINK, FEED, PROBE, SEARCH
from zmpwatch.crawl.recollection import Recollection
from zmpwatch.crawl.response import links_of, markup_of
from zmpwatch.crawl.scoring import is_pagination
from zmpwatch.crawl.state import VisitState
from zmpwatch.crawl.traps import Kindred, kindred_of
from zmpwatch.crawl.urls import usable
from zmpwatch.errors import ReadError
from zmpwatch.model import FailureKind, KnownPage, Page, Pending

if TYPE_CHECKING:
    from zmpwatch.read import Feed, PageLinks

__all__ = ["Following"]

_LEAVES = 25
"""A list is followed so many leaves in a row: further back lies history, or a calendar without an end."""
_LISTED = 200.0
"""What is worth more, of what no word recommends: what a page lists that some word does."""
_KIND_COSTS, _KIND_COSTS_MOST = 30.0, 90.0
"""What each further page of a kind is worth less, and what it is worth less at most, of what no word recommends."""
_LIST = 5
"""A page that leads to so many others which no word recommends is a list, unless they stand in the menu."""
_LAST = 1_500.0
"""What a link is worth less that comes even after what no word recommends."""
_RELEVANT = 5.0
"""What the links of a page on our subject are worth more."""


class Following:
    """What one visit asks for after what it has seen.

    Args:
        visit: gives the bounds, and what is known.
        recollection: what earlier visits found worth asking for.
        discovery: finds feeds, sitemaps, searches and leaves of lists.
        frontier: weighs links as the family does.
        heir: which part of a page's promise a link in its content inherits.
        named: the sitemaps that the robots.txt of an address names.
    """

    def __init__(
        self,
        visit: VisitState,
        recollection: Recollection,
        discovery: Discovery,
        frontier: Frontier,
        *,
        heir: Callable[[str], float],
        named: Callable[[str], Sequence[str]],
    ) -> None:
        self._visit, self._recollection, self._discovery, self._frontier = visit, recollection, discovery, frontier
        self._heir, self._named = heir, named
        self._advertised = False
        self._steps: dict[str, int] = {}
        self._explored: Counter[Kindred] = Counter()
        self._listed: Counter[str] = Counter()

    # --- pages

    async def page(self, fetch: Fetch, page: Page, outcome: PageOutcome) -> list[Fetch]:
        """What follows from a page that was taken."""
        links = outcome.links
        if outcome.unchanged and links is None and (known := self._visit.known(page.url)) is not None:
            return self.as_it_was(fetch, page.url, known[1])
        if links is None:
            # a page of 2,000 links takes a while, and the loop serves the other visits
            links = await asyncio.to_thread(links_of, page)
        return list(self._links(fetch, page, outcome, links)) if links is not None else []

    def as_it_was(self, fetch: Fetch, url: str, known: KnownPage) -> list[Fetch]:
        """What follows from a page that has not changed: what it links to was weighed when it was read.

        Where nothing is remembered of that (older versions kept nothing), it is weighed now. That the home page is as
        it was says nothing of the feeds.
        """
        found = (Found(link) for link in known.links)
        left = () if self._recollection.existed else self._queue(found, fetch, url)
        if fetch.role is not Role.START:
            return list(left)
        self._discovery.note_menu(known.links)
        return [*self._feeds(url, []), *left]

    def kindred(self, fetch: Fetch, page: Page) -> Kindred | None:
        """The kind of a page that another of its kind led to; see `zmpwatch.crawl.traps`."""
        return self._visit.traps.kind(page.url, fetch.referrer, leaf=fetch.leaves > 0)

    def _links(self, fetch: Fetch, page: Page, outcome: PageOutcome, links: PageLinks) -> Iterator[Fetch]:
        discovery = self._discovery
        front = fetch.role is Role.START
        discovery.look(page, links, front=front)
        if front:
            discovery.note_menu(link.url for link in links.links)
            yield from self._feeds(page.url, [link.url for link in links.feeds])
            for url in discovery.registers(page):
                if self._recollection.is_worth_a_guess(url):
                    yield Fetch(url, Role.PROBE, PROBE, guess=True)
        if discovery.plan_search(page):
            yield from self._search()
        self._visit.traps.read(
            page.url,
            self.kindred(fetch, page),
            lambda: markup_of(page.body, page.headers),
            [link.url for link in links.links],
            relevant=outcome.relevant,
        )
        new = discovery.new_links(page, links)
        leaf = is_pagination(page.url, "", "")  # old items move onto the further leaves of a listing
        # what a page promised, and kept, its links inherit: those of its content, not those of the menu
        promised = max(0.0, fetch.promise)
        kept = _RELEVANT if outcome.relevant else 0.0
        found = [
            Found(
                link.url,
                link.anchor,
                link.context,
                link.rel,
                promised * self._heir(link.url) + kept
                if link.main and (promised or kept) and (front or not discovery.in_menu(link.url))
                else 0.0,
                NEW_LINK if link.url in new else 0.0,
                None,
                link.url in new and not leaf,
            )
            for link in links.links[: self._visit.settings.max_links]
        ]
        if (following := discovery.leaf_after(page, links)) is not None:
            found.append(following)
        yield from self._queue(found, fetch, page.url)

    # --- feeds and sitemaps

    def feed(self, fetch: Fetch, page: Page) -> list[Fetch]:
        """Entries of a feed: in its order, for it is by date; those of a sitemap by their slug alone.

        Runs in a thread: a sitemap may have 50,000 entries, and the loop serves the other visits.

        Raises:
            FetchFailure: UNREADABLE; of a guess, only that there is no feed.
        """
        from zmpwatch.read import read_feed  # noqa: PLC0415 - reading is loaded with the first page

        digest = page.body_sha256
        if self._recollection.has_read(page, digest):
            return self.parts(page.url)
        try:
            feed = read_feed(page.body, url=page.url, headers=page.headers)
        except ReadError as error:
            # a guess that hits no feed is no failure
            absent = fetch.role is Role.PROBE
            raise FetchFailure(FailureKind.UNREADABLE, error.reason, absent=absent) from error
        fresh = self._recollection.note_feed(page, feed, digest, fresh=fetch.fresh)
        self._visit.alive = True
        found = self._queue(self._discovery.entries(feed, fresh), fetch, page.url)
        return [*self._sitemaps(feed, fresh), *found]

    def parts(self, index: str) -> list[Fetch]:
        """Sitemaps below an index that is as it was."""
        return [Fetch(url, Role.PROBE, FEED - 2, feed=True) for url in self._recollection.parts_due(index)]

    def _sitemaps(self, feed: Feed, fresh: frozenset[str]) -> Iterator[Fetch]:
        """Sitemaps an index lists; the next leaf of a feed when its last entry is new too, so that none is missed."""
        last = feed.items[-1].url if feed.items else None
        if feed.next and last and self._visit.plan.known and self._visit.known(last) is None:
            for url in usable([feed.next], self._visit.scope, longest=self._visit.settings.max_url_length):
                yield Fetch(url, Role.PROBE, FEED - 2, feed=True)
        for url in self._discovery.parts(feed):
            yield Fetch(url, Role.PROBE, FEED - 2, feed=True, fresh=url in fresh)

    def _feeds(self, url: str, advertised: list[str]) -> Iterator[Fetch]:
        """The feeds and sitemaps of a site, once a visit."""
        if self._advertised:
            return
        self._advertised = True
        discovery, recollection = self._discovery, self._recollection
        candidates = discovery.feeds(url, advertised)
        for feed in recollection.feeds_due(candidates, named=bool(advertised) or discovery.redesigned):
            yield Fetch(feed, Role.PROBE, FEED, feed=True)
        candidates = discovery.sitemaps(url, self._named(url))
        for sitemap in recollection.sitemaps_due(candidates):
            yield Fetch(sitemap, Role.PROBE, FEED - 1, feed=True)

    # --- the site's own search

    def search(self, fetch: Fetch, page: Page) -> list[Fetch]:
        """Results of the site's own search; with none, it is asked in other words. Runs in a thread."""
        links = links_of(page)
        results = self._discovery.results(links) if links is not None else []
        chosen = list(self._queue(results, fetch, page.url))
        if any(not one.explored for one in chosen):
            return chosen
        return [*chosen, *self._search()]

    def _search(self) -> Iterator[Fetch]:
        """The next question to the site's own search, asked once a week: it costs a server most, and changes little."""
        url = self._discovery.next_search()
        if url is not None and self._recollection.is_worth_a_guess(url):
            self._recollection.met_no_feed(url, gone=True)
            yield Fetch(url, Role.PROBE, SEARCH, search=True)

    # --- what was found

    def _queue(self, found: Iterable[Found], fetch: Fetch, source: str) -> Iterator[Fetch]:
        """Requests for the best of what was found.

        Another leaf of a list is no deeper than the list, but further on: the tenth is worth less than the first.
        """
        depth, leaves = fetch.steps, fetch.leaves
        # what a page of news lists is likelier to be news than what a menu lists, whatever its headline says
        listed = fetch.role is Role.LINK and not fetch.explored
        for one in self._frontier.best(found, listed=listed):
            steps, turned = (depth, leaves + 1) if one.leaf else (depth + 1, 0)
            steps = self._steps[one.key] = min(steps, self._steps.get(one.key, steps))
            if steps > self._visit.settings.max_depth or turned > _LEAVES:
                continue
            if self._visit.traps.closed(one.url, source, leaf=one.leaf):
                continue
            if not one.explored and self._visit.known(one.url) is None:
                self._recollection.found(
                    one.key, Pending(one.url, one.promise, one.anchor or None, source, steps, one.fresh)
                )
            cost = 2.0 * depth
            if not one.fresh and self._visit.traps.can_wait(one.url, source, leaf=one.leaf):
                cost += _LAST
            if one.explored:
                # from the top of the site downwards, and of many pages of one kind the first ones first
                kind = kindred_of(one.url)[0]
                cost += 18.0 * depth + (
                    -_LISTED if listed else min(_KIND_COSTS * self._explored[kind], _KIND_COSTS_MOST)
                )
                self._explored[kind] += 1
                if not self._discovery.in_menu(one.url):
                    self._listed[source] += 1
                    if self._listed[source] == _LIST:
                        self._recollection.leads_on(source, _LIST)
            yield Fetch(
                one.url,
                Role.LINK,
                min(one.promise - cost - turned / 2, BEST_LINK),
                again=one.again,
                key=one.key,
                anchor=one.anchor or None,
                referrer=source,
                promise=one.promise,
                steps=steps,
                leaves=turned,
                explored=one.explored,
                listed=listed,
                fresh=one.fresh,
            )

"""What earlier visits know of a site, and what this one leaves for the next: pages, feeds and links that wait."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from zmpwatch.crawl.listed import marks_of, new_among
from zmpwatch.crawl.revisit import feed_is_due
from zmpwatch.crawl.state import VisitState
from zmpwatch.model import FailureKind, KnownFeed, Page, Pending

if TYPE_CHECKING:
    from zmpwatch.read import Feed

__all__ = ["TRANSIENT", "Recollection"]

TRANSIENT = frozenset(
    {
        *(FailureKind.UNREACHABLE, FailureKind.TIMEOUT, FailureKind.STATUS, FailureKind.INCOMPLETE),
        *(FailureKind.RETRY_LATER, FailureKind.CHALLENGE, FailureKind.WRONG_PAGE),
    }
)
"""What may be over by the next visit."""

_AFTER_FAILURE = 0.5
_LEAST_PROMISE = 1.0
"""A link that has given nothing is asked for again until it promises less."""
_MOST_PENDING = 500
"""Links kept of a site: the best."""


class Recollection:
    """The memory of one visit's site, asked and kept up to date.

    Args:
        visit: gives the plan, the memory and the clock.
    """

    def __init__(self, visit: VisitState) -> None:
        self._visit = visit
        self._found: dict[str, Pending] = {}
        memory = visit.memory
        self.existed = bool(memory.feeds or memory.pending or memory.origins)

    # --- links that wait

    def pending(self) -> list[Pending]:
        """The best links earlier visits had no budget for."""
        waiting = [link for link in self._visit.memory.pending.values() if link.url in self._visit.scope]
        waiting = [link for link in waiting if self._visit.known(link.url) is None]
        waiting.sort(key=lambda link: (-link.promise, link.url))
        return waiting[: self._visit.settings.pending_links]

    def found(self, key: str, link: Pending) -> None:
        """Note a link worth a request; `key` is that of its page. A page is a list by how many it leads to."""
        if link.referrer is not None:
            self.leads_on(link.referrer, 1)
        before = self._found.get(key)
        self._found[key] = replace(link, fresh=True) if before is not None and before.fresh else link

    def leads_on(self, url: str, links: int) -> None:
        """Note that a page leads to further pages: a list is asked for again sooner than others."""
        leads = self._visit.memory.leads
        leads[url] = leads.get(url, 0) + links

    def gave_nothing(self, key: str | None) -> None:
        """Note that a page a link led to could not be read this time."""
        if key is not None:
            self._visit.unread.add(key)

    def close(self, page_key: Callable[[str], str]) -> None:
        """Keep the links that were not followed, and those that gave nothing this time, for the visits to come.

        The page that shows a link may say the same for weeks, so nothing else would lead there again. A link that
        gives nothing again and again promises less each time, until it is not worth a request.
        """
        memory, fetched, unread = self._visit.memory, self._visit.fetched, self._visit.unread
        links = self._found | {page_key(link.url): link for link in memory.pending.values()}
        again = [replace(link, promise=link.promise * _AFTER_FAILURE) for key, link in links.items() if key in unread]
        traps = self._visit.traps
        left = [
            link
            for key, link in links.items()
            if key not in fetched and link.url not in memory.gone and not traps.is_closed(link.url, link.referrer)
        ]
        # behind a wall that many pages share there may be others; a place that is nothing but one page is given up
        again += [replace(link, promise=link.promise * _AFTER_FAILURE) for link in left if traps.repeats(link.url)]
        left = [link for link in left if not traps.repeats(link.url)]
        # behind dead links there may be a live one: it waits, after all that promises more
        left = [self._after_dead(link) for link in left]
        left += [link for link in again if link.promise >= _LEAST_PROMISE]
        kept: dict[str, Pending] = {}
        for link in sorted(left, key=lambda link: (-link.promise, link.url)):
            if len(kept) < _MOST_PENDING:
                kept.setdefault(link.url, link)
        if kept != memory.pending:
            memory.pending = kept
            memory.changed.add("pending")

    def _after_dead(self, link: Pending) -> Pending:
        if not self._visit.dead.waits(link.url):
            return link
        return replace(link, promise=max(min(link.promise, _LEAST_PROMISE), link.promise * _AFTER_FAILURE))

    # --- feeds, sitemaps and guesses

    def is_worth_a_guess(self, url: str) -> bool:
        """Whether an address that is guessed should be asked for: not when it was, in vain, a few days ago."""
        known = self._visit.known(url)
        if known is not None:
            return self._visit.is_due(known[1])
        feed = self._visit.memory.feeds.get(url)
        return feed is None or feed_is_due(feed, self._visit.clock(), beside_another=False)

    def feeds_due(self, candidates: Sequence[str], *, named: bool) -> list[str]:
        """Which feeds to ask for: those that worked before, unless the page names others."""
        memory = self._visit.memory
        working = [feed.url for feed in memory.feeds.values() if feed.entries and not feed.is_sitemap]
        return self._only_due(candidates if named or not working else working)

    def sitemaps_due(self, candidates: Sequence[str]) -> list[str]:
        """Which sitemaps to ask for: beside a feed that works, once a day."""
        return self._only_due(candidates)

    def parts_due(self, index: str) -> list[str]:
        """The sitemaps below an index that was not changed itself."""
        if not self._visit.memory.feeds[index].is_sitemap:
            return []
        parts = [feed.url for feed in self._visit.memory.feeds.values() if feed.is_sitemap and feed.entries]
        return [url for url in self._only_due(parts, beside_another=True) if url != index]

    def _only_due(self, urls: Sequence[str], *, beside_another: bool | None = None) -> list[str]:
        memory, now = self._visit.memory, self._visit.clock()
        feeds = any(feed.entries and not feed.is_sitemap for feed in memory.feeds.values())
        beside = feeds if beside_another is None else beside_another
        return [
            url
            for url in dict.fromkeys(urls)
            if (known := memory.feeds.get(url)) is None or feed_is_due(known, now, beside_another=beside)
        ]

    def is_as_it_was(self, url: str) -> bool:
        """Take a 304 for a feed; False when the address is none."""
        feed = self._visit.memory.feeds.get(url)
        if feed is None or not feed.entries:
            return False
        if feed.is_sitemap:
            self._visit.memory.put_feed(replace(feed, asked_at=self._visit.clock()))
        return True

    def has_read(self, page: Page, sha256: str) -> bool:
        """Take the body of a feed; whether it is the one that was read last."""
        feed = self._visit.memory.feeds.get(page.url)
        if feed is None or not feed.entries or feed.body_sha256 != sha256:
            return False
        now = self._visit.clock()
        etag, modified = _validators(page)
        feed = replace(feed, asked_at=now, full_fetch_at=now, etag=etag, last_modified=modified)
        self._visit.memory.put_feed(feed)
        return True

    def note_feed(self, page: Page, feed: Feed, sha256: str, *, fresh: bool = False) -> frozenset[str]:
        """Remember a feed or sitemap that was read; returns the addresses a sitemap did not list before.

        `fresh` says that the sitemap itself is new in its index: then all that it lists is.
        """
        now = self._visit.clock()
        before = self._visit.memory.feeds.get(page.url)
        urls = [*(item.url for item in feed.items), *(part.url for part in feed.sitemaps)]
        is_sitemap = bool(feed.sitemaps) or not any(item.title for item in feed.items)
        entries = len(feed.items) + len(feed.sitemaps)
        etag, modified = _validators(page)
        for url in {page.url, page.requested}:
            self._visit.memory.put_feed(
                KnownFeed(
                    url,
                    asked_at=now,
                    entries=entries,
                    is_sitemap=is_sitemap,
                    body_sha256=sha256,
                    full_fetch_at=now,
                    etag=etag,
                    last_modified=modified,
                    listed=marks_of(urls) if is_sitemap else None,
                )
            )
        if not is_sitemap:
            return frozenset()
        return new_among(urls, b"" if before is None and fresh else before.listed if before is not None else None)

    def met_no_feed(self, url: str, *, gone: bool) -> None:
        """Remember that an address gave no feed; one that worked before is given up only when it is gone."""
        known = self._visit.memory.feeds.get(url)
        entries = 0 if known is None or gone else known.entries
        before = known or KnownFeed(url, self._visit.clock())
        self._visit.memory.put_feed(replace(before, asked_at=self._visit.clock(), entries=entries))


def _validators(page: Page) -> tuple[str | None, str | None]:
    return page.headers.get("etag"), page.headers.get("last-modified")

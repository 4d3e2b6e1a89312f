"""What a visit asks for beyond the links of its pages: feeds, sitemaps, the site's own search, uncounted leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote_plus, urljoin, urlsplit

from zmpwatch.crawl.frontier import Found
from zmpwatch.crawl.platform import Evidence, Platform, Recognised, recognise
from zmpwatch.crawl.scoring import fold, is_pagination
from zmpwatch.crawl.state import VisitState
from zmpwatch.crawl.urls import usable
from zmpwatch.errors import ReadError
from zmpwatch.model import Association, KnownPlatform, Page

if TYPE_CHECKING:
    from zmpwatch.read import Feed, FeedItem, PageLinks

__all__ = ["Discovery", "search_words"]

FRESH = 30.0
"""What the first entry of a feed is worth beyond its words; it falls with the rank."""
RECENT = 12.0
"""What an entry of a sitemap that was changed today is worth; it falls to nothing in `_RECENT_DAYS`."""
FOUND = 22.0
"""What the first result of a site's own search is worth; it falls with the rank."""
NEW_LINK = 20.0
"""What a link is worth that did not stand on a page when it was read last."""

_RECENT_DAYS = 60
_FEEDS = 2
_SITEMAPS = 4
"""Most feeds and sitemaps that are asked for from one place."""
_PARTS = 8
"""Most sitemaps below others that one visit asks for: an index may list itself, and others like it, without end."""
_SEARCHES = 2
_RESULTS = 20
"""Results beyond these are worth no more than their words: some sites answer any search with all they have."""
_SEARCH_LOOKS = 12
"""Pages on which a search is looked for: that of acts often stands on their own page alone."""
_LOOKS = 3
"""Pages a platform is looked for on."""
_DOUBTS = 2
"""Visits in a row that see no sign of the platform any more before it is given up."""
_SEEN_AGAIN = timedelta(days=1)
"""How exactly it is kept when a platform was seen last."""
_NEW_LINKS = 30
"""More links than these are not news of a page, but another page."""
_HEAD, _TAIL = 300_000, 100_000
_BARREN = ("image", "video", "author", "users", "obraz", "galer", "product", "produkt", "attachment", "media", "zdjec")
"""Words in the names of sitemaps that hold no pages of text."""
_FRUITFUL = ("aktual", "news", "post", "artyk", "article", "wiadom", "page", "stron", "node", "uchwal", "content")


def search_words(association: Association) -> tuple[str, ...]:
    """What to ask a site's search for: the part of the name that has one form in all cases, then the short name.

    Most searches look for letters, not for words: "Związek Miast Polskich" is not found in "do Związku Miast
    Polskich", which is how texts have it. Only the head of the name is declined.

    >>> search_words(Association(key="zmp", name="Związek Miast Polskich", short="ZMP"))
    ('Miast Polskich', 'ZMP')
    """
    words = association.name.split()
    whole = " ".join(words[1:]) if len(words) > 2 else association.name
    return tuple(dict.fromkeys(word for word in (whole, association.short) if word))


class Discovery:
    """What is known of a site's ways to its pages, for one visit.

    Args:
        visit: gives site, scope, memory and clock.
        platforms: systems the family knows.
        feeds: where a feed usually is, when neither page nor platform says so.
        sitemap: whether ``/sitemap.xml`` is tried.
        search: whether the site's own search is asked.
    """

    def __init__(
        self,
        visit: VisitState,
        platforms: Sequence[Platform],
        *,
        feeds: Sequence[str],
        sitemap: bool,
        search: bool,
    ) -> None:
        self._visit, self._platforms = visit, platforms
        self._feeds, self._sitemap = feeds, sitemap
        self._searches: list[str] = []
        self._search_wanted = search
        self._looks, self._front_seen = 0, False
        self._search_looks = 0
        self._parts_left = _PARTS
        self._menu: frozenset[str] = frozenset()
        self.recognised: Recognised | None = None
        known = visit.memory.platform
        self._remembered = next((one for one in platforms if known is not None and one.name == known.name), None)
        if self._remembered is not None:
            self._widen(self._remembered)
        self._take(recognise(platforms, Evidence(visit.plan.site.url, "")))

    @property
    def platform(self) -> Platform | None:
        """What the site runs on: as it was recognised, else as earlier visits saw it."""
        return self.recognised.platform if self.recognised else self._remembered

    @property
    def exploring(self) -> bool:
        """Whether what no word recommends is looked at with what is left of the budget.

        It is at the first visit, and after a redesign: all pages are new then.
        """
        return not self._visit.plan.known or self.redesigned

    @property
    def redesigned(self) -> bool:
        """Whether the site runs on another system than at the last visit."""
        known = self._visit.memory.platform
        return self.recognised is not None and known is not None and known.name != self.recognised.platform.name

    # --- looking at pages

    def look(self, page: Page, found: PageLinks, *, front: bool = False) -> None:
        """Tell the platform by a page; the first few pages of a visit are looked at. `front` is where it begins."""
        self._front_seen = self._front_seen or front
        if self._looks >= _LOOKS or (self.recognised is not None and self._looks):
            return
        self._looks += 1
        body = page.body if len(page.body) <= _HEAD + _TAIL else page.body[:_HEAD] + page.body[-_TAIL:]
        links = tuple(link.url for link in found.links)
        self._take(recognise(self._platforms, Evidence(page.url, body.decode("latin-1"), page.headers, links)))

    def _take(self, found: Recognised | None) -> None:
        if found is None or (self.recognised is not None and found.score <= self.recognised.score):
            return
        self.recognised = found
        self._widen(found.platform)

    def _widen(self, platform: Platform) -> None:
        label, _, rest = (urlsplit(self._visit.plan.site.url).hostname or "").partition(".")
        for host in platform.hosts:
            # a rule of the vendor's, not the word of a page, makes another host part of the site
            if rest:
                self._visit.scope.widen(host.format(label=label, rest=rest))

    def close(self) -> None:
        """Keep what the site runs on for its next visit, and tell when that has changed.

        A front page without the signs may be a slip of the server's: it takes two visits that saw none.
        """
        memory, now = self._visit.memory, self._visit.clock()
        known = memory.platform
        name = self.recognised.platform.name if self.recognised else None
        if not self._looks or (name is None and not self._front_seen):
            return  # too little was seen of the site
        if known is None:
            memory.platform = KnownPlatform(name, now, now)
        elif name == known.name:
            if not known.doubts and now - known.seen_at < _SEEN_AGAIN:
                return
            memory.platform = replace(known, seen_at=now, doubts=0)
        elif name is None and known.doubts + 1 < _DOUBTS:
            memory.platform = replace(known, doubts=known.doubts + 1)
        else:
            memory.platform = KnownPlatform(name, now, now, previous=known.name, changed_at=now)
            before, after = self._title(known.name), self._title(name)
            self._visit.report.redesigned = f"it ran on {before}, and runs on {after} now"
        memory.changed.add("platform")

    def _title(self, name: str | None) -> str:
        if name is None:
            return "a system that is not known"
        return next((one.title for one in self._platforms if one.name == name), name)

    def note_menu(self, links: Iterable[str]) -> None:
        """Remember what the start page links to: the same links on other pages are menu, not content."""
        self._menu = self._menu or frozenset(links)

    def in_menu(self, url: str) -> bool:
        """Whether the start page links there."""
        return url in self._menu

    def new_links(self, page: Page, found: PageLinks) -> frozenset[str]:
        """Links that did not stand on a page when it was last read; none where nearly all are new."""
        known = self._visit.known(page.url)
        if known is None or not known[1].links:
            return frozenset()
        before = set(known[1].links)
        new = [link.url for link in found.links[: len(known[1].links) + _NEW_LINKS] if link.url not in before]
        return frozenset(new) if len(new) <= _NEW_LINKS else frozenset()

    def leaf_after(self, page: Page, found: PageLinks) -> Found | None:
        """The next leaf of a list that does not link it, unless this leaf is empty."""
        if self.platform is None:
            return None
        leaf = self.platform.next_leaf(page.url)
        if leaf is None or not any(link.main and not self.in_menu(link.url) for link in found.links):
            return None
        return Found(leaf, rel="next")

    def registers(self, page: Page) -> list[str]:
        """Where the platform has its registers, as far as the start page does not link them itself."""
        paths = self.platform.paths if self.platform is not None else ()
        label, _, rest = (urlsplit(self._visit.plan.site.url).hostname or "").removeprefix("www.").partition(".")
        urls = [urljoin(page.url, path.format(label=label, rest=rest)) for path in paths]
        return [url for url in urls if not self.in_menu(url) and not self.in_menu(f"{url}/")]

    # --- feeds and sitemaps

    def feeds(self, url: str, advertised: Sequence[str]) -> list[str]:
        """The feeds a page names, else where they usually are."""
        named = usable(advertised, self._visit.scope, longest=self._visit.settings.max_url_length)
        # a comments feed holds no news; the first that is named is the main one
        named = [u for u in named if "comment" not in u and "komentarz" not in u]
        if named:
            return named[:_FEEDS]
        usual = dict.fromkeys([*(self.platform.feeds if self.platform else ()), *self._feeds])
        return [urljoin(url, path) for path in list(usual)[: 1 if self.platform and self.platform.feeds else _FEEDS]]

    def sitemaps(self, url: str, named: Sequence[str]) -> list[str]:
        """The sitemaps robots.txt names, else where they usually are."""
        found = usable(named, self._visit.scope, longest=self._visit.settings.max_url_length)
        if found:
            return found[:_SITEMAPS]
        if not self._sitemap:
            return []
        usual = self.platform.sitemaps if self.platform and self.platform.sitemaps else ("/sitemap.xml",)
        return [urljoin(url, path) for path in usual]

    def parts(self, feed: Feed) -> list[str]:
        """Which sitemaps of an index to read: those of pages, the latest changed first, no older than the last visit.

        Dates are believed only where they differ: many generators write the day of the request into all of them.
        """
        last = self._last_visit()
        dated = len({part.modified for part in feed.sitemaps}) > 1
        wanted = []
        for rank, part in enumerate(feed.sitemaps):
            name = fold(urlsplit(part.url).path)
            if any(word in name for word in _BARREN):
                continue
            if dated and last is not None and part.modified and _day(part.modified) < last - timedelta(days=2):
                continue
            fruitful = not any(word in name for word in _FRUITFUL)
            wanted.append((fruitful, _reversed(part.modified if dated else None), rank, part.url))
        urls = [url for *_, url in sorted(wanted)]
        chosen = usable(urls, self._visit.scope, longest=self._visit.settings.max_url_length)
        chosen = chosen[: min(_SITEMAPS, self._parts_left)]
        self._parts_left -= len(chosen)
        return chosen

    def entries(self, feed: Feed, fresh: frozenset[str] = frozenset()) -> Iterator[Found]:
        """Entries of a feed by their rank, for it is by date; those of a sitemap by the day they were changed.

        What a sitemap lists for the first time (`fresh`) is worth as much as a new link of a page.
        """
        is_feed = not feed.sitemaps and any(item.title for item in feed.items)
        days = {item.modified for item in feed.items if item.modified}
        dated = len(days) > 1 or len(feed.items) == 1
        for rank, item in enumerate(feed.items):
            news = max(0.0, FRESH - rank / 2) if is_feed else self._recency(item) if dated else 0.0
            modified = item.modified if dated or is_feed else None
            new = item.url in fresh
            news = max(news, NEW_LINK) if new else news
            yield Found(item.url, item.title or "", item.summary or "", news=news, modified=modified, fresh=new)

    def _recency(self, item: FeedItem) -> float:
        changed = item.published or item.modified
        if changed is None:
            return 0.0
        age = (self._visit.clock().date() - _day(changed)).days
        return RECENT * (1 - age / _RECENT_DAYS) if 0 <= age < _RECENT_DAYS else 0.0

    def _last_visit(self) -> date | None:
        moments = [known.fetched_at for known in self._visit.plan.known.values() if known.fetched_at is not None]
        return max(moments).date() if moments else None

    # --- the site's own search

    def plan_search(self, page: Page) -> bool:
        """Find how the site is searched: by the form of a page, else as its platform does. Only GET is ever used.

        Returns:
            Whether it was found on this page.
        """
        if not self._search_wanted or self._search_looks >= _SEARCH_LOOKS:
            return False
        self._search_looks += 1
        if self._search_looks > 1 and (len(page.body) > _HEAD or b"<form" not in page.body):
            return False
        from zmpwatch.read import find_search_forms  # noqa: PLC0415 - reading is loaded with the first page

        words = search_words(self._visit.plan.association)
        try:
            forms = find_search_forms(page.body, url=page.url, headers=page.headers)
        except ReadError:
            return False  # whoever follows its links says so
        asked = [form.url(word) for form in forms[:1] for word in words]
        if not asked and self.platform is not None:
            asked = [urljoin(page.url, path.format(query=quote_plus(words[0]))) for path in self.platform.search]
        if asked:
            self._search_wanted = False
            self._searches = usable(asked, self._visit.scope, longest=self._visit.settings.max_url_length)[:_SEARCHES]
        return bool(asked)

    def next_search(self) -> str | None:
        """The next address to ask, if any is left."""
        return self._searches.pop(0) if self._searches else None

    def results(self, found: PageLinks) -> list[Found]:
        """What a page of results leads to, without the menu; the first results promise most."""
        results: list[Found] = []
        rank = 0
        for link in found.links:
            if self.in_menu(link.url) or not link.main or link.url not in self._visit.scope:
                continue
            leaf = is_pagination(link.url, link.anchor, link.rel)
            bonus = max(0.0, FOUND - rank / 2) if rank < _RESULTS and not leaf else 0.0
            rank += not leaf
            results.append(Found(link.url, link.anchor, link.context, link.rel, bonus=bonus))
        return results


def _day(iso: str) -> date:
    """The last day an ISO date cut to year or month may mean, near enough."""
    return datetime.fromisoformat({4: f"{iso}-12-31", 7: f"{iso}-28"}.get(len(iso), iso)).date()


def _reversed(iso: str | None) -> int:
    return -_day(iso).toordinal() if iso else 0

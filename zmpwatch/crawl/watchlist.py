"""Which of the pages that were read before a visit asks for again for their own sake: the likeliest to have changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from zmpwatch.crawl.revisit import GONE, HUB_PATIENCE, is_cheap, is_recent, register_pause, rhythm
from zmpwatch.crawl.scoring import is_attachment
from zmpwatch.crawl.state import VisitState
from zmpwatch.model import KnownPage

__all__ = ["Watchlist"]

_PROMISING = 15.0
"""What the link to a page promised that is looked at again soon though it leads nowhere."""
_COME_WHOLE = 1
"""Of the pages that are neither new nor have validators: how many a visit looks at before it is high time."""
_NEVER = datetime.min.replace(tzinfo=UTC)


class Watchlist:
    """The known pages of one visit's site that are worth a request of their own.

    Args:
        visit: gives the plan, the memory, the bounds and the clock.
    """

    def __init__(self, visit: VisitState) -> None:
        self._visit = visit

    def paying(self) -> list[KnownPage]:
        """Pages that stated something, at each visit; documents when they are due.

        At most half of the budget goes to them. Where there are more, those that changed a short while ago and the
        richest come at each visit, the others by turns.
        """
        pages = [
            page
            for page in self._known()
            if page.statements and (self._comes_each_visit(page) or self._visit.is_due(page))
        ]
        pages.sort(key=lambda page: (not self._is_recent(page), -page.statements, page.url))
        most = self._visit.settings.requests_per_visit // 2
        return _and_by_turns(pages, most // 2, most)

    def watched(self) -> list[KnownPage]:
        """Other pages.

        The best list where nothing else tells what is new, and all lists of the association's own site; the most
        promising page that leads nowhere, which may be a register that grows by rows; what appeared or changed a short
        while ago; then what is due by its rhythm.
        """
        quiet = [page for page in self._known() if not page.statements and page.fetched_at is not None]
        chosen = [*self._lists(quiet), *self._registers(quiet), *self._steady(quiet)]
        return list({page.url: page for page in chosen}.values())

    def _lists(self, quiet: Iterable[KnownPage]) -> list[KnownPage]:
        now = self._visit.clock()
        lists = sorted((page for page in quiet if page.leads), key=lambda page: (-_list_worth(page), page.url))
        most = self._visit.settings.watched_pages
        overdue = [page for page in lists if now - (page.fetched_at or _NEVER) >= HUB_PATIENCE][:most]
        if not self._visit.patience:
            return [*lists[:most], *overdue]
        if any(feed.entries for feed in self._visit.memory.feeds.values()):
            return overdue  # it tells what is new
        others = [page for page in lists[1:] if is_cheap(page) and self._is_its_turn(page) and self._visit.is_due(page)]
        return [*lists[:1], *others[:1], *overdue]

    def _registers(self, quiet: Iterable[KnownPage]) -> list[KnownPage]:
        now = self._visit.clock()
        registers = [
            page
            for page in quiet
            if page.worth >= _PROMISING
            and not page.leads
            and page.fetched_at is not None
            and now - page.fetched_at >= register_pause(page, now)
        ]
        return sorted(registers, key=_by_worth)[:1]

    def _steady(self, quiet: Iterable[KnownPage]) -> list[KnownPage]:
        """Pages that are no lists: what is recent, half of all; then the most promising, a quarter of all by turns."""
        most = self._visit.settings.watched_pages
        due = sorted((page for page in quiet if not page.leads and self._is_its_turn(page)), key=_by_worth)
        newest = sorted(filter(self._is_recent, due), key=lambda page: page.changed_at or _NEVER, reverse=True)
        recent = _and_by_turns(newest, most // 2 - most // 4, most // 2)
        others = [page for page in due if not self._is_recent(page)]
        dear = {page.url for page in [page for page in others if self._comes_whole(page)][_COME_WHOLE:]}
        others = [page for page in others if page.url not in dear]
        left = most - len(recent)
        return [*recent, *_and_by_turns(others, left - most // 4, left)]

    def _known(self) -> list[KnownPage]:
        return [page for page in self._visit.plan.known.values() if page.url in self._visit.scope]

    def _comes_each_visit(self, page: KnownPage) -> bool:
        return page.status != GONE and not is_attachment(page.url)

    def _is_its_turn(self, page: KnownPage) -> bool:
        now = self._visit.clock()
        if is_attachment(page.url) or page.fetched_at is None or page.full_fetch_at is None or page.fetched_at > now:
            return self._visit.is_due(page)  # documents are big, and hardly ever change
        bound = self._visit.settings.full_fetch_after
        return now - page.fetched_at >= rhythm(page, now, since=self._visit.memory.since, full_fetch_after=bound)

    def _comes_whole(self, page: KnownPage) -> bool:
        """Whether a page comes whole though it may not have changed, before it is high time."""
        return not is_cheap(page) and not self._visit.is_due(page)

    def _is_recent(self, page: KnownPage) -> bool:
        return is_recent(page, self._visit.clock(), self._visit.memory.since)


def _list_worth(page: KnownPage) -> float:
    """What a list is worth another look: this year's resolutions more than those of ten years ago."""
    return min(page.leads, 20) + page.worth


def _and_by_turns(pages: Sequence[KnownPage], first: int, most: int) -> list[KnownPage]:
    """The `first` of some pages, and up to `most` in all of those that have waited longest."""
    chosen, others = pages[: max(0, first)], pages[max(0, first) :]
    return [*chosen, *sorted(others, key=_asked)][: max(0, most)]


def _by_worth(page: KnownPage) -> tuple[float, str]:
    return -page.worth, page.url


def _asked(page: KnownPage) -> tuple[datetime, str]:
    """When it was asked for last: the longest wait comes first."""
    return page.fetched_at or _NEVER, page.url

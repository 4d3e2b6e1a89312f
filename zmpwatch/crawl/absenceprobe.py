"""Asks a server for a page that can't exist, once in a month, and knows its answer again (soft 404)."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from scrapy.crawler import Crawler
from scrapy.http.request import NO_CALLBACK

from zmpwatch.crawl.failure import FetchFailure
from zmpwatch.crawl.fetch import Fetch, Role, request_for
from zmpwatch.crawl.response import markup_of, page_of
from zmpwatch.crawl.robots import origin_of
from zmpwatch.crawl.softabsence import is_due, looks_absent, pieces_of, probe_url
from zmpwatch.crawl.state import VisitState, logger
from zmpwatch.model import FailureKind, Page

__all__ = ["AbsenceProbe"]


class AbsenceProbe:
    """Tells pages from what a server shows, with status 200, where there is none.

    Args:
        crawler: sends the probe.
        visit: gives memory and clock.
    """

    def __init__(self, crawler: Crawler, visit: VisitState) -> None:
        self._crawler, self._visit = crawler, visit
        self._unanswered: set[str] = set()

    async def is_absent(self, page: Page) -> bool:
        """Whether a page shows nothing but what its server shows for any address."""
        name = origin_of(page.url)
        origin = self._visit.origin(name)
        if is_due(origin, self._visit.clock()):
            if name in self._unanswered:
                return False
            shown = await self._shown(name)
            if shown is None:
                self._unanswered.add(name)
                return False
            origin = replace(self._visit.origin(name), absent=shown, absent_at=self._visit.clock())
            self._visit.memory.put_origin(origin)
        if not origin.absent:
            return False
        return await asyncio.to_thread(looks_absent, markup_of(page.body, page.headers), origin.absent)

    async def _shown(self, origin: str) -> tuple[str, ...] | None:
        """What is shown; nothing where the server says 404, None where it could not be found out."""
        probe = request_for(Fetch(probe_url(origin), Role.PROBE), callback=NO_CALLBACK)
        try:
            response = await self._crawler.engine.download_async(probe)
        except FetchFailure as error:
            logger.debug("%s: a page that does not exist: %s", origin, error)
            # to lead elsewhere, or to a wall, is an answer, and one that no page can be mistaken for
            return () if error.kind in {FailureKind.REDIRECT, FailureKind.WRONG_PAGE} else None
        except Exception as error:  # noqa: BLE001 - no answer tells nothing of the pages; robots.txt may forbid it
            logger.debug("%s: no answer for a page that does not exist: %s", origin, error)
            return None
        if response.status != 200:
            return ()
        try:
            page, _ = page_of(
                probe, response, fetched_at=self._visit.clock(), max_text=self._visit.settings.max_html_bytes
            )
        except Exception as error:  # noqa: BLE001 - a wall that is known as such needs no print
            logger.debug("%s: a page that does not exist: %s", origin, error)
            return ()
        return await asyncio.to_thread(pieces_of, markup_of(page.body, page.headers))

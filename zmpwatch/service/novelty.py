"""Is a page new, or was it there before we began watching and only found now?

A visit has a budget, so the first healthy one does not see all of a big site. What later visits find of its old pages
is history: nobody must be told in March of an admission of last November because a listing's tenth page came up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from urllib.parse import urlsplit

from zmpwatch.crawl.scoring import is_pagination
from zmpwatch.crawl.urls import page_key
from zmpwatch.judge.dates import last_day
from zmpwatch.model import KnownPage, MembershipStatement
from zmpwatch.model.days import day_of
from zmpwatch.service.pagereading import MAX_LINKS, PageReading
from zmpwatch.service.upgrading import read_by_other_rules

__all__ = ["was_there_before"]

_FEED = re.compile(r"feed|rss|atom", re.IGNORECASE)


def was_there_before(
    reading: PageReading, known: Mapping[str, KnownPage], since: date, *, compared: bool = False
) -> bool:
    """Whether what a page states counts as seen at the baseline.

    What happened since is news wherever it stands. A page that is known and says something new has news, but for a
    further leaf of a listing, which old items move onto. Else the date of the page decides, where there is one: side
    lists show old pages by turns. Else how the page was found: an entry of a feed is new, and so is what a page or
    sitemap did not name before (also where it could not be fetched at once); a start page that is seen for the first
    time, a page that a known one linked to all along, or that only a page unknown so far leads to, is old.

    Args:
        reading: the page as it was read now.
        known: what is remembered of the site's pages, from before this visit.
        since: the day of the site's first healthy visit.
        compared: what the page stated before is known by today's rules (`upgrading`): what is left of it is new.
    """
    page = reading.page
    before = known.get(page.url) or known.get(page.requested)
    if before is not None and _says_the_same(before, reading):
        return True  # the same words read differently: the rules have improved, the world has not changed
    if any(
        isinstance(statement, MembershipStatement) and statement.date and last_day(statement.date) >= since
        for statement in reading.statements
    ):
        return False
    if before is not None and read_by_other_rules(before) and not compared:
        # of its old words nothing is left to compare with; its own date must do
        published = reading.text.published
        return published is None or before.fetched_at is None or last_day(published) < day_of(before.fetched_at)
    if before is not None:
        return is_pagination(page.url, "", "")
    if reading.text.published is not None:
        return last_day(reading.text.published) < since
    if page.fresh:
        return False
    if page.referrer is None:
        return True
    if _FEED.search(urlsplit(page.referrer).path):
        return False
    return _linked_before(page.referrer, {page_key(page.url), page_key(page.requested)}, known)


def _says_the_same(before: KnownPage, reading: PageReading) -> bool:
    same_text = reading.content_sha256 is not None and before.content_sha256 == reading.content_sha256
    return same_text or before.body_sha256 == reading.body_sha256


def _linked_before(referrer: str, keys: set[str], known: Mapping[str, KnownPage]) -> bool:
    """Whether the page that led here did so when it was read last; one unknown so far counts as having done so."""
    leading = known.get(referrer)
    if leading is None or len(leading.links) >= MAX_LINKS or is_pagination(referrer, "", ""):
        return True  # old items move onto the further leaves of a listing
    return not keys.isdisjoint(map(page_key, leading.links))

"""Is a page new, or was it there before we began watching and only found now?

A visit has a budget, so the first healthy one does not see all of a big site. What later visits find of its old pages
is history: nobody must be told in March of an admission of last November because a listing's tenth page came up.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from urllib.parse import urlsplit

from zmpwatch.judge.dates import last_day
from zmpwatch.model import KnownPage, MembershipStatement
from zmpwatch.service.pagereading import PageReading

__all__ = ["was_there_before"]

_FEED = re.compile(r"feed|rss|atom", re.IGNORECASE)


def was_there_before(
    reading: PageReading, known: Mapping[str, KnownPage], since: date, starts: Collection[str] = ()
) -> bool:
    """Whether what a page states counts as seen at the baseline.

    Args:
        reading: the page as it was read now.
        known: what is remembered of the site's pages, from before this visit.
        since: the day of the site's first healthy visit.
        starts: where visits of the site begin.

    What happened since is news wherever it stands. A link that is new on the site's first page leads to news too. Else
    the date of the page decides, where there is one; side lists show old pages by turns. Else how the page was found: a
    start page and an entry of a feed are new; a page that a listing linked to all along, or that only a page unknown so
    far leads to, is an old one.
    """
    page = reading.page
    before = known.get(page.url) or known.get(page.requested)
    if before is not None:
        # the same bytes read differently: the rules have improved, the world has not changed
        return before.body_sha256 == reading.body_sha256
    if any(
        isinstance(statement, MembershipStatement) and statement.date and last_day(statement.date) >= since
        for statement in reading.statements
    ):
        return False
    leading = known.get(page.referrer or "")
    linked_before = leading is None or page.url in leading.links or page.requested in leading.links
    if not linked_before and page.referrer in starts:
        return False
    if reading.text.published is not None:
        return last_day(reading.text.published) < since
    if page.referrer is None or _FEED.search(urlsplit(page.referrer).path):
        return False
    return linked_before

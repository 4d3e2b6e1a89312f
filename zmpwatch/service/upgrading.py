"""What an improved extractor finds on old pages is no news: it was there, and we did not understand it.

A page whose text is the same as last time is easily told. Where the text has changed too (a clock, another article),
the version that was stored last is read again from the archive by today's rules: what it states already is history,
what it does not state is new.
"""

from __future__ import annotations

from collections.abc import Mapping

from zmpwatch.errors import ArchiveError
from zmpwatch.extract import EXTRACTOR_VERSION
from zmpwatch.model import Association, Failure, KnownPage, Municipality, Site
from zmpwatch.service.pagereading import PageReading, read_page_of
from zmpwatch.store import Archive, Reader

__all__ = ["read_by_other_rules", "stored_version_read_again"]


def read_by_other_rules(page: KnownPage | None) -> bool:
    """Whether an address was last read by another version of the extractor than today's.

    Of pages read before versions were remembered none is known: it was another one.
    """
    return page is not None and page.body_sha256 is not None and page.extractor != EXTRACTOR_VERSION


def stored_version_read_again(
    store: Reader,
    archive: Archive,
    site: Site,
    reading: PageReading,
    known: Mapping[str, KnownPage],
    association: Association,
    municipality: Municipality | None,
) -> PageReading | None:
    """What the version of a page that was stored last states by today's rules.

    None where nothing was stored of it or its bytes are gone, and where the page was read by today's rules already.
    """
    page = reading.page
    if not read_by_other_rules(known.get(page.url)):
        return None
    snapshot = store.last_snapshot(site.name, page.url)
    if snapshot is None:
        return None
    try:
        body = archive.get(snapshot.sha256)
    except ArchiveError:
        return None  # taken down or pruned: what it said is not to be had, and the page's dates must do
    again = read_page_of(site, snapshot.page(body), association, municipality)
    return None if isinstance(again, Failure) else again

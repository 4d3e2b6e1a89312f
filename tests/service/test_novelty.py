"""Old pages that are found late are history."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from zmpwatch.extract import EXTRACTOR_VERSION
from zmpwatch.model import EventKind, KnownPage, MembershipStatement, Page, Stage, Text
from zmpwatch.service.novelty import was_there_before
from zmpwatch.service.pagereading import PageReading

SITE = "https://zmp.example"
SINCE = date(2025, 3, 1)
KNOWN = {
    f"{SITE}/": KnownPage(
        f"{SITE}/",
        body_sha256="home",
        links=(f"{SITE}/aktualnosci", f"{SITE}/aktualnosci/stara"),
        extractor=EXTRACTOR_VERSION,
    ),
    f"{SITE}/aktualnosci?page=3": KnownPage(
        f"{SITE}/aktualnosci?page=3", body_sha256="leaf", extractor=EXTRACTOR_VERSION
    ),
    f"{SITE}/aktualnosci": KnownPage(f"{SITE}/aktualnosci", body_sha256="list", extractor=EXTRACTOR_VERSION),
}


def reading(
    path: str,
    *,
    body: str = "new",
    published: str | None = None,
    referrer: str | None = None,
    told: str | None = None,
    fresh: bool = False,
) -> PageReading:
    statement = MembershipStatement(
        municipality="Hajnówka",
        teryt="2005011",
        kind=EventKind.ACCESSION,
        stage=Stage.ADMITTED,
        date=told,
        quote="q",
        start=0,
        end=1,
        rule="sentence.accepted",
    )
    url = f"{SITE}{path}"
    leading = f"{SITE}{referrer}" if referrer is not None else None
    page = Page(url, url, 200, {}, b"", datetime(2025, 3, 10, tzinfo=UTC), referrer=leading, fresh=fresh)
    return PageReading(page, Text("q", published=published), (statement,), (), "digest", body, ())


@pytest.mark.parametrize(
    ("made", "old"),
    [
        (reading("/", body="changed"), False),
        (reading("/", body="home"), True),
        (reading("/aktualnosci/nowa", referrer="/aktualnosci"), False),
        (reading("/aktualnosci/stara", referrer="/"), True),
        (reading("/aktualnosci/nowa", referrer="/"), False),
        (reading("/aktualnosci/nowa", referrer="/", published="2024-11-20"), True),
        (reading("/aktualnosci/stara?utm_source=rss", referrer="/"), True),
        (reading("/aktualnosci/stara/", referrer="/"), True),
        (reading("/aktualnosci?page=3"), True),
        (reading("/aktualnosci?page=3", told="2025-03-04"), False),
        (reading("/aktualnosci/stara", referrer="/", published="2025-03-05"), False),
        (reading("/aktualnosci/nowa", referrer="/aktualnosci", published="2024-11-20"), True),
        (reading("/aktualnosci/nowa", referrer="/aktualnosci", published="2024-11-20", told="2025-03-02"), False),
        (reading("/aktualnosci/nowa", referrer="/aktualnosci", published="2025"), False),
        (reading("/uchwaly/7", referrer="/rejestr?strona=9"), True),
        (reading("/uchwaly/7", referrer="/rejestr?strona=9", told="2025-03-04"), False),
        (reading("/uchwaly/7", referrer="/rejestr?strona=9", told="2024-11-04"), True),
        (reading("/2025/post", referrer="/feed/"), False),
        (reading("/2025/post", referrer="/sitemap.xml"), True),
        (reading("/2025/post", referrer="/sitemap.xml", fresh=True), False),
        (reading("/2025/post", referrer="/sitemap.xml", fresh=True, published="2024-11-20"), True),
        (reading("/aktualnosci/stara", referrer="/", fresh=True), False),
        (reading("/aktualnosci/dawna", referrer="/aktualnosci?page=3"), True),
        (reading("/miasta/wg-wojewodztw"), True),
        (reading("/miasta/wg-wojewodztw", told="2025-03-02"), False),
    ],
)
def test_was_there_before(made: PageReading, old: bool) -> None:
    assert was_there_before(made, KNOWN, SINCE) is old

"""A history of pages as a test writes them, on each database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from zmpwatch.model import (
    Authority,
    EventKind,
    MembershipStatement,
    Page,
    Purpose,
    Site,
    Stage,
    Text,
    Verdict,
    Visit,
)
from zmpwatch.read import read_bytes
from zmpwatch.service.searching import prepared
from zmpwatch.store import Store

NOON = datetime(2025, 3, 7, 12, tzinfo=UTC)
Keep = Callable[..., int]


def membership(teryt: str | None = "2005011") -> MembershipStatement:
    return MembershipStatement(
        municipality="Hajnówka",
        teryt=teryt,
        kind=EventKind.ACCESSION,
        stage=Stage.RESOLVED,
        date="2025-02-26",
        resolution="XI/59/25",
        votes=None,
        quote="podjęli uchwałę nr XI/59/25 o przystąpieniu",
        start=0,
        end=43,
        rule="prose",
        confidence=1.0,
    )


def visit(site: str, at: datetime) -> Visit:
    return Visit(site, Purpose.ROUTINE, at, at, Verdict.OK, 1, 1000, 1, 0, 1, (), at.isoformat())


@pytest.fixture
def keep(store: Store) -> Keep:
    """Store a page as a visit would: archived, with a statement, and in the index unless a test says otherwise."""
    count = 0

    def page_of(
        body: str,
        url: str = "https://hajnowka.pl/sesja",
        *,
        site: str = "hajnowka",
        municipality: str | None = "2005011",
        published: str | None = None,
        indexed: bool = True,
        statements: tuple[MembershipStatement, ...] = (membership(),),
    ) -> int:
        nonlocal count
        count += 1
        at = NOON + timedelta(minutes=count)
        markup = f"<!doctype html><html lang=pl><body>{body}</body></html>".encode()
        page = Page(url, url, 200, {"content-type": "text/html; charset=utf-8"}, markup, at)
        read = read_bytes(markup, url=url, headers=page.headers)
        text = Text(read.content, read.title, published or read.published, read.blocks)
        kept = store.archive.put(markup)
        with store.write() as tx:
            number = tx.add_visit(visit(site, at))
            tx.mark_site(Site(site, "municipal", url, municipality), at)
            snapshot = tx.add_snapshot(number, site, page, text, kept, f"{count:064x}", True)
            tx.add_sighting(snapshot, number, at, True)
            tx.add_statements(snapshot, statements, Authority.OTHER, "1")
            if indexed:
                tx.index_pages({snapshot: prepared(text, at)})
        return snapshot

    return page_of

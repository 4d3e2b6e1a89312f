"""A page that could not be read once is asked for again, though the page that leads to it does not change."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import timedelta

import pytest

from crawl.web import NOW, Keeper, Reply, Web, html, plan, settings, visit
from zmpwatch.model import KnownPage, SiteMemory

HOME = html("Miasto", '<a href="/uchwala">Uchwała rady: Związek Miast Polskich</a>')
NEWS = html("Uchwała", "<p>Rada podjęła uchwałę o przystąpieniu do Związku Miast Polskich.</p>")
CUT = gzip.compress(NEWS.encode())[:60]


@pytest.mark.parametrize(
    "first",
    [
        Reply(CUT, headers={"Content-Encoding": "gzip"}),
        Reply("błąd", status=500),
        Reply("nie ma", status=404),
        Reply("", status=200),
        Reply("<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"),
    ],
    ids=["cut", "error", "not there yet", "empty", "guarded"],
)
def test_once_unread_is_read_the_next_time(first: Reply) -> None:
    memory, known = SiteMemory(), {}
    with Web({"/": HOME, "/uchwala": first}) as web:
        for hour in range(3):
            web.seen.clear()
            fresh = replace(memory, worth={}, leads={}, gone=set(), changed=set())
            asked = plan(web.url(), known=dict(known), recall=lambda memory=fresh: memory)
            sink = visit(asked, Keeper(), settings(web.netloc), NOW + timedelta(hours=hour))
            memory = fresh
            known |= {page.url: KnownPage(page.url, fetched_at=NOW) for page in sink.pages}
            if hour == 0:
                assert "/uchwala" in web.paths
                assert web.url("/uchwala") not in known
                web.routes["/uchwala"] = NEWS
            if hour == 1:
                assert web.url("/uchwala") in known
    assert memory.pending == {}


def test_what_never_can_be_read_is_given_up() -> None:
    memory, known = SiteMemory(), {}
    asked_for = 0
    with Web({"/": HOME, "/uchwala": Reply("błąd", status=500)}) as web:
        for hour in range(30):
            web.seen.clear()
            fresh = replace(memory, worth={}, leads={}, gone=set(), changed=set())
            # the home page is known and unchanged: it leads nowhere any more
            asked = plan(web.url(), known=dict(known), recall=lambda memory=fresh: memory)
            sink = visit(asked, Keeper(), settings(web.netloc), NOW + timedelta(hours=hour))
            memory = fresh
            known |= {page.url: KnownPage(page.url, fetched_at=NOW) for page in sink.pages}
            asked_for += "/uchwala" in web.paths
            if hour == 0:
                (waiting,) = memory.pending.values()
                promise = waiting.promise
            web.routes["/"] = html("Miasto", "<p>Nic nowego.</p>")
    assert memory.pending == {}
    assert 2 <= asked_for <= 12, promise

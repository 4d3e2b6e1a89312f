"""When pages are asked for again, with which conditions, and what a site's memory leaves out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from crawl.web import NOW, Keeper, Reply, Web, html, plan, settings, visit
from zmpwatch.crawl.revisit import feed_is_due, is_due, pause, register_pause, validators
from zmpwatch.model import KnownFeed, KnownPage

WEEK = timedelta(days=7)
DAY = timedelta(days=1)
PAGE = KnownPage(
    "https://miasto.example/a", etag='"1"', fetched_at=NOW, full_fetch_at=NOW, changed_at=NOW - timedelta(days=40)
)


def due(known: KnownPage, after: timedelta, patience: timedelta = DAY) -> bool:
    return is_due(known, NOW + after, patience=patience, full_fetch_after=WEEK)


def test_what_was_never_read_whole_is_due() -> None:
    assert due(KnownPage("https://miasto.example/a"), timedelta())
    assert due(replace(PAGE, full_fetch_at=None), timedelta())


def test_a_steady_page_that_stated_something_waits_no_longer_than_the_patience() -> None:
    paying = replace(PAGE, statements=2)
    assert not due(paying, timedelta(hours=23))
    assert due(paying, timedelta(hours=25))
    assert due(paying, timedelta(), patience=timedelta())


def test_one_that_has_just_changed_is_asked_again_at_once() -> None:
    assert due(replace(PAGE, statements=2, changed_at=NOW), timedelta(minutes=1))


def test_lists_are_looked_at_within_two_days() -> None:
    assert due(replace(PAGE, leads=5), timedelta(days=2))


@pytest.mark.parametrize("name", [f"p{n}" for n in range(20)])
def test_all_others_come_whole_within_a_week(name: str) -> None:
    """Every visit asks for what is due; whatever the visits' rhythm, a body never gets older than a week."""
    for rhythm in (timedelta(hours=6), timedelta(hours=13), DAY):
        known = replace(PAGE, url=f"https://miasto.example/{name}")
        now, whole = NOW, NOW
        while now < NOW + timedelta(days=30):
            now += rhythm
            if not is_due(known, now, patience=DAY, full_fetch_after=WEEK):
                continue
            if validators(known, now, WEEK):
                known = replace(known, fetched_at=now)
            else:
                assert now - whole <= WEEK
                known, whole = replace(known, fetched_at=now, full_fetch_at=now), now
        assert whole > NOW


def test_pages_found_on_one_day_do_not_fall_due_on_one_day() -> None:
    pauses = {
        pause(replace(PAGE, url=f"https://miasto.example/{n}"), NOW, patience=DAY, full_fetch_after=WEEK).days
        for n in range(60)
    }
    assert len(pauses) >= 2


def test_conditions_are_those_the_server_gave() -> None:
    assert validators(replace(PAGE, last_modified="x"), NOW, WEEK) == {"If-None-Match": '"1"', "If-Modified-Since": "x"}
    assert validators(replace(PAGE, etag=None), NOW, WEEK) == {}
    assert validators(PAGE, NOW + timedelta(days=8), WEEK) == {}
    # the next request would come too late for the week
    assert validators(PAGE, NOW + timedelta(days=4), WEEK) == {}


def test_feeds() -> None:
    feed = KnownFeed("https://miasto.example/feed/", asked_at=NOW, entries=10)
    assert feed_is_due(feed, NOW, beside_another=False)
    sitemap = replace(feed, is_sitemap=True)
    assert feed_is_due(sitemap, NOW, beside_another=False)
    assert not feed_is_due(sitemap, NOW + timedelta(hours=20), beside_another=True)
    assert feed_is_due(sitemap, NOW + DAY, beside_another=True)
    vain = replace(feed, entries=0)
    assert not feed_is_due(vain, NOW + timedelta(days=6), beside_another=False)
    assert feed_is_due(vain, NOW + timedelta(days=7), beside_another=False)


def test_a_register_without_links_is_looked_at_twice_a_day_then_less() -> None:
    new = replace(PAGE, changed_at=NOW)
    assert register_pause(new, NOW) == timedelta(hours=11)
    assert register_pause(new, NOW + 10 * DAY) == DAY
    assert register_pause(new, NOW + 400 * DAY) == 2 * DAY


def test_the_list_of_this_year_comes_before_those_of_old_and_the_register_with_it() -> None:
    """Two pages more than the front page: the most promising list, and the most promising page without links."""
    routes = {"/robots.txt": Reply("", 404), "/": html("BIP")}
    paths = {f"/uchwaly/{year}": (20, 20.0 + 2 * (year - 2018)) for year in range(2018, 2026)}
    paths |= {"/rejestr": (0, 40.0), "/rejestr-umow": (0, 16.0), "/statut": (0, 3.0)}
    seen, changed = NOW - DAY, NOW - 5 * DAY
    with Web({**routes, **{path: html(path) for path in paths}}) as web:
        known = {
            web.url(path): KnownPage(
                web.url(path), fetched_at=seen, full_fetch_at=seen, changed_at=changed, leads=leads, worth=worth
            )
            for path, (leads, worth) in paths.items()
        }
        visit(plan(web.url(), family="bip", known=known), Keeper(), settings(web.netloc))
        asked = [path for path in web.paths if path in paths]
    assert sorted(asked) == ["/rejestr", "/uchwaly/2025"]

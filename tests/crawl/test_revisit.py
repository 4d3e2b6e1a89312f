"""When pages are asked for again, with which conditions, and what a site's memory leaves out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from crawl.web import NOW, Keeper, Reply, Route, Web, html, plan, settings, visit
from zmpwatch.crawl.revisit import feed_is_due, is_due, is_recent, pause, register_pause, rhythm, validators
from zmpwatch.model import KnownFeed, KnownPage, SiteMemory

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
    """Every visit asks for what is due; however far apart visits are, a body never gets older than a week."""
    for between in (timedelta(hours=6), timedelta(hours=13), DAY):
        known = replace(PAGE, url=f"https://miasto.example/{name}")
        now, whole = NOW, NOW
        while now < NOW + timedelta(days=30):
            now += between
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


SINCE = NOW - 400 * DAY


def test_what_appeared_or_changed_after_the_first_visit_is_recent_for_two_days() -> None:
    new = replace(PAGE, changed_at=NOW)
    assert is_recent(new, NOW + 2 * DAY - timedelta(seconds=1), SINCE)
    assert not is_recent(new, NOW + 2 * DAY, SINCE)
    assert not is_recent(new, NOW, NOW)  # found by the first visit itself, when all pages were new
    assert not is_recent(new, NOW, None)
    assert not is_recent(new, NOW - DAY, SINCE)  # the clock was set back


@pytest.mark.parametrize(
    ("steady", "left_alone"),
    [
        (timedelta(), timedelta(hours=2)),
        (timedelta(hours=20), timedelta(hours=2)),
        (5 * DAY, timedelta(hours=12)),
        (15 * DAY, timedelta(hours=36)),
    ],
)
def test_a_page_is_left_alone_for_a_tenth_of_the_time_it_has_been_steady(
    steady: timedelta, left_alone: timedelta
) -> None:
    known = replace(PAGE, changed_at=NOW - steady)
    assert rhythm(known, NOW, since=None, full_fetch_after=WEEK) == left_alone
    dear = replace(known, etag=None)
    assert rhythm(dear, NOW, since=None, full_fetch_after=WEEK) == max(left_alone, timedelta(hours=11))


@pytest.mark.parametrize("name", [f"p{n}" for n in range(20)])
def test_an_old_page_is_asked_again_within_half_a_week(name: str) -> None:
    old = replace(PAGE, url=f"https://miasto.example/{name}", changed_at=NOW - 900 * DAY)
    longest = rhythm(old, NOW, since=SINCE, full_fetch_after=WEEK)
    assert WEEK / 4 <= longest <= WEEK / 2
    assert rhythm(replace(old, status=404, changed_at=NOW), NOW, since=SINCE, full_fetch_after=WEEK) == longest


def asked_again(pages: list[KnownPage], *, since: datetime | None = SINCE, **more: int) -> list[str]:
    """Which of some known pages a visit of a town asks for, apart from its front page."""
    front: dict[str, Route] = {
        "/robots.txt": Reply("", 404),
        "/": html("Miasto"),
        "/feed/": Reply("", 404),
        "/rss": Reply("", 404),
    }
    with Web(front) as web:
        known = {web.url(page.url): replace(page, url=web.url(page.url)) for page in pages}
        asking = plan(web.url(), known=known, recall=lambda: SiteMemory(since=since))
        visit(asking, Keeper(), settings(web.netloc, **more))
        return [path for path in web.paths if web.url(path) in known]


def test_pages_that_stated_something_are_asked_at_each_visit_and_documents_when_due() -> None:
    stated = replace(PAGE, statements=1, fetched_at=NOW - timedelta(minutes=30), full_fetch_at=NOW - DAY)
    pages = [replace(stated, url=url) for url in ("/a", "/b", "/uchwala.pdf", "/api/attachments/7")]
    assert sorted(asked_again([*pages, replace(stated, url="/c", status=404)])) == ["/a", "/b"]
    day = [replace(page, fetched_at=NOW - DAY) for page in pages]
    assert sorted(asked_again(day)) == ["/a", "/api/attachments/7", "/b", "/uchwala.pdf"]


def test_documents_that_said_nothing_are_asked_for_after_days() -> None:
    def asked(after: timedelta) -> list[str]:
        moment = NOW - after
        pages = [replace(PAGE, url=url, fetched_at=moment, full_fetch_at=moment) for url in ("/uchwala.pdf", "/a")]
        return sorted(asked_again(pages))

    assert asked(timedelta(hours=41)) == []
    assert asked(4 * DAY) == ["/a", "/uchwala.pdf"]


def test_where_there_are_more_the_richest_come_each_time_and_the_others_by_turns() -> None:
    def stated(number: int) -> KnownPage:
        asked = NOW - timedelta(minutes=30 * (number + 1))
        return replace(PAGE, url=f"/{number}", statements=1 + (number == 0), fetched_at=asked, full_fetch_at=NOW - DAY)

    pages = [stated(number) for number in range(20)]
    assert asked_again(pages, requests_per_visit=8)[:4] == ["/0", "/1", "/19", "/18"]


def test_a_visit_looks_at_what_is_new_and_then_at_a_few_others_by_turns() -> None:
    day_ago, old = NOW - DAY, NOW - 4 * DAY
    page = replace(PAGE, fetched_at=day_ago, full_fetch_at=day_ago, changed_at=old)
    new = [replace(page, url=f"/nowe-{n}", changed_at=NOW - n * timedelta(hours=1)) for n in range(1, 4)]
    steady = [
        replace(page, url=f"/{n}", worth=float(n), fetched_at=day_ago - timedelta(hours=20 - n)) for n in range(9)
    ]
    asked = asked_again([*new, *steady], watched_pages=8)
    assert sorted(asked) == sorted(["/nowe-1", "/nowe-2", "/nowe-3", "/8", "/7", "/6", "/0", "/1"])
    # at once after a visit only what is new
    again = [replace(one, fetched_at=NOW - timedelta(minutes=30)) for one in (*new, *steady)]
    assert sorted(asked_again(again)) == ["/nowe-1", "/nowe-2", "/nowe-3"]
    # when the watch begins, every page is new
    assert asked_again(again, since=None) == []


def test_of_much_that_is_new_the_newest_come_at_each_visit_and_the_others_by_turns() -> None:
    """Whether their server has validators or not."""
    asked_at = [NOW - timedelta(minutes=30 * (n + 1)) for n in range(9)]
    new = [
        replace(PAGE, url=f"/{n}", etag=None, changed_at=NOW - n * timedelta(hours=1), fetched_at=at, full_fetch_at=at)
        for n, at in enumerate(asked_at)
    ]
    assert asked_again(new, watched_pages=8) == ["/0", "/1", "/8", "/7"]


def test_of_old_pages_that_come_whole_in_any_case_one_is_looked_at() -> None:
    day_ago = NOW - DAY
    dear = replace(PAGE, etag=None, fetched_at=day_ago, full_fetch_at=day_ago, changed_at=NOW - 4 * DAY)
    assert asked_again([replace(dear, url=f"/{n}", worth=float(n)) for n in range(5)]) == ["/4"]


def test_the_lists_of_the_association_are_asked_at_each_visit() -> None:
    half_an_hour = NOW - timedelta(minutes=30)
    lists = [replace(PAGE, url=f"/{n}", leads=4, fetched_at=half_an_hour, full_fetch_at=half_an_hour) for n in range(3)]
    with Web({"/": html("Związek")}) as web:
        known = {web.url(page.url): replace(page, url=web.url(page.url)) for page in lists}
        visit(plan(web.url(), family="association", known=known), Keeper(), settings(web.netloc))
        assert {"/0", "/1", "/2"} <= set(web.paths)


def test_the_list_of_this_year_comes_before_those_of_old_and_the_register_with_it() -> None:
    """Two pages more than the front page: the most promising list, and the most promising page without links."""
    routes: dict[str, Route] = {"/robots.txt": Reply("", 404), "/": html("BIP")}
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

"""HTTP as a careful client relies on it."""

from __future__ import annotations

from datetime import datetime

import pytest
from browse import get

from zmpwatch.model import Site
from zmpwatch.service.replica import Replica


def test_conditional_requests_give_304(web: Replica) -> None:
    without = set()
    for site in web.sites:
        for url in web.addresses(site.name):
            first = get(url)
            if first.status != 200:
                continue
            if "etag" not in first.headers:
                without.add(site.name)
                assert first.headers["cache-control"] == "no-store"
                assert "last-modified" not in first.headers
                continue
            by_tag = get(url, If_None_Match=first.headers["etag"])
            by_date = get(url, If_Modified_Since=first.headers["last-modified"])
            for reply in (by_tag, by_date):
                assert (reply.status, reply.body) == (304, b"")
                assert reply.headers["etag"] == first.headers["etag"]
    assert without == {"demo-wieruszow"}


def test_a_changed_page_has_new_validators_and_an_unchanged_one_the_old(web: Replica) -> None:
    home, static = f"{web.urls['demo-zmp']}/", f"{web.urls['demo-zmp']}/kontakt"
    old_home, old_static = get(home), get(static)
    web.move_on()
    assert get(static, If_None_Match=old_static.headers["etag"]).status == 304
    assert get(static).headers["last-modified"] == old_static.headers["last-modified"]
    again = get(
        home, If_None_Match=old_home.headers["etag"], If_Modified_Since="Mon, 01 Dec 2025 00:00:00 GMT"
    )  # the tag decides, whatever the date says
    assert again.status == 200
    assert again.headers["last-modified"] == "Mon, 03 Mar 2025 08:12:00 GMT"
    assert get(home, If_Modified_Since=old_home.headers["last-modified"]).status == 200


@pytest.mark.parametrize("date", ["yesterday", "", "Tue, 18 Feb 2025 10:20:00", "Mon, 17 Feb 2025 00:00:00 GMT"])
def test_a_date_that_is_none_or_too_old_gives_the_page(web: Replica, date: str) -> None:
    assert get(f"{web.urls['demo-zmp']}/", If_Modified_Since=date).status == 200


def test_head_and_weak_tags(web: Replica) -> None:
    url = f"{web.urls['demo-zmp']}/"
    full, head = get(url), get(url, method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(full.body))
    assert get(url, If_None_Match=f'"other", W/{full.headers["etag"]}').status == 304
    assert get(url, If_None_Match="*").status == 304
    assert get(url, method="DELETE").status == 501


def test_the_date_header_is_the_date_of_the_replica(web: Replica) -> None:
    url = f"{web.urls['demo-zmp']}/"
    assert get(url).headers["date"] == "Thu, 20 Feb 2025 07:00:00 GMT"
    web.move_on()
    assert get(url).headers["date"] == "Thu, 06 Mar 2025 08:30:00 GMT"
    with pytest.raises(ValueError, match="no later moment"):
        web.move_on()


def test_sites_are_configuration_ready(web: Replica) -> None:
    sites = web.sites
    assert all(isinstance(site, Site) for site in sites)
    assert [site.family for site in sites].count("association") == 1
    assert sites[0].expect_members == (370, 420)
    assert len(sites) == len({site.url for site in sites}) == 14
    assert all(site.name.startswith("demo-") for site in sites)
    assert all(site.municipality for site in sites[1:])
    assert isinstance(web.now, datetime)
    assert web.now.tzname() == "CET"


def test_a_stopped_replica_has_no_addresses() -> None:
    replica = Replica()
    with replica as web:
        url = web.sites[0].url
    with pytest.raises(RuntimeError, match="not running"):
        _ = replica.sites
    with pytest.raises(ConnectionError):
        get(url)

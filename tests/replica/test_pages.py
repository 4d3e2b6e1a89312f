"""Every page of both moments: served, readable, marked as demo data, its links alive."""

from __future__ import annotations

from typing import Any

import pytest
from browse import charset, get, read

from zmpwatch.service.replica import Replica

MARK = "demo data"


def served(web: Replica) -> dict[str, list[str]]:
    """All addresses by site, without the sites that are down."""
    return {
        site.name: list(web.addresses(site.name))
        for site in web.sites
        if not (web.moment == 1 and site.name == "demo-pieniezno")
    }


@pytest.mark.parametrize("moment", [0, 1])
def test_every_page_is_served_marked_and_its_links_resolve(web: Replica, moment: int) -> None:
    if moment:
        web.move_on()
    known = {url for urls in served(web).values() for url in urls}
    down = web.urls["demo-pieniezno"]
    linked: set[str] = set()
    for site, urls in served(web).items():
        for url in urls:
            reply = get(url)
            if reply.status == 301:
                assert reply.headers["location"] in known
                continue
            assert reply.status == 200, url
            text, links = read(url, reply)
            assert MARK in text, url
            for link in links:
                assert link in known or link.startswith(down), f"{url} links to {link}"
            linked.update(links)
        assert f"{web.urls[site]}/" in known
    unlinked = known - linked - {f"{base}/" for base in web.urls.values()}
    # what is found by robots.txt alone
    assert {url.rpartition("/")[2] for url in unlinked} <= {"sitemap.xml", "wp-sitemap.xml", "?p=1287"}


def test_polish_letters_survive_each_declared_encoding(web: Replica) -> None:
    seen = {}
    for site, urls in served(web).items():
        for url in urls:
            reply = get(url)
            if reply.status == 200 and reply.kind == "text/html":
                text, _ = read(url, reply)
                assert "\ufffd" not in text
                seen.setdefault(site, set()).add((charset(reply), "charset" in reply.headers["content-type"]))
                if any(letter in text for letter in "ąśź"):
                    seen[site].add("telling")
    assert seen["demo-bip-lasin"] == {("windows-1250", False), "telling"}
    assert seen["demo-wieruszow"] == {("iso-8859-2", True), "telling"}
    assert all(
        ("utf-8", True) in kinds for site, kinds in seen.items() if site not in {"demo-bip-lasin", "demo-wieruszow"}
    )


def test_pages_do_not_pass_for_the_real_ones(web: Replica) -> None:
    web.move_on()
    for urls in served(web).values():
        for url in urls:
            reply = get(url)
            if reply.status == 200 and reply.kind == "text/html":
                text, _ = read(url, reply)
                assert text.startswith("Dane demonstracyjne / demo data"), url
                assert "demonstracyjne</title>" in reply.body.decode(charset(reply)), url


def without_clock(body: bytes) -> bytes:
    return body.replace(b"czwartek, 20 lutego 2025", b"DAY").replace(b"czwartek, 6 marca 2025", b"DAY")


def test_moments_differ_only_where_the_story_says(web: Replica, story: Any) -> None:
    assert set(story["changed"]) == {site.name for site in web.sites}
    before = {}
    for site in web.sites:
        for url in web.addresses(site.name):
            before[url] = get(url).body
    web.move_on()
    for site in web.sites:
        if site.name == "demo-pieniezno":
            continue
        base = web.urls[site.name]
        differing = set()
        for url in web.addresses(site.name):
            old, new = before.get(url, b""), get(url).body
            if site.name == "demo-wieruszow":  # a notice rotates at every request, which is no change
                old, new = without_notice(old), without_notice(new)
            if site.name in story["clocks"]:
                old, new = without_clock(old), without_clock(new)
            if old != new:
                differing.add(url.removeprefix(base))
        assert differing - redirects(web, site.name) == set(story["changed"][site.name]), site.name


def redirects(web: Replica, site: str) -> set[str]:
    return {url.removeprefix(web.urls[site]) for url in web.addresses(site) if get(url).status == 301}


def without_notice(body: bytes) -> bytes:
    head, start, rest = body.partition(b'<div class="banneritem">')
    return head + start + rest.partition(b"</div>")[2]


def test_maintenance_answers_503_with_a_page(web: Replica) -> None:
    base = web.urls["demo-pieniezno"]
    assert get(f"{base}/").status == 200
    web.move_on()
    for url in web.addresses("demo-pieniezno"):
        reply = get(url)
        assert (reply.status, reply.headers["retry-after"]) == (503, "3600")
        assert MARK in read(url, reply)[0]
    assert get(f"{base}/robots.txt").status == 200


def test_unknown_and_not_yet_published_addresses_are_404(web: Replica) -> None:
    later = f"{web.urls['demo-zmp']}/aktualnosci/w-zwiazku-jest-juz-381-miast"
    for url in (later, f"{web.urls['demo-zmp']}/nie-ma", f"{web.urls['demo-bip-lasin']}/index.php?id=0"):
        reply = get(url)
        assert reply.status == 404
        assert MARK in read(url, reply)[0]
    for site in web.sites:
        reply = get(f"{site.url}nie-ma")
        assert reply.status == 404
        assert MARK in read(site.url, reply)[0]
    web.move_on()
    assert get(later).status == 200


def test_robots(web: Replica) -> None:
    for base in web.urls.values():
        reply = get(f"{base}/robots.txt")
        assert (reply.status, reply.kind) == (200, "text/plain")
        assert MARK in reply.body.decode()
        assert "User-agent: *" in reply.body.decode()
    assert "Disallow: /\n" in get(f"{web.urls['demo-bip-sepopol']}/robots.txt").body.decode()
    assert f"Sitemap: {web.urls['demo-zmp']}/sitemap.xml" in get(f"{web.urls['demo-zmp']}/robots.txt").body.decode()


def test_the_notice_rotates_at_every_request(web: Replica) -> None:
    base = web.urls["demo-wieruszow"]
    assert len({get(f"{base}/").body for _ in range(3)}) == 3

"""Which addresses are one page, and which belong to a site (docs/faults.md 46-52)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zmpwatch.crawl.urls import Scope, canonical, is_trap, page_key, usable
from zmpwatch.model import Site

SAME = [
    ("http://miasto.pl/a", "https://www.miasto.pl/a/"),
    ("https://miasto.pl/a?x=1&y=2", "https://miasto.pl/a?y=2&x=1"),
    ("https://miasto.pl/a", "https://miasto.pl/a?utm_source=rss&utm_medium=x&fbclid=7"),
    ("https://miasto.pl/a", "https://miasto.pl/a;jsessionid=0A1B"),
    ("https://miasto.pl/a?id=3", "https://miasto.pl/a?PHPSESSID=abc&id=3"),
    ("https://miasto.pl/(S(abc123))/a", "https://miasto.pl/a"),
    (
        "https://miasto.pl/index.php/5-uchwala",
        "https://miasto.pl/index.php/5-uchwala?tmpl=component&print=1&layout=default",
    ),
    ("https://miasto.pl/2024/07/wpis/", "https://miasto.pl/2024/07/wpis/embed/"),
    ("https://miasto.pl/2024/07/wpis/", "https://miasto.pl/2024/07/wpis/feed/"),
    ("https://miasto.pl/", "https://miasto.pl/index.html"),
    ("https://miasto.pl/a#dol", "https://miasto.pl/a"),
    ("https://MIASTO.pl:443/a", "https://miasto.pl/a"),
    ("https://miasto.pl/żółw", "https://miasto.pl/%C5%BC%C3%B3%C5%82w"),
]
OTHER = [
    ("https://miasto.pl/a", "https://miasto.pl/b"),
    ("https://miasto.pl/a", "https://bip.miasto.pl/a"),
    ("https://miasto.pl/?p=1", "https://miasto.pl/?p=2"),
    ("http://miasto.pl:8080/a", "http://miasto.pl:8081/a"),
    ("https://miasto.pl/?c=93", "https://miasto.pl/?a=93"),
    ("https://miasto.pl/index.php?id=1", "https://miasto.pl/index.php?id=2"),
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_one_page_two_addresses(one: str, two: str) -> None:
    assert page_key(one) == page_key(two)


@pytest.mark.parametrize(("one", "two"), OTHER)
def test_two_pages(one: str, two: str) -> None:
    assert page_key(one) != page_key(two)


def test_mirrors_share_pages_by_path() -> None:
    assert page_key("https://miasta.pl/strony/statut", host=False) == page_key(
        "http://zmp.poznan.pl/strony/statut", host=False
    )


def test_canonical_keeps_the_order_of_parameters() -> None:
    assert canonical(" HTTP://Miasto.PL/a b?z=1&utm_id=4&a=2#x ") == "http://miasto.pl/a%20b?z=1&a=2"
    assert canonical("http://[::1]:8080/x") == "http://[::1]:8080/x"
    assert canonical("https://żółw.pl") == "https://xn--w-uga1v8h.pl/"


@given(
    st.text("abcąę/ ?=&%#.;-2", max_size=40),
)
def test_canonical_is_its_own_canonical(tail: str) -> None:
    once = canonical(f"http://miasto.pl/{tail}")
    assert canonical(once) == once
    assert page_key(once) == page_key(f"http://miasto.pl/{tail}")


@pytest.mark.parametrize("path", ["/a/b/a/b/a/c", "/a/a/a", "/x/pl/1/pl/2/pl"])
def test_growing_path_is_a_trap(path: str) -> None:
    assert is_trap(f"https://miasto.pl{path}")


@pytest.mark.parametrize(
    "path", ["/", "/a/a/b", "/rada/2024/rada/2025", "/rada-miejska/protokoly/protokoly-2013/p-1.html"]
)
def test_honest_path_is_none(path: str) -> None:
    assert not is_trap(f"https://miasto.pl{path}")


def test_on_a_shared_host_the_folders_of_others_are_other_sites() -> None:
    scope = Scope(Site(name="x", family="municipal", url="https://samorzad.gov.pl/web/gmina-lipniki"))
    assert "https://samorzad.gov.pl/web/gmina-lipniki/aktualnosci" in scope
    assert "https://samorzad.gov.pl/attachment/1f2e" in scope
    assert "https://samorzad.gov.pl/web/gmina-lipniki-dolne/aktualnosci" not in scope
    assert "https://samorzad.gov.pl/web/gmina-zalesie" not in scope
    bulletin = Scope(Site(name="y", family="bip", url="https://bip.malopolska.pl/umlipniki,m,30,start.html"))
    assert "https://bip.malopolska.pl/umlipniki,a,7,uchwaly.html" in bulletin
    assert "https://bip.malopolska.pl/api/files/7" in bulletin
    assert "https://bip.malopolska.pl/e,pobierz,get.html?id=7" in bulletin
    assert "https://bip.malopolska.pl/ugzalesie,a,7,uchwaly.html" not in bulletin
    own = Scope(Site(name="z", family="municipal", url="https://lipniki.example/web/start"))
    assert "https://lipniki.example/web/inna" in own


def test_scope_is_the_site_its_twin_and_its_named_hosts() -> None:
    scope = Scope(
        Site(name="x", family="municipal", url="https://www.miasto.pl/", hosts=("bip.miasto.pl", "10.0.0.1:81"))
    )
    for url in [
        "http://miasto.pl/a",
        "https://www.miasto.pl",
        "https://bip.miasto.pl/",
        "http://10.0.0.1:81/",
        "HTTP://MIASTO.PL./",
    ]:
        assert url in scope, url
    for url in [
        "https://inne.pl/",
        "https://miasto.pl.zly.com/",
        "https://xmiasto.pl/",
        "http://miasto.pl:8080/",
        "http://10.0.0.1/",
        "ftp://miasto.pl/",
        "http://[::1",
        "https:///a",
    ]:
        assert url not in scope, url
    assert scope.places == {("miasto.pl", None), ("bip.miasto.pl", None), ("10.0.0.1", 81)}


def test_odd_links_are_left_out() -> None:
    scope = Scope(Site(name="x", family="municipal", url="http://miasto.pl/"))
    odd = [
        "javascript:alert(1)",
        "mailto:a@b.pl",
        "data:text/html,x",
        "file:///etc/passwd",
        "http://[::1",
        "http://:80/",
        "http://miasto.pl:99999/",
        "http://miasto.pl/ok?" + "q" * 70_000,
        "",
        "http://miasto.pl/a/a/a",
        "http://miasto.pl/dobra?utm_source=x",
        "http://miasto.pl/dobra",
    ]
    assert usable(odd, scope, longest=2083) == ["http://miasto.pl/dobra"]

"""Links: where they lead, what they say, and which are not asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zmpwatch.errors import ReadError
from zmpwatch.read import find_links, page_links
from zmpwatch.read.links import MAX_URL, resolve

BASE = "https://lipniki.example/aktualnosci/"

PAGE = """<!doctype html><html><head><base href="/bip/">
<link rel="canonical" href="/kanon"><link rel="alternate" type="application/rss+xml" title="Wieści" href="/rss.xml">
<link rel="alternate" hreflang="en" href="/en"></head><body>
<nav><a href="/menu">Menu</a> <a href="uchwala.pdf">Z menu</a></nav>
<main><p>Rada podjęła <a href="uchwala.pdf" rel="nofollow Next">uchwałę nr <b>V/31</b></a> na sesji.</p>
<p><a href="/galeria"><img src="x.jpg" alt="Zdjęcia"></a>
<a href="?s=2#dol">Dalej</a> <a href="#gora">Do góry</a></p></main>
<div style="display:none"><a href="/ukryty">Ukryty</a></div>
<template><a href="/wzor">Wzór</a></template>
<iframe src="//posiedzenia.example/x" title="Sesja"></iframe></body></html>"""


def test_links_of_a_page():
    links = {link.url: link for link in find_links(PAGE.encode(), url=BASE)}
    home = "https://lipniki.example"
    assert (
        list(links)
        == [
            f"{home}/menu",
            f"{home}/bip/uchwala.pdf",
            f"{home}/galeria",
            f"{home}/bip/?s=2",
            f"{home}/ukryty",
            f"{home}/wzor",
            "https://posiedzenia.example/x",
        ]
        or f"{home}/wzor" not in links
    )
    resolution = links[f"{home}/bip/uchwala.pdf"]
    assert resolution.anchor == "uchwałę nr V/31"
    assert resolution.context == "Rada podjęła uchwałę nr V/31 na sesji."
    assert resolution.rel == "nofollow next"
    assert resolution.main
    assert links[f"{home}/galeria"].anchor == "Zdjęcia"
    assert not links[f"{home}/menu"].main
    assert not links[f"{home}/ukryty"].main
    assert links["https://posiedzenia.example/x"].rel == "frame"


def test_feeds_canonical_and_base():
    found = page_links(PAGE.encode(), url=BASE)
    assert found.canonical == "https://lipniki.example/kanon"
    assert found.base == "https://lipniki.example/bip/"
    assert [(feed.url, feed.anchor, feed.rel) for feed in found.feeds] == [
        ("https://lipniki.example/rss.xml", "Wieści", "alternate")
    ]


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("a b.html", f"{BASE}a%20b.html"),
        ("\n/o\tk\n", "https://lipniki.example/ok"),
        ("//inny.example/x", "https://inny.example/x"),
        ("?a=1&b=ż", f"{BASE}?a=1&b=%C5%BC"),
        ("/uchwała", "https://lipniki.example/uchwa%C5%82a"),
        ("/%C4%85", "https://lipniki.example/%C4%85"),
        ("http://żółw.example/", "http://xn--w-uga1v8h.example/"),
        ("HTTPS://lipniki.example/A", "https://lipniki.example/A"),
        ("x#y", f"{BASE}x"),
        ("", None),
        ("#x", None),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("mailto:a@b.pl", None),
        ("tel:123", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("ftp://x.example/", None),
        ("http://[::1", None),
        ("//", None),
        ("http://:80/", None),
        ("http://127.0.0.1:99999/", None),
        ("\\\\zly\\udzial", None),
        ("http://wewnetrzny\\@publiczny.example/", None),
        ("http://ktos:haslo@lipniki.example/", None),
        ("http://a b.example/", None),
        ("/x?" + "q" * 3_000, None),
        ("http://" + "a" * 300 + ".example/", None),
    ],
)
def test_resolve(href, url):
    assert resolve(href, BASE) == url


def test_query_is_in_the_encoding_of_the_page():
    body = '<html><body><a href="/s?q=ż">ż ą ś</a></body></html>'.encode("cp1250")
    assert find_links(body, url=BASE)[0].url == "https://lipniki.example/s?q=%BF"


@given(st.text(max_size=80))
def test_no_address_crashes(href):
    found = resolve(href, BASE)
    assert found is None or (found.startswith(("http://", "https://")) and len(found) <= MAX_URL and " " not in found)


@given(
    st.from_regex(
        r"https?://[a-z0-9.-]{1,12}(:[0-9]{1,5})?/[a-z0-9._~,/-]{0,12}([?][a-z0-9.,~=&/_-]{1,8})?", fullmatch=True
    )
)
def test_an_address_with_nothing_to_resolve_is_what_resolving_it_gives(address):
    assert resolve(address, BASE) == resolve(f"{address}#czesc", BASE)


@given(st.text(alphabet="<>a href='\"/=&;#:?@[]\\xż \n", max_size=200))
def test_no_page_crashes(text):
    try:
        found = find_links(text.encode(), url=BASE)
    except ReadError:
        return
    assert all(link.url.startswith(("http://", "https://")) and len(link.url) <= MAX_URL for link in found)
    assert len({link.url for link in found}) == len(found)

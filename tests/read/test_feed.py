"""Feeds and sitemaps."""

import gzip

import pytest

from zmpwatch.errors import LimitExceeded, ReadError, Unreadable
from zmpwatch.read import read_bytes, read_feed
from zmpwatch.read.feed import MAX_ITEMS

URL = "https://lipniki.example/feed/"

RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Lipniki</title><link>https://lipniki.example</link>
<item><title>Nowy członek &amp; goście</title><link>/n/1</link><pubDate>Fri, 28 Feb 2025 23:30:00 +0000</pubDate>
<description>&lt;p&gt;Rada &lt;b&gt;zgodziła&lt;/b&gt; się.&lt;/p&gt;</description></item>
<item><title>Bez adresu</title></item>
<item><title>Po identyfikatorze</title><guid isPermaLink="true">https://lipniki.example/n/2</guid></item>
<item><title>Obcy</title><link>javascript:alert(1)</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Olszyny</title><link rel="next" href="?page=2"/>
<entry><title>Sesja</title><link rel="self" href="/x.xml"/><link href="/sesja"/><published>2024-11-15</published>
<updated>2025-01-01</updated></entry></feed>"""

SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://lipniki.example/a</loc><lastmod>2025-01-01</lastmod></url><url><loc>https://lipniki.example/a</loc></url>
<url><loc>https://lipniki.example/b</loc></url></urlset>"""

INDEX = """<sitemapindex><sitemap><loc>https://lipniki.example/m1.xml</loc></sitemap>
<sitemap><loc>https://lipniki.example/m2.xml</loc></sitemap></sitemapindex>"""


def test_rss():
    feed = read_feed(RSS.encode(), url=URL)
    assert feed.title == "Lipniki"
    first, second = feed.items
    assert (first.url, first.title, first.published) == (
        "https://lipniki.example/n/1",
        "Nowy członek & goście",
        "2025-03-01",  # half past midnight in Warsaw
    )
    assert first.summary == "Rada zgodziła się."
    assert (second.url, second.published) == ("https://lipniki.example/n/2", None)


def test_atom():
    feed = read_feed(ATOM.encode(), url=URL)
    assert [(item.url, item.published) for item in feed.items] == [("https://lipniki.example/sesja", "2024-11-15")]
    assert feed.next == "https://lipniki.example/feed/?page=2"


def test_sitemaps():
    feed = read_feed(SITEMAP.encode(), url=URL)
    assert [(item.url, item.published) for item in feed.items] == [
        ("https://lipniki.example/a", None),  # the day of a change is no day of publication
        ("https://lipniki.example/b", None),
    ]
    assert tuple(part.url for part in read_feed(INDEX.encode(), url=URL).sitemaps) == (
        "https://lipniki.example/m1.xml",
        "https://lipniki.example/m2.xml",
    )


@pytest.mark.parametrize("encoding", ["cp1250", "iso8859-2", "utf-8"])
def test_declaration_of_the_encoding_may_lie(encoding):
    assert read_feed(RSS.encode(encoding), url=URL).items[0].title == "Nowy członek & goście"


def test_mends_what_is_not_well_formed():
    broken = RSS.replace("&amp;", "&").replace("Bez adresu", "Ulica&nbsp;D\x0buga &oacute; <br>")
    assert read_feed(broken.encode(), url=URL).items[0].title == "Nowy członek & goście"


@pytest.mark.parametrize(
    "body",
    [
        '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset><url><loc>http://x.test/&a;</loc></url></urlset>',
    ],
)
def test_entities_are_refused(body):
    with pytest.raises(Unreadable, match="entities"):
        read_feed(body.encode(), url=URL)


def test_bounds():
    with pytest.raises(LimitExceeded, match="deep"):
        read_feed(b"<rss>" + b"<x>" * 1_000 + b"</x>" * 1_000 + b"</rss>", url=URL)
    many = "<urlset>" + "".join(f"<url><loc>/{i}</loc></url>" for i in range(MAX_ITEMS + 5)) + "</urlset>"
    feed = read_feed(many.encode(), url=URL)
    assert len(feed.items) == MAX_ITEMS
    assert feed.truncated


@pytest.mark.parametrize("body", [b"<html><body>x</body></html>", b"<a/>", b"", b"plain", b"<rss", b"\xff\xfe<"])
def test_what_is_no_feed_is_unreadable(body):
    with pytest.raises(ReadError):
        read_feed(body, url=URL)


def test_feed_as_text():
    text = read_bytes(RSS.encode(), url=URL)
    assert text.content.startswith("Nowy członek & goście\n\nRada zgodziła się.")
    assert text.media_type == "application/rss+xml"
    assert text.complete
    assert not read_bytes(RSS.encode()[:-80], url=URL).complete


def test_dates_of_change() -> None:
    items = read_feed(SITEMAP.encode(), url=URL).items
    assert [(item.modified, item.published) for item in items] == [("2025-01-01", None), (None, None)]
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>W</title><link href="/w"/>'
        "<published>2025-01-01T08:00:00Z</published><updated>2025-02-02T23:30:00Z</updated></entry></feed>"
    )
    (item,) = read_feed(atom.encode(), url=URL).items
    assert (item.published, item.modified) == ("2025-01-01", "2025-02-03")
    index = INDEX.replace("</loc>", "</loc><lastmod>2024-12-05</lastmod>", 1)
    assert [part.modified for part in read_feed(index.encode(), url=URL).sitemaps] == ["2024-12-05", None]


def test_a_sitemap_that_is_packed() -> None:
    packed = gzip.compress(SITEMAP.encode())
    assert read_feed(packed, url=URL) == read_feed(SITEMAP.encode(), url=URL)
    with pytest.raises(Unreadable, match="cut"):
        read_feed(packed[:-9], url=URL)
    with pytest.raises(Unreadable, match="damaged"):
        read_feed(packed[:12] + b"\xff" * 40, url=URL)
    with pytest.raises(LimitExceeded, match="unpacked"):
        read_feed(gzip.compress(b"<urlset>" + b" " * (11 << 20) + b"</urlset>"), url=URL)

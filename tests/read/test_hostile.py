"""The pages and documents of the hostile server, where it is at hand."""

import importlib.util
import sys
import urllib.request
from pathlib import Path

import pytest

from zmpwatch.errors import LimitExceeded, ReadError, Unreadable
from zmpwatch.read import find_links, read_bytes, read_feed

SERVER = Path(__file__).resolve().parents[3] / "shared" / "tools" / "hostile_server.py"
pytestmark = pytest.mark.skipif(not SERVER.exists(), reason="the hostile server of ../shared is not here")
SENTENCE = "Zażółć gęślą jaźń — Związek Miast Polskich zrzesza 373 miasta członkowskie."


@pytest.fixture(scope="module")
def server():
    spec = importlib.util.spec_from_file_location("hostile_server", SERVER)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["hostile_server"] = module
    spec.loader.exec_module(module)
    with module.HostileServer(seconds=120) as running:
        yield running


def fetched(server, path):
    with urllib.request.urlopen(server.url(path), timeout=20) as response:
        headers = {name.lower(): value for name, value in response.headers.items()}
        return response.read(), headers


CHARSETS = (
    "cp1250-none latin2-none utf8-none cp1250-meta cp1250-lie utf8-lie utf8-metalie utf16 bom invalid unknown utf7 nul"
    " mojibake"
)


@pytest.mark.parametrize("route", CHARSETS.split())
def test_charsets(server, route):
    body, headers = fetched(server, f"/cs/{route}")
    content = read_bytes(body, headers=headers).content
    # ISO-8859-2 has no dash: the server sends a question mark
    assert SENTENCE.replace("—", "?") in content if route == "latin2-none" else SENTENCE in content


@pytest.mark.parametrize(
    ("route", "content"),
    [
        ("373", "373 miast członkowskich"),
        ("html", "373 miast członkowskich"),
        ("nbsp", "1 373 miast członkowskich"),
        ("xss", "373 miast członkowskich"),
        ("rtl", "\u202e183\u202c miast członkowskich"),
        ("arabic-indic", "٣٧٣ miast członkowskich"),
        ("tmpl", "{{ 7*7 }}"),
    ],
)
def test_counters(server, route, content):
    body, headers = fetched(server, f"/count/{route}")
    assert content in read_bytes(body, headers=headers).content


@pytest.mark.parametrize("route", ["/deep-html", "/deep-table", "/attr-flood"])
def test_parser_killers(server, route):
    with pytest.raises(LimitExceeded):
        read_bytes(*[fetched(server, route)[0]])


def test_half_a_page_is_incomplete(server):
    assert not read_bytes(fetched(server, "/half-ok")[0]).complete


@pytest.mark.parametrize("route", ["/data-uri", "/redos"])
def test_odd_pages_give_text(server, route):
    assert read_bytes(fetched(server, route)[0]).content


def test_odd_links(server):
    body, _ = fetched(server, "/odd-links")
    urls = [link.url for link in find_links(body, url=server.url("/odd-links"))]
    assert all(url.startswith("http://") for url in urls)
    assert server.url("/ok") in urls
    assert "http://xn--w-uga1v8h.example/" in urls
    assert len(urls) == 3, "those two, and the one in capitals"


@pytest.mark.parametrize("route", ["/xml-bomb.xml", "/xml-quad.xml", "/xxe.xml"])
def test_xml(server, route):
    body, _ = fetched(server, route)
    with pytest.raises(ReadError):
        read_feed(body, url=server.url(route))
    assert server.hits("/xxe-hit") == 0


def test_sitemap_index(server):
    assert len(read_feed(fetched(server, "/sitemap-loop.xml")[0], url=server.url("/")).sitemaps) == 11


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("zipbomb.docx?mb=200", LimitExceeded),
        ("laughs.docx", Unreadable),
        ("xxe.docx", Unreadable),
        ("manyfiles.docx", LimitExceeded),
        ("slip.docx", Unreadable),
        ("encrypted.docx", Unreadable),
        ("xxe.odt", Unreadable),
        ("deep.rtf", LimitExceeded),
        ("flate.pdf?mb=512", ReadError),
        ("flate-nested.pdf", ReadError),
        ("ops.pdf", ReadError),
        ("pages.pdf", ReadError),
        ("loop.pdf", ReadError),
        ("truncated.pdf", Unreadable),
    ],
)
def test_hostile_documents(server, name, error):
    body, headers = fetched(server, f"/doc/{name}")
    with pytest.raises(error):
        read_bytes(body, headers=headers)


def test_types_by_magic(server):
    assert read_bytes(*[fetched(server, "/doc/html-as.pdf")[0]]).title == "Sesja wygasła"
    assert "373" in read_bytes(fetched(server, "/doc/ok.pdf")[0]).content
    assert "Związku" in read_bytes(fetched(server, "/doc/ok.docx")[0]).content

"""The fast way to the links of a page gives what the thorough one gives."""

from __future__ import annotations

import time
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zmpwatch.errors import LimitExceeded, ReadError
from zmpwatch.read import PageLinks, page_links
from zmpwatch.read.decode import decode
from zmpwatch.read.links import resolve
from zmpwatch.read.skim import skim

URL = "https://www.miasto.example/aktualnosci/dzis.html"
PAGES = sorted(Path(__file__).parents[1].rglob("*.html"))


def fast_links(markup: str, *, url: str = URL, encoding: str = "utf-8") -> PageLinks | None:
    skimmed = skim(markup, url=url, encoding=encoding)
    return skimmed.links() if skimmed is not None else None


def same(body: bytes) -> None:
    thorough = page_links(body, url=URL)
    decoded = decode(body)
    fast = fast_links(decoded.text, encoding=decoded.encoding)
    assert fast is not None
    assert [link._replace(context="") for link in fast.links] == [link._replace(context="") for link in thorough.links]
    for near, far in zip(fast.links, thorough.links, strict=True):
        # where a card ends the two may see differently, but not what the link itself stands in
        assert near.context.partition(" ")[0] in far.context or far.context.partition(" ")[0] in near.context
    assert replace(fast, links=()) == replace(thorough, links=())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_pages_of_the_tests(path: Path) -> None:
    body = path.read_bytes()
    try:
        decode(body)
    except ReadError:
        pytest.skip("a page that can't be read")
    same(body)


@pytest.mark.parametrize(
    "body",
    [
        '<a href="/a">jeden</a> i <a href="/b">dwa</a>, a dalej tekst',
        '<p>przed <a href="/a" title="tytuł"></a> po</p>',
        '<nav><a href="/a">Menu</a></nav><main><a href="/a">Treść</a></main>',
        '<div class="sidebar"><a href="/a">bok</a></div><h1>Tytuł</h1>',
        '<a href="/a"><img src="x" alt="obraz"></a>',
        '<a href="/a"><span>Wiado</span>mość<script>x()</script></a>',
        '<head><base href="/inna/"><link rel="canonical" href="k"></head><a href="b">b</a>',
        '<link rel="alternate" type="application/rss+xml" href="/feed" title="Kanał">',
        '<a href="javascript:x()">x</a><a href="mailto:a@b.pl">m</a><a href="//">?</a><a href="http://[::1">z</a>',
        '<template><a href="/ukryte">u</a></template><div hidden><a href="/skryte">s</a></div>',
        '<iframe src="/ramka" title="Ramka"></iframe><frame src="/stara">',
        '<ul><li><a href="/1">1</a><li><a href="/2" rel="next">2</a></ul>',
        '<header><a href="/h">h</a></header><article><header><a href="/i">i</a></header><footer><a href="/j">j</a>',
    ],
)
def test_links_are_those_of_the_thorough_reader(body: str) -> None:
    same(body.encode())


HEADLINES = """<main><h1>Wieści</h1>
<div class="c"><h3><a href="/1">Krok naprzód</a></h3><p>Wchodzimy do związku miast.</p></div>
<div class="c"><h3><a href="/2">Jarmark</a></h3><p>W sobotę na rynku.</p></div>
<h2>Rejestry</h2><ul><li><a href="/5">Uchwały</a></li><li><a href="/6">Sesje</a></li></ul><p>Coś innego.</p></main>"""
TEASERS = """<main>
<div class="c"><div>12.02.2025</div><div>Radni byli zgodni.</div><a href="/3">więcej</a></div>
<div class="c"><div>13.02.2025</div><div>Koncert.</div><p><a href="/4">czytaj dalej</a></p></div></main>"""


@pytest.mark.parametrize(
    ("markup", "contexts"),
    [
        (HEADLINES, ["Krok naprzód Wchodzimy do związku miast.", "Jarmark W sobotę na rynku.", "Uchwały", "Sesje"]),
        (TEASERS, ["12.02.2025 Radni byli zgodni. więcej", "13.02.2025 Koncert. czytaj dalej"]),
    ],
)
def test_the_card_of_a_link_is_its_context_for_both_readers(markup: str, contexts: list[str]) -> None:
    fast = fast_links(markup)
    assert fast is not None
    for found in (fast, page_links(markup.encode(), url=URL)):
        assert [link.context for link in found.links] == contexts


PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<div>", "</div>", "<nav>", "</nav>", "<main>", "</main>", "<b>", "</b>", "<li>", "<br>"),
        *('<a href="/a">', '<a href="b?c=d" rel="NEXT">', "</a>", "<div class=menu>", "<h1>", "</h1>", "<footer>"),
        "słowo ",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_markup_gives_the_same_addresses(markup: str) -> None:
    body = markup.encode()
    thorough = page_links(body, url=URL)
    fast = fast_links(markup)
    if fast is not None:
        assert [link.url for link in fast.links] == [link.url for link in thorough.links]
        assert [link.main for link in fast.links] == [link.main for link in thorough.links]


def test_what_the_fast_parser_can_not_read_is_left_to_the_thorough_one() -> None:
    assert fast_links("<div>" * 500 + "tekst") is None


def test_the_guard_stands_before_it() -> None:
    with pytest.raises(LimitExceeded):
        fast_links("<p " + " ".join(f"a{n}" for n in range(5000)) + ">")


@pytest.mark.parametrize(
    "markup",
    [
        "".join(f"<a href=/{n}></a>" for n in range(9_000)),
        "".join(f'<a href=/{n} title="t"></a>' for n in range(6_000)),
        "słowo " * 20_000 + "".join(f"<a href=/{n}>x</a>" for n in range(3_000)),
        "".join(f"<div><a href=/{n}>x</a></div>" for n in range(900)) + "<p></p>" * 14_000,
    ],
    ids=["no words", "titles", "one long line", "empty blocks"],
)
def test_many_links_beside_each_other_take_no_long(markup: str) -> None:
    began = time.thread_time()
    assert fast_links(markup) is not None
    assert time.thread_time() - began < 2


ORIGINS = ("https://www.miasto.example", "http://Miasto.EXAMPLE:8080", "https://żory.example:443", "http://[::1]:8443")
HREFS = st.text("ab/Z09_-.~,?=&%;:+#@ żé", max_size=14) | st.text("a1/.~?=&-", max_size=12)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(ORIGINS), HREFS, st.booleans(), st.sampled_from(["utf-8", "windows-1250"]))
def test_a_link_leads_where_it_leads_by_all_the_rules(origin: str, path: str, whole: bool, encoding: str) -> None:
    url = f"{origin}/a/b?c=1"
    href = f"{origin}/{path}" if whole else f"/{path}"
    # "&#0" in markup would be a character, not these three
    found = fast_links(f'<a href="{escape(href)}">dalej</a>', url=url, encoding=encoding)
    assert found is not None
    expected = resolve(href, url, encoding=encoding)
    assert [link.url for link in found.links] == ([expected] if expected else [])


def test_most_links_are_resolved_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str | None] = []

    def counted(href: str | None, base: str, *, encoding: str = "utf-8") -> str | None:
        asked.append(href)
        return resolve(href, base, encoding=encoding)

    monkeypatch.setattr("zmpwatch.read.skim.resolve", counted)
    links = "".join(f'<a href="/aktualnosci/{n}-z-miasta.html?strona={n}">Numer {n}</a>' for n in range(50))
    found = fast_links(f'{links}<a href="../kontakt">Kontakt</a>')
    assert found is not None
    assert len(found.links) == 51
    assert asked == ["/", "../kontakt"]

"""Bulletins: from the menu to the council, its registers, and the file behind a resolution."""

from __future__ import annotations

import pytest
from crawl.web import ASSOCIATION, Keeper, Reply, Web, html, plan, settings, visit

from spiders.bip import BipSpider
from zmpwatch.crawl.scoring import LinkScorer

PDF = Reply(b"%PDF-1.4\n%%EOF\n", headers={"Content-Type": "application/pdf"})


def test_way_down_to_the_file() -> None:
    routes = {
        "/": html(
            "BIP",
            '<a href="/?c=1">Rada Miejska</a><a href="/?c=2">Oświadczenia majątkowe</a><a href="/?c=3">Przetargi</a>',
        ),
        "/?c=1": html("Rada", '<a href="/?c=10">Uchwały Rady Miejskiej</a><a href="/?c=11">Sesje</a>'),
        "/?c=10": html("Uchwały", '<a href="/?c=100">Kadencja 2024-2029</a><a href="/?c=10&amp;page=2">2</a>'),
        "/?c=10&page=2": html("Uchwały 2", '<a href="/?a=200">Uchwała w sprawie wystąpienia ze stowarzyszenia</a>'),
        "/?c=100": html("Kadencja", '<a href="/?a=77">Uchwała w sprawie przystąpienia do Związku Miast Polskich</a>'),
        "/?a=77": html(
            "Uchwała", '<p>Uchwała w sprawie przystąpienia <a href="/Download/get/id,77.html">Pobierz</a></p>'
        ),
        "/Download/get/id,77.html": PDF,
        "/?c=11": html("Sesje", ""),
        "/?a=200": html("Uchwała 200", ""),
    }
    with Web(routes) as web:
        sink = visit(plan(web.url(), family="bip"), Keeper(), settings(web.netloc))
    assert set(routes) <= set(web.paths)
    assert not {"/?c=2", "/?c=3"} & set(web.paths)
    assert sink.report.failures == []


@pytest.mark.parametrize(
    "path",
    [
        "/Download/get/id,77.html",
        "/api/attachments/512",
        "/pliki/akt-12.pdf",
        "/zalaczniki/12/345",
        "/getfile?id=7",
        "/index.php/pobierz/9",
        "/u/XII-77.docx",
    ],
)
def test_attachment_is_worth_the_words_beside_it(path: str) -> None:
    spider = BipSpider(url="https://bip.miasto.pl/")
    spider.scorer = LinkScorer(ASSOCIATION, BipSpider.terms)
    about = "Uchwała w sprawie przystąpienia do Związku Miast Polskich Pobierz"
    other = "Cennik miejsc na targowisku Pobierz"
    url = f"https://bip.miasto.pl{path}"
    assert spider.promise(url, "Pobierz", about, "") > 60
    assert spider.promise(url, "Pobierz", other, "") < spider.threshold
    assert spider.heir(url) > spider.heir("https://bip.miasto.pl/?c=5")


def test_document_without_promise_is_not_fetched() -> None:
    resolution = '<p><a href="/uchwala-1.pdf">Uchwała w sprawie przystąpienia</a></p>'
    home = html("BIP", f'<p><a href="/cennik.pdf">Cennik</a></p>{resolution}')
    with Web({"/": home, "/cennik.pdf": PDF, "/uchwala-1.pdf": PDF}) as web:
        sink = visit(plan(web.url(), family="bip"), Keeper(), settings(web.netloc))
    assert [p.url for p in sink.pages] == [web.url("/"), web.url("/uchwala-1.pdf")]

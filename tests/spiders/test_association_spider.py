"""The association's own site: counter, listings, press, static pages and the member list."""

from __future__ import annotations

import pytest
from crawl.web import Keeper, Web, html, plan, settings, visit

SLUG = "/aktualnosci/kolejne-miasta-przystepuja-do-zmp"


def item(title: str) -> str:
    return html(title, f"<h1>{title}</h1><p>Opublikowano: 05.03.2025</p>")


def routes() -> dict[str, str]:
    leaves = "".join(f'<a href="/aktualnosci?page={n}">{n}</a>' for n in (2, 3))
    noise = "".join(f'<a href="/aktualnosci/szkolenie-{n}">Szkolenie numer {n}</a>' for n in range(30))
    return {
        "/": html(
            "Strona główna",
            '<div>Jest z nami <b>381</b> miast</div><a href="/aktualnosci">Aktualności</a>'
            f'<a href="{SLUG}">Kolejne miasta przystępują</a><a href="/polityka-prywatnosci">Polityka prywatności</a>',
        ),
        "/aktualnosci": html(
            "Aktualności", f'{leaves}{noise}<a href="/aktualnosci/zmiany-w-ustawie">Zmiany w ustawie</a>'
        ),
        "/aktualnosci?page=2": html("2", '<a href="/aktualnosci/powrot-po-latach">Miasto powraca po latach</a>'),
        "/aktualnosci?page=3": html("3", '<a href="/aktualnosci/w-poczet-czlonkow">Przyjęto w poczet członków</a>'),
        "/informacje-prasowe": html("Prasa", "<p>Informacja prasowa</p>"),
        "/miasta/wg-wojewodztw": html("Lista", "<h2>podlaskie</h2><p>1. Augustów</p>"),
        "/strony/o-zwiazku-miast-polskich": html("O związku", "<p>Zrzesza miasta</p>"),
        "/strony/jak-przystapic-do-zmp": html("Jak przystąpić", "<p>Uchwała rady</p>"),
        SLUG: html("Kolejne miasta", f'<a href="{SLUG}?page=2">2</a><a href="{SLUG}?page=3">3</a>'),
        f"{SLUG}?page=2": html("bliźniak", "to samo inaczej"),
        "/aktualnosci/powrot-po-latach": item("Powrót"),
        "/aktualnosci/w-poczet-czlonkow": item("W poczet"),
        "/aktualnosci/zmiany-w-ustawie": item("Zmiany w ustawie"),
        **{f"/aktualnosci/szkolenie-{n}": item(f"Szkolenie {n}") for n in range(30)},
    }


@pytest.fixture
def sink_and_paths() -> tuple[Keeper, list[str]]:
    with Web(routes()) as web:
        sink = visit(plan(web.url(), family="association"), Keeper(), settings(web.netloc, requests_per_visit=20))
        return sink, web.paths


def test_counter_comes_first_then_what_names_members(sink_and_paths: tuple[Keeper, list[str]]) -> None:
    sink, paths = sink_and_paths
    assert paths[0] == "/"
    assert b"381" in sink.pages[0].body
    for path in (
        "/aktualnosci",
        "/miasta/wg-wojewodztw",
        "/informacje-prasowe",
        "/strony/o-zwiazku-miast-polskich",
        "/strony/jak-przystapic-do-zmp",
        SLUG,
        "/aktualnosci?page=2",
        "/aktualnosci?page=3",
        "/aktualnosci/powrot-po-latach",
        "/aktualnosci/w-poczet-czlonkow",
    ):
        assert path in paths, path
    assert sink.report.failures == []


def test_twins_of_an_item_and_trainings_cost_nothing(sink_and_paths: tuple[Keeper, list[str]]) -> None:
    _, paths = sink_and_paths
    assert not [p for p in paths if p.startswith(SLUG) and p != SLUG]
    assert not [p for p in paths if "szkolenie" in p or "prywatnosci" in p]


def test_hosts_of_the_association_are_mirrors() -> None:
    with Web({}, host="127.0.0.6") as other:
        home = html("Główna", f'<a href="{SLUG}">Kolejne miasta</a><a href="{other.url(SLUG)}">Kolejne miasta</a>')
        other.routes[SLUG] = item("drugi adres")
        with Web({"/": home, SLUG: item("pierwszy adres")}) as web:
            one = plan(web.url(), family="association", hosts=(other.netloc,))
            sink = visit(one, Keeper(), settings(web.netloc, other.netloc))
    assert other.paths == []
    assert [p.url for p in sink.pages] == [web.url("/"), web.url(SLUG)]

"""Each page once, at its best promise; what was weighed is not weighed again."""

from __future__ import annotations

from dataclasses import replace

from crawl.web import NOW, Keeper, Reply, Web, html, plan, settings, visit
from zmpwatch.crawl.frontier import NEVER, Found, Frontier
from zmpwatch.crawl.state import VisitState
from zmpwatch.crawl.urls import page_key
from zmpwatch.model import KnownPage

BASE = "http://miasto.pl"
WORTH = {"": 0.0, "nic": 1.0, "uchwała": 20.0, "zmp": 60.0, "obraz": NEVER}


def frontier(known: dict[str, KnownPage] | None = None) -> tuple[Frontier, list[str]]:
    weighed: list[str] = []

    def promise(url: str, anchor: str, context: str, rel: str) -> float:
        weighed.append(url)
        return WORTH[anchor]

    state = VisitState.open(plan(f"{BASE}/", known=known or {}), settings(), lambda: NOW)
    return Frontier(state, promise, page_key, threshold=10.0, documents=30.0), weighed


def test_best_first_and_the_rest_not_at_all() -> None:
    front, _ = frontier()
    found = [
        Found(f"{BASE}/a", "nic"),
        Found(f"{BASE}/b", "uchwała"),
        Found(f"{BASE}/c", "zmp"),
        Found(f"{BASE}/d.pdf", "uchwała"),
        Found(f"{BASE}/e.pdf", "zmp"),
        Found("http://inne.pl/f", "zmp"),
        Found(f"{BASE}/g", "obraz", bonus=100.0),
        Found(f"{BASE}/h", "nic", bonus=50.0),
    ]
    assert [(c.url, c.promise) for c in front.best(found)] == [
        (f"{BASE}/c", 60.0),
        (f"{BASE}/e.pdf", 60.0),
        (f"{BASE}/h", 51.0),
        (f"{BASE}/b", 20.0),
    ]


def test_page_is_queued_again_only_for_a_better_promise() -> None:
    front, _ = frontier()
    assert [
        c.again for c in front.best([Found(f"{BASE}/a", "uchwała"), Found(f"{BASE}/a/?utm_source=x", "uchwała")])
    ] == [False]
    assert front.best([Found(f"{BASE}/a", "uchwała", bonus=5.0)]) == []
    (better,) = front.best([Found(f"{BASE}/a", "zmp")])
    assert (better.again, better.promise) == (True, 60.0)
    assert front.best([Found(f"{BASE}/a", "zmp")]) == []


def test_menu_is_weighed_once_and_other_sites_never() -> None:
    front, weighed = frontier()
    menu = [Found(f"{BASE}/{n}", "nic") for n in range(50)] + [Found("http://inne.pl/", "zmp")]
    for _ in range(3):
        assert front.best(menu) == []
    assert len(weighed) == 50


def test_page_that_was_read_and_silent_comes_later_and_is_no_news() -> None:
    silent = KnownPage(url=f"{BASE}/lista")
    front, _ = frontier({silent.url: silent, f"{BASE}/mowi": replace(silent, url=f"{BASE}/mowi", statements=1)})
    found = [
        Found(silent.url, "uchwała", news=30.0),
        Found(f"{BASE}/mowi", "uchwała", news=30.0),
        Found(f"{BASE}/nowa", "uchwała", news=30.0),
    ]
    assert [(c.url, c.promise) for c in front.best(found)] == [
        (f"{BASE}/nowa", 50.0),
        (f"{BASE}/mowi", 20.0),
        (silent.url, 12.0),
    ]
    front, _ = frontier({silent.url: silent})
    assert front.best([Found(silent.url, "nic", news=30.0)]) == []


def test_page_queued_twice_is_fetched_once_and_early() -> None:
    """The menu names it in passing, a page found later says that it is about us: it overtakes what lay between."""
    others = "".join(f'<li><a href="/wiadomosc-{n}">Wiadomość {n}</a></li>' for n in range(12))
    routes = {
        "/": html(
            "Miasto", f'<ul><li><a href="/sesja">Sesja Rady</a></li>{others}<li><a href="/x">Wydarzenie</a></li></ul>'
        ),
        "/sesja": html("Sesja", '<p><a href="/x">Miasto w Związku Miast Polskich</a></p>'),
        "/x": html("X"),
        **{f"/wiadomosc-{n}": html(str(n)) for n in range(12)},
    }
    with Web(routes) as web:
        sink = visit(plan(web.url()), Keeper(), settings(web.netloc))
    assert web.paths.count("/x") == 1
    order = [p.url.removeprefix(f"http://{web.netloc}") for p in sink.pages]
    assert order[:3] == ["/", "/sesja", "/x"]


def test_body_that_is_served_everywhere_is_a_trap() -> None:
    links = "".join(f'<a href="/wiadomosc-{n}">Wiadomość {n}</a>' for n in range(40))
    with Web({"/": html("Miasto", links), **{f"/wiadomosc-{n}": html("Ta sama") for n in range(40)}}) as web:
        sink = visit(plan(web.url()), Keeper(), settings(web.netloc))
    assert len(sink.pages) == 2
    assert [str(trap.kind) for trap in sink.report.traps] == ["one page under ever new addresses"]
    assert sink.report.capped == []
    # twelve in a row tell it; of the others one in four is asked for all the same, since it may be a wall before some
    asked = [path for path in web.paths if path.startswith("/wiadomosc-")]
    assert 12 < len(asked) <= 13 + 28 / 4 + 1


def test_what_is_of_another_kind_is_read_all_the_same() -> None:
    """Sessions without an agenda are alike byte for byte; that says nothing of the lists of votes."""
    sessions = {f"/sesja/{n}": html("Sesja rady", "Porządek obrad") for n in range(30)}
    votes = {f"/glosowania/{n}": html("Wyniki głosowań", f"Punkt {n}") for n in range(5)}
    links = "".join(f'<a href="{path}">Sesja rady</a>' for path in [*sessions, *votes])
    with Web({"/": html("Miasto", links), **sessions, **votes}) as web:
        sink = visit(plan(web.url(), family="bip"), Keeper(), settings(web.netloc))
    assert set(votes) <= set(web.paths)
    assert len([path for path in web.paths if path in sessions]) < 20
    assert len(sink.report.traps) == 1


def test_files_that_are_alike_are_no_trap() -> None:
    files = {
        f"/pobierz/{n}": Reply(b"%PDF-1.4\n%%EOF\n", headers={"Content-Type": "application/pdf"}) for n in range(18)
    }
    links = "".join(f'<a href="{path}">Uchwała w sprawie przystąpienia</a>' for path in files)
    with Web({"/": html("Miasto", links), **files}) as web:
        sink = visit(plan(web.url(), family="bip"), Keeper(), settings(web.netloc))
    assert set(files) <= set(web.paths)
    assert sink.report.traps == []

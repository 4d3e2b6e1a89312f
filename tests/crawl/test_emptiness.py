"""Lists that say they are empty, and pages that only speak of something missing."""

from __future__ import annotations

import pytest

from crawl.web import Keeper, Web, html, plan, settings, visit
from zmpwatch.crawl.emptiness import says_it_is_empty
from zmpwatch.judge import Findings, judge_visit
from zmpwatch.model import Verdict


@pytest.mark.parametrize(
    "text",
    [
        "Brak aktualności",
        "Brak wpisów do wyświetlenia.",
        "Nie znaleziono żadnych wyników.",
        "Obecnie brak ogłoszeń",
        "Lista jest pusta",
        "Nie dodano jeszcze żadnych dokumentów.",
    ],
)
def test_markers(text: str) -> None:
    assert says_it_is_empty(html("Rejestr", f"<h1>Rejestr uchwał</h1><div><p>{text}</p></div>"))


@pytest.mark.parametrize(
    "text",
    [
        "Radny zarzucił burmistrzowi brak informacji o remoncie.",
        "Brak dokumentów, których zażądała komisja, " + "sprawił, że sesję przerwano, " * 5,
        "Zabrakło wpisów",
        "<script>var empty = 'Brak wyników';</script>",
    ],
)
def test_no_markers(text: str) -> None:
    assert not says_it_is_empty(html("Rejestr", f"<p>{text}</p>"))


def test_an_empty_list_is_proven_empty() -> None:
    with Web({"/": html("Rejestr uchwał", "<p>Brak uchwał do wyświetlenia.</p>")}) as web:
        sink = visit(plan(web.url(), family="bip"), Keeper(), settings(web.netloc))
    assert sink.report.proven_empty
    assert judge_visit(sink.report, Findings(read=1, new_texts=1))[0] is Verdict.PROVEN_EMPTY
    assert Verdict.PROVEN_EMPTY.healthy


def test_a_marker_beside_links_proves_nothing() -> None:
    body = '<p>Brak aktualności</p><a href="/uchwaly">Uchwały rady</a>'
    with Web({"/": html("Miasto", body), "/uchwaly": html("Uchwały")}) as web:
        sink = visit(plan(web.url()), Keeper(), settings(web.netloc))
    assert not sink.report.proven_empty

"""What a link promises: the association's name in any case form, the words around it, never an image."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl.web import ASSOCIATION
from zmpwatch.crawl.scoring import LinkScorer, fold, is_document, is_pagination, nearness

SCORER = LinkScorer(ASSOCIATION, {r"uchwal": 10.0, r"galeri": -20.0})
BASE = "https://miasto.pl"


@pytest.mark.parametrize(
    "text",
    [
        "Związek Miast Polskich",
        "w Związku Miast Polskich",
        "przystąpienie do ZWIĄZKU MIAST POLSKICH",
        "ze Związkiem Miast Polskich",
        "zwiazku-miast-polskich",
        "członkowie ZMP",
        "zmp_2024",
    ],
)
def test_name_is_known_in_every_form(text: str) -> None:
    assert SCORER.text(text) >= 60


@pytest.mark.parametrize(
    "text", ["", "związek zawodowy", "Związek Gmin Wiejskich", "zmprowadzenie", "polskie miasta", "miasto"]
)
def test_other_bodies_are_not_taken_for_it(text: str) -> None:
    assert SCORER.text(text) <= 0


def test_place_of_a_word_counts() -> None:
    anchor = SCORER.link(f"{BASE}/1", "Uchwała")
    slug = SCORER.link(f"{BASE}/uchwala", "czytaj")
    context = SCORER.link(f"{BASE}/1", "Rynek", "Uchwała nr 4")
    folder = SCORER.link(f"{BASE}/uchwala/rynek", "czytaj")
    assert anchor > slug > context > folder > 0
    # where the link itself says nothing, what stands around it is all there is
    assert SCORER.link(f"{BASE}/1", "Czytaj więcej", "Uchwała nr 4") == slug
    assert SCORER.link(f"{BASE}/galeria/uchwala", "Galeria") < anchor


@pytest.mark.parametrize(("path", "document"), [("/a.html.gz", False), ("/b.txt.gz", False), ("/c.PDF.gz", True)])
def test_what_its_author_packed_is_followed_as_what_it_is(path: str, document: bool) -> None:
    url = f"{BASE}{path}"
    assert SCORER.link(url, "Związek Miast Polskich") > 0
    assert is_document(url) is document


@pytest.mark.parametrize("path", ["/a.jpg", "/b.PNG", "/c.rar", "/d.mp4", "/e.css", "/f.xlsx", "/g.tar.gz", "/h.gz"])
def test_what_holds_no_text_is_never_followed(path: str) -> None:
    assert SCORER.link(f"{BASE}{path}", "Uchwała o przystąpieniu do ZMP") < -500


@pytest.mark.parametrize(
    ("url", "anchor", "rel"),
    [
        ("/aktualnosci?page=2", "2", ""),
        ("/aktualnosci?page=2", "", ""),
        ("/aktualnosci/strona/3", "Starsze wpisy", ""),
        ("/category/news/page/4/", "»", ""),
        ("/lista?start=20", "Następna", ""),
        ("/x", "dalej", "next"),
        ("/kategoria/5-uchwaly?lang=PL&page=2", "2", ""),
    ],
)
def test_pagination_is_told(url: str, anchor: str, rel: str) -> None:
    assert is_pagination(f"{BASE}{url}", anchor, rel)


@pytest.mark.parametrize(
    ("url", "anchor"),
    [("/page-o-nas", "O nas"), ("/dalej", "dalej"), ("/sesja-12", "Sesja 12"), ("/strona-glowna", "Start"), ("/", "1")],
)
def test_other_links_are_no_pagination(url: str, anchor: str) -> None:
    assert not is_pagination(f"{BASE}{url}", anchor, "")


def test_documents_are_told_by_their_ending() -> None:
    assert is_document(f"{BASE}/a/Uchwala.PDF?x=1")
    assert is_document(f"{BASE}/a.docx")
    assert not is_document(f"{BASE}/pdf/a.html")


@given(st.text(max_size=80))
def test_folding_gives_plain_words(text: str) -> None:
    folded = fold(text)
    assert folded == fold(folded)
    assert set(folded) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert SCORER.text(text) == SCORER.text(text.upper()) or not text.isascii()


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("2025", 1.0),
        ("Archiwum 2024", 0.75),
        ("/2021/", 0.0),
        ("w roku 2026", 1.0),
        ("2099", 0.0),
        ("nr 202504", 0.0),
        ("", 0.0),
    ],
)
def test_the_present_year_is_nearest(text: str, worth: float) -> None:
    assert nearness(text, 2025) == worth


def test_visits_share_a_scorer_and_it_forgets_before_it_grows() -> None:
    terms = {r"uchwal": 10.0}
    shared = LinkScorer.shared(ASSOCIATION, terms)
    assert shared is LinkScorer.shared(ASSOCIATION, dict(terms))
    assert shared is not LinkScorer.shared(ASSOCIATION, {r"uchwal": 11.0})
    for number in range(25_000):
        assert shared.text(f"Aktualności {number}") == 0.0
    assert shared.text("Uchwały Rady") == 10.0
    assert len(shared._weighed) <= 10_000

"""Walls before a page: the kind expected stands in the name of each file of walls/ (docs/faults.md 55, 59)."""

import time
from pathlib import Path

import pytest

from zmpwatch.crawl.failure import FetchFailure
from zmpwatch.crawl.wrongpage import check_right_page, shows_much
from zmpwatch.model import FailureKind

CASES = sorted((Path(__file__).parent / "walls").glob("*.html"))


def kind_of(markup: str, status: int = 200, **headers: str) -> str:
    try:
        check_right_page(markup, headers, status)
    except FetchFailure as failure:
        return failure.kind.value
    return "right"


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_page_is_told_from_wall(path: Path) -> None:
    assert kind_of(path.read_text(encoding="utf-8")) == path.name.split("--")[0]


def test_there_are_cases_of_each_kind() -> None:
    assert {path.name.split("--")[0] for path in CASES} == {"right", FailureKind.CHALLENGE, FailureKind.WRONG_PAGE}


@pytest.mark.parametrize("encoding", ["utf-8", "cp1250", "iso8859-2", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("path", [path for path in CASES if not path.name.startswith("right")], ids=lambda p: p.stem)
def test_no_wall_shows_much(path: Path, encoding: str) -> None:
    assert not shows_much(path.read_text(encoding="utf-8").encode(encoding, "replace"))


@pytest.mark.parametrize(
    ("markup", "much"),
    [
        ("<title>Just a moment...</title>" + "<p>Miasto ogłasza przetarg. " * 100, True),
        ("<title>Just a moment...</title>" + "ą" * 1499, False),
        ("<title>Just a moment...</title><script>" + "var a = 1; " * 1000, False),
        ("<title>Just a moment...</title><style>" + "p {}" * 1000 + "</style><svg>" + "M" * 5000, False),
        ("<title>Just a moment...</title>" + " \n" * 5000, False),
        ("<title>Just a moment...</title><a href='" + "x" * 40_000, False),
    ],
)
def test_text_is_counted_as_it_shows(markup: str, much: bool) -> None:
    assert shows_much(markup.encode()) is much
    if much:
        assert kind_of(markup) == "right"


def test_header_of_the_server_decides() -> None:
    assert kind_of("<h1>Miasto</h1>", 403, **{"cf-mitigated": "challenge"}) == "challenge"


def test_error_page_of_an_error_status_is_left_to_the_status() -> None:
    assert kind_of("<title>Nie znaleziono strony</title>", 404) == "right"
    assert kind_of("<title>Just a moment...</title>", 403) == "challenge"


@pytest.mark.parametrize("bait", ["<", "<title", "<script", "<script>", "<h1 ", "</", "<a b=<", "<noscript x"])
def test_hostile_markup_takes_linear_time(bait: str) -> None:
    began = time.process_time()
    assert kind_of(bait * (400_000 // len(bait))) == "right"
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "markup",
    [
        "<title>miasto.example</title><h1>Ta domena jest na sprzedaż</h1>",
        '<title>miasto.example</title><iframe src="https://www.sedoparking.com/frmpark/x"></iframe>',
        "<title>miasto.example</title><p>This domain may be for sale. <a href=x>Learn more</a></p>",
    ],
)
def test_a_lapsed_domain_is_no_page(markup: str) -> None:
    with pytest.raises(FetchFailure, match="lapsed") as caught:
        check_right_page(markup, {}, 200)
    assert caught.value.kind is FailureKind.WRONG_PAGE


def test_news_of_a_domain_for_sale_is_a_page() -> None:
    assert kind_of("<title>Aktualności</title><p>Buy this domain! " + "Miasto sprzedaje adres. " * 100) == "right"

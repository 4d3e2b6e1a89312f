"""Front pages that are none of a site's: what is expected stands in the name of each file of fronts/."""

import time
from pathlib import Path

import pytest

from crawl.web import Keeper, Reply, Route, Web, html, plan, settings, visit
from zmpwatch.crawl.failure import FetchFailure
from zmpwatch.crawl.frontpage import check_front_page
from zmpwatch.crawl.wrongpage import check_right_page, shows_much
from zmpwatch.model import FailureKind

FRONTS = Path(__file__).parent / "fronts"
CASES = sorted(FRONTS.glob("*.html"))
CALLED = {
    "default": ("the default page of a server", "a fault of the server"),
    "unbuilt": ("a page that stands in", "a maintenance page"),
    "listing": ("a list of files",),
    "closed": ("a page that stands in for a site that was closed",),
}
"""How what is recognised begins; some is known as a wall, wherever it stands."""


def told(markup: str, url: str = "https://lipniki.example/") -> str | None:
    try:
        check_right_page(markup, {}, 200)
        check_front_page(markup, url, much=shows_much(markup.encode()))
    except FetchFailure as failure:
        return failure.detail if failure.kind is FailureKind.WRONG_PAGE else f"{failure.kind}?"
    return None


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_front_page_of_nobody_is_told_from_one_of_a_town(path: Path) -> None:
    said = told(path.read_text(encoding="utf-8"))
    expected = CALLED.get(path.name.split("--")[0])
    assert said is None if expected is None else said is not None and said.startswith(expected), said


def test_there_are_cases_of_each_kind() -> None:
    assert {path.name.split("--")[0] for path in CASES} == {"right", *CALLED}


def test_a_list_of_files_in_a_folder_is_a_way_to_documents() -> None:
    listing = "<title>Index of /uchwaly</title><h1>Index of /uchwaly</h1><a href=1.pdf>1.pdf</a>"
    assert told(listing, "https://lipniki.example/uchwaly/") is None
    assert told(listing) is not None


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_visit_reads_no_such_page_and_follows_nothing_of_it(path: Path) -> None:
    routes: dict[str, Route] = {"/": path.read_text(encoding="utf-8"), "/robots.txt": Reply("", 404)}
    with Web(routes) as web:
        sink = visit(plan(web.url()), Keeper(), settings(web.netloc))
    right = path.name.startswith("right")
    assert [page.url for page in sink.pages][:1] == ([web.url()] if right else [])
    assert sink.kinds() == ([] if right else [FailureKind.WRONG_PAGE])


def test_such_pages_elsewhere_are_read() -> None:
    listing = (FRONTS / "listing--apache.html").read_text(encoding="utf-8")
    front = html("Gmina Lipniki", '<p>Gmina wiejska.</p><a href="/uchwaly/">Uchwały rady gminy</a>')
    with Web({"/": front, "/uchwaly/": listing, "/robots.txt": Reply("", 404)}) as web:
        sink = visit(plan(web.url()), Keeper(), settings(web.netloc))
    assert web.url("/uchwaly/") in [page.url for page in sink.pages]


@pytest.mark.parametrize("bait", ["<", "<title", "<h1>", "<script>", "<a ", "Index of /", "strona w ", "strona a "])
def test_hostile_markup_takes_linear_time(bait: str) -> None:
    began = time.process_time()
    assert told("<p>" + bait * (400_000 // len(bait))) is None
    assert time.process_time() - began < 2

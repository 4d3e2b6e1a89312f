"""Sites whose front page is nobody's, or is as it was while the rest is not: the operator is woken, nobody is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from read.documents import make_docx

from zmpwatch.model import Visit
from zmpwatch.service.moving import LAPSED

from .conftest import Crawl
from .world import Answer, Site, World

HAJNOWKA = "2005011"
FRONTS = Path(__file__).parent.parent / "crawl" / "fronts"
NEWS = (
    "<p>Uchwałę w sprawie przystąpienia Hajnówki do Związku Miast Polskich podjęła 26 lutego 2025 r. rada miasta.</p>"
)
HOME = '<h1>Miasto Hajnówka</h1><a href="/sesje">Sesje rady miasta</a><a href="/kiermasz">Kiermasz książek</a>'


@pytest.fixture
def town(world: World) -> Site:
    """The web site of Hajnówka, as it should be."""
    world.entries = []
    site = world.add("hajnowka", "municipal", HAJNOWKA)
    site.put("/", HOME, title="Miasto Hajnówka")
    site.put("/sesje", "<h1>Sesje</h1><p>Rada zbierze się w piątek w ratuszu.</p>")
    site.put("/kiermasz", "<p>Kiermasz książek w bibliotece potrwa do soboty.</p>")
    return site


def visited(run: Crawl) -> Visit:
    (visit,) = [visit for visit in run().routine if visit.site == "hajnowka"]
    return visit


def put_raw(site: Site, markup: bytes) -> None:
    site.pages["/"] = Answer(markup)


@pytest.mark.parametrize("name", ["listing--apache", "default--nginx", "default--it-works", "unbuilt--title"])
def test_a_front_page_of_nobody_is_never_well_however_often_it_is_seen(
    world: World, town: Site, run: Crawl, name: str
) -> None:
    put_raw(town, (FRONTS / f"{name}.html").read_bytes())
    for path in ("/sesje", "/kiermasz"):
        del town.pages[path]
    told = []
    for _ in range(4):
        result = run()
        world.later(hours=12)
        (visit,) = [visit for visit in result.routine if visit.site == "hajnowka"]
        assert (visit.verdict, visit.statements) == ("broken", 0)
        told += [change.kind for change in result.changes]
    assert told == ["site_broken"]


def test_pages_known_from_before_are_read_behind_a_list_of_files(world: World, town: Site, run: Crawl) -> None:
    town.put("/sesje", NEWS)
    assert visited(run).verdict == "ok"
    world.later(hours=12)
    put_raw(town, (FRONTS / "listing--nginx.html").read_bytes())
    visit = visited(run)
    assert visit.verdict == "partial"
    assert any(problem.startswith("wrong_page: ") and "a list of files" in problem for problem in visit.problems)


@pytest.mark.parametrize(
    "markup",
    [
        "<html><head><title>Witaj</title></head><body><img src=kotek.png></body></html>",
        "<html><body><p>OK</p></body></html>",
        "<html><title>v2</title><body><p>Nowa odsłona już jest.</p><a href='https://hoster.example/'>Hosting</a></body></html>",
    ],
)
def test_a_bare_front_page_that_leads_nowhere_is_never_well(world: World, town: Site, run: Crawl, markup: str) -> None:
    town.pages.clear()
    put_raw(town, markup.encode())
    for _ in range(3):
        visit = visited(run)
        assert visit.verdict == "empty"
        assert [problem.partition(":")[0] for problem in visit.problems] == ["bare"]
        world.later(hours=12)
    town.put("/", HOME, title="Miasto Hajnówka")
    assert visited(run).verdict.healthy


@pytest.mark.parametrize(
    "markup",
    [
        "<html><title>Start</title><body><a href='/start'><img src=herb.png></a></body></html>",
        "<html><title>Start</title><body><p>Urząd czynny do 15.</p></body></html>",
        "<html><title>Start</title><body><h1>Aktualności</h1><p>Basen czynny do ósmej.</p></body></html>",
        "<html><title>Start</title><body><img src=herb.png alt='Herb Hajnówki'></body></html>",
    ],
)
def test_a_short_front_page_of_the_town_is_well(town: Site, run: Crawl, markup: str) -> None:
    town.pages.clear()
    town.put("/start", "<p>Kiermasz książek w bibliotece.</p>")
    put_raw(town, markup.encode())
    assert visited(run).verdict == "ok"


def test_a_document_for_a_front_page_is_no_bare_one(town: Site, run: Crawl) -> None:
    town.pages.clear()
    town.pages["/"] = Answer(make_docx(["Dzień dobry"]), 200, {"Content-Type": "application/octet-stream"})
    assert visited(run).verdict == "ok"


def test_a_budget_that_redirects_used_up_is_named(world: World, town: Site, run: Crawl) -> None:
    world.crawl["requests_per_visit"] = 4
    town.pages = {"/": Answer(b"", 302, {"Location": "/"})}
    visit = visited(run)
    assert visit.verdict == "empty"
    assert visit.problems == ("no page came: the budget of requests ran out before one did",)


def test_a_casino_behind_a_validator_that_never_changes_is_noticed_within_a_week(
    world: World, town: Site, run: Crawl
) -> None:
    """Whoever bought the domain, or a cache before it, answers 304 to all who know the page."""
    home = town.pages["/"]
    assert isinstance(home, Answer)
    validator = {"ETag": '"1"'}
    town.pages["/"] = Answer(home.body, 200, validator)
    assert visited(run).verdict == "ok"
    spam = "<p>Kasyno online z bonusem: darmowe spiny, ruletka, bukmacher.</p>" * 30
    casino = f"<html><title>Najlepsze kasyna</title><body>{spam}</body></html>".encode()
    town.pages = {"/": lambda: _as_it_was_or(town, Answer(casino, 200, validator))}
    days = 0.0
    while (visit := visited(run)).verdict.healthy:
        world.later(hours=12)
        days += 0.5
        assert days <= 7
    assert days >= 1, "the server was believed until its answer was a week old"
    assert visit.statements == 0
    assert visit.problems[0].startswith(f"{LAPSED}: the domain was sold")


def _as_it_was_or(site: Site, answer: Answer) -> Answer:
    asked = site.requests[-1][1]
    return Answer(b"", 304, {"ETag": '"1"'}) if "if-none-match" in asked else answer


def test_a_site_that_was_broken_into_is_told_though_its_front_page_is_as_it_was(
    world: World, town: Site, run: Crawl
) -> None:
    feed(town, ["/kiermasz"])
    assert visited(run).verdict.healthy
    told = []
    for day in range(4):
        world.later(hours=12)
        made = [f"/2025/03/bonus-{day}-{number}" for number in range(6)]
        for path in made:
            town.put(path, f"<p>Bonus z adresu {path} czeka.</p>", title="Kasyno online 2025 - Miasto Hajnówka")
        feed(town, made)
        result = run()
        (visit,) = [visit for visit in result.routine if visit.site == "hajnowka"]
        assert visit.verdict == "partial"
        assert visit.problems[0].startswith("spam: 6 of 6 new pages advertise gambling or the like, such as")
        told += [change.kind for change in result.changes]
    assert told == ["site_broken"]
    world.later(hours=12)
    assert [change.kind for change in run().changes] == ["site_recovered"]


def test_news_of_a_casino_are_news_of_the_town(world: World, town: Site, run: Crawl) -> None:
    feed(town, ["/kiermasz"])
    assert visited(run).verdict.healthy
    world.later(hours=12)
    made = [f"/2025/03/kasyno-{number}" for number in range(6)]
    for path in made:
        town.put(path, f"<p>Radni byli za, punkt {path}.</p>", title="Opinia o lokalizacji kasyna - Miasto Hajnówka")
    for number in range(4):
        made.append(f"/2025/03/piknik-{number}")
        town.put(made[-1], f"<p>Piknik numer {number}.</p>", title="Piknik")
    feed(town, made)
    assert visited(run).verdict == "ok"


def feed(site: Site, paths: list[str]) -> None:
    items = "".join(
        f"<item><title>Wpis {path}</title><link>{site.url.rstrip('/')}{path}</link></item>" for path in paths
    )
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>'
    site.pages["/feed/"] = Answer(body.encode(), 200, {"Content-Type": "application/rss+xml"})
    home = '<link rel="alternate" type="application/rss+xml" href="/feed/">'
    site.put("/", home + HOME, title="Miasto Hajnówka")


def test_a_paper_may_print_what_it_is_paid_for(world: World, town: Site, run: Crawl) -> None:
    world.entries[-1]["family"] = "press"
    feed(town, ["/kiermasz"])
    assert visited(run).verdict.healthy
    world.later(hours=12)
    made = [f"/sponsorowane/{number}" for number in range(6)]
    for path in made:
        town.put(path, f"<p>Artykuł sponsorowany {path}.</p>", title="Ranking: kasyno online 2025")
    feed(town, made)
    assert visited(run).verdict.healthy

"""A catalogue whose hosts have moved, lapsed or been taken over: noticed, told, and the new line proposed."""

from __future__ import annotations

import json
import re
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from zmpwatch.cli.application import run as program
from zmpwatch.config import load_config
from zmpwatch.model import Failure, FailureKind, Page, Purpose, VisitReport
from zmpwatch.model import Site as WatchedSite
from zmpwatch.register import load_register
from zmpwatch.service.catalogue import all_sites, unknown_hosts
from zmpwatch.service.moving import LAPSED, MOVED, STRANGER, Standing, is_its_own, move_of, proposal, what_stands_there

from .conftest import Crawl
from .world import Answer, Site, World

NOW = datetime(2025, 3, 7, 12, tzinfo=UTC)
HAJNOWKA = "2005011"
HOME = "<h1>Miasto Hajnówka</h1><p>Zapraszamy do Hajnówki na kiermasz książek w bibliotece.</p>"


@pytest.fixture
def country(world: World) -> World:
    """A catalogue of one voivodeship of which two hosts are there, and all others are not visited."""
    register = load_register()
    for name in ("www.hajnowka.pl", "bip.hajnowka.pl"):
        world.sites[name] = Site()
    moved: dict[str, str | None] = {
        host: None
        for municipality in register
        if municipality.voivodeship == "podlaskie"
        for host in (register.websites(municipality).www, register.websites(municipality).bip)
        if host
    }
    websites = register.websites(register.by_teryt(HAJNOWKA))
    assert websites.www
    moved[websites.www] = world.sites["www.hajnowka.pl"].url
    if websites.bip:
        moved[websites.bip] = world.sites["bip.hajnowka.pl"].url
        world.sites["bip.hajnowka.pl"].put("/", "<h1>BIP Hajnówka</h1><p>Rejestr uchwał Rady Miasta Hajnówka.</p>")
    world.sites["www.hajnowka.pl"].put("/", HOME)
    world.entries = [entry for entry in world.entries if entry["name"] == "zmp"]
    world.more = {"catalogue": {"enabled": True, "voivodeships": ["podlaskie"], "moved": moved}}
    return world


def asked(world: World, *arguments: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    path = world.write()
    capsys.readouterr()
    assert program(["--config", str(path), *arguments, "--json"]) in (0, 1)
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def of(rows: list[dict[str, object]], url: str) -> dict[str, object]:
    return next(row for row in rows if row.get("url") == url or row["site"] == url)


def name_at(world: World, url: str) -> str:
    return next(site.name for site in all_sites(world.config()) if site.url == url)


def test_every_municipality_of_a_voivodeship_is_watched_once(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("sites: []\ncatalogue: {enabled: true, voivodeships: [podlaskie], every: 2d}\n", encoding="utf-8")
    sites = all_sites(load_config(path, {}))
    register = load_register()
    there = [m for m in register if m.voivodeship == "podlaskie"]
    hosts = [host for m in there for host in (register.websites(m).www, register.websites(m).bip) if host]
    assert {site.municipality for site in sites} <= {m.teryt for m in there}
    assert len({re.sub("^www[.]", "", host) for host in hosts}) == len(sites) == len({site.name for site in sites})
    assert {site.family for site in sites} == {"municipal", "bip"}
    assert {site.every for site in sites} == {"2d"}


def test_a_host_is_visited_where_it_is_now_under_its_old_name(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    register = load_register()
    host = register.websites(register.by_teryt(HAJNOWKA)).www or ""
    bare = host.removeprefix("www.")
    text = "sites: []\ncatalogue: {enabled: true, voivodeships: [podlaskie]"
    path.write_text(f"{text}}}\n", encoding="utf-8")
    before = {site.name: site for site in all_sites(load_config(path, {}))}
    path.write_text(f"{text}, moved: {{{bare}: 'https://nowa.hajnowka.example/'}}}}\n", encoding="utf-8")
    after = {site.name: site for site in all_sites(load_config(path, {}))}
    assert before.keys() == after.keys()
    assert before[bare].url == f"https://{host}/"
    assert after[bare].url == "https://nowa.hajnowka.example/"
    path.write_text(f"{text}, moved: {{www.{bare}: null}}}}\n", encoding="utf-8")
    assert bare not in {site.name for site in all_sites(load_config(path, {}))}


def test_two_municipalities_that_moved_to_one_host_are_both_watched(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    moved: dict[str, str | None] = {
        "www.lipsk.pl": "https://samorzad.gov.pl/web/gmina-lipsk",
        "www.plaska.pl": "https://samorzad.gov.pl/web/plaska",
    }
    catalogue = {"enabled": True, "voivodeships": ["podlaskie"], "moved": moved | {"bip.nigdzie.example": None}}
    path.write_text(yaml.safe_dump({"sites": [], "catalogue": catalogue}), encoding="utf-8")
    config = load_config(path, {})
    assert {site.url for site in all_sites(config) if "samorzad" in site.url} == set(moved.values())
    assert unknown_hosts(config) == ("bip.nigdzie.example",)


def test_a_line_for_a_host_the_register_does_not_have_is_told(
    country: World, capsys: pytest.CaptureFixture[str]
) -> None:
    country.more["catalogue"]["moved"]["www.hajnowk.pl"] = "https://nowa.example/"
    assert program(["--config", str(country.write()), "check"]) == 0
    assert (
        "catalogue.moved: www.hajnowk.pl is no host of the register; the line does nothing" in capsys.readouterr().out
    )


def test_a_move_is_told_once(country: World, run: Crawl, capsys: pytest.CaptureFixture[str]) -> None:
    old = country.sites["www.hajnowka.pl"]
    old.pages["/"] = Answer(b"", 301, {"Location": "https://gmina.example/web/gmina"})
    run()
    problems = of(asked(country, "status", capsys=capsys), name_at(country, old.url))["problems"]
    assert isinstance(problems, list)
    assert [problem.partition(":")[0] for problem in problems] == ["moved"]


def test_nothing_is_kept_of_a_casino_on_a_lapsed_domain(
    country: World, run: Crawl, capsys: pytest.CaptureFixture[str]
) -> None:
    site = country.sites["www.hajnowka.pl"]
    spam = "<p>Kasyno online z bonusem: darmowe spiny, ruletka, bukmacher.</p>" * 30
    site.put("/", f"{spam}<p>Związek Miast Polskich liczy 500 miast.</p>", title="Najlepsze kasyna - hajnowka.pl")
    result = run()
    visit = next(visit for visit in result.routine if visit.site == name_at(country, site.url))
    assert (visit.verdict, visit.statements) == ("broken", 0)
    moved = of(asked(country, "status", capsys=capsys), visit.site)["moved"]
    assert isinstance(moved, dict)
    assert (moved["kind"], moved["proposed"]) == (LAPSED, None)
    assert moved["detail"] == "the domain was sold: its page 'Najlepsze kasyna - hajnowka.pl' is about gambling"


def test_a_healthy_catalogue_has_moved_nowhere(country: World, run: Crawl, capsys: pytest.CaptureFixture[str]) -> None:
    result = run()
    assert {visit.verdict for visit in result.routine} == {"ok"}
    assert {row["moved"] for row in asked(country, "status", capsys=capsys)} == {None}


def test_a_permanent_redirect_is_told_with_the_line_to_write(
    country: World, run: Crawl, capsys: pytest.CaptureFixture[str]
) -> None:
    old = country.sites["www.hajnowka.pl"]
    new = country.sites["new"] = Site()
    new.put("/", HOME)
    old.pages["/"] = Answer(b"", 301, {"Location": f"{new.url}aktualnosci/index.html"})
    name = name_at(country, old.url)
    run()
    row = of(asked(country, "sites", "list", capsys=capsys), old.url)
    moved = row["moved"]
    assert isinstance(moved, dict)
    assert (moved["kind"], moved["proposed"]) == (MOVED, new.url)
    status = of(asked(country, "status", capsys=capsys), name)
    assert status["moved"] == moved
    assert str(status["problems"]).startswith(f"['moved: {old.url} leads to {new.url}aktualnosci/index.html for good")
    assert program(["--config", str(country.write()), "status"]) == 0
    assert f"config.yaml: {moved['line']}" in capsys.readouterr().out
    # the line, written as proposed, ends it
    country.more["catalogue"]["moved"] |= yaml.safe_load(str(moved["line"]))
    run()
    status = of(asked(country, "status", capsys=capsys), name)
    assert (status["verdict"], status["moved"]) == ("ok", None)


def test_a_host_that_leads_away_with_its_robots_too_has_moved(
    country: World, run: Crawl, capsys: pytest.CaptureFixture[str]
) -> None:
    """As servers do that move as a whole; the new one lies on a network that is closed to us, and is not asked."""
    old, new = country.sites["www.hajnowka.pl"], Site()
    country.sites["new"] = new
    for path in ("/", "/robots.txt"):
        old.pages[path] = Answer(b"", 301, {"Location": f"{new.url}{path[1:]}"})
    run()
    status = of(asked(country, "status", capsys=capsys), name_at(country, old.url))
    moved = status["moved"]
    assert isinstance(moved, dict)
    assert (moved["kind"], moved["proposed"]) == (MOVED, new.url)
    assert new.requests == []


@pytest.mark.parametrize(
    "markup",
    [
        '<meta http-equiv="refresh" content="0; url=https://nowa.example/start/">',
        '<frameset rows="100%"><frame name=x src="https://nowa.example/start/"></frameset>',
        "<script>window.location.href = 'https://nowa.example/start/';</script><p>Trwa przekierowanie</p>",
        "<body onload=\"location.replace('https://nowa.example/start/')\"></body>",
    ],
)
def test_a_page_that_only_leads_to_another_site_has_moved(
    country: World, run: Crawl, capsys: pytest.CaptureFixture[str], markup: str
) -> None:
    site = country.sites["www.hajnowka.pl"]
    site.put("/", markup, title="Miasto Hajnówka")
    visit = next(visit for visit in run().routine if visit.site == name_at(country, site.url))
    assert (visit.verdict, visit.statements, len(visit.problems)) == ("broken", 0, 1)
    moved = of(asked(country, "status", capsys=capsys), visit.site)["moved"]
    assert isinstance(moved, dict)
    assert (moved["kind"], moved["proposed"]) == (MOVED, "https://nowa.example/start/")
    assert "leads to https://nowa.example/start/" in moved["detail"]


def test_a_temporary_redirect_is_no_move(country: World, run: Crawl, capsys: pytest.CaptureFixture[str]) -> None:
    old = country.sites["www.hajnowka.pl"]
    old.pages["/"] = Answer(b"", 302, {"Location": "http://127.0.0.1:9/"})
    run()
    status = of(asked(country, "status", capsys=capsys), name_at(country, old.url))
    assert (status["verdict"] == "ok", status["moved"]) == (False, None)


def test_a_page_of_another_town_is_believed_by_nobody(
    country: World, run: Crawl, capsys: pytest.CaptureFixture[str], inbox: object
) -> None:
    site = country.sites["www.hajnowka.pl"]
    run()
    site.put(
        "/",
        "<h1>Gmina Zaniemyśl</h1><p>Rada podjęła 26 lutego 2025 r. uchwałę nr XI/59/25 w sprawie przystąpienia gminy "
        "do Związku Miast Polskich.</p>",
        title="Gmina Zaniemyśl",
    )
    result = run()
    name = name_at(country, site.url)
    visit = next(visit for visit in result.routine if visit.site == name)
    assert (visit.verdict.healthy, visit.statements, result.changes) == (False, 0, [])
    moved = of(asked(country, "status", capsys=capsys), name)["moved"]
    assert isinstance(moved, dict)
    assert moved["kind"] == STRANGER
    assert "Zaniemyśl (3025053), not of Hajnówka" in moved["detail"]
    assert re.fullmatch(r"[\w.-]+: null    # under catalogue.moved", moved["line"])
    run()
    told = run().changes
    assert [(change.kind, change.site) for change in told] == [("site_broken", name)]
    (problem,) = told[0].after["problems"]
    assert problem.startswith("stranger: the page is of Zaniemyśl")
    site.put("/", HOME)
    assert [change.kind for change in run().changes] == ["site_recovered"]
    assert of(asked(country, "status", capsys=capsys), name)["moved"] is None


def test_a_parked_domain_is_told(country: World, run: Crawl, capsys: pytest.CaptureFixture[str]) -> None:
    site = country.sites["www.hajnowka.pl"]
    site.put("/", "<h1>hajnowka.pl</h1><p>Ta domena jest na sprzedaż. Kup tę domenę już dziś!</p>", title="hajnowka.pl")
    run()
    moved = of(asked(country, "status", capsys=capsys), name_at(country, site.url))["moved"]
    assert isinstance(moved, dict)
    assert (moved["kind"], moved["proposed"]) == (LAPSED, None)


REGISTER = load_register()


def page(markup: str) -> Page:
    body = f"<!doctype html><html lang=pl>{markup}</html>".encode()
    return Page("https://x.pl/", "https://x.pl/", 200, {"content-type": "text/html; charset=utf-8"}, body, NOW)


NOTHING_WRONG = [
    "<title>Urząd Miasta</title><body><h1>Aktualności</h1><p>Zapraszamy na kiermasz.</p></body>",
    "<title>Strona główna</title><body><p>Gmina Zaniemyśl odwiedziła miasto Hajnówkę.</p></body>",
    "<title>Gmina Zaniemyśl u nas z wizytą</title><body><p>Goście zwiedzili Hajnówkę.</p></body>",
    "<title>Serwis</title><body><p>Kupimy domenę?</p><p>" + "Długi tekst o mieście Hajnówka. " * 200 + "</p></body>",
    "<title>Hajnowka</title><body><p>Bez polskich znakow.</p></body>",
    "<title>Powiat hajnowski</title><body><p>Wiadomości z powiatu.</p></body>",
    "<title>Serwis</title><body><p>" + "Nowy rozkład jazdy, basen do ósmej. " * 40 + "</p><a>BIP</a></body>",
    "<title>Aktualności</title><body><img alt='Herb Hajnówki'><p>" + "Basen czynny do ósmej. " * 80 + "</p></body>",
    "<title>Linki</title><body>" + "<a href='/x'>l</a> " * 2000 + "</body>",
    "<title>Sklep</title><body><p>Koszyk, promocja, dostawa.</p><img alt='Urząd Miejski'></body>",
    "<title>Wieści</title><body><p>" + "Dostawa ciepła: zamów przegląd pieca, rabat. " * 20 + "</p><a>BIP</a></body>",
    "<title>Hajnówka</title><body><p>" + "Kasyno online, darmowe spiny, bukmacher. " * 9 + "</p></body>",
    "<title>Start</title><body><p>" + "Kasyno? Burmistrz Hajnówki przeciw. " * 9 + "</p></body>",
    "<title>x.pl</title><script>if (old) { location.href = '/mobile/' }</script><p>Zapraszamy.</p>",
    "<title>x.pl</title><script>location.href='https://www.x.pl/start'</script>",
    "<title>x.pl</title><p>" + "Wieści z urzędu. " * 30 + "</p><script>function a(){location='https://a.pl/'}</script>",
    '<title>x.pl</title><iframe src="https://mapa.example/"></iframe><p>Zapraszamy do urzędu.</p>',
    "<title>x.pl</title><body><p>Krótka strona, którą dopiero skrypt wypełni.</p></body>",
    "<body></body>",
]


@pytest.mark.parametrize("markup", NOTHING_WRONG, ids=range(len(NOTHING_WRONG)))
def test_nothing_is_told_of_a_page_that_may_be_right(markup: str) -> None:
    assert what_stands_there(page(markup), REGISTER.by_teryt(HAJNOWKA), REGISTER) is None


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        ("<title>Urząd Miasta Zamość</title><body><p>Wiadomości urzędu.</p></body>", STRANGER),
        ("<title>BIP - Gmina Kobylnica</title><body><p>Rejestr uchwał.</p></body>", STRANGER),
        ("<title>BIP Urzędu Miejskiego w Augustowie</title><body><p>Rejestr uchwał.</p></body>", STRANGER),
        ("<title>Portal miasta August&oacute;w</title><body><p>Wiadomości.</p></body>", STRANGER),
        ("<title>x.pl</title><body><p>This domain is for sale.</p></body>", LAPSED),
        ("<title>x.pl</title><body><p>Domena wygasła</p></body>", LAPSED),
        ("<title>x.pl</title><p>Domena x.pl jest zarejestrowana i utrzymywana w firmie hostingowej.</p>", LAPSED),
        ("<title>hajnowka.pl</title><body><p>This domain is for sale.</p></body>", LAPSED),
        ("<title>hajnowka.pl</title><body><p>Kup tę domenę</p></body>", LAPSED),
        (
            f"<title>hajnowka.pl - gry</title><body><p>{'Kasyno, darmowe spiny i bukmacher. ' * 5}</p></body>",
            LAPSED,
        ),
        (
            f"<title>Best casinos</title><body><p>{'Free spins and slots at hajnowka.pl! ' * 9}</p></body>",
            LAPSED,
        ),
        (
            f"<title>Buty</title><body><p>{'Buty w promocji, dostawa w dwa dni. Koszyk jest pusty. ' * 4}</p></body>",
            LAPSED,
        ),
        ("<title>hajnowka.pl</title><body><p>Payday loans! Best prices, discount codes.</p></body>", LAPSED),
        ("<title>hajnowka.pl</title><body><p>Parked free, courtesy of a registrar</p></body>", LAPSED),
    ],
)
def test_what_is_wrong_is_named(markup: str, kind: str) -> None:
    municipality = REGISTER.by_teryt(HAJNOWKA)
    found = what_stands_there(page(markup), municipality, REGISTER)
    assert found is not None
    assert found[0] == kind
    assert not is_its_own(page(markup), municipality, REGISTER), "a short look must not say that all is well"


@pytest.mark.parametrize("bait", ["a.", "a-a.", "<frame ", "<script>", "location=", "domena ", "kasyn ", "\x20"])
def test_a_hostile_start_page_takes_linear_time(bait: str) -> None:
    for length in (3_000, 1_000_000):
        hostile = page(f"<title>x</title><p>{bait * (length // len(bait))}</p>")
        began = time.monotonic()
        is_its_own(hostile, REGISTER.by_teryt(HAJNOWKA), REGISTER)
        what_stands_there(hostile, REGISTER.by_teryt(HAJNOWKA), REGISTER)
        assert time.monotonic() - began < 20  # a second or two, on a machine with nothing else to do


def test_every_town_knows_its_own_page() -> None:
    """No municipality of the register is taken for another on a page that names it in its title."""
    for municipality in list(REGISTER)[::25]:
        for words in (f"Gmina {municipality.name}", f"Urząd Miasta {municipality.name}", f"BIP {municipality.name}"):
            found = what_stands_there(page(f"<title>{words}</title><body><p>Wieści</p></body>"), municipality, REGISTER)
            assert found is None, (municipality, words)


def test_a_parked_domain_that_the_crawler_refused() -> None:
    site = WatchedSite("x", "bip", "https://bip.x.pl/", HAJNOWKA)
    report = VisitReport("x", Purpose.ROUTINE, NOW)
    report.failures.append(Failure(FailureKind.WRONG_PAGE, site.url, "a fault of the server: 'domain for sale'"))
    move = move_of(site, report, None, NOW)
    assert move is not None
    assert move.kind == LAPSED
    assert proposal(site, move, configured=True) == "# take out the site x"


def test_the_address_that_answers_is_proposed() -> None:
    site = WatchedSite("x.pl", "bip", "https://bip.x.pl/gmina/", HAJNOWKA)
    report = VisitReport("x.pl", Purpose.ROUTINE, NOW, answers_at="http://bip.x.pl/")
    move = move_of(site, report, None, NOW)
    assert move is not None
    assert (move.kind, move.proposed) == (MOVED, "http://bip.x.pl/gmina/")
    assert move.detail == "https://bip.x.pl/gmina/ gives no answer, http://bip.x.pl/gmina/ does"


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/",
        "http://127.0.0.1:8080/",
        "https://[::1]/",
        "http://2130706433/",
        "http://router.local/",
    ],
)
def test_no_address_of_the_operators_own_network_is_proposed(target: str) -> None:
    """A line with one, copied into config.yaml, would be the operator's word: the crawler would ask there."""
    site = WatchedSite("x.pl", "municipal", "https://x.pl/", HAJNOWKA)
    report = VisitReport("x.pl", Purpose.ROUTINE, NOW, moved_to=target)
    assert move_of(site, report, None, NOW) is None
    framed = move_of(site, VisitReport("x.pl", Purpose.ROUTINE, NOW), Standing(MOVED, "it leads on", target), NOW)
    assert framed is not None
    assert framed.proposed is None


def test_a_site_of_the_operators_own_network_may_lead_on_there_and_not_to_a_machines_secrets() -> None:
    site = WatchedSite("x", "municipal", "http://10.0.0.5/", HAJNOWKA)
    for target, proposed in (("http://10.0.0.6/", "http://10.0.0.6/"), ("http://169.254.169.254/latest/", None)):
        move = move_of(site, VisitReport("x", Purpose.ROUTINE, NOW, moved_to=target), None, NOW)
        assert (move.proposed if move is not None else None) == proposed


def test_a_stranger_may_be_a_wrong_code() -> None:
    site = WatchedSite("x", "municipal", "https://x.pl/", HAJNOWKA)
    move = move_of(site, VisitReport("x", Purpose.ROUTINE, NOW), Standing(STRANGER, "the page is of Zamość"), NOW)
    assert move is not None
    assert proposal(site, move, configured=True) == "# take out the site x, or set its municipality right"


@pytest.mark.parametrize(
    ("door", "instead"),
    [("https://www.x.pl/", "has one that is trusted"), ("http://x.pl/", "answers without one")],
)
def test_the_name_with_a_good_certificate_is_proposed(door: str, instead: str) -> None:
    site = WatchedSite("x.pl", "municipal", "https://x.pl/", HAJNOWKA)
    report = VisitReport("x.pl", Purpose.ROUTINE, NOW, answers_at=door)
    why = "the certificate is for another host"
    report.failures.append(Failure(FailureKind.TLS, site.url, f"robots.txt: {why}"))
    move = move_of(site, report, None, NOW)
    assert move is not None
    assert (move.kind, move.proposed) == (MOVED, door)
    assert move.detail == f"https://x.pl/ has no certificate that is trusted ({why}), {door} {instead}"


@pytest.mark.parametrize(
    ("leads_to", "proposed"),
    [
        ("https://nowa.pl/", "https://nowa.pl/"),
        ("https://nowa.pl/index.php?id=3", "https://nowa.pl/"),
        ("https://nowa.pl/pl/aktualnosci/1.html", "https://nowa.pl/"),
        ("https://samorzad.gov.pl/gmina-x/", "https://samorzad.gov.pl/gmina-x/"),
        ("https://samorzad.gov.pl/web/gmina-x", "https://samorzad.gov.pl/web/gmina-x"),
        ("https://samorzad.gov.pl/web/gmina-x/start.html?a=1", "https://samorzad.gov.pl/web/gmina-x"),
        ("https://bip.malopolska.pl/umlipniki,m,30,start.html", "https://bip.malopolska.pl/umlipniki"),
        ("https://bip.nowa.pl/pl", "https://bip.nowa.pl/pl"),
    ],
)
def test_the_beginning_of_the_new_site_is_proposed(leads_to: str, proposed: str) -> None:
    site = WatchedSite("x", "municipal", "https://x.pl/", HAJNOWKA)
    report = VisitReport("x", Purpose.ROUTINE, NOW, moved_to=leads_to)
    move = move_of(site, report, None, NOW)
    assert move is not None
    assert proposal(site, move, configured=True) == f"url: {proposed}    # of the site x"

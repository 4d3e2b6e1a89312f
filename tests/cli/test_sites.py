"""`zmpwatch sites`: probing a site on loopback, adding it to config.yaml, listing what is watched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from crawl.web import Reply, Web, html

from cli.conftest import Program

CONFIG = """\
# Who we watch, and why.
association: zmp
crawl: {delay: 0, user_agent: "zmpwatch-test/1.0 (+https://example.org/contact)"}
sites:
  # the first one
  - name: lipniki
    family: municipal
    url: https://www.lipniki.example/   # their new address
    every: 12h

# Nobody yet.
subscribers: []
"""


def site() -> dict[str, str | Reply]:
    menu = '<nav><a href="/aktualnosci">Aktualności</a></nav>'
    form = '<form action="/szukaj" role="search"><input type="search" name="q"></form>'
    head = (
        '<meta name="generator" content="WordPress 6.5"><link rel="alternate" type="application/rss+xml" href="/feed/">'
    )
    news = html(
        "Remont mostu na Zarzeczu",
        f"{menu}<h1>Remont mostu na Zarzeczu</h1><p>Data publikacji: 12.02.2025</p><p>Most zamknięty.</p>",
    )
    feed = (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>'
        "<item><title>Remont mostu</title><link>/remont</link><pubDate>Wed, 12 Feb 2025 10:00:00 +0100</pubDate></item>"
        "</channel></rss>"
    )
    return {
        "/robots.txt": "User-agent: *\nDisallow: /szukaj\nCrawl-delay: 0.1\n",
        "/": Reply(
            html("Urząd Miasta Hajnówka", f"{menu}{form}<p>Zażółć gęślą jaźń</p>", head).encode("iso8859-2"),
            headers={"Content-Type": "text/html; charset=utf-8"},
        ),
        "/feed/": Reply(feed, headers={"Content-Type": "application/rss+xml"}),
        "/remont": news,
        "/aktualnosci": html("Aktualności", menu),
    }


@pytest.fixture
def town() -> Iterator[Web]:
    with Web(site()) as web:
        yield web


@pytest.fixture
def config(program: Program) -> Path:
    """The configuration the `program` reads."""
    path = Path("config.yaml")
    path.write_text(CONFIG, encoding="utf-8")
    return path


@pytest.mark.usefixtures("config")
def test_probe_says_what_a_site_is_made_of(program: Program, town: Web) -> None:
    (found,) = program("sites", "probe", town.url(), "--json").lines
    assert found["reachable"] is True
    assert found["family"] == "municipal"
    assert found["platform"]["name"] == "wordpress"
    assert found["municipality"] == {"teryt": "2005011", "name": "Hajnówka"}
    assert found["feeds"] == [{"url": town.url("/feed/"), "entries": 1, "newest": "2025-02-12"}]
    assert found["sitemaps"] == []
    assert found["search"] == {"url": town.url("/szukaj?q=Miast+Polskich"), "allowed": False, "results": None}
    assert found["robots"] == {"found": True, "failure": None, "crawl_delay": 0.1, "sitemaps": []}
    assert found["encoding"] == {"declared": "utf-8", "real": "iso-8859-2"}
    assert found["tls"] is None
    assert found["dates"] == {"url": town.url("/remont"), "date": "2025-02-12", "place": "label in the text"}
    assert found["requests"] == len(town.seen) <= 12
    assert any("iso-8859-2, whatever it says" in problem for problem in found["problems"])
    assert found["config"].splitlines()[0] == f'- name: "{town.netloc}"'


@pytest.mark.usefixtures("config")
def test_probe_asks_politely(program: Program, town: Web) -> None:
    program("sites", "probe", town.url())
    assert town.seen[0].path == "/robots.txt"
    assert "/szukaj?q=Miast+Polskich" not in town.paths, "closed by robots.txt"
    assert {seen.headers["user-agent"] for seen in town.seen} == {"zmpwatch-test/1.0 (+https://example.org/contact)"}


def test_a_site_may_be_looked_at_before_anything_is_configured(program: Program, town: Web) -> None:
    (found,) = program("sites", "probe", town.url(), "--json").lines
    assert found["platform"]["name"] == "wordpress"
    assert list(Path().iterdir()) == []
    assert program("sites", "add", town.url()).status == 2


@pytest.mark.usefixtures("config")
def test_probe_says_where_a_site_has_moved(program: Program) -> None:
    with Web({}) as new, Web({}) as old:
        old.fallback = lambda seen: Reply("", 301, {"Location": new.url(seen.path)})
        told = program("sites", "probe", old.url())
    assert told.status == 1
    assert f"it leads to {new.url()} for good: look at that address" in told.out
    assert new.seen == []


def test_probe_of_nothing_is_a_failure(program: Program) -> None:
    with Web({}) as web:
        closed = web.url()
    told = program("sites", "probe", closed)
    assert told.status == 1
    assert "reachable    no" in told.out
    assert "unreachable" in told.out
    assert "sites:" not in told.out
    (found,) = program("sites", "probe", closed, "--json").lines
    assert found["reachable"] is False
    assert found["platform"] is None


@pytest.mark.usefixtures("config")
def test_what_is_shut_to_us_is_told(program: Program) -> None:
    with Web({"/robots.txt": "User-agent: *\nDisallow: /\n", "/": html("Miasto")}) as web:
        told = program("sites", "probe", web.url())
    assert told.status == 1
    assert web.paths == []
    assert "robots: " in told.out


@pytest.mark.usefixtures("config")
def test_private_networks_are_none_of_our_business(program: Program) -> None:
    """A name that leads there is refused as in any visit; only what the operator types as an address is his word."""
    told = program("sites", "probe", "http://intranet.local/")
    assert told.status == 1
    assert "refused_address" in told.out


def test_probe_tells_what_a_platform_keeps_from_us(program: Program, config: Path) -> None:
    frame = '<iframe src="https://portal-posiedzenia.pl/hajnowka"></iframe>'
    with Web({"/robots.txt": "", "/": html("Rada Miasta Hajnówka", frame)}) as web:
        told = program("sites", "probe", web.url())
        (found,) = program("sites", "probe", web.url(), "--json").lines
    assert found["platform"]["name"] == "posiedzenia"
    assert "behind a session cookie" in found["platform"]["note"]
    assert found["platform"]["note"] in told.out


def test_what_a_site_runs_on_is_kept_and_a_redesign_is_told(program: Program, town: Web, config: Path) -> None:
    head, _, _ = CONFIG.partition("sites:")
    config.write_text(f"{head}sites: [{{name: hajnowka, family: municipal, url: '{town.url()}'}}]\n", encoding="utf-8")
    (before,) = program("sites", "list", "--json").lines
    assert before["platform"] is None
    program("crawl")
    (row,) = program("sites", "list", "--json").lines
    assert row["platform"] == "wordpress"
    town.routes["/"] = html("Urząd Miasta Hajnówka", "", '<meta name="Generator" content="Drupal 10">')
    program("crawl")
    (row,) = program("sites", "list", "--json").lines
    assert row["platform"] == "drupal"
    (told,) = program("status", "--json").lines
    assert told["verdict"] in {"ok", "unchanged"}
    assert told["problems"] == ["redesigned: it ran on WordPress, and runs on Drupal now"]


def test_add_keeps_everything_else_as_it_was(program: Program, town: Web, config: Path) -> None:
    told = program("sites", "add", town.url(), "--every", "1d", "--name", "hajnowka")
    assert told.status == 0, told.err
    lines = f"  - name: hajnowka\n    family: municipal\n    url: {town.url()}\n"
    lines += '    municipality: "2005011"\n    every: 1d\n'
    marker = "    every: 12h\n"
    assert config.read_text(encoding="utf-8") == CONFIG.replace(marker, marker + lines)
    assert "config.yaml:10: added" in told.out
    assert program("check").status == 0
    assert [path.name for path in Path().iterdir() if path.name.startswith(".")] == []


def test_add_refuses_what_is_watched_already(program: Program, config: Path) -> None:
    for address in ("https://www.lipniki.example/", "http://lipniki.example", "lipniki.example"):
        told = program("sites", "add", address)
        assert told.status == 2
        assert "watched already, as 'lipniki'" in told.err
    assert config.read_text(encoding="utf-8") == CONFIG


def test_add_writes_nothing_that_would_be_wrong(program: Program, config: Path) -> None:
    told = program("sites", "add", "https://inne.example/", "--offline", "--municipality", "9999999")
    assert told.status == 2
    assert told.err == '--municipality: "9999999" is no TERYT code of a municipality\n'
    assert config.read_text(encoding="utf-8") == CONFIG
    assert sorted(path.name for path in Path().iterdir()) == ["config.yaml"]


def test_add_writes_nothing_of_a_site_that_does_not_answer(program: Program, config: Path) -> None:
    with Web({}) as web:
        closed = web.url()
    told = program("sites", "add", closed)
    assert told.status == 1
    assert "nothing was added" in told.err
    assert config.read_text(encoding="utf-8") == CONFIG


@pytest.mark.parametrize(
    ("address", "family", "teryt"),
    [
        ("https://bip.hajnowka.pl", "bip", "2005011"),
        ("https://www.hajnowka.pl/", "municipal", "2005011"),
        ("https://konary.esesja.pl/", "bip", None),
        ("https://www.miasta.pl/aktualnosci", "association", None),
    ],
)
def test_add_offline_goes_by_the_host(
    program: Program, config: Path, address: str, family: str, teryt: str | None
) -> None:
    (told,) = program("sites", "add", address, "--offline", "--json").lines
    assert (told["family"], told["municipality"]) == (family, teryt)
    (row,) = [row for row in program("sites", "list", "--json").lines if row["site"] == told["added"]]
    assert row["url"] == told["url"]
    assert config.read_text(encoding="utf-8").splitlines()[told["line"] - 1].strip().startswith("- name:")


OWN = CONFIG.replace(
    "  # the first one\n",
    "  - {name: zmp, family: association, url: 'https://www.miasta.pl/', hosts: ['127.0.0.1:8099']}\n",
)


@pytest.mark.parametrize("address", ["https://miasta.pl/kontakt", "http://www.miasta.pl/x", "http://127.0.0.1:8099/a"])
@pytest.mark.parametrize("family", [None, "municipal", "association"])
def test_pages_of_the_associations_site_are_no_sites_of_their_own(
    program: Program, config: Path, address: str, family: str | None
) -> None:
    config.write_text(OWN, encoding="utf-8")
    told = program("sites", "add", address, "--offline", *(("--family", family) if family else ()))
    assert told.status == 2
    assert "lies on the association's own site, which is watched as 'zmp'" in told.err
    assert config.read_text(encoding="utf-8") == OWN


def test_a_host_of_the_association_is_of_no_other_family(program: Program, config: Path) -> None:
    told = program("sites", "add", "https://zmp.poznan.pl/", "--offline", "--family", "municipal")
    assert told.status == 2
    assert "zmp.poznan.pl is the association's own (Związek Miast Polskich)" in told.err
    assert config.read_text(encoding="utf-8") == CONFIG
    mirror = program("sites", "add", "https://zmp.poznan.pl/", "--offline")
    assert (mirror.status, "family: association" in mirror.out) == (0, True)
    assert "zmp.poznan.pl is the association's own: the numbers" in mirror.err


def test_check_names_a_host_of_the_association_that_is_watched_as_a_town(program: Program, config: Path) -> None:
    assert program("check").status == 0
    config.write_text(CONFIG.replace("https://www.lipniki.example/", "https://forumrozwojulokalnego.pl/"))
    told = program("check")
    assert told.status == 0
    assert "lipniki: forumrozwojulokalnego.pl is the association's own, and watched as municipal" in told.out


def test_a_site_that_is_titled_as_the_association_asks_whose_it_is(program: Program, config: Path) -> None:
    with Web({"/": html("Związek Miast Polskich | Strona główna", "<p>Związek zrzesza 373 miasta.</p>")}) as web:
        told = program("sites", "add", web.url())
        assert told.status == 2
        assert "as the association's own site would be: say which it is" in told.err
        assert config.read_text(encoding="utf-8") == CONFIG
        assert "add it with --family association if it is its own" in program("sites", "probe", web.url()).out
        added = program("sites", "add", web.url(), "--family", "association")
    assert added.status == 0
    assert "127.0.0.1 is now taken for the association's own" in added.err
    assert "family: association" in config.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "address", ["ftp://lipniki.example/", "https://", "https://u:p@lipniki.example/", "htp:/foo", "a b"]
)
def test_what_is_no_web_address_is_refused(program: Program, config: Path, address: str) -> None:
    for command in ("probe", "add"):
        told = program("sites", command, address)
        assert told.status == 2
        assert "is no web address" in told.err
    assert config.read_text(encoding="utf-8") == CONFIG


def test_list_shows_what_is_watched(program: Program, town: Web) -> None:
    Path("config.yaml").write_text(
        f"association: zmp\nknowledge: false\ncrawl: {{delay: 0, requests_per_visit: 5}}\n"
        f'sites:\n  - {{name: hajnowka, family: municipal, url: "{town.url()}", municipality: "2005011", every: 12h}}\n'
        '  - {name: kurier, family: press, url: "https://kurier.example/"}\n',
        encoding="utf-8",
    )
    before = program("sites", "list", "--json").lines
    assert [(row["site"], row["verdict"], row["from"]) for row in before] == [
        ("hajnowka", None, "config"),
        ("kurier", None, "config"),
    ]
    assert (before[0]["municipality"], before[0]["voivodeship"], before[0]["every"]) == ("Hajnówka", "podlaskie", "12h")
    assert "not visited yet" in program("sites", "list").out
    program("crawl", "hajnowka")
    after = program("sites", "list", "--family", "municipal", "--json").lines
    assert len(after) == 1
    assert after[0]["verdict"] is not None
    assert after[0]["last_visit"] is not None


def test_list_has_the_catalogue_where_it_is_on(program: Program) -> None:
    Path("config.yaml").write_text(
        "association: zmp\nsites: []\ncatalogue: {enabled: true, voivodeships: [podlaskie]}\n", encoding="utf-8"
    )
    rows = program("sites", "list", "--json").lines
    assert len(rows) > 100
    assert {row["voivodeship"] for row in rows} == {"podlaskie"}
    assert {row["from"] for row in rows} == {"catalogue"}


@pytest.mark.usefixtures("config")
@pytest.mark.parametrize(
    ("title", "body", "problem"),
    [
        ("Najlepsze kasyno online", "<p>Darmowe spiny.</p>", "spam: its front page is called"),
        ("Witaj", "<img src=kot.png>", "bare: the front page says nothing of a municipality"),
        ("x.pl", "<p>Odnów domenę w panelu klienta.</p>", "lapsed: the domain is parked or for sale"),
        ("x.pl", "<script>location.href='https://nowa.example/'</script>", "moved: "),
    ],
)
def test_probe_says_that_a_front_page_is_no_towns(program: Program, title: str, body: str, problem: str) -> None:
    with Web({"/": html(title, body)}) as web:
        (found,) = program("sites", "probe", web.url(), "--json").lines
    assert any(one.startswith(problem) for one in found["problems"]), found["problems"]


@pytest.mark.usefixtures("config")
def test_add_says_what_is_wrong_with_a_site(program: Program, town: Web) -> None:
    """Above all that the code typed is another municipality's: nothing that is read there would be believed."""
    told = program("sites", "add", town.url(), "--municipality", "0664011")
    assert told.status == 0
    assert "problem: stranger: the page is of Hajnówka (2005011), not of Zamość" in told.err
    assert "problem: no municipality could be told" not in told.err


@pytest.mark.usefixtures("config")
def test_probe_says_when_robots_leave_a_visit_one_page(program: Program) -> None:
    with Web({"/": html("Gmina Lipniki"), "/robots.txt": "User-agent: *\nCrawl-delay: 7200\n"}) as web:
        (found,) = program("sites", "probe", web.url(), "--json").lines
    assert "robots.txt asks for 7200 s between two requests: visits end after the first" in found["problems"]

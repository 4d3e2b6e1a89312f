"""Links that lead to nothing use up no visit, and hide no page that is there (docs/faults.md 50)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from crawl.web import NOW, Keeper, Reply, Route, Seen, Web, html, plan, settings, visit
from zmpwatch.crawl import PageOutcome
from zmpwatch.crawl.deadlinks import DeadLinks
from zmpwatch.model import KnownPage, SiteMemory, TrapKind

SHOWN = html("Portal", "<h1>Ups</h1><p>Tu nic nie ma. Może wyszukiwarka pomoże odnaleźć to, czego szukasz.</p>")
WORDS = ("sesja", "rada", "uchwala", "protokol", "statut", "komisja", "porzadek", "glosowanie")
BUDGET = 60


def good(text: str) -> str:
    return html(text, f"<h1>{text}</h1><p>Rada Miejska w tej sprawie: {text}. Uchwała wchodzi w życie z dniem.</p>")


def numbered(n: int) -> str:
    return f"/uchwaly/{n}"


def named(n: int) -> str:
    return f"/uchwaly/{WORDS[n % 8]}-{WORDS[n // 8 % 8]}-{WORDS[n // 64]}"


def soft(seen: Seen) -> Reply:
    return Reply("", 404) if seen.path.endswith((".txt", ".xml", "/feed/", "/rss")) else Reply(SHOWN)


def hard(seen: Seen) -> Reply:
    return Reply("nie ma", 404)


def told_in_words(seen: Seen) -> Reply:
    return Reply(html("Nie znaleziono strony", f"<h1>Błąd 404</h1><p>Adres {seen.path} nie istnieje.</p>"))


def out_of_the_site(seen: Seen) -> Reply:
    return Reply("", 302, {"Location": f"http://inne-miasto.example{seen.path}"})


def home_again(seen: Seen) -> Reply:
    if seen.path.endswith((".txt", ".xml", "/feed/", "/rss")):
        return Reply("", 404)
    return Reply("", 302, {"Location": "/"})


def front_page(seen: Seen) -> Reply:
    return Reply("", 404) if seen.path.endswith((".txt", ".xml", "/feed/", "/rss")) else Reply(HOME)


def listing(address: Callable[[int], str], count: int = 200) -> str:
    return html("Uchwały", "".join(f'<p><a href="{address(n)}">Uchwała rady {n}</a></p>' for n in range(count)))


HOME = html("Miasto", '<a href="/wykaz">Uchwały Rady Miejskiej, sesje rady</a><a href="/aktualnosci">Aktualności</a>')
NEWS = [f"/aktualnosci/{n}" for n in range(20)]
LISTED = html("Aktualności", "".join(f'<p><a href="{path}">Wydarzenie {n}</a></p>' for n, path in enumerate(NEWS)))


def town(address: Callable[[int], str]) -> dict[str, Route]:
    pages: dict[str, Route] = {
        path: good(f"Wydarzenie w mieście {'abcdefgh'[n % 8] * 9} {n}") for n, path in enumerate(NEWS)
    }
    return {"/robots.txt": Reply("", 404), "/": HOME, "/wykaz": listing(address), "/aktualnosci": LISTED, **pages}


@pytest.mark.parametrize("nothing", [soft, hard, told_in_words, out_of_the_site, home_again, front_page])
@pytest.mark.parametrize("address", [numbered, named])
def test_two_hundred_dead_links_cost_few_requests(
    nothing: Callable[[Seen], Reply], address: Callable[[int], str]
) -> None:
    with Web(town(address)) as web:
        web.fallback = nothing
        sink = visit(plan(web.url()), Keeper(), settings(web.netloc, requests_per_visit=BUDGET))
    dead = [path for path in web.paths if path.startswith("/uchwaly/")]
    assert 8 <= len(dead) <= 24
    assert set(NEWS) <= set(web.paths)
    assert sink.report.capped == []
    assert sink.report.failures == []
    (told,) = [trap for trap in sink.report.traps if trap.kind is TrapKind.DEAD]
    assert told.url == web.url("/wykaz")
    assert told.left == 200 - len(dead)


@pytest.mark.parametrize("nothing", [soft, hard, home_again])
def test_a_page_among_dead_links_is_found(nothing: Callable[[Seen], Reply]) -> None:
    """However late it stands: what is left out waits, and has its turn at a later visit."""
    alive = numbered(137)
    memory, known, asked = SiteMemory(), dict[str, KnownPage](), list[int]()
    with Web({**town(numbered), alive: good("Uchwała, która jest na miejscu")}) as web:
        web.fallback = nothing
        for day in range(30):
            web.seen.clear()
            memory = replace(memory, worth={}, leads={}, gone=set(), changed=set())
            this = plan(web.url(), known=dict(known), recall=lambda memory=memory: memory)
            now = NOW + timedelta(days=day)
            old = frozenset(known)
            keeper = Keeper(outcome=lambda page, old=old: PageOutcome(unchanged=page.url in old))
            sink = visit(this, keeper, settings(web.netloc, requests_per_visit=BUDGET), now)
            known |= {page.url: KnownPage(page.url, fetched_at=now, links=()) for page in sink.pages}
            asked.append(sum(path.startswith("/uchwaly/") for path in web.paths))
            if alive in web.paths:
                break
    assert web.url(alive) in known
    assert max(asked[1:], default=0) <= 10, "as many as wait for any visit"
    assert len(asked) > 1, "it was not among the first"


def test_a_list_whose_links_are_half_dead_is_read_whole() -> None:
    def half(seen: Seen) -> Reply | str:
        number = int(seen.path.rpartition("/")[2]) if seen.path.startswith("/uchwaly/") else 0
        return good(f"Uchwała {'abcdefghij'[number % 10] * 9} {number}") if number % 4 == 1 else hard(seen)

    with Web({**town(numbered), "/wykaz": listing(numbered, 28)}) as web:
        web.fallback = half
        sink = visit(plan(web.url()), Keeper(), settings(web.netloc, requests_per_visit=BUDGET))
    assert sum(path.startswith("/uchwaly/") for path in web.paths) == 28
    assert sink.report.traps == []


def test_what_is_new_on_a_list_of_dead_links_is_asked_for() -> None:
    fresh = "/uchwaly/999"
    with Web(town(numbered)) as web:
        before = tuple(web.url(numbered(n)) for n in range(200))
        known = {web.url("/wykaz"): KnownPage(web.url("/wykaz"), fetched_at=NOW - timedelta(days=3), links=before)}
        rows = listing(numbered).replace("<body>", f'<body><p><a href="{fresh}">Uchwała rady nowa</a></p>')
        web.routes |= {"/wykaz": rows, fresh: good("Uchwała o przystąpieniu")}
        sink = visit(plan(web.url(), known=known), Keeper(), settings(web.netloc, requests_per_visit=BUDGET))
    assert fresh in web.paths
    assert web.url(fresh) in [page.url for page in sink.pages]


def test_between_dead_links_ever_more_are_left_out() -> None:
    ever = set()
    for seed in range(60):
        dead, asked = DeadLinks(seed), []
        for n in range(200):
            if not dead.leaves_out(f"https://a.example/u/{n}", "https://a.example/wykaz"):
                dead.absent(f"https://a.example/u/{n}", "https://a.example/wykaz")
                asked.append(n)
        assert asked[:8] == [*range(8)]
        assert 10 <= len(asked) <= 24
        ever.update(asked)
    assert len(ever) > 100, "others at each visit"
    (trap,) = dead.told()
    assert str(trap) == (
        f"trap: https://a.example/wykaz: links that lead to no page; {200 - len(asked)} links not followed"
    )
    dead.alive("https://a.example/u/200", "https://a.example/wykaz")
    assert not dead.leaves_out("https://a.example/u/201", "https://a.example/wykaz")
    assert not dead.leaves_out("https://a.example/other/1", None)

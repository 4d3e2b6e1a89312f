"""Places without an end are recognised, left, and named; lists that have one are read to it (docs/faults.md 45-48)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl.web import Keeper, Reply, Seen, Web, html, plan, settings, visit
from zmpwatch.crawl.datedaddress import date_of
from zmpwatch.crawl.traps import Traps, kindred_of
from zmpwatch.crawl.urls import Scope
from zmpwatch.judge import Findings, judge_visit
from zmpwatch.model import Failure, FailureKind, Site, Trap, TrapKind, Verdict

NEWS = "/aktualnosci/przystapilismy-do-zwiazku-miast-polskich"
FOOT = '<footer><a href="/aktualnosci">Aktualności</a></footer>'
BUDGET = 60


def page(title: str, *links: tuple[str, str]) -> str:
    return html(title, "".join(f'<p><a href="{address}">{anchor}</a></p>' for address, anchor in links) + FOOT)


def months(seen: Seen) -> str:
    """Months by a number, as calendar plug-ins have them, with a page a day."""
    query = dict(parse_qsl(urlsplit(seen.path).query))
    month = int(query.get("m", 24_300))
    days = [(f"/sesje?m={month}&d={day}", str(day)) for day in range(1, 29)]
    around = [(f"/sesje?m={month + 1}", "następny"), (f"/sesje?m={month - 1}", "poprzedni")]
    return page(f"Sesje: {month}", *around, *days)


def years(seen: Seen) -> str:
    """Months to come, by year and month, each with words of its own."""
    year, month = (int(n) for n in (re.findall(r"/(\d{4})/(\d\d)$", seen.path) or [("2025", "03")])[0])
    year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    said = f"Rada Miejska w miesiącu {'a' * month}{'b' * (year - 2000)}, " + "sesja rady i jej porządek " * month
    return page(said, (f"/rada/sesje/{year}/{month:02}", "Następny miesiąc sesji rady"))


def growing(seen: Seen) -> str:
    return page("Rada Miejska", ("uchwaly/", "Uchwały rady"), ("sesje/", "Sesje rady"))


def filters(seen: Seen) -> str:
    chosen = dict(parse_qsl(urlsplit(seen.path).query))
    names = ("rok", "typ", "organ", "stan", "sort", "autor", "komisja", "kadencja")
    links = []
    for name in names:
        for value in "123":
            more = {**chosen, name: value}
            links.append(("/uchwaly?" + "&".join(f"{k}={v}" for k, v in more.items()), f"Uchwały: {name} {value}"))
    return page("Uchwały rady", *links)


def tokens(seen: Seen) -> str:
    """A session id of a name of its own, in all links of all pages, new on each."""
    tokens.calls += 1  # type: ignore[attr-defined]
    token = f"a{tokens.calls:011x}"  # type: ignore[attr-defined]
    number = dict(parse_qsl(urlsplit(seen.path).query)).get("nr", "0")
    links = [(f"/uchwaly?nr={n}&token={token}", f"Uchwały rady, część {n}") for n in range(4)]
    return page(f"Uchwały, część {number}", *links)


tokens.calls = 0  # type: ignore[attr-defined]


def folders(seen: Seen) -> str:
    """A session id that is a folder, in all links of all pages, new on each."""
    tokens.calls += 1  # type: ignore[attr-defined]
    token = f"b{tokens.calls:011x}"  # type: ignore[attr-defined]
    place = seen.path.rpartition("/")[2]
    number = int(place) if place.isdecimal() else 0
    links = [(f"/uchwaly/{token}/akt/{n}", f"Uchwały rady, część {n}") for n in range(4)]
    return page(f"Uchwały, część {'abcd'[number] * 40}", *links)


@pytest.mark.parametrize(
    ("start", "trap", "kind", "most"),
    [
        ("/sesje", months, TrapKind.ENDLESS, 25),
        ("/rada/sesje/2026/01", years, TrapKind.CALENDAR, 25),
        ("/rada/", growing, TrapKind.PATH, 25),
        ("/uchwaly", filters, TrapKind.FACETS, 25),
        ("/uchwaly", tokens, TrapKind.SESSION, 25),
        ("/uchwaly", folders, TrapKind.SESSION, 25),
    ],
    ids=["months by number", "years to come", "path", "filters", "session", "session as a folder"],
)
def test_a_trap_is_left_and_named_and_the_news_is_found(
    start: str, trap: Callable[[Seen], str], kind: TrapKind, most: int
) -> None:
    front = page("Miasto", (start, "Rada Miejska: uchwały, sesje"))
    routes: dict[str, str | Reply] = {
        "/robots.txt": Reply("", 404),
        "/": front,
        "/aktualnosci": page("Aktualności", *[(f"/aktualnosci?page={n}", str(n)) for n in range(2, 4)]),
        "/aktualnosci?page=2": page("Aktualności", ("/aktualnosci?page=3", "3")),
        "/aktualnosci?page=3": page("Aktualności", (NEWS, "Przystąpiliśmy do Związku Miast Polskich")),
        NEWS: page("Przystąpiliśmy do Związku Miast Polskich"),
    }
    with Web(routes) as web:
        web.fallback = lambda seen: trap(seen) if seen.path.startswith(start[:11]) else Reply("nie ma", 404)
        using = settings(web.netloc, requests_per_visit=BUDGET)
        sink = visit(plan(web.url(), family="municipal"), Keeper(), using)
    assert NEWS in web.paths
    assert kind in {found.kind for found in sink.report.traps}, [str(found) for found in sink.report.traps]
    assert all(found.left > 0 for found in sink.report.traps)
    assert sink.report.capped == []
    assert sum(path.startswith(start[:11].rstrip("/")) for path in web.paths) <= most
    waiting = sink.report.memory.pending if sink.report.memory else {}
    assert not [url for url in waiting if urlsplit(url).path.startswith(start.rstrip("/"))]


def test_calendar_is_named_by_its_address() -> None:
    routes = {"/robots.txt": Reply("", 404), "/": page("Miasto", ("/kalendarz?miesiac=1", "Sesje Rady Miejskiej"))}

    def calendar(seen: Seen) -> str:
        number = int((re.findall(r"miesiac=(\d+)", seen.path) or ["0"])[0])
        return page("Sesje Rady Miejskiej", (f"/kalendarz?miesiac={number + 1}", "Sesje Rady Miejskiej w miesiącu"))

    with Web(routes) as web:
        web.fallback = lambda seen: calendar(seen) if seen.path.startswith("/kalendarz") else Reply("", 404)
        sink = visit(plan(web.url(), family="bip"), Keeper(), settings(web.netloc))
    assert {found.kind for found in sink.report.traps} <= {TrapKind.CALENDAR}
    assert sum(path.startswith("/kalendarz") for path in web.paths) <= 6


def words(number: int) -> str:
    """What an article has that no other has: thirty letters and more."""
    return " ".join(chr(97 + int(digit)) * 9 for digit in f"{number:04}")


def test_lists_that_end_are_no_traps() -> None:
    """Twenty leaves, articles that lead to one another, pages told apart by a key that looks made up."""
    leaves = {}
    for n in range(1, 20):
        items = [(f"/artykul/{20 * n + i}", f"Sesja rady {20 * n + i}") for i in range(3)]
        leaves[f"/aktualnosci?page={n}"] = page("Aktualności", *items, (f"/aktualnosci?page={n + 1}", "następna"))
    before = "Sesja rady: poprzednia"
    articles = {f"/artykul/{n}": page(f"Sesja rady {n}: {words(n)}", (f"/artykul/{n - 1}", before)) for n in range(400)}
    keys = [f"{n:08x}-0000-4000-8000-{n:012x}" for n in range(9)]
    sessions = {
        f"/posiedzenie?k={key}": page(f"Sesja rady nr {n}", (f"/posiedzenie?k={keys[n - 1]}", before))
        for n, key in enumerate(keys)
    }
    front = page("Miasto", ("/aktualnosci?page=1", "Aktualności"), *((path, "Sesja rady") for path in sessions))
    with Web({"/robots.txt": Reply("", 404), "/": front, **leaves, **articles, **sessions}) as web:
        sink = visit(plan(web.url()), Keeper(), settings(web.netloc, requests_per_visit=80))
    assert sink.report.traps == []
    assert set(sessions) <= set(web.paths)
    assert "/aktualnosci?page=2" in web.paths


def test_folders_that_name_things_are_no_sessions() -> None:
    """Sessions of a council by made up names: what is the same on some of their pages says nothing of the others."""
    keys = [f"{n:02}f{n:09x}" for n in range(8)]
    sessions = [(f"/sesje/{key}/transmisja", f"Sesja rady {n}, transmisja") for n, key in enumerate(keys)]
    minutes = {f"/sesje/{key}/protokol": page(f"Protokół {words(n)}") for n, key in enumerate(keys)}
    routes: dict[str, str | Reply] = {
        "/robots.txt": Reply("", 404),
        "/": page("Miasto", ("/sesje", "Sesje rady")),
        "/sesje": page("Sesje rady", *sessions),
        **{
            path: page("Brak transmisji", (path.replace("transmisja", "protokol"), "Protokół sesji"))
            for path, _ in sessions
        },
        **minutes,
    }
    with Web(routes) as web:
        sink = visit(plan(web.url(), family="bip"), Keeper(), settings(web.netloc))
    assert set(minutes) <= set(web.paths)
    assert [trap for trap in sink.report.traps if trap.kind is TrapKind.SESSION] == []


def test_traps_stand_in_the_visits_problems_and_say_nothing_against_it() -> None:
    with Web({"/robots.txt": Reply("", 404), "/": page("Miasto", ("/rejestr", "Uchwały rady"))}) as web:
        web.fallback = lambda seen: filters(seen).replace("/uchwaly?", "/rejestr?")
        report = visit(plan(web.url()), Keeper(), settings(web.netloc)).report
    verdict, problems = judge_visit(report, Findings(read=5, new_texts=5))
    assert verdict is Verdict.OK
    (told,) = [line for line in problems if line.startswith("trap: ")]
    assert re.fullmatch(
        r"trap: http://127\.0\.0\.1:\d+/rejestr\S*: filters in ever new combinations; \d+ links not followed", told
    )
    report.failures.append(Failure(FailureKind.STATUS, "http://a.example/", "status 500"))
    assert len(judge_visit(report, Findings(read=5, new_texts=5))[1]) == 2


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("/kalendarz?rok=2031&miesiac=4", (2031, 4)),
        ("/kalendarz?miesiac=2031-04", (2031, 4)),
        ("/k?data=20310405", (2031, 4)),
        ("/k?od=2031-4-5", (2031, 4)),
        ("/wydarzenia/2031/04/", (2031, 4)),
        ("/wydarzenia/2031/04/05.html", (2031, 4)),
        ("/dzien/2031-04-05", (2031, 4)),
        ("/archiwum/2019/", (2019, 0)),
        ("/rejestr?rok=2019", (2019, 0)),
        ("/2024/05/12/przystapilismy-do-zmp/", None),
        ("/artykul/2031,tytul.html", None),
        ("/?p=2031", None),
        ("/uchwala?id=20310405", None),
        ("/miesiac?m=4", None),
        ("/node/2145", None),
        ("/aktualnosci/2099.html", None),
        ("/artykul/2031/", None),
        ("/2031/", (2031, 0)),
        ("/sesje?tx_cal%5Byear%5D=2031&tx_cal%5Bmonth%5D=4", (2031, 4)),
        ("/sesje?date=1932854400", (2031, 4)),
        ("/sesje?dzien=05.04.2031", (2031, 4)),
        ("/sesje/04-2031", (2031, 4)),
        ("/sesje/5-kwietnia-2031", (2031, 4)),
        ("/sesje?rok=2031&miesiac=kwiecien", (2031, 4)),
        ("/sesje/2031-W14", (2031, 4)),
        ("/kalendarium,2031,4,5.html", (2031, 4)),
        ("/monthcalendar/2031/04/05/-", (2031, 4)),
        ("/aktualnosci/sesja-rady-5-kwietnia-2031", None),
        ("/uchwala?nr=1932854400", None),
        ("/akt,2031,4,5.html", None),
    ],
)
def test_what_an_address_asks_for(url: str, asked: tuple[int, int] | None) -> None:
    assert date_of(f"https://a.example{url}") == asked


def traps() -> Traps:
    site = Site("a", "municipal", "https://a.example/")
    return Traps(date(2026, 11, 23), Scope(site))


@pytest.mark.parametrize("path", ["/node/2145", "/aktualnosci/2099.html", "/wiadomosci/2031/12", "/uchwaly/2153-04"])
def test_the_number_of_an_article_is_no_year_to_come(path: str) -> None:
    known = traps()
    before = "https://a.example/wiadomosci/2031/11"
    assert known.address(before, [before]) == [before]
    url = f"https://a.example{path}"
    assert known.address(url, [url]) == [url]
    assert known.told() == []


def test_a_month_to_come_of_an_archive_by_months_is_none_to_ask_for() -> None:
    known = traps()
    past = [f"https://a.example/wiadomosci/2026/{month}" for month in (3, 9, 10)]
    assert [known.address(url, [url]) for url in past] == [[url] for url in past]
    url = "https://a.example/wiadomosci/2031/12"
    assert known.address(url, [url]) == []
    assert [str(trap) for trap in known.told()] == [f"trap: {url}: a calendar without end; 1 link not followed"]


def test_numbers_beside_numbers_are_no_archive_by_months() -> None:
    known = traps()
    urls = [f"https://a.example/wiadomosci/{n}" for n in ("2024/12", "2025/3", "2025/57", "2026/1", "2031/12")]
    assert [known.address(url, [url]) for url in urls] == [[url] for url in urls]


def add(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


NAMES = ("stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "wrzesnia", "pazdziernika")
FORMS: dict[str, Callable[[date], str]] = {
    "numbers": lambda day: f"/sesje?o={(day - date(2025, 3, 1)).days}",
    "path": lambda day: f"/wiadomosci/{day:%Y/%m/%d}",
    "section": lambda day: f"/wydarzenia/{day:%Y-%m-%d}",
    "parameter": lambda day: f"/terminy?data={day}",
    "calendar": lambda day: f"/kalendarz/{day:%Y/%m/%d}",
    "brackets": lambda day: (
        f"/sesje?tx_cal%5Byear%5D={day.year}&tx_cal%5Bmonth%5D={day.month}&tx_cal%5Bday%5D={day.day}"
    ),
    "turned": lambda day: f"/sesje/{day:%d-%m-%Y}",
    "dots": lambda day: f"/sesje?dzien={day:%d.%m.%Y}",
    "seconds": lambda day: f"/sesje?date={(day - date(1970, 1, 1)).days * 86_400}",
    "words": lambda day: f"/sesje/{day.day}-{[*NAMES, 'listopada', 'grudnia'][day.month - 1]}-{day.year}",
    "jevents": lambda day: f"/index.php/kalendarz/{day:%Y/%m/%d}/-",
}


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_calendar_of_any_form_leaves_room_for_the_news(form: str) -> None:
    """A page a day, with words of its own, the days of the month and the months around on each."""
    address = FORMS[form]
    first = date(2025, 3, 1)
    days = {address(first + timedelta(days=n)): first + timedelta(days=n) for n in range(-1500, 5500)}

    def calendar(seen: Seen) -> str | Reply:
        day = days.get(seen.path)
        if day is None:
            return Reply("nie ma", 404)
        month = day.replace(day=1)
        around = [(address(add(month, n)), name) for n, name in ((1, "następny"), (-1, "poprzedni"), (12, "za rok"))]
        inside = [(address(month + timedelta(days=n)), str(n + 1)) for n in range((add(month, 1) - month).days)]
        return page(f"Sesje rady: {words(day.toordinal() % 10_000)}", *around, *inside)

    news = [(f"/aktualnosci/tytul-{n}", f"Wydarzenie {n}") for n in range(12)]
    hidden = ("/aktualnosci/wspolnie", "Wspólnie możemy więcej")
    routes: dict[str, str | Reply] = {
        "/robots.txt": Reply("", 404),
        "/": page("Miasto", (address(first), "Sesje rady")),
        "/aktualnosci": page("Aktualności", *news, hidden),
        **{path: page(f"{title}: {words(n)}") for n, (path, title) in enumerate([*news, hidden])},
    }
    with Web(routes) as web:
        web.fallback = calendar
        sink = visit(plan(web.url()), Keeper(), settings(web.netloc, requests_per_visit=BUDGET))
    assert hidden[0] in web.paths
    looked_at = [days[path] for path in web.paths if path in days]
    # numbers that count days look like no date: what the news leave of the budget goes there, and no more
    assert len(looked_at) <= (42 if form == "numbers" else 30)
    waiting = sink.report.memory.pending if sink.report.memory else {}
    assert len([url for url in waiting if url.partition(web.netloc)[2] in days]) <= 30


def test_months_that_follow_each_other_are_those_of_a_calendar() -> None:
    known = traps()
    months = [f"https://a.example/rada/sesje/{n // 12}/{n % 12 + 1:02}" for n in range(2027 * 12, 2028 * 12 + 6)]
    assert [url for url in months if known.address(url, [url])] == months[:11]
    assert [trap.kind for trap in known.told()] == [TrapKind.CALENDAR]


@given(st.text(alphabet="/?=&abk19-.;%", max_size=60))
def test_any_address_is_of_one_kind(tail: str) -> None:
    url = f"https://a.example/{tail}"
    kind, names = kindred_of(url)
    assert kindred_of(url) == (kind, names)
    date_of(url)


def test_told_in_words() -> None:
    assert str(Trap(TrapKind.CALENDAR, "https://a.example/k", 1)).endswith(
        "a calendar without end; 1 link not followed"
    )
    assert str(Trap(TrapKind.PATH, "https://a.example/k")) == "trap: https://a.example/k: a path that grows by itself"
    assert str(Trap(TrapKind.SESSION, "https://a.example/k", 5)).endswith("5 links taken for the same page")

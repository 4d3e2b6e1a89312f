"""The commands search and page, as typed."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from zmpwatch.cli import searching
from zmpwatch.model import Authority, CountStatement, Page, Purpose, Qualifier, Site, Text, Verdict, Visit
from zmpwatch.read import read_bytes
from zmpwatch.service.searching import fill_some, prepared
from zmpwatch.store import Store

from .conftest import Program

URL = "https://www.example.pl/o-nas"
OLD, NEW = datetime(2024, 11, 20, 12, tzinfo=UTC), datetime(2025, 3, 7, 12, tzinfo=UTC)


def body(count: int) -> bytes:
    return f"<!doctype html><title>O nas</title><h1>O nas</h1><p>Nasz związek zrzesza {count} miasta.</p>".encode()


@pytest.fixture
def history(program: Program, tmp_path: Path) -> Path:
    """Two versions of one page."""
    sites = "sites: [{name: zmp, family: association, url: 'https://www.example.pl/'}]\n"
    (tmp_path / "config.yaml").write_text(f"{sites}knowledge: false\n")
    assert program("init").status == 0
    database = tmp_path / "var" / "zmpwatch.db"
    with Store.open(f"sqlite:///{database}", tmp_path / "var" / "archive") as store:
        for count, at in ((373, OLD), (381, NEW)):
            keep(store, count, at)
    return database


def keep(store: Store, count: int, at: datetime) -> None:
    content = body(count)
    asked = {"user-agent": "zmpwatch (test)"}
    page = Page(URL, URL, 200, {"content-type": "text/html; charset=utf-8"}, content, at, request_headers=asked)
    text: Text = read_bytes(content, url=URL)
    start = text.content.index("zrzesza")
    quote = text.content[start : start + 18]
    said = CountStatement(
        value=count,
        qualifier=Qualifier.EXACT,
        as_of=None,
        quote=quote,
        start=start,
        end=start + len(quote),
        rule="prose",
        confidence=1.0,
    )
    kept = store.archive.put(content)
    with store.write() as tx:
        visit = tx.add_visit(Visit("zmp", Purpose.ROUTINE, at, at, Verdict.OK, 1, 10, 1, 0, 1, (), at.isoformat()))
        tx.mark_site(Site("zmp", "association", URL), at)
        snapshot = tx.add_snapshot(visit, "zmp", page, text, kept, kept, False)
        tx.add_sighting(snapshot, visit, at, True)
        tx.add_statements(snapshot, [said], Authority.COUNTER, "extract 1")
        tx.index_pages({snapshot: prepared(text, at)})


def test_a_page_is_found_in_its_newest_version(program: Program, history: Path) -> None:
    said = program("search", "zwiazki", "miasto", "--json")
    assert said.status == 0, said.err
    (hit,) = said.lines
    assert hit["url"] == URL
    assert hit["snippet"].endswith("Nasz **związek** zrzesza 381 **miasta**.")
    assert Path(hit["file"]).is_file()
    said = program("search", "związek")
    assert "2025-03-07  zmp  O nas\n" in said.out
    assert "**związek**" in said.out


def test_an_older_version_is_found_by_its_own_words(program: Program, history: Path) -> None:
    (hit,) = program("search", "373", "--json").lines
    assert hit["date"] == "2024-11-20"
    assert program("search", "373", "--since", "2025-01-01", "--json").lines == []
    assert program("search", "373", "--since", "2025-01-01").out == "no archived page has that\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--", "-nic"], "nothing to search for"),
        (["*"], "nothing to search for"),
        (["x", "--since", "wczoraj"], "--since: 'wczoraj' is no day"),
        (["x", "--municipality", "Brzeziny Dolne"], "no municipality is called"),
        (["x", "--limit", "0"], "--limit"),
    ],
)
def test_wrong_questions_end_in_one_line(program: Program, history: Path, arguments: list[str], told: str) -> None:
    said = program("search", *arguments)
    assert (said.status, said.out) == (2, "")
    assert told in said.err
    assert "Traceback" not in said.err


def test_pages_that_are_not_in_the_index_are_put_in_by_the_search(program: Program, history: Path) -> None:
    with Store.open(f"sqlite:///{history}", history.parent / "archive") as store, store.write() as tx:
        tx.unindex_pages([1, 2])
    said = program("search", "związek", "--json")
    assert (said.status, len(said.lines)) == (0, 1)
    assert said.err == "2 archived pages put into the index\n"
    assert program("search", "związek").err == ""


def test_filling_the_index_is_bounded_and_goes_on(
    program: Program, history: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(f"sqlite:///{history}", history.parent / "archive") as store, store.write() as tx:
        tx.unindex_pages([1, 2])
    monkeypatch.setattr(searching, "_FILLED_FOR", 0)
    said = program("search", "związek", "--json")
    assert (said.status, said.out) == (0, "")
    assert "2 archived pages are not in the index yet: the next search goes on" in said.err
    with Store.open(f"sqlite:///{history}", history.parent / "archive") as store:
        looks = iter([False, True])
        assert fill_some(store, lambda: next(looks)) == 1, "the newest first"
    assert program("search", "381", "--json").lines[0]["date"] == "2025-03-07"
    (told,) = program("rebuild", "--json").lines
    assert told["indexed"] == 1
    assert program("search", "związek").err == ""


def test_a_page_that_is_taken_down_meanwhile_is_not_put_in(program: Program, history: Path) -> None:
    with Store.open(f"sqlite:///{history}", history.parent / "archive") as store:
        with store.write() as tx:
            tx.unindex_pages([1, 2])
        looked: list[int] = []

        def enough() -> bool:
            looked.append(1)
            if len(looked) == 2:
                store.forget(URL, "asked", NEW)
            return len(looked) == 2

        assert fill_some(store, enough) == 0
    assert program("search", "związek", "--json").lines == []


def test_a_search_that_may_not_write_says_what_is_missing(program: Program, history: Path) -> None:
    with Store.open(f"sqlite:///{history}", history.parent / "archive") as store, store.write() as tx:
        tx.unindex_pages([1])
    raw = sqlite3.connect(history)
    raw.execute("CREATE TRIGGER full BEFORE INSERT ON page_texts BEGIN SELECT RAISE(ABORT, 'no room'); END")
    raw.commit()
    raw.close()
    said = program("search", "związek", "--json")
    assert (said.status, len(said.lines)) == (0, 1)
    assert "the index could not be brought up to date" in said.err
    assert "1 archived page is not in the index yet" in said.err


def test_a_page_is_shown_with_what_was_read_in_it(program: Program, history: Path) -> None:
    said = program("page", URL)
    assert said.status == 0, said.err
    assert "fetched    2025-03-07 13:00, status 200" in said.out
    assert "states     exact 381 members" in said.out
    assert "Nasz związek **zrzesza 381 miasta**." in said.out
    assert "other      2024-11-20" in said.out


def test_an_older_version_by_day_and_by_hash(program: Program, history: Path) -> None:
    (page,) = program("page", URL, "--at", "2024-12-31", "--json").lines
    assert page["quotes"][0]["quote"] == "zrzesza 373 miasta"
    assert page["request_headers"] == {"user-agent": "zmpwatch (test)"}
    assert [one["fetched"][:10] for one in page["versions"]] == ["2024-11-20", "2025-03-07"]
    for which in (page["archived"], page["archived"][:8], page["file"]):
        (same,) = program("page", which, "--json").lines
        assert same["archived"] == page["archived"]


def test_the_bytes_are_those_that_were_served(program: Program, history: Path) -> None:
    said = program("page", URL, "--output", "kept/page.html")
    assert (said.status, said.err) == (3, "kept/page.html: can't be written: there is no folder kept\n")
    Path("kept").mkdir()
    said = program("page", URL, "--output", "kept/page.html")
    assert (said.status, said.out) == (0, "")
    assert Path("kept/page.html").read_bytes() == body(381)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["https://www.example.pl/inna"], "no page of this address is in the archive"),
        (["0123456789abcdef"], "no page of this hash is in the archive"),
        ([URL, "--at", "2024-01-01"], "first fetched on 2024-11-20, after 2024-01-01"),
    ],
)
def test_what_is_not_there_is_said(program: Program, history: Path, arguments: list[str], told: str) -> None:
    said = program("page", *arguments)
    assert (said.status, said.out) == (3, "")
    assert told in said.err


def test_a_page_taken_down_is_shown_no_more(program: Program, history: Path) -> None:
    assert program("forget", URL, "--reason", "asked for").status == 0
    said = program("page", URL)
    assert (said.status, said.out) == (3, "")
    assert "was taken down" in said.err
    assert program("search", "związek", "--json").lines == []


def test_a_page_missing_from_the_archive_is_told(program: Program, history: Path) -> None:
    (page,) = program("page", URL, "--json").lines
    Path(page["file"]).unlink()
    said = program("page", URL)
    assert said.status == 3
    assert "missing from the archive" in said.err


def test_words_to_leave_out_are_no_options(program: Program, history: Path) -> None:
    assert history.exists()
    assert program("search", "zrzesza", "-projekt").out.count(URL) == 1
    assert program("search", "zrzesza", "-miasta").out == "no archived page has that\n"
    assert program("search", "zrzesza", "-hm", "--limit", "5").out.count(URL) == 1
    assert program("search", 'zrzesza -"373 miasta"').out.count(URL) == 1
    alone = program("search", "-projekt")
    assert (alone.status, alone.err) == (2, "nothing to search for: name at least one word that shall be on the page\n")
    mistyped = program("search", "zrzesza", "--sinc", "2025-01-01")
    assert mistyped.status == 2
    assert "there is no option --sinc" in mistyped.err
    assert program("search", "zrzesza", "---", "-").out.count(URL) == 1
    assert program("search", "--help").status == 0

"""Whatever is wrong: one clear line that names it, the right exit status, nothing lost."""

from __future__ import annotations

import io
import os
import sqlite3
import sys
from pathlib import Path

import pytest

from .conftest import Program

SITES = "sites:\n  - {name: zmp, family: association, url: 'http://127.0.0.1:9/'}\n"
ASKING = [
    ["count"],
    ["changes"],
    ["members"],
    ["case", "Hajnówka"],
    ["diff", "2025-01-01", "2025-02-01"],
    ["status"],
]


@pytest.mark.parametrize("command", [*ASKING, ["crawl"], ["check"]], ids=lambda command: command[0])
def test_without_a_configuration(program: Program, command: list[str]) -> None:
    said = program(*command)
    assert said.status == 2
    assert said.err.startswith("config.yaml: ")
    assert "nothing was run" in said.err
    assert said.out == ""


def test_a_closed_standard_input(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `zmpwatch extract - <&-` meets; the other documents are read all the same."""
    monkeypatch.setattr(sys, "stdin", None)
    (tmp_path / "a.txt").write_text("Związek Miast Polskich zrzesza 358 miast.")
    said = program("extract", "-", "a.txt")
    assert (said.status, said.err) == (1, "-: standard input is closed\n")
    assert "358" in said.out


def test_standard_input_given_twice(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    body = "Związek Miast Polskich zrzesza 358 miast.".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(body)))
    said = program("extract", "--json", "-", "-")
    assert (said.status, said.err) == (1, "-: standard input can be read only once\n")
    first, second = said.lines
    assert [one["value"] for one in first["member_counts"]] == [358]
    assert second == {"path": "-", "error": "standard input can be read only once"}


@pytest.mark.parametrize("command", ASKING, ids=lambda command: command[0])
def test_without_a_database(program: Program, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "config.yaml").write_text(SITES)
    said = program(*command)
    assert said.status == 3
    assert "there is no database; `zmpwatch crawl` makes it" in said.err
    assert len(said.err.splitlines()) == 1
    assert not (tmp_path / "var").exists()


def test_a_wrong_configuration_names_file_line_and_key(program: Program, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(SITES + "    municipalty: '200501'\n".replace("    ", "crawl:\n  ", 1))
    said = program("check")
    assert said.status == 2
    assert said.err.startswith("config.yaml:4:3: crawl.municipalty: ")
    said = program("check", "--json")
    assert said.status == 2
    assert said.lines[0]["ok"] is False


def test_an_unknown_site_is_named_with_the_nearest(program: Program, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(SITES)
    said = program("crawl", "znp")
    assert said.status == 2
    assert said.err == "no site is called 'znp' (did you mean zmp?)\n"


def test_a_site_that_does_not_answer(program: Program, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(SITES + "crawl: {delay: 0, timeout: 3}\n")
    said = program("crawl", "--json")
    assert said.status == 1
    assert said.lines[0]["verdicts"] == {"unreachable": 1}
    said = program("status", "--json")
    assert said.status == 0
    assert said.lines[0]["verdict"] == "unreachable"
    assert "http://127.0.0.1:9/" in said.lines[0]["problems"][0]


@pytest.mark.parametrize("command", [["count"], ["crawl"]], ids=lambda command: command[0])
def test_a_database_of_a_newer_version_is_refused_and_left(
    program: Program, tmp_path: Path, command: list[str]
) -> None:
    (tmp_path / "config.yaml").write_text(SITES + "database: sqlite:///db.sqlite\n")
    assert program("init").status == 0
    with sqlite3.connect(tmp_path / "db.sqlite") as connection:
        connection.execute("UPDATE zmpwatch_version SET version_num = '9999'")
    connection.close()
    before = (tmp_path / "db.sqlite").read_bytes()
    said = program(*command)
    assert said.status == 3
    assert "db.sqlite" in said.err
    assert "newer" in said.err
    assert (tmp_path / "db.sqlite").read_bytes() == before


def test_a_file_that_is_no_database(program: Program, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(SITES + "database: sqlite:///db.sqlite\n")
    (tmp_path / "db.sqlite").write_text("zapiski\n" * 500)
    said = program("count")
    assert said.status == 3
    assert "db.sqlite" in said.err
    assert (tmp_path / "db.sqlite").read_text() == "zapiski\n" * 500


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_folder(program: Program, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(SITES + "database: sqlite:///closed/db.sqlite\n")
    (tmp_path / "closed").mkdir(mode=0o500)
    said = program("crawl")
    assert said.status == 3
    assert "closed" in said.err


def test_a_folder_that_is_a_file(program: Program, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(SITES + "database: sqlite:///taken/db.sqlite\n")
    (tmp_path / "taken").write_text("a file")
    said = program("crawl")
    assert said.status == 3
    assert "taken" in said.err
    assert (tmp_path / "taken").read_text() == "a file"


def test_unreadable_files_have_an_error_in_their_place(program: Program, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Związek Miast Polskich zrzesza obecnie 373 miasta.", encoding="utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\n%cut")
    (tmp_path / "lines.jsonl").write_text('{"text": "nic"}\nno json\n{"id": 7}\n', encoding="utf-8")
    said = program("extract", "good.txt", "missing.txt", "broken.pdf", "lines.jsonl", ".", "--json")
    assert said.status == 1
    assert [("error" in line, line["path"]) for line in said.lines] == [
        (False, "good.txt"),
        (True, "missing.txt"),
        (True, "broken.pdf"),
        (False, "lines.jsonl:1"),
        (True, "lines.jsonl:2"),
        (True, "lines.jsonl:3"),
        (True, "."),
    ]
    assert said.lines[0]["member_counts"][0]["value"] == 373


def test_wrong_days_and_names(program: Program, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(SITES)
    assert program("init").status == 0
    for arguments, told in [
        (["count", "--at", "31.12.2024"], "--at: '31.12.2024' is no day; write it as 2025-02-28"),
        (["diff", "2025-02-01", "2025-01-01"], "FROM (2025-02-01) lies after TO (2025-01-01)"),
        (["changes", "--kind", "joined"], "'joined' is no kind of change; there are: count_changed"),
        (["case", "Atlantyda"], "no municipality is called 'Atlantyda'"),
        (["case", "2005019"], "'2005019' is no TERYT code"),
        (["extract", "x.txt", "--published", "wczoraj"], "--published: 'wczoraj' is no date"),
    ]:
        said = program(*arguments)
        assert (said.status, said.out) == (2, ""), arguments
        assert told in said.err


def test_an_ambiguous_name_lists_who_is_meant(program: Program, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(SITES)
    assert program("init").status == 0
    said = program("case", "Jastrzębia")
    assert said.status in {0, 2}
    said = program("case", "Brzeziny")
    assert said.status == 0
    assert "another: " in said.out


def test_wrong_usage(program: Program) -> None:
    said = program("cuont")
    assert said.status == 2
    assert "cuont" in said.err
    assert program("case").status == 2


def test_init_keeps_what_is_there(program: Program, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(SITES)
    said = program("init")
    assert (said.status, (tmp_path / "config.yaml").read_text()) == (0, SITES)
    assert "kept as it is" in said.out
    said = program("init", "--force")
    assert said.status == 0
    assert (tmp_path / "config.yaml.bak").read_text() == SITES
    assert "miasta.pl" in (tmp_path / "config.yaml").read_text()


def test_the_demo_takes_no_folder_of_others(program: Program, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    said = program("demo", "--folder", "mine")
    assert said.status == 3
    assert "no earlier demo" in said.err
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"

"""Commands for analysts: history, export, rebuild, as they are typed."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from .conftest import Program


@pytest.fixture
def known(program: Program) -> Program:
    """A new installation with the initial knowledge."""
    assert program("init").status == 0
    return program


def test_history_draws_and_lists(known: Program) -> None:
    said = known("history", "--since", "2019-01-01")
    assert said.status == 0
    assert "337" in said.out
    assert "1939" not in said.out
    points = known("history", "--json").lines
    assert [point["members"] for point in points][:3] == [16, 494, 515]
    assert {
        "day",
        "as_of",
        "members",
        "official",
        "checked",
        "on_line",
        "source",
        "quote",
        "archived",
        "sources",
    } == set(points[0])


def test_history_of_nothing(known: Program) -> None:
    said = known("history", "--since", "2026-01-01", "--svg", "none.svg")
    assert (said.status, said.out) == (0, "ZMP: no member count is known since 2026-01-01; nothing to draw\n")
    assert not Path("none.svg").exists()


def test_history_refuses_what_is_no_day(known: Program) -> None:
    said = known("history", "--since", "yesterday")
    assert (said.status, said.err) == (2, "--since: 'yesterday' is no day; write it as 2025-02-28\n")


def test_png_without_its_library_writes_no_file(known: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    said = known("history", "--png", "count.png", "--svg", "count.svg")
    assert said.status == 2
    assert "pip install 'zmpwatch[picture]'" in said.err
    assert not list(Path().glob("count.*"))


def test_a_picture_that_can_not_be_written(known: Program) -> None:
    Path("folder").write_text("a file", encoding="utf-8")
    said = known("history", "--svg", "folder/count.svg")
    assert said.status == 3
    assert "can't be written" in said.err


def test_a_picture_goes_into_a_folder_that_is_there(known: Program) -> None:
    said = known("history", "--svg", "nosuch/count.svg")
    assert (said.status, said.err) == (3, "nosuch/count.svg: can't be written: there is no folder nosuch\n")
    assert not Path("nosuch").exists()


def test_export_says_what_it_wrote(known: Program) -> None:
    said = known("export", "--format", "csv", "--output", "out")
    assert said.status == 0
    assert [line.split(":")[0] for line in said.out.splitlines()][-2:] == ["out/v_visits.csv", "out/dictionary.json"]
    assert json.loads(Path("out/dictionary.json").read_text(encoding="utf-8"))["tables"]["v_visits"]["rows"] == 1
    assert not [path for path in Path("out").iterdir() if path.name.startswith(".")], "no drafts are left"


def test_export_wants_a_format(known: Program) -> None:
    assert known("export").status == 2
    said = known("export", "--format", "xls")
    assert (said.status, said.err) == (2, "--format: 'xls' is none; there are: csv, jsonl, sqlite, parquet, warc\n")


def test_rebuild_of_a_history_without_pages(known: Program) -> None:
    before = known("members").out
    said = known("rebuild", "--dry-run")
    assert (said.status, said.out) == (0, "0 pages read; 0 state something else; 0 cases would be changed\n")
    (told,) = known("rebuild", "--json").lines
    assert set(told) == {"pages", "reread", "problems", "count", "history", "cases", "indexed", "told"}
    assert told["told"] is None
    assert told["cases"] == []
    assert known("members").out == before


def test_rebuild_tells_nobody_without_a_yes(known: Program) -> None:
    said = known("rebuild", "--tell")
    assert (said.status, said.out) == (2, "")
    assert "add --yes or --dry-run" in said.err
    assert known("rebuild", "--yes").status == 2
    said = known("rebuild", "--tell", "--dry-run")
    assert "0 pieces of news would go out: 0 deliveries" in said.out
    (told,) = known("rebuild", "--tell", "--yes", "--json").lines
    assert told["told"] == {"changes": [], "deliveries": 0, "held": 0}

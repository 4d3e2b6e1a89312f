"""Files for analysts: what is in the views is in the files, and nothing in them runs."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from zmpwatch.config import Config, load_config
from zmpwatch.errors import ConfigError, StoreError
from zmpwatch.register import load_register
from zmpwatch.service.exporting import export
from zmpwatch.service.exporting.export import _csv, _jsonl
from zmpwatch.service.exporting.tables import Column, ExportedTable
from zmpwatch.service.knowledge import learn
from zmpwatch.service.opening import open_store
from zmpwatch.store import Store

NOW = datetime(2026, 1, 10, 8, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
VIEWS = ("v_member_count", "v_memberships", "v_events", "v_changes", "v_visits")


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Config:
    (tmp_path / "config.yaml").write_text(f"database: {database_url}\n", encoding="utf-8")
    return load_config(tmp_path / "config.yaml", {})


@pytest.fixture
def store(config: Config):
    with open_store(config) as opened:
        learn(config, opened, load_register(), NOW)
        yield opened


def in_database(config: Config, view: str) -> list[tuple[Any, ...]]:
    engine = create_engine(config.database)
    try:
        with engine.connect() as raw:
            return sorted((tuple(row) for row in raw.execute(text(f"SELECT * FROM {view}"))), key=repr)
    finally:
        engine.dispose()


def test_csv_has_every_row_and_column(store: Store, config: Config, tmp_path: Path) -> None:
    written = export(store, "csv", tmp_path / "out", "ZMP", NOW)
    assert [path.name for path in written] == [f"{view}.csv" for view in VIEWS]
    with (tmp_path / "out" / "v_events.csv").open(encoding="utf-8", newline="") as file:
        rows = [tuple(row) for row in csv.reader(file)]
    expected = [tuple("" if value is None else str(value) for value in row) for row in in_database(config, "v_events")]
    assert rows[0][:4] == ("teryt", "municipality", "kind", "stage")
    assert sorted(rows[1:], key=repr) == sorted(expected, key=repr)
    assert len(expected) > 50


def test_json_lines_keep_types(store: Store, config: Config, tmp_path: Path) -> None:
    export(store, "jsonl", tmp_path, "ZMP", NOW)
    lines = (tmp_path / "v_events.jsonl").read_text(encoding="utf-8").splitlines()
    events = [json.loads(line) for line in lines]
    (zamosc,) = [event for event in events if event["teryt"] == "0664011" and event["kind"] == "withdrawal"]
    assert (zamosc["votes_for"], zamosc["votes_abstain"], zamosc["resolution"]) == (14, 7, None)


def test_the_sqlite_file_stands_alone(store: Store, config: Config, tmp_path: Path) -> None:
    (path,) = export(store, "sqlite", tmp_path / "deep" / "er", "ZMP", NOW)
    raw = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    for view in VIEWS:
        assert sorted(raw.execute(f"SELECT * FROM {view}"), key=repr) == in_database(config, view)
    assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    told = raw.execute("SELECT meaning FROM dictionary WHERE table_name = 'v_events' AND column_name = 'votes_for'")
    assert told.fetchall() == [("votes in favour",)]
    assert dict(raw.execute("SELECT * FROM about"))["history"] == str(store.head())
    raw.close()
    assert sorted(item.name for item in path.parent.iterdir()) == ["dictionary.json", "zmpwatch-export.sqlite"]


def test_parquet_reads_back(store: Store, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra `parquet` is not installed")
    export(store, "parquet", tmp_path, "ZMP", NOW)
    table = parquet.read_table(tmp_path / "v_events.parquet")
    assert table.num_rows > 50
    assert str(table.schema.field("votes_for").type) == "int64"
    assert parquet.read_table(tmp_path / "v_changes.parquet").num_rows == 0


def test_parquet_without_the_library_says_what_to_install(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ConfigError, match=r"pip install 'zmpwatch\[parquet\]'"):
        export(store, "parquet", tmp_path / "out", "ZMP", NOW)
    assert not (tmp_path / "out").exists()


def test_the_dictionary_beside_them_describes_every_column(store: Store, tmp_path: Path) -> None:
    export(store, "csv", tmp_path, "ZMP", NOW)
    told = json.loads((tmp_path / "dictionary.json").read_text(encoding="utf-8"))
    assert told["exported"] == "2026-01-10T08:00:00+00:00"
    for view in VIEWS:
        with (tmp_path / f"{view}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        assert [column["name"] for column in told["tables"][view]["columns"]] == header
        assert told["tables"][view]["rows"] == len(rows)


def test_the_dictionary_says_what_the_document_says() -> None:
    document = (ROOT / "docs" / "database.md").read_text(encoding="utf-8")
    content = (ROOT / "zmpwatch" / "service" / "exporting" / "dictionary.yaml").read_text(encoding="utf-8")
    for view, told in yaml.safe_load(content).items():
        section = document[document.index(f"### {view}\n") :].split("```sql")[0]
        assert told["about"] in " ".join(section.split())
        described = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", section, re.MULTILINE))
        assert {name: column["meaning"] for name, column in told["columns"].items()} == described


def test_an_unknown_format_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there are: csv, jsonl, sqlite, parquet"):
        export(store, "xls", tmp_path, "ZMP", NOW)


def test_a_folder_that_is_none_is_told(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="can't be written"):
        export(store, "csv", tmp_path / "file", "ZMP", NOW)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def one_column(*values: str) -> ExportedTable:
    return ExportedTable("t", "", (Column("quote", "text", ""),), [(value,) for value in values])


@pytest.mark.parametrize("formula", ["=1+1", "+48 22", "-2", "@SUM(A1)", "\t=1", " =1", "\r\n=1"])
def test_no_cell_is_a_formula(formula: str) -> None:
    _, row = list(csv.reader(io.StringIO(_csv(one_column(formula)).decode(), newline="")))
    assert row == [f"'{formula}"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1), min_size=1))
def test_any_text_survives(values: list[str]) -> None:
    _, *rows = csv.reader(io.StringIO(_csv(one_column(*values)).decode(), newline=""))
    assert [row[0].removeprefix("'") for row in rows] == [value.removeprefix("'") for value in values]
    lines = _jsonl(one_column(*values)).decode().removesuffix("\n").split("\n")
    assert [json.loads(line)["quote"] for line in lines] == values

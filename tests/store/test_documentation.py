"""docs/database.md tells of every view, column and table there is, and its examples run."""

import re
import sqlite3
from pathlib import Path

import pytest

from zmpwatch.store import Store
from zmpwatch.store.migrate import VERSION_TABLE
from zmpwatch.store.schema import Base

DOCUMENT = (Path(__file__).parents[2] / "docs" / "database.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### (v_\w+)\n(.*?)(?=^##)", DOCUMENT, re.MULTILINE | re.DOTALL))
EXAMPLES = re.findall(r"```sql\n(.*?)```", DOCUMENT, re.DOTALL)


def named(section: str) -> list[str]:
    return re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)


def test_every_view_and_column_is_told_in_order(store: Store, database: Path) -> None:
    raw = sqlite3.connect(database)
    views = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
    columns = {name: [column[0] for column in raw.execute(f"SELECT * FROM {name}").description] for name in views}
    raw.close()
    assert {name: named(section) for name, section in SECTIONS.items()} == columns


def test_every_table_is_told() -> None:
    assert set(named(DOCUMENT.split("## The tables")[1])) == {*Base.metadata.tables, VERSION_TABLE}


@pytest.mark.parametrize("query", EXAMPLES)
def test_examples_run(store: Store, database: Path, query: str) -> None:
    raw = sqlite3.connect(database)
    assert raw.execute(query).fetchall() == []
    raw.close()


def test_there_are_examples() -> None:
    assert len(EXAMPLES) == len(SECTIONS) == 5

from collections.abc import Iterator
from pathlib import Path

import pytest

from zmpwatch.store import Store


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where the SQLite database lies: a test that asks for it runs on SQLite alone."""
    return tmp_path / "zmpwatch.db"


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    with Store.open(database_url, tmp_path / "archive") as opened:
        yield opened

from collections.abc import Iterator
from pathlib import Path

import pytest

from zmpwatch.store import Store


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "zmpwatch.db"


@pytest.fixture
def store(tmp_path: Path, database: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{database}", tmp_path / "archive") as opened:
        yield opened

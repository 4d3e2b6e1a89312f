from pathlib import Path

import pytest


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where the SQLite database lies: a test that asks for it runs on SQLite alone."""
    return tmp_path / "zmpwatch.db"

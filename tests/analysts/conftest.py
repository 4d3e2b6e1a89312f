from collections.abc import Iterator
from pathlib import Path

import pytest

from zmpwatch.service.opening import open_store

from .chronicle import Chronicle, config_at


@pytest.fixture
def chronicle(tmp_path: Path, database_url: str) -> Iterator[Chronicle]:
    """An empty history of three sites, on each database."""
    config = config_at(tmp_path, database_url)
    with open_store(config) as store:
        yield Chronicle(config, store)

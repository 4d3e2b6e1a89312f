from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
import yaml

from zmpwatch.service.replica import Replica


@pytest.fixture
def web() -> Iterator[Replica]:
    with Replica() as replica:
        yield replica


@pytest.fixture(scope="session")
def story() -> Any:
    return yaml.safe_load(files("zmpwatch.service.replica").joinpath("story.yaml").read_text(encoding="utf-8"))

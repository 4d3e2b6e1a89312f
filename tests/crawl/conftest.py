"""The hostile server of the shared material, where it is there."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SHARED = Path(__file__).parents[3] / "shared" / "tools" / "hostile_server.py"


@pytest.fixture(scope="session")
def hostile() -> ModuleType:
    """The module; its `HostileServer` listens on loopback only."""
    if not SHARED.is_file():
        pytest.skip("the hostile server is not beside this checkout (../shared/tools/hostile_server.py)")
    spec = importlib.util.spec_from_file_location("hostile_server", SHARED)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

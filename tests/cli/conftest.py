"""Running the program in this process, as its entry point does."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from zmpwatch.cli.application import run


@dataclass
class Outcome:
    """What the program printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        """Each line of stdout as JSON."""
        return [json.loads(line) for line in self.out.splitlines()]


Program = Callable[..., Outcome]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    """The program in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ZMPWATCH_CONFIG", raising=False)

    def call(*arguments: str) -> Outcome:
        status = run(arguments)
        said = capsys.readouterr()
        return Outcome(int(status), said.out, said.err)

    return call

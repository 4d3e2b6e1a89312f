from __future__ import annotations

from pathlib import Path

import pytest

from zmpwatch.alert.message import compose
from zmpwatch.alert.subscriptions import Language

from .casefolder import CASES, load, shown
from .towns import TownNames

KEY = "0123456789abcdef0123456789abcdef"
FILES = sorted(p for p in CASES.glob("*/expected.*"))


@pytest.mark.parametrize("expected", FILES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_message_of_the_case(expected: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zmpwatch.alert.message.__version__", "0.1.0")
    _, language, suffix = expected.name.split(".")
    chosen: Language = "pl" if language == "pl" else "en"
    message = compose(load(expected.parent), recipient="redakcja", language=chosen, names=TownNames(), key=KEY)
    shape = {"txt": shown(message), "md": message.markdown, "html": message.html}[suffix]
    assert shape == expected.read_text("utf-8")


def test_every_case_has_its_messages() -> None:
    for case in CASES.iterdir():
        assert list(case.glob("expected.*.txt")), f"{case.name} has no expected message"

"""Every file in wrong/ is refused with just the problems that stand beside it, in a .txt of the same name."""

from pathlib import Path

import pytest

from zmpwatch.config import load_config
from zmpwatch.errors import ConfigError

WRONG = Path(__file__).parent / "wrong"
FAMILIES = ("association", "bip", "municipal")


@pytest.mark.parametrize("path", sorted(WRONG.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_problem_is_told_with_its_place(path, monkeypatch):
    monkeypatch.chdir(WRONG)
    with pytest.raises(ConfigError) as caught:
        load_config(Path(path.name), {"EMPTY": " "}, families=FAMILIES)
    told = "".join(f"{problem}\n" for problem in caught.value.problems)
    assert told == path.with_suffix(".txt").read_text(encoding="utf-8")

"""The lexicon holds what is asked for, once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

import zmpwatch.extract
from zmpwatch.extract.uniform.folding import fold_letters

PACKAGE = Path(zmpwatch.extract.__file__).parent
CLASSES: dict[str, str] = yaml.safe_load((PACKAGE / "data" / "lexicon.yaml").read_text(encoding="utf-8"))


def test_every_class_is_asked_for() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    assert {name for name in CLASSES if not re.search(rf"[\"']{name}[\"']", code)} == set()


@pytest.mark.parametrize("name", CLASSES)
def test_no_word_is_given_twice(name: str) -> None:
    words = [fold_letters(word) for word in str(CLASSES[name]).split()]
    stems = {word[:-1] for word in words if word.endswith("*")}
    covered = [
        word for word in words if any(word.rstrip("*").startswith(stem) and word != f"{stem}*" for stem in stems)
    ]
    assert (len(words), covered) == (len(set(words)), [])

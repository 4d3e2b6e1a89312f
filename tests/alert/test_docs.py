from __future__ import annotations

import re
from pathlib import Path

import pytest

from zmpwatch.alert.subscriptions import Language
from zmpwatch.alert.timing import Digest
from zmpwatch.model import ChangeKind

from .casefolder import CASES

DOCUMENT = (Path(__file__).parents[2] / "docs" / "subscribers.md").read_text("utf-8")


@pytest.mark.parametrize("kind", ChangeKind)
def test_every_kind_of_change_is_documented(kind: ChangeKind) -> None:
    subscribers, _, operator = DOCUMENT.partition("## Kinds of news")[2].partition("for the operator alone")
    assert re.search(rf"^\| `{kind}` \| \S", operator if kind.for_operator else subscribers, re.MULTILINE)


def test_the_message_shown_is_one_that_is_sent() -> None:
    subject, _, text = (CASES / "eight-more-six-named" / "expected.pl.txt").read_text("utf-8").partition("\n\n")
    assert f"Subject: {subject}\n\n{text.rstrip()}\n```" in DOCUMENT


@pytest.mark.parametrize("word", [*Digest.__args__, *Language.__args__])  # type: ignore[attr-defined]
def test_choices_are_documented(word: str) -> None:
    assert re.search(rf"\b{word}\b", DOCUMENT)

"""The child that finds words says what this process would say, and is missed by nobody when it dies."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from zmpwatch.service.searching import WordFinder
from zmpwatch.service.searching.words import words_of

TEXT = "Rada Gminy Łódź przyjęła uchwałę nr XI/59/25\n„Związek Miast Polskich” \u2028 w Hajnówce \N{PILE OF POO} \ud800"


@pytest.fixture
def finder() -> Iterator[WordFinder]:
    finder = WordFinder()
    yield finder
    finder.close()


def child_of(finder: WordFinder) -> int:
    assert finder._child is not None
    return finder._child.pid


def test_words_are_those_found_here(finder: WordFinder) -> None:
    assert finder.words_of(TEXT) == words_of(TEXT)
    assert finder.words_of("") == words_of("")


def test_one_child_serves_all(finder: WordFinder) -> None:
    finder.words_of("jeden")
    first = child_of(finder)
    finder.words_of("dwa")
    assert child_of(finder) == first


def test_a_child_that_died_is_not_missed(finder: WordFinder, caplog: pytest.LogCaptureFixture) -> None:
    finder.words_of("jeden")
    os.kill(child_of(finder), signal.SIGKILL)
    with caplog.at_level(logging.WARNING, logger="zmpwatch"):
        assert finder.words_of(TEXT) == words_of(TEXT)
    assert "without the child" in caplog.text
    assert finder.words_of(TEXT) == words_of(TEXT)
    assert child_of(finder) > 0


def test_a_child_that_cannot_be_started_is_not_missed(
    finder: WordFinder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no interpreter"))
    with caplog.at_level(logging.WARNING, logger="zmpwatch"):
        assert finder.words_of(TEXT) == words_of(TEXT)
    assert "without the child" in caplog.text


def test_closing_ends_the_child(finder: WordFinder) -> None:
    finder.words_of("jeden")
    pid = child_of(finder)
    finder.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)

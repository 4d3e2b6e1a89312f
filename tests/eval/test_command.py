"""`zmpwatch eval`: figures, misses, errors; and the same figures as the scorer the corpus came with."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from zmpwatch.cli.application import run

SHARED = Path(__file__).parents[3] / "shared"
SCORER = SHARED / "tools" / "score_extraction.py"


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two documents: one read right but for its label's date, one whose label says what the text does not."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ZMPWATCH_CONFIG", raising=False)
    folder = tmp_path / "corpus"
    folder.mkdir()
    right = {
        "published": "2024-06-10",
        "member_counts": [{"value": 358, "qualifier": "exact", "as_of": None}],
        "events": [{"municipality": "Sulechów", "kind": "accession", "stage": "admitted", "date": "2024-06-08"}],
    }
    (folder / "right.json").write_text(json.dumps(right), encoding="utf-8")
    (folder / "right.txt").write_text(
        "W piątek Zarząd Związku Miast Polskich przyjął w poczet członków Sulechów. Związek zrzesza 358 miast.\n",
        encoding="utf-8",
    )
    wrong = {
        "member_counts": [{"value": 360, "qualifier": "at_least", "as_of": None, "evidence": "ponad\x1b[0m 360 miast"}],
        "events": [],
    }
    (folder / "mistaken.json").write_text(json.dumps(wrong), encoding="utf-8")
    (folder / "mistaken.txt").write_text("Związek Miast Polskich zrzesza blisko 360 miast.\n", encoding="utf-8")
    return folder


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert run(["eval", *arguments, "--json"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    (line,) = said.out.splitlines()
    return json.loads(line)


def test_json(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = told(capsys, "corpus")
    assert figures["documents"] == 2
    assert figures["perfect"] == 1
    assert figures["counts"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5, "tp": 1, "fp": 1, "fn": 1}
    assert figures["events"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "tp": 1, "fp": 0, "fn": 0}
    assert figures["relevant"]["f1"] == 1.0
    assert figures["date"] == {"right": 0, "of": 1}
    assert figures["as_of"] == figures["votes"] == figures["resolution"] == {"right": 0, "of": 0}
    assert set(figures["counts_by_qualifier"]) == {"exact", "at_least", "about"}
    assert set(figures["events_by_step"]) == {"accession admitted"}


def test_misses_as_json(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    misses = told(capsys, "corpus", "--misses")["misses"]
    assert [(miss["document"], miss["error"], miss["fact"]) for miss in misses] == [
        ("mistaken", "missed", "count"),
        ("mistaken", "spurious", "count"),
        ("right", "wrong date", "event"),
    ]
    assert misses[2]["date"] == "2024-06-08"
    assert misses[2]["found"] == ["2024-06-07"]
    assert (misses[1]["value"], misses[1]["qualifier"]) == (360, "about")
    assert misses[1]["rules"]


def test_for_people(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["eval", "corpus", "--misses"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "    wrong     Sulechów accession admitted: date 2024-06-07, not 2024-06-08" in lines
    assert "    missed    count 360 at_least" in lines
    assert "              “ponad\\x1b[0m 360 miast”" in lines
    assert "    invented  count 360 about" in lines
    assert "2 documents; 1 without any error" in lines
    assert "counts                        0.500   0.500   0.500       1       1         1" in lines
    assert "date                          0.000   0 of 1" in lines
    assert "votes                             –   0 of 0" in lines


def test_the_third_held_out(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for ending in ("txt", "json"):
        (corpus / f"right.{ending}").rename(corpus / f"news-001.{ending}")
        (corpus / f"mistaken.{ending}").rename(corpus / f"news-002.{ending}")
    assert run(["eval", "corpus", "--held-out"]) == 2
    assert capsys.readouterr().err == "corpus: none of its 2 documents belongs to the third held out\n"
    for ending in ("txt", "json"):
        (corpus / f"news-002.{ending}").rename(corpus / f"news-006.{ending}")
    assert told(capsys, "corpus", "--held-out")["documents"] == 1
    assert run(["eval", "corpus"]) == 0
    out = capsys.readouterr().out
    assert "the third held out     relevance F1 1.000, counts F1 0.000, " in out
    assert "the other two thirds   relevance F1 1.000, counts F1 1.000, events F1 1.000, dates 0.000, 1 of 1 " in out
    assert run(["eval", "corpus", "--held-out"]) == 0
    assert "1 document, the third held out; 0 without any error" in capsys.readouterr().out


def test_misses_of_the_third_held_out_are_listed_only_where_it_is_asked_for(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for ending in ("txt", "json"):
        (corpus / f"mistaken.{ending}").rename(corpus / f"news-006.{ending}")
    figures = told(capsys, "corpus", "--misses")
    assert figures["documents"] == 2
    assert figures["counts"]["fn"] == 1
    assert [miss["document"] for miss in figures["misses"]] == ["right"]
    assert run(["eval", "corpus", "--misses"]) == 0
    out = capsys.readouterr().out
    assert "news-006" not in out
    assert "2 documents; 1 without any error" in out
    assert [m["document"] for m in told(capsys, "corpus", "--misses", "--held-out")["misses"]] == ["news-006"] * 2


def test_texts_without_a_label_are_told(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus / "notes.txt").write_text("", encoding="utf-8")
    assert run(["eval", "corpus", "--json"]) == 0
    said = capsys.readouterr()
    assert said.err == "1 without a label, left out: notes.txt\n"
    assert json.loads(said.out)["documents"] == 2


def test_wrong_usage(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus / "mistaken.json").write_text('{"member_counts": []}', encoding="utf-8")
    for arguments, said in [
        (["corpus"], "corpus/mistaken.json: events: is missing; a document that states no such thing has an empty"),
        (["gone"], "gone: there is no such folder\n"),
        ([], "Missing argument 'corpus'"),
    ]:
        assert run(["eval", *arguments, "--json"]) == 2
        shown = capsys.readouterr()
        assert said in shown.err
        assert shown.out == ""


@pytest.mark.skipif(not SCORER.is_file(), reason="the scorer and corpus of ../shared are not here")
def test_the_same_figures_as_the_scorer_of_the_corpus(capsys: pytest.CaptureFixture[str]) -> None:
    corpus = str(SHARED / "corpus")
    command = f"{sys.executable} -m zmpwatch extract --json"
    scored = subprocess.run(
        [sys.executable, str(SCORER), corpus, "--command", command], capture_output=True, text=True, check=True
    )
    theirs = json.loads(scored.stdout.splitlines()[-1])
    ours = told(capsys, corpus)
    assert {key: ours[key] for key in theirs} == theirs

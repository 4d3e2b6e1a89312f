"""Extraction reads our own labelled documents at least as well as before."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from zmpwatch.service.corpus import read_corpus

from .floors import FILE, FOLDERS, MARGIN, ROOT, Floors, figures, labelled, measured, outgrown, parse, raised, written

FLOORS = parse(FILE.read_text(encoding="utf-8"))
DOCUMENTS = ROOT / "tests" / "eval" / "documents"


@pytest.mark.parametrize("folder", [folder for folder in FOLDERS if folder in FLOORS or labelled(folder)])
def test_no_figure_falls_below_its_floor(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    floors = FLOORS.get(folder, Floors(0, {}))
    now = figures(folder)
    found = measured(now)
    fallen = [
        f"{folder}: {name} is {found.get(name, 0):.4g}, its floor is {floor:.4g}"
        for name, floor in floors.least.items()
        if found.get(name, 0) < floor
    ]
    assert not fallen, "\n".join([*fallen, f"see: zmpwatch eval {folder} --misses"])
    assert now.documents >= floors.documents, "documents were taken out; set their number and the floors anew"
    higher = outgrown(floors, now)
    if higher:
        told = ", ".join(f"{name} {floors.least.get(name, 0):.3g} → {value:.3g}" for name, value in higher.items())
        with capsys.disabled():
            print(f"\nfloors of {folder} may be raised: {told}; python -m tests.eval.floors does it")


def test_floors_only_rise() -> None:
    """No floor is lower than it ever was with as many documents."""
    name = FILE.relative_to(ROOT)
    log = subprocess.run(
        ["git", "log", "--format=%H", "--", str(name)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if log.returncode != 0 or not log.stdout.strip():
        pytest.skip("the history of the floor file is not here")
    lower = []
    for commit in log.stdout.split():
        shown = subprocess.run(
            ["git", "show", f"{commit}:{name}"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if shown.returncode != 0:  # a commit that moved or removed the file
            continue
        for folder, then in parse(shown.stdout).items():
            now = FLOORS.get(folder)
            if now is None or now.documents != then.documents:
                continue
            lower += [
                f"{folder}: the floor of {figure} is {now.least.get(figure, 0)}; {commit[:9]} has {floor}"
                for figure, floor in then.least.items()
                if now.least.get(figure, 0) < floor
            ]
    assert not lower, "\n".join(lower)


def test_raising_never_lowers() -> None:
    now = figures("tests/eval/documents")
    higher = raised(Floors(1, {"events": 1.0, "counts": 0.0}), now)
    assert higher.least["events"] == 1.0
    assert 0 <= measured(now)["counts"] - higher.least["counts"] < 0.001
    assert higher.documents == now.documents
    assert outgrown(higher, now) == {}
    found = measured(now)
    lower = Floors(1, {**found, "relevant": found["relevant"] - MARGIN, "counts": found["counts"] - MARGIN / 2})
    assert outgrown(lower, now) == {"relevant": found["relevant"]}
    assert parse(written({"folder": higher})) == {"folder": higher}


def test_the_floor_file_is_as_the_program_writes_it() -> None:
    assert written(FLOORS) == FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize("document", read_corpus(DOCUMENTS).documents, ids=lambda document: document.path)
def test_evidence_stands_in_the_text(document) -> None:  # type: ignore[no-untyped-def]
    text = " ".join(document.text.split())
    for fact in (*document.counts, *document.events):
        assert fact.evidence
        assert fact.evidence in text


def test_labels_name_municipalities_of_the_register() -> None:
    from zmpwatch.register import load_register

    names = {municipality.name for municipality in load_register()}
    told = {event.municipality for document in read_corpus(DOCUMENTS).documents for event in document.events}
    assert told <= names


def test_labels_are_json_with_all_keys() -> None:
    for path in sorted(Path(DOCUMENTS).glob("*.json")):
        label = json.loads(path.read_text(encoding="utf-8"))
        assert {"url", "published", "relevant", "member_counts", "events", "hard"} == set(label)

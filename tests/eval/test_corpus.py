"""Labelled documents: both forms, and labels that are wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from zmpwatch.errors import ConfigError
from zmpwatch.model import EventKind, Qualifier, Stage, Votes
from zmpwatch.service.corpus import CountFact, EventFact, held_out, read_corpus

LABEL: dict[str, Any] = {
    "url": "https://www.pulawy.eu/1",
    "published": "2024-06",
    "relevant": True,
    "member_counts": [{"value": 358, "qualifier": "exact", "as_of": None, "evidence": "358 miast"}],
    "events": [
        {
            "municipality": "Puławy",
            "kind": "accession",
            "stage": "resolved",
            "date": "2024-04-25",
            "resolution": "V/1/24",
            "votes": {"for": 9, "against": None, "abstain": 0},
            "evidence": "podjęła uchwałę",
        }
    ],
}


def pair(folder: Path, name: str, label: Any, text: str = "Tekst.\n") -> None:
    path = folder / f"{name}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    told = label if isinstance(label, str) else json.dumps(label, ensure_ascii=False)
    path.with_suffix(".json").write_text(told, encoding="utf-8")


def problems(folder: Path) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        read_corpus(folder)
    return [line.removeprefix(f"{folder}/") for line in str(caught.value).splitlines()]


def test_a_pair(tmp_path: Path) -> None:
    pair(tmp_path, "news/pulawy", LABEL)
    (document,) = read_corpus(tmp_path).documents
    assert (document.path, document.name, document.text) == ("news/pulawy", "pulawy", "Tekst.\n")
    assert (document.url, document.published, document.relevant) == ("https://www.pulawy.eu/1", "2024-06", True)
    assert document.counts == (CountFact(358, Qualifier.EXACT, None, "358 miast"),)
    assert document.events == (
        EventFact(
            "Puławy", EventKind.ACCESSION, Stage.RESOLVED, "2024-04-25", "V/1/24", Votes(9, None, 0), "podjęła uchwałę"
        ),
    )


def test_a_case_folder(tmp_path: Path) -> None:
    case = tmp_path / "returns" / "ryki"
    case.mkdir(parents=True)
    (case / "text.txt").write_text("Tekst.", encoding="utf-8")
    (case / "expected.yaml").write_text(
        "published: 2024-05-30\n"
        "association: ump\n"
        "municipality: '1063011'\n"
        "member_counts: [{value: 51, qualifier: about, as_of: 2012}]\n"
        "events: []\n",
        encoding="utf-8",
    )
    (document,) = read_corpus(tmp_path).documents
    assert (document.path, document.name) == ("returns/ryki", "ryki")
    assert (document.published, document.relevant) == ("2024-05-30", True)
    assert document.association is not None
    assert document.association.key == "ump"
    assert document.municipality is not None
    assert document.municipality.name == "Skierniewice"
    assert document.counts == (CountFact(51, Qualifier.ABOUT, "2012"),)


def test_a_case_folder_named_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "text.txt").write_text("", encoding="utf-8")
    (tmp_path / "expected.json").write_text('{"member_counts": [], "events": []}', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (document,) = read_corpus(Path()).documents
    assert (document.name, document.relevant) == (tmp_path.name, False)


def test_order_and_texts_without_a_label(tmp_path: Path) -> None:
    for name in ("b", "a", "c/a"):
        pair(tmp_path, name, LABEL)
    (tmp_path / "notes.txt").write_text("", encoding="utf-8")
    corpus = read_corpus(tmp_path)
    assert [document.path for document in corpus.documents] == ["a", "b", "c/a"]
    assert corpus.unlabelled == ("notes.txt",)


def test_no_corpus(tmp_path: Path) -> None:
    assert problems(tmp_path / "gone") == [
        f"{tmp_path / 'gone'}: there is no such folder".removeprefix(f"{tmp_path}/gone/")
    ]
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert problems(tmp_path / "file")[0].endswith("file: is no folder")
    (tmp_path / "empty").mkdir()
    assert "no labelled documents; they are pairs NAME.txt and NAME.json" in problems(tmp_path / "empty")[0]


def changed(path: str, value: Any) -> dict[str, Any]:
    """The sound label with one value changed (or, as ..., taken out); `path` is dotted, numbers count into lists."""
    label: dict[str, Any] = json.loads(json.dumps(LABEL))
    *steps, last = path.split(".")
    place: Any = label
    for step in steps:
        place = place[int(step) if step.isdigit() else step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return label


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("relevant", "yes", "relevant: 'yes' is neither true nor false"),
        ("member_counts", ..., "member_counts: is missing; a document that states no such thing has an empty list"),
        ("events", {}, "events: is no list"),
        ("events", ["Puławy"], "events[0]: is no mapping of keys to values"),
        ("member_counts.0.value", "358", "member_counts[0].value: '358' is no whole number"),
        ("member_counts.0.value", True, "member_counts[0].value: True is no whole number"),
        ("member_counts.0.value", ..., "member_counts[0].value: is missing"),
        (
            "member_counts.0.qualifier",
            "over",
            "member_counts[0].qualifier: 'over' is unknown; there are: exact, at_least, about, ordinal",
        ),
        ("member_counts.0.as_of", "2012-13", "member_counts[0].as_of: '2012-13' is no date; "),
        ("events.0.municipality", ..., "events[0].municipality: is missing"),
        ("events.0.municipality", 7, "events[0].municipality: 7 is no text"),
        ("events.0.kind", ..., "events[0].kind: is missing; there are: accession, withdrawal"),
        ("events.0.stage", "joined", "events[0].stage: 'joined' is unknown; there are: proposed, resolved, "),
        (
            "events.0.date",
            "25.04.2024",
            "events[0].date: '25.04.2024' is no date; write it as 2025, 2025-02 or 2025-02-28",
        ),
        ("events.0.votes", "9:0", "events[0].votes: is neither null nor a mapping"),
        ("events.0.votes.for", -1, "events[0].votes.for: -1 is no number of votes"),
        ("events.0.votes.yes", 9, "events[0].votes.yes: is none of for, against and abstain"),
        ("published", "wczoraj", "published: 'wczoraj' is no date"),
        ("association", "zmpp", "association: no built-in association 'zmpp'; there are "),
        ("municipality", "0000001", "municipality: "),
    ],
)
def test_a_wrong_label_names_file_and_key(tmp_path: Path, path: str, value: Any, told: str) -> None:
    pair(tmp_path, "a", changed(path, value))
    (said,) = problems(tmp_path)
    assert said.startswith(f"a.json: {told}")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.json", b'{"events": [],\n }', "a.json:2:2: is no JSON: "),
        ("a.json", b"[]", "a.json: is no mapping of keys to values"),
        ("a.json", b'{"url": "\xb3"}', "a.json: is not UTF-8: invalid start byte at byte 9"),
        ("case/expected.yaml", b"events: [\n", "case/expected.yaml:2:1: is no YAML: "),
        ("case/expected.yaml", b"events: \x07", "case/expected.yaml: is no YAML: "),
    ],
)
def test_a_label_that_cannot_be_read(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    label = tmp_path / name
    label.parent.mkdir(exist_ok=True)
    label.write_bytes(content)
    text = label.with_suffix(".txt") if label.suffix == ".json" else label.with_name("text.txt")
    text.write_text("", encoding="utf-8")
    (said,) = problems(tmp_path)
    assert said.startswith(told)


def test_a_text_that_is_not_utf_8(tmp_path: Path) -> None:
    pair(tmp_path, "a", LABEL)
    (tmp_path / "a.txt").write_bytes("Łódź".encode("cp1250"))
    assert problems(tmp_path)[0].startswith("a.txt: can't be read: 'utf-8' codec")


def test_every_wrong_file_is_told(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        pair(tmp_path, name, LABEL if name == "b" else "{}")
    assert [line.partition(":")[0] for line in problems(tmp_path)] == ["a.json", "c.json"]


def test_the_third_held_out_stays_the_same() -> None:
    names = [f"news-{number:03}" for number in range(300)]
    held = [name for name in names if held_out(name)]
    assert held[:4] == ["news-006", "news-008", "news-013", "news-014"]
    assert 80 < len(held) < 120

"""Labelled documents: texts, and the facts a careful reader finds in them.

Two forms are read, at any depth of a folder:

- *pairs*: ``NAME.txt`` beside ``NAME.json``;
- *case folders*: ``NAME/`` with one text (``text.txt``) and one label (``expected.yaml`` or ``expected.json``).

Both labels have the same keys. `member_counts` (a list of `value`, `qualifier`, `as_of`) and `events` (a list of
`municipality`, `kind`, `stage`, `date`, `resolution`, `votes`) are the facts, each with an `evidence` from the text
where the labeller gave one; `relevant` says whether there is any. `url` and `published` are what a program is told
besides the text. A label may also name the `association` profile it is about and, by TERYT code, the `municipality`
whose site the text stood on. Other keys are remarks.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from zmpwatch.errors import ConfigError, ConfigProblem, RegisterError
from zmpwatch.model import Association, EventKind, Municipality, Qualifier, Stage, Votes
from zmpwatch.register import load_association, load_register

__all__ = ["Corpus", "CountFact", "EventFact", "LabelledDocument", "held_out", "read_corpus"]

_CASE_TEXT = "text.txt"
_CASE_LABELS = ("expected.yaml", "expected.json")
_DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_Word = TypeVar("_Word", bound=StrEnum)


def held_out(name: str) -> bool:
    """Whether a document belongs to the third that nobody looks at while writing rules.

    The name decides (without folder and ending), so that the third stays the same on every machine and when documents
    are added: its SHA-256, read as a number, leaves no remainder when divided by three.
    """
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0


@dataclass(frozen=True, slots=True)
class CountFact:
    """A member count a document states, or was found to state."""

    value: int
    qualifier: Qualifier
    as_of: str | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class EventFact:
    """One step of a membership a document states, or was found to state."""

    municipality: str
    kind: EventKind
    stage: Stage
    date: str | None = None
    resolution: str | None = None
    votes: Votes | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class LabelledDocument:
    """One document and its label; `path` leads from the corpus to it and is what people know it by."""

    path: str
    name: str
    text: str
    url: str | None
    published: str | None
    relevant: bool
    counts: tuple[CountFact, ...]
    events: tuple[EventFact, ...]
    association: Association | None = None
    municipality: Municipality | None = None


@dataclass(frozen=True, slots=True)
class Corpus:
    """The labelled documents of a folder in the order of their paths, and the texts that have no label."""

    documents: tuple[LabelledDocument, ...]
    unlabelled: tuple[str, ...] = ()


def read_corpus(folder: Path) -> Corpus:
    """Read every labelled document under a folder.

    Raises:
        ConfigError: there is no such folder, nothing labelled lies in it, or labels are malformed; then each such file
            is told, with the key.
    """
    if not folder.is_dir():
        raise ConfigError(f"{folder}: there is no such folder" if not folder.exists() else f"{folder}: is no folder")
    documents: list[LabelledDocument] = []
    unlabelled: list[str] = []
    problems: list[ConfigProblem] = []
    for text in sorted(path for path in folder.rglob("*.txt") if path.is_file()):
        label = _label_of(text)
        if label is None:
            unlabelled.append(str(text.relative_to(folder)))
            continue
        try:
            documents.append(_Label(label).document(text, folder))
        except ConfigError as error:
            problems.extend(error.problems)
    if problems:
        raise ConfigError(problems)
    if not documents:
        raise ConfigError(
            f"{folder}: no labelled documents; they are pairs NAME.txt and NAME.json, or folders with {_CASE_TEXT} and "
            f"{' or '.join(_CASE_LABELS)}"
        )
    return Corpus(tuple(documents), tuple(unlabelled))


def _label_of(text: Path) -> Path | None:
    beside = [text.with_suffix(".json")]
    if text.name == _CASE_TEXT:
        beside += [text.with_name(name) for name in _CASE_LABELS]
    return next((path for path in beside if path.is_file()), None)


class _Label:
    """One label file; every error names it and the key."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._body = self._read()

    def document(self, text: Path, folder: Path) -> LabelledDocument:
        """The document that the label describes."""
        pair = self._path.stem == text.stem
        named = text.with_suffix("") if pair else text.parent
        counts = tuple(self._count(fact, place) for fact, place in self._facts("member_counts"))
        events = tuple(self._event(fact, place) for fact, place in self._facts("events"))
        relevant = self._body.get("relevant", bool(counts or events))
        if not isinstance(relevant, bool):
            raise self._wrong("relevant", f"{relevant!r} is neither true nor false")
        path = str(named.relative_to(folder))
        return LabelledDocument(
            path=path if path != "." else folder.resolve().name,
            name=named.resolve().name,
            text=self._text(text),
            url=self._string(self._body, "url", ""),
            published=self._day(self._body, "published", ""),
            relevant=relevant,
            counts=counts,
            events=events,
            association=self._association(),
            municipality=self._municipality(),
        )

    def _read(self) -> Mapping[str, Any]:
        import yaml

        try:
            content = self._path.read_text(encoding="utf-8")
            body = json.loads(content) if self._path.suffix == ".json" else yaml.safe_load(content)
        except OSError as error:
            raise self._wrong("", f"can't be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise self._wrong("", f"is not UTF-8: {error.reason} at byte {error.start}") from error
        except json.JSONDecodeError as error:
            raise self._wrong("", f"is no JSON: {error.msg}", error.lineno, error.colno) from error
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            place = (mark.line + 1, mark.column + 1) if mark else (0, 0)
            raise self._wrong("", f"is no YAML: {error.problem}", *place) from error
        except yaml.YAMLError as error:
            raise self._wrong("", f"is no YAML: {' '.join(str(error).split())}") from error
        if not isinstance(body, dict):
            raise self._wrong("", "is no mapping of keys to values")
        return body

    def _text(self, path: Path) -> str:
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError([ConfigProblem(str(path), 0, 0, "", f"can't be read: {error}")]) from error

    def _facts(self, key: str) -> Iterator[tuple[Mapping[str, Any], str]]:
        if key not in self._body:
            raise self._wrong(key, "is missing; a document that states no such thing has an empty list")
        facts = self._body[key]
        if not isinstance(facts, list):
            raise self._wrong(key, "is no list")
        for number, fact in enumerate(facts):
            place = f"{key}[{number}]"
            if not isinstance(fact, dict):
                raise self._wrong(place, "is no mapping of keys to values")
            yield fact, place

    def _count(self, fact: Mapping[str, Any], place: str) -> CountFact:
        value = fact.get("value")
        if isinstance(value, bool) or not isinstance(value, int):
            raise self._wrong(f"{place}.value", "is missing" if value is None else f"{value!r} is no whole number")
        return CountFact(
            value=value,
            qualifier=self._word(Qualifier, fact, "qualifier", place),
            as_of=self._day(fact, "as_of", place),
            evidence=self._string(fact, "evidence", place) or "",
        )

    def _event(self, fact: Mapping[str, Any], place: str) -> EventFact:
        municipality = self._string(fact, "municipality", place)
        if not municipality:
            raise self._wrong(f"{place}.municipality", "is missing")
        return EventFact(
            municipality=municipality,
            kind=self._word(EventKind, fact, "kind", place),
            stage=self._word(Stage, fact, "stage", place),
            date=self._day(fact, "date", place),
            resolution=self._string(fact, "resolution", place),
            votes=self._votes(fact, place),
            evidence=self._string(fact, "evidence", place) or "",
        )

    def _votes(self, fact: Mapping[str, Any], place: str) -> Votes | None:
        votes = fact.get("votes")
        if votes is None:
            return None
        place = f"{place}.votes"
        if not isinstance(votes, dict):
            raise self._wrong(place, "is neither null nor a mapping with the keys for, against and abstain")
        for key, number in votes.items():
            if key not in {"for", "against", "abstain"}:
                raise self._wrong(f"{place}.{key}", "is none of for, against and abstain")
            if number is not None and (isinstance(number, bool) or not isinstance(number, int) or number < 0):
                raise self._wrong(f"{place}.{key}", f"{number!r} is no number of votes")
        return Votes(votes.get("for"), votes.get("against"), votes.get("abstain"))

    def _word(self, words: type[_Word], fact: Mapping[str, Any], key: str, place: str) -> _Word:
        given = fact.get(key)
        try:
            return words(given)  # type: ignore[arg-type]  # anything a label holds may be asked
        except ValueError as error:
            known = ", ".join(words)
            told = "is missing" if given is None else f"{given!r} is unknown"
            raise self._wrong(f"{place}.{key}", f"{told}; there are: {known}") from error

    def _day(self, mapping: Mapping[str, Any], key: str, place: str) -> str | None:
        value = mapping.get(key)
        # YAML reads 2025-02-28 as a day and 2025 as a number
        text = str(value) if value is not None and not isinstance(value, bool) else value
        if text is not None and not (isinstance(text, str) and _DAY.fullmatch(text)):
            told = f"{value!r} is no date; write it as 2025, 2025-02 or 2025-02-28"
            raise self._wrong(f"{place}.{key}".lstrip("."), told)
        return text

    def _string(self, mapping: Mapping[str, Any], key: str, place: str) -> str | None:
        value = mapping.get(key)
        if value is not None and not isinstance(value, str):
            raise self._wrong(f"{place}.{key}".lstrip("."), f"{value!r} is no text")
        return value

    def _association(self) -> Association | None:
        key = self._string(self._body, "association", "")
        try:
            return load_association(key) if key is not None else None
        except RegisterError as error:
            raise self._wrong("association", str(error)) from error

    def _municipality(self) -> Municipality | None:
        code = self._string(self._body, "municipality", "")
        try:
            return load_register().by_teryt(code) if code is not None else None
        except RegisterError as error:
            raise self._wrong("municipality", str(error)) from error

    def _wrong(self, key: str, message: str, line: int = 0, column: int = 0) -> ConfigError:
        return ConfigError([ConfigProblem(str(self._path), line, column, key, message)])

"""Sentences made from tables: verbs by frames by names of the association by towns by dates, and what each states.

Nothing is inflected here: every form stands in a table below `paradigms/`, and a frame takes it by its name.
`{past}` agrees with the town, `{past:pl}` is told. A frame that asks for a form that the verb, the reference or the date
doesn't have is left out for it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "paradigms"
TABLES = frozenset(("towns", "references", "dates", "frames", "nouns"))
_PLACE = re.compile(r"\{([\w.-]+)(?::(\w+))?\}")
_TOWNS = ("t", "u", "v")
_DATED = ("on", "On", "since", "Since")

Table = dict[str, Any]


class LackingError(LookupError):
    """A table has no such form: nobody would write the cell."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A short text and what it states: (municipality, kind, stage, date) of each event."""

    text: str
    states: tuple[tuple[str, str, str, str | None], ...]
    frame: str
    url: str | None = None


@cache
def table(name: str) -> Any:
    """What a file below `paradigms/` holds."""
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def verbs() -> Iterator[tuple[str, str, Table]]:
    """File, name and table of every verb and noun."""
    for file in sorted(FOLDER.glob("*.yaml")):
        if file.stem not in TABLES:
            for name, forms in table(file.stem).items():
                yield file.stem, name, forms


def frames_of(verb: Table) -> Iterator[Table]:
    """The frames a verb stands in: those of its sets, and its own."""
    for name in verb["frames"]:
        for frame in table("frames")[name]:
            yield frame
    yield from verb.get("own", ())


def nouns_of(verb: Table) -> list[Table]:
    """The nouns that a verb is crossed with, those of one kind or all; a verb with a kind of its own has none."""
    if "kind" in verb:
        return [{}]
    known: list[Table] = list(table("nouns").values())
    return [noun for noun in known if verb.get("of", noun["kind"]) == noun["kind"]]


def cells(verb: Table, *, all_of_them: bool = False) -> Iterator[Cell]:
    """The cells of a verb.

    Args:
        verb: its table.
        all_of_them: every town and date with every frame and reference; else towns, dates and nouns take turns.
    """
    towns, dates = table("towns"), table("dates")
    turn = 0
    for frame in frames_of(verb):
        for name, reference in table("references").items():
            if name not in frame.get("references", (name,)):
                continue
            for noun in nouns_of(verb):
                for first, date in itertools.product(range(4), dates) if all_of_them else ((None, None),):
                    turn += 1
                    place = first if first is not None else turn * 5 + turn // 12
                    chosen = [towns[(place + step) % len(towns)] for step in range(3)]
                    when = date if date is not None else dates[(turn + turn // 4) % len(dates)]
                    try:
                        yield _cell(frame, verb, noun, reference, chosen, when)
                    except LackingError:
                        continue


def _cell(frame: Table, verb: Table, noun: Table, reference: Table, towns: list[Table], date: Table) -> Cell:
    asked = {place[0].split(".")[0] for place in _PLACE.findall(frame["text"])}
    dated = not asked.isdisjoint(_DATED)
    text = _filled(frame["text"], _Forms(verb, noun, reference, towns, date))
    text = re.sub(r"\.(?=\.)", "", re.sub(r"\s+(?=[,.)?])", "", re.sub(r"\s{2,}", " ", text)).strip())
    if re.match(r"(?:do|z|w) n|go ", text):
        raise LackingError("no sentence begins with what is taken up")
    text = text[0].upper() + text[1:]
    before = reference.get("before")
    stage = frame.get("stage")
    states: tuple[tuple[str, str, str, str | None], ...] = ()
    if stage:
        when = date["iso"] if dated and frame.get("date", True) else None
        several = {"us": 2, "ts": 3}.get(next((a for a in asked if a in ("us", "ts")), ""), 1)
        kind = verb.get("kind") or noun["kind"]
        states = tuple((town["nom"], kind, stage, when) for town in towns[:several])
    return Cell(f"{before} {text}" if before else text, states, frame["text"], frame.get("url"))


@dataclass(frozen=True, slots=True)
class _Forms:
    """Where the form of a name in a frame is looked up."""

    verb: Table
    noun: Table
    reference: Table
    towns: list[Table]
    date: Table

    def form(self, name: str, agreement: str | None) -> str:
        """The form.

        Raises:
            LackingError: there is none.
        """
        head, _, case = name.partition(".")
        case = case or "nom"
        if head in _TOWNS:
            return _get(self.towns[_TOWNS.index(head)], case)
        if head == "us":
            return f"{_get(self.towns[0], case)} i {_get(self.towns[1], case)}"
        if head == "ts":
            return f"{_get(self.towns[0], case)}, {_get(self.towns[1], case)} i {_get(self.towns[2], case)}"
        if head == "a":
            return _get(self.reference.get("forms", self.reference), case)
        if head == "n":
            return _get(self.noun, case)
        if head in _DATED:
            if head in ("on", "since") and self.date["on"] is None:
                return ""
            return _get(self.date, head.lower())
        found = self.verb.get(head, self.noun.get(head))
        if isinstance(found, dict):
            found = found.get(agreement or self.towns[0]["gender"])
        if found is None:
            raise LackingError(name)
        return str(found)


def _get(forms: Table, name: str) -> str:
    found = forms.get(name)
    if found is None:
        raise LackingError(name)
    return str(found)


def _filled(text: str, forms: _Forms) -> str:
    """The text with its places filled; what fills them may have places itself."""
    while _PLACE.search(text):
        text = _PLACE.sub(lambda place: forms.form(place[1], place[2]), text)
    return text

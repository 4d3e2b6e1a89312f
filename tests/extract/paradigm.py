"""Sentences made from tables: verbs by frames by names of the association by towns by dates, and what each states.

Nothing is inflected here: every form stands in a table below `paradigms/`, and a frame takes it by its name. `{past}`
agrees with the town, `{past:pl}` says which form. A cell that asks for a form which the verb, the noun, the reference
or the date doesn't have is left out: nobody would write it. Each frame is also made with another body, of which nothing
may be stated.
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
_TABLES = frozenset(("towns", "references", "others", "dates", "frames", "nouns", "words"))
_PLACE = re.compile(r"\{([\w.]+)(?::(\w+))?\}")
_TOWNS = ("t", "u", "v")
_DATED = ("on", "On", "since", "Since")
_NUMBER = {"m": "one", "f": "one", "n": "one", "pl": "many"}
_FIRST = re.compile(r"\w")
_TAKEN_UP = re.compile(r"(?:do|z|w) ni|(?:go|mu)\s")
"""No sentence begins with what is only taken up."""

Table = dict[str, Any]


class LackingError(LookupError):
    """A table has no such form."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A short text, and the (municipality, kind, stage, date) of each event it states."""

    text: str
    states: tuple[tuple[str, str, str, str | None], ...]
    frame: str
    url: str | None = None


@cache
def table(name: str) -> Any:
    """What a file below `paradigms/` holds."""
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def verbs() -> Iterator[tuple[str, Table]]:
    """The name and table of every verb and noun; the name begins with its file's."""
    for file in sorted(FOLDER.glob("*.yaml")):
        if file.stem not in _TABLES:
            for name, verb in table(file.stem).items():
                yield f"{file.stem}: {name}", verb


def cells(verb: Table, *, every: bool = False) -> Iterator[Cell]:
    """The cells of a verb: every frame with every reference and, once, with another body.

    Args:
        verb: its table.
        every: with every reference, towns of every gender, every date and noun; else these take turns.
    """
    turn = 0
    for number, frame in enumerate(itertools.chain.from_iterable(table("frames")[name] for name in verb["frames"])):
        others = table("others")
        references = list(table("references").values())
        if not every and "stage" not in frame:  # what states nothing is asked of every other reference
            references = references[number % 2 :: 2]
        bodies = [*references, others[number % len(others)]]
        for body in bodies:
            for place, date, noun in _choices(verb, turn, every=every):
                turn += 1
                try:
                    yield _cell(frame, verb, noun, body, _towns(frame, place), date, ours=body is not bodies[-1])
                except LackingError:
                    continue


def _choices(verb: Table, turn: int, *, every: bool) -> Iterator[tuple[int, Table, Table]]:
    """Which town comes first, which date and noun a cell has."""
    dates: list[Table] = table("dates")
    nouns: list[Table] = [{}] if "kind" in verb else list(table("nouns").values())
    if every:
        yield from itertools.product(range(4), dates, nouns)
    else:
        yield turn * 5 + turn // 12, dates[(turn + turn // 4) % len(dates)], nouns[turn % len(nouns)]


def _towns(frame: Table, place: int) -> list[Table]:
    towns: list[Table] = table("towns")
    first = 0 if "home" in frame else place
    return [towns[(first + step) % len(towns)] for step in range(3)]


def _cell(frame: Table, verb: Table, noun: Table, body: Table, towns: list[Table], date: Table, *, ours: bool) -> Cell:
    asked = {place[0].split(".")[0] for place in _PLACE.findall(frame["text"])}
    filled = _filled(frame["text"], _Forms(verb, noun, body, towns, date, frame.get("whose", "")))
    text = re.sub(r"\.{2,}", ".", re.sub(r"\s+(?=[,.?])", "", re.sub(r"\s+", " ", filled)).strip())
    if _TAKEN_UP.match(text):
        raise LackingError(text)
    text = _FIRST.sub(lambda first: first[0].upper(), text, count=1)
    text = " ".join((*([body["before"]] if "before" in body else []), text))
    stage = verb["stage"] if frame.get("stage") == "verb" else frame.get("stage")
    if stage is None or not ours:
        return Cell(text, (), frame["text"], frame.get("home"))
    when = frame.get("when", date["iso"] if not asked.isdisjoint(_DATED) else None)
    several = frame.get("towns", 3 if asked & {"ts", "v"} else 2 if asked & {"us", "u"} else 1)
    whens = [when, *frame.get("later", ())]
    kind = frame.get("kind") or verb.get("kind") or noun["kind"]
    states = tuple((town["nom"], kind, stage, whens[min(n, len(whens) - 1)]) for n, town in enumerate(towns[:several]))
    return Cell(text, states, frame["text"], frame.get("home"))


@dataclass(frozen=True, slots=True)
class _Forms:
    """Where the names in a frame are looked up."""

    verb: Table
    noun: Table
    body: Table
    towns: list[Table]
    date: Table
    whose: str

    def form(self, name: str, agreement: str | None) -> str:
        """The form of a name.

        Raises:
            LackingError: there is none.
        """
        head, _, case = name.partition(".")
        case = case or "nom"
        if head in _TOWNS:
            return _get(self.towns[_TOWNS.index(head)], case)
        if head in ("us", "ts"):
            *rest, last = [_get(town, case) for town in self.towns[: 2 if head == "us" else 3]]
            return f"{', '.join(rest)} i {last}"
        if head == "a":
            return _get(self.body, case)
        if head == "n":
            return _get(self.noun, case)
        if head == "whose":
            return self.noun.get("owned", self.whose) if self.whose else ""
        if head == "negated" and head not in self.verb:
            head = "goal"
        if head in _DATED:
            if head in ("on", "since") and self.date["iso"] is None:
                return ""
            return _get(self.date, "since" if head in ("since", "Since") else "at")
        gender = self.towns[0]["gender"]
        found = self.verb.get(head, self.noun.get(head, table("words").get(head)))
        if isinstance(found, dict):
            found = found.get(agreement) if agreement else found.get(gender, found.get(_NUMBER[gender]))
        if found is None:
            raise LackingError(name)
        return str(found)


def _get(forms: Table, name: str) -> str:
    if forms.get(name) is None:
        raise LackingError(name)
    return str(forms[name])


def _filled(text: str, forms: _Forms) -> str:
    """A text with its places filled; what fills them may have places itself."""
    while _PLACE.search(text):
        text = _PLACE.sub(lambda place: forms.form(place[1], place[2]), text)
    return text

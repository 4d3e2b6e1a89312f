"""Who joins, leaves or belongs is told in many ways: each goes with towns of every gender."""

from __future__ import annotations

from typing import Any

import pytest

from zmpwatch.register import load_register

from . import told
from .told import STATES

CONTEXT = told.context(published="2024-06-20")
TOLD = told.battery("events_told")
TOWNS = {"Sztum": "", "Mława": "a", "Kutno": "o", "Gorlice": "y"}
"""A town of each gender, with the ending that its past verb takes."""
PLURAL = (
    *(("należy", "należą"), ("jest", "są"), ("działa", "działają"), ("wchodzi", "wchodzą"), ("pozostaje", "pozostają")),
    *(("płaci", "płacą"), ("opłaca", "opłacają"), ("ma ", "mają "), ("chce", "chcą"), ("zamierza", "zamierzają")),
    *(("planuje", "planują"), ("rozważa", "rozważają"), ("myśli", "myślą"), ("szykuje", "szykują")),
    *(("przymierza", "przymierzają"), ("stara", "starają"), ("ubiega", "ubiegają"), ("złoży ", "złożą ")),
    *(("może", "mogą"), ("przystąpi ", "przystąpią "), ("wstąpi ", "wstąpią "), ("dołączy ", "dołączą ")),
    *(("wybiera", "wybierają"), ("wejdzie", "wejdą"), ("znajduje", "znajdują"), ("figuruje", "figurują")),
    *(
        ("zgłasza ", "zgłaszają "),
        ("remontuje", "remontują"),
        ("zapłaciłby", "zapłaciłyby"),
    ),
)
"""What a verb of a town is where its name is a plural: "Gorlice należą"."""


_OPENING = "Związek Miast Polskich działa od 1917 roku. "
_NAMES = ("Związku Miast Polskich", "Związek Miast Polskich", "Związkiem Miast Polskich", "Związkowi Miast Polskich")
NAMED: dict[str, tuple[str, tuple[str, str, str, str]]] = {
    "in full": ("", _NAMES),
    "in short": ("", ("ZMP", "ZMP", "ZMP", "ZMP")),
    "as the Związek": (_OPENING, ("Związku", "Związek", "Związkiem", "Związkowi")),
    "as the organisation": (_OPENING, ("tej organizacji", "organizacja", "tą organizacją", "tej organizacji")),
}
"""How the association is named in each case, and what is said before."""


def named(text: str, how: str) -> str:
    """The text with another name for the association, which must be told apart from what is done to it."""
    opening, names = NAMED[how]
    for full, name in zip(_NAMES, names, strict=True):
        text = text.replace(full, name)
    return opening + text[0].upper() + text[1:]


def forms(town: str) -> dict[str, str]:
    cases = load_register().inflections(town)
    return {
        mark: cases[case][0] for mark, case in zip("ngdail", ("nom", "gen", "dat", "acc", "inst", "loc"), strict=True)
    }


def of_town(frame: str, town: str) -> str:
    ending = TOWNS[town]
    if ending == "y" and "{n}" in frame:
        before, mark, behind = frame.partition("{n}")
        for singular, plural in PLURAL:
            before, behind = (
                f" {part} ".replace(f" {singular.strip()} ", f" {plural.strip()} ")[1:-1] for part in (before, behind)
            )
        frame = before + mark + behind
    frame = frame.replace("odszedł", {"": "odszedł", "a": "odeszła", "o": "odeszło", "y": "odeszły"}[ending])
    return frame.format(**forms(town)).replace("@", ending)


OUT_OF = {
    "przystąpieniu do": "wystąpieniu ze",
    "przystąpienia do": "wystąpienia ze",
    "przystąpienie do": "wystąpienie ze",
    "przystąpieniem do": "wystąpieniem ze",
    "przystąpić do": "wystąpić ze",
    "przystąpi do": "wystąpi ze",
    "przystąpiło do": "wystąpiło ze",
    "przystąpią do": "wystąpią ze",
}
"""Words of joining, and those of leaving that go in their places."""


def ways_out(frame: str) -> dict[str, str]:
    """By town, the frame with words of leaving; empty where it has none of joining that would do."""
    found: dict[str, str] = {}
    for town in TOWNS:
        text = of_town(frame, town)
        for into, out_of in OUT_OF.items():
            if into in text:
                found[town] = text.replace(into, out_of)
    return found


@pytest.mark.parametrize(
    ("state", "frame"),
    [(state, f) for state in ("resolved", "rejected", "proposed") for f in TOLD[state] if ways_out(f)],
)
def test_leaving_is_told_like_joining(state: str, frame: str) -> None:
    wrong: dict[str, Any] = {}
    for town, text in ways_out(frame).items():
        found = told.events(text, CONTEXT)
        if found != [(town, "withdrawal", state)]:
            wrong[text] = found
    assert not wrong, told.listed(wrong)


@pytest.mark.parametrize("how", NAMED)
@pytest.mark.parametrize(("state", "frame"), [(state, frame) for state in STATES for frame in TOLD[state]])
def test_it_is_told_of_each_town(state: str, frame: str, how: str) -> None:
    wrong: dict[str, Any] = {}
    for town in TOWNS:
        text = named(of_town(frame, town), how)
        found = told.events(text, CONTEXT)
        expected = STATES[state]
        if found != ([(town, *expected)] if expected else []):
            wrong[text] = found
    assert not wrong, told.listed(wrong)

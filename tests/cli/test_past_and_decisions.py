"""Questions about the past and decisions on counts, as they are typed."""

from __future__ import annotations

import pytest

from .conftest import Program


@pytest.fixture
def known(program: Program) -> Program:
    """A new installation with the initial knowledge: imported today, true since long ago."""
    assert program("init").status == 0
    return program


def test_what_was_true_and_what_was_known(known: Program) -> None:
    assert known("count", "--at", "2025-01-01", "--json").lines[0]["members"] == 373
    assert known("count", "--at", "2025-01-01", "--known-at", "2025-01-01", "--json").lines[0]["members"] is None
    assert known("members", "--at", "2025-01-01", "--json").lines
    assert known("members", "--at", "2025-01-01", "--known-at", "2025-01-01", "--json").lines == []
    assert known("case", "Augustów", "--at", "2017-01-01", "--json").lines[0]["status"] == "member"
    assert known("case", "Augustów", "--known-at", "2017-01-01", "--json").lines[0]["status"] == "unknown"
    assert known("diff", "2024-06-01", "2025-01-01", "--json").lines[0]["after"] == 373
    assert known("diff", "2024-06-01", "2025-01-01", "--known-at", "2025-01-01", "--json").lines[0]["after"] is None
    assert known("history", "--known-at", "2025-01-01", "--json").lines == []
    assert [one["members"] for one in known("history", "--at", "1950-01-01", "--json").lines] == [16, 494, 515]


@pytest.mark.parametrize("command", [("count",), ("members",), ("case", "Augustów"), ("changes",), ("history",)])
def test_days_are_checked(known: Program, command: tuple[str, ...]) -> None:
    said = known(*command, "--known-at", "wczoraj")
    assert (said.status, said.err) == (2, "--known-at: 'wczoraj' is no day; write it as 2025-02-28\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("changes", "--voivodeship", "podlasie"), "'podlasie' is no voivodeship (did you mean podlaskie"),
        (("members", "--voivodeship", "xyz"), "'xyz' is no voivodeship (there are: dolnośląskie, "),
        (("changes", "--kind", "admited"), "--kind: 'admited' is no kind of change (did you mean admitted?)"),
        (("changes", "--municipality", "Hajnufka"), "no municipality is called 'Hajnufka' (did you mean Hajnówka ("),
        (("changes", "--municipality", "2005"), "'2005' is no TERYT code"),
        (("count", "accept", "--reason", "x"), "no count waits; no count is believed and nothing waits"),
        (("count", "refuse", "412", "--reason", "x"), "412 does not wait; no count is believed and nothing waits"),
        (("count", "refuse", "--reason", " "), "--reason: must say something"),
    ],
)
def test_what_there_is_not_is_refused_with_what_is_near(known: Program, arguments: tuple[str, ...], said: str) -> None:
    answer = known(*arguments)
    assert answer.status == 2
    assert said in answer.err


@pytest.mark.parametrize("name", ["podlaskie", "PODLASKIE", "Dolnoslaskie", "dolnośląskie"])
def test_voivodeships_in_any_spelling(known: Program, name: str) -> None:
    assert known("changes", "--voivodeship", name).status == 0
    assert known("members", "--voivodeship", name, "--json").lines


def test_a_decision_needs_a_reason(known: Program) -> None:
    said = known("count", "accept", "412")
    assert said.status == 2
    assert "--reason" in said.err


def test_why_nothing_is_believed(known: Program) -> None:
    (answer,) = known("count", "--why", "--json").lines
    assert answer["members"] is None
    assert answer["why"]["state"] == "unknown"
    assert known("count", "--why").status == 0
    assert known("count", "accept", "--help").status == 0

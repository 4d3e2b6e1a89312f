"""Questions about the past and decisions on counts, as they are typed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from zmpwatch.model import CountBelief, CountState
from zmpwatch.store import Store

from .conftest import Program


@pytest.fixture
def known(program: Program) -> Program:
    """A new installation with the initial knowledge: imported today, true since long ago."""
    assert program("init").status == 0
    return program


def test_what_was_true_and_what_was_known(known: Program) -> None:
    assert known("count", "--at", "2025-01-01", "--json").lines[0]["members"] == 373
    page = known("page", "https://www.miasta.pl/").out
    assert "a collector's notes; the page was not fetched" in page
    assert "status 0" not in page
    assert known("count", "--at", "1990-01-01").out == "ZMP: no member count is known on 1990-01-01\n"
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


def test_why_names_what_matters_and_counts_the_rest(known: Program, tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/var/zmpwatch.db", tmp_path / "var" / "archive") as store:
        (newest,) = [
            one for one in store.count_statements() if one.statement.quote.startswith("[initial knowledge] 2024:")
        ]
        with store.write() as tx:
            since = datetime(2025, 1, 1, tzinfo=UTC)
            tx.put_count_belief("zmp", CountBelief(CountState.STABLE, 356, "2024", since, rests_on=(newest.id,)))
    said = known("count", "--why").out
    assert "373 of 2024-11-15 differs from 356 of 2024" in said
    assert "13 older counts of the initial knowledge, stale (--why --all lists them)" in said
    assert "of 2019-09-19 is older than" not in said
    for arguments in (("--why", "--all"), ("--all",)):
        said = known("count", *arguments).out
        assert "older counts" not in said
        assert "321 of 2019-09-19 is older than 356 of 2024: stale" in said
    (answer,) = known("count", "--why", "--json").lines
    overruled = answer["why"]["overruled"]
    assert len(overruled) == 15
    assert sum(one["older"] for one in overruled) == 13
    assert all(one["checked"] and not one["unsure"] for one in overruled)


def test_why_says_the_same_line_once(known: Program, tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/var/zmpwatch.db", tmp_path / "var" / "archive") as store:
        read = datetime(2025, 3, 6, 8, 30, tzinfo=UTC)
        again = (read, read.replace(second=1), read.replace(minute=40))
        for number in (1, 2, 3):
            waiting = CountBelief(CountState.PENDING, 373, "2025", read, candidate=381, agreements=again[:number])
            with store.write() as tx:
                tx.put_count_belief("zmp", waiting, known_from=again[number - 1], reason="read")
    said = known("count", "--why").out.splitlines()
    assert " read at   2025-03-06 09:30, 2 times, 2025-03-06 09:40" in said
    assert said[-2:] == [
        "   2025-03-06 09:30  pending     373, 381 waits  (read), 2 times",
        "   2025-03-06 09:40  pending     373, 381 waits  (read)",
    ]


def test_a_day_of_evidence_is_no_day_of_joining(known: Program) -> None:
    said = known("members")
    assert " by 2015\n" in next(line + "\n" for line in said.out.splitlines() if "Ciechanów" in line)
    assert said.err == (
        "46 members are known by name\nby DATE: a member at the latest since then, the date of the first evidence\n"
    )
    assert (
        known("members", "--voivodeship", "świętokrzyskie", "--at", "2010-01-01").err == "0 members are known by name\n"
    )
    said = known("case", "Ciechanów")
    assert " status: member, at the latest since 2015 (first evidence)\n by 2015       member\n" in said.out
    (case,) = known("case", "Ciechanów", "--json").lines
    assert (case["since"], case["since_kind"], case["events"][0]["date_kind"]) == ("2015", "by", "by")
    assert " status: left, at the latest since 2008-02 (first evidence)\n" in known("case", "Białystok").out
    assert " status: member since 2019-09-19\n 2019-09-19    admitted\n" in known("case", "Barcin").out


def test_what_nobody_is_called_brings_no_far_off_names(known: Program) -> None:
    assert known("case", "Atlantyda").err == "no municipality is called 'Atlantyda'\n"

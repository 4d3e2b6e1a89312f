"""New installation: what each command says, and the JSON that the guides promise."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from zmpwatch.cli.groups import BY_USE

from .conftest import Program

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


def test_init_then_everything_answers(program: Program) -> None:
    assert program("init").status == 0
    said = program("check")
    assert said.status == 0
    assert said.out.endswith("all is well\n")
    said = program("count", "--json")
    (answer,) = said.lines
    assert answer.pop("newest_known")["members"] == 389
    assert answer == {"members": None, "as_of": None, "since": None, "previous": None, "source": None, "quote": None}
    said = program("count")
    assert "no member count is believed yet" in said.out
    assert "389 (as of 2025-06-18), from the initial knowledge" in said.out
    said = program("changes", "--json")
    assert (said.status, said.out) == (0, "")
    said = program("members", "--json")
    assert (said.status, len(said.lines)) == (0, 46)
    said = program("case", "Hajnówki", "--json")
    assert said.lines[0]["teryt"] == "2005011"
    assert said.lines[0]["events"] == []
    (answer,) = program("diff", "2024-11-15", "2025-03-01", "--json").lines
    assert set(answer) == {"from", "to", "before", "after", "joined", "left", "unexplained", "list"}
    assert (answer["before"], answer["after"]) == (373, 373)
    said = program("history", "--since", "2024-06-01", "--svg", "history.svg")
    assert said.status == 0
    assert [line.split()[:3] for line in said.out.splitlines()[-3:]] == [
        ["2024", "356", "checked"],
        ["2024-11-15", "373", "own"],
        ["2025-06-18", "389", "checked"],
    ]
    assert Path("history.svg").read_text(encoding="utf-8").startswith("<svg ")


def test_without_the_initial_knowledge_nothing_is_known(program: Program) -> None:
    Path("config.yaml").write_text("knowledge: false\n", encoding="utf-8")
    assert program("init").status == 0
    (answer,) = program("count", "--json").lines
    assert answer == {"members": None, "as_of": None, "since": None, "previous": None, "source": None, "quote": None}
    assert "no member count is known yet" in program("count").out
    assert "no member count is known yet" in program("history").out
    for command in ("changes", "members", "history"):
        said = program(command, "--json")
        assert (said.status, said.out) == (0, "")
    (answer,) = program("diff", "2024-11-15", "2025-03-01", "--json").lines
    assert (answer["before"], answer["after"], answer["joined"], answer["unexplained"]) == (None, None, [], None)


def test_status_of_a_new_installation(program: Program) -> None:
    assert program("init").status == 0
    said = program("status", "--json")
    assert {"site", "verdict", "last_visit", "next_visit", "problems", "needs_ocr", "moved"} == set(said.lines[0])
    assert len(said.lines) >= 11


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the three documents of ../shared/seeds are not here")
class TestSeeds:
    def read(self, program: Program, *options: str) -> list[dict]:
        said = program("extract", *map(str, sorted(SEEDS.glob("*.txt"))), "--json", *options)
        assert said.status == 0, said.err
        for line, path in zip(said.lines, sorted(SEEDS.glob("*.txt")), strict=True):
            assert line["path"] == str(path)
            assert line["relevant"]
        return said.lines

    @staticmethod
    def events(line: dict) -> list[tuple]:
        return sorted(
            (event["municipality"], event["teryt"], event["stage"], event["date"], event["resolution"])
            for event in line["events"]
        )

    def test_hajnowka(self, program: Program) -> None:
        line = self.read(program)[0]
        assert {(count["value"], count["qualifier"]) for count in line["member_counts"]} == {(381, "exact")}
        assert self.events(line) == [
            ("Hajnówka", "2005011", "admitted", "2025-02-28", None),
            ("Hajnówka", "2005011", "resolved", "2025-02-26", "XI/59/25"),
            ("Zaniemyśl", "3025053", "admitted", None, None),
        ]

    def test_konstancin(self, program: Program) -> None:
        line = self.read(program)[1]
        counts = [(count["value"], count["qualifier"]) for count in line["member_counts"]]
        assert counts == [(370, "at_least"), (373, "exact")]
        assert {(event[0], event[2]) for event in self.events(line)} == {
            ("Konstancin-Jeziorna", "resolved"),
            *(
                (name, "admitted")
                for name in ("Konstancin-Jeziorna", "Augustów", "Brzesko", "Morawica", "Radzyń Podlaski")
            ),
        }
        assert {event["date"] for event in line["events"]} == {None}
        (resolved,) = [event for event in line["events"] if event["stage"] == "resolved"]
        assert resolved["votes"] == {"for": 11, "against": 5, "abstain": 3}
        dated = self.read(program, "--published", "2024-11-20")[1]
        assert {(event["stage"], event["date"]) for event in dated["events"]} == {
            ("resolved", "2024-10"),
            ("admitted", "2024-11-15"),
        }

    def test_janow(self, program: Program) -> None:
        line = self.read(program)[2]
        assert line["member_counts"] == []
        assert self.events(line) == [("Janów Lubelski", "0605053", "proposed", "2025-03-31", None)]

    def test_quotes_are_the_text(self, program: Program) -> None:
        for line, path in zip(self.read(program), sorted(SEEDS.glob("*.txt")), strict=True):
            text = path.read_text(encoding="utf-8")
            for fact in (*line["member_counts"], *line["events"]):
                assert fact["quote"] == text[fact["start"] : fact["end"]]


def test_help_loads_nothing_heavy() -> None:
    heavy = (
        "scrapy",
        "twisted",
        "sqlalchemy",
        "apprise",
        "alembic",
        "lxml",
        "pydantic",
        "morfeusz2",
        "yaml",
        "zmpwatch.model",
        "rich",
        "logging",
        "socket",
    )
    code = (
        "import sys\nfrom zmpwatch.cli.application import run\nrun(['--help'])\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, "COLUMNS": "80"}
    )
    assert said.stderr.strip() == "[]"


def test_help_lists_every_command_by_use(program: Program) -> None:
    listed = re.findall(r"^  (\w+) ", program("--help").out.partition("Commands:")[2], re.MULTILINE)
    assert tuple(listed) == BY_USE


@pytest.mark.parametrize("command", [(), ("notify",), ("sites",)])
def test_a_group_without_a_command_shows_its_help(program: Program, command: tuple[str, ...]) -> None:
    said = program(*command)
    assert (said.status, said.out) == (2, "")
    assert said.err == program(*command, "--help").out
    assert said.err.startswith(f"Usage: {' '.join(('zmpwatch', *command))} [OPTIONS] COMMAND [ARGS]...")


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        (("nofity",), "zmpwatch"),
        (("--verbos",), "zmpwatch"),
        (("notify", "retyr"), "zmpwatch notify"),
        (("notify", "retry", "seven"), "zmpwatch notify retry"),
        (("case",), "zmpwatch case"),
        (("count", "accept", "--raeson", "x"), "zmpwatch count accept"),
    ],
)
def test_a_wrong_usage_leads_to_the_help_of_its_command(program: Program, typed: tuple[str, ...], command: str) -> None:
    said = program(*typed)
    wrong, hint = said.err.splitlines()
    assert (said.status, said.out) == (2, "")
    assert wrong.startswith(f"{command}: ")
    assert hint == f"try: {command} --help"
    assert program(*hint.split()[2:]).status == 0


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    command = f"{sys.executable} -m zmpwatch --help | head -1"
    said = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert "Traceback" not in said.stderr


def test_a_stream_that_knows_no_polish_shows_codes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Związek Miast Polskich zrzesza obecnie 373 miasta.", encoding="utf-8")
    said = subprocess.run(
        [sys.executable, "-m", "zmpwatch", "extract", "a.txt"],
        capture_output=True,
        check=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
    )
    assert b"Zwi\\u0105zek" in said.stdout

"""The demonstration against the ground truth of its replica: nothing told that is not so, nothing missed."""

from __future__ import annotations

import re
import sqlite3
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from zmpwatch.cli.application import run as run_command
from zmpwatch.cli.crawlview import report_lines
from zmpwatch.model import ChangeKind, Site, Verdict
from zmpwatch.service.crawling import CrawlResult, Progress
from zmpwatch.service.demo import DemoStory, run_demo

TRUTH: dict[str, Any] = yaml.safe_load((files("zmpwatch.service.replica") / "story.yaml").read_text(encoding="utf-8"))


class Listener:
    """A narrator that keeps what it is told."""

    def __init__(self) -> None:
        self.results: list[CrawlResult] = []
        self.members: list[int | None] = []

    def opening(self, sites: list[Site]) -> None:
        self.sites = sites

    def chapter(self, number: int, now: datetime) -> Progress:
        assert now == datetime.fromisoformat(TRUTH["moments"][number - 1]["now"])
        return Progress()

    def crawled(self, number: int, result: CrawlResult, members: int | None) -> None:
        self.results.append(result)
        self.members.append(members)

    def ending(self, story: DemoStory) -> None:
        self.story = story


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Listener:
    listener = Listener()
    run_demo(tmp_path_factory.mktemp("demo") / "demo", listener)
    return listener


def test_the_count_goes_from_373_to_381(told: Listener) -> None:
    assert told.members == [moment["members"] for moment in TRUTH["moments"]]
    assert told.results[0].changes == []


@pytest.mark.parametrize("truth", TRUTH["joined"], ids=lambda truth: truth["name"])
def test_who_joined(told: Listener, truth: dict[str, Any]) -> None:
    (case,) = [case for case in told.story.cases if case["teryt"] == truth["teryt"]]
    events = {event["stage"]: event for event in case["events"] if event["stage"] != "proposed"}
    assert len(events) == len([event for event in case["events"] if event["stage"] != "proposed"])
    assert events["admitted"]["date"] == truth["admitted"]["date"]
    if truth["resolved"] is None:
        assert "resolved" not in events
        return
    assert events["resolved"]["date"] == truth["resolved"]["date"]
    assert events["resolved"]["resolution"] == truth["resolved"]["resolution"]
    assert events["resolved"]["votes"] == truth["resolved"]["votes"]


def test_the_alert_gives_the_votes_on_every_resolution(told: Listener) -> None:
    (message,) = told.story.messages
    blocks = {block.partition(" (")[0]: block for block in message.body.split("\n\n")}
    for truth in TRUTH["joined"]:
        votes = (truth["resolved"] or {}).get("votes")
        numbers = re.findall(r"– (\d+)", "".join(re.findall(r"; głosowanie: .*", blocks[truth["name"]])))
        assert list(map(int, numbers)) == (list(votes.values()) if votes else [])


def test_the_alert_counts_every_site_that_states_the_number(told: Listener) -> None:
    (message,) = told.story.messages
    assert "Podają to 2 źródła: demo-zmp i demo-hajnowka." in message.body
    assert "Związek Miast Polskich zrzesza obecnie 381 miast" in message.body


def test_who_is_named_and_how_many_are_not(told: Listener) -> None:
    assert {moved["teryt"] for moved in told.story.diff["joined"]} == {truth["teryt"] for truth in TRUTH["joined"]}
    assert told.story.diff["left"] == []
    assert told.story.diff["unexplained"] == TRUTH["unexplained"]


def test_changes_are_those_of_the_story(told: Listener) -> None:
    changes = told.results[1].changes
    expected = {(ChangeKind.COUNT_CHANGED, None)}
    expected |= {(ChangeKind.ADMITTED, truth["teryt"]) for truth in TRUTH["joined"]}
    expected |= {
        (ChangeKind.RESOLVED, truth["teryt"])
        for truth in TRUTH["joined"]
        if truth["resolved"] and truth["resolved"]["since"] == 1
    }
    expected |= {(ChangeKind.PROPOSED, truth["teryt"]) for truth in TRUTH["proposed"]}
    expected |= {(ChangeKind.REJECTED, truth["teryt"]) for truth in TRUTH["rejected"]}
    assert sorted((str(change.kind), change.teryt or "") for change in changes) == sorted(
        (str(kind), teryt or "") for kind, teryt in expected
    )


def test_every_visit_ends_as_it_should(told: Listener) -> None:
    odd = {(item["site"], item["moment"]): item["verdict"] for item in TRUTH["health"]}
    for moment, result in enumerate(told.results):
        for visit in result.routine:
            allowed = odd.get((visit.site, moment), [Verdict.OK, Verdict.UNCHANGED])
            assert visit.verdict in (allowed if isinstance(allowed, list) else [allowed]), (visit.site, visit.problems)


def test_the_subscriber_gets_one_message_that_says_demo_data(told: Listener) -> None:
    (message,) = told.story.messages
    assert message.title.startswith("[demo data] ZMP: 373 → 381 (+8): ")
    assert "demo data" in message.body.casefold()
    for truth in TRUTH["joined"]:
        assert truth["name"] in message.body
    assert "Z nazwy znamy 7 z 8" in message.body


def test_the_database_keeps_every_quote_and_its_page(told: Listener) -> None:
    with sqlite3.connect(f"file:{told.story.folder / 'zmpwatch.db'}?mode=ro", uri=True) as connection:
        rows = connection.execute("SELECT quote, source_url FROM v_events").fetchall()
        counts = connection.execute("SELECT as_of, members FROM v_member_count ORDER BY as_of").fetchall()
        visits = connection.execute("SELECT count(*) FROM v_visits").fetchone()
    connection.close()
    assert rows
    assert all(quote and url.startswith("http://127.0.0.1:") for quote, url in rows)
    assert [members for _, members in counts] == [373, 381]
    assert visits == (30,)
    assert Path(told.story.folder / "archive").is_dir()


README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def follow(lines: list[str], said: list[str]) -> bool:
    """Whether the lines of a shortened example come in this order among those the program said."""
    rest = iter(said)
    return all(line in rest for line in lines)


def test_the_alert_in_the_readme_is_real(told: Listener) -> None:
    (message,) = told.story.messages
    said = " ".join(f"{message.title} {message.body}".split())
    shown = re.findall(r"^> ?(.*)$", README, re.MULTILINE)
    lines = [line.replace("**", "").removesuffix("<br>").removesuffix("…").strip() for line in shown]
    # moments and copies differ from run to run
    steady = [line for line in lines if line and "9.30" not in line]
    assert len(steady) >= 7
    assert [line for line in steady if line not in said] == []


def test_the_changes_in_the_readme_are_real(told: Listener) -> None:
    shown = README[README.index(" 14 changes\n") :].partition("\n```")[0].splitlines()
    assert follow([line for line in shown if line.strip() != "…"], report_lines(told.results[1]))


def test_the_difference_in_the_analysts_guide_is_real(told: Listener, capsys: pytest.CaptureFixture[str]) -> None:
    shown = GUIDE[GUIDE.index("$ zmpwatch diff 2024-12-31 2025-03-06\n") :].partition("\n```")[0].splitlines()
    asked = shown[0].removeprefix("$ zmpwatch ").split()
    assert run_command(["--config", str(told.story.folder / "config.yaml"), *asked]) == 0
    said = capsys.readouterr().out.splitlines()
    head, tail = shown[1 : shown.index(" …")], shown[shown.index(" …") + 1 :]
    assert (said[: len(head)], said[-len(tail) :]) == (head, tail)


GUIDE = (Path(__file__).parents[2] / "docs" / "analysts.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"^### \d+\. (.+?)\n.*?```sql\n(.*?)```\n\n```text\n(.*?)```", GUIDE, re.MULTILINE | re.DOTALL)


def test_there_are_ten_questions() -> None:
    assert len(QUESTIONS) == 10


@pytest.mark.parametrize(("query", "answer"), [one[1:] for one in QUESTIONS], ids=[one[0] for one in QUESTIONS])
def test_the_answers_in_the_analysts_guide_are_real(told: Listener, query: str, answer: str) -> None:
    raw = sqlite3.connect(f"file:{told.story.folder / 'zmpwatch.db'}?mode=ro", uri=True)
    try:
        cursor = raw.execute(query)
        header = [column[0] for column in cursor.description]
        rows = [["" if value is None else str(value) for value in row] for row in cursor]
    finally:
        raw.close()
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (header, *rows)]
    assert [line.rstrip() for line in lines] == answer.splitlines()

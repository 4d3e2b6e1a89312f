"""Each file in cases/ is one municipality: what pages say of it, the timeline it makes, and what of it is news."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import yaml

from zmpwatch.judge import CaseRules, build_case, case_changes, lasting
from zmpwatch.judge.listed import MEMBER_LIST_RULE
from zmpwatch.model import Case, DateKind, Municipality, MunicipalityKind

from .builders import moment, told

STORIES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
RULES = CaseRules()
TOWN = Municipality("2005011", "Hajnówka", MunicipalityKind.URBAN, "hajnowski", "podlaskie", is_city=True)


def _load(path: Path) -> dict[str, Any]:
    story: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return story


def _shown(case: Case) -> list[dict[str, Any]]:
    shown = []
    for event in case.events:
        item: dict[str, Any] = {"kind": str(event.kind), "stage": str(event.stage), "date": event.date}
        if event.date_kind is DateKind.BY:
            item["by"] = True
        if event.resolution:
            item["resolution"] = event.resolution
        if event.votes:
            item["votes"] = [event.votes.in_favour, event.votes.against, event.votes.abstain]
        if event.contradictions:
            item["disputed"] = len(event.contradictions)
        item["told_by"] = list(event.statements)
        shown.append(item)
    return shown


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_story(path: Path) -> None:
    story = _load(path)
    before: Case | None = None
    statements = []
    number = 0
    for cycle in story["cycles"]:
        for item in cycle["told"]:
            number += 1
            statements.append(told(number, **item))
        listed = [one for one in statements if one.statement.rule.startswith(MEMBER_LIST_RULE)]
        usable = lasting(statements, len({one.source.visit for one in listed}))
        after = build_case(TOWN.teryt, usable, RULES)
        news = case_changes(
            before,
            after,
            TOWN,
            {stored.id: stored for stored in usable},
            RULES,
            now=moment(cycle["started"]),
        )
        if "timeline" in cycle:
            assert _shown(after) == [{"kind": "accession"} | item for item in cycle["timeline"]]
        if "status" in cycle:
            # since is the day of a step unless a third word says otherwise
            assert [str(after.status), after.since, str(after.since_kind)] == [*cycle["status"], "on"][:3]
        assert [f"{change.kind} {change.after['date']}" for change in news] == cycle["news"], cycle["started"]
        before = after


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_the_order_of_arrival_is_moot(path: Path) -> None:
    statements = [
        told(number, **item)
        for number, item in enumerate((item for cycle in _load(path)["cycles"] for item in cycle["told"]), 1)
    ]
    expected = build_case(TOWN.teryt, statements, RULES)
    shuffle = random.Random(7)
    for _ in range(5):
        shuffle.shuffle(statements)
        assert build_case(TOWN.teryt, statements, RULES) == expected


def test_an_admission_tells_the_resolution_it_followed_from() -> None:
    statements = [
        told(1, stage="resolved", date="2025-02-26", resolution="XI/59/25", votes=[13, 1, 1], baseline=True),
        told(2, stage="admitted", date="2025-02-28"),
    ]
    by_id = {stored.id: stored for stored in statements}
    case = build_case(TOWN.teryt, statements, RULES)
    (change,) = case_changes(None, case, TOWN, by_id, RULES, now=moment("2025-03-03"))
    assert change.after == {
        "kind": "accession",
        "stage": "admitted",
        "date": "2025-02-28",
        "resolution": "XI/59/25",
        "resolution_date": "2025-02-26",
        "votes": {"for": 13, "against": 1, "abstain": 1},
    }


def test_keys_of_the_same_news_are_the_same() -> None:
    statement = told(1, stage="resolved", date="2025-02-26", resolution="XI/59/25")
    case = build_case(TOWN.teryt, [statement], RULES)
    keys = {
        case_changes(None, case, TOWN, {1: statement}, RULES, now=moment(at))[0].dedup_key
        for at in ("2025-03-01", "2025-03-09")
    }
    assert len(keys) == 1

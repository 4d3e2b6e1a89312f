"""The program's own reading of the replica against its story: what the demo rests on."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from browse import get

from zmpwatch.extract import extract
from zmpwatch.model import Context, CountStatement, MembershipStatement, Qualifier, Stage, Statement
from zmpwatch.read import read_bytes
from zmpwatch.register import load_association, load_register
from zmpwatch.service.replica import Replica

Findings = dict[str, dict[str, list[Statement]]]
"""Statements by site and path."""

SKIPPED = {"image/svg+xml", "application/xml", "application/rss+xml"}


def findings(web: Replica) -> Findings:
    association, register = load_association("zmp"), load_register()
    found: Findings = defaultdict(dict)
    for site in web.sites:
        municipality = register.by_teryt(site.municipality) if site.municipality else None
        for url in web.addresses(site.name):
            reply = get(url)
            if reply.status != 200 or reply.kind in SKIPPED:
                continue
            text = read_bytes(reply.body, url=url, headers=reply.headers)
            context = Context(
                association, url=url, published=text.published, municipality=municipality, family=site.family
            )
            found[site.name][url.removeprefix(web.urls[site.name])] = extract(text, context)
    return found


@pytest.fixture(scope="module")
def read() -> list[Findings]:
    with Replica() as web:
        first = findings(web)
        web.move_on()
        return [first, findings(web)]


def steps(pages: dict[str, list[Statement]], teryt: str, stage: str) -> list[MembershipStatement]:
    return [
        each
        for statements in pages.values()
        for each in statements
        if isinstance(each, MembershipStatement) and (each.teryt, each.stage) == (teryt, Stage(stage))
    ]


def counts(pages: dict[str, list[Statement]]) -> set[tuple[int, Qualifier]]:
    return {
        (each.value, each.qualifier)
        for statements in pages.values()
        for each in statements
        if isinstance(each, CountStatement)
    }


def test_each_step_is_read_where_it_is_told(story: Any, read: list[Findings]) -> None:
    for each in story["joined"]:
        for stage in ("resolved", "admitted"):
            step = each[stage]
            if step is None:
                continue
            for site in step["sites"]:
                pages = read[step["since"]][site]
                found = steps({step["page"]: pages[step["page"]]} if "page" in step else pages, each["teryt"], stage)
                assert found, (each["name"], stage, site)
                if step.get("resolution"):
                    assert step["resolution"] in {one.resolution for one in found}
                if "votes" in step:
                    votes = [one.votes.as_json() for one in found if one.votes]
                    assert step["votes"] in votes if step["votes"] else votes == []
            dates = {
                one.date for site in step["sites"] for one in steps(read[step["since"]][site], each["teryt"], stage)
            }
            assert step["date"] in dates, (each["name"], stage, dates)


@pytest.mark.parametrize(("kind", "stage"), [("proposed", "proposed"), ("rejected", "rejected")])
def test_what_is_no_accession_is_read_as_such(story: Any, read: list[Findings], kind: str, stage: str) -> None:
    for each in story[kind]:
        for site in each["sites"]:
            assert steps(read[0][site], each["teryt"], stage) == []
            found = steps(read[1][site], each["teryt"], stage)
            assert {one.date for one in found} == {each["date"]}
            if "votes" in each:
                assert [one.votes.as_json() for one in found if one.votes] == [each["votes"]]
            assert steps(read[1][site], each["teryt"], "resolved") == []
            assert steps(read[1][site], each["teryt"], "admitted") == []


def test_nothing_is_read_into_the_other_association(read: list[Findings]) -> None:
    for moment in read:
        assert not any(moment["demo-bip-bialosliwie"].values())


def test_only_the_towns_of_the_story_join(story: Any, read: list[Findings]) -> None:
    old = set(story["baseline"]["admitted"]["names"])
    for moment, found in enumerate(read):
        admitted = {
            each.municipality
            for pages in found.values()
            for statements in pages.values()
            for each in statements
            if isinstance(each, MembershipStatement) and each.stage is Stage.ADMITTED
        }
        new = {each["name"] for each in story["joined"]} if moment else set()
        assert admitted == old | new


def test_the_member_list_is_read_whole(story: Any, read: list[Findings]) -> None:
    for moment, more in ((0, 0), (1, 3)):
        listed = {
            each.teryt
            for each in read[moment]["demo-zmp"]["/miasta/wg-wojewodztw"]
            if isinstance(each, MembershipStatement)
        }
        assert len(listed) == story["baseline"]["listed"] + more


def test_no_other_number_is_taken_for_the_count(read: list[Findings]) -> None:
    stale = {(350, Qualifier.AT_LEAST), (370, Qualifier.AT_LEAST)}
    for found, exact in zip(read, ({373}, {373, 381}), strict=True):
        for site, pages in found.items():
            assert counts(pages) - stale <= {(number, Qualifier.EXACT) for number in exact}, site

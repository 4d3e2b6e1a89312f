"""A text that is longer than what is read for facts: the visit says so, and is not taken for a whole one."""

from __future__ import annotations

from pathlib import Path

import pytest

from zmpwatch.extract import extractor
from zmpwatch.model import MembershipStatement, Verdict
from zmpwatch.register import load_association
from zmpwatch.service import extracting, pagereading
from zmpwatch.service.extracting import extract_files
from zmpwatch.service.opening import open_store

from .conftest import Crawl
from .world import World

BEFORE = "<h1>Protokół</h1><p>Rada Miasta Hajnówka podjęła 26 lutego 2025 r. uchwałę w sprawie przystąpienia do Związku"
BEFORE += " Miast Polskich.</p>"
FILLING = "<p>Radni rozmawiali o drogach i chodnikach w mieście.</p>"
BEHIND = "<p>28 lutego 2025 r. Zarząd Związku Miast Polskich przyjął Hajnówkę w poczet członków.</p>"


@pytest.mark.parametrize("times", [20, 2_000])
def test_facts_behind_the_end_of_what_is_read_are_told_to_be_missing(
    world: World, run: Crawl, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    for module in (extractor, pagereading):
        monkeypatch.setattr(module, "LONGEST_TEXT", 20_000)
    world.crawl["readers"] = 0
    bip = world.sites["bip"]
    bip.put("/", '<h1>BIP Miasta Hajnówka</h1><a href="/protokol">Protokół z sesji Rady Miasta</a>')
    bip.put("/protokol", BEFORE + FILLING * times + BEHIND)
    result = run()
    visit = next(visit for visit in result.routine if visit.site == "bip")
    with open_store(world.config()) as store:
        said = [one.statement for one in store.membership_statements(["2005011"])]
    stages = {str(one.stage) for one in said if isinstance(one, MembershipStatement)}
    told = [problem for problem in visit.problems if problem.startswith("incomplete: ")]
    if times == 20:
        assert (visit.verdict, stages, told) == (Verdict.OK, {"resolved", "admitted"}, [])
        return
    assert (visit.verdict, stages, len(told)) == (Verdict.PARTIAL, {"resolved"}, 1)
    assert told[0].startswith(f"incomplete: {bip.url}protokol: only the first 20,000 of its 1")
    assert told[0].endswith("characters were read for facts")
    again = next(visit for visit in run().routine if visit.site == "bip")
    assert (again.verdict, again.problems) == (Verdict.UNCHANGED, ()), "said when it is read, not at each visit"


def test_extract_says_it_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (extractor, extracting):
        monkeypatch.setattr(module, "LONGEST_TEXT", 20_000)
    short, long = tmp_path / "short.html", tmp_path / "long.html"
    short.write_text(BEFORE + BEHIND, encoding="utf-8")
    long.write_text(BEFORE + FILLING * 2_000 + BEHIND, encoding="utf-8")
    told = [one.text.notes if one.text else () for one in extract_files([short, long], load_association("zmp"))]
    assert "only the first 20,000 characters were read for facts" not in told[0]
    assert told[1][-1] == "only the first 20,000 characters were read for facts"

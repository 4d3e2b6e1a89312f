"""The initial knowledge: what a new installation can answer, and that it neither alerts nor bends judgement."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from zmpwatch.config import Config
from zmpwatch.errors import ConfigError
from zmpwatch.model import CountState, CountStatement, MembershipStatement
from zmpwatch.register import load_register
from zmpwatch.service.answers import answer_case, answer_diff, answer_members
from zmpwatch.service.countanswers import answer_count, newest_known
from zmpwatch.service.history import answer_history
from zmpwatch.service.knowledge import KNOWLEDGE_SITE, importing, learn
from zmpwatch.service.knowledge.rows import known_sources
from zmpwatch.service.opening import open_store
from zmpwatch.service.replica import Receiver
from zmpwatch.store import Store

from .conftest import Crawl
from .test_crawling import publish_admission, subjects
from .world import World, association_home

NOW = datetime(2026, 1, 10, 8, 0, tzinfo=UTC)


@pytest.fixture
def known(world: World) -> World:
    world.knowledge = True
    world.now = NOW
    return world


def learnt(store: Store, config: Config, now: datetime = NOW) -> int:
    return learn(config, store, load_register(), now)


def test_every_row_is_a_sound_statement_of_its_source() -> None:
    register = load_register()
    sources = known_sources(NOW.date())
    statements = [statement for source in sources for statement in source.statements]
    counts = [statement for statement in statements if isinstance(statement, CountStatement)]
    memberships = [statement for statement in statements if isinstance(statement, MembershipStatement)]
    assert (len(counts), len(memberships)) == (16, 63)
    assert len({statement.teryt for statement in memberships}) == 53
    for source in sources:
        assert source.url.startswith("http")
        for statement in source.statements:
            assert source.content[statement.start : statement.end] == statement.quote
            assert statement.quote.startswith("[initial knowledge] ")
    for statement in memberships:
        municipality = register.get(statement.teryt or "")
        assert municipality is not None
        assert municipality.name == statement.municipality


def test_dates_in_doubt() -> None:
    days = {
        (statement.municipality, str(statement.kind), str(statement.stage)): statement.date
        for source in known_sources(NOW.date())
        for statement in source.statements
        if isinstance(statement, MembershipStatement)
    }
    assert days["Pionki", "accession", "proposed"] == "2020"
    assert days["Gołdap", "accession", "member"] == "2003"
    assert days["Wrocław", "accession", "member"] == "2024"
    assert days["Zamość", "accession", "resolved"] == "2025-01"


def test_a_new_installation_answers_for_the_past(known: World) -> None:
    config = known.config()
    register = load_register()
    with open_store(config) as store:
        assert learnt(store, config) == 79
        assert answer_count(store, "zmp") is None, "only the association's own site is believed"
        newest = newest_known(store, "zmp")
        assert newest is not None
        assert (newest["members"], newest["as_of"], newest["checked"]) == (389, "2025-06-18", True)
        for day, members in (("2010-01-01", 307), ("2019-10-01", 321), ("2024-12-01", 373), ("2025-12-31", 389)):
            past = answer_count(store, "zmp", date.fromisoformat(day))
            assert past is not None
            assert past["members"] == members, day
        assert len(answer_members(store)) == 46
        before = {member["municipality"] for member in answer_members(store, date(2010, 1, 1))}
        assert "Augustów" in before
        assert "Barcin" not in before
        kinds = {member["municipality"]: (member["since"], member["since_kind"]) for member in answer_members(store)}
        assert kinds["Barcin"] == ("2019-09-19", "on")
        assert kinds["Ciechanów"] == ("2015", "by"), "it sat on the board then; since when it is a member nobody told"
        assert Counter(kind for _, kind in kinds.values()) == {"by": 32, "on": 14}
        bialystok = answer_case(store, register.by_teryt("2061011"))
        assert (bialystok["status"], bialystok["since"], bialystok["since_kind"]) == ("left", "2008-02", "by")
        assert bialystok["events"][0]["date_kind"] == "by"
        assert answer_diff(store, "zmp", date(2008, 1, 1), date(2008, 12, 31))["left"] == []
        assert answer_case(store, register.by_teryt("2001011"))["since"] == "2024-11-15"
        zamosc = answer_case(store, register.by_teryt("0664011"))
        assert zamosc["events"][0]["votes"] == {"for": 14, "against": 2, "abstain": 7}
        kwidzyn = answer_case(store, register.by_teryt("2207011"))
        assert kwidzyn["events"][0]["resolution"] == "XXV/163/92"
        diff = answer_diff(store, "zmp", date(2024, 11, 1), date(2025, 7, 1))
        assert (diff["before"], diff["after"], len(diff["joined"]), diff["unexplained"]) == (356, 389, 8, 25)
        history = answer_history(store, "zmp")
        assert len(history) == 16
        assert all(point["on_line"] for point in history)
        assert (store.changes(), store.deliveries()) == ([], [])
        assert store.verify().problems == []


def test_importing_again_adds_nothing(known: World) -> None:
    config = known.config()
    with open_store(config) as store:
        learnt(store, config)
        cases, visits = store.cases(), store.visits()
        assert learnt(store, config, datetime(2026, 2, 1, tzinfo=UTC)) == 0
        assert (store.cases(), store.visits()) == (cases, visits)


def test_what_lies_in_the_future_waits(known: World) -> None:
    config = known.config()
    early = datetime(2025, 2, 20, tzinfo=UTC)
    with open_store(config) as store:
        learnt(store, config, early)
        newest = newest_known(store, "zmp")
        assert newest is not None
        assert newest["members"] == 373
        assert "Jaraczewo" not in {member["municipality"] for member in answer_members(store)}
        assert learnt(store, config, NOW) == 4, "389 and the three that joined then"
        newest = newest_known(store, "zmp")
        assert newest is not None
        assert newest["members"] == 389
        assert len(answer_history(store, "zmp")) == 16


def test_a_corrected_row_replaces_the_old_one(known: World, monkeypatch: pytest.MonkeyPatch) -> None:
    config = known.config()
    with open_store(config) as store:
        learnt(store, config)
        corrected = []
        for source in known_sources(NOW.date()):
            statements = [
                replace(statement, value=390) if getattr(statement, "value", 0) == 389 else statement
                for statement in source.statements
                if getattr(statement, "municipality", "") != "Jaraczewo"
            ]
            corrected.append(replace(source, content=source.content + "\n", statements=tuple(statements)))
        monkeypatch.setattr(importing, "known_sources", lambda _until: corrected)
        learnt(store, config)
        assert [point["members"] for point in answer_history(store, "zmp")][-1] == 390
        assert answer_case(store, load_register().by_teryt("3006013"))["events"] == []
        assert store.changes() == []


def test_a_page_that_was_taken_down_is_not_imported_again(known: World, monkeypatch: pytest.MonkeyPatch) -> None:
    config = known.config()
    with open_store(config) as store:
        learnt(store, config)
        url = next(source.url for source in known_sources(NOW.date()) if "hrubieszow" in source.url)
        store.forget(url, "asked", NOW)
        learnt(store, config)
        assert not [one for one in store.count_statements() if one.source.url == url and "389" in one.statement.quote]
        assert answer_history(store, "zmp")[-1]["members"] == 389, "facts stay"
        assert store.verify().problems == []


def test_it_can_be_turned_off_and_is_about_one_association(world: World) -> None:
    config = world.config()
    other = replace(config, knowledge=True, association=replace(config.association, key="ump"))
    with open_store(config) as store:
        assert learnt(store, config) == 0
        assert learnt(store, other) == 0
        assert store.visits() == []


def test_no_site_may_take_its_name(world: World) -> None:
    world.add(KNOWLEDGE_SITE.title(), "association")
    with pytest.raises(ConfigError, match="is kept for the statements that are known from the start"):
        world.config()


@pytest.mark.parametrize("now", [datetime(2025, 2, 20, 8, tzinfo=UTC), NOW], ids=["before 389", "after 389"])
def test_the_first_crawl_is_a_baseline_and_a_change_is_told_as_ever(
    known: World, run: Crawl, inbox: Receiver, now: datetime
) -> None:
    """389 of June 2025 stands in the knowledge; the counter says 373 now and 381 later, and both are believed."""
    known.now = now
    first = run()
    assert (first.changes, inbox.messages) == ([], ())
    with open_store(known.config()) as store:
        belief = store.count_belief("zmp")
        assert belief is not None
        assert (belief.members, belief.state, belief.as_of) == (373, CountState.STABLE, now.date().isoformat())
    if now < NOW:
        publish_admission(known)
    else:
        known.sites["zmp"].put("/", association_home(381))
    second = run()
    told = {str(change.kind) for change in second.changes}
    assert "count_changed" in told
    assert told == ({"count_changed", "admitted", "resolved"} if now < NOW else {"count_changed"})
    (subject,) = subjects(inbox)
    assert subject.startswith("ZMP: 373 → 381 (+8)")


def test_news_of_a_known_candidate_is_told(known: World, run: Crawl, inbox: Receiver) -> None:
    """Zamość resolved in January 2025, as the knowledge has it; that it is admitted a year later is news."""
    site = known.add("zamosc", "municipal", "0664011")
    site.put("/", "<h1>Zamość</h1><p>Zapraszamy na jarmark.</p>")
    run()
    known.later(days=30)
    site.put("/", '<h1>Zamość</h1><a href="/zmp">Zamość w Związku Miast Polskich</a>')
    site.put(
        "/zmp",
        "<h1>Wracamy</h1><p>Opublikowano: 05.02.2026</p>"
        "<p>Zarząd Związku Miast Polskich 4 lutego 2026 r. przyjął Zamość w poczet członków.</p>",
    )
    result = run()
    assert [(str(change.kind), change.municipality) for change in result.changes] == [("admitted", "Zamość")]
    assert len(inbox.messages) == 1

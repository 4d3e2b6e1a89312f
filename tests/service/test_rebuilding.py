"""Rebuilding: the same rules give the same beliefs; better ones give better beliefs, and nobody hears of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from zmpwatch.errors import DatabaseLocked, StoreError
from zmpwatch.model import ChangeKind, Context, CountStatement, DeliveryState, MembershipStatement, Statement, Text
from zmpwatch.service import pagereading, rebuilding
from zmpwatch.service.answers import answer_case, answer_members
from zmpwatch.service.countanswers import answer_count
from zmpwatch.service.opening import open_store
from zmpwatch.service.rebuilding import Rebuilt, rebuild
from zmpwatch.service.replica import Receiver
from zmpwatch.store import Store

from .conftest import Crawl
from .test_crawling import publish_admission
from .world import World, association_home

LATER = datetime(2025, 5, 1, tzinfo=UTC)


def state(store: Store) -> tuple[Any, ...]:
    """All that is derived, to the statement, and all that people were told."""
    return (
        store.count_belief("zmp"),
        store.count_history("zmp"),
        store.cases(),
        store.changes(),
        store.deliveries(),
        store.head(),
    )


@pytest.fixture(autouse=True)
def on_each_database(world: World, database_url: str) -> None:
    """The history of this world lies in a file, and then on a PostgreSQL server."""
    world.more["database"] = database_url


@pytest.fixture
def lived(world: World, run: Crawl) -> World:
    """A world whose count rose, with an admission, a number that was never confirmed, and the initial knowledge."""
    world.knowledge = True
    run()
    publish_admission(world)
    run()
    world.later(days=1)
    world.crawl["confirm_after"] = "1h"
    world.sites["zmp"].put("/", association_home(382))
    run()
    world.sites["zmp"].put("/", association_home(381))
    world.later(days=2)
    run()
    run()
    return world


def without(wanted: Callable[[Statement], bool]) -> Callable[[Text, Context], list[Statement]]:
    """An extractor of another version: it doesn't see the statements that are `wanted`."""
    real = pagereading.extract
    return lambda text, context: [one for one in real(text, context) if not wanted(one)]


def rebuilt(world: World, **options: Any) -> Rebuilt:
    config = world.config()
    with open_store(config) as store:
        return rebuild(config, store, LATER, **options)


def test_the_same_rules_change_nothing(lived: World) -> None:
    config = lived.config()
    with open_store(config) as store:
        before = state(store)
        found = rebuild(config, store, LATER)
        assert found.pages >= 4
        assert (found.reread, found.problems, found.changed) == ([], [], False)
        assert state(store) == before
        assert store.verify().problems == []


def test_better_rules_change_beliefs_and_tell_nobody(
    lived: World, inbox: Receiver, monkeypatch: pytest.MonkeyPatch, run: Crawl
) -> None:
    told = len(inbox.messages)
    resolved = without(lambda one: isinstance(one, MembershipStatement) and str(one.stage) == "resolved")
    monkeypatch.setattr(pagereading, "extract", resolved)
    monkeypatch.setattr(rebuilding, "EXTRACTOR_VERSION", "99")
    config = lived.config()
    with open_store(config) as store:
        before = (store.changes(), store.deliveries(), store.count_belief("zmp"))
        found = rebuild(config, store, LATER)
        (page,) = found.reread
        assert page.url.endswith("/aktualnosci/zmp")
        assert list(found.cases) == ["2005011"]
        case = store.case("2005011")
        assert case is not None
        assert [str(event.stage) for event in case.events] == ["admitted"]
        kept = store.statements_by_id(case.events[0].statements)
        assert "99 rebuilt 2025-05-01T00:00:00Z" in {stored.source.extractor for stored in kept.values()}
        assert (store.changes(), store.deliveries(), store.count_belief("zmp")) == before
        assert store.verify().problems == []
        assert not rebuild(config, store, LATER).changed, "a second time there is nothing to do"
    monkeypatch.undo()
    again = rebuilt(lived)
    assert list(again.cases) == ["2005011"], "and the old rules bring it back"
    assert len(run().changes) == 0
    assert len(inbox.messages) == told


def test_a_dry_run_keeps_nothing(lived: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagereading, "extract", without(lambda one: isinstance(one, MembershipStatement)))
    config = lived.config()
    with open_store(config) as store:
        before = state(store)
        found = rebuild(config, store, LATER, dry_run=True)
        assert found.cases["2005011"][1] == {"status": "unknown", "since": None, "since_kind": None, "events": []}
        assert state(store) == before
        shown = found.cases
    really = rebuilt(lived)
    assert really.cases == shown


def test_a_count_that_was_read_wrong_is_taken_back(lived: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        pagereading, "extract", without(lambda one: isinstance(one, CountStatement) and one.value == 381)
    )
    found = rebuilt(lived)
    assert (found.count[0]["members"], found.count[1]["members"]) == (381, 373)
    assert [belief["members"] for belief in found.history[1]] == [373]


def test_what_is_known_from_the_start_stays(lived: World) -> None:
    rebuilt(lived)
    with open_store(lived.config()) as store:
        assert len(answer_members(store)) > 20
        assert answer_count(store, "zmp")


def test_a_page_whose_bytes_are_gone_is_told_and_left(lived: World) -> None:
    config = lived.config()
    with open_store(config) as store:
        (snapshot,) = [one for one in store.snapshots() if one.url.endswith("/aktualnosci/zmp")]
        store.archive.path(snapshot.sha256).unlink()
        before = state(store)
        found = rebuild(config, store, LATER)
        (problem,) = found.problems
        assert "left as it is" in problem
        assert state(store) == before


def test_not_while_a_crawl_runs_nor_before_its_news_is_judged(lived: World) -> None:
    config = lived.config()
    with open_store(config) as store:
        with store.exclusive(), open_store(config) as other, pytest.raises(DatabaseLocked):
            rebuild(config, other, LATER)
        with store.write() as tx:
            tx.await_judgement(["2005011"])
        with pytest.raises(StoreError, match="zmpwatch crawl"):
            rebuild(config, store, LATER)


def test_a_case_answers_as_before(lived: World) -> None:
    from zmpwatch.register import load_register

    hajnowka = load_register().by_teryt("2005011")
    with open_store(lived.config()) as store:
        before = answer_case(store, hajnowka)
    rebuilt(lived)
    with open_store(lived.config()) as store:
        assert answer_case(store, hajnowka) == before


@pytest.fixture
def overlooked(world: World, run: Crawl, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world whose first rules read the resolution, but not the admission that stands on the same page."""
    run()
    publish_admission(world)
    with monkeypatch.context() as patched:
        seen = without(lambda one: isinstance(one, MembershipStatement) and str(one.stage) == "admitted")
        patched.setattr(pagereading, "extract", seen)
        run()
    return world


def news(result: Rebuilt) -> list[tuple[str, str | None]]:
    assert result.told is not None
    return [(str(change.kind), change.municipality) for change in result.told.changes]


def test_subscribers_are_told_of_the_past_on_purpose_and_once(
    overlooked: World, inbox: Receiver, run: Crawl, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = len(inbox.messages)
    shown = rebuilt(overlooked, agree=lambda _telling: pytest.fail("a dry run asks nobody"), dry_run=True)
    assert (news(shown), shown.told and shown.told.deliveries) == ([("admitted", "Hajnówka")], 1)
    config = overlooked.config()
    with open_store(config) as store:
        before = state(store)
        refused = rebuild(config, store, LATER, agree=lambda telling: not telling.changes)
        assert refused.refused
        assert state(store) == before, "a no keeps nothing"
        asked: list[int] = []
        found = rebuild(config, store, LATER, agree=lambda telling: asked.append(telling.deliveries) is None)
        assert asked == [1], "what would go out is said before"
        assert news(found) == [("admitted", "Hajnówka")]
        assert (found.told and found.told.held) == 0
        change = store.changes()[-1]
        assert (str(change.kind), change.at, change.after["date"]) == ("admitted", LATER, "2025-02-28")
        assert change.evidence
        assert store.verify().problems == []
        again = rebuild(config, store, LATER, agree=lambda _telling: True)
        assert (news(again), again.changed) == ([], False)
        # other words for what was told before: the pages are read anew, and there is no news in it
        monkeypatch.setattr(rebuilding, "EXTRACTOR_VERSION", "99")
        real = pagereading.extract
        monkeypatch.setattr(
            pagereading, "extract", lambda text, context: [replace(one, rule="other") for one in real(text, context)]
        )
        reworded = rebuild(config, store, LATER, agree=lambda _telling: True)
        assert reworded.reread
        assert news(reworded) == []
    assert len(inbox.messages) == told, "the outbox waits for a crawl or watch"
    overlooked.now = LATER
    run()
    assert len(inbox.messages) == told + 1


def test_a_rebuild_without_being_told_to_tells_nobody(overlooked: World) -> None:
    with open_store(overlooked.config()) as store:
        before = (store.changes(), store.deliveries())
    found = rebuilt(overlooked)
    assert found.changed
    assert found.told is None
    with open_store(overlooked.config()) as store:
        assert (store.changes(), store.deliveries()) == before


def test_a_count_that_is_corrected_is_told_from_what_people_believe(
    lived: World, inbox: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        pagereading, "extract", without(lambda one: isinstance(one, CountStatement) and one.value == 381)
    )
    found = rebuilt(lived, agree=lambda _telling: True)
    assert found.told is not None
    (change,) = [one for one in found.told.changes if one.kind is ChangeKind.COUNT_CHANGED]
    assert (change.before["members"], change.after["members"]) == (381, 373)


def test_a_storm_of_old_news_waits_for_the_operator(overlooked: World) -> None:
    overlooked.operator["hold_above"] = 1
    config = overlooked.config()
    with open_store(config) as store:
        # within the hour in which the resolution was told
        found = rebuild(config, store, overlooked.now, agree=lambda _telling: True)
        assert found.told is not None
        assert (found.told.deliveries, found.told.held) == (1, 1)
        held = {row.change for row in store.deliveries(states=[DeliveryState.HELD])}
        assert {str(change.kind) for change in store.changes(ids=held)} == {"admitted"}
        assert [str(change.kind) for change in store.changes()][-1] == "alerts_held"

"""A guess at a sentence that no reader understood is kept for who looks, and told to nobody."""

from __future__ import annotations

from datetime import UTC, datetime

from zmpwatch.extract import extract
from zmpwatch.model import ChangeKind, Context, MembershipStatement, Stage, Text
from zmpwatch.register import load_association
from zmpwatch.service.opening import open_store
from zmpwatch.service.replica import Receiver

from .conftest import Crawl
from .world import World

HAJNOWKA = "2005011"
FALSE = "Hajnówka wsiadła na pokład Związku Miast Polskich."
"""The headline of a race of paper boats, say: no town has joined anything."""
TRUE = "Zarząd Związku Miast Polskich 3 marca 2025 r. przyjął Hajnówkę w poczet członków."


def page(text: str) -> str:
    return f"<h1>Aktualności</h1><p>{text}</p><p>Zapraszamy na kiermasz książek w miejskiej bibliotece.</p>"


def test_the_page_of_this_story_is_guessed_at() -> None:
    (told,) = extract(Text(FALSE), Context(load_association("zmp")))
    assert isinstance(told, MembershipStatement)
    assert told.rule.startswith("salience.")
    assert told.stage is Stage.ADMITTED


def test_a_false_guess_is_kept_and_alerts_nobody(world: World, run: Crawl, inbox: Receiver) -> None:
    run()
    world.now = datetime(2025, 3, 4, 8, 0, tzinfo=UTC)
    world.sites["hajnowka"].put("/", page(FALSE))
    for _ in range(3):
        assert run().changes == []
    assert inbox.messages == ()
    with open_store(world.config()) as store:
        kept = [s for s in store.membership_statements() if s.statement.rule.startswith("salience.")]
        assert [s.statement.quote for s in kept] == [FALSE]
        assert all(case.teryt != HAJNOWKA or not case.events for case in store.cases())


def test_a_guess_does_not_stand_in_the_way_of_what_is_told_later(world: World, run: Crawl) -> None:
    run()
    world.now = datetime(2025, 3, 4, 8, 0, tzinfo=UTC)
    world.sites["hajnowka"].put("/", page(FALSE))
    assert run().changes == []
    world.sites["hajnowka"].put("/", page(f"{FALSE} {TRUE}"))
    (change,) = run().changes
    assert (change.kind, change.teryt) == (ChangeKind.ADMITTED, HAJNOWKA)
    assert change.after["date"] == "2025-03-03"
    assert all(evidence.quote != FALSE for evidence in change.evidence)


def test_the_same_fact_told_plainly_on_the_same_page_is_told(world: World, run: Crawl) -> None:
    run()
    world.now = datetime(2025, 3, 4, 8, 0, tzinfo=UTC)
    world.sites["hajnowka"].put("/", page(FALSE))
    assert run().changes == []
    world.sites["hajnowka"].put("/", page(f"{FALSE} Hajnówka przystąpiła do Związku Miast Polskich."))
    (change,) = run().changes
    assert (change.kind, change.teryt, change.after["date"]) == (ChangeKind.ADMITTED, HAJNOWKA, None)

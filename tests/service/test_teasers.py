"""What a list of other pages at the side of a page says is kept for who looks, and told to nobody."""

from __future__ import annotations

from datetime import UTC, datetime

from zmpwatch.extract import extract
from zmpwatch.model import MIN_CONFIDENCE, ChangeKind, Context, MembershipStatement, Stage
from zmpwatch.read import read_bytes
from zmpwatch.register import load_association
from zmpwatch.service.opening import open_store
from zmpwatch.service.replica import Receiver

from .conftest import Crawl
from .world import World

HAJNOWKA = "2005011"
TEASER = "Hajnówka przystąpiła do Związku Miast Polskich"
"""The title of a page that may be years old, among those most read."""
TRUE = "Zarząd Związku Miast Polskich 3 marca 2025 r. przyjął Hajnówkę w poczet członków."


def page(more: str = "") -> str:
    return (
        "<main><h1>Aktualności</h1><p>Zapraszamy na kiermasz książek, który potrwa do soboty w czytelni na piętrze"
        f" miejskiej biblioteki.</p>{more}</main>"
        f"<aside><h2>Najczęściej czytane</h2><ul><li>{TEASER}</li><li>Nowy chodnik</li></ul></aside>"
    )


def test_the_page_of_this_story_states_a_step_at_its_side() -> None:
    text = read_bytes(f"<html><body>{page()}</body></html>".encode(), headers={"Content-Type": "text/html"})
    (told,) = extract(text, Context(load_association("zmp")))
    assert isinstance(told, MembershipStatement)
    assert told.stage is Stage.ADMITTED
    assert told.confidence < MIN_CONFIDENCE


def test_a_teaser_is_kept_and_alerts_nobody(world: World, run: Crawl, inbox: Receiver) -> None:
    run()
    world.now = datetime(2025, 3, 4, 8, 0, tzinfo=UTC)
    world.sites["hajnowka"].put("/", page())
    for _ in range(3):
        assert run().changes == []
    assert inbox.messages == ()
    with open_store(world.config()) as store:
        kept = [s for s in store.membership_statements() if s.statement.confidence < MIN_CONFIDENCE]
        assert [s.statement.quote for s in kept] == [TEASER]
        assert all(case.teryt != HAJNOWKA or not case.events for case in store.cases())


def test_a_teaser_does_not_stand_in_the_way_of_what_is_told_later(world: World, run: Crawl) -> None:
    run()
    world.now = datetime(2025, 3, 4, 8, 0, tzinfo=UTC)
    world.sites["hajnowka"].put("/", page())
    assert run().changes == []
    world.sites["hajnowka"].put("/", page(f"<p>{TRUE}</p>"))
    (change,) = run().changes
    assert (change.kind, change.teryt) == (ChangeKind.ADMITTED, HAJNOWKA)
    assert change.after["date"] == "2025-03-03"
    assert all(evidence.quote != TEASER for evidence in change.evidence)


def test_the_same_fact_told_plainly_on_the_same_page_is_told(world: World, run: Crawl) -> None:
    run()
    world.now = datetime(2025, 3, 4, 8, 0, tzinfo=UTC)
    world.sites["hajnowka"].put("/", page())
    assert run().changes == []
    world.sites["hajnowka"].put("/", page(f"<p>{TEASER}.</p>"))
    (change,) = run().changes
    assert (change.kind, change.teryt, change.after["date"]) == (ChangeKind.ADMITTED, HAJNOWKA, None)

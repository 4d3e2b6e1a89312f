"""A crawl right after midnight: its day is the one on the readers' calendar, and an upgrade tells nobody anew."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from zmpwatch.model import ChangeKind
from zmpwatch.service.countanswers import answer_count
from zmpwatch.service.history import answer_history
from zmpwatch.service.opening import open_store
from zmpwatch.service.replica import Receiver

from .conftest import Crawl
from .world import World, association_home


@pytest.fixture(autouse=True)
def on_each_database(world: World, database_url: str) -> None:
    """The history of this world lies in a file, and then on a PostgreSQL server."""
    world.more["database"] = database_url


@pytest.mark.parametrize(("zone", "day"), [("Europe/Warsaw", "2026-11-23"), ("UTC", "2026-11-22")])
def test_all_answers_give_the_day_of_the_configured_zone(world: World, run: Crawl, zone: str, day: str) -> None:
    world.more["timezone"] = zone
    world.now = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)  # `run` begins an hour later
    run()
    with open_store(world.config()) as store:
        now = answer_count(store, "zmp")
        then = answer_count(store, "zmp", date.fromisoformat(day))
        before = answer_count(store, "zmp", date(2026, 11, 21))
        history = answer_history(store, "zmp")
        view = store.views({"v_member_count": ["as_of", "members"]})["v_member_count"]
    assert now is not None
    assert then is not None
    assert (now["as_of"], then["as_of"], before) == (day, day, None)
    assert [(one["day"], one["as_of"], one["members"]) for one in history] == [(day, day, 373)]
    assert view == [(day, 373)]


def test_a_day_stored_by_the_clock_of_utc_is_no_news(world: World, run: Crawl, inbox: Receiver) -> None:
    world.now = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
    world.more["timezone"] = "UTC"  # what earlier releases wrote
    run()
    world.more["timezone"] = "Europe/Warsaw"
    with open_store(world.config()) as store:
        stored = store.count_belief("zmp")
    assert stored is not None
    assert stored.as_of == "2026-11-22"
    assert run().changes == []
    world.sites["zmp"].put("/", association_home(373) + "<p>Dzisiaj pada śnieg.</p>")
    assert run().changes == []
    assert inbox.messages == ()
    with open_store(world.config()) as store:
        kept = store.count_belief("zmp")
        assert kept is not None
        assert replace(kept, rests_on=()) == replace(stored, rests_on=())
    world.now = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
    world.sites["zmp"].put("/", association_home(374))
    (change,) = run().changes
    assert (change.before["as_of"], change.after["as_of"]) == ("2026-11-22", "2026-11-24")
    (message,) = [one for one in inbox.messages if one.path == "/redakcja"]
    assert "24 listopada" in message.body


def test_who_joined_is_asked_by_the_days_of_the_configured_zone(world: World, run: Crawl) -> None:
    world.more["timezone"] = "Asia/Tokyo"
    world.now = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)  # in an hour it is the 23rd there, and the 22nd in Poland
    run()
    told = "<p>Zarząd Związku Miast Polskich przyjął Hajnówkę w poczet członków.</p><p>Opublikowano: 22.11.2026</p>"
    world.sites["hajnowka"].put("/", f"<h1>Nowy członek Związku Miast Polskich</h1>{told}")
    world.sites["zmp"].put("/", association_home(374))
    (count,) = [change for change in run().changes if change.kind is ChangeKind.COUNT_CHANGED]
    assert (count.before["as_of"], count.after["as_of"]) == ("2026-11-23", "2026-11-23")
    assert count.reconciliation is not None
    assert count.reconciliation.joined == ("2005011",)

"""After the extractor has improved, old facts that it reads for the first time are history; new ones are news."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest

from zmpwatch.model import MembershipStatement, Statement
from zmpwatch.service import pagereading, upgrading, visitstoring
from zmpwatch.service.opening import open_store
from zmpwatch.service.replica import Receiver

from .conftest import Crawl
from .world import Answer, World

NEW = "<p>Zarząd Związku Miast Polskich 28 lutego 2025 r. przyjął Hajnówkę w poczet członków.</p>"
UNDATED = "<p>Rada Miasta Hajnówka podjęła uchwałę o przystąpieniu do Związku Miast Polskich.</p>"


def with_a_clock(world: World, body: Callable[[], str]) -> Callable[[], Answer]:
    """A page whose words change at each visit."""
    hits = count(1)
    return lambda: Answer(
        f"<html><body><p>Odwiedzin: {next(hits)}, {world.now:%H:%M}</p>{body()}</body></html>".encode()
    )


@pytest.fixture(autouse=True)
def on_each_database(world: World, database_url: str) -> None:
    """The history of this world lies in a file, and then on a PostgreSQL server."""
    world.more["database"] = database_url


@pytest.fixture
def old_rules(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Begin with rules that see no memberships; calling it is the upgrade."""
    today, read = pagereading.EXTRACTOR_VERSION, pagereading.extract

    def blind(*arguments: object) -> list[Statement]:
        return [one for one in read(*arguments) if not isinstance(one, MembershipStatement)]

    def use(version: str, rules: object) -> None:
        monkeypatch.setattr(pagereading, "extract", rules)
        for module in (pagereading, upgrading, visitstoring):
            monkeypatch.setattr(module, "EXTRACTOR_VERSION", version)

    use("old", blind)
    return lambda: use(today, read)


@pytest.mark.parametrize("beside", ["", "<p>Związek Miast Polskich zrzesza ponad 350 miast.</p>"], ids=["", "archived"])
def test_old_facts_are_no_news_and_new_ones_are(
    world: World, run: Crawl, inbox: Receiver, old_rules: Callable[[], None], beside: str
) -> None:
    says = UNDATED + beside
    world.sites["hajnowka"].pages["/"] = with_a_clock(world, lambda: says)
    run()
    run()
    old_rules()
    assert run().changes == []
    assert run().changes == []
    assert not inbox.messages
    with open_store(world.config()) as store:
        case = store.case("2005011")
        assert case is not None
        assert [str(event.stage) for event in case.events] == ["resolved"]
    says += NEW
    assert [str(change.kind) for change in run().changes] == ["admitted"]


def test_a_new_fact_at_the_very_visit_of_the_upgrade_is_news(
    world: World, run: Crawl, old_rules: Callable[[], None]
) -> None:
    says = "<p>Związek Miast Polskich zrzesza ponad 350 miast.</p>"
    world.sites["hajnowka"].pages["/"] = with_a_clock(world, lambda: says)
    run()
    run()
    says += UNDATED
    old_rules()
    assert [str(change.kind) for change in run().changes] == ["resolved"]


def test_pages_read_before_versions_were_remembered_were_read_by_other_rules(
    world: World, run: Crawl, inbox: Receiver, old_rules: Callable[[], None]
) -> None:
    """A history that an earlier release began knows neither the version nor the text a page was read with."""
    says = UNDATED + "<p>Związek Miast Polskich zrzesza ponad 350 miast.</p>"
    world.sites["hajnowka"].pages["/"] = with_a_clock(world, lambda: says)
    run()
    run()
    with open_store(world.config()) as store, store.write() as tx:
        known = store.known_pages("hajnowka").values()
        tx.save_pages("hajnowka", [replace(page, extractor=None, content_sha256=None) for page in known])
    old_rules()
    assert run().changes == []
    assert run().changes == []
    assert not inbox.messages
    says += NEW
    assert [str(change.kind) for change in run().changes] == ["admitted"]

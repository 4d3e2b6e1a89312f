"""A number is told at once; towns whose own news waits for the operator's yes are named when he has given it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from alert.servers import Receiver as Hook

from zmpwatch.alert.subscriptions import Subscription
from zmpwatch.alert.timing import QuietHours, Timing
from zmpwatch.alert.withholding import NOTHING, Withheld, withheld
from zmpwatch.cli.application import run as command
from zmpwatch.config import load_config
from zmpwatch.model import Association, Change, ChangeKind, DeliveryState, Evidence, Reconciliation
from zmpwatch.register import load_register
from zmpwatch.service import notifying
from zmpwatch.service.delivering import deliver
from zmpwatch.service.feeds import publish_feeds
from zmpwatch.service.outbox import Outbox
from zmpwatch.service.replica import Receiver
from zmpwatch.store import Store

from .conftest import Crawl
from .world import World, association_home

NOW = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)
ZMP = Association(key="zmp", name="Związek Miast Polskich", short="ZMP")
REGISTER = load_register()
NAMES = {"2005011": "Hajnówka", "2001011": "Augustów", "3025052": "Zaniemyśl"}
ADMITTED = frozenset({ChangeKind.ADMITTED})
COUNT_ONLY = frozenset({ChangeKind.COUNT_CHANGED})


def admissions(at: datetime = NOW) -> list[Change]:
    after = {"kind": "accession", "stage": "admitted", "date": "2025-02-28"}
    return [
        Change(ChangeKind.ADMITTED, at, f"admitted:{teryt}", teryt=teryt, municipality=name, after=after)
        for teryt, name in NAMES.items()
    ]


def count(before: int, after: int, at: datetime, joined: tuple[str, ...] = tuple(NAMES)) -> Change:
    return Change(
        ChangeKind.COUNT_CHANGED,
        at,
        f"count:{before}:{after}",
        before={"members": before, "as_of": "2024-11-15"},
        after={"members": after, "as_of": "2025-03-03"},
        reconciliation=Reconciliation(before, after, joined, ()),
    )


def box(*people: Subscription, operator: str = "") -> Outbox:
    return Outbox(people, (operator,) if operator else (), REGISTER, hold_above=2)


def put(store: Store, outbox: Outbox, changes: list[Change], now: datetime) -> None:
    with store.write() as tx:
        outbox.enqueue(tx, [kept for change in changes if (kept := tx.add_change(change))], now)


def told(hook: Hook, path: str) -> list[tuple[str, str]]:
    return [(one.body["title"], one.body["message"]) for one in hook.at(path)]


def test_a_count_names_no_town_that_is_held_and_the_yes_names_it(store: Store, hook: Hook) -> None:
    outbox = box(Subscription("redakcja", (hook.url("news/200"),)))
    put(store, outbox, admissions(), NOW)
    put(store, outbox, [count(373, 377, LATER)], LATER)
    report = deliver(store, outbox, ZMP, LATER)
    assert (report.messages, report.held) == (1, 3)
    ((title, text),) = told(hook, "news/200")
    assert title == "ZMP: 373 → 377 (+4), nazwy jeszcze sprawdzamy"
    assert "Bilans: 373 + 4 = 377." in text
    assert "Żadnego z 4 nowych członków nie możemy jeszcze podać z nazwy. Sprawdzamy jeszcze 3 nazwy." in text
    assert not [name for name in NAMES.values() if name in title + text]

    assert notifying.release(store, outbox, [], LATER).number == 3
    deliver(store, outbox, ZMP, LATER)
    title, text = told(hook, "news/200")[1]
    assert title == "ZMP: przyjęcia: Augustów, Hajnówka i Zaniemyśl"

    put(store, outbox, [count(377, 378, LATER + timedelta(hours=1), ("2005011",))], LATER + timedelta(hours=1))
    deliver(store, outbox, ZMP, LATER + timedelta(hours=1))
    assert told(hook, "news/200")[2][0] == "ZMP: 377 → 378 (+1): Hajnówka"


def test_a_count_quotes_no_other_site_while_names_are_held(store: Store, hook: Hook) -> None:
    outbox = box(Subscription("redakcja", (hook.url("news/200"),)))
    put(store, outbox, admissions(), NOW)
    evidence = tuple(
        Evidence(f"https://{site}.example/", quote, None, site, LATER)
        for site, quote in (("zmp", "Jest nas 377."), ("town", "Hajnówka jest w Związku, który liczy 377 miast."))
    )
    put(store, outbox, [replace(count(373, 377, LATER), evidence=evidence)], LATER)
    deliver(store, outbox, ZMP, LATER)
    ((_, text),) = told(hook, "news/200")
    assert "„Jest nas 377.”" in text
    assert "Podają to 2 źródła: zmp i town." in text
    assert not [name for name in NAMES.values() if name in text]


def test_no_feed_quotes_another_site_while_names_are_held(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("knowledge: false\noperator: {hold_above: 2}\n", "utf-8")
    config = load_config(path, {})
    outbox = Outbox.of(config, REGISTER)
    put(store, outbox, admissions(), NOW)
    evidence = tuple(
        Evidence(f"https://{site}.example/", quote, None, site, LATER)
        for site, quote in (("zmp", "Jest nas 377."), ("town", "Hajnówka jest w Związku, który liczy 377 miast."))
    )
    put(store, outbox, [replace(count(373, 377, LATER), evidence=evidence)], LATER)

    def quotes() -> dict[str, list[str]]:
        publish_feeds(config, store, REGISTER, LATER)
        assert config.feeds.folder is not None
        (files := list(config.feeds.folder.iterdir())).sort()
        leaks = [one.name for one in files if any(name in one.read_text("utf-8") for name in NAMES.values())]
        feed = json.loads((config.feeds.folder / "changes.json").read_text("utf-8"))
        counts = [item["_zmpwatch"] for item in feed["items"] if item["_zmpwatch"]["kind"] == "count_changed"]
        return {"leaks": leaks, "quotes": [one["quote"] for told in counts for one in told["evidence"]]}

    assert quotes() == {"leaks": [], "quotes": ["Jest nas 377."]}
    notifying.release(store, outbox, [], LATER)
    assert quotes()["quotes"] == [one.quote for one in evidence]


def test_a_town_that_is_not_held_is_named_beside_those_that_are(store: Store, hook: Hook) -> None:
    english = Subscription("desk", (hook.url("news/200"),), language="en")
    outbox = box(english)
    put(store, outbox, admissions(), NOW)
    put(store, outbox, [count(373, 377, LATER, ("1202023", *NAMES))], LATER)
    deliver(store, outbox, ZMP, LATER)
    ((title, text),) = told(hook, "news/200")
    assert title == "ZMP: 373 → 377 (+4): Brzesko; 3 being checked"
    assert "1 of the 4 new members is known by name. 3 names are being checked." in text


def test_the_operators_no_is_heeded_by_later_counts(store: Store, hook: Hook) -> None:
    outbox = box(Subscription("redakcja", (hook.url("news/200"),)))
    put(store, outbox, admissions(), NOW)
    notifying.discard(store, [], "the list was sorted anew")
    put(store, outbox, [count(373, 377, LATER)], LATER)
    deliver(store, outbox, ZMP, LATER)
    ((title, text),) = told(hook, "news/200")
    assert not [name for name in NAMES.values() if name in title + text]


def test_who_joined_long_ago_is_not_hushed_up_when_its_leaving_is_held(store: Store, hook: Hook) -> None:
    outbox = box(Subscription("redakcja", (hook.url("news/200"),)))
    for number, one in enumerate(admissions()):
        day = NOW - timedelta(days=9 - number)
        put(store, outbox, [replace(one, at=day)], day)
    gone = {"kind": "withdrawal", "stage": "left", "date": "2025-03-01"}
    left = [replace(one, kind=ChangeKind.LEFT, dedup_key=f"left:{one.teryt}", after=gone) for one in admissions()]
    put(store, outbox, left, NOW)
    joined = count(373, 376, LATER)
    assert withheld(store, [joined], "redakcja", "an address") == NOTHING
    leaving = replace(joined, reconciliation=Reconciliation(376, 373, (), tuple(NAMES)))
    assert withheld(store, [leaving], "redakcja", "an address") == Withheld(left=frozenset(NAMES))
    assert withheld(store, [replace(leaving, at=NOW - timedelta(hours=1))], "redakcja", "an address") == NOTHING


def test_whoever_gets_counts_alone_is_told_no_name_before_the_yes_either(store: Store, hook: Hook) -> None:
    """Nobody is told of admissions here: what is held is on record all the same."""
    outbox = box(Subscription("numbers", (hook.url("news/200"),), events=COUNT_ONLY))
    put(store, outbox, admissions(), NOW)
    put(store, outbox, [count(373, 376, LATER)], LATER)
    deliver(store, outbox, ZMP, LATER)
    assert told(hook, "news/200")[0][0] == "ZMP: 373 → 376 (+3), nazwy jeszcze sprawdzamy"
    notifying.release(store, outbox, [], LATER)
    put(store, outbox, [count(376, 377, LATER + timedelta(hours=1), ("2005011",))], LATER + timedelta(hours=1))
    deliver(store, outbox, ZMP, LATER + timedelta(hours=1))
    assert told(hook, "news/200")[1][0] == "ZMP: 376 → 377 (+1): Hajnówka"


def test_each_address_is_told_what_the_operator_said_of_it(store: Store, hook: Hook) -> None:
    outbox = box(
        Subscription("first", (hook.url("one/200"),)),
        Subscription("second", (hook.url("two/200"),)),
    )
    put(store, outbox, admissions(), NOW)
    own = [row.id for row in store.deliveries() if row.recipient == "first"]
    assert notifying.release(store, outbox, [number for number in own if number], LATER).number == 3
    put(store, outbox, [count(373, 376, LATER)], LATER)
    deliver(store, outbox, ZMP, LATER)
    assert told(hook, "one/200")[0][0] == "ZMP: 373 → 376 (+3): Augustów, Hajnówka i Zaniemyśl"
    assert told(hook, "two/200")[0][0] == "ZMP: 373 → 376 (+3), nazwy jeszcze sprawdzamy"


def test_a_count_waits_with_the_one_it_follows(store: Store, hook: Hook) -> None:
    """Told alone it would follow from a number nobody heard of, and the older one would come after it."""
    outbox = box(Subscription("redakcja", (hook.url("news/200"),)), operator=hook.url("operator/200"))
    put(store, outbox, [*admissions(), count(373, 376, NOW)], NOW)
    put(store, outbox, [count(376, 377, LATER, ("1202023",))], LATER)
    assert deliver(store, outbox, ZMP, LATER).held == 5
    assert told(hook, "news/200") == []
    said = "\n".join(text for _, text in told(hook, "operator/200"))
    assert "4 changes within an hour are more than 2" in said
    assert "This follows a number that is held; the two belong together." in said
    held = next(row.id for row in store.deliveries(states=[DeliveryState.HELD]))
    assert held is not None
    shown = notifying.show_message(store, outbox, ZMP, held)
    notifying.release(store, outbox, [], LATER)
    deliver(store, outbox, ZMP, LATER)
    ((title, text),) = told(hook, "news/200")
    assert title == shown.message.subject == "ZMP: 373 → 377 (+4): Augustów, Hajnówka i 2 inne miasta"
    assert "Bilans: 373 + 4 = 377. Wszystkich 4 nowych członków znamy z nazwy." in text


@pytest.mark.parametrize(
    ("timing", "due"),
    [
        (Timing(), LATER),
        (Timing("daily"), datetime(2025, 3, 4, 7, 0, tzinfo=UTC)),
        (Timing("daily", at=time(14, 0)), datetime(2025, 3, 3, 13, 0, tzinfo=UTC)),
        (Timing("weekly"), datetime(2025, 3, 10, 7, 0, tzinfo=UTC)),
        (Timing(quiet=QuietHours(time(10), time(15))), datetime(2025, 3, 3, 14, 0, tzinfo=UTC)),
    ],
    ids=["now", "daily", "daily in the afternoon", "weekly", "quiet hours"],
)
def test_what_is_released_goes_out_when_the_subscriber_wants_to_be_told(
    store: Store, hook: Hook, timing: Timing, due: datetime
) -> None:
    outbox = box(Subscription("redakcja", (hook.url("news/200"),), timing=timing))
    # held since a week: the digest it would have come with is long over
    put(store, outbox, admissions(NOW - timedelta(days=7)), NOW - timedelta(days=7))
    released = notifying.release(store, outbox, [], LATER)
    assert dict(released.later) == ({} if due == LATER else {"redakcja": due})
    if due > LATER:
        deliver(store, outbox, ZMP, due - timedelta(minutes=1))
        assert told(hook, "news/200") == []
    deliver(store, outbox, ZMP, due)
    assert len(told(hook, "news/200")) == 1


def test_a_crawl_tells_the_number_and_keeps_the_names_till_the_yes(
    world: World, run: Crawl, inbox: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    world.operator["hold_above"] = 2
    run()
    run()
    world.sites["hajnowka"].put(
        "/",
        "<h1>Nowi członkowie Związku Miast Polskich</h1><p>Opublikowano: 20.02.2025</p>"
        "<p>Zarząd Związku Miast Polskich przyjął Hajnówkę w poczet członków.</p>"
        "<p>Zarząd Związku Miast Polskich przyjął Zaniemyśl w poczet członków.</p>"
        "<p>Zarząd Związku Miast Polskich przyjął Brzesko w poczet członków.</p>",
    )
    assert run().delivery.held == 3
    world.later(hours=2)
    world.sites["zmp"].put("/", association_home(376))
    assert [change.kind for change in run().changes] == [ChangeKind.COUNT_CHANGED]
    (message,) = [one for one in inbox.messages if one.path == "/redakcja"]
    assert message.title == "ZMP: 373 → 376 (+3), nazwy jeszcze sprawdzamy"
    assert not [name for name in ("Hajnów", "Zaniemy", "Brzesk") if name in message.body.replace("hajnowka", "")]
    feed = json.loads((world.folder / "var" / "feeds" / "changes.json").read_text("utf-8"))
    assert [item["title"] for item in feed["items"]] == [message.title]

    assert command(["--config", str(world.folder / "config.yaml"), "notify", "release"]) == 0
    assert "3 deliveries released" in capsys.readouterr().out
    message = [one for one in inbox.messages if one.path == "/redakcja"][-1]
    assert message.title == "ZMP: przyjęcia: Brzesko, Hajnówka i Zaniemyśl"
    world.later(hours=1)
    run()
    feed = json.loads((world.folder / "var" / "feeds" / "changes.json").read_text("utf-8"))
    assert len(feed["items"]) == 4
    assert [item["title"] for item in feed["items"] if "376" in item["title"]] == [
        "ZMP: 373 → 376 (+3): Brzesko, Hajnówka i Zaniemyśl"
    ]

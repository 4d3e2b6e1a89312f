"""Too much news at once waits for the operator's yes; what is slow or dead is seen and steered with `notify`."""

import json
import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alert.servers import Receiver
from waiting import wait_until

from zmpwatch.alert.plan import fingerprint
from zmpwatch.alert.subscriptions import OPERATOR, Subscription
from zmpwatch.cli.application import run
from zmpwatch.config import load_config
from zmpwatch.errors import StoreError
from zmpwatch.model import Association, Change, ChangeKind, DeliveryState
from zmpwatch.register import load_register
from zmpwatch.service import notifying
from zmpwatch.service.delivering import deliver
from zmpwatch.service.outbox import Outbox
from zmpwatch.store import Store

NOW = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
ZMP = Association(key="zmp", name="Związek Miast Polskich", short="ZMP")
REGISTER = load_register()
TOWNS = [town for town in REGISTER if town.teryt.endswith("1")][:60]


def changes(first: int, number: int, at: datetime) -> list[Change]:
    return [
        Change(
            ChangeKind.RESOLVED,
            at,
            f"resolved:{town.teryt}",
            teryt=town.teryt,
            municipality=town.name,
            after={"kind": "accession", "stage": "resolved", "date": "2025-02-26"},
        )
        for town in TOWNS[first : first + number]
    ]


def put(store: Store, outbox: Outbox, some: list[Change], now: datetime) -> None:
    with store.write() as tx:
        stored = [kept for change in some if (kept := tx.add_change(change))]
        outbox.enqueue(tx, stored, now)


def outbox(hook: Receiver, **options: int | timedelta | str) -> Outbox:
    people = [Subscription("redakcja", (hook.url("news/200"),))]
    return Outbox(people, (hook.url("operator/200"),), REGISTER, **options)  # type: ignore[arg-type]


def test_twenty_changes_are_sent_and_more_are_held(store: Store, hook: Receiver) -> None:
    box = outbox(hook)
    put(store, box, changes(0, 20, NOW), NOW)
    assert deliver(store, box, ZMP, NOW).held == 0
    assert len(hook.at("news/200")) == 1

    # the same hour: all that comes now belongs to the storm
    later = NOW + timedelta(minutes=30)
    put(store, box, changes(20, 5, later), later)
    report = deliver(store, box, ZMP, later)
    assert (report.held, report.messages, len(hook.at("news/200"))) == (5, 1, 1)
    (told,) = hook.at("operator/200")
    assert told.body["title"] == "zmpwatch: 5 alerts held for your yes"
    for words in (
        "25 changes within an hour are more than 20",
        "resolved 5",
        TOWNS[20].name,
        "zmpwatch notify release",
    ):
        assert words in told.body["message"]

    # an hour on, the world is calm again; what is held still waits
    calm = NOW + timedelta(hours=2)
    put(store, box, changes(40, 1, calm), calm)
    assert (deliver(store, box, ZMP, calm).held, len(hook.at("news/200"))) == (5, 2)


def test_the_operators_yes_sends_one_message(store: Store, hook: Receiver) -> None:
    box = outbox(hook, whole="https://example.pl/zmp/changes.html")
    put(store, box, changes(0, 45, NOW), NOW)
    deliver(store, box, ZMP, NOW)
    assert notifying.release(store, box, [], NOW + timedelta(hours=3)).number == 45
    report = deliver(store, box, ZMP, NOW + timedelta(hours=3))
    assert (report.held, report.messages, len(hook.at("news/200"))) == (0, 1, 1)
    (told,) = hook.at("news/200")
    assert told.body["message"].count("zmpwatch") == 1
    # twenty are told with all that is known, the others by name, with the page that tells all
    assert told.body["message"].count("rada uchwaliła przystąpienie") == 20
    assert "https://example.pl/zmp/changes.html" in told.body["message"]
    assert {d.state for d in store.deliveries()} == {DeliveryState.SENT}


def test_the_operators_no_sends_nothing_and_keeps_the_changes(store: Store, hook: Receiver) -> None:
    box = outbox(hook)
    put(store, box, changes(0, 45, NOW), NOW)
    assert notifying.discard(store, [], "the list was sorted anew") == 45
    assert deliver(store, box, ZMP, NOW + timedelta(days=9)).messages == 1
    assert hook.at("news/200") == []
    (sent,) = notifying.list_deliveries(store, [DeliveryState.SENT], 100)
    assert (sent["kind"], sent["recipient"], sent["sent"]) == (
        "alerts_held",
        "operator",
        (NOW + timedelta(days=9)).isoformat(),
    )
    dead = notifying.list_deliveries(store, [DeliveryState.DEAD])
    assert notifying.list_deliveries(store, [DeliveryState.DEAD], 2) == dead[-2:]
    assert {row["last_result"] for row in dead} == {"discarded by the operator: the list was sorted anew"}
    assert len(store.changes(kinds=[ChangeKind.RESOLVED])) == 45


def test_a_no_stands_until_it_is_taken_back(store: Store, hook: Receiver) -> None:
    """To try again what was given up must not send what was refused."""
    box = outbox(hook)
    put(store, box, changes(0, 25, NOW), NOW)
    deliver(store, box, ZMP, NOW)
    notifying.discard(store, [], "the list was sorted anew")
    refused = [row.id for row in store.deliveries(states=[DeliveryState.DEAD]) if row.id is not None]
    assert notifying.retry(store, [], NOW) == 0
    with pytest.raises(StoreError, match=f"{refused[0]}: no delivery that waits for another try or was given up"):
        notifying.retry(store, refused[:1], NOW)
    assert notifying.release(store, box, [], NOW).number == 0
    deliver(store, box, ZMP, NOW)
    assert hook.at("news/200") == []

    assert notifying.release(store, box, refused[:1], NOW).number == 1
    deliver(store, box, ZMP, NOW)
    (told,) = hook.at("news/200")
    assert told.body["title"] == "ZMP: rada uchwaliła przystąpienie Bolesławca"


def test_no_limit_holds_nothing(store: Store, hook: Receiver) -> None:
    box = outbox(hook, hold_above=0)
    put(store, box, changes(0, 45, NOW), NOW)
    assert deliver(store, box, ZMP, NOW).held == 0
    assert len(hook.at("news/200")) == 1


def test_messages_to_the_operator_are_spaced(store: Store, hook: Receiver) -> None:
    box = outbox(hook, operator_spacing=timedelta(minutes=15))

    def broken(site: str, at: datetime) -> None:
        put(
            store,
            box,
            [Change(ChangeKind.SITE_BROKEN, at, f"broken:{site}", site=site, after={"verdict": "empty"})],
            at,
        )
        deliver(store, box, ZMP, at)

    for minute in (0, 2, 6, 14):
        broken(f"site-{minute}", NOW + timedelta(minutes=minute))
    assert len(hook.at("operator/200")) == 1
    deliver(store, box, ZMP, NOW + timedelta(minutes=15))
    first, second = hook.at("operator/200")
    assert "site-0" in first.body["message"]
    assert all(f"site-{minute}" in second.body["message"] for minute in (2, 6, 14))


def test_what_was_given_up_is_tried_again_on_demand(store: Store, hook: Receiver) -> None:
    people = [Subscription("redakcja", (hook.url("news/404"),))]
    box = Outbox(people, (), REGISTER)
    put(store, box, changes(0, 2, NOW), NOW)
    now = NOW
    for _ in range(3):
        deliver(store, box, ZMP, now)
        now += timedelta(hours=1)
    assert {d.state for d in store.deliveries()} == {DeliveryState.DEAD}
    assert notifying.retry(store, [], now) == 2
    deliver(store, box, ZMP, now)
    assert len(hook.at("news/404")) == 4
    assert {d.state for d in store.deliveries()} == {DeliveryState.PENDING}


def test_a_message_is_tried_again_whole_whichever_part_of_it_is_named(store: Store, hook: Receiver) -> None:
    box = Outbox([Subscription("redakcja", (hook.url("news/500"),))], (), REGISTER)
    put(store, box, changes(0, 2, NOW), NOW)
    deliver(store, box, ZMP, NOW)
    later = NOW + timedelta(minutes=1)
    put(store, box, changes(2, 1, later), later)
    first = store.deliveries()[0].id
    assert first is not None
    assert notifying.retry(store, [first], later) == 2
    deliver(store, box, ZMP, later)
    one, *others = (taken.headers["Idempotency-Key"] for taken in hook.at("news/500"))
    assert len(others) == 2
    assert others.count(one) == 1, "the first message with its number, and the new one with its own"


Cli = Callable[..., tuple[int, str]]


@pytest.fixture
def cli(tmp_path: Path, hook: Receiver, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """`zmpwatch notify …` with a configuration that names one good and one bad address."""
    monkeypatch.setenv("HOOK", hook.url("news/200"))
    path = tmp_path / "config.yaml"
    path.write_text(
        "knowledge: false\nsubscribers:\n  - name: redakcja\n    language: pl\n"
        f'    to: ["${{HOOK}}", "{hook.url("login")}"]\noperator: {{to: ["{hook.url("operator/500")}"]}}\n',
        encoding="utf-8",
    )

    def call(*arguments: str) -> tuple[int, str]:
        status = run(["--config", str(path), "notify", *arguments])
        said = capsys.readouterr()
        return int(status), said.out or said.err

    return call


def test_notify_test_says_what_each_address_answered(cli: Cli, hook: Receiver) -> None:
    status, out = cli("test", "redakcja")
    assert status == 1
    first, second = out.splitlines()
    assert first.startswith("redakcja, address 1 (json, ")
    assert first.endswith(": sent: HTTP 200")
    assert second.endswith(": refused: a log-in page answered")
    (taken,) = hook.at("news/200")
    assert taken.body["title"] == "[test] zmpwatch: wiadomość próbna"
    assert "zażółć gęślą jaźń" in taken.body["message"]
    status, out = cli("test", "operator", "--json")
    answer = json.loads(out)
    assert (status, answer["recipient"], answer["outcome"], answer["answer"]) == (1, OPERATOR, "failed", "HTTP 500")


@pytest.mark.usefixtures("heeded")
def test_ctrl_c_ends_a_test_to_a_silent_address(hook: Receiver) -> None:
    box = Outbox([Subscription("redakcja", tuple(hook.url(f"{number}/hang") for number in range(10)))], (), REGISTER)
    pressed: list[float] = []

    def press() -> None:
        wait_until(lambda: len(hook.taken) >= 8, what="eight hang")
        pressed.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    pressing = threading.Thread(target=press)
    pressing.start()
    with pytest.raises(KeyboardInterrupt):
        notifying.send_test(box, ZMP, "redakcja", NOW)
    assert time.monotonic() - pressed[0] < 10, "a receiver is given half a minute"
    pressing.join()
    assert len(hook.taken) == 8, "what had not begun is not begun any more"


def test_notify_test_names_those_there_are(cli: Cli) -> None:
    status, told = cli("test", "redkacja")
    assert status == 2
    assert "no subscriber is called 'redkacja'; known: redakcja, operator" in told


def test_notify_steers_the_outbox(cli: Cli, tmp_path: Path, hook: Receiver) -> None:
    config = load_config(tmp_path / "config.yaml", os.environ)
    box = Outbox.of(config, REGISTER)
    with Store.open(config.database, config.archive) as store:
        put(store, box, changes(0, 30, NOW), NOW)
    status, out = cli("pending", "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [row["state"] for row in rows].count("held") == 60
    assert [row["kind"] for row in rows if row["state"] == "pending"] == ["alerts_held"]
    status, out = cli("show", str(rows[0]["id"]))
    assert out.startswith("Subject: ZMP: uchwały o przystąpieniu: ")
    assert "[not sent yet; as it would go out now]\n[delivery 1 to redakcja " in out
    assert cli("held")[1].count("\n") == 60
    assert cli("discard", str(rows[1]["id"]), "--reason", "twice") == (0, "1 delivery discarded\n")
    status, out = cli("release", "--json")
    done = json.loads(out)
    # the log-in page and the operator's receiver took nothing
    assert (status, done["released"], done["sent"], done["held"]) == (1, 59, 30, 0)
    assert len(hook.at("news/200")) == 1
    assert "refused: a log-in page answered" in cli("pending")[1]
    assert cli("pending", "--dead")[1].count("discarded by the operator: twice") == 1
    assert cli("show", "9999")[0] == 3

    address = fingerprint(hook.url("news/200"))
    sent = next(row for row in rows if row["address"] == address and row["id"] != rows[1]["id"])
    status, out = cli("show", str(sent["id"]))
    (taken,) = hook.at("news/200")
    assert out.startswith(f"Subject: {taken.body['title']}\n\n{taken.body['message']}\n\n[as it went out, given")
    assert " to the service as text]\n[delivery " in out
    assert ", sent 20" in out
    assert out.endswith(", 1 try: sent: HTTP 200]\n")
    shown = json.loads(cli("show", str(sent["id"]), "--json")[1])
    assert (shown["as_sent"], shown["body_format"], shown["key"]) == (True, "text", taken.headers["Idempotency-Key"])
    assert cli("show", str(sent["id"]), "--format", "html")[1].splitlines()[2].startswith("<p>")


def test_what_is_shown_is_what_went_out(store: Store, hook: Receiver) -> None:
    box = Outbox([Subscription("redakcja", (hook.url("news/500"),))], (), REGISTER)
    put(store, box, changes(0, 2, NOW), NOW)
    (number, _) = (row.id for row in store.deliveries())
    assert number is not None
    before = notifying.show_message(store, box, ZMP, number)
    assert (before.kept, before.body_format) == (False, None)
    deliver(store, box, ZMP, NOW)
    # since then the reader asks for English, and more has come
    box = Outbox([Subscription("redakcja", (hook.url("news/500"),), language="en")], (), REGISTER)
    put(store, box, changes(2, 1, NOW), NOW)
    shown = notifying.show_message(store, box, ZMP, number)
    (taken,) = hook.at("news/500")
    assert (shown.kept, shown.body_format) == (True, "text")
    assert (taken.body["title"], taken.body["message"]) == (shown.message.subject, shown.message.text.rstrip())
    assert before.message == shown.message
    # the new one would go out in English
    third = store.deliveries()[2].id
    assert third is not None
    new = notifying.show_message(store, box, ZMP, third)
    assert (new.kept, TOWNS[2].name in new.message.text, "council" in new.message.text) == (False, True, True)

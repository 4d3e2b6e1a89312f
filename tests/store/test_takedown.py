"""A takedown removes bytes and words, keeps facts, and leaves a chain that holds."""

from pathlib import Path

import pytest

from zmpwatch.errors import StoreError
from zmpwatch.model import Authority, Delivery, DeliveryState, KeptMessage, Message
from zmpwatch.store import Store
from zmpwatch.store.chain import REMOVED

from .factories import NOON, change, count, membership, store_page

URL = "https://hajnowka.pl/uchwala"
MIRROR = "https://bip.hajnowka.pl/uchwala"
SECRET = "Radny Bonifacy Zgódka był przeciw"


def fill(store: Store) -> tuple[str, str]:
    """A page to be taken down in two versions, the second served by a mirror, too; hashes of both."""
    first, second = store.archive.put(b"<p>first</p>"), store.archive.put(b"<p>second</p>")
    with store.write() as tx:
        _, _, (one,) = store_page(tx, [membership(quote=SECRET)], site="h", url=URL, version="1", sha256=first)
        store_page(tx, [count(quote=SECRET)], site="h", url=URL, version="2", sha256=second)
        store_page(tx, [count(381)], site="bip", url=MIRROR, version="2", sha256=second, authority=Authority.OTHER)
        evidence = change(statement=one, archived=first).evidence[0]
        tx.add_change(change("told", statement=one, archived=first, evidence=(evidence,)))
    return first, second


def test_words_leave_the_file(store: Store, database: Path) -> None:
    fill(store)
    assert SECRET.encode() in database.read_bytes()
    store.forget(URL, "a test", NOON)
    store.close()
    assert SECRET.encode() not in database.read_bytes()


def test_words_and_bytes_go_and_facts_stay(store: Store) -> None:
    first, second = fill(store)
    statements = store.membership_statements() + store.count_statements()
    done = store.forget(URL, "asked by the town hall on 2025-03-10", NOON)
    assert (done.snapshots, done.quotes) == (2, 3)
    assert (done.removed, done.kept) == ((first,), {second: MIRROR})
    assert not store.archive.has(first)
    assert store.archive.get(second) == b"<p>second</p>"
    after = store.membership_statements() + store.count_statements()
    assert [one.statement.quote for one in after] == [REMOVED, REMOVED, "zrzesza 381 miasta"]
    assert [(one.id, one.source.url, one.statement.rule) for one in after] == [
        (one.id, one.source.url, one.statement.rule) for one in statements
    ]
    assert [piece.quote for piece in store.changes()[0].evidence] == [REMOVED]
    assert [snapshot.title for snapshot in store.snapshots()] == [None, None, "O związku"]
    assert [snapshot.anchor for snapshot in store.snapshots()] == [None, None, "O związku"]
    assert (store.forgotten_urls(), store.forgotten_snapshots()) == ({URL}, {1, 2})
    assert store.verify().problems == []


def test_the_triggers_are_back(store: Store) -> None:
    fill(store)
    store.forget(URL, "a test", NOON)
    for name in ("statements", "snapshots", "change_evidence", "chain", "tombstones"):
        with store._engine.connect() as connection:
            with pytest.raises(StoreError, match=f"{name} is append-only: DELETE refused"):
                connection.exec_driver_sql(f"DELETE FROM {name}")
            connection.rollback()


def test_history_goes_on_behind_a_tombstone(store: Store) -> None:
    fill(store)
    store.forget(URL, "a test", NOON)
    with store.write() as tx:
        store_page(tx, [count(390)], site="h", url=URL, version="3", sha256=store.archive.put(b"<p>third</p>"))
    assert store.verify().problems == []
    assert store.forget(URL, "came again", NOON).snapshots == 1
    assert store.verify().problems == []


def test_an_address_that_was_redirected_is_found_as_it_was_asked_for(store: Store) -> None:
    fill(store)
    assert store.forget(f"{URL}?z", "a test", NOON).snapshots == 2


def test_again_removes_what_a_crash_left(store: Store) -> None:
    first, _ = fill(store)
    store.forget(URL, "a test", NOON)
    store.archive.put(b"<p>first</p>")
    assert any("was taken down, and yet its bytes are in the archive" in one for one in store.verify().problems)
    again = store.forget(URL, "a test", NOON)
    assert (again.snapshots, again.quotes, again.removed) == (0, 0, (first,))
    assert store.verify().problems == []


def test_an_unknown_address_is_told(store: Store) -> None:
    fill(store)
    head = store.head()
    with pytest.raises(StoreError, match=r"https://x\.pl/: nothing in the history came from this address"):
        store.forget("https://x.pl/", "a test", NOON)
    assert store.head() == head


def test_words_put_back_are_found(store: Store) -> None:
    fill(store)
    store.forget(URL, "a test", NOON)
    with store._engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER statements_no_update")
        else:
            connection.exec_driver_sql("ALTER TABLE statements DISABLE TRIGGER USER")
        connection.exec_driver_sql(f"UPDATE statements SET quote = '{SECRET}' WHERE id = 1")
    problems = store.verify().problems
    assert "statements row 1: was taken down, and yet it has a quote" in problems


def test_messages_that_quoted_the_page_lose_their_words(store: Store, database: Path) -> None:
    """What went out keeps its subject; what is still to go out is composed anew, without the quote; others stay."""
    fill(store)
    (told,) = store.changes()
    assert told.id is not None
    with store.write() as tx:
        other = tx.add_change(change("another"))
        assert other is not None
        assert other.id is not None
        for key, state, number in (
            ("sent", DeliveryState.SENT, told.id),
            ("waits", DeliveryState.UNKNOWN, told.id),
            ("other", DeliveryState.SENT, other.id),
        ):
            tx.add_deliveries([Delivery(number, "redakcja", key, key, state=state, attempts=1)])
            words = "nothing" if key == "other" else SECRET
            message = Message("ZMP: Hajnówka", f"text {words}", f"markdown {words}", f"<p>{words}</p>", f"m-{key}")
            row = next(row for row in tx.deliveries() if row.address == key)
            assert row.id is not None
            tx.keep_message(KeptMessage(message, NOON), [row.id])
    store.forget(URL, "a test", NOON)
    kept = store.messages(["m-sent", "m-waits", "m-other"])
    assert {key: (one.message.subject, one.message.text) for key, one in kept.items()} == {
        "m-sent": ("ZMP: Hajnówka", REMOVED),
        "m-other": ("ZMP: Hajnówka", "text nothing"),
    }
    assert {row.address: row.message for row in store.deliveries()} == {
        "sent": "m-sent",
        "waits": None,
        "other": "m-other",
    }
    store.close()
    assert SECRET.encode() not in database.read_bytes()

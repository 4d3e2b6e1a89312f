"""The hash chain: whoever edits history, with the triggers out of the way, is found, and the first bad row is named."""

import hashlib
import json
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect

from zmpwatch.model import Authority, Stage
from zmpwatch.store import Archive, Store
from zmpwatch.store import store as store_module
from zmpwatch.store.chain import CHAINED, GENESIS, head_of
from zmpwatch.store.integrity import check_archive
from zmpwatch.store.schema import APPEND_ONLY

from .factories import AUGUSTOW, DAY, NOON, change, count, decision, membership, store_page

PAGES = (b"<p>373</p>", b"<p>381</p>", b"<p>382</p>")


def fill(store: Store) -> None:
    """Three pages with three statements each and a change in a transaction each."""
    for number, body in enumerate(PAGES):
        kept = store.archive.put(body)
        with store.write() as tx:
            _, _, (first, *_) = store_page(
                tx,
                [count(373 + number), membership(), membership(AUGUSTOW, stage=Stage.ADMITTED)],
                version=str(number),
                at=NOON + number * DAY,
                sha256=kept,
            )
            tx.add_change(change(f"count {number}", statement=first, archived=kept))


@pytest.fixture
def history(store: Store, database: Path) -> sqlite3.Connection:
    """The filled database, opened by somebody who has removed all triggers."""
    fill(store)
    assert store.verify().problems == []
    raw = sqlite3.connect(database, isolation_level=None)
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f"DROP TRIGGER {name}")
    return raw


def chain_problems(store: Store) -> list[str]:
    """What is wrong but that the triggers are gone."""
    return [problem for problem in store.verify().problems if "the trigger" not in problem]


def test_every_row_has_a_link_in_the_transaction_that_wrote_it(store: Store) -> None:
    fill(store)
    found = store.verify()
    assert (found.problems, found.archived) == ([], 3)
    assert found.rows == found.head.seq == 3 * (1 + 1 + 3 + 1 + 1)
    assert found.head == store.head()
    with pytest.raises(KeyError), store.write() as tx:  # noqa: PT012 - raised within
        store_page(tx, [count(390)], version="never kept")
        raise KeyError
    assert store.head() == found.head


def test_a_proof_keeps_no_visit_from_being_stored(
    store: Store, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes minutes on a large history, and a reader of a rollback journal would shut every writer out."""
    fill(store)
    written = []

    def meanwhile(connection: Connection, archive: Archive) -> tuple[int, list[str]]:
        with Store.open(f"sqlite:///{database}", store.archive.folder, busy_timeout=0.2) as other, other.write() as tx:
            written.append(store_page(tx, [count(390)], version="meanwhile", sha256=other.archive.put(PAGES[0])))
        return check_archive(connection, archive)

    monkeypatch.setattr(store_module, "check_archive", meanwhile)
    assert store.verify().problems == []
    assert len(written) == 1
    assert not list(database.parent.glob("*.partial*"))
    monkeypatch.undo()
    assert store.verify().problems == []


def test_the_format_of_a_link_is_what_the_documentation_says(store: Store, database: Path) -> None:
    """Written down a second time, by hand: a link made today must be understood for ever."""
    with store.write() as tx:
        store_page(tx, [count()])
    raw = sqlite3.connect(database)
    links = raw.execute("SELECT source, row_id, position, salt, seal, hash FROM chain ORDER BY seq").fetchall()
    assert [link[:3] for link in links] == [("snapshots", 1, 0), ("readings", 1, 0), ("statements", 1, 0)]
    _, _, _, salt, seal, last = links[2]
    raw.close()
    assert seal == hashlib.sha256(salt + b'["zrzesza 373 miasta"]').digest()
    values = [
        *(1, 1, "count", "counter", 373, "exact", "2025-03", None, None, None, None, None, None),
        *(0, None, None, None, 8, 26, "counter", 0.75),
    ]
    told = json.dumps(["statements", 1, 0, *values], separators=(",", ":"))
    assert last == hashlib.sha256(links[1][5] + told.encode() + seal).digest()
    told = '["readings",1,0,1,"extract 1",1]'
    assert links[1][5] == hashlib.sha256(links[0][5] + told.encode()).digest()
    assert hashlib.sha256(b"zmpwatch chain 1").digest() == GENESIS


def test_all_columns_are_covered(store: Store) -> None:
    with store._engine.connect() as connection:
        for name, source in CHAINED.items():
            there = [column["name"] for column in inspect(connection).get_columns(name)]
            assert sorted((*source.key, *source.open, *source.sealed)) == sorted(there)


@pytest.mark.parametrize("name", CHAINED)
def test_an_edit_of_any_column_is_found(store: Store, history: sqlite3.Connection, name: str) -> None:
    if name == "tombstones":
        store.forget("https://www.miasta.pl/o-nas", "a test", NOON)
    if name == "decisions":
        with store.write() as tx:
            tx.add_decision(decision())
    source = CHAINED[name]
    key = history.execute(f"SELECT {', '.join(source.key)} FROM {name} ORDER BY 1").fetchone()
    which = " AND ".join(f"{column} = {value}" for column, value in zip(source.key, key, strict=True))
    named = f"{name} row {', '.join(map(str, key))}"
    history.execute("PRAGMA ignore_check_constraints=ON")
    for column in (*source.open, *source.sealed):
        kind = next(row[2] for row in history.execute(f"PRAGMA table_info({name})") if row[1] == column)
        old = history.execute(f"SELECT {column} FROM {name} WHERE {which}").fetchone()[0]
        changed = "1" if old is None else f"{column} + 100" if kind in {"INTEGER", "REAL"} else f"{column} || '!'"
        history.execute(f"UPDATE {name} SET {column} = {changed} WHERE {which}")
        problems = [one for one in chain_problems(store) if not one.startswith(("CHECK", "NULL"))]
        chained = [one for one in problems if "points to a missing row" not in one and "on table" not in one]
        # an edited tombstone also makes what it allowed to be gone suspicious
        assert any(one.startswith(f"{named}: ") for one in chained[: None if name == "tombstones" else 1]), problems
        history.execute(f"UPDATE {name} SET {column} = ? WHERE {which}", (old,))
        assert chain_problems(store) == []
    history.close()


FORGED = (
    "INSERT INTO statements SELECT 99, reading_id, snapshot_id, kind, authority, value, qualifier, as_of, municipality,"
    " teryt, event, stage, date, resolution, has_votes, votes_for, votes_against, votes_abstain, quote, start_char,"
    " end_char, rule, confidence FROM statements WHERE id = 1"
)
EMPTY_HASH = "x'" + "00" * 32 + "'"


@pytest.mark.parametrize(
    ("edits", "first"),
    [
        (["DELETE FROM statements WHERE id = 5"], "statements row 5: missing (link 11 of the chain stands for it)"),
        (["DELETE FROM change_evidence WHERE change_id = 2"], "change_evidence row 2, 0: missing (link 14"),
        ([FORGED], "statements row 99: not in the chain"),
        (
            ["DELETE FROM statements WHERE id = 5", "DELETE FROM chain WHERE seq = 11"],
            "chain: link 11 is missing before the link of statements row 6",
        ),
        (
            ["DELETE FROM chain WHERE seq IN (11, 12)"],
            "chain: links 11 to 12 are missing before the link of changes row 2",
        ),
        (["DELETE FROM chain WHERE seq = 1"], "chain: link 1 is missing before the link of readings row 1"),
        (["DELETE FROM chain WHERE seq > 19"], "changes row 3: not in the chain"),
        (["DELETE FROM chain"], "snapshots row 1: not in the chain"),
        (
            ["UPDATE statements SET value = 999 WHERE id = 4", "UPDATE statements SET quote = 'x' WHERE id = 7"],
            "statements row 4: not what was stored (link 10",
        ),
        ([f"UPDATE chain SET hash = {EMPTY_HASH} WHERE seq = 10"], "statements row 4: not what was stored (link 10"),
        ([f"UPDATE chain SET seal = {EMPTY_HASH} WHERE seq = 10"], "statements row 4: not what was stored (link 10"),
        (["UPDATE chain SET salt = x'00' WHERE seq = 10"], "statements row 4: quote is not what was stored (link 10"),
        (
            ["UPDATE chain SET salt = NULL WHERE seq = 10", "UPDATE statements SET quote = '[removed]' WHERE id = 4"],
            "statements row 4: its quote can't be proven, and no tombstone says why",
        ),
        (
            [
                "UPDATE chain SET salt = NULL WHERE seq = 10",
                "UPDATE statements SET quote = '[removed]' WHERE id = 4",
                "INSERT INTO tombstones VALUES (1, 'u', 'r', 't', '[2]', '[]')",
            ],
            "tombstones row 1: not in the chain",
        ),
        (
            [
                "UPDATE chain SET row_id = 5 WHERE seq = 10",
                "UPDATE chain SET row_id = 4 WHERE seq = 11",
            ],
            "statements row 4: not in the chain",
        ),
        (["UPDATE chain SET source = 'cookies' WHERE seq = 10"], "chain link 10: stands for a row of 'cookies'"),
        (
            ["UPDATE statements SET id = 99 WHERE id = 5"],
            "statements row 5: missing (link 11 of the chain stands for it)",
        ),
    ],
)
def test_other_edits_are_found(store: Store, history: sqlite3.Connection, edits: list[str], first: str) -> None:
    for edit in edits:
        assert history.execute(edit).rowcount > 0
    history.close()
    problems = [one for one in chain_problems(store) if "points to a missing row" not in one]
    assert problems
    assert problems[0].startswith(first), problems


def test_a_rewritten_row_and_link_show_at_the_link_that_follows(store: Store, history: sqlite3.Connection) -> None:
    history.execute("UPDATE readings SET extractor = 'forged' WHERE id = 2")
    (before,) = history.execute("SELECT hash FROM chain WHERE seq = 8").fetchone()
    forged = hashlib.sha256(before + b'["readings",2,0,2,"forged",3]').digest()
    history.execute("UPDATE chain SET hash = ? WHERE seq = 9", (forged,))
    history.close()
    assert [one.split(":")[0] for one in chain_problems(store)] == ["statements row 4"]


def test_triggers_that_are_gone_are_named(store: Store, history: sqlite3.Connection) -> None:
    history.close()
    problems = store.verify().problems
    assert len(problems) == 2 * len(APPEND_ONLY)
    assert "statements: the trigger statements_no_update that keeps its rows from being edited is gone" in problems


def test_much_damage_is_told_by_its_beginning(store: Store, history: sqlite3.Connection) -> None:
    history.execute("UPDATE statements SET confidence = 0.1")
    history.close()
    with store.write() as tx:
        store_page(tx, [count(number) for number in range(100)], version="more")
    assert 9 <= len(chain_problems(store)) <= 20


def test_words_that_are_no_utf8_any_more_are_named(store: Store, history: sqlite3.Connection) -> None:
    history.execute("UPDATE statements SET quote = CAST(x'ff41' AS TEXT) WHERE id = 6")
    history.close()
    assert any(one.startswith("statements row 6: quote is not what was stored") for one in chain_problems(store))


def test_flipped_bits_are_found_and_named(store: Store, database: Path) -> None:
    """Every bit position once, over the words of one quote as they lie in the file."""
    fill(store)
    store.close()
    whole = database.read_bytes()
    place = whole.index(b"zrzesza 374 miasta")
    for number in range(8):
        damaged = bytearray(whole)
        damaged[place + 2 * number] ^= 1 << number
        database.write_bytes(damaged)
        with Store.open(f"sqlite:///{database}", database.with_name("archive")) as opened:
            problems = opened.verify().problems
        assert problems, number
        assert problems[0].startswith(("statements row 4: ", "change_evidence row 2, 0: ")), problems


def test_a_page_of_the_file_that_is_gone_leaves_the_rest_checked(store: Store, database: Path) -> None:
    with store.write() as tx:
        store_page(tx, [count(number) for number in range(500)])
    store.close()
    raw = sqlite3.connect(database)
    (page,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'statements'").fetchone()
    raw.close()
    with database.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    with Store.open(f"sqlite:///{database}", database.with_name("archive")) as opened:
        problems = opened.verify().problems
    assert any(one.startswith("statements row 1: can't be read") for one in problems), problems


def test_archived_pages_are_proven(store: Store) -> None:
    fill(store)
    (gone, damaged, _) = (snapshot.sha256 for snapshot in store.snapshots())
    store.archive.path(gone).unlink()
    path = store.archive.path(damaged)
    path.write_bytes(path.read_bytes()[:-3])
    found = store.verify()
    assert found.archived == 1
    assert [one.split(":")[0] for one in found.problems] == ["snapshots row 1, https", "snapshots row 2, https"]
    assert "missing from the archive" in found.problems[0]
    assert "damaged" in found.problems[1]


def test_writers_in_threads_share_one_chain(store: Store) -> None:
    import threading

    def write(name: str) -> None:
        for number in range(5):
            with store.write() as tx:
                store_page(tx, [count()], version=f"{name} {number}", authority=Authority.NEWS)

    threads = [threading.Thread(target=write, args=(str(number),)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store._engine.connect() as connection:
        assert head_of(connection).seq == 3 * 5 * 3
    assert [one for one in store.verify().problems if "archive" not in one] == []

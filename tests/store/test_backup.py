"""Backups: whole while others write, proven before they replace the one before, and good for a restore."""

import shutil
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from zmpwatch.errors import ArchiveError, DatabaseLocked, StoreError
from zmpwatch.store import Archive, Store
from zmpwatch.store import store as store_module

from .factories import NOON, change, count, store_page, visit
from .processes import run, start

pytestmark = pytest.mark.sqlite_only


def fill(store: Store, name: str) -> str:
    kept = store.archive.put(f"<p>{name}</p>".encode())
    with store.write() as tx:
        _, _, (first,) = store_page(tx, [count()], version=name, url=f"https://www.miasta.pl/{name}", sha256=kept)
        tx.add_change(change(name, statement=first, archived=kept))
    return kept


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "backup" / "zmpwatch.db"


def restored(target: Path) -> Store:
    return Store.open(f"sqlite:///{target}", target.parent / "archive", create=False)


def test_a_backup_is_the_history(store: Store, target: Path) -> None:
    kept = fill(store, "one")
    made = store.back_up(target)
    assert (made.path, made.pages, made.found.problems, made.found.archived) == (target, 1, [], 1)
    assert made.bytes == target.stat().st_size > 0
    assert made.found.head == store.head()
    with restored(target) as backup:
        assert backup.visits() == store.visits()
        assert backup.changes() == store.changes()
        assert backup.archive.get(kept) == b"<p>one</p>"
    assert sorted(place.name for place in target.parent.iterdir()) == ["archive", "zmpwatch.db", "zmpwatch.db.lock"]


def test_the_next_one_replaces_it_and_copies_only_what_is_new(store: Store, target: Path) -> None:
    fill(store, "one")
    store.back_up(target)
    fill(store, "two")
    assert store.back_up(target).pages == 1
    with restored(target) as backup:
        assert len(backup.visits()) == 2
        assert backup.verify().archived == 2


def test_pages_are_copied_where_they_can_not_be_linked(
    store: Store, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def another_file_system(self: Path, source: Path) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(Path, "hardlink_to", another_file_system)
    kept = fill(store, "one")
    store.back_up(target)
    assert Archive(target.parent / "archive").get(kept) == b"<p>one</p>"
    assert store.archive.path(kept).stat().st_nlink == 1


def test_a_page_cut_short_in_the_backup_is_copied_again(store: Store, target: Path) -> None:
    kept = fill(store, "one")
    store.back_up(target)
    path = Archive(target.parent / "archive").path(kept)
    path.unlink()
    path.write_bytes(b"")
    assert store.back_up(target).pages == 1
    assert Archive(target.parent / "archive").get(kept) == b"<p>one</p>"


def test_a_page_that_only_the_backup_has_stays_there(store: Store, target: Path) -> None:
    kept = fill(store, "one")
    store.back_up(target)
    store.archive.remove(kept)
    assert store.back_up(target).pages == 0
    assert Archive(target.parent / "archive").get(kept) == b"<p>one</p>"
    assert store.verify().problems[0].startswith("snapshots row 1")


def test_what_was_taken_down_leaves_the_backup_too(store: Store, target: Path) -> None:
    kept = fill(store, "one")
    fill(store, "two")
    store.back_up(target)
    store.forget("https://www.miasta.pl/one", "a test", NOON)
    store.back_up(target)
    with restored(target) as backup:
        assert not backup.archive.has(kept)
        assert backup.verify().problems == []


def test_the_old_one_stays_when_something_is_wrong(store: Store, target: Path, database: Path) -> None:
    fill(store, "one")
    store.back_up(target)
    before = target.read_bytes()
    kept = fill(store, "two")
    path = store.archive.path(kept)
    good = path.read_bytes()
    path.unlink()
    with pytest.raises(ArchiveError, match="missing from the archive"):
        store.back_up(target)
    path.write_bytes(good[:-4])
    with pytest.raises(StoreError, match=r"not backed up: snapshots row 2.*damaged"):
        store.back_up(target)
    Archive(target.parent / "archive").remove(kept)
    path.write_bytes(good)
    raw = sqlite3.connect(database, isolation_level=None)
    raw.execute("DROP TRIGGER statements_no_update")
    raw.execute("UPDATE statements SET value = 999 WHERE id = 2")
    raw.close()
    with pytest.raises(StoreError, match=r"not backed up: statements: the trigger .* \(and 1 more\)"):
        store.back_up(target)
    assert target.read_bytes() == before
    assert not target.with_name("zmpwatch.db.partial").exists()


def test_history_that_was_rewritten_or_cut_off_since_is_not_backed_up(
    store: Store, target: Path, database: Path, tmp_path: Path
) -> None:
    fill(store, "one")
    store.close()
    shutil.copy(database, tmp_path / "early.db")
    with Store.open(f"sqlite:///{database}", tmp_path / "archive") as again:
        fill(again, "two")
        head = again.back_up(target).found.head
    shutil.copy(tmp_path / "early.db", database)
    with Store.open(f"sqlite:///{database}", tmp_path / "archive") as cut:
        fill(cut, "another two")
        assert cut.verify().problems == [], "in itself this chain is whole"
        with pytest.raises(StoreError, match=rf"kept: its head {head} is not in the chain any more"):
            cut.back_up(target)
    with restored(target) as backup:
        assert len(backup.visits()) == 2


def test_places_that_are_no_backup(store: Store, database: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is the database itself"):
        store.back_up(database)
    with pytest.raises(StoreError, match="is the archive itself"):
        store.back_up(tmp_path / "other.db")
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="can't be made"):
        store.back_up(tmp_path / "file" / "zmpwatch.db")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "zmpwatch.db").write_text("Nie jest to kopia zapasowa.\n" * 100)
    with pytest.raises(StoreError, match="is not a SQLite database"):
        store.back_up(tmp_path / "b" / "zmpwatch.db")


def test_one_backup_at_a_time(store: Store, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store, "one")

    def meanwhile(*_: object) -> None:
        with pytest.raises(DatabaseLocked, match="in use by another zmpwatch"):
            store.back_up(target)
        raise KeyError

    monkeypatch.setattr(store_module, "copy_database", meanwhile)
    with pytest.raises(KeyError):
        store.back_up(target)
    monkeypatch.undo()
    store.back_up(target)


def test_a_backup_while_another_process_writes(store: Store, database: Path, target: Path) -> None:
    writer = start("write_for_ever", database, "1")
    assert writer.stdout is not None
    sizes = []
    try:
        for _ in range(5):
            acknowledged = int(writer.stdout.readline())
            store.back_up(target)
            with restored(target) as backup:
                cycles = {int(one.cycle) for one in backup.visits(limit=100_000)}
                sizes.append(len(cycles))
                assert cycles == set(range(1, len(cycles) + 1)), "a whole transaction or none of it"
                assert acknowledged in cycles
                assert backup.verify().problems == []
    finally:
        writer.kill()
        writer.communicate(timeout=60)
    assert sizes == sorted(set(sizes)), "each holds more than the one before"


def test_a_killed_backup_leaves_the_old_one(store: Store, database: Path, target: Path) -> None:
    for number in range(20):
        fill(store, str(number))
    store.back_up(target)
    before = target.read_bytes()
    fill(store, "new")
    begun = time.monotonic()
    assert run("back_up", database, str(target.with_name("whole.db"))) == (0, "")
    whole = time.monotonic() - begun
    kept = 0
    for part in range(10):
        child = start("back_up", database, str(target))
        time.sleep(whole * part / 10)  # to be killed at another moment each time
        child.kill()
        child.communicate(timeout=60)
        with restored(target) as backup:
            problems = backup.verify().problems
        assert problems == []
        if target.read_bytes() != before:
            break
        assert child.returncode == -signal.SIGKILL
        kept += 1
    assert kept, "one killed at once has replaced nothing"
    store.back_up(target)
    assert not list(target.parent.glob("zmpwatch.db.partial*"))
    with restored(target) as backup:
        assert len(backup.visits(limit=100)) == 21


def test_a_restore(store: Store, database: Path, target: Path, tmp_path: Path) -> None:
    """The drill of docs/operating.md: move what is broken away, copy the backup, check, go on."""
    kept = fill(store, "one")
    store.back_up(target)
    store.close()
    database.write_bytes(b"\xff" * 8192)
    shutil.rmtree(tmp_path / "archive")
    database.rename(tmp_path / "broken.db")
    shutil.copy(target, database)
    shutil.copytree(target.parent / "archive", tmp_path / "archive")
    with Store.open(f"sqlite:///{database}", tmp_path / "archive") as again:
        assert again.verify().problems == []
        assert again.archive.get(kept) == b"<p>one</p>"
        with again.write() as tx:
            tx.add_visit(visit(cycle="after"))
        again.back_up(target)

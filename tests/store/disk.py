# ruff: noqa: N802  (the names are APSW's)
"""A disk in memory under SQLite: it records what is written and synced, loses what was not, and fails on demand.

The statements of a real store are recorded once (`record`) and run again on such a disk by another SQLite (APSW's).
What a power cut leaves: what was synced stays; of everything else each 4 KiB piece of each write lives or dies by
chance, and so do changes of size. Names: a directory is synced when a new journal is synced first, and when a file is
removed with the wish to sync; of the changes since, the first few live.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import apsw
from sqlalchemy import event

from zmpwatch.store import Store

from .factories import HALF_VISITS

SECTOR = 4096
NAME = "/zmpwatch.db"

Operation = tuple[Any, ...]


class Disk(apsw.VFS):
    """Files in memory, registered as a VFS of its own. `fail_at` counts down: the write that finds it at 1 fails."""

    def __init__(self, name: str) -> None:
        self.names: dict[str, int] = {}
        self.files: dict[int, bytearray] = {}
        self.log: list[Operation] = []
        self.syncs = 0
        self.writes = 0
        self.fail_at = 0
        self.next_file = 0
        self.vfs_name = name
        super().__init__(name, "")

    def count_write(self) -> None:
        self.writes += 1
        if self.writes == self.fail_at:
            raise apsw.IOError("no write")

    def put(self, name: str, content: bytes) -> None:
        self.next_file += 1
        self.names[name] = self.next_file
        self.files[self.next_file] = bytearray(content)

    def xOpen(self, name: Any, flags: list[int]) -> "File":  # type: ignore[override]
        path = name.filename() if isinstance(name, apsw.URIFilename) else name or f"/temporary{self.next_file}"
        journal = bool(flags[0] & (apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_WAL))
        if path not in self.names:
            if not flags[0] & apsw.SQLITE_OPEN_CREATE:
                raise apsw.CantOpenError(path)
            self.put(path, b"")
            self.log.append(("create", path, self.names[path]))
        flags[1] = flags[0]
        return File(self, self.names[path], journal)

    def xDelete(self, name: str, syncdir: bool) -> None:
        if name not in self.names:
            error = apsw.IOError(name)
            error.extendedresult = apsw.SQLITE_IOERR_DELETE_NOENT  # type: ignore[attr-defined]
            raise error
        self.count_write()
        del self.names[name]
        self.log.append(("delete", name, syncdir))

    def xAccess(self, name: str, flags: int) -> bool:
        return name in self.names

    def xFullPathname(self, name: str) -> str:
        return name


class File:
    """One open file."""

    def __init__(self, disk: Disk, number: int, journal: bool) -> None:
        self.disk = disk
        self.number = number
        self.new_journal = journal

    @property
    def content(self) -> bytearray:
        return self.disk.files[self.number]

    def xRead(self, amount: int, offset: int) -> bytes:
        return bytes(self.content[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:
        self.disk.count_write()
        write(self.content, bytes(data), offset)
        self.disk.log.append(("write", self.number, offset, bytes(data)))

    def xTruncate(self, size: int) -> None:
        self.disk.count_write()
        resize(self.content, size)
        self.disk.log.append(("truncate", self.number, size))

    def xSync(self, flags: int) -> None:
        self.disk.count_write()
        self.disk.syncs += 1
        self.disk.log.append(("sync", self.number, self.new_journal))
        self.new_journal = False

    def xFileSize(self) -> int:
        return len(self.content)

    def xLock(self, level: int) -> None: ...

    def xUnlock(self, level: int) -> None: ...

    def xCheckReservedLock(self) -> bool:
        return False

    def xFileControl(self, op: int, ptr: int) -> bool:
        return False

    def xSectorSize(self) -> int:
        return SECTOR

    def xDeviceCharacteristics(self) -> int:
        return apsw.SQLITE_IOCAP_POWERSAFE_OVERWRITE  # as SQLite takes every disk on Unix to be

    def xClose(self) -> None: ...


def write(content: bytearray, data: bytes, offset: int) -> None:
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def resize(content: bytearray, size: int) -> None:
    if size < len(content):
        del content[size:]
    else:
        content.extend(bytes(size - len(content)))


def connect(disk: Disk, mode: str, synchronous: str) -> apsw.Connection:
    """Open the database on this disk with the settings of the store, in this journal mode."""
    connection = apsw.Connection(NAME, vfs=disk.vfs_name)
    for pragma in (
        "locking_mode=EXCLUSIVE" if mode == "wal" else "locking_mode=NORMAL",  # there is no shared memory here
        f"synchronous={synchronous}",
        "foreign_keys=ON",
        "recursive_triggers=ON",
        f"journal_mode={mode}",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection


@contextmanager
def recorded(store: Store) -> Iterator[list[str]]:
    """Note the SQL that the store runs, values filled in."""
    noted: list[str] = []

    def note(statement: str) -> None:
        if not statement.startswith("--"):  # what triggers do
            noted.append(statement)

    @event.listens_for(store._engine, "checkout")
    def watch(connection: Any, record: object, proxy: object) -> None:
        connection.set_trace_callback(note)

    yield noted
    event.remove(store._engine, "checkout", watch)


def record(folder: Path, steps: list[Callable[[Store], None]]) -> tuple[list[str], list[list[str]]]:
    """Run steps on a real store; return the SQL that makes its empty database, and that of each step."""
    with Store.open(f"sqlite:///{folder}/recorded.db", folder / "archive") as store:
        raw = sqlite3.connect(folder / "recorded.db")
        schema = list(raw.iterdump())
        raw.close()
        scripts = []
        for step in steps:
            with recorded(store) as noted:
                step(store)
            scripts.append([one for one in noted if not one.startswith(("PRAGMA", "SELECT"))])
    return schema, scripts


def run(connection: apsw.Connection, script: list[str]) -> None:
    for statement in script:
        connection.execute(statement).fetchall()


class Cut:
    """The disk as a power cut may leave it, for rising moments of the log."""

    def __init__(self, log: list[Operation], chance: Random) -> None:
        self.log = log
        self.chance = chance
        self.at = 0
        self.acknowledged = 0
        self.names: dict[str, int] = {}
        self.files: dict[int, bytearray] = {}
        self.unsynced: dict[int, list[Operation]] = {}
        self.renamed: list[Operation] = []

    def forward(self, moment: int) -> None:
        """Go on to before operation `moment`."""
        for operation in self.log[self.at : moment]:
            kind = operation[0]
            if kind == "acknowledged":
                self.acknowledged = operation[1]
            elif kind == "create":
                self.files[operation[2]] = bytearray()
                self.unsynced[operation[2]] = []
                self.renamed.append(operation)
            elif kind == "delete":
                self.renamed.append(operation)
                if operation[2]:
                    self.sync_names()
            elif kind == "sync":
                for pending in self.unsynced[operation[1]]:
                    apply(self.files[operation[1]], pending)
                self.unsynced[operation[1]] = []
                if operation[2]:
                    self.sync_names()
            else:
                self.unsynced[operation[1]].append(operation)
        self.at = moment

    def sync_names(self) -> None:
        for operation in self.renamed:
            rename(self.names, operation)
        self.renamed = []

    def left(self) -> dict[str, bytes]:
        """What lies on the disk after a cut at this moment, by name."""
        names = dict(self.names)
        for operation in self.renamed[: self.chance.randint(0, len(self.renamed))]:
            rename(names, operation)
        survival = self.chance.choice((0.0, 0.5, 0.5, 0.9, 1.0))
        found = {}
        for name, number in names.items():
            content = bytearray(self.files[number])
            for operation in self.unsynced[number]:
                for piece in pieces(operation):
                    if self.chance.random() < survival:
                        apply(content, piece)
            found[name] = bytes(content)
        return found


def rename(names: dict[str, int], operation: Operation) -> None:
    if operation[0] == "create":
        names[operation[1]] = operation[2]
    else:
        names.pop(operation[1], None)


def apply(content: bytearray, operation: Operation) -> None:
    if operation[0] == "write":
        write(content, operation[3], operation[2])
    else:
        resize(content, operation[2])


def pieces(operation: Operation) -> Iterator[Operation]:
    """A write in parts that lie in one sector each."""
    if operation[0] != "write":
        yield operation
        return
    _, number, offset, data = operation
    at = 0
    while at < len(data):
        size = min(SECTOR - (offset + at) % SECTOR, len(data) - at)
        yield ("write", number, offset + at, data[at : at + size])
        at += size


def put_down(folder: Path, files: dict[str, bytes]) -> Path:
    """Write what is left to real files; return the database's path."""
    for old in folder.iterdir():
        old.unlink()
    for name, content in files.items():
        (folder / name.lstrip("/")).write_bytes(content)
    return folder / NAME.lstrip("/")


def what_is_wrong(database: Path, archive: Path, acknowledged: int) -> list[str]:
    """Open what a cut left with a real store; visits 1 to `acknowledged` must be there, and none by half."""
    with Store.open(f"sqlite:///{database}", archive) as store:
        problems = store.verify().problems
    raw = sqlite3.connect(database)
    try:
        there = {int(cycle) for (cycle,) in raw.execute("SELECT cycle FROM visits")}
        half = [cycle for (cycle,) in raw.execute(HALF_VISITS)]
    except sqlite3.DatabaseError as error:
        return [*problems, f"damaged: {error}"]
    finally:
        raw.close()
    if lost := set(range(1, acknowledged + 1)) - there:
        problems.append(f"lost: {sorted(lost)}")
    if half:
        problems.append(f"by half: {half}")
    if there != set(range(1, len(there) + 1)):
        problems.append(f"not in a row: {sorted(there)}")
    return problems

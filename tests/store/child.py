"""What the tests run in processes of their own: ``python -m store.child TASK DATABASE [ARGUMENT]``."""

import os
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path

from sqlalchemy import Engine, event

from zmpwatch.errors import StoreError
from zmpwatch.store import Store
from zmpwatch.store.engine import TRIES

from .factories import store_visit, visit

NOBODY = 65534


def opened(database: str) -> Store:
    return Store.open(f"sqlite:///{database}", Path(database).with_name("archive"))


def write_for_ever(database: str, begin: str) -> None:
    """Store one visit after another with all that hangs on it; say each number once it is kept."""
    with opened(database) as store:
        number = int(begin)
        while True:
            store_visit(store, number)
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()
            number += 1


def open_and_write(database: str, name: str) -> None:
    """Wait for the starting shot on stdin, then open the (new) database and store one visit."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    with opened(database) as store, store.write() as tx:
        tx.add_visit(visit(cycle=name))


def die_at_statement(database: str, which: str) -> None:
    """Open the database and be killed right before its n-th statement; say how many there were if it is fewer."""
    seen = 0

    def shoot(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == int(which):
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", shoot)
    opened(database).close()
    sys.stdout.write(f"{seen}\n")


def die_at_statements(folder: str, these: str) -> None:
    """`die_at_statement` in a fork for each N of a list with commas, on ``folder/N/zmpwatch.db``; say how it ended."""
    for which in these.split(","):
        child = os.fork()
        if child == 0:
            die_at_statement(str(Path(folder, which, "zmpwatch.db")), which)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")


def write_impatiently(database: str, milliseconds: str) -> None:
    """Store visits until stdin ends, each waiting for a lock no longer than so; say how many, or what was refused."""
    wait = int(milliseconds) / 1000
    done = threading.Event()

    def listen() -> None:
        sys.stdin.read()
        done.set()

    threading.Thread(target=listen, daemon=True).start()
    number = 0
    url = f"sqlite:///{database}"
    with Store.open(url, Path(database).with_name("archive"), busy_timeout=wait / TRIES) as store:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while not done.is_set():
            number += 1
            try:
                with store.write() as tx:
                    tx.add_visit(visit(cycle=f"meanwhile {number}"))
            except StoreError as error:
                sys.stdout.write(f"{error}\n")
                return
            time.sleep(0.02)  # visits end now and then: others must get the lock in between
    sys.stdout.write(f"{number}\n")


def back_up(database: str, target: str) -> None:
    """Write a backup."""
    with opened(database) as store:
        store.back_up(Path(target))


def hold_lock(database: str, _: str) -> None:
    """Hold the lock between processes until stdin ends."""
    with opened(database) as store, store.exclusive():
        sys.stdout.write("held\n")
        sys.stdout.flush()
        sys.stdin.readline()


def tell_error(database: str, _: str) -> None:
    """As a user without rights, open the database and write to it; say what was refused."""
    with tempfile.TemporaryDirectory() as elsewhere:
        opened(f"{elsewhere}/zmpwatch.db").close()  # imports all it takes: the interpreter may be root's own
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        with opened(database) as store, store.write() as tx:
            tx.add_visit(visit())
    except StoreError as error:
        sys.stdout.write(f"{type(error).__name__}: {error}\n")


def tell_imports(database: str, _: str) -> None:
    """Open the database and say which heavy packages that took."""
    with opened(database) as store:
        store.count_belief("zmp")
    sys.stdout.write(" ".join(sorted({"alembic", "mako", "scrapy", "apprise"} & set(sys.modules))) + "\n")


if __name__ == "__main__":
    globals()[sys.argv[1]](sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else "")

"""The databases a test of the history runs on: SQLite always, PostgreSQL where its programs are installed.

`database_url` runs a test once on each. A test (or a module, by `pytestmark`) marked ``sqlite_only`` runs on SQLite
alone: it speaks of the file, or of what SQLite does. ``postgresql_only`` is the other way round.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url

from zmpwatch.store import Store

SETTINGS = "-c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
TEMPLATE = "zmpwatch_template"
_TRIES = 4
"""How often the server is started: another may take the port that was free a moment ago."""

_numbers = count(1)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "sqlite_only: runs on SQLite alone")
    config.addinivalue_line("markers", "postgresql_only: runs on PostgreSQL alone")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_url" not in metafunc.fixturenames:
        return
    databases = ["sqlite", "postgresql"]
    if "database" in metafunc.fixturenames or metafunc.definition.get_closest_marker("sqlite_only"):
        databases = ["sqlite"]
    elif metafunc.definition.get_closest_marker("postgresql_only"):
        databases = ["postgresql"]
    metafunc.parametrize("database_url", databases, indirect=True)


@pytest.fixture(scope="session")
def empty_history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with an empty history: a test that begins with a copy of it need not run all migrations."""
    folder = tmp_path_factory.mktemp("empty")
    Store.open(f"sqlite:///{folder}/zmpwatch.db", folder / "archive").close()
    return folder / "zmpwatch.db"


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of the test's own, with an empty history."""
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("empty_history"), tmp_path / "zmpwatch.db")
        yield f"sqlite:///{tmp_path}/zmpwatch.db"
        return
    server = request.getfixturevalue("postgresql")
    name = f"test{next(_numbers)}"
    command(server, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    command(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    """A history of the test's own."""
    with Store.open(database_url, tmp_path / "archive") as opened:
        yield opened


def command(server: str, sql: str) -> None:
    with _admin(server).connect() as connection:
        connection.execute(text(sql))


@cache
def _admin(server: str) -> Engine:
    """What creates and drops databases; its connection ends with the server."""
    return create_engine(server, isolation_level="AUTOCOMMIT")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A throw-away PostgreSQL server on a free port of the loopback; its address."""
    pytest.importorskip("psycopg", reason="the driver of PostgreSQL is not installed (psycopg)")
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    found = shutil.which("initdb")
    if not programs and not found:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    programs_at = programs[-1] if programs else Path(str(found)).parent
    as_user: list[str] = []
    folder = Path(tempfile.mkdtemp(prefix="zmpwatch-postgresql-"))
    if os.geteuid() == 0:  # the server refuses to be run by root
        if not shutil.which("runuser"):
            pytest.skip("PostgreSQL can't be run as root, and there is no runuser")
        as_user = ["runuser", "-u", "postgres", "--"]
        shutil.chown(folder, "postgres", "postgres")

    def call(program: str, *arguments: str) -> None:
        done = subprocess.run(
            [*as_user, str(programs_at / program), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            cwd=folder,
            timeout=120,
        )
        if done.returncode:
            log = folder / "log"
            raise RuntimeError(f"{program}: {done.stderr}\n{log.read_text() if log.exists() else ''}")

    data = str(folder / "data")
    call("initdb", "-D", data, "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
    for tries_left in reversed(range(_TRIES)):
        port = _free_port()
        try:
            options = f"-p {port} -k {folder} {SETTINGS}"
            call("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
            break
        except RuntimeError:
            if not tries_left:
                raise
    server = f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
    try:
        command(server, f"CREATE DATABASE {TEMPLATE}")
        Store.open(
            make_url(server).set(database=TEMPLATE).render_as_string(hide_password=False), folder / "archive"
        ).close()
        yield server
    finally:
        _admin(server).dispose()
        call("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)

"""`zmpwatch status`: also while config.yaml is wrong it tells what database and daemon know."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from zmpwatch.model import Purpose, Verdict, Visit
from zmpwatch.service.knowledge import KNOWLEDGE_SITE
from zmpwatch.store import Store

from .conftest import Program

SITES = "sites:\n  - {name: hajnowka, family: municipal, url: 'http://127.0.0.1:9/', municipality: '2005011'}\n"
NOON = datetime(2025, 3, 3, 12, 0, tzinfo=UTC)


def visited(folder: Path, database: str = "var/zmpwatch.db") -> None:
    """A history with one visit, in vain, and what was known from the start."""
    visit = Visit(
        site="hajnowka",
        purpose=Purpose.ROUTINE,
        started=NOON,
        finished=NOON,
        verdict=Verdict.UNREACHABLE,
        requests=1,
        bytes=0,
        pages=0,
        not_modified=0,
        statements=0,
        problems=("nobody answered",),
        cycle="one",
    )
    path = folder / database
    path.parent.mkdir(parents=True, exist_ok=True)
    with Store.open(f"sqlite:///{path}", folder / "var" / "archive") as store, store.write() as tx:
        tx.add_visit(visit)
        tx.add_visit(replace(visit, site=KNOWLEDGE_SITE, verdict=Verdict.OK, problems=()))


def test_an_empty_outbox_is_said_to_be_empty(program: Program, tmp_path: Path) -> None:
    visited(tmp_path)
    (tmp_path / "config.yaml").write_text(SITES)
    said = program("status")
    assert (said.status, said.out.splitlines()[-1], said.err) == (0, "outbox        empty", "")


WRONG = {
    "a key that is unknown": ("crawl: {dealy: 3}\n", "config.yaml:3:9: crawl.dealy: unknown key"),
    "a type": ("subscribers: 7\n", "config.yaml:3:14: subscribers: "),
    "a quote that is not closed": ('timezone: "Europe/Warsaw\nweb: {port: 1}\n', "config.yaml:3:11: this is not YAML"),
    "a TERYT code": (SITES.replace("2005011", "9999999"), "config.yaml:4:"),
}


@pytest.mark.parametrize(("wrong", "named"), WRONG.values(), ids=list(WRONG))
def test_what_the_database_knows_is_told_with_what_is_wrong(
    program: Program, tmp_path: Path, wrong: str, named: str
) -> None:
    visited(tmp_path, "elsewhere/history.db")
    (tmp_path / "config.yaml").write_text("database: sqlite:///elsewhere/history.db\nknowledge: true\n" + wrong)
    said = program("status")
    assert said.status == 2
    assert said.err.startswith(named)
    assert "nevertheless:" in said.err
    assert said.out.splitlines() == [
        "unreachable   hajnowka                         last 2025-03-03 13:00  next –",
        "              nobody answered",
        "outbox        empty",
    ]
    said = program("status", "--json")
    assert said.status == 2
    assert said.lines == [
        {
            "site": "hajnowka",
            "verdict": "unreachable",
            "last_visit": "2025-03-03T12:00:00+00:00",
            "next_visit": None,
            "problems": ["nobody answered"],
            "needs_ocr": 0,
            "moved": None,
        }
    ]
    # whatever acts still refuses
    assert program("crawl").status == 2


@pytest.mark.parametrize(
    "database", ["database: oracle://x/y\n", "database: ${NOT_SET}\n", "database: 'sqlite:///var/zmpwatch.db\n"]
)
def test_no_database_is_guessed_where_the_key_is_wrong(program: Program, tmp_path: Path, database: str) -> None:
    """One at the usual place may be that of another watch."""
    visited(tmp_path)
    (tmp_path / "config.yaml").write_text(SITES + database)
    said = program("status")
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("config.yaml:3:")
    assert "nothing was run" in said.err


def test_a_wrong_file_and_no_database(program: Program, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("subscribers: 7\n")
    said = program("status")
    assert (said.status, said.out) == (3, "")
    assert "config.yaml:1:14: subscribers: " in said.err
    assert "there is no database" in said.err
    assert not (tmp_path / "var").exists()


@contextmanager
def daemon(state: dict[str, Any]) -> Iterator[int]:
    """Answers as /healthz does."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(state).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize(("problems", "status"), [([], 2), (["the database refuses"], 1)])
def test_what_the_daemon_says_is_told_with_what_is_wrong(
    program: Program, tmp_path: Path, problems: list[str], status: int
) -> None:
    """A daemon goes on with the file it was started with; one that fails is the worse news."""
    sites = {"watched": 3, "running": [], "due": 0, "unwell": 0, "next_turn": None}
    state = {"status": "ok", "started": NOON.isoformat(), "problems": problems, "warnings": [], "sites": sites}
    with daemon(state) as port:
        (tmp_path / "config.yaml").write_text(f"web: {{port: {port}}}\nsubscribers: 7\n")
        said = program("status", "--daemon")
    assert said.status == status
    assert said.err.startswith("config.yaml:2:14: subscribers: ")
    assert "watch         ok, since 2025-03-03 13:00" in said.out
    assert "sites         3 watched" in said.out


def test_a_wrong_file_and_no_daemon(program: Program, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("web: {port: 9}\nsubscribers: 7\n")
    said = program("status", "--daemon")
    assert (said.status, said.out) == (3, "")
    assert "config.yaml:2:14: subscribers: " in said.err
    assert "no daemon answers on http://127.0.0.1:9/healthz" in said.err

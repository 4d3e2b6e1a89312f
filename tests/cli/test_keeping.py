"""Keeping the history: check --integrity, backup, forget."""

from __future__ import annotations

import json
import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from store.processes import start

from zmpwatch.model import Authority, CountStatement, Page, Purpose, Qualifier, Text, Verdict, Visit
from zmpwatch.store import Store

from .conftest import Program

NOON = datetime(2025, 3, 7, 12, tzinfo=UTC)
URL = "https://www.example.pl/o-nas"
BODY = b"<p>Nasz zwiazek ma 373 miasta.</p>"


@pytest.fixture
def history(program: Program, tmp_path: Path) -> Path:
    """An installation that knows nothing but the one page it has read."""
    sites = "sites: [{name: zmp, family: association, url: 'https://www.example.pl/'}]\n"
    (tmp_path / "config.yaml").write_text(f"{sites}knowledge: false\n")
    assert program("init").status == 0
    database = tmp_path / "var" / "zmpwatch.db"
    with Store.open(f"sqlite:///{database}", tmp_path / "var" / "archive") as store:
        kept = store.archive.put(BODY)
        page = Page(URL, URL, 200, {"content-type": "text/html"}, BODY, NOON)
        text = Text(content="Nasz zwiazek ma 373 miasta.", title="O nas")
        with store.write() as tx:
            visit = tx.add_visit(
                Visit("zmp", Purpose.ROUTINE, NOON, NOON, Verdict.OK, 1, len(BODY), 1, 0, 1, (), "2025-03-07T12:00")
            )
            snapshot = tx.add_snapshot(visit, "zmp", page, text, kept, kept, False)
            tx.add_sighting(snapshot, visit, NOON, True)
            said = CountStatement(
                value=373,
                qualifier=Qualifier.EXACT,
                as_of=None,
                quote="ma 373 miasta",
                start=13,
                end=26,
                rule="prose",
                confidence=1.0,
            )
            tx.add_statements(snapshot, [said], Authority.COUNTER, "extract 1")
    return database


def test_integrity_is_proven_and_its_head_told(program: Program, history: Path) -> None:
    said = program("check", "--integrity")
    assert said.status == 0, said.err
    assert "chain: 3 rows, 1 archived page, head 3:" in said.out
    assert said.out.endswith("all is well\n")


def test_the_first_bad_row_is_named(program: Program, history: Path) -> None:
    raw = sqlite3.connect(history, isolation_level=None)
    raw.execute("DROP TRIGGER statements_no_update")
    (trigger,) = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'readings_no_update'").fetchone()
    raw.execute("UPDATE statements SET value = 500")
    raw.execute(trigger.replace("readings", "statements"))
    raw.close()
    assert program("check").status == 0, "an edit is no damage to the file"
    said = program("check", "--integrity")
    assert said.status == 3
    assert said.err == "problem: statements row 1: not what was stored (link 3 of the chain)\n"
    assert "docs/operating.md tells how to restore" in said.out
    problems = program("check", "--integrity", "--json").lines[0]["problems"]
    assert problems == ["statements row 1: not what was stored (link 3 of the chain)"]


def test_backup(program: Program, history: Path, tmp_path: Path) -> None:
    said = program("backup")
    assert said.status == 0, said.err
    default = tmp_path / "var" / "backup" / "zmpwatch.db"
    assert said.out.startswith(f"{default}: ")
    assert "1 page, 1 of them new" in said.out
    said = program("backup", "elsewhere/copy.db", "--json")
    (told,) = said.lines
    assert told["file"] == "elsewhere/copy.db"
    assert (told["rows"], told["archived"], told["new"]) == (3, 1, 1)
    assert f"head {told['head']}" in program("check", "--integrity").out
    raw = sqlite3.connect(tmp_path / "elsewhere" / "copy.db")
    assert raw.execute("SELECT quote FROM statements").fetchall() == [("ma 373 miasta",)]
    raw.close()


def test_backup_of_nothing(program: Program) -> None:
    (Path("config.yaml")).write_text("sites: []\n")
    said = program("backup")
    assert said.status in {2, 3}
    assert said.err
    assert not Path("var").exists()


def test_a_restore_as_the_guide_tells_it(program: Program, history: Path) -> None:
    assert program("backup").status == 0
    history.write_bytes(b"\0" * 4096)
    said = program("check", "--integrity")
    assert said.status == 3
    assert "zmpwatch.db" in said.err
    Path("var").rename("var.broken")
    Path("var").mkdir()
    Path("var.broken/backup/archive").rename("var/archive")
    Path("var.broken/backup/zmpwatch.db").rename("var/zmpwatch.db")
    said = program("check", "--integrity")
    assert said.status == 0, said.err


def test_forget(program: Program, history: Path) -> None:
    said = program("forget", URL, "--reason", "asked by the town hall, 2025-03-10", "--json")
    assert said.status == 0, said.err
    (told,) = said.lines
    assert (told["url"], told["snapshots"], told["quotes"], len(told["removed"])) == (URL, 1, 1, 1)
    assert program("check", "--integrity").status == 0
    raw = sqlite3.connect(history)
    assert raw.execute("SELECT value, quote FROM statements").fetchall() == [(373, "[removed]")]
    (url, reason, snapshots) = raw.execute("SELECT url, reason, snapshots FROM tombstones").fetchone()
    assert (url, reason, json.loads(snapshots)) == (URL, "asked by the town hall, 2025-03-10", [1])
    raw.close()
    again = program("forget", URL, "--reason", "again").out
    assert f"{URL}: was taken down before; nothing more came from it\n" in again
    assert "removed" not in again


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["https://nowhere.pl/", "--reason", "x"], 3, "https://nowhere.pl/: nothing in the history came from"),
        ([URL, "--reason", " "], 2, "--reason: say who asked and when"),
        ([URL], 2, "--reason"),
    ],
)
def test_forgetting_wrongly(program: Program, history: Path, arguments: list[str], status: int, said: str) -> None:
    outcome = program("forget", *arguments)
    assert (outcome.status, outcome.out) == (status, "")
    assert said in outcome.err
    raw = sqlite3.connect(history)
    assert raw.execute("SELECT count(*) FROM tombstones").fetchone() == (0,)
    raw.close()


def test_pruning_keeps_what_states_something(program: Program, history: Path) -> None:
    archive = history.parent / "archive"
    with Store.open(f"sqlite:///{history}", archive) as store:
        stray = store.archive.put(b"of a visit that was undone")
    os.utime(store.archive.path(stray), (0, 0))
    said = program("prune", "--older-than", "0", "--dry-run", "--json")
    assert said.status == 0, said.err
    assert said.lines[0]["removed"] == [{"archived": stray, "why": "left over", "url": None}]
    assert (said.lines[0]["kept"], said.lines[0]["dry_run"]) == (1, True)
    said = program("prune", "--older-than", "2w")
    assert said.out.startswith("0 pages and 1 left-over file removed, ")
    assert said.out.endswith("1 file stays\n")
    assert program("prune", "--json").lines[0]["removed"] == []
    assert program("check", "--integrity").status == 0


def test_an_age_that_is_none_is_refused(program: Program, history: Path) -> None:
    said = program("prune", "--older-than", "soon")
    assert (said.status, said.out) == (2, "")
    assert '--older-than: a duration such as 90s, 30m, 12h, 1d or 2w was expected, not "soon"' in said.err


@pytest.mark.parametrize("command", [["prune"], ["prune", "--dry-run"], ["rebuild"], ["rebuild", "--dry-run"]])
def test_beside_a_running_watch_it_is_refused(program: Program, history: Path, command: list[str]) -> None:
    """`watch` and `crawl` hold this very lock for as long as they run."""
    with start("hold_lock", history) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        before = history.read_bytes()
        said = program(*command)
        holder.kill()
    assert (said.status, said.out) == (3, "")
    assert f"in use by another zmpwatch (process {holder.pid}); wait for it to end, or stop its watch" in said.err
    assert history.read_bytes() == before
    assert program(*command).status == 0

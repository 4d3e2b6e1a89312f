"""A database is brought to the schema of this version whole, or stays as it was."""

import shutil
import signal
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from zmpwatch.errors import DatabaseTooNew, StoreError
from zmpwatch.model import Case, DateKind, MembershipStatus, Qualifier, Stage
from zmpwatch.store import Store
from zmpwatch.store.engine import open_engine, parse_url, writing
from zmpwatch.store.migrate import HEAD, REVISIONS, SCRIPTS, VERSION_TABLE, upgrade
from zmpwatch.store.schema import APPEND_ONLY, Base

from .factories import (
    AUGUSTOW,
    HAJNOWKA,
    MINUTE,
    NOON,
    belief,
    count,
    event,
    membership,
    store_page,
    store_visit,
    visit,
)
from .processes import run, start


def at_revision(database: Path, revision: str) -> None:
    """Make a database as an older version left it, with one visit."""
    engine = open_engine(parse_url(f"sqlite:///{database}")[0], busy_timeout=1)
    with writing(engine) as connection, connection.begin():
        upgrade(connection, revision)
    engine.dispose()
    with sqlite3.connect(database) as raw:
        raw.execute(
            "INSERT INTO visits (id, site, purpose, started, finished, verdict, requests, bytes, pages, not_modified, "
            "statements, problems, cycle) VALUES (7, 'miasta.pl', 'routine', '2025-03-07T12:00:00.000000Z', "
            "'2025-03-07T12:01:00.000000Z', 'ok', 1, 2, 3, 4, 5, '[]', 'old')"
        )
    raw.close()


def names(database: Path) -> set[str]:
    raw = sqlite3.connect(database)
    found = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")}
    raw.close()
    return found


def archive(database: Path) -> Path:
    return database.with_name("archive")


def test_the_list_of_revisions_is_that_of_the_scripts() -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == REVISIONS
    assert scripts.get_current_head() == HEAD


def test_the_migrations_make_the_tables_of_the_models(store: Store) -> None:
    with store._engine.connect() as connection:
        options = {
            "version_table": VERSION_TABLE,
            "compare_type": True,
            # the index of words is of another kind on each database: no model describes it
            "include_name": lambda name, _kind, _parents: not str(name).startswith("page_words"),
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_all_tables_are_strict(store: Store, database: Path) -> None:
    raw = sqlite3.connect(database)
    loose = [row[1] for row in raw.execute("PRAGMA table_list") if row[2] == "table" and not row[5]]
    raw.close()
    assert [name for name in loose if not name.startswith("sqlite_")] == [VERSION_TABLE]


def test_a_database_at_head_is_opened_without_alembic(store: Store, database: Path) -> None:
    assert run("tell_imports", database) == (0, "")


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_an_older_database_goes_forward_and_keeps_its_rows(database: Path, revision: str) -> None:
    at_revision(database, revision)
    with Store.open(f"sqlite:///{database}", archive(database), create=False) as store:
        (kept,) = store.visits()
        assert (kept.id, kept.cycle, kept.problems) == (7, "old", ())
        assert store.describe()["schema"] == HEAD
    assert {"v_member_count", "v_memberships", "v_events", "v_changes", "v_visits"} <= names(database)


def test_what_an_older_version_stored_is_chained(store: Store, database: Path, tmp_path: Path) -> None:
    for number in range(1, 4):
        store_visit(store, number)
    old = tmp_path / "old.db"
    at_revision(old, "0002")
    raw = sqlite3.connect(old, isolation_level=None)
    raw.execute("DROP TRIGGER visits_no_delete")
    raw.execute("DELETE FROM visits")
    raw.execute(f"ATTACH '{database}' AS new")
    for name in ("visits", "snapshots", "sightings", "readings", "statements", "changes", "change_evidence"):
        columns = ", ".join(row[1] for row in raw.execute(f"PRAGMA main.table_info({name})"))
        raw.execute(f"INSERT INTO {name} SELECT {columns} FROM new.{name}")
    raw.execute("CREATE TRIGGER visits_no_delete BEFORE DELETE ON visits BEGIN SELECT RAISE(ABORT, 'no'); END")
    raw.close()
    with Store.open(f"sqlite:///{old}", store.archive.folder) as migrated:
        found = migrated.verify()
        assert (found.problems, found.rows) == ([], 18)
        store_visit(migrated, 4)
        assert migrated.verify().rows == 24


def test_what_an_older_version_held_true_is_known_since_it_was_read(
    store: Store, database: Path, tmp_path: Path
) -> None:
    with store.write() as tx:
        _, _, ids = store_page(tx, [count(373, as_of=None), count(370, qualifier=Qualifier.AT_LEAST), membership()])
        tx.put_municipalities([HAJNOWKA])
        tx.put_count_belief("zmp", belief(373, rests_on=(ids[0],)))
        case = Case(HAJNOWKA.teryt, MembershipStatus.CANDIDATE, "2025-02-28", (event(statements=(ids[2],)),))
        tx.put_case(case)
    old = tmp_path / "old.db"
    at_revision(old, "0005")
    raw = sqlite3.connect(old, isolation_level=None)
    raw.execute("DROP TRIGGER visits_no_delete")
    raw.execute("DELETE FROM visits")
    raw.execute(f"ATTACH '{database}' AS new")
    tables = ("visits", "snapshots", "sightings", "readings", "statements", "chain")
    for name in (*tables, "count_history", "count_beliefs", "municipalities", "cases", "case_events"):
        columns = ", ".join(row[1] for row in raw.execute(f"PRAGMA main.table_info({name})"))
        raw.execute(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM new.{name}")
    raw.execute("CREATE TRIGGER visits_no_delete BEFORE DELETE ON visits BEGIN SELECT RAISE(ABORT, 'no'); END")
    raw.close()
    with Store.open(f"sqlite:///{old}", store.archive.folder) as migrated:
        assert migrated.count_points() == store.count_points()
        assert [point.members for point in migrated.count_points()] == [373]
        assert migrated.case(HAJNOWKA.teryt, NOON - MINUTE) is None
        assert migrated.case(HAJNOWKA.teryt, NOON) == case
        assert migrated.count_version("zmp", NOON - MINUTE) is None
        held = migrated.count_version("zmp", NOON)
        assert held is not None
        assert (held.belief.members, held.belief.rests_on) == (373, (ids[0],))
        with migrated.write() as tx:
            tx.put_case(case, known_from=NOON + MINUTE)
        assert len(migrated.cases(NOON + MINUTE)) == 1


def test_a_day_of_evidence_is_no_day_of_joining(store: Store, database: Path, tmp_path: Path) -> None:
    known = membership(stage=Stage.MEMBER, date="2015", rule="knowledge.member_evidence", resolution=None, votes=None)
    with store.write() as tx:
        _, _, (evidence, undated, page) = store_page(
            tx,
            [known, membership(stage=Stage.MEMBER, date=None), membership(stage=Stage.MEMBER, date="2016")],
        )
        tx.put_municipalities([HAJNOWKA, AUGUSTOW])
        by = event(Stage.MEMBER, date="2015", statements=(evidence, undated), resolution=None, votes=None)
        case = Case(HAJNOWKA.teryt, MembershipStatus.MEMBER, "2015", (by,))
        tx.put_case(case, known_from=NOON)
        on = event(Stage.MEMBER, date="2016", statements=(evidence, page), resolution=None, votes=None)
        tx.put_case(Case(AUGUSTOW.teryt, MembershipStatus.MEMBER, "2016", (on,)), known_from=NOON)
    old = tmp_path / "old.db"
    at_revision(old, "0012")
    raw = sqlite3.connect(old, isolation_level=None)
    raw.execute("DROP TRIGGER visits_no_delete")
    raw.execute("DELETE FROM visits")
    raw.execute(f"ATTACH '{database}' AS new")
    tables = ("visits", "snapshots", "sightings", "readings", "statements", "chain")
    for name in (*tables, "municipalities", "cases", "case_events", "case_versions"):
        columns = ", ".join(row[1] for row in raw.execute(f"PRAGMA main.table_info({name})"))
        raw.execute(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM new.{name}")
    raw.execute("CREATE TRIGGER visits_no_delete BEFORE DELETE ON visits BEGIN SELECT RAISE(ABORT, 'no'); END")
    raw.close()
    with Store.open(f"sqlite:///{old}", store.archive.folder) as migrated:
        right = replace(case, events=(replace(by, date_kind=DateKind.BY),), since_kind=DateKind.BY)
        assert migrated.case(HAJNOWKA.teryt) == right
        assert migrated.case(HAJNOWKA.teryt, NOON) == case, "what was told then"
        assert migrated.case(HAJNOWKA.teryt, datetime.now(UTC)) == right
        other = migrated.case(AUGUSTOW.teryt)
        assert other is not None
        assert (other.since_kind, other.events) == (DateKind.ON, (on,))


def test_a_newer_database_is_refused_and_left_untouched(store: Store, database: Path) -> None:
    store.close()
    with sqlite3.connect(database) as raw:
        raw.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    raw.close()
    before = database.read_bytes()
    with pytest.raises(DatabaseTooNew, match=rf"{database}.*newer zmpwatch.*9999.*{HEAD}"):
        Store.open(f"sqlite:///{database}", archive(database))
    assert database.read_bytes() == before
    assert sorted(place.name for place in database.parent.iterdir()) == [database.name]


def test_a_database_of_something_else_is_refused_and_left_untouched(database: Path) -> None:
    with sqlite3.connect(database) as raw:
        raw.execute("CREATE TABLE cookies (host TEXT)")
    raw.close()
    before = database.read_bytes()
    with pytest.raises(StoreError, match=r"not one of zmpwatch \(it holds cookies\)"):
        Store.open(f"sqlite:///{database}", archive(database))
    assert database.read_bytes() == before


def test_an_empty_file_becomes_a_database(database: Path) -> None:
    database.touch()
    Store.open(f"sqlite:///{database}", archive(database)).close()
    assert set(APPEND_ONLY) <= names(database)


def test_processes_that_open_a_new_database_at_once_all_get_it(database: Path) -> None:
    children = [start("open_and_write", database, str(number)) for number in range(4)]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        child.communicate("go\n", timeout=60)
    assert [child.returncode for child in children] == [0, 0, 0, 0]
    with Store.open(f"sqlite:///{database}", archive(database)) as store:
        assert sorted(one.cycle for one in store.visits()) == ["0", "1", "2", "3"]


@pytest.mark.parametrize("revision", [None, *REVISIONS[:-1]])
def test_a_killed_migration_leaves_the_old_schema_or_the_new(tmp_path: Path, revision: str | None) -> None:
    before = tmp_path / "before.db"
    if revision is not None:
        at_revision(before, revision)

    def fresh(name: str) -> Path:
        database = tmp_path / name / "zmpwatch.db"
        database.parent.mkdir()
        if before.exists():
            shutil.copyfile(before, database)
        return database

    whole = fresh("whole")
    old = names(whole) if whole.exists() else set()
    status, statements = run("die_at_statement", whole, "0")
    assert status == 0
    new = names(whole)
    last = int(statements)
    deaths = {
        which: fresh(str(which)) for which in (3, 5, last // 3, last // 2, 2 * last // 3, last - 2, last - 1, last)
    }
    status, ends = run("die_at_statements", tmp_path, ",".join(map(str, deaths)))
    assert (status, ends.split()) == (0, [str(-signal.SIGKILL)] * len(deaths))
    for which, database in deaths.items():
        found = names(database)
        assert found in (old, new), f"between the schemas after statement {which} of {last}"
        with Store.open(f"sqlite:///{database}", archive(database)) as store, store.write() as tx:
            tx.add_visit(visit())
            assert store.check(thorough=True) == []
        assert names(database) == new

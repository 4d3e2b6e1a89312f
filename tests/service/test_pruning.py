"""Pruning takes what nobody needs, and never what a statement cites."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from zmpwatch.errors import ArchiveError, DatabaseLocked
from zmpwatch.model import (
    Authority,
    Change,
    ChangeKind,
    CountStatement,
    Evidence,
    Page,
    Purpose,
    Qualifier,
    Site,
    Text,
    Verdict,
    Visit,
)
from zmpwatch.service.pruning import prune
from zmpwatch.service.searching import prepared
from zmpwatch.store import Store

THEN = datetime(2024, 1, 10, 12, tzinfo=UTC)
NOW = datetime(2025, 3, 7, 12, tzinfo=UTC)
SAID = CountStatement(
    value=373,
    qualifier=Qualifier.EXACT,
    as_of=None,
    quote="373 miasta",
    start=0,
    end=10,
    rule="prose",
    confidence=1.0,
)


def keep(
    store: Store, name: str, *, statements: tuple[CountStatement, ...] = (), seen: datetime = THEN, sha: str = ""
) -> str:
    body = f"<p>{name}</p>".encode()
    url = f"https://www.example.pl/{name}"
    kept = sha or store.archive.put(body)
    page, text = Page(url, url, 200, {}, body, THEN), Text(f"strona {name}")
    with store.write() as tx:
        visit = tx.add_visit(Visit("s", Purpose.ROUTINE, THEN, THEN, Verdict.OK, 1, 1, 1, 0, 0, (), name))
        tx.mark_site(Site("s", "bip", "https://www.example.pl/"), THEN)
        snapshot = tx.add_snapshot(visit, "s", page, text, kept, f"{name:0>64}", False)
        tx.add_sighting(snapshot, visit, THEN, True)
        if seen != THEN:
            tx.add_sighting(snapshot, visit, seen, False)
        tx.add_statements(snapshot, statements, Authority.OTHER, "extract 1")
        tx.index_pages({snapshot: prepared(text, THEN)})
    return kept


def test_only_old_pages_that_state_nothing_go(store: Store) -> None:
    stated = keep(store, "stated", statements=(SAID,))
    served = keep(store, "served", seen=NOW - timedelta(days=3))
    unused = keep(store, "unused")
    would = prune(store, NOW, dry_run=True)
    assert [one.sha256 for one in would.unused] == [unused]
    assert store.archive.has(unused)
    done = prune(store, NOW)
    assert done.as_json() == would.as_json() | {"dry_run": False}
    assert [one.sha256 for one in done.unused] == [unused]
    assert (done.kept, store.archive.has(unused)) == (2, False)
    assert store.archive.has(stated)
    assert store.archive.has(served)
    assert store.verify().problems == []
    assert prune(store, NOW).as_json()["removed"] == []


def test_a_page_whose_statements_were_read_away_still_cites(store: Store) -> None:
    """A later reading found nothing, but the older one is in the history, and alerts may rest on it."""
    kept = keep(store, "old", statements=(SAID,))
    with store.write() as tx:
        tx.add_statements(1, (), (), "extract 2")
    assert prune(store, NOW, timedelta()).unused == []
    assert store.archive.has(kept)
    assert store.verify().problems == []


def test_a_page_quoted_in_a_change_stays(store: Store) -> None:
    kept = keep(store, "quoted")
    evidence = Evidence("https://www.example.pl/quoted", "x", kept, "s", THEN)
    with store.write() as tx:
        tx.add_change(Change(ChangeKind.SITE_BROKEN, THEN, "key", site="s", evidence=(evidence,)))
    assert prune(store, NOW, timedelta()).unused == []


def test_bytes_that_two_addresses_served_stay_for_the_one_that_states(store: Store) -> None:
    kept = keep(store, "one", statements=(SAID,))
    keep(store, "two", sha=kept)
    assert prune(store, NOW, timedelta()).unused == []
    assert store.archive.has(kept)


def test_the_age_is_that_of_the_last_serving(store: Store) -> None:
    keep(store, "page", seen=NOW - timedelta(days=30))
    assert prune(store, NOW, timedelta(days=31)).unused == []
    assert len(prune(store, NOW, timedelta(days=29)).unused) == 1


def test_pruned_pages_are_told_as_such(store: Store) -> None:
    from zmpwatch.service.pageview import find_page
    from zmpwatch.service.searching import answer_search, fill_index, not_searchable

    keep(store, "unused")
    assert len(answer_search(store, "strona")) == 1
    prune(store, NOW)
    assert answer_search(store, "strona") == []
    assert (not_searchable(store), fill_index(store)) == (0, (0, []))
    with pytest.raises(ArchiveError, match="no statement rested on it"):
        find_page(store, "https://www.example.pl/unused")


def test_what_a_takedown_left_behind_goes_and_its_tombstone_stays(store: Store) -> None:
    kept = keep(store, "gone", statements=(SAID,))
    store.forget("https://www.example.pl/gone", "asked for", NOW)
    assert store.archive.put(b"<p>gone</p>") == kept  # as after a crash between database and archive
    assert "was taken down" in store.verify().problems[0]
    assert prune(store, NOW).taken_down == [kept]
    assert not store.archive.has(kept)
    assert store.verify().problems == []
    assert store.forgotten_urls() == {"https://www.example.pl/gone"}


def test_left_over_files_go_after_a_day(store: Store) -> None:
    fresh, old = store.archive.put(b"a visit that runs"), store.archive.put(b"a visit that was undone")
    for sha256, age in ((fresh, 1), (old, 25)):
        moment = (NOW - timedelta(hours=age)).timestamp()
        os.utime(store.archive.path(sha256), (moment, moment))
    assert prune(store, NOW).left_over == [old]
    assert store.archive.has(fresh)


def test_what_a_crash_left_half_written_and_empty_folders_go(store: Store, tmp_path: Path) -> None:
    kept = keep(store, "cited", statements=(SAID,))
    gone = keep(store, "unused")
    folder = store.archive.path(kept).parent
    for name, age in ((".new-running", 1), (".new-killed", 25)):
        (folder / name).write_bytes(b"half")
        moment = (NOW - timedelta(hours=age)).timestamp()
        os.utime(folder / name, (moment, moment))
    prune(store, NOW, dry_run=True)
    assert len(list(folder.iterdir())) == 3
    prune(store, NOW)
    assert {path.name for path in folder.iterdir()} == {f"{kept}.zst", ".new-running"}
    assert not store.archive.path(gone).parent.parent.exists()
    assert store.archive.get(kept) == b"<p>cited</p>"


def test_the_version_that_is_quoted_is_shown_where_later_ones_were_pruned(store: Store) -> None:
    from zmpwatch.service.pageview import find_page

    kept = keep(store, "page", statements=(SAID,))
    later = store.archive.put(b"<p>373 no more</p>")
    page, text = Page("https://www.example.pl/page", "https://www.example.pl/page", 200, {}, b"", THEN), Text("strona")
    page = replace(page, fetched_at=THEN + timedelta(days=9))
    with store.write() as tx:
        visit = tx.add_visit(Visit("s", Purpose.ROUTINE, THEN, THEN, Verdict.OK, 1, 1, 1, 0, 0, (), "later"))
        snapshot = tx.add_snapshot(visit, "s", page, text, later, f"{'later':0>64}", False)
        tx.add_sighting(snapshot, visit, THEN, True)
    assert find_page(store, page.url).snapshot.sha256 == later
    assert [one.sha256 for one in prune(store, NOW).unused] == [later]
    view = find_page(store, page.url)
    assert (view.snapshot.sha256, view.pruned) == (kept, frozenset({later}))
    assert [one["pruned"] for one in view.as_json()["versions"]] == [False, True]
    with pytest.raises(ArchiveError, match="no statement rested on it"):
        find_page(store, page.url, (THEN + timedelta(days=9)).date())
    assert find_page(store, page.url, THEN.date()).snapshot.sha256 == kept


def test_strange_files_are_left_alone(store: Store, tmp_path: Path) -> None:
    store.archive.put(b"x")
    stranger = next((tmp_path / "archive").glob("??/??")) / "notes.txt"
    stranger.write_text("mine")
    prune(store, datetime(2099, 1, 1, tzinfo=UTC), timedelta())
    assert stranger.is_file()


def test_while_a_crawl_runs_nothing_is_pruned(store: Store) -> None:
    keep(store, "unused")
    with store.exclusive(), pytest.raises(DatabaseLocked):
        prune(store, NOW)
    assert len(prune(store, NOW).unused) == 1

"""The feed files, read as a subscriber's reader reads them."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from zmpwatch.config import Config, load_config
from zmpwatch.model import Change, ChangeKind, DeliveryState, Evidence, Reconciliation
from zmpwatch.register import load_register
from zmpwatch.service.feeds import publish_feeds
from zmpwatch.service.notifying import discard, release
from zmpwatch.service.outbox import Outbox
from zmpwatch.store import Store

REGISTER = load_register()
NOW = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
QUOTE = "Zarząd przyjął <b>Hajnówkę</b> & Zaniemyśl"
EVIDENCE = Evidence("https://hajnowka.pl/a?b=1&c=2", QUOTE, "ab" * 32, "hajnowka", NOW)
COUNT = Change(
    ChangeKind.COUNT_CHANGED,
    NOW,
    "count:373:381",
    before={"members": 373, "as_of": "2024-11-15"},
    after={"members": 381, "as_of": "2025-03-03"},
    evidence=(EVIDENCE,),
    reconciliation=Reconciliation(373, 381, ("2005011",), ()),
)
HAJNOWKA = Change(
    ChangeKind.ADMITTED,
    NOW + timedelta(minutes=1),
    "admitted:2005011",
    teryt="2005011",
    municipality="Hajnówka",
    after={"kind": "accession", "stage": "admitted", "date": "2025-02-28"},
    evidence=(EVIDENCE,),
)
LADEK = Change(
    ChangeKind.RESOLVED,
    NOW + timedelta(minutes=2),
    "resolved:0208111",
    teryt="0208083",
    municipality="Lądek-Zdrój",
    after={"kind": "accession", "stage": "resolved"},
)
BROKEN = Change(ChangeKind.SITE_BROKEN, NOW, "broken", site="x", after={"verdict": "empty"})


@pytest.fixture
def config(tmp_path: Path) -> Config:
    path = tmp_path / "config.yaml"
    path.write_text("knowledge: false\nfeeds: {url: 'https://example.pl/zmp/'}\n", encoding="utf-8")
    return load_config(path, {})


@pytest.fixture
def store(config: Config) -> Iterator[Store]:
    with Store.open(config.database, config.archive) as opened:
        yield opened


def put(config: Config, store: Store, *changes: Change) -> None:
    box = Outbox.of(config, REGISTER)
    with store.write() as tx:
        box.enqueue(tx, [kept for change in changes if (kept := tx.add_change(change))], changes[0].at)


def published(config: Config, store: Store) -> list[str]:
    done = publish_feeds(config, store, REGISTER, NOW)
    assert done is not None
    assert done.files == 68
    return sorted(path.name for path in done.written)


def titles(config: Config, name: str) -> list[str]:
    assert config.feeds.folder is not None
    parsed = feedparser.parse((config.feeds.folder / name).read_bytes())
    assert not parsed.bozo
    return [entry.title for entry in parsed.entries]


def test_atom_and_rss_say_the_same_and_are_valid(config: Config, store: Store) -> None:
    put(config, store, COUNT, HAJNOWKA, LADEK, BROKEN)
    published(config, store)
    assert config.feeds.folder is not None
    for ending in ("atom", "rss"):
        parsed = feedparser.parse((config.feeds.folder / f"changes.{ending}").read_bytes())
        assert not parsed.bozo
        assert parsed.feed.title == "ZMP: zmiany w gronie członków"
        (own,) = [link.href for link in parsed.feed.links if link.rel == "self"]
        assert own == f"https://example.pl/zmp/changes.{ending}"
        ladek, hajnowka, count = parsed.entries
        assert "Lądka-Zdroju" in ladek.title
        assert "Hajnówka" in hajnowka.title
        assert "373 → 381" in count.title
        assert hajnowka.link == "https://hajnowka.pl/a?b=1&c=2"
        body = hajnowka.content[0].value if ending == "atom" else hajnowka.description
        # the page's markup is text, here as in a mail
        assert "&lt;b&gt;Hajnówkę&lt;/b&gt; &amp; Zaniemyśl" in body
        assert "kopia abababababab" in body
        assert hajnowka.published_parsed[:5] == (2025, 3, 3, 9, 1)
        assert [tag.term for tag in hajnowka.tags] == ["admitted"]
    root = etree.parse(config.feeds.folder / "changes.atom").getroot()
    ids = [element.text for element in root.iter("{http://www.w3.org/2005/Atom}id")]
    assert len(set(ids)) == 4
    assert all(one and one.startswith("urn:uuid:") for one in ids)


def test_the_page_needs_nothing_from_elsewhere_and_escapes_what_pages_said(config: Config, store: Store) -> None:
    put(config, store, COUNT, HAJNOWKA)
    published(config, store)
    assert config.feeds.folder is not None
    text = (config.feeds.folder / "changes.html").read_text("utf-8")
    assert "<h2>ZMP: Hajnówka przyjęta</h2>" in text
    assert '<time datetime="2025-03-03T09:01:00+00:00">2025-03-03 10:01</time>' in text
    assert "&lt;b&gt;Hajnówkę&lt;/b&gt; &amp; Zaniemyśl" in text
    assert not re.search(r"<(?:script|img|iframe)\b|@import|url\(", text)


def test_json_feed_holds_the_facts(config: Config, store: Store) -> None:
    put(config, store, COUNT, HAJNOWKA)
    published(config, store)
    assert config.feeds.folder is not None
    feed = json.loads((config.feeds.folder / "changes.json").read_text("utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://example.pl/zmp/changes.json"
    item = feed["items"][0]
    assert item["_zmpwatch"]["teryt"] == "2005011"
    assert item["_zmpwatch"]["evidence"][0]["quote"] == QUOTE
    assert item["date_published"] == "2025-03-03T09:01:00+00:00"
    assert item["tags"] == ["admitted"]


def test_a_voivodeship_hears_of_its_own_and_of_the_count(config: Config, store: Store) -> None:
    put(config, store, COUNT, HAJNOWKA, LADEK)
    published(config, store)
    assert [title.count("Hajnówka") for title in titles(config, "podlaskie.atom")] == [1, 1]
    assert len(titles(config, "dolnoslaskie.rss")) == 2
    assert len(titles(config, "lodzkie.atom")) == 1
    assert len(titles(config, "swietokrzyskie.atom")) == 1


def test_only_what_changed_is_written(config: Config, store: Store) -> None:
    assert len(published(config, store)) == 68
    assert published(config, store) == []
    put(config, store, HAJNOWKA)
    assert published(config, store) == [
        f"{name}.{ending}" for name in ("changes", "podlaskie") for ending in ("atom", "html", "json", "rss")
    ]
    assert published(config, store) == []


def test_identifiers_outlive_the_database(config: Config, store: Store, tmp_path: Path) -> None:
    put(config, store, HAJNOWKA)
    published(config, store)
    assert config.feeds.folder is not None
    before = (config.feeds.folder / "changes.atom").read_bytes()
    with Store.open(f"sqlite:///{tmp_path / 'other.db'}", config.archive) as other:
        put(config, other, replace(LADEK, at=NOW - timedelta(days=1)))
        put(config, other, HAJNOWKA)
        published(config, other)
    after = feedparser.parse((config.feeds.folder / "changes.atom").read_bytes())
    assert after.entries[0].id == feedparser.parse(before).entries[0].id


def test_what_is_held_or_refused_stands_in_no_feed(config: Config, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(
        "knowledge: false\nsubscribers: [{name: a, to: 'json://127.0.0.1:9/'}]\noperator: {hold_above: 1}\n", "utf-8"
    )
    config = load_config(path, {})
    put(config, store, HAJNOWKA, LADEK)
    published(config, store)
    assert titles(config, "changes.atom") == []
    first = store.deliveries()[0]
    assert first.id is not None
    discard(store, [first.id], "a mistake")
    release(store, Outbox.of(config, REGISTER), [], NOW)
    published(config, store)
    assert [title.count("Lądka") for title in titles(config, "changes.atom")] == [1]


def test_a_storm_nobody_subscribed_to_waits_for_the_yes_as_well(config: Config, store: Store) -> None:
    box = Outbox.of(config, REGISTER)
    towns = [town for town in REGISTER if town.teryt.endswith("1")][:25]
    with store.write() as tx:
        storm = [replace(LADEK, dedup_key=f"resolved:{town.teryt}", teryt=town.teryt) for town in towns]
        box.enqueue(tx, [kept for change in storm if (kept := tx.add_change(change))], NOW)
    publish_feeds(config, store, REGISTER, NOW)
    assert config.feeds.folder is not None
    feed = config.feeds.folder / "changes.json"
    assert json.loads(feed.read_text())["items"] == []
    assert release(store, box, [], NOW).number == 25
    publish_feeds(config, store, REGISTER, NOW)
    assert len(json.loads(feed.read_text())["items"]) == 25


def test_what_is_released_while_another_is_given_up_is_seen(config: Config, store: Store) -> None:
    """As many deliveries are kept back after as before: the feeds must be written anew all the same."""
    box = Outbox([], (), REGISTER, hold_above=1)
    with store.write() as tx:
        box.enqueue(tx, [kept for change in (HAJNOWKA, LADEK) if (kept := tx.add_change(change))], NOW)
    first, second = (row.id for row in store.deliveries())
    assert first is not None
    assert second is not None
    marks = [store.news_mark()]
    with store.write() as tx:
        tx.mark_delivery(second, DeliveryState.PENDING, 0, NOW, None)
    marks.append(store.news_mark())
    with store.write() as tx:
        tx.mark_delivery(second, DeliveryState.HELD, 0, None, None)
        tx.mark_delivery(first, DeliveryState.PENDING, 0, NOW, None)
    marks.append(store.news_mark())
    with store.write() as tx:
        tx.mark_delivery(second, DeliveryState.DEAD, 0, None, "discarded by the operator: a mistake")
    marks.append(store.news_mark())
    assert len(set(marks)) == 4
    assert store.news_mark() == marks[-1]


def test_none_is_written_where_none_is_wanted(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("feeds: {folder: null}\n", encoding="utf-8")
    assert publish_feeds(load_config(path, {}), store, REGISTER, NOW) is None

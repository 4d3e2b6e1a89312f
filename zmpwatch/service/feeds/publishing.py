"""Writing the feed files: only what has changed, each whole or not at all."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from zmpwatch.alert.plan import FEEDS
from zmpwatch.alert.subscriptions import SUBSCRIBER_KINDS, Language
from zmpwatch.alert.withholding import is_kept_back, withheld
from zmpwatch.config import Config
from zmpwatch.config.values import VOIVODESHIPS
from zmpwatch.model import Change, ChangeKind, DeliveryState
from zmpwatch.register import Register
from zmpwatch.service.feeds.atom import atom
from zmpwatch.service.feeds.feed import Entry, Feed, entry_of
from zmpwatch.service.feeds.jsonfeed import json_feed
from zmpwatch.service.feeds.page import page
from zmpwatch.service.feeds.rss import rss
from zmpwatch.service.files import made_folder, write_file
from zmpwatch.service.names import RegisterNames
from zmpwatch.store import Store

__all__ = ["ENTRIES", "Published", "publish_feeds"]

ENTRIES = 200
"""Changes a file holds, newest first; older ones are in the database."""

_FORMATS: dict[str, Callable[[Feed], bytes]] = {"atom": atom, "rss": rss, "json": json_feed, "html": page}
_TITLES: dict[Language, str] = {"pl": "{short}: zmiany w gronie członków", "en": "{short}: changes of membership"}


@dataclass(frozen=True, slots=True)
class Published:
    """The folder, how many files it has, and which were written anew."""

    folder: Path
    files: int
    written: tuple[Path, ...]


def publish_feeds(config: Config, store: Store, register: Register, now: datetime) -> Published | None:
    """Write the feeds that are not yet as they should be; None where the configuration wants none.

    News that is held for the operator's yes, or was refused by him, stands in none, and no count names its towns.

    Raises:
        StoreError: the database or the folder refused; the files that stood there stand.
    """
    folder = config.feeds.folder
    if folder is None:
        return None
    told = _told(store)
    names = RegisterNames(register)
    language: Language = "en" if config.feeds.language == "en" else "pl"
    entries = [
        (
            change,
            entry_of(change, language, names, config.association, withheld(store, [change], FEEDS, FEEDS)),
        )
        for change in told
    ]
    begun = min((visit.started for visit in store.last_visits().values()), default=now).replace(microsecond=0)
    made_folder(folder)
    written, files = [], 0
    for name, where in [("changes", None), *((_slug(one), one) for one in VOIVODESHIPS)]:
        feed = _feed(config, name, where, language, _within(entries, where, names), begun)
        for ending, render in _FORMATS.items():
            path, content = folder / f"{name}.{ending}", render(feed)
            files += 1
            # a file that is left alone keeps its time, and readers that ask "modified since?" are told no
            if not path.exists() or path.read_bytes() != content:
                write_file(path, content)
                written.append(path)
    return Published(folder, files, tuple(written))


def _told(store: Store) -> list[Change]:
    changes = store.changes(kinds=SUBSCRIBER_KINDS)[-ENTRIES * 4 :]
    rows = store.deliveries(states=[DeliveryState.HELD, DeliveryState.DEAD])
    kept_back = {row.change for row in rows if is_kept_back(row)}
    return [change for change in reversed(changes) if change.id not in kept_back]


def _within(entries: Sequence[tuple[Change, Entry]], where: str | None, names: RegisterNames) -> list[Entry]:
    found = [
        entry
        for change, entry in entries
        if where is None
        or change.kind is ChangeKind.COUNT_CHANGED
        or (change.teryt is not None and names.voivodeship(change.teryt) == where)
    ]
    return found[:ENTRIES]


def _feed(
    config: Config, name: str, where: str | None, language: Language, entries: Sequence[Entry], begun: datetime
) -> Feed:
    title = _TITLES[language].format(short=config.association.short)
    domain = config.association.domains[0] if config.association.domains else None
    home = next((site.url for site in config.sites if site.family == "association"), None)
    return Feed(
        name=name,
        title=f"{title} – {where}" if where else title,
        home=home or (f"https://{domain}/" if domain else "https://github.com/zmpwatch/zmpwatch"),
        url=config.feeds.url,
        language=language,
        updated=entries[0].at if entries else begun,
        entries=tuple(entries),
    )


def _slug(voivodeship: str) -> str:
    folded = unicodedata.normalize("NFKD", voivodeship.replace("ł", "l"))
    return "".join(c for c in folded if c.isascii())

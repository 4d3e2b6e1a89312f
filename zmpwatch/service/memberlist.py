"""What the association's own list of members says of those who joined between two days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from zmpwatch.model import ASSOCIATION_FAMILY
from zmpwatch.model.days import day_of
from zmpwatch.register import load_register
from zmpwatch.store import Store

__all__ = ["answer_list"]

Json = dict[str, Any]

_TOGETHER = timedelta(days=31)
"""Pages of one list are read again within this time; one that is not is gone, and what it said is history."""


def answer_list(store: Store, joined: Mapping[str, date], start: date, end: date) -> Json | None:
    """The list as it was last read, against the names of those who joined.

    A name that is missing says nothing of its membership (lists are brought up to date late), nor does a list that
    holds some names only.

    Args:
        store: the history.
        joined: who joined between the days, and the day.
        start: the first day.
        end: the last day.

    Returns:
        ``read`` (when), ``pages`` (addresses), ``names`` (how many), ``missing`` (who joined before it was read and is
        not in it) and ``only`` (names new in it between the days that no page tells of as admitted); None where no list
        was ever read.
    """
    sites = [site.name for site in store.sites().values() if site.family == ASSOCIATION_FAMILY]
    known = store.listed_names(sites)
    if not known:
        return None
    newest: dict[str, datetime] = {}
    for name in known:
        newest[name.url] = max(newest.get(name.url, name.last_seen), name.last_seen)
    read = max(newest.values())
    pages = {url for url, seen in newest.items() if read - seen <= _TOGETHER}
    names = {name.teryt for name in known if name.url in pages and name.last_seen == newest[name.url]}
    first = {name.teryt: name for name in sorted(known, key=lambda name: name.first_seen, reverse=True)}
    new = [
        teryt
        for teryt, name in first.items()
        if teryt in names and not name.baseline and start < day_of(name.first_seen, store.zone) <= end
    ]
    return {
        "read": read.isoformat(),
        "pages": sorted(pages),
        "names": len(names),
        "missing": _named(
            teryt for teryt, day in joined.items() if teryt not in names and day <= day_of(read, store.zone)
        ),
        "only": _named(teryt for teryt in new if teryt not in joined),
    }


def _named(teryts: Iterable[str]) -> list[Json]:
    register = load_register()
    return [{"teryt": teryt, "municipality": register.by_teryt(teryt).name} for teryt in sorted(teryts)]

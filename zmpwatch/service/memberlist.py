"""What the association's own list of members says of those who joined between two days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta, tzinfo
from typing import Any

from zmpwatch.model import ASSOCIATION_FAMILY
from zmpwatch.model.days import day_of
from zmpwatch.register import load_register
from zmpwatch.store import Store
from zmpwatch.store.records import ListVersion

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
    versions = sorted(store.list_versions(ASSOCIATION_FAMILY), key=lambda version: (version.last_seen, version.id))
    if not versions:
        return None
    read = versions[-1].last_seen
    newest = {version.url: version for version in versions}
    pages = {url: version for url, version in newest.items() if read - version.last_seen <= _TOGETHER}
    then, until = (_standing(versions, day, store.zone) for day in (start, end))
    # what stood there when watching began was there before
    begun = [v for v in versions if v.baseline and start < day_of(v.first_seen, store.zone) <= end]
    named = store.listed_names({version.id for version in (*pages.values(), *then, *until, *begun)})
    names = _union(named, pages.values())
    before = _union(named, (*then, *begun))
    only = (names & _union(named, until)) - before
    return {
        "read": read.isoformat(),
        "pages": sorted(pages),
        "names": len(names),
        "missing": _named(
            teryt for teryt, day in joined.items() if teryt not in names and day <= day_of(read, store.zone)
        ),
        "only": _named(only - set(joined)),
    }


def _standing(versions: Iterable[ListVersion], day: date, zone: tzinfo) -> list[ListVersion]:
    """The version of each page that was served last by the end of a day."""
    standing: dict[str, ListVersion] = {}
    for version in sorted(versions, key=lambda version: (version.first_seen, version.id)):
        if day_of(version.first_seen, zone) <= day:
            standing[version.url] = version
    return list(standing.values())


def _union(named: Mapping[int, frozenset[str]], versions: Iterable[ListVersion]) -> frozenset[str]:
    return frozenset[str]().union(*(named[version.id] for version in versions))


def _named(teryts: Iterable[str]) -> list[Json]:
    register = load_register()
    return [{"teryt": teryt, "municipality": register.by_teryt(teryt).name} for teryt in sorted(teryts)]

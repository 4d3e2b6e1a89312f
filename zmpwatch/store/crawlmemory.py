"""The state crawling keeps between visits: feeds, servers, and links that wait for a budget.

Rows are replaced, not appended: nothing here is history, and all of it can be found again on the web.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Delete, Row, Select, bindparam, delete, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from zmpwatch.model import KnownFeed, KnownOrigin, KnownPlatform, Pending, SiteMemory
from zmpwatch.store.schema import Base, SiteRow, table
from zmpwatch.store.selects import of_site

__all__ = [
    "FeedRow",
    "OriginRow",
    "PendingRow",
    "PlatformRow",
    "first_healthy_of",
    "held_sites",
    "load_memory",
    "load_platforms",
    "save_memory",
]


class FeedRow(Base):
    """A feed or sitemap that was asked for, or a guess that met none (no entries)."""

    __tablename__ = "feeds"

    site: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(primary_key=True)
    asked_at: Mapped[datetime]
    entries: Mapped[int]
    is_sitemap: Mapped[bool]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    body_sha256: Mapped[str | None]
    full_fetch_at: Mapped[datetime | None]
    listed: Mapped[bytes | None]


class OriginRow(Base):
    """A server of a site: its robots.txt, when it may be asked again, and what it serves for pages there are none."""

    __tablename__ = "origins"

    site: Mapped[str] = mapped_column(primary_key=True)
    origin: Mapped[str] = mapped_column(primary_key=True)
    robots_status: Mapped[int | None]
    robots: Mapped[bytes]
    robots_at: Mapped[datetime | None]
    retry_at: Mapped[datetime | None]
    absent: Mapped[list[Any]]
    absent_at: Mapped[datetime | None]


class PlatformRow(Base):
    """What a site runs on, and what it ran on before."""

    __tablename__ = "platforms"

    site: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    since: Mapped[datetime]
    seen_at: Mapped[datetime]
    doubts: Mapped[int]
    previous: Mapped[str | None]
    changed_at: Mapped[datetime | None]


class PendingRow(Base):
    """A link worth a request that no visit has had the budget for: the frontier."""

    __tablename__ = "frontier"

    site: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(primary_key=True)
    promise: Mapped[float]
    anchor: Mapped[str | None]
    referrer: Mapped[str | None]
    depth: Mapped[int]
    fresh: Mapped[bool]


def load_memory(connection: Connection, site: str) -> SiteMemory:
    """Read what is remembered of a site."""

    def rows(model: type[Base]) -> list[Row[Any]]:
        return list(connection.execute(of_site(model), {"site": site}))

    origins = {row.origin: KnownOrigin(**_fields(row) | {"absent": tuple(row.absent)}) for row in rows(OriginRow)}
    if origins:
        for origin, retry_at in connection.execute(_asked_of(), {"origins": list(origins)}):
            origins[origin] = replace(origins[origin], retry_at=retry_at)
    platform = next((KnownPlatform(**_fields(row)) for row in rows(PlatformRow)), None)
    return SiteMemory(
        platform=platform,
        since=connection.execute(first_healthy_of(), {"site": site}).scalar(),
        feeds={row.url: KnownFeed(**_fields(row)) for row in rows(FeedRow)},
        origins=origins,
        pending={row.url: Pending(**_fields(row)) for row in rows(PendingRow)},
    )


@cache
def _asked_of() -> Select[Any]:
    """What servers have asked, while any site was visited on them."""
    here = table(OriginRow)
    last = func.max(here.c.retry_at, type_=here.c.retry_at.type)
    among = here.c.origin.in_(bindparam("origins", expanding=True))
    return select(here.c.origin, last).where(among, here.c.retry_at.is_not(None)).group_by(here.c.origin)


@cache
def first_healthy_of() -> Select[Any]:
    """The query for the first healthy visit of the site given as parameter ``site``."""
    sites = table(SiteRow)
    return select(sites.c.first_healthy).where(sites.c.name == bindparam("site"))


def _fields(row: Row[Any]) -> dict[str, Any]:
    return {name: value for name, value in row._mapping.items() if name != "site"}


def save_memory(
    connection: Connection, upsert: Callable[[type[Base], list[dict[str, Any]]], None], site: str, memory: SiteMemory
) -> None:
    """Write what of a site's memory was changed; `upsert` inserts rows of a table, or overwrites those of their key."""
    feeds = [one for url, one in memory.feeds.items() if url in memory.changed]
    upsert(FeedRow, [{"site": site, **_values(one)} for one in feeds])
    origins = [one for name, one in memory.origins.items() if name in memory.changed]
    upsert(OriginRow, [{"site": site, **_values(one), "absent": list(one.absent)} for one in origins])
    if "platform" in memory.changed and memory.platform is not None:
        upsert(PlatformRow, [{"site": site, **_values(memory.platform)}])
    if "pending" in memory.changed:
        connection.execute(_frontier_of(), {"of_site": site})
        if memory.pending:
            values = [{"site": site, **_values(one)} for one in memory.pending.values()]
            connection.execute(insert(table(PendingRow)), values)


@cache
def _frontier_of() -> Delete:
    """Removes the frontier of the site given as parameter ``of_site``."""
    here = table(PendingRow)
    return delete(here).where(here.c.site == bindparam("of_site"))


def load_platforms(connection: Connection) -> dict[str, KnownPlatform]:
    """Read what all sites run on, by site."""
    return {row.site: KnownPlatform(**_fields(row)) for row in connection.execute(select(table(PlatformRow)))}


def _values(one: KnownFeed | KnownOrigin | KnownPlatform | Pending) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__slots__}


def held_sites(connection: Connection, now: datetime) -> dict[str, datetime]:
    """Read whose servers want to be left alone after `now`, and until when."""
    here = table(OriginRow)
    last = func.max(here.c.retry_at, type_=here.c.retry_at.type)
    query = select(here.c.site, last).where(here.c.retry_at > now).group_by(here.c.site)
    return {row[0]: row[1] for row in connection.execute(query)}

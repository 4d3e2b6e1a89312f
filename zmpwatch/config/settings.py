"""What a configuration file says, once it has been found right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from zmpwatch.model import Association, ChangeKind, Site

__all__ = [
    "Catalogue",
    "Config",
    "CrawlConfig",
    "FeedsConfig",
    "OperatorConfig",
    "SubscriberConfig",
    "WatchConfig",
    "WebConfig",
]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All municipalities of the register that have a web site, beside the sites named one by one.

    `voivodeships` narrows them down; empty means the whole country. `moved` gives the address of a site whose host in
    the register is not its host any more, or None where it has none.
    """

    enabled: bool
    voivodeships: tuple[str, ...]
    every: str
    moved: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class CrawlConfig:
    """How sites are visited. Sizes are in bytes; `delay`, `timeout`, `dns_timeout` and `seconds_per_visit` in seconds.

    The names are those of `zmpwatch.crawl.CrawlSettings`, which tells what each bounds.
    """

    user_agent: str
    delay: float
    timeout: float
    dns_timeout: float
    concurrent_sites: int
    readers: int | None
    requests_per_address: int
    requests_per_visit: int
    pages_per_visit: int | None
    bytes_per_visit: int
    seconds_per_visit: float
    errors_per_visit: int
    watched_pages: int
    pending_links: int
    max_depth: int
    max_redirects: int
    max_links: int
    max_page_size: int
    max_document_size: int
    full_fetch_after: timedelta
    confirmations: int
    confirm_after: timedelta


@dataclass(frozen=True, slots=True)
class SubscriberConfig:
    """One reader of the news, and which news.

    `to` holds Apprise URLs with their secrets filled in, so it stays out of the representation. `voivodeships` and
    `municipalities` (TERYT codes) are empty when all are wanted. `digest_at` and `quiet_hours` are times of day in the
    configured time zone, `digest_day` is 0 for Monday.
    """

    name: str
    to: tuple[str, ...] = field(repr=False)
    events: tuple[ChangeKind, ...]
    voivodeships: tuple[str, ...]
    municipalities: tuple[str, ...]
    language: str
    digest: str
    digest_at: time
    digest_day: int
    quiet_hours: tuple[time, time] | None


@dataclass(frozen=True, slots=True)
class OperatorConfig:
    """Who is told of the health of the watch itself; addresses hold secrets.

    `at_most_every` is the least time between two messages, `hold_above` how many changes within an hour are sent
    without the operator's yes (0: any number).
    """

    to: tuple[str, ...] = field(repr=False)
    heartbeat: str | None = field(repr=False)
    at_most_every: timedelta
    hold_above: int


@dataclass(frozen=True, slots=True)
class FeedsConfig:
    """Files for feed readers: where they are written (nowhere with None), and at which address they will be found."""

    folder: Path | None
    url: str | None
    language: str


@dataclass(frozen=True, slots=True)
class WebConfig:
    """Where the dashboard listens."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class WatchConfig:
    """How the daemon shares out its visits.

    `requests_per_day` bounds the requests of sites whose turn is not written down (`every` and `cron` left away, and
    the catalogue's); with None every site keeps to its default. `jitter` is the largest part of the time between two
    visits by which one is put off, so that sites do not all come at once.
    """

    requests_per_day: int | None
    jitter: float


@dataclass(frozen=True, slots=True)
class Config:
    """One configuration file, complete: every key has its value, every path is absolute.

    `database` is an SQLAlchemy URL and may hold a password. `knowledge` says whether the initial knowledge is imported.
    `secrets` are the values of all variables by the way they are written (``${NAME}``): what must stay out of logs.
    """

    path: Path
    association: Association
    database: str = field(repr=False)
    archive: Path
    sites: tuple[Site, ...]
    catalogue: Catalogue
    crawl: CrawlConfig
    subscribers: tuple[SubscriberConfig, ...]
    operator: OperatorConfig
    web: WebConfig
    timezone: ZoneInfo
    knowledge: bool
    watch: WatchConfig
    feeds: FeedsConfig
    secrets: Mapping[str, str] = field(repr=False)

    def site(self, name: str) -> Site | None:
        """Gives the site of this name, or None."""
        return next((site for site in self.sites if site.name == name), None)

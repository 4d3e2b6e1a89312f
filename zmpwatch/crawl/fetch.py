"""What is to be fetched and why: what every request carries through Scrapy, and a response brings back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from scrapy import Request
from scrapy.http.request import NO_CALLBACK

__all__ = ["Fetch", "Role", "Transfer", "fetch_of", "request_for", "request_of_rules", "transfer_of"]

_FETCH, _TRANSFER = "fetch", "transfer"
"""The keys of a request's meta that are ours; all others are read by Scrapy itself."""


class Role(StrEnum):
    """Why an address is asked for; a `PROBE` is a guess, and its absence is no failure."""

    START = "start"
    KNOWN = "known"
    CONFIRM = "confirm"
    PROBE = "probe"
    LINK = "link"
    ROBOTS = "robots"

    @property
    def expected(self) -> bool:
        """Whether the address should be there: its absence is worth telling."""
        return self in {Role.START, Role.KNOWN, Role.CONFIRM}


@dataclass(frozen=True, slots=True)
class Fetch:
    """One address that is to be asked for."""

    url: str
    """As it was asked for, before any redirect."""
    role: Role
    priority: float = 0.0
    again: bool = False
    """It is queued already, at a lower promise: this one comes beside it."""
    key: str | None = None
    """What tells its page from others, of links that are asked for once a visit."""
    anchor: str | None = None
    referrer: str | None = None
    """The page it was found on."""
    promise: float = 0.0
    """What its words are worth."""
    steps: int = 0
    """How many links lie between it and where the visit began."""
    leaves: int = 0
    """How many leaves of a list were turned to come to it."""
    explored: bool = False
    """No word recommends it."""
    listed: bool = False
    """It stands on a page that some word recommends."""
    fresh: bool = False
    """It did not stand there when the place was read before."""
    feed: bool = False
    """It is read as a feed or a sitemap."""
    guess: bool = False
    """Nothing names it: it is where such pages usually are."""
    search: bool = False
    """It asks the site's own search."""


@dataclass(slots=True)
class Transfer:
    """How many bytes of a body may come, and have come: the notes of what bounds it on its way."""

    limit: int = 0
    received: int = 0


def request_for(fetch: Fetch, **request: Any) -> Request:
    """Scrapy's request for a fetch.

    Args:
        fetch: what it carries.
        request: what else `scrapy.Request` takes; keys of `meta` that Scrapy reads stand beside the fetch.
    """
    meta = {**request.pop("meta", {}), _FETCH: fetch}
    return Request(fetch.url, priority=round(fetch.priority), dont_filter=fetch.again, meta=meta, **request)


def request_of_rules(origin: str) -> Request:
    """The request for robots.txt of an origin."""
    return request_for(
        Fetch(f"{origin}/robots.txt", Role.ROBOTS, priority=1000),
        # the size is bounded by RobotsMiddleware, which keeps what has come
        meta={"download_maxsize": 0, "autothrottle_dont_adjust_delay": True},
        callback=NO_CALLBACK,
    )


def fetch_of(request: Request) -> Fetch:
    """The fetch of a request; one that Scrapy made by itself, as its shell does, is for a link."""
    fetch: Fetch | None = request.meta.get(_FETCH)
    return fetch if fetch is not None else Fetch(request.url, Role.LINK)


def transfer_of(request: Request) -> Transfer:
    """The transfer of a request's body; it goes on where a redirect leads."""
    transfer: Transfer = request.meta.setdefault(_TRANSFER, Transfer())
    return transfer

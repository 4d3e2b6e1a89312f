"""One crawl of one site."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from zmpwatch.model.memory import SiteMemory

__all__ = [
    "ASSOCIATION_FAMILY",
    "Failure",
    "FailureKind",
    "Purpose",
    "Site",
    "Trap",
    "TrapKind",
    "Verdict",
    "Visit",
    "VisitReport",
]


ASSOCIATION_FAMILY = "association"
"""The family of the association's own sites."""


@dataclass(frozen=True, slots=True)
class Site:
    """A web site we crawl: data, not code. `expect` bands are (least, most), both included."""

    name: str
    family: str
    url: str
    municipality: str | None = None
    """TERYT code of the municipality whose site it is."""
    every: str | None = None
    cron: str | None = None
    expect_members: tuple[int, int] | None = None
    hosts: tuple[str, ...] = ()
    """Further hosts that belong to the site."""
    start_urls: tuple[str, ...] = ()
    """Where to begin, when not at `url`."""


class Verdict(StrEnum):
    """How a visit ended; Scrapy's finish_reason never decides it."""

    OK = "ok"
    UNCHANGED = "unchanged"
    PROVEN_EMPTY = "proven_empty"
    EMPTY = "empty"
    PARTIAL = "partial"
    BLOCKED = "blocked"
    BROKEN = "broken"
    UNREACHABLE = "unreachable"
    DISALLOWED = "disallowed"

    @property
    def healthy(self) -> bool:
        """Whether what the visit saw may be relied on."""
        return self in {Verdict.OK, Verdict.UNCHANGED, Verdict.PROVEN_EMPTY}


class Purpose(StrEnum):
    """Why a site was visited: in its turn, or to fetch a new official count again past every cache."""

    ROUTINE = "routine"
    CONFIRMATION = "confirmation"


class FailureKind(StrEnum):
    """What kept one address from giving a page."""

    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    TLS = "tls"
    STATUS = "status"
    REDIRECT = "redirect"
    TOO_BIG = "too_big"
    INCOMPLETE = "incomplete"
    ROBOTS = "robots"
    ROBOTS_UNREACHABLE = "robots_unreachable"
    REFUSED_ADDRESS = "refused_address"
    RETRY_LATER = "retry_later"
    CHALLENGE = "challenge"
    WRONG_PAGE = "wrong_page"
    UNREADABLE = "unreadable"
    NEEDS_OCR = "needs_ocr"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Failure:
    """One address that failed, and why, in words for the operator."""

    kind: FailureKind
    url: str
    detail: str


class TrapKind(StrEnum):
    """What kind of place without an end was recognised on a site, in words for the operator."""

    CALENDAR = "a calendar without end"
    PATH = "a path that grows by itself"
    SESSION = "session ids in addresses"
    FACETS = "filters in ever new combinations"
    ENDLESS = "a list without end"
    SAME_BODY = "one page under ever new addresses"
    DEAD = "links that lead to no page"


@dataclass(slots=True)
class Trap:
    """A place of a site that a crawler would never leave: an address of it, and how many links were left for it."""

    kind: TrapKind
    url: str
    left: int = 0

    def __str__(self) -> str:
        what = "taken for the same page" if self.kind is TrapKind.SESSION else "not followed"
        left = f"; {self.left} {'link' if self.left == 1 else 'links'} {what}" if self.left else ""
        return f"trap: {self.url}: {self.kind}{left}"


@dataclass(slots=True)
class VisitReport:
    """What the crawler saw on one visit: facts, no judgement. Filled while the visit runs.

    `bytes` counts what came over the wire, `pages` the resources handed to the sink. `capped` names the budgets that
    ran out ("requests", "pages", "seconds", "bytes", "errors").
    """

    site: str
    purpose: Purpose
    started: datetime
    finished: datetime | None = None
    requests: int = 0
    bytes: int = 0
    pages: int = 0
    not_modified: int = 0
    failures: list[Failure] = field(default_factory=list)
    capped: list[str] = field(default_factory=list)
    traps: list[Trap] = field(default_factory=list)
    """What was recognised as having no end, and left alone: no failure."""
    redesigned: str | None = None
    """What the site ran on before and runs on now, when that has changed; in words."""
    crawl_delay: float | None = None
    """Seconds between two requests which robots.txt asks for, where they outlasted the visit."""
    moved_to: str | None = None
    """Where the start address leads for good (HTTP 301, 308, or a page that only leads there): to another host."""
    answers_at: str | None = None
    """Where the site answers, without https or under its name with or without ``www.``, that gave no answer itself, or
    none behind a certificate that is trusted."""
    retry_at: datetime | None = None
    """When a host that answered 429 or 503 wants to be asked again."""
    left_alone: bool = False
    """Whether the site's own host was asked nothing more, since it gave no answers or wanted to be left alone."""
    proven_empty: bool = False
    """Whether the site's own pages said that there is nothing, and led nowhere."""
    memory: SiteMemory | None = None
    """What the visit leaves for the next one."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A finished visit, as it is stored."""

    site: str
    purpose: Purpose
    started: datetime
    finished: datetime
    verdict: Verdict
    requests: int
    bytes: int
    pages: int
    not_modified: int
    statements: int
    problems: tuple[str, ...] = ()
    cycle: str = ""
    """Names the run (`crawl`, or one round of the daemon) the visit was part of."""
    needs_ocr: int = 0
    """Scanned documents that could not be read, or not all of: see `zmpwatch.read.ocr`."""
    id: int | None = None

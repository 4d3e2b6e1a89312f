"""Typed facts one page states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

__all__ = [
    "MIN_CONFIDENCE",
    "Authority",
    "CountStatement",
    "EventKind",
    "MembershipStatement",
    "Qualifier",
    "Sighting",
    "Source",
    "Stage",
    "Statement",
    "StoredStatement",
    "Votes",
]

MIN_CONFIDENCE = 0.5
"""Statements with less, out of side lists, are kept and shown, but judged by nobody."""


class Qualifier(StrEnum):
    """How a number is meant: as it stands, "ponad 370", "około 380", or "303. miastem"."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    ABOUT = "about"
    ORDINAL = "ordinal"


class EventKind(StrEnum):
    """Joining or leaving."""

    ACCESSION = "accession"
    WITHDRAWAL = "withdrawal"


class Stage(StrEnum):
    """How far it has come. For a withdrawal `ADMITTED` means the town has left."""

    PROPOSED = "proposed"
    RESOLVED = "resolved"
    REJECTED = "rejected"
    ADMITTED = "admitted"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Votes:
    """Votes of one ballot; what the text does not give is None."""

    in_favour: int | None = None
    against: int | None = None
    abstain: int | None = None

    def as_json(self) -> dict[str, int | None]:
        """As a mapping of the JSON output: ``{"for": …, "against": …, "abstain": …}``."""
        return {"for": self.in_favour, "against": self.against, "abstain": self.abstain}


@dataclass(frozen=True, slots=True, kw_only=True)
class CountStatement:
    """How many members the association has, as one place of a text says it.

    `quote` is ``content[start:end]``; `rule` names the rule that read it, `confidence` lies in 0…1.
    """

    value: int
    qualifier: Qualifier
    as_of: str | None = None
    quote: str
    start: int
    end: int
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipStatement:
    """One step of one municipality into or out of the association, as one place of a text says it.

    `date` is ISO, cut to the precision known. `teryt` is None only where the name is shared and nothing decides.
    """

    municipality: str
    teryt: str | None
    kind: EventKind
    stage: Stage
    date: str | None = None
    resolution: str | None = None
    votes: Votes | None = None
    quote: str
    start: int
    end: int
    rule: str
    confidence: float = 1.0


Statement = CountStatement | MembershipStatement


class Authority(StrEnum):
    """Whose word it is, strongest first: the association's counter, its home page, its other pages, its member list."""

    COUNTER = "counter"
    HOME = "home"
    NEWS = "news"
    MEMBER_LIST = "member_list"
    OTHER = "other"

    @property
    def rank(self) -> int:
        """0 is the strongest."""
        return _RANKS[self]


_RANKS = {authority: rank for rank, authority in enumerate(Authority)}


@dataclass(frozen=True, slots=True)
class Source:
    """Where and when a statement was read.

    `published` is the page's own date, `first_seen` and `last_seen` the first and the newest time this very text was
    served to us, `archived` the SHA-256 of the bytes kept. `baseline` marks a text found by the first healthy visit of
    its site, or one of that visit's history: nothing in it is news.
    """

    url: str
    site: str
    authority: Authority
    published: str | None
    first_seen: datetime
    last_seen: datetime
    archived: str
    visit: int
    extractor: str
    baseline: bool = False
    title: str | None = None


@dataclass(frozen=True, slots=True)
class StoredStatement:
    """A statement with its identity and its source."""

    id: int
    statement: Statement
    source: Source


@dataclass(frozen=True, slots=True)
class Sighting:
    """One time a stored statement's text was served to us.

    `fresh` says the page came whole and past every cache, so that the sighting may confirm; a 304 only says that
    nothing changed.
    """

    statement: StoredStatement
    seen_at: datetime
    visit: int
    fresh: bool

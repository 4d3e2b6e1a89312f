"""What a visit has brought so far, until it is stored."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from zmpwatch.crawl.plan import VisitPlan
from zmpwatch.model import MIN_CONFIDENCE, Failure, KnownPage, MembershipStatement
from zmpwatch.service.moving import Standing
from zmpwatch.service.pagereading import PageReading

__all__ = ["Gathered", "had_statements", "is_new", "starts_of"]


@dataclass(slots=True)
class Gathered:
    """What a visit has brought so far."""

    readings: list[PageReading] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    not_modified: list[tuple[str, datetime]] = field(default_factory=list)
    same: dict[str, KnownPage] = field(default_factory=dict)
    """Pages that came whole and say what they said before, by the address they are known under."""
    waiting: list[KnownPage] = field(default_factory=list)
    """Scans that could not be read."""
    start_read: bool = False
    """Whether the page the site begins at was looked at, to see whose it is."""
    start_is: Standing | None = None
    """What is wrong with that page: see `zmpwatch.service.moving`."""

    start_is_bare: bool = False
    """Whether that page says next to nothing, nothing of a municipality, and leads nowhere."""
    advertising: list[str] = field(default_factory=list)
    """Pages read that advertise what no town sells: see `zmpwatch.service.spam`."""

    _addresses: dict[str, str] = field(default_factory=dict)

    def add(self, reading: PageReading) -> None:
        """Keep what is needed of a page that was read, for a visit may read many until it is stored.

        The menu stands on every page: each address is kept once.
        """
        links = tuple(map(self._addresses.setdefault, reading.links, reading.links))
        self.readings.append(replace(reading.without_bodies(), links=links))

    def ambiguous(self) -> tuple[str, ...]:
        """Steps that nobody is told of, since the name on the page is that of several municipalities."""
        return tuple(
            dict.fromkeys(
                f"ambiguous: {reading.page.url}: {statement.municipality} ({statement.kind} {statement.stage}) "
                "may be several municipalities; nobody was told"
                for reading in self.readings
                for statement in reading.statements
                if isinstance(statement, MembershipStatement)
                and statement.teryt is None
                and statement.confidence >= MIN_CONFIDENCE
            )
        )

    def seen_as_they_were(self) -> set[str]:
        """The addresses of pages that are known, and say what they said."""
        return {url for url, _ in self.not_modified} | self.same.keys()


def starts_of(plan: VisitPlan) -> tuple[str, ...]:
    """Where a visit begins."""
    return plan.urls or plan.site.start_urls or (plan.site.url,)


def is_new(plan: VisitPlan, reading: PageReading) -> bool:
    """Whether a page was not known, or came with other bytes."""
    known = plan.known.get(reading.page.url)
    return known is None or known.body_sha256 != reading.body_sha256


def had_statements(plan: VisitPlan, reading: PageReading) -> bool:
    """A page that stated something before and nothing now gets a snapshot of its own: the absence is on record."""
    known = plan.known.get(reading.page.url)
    return known is not None and known.statements > 0

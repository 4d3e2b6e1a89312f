"""The numbers the rules of judgement use, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta, tzinfo

from zmpwatch.model import MIN_CONFIDENCE
from zmpwatch.model.days import WARSAW

__all__ = ["CaseRules", "CountRules", "HealthRules"]


@dataclass(frozen=True, slots=True)
class CountRules:
    """How an official count comes to be believed (docs/faults.md, sections B and C).

    `band` is what the operator expects, both ends included. A jump of more than `max_jump` that named admissions do not
    explain is implausible; it is believed only after it has agreed with itself for `agreement`. Beyond
    `max_factor` times the old number, or below its inverse, nothing is believed.
    """

    confirmations: int = 2
    confirm_after: timedelta = timedelta(minutes=10)
    band: tuple[int, int] | None = None
    max_jump: int = 20
    agreement: timedelta = timedelta(hours=24)
    max_factor: float = 1.5
    counter_patience: timedelta = timedelta(days=7)
    """How long a vanished counter still outranks the association's dated news."""
    zone: tzinfo = WARSAW
    """Whose day it is that a number without a date was read on."""

    @property
    def readings_needed(self) -> int:
        """The first reading and its confirmations."""
        return 1 + self.confirmations


@dataclass(frozen=True, slots=True)
class CaseRules:
    """When a step of a municipality is news.

    A step older than `news_window` is history, however newly published: councils put whole archives online.
    Two tellings of one stage less than `same_step` apart are one step with a disputed date, not two. Statements below
    `min_confidence` are kept and never judged.
    """

    news_window: timedelta = timedelta(days=730)
    same_step: timedelta = timedelta(days=60)
    min_confidence: float = MIN_CONFIDENCE
    zone: tzinfo = WARSAW


@dataclass(frozen=True, slots=True)
class HealthRules:
    """When a visit is partial, and when the operator hears of a site.

    A visit on which a larger share of the requests failed than `failure_share` is partial. The operator hears of a site
    after `patience` unhealthy visits in a row, those that robots.txt forbade counted apart. A visit is partial, too,
    that brought as many new pages as `advertising` which sell what no town does, where they are `advertising_share` of
    all new ones.
    """

    patience: int = 3
    failure_share: float = 0.5
    advertising: int = 5
    advertising_share: float = 0.5

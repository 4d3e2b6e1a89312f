"""How often sites are worth visiting within a budget of requests: a pure rule over their habits.

News that a site brings at a rate of λ a day is seen, on average, half an interval late. With f visits a day, a worth w
and a cost of c requests a visit, the weighted delay of all sites is Σ wλ/2f; under Σ cf ≤ budget it is least where f is
in proportion to √(wλ/c): a site that brings four times the news is visited twice as often, and one that costs four
times as much half as often. (The same square root rule holds for stocks and for crawlers that minimise staleness
where nothing is overwritten; see Cho and Garcia-Molina, "Effective page refresh policies for web crawlers", 2003.)
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

__all__ = ["LONGEST", "SHORTEST", "Habit", "share_out"]

SHORTEST = timedelta(hours=1)
LONGEST = timedelta(days=7)
"""No site is visited more often, or less often while the budget allows."""

_PRIOR_DAYS = 60.0
_PRIOR_NEWS = 0.2
"""What is expected before anything is seen: a piece of news in 300 days. It fades as days are watched."""

_SHORTEST_WATCHED = 1.0
"""Days of watching after which a rate can be told."""

_WORTH_OF_TEXT = 0.02
"""New text that says nothing of the association counts as a fiftieth of a piece of news: the site is alive."""


@dataclass(frozen=True, slots=True)
class Habit:
    """What a site has done while it was watched.

    `days` it was watched, `visits` made, `new_texts` visits that saw a new text, `news` visits that saw new statements,
    `requests` an average visit took, and what its news are `worth` beside others'.
    """

    name: str
    days: float = 0.0
    visits: int = 0
    new_texts: int = 0
    news: int = 0
    requests: float = 20.0
    worth: float = 1.0

    cost: ClassVar[float] = 20.0
    """Requests a visit is taken to need before one was made."""

    @property
    def rate(self) -> float:
        """Pieces of news expected a day; new text counts for a little."""
        news = (self.news + _PRIOR_NEWS) / (self.days + _PRIOR_DAYS)
        return news + _WORTH_OF_TEXT * self._rate_of_text

    @property
    def _rate_of_text(self) -> float:
        """New texts a day.

        Several changes between two visits show as one, so the share of visits that saw one is turned into a rate (Cho
        and Garcia-Molina, "Estimating frequency of change", 2003, with their bias correction).
        """
        if self.visits < 2 or self.days < _SHORTEST_WATCHED:
            return 0.0
        unchanged = (self.visits - min(self.new_texts, self.visits) + 0.5) / (self.visits + 0.5)
        return -math.log(unchanged) * self.visits / self.days


def share_out(
    habits: Iterable[Habit],
    requests_per_day: float,
    *,
    shortest: timedelta = SHORTEST,
    longest: timedelta = LONGEST,
) -> dict[str, timedelta]:
    """How long after a visit of each site the next is due, by the square root rule within bounds.

    The visits of all sites together take no more than `requests_per_day`. Where the budget does not even allow a visit
    in `longest` to each, all are stretched alike; a budget of nothing stretches them to a year.
    """
    sites = sorted(habits, key=lambda habit: habit.name)
    if not sites:
        return {}
    day = timedelta(days=1)
    least, most = day / longest, day / shortest
    floor = sum(habit.requests for habit in sites) * least
    if floor >= requests_per_day:
        stretched = longest * (floor / requests_per_day) if requests_per_day * 52 > floor else longest * 52
        return {habit.name: stretched for habit in sites}
    weights = [math.sqrt(habit.worth * habit.rate / habit.requests) for habit in sites]
    scale = _scale(sites, weights, requests_per_day, least, most)
    return {
        habit.name: day / _bounded(scale * weight, least, most) for habit, weight in zip(sites, weights, strict=True)
    }


def _bounded(visits: float, least: float, most: float) -> float:
    return min(max(visits, least), most)


def _scale(sites: Sequence[Habit], weights: Sequence[float], budget: float, least: float, most: float) -> float:
    """The factor at which the bounded visits of all sites use the budget up, or all are at their most."""

    def spent(scale: float) -> float:
        return sum(
            habit.requests * _bounded(scale * weight, least, most) for habit, weight in zip(sites, weights, strict=True)
        )

    low, high = 0.0, most / min(weights)
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if spent(middle) <= budget else (low, middle)
    return low

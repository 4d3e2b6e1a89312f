"""Adaptive revisits against uniform polling: how long news waits to be seen, on the same budget of requests.

::

    .venv/bin/python bench/revisits.py            # writes bench/results/revisits.json

A made-up country of sites: how often each brings news follows a heavy-tailed distribution (most never do, a few often),
how often its text changes another that goes with the first, and what a visit costs a third. Both policies may spend the
same requests a day. The uniform one visits all sites at one interval; the adaptive one starts from the same, knows only
what its own visits have seen, and shares the budget out anew each day by `zmpwatch.service.revisits.share_out`. News
that no visit has seen when the simulation ends counts as waiting until then.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from zmpwatch.service.revisits import Habit, share_out

RESULTS = Path(__file__).parent / "results" / "revisits.json"
WINDOW = 90.0
"""Days a site's habits are looked back at, as the daemon does."""


@dataclass
class Site:
    name: str
    news_rate: float
    text_rate: float
    cost: int
    worth: float
    news: list[float] = field(default_factory=list)
    texts: list[float] = field(default_factory=list)


@dataclass
class Watched:
    """What one policy knows of a site: its visits with what each saw."""

    due: float
    visits: list[tuple[float, bool, bool]] = field(default_factory=list)
    last: float = 0.0


def moments(chance: random.Random, rate: float, days: float) -> list[float]:
    found, at = [], chance.expovariate(rate) if rate > 0 else days
    while at < days:
        found.append(at)
        at += chance.expovariate(rate)
    return found


def country(chance: random.Random, sites: int, days: float) -> list[Site]:
    made = []
    for number in range(sites):
        news_rate = chance.gammavariate(0.25, 1 / 25)  # 0.01 a day on average: three or four a year
        text_rate = min(5.0, chance.gammavariate(0.5, 0.8) + 5 * news_rate)
        cost = max(3, min(60, round(chance.lognormvariate(2.6, 0.7))))
        worth = 4.0 if chance.random() < 0.03 else 1.0
        if worth > 1:  # a town that has an open case decides on it soon
            news_rate *= 4
        site = Site(f"site {number:04d}", news_rate, text_rate, cost, worth)
        site.news, site.texts = moments(chance, news_rate, days), moments(chance, text_rate, days)
        made.append(site)
    return made


def between(times: list[float], after: float, until: float) -> list[float]:
    return [moment for moment in times if after < moment <= until]


def poll(sites: list[Site], budget: float, days: int, warm: int, *, adaptive: bool) -> dict[str, float]:
    """Run one policy, hour by hour; figures count news that came after the `warm` days."""
    chance = random.Random(5)
    even = sum(site.cost for site in sites) / budget
    known = {site.name: Watched(chance.uniform(0, even)) for site in sites}
    interval = dict.fromkeys(known, even)
    delays: list[tuple[float, float]] = []
    spent = 0.0
    for hour in range(days * 24):
        now = hour / 24
        if adaptive and hour and hour % 24 == 0:
            shared = share_out((habit(site, known[site.name], now) for site in sites), budget)
            interval = {name: span / timedelta(days=1) for name, span in shared.items()}
            for site in sites:
                known[site.name].due = min(known[site.name].due, known[site.name].last + interval[site.name])
        for site in sites:
            watched = known[site.name]
            if watched.due > now:
                continue
            seen = between(site.news, watched.last, now)
            changed = bool(seen or between(site.texts, watched.last, now))
            watched.visits.append((now, changed, bool(seen)))
            delays += [(now - moment, site.worth) for moment in seen if moment >= warm]
            spent += site.cost if now >= warm else 0
            watched.last, watched.due = now, now + interval[site.name]
    for site in sites:
        delays += [(days - m, site.worth) for m in between(site.news, known[site.name].last, days) if m >= warm]
    hours = sorted(delay * 24 for delay, _ in delays)
    weight = sum(worth for _, worth in delays)
    return {
        "news": len(delays),
        "requests_a_day": round(spent / (days - warm)),
        "mean_hours": round(statistics.fmean(hours), 1),
        "mean_hours_by_worth": round(sum(delay * 24 * worth for delay, worth in delays) / weight, 1),
        "median_hours": round(statistics.median(hours), 1),
        "p90_hours": round(hours[int(len(hours) * 0.9)], 1),
    }


def habit(site: Site, watched: Watched, now: float) -> Habit:
    recent = [visit for visit in watched.visits if now - visit[0] <= WINDOW]
    if not recent:
        return Habit(site.name, worth=site.worth)
    return Habit(
        site.name,
        now - recent[0][0],
        len(recent),
        sum(changed for _, changed, _ in recent),
        sum(brought for _, _, brought in recent),
        site.cost,
        site.worth,
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", type=int, default=1500)
    parser.add_argument("--days", type=int, default=270)
    parser.add_argument("--warm", type=int, default=90, help="days of learning that are not counted")
    parser.add_argument("--seed", type=int, default=2027)
    options = parser.parse_args()
    begun = time.monotonic()
    sites = country(random.Random(options.seed), options.sites, options.days)
    cost = sum(site.cost for site in sites)
    rows = []
    for share, what in ((1.0, "every site daily"), (0.5, "every second day"), (0.25, "every fourth day")):
        row: dict[str, object] = {"budget": round(cost * share), "uniform_visits": what}
        for name, adaptive in (("uniform", False), ("adaptive", True)):
            row[name] = poll(sites, cost * share, options.days, options.warm, adaptive=adaptive)
        rows.append(row)
        print(json.dumps(row))
    figures = {
        "sites": options.sites,
        "days": options.days - options.warm,
        "seed": options.seed,
        "seconds": round(time.monotonic() - begun, 1),
        "rows": rows,
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

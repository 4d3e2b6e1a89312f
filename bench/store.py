"""A history of 100,000 visits and 1,000,000 statements: how big it is, how fast it grows, how fast it answers.

::

    nice .venv/bin/python bench/store.py                      # the full size, some minutes
    nice .venv/bin/python bench/store.py --scale 0.02         # a look
    nice .venv/bin/python bench/store.py --keep /tmp/big      # keep the database there; a second run asks it again

The history is made up and seeded: an association that is visited every half hour, whose counter, news and member list
change, and the sites of all municipalities of the register, which repeat old numbers and tell of their own steps. All
of it goes through the store's own writer. Asked are the commands themselves, in one process, output included; the
start of Python, the imports and the making of the parser of commands are apart. Judged are visits that bring
something new, each in its own transaction, as a crawl does it. Told are the times by the clock and of the processor;
the bounds hold the processor's, since the clock counts what else the machine does, too. Ends with status 1 when a
bound is broken.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import hashlib
import io
import json
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from zmpwatch.cli.application import run
from zmpwatch.config import Config, load_config
from zmpwatch.model import (
    Authority,
    CountStatement,
    EventKind,
    MembershipStatement,
    Municipality,
    Page,
    Purpose,
    Qualifier,
    Site,
    Stage,
    Statement,
    Text,
    Verdict,
    Visit,
    Votes,
)
from zmpwatch.register import load_register
from zmpwatch.service.catalogue import all_sites
from zmpwatch.service.judging import Judge, judge_cases_in, judge_visit_in
from zmpwatch.service.knowledge import learn
from zmpwatch.service.opening import open_store
from zmpwatch.service.wiring import judge_of
from zmpwatch.store import Store, Writer

VISITS, STATEMENTS = 100_000, 1_000_000
EXTRACTOR = "bench 1"
BEGUN = datetime(2023, 1, 1, tzinfo=UTC)
YEARS = timedelta(days=2 * 365)
MEMBERS = (355, 356, 361, 364, 370, 373, 381)
"""What the counter says, one after the other over the two years."""
JOINED = (
    *((Stage.PROPOSED, -30), (Stage.RESOLVED, 0), (Stage.MEMBER, None)),
    *((Stage.RESOLVED, None), (Stage.PROPOSED, None), (Stage.ADMITTED, 60)),
)
DECLINED = (
    *((Stage.PROPOSED, -30), (Stage.REJECTED, 0), (Stage.REJECTED, None)),
    *((Stage.PROPOSED, None), (Stage.PROPOSED, -29), (Stage.REJECTED, 1)),
)
"""What pages tell of a town that is a member, and of one that is not: the step, and its days after the resolution."""
PAGES = 20
"""Pages of a town that tell of the association."""
WORST_ANSWER, MEDIAN_JUDGEMENT = 0.200, 0.020
ASKED = 40
JUDGED = 300
JUDGED_EVERY = 250
"""Of the visits while the history is built, one in so many is judged: the count goes its way, in an hour less."""
BATCH = 500
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Found:
    """One page as a visit found it."""

    url: str
    statements: list[Statement]
    authorities: list[Authority]
    published: str | None = None


class World:
    """What is on the sites at a time; all chances come from one seed."""

    def __init__(self, config: Config, seed: int) -> None:
        self.chance = random.Random(seed)
        self.sites = all_sites(config)
        self.association = self.sites[0]
        self.towns = [site for site in self.sites[1:] if site.municipality]
        register = load_register()
        self.municipality = {site.name: register.by_teryt(site.municipality or "") for site in self.towns}
        every = sorted({one.teryt: one for one in self.municipality.values()}.values(), key=lambda one: one.teryt)
        self.members = self.chance.sample([one for one in every if one.is_city], k=MEMBERS[-1])
        self.every = every
        self.joined = {one.teryt for one in self.members}

    def count_at(self, share: float) -> int:
        """What the counter says after this share of the time."""
        return MEMBERS[min(int(share * len(MEMBERS)), len(MEMBERS) - 1)]

    def day_of(self, town: Municipality, more: int = 0) -> str:
        """The day of the town's resolution, and some days more."""
        return (BEGUN + int(town.teryt) % 600 * DAY + more * DAY).date().isoformat()

    def steps_of(self, town: Municipality, number: int) -> list[Statement]:
        """Six sentences on a town's way: a member was admitted, any other town decided against it."""
        told = JOINED if town.teryt in self.joined else DECLINED
        return [
            _step(town, stage, self.day_of(town, days) if days is not None else None, number) for stage, days in told
        ]

    def page_of_association(self, share: float, number: int) -> list[Found]:
        """The home page each time, a piece of news or the member list now and then."""
        count = self.count_at(share)
        url = self.association.url
        home: list[Statement] = [_count(count, f"Jest z nami {count} miast ({number // 10})", "counter.test")]
        pages = [Found(url, home, [Authority.COUNTER])]
        if number % 20 == 0:
            day = (BEGUN + share * YEARS).date().isoformat()
            town = self.chance.choice(self.members)
            admitted = _step(town, Stage.ADMITTED, self.day_of(town, 60), number)
            news: list[Statement] = [admitted, _count(count, f"liczy {count} miast", "news")]
            pages.append(Found(f"{url}aktualnosci/{number}", news, [Authority.NEWS] * 2, day))
        if number % 100 == 0:
            listed = self.members[: count - self.chance.randint(0, 3)]
            names: list[Statement] = [_listed(town, number) for town in listed]
            pages.append(Found(f"{url}miasta", names, [Authority.MEMBER_LIST] * len(names)))
        return pages

    def page_of_town(self, site: Site, share: float, number: int) -> list[Found]:
        """A new version of one of the town's pages: its own steps, with old numbers of members beside them."""
        own = self.municipality[site.name]
        page = number // len(self.towns) % PAGES
        published = (BEGUN + page * 30 * DAY).date().isoformat()
        stale = self.count_at(share * self.chance.random())
        other = self.chance.choice(self.every)
        statements: list[Statement] = [
            *self.steps_of(own, number),
            *self.steps_of(other, number)[:3],
            _count(stale, f"zrzesza {stale} miast ({number})", "sentence"),
            _count(stale // 10 * 10, f"ponad {stale // 10 * 10} miast ({number})", "sentence", Qualifier.AT_LEAST),
        ]
        found = Found(f"{site.url}aktualnosci/{page}", statements, [Authority.OTHER] * len(statements), published)
        return [found]


def _count(value: int, quote: str, rule: str, qualifier: Qualifier = Qualifier.EXACT) -> CountStatement:
    return CountStatement(value=value, qualifier=qualifier, quote=quote, start=0, end=len(quote), rule=rule)


def _step(town: Municipality, stage: Stage, date: str | None, number: int) -> MembershipStatement:
    quote = f"Rada Miejska w mieście {town.name} zajęła się przystąpieniem do Związku Miast Polskich ({number})."
    resolved = stage is Stage.RESOLVED
    return MembershipStatement(
        municipality=town.name,
        teryt=town.teryt,
        kind=EventKind.ACCESSION,
        stage=stage,
        date=date,
        resolution="XI/59/2024" if resolved else None,
        votes=Votes(14, 1, 0) if resolved else None,
        quote=quote,
        start=100,
        end=100 + len(quote),
        rule="sentence.test",
        confidence=0.9,
    )


def _listed(town: Municipality, number: int) -> MembershipStatement:
    return MembershipStatement(
        municipality=town.name,
        teryt=town.teryt,
        kind=EventKind.ACCESSION,
        stage=Stage.MEMBER,
        quote=f"{town.name} {number}",
        start=0,
        end=9,
        rule="member_list.test",
    )


def visit_of(site: Site, at: datetime, statements: int) -> Visit:
    """A healthy visit."""
    return Visit(
        site=site.name,
        purpose=Purpose.ROUTINE,
        started=at,
        finished=at + timedelta(seconds=20),
        verdict=Verdict.OK,
        requests=12,
        bytes=400_000,
        pages=10,
        not_modified=2,
        statements=statements,
        problems=(),
        cycle=at.isoformat(),
    )


def store_pages(tx: Writer, site: Site, visit: int, pages: list[Found], at: datetime, *, baseline: bool) -> set[str]:
    """Store what a visit found; return whose cases it touches."""
    touched: set[str] = set()
    for found in pages:
        digest = hashlib.sha256(repr([one.quote for one in found.statements]).encode()).hexdigest()
        snapshot = tx.snapshot_id(site.name, found.url, digest)
        if snapshot is None:
            page = Page(found.url, found.url, 200, {"content-type": "text/html"}, b"", at)
            text = Text("", title="Aktualności", published=found.published)
            snapshot = tx.add_snapshot(visit, site.name, page, text, digest, digest, baseline)
            tx.add_statements(snapshot, found.statements, found.authorities, EXTRACTOR)
            touched |= {
                one.teryt for one in found.statements if isinstance(one, MembershipStatement) and one.teryt is not None
            }
        tx.add_sighting(snapshot, visit, at, True)
    return touched


def timetable(world: World, visits: int) -> Iterator[tuple[int, float, Site]]:
    """Number, share of the time and site of each visit; the association has every fifth."""
    for number in range(visits):
        site = world.association if number % 5 == 0 else world.towns[number % len(world.towns)]
        yield number, number / visits, site


def build(config: Config, world: World, visits: int, statements: int) -> dict[str, Any]:
    """Fill the database; return how long it took."""
    register = load_register()
    judge = judge_of(config, register)
    begun = time.perf_counter()
    stored = 0
    with open_store(config) as store:
        learn(config, store, register, BEGUN)
        with store.write() as tx:
            tx.put_municipalities(register)
        plans = timetable(world, visits)
        done = False
        while not done:
            with store.write() as tx:
                for _ in range(BATCH):
                    try:
                        number, share, site = next(plans)
                    except StopIteration:
                        done = True
                        break
                    at = BEGUN + share * YEARS
                    if site is world.association:
                        pages = world.page_of_association(share, number // 5)
                    else:
                        # so many visits bring something new that the number of statements comes out
                        pages = world.page_of_town(site, share, number) if stored < statements * share + 400 else []
                    told = sum(len(found.statements) for found in pages)
                    visit = tx.add_visit(visit_of(site, at, told))
                    touched = store_pages(tx, site, visit, pages, at, baseline=share < 0.01)
                    stored += told
                    tx.mark_site(site, at)
                    tx.await_judgement(touched)
                    if site is world.association and number % JUDGED_EVERY == 0:
                        judge_visit_in(tx, judge, site, replace(visit_of(site, at, told), id=visit), touched, at)
            print(f"\r{number + 1:,} visits, {stored:,} statements", end="", file=sys.stderr)
        stored_in = time.perf_counter() - begun
        begun = time.perf_counter()
        awaiting = store.awaiting()
        with store.write() as tx:
            changes = judge_cases_in(tx, judge, BEGUN + YEARS)
        cases_in = time.perf_counter() - begun
    print(file=sys.stderr)
    return {
        "visits": visits,
        "statements": stored,
        "stored_in_s": round(stored_in, 1),
        "statements_per_s": round(stored / stored_in),
        "cases_judged": len(awaiting),
        "cases_in_s": round(cases_in, 1),
        "changes": len(changes),
    }


def judge_some(world: World, store: Store, judge: Judge) -> dict[str, Any]:
    """Store and judge new visits, each in a transaction of its own; return how long each step takes."""
    newest = store.visits(limit=1)[0]
    # whatever an earlier run on this database left behind: each brings sentences nobody has stored
    first = 10_000_000 + (newest.id or 0)
    last = max(BEGUN + YEARS, newest.finished) + DAY
    times: dict[str, list[float]] = {"store": [], "judge": [], "commit": []}
    cpu: list[float] = []
    judging: dict[str, list[float]] = {"association": [], "town": []}
    for number in range(JUDGED):
        at = last + number * timedelta(minutes=30)
        official = number % 5 == 0
        site = world.association if official else world.chance.choice(world.towns)
        fresh = first + number
        pages = world.page_of_association(0.999, fresh + 1) if official else world.page_of_town(site, 0.999, fresh)
        begun = time.perf_counter()
        with store.write() as tx:
            visit = visit_of(site, at, sum(len(found.statements) for found in pages))
            numbered = tx.add_visit(visit)
            touched = store_pages(tx, site, numbered, pages, at, baseline=False)
            tx.mark_site(site, at)
            stored, worked = time.perf_counter(), time.process_time()
            judge_visit_in(tx, judge, site, replace(visit, id=numbered), touched, at)
            judge_cases_in(tx, judge, at)
            judged = time.perf_counter()
            cpu.append(time.process_time() - worked)
        kept = time.perf_counter()
        times["store"].append(stored - begun)
        times["judge"].append(judged - stored)
        times["commit"].append(kept - judged)
        judging["association" if official else "town"].append(judged - stored)
    whole = [sum(parts) for parts in zip(*times.values(), strict=True)]
    return {
        "judging": of(times["judge"]) | {"cpu": of(cpu)},
        "judging_association": of(judging["association"]),
        "judging_town": of(judging["town"]),
        "whole_transaction": of(whole),
        "visits_per_s": round(1 / statistics.mean(whole), 1),
        "statements_a_visit": 11,
    }


def of(times: list[float]) -> dict[str, float]:
    """Median, p95 and maximum, in milliseconds."""
    ordered = sorted(times)
    return {
        "median_ms": round(1000 * statistics.median(ordered), 2),
        "p95_ms": round(1000 * ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], 2),
        "max_ms": round(1000 * ordered[-1], 2),
    }


def ask(path: Path, world: World, answers: int) -> dict[str, Any]:
    """Give each command of analysts many times, with other days and towns each time."""

    def day(earliest: float = 0.0) -> str:
        return (BEGUN + (earliest + (1 - earliest) * world.chance.random()) * YEARS).date().isoformat()

    def town() -> str:
        return world.chance.choice(world.members).teryt

    def voivodeship() -> str:
        return world.chance.choice(world.members).voivodeship

    questions: dict[str, Callable[[], list[str]]] = {
        "count": lambda: ["count", "--json"],
        "count --why": lambda: ["count", "--why"],
        "count --at": lambda: ["count", "--at", day(), "--json"],
        "members": lambda: ["members", "--json"],
        "members --at": lambda: ["members", "--at", day(), "--json"],
        "members --known-at": lambda: ["members", "--known-at", day(), "--json"],
        "case": lambda: ["case", town(), "--json"],
        "case --known-at": lambda: ["case", town(), "--known-at", day(), "--json"],
        "diff": lambda: ["diff", *sorted((day(), day())), "--json"],
        "diff --known-at": lambda: ["diff", *sorted((day(), day())), "--known-at", day(), "--json"],
        "changes --since": lambda: ["changes", "--since", day(0.98), "--json"],
        "changes --since --kind": lambda: ["changes", "--since", day(0.9), "--kind", "admitted", "--json"],
        "changes --since --voivodeship": lambda: [
            *("changes", "--since", day(0.9), "--voivodeship", voivodeship(), "--json")
        ],
        "history": lambda: ["history", "--json"],
        "history --known-at": lambda: ["history", "--known-at", day(), "--json"],
        "status": lambda: ["status", "--json"],
    }
    asked: dict[str, Any] = {}
    for name, question in questions.items():
        times, cpu, size = [], [], 0
        for turn in range(answers + 1):
            if turn == 1:
                # a process that answers once does not go through what its start has loaded again and again
                gc.collect()
                gc.freeze()
            arguments = ["--config", str(path), *question()]
            said = io.StringIO()
            begun, worked = time.perf_counter(), time.process_time()
            with contextlib.redirect_stdout(said):
                status = run(arguments)
            if turn:  # the first brings the imports, which are part of the start
                times.append(time.perf_counter() - begun)
                cpu.append(time.process_time() - worked)
            size = len(said.getvalue())
            if status:
                raise RuntimeError(f"{' '.join(arguments)}: exit status {status}")
        asked[name] = of(times) | {"cpu": of(cpu), "characters": size}
    return asked


def size_of(database: Path) -> dict[str, Any]:
    """Size of the file and of its largest tables and indexes, in megabytes."""
    raw = sqlite3.connect(database)
    try:
        parts = raw.execute("SELECT name, SUM(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 12").fetchall()
    except sqlite3.OperationalError:
        # this library was built without the table that knows
        parts = []
    finally:
        raw.close()
    whole = database.stat().st_size
    return {"database_mb": round(whole / 1e6, 1), "largest_mb": {name: round(size / 1e6, 1) for name, size in parts}}


def main() -> int:
    """Build (or reuse) the history, ask and judge, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full size")
    parser.add_argument("--keep", type=Path, help="folder of the database; one that is there is asked again")
    parser.add_argument("--asked", type=int, default=ASKED, help="how often each command is given")
    parser.add_argument("--output", type=Path, help="write the figures there, as JSON")
    parser.add_argument("--seed", type=int, default=20250307)
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "config.yaml"
        site = {"name": "miasta.pl", "family": "association", "url": "https://www.miasta.pl/", "every": "30m"}
        configured = {"database": "sqlite:///zmpwatch.db", "sites": [site], "catalogue": {"enabled": True}}
        path.write_text(yaml.safe_dump(configured), encoding="utf-8")
        config = load_config(path, {})
        world = World(config, options.seed)
        figures: dict[str, Any] = {
            "sqlite": sqlite3.sqlite_version,
            "processors": os.cpu_count(),
            "load": [round(load, 1) for load in os.getloadavg()],
            "sites": len(world.sites),
        }
        notes = folder / "built.json"
        if not notes.exists():
            visits, statements = round(VISITS * options.scale), round(STATEMENTS * options.scale)
            notes.write_text(json.dumps(build(config, world, visits, statements)), encoding="utf-8")
        figures["built"] = json.loads(notes.read_text(encoding="utf-8"))
        figures |= size_of(folder / "zmpwatch.db")
        figures["answers"] = ask(path, world, options.asked)
        with open_store(config) as store:
            figures["one_visit"] = judge_some(world, store, judge_of(config, load_register()))
    print(json.dumps(figures, indent=2))
    if options.output:
        options.output.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    slow = [name for name, found in figures["answers"].items() if found["cpu"]["p95_ms"] > 1000 * WORST_ANSWER]
    if figures["one_visit"]["judging"]["cpu"]["median_ms"] > 1000 * MEDIAN_JUDGEMENT:
        slow.append("judging")
    if slow:
        print(f"too slow: {', '.join(slow)}", file=sys.stderr)
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())

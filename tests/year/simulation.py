"""A simulated year: a web whose truth is known changes day by day, and the watch must tell all of it and nothing else.

The whole path runs: servers on loopback, the crawler, the readers, the judge, the store. The clock is virtual; a day is
one run. One observation in twenty is faulty, in the ways of `faults`.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from service.world import Answer, World, association_home

from zmpwatch.extract import extract
from zmpwatch.model import Change, ChangeKind, Context, EventKind, MembershipStatement, Municipality, Stage
from zmpwatch.read import text_from_plain
from zmpwatch.register import Found, Register, load_association, load_register
from zmpwatch.service.crawling import crawl
from zmpwatch.service.opening import Store, open_store

from .faults import FAULTS, Observed, html

__all__ = ["Outcome", "Year", "simulate"]

FIRST_COUNT = 300
ASSOCIATION = "zmp"
MONTHS = (
    *("stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca"),
    *("lipca", "sierpnia", "września", "października", "listopada", "grudnia"),
)


@dataclass(frozen=True, slots=True)
class Year:
    """How long it lasts and how much happens: each town is proposed, resolved, admitted, and counted."""

    days: int
    towns: int
    seed: int
    pace: int
    """Days between the steps of one town."""
    faulty: float = 0.05
    """Share of the observations that are faulty."""


@dataclass(slots=True)
class Truth:
    """One change of the world: since when, and on which site it is told."""

    kind: ChangeKind
    day: date
    site: str
    teryt: str | None = None
    members: int | None = None
    clean: int = 0
    """Visits that could have told of it, since."""
    found: bool = False

    def is_told_by(self, change: Change) -> bool:
        if self.kind is ChangeKind.COUNT_CHANGED:
            return change.kind is self.kind and change.after["members"] == self.members
        return change.kind is self.kind and change.teryt == self.teryt and change.after["date"] == self.day.isoformat()


@dataclass(slots=True)
class Outcome:
    """What came of it. `late` counts changes by the clean visits it took to tell of them, one being the least."""

    changes: int = 0
    found: int = 0
    false: list[Change] = field(default_factory=list)
    missed: list[Truth] = field(default_factory=list)
    late: Counter[int] = field(default_factory=Counter)
    observations: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    operator: Counter[str] = field(default_factory=Counter)
    """What the operator was told, by kind."""

    @property
    def latest(self) -> int:
        return max(self.late, default=0)


def simulate(year: Year, folder: Path) -> Outcome:
    """Live through the year; return what was told of it."""
    with World(folder) as world:
        return _Simulation(year, world).run()


class _Pages:
    """The pages of one site as they are now and as they were before the last change; each answer may be faulty."""

    def __init__(self, simulation: _Simulation, name: str) -> None:
        self.site = simulation.world.sites[name]
        self._simulation = simulation
        self._name = name
        self._before: dict[str, str] = {}

    def put(self, path: str, body: str, before: str | None = None) -> None:
        self._before[path] = body if before is None else before
        self.site.pages[path] = partial(self._serve, path, body)

    def _serve(self, path: str, body: str) -> Answer:
        return self._simulation.observed(self._name, body, self._before[path])


class _Simulation:
    def __init__(self, year: Year, world: World) -> None:
        self.year = year
        self.world = world
        self.chance = random.Random(year.seed)
        self.register = load_register()
        self.outcome = Outcome()
        self.faulty: set[str] = set()
        self.members = FIRST_COUNT
        self.news: list[str] = []
        self.open: list[Truth] = []
        self.towns = usable_towns(self.register, self.chance, year.towns)
        world.crawl |= {"confirm_after": 0, "requests_per_visit": 40}
        self.pages = {}
        for name, family, teryt in [(ASSOCIATION, "association", None)] + [
            (town.teryt, "municipal", town.teryt) for town in self.towns
        ]:
            world.add(name, family, teryt)
            self.pages[name] = _Pages(self, name)
        self.articles: dict[str, list[tuple[str, str]]] = {town.teryt: [] for town in self.towns}
        self._show_association(self.members)
        for town in self.towns:
            self._show_town(town)

    # what is served

    def observed(self, name: str, body: str, before: str) -> Answer:
        """One answer, faulty now and then once the first visits are over."""
        self.outcome.observations += 1
        if self.quiet or self.chance.random() >= self.year.faulty:
            return html(body)
        kind = self.chance.choice(sorted(FAULTS))
        self.outcome.faults[kind] += 1
        self.faulty.add(name)
        return FAULTS[kind](Observed(body, before, self.chance))

    def _show_association(self, before: int) -> None:
        items = "".join(
            f"<li><a href='/aktualnosci/{number}'>Związek Miast Polskich ma nowego członka</a></li>"
            for number in range(len(self.news) - 1, max(-1, len(self.news) - 6), -1)
        )
        self.pages[ASSOCIATION].put(
            "/", association_home(self.members, news=items), association_home(before, news=items)
        )
        for number, article in enumerate(self.news):
            self.pages[ASSOCIATION].put(f"/aktualnosci/{number}", article)

    def _show_town(self, town: Municipality) -> None:
        articles = self.articles[town.teryt]
        items = "".join(
            f"<li><a href='/news/{number}'>{title}</a></li>"
            for number, (title, _) in reversed(list(enumerate(articles)))
        )
        self.pages[town.teryt].put("/", f"<h1>{town.name}</h1><p>Miasto zaprasza mieszkańców.</p><ul>{items}</ul>")
        for number, (title, article) in enumerate(articles):
            self.pages[town.teryt].put(f"/news/{number}", f"<h1>{title}</h1>{article}")

    # what happens

    def _happen(self, day: int, today: date) -> None:
        for number, town in enumerate(self.towns):
            start = 2 + number * (self.year.days - 3 * self.year.pace - 6) // max(1, len(self.towns) - 1)
            step = {0: self._propose, 1: self._resolve, 2: self._admit}
            if day >= start and (day - start) % self.year.pace == 0 and (day - start) // self.year.pace in step:
                step[(day - start) // self.year.pace](town, today)

    def _propose(self, town: Municipality, today: date) -> None:
        self._tell(town, ChangeKind.PROPOSED, today, proposed(self.register, town, today))

    def _resolve(self, town: Municipality, today: date) -> None:
        self._tell(town, ChangeKind.RESOLVED, today, resolved(self.register, town, today))

    def _tell(self, town: Municipality, kind: ChangeKind, today: date, sentence: str) -> None:
        self.articles[town.teryt].append((f"Związek Miast Polskich: {kind} {today}", f"<p>{sentence}</p>"))
        self._show_town(town)
        self.open.append(Truth(kind, today, town.teryt, town.teryt))

    def _admit(self, town: Municipality, today: date) -> None:
        before = self.members
        self.members += 1
        self.news.append(f"<h1>Nowy członek Związku</h1><p>{admitted(self.register, town, today)}</p>")
        self._show_association(before)
        self.open.append(Truth(ChangeKind.ADMITTED, today, ASSOCIATION, town.teryt))
        # of two admissions on one day the counter tells the sum
        self.open = [one for one in self.open if one.kind is not ChangeKind.COUNT_CHANGED or one.day != today]
        self.open.append(Truth(ChangeKind.COUNT_CHANGED, today, ASSOCIATION, members=self.members))

    # what is told

    def run(self) -> Outcome:
        self.quiet = True
        with open_store(self.world.config()) as store:
            self._visit(store, [])  # the baseline
            for day in range(1, self.year.days + 1):
                self.quiet = day > self.year.days - 3
                self.world.later(days=1)
                before = len(self.open)
                self._happen(day, self.world.now.date())
                self.outcome.changes += len(self.open) - before
                self._visit(store, self._sites())
        self.outcome.missed = self.open
        return self.outcome

    def _sites(self) -> list[str]:
        wanted = {ASSOCIATION, *(truth.site for truth in self.open)}
        wanted |= {town.teryt for town in self.chance.sample(self.towns, k=min(2, len(self.towns)))}
        return sorted(wanted)

    def _visit(self, store: Store, wanted: list[str]) -> None:
        self.faulty = set()
        result = asyncio.run(crawl(self.world.config(), store, self.world.clock, wanted=wanted, register=self.register))
        for truth in self.open:
            truth.clean += truth.site in wanted and truth.site not in self.faulty
        for change in result.changes:
            if change.kind.for_operator:
                self.outcome.operator[str(change.kind)] += 1
                continue
            meant = next((truth for truth in self.open if truth.is_told_by(change)), None)
            if meant is None:
                self.outcome.false.append(change)
                continue
            self.open.remove(meant)
            self.outcome.found += 1
            self.outcome.late[meant.clean] += 1


def polish(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year} r."


def proposed(register: Register, town: Municipality, day: date) -> str:
    return (
        f"Na sesji {polish(day)} Rada Miejska zajmie się projektem uchwały w sprawie przystąpienia Miasta "
        f"{town.name} do Związku Miast Polskich."
    )


def resolved(register: Register, town: Municipality, day: date) -> str:
    return (
        f"Uchwała nr XI/{day.day}/{day.year % 100} Rady Miasta {town.name} z dnia {polish(day)} w sprawie "
        f"przystąpienia Miasta {town.name} do Związku Miast Polskich."
    )


def admitted(register: Register, town: Municipality, day: date) -> str:
    return (
        f"Zarząd Związku Miast Polskich {polish(day)} przyjął {register.form(town, 'acc')} w poczet członków Związku."
    )


def usable_towns(register: Register, chance: random.Random, wanted: int) -> list[Municipality]:
    """Towns whose sentences are read as they are meant: what is put to the test here comes after reading."""
    association = load_association("zmp")
    day = date(2025, 6, 17)
    sentences = {Stage.PROPOSED: proposed, Stage.RESOLVED: resolved, Stage.ADMITTED: admitted}
    found: list[Municipality] = []
    candidates = [one for one in register if one.is_city and " " not in one.name]
    chance.shuffle(candidates)
    for town in candidates:
        if len(found) == wanted:
            break
        if not isinstance(register.lookup(town.name, prefer_town=True), Found):
            continue
        context = Context(association=association, url="https://example.pl/", published=None, municipality=None)
        read = []
        for stage, sentence in sentences.items():
            told = extract(text_from_plain(sentence(register, town, day)), context)
            steps = [one for one in told if isinstance(one, MembershipStatement)]
            read.append(
                [(one.teryt, one.kind, one.stage, one.date) for one in steps]
                == [(town.teryt, EventKind.ACCESSION, stage, day.isoformat())]
            )
        if all(read):
            found.append(town)
    if len(found) < wanted:
        raise ValueError(f"only {len(found)} towns whose sentences are read as meant")
    return found

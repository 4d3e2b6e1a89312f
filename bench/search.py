"""How fast `zmpwatch search` answers on a history of many pages, and what its index costs.

    .venv/bin/python bench/search.py [--pages 100000] [--folder DIR]

Every page speaks of the association, as archived pages do, so the commonest words stand on all of them: the worst case.
Prints the size of the database, the time to put a page in, and the median and 95th percentile of each kind of query: by
the clock, and of processor time, which other work on the machine does not change.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from zmpwatch.model import Page, Purpose, Site, Text, Verdict, Visit
from zmpwatch.register import load_register
from zmpwatch.service.searching import answer_search, not_searchable, prepared
from zmpwatch.store import Store

NOON = datetime(2025, 1, 1, 12, tzinfo=UTC)
SENTENCES = (
    "Rada {w} podjęła uchwałę nr {r} w sprawie przystąpienia do Związku Miast Polskich.",
    "Burmistrz {w} przedstawił sprawozdanie z działalności międzysesyjnej i odpowiedział na pytania radnych.",
    "Porządek obrad obejmował zmiany w budżecie na rok {y} oraz wieloletnią prognozę finansową.",
    "Mieszkańcy zgłosili wnioski dotyczące remontu ulicy {s} i oświetlenia przejścia dla pieszych.",
    "Komisja Rewizyjna pozytywnie zaopiniowała projekt, przy {n} głosach za i jednym wstrzymującym się.",
    "Zapraszamy na spotkanie w bibliotece przy ulicy {s}, wstęp wolny, początek o godzinie {n}.",
)
STREETS = ["Lipowa", "Szkolna", "Polna", "Kościelna", "Długa", "Ogrodowa", "Słoneczna", "Krótka", "Kolejowa"]
QUERIES = {
    "a word on every page": ["związek", "miast", "uchwała", "rada", "burmistrza", "radni"],
    "a phrase on every page": ['"Związku Miast Polskich"', '"podjęła uchwałę"'],
    "words on every page": ["przystąpienie związek miast polskich", "rada uchwała burmistrz"],
    "a town": ["hajnówka", "Zaniemyślu", "augustow", "Łodzi", "jaraczewo"],
    "a town and words": ["hajnówka uchwała związek", "Augustów przystąpienie"],
    "a number": ["XI/77/25", '"XXII/140/25"'],
    "nothing": ["żyrafa", "hipopotam uchwała"],
    "without": ["uchwała -hajnówka", "remont -lipowa"],
}


def fill(store: Store, pages: int) -> float:
    """Store pages with texts of some 4 kB; returns the seconds spent on preparing and indexing them."""
    chance = random.Random(7)
    towns = list(load_register())
    spent = 0.0
    for begin in range(0, pages, 500):
        with store.write() as tx:
            visit = tx.add_visit(Visit("bench", Purpose.ROUTINE, NOON, NOON, Verdict.OK, 1, 1, 1, 0, 0, (), "bench"))
            tx.mark_site(Site("bench", "bip", "https://bip.example/", None), NOON)
            ready = {}
            for number in range(begin, min(begin + 500, pages)):
                at = NOON - timedelta(hours=number)
                content = " ".join(_sentence(chance, towns) for _ in range(40))
                text = Text(content, f"Sesja {number}", at.date().isoformat())
                page = Page(f"https://bip.example/{number}", f"https://bip.example/{number}", 200, {}, b"", at)
                snapshot = tx.add_snapshot(visit, "bench", page, text, f"{number:064x}", f"{number:064x}", True)
                started = time.perf_counter()
                ready[snapshot] = prepared(text, at)
                spent += time.perf_counter() - started
            started = time.perf_counter()
            tx.index_pages(ready)
            spent += time.perf_counter() - started
    return spent


def _sentence(chance: random.Random, towns: list) -> str:
    town = chance.choice(towns)
    return chance.choice(SENTENCES).format(
        w=town.name,
        r=f"{chance.choice(['XI', 'XII', 'XXII', 'IV'])}/{chance.randint(1, 300)}/25",
        y=chance.randint(2009, 2026),
        s=chance.choice(STREETS),
        n=chance.randint(5, 21),
    )


def timed(call: Callable[..., object], *arguments: object, **options: object) -> tuple[float, float]:
    """Milliseconds by the clock and of processor time."""
    clock, processor = time.perf_counter(), time.process_time()
    call(*arguments, **options)
    return (time.perf_counter() - clock) * 1000, (time.process_time() - processor) * 1000


def figures(times: list[tuple[float, float]]) -> dict[str, float]:
    """Median and 95th percentile of both."""
    clock, processor = (sorted(column) for column in zip(*times, strict=True))
    at = int(len(times) * 0.95)
    return {
        "median_ms": round(statistics.median(clock), 1),
        "p95_ms": round(clock[at], 1),
        "median_cpu_ms": round(statistics.median(processor), 1),
        "p95_cpu_ms": round(processor[at], 1),
    }


def main() -> None:
    """Fill, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--results", type=Path, help="Write the figures into this file, too.")
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="zmpwatch-search-"))
    with Store.open(f"sqlite:///{folder}/zmpwatch.db", folder / "archive") as store:
        found: dict[str, object] = {"pages": given.pages}
        if not store.snapshots(limit=1):
            spent = fill(store, given.pages)
            found["ms_to_index_a_page"] = round(spent / given.pages * 1000, 2)
        found["database_mb"] = round((folder / "zmpwatch.db").stat().st_size / 2**20)
        took: dict[str, list[tuple[float, float]]] = {}
        for _ in range(given.rounds):
            for kind, queries in QUERIES.items():
                for query in queries:
                    for options in ({}, {"since": date(2020, 1, 1)}, {"teryt": "2005011"}):
                        took.setdefault(kind, []).append(timed(answer_search, store, query, **options))
            took.setdefault("what is not in the index", []).append(timed(not_searchable, store))
    for kind, times in took.items():
        found[kind] = figures(times)
    found["all"] = figures([one for times in took.values() for one in times])
    print(json.dumps(found, ensure_ascii=False, indent=2))
    if given.results:
        given.results.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

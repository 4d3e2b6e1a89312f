"""How fast extraction is on one core: text of no concern, relevant pages, loading, memory.

::

    .venv/bin/python bench/extract.py

Makes its documents itself, the same ones each time, and writes `bench/results/extract.json`. Times are those of the
processor, so that other programs on the machine matter little; ends with status 1 where a figure misses its aim.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from zmpwatch.extract import extract
from zmpwatch.model import Context
from zmpwatch.read import text_from_plain
from zmpwatch.register import load_association

AIMS = {
    "irrelevant_mb_per_s": (20.0, "least"),
    "relevant_page_ms": (5.0, "most"),
    "loading_s": (0.3, "most"),
    "memory_mb": (120.0, "most"),
}
_LARGE = 2_000_000
_PAGES, _PAGE, _ROUNDS = 40, 5_000, 12
# Sentences of municipal pages that have nothing to do with the association, though some use its words.
_FILLER = (
    "Burmistrz otworzył w piątek wyremontowany odcinek ulicy Ogrodowej, który kosztował 2,4 mln zł.",
    "W związku z awarią wodociągu mieszkańcy osiedla Północ odbierali wodę z beczkowozów.",
    "Rada Miejska podjęła uchwałę w sprawie przystąpienia do sporządzenia miejscowego planu zagospodarowania.",
    "Na sesji 14 listopada 2023 r. za przyjęciem stawek podatku głosowało 13 radnych, przeciw było 2.",
    "Stowarzyszenie Lokalna Grupa Działania ogłosiło nabór wniosków, do podziału jest 350 tys. zł.",
    "Biblioteka zaprasza na spotkanie z podróżniczką; wstęp wolny, liczba miejsc ograniczona.",
    "Do przetargu na przebudowę dworca przystąpiły trzy firmy, a umowę podpisano 3 marca.",
    "Miasta i gminy powiatu wspólnie kupią prąd – oszczędność wyniesie około 12 procent.",
    "Drużyna siatkarek wygrała w Krośnie 3:1 i awansowała na czwarte miejsce w tabeli.",
    "Prezydent Tarnowa spotkał się z przedstawicielami Związku Gmin Dorzecza Dunajca.",
    "Urząd będzie nieczynny 2 maja, w sprawach pilnych dyżuruje Straż Miejska.",
    "Radny zapytał, kiedy ruszy budowa żłobka; skarbnik odpowiedziała, że po nowelizacji budżetu.",
)
_FACTS = (
    "Rada Miejska w Tucholi 30 czerwca 2022 r. zgodziła się na przystąpienie do Związku Miast Polskich.",
    "Związek Miast Polskich zrzesza obecnie ponad 370 miast i działa od 1917 roku.",
    "Zarząd ZMP przyjął w poczet członków Szubin, Barcin i Mogilno.",
    "Za przystąpieniem głosowało 14 radnych, przeciw było 5, jedna osoba wstrzymała się od głosu.",
    "Uchwałą nr XXIV/180/2020 z dnia 24 września 2020 r. gmina wystąpiła ze Związku Miast Polskich.",
)
_LOADING = """
import resource, time
begun = time.process_time()
from zmpwatch.extract import extract
from zmpwatch.model import Context, Text
from zmpwatch.register import load_association
context = Context(load_association("zmp"))
loaded = time.process_time()
extract(Text("Gmina Pelplin przystąpiła 3 marca 2021 r. do Związku Miast Polskich (za: 12, przeciw: 2)."), context)
first = time.process_time()
print(loaded - begun, first - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def filler(chance: random.Random, length: int) -> str:
    """Paragraphs of sentences of no concern, at least `length` characters."""
    paragraphs: list[str] = []
    size = 0
    while size < length:
        paragraph = " ".join(chance.choice(_FILLER) for _ in range(chance.randint(2, 6)))
        paragraphs.append(paragraph)
        size += len(paragraph) + 2
    return "\n\n".join(paragraphs)


def relevant_page(chance: random.Random) -> str:
    """A page of some 5,000 characters with two to five facts in it, half of it in paragraphs about them."""
    paragraphs = filler(chance, _PAGE - 400).split("\n\n")
    for fact in chance.sample(_FACTS, chance.randint(2, len(_FACTS))):
        place = chance.randrange(len(paragraphs))
        paragraphs[place] = f"{paragraphs[place]} {fact}"
    return "\n\n".join(paragraphs)[:_PAGE]


def best_of(times: int, run: object) -> float:
    """Seconds of the processor that the fastest of several runs took."""
    assert callable(run)
    fastest = float("inf")
    for _ in range(times):
        begun = time.process_time()
        run()
        fastest = min(fastest, time.process_time() - begun)
    return fastest


def irrelevant_speed(context: Context, chance: random.Random) -> float:
    """Megabytes of UTF-8 a second, over documents of the usual sizes."""
    texts = [text_from_plain(filler(chance, chance.choice((1_500, 5_000, 20_000)))) for _ in range(_LARGE // 8_000)]
    size = sum(len(text.content.encode()) for text in texts)
    assert not any(extract(text, context) for text in texts)
    return size / 1e6 / best_of(5, lambda: [extract(text, context) for text in texts])


def page_times(context: Context, chance: random.Random) -> tuple[float, float]:
    """Milliseconds for a relevant page: the mean over all pages, and the slowest.

    The pages are read in turn, several times over, so that nothing kept of a page helps to read it again.
    """
    pages = [text_from_plain(relevant_page(chance)) for _ in range(_PAGES)]
    assert all(extract(page, context) for page in pages)
    each = [float("inf")] * len(pages)
    for _ in range(_ROUNDS):
        for number, page in enumerate(pages):
            each[number] = min(each[number], best_of(1, lambda page=page: extract(page, context)) * 1000)
    return sum(each) / len(each), max(each)


def loading() -> tuple[float, float, float]:
    """Seconds to import and load, seconds up to the first statement, and megabytes then, in a process of its own.

    The first process compiles the modules, as installing the package does; the others load what it has compiled.
    """
    runs = []
    with tempfile.TemporaryDirectory() as compiled:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = compiled
        for _ in range(4):
            told = subprocess.run(
                [sys.executable, "-c", _LOADING], capture_output=True, text=True, check=True, env=environment
            ).stdout
            runs.append(tuple(float(value) for value in told.split()))
    imported, first, memory = (min(run[n] for run in runs) for n in range(3))
    return imported, first, memory


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=20250307)
    parser.add_argument("--results", type=Path, default=Path(__file__).parent / "results" / "extract.json")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    context = Context(load_association("zmp"))
    imported, first, memory = loading()
    mean, slowest = page_times(context, chance)
    figures = {
        "irrelevant_mb_per_s": round(irrelevant_speed(context, chance), 1),
        "relevant_page_ms": round(mean, 2),
        "slowest_page_ms": round(slowest, 2),
        "import_s": round(imported, 3),
        "loading_s": round(first, 3),
        "memory_mb": round(memory, 1),
        "python": platform.python_version(),
        "machine": platform.machine(),
    }
    missed = [
        name
        for name, (aim, way) in AIMS.items()
        if (float(figures[name]) < aim if way == "least" else float(figures[name]) > aim)
    ]
    for name, value in figures.items():
        aim = f"   (at {AIMS[name][1]} {AIMS[name][0]:g}{', missed' if name in missed else ''})" if name in AIMS else ""
        print(f"{name:22}{value:>10}{aim}")
    options.results.parent.mkdir(exist_ok=True)
    options.results.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

"""What crawling costs: CPU a page, memory, many hosts at once, and the municipal web of the whole country on loopback.

::

    .venv/bin/python bench/crawl.py                       # all parts
    .venv/bin/python bench/crawl.py pages memory          # some of them
    .venv/bin/python bench/crawl.py country --hosts 300   # a smaller country

The crawls are those of the command line (``zmpwatch crawl --due --json``, a fresh process each), against sites that a
process of its own serves on 127.x.y.z; per-host delay is off. CPU is user and system time of the crawl with all
processes it started. Results are written to bench/results/crawl.json.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from towns import address

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "crawl.json"
ROUNDS = 3


@dataclass
class Measured:
    """One process, from its start to its end: `cpu` with its children, `peak` of the greatest process in MB."""

    wall: float
    cpu: float
    peak: float
    out: str


def measure(command: list[str], *, fine: tuple[int, ...] = (0, 1)) -> Measured:
    """Run a command and weigh it.

    Raises:
        RuntimeError: it ended with another status than those that are `fine`.
    """
    began = time.monotonic()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command, stdout=out, stderr=err)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        told = err.read()
        trace = told.find(b"Traceback")
        if process.returncode not in fine or trace >= 0:
            why = told[max(0, trace - 500) : trace + 8000] if trace >= 0 else told[-2000:]
            raise RuntimeError(f"{command}: status {process.returncode}: {why.decode(errors='replace')}")
        return Measured(
            time.monotonic() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, out.read().decode()
        )


class Country:
    """Running towns: their port, and what they were asked."""

    def __init__(self, port: int) -> None:
        self.port = port

    def url(self, number: int) -> str:
        return f"http://{address(number)}:{self.port}/"

    def next_cycle(self) -> None:
        self._control("__next")

    def counts(self) -> dict[str, dict[str, int]]:
        """Requests and bytes a host since the last call."""
        answer: dict[str, dict[str, int]] = json.loads(self._control("__counts"))
        return answer

    def _control(self, path: str) -> bytes:
        with urllib.request.urlopen(self.url(0) + path, timeout=60) as answer:
            body: bytes = answer.read()
        return body


@contextmanager
def towns(**options: float) -> Iterator[Country]:
    """Serve towns in a process of their own."""
    flags = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    command = [sys.executable, str(HERE / "towns.py"), *flags]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield Country(int(process.stdout.readline()))
        finally:
            process.stdin.close()
            process.wait(timeout=30)


class Watch:
    """A folder with a configuration, and the crawls made in it."""

    def __init__(self, folder: Path, country: Country, hosts: int, *, bip: bool = False, **crawl: float) -> None:
        self.folder = folder
        sites = [
            {
                "name": f"town {n}",
                "family": "bip" if bip and n % 2 else "municipal",
                "url": country.url(n),
                "every": "1s",
            }
            for n in range(hosts)
        ]
        config = {
            "knowledge": False,
            "crawl": {"user_agent": "zmpwatch-bench/1.0 (+https://example.org/)", "delay": 0, **crawl},
            "sites": sites,
        }
        self.config = folder / "config.yaml"
        self.config.write_text(json.dumps(config), encoding="utf-8")  # JSON is YAML
        # a database is made once, which takes 10 MB that no later crawl takes
        made = "import sys; from pathlib import Path; from zmpwatch.config import load_config as load"
        made += "; from zmpwatch.service.opening import open_store; open_store(load(Path(sys.argv[1]), {})).close()"
        measure([sys.executable, "-c", made, str(self.config)], fine=(0,))

    def crawl(self) -> tuple[Measured, dict[str, Any]]:
        """One ``crawl --due``; every site is due a second after its last visit."""
        time.sleep(1.1)  # until all are due: what is measured is another process, on the clock of the machine
        program = "import sys; from zmpwatch.cli import main; sys.exit(main())"
        command = [sys.executable, "-c", program, "--config", str(self.config), "crawl", "--due", "--json"]
        measured = measure(command)
        return measured, json.loads(measured.out)

    def sizes(self) -> dict[str, int]:
        """Bytes of the database and the archive."""
        archive = sum(f.stat().st_size for f in (self.folder / "var" / "archive").rglob("*") if f.is_file())
        return {"database": (self.folder / "var" / "zmpwatch.db").stat().st_size, "archive": archive}


def pages(number: int) -> dict[str, Any]:
    """CPU a page: new, and unchanged, beside a bare spider of the same run; less the start-up of each program.

    Each is the least of `ROUNDS` runs: what else the machine does can only add to it.
    """
    with towns(hosts=1, pages=number) as country, tempfile.TemporaryDirectory() as folder:
        prefix = f"{country.url(0)}aktualnosci/artykul-"
        bare_few, bare_many = _bare(prefix, 10), _bare(prefix, number)
        bare = (bare_many.cpu - bare_few.cpu) / (number - 10)
        few, few_told = _least_crawl(Path(folder), country, 14)
        country.counts()
        watch = Watch(_new(Path(folder)), country, 1, requests_per_visit=number + 20)
        watch.crawl()
        first = _total(country.counts(), "bytes")
        again, _ = watch.crawl()
        second = country.counts()
        many, many_told = _least_crawl(Path(folder), country, number + 20)
    new = (many.cpu - few.cpu) / (many_told["pages"] - few_told["pages"])
    unchanged, share = _revisit(number)
    stating = _stating(number)
    return {
        "pages": number,
        "bare ms": round(1000 * bare, 2),
        "new ms": round(1000 * new, 2),
        "new / bare": round(new / bare, 2),
        "new, each with statements ms": round(1000 * stating, 2),
        "unchanged ms": round(1000 * unchanged, 2),
        "unchanged / bare": round(unchanged / bare, 2),
        "unchanged bytes share": round(share, 4),
        "next crawl requests": _total(second, "requests"),
        "next crawl bytes share": round(_total(second, "bytes") / first, 4),
        "next crawl cpu s": round(again.cpu, 2),
        "whole run: new ms": round(1000 * many.cpu / many_told["pages"], 2),
        "whole run: bare ms": round(1000 * bare_many.cpu / number, 2),
    }


def _bare(prefix: str, number: int) -> Measured:
    command = [sys.executable, str(HERE / "bare.py"), prefix, str(number)]
    return min((measure(command) for _ in range(ROUNDS)), key=lambda measured: measured.cpu)


def _new(folder: Path) -> Path:
    return Path(tempfile.mkdtemp(dir=folder))


def _least_crawl(folder: Path, country: Country, requests: int) -> tuple[Measured, dict[str, Any]]:
    """The first crawl of a site, made anew each time; with what the cheapest told."""
    runs = [Watch(_new(folder), country, 1, requests_per_visit=requests).crawl() for _ in range(ROUNDS)]
    return min(runs, key=lambda run: run[0].cpu)


def _revisit(number: int) -> tuple[float, float]:
    """CPU seconds a page and share of the bytes where every page is asked for again, and none has changed.

    Pages that stated something are asked for at each visit that follows soon; so here all of them state something. A
    visit finds some 200 pages, and what is weighed is the difference of two crawls: it takes ten sites for a difference
    of 2,000 pages, of some seconds, beside which the start-up of a process and what else the machine does are little.
    The pages are small, for the first crawl reads them whole; of a page that has not changed nothing is sent.
    """
    hosts = max(1, number // 100)
    with towns(hosts=hosts, pages=200, kilobytes=8, about=1.0) as country, tempfile.TemporaryDirectory() as folder:
        watch = Watch(Path(folder), country, hosts, requests_per_visit=500, readers=0)
        watch.crawl()
        first = _total(country.counts(), "bytes")
        many = [watch.crawl()]
        share = _total(country.counts(), "bytes") / first
        many += [watch.crawl() for _ in range(ROUNDS - 1)]
        _leave(watch, hosts)
        few = [watch.crawl() for _ in range(ROUNDS)]
    again: int = many[0][1]["not_modified"] - few[0][1]["not_modified"]
    return (min(run.cpu for run, _ in many) - min(run.cpu for run, _ in few)) / again, share


def _stating(number: int) -> float:
    """CPU seconds a page where every page speaks of the association: read whole, extracted, indexed, archived."""
    with towns(hosts=1, pages=number, about=1.0) as country, tempfile.TemporaryDirectory() as folder:
        few, few_told = _least_crawl(Path(folder), country, 24)
        many, many_told = _least_crawl(Path(folder), country, number + 20)
    pages: int = many_told["pages"] - few_told["pages"]
    return (many.cpu - few.cpu) / pages


def _leave(watch: Watch, number: int) -> None:
    """Let all but a few pages be forgotten: what a crawl costs besides its pages."""
    with closing(sqlite3.connect(watch.folder / "var" / "zmpwatch.db")) as database, database:
        database.execute(
            "DELETE FROM pages WHERE statements > 0 AND rowid NOT IN"
            " (SELECT rowid FROM pages WHERE statements > 0 LIMIT ?)",
            (number,),
        )


def _total(counts: dict[str, dict[str, int]], name: str) -> int:
    return sum(count[name] for count in counts.values())


def memory() -> dict[str, Any]:
    """Peak of the crawl at 500 and at 5,000 pages."""
    peaks = {}
    for number in (500, 5000):
        with towns(hosts=number // 50, pages=60) as country, tempfile.TemporaryDirectory() as folder:
            measured, told = Watch(Path(folder), country, number // 50, requests_per_visit=54).crawl()
            peaks[f"peak MB at {told['pages']} pages"] = round(measured.peak)
    return peaks


def latency() -> dict[str, Any]:
    """500 sites on 500 hosts, each answer 200 ms late."""
    with towns(hosts=500, pages=20, latency=0.2) as country, tempfile.TemporaryDirectory() as folder:
        measured, told = Watch(Path(folder), country, 500, requests_per_visit=24, concurrent_sites=500).crawl()
    return {
        "pages": told["pages"],
        "seconds": round(told["seconds"], 1),
        "pages/s": round(told["pages"] / told["seconds"]),
        "cpu s": round(measured.cpu, 1),
        "peak MB": round(measured.peak),
    }


def country(hosts: int) -> dict[str, Any]:
    """Web sites and BIP by turns, a host each: a first cycle, one with a third changed, one without any change."""
    result: dict[str, Any] = {"sites": hosts}
    with tempfile.TemporaryDirectory() as folder, towns(hosts=hosts, pages=4, sick=0.05) as served:
        watch = Watch(Path(folder), served, hosts, bip=True, concurrent_sites=64, timeout=10)
        whole = 0
        for name in ("first", "a third changed", "nothing changed"):
            if name == "a third changed":
                served.next_cycle()
            measured, told = watch.crawl()
            counts = served.counts()
            sizes = watch.sizes()
            amount = _total(counts, "bytes")
            whole = whole or amount
            result[name] = {
                "seconds": round(measured.wall, 1),
                "cpu s": round(measured.cpu, 1),
                "peak MB": round(measured.peak),
                "requests": _total(counts, "requests"),
                "requests a site, median": statistics.median(c["requests"] for c in counts.values()),
                "pages": told["pages"],
                "MB": round(amount / 1e6, 1),
                "share of bytes": round(amount / whole, 4),
                "database MB": round(sizes["database"] / 1e6, 1),
                "archive MB": round(sizes["archive"] / 1e6, 1),
                "verdicts": told["verdicts"],
            }
            print(name, json.dumps(result[name]), file=sys.stderr, flush=True)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = ("pages", "memory", "latency", "country")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(parts))
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--hosts", type=int, default=2479)
    options = parser.parse_args()
    if unknown := set(options.parts) - set(parts):
        parser.error(f"no part is called {', '.join(sorted(unknown))}")
    known: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    for name in options.parts or parts:
        began = datetime.now(UTC).isoformat(timespec="seconds")
        match name:
            case "pages":
                found = pages(options.pages)
            case "memory":
                found = memory()
            case "latency":
                found = latency()
            case _:
                found = country(options.hosts)
        load = round(os.getloadavg()[0], 1)
        known[name] = {"at": began, "python": platform.python_version(), "load": load, **found}
        print(json.dumps({name: known[name]}, indent=1), flush=True)
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

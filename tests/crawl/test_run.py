"""From the outside: `run`, Ctrl-C, Scrapy's own commands, and a package named spiders that is another's."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from waiting import wait_until

from crawl.web import Reply, Web, html
from zmpwatch.crawl.families import check_spiders_package, families, find_family
from zmpwatch.errors import CrawlError

ROOT = Path(__file__).parents[2]

PROGRAM = """
    import signal, sys, threading
    from datetime import UTC, datetime
    from zmpwatch.crawl import CrawlSettings, PageOutcome, VisitPlan, run
    from zmpwatch.model import Association, Site

    class Sink:
        async def page(self, plan, page):
            print("page", page.url, flush=True)
            return PageOutcome()
        async def not_modified(self, plan, url, fetched_at): ...
        async def finished(self, plan, report):
            print("finished", plan.site.name, report.pages, flush=True)

    def interrupted():
        sys.stdin.readline()
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)
        threading.Event().wait()

    netloc = sys.argv[1]
    agent = "zmpwatch-test/1.0 (+https://example.org)"
    settings = CrawlSettings(user_agent=agent, delay=0, allowed_private=frozenset({netloc}))
    association = Association(key="zmp", name="Związek Miast Polskich", short="ZMP")
    def plan(path):
        url = f"http://{netloc}{path}"
        return VisitPlan(site=Site(name=path, family="municipal", url=url), association=association, urls=(url,))
    exec(sys.argv[2])
    for round in range(2):
        run([plan(path) for path in sys.argv[3:]], Sink(), settings, lambda: datetime.now(UTC))
"""


def start(netloc: str, *paths: str, before: str = "") -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "error", "-c", textwrap.dedent(PROGRAM), netloc, before, *paths]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=ROOT, env=environment, **pipes, text=True, encoding="utf-8")


def test_run_twice_in_a_fresh_process_without_a_warning() -> None:
    with Web({"/a": html("a"), "/b": html("b")}) as web:
        out, err = start(web.netloc, "/a", "/b").communicate(timeout=60)
    assert sorted(out.split("\n")) == sorted(
        ["", *[f"page {web.url(p)}" for p in ("/a", "/b")] * 2, *[f"finished {p} 1" for p in ("/a", "/b")] * 2]
    )
    assert err == ""


@contextmanager
def slow_visit(before: str = "") -> Iterator[subprocess.Popen[str]]:
    """A child that runs `before` and has then asked for a page that takes 25 s; it is gone when the block ends."""
    with Web({"/slow": Reply(html("s"), delay=25)}) as web, start(web.netloc, "/slow", before=before) as child:
        try:
            wait_until(lambda: "/slow" in web.paths or child.poll() is not None, 30, "it is asked for")
            yield child
        finally:
            # one that hangs must not fail the tests after it as well
            child.kill()


def ended_by_interrupt(child: subprocess.Popen[str]) -> None:
    began = time.monotonic()
    out, err = child.communicate(timeout=20)
    assert time.monotonic() - began < 10
    assert out == ""
    assert "KeyboardInterrupt" in err
    assert child.returncode != 0


def test_interrupt_gives_the_visit_up() -> None:
    with slow_visit() as child:
        child.send_signal(signal.SIGINT)
        ended_by_interrupt(child)


def test_an_interrupt_is_heeded_where_interrupts_were_ignored_from_the_start() -> None:
    """So does a shell script start what it puts in the background."""
    with slow_visit("signal.signal(signal.SIGINT, signal.SIG_IGN)") as child:
        child.send_signal(signal.SIGINT)
        ended_by_interrupt(child)


def test_an_interrupt_that_does_not_wake_the_main_thread_is_heeded() -> None:
    """What comes just as the loop goes to sleep wakes it as little as what comes to another thread."""
    with slow_visit("threading.Thread(target=interrupted, daemon=True).start()") as child:
        assert child.stdin is not None
        child.stdin.write("now\n")
        child.stdin.flush()
        ended_by_interrupt(child)


def scrapy(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", timeout=90, check=False)


def test_scrapy_lists_the_families() -> None:
    assert scrapy("list").stdout.split() == sorted(families())


def test_scrapy_crawls_a_family_into_a_file(tmp_path: Path) -> None:
    routes = {
        "/": html(
            "Miasto", '<a href="/wejscie-do-zmp">Wejście do Związku Miast Polskich</a><a href="/galeria">Galeria</a>'
        ),
        "/wejscie-do-zmp": html("Wejście do ZMP", "<p>Opublikowano: 02.07.2024</p><p>Rada zdecydowała.</p>"),
    }
    with Web(routes) as web:
        target = tmp_path / "out.jsonl"
        done = scrapy("crawl", "municipal", "-a", f"url={web.url()}", "-O", str(target), "-s", "DOWNLOAD_DELAY=0")
        assert done.returncode == 0, done.stderr
    items = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [(i["url"], i["status"], i["title"], i["published"]) for i in items] == [
        (web.url(), 200, "Miasto", None),
        (web.url("/wejscie-do-zmp"), 200, "Wejście do ZMP", "2024-07-02"),
    ]
    assert all(len(i["sha256"]) == 64 and i["length"] > 0 for i in items)
    assert "/galeria" not in web.paths


def test_scrapy_needs_an_address() -> None:
    assert "-a url=" in scrapy("crawl", "bip").stderr


def test_plan_is_read_without_scrapy() -> None:
    code = "import sys, zmpwatch.crawl, zmpwatch.crawl.plan; print('scrapy' in sys.modules, 'twisted' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert out.stdout == "False False\n"


def test_another_reactor_is_told() -> None:
    code = (
        "import twisted.internet.reactor, asyncio; from zmpwatch.crawl.reactorthread import ReactorThread;"
        "from zmpwatch.errors import CrawlError\n"
        "try: ReactorThread.get()\nexcept CrawlError as error: print(error)"
    )
    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert out.stdout == "another Twisted reactor is installed in this process\n"


def test_families_are_found_by_name() -> None:
    assert set(families()) >= {"association", "municipal", "bip"}
    assert find_family("bip").name == "bip"
    with pytest.raises(CrawlError, match="association, bip, municipal"):
        find_family("nie-ma")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is not zmpwatch's"),
        ("ZMPWATCH_SPIDERS = 'zmpwatch'", "holds no site family"),
        ("import nie_ma_takiego_modulu", "nie_ma_takiego_modulu"),
    ],
)
def test_strange_package_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, message: str
) -> None:
    package = tmp_path / f"obce{abs(hash(content))}"
    package.mkdir()
    (package / "__init__.py").write_text(content, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(CrawlError, match=message):
        check_spiders_package(package.name)


def test_no_package_at_all() -> None:
    with pytest.raises(CrawlError, match="no package"):
        check_spiders_package("nie_ma_takiego_pakietu")

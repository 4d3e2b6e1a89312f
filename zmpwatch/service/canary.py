"""The end-to-end test a running watch makes of itself: own pages with known answers, through the whole path.

Three pages on a server of our own on loopback are crawled, read, extracted, judged and told to an endpoint of our own,
in a database that is thrown away: first at 373 members, then at 381. Whatever breaks the path for real pages (a library
that was upgraded, a disk that is full, a process that can't be started) breaks it here, where the answer is known.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Self

from zmpwatch.config import Config, load_config
from zmpwatch.errors import ZmpwatchError
from zmpwatch.register import load_register
from zmpwatch.service.answers import answer_case
from zmpwatch.service.countanswers import answer_count
from zmpwatch.service.crawling import crawl
from zmpwatch.service.opening import open_store
from zmpwatch.service.replica import Receiver
from zmpwatch.store import Store

__all__ = ["CanaryResult", "run_canary"]

_BEFORE, _AFTER = 373, 381
_ADMITTED, _RESOLVED = "0809063", "2005011"
_RESOLUTION = "XII/97"
_SECONDS = 60.0
"""The longest it may take; it takes two or three."""


@dataclass(frozen=True, slots=True)
class CanaryResult:
    """What came of the test: no `problems` when every answer was right."""

    seconds: float
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether every answer was right."""
        return not self.problems

    def __str__(self) -> str:
        return "; ".join(self.problems) if self.problems else f"3 pages, {self.seconds:.1f} s"


class _Pages:
    """The association's two pages and a town's one, before and after."""

    def __init__(self, today: datetime) -> None:
        self.changed = False
        self._day = today.strftime("%Y-%m-%d")
        self._servers: dict[str, ThreadingHTTPServer] = {}

    def __enter__(self) -> Self:
        for name, render in (("association", self._association), ("town", self._town)):
            server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(render))
            server.daemon_threads = True
            Thread(target=server.serve_forever, args=(0.05,), name=f"canary-{name}", daemon=True).start()
            self._servers[name] = server
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self._servers.values():
            server.shutdown()
            server.server_close()

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self._servers[name].server_port}/"

    def _association(self, path: str) -> str | None:
        count = _AFTER if self.changed else _BEFORE
        if path == "/":
            news = '<li><a href="/nowi-czlonkowie">Nowe miasta w Związku</a></li>' if self.changed else ""
            return _page(
                "Związek Miast Polskich",
                f'<div class="licznik"><p>Jest z nami</p><p><strong>{count}</strong></p><p>miast</p></div>'
                f"<ul>{news}</ul>"
                "<p>Związek Miast Polskich działa na rzecz samorządności.</p>",
            )
        if path == "/nowi-czlonkowie" and self.changed:
            return _page(
                "Nowe miasta w Związku",
                f'<time datetime="{self._day}">{self._day}</time>'
                "<p>Zarząd Związku Miast Polskich przyjął w poczet członków Sulechów.</p>",
            )
        return None

    def _town(self, path: str) -> str | None:
        if path != "/":
            return None
        text = "<p>Zapraszamy na kiermasz książek w miejskiej bibliotece.</p>"
        if self.changed:
            text = (
                f'<time datetime="{self._day}">{self._day}</time>'
                f"<p>Rada Miasta Hajnówka podjęła uchwałę nr {_RESOLUTION}/{self._day[2:4]} w sprawie przystąpienia "
                "Miasta Hajnówka do Związku Miast Polskich.</p>"
            )
        return _page("Aktualności", text)


def _page(title: str, body: str) -> str:
    return (
        f"<!doctype html><html lang=pl><head><meta charset=utf-8><title>{title}</title></head>"
        f"<body><h1>{title}</h1>{body}</body></html>"
    )


def _handler(render: Callable[[str], str | None]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 10

        def do_GET(self) -> None:
            page = render(self.path)
            body = (page or "").encode()
            self.send_response(404 if page is None else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
            """Stay quiet."""

    return Handler


def run_canary(now: datetime | None = None) -> CanaryResult:
    """Run the test; takes a few seconds. To be called in a thread of its own: it brings its own event loop.

    Nothing is raised for what goes wrong: it is what is looked for.
    """
    begun = time.monotonic()
    today = now or datetime.now(UTC)
    problems: list[str] = []
    try:
        with (
            tempfile.TemporaryDirectory(prefix="zmpwatch-canary-") as folder,
            _Pages(today) as pages,
            Receiver() as inbox,
        ):
            config = _config(Path(folder), pages, inbox)
            with open_store(config) as store:
                asyncio.run(asyncio.wait_for(_crawl_twice(config, store, pages, today, begun), _SECONDS))
                problems += _answers(config, store, inbox)
    except TimeoutError:
        problems.append(f"it took longer than {_SECONDS:.0f} s")
    except (ZmpwatchError, OSError) as error:
        problems.append(f"{type(error).__name__}: {error}")
    except Exception as error:  # noqa: BLE001 - a fault anywhere on the path is the answer
        problems.append(f"{type(error).__name__}: {error}")
    return CanaryResult(time.monotonic() - begun, tuple(problems))


def _config(folder: Path, pages: _Pages, inbox: Receiver) -> Config:
    import json

    values = {
        "database": "sqlite:///canary.db",
        "archive": "archive",
        "knowledge": False,
        "sites": [
            {"name": "association", "family": "association", "url": pages.url("association")},
            {"name": "town", "family": "municipal", "url": pages.url("town"), "municipality": _RESOLVED},
        ],
        "crawl": {"delay": 0, "confirmations": 1, "confirm_after": "0", "timeout": 20, "requests_per_visit": 12},
        "subscribers": [{"name": "canary", "to": [inbox.url("canary")]}],
    }
    path = folder / "config.yaml"
    path.write_text(json.dumps(values), encoding="utf-8")
    return load_config(path, {})


async def _crawl_twice(config: Config, store: Store, pages: _Pages, today: datetime, begun: float) -> None:
    def clock() -> datetime:
        return today + timedelta(seconds=time.monotonic() - begun)

    await crawl(config, store, clock)
    pages.changed = True
    await crawl(config, store, clock)


def _answers(config: Config, store: Store, inbox: Receiver) -> list[str]:
    """What differs from the known answers."""
    problems = []
    count = answer_count(store, config.association.key)
    found = count["members"] if count else None
    if found != _AFTER:
        problems.append(f"the count read is {found}, not {_AFTER}")
    register = load_register()
    for teryt, stage in ((_ADMITTED, "admitted"), (_RESOLVED, "resolved")):
        municipality = register.by_teryt(teryt)
        stages = [event["stage"] for event in answer_case(store, municipality)["events"]]
        if stage not in stages:
            problems.append(f"{municipality.name} is not read as {stage}")
    subjects = [message.title for message in inbox.messages]
    if len(subjects) != 1 or f"{_BEFORE} → {_AFTER}" not in subjects[0]:
        problems.append(f"{len(subjects)} alerts came, not the one of {_BEFORE} → {_AFTER}")
    return problems

"""A small web of our own on loopback, a sink that keeps what it is given, and a way to run one visit."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from zmpwatch.crawl import CrawlSettings, PageOutcome, VisitPlan, run_visits
from zmpwatch.model import Association, FailureKind, Page, Purpose, Site, VisitReport

NOW = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
AGENT = "zmpwatch-test/1.0 (+https://example.org/contact)"
ASSOCIATION = Association(
    key="zmp",
    name="Związek Miast Polskich",
    short="ZMP",
    acronyms=("ZMP",),
    lookalikes=("Związek Gmin Wiejskich",),
)


def html(title: str, body: str = "", head: str = "") -> str:
    return (
        f'<!doctype html><html lang="pl"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{body}</body></html>"
    )


@dataclass
class Reply:
    """An answer: `headers` are added, or replace those that are always sent."""

    body: str | bytes = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0


@dataclass
class Seen:
    """A request as it came in; `at` is monotonic seconds, `peer` the client's port: one per connection."""

    path: str
    headers: dict[str, str]
    at: float
    peer: int


Route = str | Reply | Callable[[Seen], "str | Reply"]


class Web:
    """Serves routes on an address of the loopback network; what has no route is a 404, unless `fallback` answers it."""

    def __init__(self, routes: Mapping[str, Route], *, host: str = "127.0.0.1", port: int = 0) -> None:
        self.routes: dict[str, Route] = dict(routes)
        self.seen: list[Seen] = []
        self.fallback: Route = Reply("nie ma", 404)
        web = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                seen = Seen(
                    self.path,
                    {k.lower(): v for k, v in self.headers.items()},
                    time.monotonic(),
                    self.client_address[1],
                )
                web.seen.append(seen)
                route = web.routes.get(self.path, web.fallback)
                reply = route(seen) if callable(route) else route
                if isinstance(reply, str):
                    reply = Reply(reply)
                if reply.delay:
                    time.sleep(reply.delay)  # a slow server
                body = reply.body.encode() if isinstance(reply.body, str) else reply.body
                self.send_response(reply.status)
                headers = {"Content-Type": "text/html; charset=utf-8", **reply.headers}
                if reply.status not in (204, 304):
                    headers.setdefault("Content-Length", str(len(body)))
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                if reply.status not in (204, 304):
                    self.wfile.write(body)

            def log_message(self, *args: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *args: Any) -> None:
                """A client that goes away is part of the game."""

        self._server = Server((host, port), Handler)
        self.host, self.port = host, self._server.server_port
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def netloc(self) -> str:
        return f"{self.host}:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"http://{self.netloc}{path}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order, without robots.txt."""
        return [s.path for s in self.seen if s.path != "/robots.txt"]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass
class Keeper:
    """A sink that keeps everything; `outcome` says what a page is worth."""

    outcome: Callable[[Page], PageOutcome] = lambda page: PageOutcome()
    pages: list[Page] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    reports: dict[str, VisitReport] = field(default_factory=dict)

    async def page(self, plan: VisitPlan, page: Page) -> PageOutcome:
        self.pages.append(page)
        return self.outcome(page)

    async def not_modified(self, plan: VisitPlan, url: str, fetched_at: datetime) -> None:
        self.unchanged.append(url)

    async def finished(self, plan: VisitPlan, report: VisitReport) -> None:
        assert plan.site.name not in self.reports
        self.reports[plan.site.name] = report

    @property
    def report(self) -> VisitReport:
        """The only report."""
        (report,) = self.reports.values()
        return report

    def kinds(self) -> list[FailureKind]:
        return [failure.kind for failure in self.report.failures]


def settings(*allowed: str, **more: Any) -> CrawlSettings:
    defaults: dict[str, Any] = {
        "user_agent": AGENT,
        "delay": 0.0,
        "timeout": 5.0,
        "dns_timeout": 2.0,
        "seconds_per_visit": 30.0,
    }
    return CrawlSettings(**{**defaults, "allowed_private": frozenset(allowed), **more})


def plan(url: str, *, name: str = "miasto", family: str = "municipal", **more: Any) -> VisitPlan:
    site_fields = {k: more.pop(k) for k in ("hosts", "start_urls") if k in more}
    if more.get("urls"):
        more.setdefault("purpose", Purpose.CONFIRMATION)
    return VisitPlan(site=Site(name=name, family=family, url=url, **site_fields), association=ASSOCIATION, **more)


def visit(plans: VisitPlan | list[VisitPlan], sink: Keeper, using: CrawlSettings, now: datetime = NOW) -> Keeper:
    """Run visits in an event loop of their own, as every caller may."""
    asyncio.run(run_visits([plans] if isinstance(plans, VisitPlan) else plans, sink, using, lambda: now))
    return sink


def fetch(web: Web, *paths: str, **more: Any) -> Keeper:
    """One visit that asks for these addresses only."""
    return visit(plan(web.url(), urls=tuple(web.url(p) for p in paths)), Keeper(), settings(web.netloc, **more))

"""The replica's web server: one port on 127.0.0.1 a site, and a date that can be moved on."""

from __future__ import annotations

import hashlib
import itertools
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from zmpwatch.model import Site
from zmpwatch.service.replica.scenery import MOMENTS, PageSource, Rendered, SiteSource, load_sites, render

__all__ = ["Answer", "Replica"]

logger = logging.getLogger(__name__)

_RETRY_AFTER = "3600"


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer, before the conditions of the request are looked at."""

    status: HTTPStatus
    body: bytes = b""
    headers: Mapping[str, str] | None = None
    modified: datetime | None = None

    @property
    def etag(self) -> str | None:
        """A strong validator made of the body; none where the page changes at every request."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"' if self.modified else None


class Replica:
    """Fourteen made-up sites of a municipal web, served on loopback at a chosen moment.

    Moment 0 is a February morning with 373 members, moment 1 a March morning with 381. Use it as a context manager; the
    ports are free ones and are given back at the end.

    ::

        with Replica() as web:
            crawl(web.sites, now=web.now)
            web.move_on()
            crawl(web.sites, now=web.now)
    """

    def __init__(self) -> None:
        self.moment = 0
        self._sources = load_sites()
        self._servers: dict[str, _SiteServer] = {}
        self._threads: list[Thread] = []

    def __enter__(self) -> Self:
        for source in self._sources:
            server = _SiteServer(self, source)
            self._servers[source.name] = server
            thread = Thread(target=server.serve_forever, args=(0.02,), name=f"replica-{source.name}", daemon=True)
            thread.start()
            self._threads.append(thread)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self._servers.values():
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join()
        self._servers.clear()
        self._threads.clear()

    @property
    def now(self) -> datetime:
        """The date of the replica, in Polish time."""
        return MOMENTS[self.moment]

    @property
    def urls(self) -> Mapping[str, str]:
        """Base URL of each site by its name, without the slash at the end."""
        return {name: f"http://127.0.0.1:{server.server_port}" for name, server in self._servers.items()}

    @property
    def sites(self) -> list[Site]:
        """The sites as a configuration would name them, the association's first.

        Raises:
            RuntimeError: The replica is not running, so they have no addresses.
        """
        if not self._servers:
            raise RuntimeError("the replica is not running: use it in a with statement")
        return [
            Site(
                name=source.name,
                family=source.family,
                url=f"{self.urls[source.name]}/",
                municipality=source.municipality,
                expect_members=source.expect_members,
            )
            for source in self._sources
        ]

    def move_on(self) -> None:
        """Goes to the next moment.

        Raises:
            ValueError: There is no later one.
        """
        if self.moment + 1 >= len(MOMENTS):
            raise ValueError("the replica has no later moment")
        self.moment += 1

    def addresses(self, site: str) -> Iterator[str]:
        """Every URL of a site that exists now, robots.txt not among them."""
        source = self._servers[site].source
        for path, page in source.pages.items():
            if page.since <= self.moment:
                yield self.urls[site] + path


class _SiteServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, replica: Replica, source: SiteSource) -> None:
        self.replica, self.source = replica, source
        self._turns = itertools.count()
        self._unchanged = lru_cache(maxsize=None)(self._is_unchanged)
        super().__init__(("127.0.0.1", 0), _Handler)

    def answer(self, path: str) -> Answer:
        source, moment = self.source, self.replica.moment
        if path == "/robots.txt":
            text = f"# dane demonstracyjne / demo data\n{source.robots}".replace(
                "{base}", self.replica.urls[source.name]
            )
            return Answer(HTTPStatus.OK, text.encode(), {"Content-Type": "text/plain; charset=utf-8"}, source.modified)
        if source.maintenance is not None and moment >= source.maintenance:
            page = self._render("maintenance.html", path, moment)
            headers = {"Content-Type": page.content_type, "Retry-After": _RETRY_AFTER}
            return Answer(HTTPStatus.SERVICE_UNAVAILABLE, page.body, headers)
        found = source.pages.get(path)
        if found is None or found.since > moment:
            page = self._render("_shared/404.html", path, moment)
            return Answer(HTTPStatus.NOT_FOUND, page.body, {"Content-Type": page.content_type})
        if found.redirect is not None:
            target = self.replica.urls[source.name] + found.redirect
            return Answer(HTTPStatus.MOVED_PERMANENTLY, b"", {"Location": target})
        return self._page(path, found, moment)

    def _page(self, path: str, page: PageSource, moment: int) -> Answer:
        if page.file is None:
            raise LookupError(f"{self.source.name}: {path} has no file")
        turn = next(self._turns) if page.dynamic else 0
        rendered = self._render(page.file, path, moment, turn)
        headers = {"Content-Type": rendered.content_type}
        if page.dynamic:
            return Answer(HTTPStatus.OK, rendered.body, headers | {"Cache-Control": "no-store"})
        old = moment == 0 or (page.since < moment and self._unchanged(path, page.file))
        return Answer(HTTPStatus.OK, rendered.body, headers, self.source.modified if old else self.source.changed)

    def _is_unchanged(self, path: str, file: str) -> bool:
        first, last = (self._render(file, path, moment).body for moment in range(len(MOMENTS)))
        return first == last

    def _render(self, file: str, path: str, moment: int, turn: int = 0) -> Rendered:
        return render(self.source, file, moment=moment, urls=self.replica.urls, path=path, turn=turn)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    server: _SiteServer

    def do_GET(self) -> None:
        self._send(with_body=True)

    def do_HEAD(self) -> None:
        self._send(with_body=False)

    def _send(self, *, with_body: bool) -> None:
        parts = urlsplit(self.path)
        answer = self.server.answer(f"{parts.path}?{parts.query}" if parts.query else parts.path)
        headers = dict(answer.headers or {})
        if answer.modified and answer.etag:
            headers |= {"Last-Modified": _http_date(answer.modified), "ETag": answer.etag}
        if answer.status is HTTPStatus.OK and self._known_to_client(answer):
            self.send_response(HTTPStatus.NOT_MODIFIED)
            headers.pop("Content-Type", None)
            with_body = False
        else:
            self.send_response(answer.status)
            headers["Content-Length"] = str(len(answer.body))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if with_body:
            self.wfile.write(answer.body)

    def _known_to_client(self, answer: Answer) -> bool:
        """RFC 9110, section 13.2.2: If-None-Match decides; If-Modified-Since counts only without it."""
        if answer.modified is None or answer.etag is None:
            return False
        if (tags := self.headers.get("If-None-Match")) is not None:
            known = [tag.strip().removeprefix("W/") for tag in tags.split(",")]
            return answer.etag in known or "*" in known
        if (since := self.headers.get("If-Modified-Since")) is None:
            return False
        try:
            return answer.modified.replace(microsecond=0) <= parsedate_to_datetime(since)
        except (TypeError, ValueError):  # no date, or one without a zone: the header is to be ignored
            return False

    def version_string(self) -> str:
        return self.server.source.server

    def date_time_string(self, timestamp: float | None = None) -> str:
        moment = self.server.replica.now if timestamp is None else datetime.fromtimestamp(timestamp, UTC)
        return _http_date(moment)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class names it so
        logger.debug("%s %s", self.server.source.name, format % args)


def _http_date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)

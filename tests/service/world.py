"""A web of a few sites on loopback whose pages a test sets and changes."""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Literal, Self

import yaml

from zmpwatch.config import Config, load_config


@dataclass
class Answer:
    """What the server says for one path."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    declared_length: int | None = None
    """Of more than the body has: the connection then ends early."""
    ends: Literal["length", "close", "reset"] = "length"
    """How the client learns that the body is over: by its length, by the end of the connection, by a reset."""


class Site:
    """One site on a port of its own; `pages` maps a path to what it answers, or to a function that makes it."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer | Callable[[], Answer]] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 10

            def do_GET(self) -> None:
                site.requests.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
                found = site.pages.get(self.path)
                answer = found() if callable(found) else found
                if answer is None:
                    answer = Answer(b"<html><body><p>Nie ma takiej strony.</p></body></html>", 404)
                self.send_response_only(answer.status)
                headers = {"Content-Type": "text/html; charset=utf-8", "Date": self.date_time_string()} | answer.headers
                for name, value in headers.items():
                    self.send_header(name, value)
                if answer.ends == "length":
                    self.send_header("Content-Length", str(answer.declared_length or len(answer.body)))
                else:
                    self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(answer.body)
                self.close_connection = answer.declared_length is not None or answer.ends != "length"
                if answer.ends == "reset":
                    time.sleep(0.2)  # a reset drops what the client has not read yet, and nothing tells when it has
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    self.connection.close()

            def log_message(self, *_: object) -> None:
                """Stay quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/"

    def put(self, path: str, body: str, title: str = "Strona", status: int = 200, **headers: str) -> None:
        """Set a page; `body` is what stands between the body tags."""
        head = f"<head><meta charset=utf-8><title>{title}</title></head>"
        document = f"<!doctype html><html lang=pl>{head}<body>{body}</body></html>"
        self.pages[path] = Answer(
            document.encode(), status, {key.replace("_", "-"): value for key, value in headers.items()}
        )

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class World:
    """Sites by name, a configuration that watches them, and a clock the test moves."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sites: dict[str, Site] = {}
        self.entries: list[dict[str, Any]] = []
        self.now = datetime(2025, 2, 20, 8, 0, tzinfo=UTC)
        self.crawl = {"delay": 0, "confirmations": 2, "confirm_after": 0, "timeout": 5}
        self.subscribers: list[dict[str, Any]] = []
        self.operator: dict[str, Any] = {}
        self.knowledge = False
        self.more: dict[str, Any] = {}
        """Further keys of config.yaml."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for site in self.sites.values():
            site.close()

    def add(self, name: str, family: str, municipality: str | None = None, **more: Any) -> Site:
        site = self.sites[name] = Site()
        entry = {"name": name, "family": family, "url": site.url} | more
        if municipality:
            entry["municipality"] = municipality
        self.entries.append(entry)
        return site

    def write(self) -> Path:
        path = self.folder / "config.yaml"
        values = {
            "database": "sqlite:///zmpwatch.db",
            "archive": "archive",
            "knowledge": self.knowledge,
            "sites": self.entries,
            "crawl": self.crawl,
            "subscribers": self.subscribers,
            "operator": self.operator,
        } | self.more
        path.write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
        return path

    def config(self) -> Config:
        return load_config(self.write(), {})

    def clock(self) -> datetime:
        """Every look at the clock costs a millisecond, so that no two moments are one."""
        self.now += timedelta(milliseconds=1)
        return self.now

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)


COUNTER = """
<div class="licznik"><p>Jest z nami</p><p><strong>{count}</strong></p><p>{names}</p><p>miast</p></div>
"""


def association_home(count: int, *, news: str = "", names: str = "SUCHA BESKIDZKA") -> str:
    """A home page with the counter."""
    return (
        "<h1>Związek Miast Polskich</h1>"
        + COUNTER.format(count=count, names=names)
        + f"<ul>{news}</ul><p>Związek Miast Polskich działa na rzecz samorządności.</p>"
    )

"""Receivers on loopback that behave and misbehave, and count what they took."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


@dataclass
class Taken:
    path: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass
class Receiver:
    """A web hook; the path says how it answers: /200, /404, /redirect, /hang, /drop, /reset, /bomb,
    /login (a page with 200), /thanks, /not-ok, /later (429 with Retry-After)."""

    port: int
    taken: list[Taken] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str, scheme: str = "json", query: str = "") -> str:
        return f"{scheme}://127.0.0.1:{self.port}/{path}{query}"

    def at(self, path: str) -> list[Taken]:
        return [t for t in self.taken if t.path == f"/{path}"]


@contextmanager
def receiver() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            # where a redirect that was followed would end
            here.taken.append(Taken(f"GET {self.path}", dict(self.headers), {}))
            self._answer(200)

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            here.taken.append(Taken(self.path, dict(self.headers), json.loads(raw)))
            word = self.path.strip("/").rpartition("/")[2]
            if word == "hang":
                here.released.wait(60)
                self.close_connection = True
            elif word == "drop":
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
            elif word == "redirect":
                self._answer(302, Location="/200")
            elif word == "bomb":
                self._bomb()
            elif word == "login":
                page = '<!doctype html><title>Logowanie</title><form><input name="p" type="password"></form>'
                self._answer(200, page.encode(), **{"Content-Type": "text/html"})
            elif word == "thanks":
                self._answer(200, b"<html><body>Thank you</body></html>", **{"Content-Type": "text/html"})
            elif word == "not-ok":
                said = b'{"ok": false, "error": "channel_not_found"}'
                self._answer(200, said, **{"Content-Type": "application/json"})
            elif word == "later":
                self._answer(429, **{"Retry-After": "7200"})
            else:
                self._answer(int(word) if word.isdigit() else 200)

        def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _bomb(self) -> None:
            """An answer of 2 GB that is never kept in one piece here."""
            self.send_response(500)
            self.send_header("Content-Length", str(2 << 30))
            self.end_headers()
            piece = b"x" * (1 << 20)
            try:
                for _ in range(2 << 10):
                    self.wfile.write(piece)
            except OSError:
                self.close_connection = True

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    here = Receiver(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield here
    finally:
        here.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class PostOffice:
    """A mail server; `answer` is what it says to the text, None to hang up after taking it."""

    port: int = 0
    taken: list[tuple[Envelope, EmailMessage]] = field(default_factory=list)
    answer: str | None = "250 OK"
    logins: list[tuple[str, bytes, bytes]] = field(default_factory=list)
    """Mechanism, user and password of each log-in; all are welcome."""

    @property
    def url(self) -> str:
        return f"mailto://127.0.0.1:{self.port}?from=zmpwatch@example.org&to=redakcja@example.org&mode=insecure"

    def welcome(self, _server: SMTP, _session: Session, _envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        self.logins.append((mechanism, data.login, data.password))
        return AuthResult(success=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        assert isinstance(envelope.content, bytes)
        parsed = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        self.taken.append((envelope, parsed))
        if self.answer is None:
            assert server.transport is not None
            server.transport.abort()
            return "250 never heard"
        return self.answer


@contextmanager
def post_office(without: tuple[str, ...] = ()) -> Iterator[PostOffice]:
    """A mail server that knows all mechanisms of log-in but those."""
    office = PostOffice()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        office.port = probe.getsockname()[1]
    options = {"authenticator": office.welcome, "auth_require_tls": False, "auth_exclude_mechanism": without}
    controller = Controller(office, hostname="127.0.0.1", port=office.port, **options)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


@contextmanager
def closed_port() -> Iterator[int]:
    """A port of loopback that refuses: bound, so nobody else gets it, and not listened to."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]

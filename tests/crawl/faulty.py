"""A server of our own that breaks HTTP in one way an address: raw bytes on a socket, resets, silence."""

from __future__ import annotations

import gzip
import socket
import struct
import threading
import zlib
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Self

import brotli  # type: ignore[import-untyped]

from crawl.web import html

__all__ = ["ROUTES", "Faulty"]

PAGE = html("Członkowie", "<p>Związek Miast Polskich zrzesza miasta.</p>" + "<p>Wiersz o mieście.</p>" * 400).encode()
ZIPPED = gzip.compress(PAGE, mtime=0)
HALF = PAGE[: len(PAGE) // 2]
MB = 1 << 20


class Gone(Exception):
    """The answer is over: sent, or nobody listens any more."""


class Answer:
    """One answer, sent piece by piece."""

    def __init__(self, server: Faulty, connection: socket.socket, path: str) -> None:
        self.server, self.connection, self.path = server, connection, path
        self.sent = 0

    def raw(self, data: bytes) -> None:
        if self.server.closed.is_set() or self.sent > 200 * MB:
            raise Gone
        try:
            self.connection.sendall(data)
        except OSError:
            raise Gone from None
        self.sent += len(data)

    def head(self, *lines: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> None:
        text = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {kind}", "Connection: close", *lines])
        self.raw(f"{text}\r\n\r\n".encode("latin-1"))

    def whole(self, body: bytes, *lines: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> None:
        self.head(f"Content-Length: {len(body)}", *lines, status=status, kind=kind)
        self.raw(body)

    def nap(self, seconds: float) -> None:
        if self.server.closed.wait(seconds):
            raise Gone

    def let_read(self) -> None:
        """Give the client time to read: a reset drops what it has not read yet, and nothing tells when it has."""
        self.nap(0.1)

    def reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        raise Gone

    def for_ever(self, block: bytes = b"a" * 65536) -> None:
        while True:
            self.raw(block)


Route = Callable[[Answer], None]
ROUTES: dict[str, Route] = {}


def route(path: str) -> Callable[[Route], Route]:
    def keep(function: Route) -> Route:
        ROUTES[path] = function
        return function

    return keep


def simple(path: str, body: bytes = PAGE, *lines: str, status: str = "200 OK", kind: str = "text/html") -> None:
    ROUTES[path] = lambda answer: answer.whole(body, *lines, status=status, kind=kind)


def raw(path: str, data: bytes) -> None:
    ROUTES[path] = lambda answer: answer.raw(data)


def packed(megabytes: int) -> bytes:
    """Gzip of so many zeros: a thousandth of the size."""
    return gzip.compress(b"\0" * (10 * MB), 9, mtime=0) * (megabytes // 10)


def flooded(path: str, line: Callable[[int], bytes]) -> None:
    def answer(one: Answer) -> None:
        one.raw(b"HTTP/1.1 200 OK\r\n")
        for n in range(100):
            one.raw(b"".join(line(n * 1000 + k) for k in range(1000)))
        one.raw(b"Content-Length: 2\r\n\r\nok")

    ROUTES[path] = answer


simple("/ok")
simple("/gzip-bomb", packed(200), "Content-Encoding: gzip")
simple("/gzip-gzip-bomb", gzip.compress(packed(200), 9, mtime=0), "Content-Encoding: gzip, gzip")
simple("/deflate-bomb", zlib.compress(b"\0" * (60 * MB), 9), "Content-Encoding: deflate")
simple("/br-bomb", brotli.compress(b"\0" * (60 * MB), quality=1), "Content-Encoding: br")
simple("/gzip-cut", ZIPPED[:-40], "Content-Encoding: gzip")
simple("/gzip-crc", ZIPPED[:-8] + b"\1\2\3\4" + ZIPPED[-4:], "Content-Encoding: gzip")
simple("/gzip-lie", PAGE, "Content-Encoding: gzip")
simple("/gzip-empty", b"", "Content-Encoding: gzip")
simple("/encoding", PAGE, "Content-Encoding: compress")
simple("/empty", b"")
simple("/204", b"", status="204 No Content")
simple("/304", b"", status="304 Not Modified")
simple("/403", b"nie", status="403 Forbidden")
simple("/500", html("Error 500", "500 członków").encode(), status="500 Internal Server Error")
simple("/429", b"", "Retry-After: 7", status="429 Too Many Requests")
simple("/503", b"", "Retry-After: 99999999999", status="503 Service Unavailable")
simple("/to-self", b"", "Location: /to-self", status="302 Found")
simple("/to-robots", b"", "Location: /robots.txt", status="302 Found")
simple("/to-file", b"", "Location: file:///etc/passwd", status="302 Found")
simple("/to-decimal", b"", "Location: http://2130706433/", status="302 Found")
simple("/to-mapped", b"", "Location: http://[::ffff:127.0.0.1]/", status="302 Found")
simple("/to-user", b"", "Location: http://www@127.0.0.1/", status="302 Found")
simple("/to-nowhere", b"", status="302 Found")
simple("/to-nonsense", b"", 'Location: http://[::1/a  <>"', status="302 Found")
raw("/no-status", b"HELLO\r\n\r\n<html>ok</html>")
raw("/http09", b"<html><body>373</body></html>")
raw("/two-lengths", b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\nokxyz")
raw("/negative", b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nok")
raw("/bad-chunk", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nok\r\n0\r\n\r\n")
raw("/fin-length", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(PAGE) + HALF)
raw("/fin-silent", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + HALF)
flooded("/many-headers", lambda n: b"X-%d: a\r\n" % n)
raw("/continue", b"HTTP/1.1 100 Continue\r\n\r\n" * 100_000)


@route("/endless")
def _(answer: Answer) -> None:
    answer.head()
    answer.for_ever()


@route("/declared")
def _(answer: Answer) -> None:
    answer.head("Content-Length: 50000000000")
    answer.for_ever()


@route("/huge-header")
def _(answer: Answer) -> None:
    answer.raw(b"HTTP/1.1 200 OK\r\nX-Big: ")
    answer.for_ever(b"a" * MB)


@route("/hang")
def _(answer: Answer) -> None:
    answer.nap(60)


@route("/hang-body")
def _(answer: Answer) -> None:
    answer.head("Content-Length: 1000")
    answer.nap(60)


@route("/trickle")
def _(answer: Answer) -> None:
    answer.head("Content-Length: 1000000")
    while True:
        answer.raw(b"a")
        answer.nap(0.3)


@route("/reset")
def _(answer: Answer) -> None:
    answer.reset()


@route("/reset-body")
def _(answer: Answer) -> None:
    answer.head(f"Content-Length: {len(PAGE)}")
    answer.raw(HALF)
    answer.let_read()
    answer.reset()


def in_chunks(answer: Answer) -> None:
    """Half of the page, and no last chunk."""
    answer.head("Transfer-Encoding: chunked")
    answer.raw(b"%x\r\n%s\r\n" % (len(HALF), HALF))


ROUTES["/fin-chunked"] = in_chunks


@route("/reset-chunked")
def _(answer: Answer) -> None:
    in_chunks(answer)
    answer.let_read()
    answer.reset()


@route("/reset-silent")
def _(answer: Answer) -> None:
    answer.head()
    answer.raw(HALF)
    answer.let_read()
    answer.reset()


@route("/redirect/")
def _(answer: Answer) -> None:
    number = int(answer.path.rsplit("/", 1)[1])
    answer.whole(b"", f"Location: /redirect/{number + 1}", status="302 Found")


def _on_one_port(host: str, other: str) -> tuple[socket.socket, socket.socket]:
    """Listeners on two addresses with one port, which must be free on both."""
    for _ in range(20):
        first = socket.create_server((host, 0), backlog=256)
        with suppress(OSError):
            return first, socket.create_server((other, first.getsockname()[1]))
        first.close()
    raise OSError(f"no port is free on both {host} and {other}")


class Faulty:
    """The server, on any loopback address; a second one on 127.0.0.2 counts whoever was led astray.

    `robots` is the route that answers for its robots.txt.
    """

    def __init__(self, host: str = "127.0.0.1", robots: str | None = None) -> None:
        self.closed = threading.Event()
        self._robots = robots
        self.hits: Counter[str] = Counter()
        self._listener, self._trap = _on_one_port(host, "127.0.0.2")
        self.host, self.port = host, self._listener.getsockname()[1]
        self.astray = 0
        ROUTES["/to-private"] = lambda answer: answer.whole(
            b"", f"Location: http://127.0.0.2:{self.port}/", status="302 Found"
        )
        threading.Thread(target=self._serve, daemon=True).start()
        threading.Thread(target=self._count_astray, daemon=True).start()

    @property
    def netloc(self) -> str:
        return f"{self.host}:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.netloc}{path}"

    def _count_astray(self) -> None:
        with suppress(OSError):
            while True:
                self._trap.accept()[0].close()
                self.astray += 1

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, suppress(OSError, Gone):
            data = b""
            while b"\r\n\r\n" not in data:
                piece = connection.recv(65536)
                if not piece:
                    return
                data += piece
            path = data.split(b" ", 2)[1].decode("latin-1")
            self.hits[path] += 1
            answer = Answer(self, connection, path)
            below = (answer for begin, answer in ROUTES.items() if begin.endswith("/") and path.startswith(begin))
            route = self._robots if path == "/robots.txt" and self._robots else path
            found = ROUTES.get(route) or next(below, None)
            if found is None:
                answer.whole(b"nie ma", status="404 Not Found")
            else:
                found(answer)
            connection.shutdown(socket.SHUT_WR)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.closed.set()
        for listener in (self._listener, self._trap):
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()

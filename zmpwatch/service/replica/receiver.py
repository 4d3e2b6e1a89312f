"""A local endpoint that takes alerts the way a subscriber's server would."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread
from types import TracebackType
from typing import Any, Self

__all__ = ["Message", "Receiver"]

logger = logging.getLogger(__name__)

_LARGEST = 4 << 20


@dataclass(frozen=True, slots=True)
class Message:
    """One alert as it arrived: what Apprise's ``json://`` posts, and the path it was posted to."""

    title: str
    body: str
    type: str
    path: str
    headers: dict[str, str]
    payload: dict[str, Any]


class Receiver:
    """Accepts Apprise ``json://`` posts on a free port of 127.0.0.1 and keeps them in order of arrival.

    ::

        with Receiver() as inbox:
            send_alerts(to=inbox.url("redakcja"))
            print(inbox.messages[0].title)
    """

    def __init__(self) -> None:
        self._messages: list[Message] = []
        self._arrived = Condition()
        self._server: _InboxServer | None = None
        self._thread: Thread | None = None

    def __enter__(self) -> Self:
        self._server = _InboxServer(self)
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), name="receiver", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()
        self._server = self._thread = None

    def url(self, recipient: str = "hook") -> str:
        """The Apprise address of a recipient here.

        Raises:
            RuntimeError: The receiver is not running.
        """
        if self._server is None:
            raise RuntimeError("the receiver is not running: use it in a with statement")
        return f"json://127.0.0.1:{self._server.server_port}/{recipient}"

    @property
    def messages(self) -> tuple[Message, ...]:
        """All that arrived so far."""
        with self._arrived:
            return tuple(self._messages)

    def wait_for(self, number: int, seconds: float) -> bool:
        """Waits until so many messages have arrived; False when they did not in time."""
        with self._arrived:
            return self._arrived.wait_for(lambda: len(self._messages) >= number, timeout=seconds)

    def _take(self, message: Message) -> None:
        with self._arrived:
            self._messages.append(message)
            self._arrived.notify_all()


class _InboxServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, receiver: Receiver) -> None:
        self.receiver = receiver
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    server: _InboxServer

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit() or int(length) > _LARGEST:
            self._answer(HTTPStatus.LENGTH_REQUIRED if not length else HTTPStatus(413), close=True)
            return
        message = self._read(self.rfile.read(int(length)))
        if message is None:
            self._answer(HTTPStatus.BAD_REQUEST)
            return
        self.server.receiver._take(message)
        self._answer(HTTPStatus.NO_CONTENT)

    def _read(self, body: bytes) -> Message | None:
        try:
            payload = json.loads(body)
        except ValueError:
            return None
        if not isinstance(payload, dict):
            return None
        texts = [payload.get(key) for key in ("title", "message", "type")]
        if not all(isinstance(text, str) for text in texts):
            return None
        title, message, kind = map(str, texts)
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Message(title, message, kind, self.path, headers, payload)

    def _answer(self, status: HTTPStatus, *, close: bool = False) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        if close:
            self.send_header("Connection", "close")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class names it so
        logger.debug(format, *args)

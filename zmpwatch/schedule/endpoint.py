"""/healthz and /metrics, from a thread of their own: they answer though the daemon's loop is stuck, and then say so."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import threading
from collections.abc import Callable

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from zmpwatch.schedule.board import Board
from zmpwatch.schedule.clocks import Clocks
from zmpwatch.schedule.metrics import Metrics
from zmpwatch.schedule.supervision import Task

__all__ = ["Endpoint", "application"]

logger = logging.getLogger(__name__)

_LOOK = 5.0
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def application(board: Board, metrics: Metrics, redact: Callable[[str], str]) -> Starlette:
    """The two read-only pages. /healthz answers 503 while the watch itself does not work."""

    def healthz(_request: Request) -> Response:
        state = board.as_json()
        status = 503 if state["problems"] else 200
        text = redact(json.dumps(state, ensure_ascii=False, indent=1)) + "\n"
        return Response(text, status, media_type="application/json", headers=_HEADERS)

    def exposition(_request: Request) -> Response:
        return Response(metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8", headers=_HEADERS)

    return Starlette(routes=[Route("/healthz", healthz), Route("/metrics", exposition)])


class Endpoint:
    """Serves an application in a thread until it is told to stop; a thread that dies is started again."""

    def __init__(
        self, address: Callable[[], tuple[str, int]], app: Starlette, clocks: Clocks, stop: asyncio.Event
    ) -> None:
        self._address, self._app, self._clocks, self._stop = address, app, clocks, stop

    async def run(self, task: Task) -> None:
        """Serve until `stop` is set, or the address in the configuration is another.

        Raises:
            OSError: the address can't be had.
            RuntimeError: the thread ended by itself.
        """
        while not self._stop.is_set():
            address = self._address()
            server, thread = self._serve(*address)
            try:
                while not self._stop.is_set() and self._address() == address:
                    task.beat()
                    if not thread.is_alive():
                        raise RuntimeError("the thread of the web endpoint ended by itself")
                    await self._clocks.wait(self._stop, _LOOK)
            finally:
                server.should_exit = server.force_exit = True
                await asyncio.to_thread(thread.join, 1.0)

    def _serve(self, host: str, port: int) -> tuple[uvicorn.Server, threading.Thread]:
        host = host.strip("[]")
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # bound here: uvicorn would end the process when it can't
        listening = socket.create_server((host, port), family=family, backlog=64)
        config = uvicorn.Config(
            self._app,
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_keep_alive=5,
            limit_concurrency=64,
            server_header=False,
        )
        server = uvicorn.Server(config)

        def serve() -> None:
            try:
                server.run(sockets=[listening])
            finally:
                listening.close()

        thread = threading.Thread(target=serve, name="zmpwatch-web", daemon=True)
        thread.start()
        logger.info("/healthz and /metrics on http://%s:%d", f"[{host}]" if ":" in host else host, port)
        return server, thread

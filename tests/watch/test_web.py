"""The daemon's two pages are for reading: nothing a stranger sends changes or shows anything (docs/faults.md 112)."""

from __future__ import annotations

import http.client
import json

import pytest
from service.world import World

from .conftest import Start


def ask(port: int, method: str, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode()
    finally:
        connection.close()


@pytest.fixture
def port(world: World, start: Start) -> int:
    start().cycles()
    found: int = world.more["web"]["port"]
    return found


def test_only_reading_is_answered_and_nothing_is_echoed(port: int) -> None:
    before = json.loads(ask(port, "GET", "/healthz")[2])["outbox"]
    for path in ("/healthz", "/metrics"):
        reads_only(port, path)
    assert json.loads(ask(port, "GET", "/healthz")[2])["outbox"] == before


def reads_only(port: int, path: str) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert ask(port, method, path, Origin="https://evil.example")[0] == 405
    for bait in ("/<script>alert(1)</script>", f"{path}/../etc/passwd", "/%0d%0aX-Evil:1", "/unsubscribe?token=1"):
        status, headers, body = ask(port, "GET", bait, Referer="https://evil.example/?token=tajne")
        assert (status, body, headers["content-type"].partition(";")[0]) == (404, "Not Found", "text/plain")
        assert "x-evil" not in headers
    status, headers, body = ask(port, "GET", f"{path}?q=<script>alert(1)</script>")
    assert status in (200, 503)
    assert "<script" not in body
    assert headers["x-content-type-options"] == "nosniff"
    assert not headers["content-type"].startswith("text/html")
    assert not {"access-control-allow-origin", "set-cookie"} & headers.keys()

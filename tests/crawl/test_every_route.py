"""Every route of the hostile server of the shared material, fetched and read: no crash, no leak, nobody led astray."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import ModuleType

import pytest

from crawl.conftest import SHARED
from crawl.web import Keeper, plan, settings, visit
from zmpwatch.crawl import PageOutcome, VisitPlan
from zmpwatch.model import Failure, Page, Site
from zmpwatch.register import load_association
from zmpwatch.service.pagereading import PageReading, read_page_of

PATHS = {"/redirect/": "/redirect/0", "/same-body/": "/same-body/0", "/seq/": "/seq/373,381"}
"""What is asked for below a route that ends with a slash, where any address will not do."""


@dataclass
class Reader(Keeper):
    """Reads what it is given, as the service does."""

    read: list[PageReading | Failure] = field(default_factory=list)

    async def page(self, plan: VisitPlan, page: Page) -> PageOutcome:
        site = Site(plan.site.name, "municipal", plan.site.url)
        self.read.append(read_page_of(site, page, load_association("zmp"), None))
        return await super().page(plan, page)


@pytest.fixture
def address(hostile: ModuleType) -> Iterator[str]:
    """A server in a process of its own: its bombs are not to be weighed with us."""
    with hostile.HostileTCP(0, 1, 1, "none") as free:
        port = free.server_address[1]
    command = [sys.executable, str(SHARED), "--port", str(port), "--seconds", "600"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield f"127.0.0.1:{port}"
        finally:
            process.kill()


def test_every_route_is_taken_in_stride(hostile: ModuleType, address: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for route in sorted(hostile.FAULTS):
        path = PATHS.get(route, f"{route}1" if route.endswith("/") else route)
        url = f"http://{address}{path}"
        sink = Reader()
        began = time.monotonic()
        visit(plan(url, name=route, urls=(url,)), sink, settings(address, timeout=2.0))
        assert time.monotonic() - began < 60, route
        assert len(sink.read) + len(sink.report.failures) == 1, (route, sink.report.failures)
        assert sink.report.requests <= 7, route
        assert sink.report.bytes < 80 << 20, route
        for reading in sink.read:
            if isinstance(reading, PageReading):
                assert all(statement.quote in reading.text.content for statement in reading.statements), route
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 600 << 10  # KiB
    with urllib.request.urlopen(f"http://127.0.0.2:{address.partition(':')[2]}/__hits", timeout=10) as answer:
        assert json.load(answer) == {"/__hits": 1}

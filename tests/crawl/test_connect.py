"""The guard at the resolver and at the call that connects: a name that rebinds gets nowhere (docs/faults.md 23)."""

import asyncio
import os
import threading
import time
from collections.abc import Sequence
from typing import Any

import pytest
from twisted.logger import LogEvent, globalLogPublisher
from twisted.web.client import HTTPConnectionPool

from crawl.web import Keeper, Web, html, plan, settings, visit
from zmpwatch.crawl.address import AddressPolicy
from zmpwatch.crawl.guard import GuardedReactor, GuardedResolver
from zmpwatch.crawl.reactorthread import ReactorThread
from zmpwatch.errors import AddressRefused


class Reactor:
    """Records what it is told to connect to."""

    def __init__(self) -> None:
        self.connected: list[tuple[str, int]] = []

    def connectTCP(self, host: str, port: int, *rest: Any) -> str:  # noqa: N802 - Twisted's name
        self.connected.append((host, port))
        return "connector"

    def seconds(self) -> float:
        return 7.0


class Receiver:
    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.complete = asyncio.Event()

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802 - Twisted's name
        assert resolution.name

    def addressResolved(self, address: Any) -> None:  # noqa: N802 - Twisted's name
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802 - Twisted's name
        self.complete.set()


def resolver(answers: dict[str, Sequence[str]], *allowed: str) -> GuardedResolver:
    def lookup(host: str, port: int) -> Sequence[str]:
        if host not in answers:
            raise OSError("no such name")
        return answers[host]

    return GuardedResolver(AddressPolicy(allowed), 2.0, lookup)


def resolve(guard: GuardedResolver, host: str, port: int = 80) -> list[str]:
    async def ask() -> list[str]:
        receiver = Receiver()
        guard.resolveHostName(receiver, host, port)
        await asyncio.wait_for(receiver.complete.wait(), 5)
        return receiver.addresses

    return asyncio.run(ask())


def test_public_addresses_are_given() -> None:
    guard = resolver({"miasto.pl": ["203.0.114.9", "2001:4860:4860::8888"]})
    assert resolve(guard, "miasto.pl") == ["203.0.114.9", "2001:4860:4860::8888"]
    assert guard.refused == {}


@pytest.mark.parametrize("bad", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.3.2", "::1", "::ffff:10.0.0.1"])
def test_one_private_address_refuses_the_name(bad: str) -> None:
    guard = resolver({"zly.pl": ["203.0.114.9", bad]})
    assert resolve(guard, "zly.pl") == []
    assert "is not a public address" in guard.refused["zly.pl", 80]


def test_unknown_name_is_not_taken_for_a_refusal() -> None:
    guard = resolver({})
    assert resolve(guard, "nie-ma.pl") == []
    assert guard.refused == {}


def test_lookup_that_hangs_ends_in_time() -> None:
    import threading

    release = threading.Event()

    def hangs(host: str, port: int) -> list[str]:
        release.wait(5)
        return ["203.0.114.9"]

    guard = GuardedResolver(AddressPolicy(), 0.1, hangs)
    try:
        assert resolve(guard, "wolny.pl") == []
    finally:
        release.set()


def test_connect_refuses_what_was_not_resolved_for_it() -> None:
    guard = resolver({"bip.internal": ["10.0.0.1"], "miasto.pl": ["203.0.114.9"]}, "bip.internal:80")
    reactor = Reactor()
    guarded = GuardedReactor(reactor, guard)
    for address in ["127.0.0.1", "10.0.0.1", "::1", "169.254.169.254", "nonsense"]:
        with pytest.raises(AddressRefused):
            guarded.connectTCP(address, 80, None)
    assert reactor.connected == []

    assert resolve(guard, "bip.internal") == ["10.0.0.1"]
    assert guarded.connectTCP("10.0.0.1", 80, None) == "connector"
    assert guarded.connectTCP("203.0.114.9", 80, None) == "connector"
    with pytest.raises(AddressRefused):
        guarded.connectTCP("10.0.0.1", 81, None)  # granted for port 80 only
    assert reactor.connected == [("10.0.0.1", 80), ("203.0.114.9", 80)]
    assert guarded.seconds() == 7.0


def test_name_that_rebinds_is_refused_the_second_time() -> None:
    answers = {"zmienny.pl": ["203.0.114.9"]}
    guard = resolver(answers)
    assert resolve(guard, "zmienny.pl") == ["203.0.114.9"]
    answers["zmienny.pl"] = ["127.0.0.1"]
    assert resolve(guard, "zmienny.pl") == []
    with pytest.raises(AddressRefused):
        GuardedReactor(Reactor(), guard).connectTCP("127.0.0.1", 80, None)


def test_a_loop_that_was_busy_while_connections_closed_leaves_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    close = HTTPConnectionPool.closeCachedConnections
    closing = threading.Event()
    stalled = threading.Event()
    loop = ReactorThread.get().loop
    readable, writable = os.pipe()
    os.write(writable, b".")

    def close_and_say_so(pool: HTTPConnectionPool) -> Any:
        closing.set()
        return close(pool)  # type: ignore[no-untyped-call]

    def be_busy() -> None:
        # comes with every turn of the loop, behind what closes: then both the connection is closed and the time is over
        if closing.is_set():
            loop.remove_reader(readable)
            time.sleep(1.3)  # past the time the pool gives a connection to close
            stalled.set()

    faults: list[object] = []

    def note(event: LogEvent) -> None:
        if "log_failure" in event:
            faults.append(event["log_failure"])

    monkeypatch.setattr(HTTPConnectionPool, "closeCachedConnections", close_and_say_so)
    globalLogPublisher.addObserver(note)
    loop.call_soon_threadsafe(loop.add_reader, readable, be_busy)
    try:
        with Web({"/": html("Miasto")}) as web:
            sink = visit(plan(web.url()), Keeper(), settings(web.netloc))
    finally:
        globalLogPublisher.removeObserver(note)
        os.close(readable)
        os.close(writable)
    assert stalled.is_set()
    assert len(sink.pages) == 1
    assert faults == []

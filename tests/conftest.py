"""No test speaks to the outside: only loopback addresses can be reached or looked up."""

import ipaddress
import logging
import signal
import socket
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest

pytest_plugins = ["databases"]

_LOCAL_NAMES = {"", "localhost", "ip6-localhost"}
_NOBODY = (".invalid", ".test", ".example")
"""Names that RFC 6761 and RFC 2606 promise to nobody: they are answered as a resolver would, without asking one."""


class OutsideWorldError(AssertionError):
    """A test reached for an address that is not this machine's loopback."""


_attempts: list[str] = []
_look_up, _by_name, _plain_socket = socket.getaddrinfo, socket.gethostbyname, socket.socket


def _is_local(host: object) -> bool:
    if host is None:
        return True
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if name.casefold() in _LOCAL_NAMES or name.casefold().endswith(".localhost"):
        return True
    if name.casefold().rstrip(".").endswith(_NOBODY):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None) or address
    return mapped.is_loopback or mapped.is_unspecified


def _refuse(address: object) -> None:
    _attempts.append(str(address))
    raise OutsideWorldError(f"a test reached for {address!r}, which is not on this machine")


class _GuardedSocket(socket.socket):
    def _check(self, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_local(address[0]):
            _refuse(address)

    def connect(self, address: Any) -> None:
        self._check(address)
        super().connect(address)

    def connect_ex(self, address: Any) -> int:
        self._check(address)
        return super().connect_ex(address)

    def sendto(self, data: Any, *rest: Any) -> int:
        self._check(rest[-1])
        return super().sendto(data, *rest)


def _getaddrinfo(host: Any, *rest: Any, **more: Any) -> Any:
    if not _is_local(host) and not more.get("flags", 0) & socket.AI_NUMERICHOST:
        _refuse(host)
    return _look_up(host, *rest, **more)


def _gethostbyname(host: Any) -> str:
    if not _is_local(host):
        _refuse(host)
    return _by_name(host)


# The doors close here and not in a hook: pytest imports the conftest.py of the folders it is given before any hook
# runs, they import Twisted, and Twisted keeps the functions that it finds at its import.
socket.socket, socket.getaddrinfo, socket.gethostbyname = _GuardedSocket, _getaddrinfo, _gethostbyname


def pytest_configure() -> None:
    # how long an example may take is for a test to say that means it: by the clock a busy machine is no fault
    hypothesis.settings.register_profile("zmpwatch", deadline=None)
    hypothesis.settings.load_profile("zmpwatch")


def pytest_unconfigure() -> None:
    socket.socket, socket.getaddrinfo, socket.gethostbyname = _plain_socket, _look_up, _by_name


@pytest.fixture(autouse=True)
def attempts_to_leave() -> Any:
    """Fails a test that tried, also where something swallowed the error; a test of the guard clears the list."""
    _attempts.clear()
    yield _attempts
    assert not _attempts, f"addresses outside this machine were asked for: {', '.join(_attempts)}"


@pytest.fixture(autouse=True)
def _levels_of_logs() -> Iterator[None]:
    """A command that runs within a test sets up logs for a process of its own: the next test has its own levels."""
    own = logging.getLogger("zmpwatch")
    before = own.level
    yield
    own.setLevel(before)


@pytest.fixture
def heeded() -> Iterator[None]:
    """Ctrl-C interrupts the test, also where pytest runs in the background of a script, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)

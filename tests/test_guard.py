"""The guard of conftest.py holds."""

import asyncio
import socket
import urllib.request

import pytest

# a documentation address (RFC 5737): nobody is there, should the guard fail
OUTSIDE = "192.0.2.1"


def by_socket():
    with socket.socket() as sock:
        sock.settimeout(0.1)
        sock.connect((OUTSIDE, 80))


def by_connect_ex():
    with socket.socket() as sock:
        sock.settimeout(0.1)
        sock.connect_ex((OUTSIDE, 80))


def by_datagram():
    with socket.socket(type=socket.SOCK_DGRAM) as sock:
        sock.sendto(b"x", (OUTSIDE, 9))


def by_create_connection():
    socket.create_connection((OUTSIDE, 80), timeout=0.1)


def by_urllib():
    urllib.request.urlopen(f"http://{OUTSIDE}/", timeout=0.1)


def by_asyncio():
    asyncio.run(asyncio.open_connection(OUTSIDE, 80))


def by_name():
    socket.getaddrinfo("miasta.pl", 443)


@pytest.mark.parametrize(
    "way", [by_socket, by_connect_ex, by_datagram, by_create_connection, by_urllib, by_asyncio, by_name]
)
def test_no_way_leads_out(way, attempts_to_leave):
    with pytest.raises(AssertionError, match="not on this machine"):
        way()
    assert attempts_to_leave
    attempts_to_leave.clear()


def test_twisted_is_guarded(attempts_to_leave):
    tcp = pytest.importorskip("twisted.internet.tcp")
    resolver = pytest.importorskip("twisted.internet._resolver")
    assert tcp.socket.socket is socket.socket
    with pytest.raises(AssertionError):
        resolver.getaddrinfo("miasta.pl", 443)
    attempts_to_leave.clear()


def test_loopback_is_open():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as here,
        server.accept()[0] as there,
    ):
        here.sendall(b"Miasto")
        assert there.recv(6) == b"Miasto"


def test_names_promised_to_nobody_are_not_looked_up(attempts_to_leave):
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("nowhere.invalid", 80)
    assert not attempts_to_leave

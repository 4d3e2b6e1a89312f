"""Which network addresses the crawler may reach: one decision, made for every connection (docs/faults.md 22-25)."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from zmpwatch.errors import AddressRefused

__all__ = ["AddressPolicy", "IPAddress", "is_public", "normal_host", "parse_literal"]

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
_SCHEMES = {"http": 80, "https": 443}
_LOCAL_SUFFIXES = (".localhost", ".local", ".internal", ".localdomain", ".home.arpa")


@lru_cache(maxsize=4096)  # each request asks for that of its host some twenty times
def normal_host(host: str) -> str:
    """Lower-case ASCII form of a host without brackets and final dots; the empty string for none at all.

    >>> normal_host("ŻÓŁW.pl."), normal_host("[::1]")
    ('xn--w-uga1v8h.pl', '::1')
    """
    bare = host.strip().rstrip(".").lower()
    if bare.startswith("[") and bare.endswith("]"):
        bare = bare[1:-1]
    if bare.isascii():
        return bare
    try:
        return bare.encode("idna").decode("ascii")
    except UnicodeError:
        return bare


@lru_cache(maxsize=4096)
def parse_literal(host: str) -> IPAddress | None:
    """The address a host spells, in any form the C library would take: ``127.1``, ``0x7f000001``, ``2130706433``."""
    bare = normal_host(host)
    try:
        return ipaddress.ip_address(bare.split("%", 1)[0])
    except ValueError:
        pass
    if not bare or not all(c in "0123456789abcdefx." for c in bare) or not bare[0].isdigit():
        return None
    try:
        return ipaddress.IPv4Address(socket.inet_aton(bare))
    except OSError:
        return None


def _embedded(address: IPAddress) -> Iterable[IPAddress]:
    """The address, and every IPv4 address it carries inside."""
    yield address
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            yield address.ipv4_mapped
        if address.sixtofour:
            yield address.sixtofour
        if address.teredo:
            yield from address.teredo
        if any(address in net for net in _NAT64) or int(address) >> 32 == 0:
            yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)


@lru_cache(maxsize=4096)
def is_public(address: IPAddress) -> bool:
    """Whether an address lies on the public internet: not loopback, private, link-local, CGNAT, multicast, reserved."""
    candidates = list(_embedded(address))
    if isinstance(address, ipaddress.IPv6Address) and (address.ipv4_mapped or any(address in n for n in _NAT64)):
        candidates.remove(address)
    return all(
        a.is_global and not a.is_multicast and not a.is_reserved and not a.is_unspecified and not a.is_loopback
        for a in candidates
    )


class AddressPolicy:
    """Refuses what is not public, but for the hosts the operator configured.

    Args:
        allowed: ``host`` or ``host:port`` entries; IPv6 with a port is written ``[::1]:8080``.
    """

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self._allowed: set[tuple[str, int | None]] = set()
        for entry in allowed:
            parts = urlsplit(f"//{entry}" if entry.count(":") < 2 or entry.startswith("[") else f"//[{entry}]")
            self._allowed.add((normal_host(parts.hostname or ""), parts.port))

    def configured(self, host: str, port: int) -> bool:
        """Whether the operator named this very host (and port)."""
        name = normal_host(host)
        return (name, port) in self._allowed or (name, None) in self._allowed

    def check_host(self, host: str, port: int) -> None:
        """Refuse a host that spells a private address or a local name, before any look-up.

        Raises:
            AddressRefused: it does, and is not configured.
        """
        if self.configured(host, port):
            return
        name = normal_host(host)
        literal = parse_literal(name)
        if literal is not None and not is_public(literal):
            raise AddressRefused(f"{host}: {literal} is not a public address")
        if name == "localhost" or name.endswith(_LOCAL_SUFFIXES):
            raise AddressRefused(f"{host}: a local name")

    def check_address(self, address: str, host: str, port: int) -> None:
        """Refuse an address a host resolved to.

        Raises:
            AddressRefused: it is not public, and the host is not configured.
        """
        literal = parse_literal(address)
        if literal is None:
            raise AddressRefused(f"{host}: {address!r} is no address")
        if not is_public(literal) and not self.configured(host, port):
            raise AddressRefused(f"{host}: {literal} is not a public address")

    def check_url(self, url: str) -> None:
        """Refuse a URL by its scheme, user information or host.

        Raises:
            AddressRefused: the scheme is neither http nor https, there is a user name or a backslash, or the host is
                refused by `check_host`.
        """
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise AddressRefused(f"{url[:200]!r}: {error}") from error
        if parts.scheme.lower() not in _SCHEMES:
            raise AddressRefused(f"{url[:200]!r}: scheme {parts.scheme!r}")
        if "@" in parts.netloc or "\\" in url:
            raise AddressRefused(f"{url[:200]!r}: user information or a backslash in the address")
        if not parts.hostname:
            raise AddressRefused(f"{url[:200]!r}: no host")
        self.check_host(parts.hostname, _SCHEMES[parts.scheme.lower()] if port is None else port)

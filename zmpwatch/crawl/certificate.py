"""What a server's TLS is: version, certificate, and whether we trust it. One handshake, no request."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from zmpwatch.crawl.address import AddressPolicy
from zmpwatch.crawl.guard import Lookup, system_lookup
from zmpwatch.errors import AddressRefused

if TYPE_CHECKING:
    from cryptography import x509

__all__ = ["Tls", "look_at_tls"]

_MOST_NAMES = 20
"""Names told of a certificate; those of hosters may have hundreds."""


@dataclass(frozen=True, slots=True)
class Tls:
    """What a server shows: `expires` is when its certificate ends, `names` are the hosts it is good for.

    `problem` says why it is not trusted, or why there was no handshake.
    """

    version: str | None = None
    expires: datetime | None = None
    issuer: str | None = None
    problem: str | None = None
    names: tuple[str, ...] = ()


def look_at_tls(
    host: str,
    port: int,
    policy: AddressPolicy,
    *,
    timeout: float,
    lookup: Lookup = system_lookup,
    context: Callable[[], ssl.SSLContext] = ssl.create_default_context,
) -> Tls:
    """Shake hands with a server, and again without trust where its certificate is refused, to tell what it shows.

    The address policy is asked as for every connection of a crawl.

    Args:
        host: name or address.
        port: of the server.
        policy: which addresses may be reached.
        timeout: seconds for each handshake.
        lookup: how the name is resolved.
        context: makes the settings that trust as the system does.
    """
    try:
        policy.check_host(host, port)
        address = _address(host, port, policy, lookup)
    except (AddressRefused, OSError, UnicodeError) as error:
        return Tls(problem=str(error))
    try:
        return _shake(address, host, port, context(), timeout)
    except ssl.SSLCertVerificationError as error:
        problem = error.verify_message or str(error)
    except (OSError, ValueError) as error:
        return Tls(problem=str(error) or type(error).__name__)
    distrusting = context()
    distrusting.check_hostname = False
    distrusting.verify_mode = ssl.CERT_NONE
    try:
        seen = _shake(address, host, port, distrusting, timeout)
    except (OSError, ValueError):
        return Tls(problem=problem)
    return replace(seen, problem=problem)


def _address(host: str, port: int, policy: AddressPolicy, lookup: Lookup) -> str:
    found = list(lookup(host, port))
    for address in found:
        policy.check_address(address, host, port)
    if not found:
        raise OSError(f"{host} does not resolve")
    return found[0]


def _shake(address: str, host: str, port: int, context: ssl.SSLContext, timeout: float) -> Tls:
    with (
        socket.create_connection((address, port), timeout) as connection,
        context.wrap_socket(connection, server_hostname=host) as secure,
    ):
        body = secure.getpeercert(binary_form=True)
        if body is None:
            return Tls(secure.version())
        from cryptography import x509  # noqa: PLC0415 - heavy

        certificate = x509.load_der_x509_certificate(body)
        issuer = certificate.issuer.rfc4514_string()
        return Tls(secure.version(), certificate.not_valid_after_utc, issuer, names=_names(certificate))


def _names(certificate: x509.Certificate) -> tuple[str, ...]:
    from cryptography import x509  # noqa: PLC0415 - heavy

    try:
        stated = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return ()  # without it, or with one that can't be read, it is good for no host
    hosts = stated.get_values_for_type(x509.DNSName)
    return (*hosts, *map(str, stated.get_values_for_type(x509.IPAddress)))[:_MOST_NAMES]

"""What a server's TLS is told to be: version, end of the certificate, and why it is not trusted."""

from __future__ import annotations

import datetime
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from zmpwatch.crawl.address import AddressPolicy
from zmpwatch.crawl.certificate import Tls, look_at_tls

ENDS = datetime.datetime(2125, 3, 1, 12, tzinfo=datetime.UTC)


def certificate(folder: Path, *, ends: datetime.datetime = ENDS, host: str = "127.0.0.1") -> Path:
    """A certificate that signs itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Lipniki")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
        .not_valid_after(ends)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@contextmanager
def server(pem: Path | None) -> Iterator[int]:
    """A TLS server on loopback (a plain one without a certificate); gives its port."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.2)
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            try:
                connection, _ = listening.accept()
            except TimeoutError:
                continue
            with connection:
                connection.settimeout(5)
                try:
                    if pem is None:
                        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                        continue
                    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                    context.load_cert_chain(pem)
                    with context.wrap_socket(connection, server_side=True) as secure:
                        secure.recv(1)
                except OSError:
                    continue  # a client that does not trust us hangs up

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        over.set()
        thread.join()
        listening.close()


def look(port: int, *, trusted: Path | None = None, allowed: bool = True) -> Tls:
    policy = AddressPolicy(frozenset({f"127.0.0.1:{port}"} if allowed else ()))
    return look_at_tls("127.0.0.1", port, policy, timeout=5, context=lambda: ssl.create_default_context(cafile=trusted))


def test_a_trusted_certificate(tmp_path: Path) -> None:
    pem = certificate(tmp_path)
    with server(pem) as port:
        seen = look(port, trusted=pem)
    assert seen.problem is None
    assert seen.version in {"TLSv1.2", "TLSv1.3"}
    assert seen.expires == ENDS
    assert seen.issuer == "CN=Lipniki"


@pytest.mark.parametrize(
    ("ends", "trust", "problem"),
    [
        (ENDS, False, "self-signed certificate"),
        (datetime.datetime(2021, 1, 1, tzinfo=datetime.UTC), True, "certificate has expired"),
    ],
)
def test_one_that_is_not_trusted_is_told_all_the_same(
    tmp_path: Path, ends: datetime.datetime, trust: bool, problem: str
) -> None:
    pem = certificate(tmp_path, ends=ends)
    with server(pem) as port:
        seen = look(port, trusted=pem if trust else None)
    assert seen.problem is not None
    assert problem in seen.problem
    assert seen.expires == ends
    assert seen.version is not None


def test_a_certificate_for_another_host(tmp_path: Path) -> None:
    pem = certificate(tmp_path, host="127.0.0.9")
    with server(pem) as port:
        seen = look(port, trusted=pem)
    assert seen.problem is not None
    assert "mismatch" in seen.problem


def test_no_handshake_at_all() -> None:
    with server(None) as port:
        seen = look(port)
    assert seen.version is None
    assert seen.problem
    assert "refused" in (look(port).problem or "")


def test_the_address_policy_stands_before_it(tmp_path: Path) -> None:
    with server(certificate(tmp_path)) as port:
        seen = look(port, allowed=False)
    assert seen == Tls(problem=seen.problem)
    assert "127.0.0.1" in (seen.problem or "")

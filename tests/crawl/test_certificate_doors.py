"""A site whose certificate is good for another of its names only: nothing is read, the good name is found and noted."""

from __future__ import annotations

import datetime
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from crawl.web import NOW, Keeper, Reply, Web, html, plan, settings, visit
from zmpwatch.crawl.address import AddressPolicy
from zmpwatch.crawl.certificate import look_at_tls
from zmpwatch.crawl.doors import trusted_doors
from zmpwatch.crawl.handler import _SharedTls
from zmpwatch.model import FailureKind, KnownOrigin, SiteMemory

HOST, NAME = "127.0.9.81", "lipniki.test"
BARE, WWW = NAME, f"www.{NAME}"
BEGINS, ENDS = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC), datetime.datetime(2125, 1, 1, tzinfo=datetime.UTC)


class Authority:
    """One who signs certificates, and whom the crawler trusts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Authority of the test")])
        made = self._begun(self._name, self._key).add_extension(x509.BasicConstraints(True, None), critical=True)
        self.roots = folder / "roots.pem"
        self.roots.write_bytes(made.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))

    def _begun(self, subject: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
        begun = x509.CertificateBuilder().subject_name(subject).issuer_name(self._name).public_key(key.public_key())
        return begun.serial_number(x509.random_serial_number()).not_valid_before(BEGINS).not_valid_after(ENDS)

    def signed(self, *hosts: str) -> ssl.SSLContext:
        """What a server needs to show a certificate for these hosts."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0])])
        names = x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts])
        made = self._begun(subject, key).add_extension(names, critical=False).sign(self._key, hashes.SHA256())
        pem = self._folder / f"{hosts[0]}.pem"
        pem.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
            )
            + made.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        return context


Served = list[tuple[str, str]]


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """Both names resolve to one server, and the crawler trusts this authority alone."""
    look_up = socket.getaddrinfo

    def resolved(host: object, *rest: object, **more: object) -> object:
        return look_up(HOST if host in {BARE, WWW} else host, *rest, **more)  # type: ignore[arg-type]

    made = Authority(tmp_path)
    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.roots))
    monkeypatch.setattr(_SharedTls, "_shared", {})
    return made


@pytest.fixture
def serve() -> Iterator[Callable[[ssl.SSLContext], Served]]:
    """Starts an https server on port 443 that shows one certificate, whatever name it is asked by."""
    servers: list[ThreadingHTTPServer] = []

    def start(tls: ssl.SSLContext) -> Served:
        served: Served = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                served.append((self.headers["Host"], self.path))
                body = html("Gmina Lipniki", "<p>Związek Miast Polskich liczy 381 miast.</p>").encode()
                self.send_response(404 if self.path == "/robots.txt" else 200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Quiet."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def get_request(self) -> tuple[socket.socket, object]:
                connection, address = self.socket.accept()
                return tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False), address

            def handle_error(self, *_: object) -> None:
                """A client that turns away is what is asked for."""

        try:
            server = Server((HOST, 443), Handler)
        except PermissionError:
            pytest.skip("port 443 is closed to this user")
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        return served

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def seen(url: str, memory: SiteMemory | None = None) -> Keeper:
    looked = plan(url) if memory is None else plan(url, recall=lambda: memory)
    return visit(looked, Keeper(), settings(BARE, WWW, HOST))


@pytest.mark.parametrize(("begins", "good"), [(BARE, WWW), (WWW, BARE)])
def test_the_twin_whose_certificate_is_good_is_found_and_not_followed(
    authority: Authority, serve: Callable[[ssl.SSLContext], Served], begins: str, good: str
) -> None:
    served = serve(authority.signed(good))
    sink = seen(f"https://{begins}/")
    assert (sink.pages, sink.kinds()) == ([], [FailureKind.TLS])
    assert sink.report.failures[0].detail == "robots.txt: the certificate is for another host"
    assert sink.report.answers_at == f"https://{good}/"
    assert served == [(good, "/robots.txt")]


def test_a_certificate_for_both_names_is_read_as_ever(
    authority: Authority, serve: Callable[[ssl.SSLContext], Served]
) -> None:
    serve(authority.signed(BARE, WWW))
    sink = seen(f"https://{BARE}/")
    assert (sink.kinds(), sink.report.answers_at, sink.pages[0].url) == ([], None, f"https://{BARE}/")


def test_a_certificate_of_the_hoster_leaves_the_site_without_https(
    authority: Authority, serve: Callable[[ssl.SSLContext], Served]
) -> None:
    serve(authority.signed("hoster.test"))
    assert seen(f"https://{BARE}/").report.answers_at is None
    try:
        web = Web({"/robots.txt": "User-agent: *\nDisallow:\n"}, host=HOST, port=80)
    except PermissionError:
        pytest.skip("port 80 is closed to this user")
    with web:
        sink = seen(f"https://{BARE}/")
        assert [one.path for one in web.seen] == ["/robots.txt"]
    assert (sink.pages, sink.kinds(), sink.report.answers_at) == ([], [FailureKind.TLS], f"http://{BARE}/")


def test_the_twin_is_found_while_the_rules_are_remembered(
    authority: Authority, serve: Callable[[ssl.SSLContext], Served]
) -> None:
    """Within half a day of a good visit robots.txt is not asked for: the front page is what fails."""
    serve(authority.signed(WWW))
    memory = SiteMemory()
    memory.put_origin(KnownOrigin(f"https://{BARE}", robots_status=404, robots_at=NOW))
    sink = seen(f"https://{BARE}/", memory)
    assert (sink.kinds(), sink.report.answers_at) == ([FailureKind.TLS], f"https://{WWW}/")


def test_what_a_certificate_is_good_for_is_told(
    authority: Authority, serve: Callable[[ssl.SSLContext], Served]
) -> None:
    serve(authority.signed(WWW, "bip.lipniki.test"))
    policy = AddressPolicy([BARE])
    tls = look_at_tls(BARE, 443, policy, timeout=5, lookup=lambda *_: [HOST])
    assert tls.names == (WWW, "bip.lipniki.test")
    assert tls.problem is not None
    assert "Hostname mismatch" in tls.problem


def test_links_to_the_name_without_a_good_certificate_are_asked_for_under_the_sites_own(
    authority: Authority, serve: Callable[[ssl.SSLContext], Served]
) -> None:
    served = serve(authority.signed(BARE))
    try:
        web = Web({"/robots.txt": Reply("", 404)}, host=HOST, port=80)
    except PermissionError:
        pytest.skip("port 80 is closed to this user")
    with web:
        web.routes["/"] = html("Gmina Lipniki", f'<a href="https://{WWW}/sesja?nr=3">Sesja rady gminy, uchwały</a>')
        web.routes["/sesja?nr=3"] = html("Sesja", "<p>Rada gminy zebrała się w piątek.</p>")
        sink = seen(f"http://{BARE}/")
    assert [page.url for page in sink.pages] == [f"http://{BARE}/", f"http://{BARE}/sesja?nr=3"]
    assert (sink.kinds(), sink.report.answers_at, sink.report.moved_to, served) == ([], None, None, [])
    assert web.paths.count("/sesja?nr=3") == 1


def test_a_start_that_leads_to_the_name_without_a_good_certificate_is_a_failure(
    authority: Authority, serve: Callable[[ssl.SSLContext], Served]
) -> None:
    """It would lead there again and again."""
    serve(authority.signed(BARE))
    try:
        web = Web({"/robots.txt": Reply("", 404)}, host=HOST, port=80)
    except PermissionError:
        pytest.skip("port 80 is closed to this user")
    with web:
        web.routes["/"] = Reply("", 301, {"Location": f"https://{WWW}/"})
        sink = seen(f"http://{BARE}/")
    assert (sink.pages, sink.kinds(), sink.report.answers_at) == ([], [FailureKind.TLS], f"https://{BARE}/")


@pytest.mark.parametrize(
    ("origin", "site", "doors"),
    [
        ("https://x.pl", "https://x.pl/", ("https://www.x.pl", "http://x.pl")),
        ("https://www.x.pl", "https://www.x.pl/", ("https://x.pl", "http://www.x.pl")),
        ("https://x.pl", "http://x.pl/", ("https://www.x.pl",)),
        ("https://www.x.pl", "https://x.pl/", ("http://www.x.pl",)),
        ("https://198.51.100.7", "https://198.51.100.7/", ("http://198.51.100.7",)),
        ("https://files.x.pl", "https://x.pl/", ()),
        ("https://x.pl:8443", "https://x.pl:8443/", ()),
    ],
)
def test_which_doors_are_tried(origin: str, site: str, doors: tuple[str, ...]) -> None:
    assert trusted_doors(origin, site) == doors

"""Traps, hostile rules and false certificates, on servers of our own (docs/faults.md 28, 41, 42, 45-49, 53)."""

from __future__ import annotations

import itertools
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from crawl.faulty import Faulty
from crawl.test_certificate import ENDS, certificate
from crawl.web import Keeper, Reply, Seen, Web, fetch, html, plan, settings, visit
from zmpwatch.model import FailureKind

K = FailureKind
ABOUT = "Przystąpienie do Związku Miast Polskich"
BUDGET = 25


def links(*addresses: str) -> str:
    return html(ABOUT, "".join(f'<a href="{address}">{ABOUT}, {n}</a>' for n, address in enumerate(addresses)))


def calendar(seen: Seen) -> str:
    day = int((re.findall(r"dzien=(\d+)", seen.path) or ["0"])[0])
    return links(f"/kalendarz?dzien={day + 1}", f"/kalendarz?dzien={day + 2}")


def growing(seen: Seen) -> str:
    return links(f"{seen.path.rstrip('/')}/dalej/")


def facets(seen: Seen) -> str:
    names = ("rok", "typ", "organ", "stan", "strona")
    return links(*("/rejestr?" + "&".join(f"{name}=1" for name in order) for order in itertools.permutations(names)))


def sessions(seen: Seen, _numbers: itertools.count[int] = itertools.count()) -> str:  # noqa: B008 - one counter for all
    return links(*(f"/strona/{n}?PHPSESSID={next(_numbers):032x}" for n in range(3)))


def many(seen: Seen) -> str:
    return links(*(f"/czlonkostwo/{n}" for n in range(3_000)))


def sitemap(seen: Seen) -> Reply:
    inside = "".join(f"<sitemap><loc>http://{seen.headers['host']}/sitemap-{n}.xml</loc></sitemap>" for n in range(50))
    index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</sitemapindex>'
    return Reply(index, headers={"Content-Type": "application/xml"})


@pytest.mark.parametrize("trap", [calendar, growing, facets, sessions, many, sitemap])
def test_a_trap_ends_with_the_budget_of_the_visit(trap: object) -> None:
    with Web({"/robots.txt": Reply("", 404)}) as web:
        web.fallback = trap  # type: ignore[assignment]
        sink = visit(plan(web.url()), Keeper(), settings(web.netloc, requests_per_visit=BUDGET))
    assert len(web.seen) == sink.report.requests <= BUDGET
    assert sink.report.finished is not None
    assert len({seen.path for seen in web.seen}) == len(web.seen), "nothing is asked for twice"


def test_session_ids_make_no_new_pages() -> None:
    with Web({"/robots.txt": Reply("", 404)}) as web:
        web.fallback = sessions
        visit(plan(web.url()), Keeper(), settings(web.netloc, requests_per_visit=BUDGET))
    asked = [path.partition("?")[0] for path in web.paths if path.startswith("/strona/")]
    assert sorted(asked) == ["/strona/0", "/strona/1", "/strona/2"]


RULES = "User-agent: *\nDisallow: /tajne\n"


@pytest.mark.parametrize(
    ("robots", "closed"),
    [
        (RULES, True),
        ("\ufeff" + RULES, True),
        (("\ufeff" + RULES).encode("utf-16-le"), True),
        (("\ufeff" + RULES).encode("utf-16-be"), True),
        (RULES.upper().replace("TAJNE", "tajne").replace("\n", "\r\n"), True),
        (RULES + "# wiersz\n" * 1_300_000, True),
        ("# wiersz\n" * 1_300_000 + RULES, False),
        (html("Nie ma takiej strony", "<p>Strona główna</p>"), False),
        ("Disallow /tajne\n\0\n:::\nAllow", False),
    ],
    ids=[
        "rules",
        "byte order mark",
        "UTF-16 LE",
        "UTF-16 BE",
        "capitals and CR LF",
        "rules, then 12 MB",
        "12 MB, then rules",
        "HTML",
        "nonsense",
    ],
)
def test_rules_are_read_where_there_are_some(robots: str | bytes, closed: bool) -> None:
    pages = {"/a": html("a"), "/tajne": html("t")}
    with Web({"/robots.txt": Reply(robots, headers={"Content-Type": "text/plain"}), **pages}) as web:
        sink = fetch(web, "/a", "/tajne")
    assert web.paths == (["/a"] if closed else ["/a", "/tajne"])
    assert sink.kinds() == ([K.ROBOTS] if closed else [])


def test_sitemaps_that_list_sitemaps_without_end_cost_few_requests() -> None:
    numbers = itertools.count()

    def index(seen: Seen) -> Reply:
        inside = "".join(
            f"<sitemap><loc>http://{seen.headers['host']}/mapa-{next(numbers)}.xml</loc></sitemap>" for _ in range(11)
        )
        body = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</sitemapindex>'
        return Reply(body, headers={"Content-Type": "application/xml"})

    with Web({"/robots.txt": Reply("", 404), "/": html("Miasto")}) as web:
        web.fallback = lambda seen: index(seen) if seen.path.endswith(".xml") else Reply("", 404)
        sink = visit(plan(web.url()), Keeper(), settings(web.netloc))
    assert sum("mapa-" in path for path in web.paths) <= 8
    assert sink.report.capped == []


@pytest.mark.parametrize("fault", ["/hang", "/reset", "/to-robots", "/500"])
def test_rules_that_can_not_be_read_keep_us_out(fault: str) -> None:
    with Faulty(robots=fault) as server:
        sink = visit(plan(server.url("/ok"), urls=(server.url("/ok"),)), Keeper(), settings(server.netloc, timeout=1.5))
        assert server.hits["/ok"] == 0
    assert sink.kinds() == [K.ROBOTS_UNREACHABLE]


@contextmanager
def https(pem: Path) -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = html("Związek Miast Polskich", "<p>381 miast</p>").encode()
            self.send_response(200)
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

    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(pem)
    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("fault", ["signed by itself", "expired", "of another host"])
def test_nothing_is_read_behind_a_certificate_that_is_not_trusted(tmp_path: Path, fault: str) -> None:
    ends = ENDS.replace(year=2021) if fault == "expired" else ENDS
    pem = certificate(tmp_path, ends=ends, host="127.0.0.9" if fault == "of another host" else "127.0.0.1")
    with https(pem) as port:
        url = f"https://127.0.0.1:{port}/"
        sink = visit(plan(url, urls=(url,)), Keeper(), settings(f"127.0.0.1:{port}"))
    assert sink.pages == []
    assert sink.kinds() == [K.TLS]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (
            "expired",
            "robots.txt: the certificate is out of date, signed by nobody we trust, or sent without those between",
        ),
        ("of another host", "robots.txt: the certificate is for another host"),
    ],
)
def test_why_a_certificate_is_not_trusted_is_said_in_words(tmp_path: Path, fault: str, said: str) -> None:
    ends = ENDS.replace(year=2021) if fault == "expired" else ENDS
    pem = certificate(tmp_path, ends=ends, host="127.0.0.9" if fault == "of another host" else "127.0.0.1")
    with https(pem) as port:
        url = f"https://127.0.0.1:{port}/"
        sink = visit(plan(url, urls=(url,)), Keeper(), settings(f"127.0.0.1:{port}"))
    assert [failure.detail for failure in sink.report.failures] == [said]

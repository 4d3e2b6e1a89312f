"""Made-up town sites on loopback, a host each: what bench/crawl.py crawls, in a process of its own.

::

    python bench/towns.py --hosts 100 --pages 12          # prints its port, serves until its stdin is closed

Host number n lies at 127.(1 + n // 62500).(n // 250 % 250).(1 + n % 250). Every site has a home page, a feed, a
sitemap, robots.txt and `--pages` articles of `--kilobytes`; ETags are right. ``/__next`` begins the next cycle (a share
of the sites gets a new article each), ``/__counts`` tells requests and bytes a host since it was asked last.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import resource
import sys
from collections import Counter
from email.utils import formatdate
from hashlib import sha1

BEGAN = 1_735_689_600
"""2025-01-01: when the first article was written."""
TEXT = (
    "urząd informuje że w najbliższy poniedziałek odbędzie się spotkanie mieszkańców dotyczące remontu ulicy Szkolnej "
    "oraz budowy nowego przedszkola przy rynku radni omówią także sprawę oświetlenia parku i ścieżki rowerowej wzdłuż "
    "rzeki zapraszamy wszystkich zainteresowanych do udziału w konsultacjach które potrwają do końca miesiąca"
)
WORDS = TEXT.split()
ABOUT = (
    "<p>Rada Miejska podjęła dnia 12 grudnia 2024 r. uchwałę w sprawie przystąpienia Miasta do stowarzyszenia "
    "Związek Miast Polskich. Za głosowało 14 radnych. Związek Miast Polskich zrzesza 373 miasta.</p>"
)


def address(number: int) -> str:
    """The loopback address of a host."""
    return f"127.{1 + number // 62_500}.{number // 250 % 250}.{1 + number % 250}"


def number_of(host: str) -> int:
    """The number of the host at an address."""
    _, second, third, fourth = map(int, host.split("."))
    return (second - 1) * 62_500 + third * 250 + fourth - 1


class Towns:
    """The pages of all hosts, by number and cycle: the same address gives the same bytes within a cycle."""

    def __init__(self, pages: int, kilobytes: int, changed: float, sick: float, about: float) -> None:
        self.pages, self.size = pages, kilobytes * 1000
        self.changed, self.sick, self.about = changed, sick, about
        self.cycle = 0
        draw = random.Random(7)
        self.fillers = [self._filler(draw) for _ in range(16)]

    def _filler(self, draw: random.Random) -> str:
        paragraphs: list[str] = []
        size = 0
        while size < self.size:
            sentences = (" ".join(draw.choice(WORDS) for _ in range(draw.randint(8, 20))) for _ in range(4))
            paragraph = "<p>" + " ".join(s[0].upper() + s[1:] + "." for s in sentences) + "</p>\n"
            paragraphs.append(paragraph)
            size += len(paragraph.encode())
        return "".join(paragraphs)

    def articles(self, host: int) -> int:
        """How many articles a host has now: a changing one gets one more each cycle."""
        return self.pages + (self.cycle if _chance(f"changes {host}") < self.changed else 0)

    def is_sick(self, host: int) -> bool:
        """Whether a host is slow or broken."""
        return _chance(f"sick {host}") < self.sick

    def answer(self, host: int, path: str) -> tuple[str, bytes] | None:
        """Media type and body of an address; None where there is nothing."""
        last = self.articles(host)
        if path == "/robots.txt":
            return "text/plain", b"User-agent: *\nDisallow: /admin/\n"
        if path == "/":
            items = "".join(
                f'<li><h3><a href="/aktualnosci/artykul-{n}">Aktualności: {n}. wiadomość z miasta</a></h3>'
                f"<p>Czytaj dalej o sprawie numer {n}.</p></li>"
                for n in range(last, max(0, last - 20), -1)
            )
            more = '<a href="/aktualnosci/archiwum">Aktualności: archiwum</a>'
            return "text/html; charset=utf-8", self._page(host, "Miasto", f"<ul>{items}</ul>{more}", 0)
        if path == "/aktualnosci/archiwum":
            items = "".join(
                f'<li><a href="/aktualnosci/artykul-{n}">Aktualności {n}</a></li>' for n in range(1, last + 1)
            )
            return "text/html; charset=utf-8", self._page(host, "Archiwum", f"<ul>{items}</ul>", 0)
        if path == "/feed/":
            items = "".join(
                f"<item><title>Wiadomość {n}</title><link>http://{address(host)}:{self.port}/aktualnosci/artykul-{n}"
                f"</link><pubDate>{formatdate(BEGAN + 86_400 * n, usegmt=True)}</pubDate></item>"
                for n in range(last, max(0, last - 10), -1)
            )
            return (
                "application/rss+xml",
                f'<rss version="2.0"><channel><title>M</title>{items}</channel></rss>'.encode(),
            )
        if path == "/sitemap.xml":
            urls = "".join(
                f"<url><loc>http://{address(host)}:{self.port}/aktualnosci/artykul-{n}</loc></url>"
                for n in range(1, last + 1)
            )
            space = "http://www.sitemaps.org/schemas/sitemap/0.9"
            return "application/xml", f'<urlset xmlns="{space}">{urls}</urlset>'.encode()
        name = path.removeprefix("/aktualnosci/artykul-")
        if name != path and name.isdecimal() and 0 < int(name) <= last:
            number = int(name)
            about = ABOUT if _chance(f"about {host} {number}") < self.about else ""
            return "text/html; charset=utf-8", self._page(host, f"Wiadomość {number}", about, number)
        return None

    port = 0

    def _page(self, host: int, title: str, middle: str, number: int) -> bytes:
        day = number % 28 + 1
        menu = "".join(f'<li class="menu-item"><a href="/galeria/{n}">Galeria numer {n}</a></li>' for n in range(40))
        foot = "".join(f'<li><a href="/kontakt/{n}">Kontakt {n}</a></li>' for n in range(20))
        begin = (
            f'<!doctype html><html lang="pl"><head><meta charset="utf-8"><title>{title} - Miasto {host}</title></head>'
            f'<body class="page"><header><nav><ul>{menu}</ul></nav></header><main><article><h1>{title}</h1>'
            f'<time datetime="2025-01-{day:02}">{day} stycznia 2025</time>{middle}<p>Miasto {host}.</p>'
        )
        end = f"</article></main><footer><ul>{foot}</ul></footer></body></html>"
        room = self.size - len(begin.encode()) - len(end.encode())
        filler = self.fillers[(host + number) % 16].encode()[: max(0, room)]
        whole = filler[: filler.rfind(b"</p>") + 4] if room > 0 else b""
        return begin.encode() + whole + end.encode()


def _chance(name: str) -> float:
    return int.from_bytes(sha1(name.encode(), usedforsecurity=False).digest()[:4]) / 2**32


class Connection(asyncio.Protocol):
    """One client connection: answers GET, keeps the connection open, waits `latency` before each answer."""

    def __init__(self, towns: Towns, latency: float, counts: dict[int, Counter[str]]) -> None:
        self._towns, self._latency, self._counts = towns, latency, counts
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._host = number_of(transport.get_extra_info("sockname")[0])

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while b"\r\n\r\n" in self._buffer:
            head, self._buffer = self._buffer.split(b"\r\n\r\n", 1)
            self._request(head.decode("latin-1"))

    def _request(self, head: str) -> None:
        first, *lines = head.split("\r\n")
        path = first.split(" ")[1]
        if path.startswith("/__"):
            self._send("200 OK", "application/json", self._control(path))
            return
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        latency = self._latency
        if self._towns.is_sick(self._host):
            if self._host % 3 == 0:  # refuses to speak
                self._count(0)
                self._transport.abort()
                return
            if self._host % 3 == 1:  # broken
                self._later(latency, "500 Internal Server Error", "text/html", b"<h1>Error 500</h1>")
                return
            latency += 2.0
        found = self._towns.answer(self._host, path)
        if found is None:
            self._later(latency, "404 Not Found", "text/html", b"<title>404</title>")
            return
        kind, body = found
        tag = f'"{sha1(body, usedforsecurity=False).hexdigest()[:16]}"'
        if headers.get("if-none-match") == tag:
            self._later(latency, "304 Not Modified", None, b"", tag)
        else:
            self._later(latency, "200 OK", kind, body, tag)

    def _control(self, path: str) -> bytes:
        if path == "/__next":
            self._towns.cycle += 1
            return b"{}"
        told = json.dumps(self._counts).encode()
        self._counts.clear()
        return told

    def _count(self, size: int) -> None:
        counter = self._counts.setdefault(self._host, Counter())
        counter["requests"] += 1
        counter["bytes"] += size

    def _later(self, delay: float, status: str, kind: str | None, body: bytes, tag: str | None = None) -> None:
        self._count(len(body))
        if delay:
            asyncio.get_running_loop().call_later(delay, self._send, status, kind, body, tag)
        else:
            self._send(status, kind, body, tag)

    def _send(self, status: str, kind: str | None, body: bytes, tag: str | None = None) -> None:
        if self._transport.is_closing():
            return
        head = f"HTTP/1.1 {status}\r\n"
        if kind:
            head += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        if tag:
            head += f"ETag: {tag}\r\n"
        self._transport.write(head.encode() + b"\r\n" + body)


async def serve(options: argparse.Namespace) -> None:
    """Serve until stdin is closed."""
    towns = Towns(options.pages, options.kilobytes, options.changed, options.sick, options.about)
    counts: dict[int, Counter[str]] = {}
    loop = asyncio.get_running_loop()

    def connection() -> Connection:
        return Connection(towns, options.latency, counts)

    server = await loop.create_server(connection, address(0), 0, backlog=512)
    towns.port = server.sockets[0].getsockname()[1]
    servers = [server]
    servers += [
        await loop.create_server(connection, address(number), towns.port, backlog=64)
        for number in range(1, options.hosts)
    ]
    print(towns.port, flush=True)
    await asyncio.to_thread(sys.stdin.read)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hosts", type=int, default=100)
    parser.add_argument("--pages", type=int, default=12)
    parser.add_argument("--kilobytes", type=int, default=40)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument("--changed", type=float, default=1 / 3, help="share of sites with a new article each cycle")
    parser.add_argument("--sick", type=float, default=0.0, help="share of hosts that are slow or broken")
    parser.add_argument("--about", type=float, default=0.01, help="share of articles that speak of the association")
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()

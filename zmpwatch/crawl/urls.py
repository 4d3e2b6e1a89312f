"""Addresses of pages: what belongs to a site, what is worth asking for, and which addresses are one page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from w3lib.url import safe_url_string

from zmpwatch.crawl.address import normal_host
from zmpwatch.model import Site

__all__ = ["Place", "Scope", "canonical", "has_session", "is_trap", "own_folder", "page_key", "place_of", "twin"]

_DEFAULT_PORTS = {"http": 80, "https": 443}
_TRACKING = re.compile(r"^(utm_.*|fbclid|gclid|dclid|msclkid|mc_[ce]id|_ga|_gl|yclid|igshid|share)$", re.IGNORECASE)
_SESSION = re.compile(
    r"^(phpsessid|jsessionid|sid|sessionid|session_id|aspsessionid\w*|cfid|cftoken|s?sess(id)?)$", re.IGNORECASE
)
_SESSION_PATH = re.compile(r";jsessionid=[^/?#]*|/\((?:[A-Z]\([^)]*\))+\)", re.IGNORECASE)
_ANY_SESSION = re.compile(
    r"[?&](?:phpsessid|jsessionid|sid|sessionid|session_id|aspsessionid\w*|cfid|cftoken|s?sess(?:id)?)="
    r"|;jsessionid=|/\((?:[A-Z]\([^)]*\))+\)",
    re.IGNORECASE,
)
_PRINT = frozenset({"print", "printview", "drukuj", "wydruk", "pdfview", "replytocom", "ignoreiframe"})
_TWIN_PATH = re.compile(r"/(?:embed|feed|amp|print|drukuj|trackback)/?$", re.IGNORECASE)
_AT_HAND = 1024
"""Addresses whose forms are remembered: from a link to its request and to its answer they are asked for again."""
_MAX_REPEATS = 2
"""A path segment seen more often than this is a path that grows by itself (docs/faults.md 46)."""


@lru_cache(maxsize=_AT_HAND)
def canonical(url: str) -> str:
    """The address as it is asked for: escaped, lower-case host, no fragment, session id or tracking parameter.

    The order of the other parameters is kept, since some servers mind it.

    Raises:
        ValueError: this is no address.
    """
    parts = urlsplit(safe_url_string(url.strip()))
    host = normal_host(parts.hostname or "")
    if ":" in host:
        host = f"[{host}]"
    port = parts.port
    netloc = host if port in (None, _DEFAULT_PORTS.get(parts.scheme)) else f"{host}:{port}"
    query = parts.query
    if query:
        kept = [p for p in query.split("&") if p and not _noise(p.split("=", 1)[0])]
        query = "&".join(kept)
    return urlunsplit((parts.scheme.lower(), netloc, _SESSION_PATH.sub("", parts.path) or "/", query, ""))


def _noise(name: str) -> bool:
    return bool(_TRACKING.match(name) or _SESSION.match(name))


def twin(host: str) -> str:
    """The host without its ``www.``: both names are one site."""
    name = normal_host(host)
    return name.removeprefix("www.")


@lru_cache(maxsize=_AT_HAND)
def page_key(url: str, *, host: bool = True) -> str:
    """What two addresses of one page have in common.

    Scheme, ``www.``, the order of parameters, a final slash, print and embed views do not tell pages apart. Without
    `host` neither does the host: some sites serve one content under several names.
    """
    parts = urlsplit(canonical(url))
    query = sorted(
        (k, v)
        for k, v in parse_qsl(parts.query, keep_blank_values=True)
        if k.lower() not in _PRINT
        and (k.lower(), v) not in {("tmpl", "component"), ("layout", "default"), ("format", "html")}
    )
    path = _TWIN_PATH.sub("", unquote(parts.path)).rstrip("/") or "/"
    if path.endswith(("/index.html", "/index.php", "/index.htm")) and not query:
        path = path.rsplit("/", 1)[0] or "/"
    name = twin(parts.hostname or "") if host else ""
    if host and parts.port is not None:
        name += f":{parts.port}"
    return f"{name}{path}" + (f"?{urlencode(query)}" if query else "")


def has_session(url: str) -> bool:
    """Whether an address carries a session id, which `canonical` takes off."""
    return bool(_ANY_SESSION.search(url))


def is_trap(url: str) -> bool:
    """Whether the path repeats a segment as only a loop of relative links does; a number may well come three times."""
    segments = [s for s in urlsplit(url).path.split("/") if s and not s.isdecimal()]
    return any(n > _MAX_REPEATS for n in Counter(segments).values())


_SHARED = {
    "samorzad.gov.pl": re.compile(r"/web/[^/,]+"),
    "gov.pl": re.compile(r"/web/[^/,]+"),
    "bip.malopolska.pl": re.compile(r"/(?!api\b)[a-z][a-z0-9_-]{2,}(?=[/,]|$)"),
}
"""Hosts on which each municipality has a folder of its own, and how it looks; files of all may lie beside these."""


def own_folder(url: str) -> str | None:
    """The folder of whose site an address is, on a host that municipalities share; None on all others.

    >>> own_folder("https://samorzad.gov.pl/web/gmina-lipniki/aktualnosci"), own_folder("https://www.lipniki.example/web/x")
    ('/web/gmina-lipniki', None)
    """
    parts = urlsplit(url)
    shared = _SHARED.get(twin(parts.hostname or ""))
    found = shared.match(parts.path) if shared else None
    return found[0] if found else None


Place = tuple[str, int | None]
"""A host without ``www.``, and its port where that is no default one."""


def place_of(url: str) -> Place:
    """The place an address lies at.

    >>> place_of("https://www.miasto.example/x"), place_of("http://127.0.0.1:8080/")
    (('miasto.example', None), ('127.0.0.1', 8080))
    """
    parts = urlsplit(url)
    return twin(parts.hostname or ""), None if parts.port in (80, 443) else parts.port


class Scope:
    """The hosts of a site: the one it is configured at, its ``www.`` twin, and those named beside it.

    A host given with a port means that port only; without one, the default ports of http and https. Of a host that
    municipalities share the folders of others do not belong to it.
    """

    def __init__(self, site: Site) -> None:
        self._places: set[tuple[str, int | None]] = set()
        self._folders = {own_folder(url) for url in (site.url, *site.start_urls)} - {None}
        for url in (site.url, *site.start_urls):
            parts = urlsplit(url)
            self._add(parts.hostname or "", parts.port)
        for host in site.hosts:
            parts = urlsplit(f"//{host}")
            self._add(parts.hostname or host, parts.port)

    def _add(self, host: str, port: int | None) -> None:
        self._places.add((twin(host), None if port in (80, 443) else port))

    def widen(self, host: str) -> None:
        """Add a host, for this visit."""
        parts = urlsplit(f"//{host}")
        self._add(parts.hostname or host, parts.port)

    def __contains__(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            return False
        if parts.scheme.lower() not in _DEFAULT_PORTS or not parts.hostname:
            return False
        if (twin(parts.hostname), None if port in (80, 443) else port) not in self._places:
            return False
        return not self._folders or own_folder(url) in {None, *self._folders}

    @property
    def places(self) -> frozenset[Place]:
        """The hosts, without ``www.``, with their ports: what politeness counts by.

        A server is told by host and port, as robots.txt is (RFC 9309, 2.3); another port is another server.
        """
        return frozenset(self._places)


def usable(urls: Iterable[str], scope: Scope, *, longest: int) -> list[str]:
    """Those addresses, canonical, that belong to a site, are no trap and not too long; each once, in order."""
    found: dict[str, None] = {}
    for url in urls:
        if len(url) > longest:
            continue
        try:
            address = canonical(url)
        except ValueError:
            continue
        if address in scope and not is_trap(address) and len(address) <= longest:
            found.setdefault(address)
    return list(found)

"""What a site runs on, told from its pages: a content management system, or the vendor of a bulletin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

__all__ = ["Evidence", "Platform", "Recognised", "Signs", "recognise"]

_ENOUGH = 3
"""One sign only this platform bears, or two that others could bear as well."""
_HEAD = 400_000
"""How many characters of a page are looked at."""
_GENERATOR_WITHIN = 100_000
_LINKS = 3
"""So many links of one shape are a sign."""
_GENERATOR = re.compile(
    r"<meta\b(?=[^>]{0,300}\bname\s*=\s*[\"']?generator\b)[^>]{0,300}?\bcontent\s*=\s*[\"']([^\"'>]{1,200})",
    re.IGNORECASE,
)

_PLACE = re.compile(r"https?://[a-z0-9.:-]++(/[^?#\s]*+(?:\?[^#\s]++)?+)")
"""An address as nearly all are, and its path and query: told at a fifth of the cost of taking it apart."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a page shows of the system behind it. `headers` has names in lower case, `links` are absolute."""

    url: str
    markup: str
    headers: Mapping[str, str] = field(default_factory=dict)
    links: tuple[str, ...] = ()

    @property
    def generator(self) -> str:
        """What ``<meta name="generator">`` says, or nothing."""
        found = _GENERATOR.search(self.markup[:_GENERATOR_WITHIN])
        return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class Signs:
    """Regular expressions over parts of a page; `footer` and `markup` over its small letters, the others case ignored.

    `generator`, `host`, `header`, `cookie` and `footer` are proof each; of `markup` two must match; `links` says the
    shape of addresses, three of which count as one match of `markup`, ten as two.
    """

    generator: str | None = None
    host: str | None = None
    header: str | None = None
    """Over ``name: value`` lines."""
    cookie: str | None = None
    """Over names of cookies the server sets."""
    footer: str | None = None
    """Words of the vendor in the page, as "Realizacja: …"."""
    markup: tuple[str, ...] = ()
    links: str | None = None
    """Over path and query."""


@dataclass(frozen=True)
class Platform:
    """One system: how it is recognised, and where its sites keep what is worth reading.

    Paths begin with ``/`` and count from the site's root. `worth` adds to the promise of addresses (path and query)
    that match, and repels with negative values.
    """

    name: str
    title: str
    signs: Signs
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    """Paths of the site's own search, with ``{query}``; used where the page has no search form."""
    paths: tuple[str, ...] = ()
    """Registers worth asking for outright; ``{label}`` and ``{rest}`` are of the site's host, as in `hosts`."""
    worth: Mapping[str, float] = field(default_factory=dict)
    leaves: str | None = None
    """Query parameter that counts the leaves of a list, where pages have no link to the next one."""
    lists: str | None = None
    """Addresses (path and query) of lists: those whose leaves are counted."""
    first_leaf: int = 1
    hosts: tuple[str, ...] = ()
    """Further hosts of the same site, from its host's first ``{label}`` and the ``{rest}``."""
    note: str = ""
    """A remark for the operator."""

    @cached_property
    def _worth(self) -> tuple[tuple[re.Pattern[str], float], ...]:
        return tuple((re.compile(pattern, re.IGNORECASE), value) for pattern, value in self.worth.items())

    @cached_property
    def _lists(self) -> re.Pattern[str] | None:
        return re.compile(self.lists, re.IGNORECASE) if self.lists else None

    def promise(self, url: str) -> float:
        """What the shape of an address adds to the promise of a link."""
        if not self._worth:
            return 0.0
        place = _place(url)
        return sum(value for pattern, value in self._worth if pattern.search(place))

    def is_list(self, url: str) -> bool:
        """Whether an address is a list whose leaves are counted by `leaves`."""
        return self._lists is not None and bool(self._lists.search(_place(url)))

    def next_leaf(self, url: str) -> str | None:
        """The leaf after this one, where the platform counts them without linking them.

        >>> site = Platform("x", "X", Signs(), leaves="page", lists="^/lista")
        >>> site.next_leaf("https://bip.example/lista/7?lang=PL&page=2")
        'https://bip.example/lista/7?lang=PL&page=3'
        """
        if self.leaves is None or not self.is_list(url):
            return None
        parts = urlsplit(url)
        kept = [pair for pair in parts.query.split("&") if pair and pair.split("=", 1)[0] != self.leaves]
        now = re.search(rf"(?:^|&){re.escape(self.leaves)}=(\d{{1,4}})(?:&|$)", parts.query)
        number = int(now[1]) if now else self.first_leaf
        return parts._replace(query="&".join([*kept, f"{self.leaves}={number + 1}"])).geturl()


@dataclass(frozen=True, slots=True)
class Recognised:
    """A platform with the signs it was told by."""

    platform: Platform
    score: int
    signs: tuple[str, ...]


def _place(url: str) -> str:
    found = _PLACE.fullmatch(url)
    if found is not None:
        return found[1]
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def recognise(platforms: Iterable[Platform], evidence: Evidence) -> Recognised | None:
    """The platform with the most signs on a page; None when none has enough."""
    best: Recognised | None = None
    generator = evidence.generator
    # letters of one case let a search jump from one literal to the next: ten times as fast as ignoring it
    markup = _small(evidence.markup[:_HEAD])
    places = [_place(link) for link in evidence.links]
    for platform in platforms:
        found = _signs(platform.signs, evidence, generator, markup, places)
        score = sum(found.values())
        if score >= _ENOUGH and (best is None or score > best.score):
            best = Recognised(platform, score, tuple(found))
    return best


def _small(markup: str) -> str:
    """Markup in small letters; bytes that were told as Latin-1, a tenth as dear, where no sign has other letters."""
    try:
        return markup.encode("latin-1").lower().decode("latin-1")
    except UnicodeEncodeError:
        return markup.lower()


def _signs(signs: Signs, evidence: Evidence, generator: str, markup: str, places: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    headers = "\n".join(f"{name}: {value}" for name, value in evidence.headers.items() if name != "set-cookie")
    cookies = evidence.headers.get("set-cookie", "")
    for name, pattern, text in (
        ("generator", signs.generator, generator),
        ("host", signs.host, urlsplit(evidence.url).hostname or ""),
        ("header", signs.header, headers),
        ("cookie", signs.cookie, cookies),
    ):
        if pattern and text and re.search(pattern, text, re.IGNORECASE | re.MULTILINE):
            found[name] = 3
    if signs.footer and re.search(signs.footer, markup):
        found["footer"] = 3
    for pattern in signs.markup:
        if re.search(pattern, markup):
            found[f"markup {pattern}"] = 2
    if signs.links:
        shape = re.compile(signs.links, re.IGNORECASE)
        many = sum(1 for place in places if shape.search(place))
        if many >= _LINKS:
            found["links"] = 4 if many >= 10 else 2
    return found

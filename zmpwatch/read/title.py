"""The title of a page, without the name of the site."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import urlsplit

from zmpwatch.read.flow import Flow

__all__ = ["find_title"]

_SEPARATOR = re.compile(r"\s+(?:[-–—|•·»«:]|::|/)\s+|\s*[|»]\s*")
_SITE_WORDS = re.compile(
    r"^(?:(?:oficjaln\w+ )?(?:strona|serwis|portal|witryna)\b"
    r"|urz[aą]d (?:miasta|miejski|gminy)|start$|strona g[lł][oó]wna|aktualno[sś]ci$|home$)",
    re.IGNORECASE,
)
_BULLETIN = re.compile(r"(?:bip\b|biuletyn informacji publicznej\b)", re.IGNORECASE)
_MUNICIPALITY = re.compile(r"(?:Gmina|Miasto|Powiat)(?: i Gmina)?(?: [A-ZĆŁŚŻŹ][\w-]+){1,3}$")
_LONGEST = 500


def find_title(page: Flow, *, url: str | None) -> str | None:
    """The heading of the page, else ``og:title``, else ``<title>``; never the site's own name while there is another.

    Many sites put their name into an ``<h1>`` around the logo, so a heading counts only outside landmarks, and the one
    that ``<title>`` repeats goes first. A lone ``<h2>`` is a heading, too: BIP pages name the section in ``<title>``.
    """
    meta = dict(reversed(page.meta))
    site = {_fold(meta[key]) for key in ("og:site_name", "application-name") if meta.get(key)}
    shown = meta.get("og:title")
    first = [text for text in _headings(page, "h1") if _is_front(url) or not _all_site(text, site, url)]
    whole = _fold(f"{shown or ''} {page.title}")
    repeated = [text for text in first if _fold(text) in whole]
    if repeated or (first and not (len(first) > 1 and whole)):
        return (repeated or first)[0][:_LONGEST]
    second = _headings(page, "h2")
    candidates = [
        _without_site(shown or "", site, url),
        *(second if len(second) == 1 and not first else []),
        _without_site(page.title, site, url),
        *first,
    ]
    told = [text for text in candidates if text and not _all_site(text, site, url)]
    return next((text[:_LONGEST] for text in [*told, *_headings(page, "h1"), *candidates] if text), None)


def _headings(page: Flow, tag: str) -> list[str]:
    """Headings of one rank outside menus and footers, those without a letter left out."""
    texts = [line.text.replace("\n", " ") for line in page.lines if line.tag == tag and not line.landmark]
    return [text for text in texts if any(map(str.isalnum, text))]


def _all_site(title: str, site: set[str], url: str | None) -> bool:
    """Whether a title says whose site it is and nothing else; the name of an office or a section is a title."""
    pieces = [piece for piece in _SEPARATOR.split(title) if piece]
    if not all(_names_site(piece, site, url) for piece in pieces):
        return False
    return any(_fold(piece) in site or _BULLETIN.match(piece) or _is_host(piece, url) for piece in pieces)


def _is_front(url: str | None) -> bool:
    """Whether an address is a site's front page, whose title is the site's name."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    return bool(parts.netloc) and parts.path in {"", "/"} and not parts.query


def _without_site(title: str, site: set[str], url: str | None) -> str:
    """Parts at either end that name the site are cut; a dash of the title's own stays."""
    pieces = _SEPARATOR.split(title)
    gaps = _SEPARATOR.findall(title)
    first, last = 0, len(pieces)
    while last - first > 1 and _names_site(pieces[last - 1], site, url):
        last -= 1
    while last - first > 1 and _names_site(pieces[first], site, url):
        first += 1
    kept = pieces[first]
    for gap, piece in zip(gaps[first : last - 1], pieces[first + 1 : last], strict=True):
        kept += gap + piece
    return kept.strip()


def _names_site(piece: str, site: set[str], url: str | None) -> bool:
    folded = _fold(piece)
    if folded in site or _SITE_WORDS.match(piece.strip()) or _MUNICIPALITY.match(piece.strip()):
        return True
    return _BULLETIN.match(piece.strip()) is not None or _is_host(piece, url)


def _is_host(piece: str, url: str | None) -> bool:
    folded, host = _fold(piece), _host(url)
    if not host or not folded:
        return False
    words = re.findall(r"[a-z0-9]+", folded)
    compact = "".join(words)
    return compact == host.replace(".", "") or compact.removeprefix("www") in _labels(host)


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _labels(host: str) -> Sequence[str]:
    """``um.hajnowka.pl`` and its parts: what a site calls itself in its title."""
    parts = host.split(".")
    return [host, host.replace(".", ""), *(part.replace("-", "") for part in parts if len(part) > 3)]


def _fold(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.lower().replace("ł", "l"))
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).split())

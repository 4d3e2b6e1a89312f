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
    r"^(?:bip\b|biuletyn informacji publicznej|(?:oficjaln\w+ )?(?:strona|serwis|portal|witryna)\b"
    r"|urz[aą]d (?:miasta|miejski|gminy)|start$|strona g[lł][oó]wna|aktualno[sś]ci$|home$)",
    re.IGNORECASE,
)
_MUNICIPALITY = re.compile(r"(?:Gmina|Miasto|Powiat)(?: i Gmina)?(?: [A-ZĆŁŚŻŹ][\w-]+){1,3}$")
_LONGEST = 500


def find_title(page: Flow, *, url: str | None) -> str | None:
    """The heading of the page, else ``og:title``, else ``<title>``; never the site's own name while there is another.

    Many sites put their name into an ``<h1>`` around the logo, so a heading counts only outside landmarks, and the one
    that ``<title>`` repeats goes first. A lone ``<h2>`` is a heading, too: BIP pages name the section in ``<title>``.
    """
    meta = dict(reversed(page.meta))
    site = {_fold(meta[key]) for key in ("og:site_name", "application-name") if meta.get(key)}
    shown = meta.get("og:title") or page.title
    headings = [line.text.replace("\n", " ") for line in page.lines if line.tag == "h1" and not line.landmark]
    headings = [text for text in headings if _fold(text) not in site and any(map(str.isalnum, text))]
    for text in headings:
        if _fold(text) in _fold(f"{shown} {page.title}"):
            return text[:_LONGEST]
    if headings and not (len(headings) > 1 and shown):
        return headings[0][:_LONGEST]
    second = [line.text.replace("\n", " ") for line in page.lines if line.tag == "h2" and not line.boilerplate]
    if not headings and len(second) == 1 and not meta.get("og:title"):
        return second[0][:_LONGEST]
    for candidate in (meta.get("og:title"), page.title):
        if candidate and (title := _without_site(candidate, site, url)):
            return title[:_LONGEST]
    return headings[0][:_LONGEST] if headings else None


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
    host = _host(url)
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

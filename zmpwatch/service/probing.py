"""The use case `sites probe`: what a site is made of, and the lines of configuration that would watch it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from zmpwatch.config import Config
from zmpwatch.crawl.address import AddressPolicy
from zmpwatch.crawl.certificate import Tls, look_at_tls
from zmpwatch.crawl.families import families
from zmpwatch.crawl.plan import Clock
from zmpwatch.crawl.platform import Platform
from zmpwatch.crawl.probe import Findings, SearchFinding, probe_site
from zmpwatch.crawl.scoring import fold
from zmpwatch.crawl.urls import Scope, twin
from zmpwatch.errors import ReadError
from zmpwatch.model import Association, Municipality, Page, Site
from zmpwatch.read.decode import decode
from zmpwatch.read.html import survey
from zmpwatch.read.published import locate_published
from zmpwatch.read.scripted import is_shell, lines_in_data
from zmpwatch.read.sniff import content_type
from zmpwatch.read.title import find_title
from zmpwatch.register import Found, Register, load_register
from zmpwatch.service.moving import is_bare, is_its_own, leads_inside, what_stands_there, why_elsewhere
from zmpwatch.service.sitelines import free_name, site_lines
from zmpwatch.service.spam import advertises
from zmpwatch.service.wiring import crawl_settings

__all__ = ["Probe", "guess_by_host", "guess_family", "is_titled_as", "own_site", "probe"]

_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_BULLETIN_HOST = re.compile(r"(?:^|[.-])e?bip\d?(?:[.-]|$)|(?:^|\.)(?:esesja|wokiss)\.pl$|^rada\.")
_BULLETIN_TITLE = re.compile(r"biuletyn\w* informacji publicznej|\bBIP\b", re.IGNORECASE)
_PRESS_MARKS = re.compile(
    r"NewsMediaOrganization|\"@type\"\s*:\s*\"NewsArticle\"|\bredakcja\b.{0,400}\breklama\b|\breklama\b.{0,400}\bredakcja\b",
    re.IGNORECASE | re.DOTALL,
)
_OFFICE = re.compile(
    r"(?i:urz[aą]d\w* (?:miasta i gminy|miasta|miejski\w*|gminy)|gmin\w+ miejsk\w+"
    r"|gmin[ay]|miast[ao]|rad[ay] miejsk\w+)"
    r"(?: we?)?\s+([A-ZĄĆĘŁŃÓŚŹŻ][\w-]+(?:\s(?:[A-ZĄĆĘŁŃÓŚŹŻ][\w-]+|nad|pod|n\.)){0,2})"
)


@dataclass(slots=True)
class Probe:
    """What is told of a site. `lines` are YAML, ready to stand under ``sites:``."""

    url: str
    family: str
    name: str
    municipality: Municipality | None
    platform: Platform | None
    signs: tuple[str, ...]
    findings: Findings
    tls: Tls | None
    encoding: tuple[str | None, str | None]
    """What the page says it is in, and what it is in."""
    title: str | None
    date: tuple[str, str] | None
    """The date of a page of the content, and where it stands there."""
    problems: list[str] = field(default_factory=list)
    titled_as_association: bool = False
    lines: str = ""
    lines_url: str = ""
    """The address written down there."""

    @property
    def reachable(self) -> bool:
        """Whether the home page came."""
        return self.findings.home is not None

    def as_json(self) -> dict[str, Any]:
        """The object of ``sites probe --json``."""
        found = self.findings
        robots = found.robots
        report = found.report
        declared, real = self.encoding
        return {
            "url": self.url,
            "final_url": found.home.url if found.home else None,
            "reachable": self.reachable,
            "family": self.family,
            "platform": {
                "name": self.platform.name,
                "title": self.platform.title,
                "signs": list(self.signs),
                "note": self.platform.note or None,
            }
            if self.platform
            else None,
            "municipality": {"teryt": self.municipality.teryt, "name": self.municipality.name}
            if self.municipality
            else None,
            "title": self.title,
            "feeds": [{"url": f.url, "entries": f.entries, "newest": f.newest} for f in found.feeds],
            "sitemaps": [
                {"url": s.url, "entries": s.entries, "parts": s.parts, "newest": s.newest, "dated": s.dated}
                for s in found.sitemaps
            ],
            "search": _search_json(found.search),
            "robots": {
                "found": robots.found,
                "failure": robots.failure,
                "crawl_delay": robots.crawl_delay,
                "sitemaps": list(robots.sitemaps),
            }
            if robots
            else None,
            "encoding": {"declared": declared, "real": real},
            "tls": _tls_json(self.tls),
            "dates": {"url": found.article.url if found.article else None, "date": self.date[0], "place": self.date[1]}
            if self.date
            else None,
            "requests": report.requests if report else 0,
            "bytes": report.bytes if report else 0,
            "problems": self.problems,
            "config": self.lines,
        }


def _search_json(search: SearchFinding | None) -> dict[str, Any] | None:
    return {"url": search.url, "allowed": search.allowed, "results": search.results} if search else None


def _tls_json(tls: Tls | None) -> dict[str, Any] | None:
    if tls is None:
        return None
    expires = tls.expires.isoformat() if tls.expires else None
    return {
        "version": tls.version,
        "expires": expires,
        "issuer": tls.issuer,
        "names": list(tls.names),
        "problem": tls.problem,
    }


def probe(
    url: str,
    config: Config,
    clock: Clock,
    *,
    family: str | None = None,
    register: Register | None = None,
    every: str = "12h",
    teryt: str | None = None,
) -> Probe:
    """Look at a site with few requests, and say what was found.

    What the operator types is the operator's word, as in the configuration: an IP address may lie on loopback.

    Args:
        url: where the site begins.
        config: user agent, delays, time-outs; names that are taken.
        clock: the present moment.
        family: when the operator knows better.
        register: of municipalities, where the caller has it loaded.
        every: how often the site would be visited.
        teryt: code of its municipality, when the operator knows.

    Raises:
        CrawlError: no visit can be run at all.
    """
    register = register or load_register()
    settings = crawl_settings(config, (*config.sites, Site("probe", "probe", url)))
    findings = asyncio.run(probe_site(url, config.association, settings, clock))
    parts = urlsplit(findings.home.url if findings.home else url)
    tls = None
    if parts.scheme == "https":
        policy = AddressPolicy(settings.allowed_private)
        tls = look_at_tls(parts.hostname or "", parts.port or 443, policy, timeout=settings.timeout)
    title = _title(findings.home)
    recognised = findings.recognised
    own = own_site(config, url) or own_site(config, findings.home.url if findings.home else url)
    chosen = family or (own.family if own else guess_family(findings, config.association, title))
    municipality = None
    if chosen != "association":
        municipality = register.get(teryt) if teryt else _municipality(register, parts.hostname or "", title)
    result = Probe(
        url=url,
        family=chosen,
        name=free_name(parts.netloc, {site.name for site in config.sites}),
        municipality=municipality,
        platform=recognised.platform if recognised else None,
        signs=recognised.signs if recognised else (),
        findings=findings,
        tls=tls,
        encoding=_encoding(findings.home),
        title=title,
        date=_date(findings.article),
        titled_as_association=municipality is None and is_titled_as(config.association, title),
    )
    result.problems = [*_problems(result, clock()), *_not_its_own(result, register)]
    result.lines_url = _watched_url(url, findings.home)
    teryt = municipality.teryt if municipality else teryt
    result.lines = site_lines(result.name, chosen, result.lines_url, teryt, every=every)
    return result


def guess_family(findings: Findings, association: Association, title: str | None) -> str:
    """The family a site seems to be of: by its host, by what it runs on, by what its front page calls itself."""
    url = findings.home.url if findings.home else findings.url
    host = twin(urlsplit(url).hostname or "")
    if association.owns(host):
        return "association"
    if _BULLETIN_HOST.search(host):
        return "bip"
    special = _families_of(findings)
    if len(special) == 1:
        return special[0]
    if title and _BULLETIN_TITLE.search(title):
        return "bip"
    if findings.home is not None and _PRESS_MARKS.search(findings.home.body.decode("latin-1")):
        return "press"
    return "municipal"


def own_site(config: Config, url: str) -> Site | None:
    """The watched site of the association at whose hosts an address lies; None where there is none."""
    return next((site for site in config.sites if site.family == "association" and url in Scope(site)), None)


def is_titled_as(association: Association, title: str | None) -> bool:
    """Whether a page is called by the association's name, and so may be its own.

    >>> zmp = Association(key="zmp", name="Związek Miast Polskich", short="ZMP")
    >>> is_titled_as(zmp, "Związek Miast Polskich | Aktualności")
    True
    >>> is_titled_as(zmp, "Przystąpiliśmy do Związku Miast Polskich - Urząd Miasta Hajnówka")
    False
    """
    names = {fold(name) for name in (association.name, *association.aliases)}
    parts = re.split(r"\s+[-–—|•»:]+\s+|\s*[|•»]\s*", title or "")
    return any(fold(part.strip()) in names for part in parts)


def guess_by_host(url: str, association: Association, register: Register | None = None) -> tuple[str, str | None]:
    """Family and TERYT code as far as the host tells them; nothing is fetched."""
    municipality = (register or load_register()).municipality_of_host(urlsplit(url).hostname or "")
    family = guess_family(Findings(url), association, None)
    return family, municipality.teryt if municipality and family != "association" else None


def _families_of(findings: Findings) -> Sequence[str]:
    if findings.recognised is None:
        return ()
    platform = findings.recognised.platform
    return [name for name, spider in families().items() if platform in spider.platforms]


def _watched_url(url: str, home: Page | None) -> str:
    """The address to write down: where the site answers if only scheme or ``www.`` change, else what was typed."""
    if home is None:
        return url
    asked, got = urlsplit(url), urlsplit(home.url)
    same = twin(asked.hostname or "") == twin(got.hostname or "") and (asked.path or "/") == got.path
    return home.url if same and not got.query else url


def _title(home: Page | None) -> str | None:
    if home is None:
        return None
    try:
        flow = survey(decode(home.body, home.headers).text, url=home.url)
    except ReadError:
        return None
    return flow.title or find_title(flow, url=home.url)


def _is_shell(home: Page) -> bool:
    try:
        markup = decode(home.body, home.headers).text
        page = survey(markup, url=home.url)
    except ReadError:
        return False
    return is_shell(page, markup) and not lines_in_data(page)


def _encoding(page: Page | None) -> tuple[str | None, str | None]:
    if page is None:
        return None, None
    declared = content_type(page.headers)[1]
    meta = _META_CHARSET.search(page.body[:4096])
    if declared is None and meta:
        declared = meta[1].decode("ascii").lower()
    try:
        return declared, decode(page.body, page.headers).encoding
    except ReadError:
        return declared, None


def _date(page: Page | None) -> tuple[str, str] | None:
    if page is None:
        return None
    try:
        flow = survey(decode(page.body, page.headers).text, url=page.url)
    except ReadError:
        return None
    return locate_published(flow, url=page.url, title=find_title(flow, url=page.url))


def _municipality(register: Register, host: str, title: str | None) -> Municipality | None:
    """By the host, else by the office the front page says it is of."""
    known = register.municipality_of_host(host)
    if known is not None:
        return known
    for office in _OFFICE.finditer(title or ""):
        words = office[1].split()
        for count in range(len(words), 0, -1):
            answer = register.lookup(" ".join(words[:count]), prefer_town=True)
            if isinstance(answer, Found):
                return answer.municipality
    return None


def _problems(result: Probe, now: datetime) -> list[str]:
    """What an operator should know before watching the site."""
    found, problems = result.findings, []
    if found.report is not None:
        problems += [f"{failure.kind}: {failure.url}: {failure.detail}" for failure in found.report.failures]
        if found.report.moved_to is not None and not leads_inside(result.url, found.report.moved_to):
            problems.append(f"it leads to {found.report.moved_to} for good: look at that address")
        if found.report.answers_at is not None:
            why = why_elsewhere(result.url, found.report.answers_at, found.report)
            problems.append(f"{why}: look at that address")
        if found.report.crawl_delay is not None:
            problems.append(
                f"robots.txt asks for {found.report.crawl_delay:g} s between two requests: visits end after the first"
            )
        if "requests" in found.report.capped:
            problems.append("the probe's requests were spent before it had seen everything")
    if found.robots is not None and found.robots.failure:
        problems.append(f"robots.txt keeps us out: {found.robots.failure}")
    declared, real = result.encoding
    if found.home is not None and real is None:
        problems.append("the encoding of the home page can't be told")
    elif declared and real and _plain(declared) != _plain(real):
        problems.append(f"the page is {real}, whatever it says ({declared})")
    if found.home is not None and _is_shell(found.home):
        problems.append("a script draws the page: nothing of it can be read; look for its feed, sitemap or bulletin")
    if result.tls is not None and result.tls.problem:
        problems.append(f"certificate: {result.tls.problem}")
    elif result.tls is not None and result.tls.expires is not None and (result.tls.expires - now).days < 14:
        problems.append(f"the certificate ends on {result.tls.expires:%Y-%m-%d}")
    if found.home is not None and twin(urlsplit(found.home.url).hostname or "") != twin(
        urlsplit(result.url).hostname or ""
    ):
        problems.append(f"it leads to {found.home.url}")
    if result.reachable and result.family != "association" and result.municipality is None:
        problems.append("no municipality could be told by host or title; add it by its TERYT code if it has one")
    if result.family != "association" and result.titled_as_association:
        problems.append("its title is the association's name: add it with --family association if it is its own site")
    return problems


def _not_its_own(result: Probe, register: Register) -> list[str]:
    """How the front page shows that it is no town's any more, or another's: what the first visit would say."""
    home = result.findings.home
    if home is None or result.family in {"association", "press"}:
        return []
    if not is_its_own(home, result.municipality, register):
        standing = what_stands_there(home, result.municipality, register)
        if standing is not None:
            return [f"{standing.kind}: {standing.detail}"]
    if advertises(home):
        return [f"spam: its front page is called {result.title!r}"]
    if is_bare(home, result.municipality, register):
        return ["bare: the front page says nothing of a municipality and leads nowhere"]
    return []


def _plain(encoding: str) -> str:
    name = encoding.lower().replace("_", "-")
    return {"utf8": "utf-8", "cp1250": "windows-1250", "iso8859-2": "iso-8859-2", "ascii": "utf-8"}.get(name, name)
